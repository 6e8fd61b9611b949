//! `tune` without `--vary`: levels for every product, by marginal analysis.

use super::proposed;
use super::settings::{Tuning, replications};
use super::written::{Finishing, write};
use crate::cli::failure::Failure;
use crate::cli::no_results::no_results;
use crate::domain::{DAY, Model, Replications};
use crate::experiment::tune::{Bound, Direction, PairRow, Stage, stage_seed, tune_levels, with_levels};
use crate::experiment::{Settings, replicate};
use crate::measures::Metric;
use crate::report::{self, Kept, LevelsReport, LevelsSummary};
use crate::stats::{CONFIDENCE, paired_ratio_difference};

/// Replications for the ladder and the combinations tried.
pub(super) const BUDGET: u64 = 400;
/// Runs of the ladder, and about so many combinations.
const RUNS: u64 = 9 + 10;

/// Proposes levels product by product.
pub(super) fn tune(
    tuning: &Tuning,
    today: &Model,
    budget: u64,
    settings: &Settings,
    bar: &indicatif::ProgressBar,
    finishing: &mut Finishing<'_>,
) -> Result<(), Failure> {
    if tuning.maximise {
        return Err(Failure::wrong(
            "levels of every product are proposed for the least cost; --maximise goes with --vary",
        ));
    }
    if today.replenishment.is_none() {
        return Err(Failure::wrong("the scenario has no [replenishment], so there are no levels to propose"));
    }
    let each = (budget / RUNS).max(2) as u32;
    let found = (|| {
        let mut bounds: Vec<(Metric, Bound)> =
            tuning.conditions.iter().map(|(gate, bound)| (gate.metric, *bound)).collect();
        if bounds.is_empty() {
            bounds.push((Metric::UnitFillRate, as_today(today, settings, each)?));
        }
        let tuned = tune_levels(today, settings, &bounds, each)?;
        let fresh = |rows: &[PairRow]| {
            let mut model = with_levels(today, rows);
            model.run.seed = stage_seed(model.run.seed, Stage::Estimate);
            model.run.replications = Replications::Fixed(replications(finishing.args));
            replicate(&model, settings)
        };
        Ok((fresh(&tuned.today)?, fresh(&tuned.proposed)?, tuned))
    })();
    bar.finish_and_clear();
    let (now, proposed, tuned) = found.map_err(|error| no_results(&error, &mut finishing.folder))?;
    let objective = tuning.objective;
    let saving = paired_ratio_difference(&proposed.pairs(objective), &now.pairs(objective), CONFIDENCE)
        .map(|difference| difference.estimate);
    let years = today.run.horizon.0 as f64 / DAY as f64 / 365.0;
    let rows = proposed::rows(today, &tuned.today, &tuned.proposed);
    let effects: Vec<(f64, f64)> = tuned
        .today
        .iter()
        .map(|&(_, product, _)| {
            let effect = tuned.effects[product.index()];
            (effect.cost / years, effect.filled / years)
        })
        .collect();
    let changed = rows.iter().filter(|row| row.today != row.proposed).count();
    let found = LevelsReport {
        scenario: &today.name,
        seed: today.run.seed,
        objective,
        conditions: tuning.conditions.iter().map(|(gate, _)| (gate.text.as_str(), gate.metric)).collect(),
        tuned: &tuned,
        today: &now,
        proposed: &proposed,
        saving,
        changed,
    };
    let found = LevelsSummary::new(&found, &tuning.reader.sources());
    let document = report::levels_document(&found);
    let text = super::rewrite::rewrite(tuning.reader.text(), &proposed::in_file(tuning.reader.text()))
        .map_err(Failure::running)?;
    let data = vec![
        ("tune.json".to_string(), found.to_json()),
        ("levels.csv".to_string(), report::levels_csv(&rows, Some(&effects))),
        ("proposed-levels.csv".to_string(), report::proposed_levels_csv(&rows)),
        ("tuned.toml".to_string(), text),
    ];
    write(tuning, data, |data| report::levels_rendered(&found, data), &document, today.run.seed, finishing)
}

/// Today's service, to be kept: what the search's replications say of it now, to within a tenth of its shortfall.
fn as_today(today: &Model, settings: &Settings, each: u32) -> Result<Bound, crate::experiment::RunError> {
    let mut model = today.clone();
    model.run.seed = stage_seed(model.run.seed, Stage::Search);
    model.run.replications = Replications::Fixed(each);
    let results = replicate(&model, settings)?;
    let estimate = results.estimate(Metric::UnitFillRate);
    let limit = estimate.map_or(0.0, |estimate| estimate.mean - estimate.half_width.unwrap_or(0.0));
    Ok(Bound { direction: Direction::AtLeast, limit, tolerance: 1e-3 })
}
