//! Small timelines on each rule's boundaries and settings; every expectation was worked out by hand.
//!
//! How to read them: [`crate::support`].

mod auto_cancel;
mod backorder_display;
mod backorder_notice;
mod backorder_orderable;
mod display_mismatch;
mod early_replenishment;
mod free_split;
mod full_backorder_hold;
mod international_complete;
mod multi_warehouse;
mod pairs;
mod parcel_cost;
mod partial_split;
mod relaxed;
mod remove;
mod shipment_notice;
mod stories;
mod support_24_7;
mod swap;
