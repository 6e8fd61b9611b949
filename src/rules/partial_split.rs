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
//! use backorder::rules::partial_split::mode;
//! assert_eq!(mode(Availability::Some, FullOrder::Hold, || true), Mode::Split);
//! assert_eq!(mode(Availability::Some, FullOrder::Hold, || false), Mode::Held);
//! assert_eq!(mode(Availability::All, FullOrder::Hold, || false), Mode::ShipsNow);
//! ```

use super::{Relaxation, full_backorder_hold};
use crate::domain::{Availability, FullOrder, Mode};

/// What becomes of a domestic order, fixed when it is placed; `coin` comes up `true` for orders that ship ahead.
#[inline]
pub fn mode(availability: Availability, full_order: FullOrder, coin: impl FnOnce() -> bool) -> Mode {
    match availability {
        Availability::All => Mode::ShipsNow,
        Availability::Some if coin() => Mode::Split,
        Availability::Some => Mode::Held,
        Availability::None if full_backorder_hold::is_held(full_order) => Mode::Held,
        Availability::None => Mode::Split,
    }
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "rules.split.ship_available = 0",
    means: "what is available waits for the rest, and everything leaves together",
    apply: |model| model.rules.ship_available = 0.0,
};
