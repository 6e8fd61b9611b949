//! Pools of reusable slots for short-lived state, so that a run allocates only while its largest backlog still grows.

use std::ops::{Index, IndexMut};

use super::prefetch::prefetch;

/// No slot.
pub const NONE: u32 = u32::MAX;

/// A pool of slots with a free list; the slot freed last is used first, so it is still in cache.
///
/// A freed slot keeps its contents until it is used again, so within a phase that creates nothing, a freed entry can still be
/// asked whether it has ended.
pub struct Pool<T> {
    slots: Vec<T>,
    free: Vec<u32>,
}

impl<T> Default for Pool<T> {
    /// An empty pool.
    fn default() -> Self {
        Self { slots: Vec::new(), free: Vec::new() }
    }
}

impl<T> Pool<T> {
    /// Empties it; it keeps its memory.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.free.clear();
    }

    /// Puts a value into a slot.
    #[inline]
    pub fn insert(&mut self, value: T) -> u32 {
        if let Some(slot) = self.free.pop() {
            self.slots[slot as usize] = value;
            return slot;
        }
        let slot = u32::try_from(self.slots.len()).expect("fewer than 2^32 things are open at once");
        self.slots.push(value);
        slot
    }

    /// A slot for a large value that the caller builds in place: it holds its earlier contents, or `value`. Building it elsewhere with
    /// narrow stores and copying it with wide loads would stall on store forwarding.
    #[inline(always)]
    pub fn reserve(&mut self, value: impl FnOnce() -> T) -> u32 {
        match self.free.pop() {
            Some(slot) => slot,
            None => self.insert(value()),
        }
    }

    /// Fetches a slot that will be needed; see [`prefetch`].
    #[inline(always)]
    pub fn fetch(&self, slot: u32) {
        if let Some(value) = self.slots.get(slot as usize) {
            prefetch(value);
        }
    }

    /// How many slots were ever needed at once.
    #[cfg(test)]
    pub const fn slots(&self) -> usize {
        self.slots.len()
    }

    /// All slots, the free ones included.
    pub fn all(&self) -> impl Iterator<Item = u32> + use<T> {
        0..self.slots.len() as u32
    }

    /// Frees a slot.
    #[inline]
    pub fn remove(&mut self, slot: u32) {
        self.free.push(slot);
    }
}

/// A pool of slots that are given out in runs, side by side.
///
/// To free a run and to use it again reads none of its slots, which may be far away; they are only fetched. Freed runs serve others of
/// their length.
/// It is a type of its own for speed: with a list of free runs in every [`Pool`], a line of the plain benchmark took 1.08 of the time.
pub struct RunPool<T> {
    slots: Vec<T>,
    /// The first slot of each free run, by the length of the run.
    free: Vec<Vec<u32>>,
}

impl<T: Copy> RunPool<T> {
    /// An empty pool.
    pub const fn new() -> Self {
        Self { slots: Vec::new(), free: Vec::new() }
    }

    /// Empties it; it keeps its memory.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.free.iter_mut().for_each(Vec::clear);
    }

    /// The first slot of a run of at least one: all hold whatever they held before, or `value`.
    #[inline(always)]
    pub fn reserve(&mut self, length: usize, value: T) -> u32 {
        match self.free.get_mut(length).and_then(Vec::pop) {
            Some(first) => first,
            None => self.extend(length, value),
        }
    }

    #[cold]
    fn extend(&mut self, length: usize, value: T) -> u32 {
        if self.free.len() <= length {
            self.free.resize_with(length + 1, Vec::new);
        }
        let first = u32::try_from(self.slots.len()).expect("fewer than 2^32 things are open at once");
        self.slots.resize(self.slots.len() + length, value);
        first
    }

    /// Frees a run, and fetches it, as it is the next of its length that is used.
    #[inline(always)]
    pub fn remove(&mut self, first: u32, length: usize) {
        for slot in 0..length as u32 {
            self.fetch(first + slot);
        }
        self.free[length].push(first);
    }

    /// Fetches a slot that will be needed; see [`prefetch`].
    #[inline(always)]
    pub fn fetch(&self, slot: u32) {
        if let Some(value) = self.slots.get(slot as usize) {
            prefetch(value);
        }
    }

    /// How many slots were ever needed at once.
    #[cfg(test)]
    pub const fn slots(&self) -> usize {
        self.slots.len()
    }
}

impl<T> Index<u32> for RunPool<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, slot: u32) -> &T {
        &self.slots[slot as usize]
    }
}

impl<T> IndexMut<u32> for RunPool<T> {
    #[inline(always)]
    fn index_mut(&mut self, slot: u32) -> &mut T {
        &mut self.slots[slot as usize]
    }
}

impl<T> Index<u32> for Pool<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, slot: u32) -> &T {
        &self.slots[slot as usize]
    }
}

impl<T> IndexMut<u32> for Pool<T> {
    #[inline(always)]
    fn index_mut(&mut self, slot: u32) -> &mut T {
        &mut self.slots[slot as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};

    #[test]
    fn runs_stand_side_by_side_and_never_in_each_others_place() {
        // Against a list of who has which slot: runs of one to five slots, given out and freed at random.
        let mut pool = RunPool::new();
        let mut stream = Stream::new(5, 0, Purpose::Arrivals, 0);
        let mut open: Vec<(u32, usize, u32)> = Vec::new();
        for owner in 1..3_000 {
            let length = 1 + stream.below(5) as usize;
            let first = pool.reserve(length, 0);
            (0..length as u32).for_each(|at| pool[first + at] = owner);
            open.push((first, length, owner));
            while open.len() > 40 || (stream.coin(0.4) && !open.is_empty()) {
                let (first, length, owner) = open.swap_remove(stream.below(open.len() as u64) as usize);
                assert!((0..length as u32).all(|at| pool[first + at] == owner), "{owner} was written over");
                pool.remove(first, length);
            }
        }
        assert!(pool.slots() < 600, "{} slots: none was used again", pool.slots());
    }
}
