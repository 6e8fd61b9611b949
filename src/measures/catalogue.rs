//! The catalogue of measures: name, words, formula and code of each, side by side.

use super::costs::CostPart;
use super::sums::{Basis, Sums, WaitQuantiles, real};
use super::{Better, Definition, Group, Unit};
use crate::domain::DAY;
use crate::stats::Pair;

macro_rules! measures {
    ($($variant:ident in $group:ident: $name:literal, $unit:expr, $better:ident, $label:literal,
        $definition:literal, $formula:literal, $pair:expr;)*) => {
        /// A performance measure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Metric {
            $(#[doc = concat!("`", $name, "`: ", $definition)] $variant,)*
        }

        impl Metric {
            /// Every measure, in the report's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// What it is.
            pub const fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$variant => &Definition {
                        name: $name,
                        group: Group::$group,
                        unit: $unit,
                        better: Better::$better,
                        label: $label,
                        definition: $definition,
                        formula: $formula,
                    },)*
                }
            }

            /// What a replication says of it: numerator and denominator.
            pub fn pair(self, sums: &Sums, basis: &Basis) -> Pair {
                let of: fn(&Sums, &Basis) -> Pair = match self {
                    $(Self::$variant => $pair,)*
                };
                of(sums, basis)
            }
        }
    };
}

measures! {
    Orders in Demand: "orders", Unit::Count("orders"), Neither, "orders asked for",
        "Orders asked for in the measured time, also those all of whose lines were lost.",
        "orders asked for",
        |s, _| plain(s.orders as f64);
    Lines in Demand: "lines", Unit::Count("lines"), Neither, "lines asked for",
        "Lines asked for in the measured time, lost ones included; a swapped-in line is no new line.",
        "lines asked for",
        |s, _| plain(s.lines as f64);
    Units in Demand: "units", Unit::Count("units"), Neither, "units asked for",
        "Units asked for in the measured time, those of lost lines included.",
        "units asked for",
        |s, _| plain(s.units as f64);

    UnitFillRate in Service: "unit_fill_rate", Unit::Share, Higher, "units filled at once",
        "Share of the units asked for that could be supplied when their order was placed.",
        "units supplied when placed / units asked for",
        |s, _| ratio(s.units_filled, s.units);
    LineFillRate in Service: "line_fill_rate", Unit::Share, Higher, "lines filled at once",
        "Share of the lines asked for that could be supplied whole when their order was placed.",
        "lines supplied whole when placed / lines asked for",
        |s, _| ratio(s.lines_filled, s.lines);
    OrderFillRate in Service: "order_fill_rate", Unit::Share, Higher, "orders filled at once",
        "Share of the orders asked for of which every line could be supplied when the order was placed; an order that lost a line is not filled.",
        "orders with every line asked for available when placed / orders asked for",
        |s, _| ratio(s.orders_filled, s.orders);
    ReadyRate in Service: "ready_rate", Unit::Share, Higher, "time with free stock",
        "Share of time with free stock of at least 1, averaged over the pairs of warehouse and product that are carried.",
        "∫ pairs with free stock ≥ 1 dt / (pairs · horizon)",
        |s, b| Pair::new(real(s.ready_pair_seconds), s.pairs as f64 * b.window.0 as f64);
    CycleServiceLevel in Service: "cycle_service_level", Unit::Share, Higher, "replenishment cycles without want",
        "Share of receipts since whose predecessor, of that product at that warehouse, no line had to wait or was refused for want of it.",
        "receipts since whose predecessor no line began to wait or was refused / receipts",
        |s, _| ratio(s.receipts_in_time, s.receipts);
    NetworkAvailabilityShare in Service: "network_availability_share", Unit::Share, Higher, "lines with stock in at least one place",
        "Share of the lines asked for whose product had free stock in some warehouse, whatever was displayed.",
        "lines whose product had free stock of at least 1 in the network / lines asked for",
        |s, _| ratio(s.lines_network_available, s.lines);

    BackorderedOrderShare in Backorders: "backordered_order_share", Unit::Share, Lower, "orders backordered",
        "Share of the orders asked for with a line that had to wait when placed.",
        "(fully + partially backordered orders) / orders asked for",
        |s, _| ratio(s.orders_fully_backordered + s.orders_partially_backordered, s.orders);
    FullyBackorderedOrderShare in Backorders: "fully_backordered_order_share", Unit::Share, Lower, "… fully",
        "Share of the orders asked for of which nothing was available when placed; of an order bound to one warehouse, there.",
        "orders with nothing available when placed / orders asked for",
        |s, _| ratio(s.orders_fully_backordered, s.orders);
    PartiallyBackorderedOrderShare in Backorders: "partially_backordered_order_share", Unit::Share, Lower, "… in part",
        "Share of the orders asked for of which some, not all, was available when placed.",
        "orders with some, not all, available when placed / orders asked for",
        |s, _| ratio(s.orders_partially_backordered, s.orders);
    BackorderWaitDaysMean in Backorders: "backorder_wait_days_mean", Unit::Days, Lower, "wait of a backordered line, mean",
        "Mean days from placing to the covering of the last unit, over the lines that were backordered when placed and covered in the end.",
        "Σ (covered − placed) / lines backordered when placed and covered",
        |s, _| Pair::new(days(s.wait_seconds as f64), s.waits as f64);
    BackorderWaitDaysP50 in Backorders: "backorder_wait_days_p50", Unit::Days, Lower, "… median",
        "Median of the same waits: nearest rank within a replication (within 0.1 %), averaged over the replications that had any.",
        "nearest-rank 50 % quantile of (covered − placed), mean over replications",
        |s, _| wait(s, |w| w.p50);
    BackorderWaitDaysP95 in Backorders: "backorder_wait_days_p95", Unit::Days, Lower, "… 95 % are shorter than",
        "95 % quantile of the same waits, likewise.",
        "nearest-rank 95 % quantile of (covered − placed), mean over replications",
        |s, _| wait(s, |w| w.p95);
    BackorderWaitDaysP99 in Backorders: "backorder_wait_days_p99", Unit::Days, Lower, "… 99 % are shorter than",
        "99 % quantile of the same waits, likewise.",
        "nearest-rank 99 % quantile of (covered − placed), mean over replications",
        |s, _| wait(s, |w| w.p99);
    BackorderWaitDaysMax in Backorders: "backorder_wait_days_max", Unit::Days, Lower, "… longest",
        "The longest of the same waits in a replication, averaged over the replications that had any.",
        "max (covered − placed), mean over replications",
        |s, _| wait(s, |w| w.max);
    BackWithin3DaysShare in Backorders: "back_within_3_days_share", Unit::Share, Higher, "backordered lines back within 3 days",
        "Share of the lines backordered when placed and covered in the end that were covered within three days.",
        "waits of at most 3 days / waits",
        |s, _| ratio(s.waits_within_3_days, s.waits);
    BackordersMeanUnits in Backorders: "backorders_mean_units", Unit::Count("units"), Lower, "units on backorder, mean",
        "Units waiting and not yet covered, averaged over time and added up over all products and warehouses.",
        "∫ units waiting dt / horizon",
        |s, b| mean_over_time(s.waiting_unit_seconds, b);
    InternationalWaitDaysMean in Backorders: "international_wait_days_mean", Unit::Days, Lower, "wait of an international order, mean",
        "Mean days from placing to release over the shipped orders from international zones, 0 for those that did not wait.",
        "Σ (last release − placed) / international orders shipped",
        |s, _| Pair::new(days(s.international_wait_seconds as f64), s.international_shipped as f64);
    LateNoticeShare in Backorders: "late_notice_share", Unit::Share, Lower, "backorder notices sent late",
        "Share of the backorder notices sent that came after the deadline.",
        "notices sent after the deadline / notices sent",
        |s, _| ratio(s.notices_late, s.notices);
    DisplayMismatchLineShare in Backorders: "display_mismatch_line_share", Unit::Share, Lower, "lines shown in stock, yet backordered",
        "Share of the lines asked for that were displayed in stock and backordered when placed.",
        "lines displayed in stock and backordered / lines asked for",
        |s, _| ratio(s.lines_mismatched, s.lines);

    SplitOrderShare in Shipping: "split_order_share", Unit::Share, Lower, "orders split",
        "Share of the orders asked for that left in more than one parcel.",
        "orders of which a second parcel departed / orders asked for",
        |s, _| ratio(s.orders_split, s.orders);
    SourcedAnewOrderShare in Shipping: "sourced_anew_order_share", Unit::Share, Neither, "orders sourced anew",
        "Share of the orders asked for that were held and left in fewer parcels than they had reserved stock for, as they were sourced anew when the last of them was covered. Known where `[sourcing] reevaluate` is set.",
        "orders sourced anew / orders asked for",
        |s, b| if b.reevaluates { ratio(s.orders_sourced_anew, s.orders) } else { Pair::NOTHING };
    ShippedAheadShare in Shipping: "shipped_ahead_share", Unit::Share, Higher, "part-backordered orders shipped ahead",
        "Share of the partially backordered domestic orders whose available part left right away.",
        "split when placed / partially backordered domestic orders",
        |s, _| ratio(s.domestic_shipped_ahead, s.domestic_partially_backordered);
    InternationalPartialShare in Shipping: "international_partial_share", Unit::Share, Lower, "international orders shipped in parts",
        "Share of the shipped orders from international zones that left in more than one parcel.",
        "international orders with more than one parcel / international orders shipped",
        |s, _| ratio(s.international_in_parts, s.international_shipped);
    ParcelsPerOrder in Shipping: "parcels_per_order", Unit::Count("parcels per order"), Lower, "parcels per order",
        "Mean number of parcels of the orders that shipped.",
        "parcels of shipped orders / orders shipped",
        |s, _| ratio(s.parcels_of_shipped_orders, s.orders_shipped);
    Parcels in Shipping: "parcels", Unit::Count("parcels"), Neither, "parcels",
        "Parcels of measured orders that departed.",
        "parcels departed",
        |s, _| plain(s.parcels as f64);
    SplitCostPerOrder in Shipping: "split_cost_per_order", Unit::Money, Lower, "cost of splits per order",
        "Cost of the parcels after each order's first, per order asked for.",
        "Σ cost of parcels after the first / orders asked for",
        |s, _| Pair::new(real(s.extra_parcel_cents) / 100.0, s.orders as f64);
    CustomerSplitCharge in Shipping: "customer_split_charge", Unit::Money, Lower, "customers' charge for splits per order",
        "What customers were charged for their orders being split, per order asked for.",
        "Σ split charges / orders asked for",
        |s, _| Pair::new(s.customer_split_charge_cents as f64 / 100.0, s.orders as f64);
    UnitShipDaysMean in Shipping: "unit_ship_days_mean", Unit::Days, Lower, "days until a unit is shipped, mean",
        "Mean days from placing to departure, handling included, over the units of measured orders that were shipped: what ships ahead counts when it leaves.",
        "Σ units · (departure − placed) / units shipped",
        |s, _| Pair::new(days(real(s.unit_ship_seconds)), s.units_shipped_of_measured as f64);
    ShipDaysMean in Shipping: "ship_days_mean", Unit::Days, Lower, "days until all is shipped, mean",
        "Mean days from placing to the departure of the last parcel, handling included, over the orders that shipped.",
        "Σ (last departure − placed) / orders shipped",
        |s, _| Pair::new(days(s.ship_seconds as f64), s.orders_shipped as f64);
    DeliverDaysMean in Shipping: "deliver_days_mean", Unit::Days, Lower, "days until all is delivered, mean",
        "Mean days from placing to the arrival of the last parcel, over the orders that shipped.",
        "Σ (last arrival − placed) / orders shipped",
        |s, _| Pair::new(days(s.deliver_seconds as f64), s.orders_shipped as f64);

    OnTimeLineShare in Shipping: "on_time_line_share", Unit::Share, Higher, "lines there when promised",
        "Share of the lines promised for a date that came by then; of those that came, were auto-cancelled, or were open or given up past their date. Known where [promise] is set.",
        "lines in time / (lines that came + auto-cancelled + ended or open past their date)",
        |s, _| ratio(s.lines_on_time, s.lines_promised);
    LateForStockLineShare in Shipping: "late_for_stock_line_share", Unit::Share, Lower, "… late for want of stock",
        "Share of the same lines that did not come in time and whose stock had not come by then: what held them at the last moment from which they would have come in time. Known where [promise] is set.",
        "lines late for it / lines promised and settled",
        |s, _| ratio(s.lines_late_for_stock, s.lines_promised);
    LateForOrderLineShare in Shipping: "late_for_order_line_share", Unit::Share, Lower, "… held for the rest of the order",
        "Share of the same lines that did not come in time and that had their stock by then and were held for other lines of their order: what held them at the last moment from which they would have come in time. Known where [promise] is set.",
        "lines late for it / lines promised and settled",
        |s, _| ratio(s.lines_late_for_order, s.lines_promised);
    LateForHoursLineShare in Shipping: "late_for_hours_line_share", Unit::Share, Lower, "… late for the warehouse's hours",
        "Share of the same lines that did not come in time and that were ready by then and waited for the warehouse to open, for the day after a cut-off, or for a wave: what held them at the last moment from which they would have come in time. Known where [promise] is set.",
        "lines late for it / lines promised and settled",
        |s, _| ratio(s.lines_late_for_hours, s.lines_promised);
    LateForLimitLineShare in Shipping: "late_for_limit_line_share", Unit::Share, Lower, "… late for the picking limit",
        "Share of the same lines that did not come in time and that might have been picked by then, but the picking limit was reached or the pickers had others before them: what held them at the last moment from which they would have come in time. Known where [promise] is set.",
        "lines late for it / lines promised and settled",
        |s, _| ratio(s.lines_late_for_limit, s.lines_promised);
    LateForWayLineShare in Shipping: "late_for_way_line_share", Unit::Share, Lower, "… promised sooner than the way takes",
        "Share of the same lines that did not come in time and whose way took longer than was promised from the start on: what held them at the last moment from which they would have come in time. Known where [promise] is set.",
        "lines late for it / lines promised and settled",
        |s, _| ratio(s.lines_late_for_way, s.lines_promised);
    OnTimeOrderShare in Shipping: "on_time_order_share", Unit::Share, Higher, "orders there when promised",
        "Share of the orders all of whose promises were kept; of those that ended, or were open past the date of a line. Known where [promise] is set.",
        "orders with every promise kept / orders of which every promise was kept, or one broken",
        |s, _| ratio(s.orders_on_time, s.orders_promised);
    DaysLateMean in Shipping: "days_late_mean", Unit::Days, Lower, "days late, of the late lines, mean",
        "Mean days from the promised date to the arrival, over the lines that came late. Known where [promise] is set.",
        "Σ (arrival − promised) / lines that came late",
        |s, _| Pair::new(days(s.late_seconds as f64), s.lines_late as f64);
    DockWaitHoursMean in Shipping: "dock_wait_hours_mean", Unit::Count("hours"), Lower, "hours a parcel waits at the dock",
        "Mean hours from the moment at which what is in a parcel was covered and could leave to the moment at which it was picked: how late opening hours, cut-off, waves and limits let it leave. Over the parcels of warehouses that have any of these.",
        "Σ (picked − ready) / parcels picked at a dock",
        |s, _| Pair::new(s.dock_wait_seconds as f64 / 3_600.0, s.parcels_picked as f64);
    LaterDayParcelShare in Shipping: "later_day_parcel_share", Unit::Share, Lower, "parcels picked a later day than ready",
        "Share of the same parcels that were picked on a later day than the one on which they were ready.",
        "parcels picked on a later day than ready / parcels picked at a dock",
        |s, _| ratio(s.parcels_picked_later, s.parcels_picked);
    DockQueueMeanParcels in Shipping: "dock_queue_mean_parcels", Unit::Count("parcels"), Lower, "parcels waiting at docks, mean",
        "Parcels that are ready and not picked, averaged over time and added up over warehouses.",
        "∫ parcels at docks dt / horizon",
        |s, b| if s.docks > 0 { mean_over_time(s.dock_parcel_seconds, b) } else { Pair::NOTHING };
    DockQueuePeakParcels in Shipping: "dock_queue_peak_parcels", Unit::Count("parcels"), Lower, "… at the most",
        "The most parcels that waited at one time within the measured time, at all docks together, averaged over replications.",
        "max parcels at docks, mean over replications",
        |s, _| s.dock_peak.map_or(Pair::NOTHING, |peak| plain(peak as f64));
    PickingUtilisation in Shipping: "picking_utilisation", Unit::Share, Neither, "picking capacity used",
        "Share of the working time that picking took, over the warehouses with a limit: a parcel takes its part of a working day, a line its part of an hour.",
        "working time that picking took / working time",
        |s, _| ratio(s.picking_seconds_used, s.picking_seconds_offered);

    AutoCancelledOrderShare in Cancellations: "auto_cancelled_order_share", Unit::Share, Lower, "orders with an auto-cancellation",
        "Share of the orders asked for with at least one auto-cancelled line.",
        "orders with an auto-cancelled line / orders asked for",
        |s, _| ratio(s.orders_auto_cancelled, s.orders);
    AutoCancelledLineShare in Cancellations: "auto_cancelled_line_share", Unit::Share, Lower, "lines auto-cancelled",
        "Share of the lines asked for that were cancelled for age, or together with one that was.",
        "lines auto-cancelled / lines asked for",
        |s, _| ratio(s.lines_auto_cancelled, s.lines);
    CancelledOrderShare in Cancellations: "cancelled_order_share", Unit::Share, Lower, "orders that ended with nothing shipped",
        "Share of the orders asked for that ended with nothing shipped, by whomever.",
        "orders cancelled / orders asked for",
        |s, _| ratio(s.orders_cancelled, s.orders);
    RemovedLineShare in Cancellations: "removed_line_share", Unit::Share, Lower, "lines removed",
        "Share of the lines asked for that customers took off their orders, or that were taken off for want of a substitute.",
        "lines removed / lines asked for",
        |s, _| ratio(s.lines_removed, s.lines);
    SwappedLineShare in Cancellations: "swapped_line_share", Unit::Share, Neither, "lines swapped",
        "Share of the lines asked for that were swapped for a substitute.",
        "lines swapped / lines asked for",
        |s, _| ratio(s.lines_swapped, s.lines);
    LostAtDisplayLineShare in Cancellations: "lost_at_display_line_share", Unit::Share, Lower, "lines lost at display",
        "Share of the lines asked for that never became part of an order: dropped on seeing On Backorder, or refused where backorders are not accepted.",
        "lines lost / lines asked for",
        |s, _| ratio(s.lines_lost, s.lines);
    NeverShippedUnitShare in Cancellations: "never_shipped_unit_share", Unit::Share, Lower, "units never shipped",
        "Share of the units asked for that were lost at display or refused, removed or auto-cancelled; not swapped, not open.",
        "units lost, removed or auto-cancelled / units asked for",
        |s, _| ratio(s.units_never_shipped, s.units);
    ContactsPerDay in Cancellations: "contacts_per_day", Unit::Count("contacts a day"), Lower, "contacts a day",
        "Calls a day, within the measured time, that found their line still waiting.",
        "contacts / days",
        |s, b| per_day(s.contacts as f64, b);
    OpenOrderShare in Cancellations: "open_order_share", Unit::Share, Neither, "orders still open at the end",
        "Share of the orders asked for that were neither shipped nor cancelled when the run ended, after the run-out.",
        "(placed − shipped − cancelled) / orders asked for",
        |s, _| ratio(s.orders_placed - s.orders_shipped - s.orders_cancelled, s.orders);
    OpenWaitingUnitShare in Cancellations: "open_waiting_unit_share", Unit::Share, Neither, "units still waiting at the end",
        "Share of the units asked for that waited for stock when the run ended.",
        "units waiting at the end / units asked for",
        |s, _| ratio(s.units_waiting_at_end, s.units);
    OpenCoveredUnitShare in Cancellations: "open_covered_unit_share", Unit::Share, Neither, "units covered, not shipped, at the end",
        "Share of the units asked for that were reserved or being handled when the run ended.",
        "(asked − shipped − lost − removed − auto-cancelled − waiting) / units asked for",
        |s, _| ratio(
            s.units - s.units_shipped_of_measured - s.units_never_shipped - s.units_waiting_at_end,
            s.units,
        );

    OnHandMeanUnits in Stock: "on_hand_mean_units", Unit::Count("units"), Lower, "units on hand, mean",
        "Physical stock, reserved units included, averaged over time and added up over all products and warehouses.",
        "∫ units on hand dt / horizon",
        |s, b| mean_over_time(s.on_hand_unit_seconds, b);
    OnHandMeanCost in Stock: "on_hand_mean_cost", Unit::Money, Lower, "stock on hand at cost, mean",
        "The same stock, valued at unit cost.",
        "∫ Σ unit cost · units on hand dt / horizon",
        |s, b| {
            let cents = mean_over_time(s.on_hand_cent_seconds, b);
            Pair::new(cents.numerator / 100.0, cents.denominator)
        };
    OnOrderMeanUnits in Stock: "on_order_mean_units", Unit::Count("units"), Neither, "units on order, mean",
        "Units ordered from vendors and not yet received, averaged over time and added up over all products and warehouses.",
        "∫ units on order dt / horizon",
        |s, b| mean_over_time(s.on_order_unit_seconds, b);
    InventoryTurns in Stock: "inventory_turns", Unit::Count("turns a year"), Higher, "inventory turns a year",
        "A year's cost of the units shipped over the mean cost of the stock on hand.",
        "(unit cost of units departed · 365 days / horizon) / mean stock on hand at cost",
        |s, b| {
            // Both over the same time, so that the horizon cancels: cost a year over ∫ cost dt / horizon.
            Pair::new(
                real(s.shipped_cost_cents) * (365 * DAY) as f64 / b.window.0 as f64,
                real(s.on_hand_cent_seconds) / b.window.0 as f64,
            )
        };
    ShippedUnits in Stock: "shipped_units", Unit::Count("units"), Neither, "units shipped",
        "Units that departed in the measured time, of whichever order.",
        "units departed",
        |s, _| plain(s.units_shipped as f64);
    ReceivedUnits in Stock: "received_units", Unit::Count("units"), Neither, "units received on purchase orders",
        "Units that vendors delivered in the measured time.",
        "units received on purchase orders",
        |s, _| plain(s.units_received as f64);
    PurchaseOrders in Stock: "purchase_orders", Unit::Count("purchase orders"), Neither, "purchase orders",
        "Purchase orders placed in the measured time, each of one or several products for one warehouse; of a product, those that it is in.",
        "purchase orders placed",
        |s, _| plain(s.purchase_orders as f64);
    PurchaseOrderLines in Stock: "purchase_order_lines", Unit::Count("lines"), Neither, "lines of purchase orders",
        "Lines of the purchase orders placed in the measured time, one for each product in an order; known where a vendor takes several products an order or charges by the line.",
        "lines of purchase orders placed",
        |s, b| if b.tells_lines_apart { plain(s.purchase_order_lines as f64) } else { Pair::NOTHING };
    LinesPerPurchaseOrder in Stock: "lines_per_purchase_order", Unit::Count("lines per order"), Neither, "lines per purchase order",
        "Products of a purchase order, on average; known where a vendor takes several products an order or charges by the line.",
        "lines of purchase orders placed / purchase orders placed",
        |s, b| if b.tells_lines_apart { ratio(s.purchase_order_lines, s.purchase_orders) } else { Pair::NOTHING };
    CostPerPurchaseOrder in Stock: "cost_per_purchase_order", Unit::Money, Lower, "cost of a purchase order",
        "What placing a purchase order costs on average, its lines included; known where a vendor takes several products an order or charges by the line.",
        "Σ (order_cost + line_cost · lines) / purchase orders placed",
        |s, b| if b.tells_lines_apart {
            Pair::new(real(s.ordering_cents) / 100.0, s.purchase_orders as f64)
        } else {
            Pair::NOTHING
        };
    ExpeditedOrderShare in Stock: "expedited_order_share", Unit::Share, Lower, "purchase orders expedited",
        "Purchase orders expedited over purchase orders placed, both in the measured time; of orders of several products, lines over lines.",
        "lines of purchase orders expedited / lines of purchase orders placed",
        |s, _| ratio(s.purchase_orders_expedited, s.purchase_order_lines);
    UnitsNeededEarly in Stock: "units_needed_early", Unit::Count("units"), Neither, "units expediting had there in time",
        "Units of expedited purchase orders, promised in the measured time and come before that, which were needed before the promise: so many would have been short without expediting; known where a vendor's expedite says when.",
        "Σ min(units, max(0, units − (free − waiting) at the promise))",
        |s, b| if b.measures_expediting { plain(s.units_needed_early as f64) } else { Pair::NOTHING };
    BackorderDaysSpared in Stock: "backorder_days_spared", Unit::Count("unit-days"), Higher, "unit-days of waiting spared",
        "Days by which the coming early of those units shortened the time that units would have been short, as if stock had moved evenly from receipt to promise; known where a vendor's expedite says when.",
        "Σ ∫ min(units, max(0, units − (free − waiting))) dt from receipt to promise",
        |s, b| if b.measures_expediting { plain(days(real(s.spared_unit_seconds))) } else { Pair::NOTHING };
    CostPerBackorderDaySpared in Stock: "cost_per_backorder_day_spared", Unit::Money, Lower, "expediting cost of a unit-day spared",
        "What expediting charged in the measured time for each unit and day of waiting that it spared; known where a vendor's expedite says when.",
        "Σ cost_per_unit · units expedited / unit-days spared",
        |s, b| if b.measures_expediting {
            Pair::new(real(s.expediting_cents) / 100.0, days(real(s.spared_unit_seconds)))
        } else {
            Pair::NOTHING
        };
    LeadTimeDaysMean in Stock: "lead_time_days_mean", Unit::Days, Lower, "lead time of a unit, mean",
        "Mean days a unit is on order, expediting and disruptions included, by Little's law.",
        "∫ units on order dt / units received on purchase orders",
        |s, _| Pair::new(days(real(s.on_order_unit_seconds)), s.units_received as f64);
    VendorWaitDaysMean in Stock: "vendor_wait_days_mean", Unit::Days, Lower, "days an order waits for its vendor",
        "Mean days from ordering to the moment at which the vendor takes the order up, over the lines taken up in the measured time. Known of vendors with working days or a capacity.",
        "Σ (taken up − ordered) / lines taken up",
        |s, _| Pair::new(days(s.vendor_wait_seconds as f64), s.vendor_lines_begun as f64);
    VendorQueueMeanUnits in Stock: "vendor_queue_mean_units", Unit::Count("units"), Lower, "units waiting for vendors, mean",
        "Units of purchase orders that are ordered and not taken up, averaged over time and added up over the same vendors.",
        "∫ units waiting for vendors dt / horizon",
        |s, b| if s.vendor_queues > 0 { mean_over_time(s.vendor_queue_unit_seconds, b) } else { Pair::NOTHING };
    VendorUtilisation in Stock: "vendor_utilisation", Unit::Share, Neither, "vendors' capacity used",
        "Share of their working time in which vendors with a capacity had an order in hand.",
        "working time with an order in hand / working time",
        |s, _| ratio(s.vendor_seconds_used, s.vendor_seconds_offered);
    DisruptedTimeShare in Stock: "disrupted_time_share", Unit::Share, Lower, "time vendors are disrupted",
        "Share of time in which a vendor starts no lead time, averaged over vendors.",
        "∫ vendors disrupted dt / (vendors · horizon)",
        |s, b| Pair::new(real(s.disrupted_seconds), s.vendors as f64 * b.window.0 as f64);

    CostPerOrder in Costs: "cost_per_order", Unit::Money, Lower, "all parts together",
        "The sum of the parts below, which are disjoint. What units cost to buy is a part where `[costs] purchase` is set, else none.",
        "Σ parts / orders asked for",
        |s, b| Pair::new(CostPart::all_of(s, b), s.orders as f64);
    CostPerOrderHolding in Costs: "cost_per_order_holding", Unit::Money, Lower, "holding",
        "Holding cost of the physical stock over the measured time, at holding_rate of unit cost for a year of 365 days and at holding_per_unit_day.",
        "∫ Σ (holding_rate · unit cost / 365 days + holding_per_unit_day) · units on hand dt / orders asked for",
        |s, b| cost(CostPart::Holding, s, b);
    CostPerOrderFixed in Costs: "cost_per_order_fixed", Unit::Money, Lower, "warehouses",
        "fixed_cost of the open warehouses over the measured time.",
        "Σ fixed_cost · horizon / 365 days / orders asked for",
        |s, b| cost(CostPart::Fixed, s, b);
    CostPerOrderOrdering in Costs: "cost_per_order_ordering", Unit::Money, Lower, "ordering",
        "order_cost of each purchase order placed in the measured time, and line_cost of each of its lines.",
        "Σ (order_cost + line_cost · lines) / orders asked for",
        |s, b| cost(CostPart::Ordering, s, b);
    CostPerOrderExpediting in Costs: "cost_per_order_expediting", Unit::Money, Lower, "expediting",
        "cost_per_unit of all units of each purchase order expedited in the measured time.",
        "Σ cost_per_unit · units expedited / orders asked for",
        |s, b| cost(CostPart::Expediting, s, b);
    CostPerOrderParcels in Costs: "cost_per_order_parcels", Unit::Money, Lower, "first parcels",
        "Cost of each measured order's first parcel.",
        "Σ cost of first parcels / orders asked for",
        |s, b| cost(CostPart::Parcels, s, b);
    CostPerOrderExtraParcels in Costs: "cost_per_order_extra_parcels", Unit::Money, Lower, "further parcels",
        "Cost of the parcels after each measured order's first.",
        "Σ cost of parcels after the first / orders asked for",
        |s, b| cost(CostPart::ExtraParcels, s, b);
    CostPerOrderBackorders in Costs: "cost_per_order_backorders", Unit::Money, Lower, "backorders",
        "backorder_per_unit_day for each unit and day of waiting in the measured time, and backorder_per_unit for each unit asked for then that had to wait.",
        "(backorder_per_unit_day · ∫ units waiting dt + backorder_per_unit · units not supplied when placed) / orders asked for",
        |s, b| cost(CostPart::Backorders, s, b);
    CostPerOrderCancellations in Costs: "cost_per_order_cancellations", Unit::Money, Lower, "cancellations",
        "cancelled_order for each measured order that ended with nothing shipped.",
        "cancelled_order · orders cancelled / orders asked for",
        |s, b| cost(CostPart::Cancellations, s, b);
    CostPerOrderContacts in Costs: "cost_per_order_contacts", Unit::Money, Lower, "contacts",
        "The cost of a contact for each one in the measured time that found its line waiting.",
        "contact · contacts / orders asked for",
        |s, b| cost(CostPart::Contacts, s, b);
    CostPerOrderLostMargin in Costs: "cost_per_order_lost_margin", Unit::Money, Lower, "lost margin",
        "lost_margin × (price − unit cost) of every unit asked for and never shipped: lost, removed or auto-cancelled; not swapped, not open.",
        "lost_margin · Σ (price − unit cost) of units never shipped / orders asked for",
        |s, b| cost(CostPart::LostMargin, s, b);
    CostPerOrderPurchase in Costs: "cost_per_order_purchase", Unit::Money, Lower, "units bought",
        "Unit cost of the units that vendors delivered in the measured time; known where `[costs] purchase` is set.",
        "Σ unit cost · units received on purchase orders / orders asked for",
        |s, b| if b.costs.purchase { cost(CostPart::Purchase, s, b) } else { Pair::NOTHING };
    CostPerPeriod in Costs: "cost_per_period", Unit::Money, Lower, "all parts together, a period of demand",
        "The sum of all parts, per period instead of per order; known where demand comes by period.",
        "Σ parts / (horizon / period)",
        |s, b| match b.period {
            Some(period) => plain(CostPart::all_of(s, b) / (b.window.0 as f64 / period.0 as f64)),
            None => Pair::NOTHING,
        };
    HoldingCostPerDay in DailyCosts: "holding_cost_per_day", Unit::Money, Lower, "holding cost a day",
        "The same holding cost, per day.",
        "∫ Σ (holding_rate · unit cost / 365 days + holding_per_unit_day) · units on hand dt / days",
        |s, b| per_day(CostPart::Holding.of(s, b), b);
    FixedCostPerDay in DailyCosts: "fixed_cost_per_day", Unit::Money, Lower, "warehouses' fixed cost a day",
        "The same fixed cost, per day.",
        "Σ fixed_cost / 365",
        |s, b| per_day(CostPart::Fixed.of(s, b), b);
    OrderingCostPerDay in DailyCosts: "ordering_cost_per_day", Unit::Money, Lower, "ordering cost a day",
        "The same ordering cost, per day.",
        "Σ (order_cost + line_cost · lines) / days",
        |s, b| per_day(CostPart::Ordering.of(s, b), b);
    ExpeditingCostPerDay in DailyCosts: "expediting_cost_per_day", Unit::Money, Lower, "expediting cost a day",
        "The same expediting cost, per day.",
        "Σ cost_per_unit · units expedited / days",
        |s, b| per_day(CostPart::Expediting.of(s, b), b);
}

impl Metric {
    /// Its name in `summary.json`.
    pub const fn name(self) -> &'static str {
        self.definition().name
    }

    /// The measure with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|metric| metric.name() == name)
    }

    /// Whether only a setting makes it known, so that results without it leave the measure out.
    pub const fn comes_with_a_setting(self) -> bool {
        matches!(
            self,
            Self::CostPerOrderPurchase
                | Self::CostPerPeriod
                | Self::OnTimeLineShare
                | Self::OnTimeOrderShare
                | Self::DaysLateMean
                | Self::LateForStockLineShare
                | Self::LateForOrderLineShare
                | Self::LateForHoursLineShare
                | Self::LateForLimitLineShare
                | Self::LateForWayLineShare
                | Self::PurchaseOrderLines
                | Self::LinesPerPurchaseOrder
                | Self::CostPerPurchaseOrder
                | Self::UnitsNeededEarly
                | Self::BackorderDaysSpared
                | Self::CostPerBackorderDaySpared
                | Self::SourcedAnewOrderShare
                | Self::DockWaitHoursMean
                | Self::LaterDayParcelShare
                | Self::DockQueueMeanParcels
                | Self::DockQueuePeakParcels
                | Self::PickingUtilisation
                | Self::VendorWaitDaysMean
                | Self::VendorQueueMeanUnits
                | Self::VendorUtilisation
        )
    }

    /// Whether the setting is there that makes it known; `true` for a measure that needs none.
    pub const fn is_known_by(self, basis: &Basis) -> bool {
        match self {
            Self::CostPerOrderPurchase => basis.costs.purchase,
            Self::CostPerPeriod => basis.period.is_some(),
            Self::PurchaseOrderLines | Self::LinesPerPurchaseOrder | Self::CostPerPurchaseOrder => {
                basis.tells_lines_apart
            }
            Self::UnitsNeededEarly | Self::BackorderDaysSpared | Self::CostPerBackorderDaySpared => {
                basis.measures_expediting
            }
            Self::SourcedAnewOrderShare => basis.reevaluates,
            Self::OnTimeLineShare
            | Self::OnTimeOrderShare
            | Self::DaysLateMean
            | Self::LateForStockLineShare
            | Self::LateForOrderLineShare
            | Self::LateForHoursLineShare
            | Self::LateForLimitLineShare
            | Self::LateForWayLineShare => basis.promises_dates,
            _ => true,
        }
    }

    /// For a measure that some rates enter: the setting of which it is known by its row of the inputs whether they are there, and what
    /// is to be said of the measure where they are not.
    pub const fn without(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::CostPerOrder => (
                "Units that vendors deliver",
                "The sum of the parts below, which are disjoint. What units cost to buy is no part of it.",
            ),
            Self::CostPerOrderHolding => (
                "A unit on hand for a day",
                "Holding cost of the physical stock over the measured time, at holding_rate of unit cost for a year of 365 days.",
            ),
            Self::CostPerOrderBackorders => (
                "A unit that has to wait",
                "backorder_per_unit_day for each unit and day of waiting in the measured time.",
            ),
            Self::PurchaseOrders => (
                "Purchase orders",
                "Purchase orders placed in the measured time, each for one product at one warehouse.",
            ),
            Self::ExpeditedOrderShare => {
                ("Purchase orders", "Purchase orders expedited over purchase orders placed, both in the measured time.")
            }
            Self::CostPerOrderOrdering => {
                ("Purchase orders", "order_cost of each purchase order placed in the measured time.")
            }
            _ => return None,
        })
    }

    /// Its place in [`Metric::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// A figure that is a ratio only in form.
fn plain(value: f64) -> Pair {
    Pair::new(value, 1.0)
}

fn ratio(numerator: i64, denominator: i64) -> Pair {
    Pair::new(numerator as f64, denominator as f64)
}

fn days(seconds: f64) -> f64 {
    seconds / DAY as f64
}

fn per_day(amount: f64, basis: &Basis) -> Pair {
    plain(amount / basis.window.days())
}

fn mean_over_time(area: i128, basis: &Basis) -> Pair {
    plain(real(area) / basis.window.0 as f64)
}

fn wait(sums: &Sums, of: impl Fn(&WaitQuantiles) -> i64) -> Pair {
    sums.wait_quantiles.as_ref().map_or(Pair::NOTHING, |waits| plain(days(of(waits) as f64)))
}

fn cost(part: CostPart, sums: &Sums, basis: &Basis) -> Pair {
    Pair::new(part.of(sums, basis), sums.orders as f64)
}
