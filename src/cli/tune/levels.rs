//! `tune` without `--vary`: levels for every product, by marginal analysis.

use super::args::TuneArgs;
use super::proposed;
use super::settings::{Tuning, replications};
use super::written::{Finishing, write};
use crate::cli::failure::Failure;
use crate::cli::sweep::INPUTS;
use crate::domain::{DAY, Model};
use crate::experiment::tune::{Bound, LevelsTuned, Simulations, tune_levels};
use crate::experiment::{Gates, RunError};
use crate::measures::Metric;
use crate::report::{self, Kept, LevelsReport, LevelsSummary};
use crate::stats::{CONFIDENCE, paired_ratio_difference};

/// Replications for the ladder and the combinations tried.
pub(super) const BUDGET: u64 = 400;
/// Runs of the ladder, and about so many combinations.
const RUNS: u64 = 9 + 10;

/// Proposes levels product by product.
pub(super) fn tuned(
    tuning: &Tuning,
    today: &Model,
    simulations: &Simulations<'_>,
    budget: u64,
    args: &TuneArgs,
) -> Result<LevelsTuned, RunError> {
    let bounds: Vec<(Metric, Bound)> = tuning.conditions.iter().map(|(gate, bound)| (gate.metric, *bound)).collect();
    let each = (budget / RUNS).max(2) as u32;
    tune_levels(today, simulations, &bounds, each, replications(args))
}

/// Writes what was proposed; the answer is whether what must hold does.
pub(super) fn written(
    tuning: &Tuning,
    today: &Model,
    tuned: &LevelsTuned,
    budget: u64,
    finishing: &mut Finishing<'_>,
) -> Result<Gates, Failure> {
    let objective = tuning.objective;
    let saving = paired_ratio_difference(&tuned.then.pairs(objective), &tuned.now.pairs(objective), CONFIDENCE)
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
        currency: today.costs.currency.as_ref().map(|currency| currency.0.as_str()),
        seed: today.run.seed,
        objective,
        conditions: tuning.conditions.iter().map(|(gate, _)| (gate.text.as_str(), gate.metric)).collect(),
        service: tuning.service,
        budget,
        tuned,
        saving,
        changed,
    };
    let found = LevelsSummary::new(&found, &tuning.reader.sources());
    let inputs = tuning.told(finishing.asked, Err(budget));
    let mut data = vec![
        ("tune.json".to_string(), found.to_json()),
        (INPUTS.to_string(), inputs.to_json()),
        ("looked_at.csv".to_string(), report::levels_looked_at_csv(&found)),
        ("levels.csv".to_string(), report::levels_csv(&rows, Some(&effects))),
        ("proposed-levels.csv".to_string(), report::proposed_levels_csv(&rows)),
    ];
    // What does not meet the conditions is shown, and not proposed to be run.
    if tuned.holds {
        let text = super::rewrite::rewrite(tuning.reader.text(), &proposed::in_file(tuning.reader.text()));
        data.push(("tuned.toml".to_string(), text.map_err(Failure::running)?));
    }
    let document = report::levels_document(&found);
    write(
        tuning,
        data,
        |data| report::levels_rendered(&found, Some(&inputs), data),
        &document,
        today.run.seed,
        finishing,
    )?;
    Ok(found.verdict())
}
