//! `[[customer_classes]]`: customers that differ.

use crate::domain::ContactHabit;
use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{NAME, PROBABILITY, SHARE, WEIGHT};
use crate::domain::settings::{Kind, Setting, Shape};

table! {
    /// A class of customers. What it leaves out is as `[customers]` and `[rules.split]` have it.
    pub CUSTOMER_CLASS as "CustomerClass": "a row of [[customer_classes]]" {
        /// Its name.
        id: NAME = needed, example("plus");
        /// Weight among the orders that are generated or replayed; shares are normalised. An order written by hand names its class,
        /// or is of the first.
        share: WEIGHT = 1.0;
        /// Whose waiting lines are served first: 1 before 2; those of one priority first come, first served.
        priority: PRIORITY = 1;
        /// Probability that a customer keeps a line displayed On Backorder.
        keep_when_backordered: PROBABILITY = optional, example(0.95);
        /// Whether and when the customer of a backordered line calls about it.
        contact: ContactHabit::KIND = optional, example({ probability = 0.05, after = "6d" });
        /// Replaces `contact.probability` where the line had been displayed in stock.
        contact_after_mismatch: SHARE = optional;
        /// Share of callers who want a swap.
        swap_share: SHARE = optional;
        /// Probability that the available part of a partly backordered order ships right away.
        ship_available: PROBABILITY = optional, example(0.5);
    }
}

const PRIORITY: Kind = Kind::new("Priority", "a whole number, 1 to 1,000", Shape::Whole(1, 1_000));
