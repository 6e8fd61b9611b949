//! Timelines of two rules and more that touch in one order.

mod display_mismatch;
mod hold_auto_cancel;
mod hold_removal;
mod notice_receipt;
mod one_instant;
mod priority_reservation;
mod product_clock;
mod replenishment_endings;
mod split_cancel;
mod swap_international;
mod unit_endings;
mod unit_granularity;
