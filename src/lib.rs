//! backorder: a discrete-event simulator of order fulfilment.

pub mod domain;
pub mod engine;
pub mod policy;
pub mod random;
pub mod rules;
