//! An order as it is put to a sourcing policy.

use crate::domain::{Lane, OrderedLine};

/// An order as a sourcing policy sees it.
pub struct Request<'a, F> {
    /// The eligible warehouses, in preference order.
    pub lanes: &'a [Lane],
    /// What is wanted.
    pub lines: &'a [OrderedLine],
    /// Free stock of a product at a warehouse.
    pub free: F,
}
