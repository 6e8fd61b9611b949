//! Levels proposed product by product: as `tune.json` keeps them, as a document, as tables.

use serde::{Deserialize, Serialize};

use super::super::document::{Block, Document, Role, Section};
use super::super::facts::Source;
use super::super::number::grouped;
use super::super::summary::{Few, Kept, Reading, names};
use super::super::table::{Cell, Column, Interval, Table};
use super::document::{FIGURE, HALF_WIDTH, push_sources};
use super::files::csv;
use super::found::LevelsReport;
use super::kept::{Decided, Measured, SettingValue, Settings, Way};
use super::prose::{figure, words};
use crate::experiment::Results;
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
    /// Its seed: of the search; the estimates have the one two above.
    pub seed: u64,
    /// What was minimised.
    #[serde(with = "names")]
    pub objective_measure: Metric,
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
    /// The worth of a further unit filled at which the proposal was taken.
    pub price_per_unit_filled: f64,
    /// Each combination that was simulated as a whole, by its price.
    pub path: Vec<Tried>,
    /// Replications run.
    pub replications: LevelsSpent,
    /// The seed of the estimates.
    pub estimated_with_seed: u64,
    /// What is guaranteed.
    pub guarantee: NoClaim,
    /// The files that were read.
    pub files: Vec<Source>,
}

/// A combination that was simulated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// The worth of a further unit filled.
    pub price_per_unit_filled: f64,
    /// The objective.
    pub objective: Reading,
    /// Units filled at once.
    pub unit_fill_rate: Reading,
}

/// Replications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelsSpent {
    /// Run for the ladder and the combinations.
    pub search: u64,
    /// Run for the estimates of today's and the proposed levels together.
    pub estimates: usize,
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
    pub fn new(report: &LevelsReport<'_>, files: &[Source]) -> Self {
        let LevelsReport { objective, tuned, today, proposed, changed, .. } = *report;
        let mut metrics = vec![objective];
        for metric in report.conditions.iter().map(|(_, metric)| *metric).chain(SHOWN) {
            if !metrics.contains(&metric) {
                metrics.push(metric);
            }
        }
        let of = |results: &Results| Few(metrics.iter().map(|&it| (it, results.estimate(it).into())).collect());
        let measured = |&(condition, measure): &(&str, Metric)| Measured {
            condition: condition.to_string(),
            measure,
            estimate: proposed.estimate(measure).into(),
        };
        let mut path: Vec<Tried> = tuned
            .path
            .iter()
            .map(|(price, results)| Tried {
                price_per_unit_filled: *price,
                objective: results.estimate(objective).into(),
                unit_fill_rate: results.estimate(Metric::UnitFillRate).into(),
            })
            .collect();
        path.sort_by(|a, b| a.price_per_unit_filled.total_cmp(&b.price_per_unit_filled));
        let mut summary = Self {
            decided: Decided::Levels,
            scenario: report.scenario.to_string(),
            seed: report.seed,
            objective_measure: objective,
            direction: Way::Minimise,
            finding: String::new(),
            chosen: Settings(vec![("replenishment.levels".into(), SettingValue::Words("levels.csv".into()))]),
            levels: tuned.proposed.len(),
            levels_changed: changed,
            feasible: tuned.holds,
            objective: proposed.estimate(objective).into(),
            constraints: report.conditions.iter().map(measured).collect(),
            today: of(today),
            proposed: of(proposed),
            saving: report.saving.as_ref().into(),
            price_per_unit_filled: tuned.price,
            path,
            replications: LevelsSpent { search: tuned.spent, estimates: today.rows.len() + proposed.rows.len() },
            estimated_with_seed: report.seed.wrapping_add(2),
            guarantee: NoClaim { reached: false, words: NO_GUARANTEE.into() },
            files: files.to_vec(),
        };
        summary.finding = summary.in_words();
        summary
    }

    /// The finding in words.
    fn in_words(&self) -> String {
        let objective = self.objective_measure;
        let of = |figures: &Few<Metric, Reading>| {
            let found = figures.0.iter().find(|(metric, _)| *metric == objective);
            figure(objective, found.map_or_else(Reading::default, |(_, reading)| *reading))
        };
        let (now, then, measure) = (of(&self.today), of(&self.proposed), words(objective));
        let interval = self.saving.figure().and_then(|figure| figure.interval());
        let is_certain = interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
        let (changed, all) = (grouped(self.levels_changed as f64, 0), grouped(self.levels as f64, 0));
        let mut sentence = match self.saving.mean.filter(|_| is_certain) {
            Some(saving) if saving > 0.0 => format!(
                "Other levels for {changed} of {all} pairs of warehouse and product save {} in {measure}: {then} instead of {now}.",
                figure(objective, self.saving)
            ),
            Some(saving) => format!(
                "What must hold costs {} more in {measure}: {then} instead of {now}, with other levels for {changed} of {all} pairs.",
                figure(objective, Reading { mean: Some(-saving), ..self.saving }),
            ),
            None => format!("Today's levels cannot be told from the best found: {measure} {now} against {then}."),
        };
        for it in &self.constraints {
            sentence += &format!(" {}: measured {}.", it.condition, figure(it.measure, it.estimate));
        }
        if !self.feasible && !self.constraints.is_empty() {
            sentence += " No combination that was tried meets it with its interval; this one comes nearest.";
        }
        sentence
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

/// The document of levels proposed product by product.
pub fn levels_document(tuning: &LevelsSummary) -> Document {
    let mut document = Document::new(format!("Levels for {}", tuning.scenario), &tuning.scenario);
    document.open(Block::of(Role::Finding, tuning.in_words()));
    let columns = [
        Column::words("measure"),
        Column::number("today").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
        Column::number("proposed").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
    ];
    let mut table = Table::new("Measure", columns).captioned("Today's levels and the proposed ones");
    for ((metric, today), (_, proposed)) in tuning.today.0.iter().zip(&tuning.proposed.0) {
        let unit = metric.definition().unit;
        table.row([Cell::words(words(*metric)), Cell::figure(unit, *today), Cell::figure(unit, *proposed)]);
    }
    document.push(Section::new("figures", "Figures, on fresh seeds").with(Block::from(table)));
    let objective = tuning.objective_measure;
    let mut path = Table::new(
        "Price",
        [
            Column::words("worth of a unit filled").wide(FIGURE),
            Column::number(words(objective)).with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
            Column::number("units filled").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
        ],
    )
    .captioned("What each price of a further unit filled would choose");
    for tried in &tuning.path {
        let price = tried.price_per_unit_filled;
        path.row([
            Cell::words(grouped(price, 2)),
            Cell::figure(objective.definition().unit, tried.objective),
            Cell::figure(Metric::UnitFillRate.definition().unit, tried.unit_fill_rate),
        ]);
    }
    document.push(Section::new("tradeoff", "What each point of service costs").with(Block::from(path)));
    document.push(Section::new("reading", "What is guaranteed").with(Block::paragraph(&*tuning.guarantee.words)));
    push_sources(&mut document, &tuning.files);
    document
}

/// A row of `levels.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelsRow {
    /// The warehouse's id.
    pub warehouse: String,
    /// The product's id.
    pub product: String,
    /// Today's reorder point, order-up-to level and quantity.
    pub today: [Option<i32>; 3],
    /// Those proposed.
    pub proposed: [Option<i32>; 3],
}

const KEYS: [&str; 3] = ["reorder_point", "order_up_to", "quantity"];

/// Which of the keys are proposed anywhere.
fn used(rows: &[LevelsRow]) -> Vec<usize> {
    (0..KEYS.len()).filter(|&key| rows.iter().any(|row| row.proposed[key].is_some())).collect()
}

fn shown(level: Option<i32>) -> String {
    level.map(|level| level.to_string()).unwrap_or_default()
}

/// The proposed levels as the rows of `[replenishment.levels]`: warehouse, product and the keys proposed.
pub fn proposed_levels_csv(rows: &[LevelsRow]) -> String {
    let used = used(rows);
    let names = ["warehouse", "product"].into_iter().chain(used.iter().map(|&key| KEYS[key]));
    let header = names.map(String::from).collect();
    csv(std::iter::once(header).chain(rows.iter().map(|row| proposal(row, &used))))
}

fn proposal(row: &LevelsRow, used: &[usize]) -> Vec<String> {
    let levels = used.iter().map(|&key| shown(row.proposed[key]));
    [row.warehouse.clone(), row.product.clone()].into_iter().chain(levels).collect()
}

/// The same, then today's levels, and where it is known what the change of the product costs and brings a year.
pub fn levels_csv(rows: &[LevelsRow], effects: Option<&[(f64, f64)]>) -> String {
    let used = used(rows);
    let mut header: Vec<String> = ["warehouse", "product"].map(String::from).to_vec();
    header.extend(used.iter().map(|&key| KEYS[key].to_string()));
    header.extend(used.iter().map(|&key| format!("today_{}", KEYS[key])));
    if effects.is_some() {
        header.extend(["product_cost_change_per_year", "product_units_filled_change_per_year"].map(String::from));
    }
    let table = rows.iter().enumerate().map(|(number, row)| {
        let mut cells = proposal(row, &used);
        cells.extend(used.iter().map(|&key| shown(row.today[key])));
        if let Some((cost, filled)) = effects.map(|effects| effects[number]) {
            cells.extend([format!("{cost:.2}"), format!("{filled:.2}")]);
        }
        cells
    });
    csv(std::iter::once(header).chain(table))
}
