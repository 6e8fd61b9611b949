//! backorder: a discrete-event simulator of order fulfilment.

pub mod domain;
pub mod engine;
pub mod measures;
pub mod observe;
pub mod policy;
pub mod random;
pub mod rules;
pub mod stats;
