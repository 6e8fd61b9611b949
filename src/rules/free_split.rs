//! # free-split
//!
//! **Promise.** If an order ships in several packages, the customer is never charged for the split.
//!
//! **What happens.** The retailer pays for every parcel. The customer's charge for a parcel after the first is zero, in
//! every order: an invariant that every audited run checks.
//!
//! **Boundaries.** It does not matter why there are several parcels: several warehouses at once, a split, or a held
//! order that leaves from two places.
//!
//! **Settings.** None: the promise knows no exception.
//!
//! **Fires** for each parcel after an order's first.
//!
//! ```
//! use backorder::domain::Cents;
//! use backorder::rules::free_split::{customer_charge, is_extra};
//! assert!(is_extra(2) && !is_extra(1));
//! assert_eq!(customer_charge(2), Cents::ZERO);
//! ```

use super::Relaxation;
use crate::domain::Cents;

/// Whether the order's n-th parcel (from 1) is one that a split brought about.
#[inline(always)]
pub const fn is_extra(parcel: u32) -> bool {
    parcel > 1
}

/// What the customer pays for the order's n-th parcel being apart: nothing, whichever it is.
#[inline(always)]
pub const fn customer_charge(_parcel: u32) -> Cents {
    Cents::ZERO
}

/// Why the rule is not taken back to measure its worth.
pub const RELAXED: Relaxation = Relaxation::None {
    why: "a split is never charged, whatever the setting; cost_per_order_extra_parcels is what customers would be charged",
};
