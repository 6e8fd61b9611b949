//! Levels that change in steps, and their exact integrals over the measured time.

use crate::domain::SimTime;

/// The measured time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Its first second.
    pub start: i64,
    /// How many seconds it has.
    pub length: i64,
}

impl Window {
    /// Whether an instant lies in it: from its first second to the last, the one after that being outside.
    #[inline(always)]
    pub fn holds(self, instant: SimTime) -> bool {
        // One comparison: what is before the start wraps round to something huge.
        (instant.0.wrapping_sub(self.start) as u64) < self.length as u64
    }

    /// How much of it has passed.
    #[inline(always)]
    pub fn elapsed(self, now: SimTime) -> i64 {
        (now.0 - self.start).clamp(0, self.length)
    }
}

/// A level and its moment Σ Δ·t, from which its integral over the window follows without looking at the time between
/// changes: ∫ x dt = x(end)·T − Σ Δᵢ·tᵢ, where tᵢ is the part of the window elapsed at change i.
///
/// All of it in whole numbers, hence exact. The moment may wrap round; the integral is still right as long as it fits
/// in 63 bits itself, since all arithmetic is modulo 2^64: a mean of 290 million units over a thousand years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Level {
    /// The level now.
    pub value: i64,
    moment: i64,
}

impl Level {
    /// A level with its moment so far.
    #[inline(always)]
    pub const fn new(value: i64, moment: i64) -> Self {
        Self { value, moment }
    }

    /// Its moment so far.
    #[inline(always)]
    pub const fn moment(self) -> i64 {
        self.moment
    }

    /// The level changes when `elapsed` seconds of the window have passed.
    #[inline(always)]
    pub fn change(&mut self, by: i64, elapsed: i64) {
        self.will_change(by, elapsed);
        self.has_changed(by);
    }

    /// The level changes when `elapsed` seconds of the window will have passed; by how much is left to be
    /// [added up](Self::has_changed) for many changes.
    #[inline(always)]
    pub fn will_change(&mut self, by: i64, elapsed: i64) {
        self.moment = self.moment.wrapping_add(by.wrapping_mul(elapsed));
    }

    /// Adds up changes whose times are known already.
    #[inline(always)]
    pub fn has_changed(&mut self, by: i64) {
        self.value += by;
    }

    /// The integral over the window, in level × seconds.
    pub fn area(self, window: Window) -> i128 {
        i128::from(self.value.wrapping_mul(window.length).wrapping_sub(self.moment))
    }
}

/// The same for money on the shelf, which outgrows 63 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct WideLevel {
    value: i128,
    moment: i128,
}

impl WideLevel {
    /// The level changes when `elapsed` seconds of the window have passed.
    #[inline(always)]
    pub fn change(&mut self, by: i128, elapsed: i64) {
        self.moment += by * i128::from(elapsed);
        self.has_changed(by);
    }

    /// As [`Level::will_change`]: by what a parcel holds.
    #[inline(always)]
    pub fn will_change(&mut self, by: i128, elapsed: i64) {
        self.moment += by * i128::from(elapsed);
    }

    /// As [`Level::has_changed`].
    #[inline(always)]
    pub fn has_changed(&mut self, by: i128) {
        self.value += by;
    }

    /// The integral over the window, in level × seconds.
    pub fn area(self, window: Window) -> i128 {
        self.value * i128::from(window.length) - self.moment
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { start: 100, length: 50 };

    #[test]
    fn the_window_is_open_at_its_end() {
        let inside = [99, 100, 149, 150].map(|t| WINDOW.holds(SimTime(t)));
        assert_eq!(inside, [false, true, true, false]);
        assert_eq!([0, 100, 120, 150, 999].map(|t| WINDOW.elapsed(SimTime(t))), [0, 0, 20, 50, 50]);
    }

    #[test]
    fn an_integral_by_hand() {
        // 5 before the window; 7 from 110; 3 from 140; 100 after it, which must not count.
        let (mut level, mut wide) = (Level::default(), WideLevel::default());
        for (t, by) in [(0, 5), (110, 2), (140, -4), (150, 50), (180, 47)] {
            level.change(by, WINDOW.elapsed(SimTime(t)));
            wide.change(by.into(), WINDOW.elapsed(SimTime(t)));
        }
        assert_eq!(level.value, 100);
        assert_eq!(level.area(WINDOW), 5 * 10 + 7 * 30 + 3 * 10);
        assert_eq!(wide.area(WINDOW), level.area(WINDOW));
    }

    #[test]
    fn a_published_time_average() {
        // Law, Simulation Modeling and Analysis, §1.4: a queue served one by one, until 8.6 minutes. Customers come at
        // 0.4, 1.6, …; q̂ = 9.9/8.6 = 1.15 wait on average, and the server is busy 7.7/8.6 = 0.90 of the time.
        let window = Window { start: 0, length: 86 };
        let (mut queue, mut busy) = (Level::default(), Level::default());
        for (t, by) in [(16, 1), (21, 1), (24, -1), (31, -1), (40, 1), (49, -1), (56, 1), (58, 1), (72, 1), (86, -1)] {
            queue.change(by, window.elapsed(SimTime(t)));
        }
        for (t, by) in [(4, 1), (33, -1), (38, 1)] {
            busy.change(by, window.elapsed(SimTime(t)));
        }
        assert_eq!((queue.area(window), busy.area(window)), (99, 77));
    }

    #[test]
    fn a_moment_that_wraps_does_no_harm() {
        let window = Window { start: 0, length: 1 << 40 };
        let mut level = Level::default();
        for _ in 0..64 {
            level.change(1 << 30, 1 << 39);
            level.change(-(1 << 30), 1 << 39);
            level.change(1 << 22, window.length - 1);
        }
        assert_eq!(level.area(window), 64 << 22);
    }
}
