//! `[sourcing]`: how the available lines of an order are spread over warehouses.

use super::declare::words;

words! {
    /// The sourcing policies. What each chooses stands in [`policy::sourcing`](crate::policy::sourcing).
    pub enum SourcingPolicy {
        /// Line by line, the first warehouse in preference order that can.
        Nearest = "nearest", "nearest: line by line, the first warehouse that can";
        /// A smallest set of warehouses.
        FewestParcels = "fewest-parcels", "fewest parcels";
        /// A set of least total parcel cost.
        Cheapest = "cheapest", "least total parcel cost";
    }
}
