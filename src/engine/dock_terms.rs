//! How warehouses pick, compiled.

use crate::domain::{Model, Picking, SimTime, WorkingTime};

/// Picking a line takes so many ticks; a second has as many as lines are picked in an hour.
const TICKS_A_LINE: i64 = 3_600;

/// How a warehouse picks, compiled.
pub(super) struct DockTerms {
    pub(super) picking: Picking,
    pub(super) time: WorkingTime,
}

impl DockTerms {
    /// Those of every warehouse; nothing where no warehouse has any.
    pub(super) fn of(model: &Model) -> Vec<Option<Self>> {
        if model.warehouses.iter().all(|warehouse| warehouse.picking.is_none()) {
            return Vec::new();
        }
        let terms = |picking: &Picking| Self { picking: picking.clone(), time: picking.working_time(&model.calendar) };
        model.warehouses.iter().map(|warehouse| warehouse.picking.as_deref().map(terms)).collect()
    }

    /// When a parcel of so many lines is done if it is begun at a tick: working time only.
    pub(super) fn done(&self, lines: u32, rate: i64, begun: i64) -> i64 {
        let mut work = i64::from(lines) * TICKS_A_LINE;
        let mut next = self.time.shift_at_or_after(SimTime(begun / rate));
        while let Some(shift) = next {
            let from = begun.max(shift.opens.0 * rate);
            let room = shift.closes.0 * rate - from;
            if work <= room {
                return from + work;
            }
            work -= room;
            next = self.time.shift_from(shift.day + 1);
        }
        i64::MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::Hours;
    use crate::domain::{Calendar, DAY};

    #[test]
    fn picking_goes_on_when_the_warehouse_opens_again() {
        let hours = Some(Hours { opens: 0, closes: 3_600 });
        let picking = Picking { opening_hours: hours, lines_per_hour: Some(7), ..Picking::UNLIMITED };
        let terms = DockTerms { time: picking.working_time(&Calendar::default()), picking };
        // Seven lines an hour: nine of them take the first hour and two sevenths of the next day's.
        let done = terms.done(9, 7, 0);
        assert_eq!(done, DAY * 7 + 2 * TICKS_A_LINE);
        assert_eq!(terms.done(7, 7, 0), 3_600 * 7, "done in the second in which it closes");
    }
}
