//! A timing wheel of several levels (Varghese and Lauck 1987): entries enter and leave in constant time however many wait.
//!
//! Time is divided into ticks, and a tick's number into digits of six bits. An entry is kept on the level of the highest digit in
//! which its tick differs from the wheel's, in the slot of that digit. When the wheel reaches a slot that holds few entries, they are
//! sorted and leave one by one; of one that holds many, each moves to a slot of a lower level first. So the same wheel serves a
//! retailer with dozens of entries in a tick and a shop with a few a day. A slot knows its least entry, so
//! the next of all is read off the first occupied slot.

use super::entry::Entry;

/// A tick is 2¹⁰ = 1,024 seconds: two or three dozen entries of a large retailer.
const TICK_BITS: u32 = 10;
const DIGIT_BITS: u32 = 6;
const SLOTS: usize = 1 << DIGIT_BITS;
/// Enough for the 40 bits of time that an entry has.
const LEVELS: usize = 6;
/// A slot of no more entries is sorted as a whole.
const FEW: usize = 24;
/// With more of them, sorted entries of several ticks are divided among slots again, as each that enters moves those before it.
const MANY: usize = 64;

/// The entries of a slot, in no order. They are contiguous, so that moving them to a lower level reads memory sequentially. Aligned
/// to a cache line.
#[repr(align(64))]
struct Slot {
    least: Entry,
    entries: Vec<Entry>,
}

type Level = [Slot; SLOTS];

/// The wheel.
pub(super) struct Wheel {
    /// The tick of the entry that left last; nothing that enters is earlier.
    tick: u64,
    /// Ticks that differ from that one in no more than so many of their lowest bits have their entries among the sorted ones: a multiple
    /// of a digit.
    span: u32,
    /// The sorted entries, latest first.
    current: Vec<Entry>,
    /// For each level, bit i: its slot i has entries.
    occupied: [u64; LEVELS],
    /// Apart, as it is large and a wheel is handed from one replication to the next.
    levels: Box<[Level; LEVELS]>,
    /// The slot that is being emptied; kept for its memory.
    emptied: Vec<Entry>,
    /// The earliest entry; [`Entry::NOTHING`] when there is none.
    next: Entry,
}

#[inline(always)]
const fn tick_of(entry: Entry) -> u64 {
    entry.time().0 as u64 >> TICK_BITS
}

/// The highest digit in which two ticks differ.
#[inline(always)]
const fn highest_digit(differing: u64) -> usize {
    ((63 - differing.leading_zeros()) / DIGIT_BITS) as usize
}

#[inline(always)]
const fn digit(tick: u64, level: usize) -> usize {
    (tick >> (DIGIT_BITS as usize * level)) as usize % SLOTS
}

impl Wheel {
    /// An empty wheel at second 0.
    pub(super) fn new() -> Self {
        let slot = |_| Slot { least: Entry::NOTHING, entries: Vec::new() };
        Self {
            tick: 0,
            span: 0,
            current: Vec::new(),
            occupied: [0; LEVELS],
            levels: Box::new(std::array::from_fn(|_| std::array::from_fn(slot))),
            emptied: Vec::new(),
            next: Entry::NOTHING,
        }
    }

    /// Makes it an empty one at second 0 that keeps its memory.
    pub(super) fn clear(&mut self) {
        for (occupied, level) in self.occupied.iter_mut().zip(self.levels.iter_mut()) {
            while *occupied != 0 {
                let slot = &mut level[occupied.trailing_zeros() as usize];
                slot.least = Entry::NOTHING;
                slot.entries.clear();
                *occupied &= *occupied - 1;
            }
        }
        self.current.clear();
        (self.tick, self.span, self.next) = (0, 0, Entry::NOTHING);
    }

    /// The earliest entry; [`Entry::NOTHING`] when there is none.
    #[inline(always)]
    pub(super) const fn next(&self) -> Entry {
        self.next
    }

    /// The earliest entry and those after it, as far as they are sorted already.
    #[inline(always)]
    pub(super) fn soon(&self) -> impl Iterator<Item = Entry> {
        self.current.iter().rev().copied()
    }

    /// Enters an entry.
    #[inline]
    pub(super) fn push(&mut self, entry: Entry) {
        self.next = self.next.min(entry);
        let differing = tick_of(entry) ^ self.tick;
        if differing >> self.span == 0 {
            let at = self.current.partition_point(|&other| other > entry);
            self.current.insert(at, entry);
            if self.span > 0 && self.current.len() > MANY {
                self.divide();
            }
        } else {
            self.put_into_slot(entry, differing);
        }
    }

    /// Takes out the earliest entry.
    #[inline(always)]
    pub(super) fn remove_next(&mut self) {
        let tick = tick_of(self.next);
        if (tick ^ self.tick) >> self.span != 0 {
            self.turn_to(tick);
        }
        self.tick = tick;
        self.current.pop();
        self.next = match self.current.last() {
            Some(&entry) => entry,
            None => self.least_in_a_slot(),
        };
    }

    #[inline]
    fn put_into_slot(&mut self, entry: Entry, differing: u64) {
        let at = highest_digit(differing);
        let slot = digit(tick_of(entry), at);
        self.occupied[at] |= 1 << slot;
        let slot = &mut self.levels[at][slot];
        slot.least = slot.least.min(entry);
        slot.entries.push(entry);
    }

    /// Moves on to the tick of the earliest entry. Every slot before its own is empty, and so are every lower level and the sorted
    /// entries.
    fn turn_to(&mut self, tick: u64) {
        let at = highest_digit(tick ^ self.tick);
        self.tick = tick;
        self.span = DIGIT_BITS * at as u32;
        self.occupied[at] &= !(1 << digit(tick, at));
        let slot = &mut self.levels[at][digit(tick, at)];
        slot.least = Entry::NOTHING;
        std::mem::swap(&mut slot.entries, &mut self.current);
        while self.span > 0 && self.current.len() > FEW {
            self.divide();
        }
        self.current.sort_unstable_by(|left, right| right.cmp(left));
    }

    /// Has the entries of fewer ticks be those that are sorted: the others go to slots of the next lower level. What stays keeps its
    /// order.
    fn divide(&mut self) {
        self.span -= DIGIT_BITS;
        std::mem::swap(&mut self.current, &mut self.emptied);
        for index in 0..self.emptied.len() {
            let entry = self.emptied[index];
            let differing = tick_of(entry) ^ self.tick;
            if differing >> self.span == 0 {
                self.current.push(entry);
            } else {
                self.put_into_slot(entry, differing);
            }
        }
        self.emptied.clear();
    }

    #[inline(always)]
    fn least_in_a_slot(&self) -> Entry {
        let level = self.occupied.iter().position(|&occupied| occupied != 0);
        level.map_or(Entry::NOTHING, |at| self.levels[at][self.occupied[at].trailing_zeros() as usize].least)
    }
}
