//! Orders in a row, the common stretch between two entries of the calendar: generated orders of which each leaves
//! [as a whole](super::whole) from its zone's nearest warehouse and brings no shelf so low that anything follows from it.
//!
//! About such an order every sourcing policy and every rule agrees, and nothing is due or left to do in its second, so it is taken
//! off the shelf and told, and the next one is looked at. The first order that is anything else is left to be
//! [placed](super::place) in its instant.

use super::generated::Ahead;
use super::observer::{AtOnceParcel, LeftAtOnce, Observer, OrderRef};
use super::plan::{Nearest, Plan};
use super::simulation::Simulation;
use super::world::Shelves;
use crate::domain::{OrderNumber, SimTime};
use crate::rules::{backorder_display, shipment_notice};

impl<O: Observer> Simulation<'_, O> {
    /// Takes orders for as long as that is all there is to do.
    #[inline(always)]
    pub(super) fn take_orders_in_a_row(&mut self) {
        if O::READS_BOOKS || !self.plan.serves_every_zone {
            return;
        }
        let until = self.calendar.next_time().min(self.plan.all_depart_until).min(self.arrivals.listed());
        while self.arrivals.next < until {
            if self.arrivals.is_used_up() {
                self.draw_orders();
            }
            let mut row = Row {
                plan: self.plan,
                nearest: &self.plan.nearest,
                observer: &mut *self.observer,
                shelves: self.world.shelves(),
                until,
                is_refreshed: backorder_display::is_refreshed(&self.model.rules),
                numbered: self.arrivals.numbered(),
                taken: 0,
            };
            let is_undisturbed = if self.arrivals.have_one_line_each() {
                // The compiler knows how many lines there are, and makes no loop of them.
                self.arrivals.ahead_of_one_line().all(|order| row.takes(order))
            } else {
                self.arrivals.ahead().all(|order| row.takes(order))
            };
            let taken = row.taken;
            self.arrivals.take_generated(taken);
            if !is_undisturbed {
                return;
            }
        }
    }
}

/// The orders of a block that are taken in a row.
struct Row<'a, O> {
    plan: &'a Plan<'a>,
    nearest: &'a [Nearest],
    observer: &'a mut O,
    shelves: Shelves<'a>,
    until: SimTime,
    is_refreshed: bool,
    /// Numbers given out before.
    numbered: OrderNumber,
    taken: usize,
}

impl<O: Observer> Row<'_, O> {
    /// Takes the next order if it is undisturbed; `false`: nothing has been done.
    #[inline(always)]
    fn takes(&mut self, Ahead { at, zone, lines, shelves: places }: Ahead<'_>) -> bool {
        let nearest = &self.nearest[zone.index()];
        let departs = shipment_notice::sent_at(at, nearest.handling);
        let has_enough = |(line, &place)| self.shelves.have_more_than_enough(place, line, self.is_refreshed);
        let is_undisturbed =
            at < self.until && lines.iter().zip(places).all(has_enough) && self.observer.takes_whole(at, departs);
        if !is_undisturbed {
            return false;
        }
        self.taken += 1;
        let number = self.numbered + self.taken as OrderNumber;
        let order = OrderRef { number, placed: at, zone, international: nearest.international };
        let cost = self.plan.parcel_cost(&nearest.lane, lines.iter().map(|line| (line.product, line.units)));
        let parcel =
            AtOnceParcel { warehouse: nearest.warehouse, cost, departs, arrives: departs + nearest.lane.transit };
        self.observer.left_at_once(LeftAtOnce { order, lines, parcels: &[parcel], parcel_of: &[] });
        for (line, &place) in lines.iter().zip(places) {
            self.shelves.take(place, line);
        }
        true
    }
}
