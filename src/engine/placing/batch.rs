//! A batch of orders, the common stretch between two entries of the calendar: generated orders of which each leaves
//! [as a whole](super::whole) from its zone's nearest warehouse.
//!
//! About such an order every sourcing policy and every rule agrees, and nothing is due in its second before it, so it is taken off
//! the shelf and told, and the next one is looked at. A batch ends with an order that brings a shelf so low that something may follow
//! from it: the rest of its second is then an instant like others. The first order that is anything else is left to be
//! [placed](super::general) in its instant.

use crate::domain::{ClassId, OrderNumber, SimTime, WarehouseId};
use crate::engine::event::Phase;
use crate::engine::generated::Ahead;
use crate::engine::observer::{AtOnceParcel, LeftAtOnce, Observer, OrderRef};
use crate::engine::plan::Nearest;
use crate::engine::simulation::Simulation;
use crate::engine::world::Shelves;
use crate::rules::{backorder_display, shipment_notice};

impl<O: Observer> Simulation<'_, O> {
    /// Takes orders for as long as nothing else is due. The last one may have emptied a shelf so far that something follows
    /// from it: then the second that is not over yet.
    #[inline(always)]
    pub(in crate::engine) fn take_batch(&mut self) -> Option<SimTime> {
        if O::READS_BOOKS
            || self.plan.goes_the_general_way
            || self.plan.books_ahead
            || !self.docks.are_none()
            || !self.roads.serve_every_zone
            || !self.sourcer.agrees_on_the_first_able(0)
        {
            return None;
        }
        let until =
            self.calendar.next_time().min(self.plan.all_depart_until).min(self.arrivals.listed()).min(self.until);
        while self.arrivals.next < until {
            if self.arrivals.is_used_up() {
                self.draw_orders();
            }
            let mut row = Row {
                nearest: &self.roads.nearest,
                observer: &mut *self.observer,
                shelves: self.world.shelves(),
                until,
                is_refreshed: backorder_display::is_refreshed(&self.model.rules),
                numbered: self.arrivals.numbered(),
                taken: 0,
            };
            let end = if self.arrivals.have_one_line_each() {
                // The compiler knows how many lines there are, and makes no loop of them.
                self.arrivals.ahead_of_one_line().find_map(|order| row.take(order))
            } else {
                self.arrivals.ahead().find_map(|order| row.take(order))
            };
            let taken = row.taken;
            self.arrivals.take_generated(taken);
            match end {
                None => {}
                Some(End::AnotherOrder) => return None,
                Some(End::LowShelf { at, warehouse }) => {
                    self.now = at;
                    self.calendar.stand_at(at, Phase::NewOrders);
                    self.look_at_all(|_| warehouse);
                    return Some(at);
                }
            }
        }
        None
    }
}

/// What ends a batch.
enum End {
    /// The next order is not one that can be taken so.
    AnotherOrder,
    /// The order taken last brought a shelf so low that it needs a look.
    LowShelf { at: SimTime, warehouse: WarehouseId },
}

/// The orders of a block that are taken in a batch.
struct Row<'a, O> {
    nearest: &'a [Nearest],
    observer: &'a mut O,
    shelves: Shelves<'a>,
    until: SimTime,
    is_refreshed: bool,
    /// How many order numbers were given out before.
    numbered: OrderNumber,
    taken: usize,
}

impl<O: Observer> Row<'_, O> {
    /// Takes the next order if it leaves as a whole, and returns what ends the batch, if anything does.
    #[inline(always)]
    fn take(&mut self, Ahead { at, zone, lines, shelves: places, weight_cost }: Ahead<'_>) -> Option<End> {
        let nearest = &self.nearest[zone.index()];
        let departs = shipment_notice::sent_at(at, nearest.handling);
        if at >= self.until || !self.observer.takes_whole(at, departs) {
            return Some(End::AnotherOrder);
        }
        let Some(needs_a_look) = self.shelves.take_all(places, lines, self.is_refreshed) else {
            return Some(End::AnotherOrder);
        };
        self.taken += 1;
        let number = self.numbered + self.taken as OrderNumber;
        let order = OrderRef { number, placed: at, zone, international: nearest.international, class: ClassId(0) };
        let cost = nearest.lane.parcel_cost + weight_cost;
        let parcel =
            AtOnceParcel { warehouse: nearest.warehouse, cost, departs, arrives: departs + nearest.lane.transit };
        self.observer.left_at_once(LeftAtOnce { order, lines, parcels: &[parcel], parcel_of: &[] });
        needs_a_look.then_some(End::LowShelf { at, warehouse: nearest.warehouse })
    }
}
