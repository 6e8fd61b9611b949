//! The auditor's own books of docks: whether parcels are picked when they may be, and no more of them than may be.
//!
//! Opening hours, cut-off, waves and limits are looked up day by day here, from what the scenario says and not from the engine's
//! calendar.

use super::Auditor;
use super::breach::Invariant;
use super::days::works_on;
use super::orders::OpenOrder;
use crate::domain::settings::{Clock, Hours};
use crate::domain::{DAY, Model, OrderNumber, Picking, SimTime, Span, WarehouseId};
use crate::engine::{OrderRef, ParcelLine};

/// What was picked at a warehouse.
#[derive(Clone, Copy, Default)]
pub(super) struct Picked {
    /// The day of the latest shift in which something was, and how many parcels in it.
    day: i64,
    parcels: u32,
    /// When the latest one was picked, and when that had been ready.
    at: i64,
    ready: i64,
}

/// The hours of a warehouse, day by day.
struct Days<'a> {
    model: &'a Model,
    picking: &'a Picking,
}

impl Days<'_> {
    fn hours(&self) -> Hours {
        self.picking.opening_hours.unwrap_or(Hours::ALL_DAY)
    }

    fn is_open_on(&self, day: i64) -> bool {
        let picking = self.picking;
        let keeps_hours = picking.opening_days.is_some() || picking.opening_hours.is_some();
        works_on(self.model, picking.opening_days, picking.holidays.as_ref(), keeps_hours, day)
    }

    /// The day whose shift is on in a second.
    fn shift(&self, second: i64) -> Option<i64> {
        let day = second.div_euclid(DAY);
        let is_in = |day: &i64| {
            let of_day = second - day * DAY;
            self.is_open_on(*day) && self.hours().opens <= of_day && of_day < self.hours().closes
        };
        [day - 1, day].into_iter().find(is_in)
    }

    fn open_seconds(&self, from: i64, to: i64) -> i64 {
        let days = from.div_euclid(DAY) - 1..=to.div_euclid(DAY);
        let of_day = |day: i64| {
            let (opens, closes) = (day * DAY + self.hours().opens, day * DAY + self.hours().closes);
            if self.is_open_on(day) { (closes.min(to) - opens.max(from)).max(0) } else { 0 }
        };
        days.map(of_day).sum()
    }

    /// The first second in which what is ready may be picked, found day by day; `None` if there is none for a long time.
    fn first_chance(&self, ready: i64) -> Option<i64> {
        let first = ready.div_euclid(DAY) - 1;
        for day in (first..first + 4_000).filter(|&day| self.is_open_on(day)) {
            let (opens, closes) = (day * DAY + self.hours().opens, day * DAY + self.hours().closes);
            let is_too_late = self.picking.cut_off.is_some_and(|Clock(cut_off)| ready >= day * DAY + cut_off);
            let chance = match self.picking.waves {
                None => ready.max(opens),
                Some(Span(every)) => (0..).map(|wave| opens + wave * every).find(|&wave| wave >= ready)?,
            };
            if chance < closes && !is_too_late {
                return Some(chance);
            }
        }
        None
    }
}

impl Auditor<'_> {
    /// What of an order was to leave waits at a dock.
    pub(super) fn dock(&mut self, order: OrderRef, warehouse: WarehouseId, contents: &[ParcelLine]) {
        let trouble = self.with(order, "a parcel at the dock", |open| {
            open.at_dock.push((warehouse, contents.to_vec()));
            move_units(open, contents, |line, units| {
                line.docked += units;
                line.take_reserved(warehouse, units)
            })
        });
        self.tell(order.number, trouble.flatten());
        if self.model.warehouses[warehouse.index()].picking.is_none() {
            let at = self.terms.warehouse(warehouse);
            self.breach(Invariant::Picking, || {
                format!("order {} waits at the dock of {at}, which sends what is ready at once", order.number)
            });
        }
    }

    /// Some of what waited at a dock is taken back.
    pub(super) fn undock(&mut self, order: OrderRef, warehouse: WarehouseId, taken: &[ParcelLine]) {
        // The cancellation that does this is stated next; what was past the limit is noted first.
        self.note_aged(order.number);
        let trouble = self.with(order, "taking back", |open| {
            let holds = |parcel: &(WarehouseId, Vec<ParcelLine>)| {
                parcel.0 == warehouse && taken.iter().all(|content| parcel.1.contains(content))
            };
            let Some(at) = open.at_dock.iter().position(holds) else {
                return Some("a parcel that was not there".into());
            };
            open.at_dock[at].1.retain(|content| !taken.contains(content));
            if open.at_dock[at].1.is_empty() {
                open.at_dock.remove(at);
            }
            move_units(open, taken, |line, units| {
                line.reserve(warehouse, units);
                let had = line.docked >= units;
                line.docked = line.docked.saturating_sub(units);
                had
            })
        });
        self.tell(order.number, trouble.flatten());
    }

    fn tell(&mut self, order: OrderNumber, trouble: Option<String>) {
        if let Some(trouble) = trouble {
            self.breach(Invariant::Endings, || format!("at a dock, order {order} had {trouble}"));
        }
    }

    /// A parcel was picked: whether it could be then.
    pub(super) fn check_picked(&mut self, order: OrderRef, warehouse: WarehouseId, lines: u32, ready: SimTime) {
        let (now, ready) = (self.now.0, ready.0);
        let number = order.number;
        self.with(order, "picking", |open| open.is_picked_from_dock = ready < now);
        let Some(picking) = self.model.warehouses[warehouse.index()].picking.as_deref() else {
            return self.breach(Invariant::Picking, || format!("order {number} was picked where there is no dock"));
        };
        let days = Days { model: self.model, picking };
        let rate = picking.lines_per_hour.map(i64::from);
        // What takes time may be done in the second in which the warehouse closes.
        let shift = days.shift(now).or_else(|| rate.and_then(|_| days.shift(now - 1)));
        let before = self.picked[warehouse.index()];
        let mut troubles: Vec<String> = Vec::new();
        match shift {
            None => troubles.push("while the warehouse is closed".into()),
            Some(day) => {
                let parcels = if before.day == day { before.parcels + 1 } else { 1 };
                self.picked[warehouse.index()] = Picked { day, parcels, at: now, ready };
                // One that is in hand when the warehouse closes was begun the day before.
                let most = picking.parcels_per_day.map(|most| most.saturating_add(u32::from(rate.is_some())));
                if most.is_some_and(|most| parcels > most) {
                    troubles.push(format!("as number {parcels} of its day"));
                }
            }
        }
        match days.first_chance(ready) {
            Some(chance) if now < chance => troubles.push(format!("before second {chance}, its first chance")),
            Some(chance) if now > chance && rate.is_none() && picking.parcels_per_day.is_none() => {
                troubles.push(format!("though it could be picked in second {chance}"));
            }
            _ => {}
        }
        if let (Some(rate), true) = (rate, lines > 0) {
            // Seconds are whole: one at either end may be begun only.
            let had = days.open_seconds(before.at.max(ready) - 1, now);
            if (had + 1) * rate < i64::from(lines) * 3_600 {
                troubles.push(format!("its {lines} lines within {had} seconds of opening"));
            }
        }
        if picking.order == crate::domain::PickOrder::FirstCome && ready < before.ready {
            troubles.push("after one that was ready later".into());
        }
        for trouble in troubles {
            let at = self.terms.warehouse(warehouse);
            self.breach(Invariant::Picking, || format!("a parcel of order {number} was picked at {at} {trouble}"));
        }
    }
}

/// Moves the units of a parcel between the books of its lines; what was not there is told.
fn move_units(
    open: &mut OpenOrder,
    contents: &[ParcelLine],
    mut take: impl FnMut(&mut super::orders::OpenLine, u32) -> bool,
) -> Option<String> {
    for content in contents {
        let had = open.line(content.line).is_some_and(|line| take(line, content.units));
        if !had {
            return Some(format!("{} units of line {} that were not there", content.units, content.line));
        }
    }
    None
}
