//! The future event list: entries leave by (time, phase, sequence), so equal keys leave first-in first-out.
//!
//! Most entries are made a fixed time ahead: a parcel's departure after the handling time, a line's ageing after the
//! limit. Those of one delay and phase come up in the order in which they were made, so each such kind stands in a
//! queue of its own, where entering and leaving cost a few instructions however many wait. The heap holds the rest.

use std::collections::VecDeque;

use super::event::{Event, Phase};
use crate::domain::{SimTime, Span};

/// An entry in 16 bytes, compared as one number: 40 bits of time, 4 of phase, 44 of sequence, 40 of event.
/// The sequence is distinct, so the event bits never decide.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry(u128);

const TIME_SHIFT: u32 = 88;
const PHASE_SHIFT: u32 = 84;
const SEQUENCE_SHIFT: u32 = 40;
const LATEST: i64 = (1 << 40) - 1;

impl Entry {
    #[inline(always)]
    fn new(at: SimTime, sequence: u64, event: Event) -> Self {
        debug_assert!((0..=LATEST).contains(&at.0) && sequence < 1 << 44);
        Self(
            (at.0 as u128) << TIME_SHIFT
                | (event.phase() as u128) << PHASE_SHIFT
                | u128::from(sequence) << SEQUENCE_SHIFT
                | u128::from(event.pack()),
        )
    }

    #[inline(always)]
    const fn time(self) -> SimTime {
        SimTime((self.0 >> TIME_SHIFT) as i64)
    }

    #[inline(always)]
    const fn event(self) -> Event {
        Event::unpack(self.0 as u64 & ((1 << 40) - 1))
    }
}

/// Entries of one phase that are all made the same time ahead.
struct Lane {
    delay: Span,
    phase: Phase,
    /// The earliest; [`NOTHING`] when there is none.
    first: Entry,
    later: VecDeque<Entry>,
}

/// Kinds of entries that get a queue of their own; further ones go to the heap.
const MOST_LANES: usize = 8;

/// No entry: later than every other.
const NOTHING: Entry = Entry(u128::MAX);

/// The calendar: queues of fixed delays beside a four-ary heap, whose nodes' children share a cache line.
pub struct Calendar {
    heap: Vec<Entry>,
    lanes: Vec<Lane>,
    /// The earliest entry of all.
    next: Entry,
    /// The lane it is in; [`MOST_LANES`] for the heap.
    next_in: usize,
    sequence: u64,
    /// Entries for the running second whose phase has passed: they wait for a further pass.
    further_pass: Vec<Entry>,
    now: SimTime,
    phase: Phase,
}

const ARITY: usize = 4;

impl Default for Calendar {
    fn default() -> Self {
        Self::new()
    }
}

impl Calendar {
    /// An empty calendar that stands before the first instant.
    pub fn new() -> Self {
        Self {
            heap: Vec::new(),
            lanes: Vec::new(),
            next: NOTHING,
            next_in: MOST_LANES,
            sequence: 0,
            further_pass: Vec::new(),
            now: SimTime::ZERO,
            phase: Phase::Disruptions,
        }
    }

    /// When the next entry is due; [`SimTime::NEVER`] when there is none.
    #[inline(always)]
    pub fn next_time(&self) -> SimTime {
        if self.next == NOTHING { SimTime::NEVER } else { self.next.time() }
    }

    /// The clock and the phase that is running: what is scheduled behind it in the same second waits for a further pass.
    #[inline(always)]
    pub fn stand_at(&mut self, now: SimTime, phase: Phase) {
        self.now = now;
        self.phase = phase;
    }

    /// Enters an event, in its phase of the running second at the earliest.
    #[inline]
    pub fn schedule(&mut self, at: SimTime, event: Event) {
        debug_assert!(at >= self.now, "nothing is scheduled into the past");
        if at.0 > LATEST {
            return; // Later than any run: it never happens.
        }
        let entry = Entry::new(at, self.sequence, event);
        self.sequence += 1;
        if at == self.now && event.phase() < self.phase {
            self.further_pass.push(entry);
        } else {
            self.push(entry);
        }
    }

    /// Enters an event a fixed time ahead of the running second.
    #[inline]
    pub fn schedule_after(&mut self, delay: Span, event: Event) {
        let at = self.now + delay;
        let phase = event.phase();
        let known = self.lanes.iter().position(|lane| lane.delay == delay && lane.phase == phase);
        // Nothing ahead at all may have to wait for a further pass, which the heap's entrance sees to.
        if delay == Span::ZERO || at.0 > LATEST || (known.is_none() && self.lanes.len() == MOST_LANES) {
            self.schedule(at, event);
            return;
        }
        let entry = Entry::new(at, self.sequence, event);
        self.sequence += 1;
        let index = known.unwrap_or_else(|| {
            self.lanes.push(Lane { delay, phase, first: NOTHING, later: VecDeque::new() });
            self.lanes.len() - 1
        });
        let lane = &mut self.lanes[index];
        if lane.first == NOTHING {
            lane.first = entry;
            if entry < self.next {
                (self.next, self.next_in) = (entry, index);
            }
        } else {
            lane.later.push_back(entry);
        }
    }

    /// Takes out the next event if it is due at `now` in the phase `last` or before.
    #[inline(always)]
    pub fn pop_due(&mut self, now: SimTime, last: Phase) -> Option<Event> {
        // The least key that is not due: one comparison decides, and nothing is later than all of them.
        let not_due = (now.0 as u128) << TIME_SHIFT | (last as u128 + 1) << PHASE_SHIFT;
        (self.next.0 < not_due).then(|| self.pop())
    }

    /// Takes out the next event.
    fn pop(&mut self) -> Event {
        let next = self.next;
        match self.lanes.get_mut(self.next_in) {
            Some(lane) => lane.first = lane.later.pop_front().unwrap_or(NOTHING),
            None => self.remove_first(),
        }
        (self.next, self.next_in) = (self.heap.first().copied().unwrap_or(NOTHING), MOST_LANES);
        for (index, lane) in self.lanes.iter().enumerate() {
            if lane.first < self.next {
                (self.next, self.next_in) = (lane.first, index);
            }
        }
        next.event()
    }

    /// Starts a further pass through the phases of this second, if anything waits for one.
    pub fn further_pass(&mut self) -> bool {
        if self.further_pass.is_empty() {
            return false;
        }
        self.phase = Phase::Disruptions;
        while let Some(entry) = self.further_pass.pop() {
            self.push(entry);
        }
        true
    }

    #[inline]
    fn push(&mut self, entry: Entry) {
        if entry < self.next {
            (self.next, self.next_in) = (entry, MOST_LANES);
        }
        let mut hole = self.heap.len();
        self.heap.push(entry);
        while hole > 0 {
            let parent = (hole - 1) / ARITY;
            if self.heap[parent] <= entry {
                break;
            }
            self.heap[hole] = self.heap[parent];
            hole = parent;
        }
        self.heap[hole] = entry;
    }

    #[inline]
    fn remove_first(&mut self) {
        let Some(last) = self.heap.pop() else { return };
        if self.heap.is_empty() {
            return;
        }
        let mut hole = 0;
        loop {
            let first_child = hole * ARITY + 1;
            let Some(children) =
                self.heap.get(first_child..(first_child + ARITY).min(self.heap.len()).max(first_child))
            else {
                break;
            };
            let Some((offset, &least)) = children.iter().enumerate().min_by_key(|&(_, &entry)| entry) else { break };
            if least >= last {
                break;
            }
            self.heap[hole] = least;
            hole = first_child + offset;
        }
        self.heap[hole] = last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::VendorId;
    use crate::random::{Purpose, Stream};

    #[test]
    fn queues_of_fixed_delays_and_the_heap_give_out_one_order() {
        let mut calendar = Calendar::new();
        let mut stream = Stream::new(2, 0, Purpose::Arrivals, 0);
        let mut expected = Vec::new();
        for sequence in 0..3_000u32 {
            calendar.stand_at(SimTime(i64::from(sequence) / 3), Phase::Disruptions);
            let (delay, event) = match stream.below(4) {
                0 => (Span(40), Event::ParcelDeparts { parcel: sequence }),
                1 => (Span(40), Event::LineAges { line: sequence }),
                2 => (Span(70), Event::ParcelDeparts { parcel: sequence }),
                _ => (Span(1 + stream.below(90) as i64), Event::NoticeIsDue { order: sequence }),
            };
            let at = SimTime(i64::from(sequence) / 3) + delay;
            if matches!(event, Event::NoticeIsDue { .. }) {
                calendar.schedule(at, event);
            } else {
                calendar.schedule_after(delay, event);
            }
            expected.push((at, event.phase(), sequence, event));
        }
        expected.sort_by_key(|&(at, phase, sequence, _)| (at, phase, sequence));
        for (at, _, _, event) in expected {
            assert_eq!(calendar.next_time(), at);
            assert_eq!(calendar.pop_due(at, Phase::Reviews), Some(event));
        }
        assert_eq!(calendar.pop_due(SimTime(1 << 39), Phase::Reviews), None);
    }

    #[test]
    fn entries_leave_by_time_then_phase_then_creation() {
        let mut calendar = Calendar::new();
        let mut stream = Stream::new(1, 0, Purpose::Arrivals, 0);
        let mut expected = Vec::new();
        for sequence in 0..2_000u32 {
            let at = SimTime(stream.below(50) as i64);
            let event = match stream.below(3) {
                0 => Event::NoticeIsDue { order: sequence },
                1 => Event::ParcelDeparts { parcel: sequence },
                _ => Event::DisruptionChanges(VendorId(sequence)),
            };
            calendar.schedule(at, event);
            expected.push((at, event.phase(), sequence, event));
        }
        expected.sort_by_key(|&(at, phase, sequence, _)| (at, phase, sequence));
        for (at, _, _, event) in expected {
            assert_eq!(calendar.next_time(), at);
            assert_eq!(calendar.pop_due(at, Phase::Reviews), Some(event));
        }
        assert_eq!(calendar.next_time(), SimTime::NEVER);
    }

    #[test]
    fn what_is_scheduled_behind_the_running_phase_waits_for_a_further_pass() {
        let mut calendar = Calendar::new();
        let now = SimTime(5);
        calendar.stand_at(now, Phase::Contacts);
        calendar.schedule(now, Event::NoticeIsDue { order: 1 });
        calendar.schedule(now, Event::ScriptedReceipt { row: 2 });
        assert_eq!(calendar.pop_due(now, Phase::Reviews), Some(Event::NoticeIsDue { order: 1 }));
        assert_eq!(calendar.pop_due(now, Phase::Reviews), None);
        assert!(calendar.further_pass());
        assert_eq!(calendar.pop_due(now, Phase::Reviews), Some(Event::ScriptedReceipt { row: 2 }));
        assert!(!calendar.further_pass());
    }

    #[test]
    fn what_is_later_than_any_run_never_happens() {
        let mut calendar = Calendar::new();
        calendar.schedule(SimTime(LATEST + 1), Event::DisplayRefresh);
        calendar.schedule(SimTime::NEVER, Event::Review);
        calendar.schedule_after(Span(LATEST + 1), Event::DisplayRefresh);
        assert_eq!(calendar.next_time(), SimTime::NEVER);
        calendar.schedule(SimTime(LATEST), Event::Review);
        assert_eq!(calendar.next_time(), SimTime(LATEST));
    }
}
