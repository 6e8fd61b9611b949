//! # backorder-notice
//!
//! **Promise.** The customer is told by e-mail within 24 hours of the purchase any time items are unavailable.
//!
//! **What happens.** An order with a backordered line gets one notice, a random delay after it was placed. One that
//! comes later than the deadline is late, and counted.
//!
//! **Boundaries.** Nothing is sent if no line of the order waits any more when the notice is due. Exactly at the
//! deadline is in time. Departures, receipts, contacts and cancellations of that second come before the notice.
//!
//! **Settings.** `rules.notice.delay` (a distribution, default `"1h"`), `rules.notice.deadline` (default `"24h"`).
//!
//! **Fires** for each notice sent.
//!
//! ```
//! use backorder::domain::Span;
//! use backorder::rules::backorder_notice::is_late;
//! let deadline = Span::from_days(1);
//! assert!(!is_late(Span(86_400), deadline));
//! assert!(is_late(Span(86_401), deadline));
//! ```

use super::Relaxation;
use crate::domain::Span;

/// Whether a notice sent so long after the purchase breaks the promise.
#[inline]
pub fn is_late(after_purchase: Span, deadline: Span) -> bool {
    after_purchase > deadline
}

/// Whether a due notice is sent: while at least one line of the order waits.
#[inline]
pub const fn is_sent(waiting_lines: u32) -> bool {
    waiting_lines > 0
}

/// Why the rule is not taken back to measure its worth.
pub const RELAXED: Relaxation = Relaxation::None {
    why: "nothing in the model depends on whether the e-mail was sent; late_notice_share says how the promise fares",
};
