//! # support-24-7
//!
//! **Promise.** Customer service answers at any hour, every day.
//!
//! **What happens.** A contact takes effect its handling time after the call, whatever the hour. Whether and when the
//! customer of a line calls is drawn when the line is backordered, counted from that instant; a contact about a line
//! that no longer waits is ignored.
//!
//! **Boundaries.** Contacts come after the receipts and releases of their second, and before its cancellations. A
//! scripted contact takes effect in its second.
//!
//! **Settings.** `customers.contact = { probability, after, handling }` (handling default `"0s"`),
//! `customers.swap_share`: share of callers who want a swap; the others remove.
//!
//! **Fires** for each contact that finds its line still waiting.
//!
//! ```
//! use backorder::domain::{SimTime, Span};
//! use backorder::rules::support_24_7::takes_effect;
//! let night = SimTime(3 * 3_600);
//! assert_eq!(takes_effect(night, Span(60)), SimTime(3 * 3_600 + 60));
//! ```

use super::Relaxation;
use crate::domain::{SimTime, Span, Wish};

/// When a call takes effect: there are no opening hours.
#[inline]
pub fn takes_effect(call: SimTime, handling: Span) -> SimTime {
    call + handling
}

/// What a caller wants; `coin` comes up `true` for the share who want a swap.
#[inline]
pub fn wish(coin: impl FnOnce() -> bool) -> Wish {
    if coin() { Wish::Swap } else { Wish::Remove }
}

/// Why the rule is not taken back to measure its worth.
pub const RELAXED: Relaxation = Relaxation::None { why: "the model knows no opening hours that could be closed" };
