//! Levels proposed product by product as a document and as tables.

use super::super::charts::Chart;
use super::super::document::{Block, Document, Role, Section};
use super::super::number::in_currency;
use super::super::summary::Reading;
use super::super::table::{Cell, Column, Interval, Table};
use super::super::varied_inputs::{self, VariedInputs};
use super::document::{FIGURE, HALF_WIDTH};
use super::files::{csv, figures};
use super::levels_kept::LevelsSummary;
use super::prose::{own_numbers, price, words};
use super::tradeoff;

/// The document of levels proposed product by product, without charts.
pub fn levels_document(tuning: &LevelsSummary) -> Document {
    in_currency(tuning.currency.as_deref(), || with_chart(tuning, None, None))
}

pub(super) fn with_chart(tuning: &LevelsSummary, chart: Option<Chart>, inputs: Option<&VariedInputs>) -> Document {
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
            Column::number("worth of a unit filled").wide(FIGURE),
            Column::number(words(objective)).with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
            Column::number(words(tuning.service_measure)).with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
        ],
    )
    .captioned("What each price of a further unit filled would choose; of prices that choose the same, the least");
    for same in tuning.path.chunk_by(|a, b| (a.objective, a.service) == (b.objective, b.service)) {
        let worth = same[0].price_per_unit_filled;
        path.row([
            Cell::number(price(worth), Some(worth)),
            Cell::figure(objective.definition().unit, same[0].objective),
            Cell::figure(tuning.service_measure.definition().unit, same[0].service),
        ]);
    }
    let mut section = Section::new("tradeoff", tradeoff::TITLE);
    if let Some(chart) = chart {
        section.push(Block::figures(vec![chart.figure(tradeoff::NAME.to_string())]));
    }
    section.push(Block::from(path));
    document.push(section);
    let (seed, estimates) = (tuning.seed, tuning.estimated_with_seed);
    let (seeds, each) = (format!("{seed} and {estimates}"), tuning.replications.each_estimate);
    let own = Block::paragraph(own_numbers("Search and estimates", &seeds, estimates, each, tuning.feasible));
    document
        .push(Section::new("reading", "What is guaranteed").with(Block::paragraph(&*tuning.guarantee.words)).with(own));
    varied_inputs::push(&mut document, inputs, &tuning.files, tuning.seed);
    document
}

/// `looked_at.csv`: what was simulated while levels were chosen, combinations by their price and all levels moved together.
pub fn levels_looked_at_csv(tuning: &LevelsSummary) -> String {
    let mut header: Vec<String> = ["price_per_unit_filled", "all_levels_by_steps"].map(String::from).to_vec();
    for metric in [tuning.objective_measure, tuning.service_measure] {
        header.extend([metric.name().to_string(), format!("{}_half_width", metric.name())]);
    }
    let row = |price: String, steps: String, objective: Reading, service: Reading| -> Vec<String> {
        [price, steps].into_iter().chain(figures(objective)).chain(figures(service)).collect()
    };
    let path =
        tuning.path.iter().map(|it| row(it.price_per_unit_filled.to_string(), String::new(), it.objective, it.service));
    let ladder = tuning.ladder.iter().map(|it| row(String::new(), it.steps.to_string(), it.objective, it.service));
    csv(std::iter::once(header).chain(path).chain(ladder))
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
