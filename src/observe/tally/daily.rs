//! The daily series: how each day ended, and what was asked for on it.

use super::level::Window;
use crate::domain::{DAY, SimTime};

/// A day, counted from the start of the replication, over all products and warehouses and all orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct DayRow {
    /// Units on hand at the end of the day.
    pub on_hand: i64,
    /// Units waiting at the end of the day.
    pub backorders: i64,
    /// Units on order at the end of the day.
    pub on_order: i64,
    /// Orders asked for on the day.
    pub orders: i64,
    /// Lines asked for on the day.
    pub lines: i64,
    /// Of these, the ones supplied whole at once.
    pub lines_filled: i64,
}

impl DayRow {
    /// The names of its figures.
    pub const NAMES: [&'static str; 6] =
        ["on_hand_units", "backorder_units", "on_order_units", "orders", "lines", "lines_filled"];

    /// Its figures, in the order of the names.
    pub fn values(&self) -> [i64; 6] {
        [self.on_hand, self.backorders, self.on_order, self.orders, self.lines, self.lines_filled]
    }
}

/// Collects the days of warm-up and measured time; the last one may be a part of a day.
///
/// Until the run is over, a row holds by how much the levels changed on its day, so that a change may be stated before its day
/// comes.
#[derive(Clone, Debug)]
pub(super) struct Daily {
    /// One row a day, and one at the end that takes what comes after them.
    rows: Vec<DayRow>,
    /// The current day.
    day: usize,
    /// The first second after the current day.
    day_end: i64,
    /// The first second that is not measured any more.
    end: i64,
}

impl Daily {
    pub fn new(window: Window) -> Self {
        let end = window.start + window.length;
        let days = end.div_euclid(DAY) + i64::from(end % DAY != 0);
        let mut daily = Self { rows: vec![DayRow::default(); days as usize + 1], day: 0, day_end: 0, end };
        daily.day_end = daily.end_of(0);
        daily
    }

    /// The row of the day of `now`, which is never before that of an earlier call.
    #[inline(always)]
    pub fn today(&mut self, now: SimTime) -> &mut DayRow {
        if now.0 >= self.day_end {
            self.turn_to(now.0);
        }
        &mut self.rows[self.day]
    }

    /// The row of the day of the last occurrence.
    #[inline(always)]
    pub fn same_day(&mut self) -> &mut DayRow {
        &mut self.rows[self.day]
    }

    /// The row of the day of `at`, today or later.
    #[inline(always)]
    pub fn on(&mut self, at: SimTime) -> &mut DayRow {
        let day = if at.0 < self.day_end { self.day } else { self.day_of(at.0) };
        &mut self.rows[day]
    }

    #[cold]
    fn turn_to(&mut self, now: i64) {
        self.day = self.day_of(now);
        self.day_end = self.end_of(self.day);
    }

    fn day_of(&self, at: i64) -> usize {
        if at >= self.end { self.rows.len() - 1 } else { (at / DAY) as usize }
    }

    fn end_of(&self, day: usize) -> i64 {
        if day + 1 == self.rows.len() { i64::MAX } else { self.end.min((day as i64 + 1) * DAY) }
    }

    /// The days, with the levels that each ended with.
    pub fn finish(mut self) -> Vec<DayRow> {
        self.rows.pop();
        let mut before = DayRow::default();
        for row in &mut self.rows {
            row.on_hand += before.on_hand;
            row.backorders += before.backorders;
            row.on_order += before.on_order;
            before = *row;
        }
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_close_with_the_level_they_ended_with() {
        // A warm-up of a day and a half, measured for one: two whole days and half of the third.
        let mut daily = Daily::new(Window { start: 3 * DAY / 2, length: DAY });
        for (t, by) in [(0, 10), (DAY - 1, -1), (DAY, -2), (5 * DAY / 2 - 1, -3), (5 * DAY / 2, -4)] {
            daily.today(SimTime(t)).orders += 1;
            daily.same_day().on_hand += by;
        }
        let rows = daily.finish();
        assert_eq!(rows.iter().map(|row| row.on_hand).collect::<Vec<_>>(), [9, 7, 4]);
        assert_eq!(rows.iter().map(|row| row.orders).collect::<Vec<_>>(), [2, 1, 1]);
    }

    #[test]
    fn a_change_may_be_stated_before_its_day_comes() {
        let mut daily = Daily::new(Window { start: 0, length: 5 * DAY / 2 });
        daily.today(SimTime(DAY - 1)).on_hand += 9;
        for (t, by) in [(DAY - 1, -1), (DAY, -2), (2 * DAY, -3), (5 * DAY / 2, -4)] {
            daily.on(SimTime(t)).on_hand += by;
        }
        assert_eq!(daily.finish().iter().map(|row| row.on_hand).collect::<Vec<_>>(), [8, 6, 3]);
    }

    #[test]
    fn nothing_happening_closes_every_day() {
        let mut daily = Daily::new(Window { start: 0, length: 3 * DAY });
        daily.today(SimTime(0)).on_hand += 5;
        assert_eq!(daily.finish().iter().map(|row| row.on_hand).collect::<Vec<_>>(), [5, 5, 5]);
    }
}
