//! `[sourcing]`: how the available lines of an order are spread over warehouses.

use super::declare::{settings, words};
use super::kinds::{SOME_TIME, UNITS};
use super::setting::Words;
use crate::domain::Span;
use crate::domain::phrase::grouped;

settings! {
    /// How the available lines of a domestic order are spread over warehouses.
    #[derive(Default)]
    pub struct SourcingSettings as "Sourcing": "[sourcing]" {
        /// Which policy chooses.
        policy: SourcingPolicy = "fewest-parcels",
            says "Sourcing" => |sourcing| sourcing.policy.phrase();
        /// Under `primary-spillover`: lines that a warehouse takes over from others in a day before it comes after those that have
        /// taken over fewer. Without it, there is no limit.
        spillover_lines_per_day: Option<u32> as UNITS = optional, example(20),
            says "Lines taken over a day" => |sourcing| {
                let limit = |lines| format!("{}, then others first", grouped(f64::from(lines), 0));
                let limit = sourcing.spillover_lines_per_day.map_or("as many as there are".to_string(), limit);
                (sourcing.policy == SourcingPolicy::PrimarySpillover).then_some(limit)
            };
        /// Whether a held order is sourced anew when the last of it has been covered: if what is free by then, with what it has
        /// reserved, makes fewer parcels, it leaves in those. Nothing changes for orders that one warehouse serves.
        reevaluate: bool = false,
            says "Held orders, once covered" => |sourcing| {
                sourcing.reevaluate.then_some("sourced anew, if that makes fewer parcels")
            };
        /// Under `shadow-prices`: how often prices are taken anew, at the first order of each interval.
        price_interval: Span as SOME_TIME = "7d",
            says "Prices taken anew" => |sourcing| {
                (sourcing.policy == SourcingPolicy::ShadowPrices).then(|| format!("every {}", sourcing.price_interval))
            };
    }
}

words! {
    /// The sourcing policies. What each chooses stands in [`policy::sourcing`](crate::policy::sourcing).
    pub enum SourcingPolicy {
        /// Line by line, the first warehouse in preference order that can.
        Nearest = "nearest", "nearest: line by line, the first warehouse that can";
        /// A smallest set of warehouses.
        FewestParcels = "fewest-parcels", "fewest parcels";
        /// A set of least total parcel cost.
        Cheapest = "cheapest", "least total parcel cost";
        /// The nearest that carries the product; what it has not got spills over to the others, to nobody more than
        /// `spillover_lines_per_day` as long as another can.
        PrimarySpillover = "primary-spillover", "primary warehouse first; the rest spills over, to nobody too much";
        /// Line by line, of the warehouses that can the one with most free stock of the product (by the unit: as much as it has, then
        /// the next); of equals the first in preference order.
        MostStock = "most-stock", "most stock: line by line, the warehouse with most of the product";
        /// A set of least total parcel cost and worth of stock, at the dual prices of a linear program.
        ShadowPrices = "shadow-prices", "least parcel cost and worth of stock, at shadow prices";
    }
}
