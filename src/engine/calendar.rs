//! The future event list: entries leave by (time, phase, sequence), so equal keys leave first-in first-out.
//!
//! Most entries are scheduled a fixed delay ahead: a parcel's departure after the handling time, a line's ageing after the
//! age limit. Entries of one delay and phase fall due in the order in which they were scheduled, so each such kind has a
//! first-in first-out queue of its own, in which entering and leaving cost a few instructions at any length. The
//! [wheel](super::wheel) holds the rest.

use std::collections::VecDeque;

use super::entry::{Entry, LATEST};
use super::event::{Event, Phase};
use super::wheel::Wheel;
use crate::domain::{SimTime, Span};

/// Entries of one phase that are all scheduled the same delay ahead.
struct Lane {
    delay: Span,
    phase: Phase,
    /// The earliest; [`Entry::NOTHING`] when there is none.
    first: Entry,
    /// The others; [`Entry::NOTHING`] in the place of one that was withdrawn.
    later: VecDeque<Entry>,
    /// How many have left it: the number of the earliest.
    left: u32,
}

impl Lane {
    /// The earliest entry leaves, and with it what was withdrawn behind it.
    #[inline]
    fn advance(&mut self) {
        loop {
            self.left = self.left.wrapping_add(1);
            match self.later.pop_front() {
                Some(Entry::NOTHING) => {}
                next => {
                    self.first = next.unwrap_or(Entry::NOTHING);
                    return;
                }
            }
        }
    }
}

/// A queue of entries that are made one delay ahead.
#[derive(Clone, Copy, Debug)]
pub struct LaneId(usize);

/// The number of an entry in its queue, by which it can be withdrawn.
#[derive(Clone, Copy, Debug)]
pub struct Ticket(u32);

/// How many kinds of entries get a queue of their own; further kinds go to the wheel.
const MAX_LANES: usize = 8;

/// The calendar: queues of fixed delays beside a timing wheel.
pub struct Calendar {
    wheel: Wheel,
    lanes: Vec<Lane>,
    /// Memory for the entries of lanes to come.
    spare: Vec<VecDeque<Entry>>,
    /// The earliest entry of all.
    next: Entry,
    /// The lane it is in; [`MAX_LANES`] for the wheel.
    next_in: usize,
    sequence: u64,
    /// Entries for the running second whose phase has passed: they wait for a further pass.
    further_pass: Vec<Entry>,
    now: SimTime,
    phase: Phase,
}

impl Default for Calendar {
    fn default() -> Self {
        Self::new()
    }
}

impl Calendar {
    /// An empty calendar that stands before the first instant.
    pub fn new() -> Self {
        Self {
            wheel: Wheel::new(),
            lanes: Vec::new(),
            spare: Vec::new(),
            next: Entry::NOTHING,
            next_in: MAX_LANES,
            sequence: 0,
            further_pass: Vec::new(),
            now: SimTime::ZERO,
            phase: Phase::Disruptions,
        }
    }

    /// Makes it an empty one that stands before the first instant, without queues, and keeps its memory.
    pub fn clear(&mut self) {
        self.wheel.clear();
        for mut lane in self.lanes.drain(..) {
            lane.later.clear();
            self.spare.push(lane.later);
        }
        (self.next, self.next_in, self.sequence) = (Entry::NOTHING, MAX_LANES, 0);
        self.further_pass.clear();
        (self.now, self.phase) = (SimTime::ZERO, Phase::Disruptions);
    }

    /// When the next entry is due; later than any run, when there is none.
    #[inline(always)]
    pub fn next_time(&self) -> SimTime {
        self.next.time()
    }

    /// The clock and the running phase. An entry for an earlier phase of the same second waits for a further pass.
    #[inline(always)]
    pub fn stand_at(&mut self, now: SimTime, phase: Phase) {
        self.now = now;
        self.phase = phase;
    }

    /// Enters an event, in its phase of the running second at the earliest.
    #[inline]
    pub fn schedule(&mut self, at: SimTime, event: Event) {
        debug_assert!(at >= self.now, "nothing is scheduled into the past");
        if at > LATEST {
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

    /// The queue for entries of a phase that are scheduled a fixed delay (≥ 1 s) ahead; `None` when all queues are in use.
    pub fn lane(&mut self, delay: Span, phase: Phase) -> Option<LaneId> {
        let known = self.lanes.iter().position(|lane| lane.delay == delay && lane.phase == phase);
        if delay == Span::ZERO || (known.is_none() && self.lanes.len() == MAX_LANES) {
            return None;
        }
        Some(LaneId(known.unwrap_or_else(|| {
            let later = self.spare.pop().unwrap_or_default();
            self.lanes.push(Lane { delay, phase, first: Entry::NOTHING, later, left: 0 });
            self.lanes.len() - 1
        })))
    }

    /// Enters an event a fixed time ahead of the running second, into the queue of its phase and that time; its ticket.
    #[inline(always)]
    pub fn schedule_in(&mut self, LaneId(index): LaneId, at: SimTime, event: Event) -> Option<Ticket> {
        let lane = &mut self.lanes[index];
        debug_assert!(at == self.now + lane.delay && event.phase() == lane.phase);
        if at > LATEST {
            return None; // Later than any run: it never happens.
        }
        let entry = Entry::new(at, self.sequence, event);
        self.sequence += 1;
        if lane.first != Entry::NOTHING {
            lane.later.push_back(entry);
            return Some(Ticket(lane.left.wrapping_add(lane.later.len() as u32)));
        }
        lane.first = entry;
        if entry < self.next {
            (self.next, self.next_in) = (entry, index);
        }
        Some(Ticket(lane.left))
    }

    /// Withdraws an entry that is still in its queue, so that the engine is not woken for something that no longer matters.
    #[inline(always)]
    pub fn withdraw(&mut self, LaneId(index): LaneId, Ticket(number): Ticket) {
        let lane = &mut self.lanes[index];
        match number.wrapping_sub(lane.left) {
            0 => {
                lane.advance();
                if self.next_in == index {
                    self.find_next();
                }
            }
            // Fewer than 2³¹ wait at once, so a larger difference is a negative one.
            ahead if ahead as i32 > 0 => lane.later[ahead as usize - 1] = Entry::NOTHING,
            _ => {}
        }
    }

    /// Whether the next event is due at `now` in the phase `last` or before.
    #[inline(always)]
    pub const fn is_due(&self, now: SimTime, last: Phase) -> bool {
        self.next.is_due(now, last)
    }

    /// Takes out the next event if it is due at `now` in the phase `last` or before.
    #[inline(always)]
    pub fn pop_due(&mut self, now: SimTime, last: Phase) -> Option<Event> {
        self.is_due(now, last).then(|| self.pop())
    }

    /// Takes out the next event, of which there must be one.
    #[inline(always)]
    pub fn pop(&mut self) -> Event {
        let next = self.next;
        match self.lanes.get_mut(self.next_in) {
            Some(lane) => lane.advance(),
            None => self.wheel.remove_next(),
        }
        self.find_next();
        next.event()
    }

    #[inline(always)]
    fn find_next(&mut self) {
        (self.next, self.next_in) = (self.wheel.next(), MAX_LANES);
        for (index, lane) in self.lanes.iter().enumerate() {
            if lane.first < self.next {
                (self.next, self.next_in) = (lane.first, index);
            }
        }
    }

    /// The next event; an arbitrary one where there is none.
    #[inline(always)]
    pub fn next_event(&self) -> Event {
        self.next.event()
    }

    /// The next entries of the wheel, as far as they are sorted already.
    #[inline(always)]
    pub fn soon(&self) -> impl Iterator<Item = Event> {
        self.wheel.soon().map(Entry::event)
    }

    /// Starts a further pass through the phases of this second, if anything waits for one.
    #[inline]
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
            (self.next, self.next_in) = (entry, MAX_LANES);
        }
        self.wheel.push(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::VendorId;
    use crate::random::{Purpose, Stream};

    #[test]
    fn queues_of_fixed_delays_and_the_wheel_give_out_one_order() {
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
                let lane = calendar.lane(delay, event.phase()).expect("there are few");
                calendar.schedule_in(lane, at, event);
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
    fn what_is_withdrawn_does_not_come_up() {
        // Against a list: entries of two queues and the wheel, withdrawn wherever they stand, at once or later, or too late.
        let mut calendar = Calendar::new();
        let lanes =
            [Span(40), Span(70)].map(|delay| calendar.lane(delay, Phase::AutoCancellations).expect("there is room"));
        let mut stream = Stream::new(4, 0, Purpose::Arrivals, 0);
        let (mut expected, mut tickets) = (std::collections::BTreeMap::new(), Vec::new());
        let (mut now, mut came_up, mut withdrawn) = (0, 0, 0);
        for sequence in 0..20_000u32 {
            calendar.stand_at(SimTime(now), Phase::Disruptions);
            let event = Event::LineAges { line: sequence };
            let (delay, lane) = match stream.below(5) {
                0 => (55, None),
                1 | 2 => (40, Some(lanes[0])),
                _ => (70, Some(lanes[1])),
            };
            let at = SimTime(now + delay);
            match lane {
                Some(lane) => {
                    let ticket = calendar.schedule_in(lane, at, event).expect("it is soon");
                    tickets.push((at, sequence, lane, ticket));
                }
                None => calendar.schedule(at, event),
            }
            expected.insert((at, sequence), event);
            while stream.coin(0.4) && !tickets.is_empty() {
                // Mostly of those that have not come up.
                let back = stream.below(tickets.len().min(60) as u64) as usize;
                let (at, sequence, lane, ticket) = tickets.remove(tickets.len() - 1 - back);
                withdrawn += usize::from(expected.remove(&(at, sequence)).is_some());
                calendar.withdraw(lane, ticket);
            }
            now += stream.below(4) as i64;
            while let Some(entry) = expected.first_entry().filter(|entry| entry.key().0 <= SimTime(now)) {
                let ((at, _), event) = entry.remove_entry();
                assert_eq!(calendar.next_time(), at);
                assert_eq!(calendar.pop_due(at, Phase::Reviews), Some(event));
                came_up += 1;
            }
        }
        assert!(came_up > 1_000 && withdrawn > 1_000, "{came_up} {withdrawn}");
        for ((at, _), event) in expected {
            assert_eq!(calendar.pop_due(at, Phase::Reviews), Some(event));
        }
        assert_eq!(calendar.pop_due(LATEST, Phase::Reviews), None);
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
        assert!(calendar.next_time() > LATEST);
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
    fn entries_near_and_far_entered_at_any_time_leave_in_order() {
        // Against a sorted list: times from the running second to millennia ahead, entered while others leave. In the first run ever
        // more is left, in the second there are never more than a few, and in the last one sometimes few and sometimes many.
        let (more, few) = ((1.0, 0.45), (0.5, 0.55));
        let in_turn = [(0.95, 0.1), (0.05, 0.95)];
        let runs = [
            (3, 0..38, [more; 2]),
            (4, 0..38, [few; 2]),
            (5, 0..24, [few; 2]),
            (6, 0..20, in_turn),
            (7, 13..18, in_turn),
        ];
        for (seed, magnitudes, chances) in runs {
            let mut calendar = Calendar::new();
            let mut stream = Stream::new(seed, 0, Purpose::Arrivals, 0);
            let mut expected = std::collections::BTreeSet::new();
            let mut now = 0;
            for sequence in 0..20_000u32 {
                let (enters, leaves) = chances[sequence as usize / 300 % 2];
                if stream.coin(enters) {
                    let magnitude = magnitudes.start + stream.below(magnitudes.end - magnitudes.start);
                    let ahead = stream.below(1 << magnitude) as i64;
                    let at = (now + ahead).min(LATEST.0);
                    calendar.schedule(SimTime(at), Event::PurchaseOrderArrives { purchase_order: sequence });
                    expected.insert((at, sequence));
                }
                if stream.coin(leaves)
                    && let Some((due, purchase_order)) = expected.pop_first()
                {
                    assert_eq!(calendar.next_time(), SimTime(due));
                    now = due;
                    calendar.stand_at(SimTime(now), Phase::Disruptions);
                    let event = calendar.pop_due(SimTime(now), Phase::Reviews);
                    assert_eq!(event, Some(Event::PurchaseOrderArrives { purchase_order }));
                }
            }
            for (due, purchase_order) in expected {
                let event = calendar.pop_due(SimTime(due), Phase::Reviews);
                assert_eq!(event, Some(Event::PurchaseOrderArrives { purchase_order }));
            }
            assert!(calendar.next_time() > LATEST);
        }
    }

    #[test]
    fn what_is_later_than_any_run_never_happens() {
        let mut calendar = Calendar::new();
        let beyond = Span(LATEST.0 + 1);
        let lane = calendar.lane(beyond, Phase::Reviews).expect("there is room for a queue");
        calendar.schedule_in(lane, SimTime::ZERO + beyond, Event::Review);
        calendar.schedule(SimTime::ZERO + beyond, Event::Review);
        calendar.schedule(SimTime::NEVER, Event::Review);
        assert!(calendar.next_time() > LATEST);
        calendar.schedule(LATEST, Event::Review);
        assert_eq!(calendar.next_time(), LATEST);
        let mut calendar = Calendar::new();
        let just = calendar.lane(Span(LATEST.0), Phase::Reviews).expect("there is room for a queue");
        assert!(calendar.schedule_in(just, LATEST, Event::Review).is_some());
        assert_eq!(calendar.next_time(), LATEST);
    }
}
