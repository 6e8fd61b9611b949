//! `[sourcing]`: how the available lines of an order are spread over warehouses.

use super::declare::words;
use crate::domain::{DAY, Span};

/// `[sourcing]`.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcingSettings {
    /// Which policy chooses.
    pub policy: SourcingPolicy,
    /// Under `primary-spillover`: lines that a warehouse takes over in a day from others before it comes after those that have
    /// taken over fewer. Without it, there is no limit.
    pub spillover_lines_per_day: Option<u32>,
    /// Under `shadow-prices`: how often prices are taken anew; above 0.
    pub price_interval: Span,
}

impl Default for SourcingSettings {
    fn default() -> Self {
        Self { policy: SourcingPolicy::FewestParcels, spillover_lines_per_day: None, price_interval: Span(7 * DAY) }
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
        /// Each line from its primary warehouse, what that has not got from those that have taken over least.
        PrimarySpillover = "primary-spillover", "primary warehouse first; the rest spills over, to nobody too much";
        /// A set of least total parcel cost and worth of stock, by prices that a linear program gives.
        ShadowPrices = "shadow-prices", "least parcel cost and worth of stock, at shadow prices";
    }
}
