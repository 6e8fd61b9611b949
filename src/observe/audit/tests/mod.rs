//! Clean histories pass; a planted breach of each invariant is caught and named.

mod bench;
mod clean;
mod planted;
mod planted_anew;
mod planted_dates;
mod planted_in_time;
mod planted_orders;
