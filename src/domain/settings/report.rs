//! `[report]`: the words it chooses from.

use super::declare::words;

words! {
    /// A lever that a page with the engine in it knows by name.
    pub enum LeverName {
        /// How often what is available ships ahead of what is not: `rules.split.ship_available`.
        ShipAvailable = "ship_available", "Available lines ship ahead";
        /// The age at which a waiting line is cancelled: `rules.cancellation.after`.
        Cancellation = "cancellation", "Backorders are cancelled after";
        /// Which policy spreads orders over warehouses: `sourcing.policy`.
        Sourcing = "sourcing", "Sourcing policy";
        /// All reorder points times a factor: `replenishment.reorder_point_factor`.
        ReorderPoints = "reorder_points", "Reorder points";
        /// All vendors' lead times times a factor: `replenishment.lead_time_factor`.
        LeadTimes = "lead_times", "Lead times";
        /// Generated orders times a factor: `demand.orders_per_day`.
        Demand = "demand", "Demand";
        /// One of the warehouses is closed: `network.open`.
        Close = "close", "A warehouse is closed";
    }
}
