//! Tuning: which alternative of many has the least expected cost and meets its bounds, found on few replications.
//!
//! A [`Problem`] says what may be decided and runs replications; a scenario is one, a textbook test bed another. [`tune`]
//! searches, takes the best few to a choice with a guarantee, and estimates what was chosen on random numbers that had no
//! part in choosing it.

mod archive;
mod design;
mod groups;
#[cfg(test)]
mod known;
mod ladder;
pub mod marginal;
mod memory;
mod ocba;
mod outcome;
mod pairs;
mod problem;
mod quadratic;
mod scenario;
mod search;
mod selection;
mod simulations;
mod spread;

pub use crate::domain::settings::Procedure;
pub use groups::{Class, Decision, Order, classes, decided_levels, levels_by_theory};
pub use ladder::{Figures, LevelsTuned, Origin, tune_levels};
pub use memory::{Configuration, Kept, Memory, NoMemory, OF_PRODUCTS, Request};
pub use ocba::allocate;
pub use outcome::{Candidate, Outcome, Sensitivity, tune_scenario};
pub use pairs::{PairRow, levels_of, with_levels};
pub use problem::{Bound, Direction, Point, Problem, Response, Stage, Variable, Wanted, stage_seed};
pub use scenario::ScenarioProblem;
pub use selection::{Guarantee, Selection, select};
pub use simulations::Simulations;

use search::{SearchPlan, search};
use selection::FIRST;

/// How to tune.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Replications in all, for search and choice.
    pub budget: u64,
    /// What the choice is to guarantee.
    pub guarantee: Guarantee,
    /// By which procedure it is made.
    pub procedure: Procedure,
    /// Seed of the search's own random numbers (which alternatives it begins with).
    pub seed: u64,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Tuned {
    /// How the choice among the finalists ended.
    pub selection: Selection,
    /// The finalists, best first as the search saw them.
    pub finalists: Vec<Point>,
    /// The best of those that theory proposes, as the search saw them; `None` where theory proposes none.
    pub by_theory: Option<Point>,
    /// How many alternatives were looked at.
    pub looked_at: usize,
    /// Replications of the search.
    pub searched: u64,
    /// Every alternative that the search looked at, and the mean of each column of its responses there.
    pub seen: Vec<(Point, Vec<Option<f64>>)>,
}

/// The most finalists.
const FINALISTS: u64 = 60;

/// Searches and chooses.
///
/// # Errors
/// The problem's.
pub fn tune<P: Problem>(problem: &P, plan: Effort) -> Result<Tuned, P::Error> {
    let first = (plan.budget / 150).clamp(2, 10) as u32;
    let delta = plan.guarantee.delta;
    // The choice needs its first look at two finalists at least.
    let searched = (plan.budget / 10 * 7).min(plan.budget.saturating_sub(2 * u64::from(FIRST)));
    let archive = search(problem, SearchPlan { budget: searched, first, delta, seed: plan.seed })?;
    let mut ranked = archive.ranked(first);
    let left = plan.budget - archive.spent();
    ranked.truncate((left / (4 * u64::from(FIRST))).clamp(2, FINALISTS) as usize);
    let finalists: Vec<Point> = ranked.into_iter().map(|(point, _)| point).collect();
    let left = plan.budget - archive.spent();
    let selection = match plan.procedure {
        Procedure::KimNelson => select(problem, &finalists, plan.guarantee, left)?,
        Procedure::Ocba => allocate(problem, &finalists, delta, left)?,
    };
    let score = |point: &Point| archive.score(point, archive.replications(point));
    let starts = problem.starts().into_iter().filter(|point| archive.replications(point) > 0);
    let by_theory = starts.min_by(|a, b| score(a).compare(&score(b)));
    let seen = archive.points().map(|point| (point.clone(), archive.means(point))).collect();
    Ok(Tuned { selection, finalists, by_theory, looked_at: archive.points().count(), searched: archive.spent(), seen })
}
