//! # international-complete
//!
//! **Promise.** Because of customs, an international order is never shipped in parts.
//!
//! **What happens.** An international order is assigned to one warehouse when it is placed: the eligible one where
//! most of its lines are available, then the one that carries most of them, then by preference order. Only that one
//! serves it. If every line is available there the order leaves; otherwise it is held until all its remaining lines are
//! covered there, and leaves as one parcel.
//!
//! **Boundaries.** Lines are counted, not units, walked in their order, one that does not fit being passed over. All of
//! an order may be in stock, in two places, and the order still waits: each line missing at the assigned warehouse is
//! backordered (and a `display-mismatch`). The split coin does not matter.
//!
//! **Settings.** `international = true` of a zone. `rules.international.complete_only = false` makes such orders
//! domestic in every respect. `rules.backorder.pool = "warehouse"` assigns domestic orders too, which may then be
//! split. `rules.split.granularity = "order"` treats every order like an international one.
//!
//! **Fires** for each parcel of an international order that was held.
//!
//! ```
//! use backorder::rules::international_complete::{assign, Candidate};
//! let warehouses = [Candidate { available: 1, carried: 2 }, Candidate { available: 2, carried: 2 }];
//! assert_eq!(assign(warehouses), Some(1));
//! ```

use super::Relaxation;
use crate::domain::{Availability, Granularity, Mode, Pool, RuleSettings};
use crate::rules::Rule;

/// What an eligible warehouse could do for an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Lines it could supply whole, walked in their order.
    pub available: u32,
    /// Lines whose product it carries.
    pub carried: u32,
}

/// Whether an order leaves in one parcel from one warehouse, or not at all.
#[inline(always)]
pub const fn ships_complete_only(international: bool, rules: &RuleSettings) -> bool {
    (international && rules.international.complete_only) || matches!(rules.split.granularity, Granularity::Order)
}

/// Whether an order is assigned to one warehouse.
#[inline(always)]
pub const fn is_assigned(international: bool, rules: &RuleSettings) -> bool {
    ships_complete_only(international, rules) || matches!(rules.backorder.pool, Pool::Warehouse)
}

/// The rank, in preference order, of the warehouse an order is assigned to; `None` without candidates.
#[inline]
pub fn assign(in_preference_order: impl IntoIterator<Item = Candidate>) -> Option<usize> {
    let mut best: Option<(usize, Candidate)> = None;
    for (rank, candidate) in in_preference_order.into_iter().enumerate() {
        let is_better = |(_, so_far): (usize, Candidate)| {
            (candidate.available, candidate.carried) > (so_far.available, so_far.carried)
        };
        if best.is_none_or(is_better) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(rank, _)| rank)
}

/// What becomes of an order that ships complete or not at all, fixed when it is placed, and the rule that its parcels name.
#[inline]
pub const fn mode(availability: Availability, international: bool, rules: &RuleSettings) -> (Mode, Rule) {
    match availability {
        Availability::All => (Mode::ShipsNow, Rule::MultiWarehouse),
        Availability::Some | Availability::None if international && rules.international.complete_only => {
            (Mode::Held, Rule::InternationalComplete)
        }
        Availability::Some | Availability::None => (Mode::Held, Rule::FullBackorderHold),
    }
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "rules.international.complete_only = false",
    means: "an order from abroad is treated as a domestic one",
    apply: |model| model.rules.international.complete_only = false,
};
