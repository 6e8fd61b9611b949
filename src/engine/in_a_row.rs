//! Orders in a row, the common stretch between two entries of the calendar: generated orders of which each leaves
//! [as a whole](super::whole) from its zone's nearest warehouse and brings no shelf so low that anything follows from it.
//!
//! About such an order every sourcing policy and every rule agrees, and nothing is due or left to do in its second, so it is taken
//! off the shelf and told, and the next one is looked at. The first order that is anything else is left to be
//! [placed](super::place) in its instant.

use super::generated::Ahead;
use super::observer::{AtOnceParcel, LeftAtOnce, Observer, OrderRef};
use super::simulation::Simulation;
use crate::domain::OrderNumber;
use crate::rules::{backorder_display, shipment_notice};

impl<O: Observer> Simulation<'_, O> {
    /// Takes orders for as long as that is all there is to do.
    #[inline(always)]
    pub(super) fn take_orders_in_a_row(&mut self) {
        if O::READS_BOOKS {
            return;
        }
        let plan = self.plan;
        let until = self.calendar.next_time().min(plan.all_depart_until).min(self.arrivals.listed());
        let is_refreshed = backorder_display::is_refreshed(&self.model.rules);
        while self.arrivals.next < until {
            if self.arrivals.is_used_up() {
                self.draw_orders();
            }
            let (mut taken, mut is_undisturbed) = (0, true);
            let numbered = self.arrivals.numbered();
            let (observer, mut shelves) = (&mut *self.observer, self.world.shelves());
            for Ahead { at, zone, lines, shelves: places } in self.arrivals.ahead() {
                let nearest = &plan.nearest[zone.index()];
                let departs = shipment_notice::sent_at(at, nearest.handling);
                let has_enough = |(line, &place)| shelves.have_more_than_enough(place, line, is_refreshed);
                is_undisturbed = at < until
                    && nearest.serves
                    && lines.iter().zip(places).all(has_enough)
                    && observer.takes_whole(at, departs);
                if !is_undisturbed {
                    break;
                }
                taken += 1;
                let number = numbered + taken as OrderNumber;
                let order = OrderRef { number, placed: at, zone, international: nearest.international };
                let cost = plan.parcel_cost(&nearest.lane, lines.iter().map(|line| (line.product, line.units)));
                let arrives = departs + nearest.lane.transit;
                let parcel = AtOnceParcel { warehouse: nearest.warehouse, cost, departs, arrives };
                observer.left_at_once(LeftAtOnce { order, lines, parcels: &[parcel], parcel_of: &[] });
                for (line, &place) in lines.iter().zip(places) {
                    shelves.take(place, line);
                }
            }
            self.arrivals.take_generated(taken);
            if !is_undisturbed {
                return;
            }
        }
    }
}
