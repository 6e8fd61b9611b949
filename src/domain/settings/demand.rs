//! `[demand]`: the words it chooses from.

use super::declare::words;

words! {
    /// Whether replayed orders are drawn again.
    pub enum Resample {
        /// Every replication replays the same demand.
        None = "none", "the same in every replication";
        /// Whole orders are drawn again with replacement, each with its own date.
        Orders = "orders", "drawn again in every replication";
        /// Whole days are drawn again with replacement: each day of a replication takes all orders of a day of the trace,
        /// with their hours.
        Days = "days", "whole days drawn again in every replication";
    }
}
