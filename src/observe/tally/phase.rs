//! What counts in the phase of a run that is under way: orders that were told as a whole, and their parcels.

use super::level::Window;
use crate::domain::SimTime;
use crate::measures::Sums;

/// The stretches of a run in which the same counts: before the measured time, within it, and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    WarmUp,
    Measured,
    RunOut,
}

impl Phase {
    /// The phase of an instant, and the first second after it.
    pub fn of(instant: SimTime, window: Window) -> (Self, SimTime) {
        let (start, end) = (SimTime(window.start), SimTime(window.start + window.length));
        if instant < start {
            (Self::WarmUp, start)
        } else if instant < end {
            (Self::Measured, end)
        } else {
            (Self::RunOut, SimTime::NEVER)
        }
    }
}

/// The orders of a zone that were told as a whole in the phase that is running.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AtOnceOrders {
    pub orders: i64,
    pub lines: i64,
    pub units: i64,
    pub parcels: i64,
    /// Orders of several parcels.
    pub split: i64,
    /// Cost of first parcels, and of further ones, in cents.
    pub parcel_cents: i128,
    pub extra_parcel_cents: i128,
    pub unit_ship_seconds: i128,
    pub ship_seconds: i64,
    pub deliver_seconds: i64,
}

impl AtOnceOrders {
    /// What measured orders add up to: all of it was supplied at once.
    pub fn sums(&self, international: bool) -> Sums {
        let (international_shipped, international_in_parts) =
            if international { (self.orders, self.split) } else { (0, 0) };
        Sums {
            orders: self.orders,
            lines: self.lines,
            units: self.units,
            lines_network_available: self.lines,
            orders_placed: self.orders,
            orders_filled: self.orders,
            lines_filled: self.lines,
            units_filled: self.units,
            parcels: self.parcels,
            units_shipped_of_measured: self.units,
            unit_ship_seconds: self.unit_ship_seconds,
            parcel_cents: self.parcel_cents,
            extra_parcel_cents: self.extra_parcel_cents,
            orders_split: self.split,
            orders_shipped: self.orders,
            parcels_of_shipped_orders: self.parcels,
            ship_seconds: self.ship_seconds,
            deliver_seconds: self.deliver_seconds,
            international_shipped,
            international_in_parts,
            ..Sums::default()
        }
    }
}

/// The parcels of a warehouse that were told with whole orders in the phase that is running.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AtOnceParcels {
    pub parcels: i64,
    pub units: i64,
    /// Unit cost of what is in them, in cents.
    pub cents: i128,
}
