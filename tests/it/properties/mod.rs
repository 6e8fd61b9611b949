//! Properties: random scripted scenarios, against the [reference](crate::reference), the auditor and themselves.
//!
//! - `dice`: a small generator of random numbers for the tests
//! - `draft`: a scenario as plain lists, which is written out as a file and can be cut down
//! - `generator`: random drafts in which every rule fires often
//! - `limits`: what cannot be counted any more
//! - `shelves`: what is said of empty shelves
//! - `shrink`: the smallest draft that still shows a mismatch
//! - `subject`: the engine, run as users run it
//! - `audited`: everything left to chance, under the auditor
//! - `compare`: two histories, side by side
//! - `differential`: the engine against the reference
//! - `metamorphic`: what a change of the scenario must not change
//! - `costs`: doubling every price
//! - `prices`: what events make of unit costs and prices
//! - `planning`: what random drafts plan, and what they do not foresee
//! - `sourced_anew`: held orders that are sourced anew before they leave
//! - `stock`: more stock, and stock in fewer places
//! - `watchers`: who watches sees all
//! - `workspace`: memory that one replication leaves to the next

mod audited;
mod compare;
mod costs;
pub(crate) mod dice;
mod differential;
mod draft;
pub(crate) mod generator;
mod limits;
mod metamorphic;
mod planning;
mod prices;
mod shelves;
mod shrink;
mod sourced_anew;
mod stock;
mod subject;
mod watchers;
mod whole;
mod workspace;
