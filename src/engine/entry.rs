//! An entry of the calendar: when, in which phase, entered as which, and what happens.

use super::event::{Event, Phase};
use crate::domain::SimTime;

/// An entry in 16 bytes, compared as one number: 40 bits of time, 4 of phase, 44 of sequence, 40 of event.
/// The sequence is distinct, so the event bits never decide.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry(u128);

const TIME_SHIFT: u32 = 88;
const PHASE_SHIFT: u32 = 84;
const SEQUENCE_SHIFT: u32 = 40;
/// The last second that an entry can name, 34,000 years on; no run goes beyond.
pub(super) const LATEST: SimTime = SimTime((1 << 40) - 2);

impl Entry {
    /// No entry: later than every other.
    pub(super) const NOTHING: Self = Self(u128::MAX);

    #[inline(always)]
    pub(super) fn new(at: SimTime, sequence: u64, event: Event) -> Self {
        debug_assert!((0..=LATEST.0).contains(&at.0) && sequence < 1 << 44);
        Self(
            (at.0 as u128) << TIME_SHIFT
                | (event.phase() as u128) << PHASE_SHIFT
                | u128::from(sequence) << SEQUENCE_SHIFT
                | u128::from(event.pack()),
        )
    }

    #[inline(always)]
    pub(super) const fn time(self) -> SimTime {
        SimTime((self.0 >> TIME_SHIFT) as i64)
    }

    #[inline(always)]
    pub(super) const fn event(self) -> Event {
        Event::unpack(self.0 as u64 & ((1 << 40) - 1))
    }

    /// Whether it is due at `now` in the phase `last` or before. Nothing is later than every instant.
    #[inline(always)]
    pub(super) const fn is_due(self, now: SimTime, last: Phase) -> bool {
        // The least key that is not due: one comparison decides.
        let not_due = (now.0 as u128) << TIME_SHIFT | (last as u128 + 1) << PHASE_SHIFT;
        self.0 < not_due
    }
}
