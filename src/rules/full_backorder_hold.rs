//! # full-backorder-hold
//!
//! **Promise.** When a full order is backordered, nothing ships until the items are back in stock.
//!
//! **What happens.** An order of which no line is available is held. What comes in for it is reserved, and the order
//! leaves in the instant its last remaining line is covered: one parcel for each warehouse that holds a part of it. An
//! order with some lines available that is not split (see `partial-split`) is held in the same way.
//!
//! **Boundaries.** *Remaining* lines are those neither removed, swapped nor cancelled: ending a line may free the order
//! to leave at once. A held order keeps the stock it has; a later order does not get it.
//!
//! **Settings.** `rules.backorder.full_order = "ship-as-covered"` lets each line of a fully backordered order leave the
//! instant it is covered. `rules.backorder.reserve_while_held = false`: nothing is taken until every remaining line can
//! be covered at once; until then every line of the order waits, also those that were available.
//!
//! **Fires** for each parcel of an order that was held.
//!
//! ```
//! use backorder::domain::FullOrder;
//! use backorder::rules::full_backorder_hold::is_held;
//! assert!(is_held(FullOrder::Hold));
//! assert!(!is_held(FullOrder::ShipAsCovered));
//! ```

use super::Relaxation;
use crate::domain::{FullOrder, RuleSettings};

/// Whether a fully backordered order is held until all of it is covered.
#[inline]
pub const fn is_held(full_order: FullOrder) -> bool {
    matches!(full_order, FullOrder::Hold)
}

/// Whether a held order takes nothing until all its remaining lines can be covered at once.
#[inline]
pub const fn waits_as_a_whole(rules: &RuleSettings) -> bool {
    !rules.backorder.reserve_while_held
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "rules.backorder.full_order = \"ship-as-covered\"",
    means: "each line of a fully backordered order leaves as soon as it is covered",
    apply: |model| model.rules.backorder.full_order = FullOrder::ShipAsCovered,
};
