//! backorder: a discrete-event simulator of order fulfilment.

pub mod domain;
pub mod engine;
pub mod experiment;
pub mod measures;
pub mod observe;
pub mod policy;
pub mod random;
pub mod report;
pub mod rules;
pub mod stats;
