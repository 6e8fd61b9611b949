//! # remove
//!
//! **Promise.** A customer who would rather not wait can remove the item from the order completely.
//!
//! **What happens.** A customer who calls about a line that still waits and wants it removed ends that line. What is
//! left of the order is examined in the same instant: with no line left it ends; with none waiting it ships.
//!
//! **Boundaries.** A held order whose last waiting line is removed leaves at once with what it had reserved. An order
//! that has nothing left and shipped nothing is cancelled by the customer; if a part had shipped it is completed. A
//! line that no longer waits cannot be removed. With granularity `"unit"` the units a line had reserved are freed and
//! go to the next waiting line in the same instant.
//!
//! **Settings.** `customers.contact` (who calls, and when), `customers.swap_share` (the other callers remove).
//!
//! **Fires** for each line removed by its customer's wish.
//!
//! ```
//! use backorder::rules::remove::{what_is_left, Left};
//! assert_eq!(what_is_left(0, 0), Left::Nothing);
//! assert_eq!(what_is_left(2, 0), Left::ReadyToShip);
//! assert_eq!(what_is_left(2, 1), Left::Waiting);
//! ```

use super::Relaxation;
use crate::domain::{Model, SwapIfNone, Wish};

/// What is left of an order after one of its lines ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// No line is open any more.
    Nothing,
    /// Open lines, none of which waits.
    ReadyToShip,
    /// At least one line waits.
    Waiting,
}

/// Examines an order again: `open` lines have neither ended nor been released, `waiting` of them wait.
#[inline]
pub const fn what_is_left(open: u32, waiting: u32) -> Left {
    match (open, waiting) {
        (0, _) => Left::Nothing,
        (_, 0) => Left::ReadyToShip,
        _ => Left::Waiting,
    }
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "customers.swap_share = 1, rules.swap.if_none = \"wait\"",
    means: "who calls can only swap, and waits where nothing similar is in stock",
    apply: offer_swaps_alone,
};

fn offer_swaps_alone(model: &mut Model) {
    model.customers.swap_share = 1.0;
    model.rules.swap.if_none = SwapIfNone::Wait;
    model.script.contacts.iter_mut().for_each(|contact| contact.wants = Wish::Swap);
}
