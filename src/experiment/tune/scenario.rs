//! A scenario as a problem: its settings are the decisions, its measures the objective and the bounds.

use std::ops::Range;

use super::memory::{Configuration, Kept};
use super::pairs::with_levels;
use super::problem::{Bound, Point, Problem, Response, Stage, Variable, Wanted};
use super::simulations::{Round, Simulations};
use crate::domain::Model;
use crate::experiment::RunError;
use crate::measures::Metric;
use crate::stats::Pair;

/// A scenario to be tuned.
pub struct ScenarioProblem<'a, M> {
    /// Runs what is asked for, or recalls it.
    pub simulations: Simulations<'a>,
    /// The scenario as it stands, its warm-up known.
    pub today: &'a Model,
    /// What may be decided.
    pub variables: Vec<Variable>,
    /// Alternatives to begin with, which theory proposes.
    pub starts: Vec<Point>,
    /// Of each variable the level that it has today; `None` where that does not lie among the values.
    pub now: Vec<Option<u32>>,
    /// What is minimised.
    pub objective: Metric,
    /// Whether more of the objective is better: it is then maximised.
    pub maximise: bool,
    /// What must hold, and of which measure.
    pub bounds: Vec<Bound>,
    /// The measure of each bound.
    pub bounded: Vec<Metric>,
    /// Further measures that are kept of every replication.
    pub watched: Vec<Metric>,
    /// The model of an alternative, its warm-up known; `None` where the settings contradict each other.
    pub model: M,
}

/// An alternative, or the scenario as it stands, and which replications are wanted of it.
pub(super) type Ask<'p> = (Option<&'p Point>, Range<u32>);

impl<M: Fn(&[u32]) -> Option<Model> + Sync> ScenarioProblem<'_, M> {
    fn response(&self, pairs: &[Pair]) -> Response {
        let pair = |metric: &Metric| pairs[metric.index()];
        let objective = pair(&self.objective);
        let objective = if self.maximise { Pair::new(-objective.numerator, objective.denominator) } else { objective };
        std::iter::once(objective).chain(self.bounded.iter().map(pair)).chain(self.watched.iter().map(pair)).collect()
    }

    /// The answers to a round: the columns of each replication wanted.
    pub(super) fn answers(&self, stage: Stage, asked: &[Ask<'_>]) -> Result<Vec<Vec<Response>>, RunError> {
        let alternative =
            |point: &Option<&Point>| point.map_or(Configuration::Today, |it| Configuration::Point(it.clone()));
        let asked = asked.iter().map(|(point, replications)| (alternative(point), replications.clone())).collect();
        let model = |alternative: &Configuration| match alternative {
            Configuration::Point(point) => (self.model)(point).expect("only admitted alternatives are asked for"),
            Configuration::Today => self.today.clone(),
            Configuration::Levels(rows) => with_levels(self.today, rows),
        };
        let answers = self.simulations.answers(Round { stage, asked, products: 0, model })?;
        let response = |kept: Kept| kept.iter().map(|pairs| self.response(pairs)).collect();
        Ok(answers.into_iter().map(response).collect())
    }
}

impl<M: Fn(&[u32]) -> Option<Model> + Sync> Problem for ScenarioProblem<'_, M> {
    type Error = RunError;

    fn variables(&self) -> &[Variable] {
        &self.variables
    }

    fn bounds(&self) -> &[Bound] {
        &self.bounds
    }

    fn admits(&self, point: &[u32]) -> bool {
        (self.model)(point).is_some()
    }

    fn starts(&self) -> Vec<Point> {
        self.starts.clone()
    }

    fn today(&self) -> Option<Point> {
        self.now.iter().copied().collect()
    }

    fn apart_from_today(&self, point: &[u32]) -> usize {
        self.now.iter().zip(point).filter(|(now, then)| now.is_some_and(|now| now != **then)).count()
    }

    fn simulate(&self, stage: Stage, wanted: &[Wanted]) -> Result<Vec<Vec<Response>>, RunError> {
        let asked: Vec<Ask<'_>> =
            wanted.iter().map(|wanted| (Some(&wanted.point), wanted.replications.clone())).collect();
        self.answers(stage, &asked)
    }
}
