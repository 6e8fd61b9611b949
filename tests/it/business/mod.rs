//! The business around the rules: how warehouses buy, what customers ask for, what is measured, and that none of it
//! depends on how it was computed.

mod book;
mod combined;
mod customers;
mod demand;
mod docks;
mod events;
mod expediting;
mod jobs;
mod lateness;
mod measured_time;
mod policies;
mod positions;
mod prices;
mod promises;
mod purchase_orders;
pub mod retailer;
mod shapes;
mod sourced_anew;
mod sourcing;
mod telling;
mod vendors;
mod weekday_shop;
