//! Policies: what the retailer may choose freely, where the rules are what it has promised.
//!
//! [`assortment`] is what each warehouse carries, [`sourcing`] spreads an order's available lines over warehouses,
//! [`replenishment`] decides what to buy and when.

pub mod assortment;
pub mod replenishment;
pub mod sourcing;
