//! # partial-split
//!
//! **Promise.** When only part of an order is on backorder, most of the time the available items ship right away; the
//! rest ships separately as soon as it becomes available.
//!
//! **What happens.** One coin an order, thrown when it is placed with some but not all lines available: with
//! probability `ship_available` the order is *split*, its available lines leave now and every other line leaves in the
//! instant it is covered. Otherwise it is held, as `full-backorder-hold` says.
//!
//! **Boundaries.** The decision is never taken again. An international order is never split (`international-complete`).
//! Lines covered in the same second at the same warehouse share a parcel.
//!
//! **Settings.** `rules.split.ship_available` (default 0.95). `rules.split.granularity`: `"line"` (default) moves whole
//! lines, `"unit"` ships what is there of a line and the rest later, `"order"` never divides an order.
//!
//! **Fires** for each parcel of an order that was split.
//!
//! ```
//! use backorder::domain::{Availability, FullOrder, Mode};
//! use backorder::rules::{Rule, partial_split::mode};
//! assert_eq!(mode(Availability::Some, FullOrder::Hold, || true), (Mode::Split, Rule::PartialSplit));
//! assert_eq!(mode(Availability::Some, FullOrder::Hold, || false), (Mode::Held, Rule::FullBackorderHold));
//! assert_eq!(mode(Availability::All, FullOrder::Hold, || false), (Mode::ShipsNow, Rule::MultiWarehouse));
//! ```

use super::{Relaxation, Rule, full_backorder_hold};
use crate::domain::{Availability, FullOrder, Mode};

/// What becomes of a domestic order, fixed when it is placed, and the rule that its parcels name; `coin` comes up `true` for orders
/// that ship ahead.
#[inline]
pub fn mode(availability: Availability, full_order: FullOrder, coin: impl FnOnce() -> bool) -> (Mode, Rule) {
    match availability {
        Availability::All => (Mode::ShipsNow, Rule::MultiWarehouse),
        Availability::Some if coin() => (Mode::Split, Rule::PartialSplit),
        Availability::Some => (Mode::Held, Rule::FullBackorderHold),
        Availability::None if full_backorder_hold::is_held(full_order) => (Mode::Held, Rule::FullBackorderHold),
        // A fully backordered order that ships as it is covered was neither held nor split.
        Availability::None => (Mode::Split, Rule::MultiWarehouse),
    }
}

/// What an order is in that waits already when the run begins, none of it covered: in parts if a part of it has left, else what
/// becomes of one with nothing available.
pub fn mode_of_waiting(part_shipped: bool, full_order: FullOrder) -> (Mode, Rule) {
    if part_shipped { (Mode::Split, Rule::PartialSplit) } else { mode(Availability::None, full_order, || false) }
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "rules.split.ship_available = 0",
    means: "what is available waits for the rest, and everything leaves together",
    apply: |model| {
        model.rules.split.ship_available = 0.0;
        model.classes.iter_mut().for_each(|class| class.ship_available = None);
    },
};
