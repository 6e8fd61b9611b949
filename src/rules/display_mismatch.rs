//! # display-mismatch
//!
//! **Promise.** Because stock sits in specific warehouses, an item can display as in stock and then show "on backorder"
//! once the order is placed; the customer may then swap it.
//!
//! **What happens.** A line that was displayed in stock and is backordered when the order is placed is counted. Its
//! customer calls with a probability of its own.
//!
//! **Boundaries.** The display speaks of the whole network: it mismatches when the stock has no lane to the customer,
//! when too few units are there, when it lies outside the assigned warehouse, when an earlier line of the same order
//! took it, and when the page was stale. With `accept = false` there is no mismatch: the line is lost instead.
//!
//! **Settings.** `customers.contact_after_mismatch` (default: as `contact.probability`). `rules.display.refresh` makes
//! pages stale.
//!
//! **Fires** for each such line.
//!
//! ```
//! use backorder::rules::display_mismatch::is_mismatch;
//! assert!(is_mismatch(true, true));
//! assert!(!is_mismatch(false, true));
//! ```

use super::Relaxation;
use crate::domain::Customers;

/// Whether what the customer saw and what happened disagree.
#[inline(always)]
pub const fn is_mismatch(displayed_in_stock: bool, backordered: bool) -> bool {
    displayed_in_stock && backordered
}

/// The probability that the customer of a backordered line calls.
#[inline]
pub fn contact_probability(mismatch: bool, customers: &Customers) -> f64 {
    customers.contact_probability(mismatch)
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "customers.contact_after_mismatch = customers.contact.probability",
    means: "who was shown \"in stock\" in error calls no more often than others",
    apply: |model| {
        model.customers.contact_after_mismatch = None;
        model.classes.iter_mut().for_each(|class| class.customers.contact_after_mismatch = None);
    },
};
