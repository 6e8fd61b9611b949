//! The order that leaves at once: every line is shown in stock, and one warehouse, the first in preference order that has
//! any of them, has them all.
//!
//! Most orders are so. Every sourcing policy and every rule agrees about them: no other warehouse is nearer, cheaper, or
//! makes fewer parcels, an assigned order is assigned there, and nothing waits. All that has to be remembered is the one
//! parcel until it departs, so such an order takes no place among the [open orders](super::open_orders). What is stated of
//! it is the same, in the same order, as the [general way](super::place) would state.

use super::event::Event;
use super::observer::{Observer, Occurrence, OrderRef, ParcelLine, ParcelRef};
use super::simulation::Simulation;
use crate::domain::{
    Availability, Cents, Granularity, Lane, LineNumber, Mode, OrderedLine, ProductId, Span, WarehouseId,
};
use crate::rules::{Rule, free_split, international_complete, multi_warehouse, shipment_notice};

/// Lines up to which an order may go this way: so many fit beside the rest in two cache lines.
const MOST_LINES: usize = 6;

/// An order in one parcel that has not departed.
#[derive(Clone, Copy, Debug)]
pub struct WholeOrder {
    about: OrderRef,
    cost: Cents,
    transit: Span,
    warehouse: WarehouseId,
    lines: u32,
    contents: [ParcelLine; MOST_LINES],
}

impl WholeOrder {
    fn contents(&self) -> &[ParcelLine] {
        &self.contents[..self.lines as usize]
    }

    fn parcel(&self) -> ParcelRef<'_> {
        ParcelRef {
            number: 1,
            warehouse: self.warehouse,
            contents: self.contents(),
            rule: Rule::MultiWarehouse,
            cost: self.cost,
            customer_charge: free_split::customer_charge(1),
        }
    }
}

impl<'a, O: Observer> Simulation<'a, O> {
    /// The lane by which an order leaves at once, if it does.
    #[inline(always)]
    pub(super) fn lane_at_once(&self, lanes: &'a [Lane], lines: &[OrderedLine]) -> Option<&'a Lane> {
        if lines.len() > MOST_LINES {
            return None;
        }
        let first = lines.first()?;
        let free = |product: ProductId| move |lane: &Lane| self.world.cell(lane.warehouse, product).free;
        let rank = multi_warehouse::first_able(lanes.iter().map(free(first.product)), first.units)?;
        if rank > 0 && self.model.rules.granularity == Granularity::Unit {
            return None; // A unit nearer by would be taken from there.
        }
        for (index, line) in lines.iter().enumerate() {
            // Lines of one product, which scripted and replayed orders may have, share what is free.
            let is_alone = lines[..index].iter().all(|earlier| earlier.product != line.product);
            let is_first_able = || {
                let mut free = lanes[..=rank].iter().map(free(line.product));
                multi_warehouse::first_able(&mut free, line.units) == Some(rank)
            };
            if !is_alone || !self.displays_in_stock(line.product) || (index > 0 && !is_first_able()) {
                return None;
            }
        }
        Some(&lanes[rank])
    }

    /// Places an order that leaves at once by a lane.
    #[inline(always)]
    pub(super) fn place_at_once(&mut self, order: OrderRef, lane: &Lane) {
        let count = self.arrivals.lines.len();
        let warehouse = lane.warehouse;
        self.say(Occurrence::OrderAsked { order, lines: count as u32 });
        let mut contents = [ParcelLine { line: 0, product: ProductId(0), units: 0 }; MOST_LINES];
        for (index, entry) in contents.iter_mut().enumerate().take(count) {
            let OrderedLine { product, units } = self.arrivals.lines[index];
            let line = index as LineNumber + 1;
            *entry = ParcelLine { line, product, units };
            let (network_available, displayed_in_stock) = (true, true);
            self.say(Occurrence::LineAsked { order, line, product, units, network_available, displayed_in_stock });
        }
        self.say(Occurrence::OrderPlaced {
            order,
            lines: count as u32,
            availability: Availability::All,
            mode: Mode::ShipsNow,
            assigned: international_complete::is_assigned(order.international, &self.model.rules).then_some(warehouse),
        });
        for &ParcelLine { line, product, units } in &contents[..count] {
            self.say(Occurrence::LinePlaced { order, line, product, units, available: units });
            self.take_off_the_shelf(order, line, product, warehouse, units);
        }
        let cost = self.parcel_cost(lane, &contents[..count]);
        let slot = self.at_once.insert(WholeOrder {
            about: order,
            cost,
            transit: lane.transit,
            warehouse,
            lines: count as u32,
            contents,
        });
        self.closing.push(Closing::WholeOrder(slot));
    }

    /// Closes the parcel at the end of the instant.
    pub(super) fn close_whole_order(&mut self, slot: u32) {
        let whole = &self.at_once[slot];
        self.observer.observe(self.now, Occurrence::ParcelReleased { order: whole.about, parcel: whole.parcel() });
        let departure = shipment_notice::sent_at(self.now, self.model.warehouses[whole.warehouse.index()].handling);
        if departure == self.now {
            self.whole_order_departs(slot);
        } else {
            self.schedule_after_before_end(departure - self.now, Event::WholeOrderDeparts { order: slot });
        }
    }

    /// The parcel leaves, and the order is complete.
    pub(super) fn whole_order_departs(&mut self, slot: u32) {
        let whole = &self.at_once[slot];
        for line in whole.contents() {
            self.world.cell_mut(whole.warehouse, line.product).reserved -= line.units as i32;
        }
        let (order, arrives) = (whole.about, self.now + whole.transit);
        self.observer.observe(self.now, Occurrence::ParcelShipped { order, parcel: whole.parcel(), arrives });
        self.at_once.remove(slot);
        self.say(Occurrence::ShipmentNotice { order, parcel: 1 });
        self.say(Occurrence::OrderCompleted { order, parcels: 1, released: order.placed, delivered: arrives });
    }
}

/// What is to be closed at the end of an instant.
#[derive(Clone, Copy, Debug)]
pub enum Closing {
    /// Slot of an open order of which something was released.
    Open(u32),
    /// Slot of an order that leaves at once.
    WholeOrder(u32),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_that_leaves_at_once_fits_two_cache_lines() {
        assert!(size_of::<WholeOrder>() <= 128, "{} bytes", size_of::<WholeOrder>());
    }
}
