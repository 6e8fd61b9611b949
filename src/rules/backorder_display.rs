//! # backorder-display
//!
//! **Promise.** An item that is out of stock shows "On Backorder" next to the order button and in the cart.
//!
//! **What happens.** Every product has a displayed status, computed from the free stock of the whole network: in stock
//! when it is at least 1, On Backorder otherwise. It is the same for every customer, wherever the stock lies. A
//! customer reads it before the order takes any stock.
//!
//! **Boundaries.** The status knows nothing of quantities or lanes: one unit anywhere shows a product in stock (see
//! `display-mismatch`). With a refresh interval the page is taken anew at 0, refresh, 2·refresh, … after the notices
//! and before the new orders of that second, and is stale in between: a product may show On Backorder though stock
//! came in.
//!
//! **Settings.** `rules.display.refresh` (default `"0s"`: always current).
//!
//! **Fires** for each line that was shown On Backorder and kept by its customer.
//!
//! ```
//! use backorder::rules::backorder_display::shows_in_stock;
//! // Free units, warehouse by warehouse.
//! assert!(shows_in_stock([0, 1]));
//! assert!(!shows_in_stock([0, 0]));
//! ```

use super::Relaxation;
use crate::domain::{RuleSettings, Span};

/// The status of a product with so many free units in each warehouse: one anywhere is enough.
#[inline(always)]
pub fn shows_in_stock(free_by_warehouse: impl IntoIterator<Item = i32>) -> bool {
    // All are asked: which one is the first to have a unit nobody can foresee, so that a loop that ended there would cost more.
    free_by_warehouse.into_iter().fold(false, |shows, free| shows | (free >= 1))
}

/// Whether pages are taken anew at intervals, and may be stale in between.
#[inline(always)]
pub fn is_refreshed(rules: &RuleSettings) -> bool {
    rules.display.refresh > Span::ZERO
}

/// The status that a customer reads of a product that some warehouse has or none: as it is, unless pages are refreshed at intervals;
/// then as it was when last taken.
#[inline(always)]
pub fn displays_in_stock(is_refreshed: bool, is_in_stock: bool, displayed_in_stock: impl FnOnce() -> bool) -> bool {
    if is_refreshed { displayed_in_stock() } else { is_in_stock }
}

/// The interval at which pages are taken anew; `None` when they are always current.
pub fn refresh_interval(rules: &RuleSettings) -> Option<Span> {
    is_refreshed(rules).then_some(rules.display.refresh)
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "rules.display.refresh = \"100y\"",
    means: "the page goes on showing what was in stock on the first day",
    apply: |model| model.rules.display.refresh = Span::from_days(36_500),
};
