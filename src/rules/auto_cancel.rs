//! # auto-cancel
//!
//! **Promise.** In very rare situations, an order for a product that has been on backorder for more than 30 days is
//! cancelled automatically, and an e-mail says so.
//!
//! **What happens.** A line that has waited *more* than 30 days is cancelled, and with it every line of its order not
//! yet released, reserved ones included: their stock goes to the next waiting line in the same instant. One
//! cancellation notice is sent.
//!
//! **Boundaries.** More than 30 days is 30 days and one second. Receipts come first in their second, so stock that
//! arrives in the very second of the cancellation still fills the line; the first receipt too late is one second after.
//! Cancellations of one second go by the order's placing time, order number and line number, and what one frees may
//! save the next. A swapped-in line has a clock of its own.
//!
//! **Settings.** `rules.cancellation.after` (default `"30d"`, or `"never"`). `clock = "product"` runs the clock from
//! the moment the network's free stock of the product fell to 0 (second 0 if it never had any); while any unit is free
//! nothing is cancelled, and a line placed when the clock has already run out is cancelled in the same second.
//! `scope = "line"` ends the aged line alone; the rest of the order is examined again, as after a removal.
//!
//! **Fires** for each line cancelled.
//!
//! ```
//! use backorder::domain::{SimTime, Span};
//! use backorder::rules::auto_cancel::{cancelled_at, has_expired};
//! let (since, after) = (SimTime::ZERO, Span::from_days(30));
//! assert_eq!(cancelled_at(since, after), SimTime(2_592_001));
//! assert!(!has_expired(since, after, SimTime(2_592_000)));
//! ```

use super::Relaxation;
use crate::domain::{CancelClock, CancelScope, SimTime, Span};

/// The second in which a wait that began at `since` has lasted longer than the limit.
#[inline]
pub fn cancelled_at(since: SimTime, after: Span) -> SimTime {
    since + after + Span(1)
}

/// When the clock of a waiting line was started: when it began to wait or, with the product's clock, when the network's stock of the
/// product ran out; `None` while that clock stands, as some of it is free.
#[inline]
pub fn clock_of(
    clock: CancelClock,
    since: SimTime,
    ran_out: SimTime,
    is_in_stock: impl FnOnce() -> bool,
) -> Option<SimTime> {
    match clock {
        CancelClock::Line => Some(since),
        CancelClock::Product => (!is_in_stock()).then_some(ran_out),
    }
}

/// Whether a clock that was started at `since` has run out.
#[inline]
pub fn has_expired(since: SimTime, after: Span, now: SimTime) -> bool {
    now >= cancelled_at(since, after)
}

/// Whether a line past the limit takes the rest of its order with it.
#[inline]
pub const fn ends_whole_order(scope: CancelScope) -> bool {
    matches!(scope, CancelScope::Order)
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "rules.cancellation.after = \"never\"",
    means: "an order waits for as long as it takes",
    apply: |model| model.rules.cancellation.after = None,
};
