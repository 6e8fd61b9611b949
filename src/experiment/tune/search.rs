//! The search: a space-filling design, halved; then a local search by neighbours and quadratic surfaces.

use super::archive::{Archive, Score};
use super::design::{all_points, space_filling};
use super::problem::{Point, Problem, Stage};
use super::quadratic::{Quadratic, terms};

/// How many replications the search may use, and how it starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SearchPlan {
    pub(super) budget: u64,
    /// Replications of each alternative at first.
    pub(super) first: u32,
    /// The difference of the objective that matters: finer ones are not pursued.
    pub(super) delta: f64,
    pub(super) seed: u64,
}

/// Alternatives of the space-filling design that a search begins with, beside the starts.
const DESIGN: u64 = 25;
/// How many alternatives go on from the halving to the local search.
const SURVIVORS: usize = 3;
/// In so many variables neighbours are looked for in pairs of variables, too: levels that belong together, such as a
/// reorder point and an order-up-to level, move together. In more there would be too many.
const PAIRS_UP_TO: usize = 4;
/// The most variables through which a quadratic surface is laid.
const SURFACE_UP_TO: usize = 6;

/// Looks for good alternatives; what was seen is in the archive.
///
/// Where the whole space can be looked at for half of the budget, all of it is. Else: starts, today's settings and a space-filling design with few
/// replications each; the better half goes on with twice as many, and so on (successive halving: Jamieson and Talwalkar
/// (2016), *Non-stochastic best arm identification and hyperparameter optimization*, AISTATS); from the best,
/// a pattern search over neighbours whose step is halved when none is better, helped by the minimum of a quadratic
/// surface laid through what was seen nearby. All comparisons are on common random numbers.
///
/// # Errors
/// The problem's.
pub(super) fn search<'a, P: Problem>(problem: &'a P, plan: SearchPlan) -> Result<Archive<'a, P>, P::Error> {
    let mut archive = Archive::new(problem, Stage::Search);
    let few = plan.budget / 2 / u64::from(plan.first.max(1));
    if let Some(all) = all_points(problem, few) {
        archive.ensure(&all, plan.first)?;
        // What is left sharpens the comparison of the better half, again and again.
        halve(&mut archive, all, plan, 1)?;
        return Ok(archive);
    }
    let mut field: Vec<Point> = Vec::new();
    for point in problem.starts().into_iter().chain(problem.today()) {
        if problem.admits(&point) && !field.contains(&point) {
            field.push(point);
        }
    }
    let design = DESIGN.max(5 * problem.variables().len() as u64).min(few / 2).max(2);
    for point in space_filling(problem, design as usize, plan.seed) {
        if !field.contains(&point) {
            field.push(point);
        }
    }
    archive.ensure(&field, plan.first)?;
    let (half, n) = halve(&mut archive, field, SearchPlan { budget: plan.budget / 2, ..plan }, SURVIVORS)?;
    local(&mut archive, problem, half, n, plan)?;
    Ok(archive)
}

/// Halves the field and doubles the replications of those that stay, until so many are left or the budget is used.
/// Returns those left, best first, and how many replications each has.
fn halve<P: Problem>(
    archive: &mut Archive<'_, P>,
    mut field: Vec<Point>,
    plan: SearchPlan,
    until: usize,
) -> Result<(Vec<Point>, u32), P::Error> {
    let mut n = plan.first;
    loop {
        sort(archive, &mut field, n);
        if field.len() <= until {
            break;
        }
        let half = field.len().div_ceil(2).max(until);
        if archive.spent() + archive.missing(&field[..half], n * 2) > plan.budget {
            break;
        }
        field.truncate(half);
        n *= 2;
        archive.ensure(&field, n)?;
    }
    Ok((field, n))
}

fn sort<P: Problem>(archive: &Archive<'_, P>, field: &mut Vec<Point>, n: u32) {
    let mut scored: Vec<(Score, Point)> =
        std::mem::take(field).into_iter().map(|point| (archive.score(&point, n), point)).collect();
    scored.sort_by(|a, b| a.0.compare(&b.0).then_with(|| archive.of_equals(&a.1, &b.1)));
    *field = scored.into_iter().map(|(_, point)| point).collect();
}

/// Pattern search from the best survivors.
fn local<P: Problem>(
    archive: &mut Archive<'_, P>,
    problem: &P,
    survivors: Vec<Point>,
    confirmed: u32,
    plan: SearchPlan,
) -> Result<(), P::Error> {
    let variables = problem.variables();
    let mut step: Vec<u32> =
        variables.iter().map(|variable| if variable.ordered { (variable.levels / 8).max(1) } else { 1 }).collect();
    let mut n = plan.first;
    // The most replications an alternative is given: finer steps differ less.
    let mut most = confirmed;
    let mut incumbent = survivors[0].clone();
    loop {
        let mut candidates = neighbours(problem, &incumbent, &step);
        for reach in [2, 4].map(|steps| step.iter().map(|&step| step * steps).collect::<Vec<u32>>()) {
            if let Some(point) = surface_minimum(archive, problem, &incumbent, &reach)
                && !candidates.contains(&point)
                && point != incumbent
            {
                candidates.push(point);
            }
        }
        if archive.spent() + archive.missing(&candidates, n) > plan.budget {
            return Ok(());
        }
        archive.ensure(&candidates, n)?;
        sort(archive, &mut candidates, n);
        // The best few are looked at as long as the incumbent was, before one of them takes its place.
        let rivals: Vec<Point> = candidates
            .iter()
            .take(2)
            .filter(|point| archive.score(point, n).compare(&archive.score(&incumbent, n)).is_lt())
            .cloned()
            .collect();
        let wanted = archive.replications(&incumbent).max(most);
        let mut round = rivals;
        round.push(incumbent.clone());
        if archive.spent() + archive.missing(&round, wanted) > plan.budget {
            return Ok(());
        }
        archive.ensure(&round, wanted)?;
        let before = incumbent.clone();
        sort(archive, &mut round, wanted);
        incumbent = round.swap_remove(0);
        if incumbent == before {
            if step.iter().all(|&step| step == 1) {
                // At the finest step: look longer, as the budget allows.
                let told_apart = round.iter().chain(&candidates).all(|other| {
                    archive.difference_error(&incumbent, other).is_some_and(|error| error <= plan.delta / 2.0)
                });
                if told_apart {
                    return Ok(());
                }
                n *= 2;
                most = most.max(2 * n);
            } else {
                step.iter_mut().for_each(|step| *step = step.div_ceil(2));
            }
        }
    }
}

/// The neighbours of a point: each ordered variable a step up and down, pairs of them together where there are few, each
/// other category.
fn neighbours<P: Problem>(problem: &P, point: &[u32], step: &[u32]) -> Vec<Point> {
    let variables = problem.variables();
    let mut found: Vec<Point> = Vec::new();
    let mut add = |moved: Point| {
        if moved.as_slice() != point && problem.admits(&moved) && !found.contains(&moved) {
            found.push(moved);
        }
    };
    let shifted = |point: &[u32], column: usize, up: bool| {
        let mut moved = point.to_vec();
        let most = variables[column].levels - 1;
        moved[column] =
            if up { (point[column] + step[column]).min(most) } else { point[column].saturating_sub(step[column]) };
        moved
    };
    let ordered: Vec<usize> = (0..variables.len()).filter(|&column| variables[column].ordered).collect();
    for &column in &ordered {
        add(shifted(point, column, true));
        add(shifted(point, column, false));
    }
    if ordered.len() <= PAIRS_UP_TO {
        for (index, &first) in ordered.iter().enumerate() {
            for &second in &ordered[index + 1..] {
                for (up, also_up) in [(true, true), (true, false), (false, true), (false, false)] {
                    add(shifted(&shifted(point, first, up), second, also_up));
                }
            }
        }
    }
    for (column, variable) in variables.iter().enumerate().filter(|(_, variable)| !variable.ordered) {
        for level in (0..variable.levels).filter(|&level| level != point[column]) {
            let mut moved = point.to_vec();
            moved[column] = level;
            add(moved);
        }
    }
    found
}

/// The lowest point of a quadratic surface through the feasible alternatives seen within `reach` levels of the incumbent:
/// each by its paired difference from the incumbent over the replications that both have, weighted by their number.
/// `None` where there are too few, or too many variables.
fn surface_minimum<P: Problem>(archive: &Archive<'_, P>, problem: &P, center: &[u32], reach: &[u32]) -> Option<Point> {
    let variables = problem.variables();
    let ordered: Vec<usize> = (0..variables.len()).filter(|&column| variables[column].ordered).collect();
    if ordered.is_empty() || ordered.len() > SURFACE_UP_TO {
        return None;
    }
    let mut seen: Vec<(Vec<f64>, f64, f64)> = Vec::new();
    for point in archive.points() {
        let same = (0..variables.len()).all(|column| variables[column].ordered || point[column] == center[column]);
        let x: Vec<f64> = ordered
            .iter()
            .map(|&column| (f64::from(point[column]) - f64::from(center[column])) / f64::from(reach[column]))
            .collect();
        if !same || x.iter().any(|value| value.abs() > 1.0) {
            continue;
        }
        let n = archive.replications(point).min(archive.replications(center));
        let (score, at_center) = (archive.score(point, n), archive.score(center, n));
        let difference = score.objective - at_center.objective;
        if score.violation == 0.0 && difference.is_finite() {
            seen.push((x, difference, f64::from(n)));
        }
    }
    if seen.len() <= terms(ordered.len()) {
        return None;
    }
    let lowest = Quadratic::fit(&seen)?.lowest();
    let mut point = center.to_vec();
    for (&column, value) in ordered.iter().zip(lowest) {
        let at = (f64::from(center[column]) + value * f64::from(reach[column])).round();
        point[column] = at.clamp(0.0, f64::from(variables[column].levels - 1)) as u32;
    }
    problem.admits(&point).then_some(point)
}
