//! What one replication adds up to: whole numbers, from which every measure is a numerator and a denominator.

use crate::domain::{CostRates, Model, Span};
use std::ops::AddAssign;

macro_rules! sums {
    ($($(#[$doc:meta])* $name:ident: $number:ty,)*) => {
        /// Counts and totals of a replication, or of the part of it that concerns one zone, product, warehouse or vendor.
        ///
        /// *Measured* orders were asked for in the measured time; what becomes of them later, in the run-out, counts
        /// too. *In the window* is what happened within the measured time, to whichever order.
        #[derive(Clone, Debug, PartialEq, Eq, Default)]
        #[repr(C)]
        pub struct Sums {
            $($(#[$doc])* pub $name: $number,)*
            /// Quantiles of the waits; known for a whole replication only, since quantiles do not add.
            pub wait_quantiles: Option<WaitQuantiles>,
            /// The most parcels that waited at docks at one time within the window; known for a whole replication and for a warehouse.
            pub dock_peak: Option<i64>,
        }

        impl AddAssign<&Sums> for Sums {
            /// Adds everything but quantiles and peaks.
            fn add_assign(&mut self, other: &Sums) {
                $(self.$name += other.$name;)*
            }
        }
    };
}

// What changes with every line and every order comes first, so that it shares cache lines.
sums! {
    /// Lines of measured orders, the lost ones included.
    lines: i64,
    /// Their units.
    units: i64,
    /// Of these lines, the ones supplied whole when placed.
    lines_filled: i64,
    /// Of these units, the ones supplied when placed.
    units_filled: i64,
    /// Lines of a product that had free stock in some warehouse when they were asked for.
    lines_network_available: i64,
    /// Measured orders asked for.
    orders: i64,
    /// Measured orders of which at least one line was left to place.
    orders_placed: i64,
    /// Measured orders all of whose lines were supplied when placed, none being lost.
    orders_filled: i64,
    /// Parcels of measured orders that departed.
    parcels: i64,
    /// Units in them.
    units_shipped_of_measured: i64,
    /// Seconds from placing to departure, over those units.
    unit_ship_seconds: i128,
    /// Cost of each measured order's first parcel, in cents.
    parcel_cents: i128,
    /// Measured orders that ended shipped.
    orders_shipped: i64,
    /// Parcels of those.
    parcels_of_shipped_orders: i64,
    /// Seconds from placing to the last departure, over those.
    ship_seconds: i64,
    /// Seconds from placing to the last delivery, over those.
    deliver_seconds: i64,

    /// Measured orders with some, not all, available when placed.
    orders_partially_backordered: i64,
    /// Measured orders with nothing available when placed.
    orders_fully_backordered: i64,
    /// Partially backordered orders that may ship in parts.
    domestic_partially_backordered: i64,
    /// Those whose available part left ahead.
    domestic_shipped_ahead: i64,
    /// Measured orders that were sourced anew before they left.
    orders_sourced_anew: i64,
    /// Measured orders of which a second parcel departed.
    orders_split: i64,
    /// Cost of the parcels after each order's first, in cents.
    extra_parcel_cents: i128,
    /// What customers were charged for those, in cents.
    customer_split_charge_cents: i64,
    /// Shipped orders from abroad.
    international_shipped: i64,
    /// Those that left in more than one parcel.
    international_in_parts: i64,
    /// Seconds from placing to release of the last parcel, over shipped orders from abroad.
    international_wait_seconds: i64,
    /// Measured orders with at least one auto-cancelled line.
    orders_auto_cancelled: i64,
    /// Measured orders that ended with nothing shipped.
    orders_cancelled: i64,
    /// Lines lost before they became part of the order.
    lines_lost: i64,
    /// Lines removed by customers, or for want of a substitute.
    lines_removed: i64,
    /// Lines swapped for a substitute.
    lines_swapped: i64,
    /// Lines auto-cancelled.
    lines_auto_cancelled: i64,
    /// Lines displayed in stock and backordered when placed.
    lines_mismatched: i64,
    /// Units lost, removed or auto-cancelled.
    units_never_shipped: i64,
    /// Their price less unit cost, in cents.
    lost_margin_cents: i128,
    /// Units of measured orders that wait at the end of the run.
    units_waiting_at_end: i64,
    /// Lines backordered when placed and covered in the end.
    waits: i64,
    /// Seconds from placing to covering, over those.
    wait_seconds: i64,
    /// Those covered within three days.
    waits_within_3_days: i64,
    /// Backorder notices of measured orders.
    notices: i64,
    /// The late ones.
    notices_late: i64,
    /// Contacts in the window that found their line waiting.
    contacts: i64,
    /// Lines of measured orders that were promised for a date, and of which it is known whether that was kept.
    lines_promised: i64,
    /// Those that came in time.
    lines_on_time: i64,
    /// Those that came, but late.
    lines_late: i64,
    /// Seconds from the promised date to the arrival, over those.
    late_seconds: i64,
    /// Those that did not come in time: for what, from the first moment on in which the date could not be kept any more.
    lines_late_for_way: i64,
    lines_late_for_stock: i64,
    lines_late_for_order: i64,
    lines_late_for_hours: i64,
    lines_late_for_limit: i64,
    /// Measured orders of which it is known whether all that was promised was kept.
    orders_promised: i64,
    /// Those of which all was.
    orders_on_time: i64,

    /// Pairs of warehouse and product that are carried.
    pairs: i64,
    /// Pairs with free stock, integrated over the window, in seconds.
    ready_pair_seconds: i128,
    /// Units on hand, integrated over the window.
    on_hand_unit_seconds: i128,
    /// Units on hand at unit cost, integrated over the window, in cents × seconds.
    on_hand_cent_seconds: i128,
    /// Units on order, integrated over the window.
    on_order_unit_seconds: i128,
    /// Units waiting, integrated over the window.
    waiting_unit_seconds: i128,
    /// Receipts in the window.
    receipts: i64,
    /// Those before which, since the receipt before them, no line had to wait or was refused.
    receipts_in_time: i64,
    /// Units that came in the window on purchase orders.
    units_received: i64,
    /// Their unit cost, in cents.
    received_cost_cents: i128,
    /// Units of measured orders' placed lines that were not supplied when placed; known by product and for all together.
    units_short: i64,
    /// Purchase orders placed in the window; of a product, those that it is in.
    purchase_orders: i64,
    /// Lines of those: one each, where every product has its own orders.
    purchase_order_lines: i64,
    /// Lines of purchase orders expedited in the window.
    purchase_orders_expedited: i64,
    /// Cost of placing purchase orders in the window, in cents.
    ordering_cents: i128,
    /// Cost of expediting in the window, in cents.
    expediting_cents: i128,
    /// Units of expedited purchase orders promised in the window that were needed before the promise.
    units_needed_early: i64,
    /// Unit-seconds of waiting that their coming early spared.
    spared_unit_seconds: i128,
    /// Lead times begun in the window as drawn, less their means, in seconds: 0 in the long run.
    lead_time_excess_seconds: i64,
    /// Units that departed in the window.
    units_shipped: i64,
    /// Their unit cost, in cents.
    shipped_cost_cents: i128,
    /// Parcels of measured orders that were picked at warehouses with a dock.
    parcels_picked: i64,
    /// Seconds from being ready to being picked, over those.
    dock_wait_seconds: i64,
    /// Those that were picked on a later day than they became ready on.
    parcels_picked_later: i64,
    /// Warehouses with a dock.
    docks: i64,
    /// Parcels waiting at docks, integrated over the window.
    dock_parcel_seconds: i128,
    /// Working seconds that picking took within the window, where there is a limit to it.
    picking_seconds_used: i64,
    /// Working seconds that there were.
    picking_seconds_offered: i64,
    /// What having the warehouses costs a year, in cents.
    fixed_cents_a_year: i64,
    /// Vendors that let purchase orders wait.
    vendor_queues: i64,
    /// Units of purchase orders that those have not taken up, integrated over the window.
    vendor_queue_unit_seconds: i128,
    /// Lines of purchase orders that those took up within the window.
    vendor_lines_begun: i64,
    /// Seconds that those lines had waited.
    vendor_wait_seconds: i64,
    /// Working seconds within the window in which vendors with a capacity worked.
    vendor_seconds_used: i64,
    /// Working seconds that those had.
    vendor_seconds_offered: i64,
    /// Vendors.
    vendors: i64,
    /// Seconds of disruption within the window, over vendors.
    disrupted_seconds: i128,
}

/// A sum as a real number. Nearly all fit into 64 bits, which a single instruction converts; wider ones take fifty.
pub(super) fn real(sum: i128) -> f64 {
    /// Apart, as the compiler would make one conversion of both, the wide one.
    #[cold]
    #[inline(never)]
    fn wide(sum: i128) -> f64 {
        sum as f64
    }

    i64::try_from(sum).map_or_else(|_| wide(sum), |sum| sum as f64)
}

/// Waits of one replication, in seconds: nearest-rank quantiles (within 0.1 %) and the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitQuantiles {
    /// Median.
    pub p50: i64,
    /// 95 % quantile.
    pub p95: i64,
    /// 99 % quantile.
    pub p99: i64,
    /// The longest.
    pub max: i64,
}

/// What the measures need beside the sums: how long was measured, and what things cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// The measured time.
    pub window: Span,
    /// How long a period is, where demand comes by period.
    pub period: Option<Span>,
    /// Whether purchase orders and their lines are told apart.
    pub tells_lines_apart: bool,
    /// Whether what expediting brings is measured.
    pub measures_expediting: bool,
    /// Whether held orders are sourced anew.
    pub reevaluates: bool,
    /// Whether dates are promised.
    pub promises_dates: bool,
    /// Cost rates.
    pub costs: CostRates,
}

impl Basis {
    /// The basis of a model's replications.
    pub fn of(model: &Model) -> Self {
        let period = model.period.as_ref().map(|demand| demand.period);
        Self {
            window: model.run.horizon,
            period,
            tells_lines_apart: model.tells_lines_apart(),
            measures_expediting: model.measures_expediting(),
            reevaluates: model.sourcing.reevaluate,
            promises_dates: model.promise.is_some(),
            costs: model.costs.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_rounded_as_the_compiler_rounds_them() {
        let most = i128::from(i64::MAX);
        for sum in [0, 1, -7, (1 << 53) + 1, most, most + 1, -most - 1, -most - 2, (1 << 100) + 1, i128::MIN] {
            assert_eq!(real(sum), sum as f64, "{sum}");
        }
    }
}
