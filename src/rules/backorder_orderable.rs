//! # backorder-orderable
//!
//! **Promise.** An item labelled "On Backorder" can still be ordered; most are back within a few days.
//!
//! **What happens.** The order is accepted and the line waits. A share of customers drops a line on seeing On
//! Backorder: that demand is *lost at display* and never becomes part of the order. It is one coin a line.
//!
//! **Boundaries.** The coin is thrown on what the customer sees: a stale page loses a line although stock is there, and
//! a line shown in stock is never lost this way, even when it turns out unavailable. An order whose lines are all lost
//! is not placed, but still counts as asked for.
//!
//! A product may have a limit of the units that wait for it. Once as many wait and the page says On Backorder, it cannot be ordered:
//! the line is lost, or asks for the product's first substitute that is shown in stock. The limit closes the door, it does not
//! measure the line: the order that reaches it may go beyond.
//!
//! **Settings.** `customers.keep_when_backordered` (default 1). `max_backorders` of a product, and
//! `rules.backorder.at_limit` (`"lose"`, default, or `"swap"`). `rules.backorder.accept = false` turns backorders off: a
//! line that is not available whole is lost when placed and leaves its stock to the order's next lines (*lost sales*).
//!
//! **Fires** for each line lost, to the display, to the limit or to `accept = false`.
//!
//! ```
//! use backorder::rules::backorder_orderable::{keeps_everything, keeps_line};
//! assert!(keeps_line(true, || false)); // In stock: no coin is thrown.
//! assert!(!keeps_line(false, || false));
//! assert!(keeps_everything(true, 0.0) && keeps_everything(false, 1.0) && !keeps_everything(false, 0.9));
//! ```

use super::Relaxation;
use crate::domain::{AtLimit, RuleSettings};

/// Whether the customer keeps a line; `coin` comes up `true` for those who keep a line shown On Backorder.
#[inline(always)]
pub fn keeps_line(displayed_in_stock: bool, coin: impl FnOnce() -> bool) -> bool {
    displayed_in_stock || coin()
}

/// Whether every line is kept, so that no coin need be thrown: `keep` is the probability that one shown On Backorder is.
#[inline(always)]
pub fn keeps_everything(are_all_displayed_in_stock: bool, keep: f64) -> bool {
    are_all_displayed_in_stock || keep >= 1.0
}

/// Whether a product can be ordered that is shown so, and of which so many units wait.
pub fn can_be_ordered(displayed_in_stock: bool, waiting: i64, max_backorders: Option<u32>) -> bool {
    displayed_in_stock || max_backorders.is_none_or(|most| waiting < i64::from(most))
}

/// Whether a line of a product that cannot be ordered asks for a substitute instead; else it is lost.
pub const fn asks_for_a_substitute(at_limit: AtLimit) -> bool {
    matches!(at_limit, AtLimit::Swap)
}

/// Whether a line that is not available may wait.
#[inline(always)]
pub const fn accepts_backorder(rules: &RuleSettings) -> bool {
    rules.backorder.accept
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "rules.backorder.accept = false",
    means: "what is not in stock cannot be ordered: the line is lost",
    apply: |model| model.rules.backorder.accept = false,
};
