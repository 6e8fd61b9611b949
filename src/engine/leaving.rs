//! What leaves at once: parcels of orders of which all does, from the instant in which they are placed until they depart, and parts
//! of others.

use super::observer::{OrderRef, ParcelLine, ParcelRef};
use super::pool::{NONE, Pool};
use crate::domain::{Cents, ClassId, Lane, LineNumber, OrderedLine, ProductId, SimTime, Span, WarehouseId, ZoneId};
use crate::rules::{Rule, free_split};

/// The most lines of an order that goes this way: so many fit, with the rest, into two cache lines.
pub const MAX_LINES: usize = 6;

/// A parcel of an order that leaves at once, until it departs.
#[derive(Clone, Copy, Debug)]
pub struct Leaving {
    /// The order.
    pub about: OrderRef,
    /// What it costs to send.
    pub cost: Cents,
    /// From departure to arrival.
    pub transit: Span,
    /// Where it departs.
    pub warehouse: WarehouseId,
    /// Its number among the order's parcels, from 1.
    pub number: u32,
    /// The slot of its order among those of several parcels; [`NONE`] where it is the only parcel.
    pub siblings: u32,
    /// How many lines are in it.
    pub lines: u32,
    /// The lines: so many of them as `lines` says.
    pub contents: [ParcelLine; MAX_LINES],
}

/// An order that leaves at once in several parcels, until the last one departs.
#[derive(Clone, Copy, Debug)]
pub struct Siblings {
    /// How many there are.
    pub parcels: u32,
    /// How many have not departed.
    pub to_depart: u32,
    /// When the last one that departed arrives.
    pub delivered: SimTime,
}

/// Orders that leave at once and have not departed.
#[derive(Default)]
pub struct AtOnce {
    /// The parcels.
    pub parcels: Pool<Leaving>,
    /// The orders of several parcels.
    pub siblings: Pool<Siblings>,
}

impl AtOnce {
    /// Makes it hold no parcel; it keeps its memory.
    pub fn clear(&mut self) {
        self.parcels.clear();
        self.siblings.clear();
    }

    /// Fetches a parcel that will depart.
    #[inline(always)]
    pub fn fetch(&self, parcel: u32) {
        self.parcels.fetch(parcel);
    }
}

impl Leaving {
    /// Puts a parcel into a free slot.
    pub const NONE: Self = Self {
        about: OrderRef { number: 0, placed: SimTime::ZERO, zone: ZoneId(0), international: false, class: ClassId(0) },
        cost: Cents::ZERO,
        transit: Span::ZERO,
        warehouse: WarehouseId(0),
        number: 0,
        siblings: NONE,
        lines: 0,
        contents: [ParcelLine { line: 0, product: ProductId(0), units: 0 }; MAX_LINES],
    };

    /// Starts a parcel in a slot that held an older one.
    #[inline(always)]
    pub fn begin(&mut self, about: OrderRef, lane: &Lane, number: u32, siblings: u32) {
        self.about = about;
        self.transit = lane.transit;
        self.warehouse = lane.warehouse;
        self.number = number;
        self.siblings = siblings;
        self.lines = 0;
    }

    /// Puts a line of the order, by its index, into the parcel.
    #[inline(always)]
    pub fn add(&mut self, index: usize, OrderedLine { product, units }: OrderedLine) {
        self.contents[self.lines as usize] = ParcelLine { line: index as LineNumber + 1, product, units };
        self.lines += 1;
    }

    /// What is in it.
    pub fn contents(&self) -> &[ParcelLine] {
        &self.contents[..self.lines as usize]
    }

    /// As observers are told of it.
    pub fn parcel(&self) -> ParcelRef<'_> {
        ParcelRef {
            number: self.number,
            warehouse: self.warehouse,
            contents: self.contents(),
            rule: Rule::MultiWarehouse,
            cost: self.cost,
            customer_charge: free_split::customer_charge(self.number),
        }
    }
}

/// Units of a line that leave in the instant in which its order is placed, while others of the order wait.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Slot of the order.
    pub order: u32,
    /// From where.
    pub warehouse: WarehouseId,
    /// What.
    pub line: ParcelLine,
}

/// A parcel or order to be closed at the end of the instant.
#[derive(Clone, Copy, Debug)]
pub enum Closing {
    /// Slot of an open order of which something was released.
    Open(u32),
    /// Slot of an order that was placed in this instant, some of which [parts](super::parting) at once.
    Parting(u32),
    /// Slot of a parcel of an order that leaves at once.
    AtOnce(u32),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_that_leaves_at_once_fits_two_cache_lines() {
        assert!(size_of::<Leaving>() <= 128, "{} bytes", size_of::<Leaving>());
    }
}
