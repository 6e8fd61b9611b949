//! # shipment-notice
//!
//! **Promise.** A second e-mail lets the customer know that the order is on its way.
//!
//! **What happens.** One notice for each parcel, in the second of its departure.
//!
//! **Boundaries.** A parcel departs its warehouse's handling time after its release, in the same second when there is
//! none. An order in several parcels gets several notices.
//!
//! **Settings.** `handling` of a warehouse moves the departure. The rule has no setting of its own.
//!
//! **Fires** for each parcel that departs.
//!
//! ```
//! use backorder::domain::{SimTime, Span};
//! use backorder::rules::shipment_notice::sent_at;
//! assert_eq!(sent_at(SimTime(100), Span(50)), SimTime(150));
//! ```

use super::Relaxation;
use crate::domain::{SimTime, Span};

/// When the notice of a parcel is sent: at its departure.
#[inline(always)]
pub fn sent_at(released: SimTime, handling: Span) -> SimTime {
    released + handling
}

/// Why the rule is not taken back to measure its worth.
pub const RELAXED: Relaxation =
    Relaxation::None { why: "nothing in the model depends on the e-mail, and the rule has no setting" };
