//! `tune.json` of levels proposed product by product.

use serde::{Deserialize, Serialize};

use super::super::facts::InputFile;
use super::super::number::grouped;
use super::super::number::in_currency;
use super::super::summary::{Few, Kept, Reading, names};
use super::found::LevelsReport;
use super::kept::{Decided, Measured, SettingValue, Settings, Spent, Way};
use super::prose::{difference, figure, is_certain, measured, must, percent, words};
use crate::experiment::tune::{Figures, Origin};
use crate::experiment::{Gate, Gates};
use crate::measures::Metric;

/// What is guaranteed of levels product by product.
const NO_GUARANTEE: &str = "No guarantee of being the best combination: products are taken for separable while levels are \
chosen (marginal analysis), and what was chosen is then simulated as a whole, on fresh random numbers, where its figures come from.";

/// Measures shown beside the objective and the conditions.
const SHOWN: [Metric; 3] = [Metric::UnitFillRate, Metric::OrderFillRate, Metric::OnHandMeanCost];

/// Proposed levels as they are kept; the levels themselves stand in `levels.csv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LevelsSummary {
    /// What was decided.
    pub decided: Decided,
    /// The scenario's name.
    pub scenario: String,
    /// What money is told in, where the scenario says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Its seed: of the search; the estimates have the one two above.
    pub seed: u64,
    /// What was minimised.
    #[serde(with = "names")]
    pub objective_measure: Metric,
    /// What it is traded against.
    #[serde(with = "names")]
    pub service_measure: Metric,
    /// Which way: it is always minimised.
    pub direction: Way,
    /// The finding in words.
    pub finding: String,
    /// Where the levels stand.
    pub chosen: Settings,
    /// For how many pairs of warehouse and product levels are proposed.
    pub levels: usize,
    /// How many of them differ from today's.
    pub levels_changed: usize,
    /// Whether the conditions were found to hold, with their intervals, where the proposal was chosen.
    pub feasible: bool,
    /// The objective of the proposal on fresh seeds.
    pub objective: Reading,
    /// What had to hold, as measured there.
    pub constraints: Vec<Measured>,
    /// Today's levels on fresh seeds.
    pub today: Few<Metric, Reading>,
    /// The proposed ones on the same.
    pub proposed: Few<Metric, Reading>,
    /// By how much the objective falls. Paired.
    pub saving: Reading,
    /// The worth of a further unit filled at which the proposal was taken; nothing where all levels are moved together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_per_unit_filled: Option<f64>,
    /// By how many steps the proposal moves all levels together, by none where it is today's; nothing where it was taken at a price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all_levels_by_steps: Option<i32>,
    /// Each combination that was simulated as a whole, by its price, on the search's replications.
    pub path: Vec<Tried>,
    /// All levels moved together, step by step, on the same; by no step they are today's.
    pub ladder: Vec<Step>,
    /// Replications run.
    pub replications: Spent,
    /// The seed of the estimates.
    pub estimated_with_seed: u64,
    /// What is guaranteed.
    pub guarantee: NoClaim,
    /// The files that were read.
    pub files: Vec<InputFile>,
}

/// A combination that was simulated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// The worth of a further unit filled.
    pub price_per_unit_filled: f64,
    /// The objective.
    pub objective: Reading,
    /// What it is traded against.
    pub service: Reading,
}

/// All levels moved together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// By how many steps, up or down.
    pub steps: i32,
    /// The objective.
    pub objective: Reading,
    /// What it is traded against.
    pub service: Reading,
}

/// That nothing is guaranteed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoClaim {
    /// Never.
    pub reached: bool,
    /// Why, in words.
    pub words: String,
}

impl LevelsSummary {
    /// What was proposed, with the files that were read for it.
    pub fn new(report: &LevelsReport<'_>, files: &[InputFile]) -> Self {
        let LevelsReport { objective, service, tuned, changed, .. } = *report;
        let (today, proposed) = (&tuned.now, &tuned.then);
        let reading = |figures: &Figures, metric: Metric| Reading::from(figures.estimate(metric).as_ref());
        let mut metrics = vec![objective];
        for metric in report.conditions.iter().map(|(_, metric)| *metric).chain(SHOWN) {
            if !metrics.contains(&metric) {
                metrics.push(metric);
            }
        }
        let of = |figures: &Figures| Few(metrics.iter().map(|&it| (it, reading(figures, it))).collect());
        let measured = |&(condition, measure): &(&str, Metric)| Measured {
            condition: condition.to_string(),
            measure,
            estimate: reading(proposed, measure),
        };
        let mut path: Vec<Tried> = tuned
            .path
            .iter()
            .map(|(price, figures)| Tried {
                price_per_unit_filled: *price,
                objective: reading(figures, objective),
                service: reading(figures, service),
            })
            .collect();
        path.sort_by(|a, b| a.price_per_unit_filled.total_cmp(&b.price_per_unit_filled));
        let (price_per_unit_filled, all_levels_by_steps) = match tuned.origin {
            Origin::Price(price) => (Some(price), None),
            Origin::Together(steps) => (None, Some(steps)),
        };
        let mut summary = Self {
            decided: Decided::Levels,
            scenario: report.scenario.to_string(),
            currency: report.currency.map(String::from),
            seed: report.seed,
            objective_measure: objective,
            service_measure: service,
            direction: Way::Minimise,
            finding: String::new(),
            chosen: Settings(vec![("replenishment.levels".into(), SettingValue::Words("levels.csv".into()))]),
            levels: tuned.proposed.len(),
            levels_changed: changed,
            feasible: tuned.holds,
            objective: reading(proposed, objective),
            constraints: report.conditions.iter().map(measured).collect(),
            today: of(today),
            proposed: of(proposed),
            saving: report.saving.as_ref().into(),
            price_per_unit_filled,
            all_levels_by_steps,
            path,
            ladder: tuned
                .ladder
                .iter()
                .map(|(steps, figures)| Step {
                    steps: *steps,
                    objective: reading(figures, objective),
                    service: reading(figures, service),
                })
                .collect(),
            replications: Spent {
                budget: report.budget,
                search: tuned.spent,
                selection: 0,
                estimates: (today.replications() + proposed.replications()) as u64,
                each_estimate: today.replications() as u32,
            },
            estimated_with_seed: report.seed.wrapping_add(2),
            guarantee: NoClaim { reached: false, words: NO_GUARANTEE.into() },
            files: files.to_vec(),
        };
        summary.finding = in_currency(report.currency, || summary.in_words());
        summary
    }

    /// Whether what must hold does, as fresh replications have it.
    pub fn verdict(&self) -> Gates {
        let measured = Measured::verdict_of_all(&self.constraints);
        // Of what was not found to hold, a mean that does is no proof.
        if self.feasible || self.constraints.is_empty() { measured } else { measured.max(Gates::Undecided) }
    }

    /// Whether today's levels meet the conditions with their intervals, on fresh seeds.
    fn today_holds(&self) -> bool {
        self.constraints.iter().all(|it| {
            let today = self.today.0.iter().find(|(metric, _)| *metric == it.measure);
            let interval = today.and_then(|(_, reading)| reading.figure()?.interval());
            let gate = Gate::parse(&it.condition).ok();
            gate.zip(interval).is_some_and(|(gate, (low, high))| {
                [low, high].iter().all(|&end| gate.relation.holds(end, gate.threshold))
            })
        })
    }

    /// The finding in words.
    pub(super) fn in_words(&self) -> String {
        let objective = self.objective_measure;
        let of = |figures: &Few<Metric, Reading>| {
            let found = figures.0.iter().find(|(metric, _)| *metric == objective);
            found.map_or_else(Reading::default, |(_, reading)| *reading)
        };
        let (today, measure) = (of(&self.today), words(objective));
        let (now, then) = (figure(objective, today), figure(objective, of(&self.proposed)));
        let (changed, all) = (grouped(self.levels_changed as f64, 0), grouped(self.levels as f64, 0));
        let mut sentence = match self.saving.mean.filter(|_| is_certain(self.saving)) {
            _ if self.levels_changed == 0 => {
                format!(
                    "No other levels of {all} pairs of warehouse and product were found to be better than today's: {measure} {now}."
                )
            }
            Some(saving) if saving > 0.0 => format!(
                "Other levels for {changed} of {all} pairs of warehouse and product save {}{} in {measure}: {then} instead of {now}.",
                difference(objective, self.saving),
                percent(objective, saving, today)
            ),
            Some(_) if self.today_holds() => format!(
                "Today's levels meet what must hold, and those that the search found cost {} more in {measure} on fresh seeds: {then} instead of {now}, \
                 with other levels for {changed} of {all} pairs.",
                difference(objective, self.saving),
            ),
            Some(_) => format!(
                "What must hold costs {} more in {measure}: {then} instead of {now}, with other levels for {changed} of {all} pairs.",
                difference(objective, self.saving),
            ),
            None => format!("Today's levels cannot be told from the best found: {measure} {now} against {then}."),
        };
        if self.constraints.is_empty() {
            return sentence + " Today's share of units filled at once is kept.";
        }
        if !self.feasible {
            let must = must(self.constraints.iter().map(|it| it.condition.as_str()));
            let nearest = match self.levels_changed {
                0 => format!("today's levels, with {measure} {now}"),
                _ => format!("other levels for {changed} of {all} pairs, with {measure} {then} (today's: {now})"),
            };
            sentence = format!("No combination that was tried meets {must} with its interval. Nearest came {nearest}.");
        }
        sentence + &measured(&self.constraints)
    }
}

impl Kept for LevelsSummary {
    fn check(&self) -> Result<(), String> {
        let metrics = |figures: &Few<Metric, Reading>| figures.0.iter().map(|(it, _)| *it).collect::<Vec<_>>();
        if metrics(&self.today) != metrics(&self.proposed) {
            return Err("today's levels and the proposed ones have different measures".into());
        }
        let proposed = |metric: Metric| self.proposed.0.iter().find(|(it, _)| *it == metric).map(|(_, it)| *it);
        if proposed(self.objective_measure) != Some(self.objective) {
            return Err("the objective is not that of the proposed levels".into());
        }
        let odd = self.constraints.iter().find(|it| proposed(it.measure) != Some(it.estimate));
        odd.map_or(Ok(()), |it| Err(format!("`{}` is not as the proposed levels have it", it.condition)))
    }
}
