//! Orders that left at once, told as a whole: nearly all orders of a run. Each costs a few additions here; what else follows from
//! them is added up when their phase is over.

use super::observer::Tally;
use super::phase::{AtOnceOrders, AtOnceParcels, Phase};
use super::shapes::{Ending, PARCEL_BINS};
use crate::domain::SimTime;
use crate::engine::LeftAtOnce;
use crate::rules::Rule;

impl Tally {
    /// Whether an order belongs to one phase, from its placing to its departure. Phases follow one another: when an order of a
    /// later one comes, what the one before added up to is settled.
    #[inline(always)]
    pub(super) fn is_of_one_phase(&mut self, placed: SimTime, departs: SimTime) -> bool {
        if placed >= self.phase_end {
            self.settle();
            (self.phase, self.phase_end) = Phase::of(placed, self.window);
        }
        departs < self.phase_end
    }

    /// Counts an order of the phase that is running.
    #[inline(always)]
    pub(super) fn count_at_once(&mut self, what: LeftAtOnce<'_>) {
        let LeftAtOnce { order, lines, parcels, parcel_of } = what;
        let Self { window, daily, hot, warehouses, at_once, .. } = self;
        let zone = &mut at_once[order.zone.index()];
        let placed = order.placed;
        let count = lines.len() as i64;
        let today = daily.today(placed);
        today.orders += 1;
        today.lines += count;
        today.lines_filled += count;
        let (mut shipped, mut delivered) = (placed, placed);
        for (number, parcel) in parcels.iter().enumerate() {
            let elapsed = window.elapsed(parcel.departs);
            let (mut units, mut cents) = (0, 0_i128);
            for (index, line) in lines.iter().enumerate() {
                if parcels.len() > 1 && parcel_of[index] as usize != number {
                    continue;
                }
                let line_units = i64::from(line.units);
                units += line_units;
                let hot = &mut hot[line.product.index()];
                cents += i128::from(line_units) * i128::from(hot.unit_cost);
                hot.on_hand_moment = hot.on_hand_moment.wrapping_sub(line_units.wrapping_mul(elapsed));
                hot.units += line_units;
                hot.lines += 1;
            }
            let warehouse = &mut warehouses[parcel.warehouse.index()];
            warehouse.on_hand.will_change(-units, elapsed);
            warehouse.on_hand_cents.will_change(-cents, elapsed);
            warehouse.at_once.parcels += 1;
            warehouse.at_once.units += units;
            warehouse.at_once.cents += cents;
            daily.on(parcel.departs).on_hand -= units;
            zone.units += units;
            zone.unit_ship_seconds += i128::from(units) * i128::from((parcel.departs - placed).0);
            if number == 0 {
                zone.parcel_cents += i128::from(parcel.cost.0);
                (shipped, delivered) = (parcel.departs, parcel.arrives);
            } else {
                zone.extra_parcel_cents += i128::from(parcel.cost.0);
                (shipped, delivered) = (shipped.max(parcel.departs), delivered.max(parcel.arrives));
            }
        }
        zone.orders += 1;
        zone.lines += count;
        zone.parcels += parcels.len() as i64;
        zone.split += i64::from(parcels.len() > 1);
        zone.ship_seconds += (shipped - placed).0;
        zone.deliver_seconds += (delivered - placed).0;
        if parcels.len() > 1 && self.phase == Phase::Measured {
            self.shapes.parcels[parcels.len().min(PARCEL_BINS) - 1] += 1;
        }
    }

    /// Adds up what the running phase counted: its stock has left, and measured orders count.
    #[cold]
    pub(super) fn settle(&mut self) {
        let counts = self.phase == Phase::Measured;
        for (hot, cold) in self.hot.iter_mut().zip(&mut self.cold) {
            let (lines, units) = (std::mem::take(&mut hot.lines), std::mem::take(&mut hot.units));
            cold.on_hand -= units;
            if counts {
                cold.lines += lines;
                cold.units += units;
                cold.units_shipped += units;
            }
        }
        for warehouse in &mut self.warehouses {
            let AtOnceParcels { parcels, units, cents } = std::mem::take(&mut warehouse.at_once);
            warehouse.on_hand.has_changed(-units);
            warehouse.on_hand_cents.has_changed(-cents);
            if counts {
                warehouse.sums.parcels += parcels;
                warehouse.sums.units_shipped += units;
                warehouse.sums.shipped_cost_cents += cents;
            }
        }
        for (index, zone) in self.at_once.iter_mut().enumerate() {
            let at_once = std::mem::take(zone);
            if !counts {
                continue;
            }
            let AtOnceOrders { orders, parcels, split, .. } = at_once;
            let international = self.is_international[index];
            // Where customers differ, no order is told as a whole.
            self.zones[index * self.classes] += &at_once.sums(international);
            self.firings[Rule::MultiWarehouse as usize] += parcels;
            self.firings[Rule::ShipmentNotice as usize] += parcels;
            self.firings[Rule::FreeSplit as usize] += parcels - orders;
            self.shapes.parcels[0] += (orders - split) as u64;
            self.shapes.orders_at_once[usize::from(international)] += orders as u64;
            self.shapes.endings[Ending::AtOnceWhole as usize] += (orders - split) as u64;
            self.shapes.endings[Ending::AtOnceInParts as usize] += split as u64;
        }
    }
}
