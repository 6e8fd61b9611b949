//! Tuning a scenario from beginning to end: search, choice, and estimates on random numbers that had no part in either.

use super::problem::{Bound, Point, Problem, Response, Stage};
use super::scenario::{Ask, ScenarioProblem};
use super::{Effort, Tuned, tune};
use crate::domain::Model;
use crate::experiment::RunError;
use crate::stats::{CONFIDENCE, Estimate, Pair, paired_ratio_difference, ratio_of_means};

/// An alternative as the fresh replications see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its levels; empty for today's settings, which need not be on the grid.
    pub point: Point,
    /// The objective as it is measured (a maximised one is not turned).
    pub objective: Option<Estimate>,
    /// The measure of each bound.
    pub bounded: Vec<Option<Estimate>>,
    /// The further measures.
    pub watched: Vec<Option<Estimate>>,
    /// Whether the mean of every bounded measure is on the right side of its limit.
    pub meets: bool,
    /// Whether the interval of a bounded measure lies beyond its limit as a whole.
    pub misses: bool,
    /// By how much the objective is better than the chosen one's: negative where it is worse. Paired.
    pub better_than_chosen: Option<Estimate>,
}

/// What a variable does about the optimum.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The variable's number.
    pub variable: usize,
    /// The level it was moved to.
    pub level: u32,
    /// The alternative.
    pub candidate: Candidate,
}

/// What tuning a scenario came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Search and choice.
    pub tuned: Tuned,
    /// Today's settings.
    pub today: Candidate,
    /// The chosen ones; `None` where none was found to meet the bounds.
    pub chosen: Option<Candidate>,
    /// The best of those that theory proposes.
    pub by_theory: Option<Candidate>,
    /// The finalists left when the choice ended; where none was chosen, all of them, the one first that comes nearest to
    /// meeting the bounds.
    pub finalists: Vec<Candidate>,
    /// The chosen alternative with one variable moved a level.
    pub sensitivity: Vec<Sensitivity>,
    /// Variables that change nothing at all about the chosen alternative.
    pub idle: Vec<usize>,
    /// Every alternative that the search looked at: its bounded and watched measures after the objective.
    pub looked_at: Vec<(Point, Vec<Option<f64>>)>,
    /// Replications of the estimates.
    pub estimated: u64,
}

/// The most finalists that are estimated.
const SHOWN: usize = 10;

/// Tunes a scenario. `replications` are run of everything that is estimated.
///
/// # Errors
/// See [`RunError`].
pub fn tune_scenario<M: Fn(&[u32]) -> Option<Model> + Sync>(
    problem: &ScenarioProblem<'_, M>,
    plan: Effort,
    replications: u32,
) -> Result<Outcome, RunError> {
    let tuned = tune(problem, plan)?;
    let chosen = tuned.selection.chosen.clone();
    let center = chosen.clone().or_else(|| tuned.finalists.first().cloned());
    let mut points: Vec<Point> = Vec::new();
    let mut add = |point: &Point| {
        if !points.contains(point) {
            points.push(point.clone());
        }
    };
    center.iter().for_each(&mut add);
    let left = if chosen.is_some() { &tuned.selection.left } else { &tuned.finalists };
    left.iter().take(SHOWN).for_each(&mut add);
    let moved: Vec<(usize, u32, Point)> = chosen.iter().flat_map(|point| neighbours(problem, point)).collect();
    moved.iter().for_each(|(_, _, point)| add(point));
    tuned.by_theory.iter().for_each(&mut add);
    let asked: Vec<Ask<'_>> = points.iter().map(Some).chain([None]).map(|point| (point, 0..replications)).collect();
    let mut answers = problem.answers(Stage::Estimate, &asked)?;
    let now = answers.pop().unwrap_or_default();
    let at = |point: &Point| points.iter().position(|other| other == point).map(|index| answers[index].as_slice());
    let base = chosen.as_ref().and_then(at);
    let candidate = |point: &Point| at(point).map(|responses| candidate_of(problem, point.clone(), responses, base));
    let sensitivity: Vec<Sensitivity> = moved
        .iter()
        .filter_map(|(variable, level, point)| {
            Some(Sensitivity { variable: *variable, level: *level, candidate: candidate(point)? })
        })
        .collect();
    let mut idle: Vec<usize> = (0..problem.variables.len())
        .filter(|&variable| {
            let mut of = moved.iter().filter(|moved| moved.0 == variable).peekable();
            of.peek().is_some() && of.all(|(_, _, point)| at(point) == base)
        })
        .collect();
    // What changes nothing a level away may do so farther off.
    let ends: Vec<(usize, Point)> = idle
        .iter()
        .flat_map(|&variable| [0, problem.variables[variable].levels - 1].map(|level| (variable, level)))
        .filter_map(|(variable, level)| {
            let mut end = chosen.clone()?;
            end[variable] = level;
            (at(&end).is_none() && problem.admits(&end)).then_some((variable, end))
        })
        .collect();
    let asked_at_ends: Vec<Ask<'_>> = ends.iter().map(|(_, end)| (Some(end), 0..replications)).collect();
    let answers_at_ends = problem.answers(Stage::Estimate, &asked_at_ends)?;
    for ((variable, _), responses) in ends.iter().zip(&answers_at_ends) {
        if Some(responses.as_slice()) != base {
            idle.retain(|idle| idle != variable);
        }
    }
    let others = left.iter().take(SHOWN).filter(|point| Some(*point) != center.as_ref());
    let mut finalists: Vec<Candidate> = center.iter().chain(others).filter_map(candidate).collect();
    if chosen.is_some() {
        // The chosen one first, and the others as the fresh replications have them.
        let worth = |it: &Candidate| it.better_than_chosen.map_or(f64::NEG_INFINITY, |it| it.mean);
        finalists[1..].sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    } else {
        // The search put them in order by its own few replications; which one comes nearest the fresh ones tell better.
        finalists.sort_by(|a, b| a.violation(&problem.bounds).total_cmp(&b.violation(&problem.bounds)));
    }
    Ok(Outcome {
        today: candidate_of(problem, Vec::new(), &now, base),
        chosen: chosen.as_ref().and_then(candidate),
        by_theory: tuned.by_theory.as_ref().and_then(candidate),
        finalists,
        sensitivity,
        idle,
        looked_at: tuned.seen.clone(),
        estimated: (asked.len() + ends.len()) as u64 * u64::from(replications),
        tuned,
    })
}

impl Candidate {
    /// The sum over the bounds of what is missing, each relative to its limit; 0 where all means hold.
    fn violation(&self, bounds: &[Bound]) -> f64 {
        let of = |(bound, estimate): (&Bound, &Option<Estimate>)| bound.violation(estimate.map(|it| it.mean));
        bounds.iter().zip(&self.bounded).map(of).sum()
    }
}

/// The alternatives that differ from a point in one variable, by a level or, of names, by another one.
fn neighbours<P: Problem>(problem: &P, point: &Point) -> Vec<(usize, u32, Point)> {
    let mut found = Vec::new();
    for (index, variable) in problem.variables().iter().enumerate() {
        let levels: Vec<u32> = if variable.ordered {
            [point[index].checked_sub(1), Some(point[index] + 1)].into_iter().flatten().collect()
        } else {
            (0..variable.levels).filter(|&level| level != point[index]).collect()
        };
        for level in levels.into_iter().filter(|&level| level < variable.levels) {
            let mut moved = point.clone();
            moved[index] = level;
            if problem.admits(&moved) {
                found.push((index, level, moved));
            }
        }
    }
    found
}

fn candidate_of<M: Fn(&[u32]) -> Option<Model> + Sync>(
    problem: &ScenarioProblem<'_, M>,
    point: Point,
    responses: &[Response],
    base: Option<&[Response]>,
) -> Candidate {
    let column = |index: usize, responses: &[Response]| -> Vec<Pair> { responses.iter().map(|it| it[index]).collect() };
    let estimate = |index: usize| ratio_of_means(&column(index, responses), CONFIDENCE);
    let measured: Vec<Pair> = column(0, responses)
        .into_iter()
        .map(|pair| if problem.maximise { Pair::new(-pair.numerator, pair.denominator) } else { pair })
        .collect();
    let bounds = problem.bounds.len();
    let bounded: Vec<Option<Estimate>> = (0..bounds).map(|index| estimate(1 + index)).collect();
    let meets = problem
        .bounds
        .iter()
        .zip(&bounded)
        .all(|(bound, estimate)| estimate.is_some_and(|estimate| bound.slack(estimate.mean) >= 0.0));
    let misses = problem.bounds.iter().zip(&bounded).any(|(bound, estimate)| {
        estimate.is_some_and(|it| it.half_width.is_some_and(|half| bound.slack(it.mean) < -half))
    });
    Candidate {
        point,
        objective: ratio_of_means(&measured, CONFIDENCE),
        bounded,
        watched: (0..problem.watched.len()).map(|index| estimate(1 + bounds + index)).collect(),
        meets,
        misses,
        better_than_chosen: base.and_then(|base| {
            paired_ratio_difference(&column(0, responses), &column(0, base), CONFIDENCE)
                .map(|difference| difference.estimate)
        }),
    }
}
