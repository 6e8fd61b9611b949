//! Policies: what the retailer may choose freely, where the rules are what it has promised.
//!
//! [`location`] chooses the warehouses to open, [`assortment`] is what each of them carries, [`sourcing`] spreads an order's available lines over warehouses,
//! [`replenishment`] decides what to buy and when.

pub mod assortment;
pub mod location;
pub mod replenishment;
pub mod sourcing;
