//! A second opinion: the rules of fulfilment once more, as simply as they can be said.
//!
//! This simulator was written from the specification alone, never from the engine. It keeps plain lists and finds
//! everything by looking through them: no calendar, no index, no compiled tables, no random draw. It is slow and
//! meant to be read. The [differential test](crate::properties) sets its history against the engine's.
//!
//! It takes only scenarios in which nothing is left to chance ([`Refusal`] says what is): scripted orders, receipts
//! and contacts, probabilities of 0 or 1, constant durations. Generated orders and random lead times it takes when it is
//! told what came of them ([`Chance`]).
//!
//! - `chance`: what it can be told instead of drawing it
//! - `certain`: what it takes, and constants read from a model
//! - `world`: the state, and the few ways in which stock and lines change
//! - `clock`: which second comes next, and the phases of one second
//! - `placing`, `sourcing`, `spillover`, `most_stock`: a new order, and one that is sourced anew
//! - `waiting`: release passes, contacts, cancellations, notices
//! - `parcels`: from release to delivery
//! - `joint`: purchase orders of several products
//! - `docks`: opening hours, waves and picking limits
//! - `vendors`: working days and capacities, and the queues that they make
//! - `levels`: levels that are written, and from when on; those that are planned
//! - `plan`: whether planned levels reach their targets
//! - `supply`: reviews, purchase orders, expediting, disruptions, receipts
//! - `promises`: dates that are promised, and orders that fall due later
//! - `worth`: what expediting costs, saves and brought
//! - `events`: what the scenario's events leave of lanes, shelves and vendors
//! - `history`: what comes out

mod certain;
mod chance;
mod clock;
mod docks;
mod events;
mod history;
mod joint;
mod levels;
mod most_stock;
mod parcels;
mod placing;
mod plan;
mod promises;
mod sourcing;
mod spillover;
mod stories;
mod supply;
mod timelines;
mod vendors;
mod waiting;
mod world;
mod worth;

pub use certain::Refusal;
pub use chance::Chance;
pub use history::{Event, History, Shelf};
pub use plan::check_plan;

use backorder::domain::Model;

/// Runs the one possible history of a model.
///
/// # Errors
/// When something in the model is left to chance.
pub fn simulate(model: &Model) -> Result<History, Refusal> {
    certain::check_orders(model)?;
    certain::check_lead_times(model)?;
    simulate_told(model, &Chance::default())
}

/// Runs the one possible history of a model in which chance decided this.
///
/// # Errors
/// When something else is left to chance.
pub fn simulate_told(model: &Model, chance: &Chance) -> Result<History, Refusal> {
    certain::check(model)?;
    let mut world = world::World::new(model, chance);
    world.run();
    Ok(world.into_history())
}
