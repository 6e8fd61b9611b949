//! The levels on a run's page: the pairs of warehouse and product that tie up most, and the file with all of them.

use crate::report::data::CsvTable;
use crate::report::document::{Block, Content, Fold};
use crate::report::number::{as_money, grouped};
use crate::report::table::{Cell, Column, Table};

/// So many rows are shown; the file has them all.
const MAX_ROWS: usize = 50;

/// Columns of the file that hold numbers, with their headings and digits.
const NUMBERS: [(&str, &str, usize); 9] = [
    ("forecast_per_day", "forecast a day", 2),
    ("lead_time_demand_mean", "lead-time demand, mean", 1),
    ("lead_time_demand_sd", "lead-time demand, sd", 1),
    ("reorder_point", "reorder point", 0),
    ("order_up_to", "order up to", 0),
    ("quantity", "quantity", 0),
    ("safety_stock", "safety stock", 1),
    ("mean_stock", "mean stock", 1),
    ("capital", "capital", 2),
];

/// The levels, folded, with their file; nothing where nobody buys.
pub(super) fn fold(sheet: &CsvTable) -> Option<Block> {
    let pairs = pairs(sheet);
    let all_pairs = pairs.len();
    let changes = all_pairs < sheet.rows();
    let pairs = largest(sheet, pairs);
    if pairs.is_empty() {
        return None;
    }
    // A policy leaves some levels open, and without costs there is no capital.
    let has = |pair: &[usize], name: &str| pair.iter().any(|&row| sheet.number(row, name).is_some());
    let is_used = |(name, ..): &&(&str, &str, usize)| pairs.iter().any(|pair| has(pair, name));
    let numbers: Vec<_> = NUMBERS.iter().filter(is_used).collect();
    let all = grouped(all_pairs as f64, 0);
    let shown = pairs.len();
    let by = if sheet.column("capital").is_empty() { "stock" } else { "capital" };
    let summary = match shown < all_pairs {
        true => format!("Levels: the {shown} pairs with the most {by} planned, of {all}"),
        false => "Levels of every pair of warehouse and product".to_string(),
    };
    let words = ["product", "warehouse", "vendor"].map(Column::words);
    let headings = numbers.iter().map(|(_, heading, _)| Column::number(*heading));
    let mut table = Table::new(summary.clone(), words.into_iter().chain(headings).chain([Column::words("from")]));
    for pair in &pairs {
        let text = |name: &str| Cell::words(sheet.text(pair[0], name));
        let number = |&&(name, _, digits): &&(&str, &str, usize)| {
            let values = || pair.iter().filter_map(|&row| sheet.number(row, name));
            let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
            if least > most {
                return Cell::number(String::new(), None);
            }
            let (low, high) = (grouped(least, digits), grouped(most, digits));
            let text = if low == high { low } else { format!("{low} to {high}") };
            let text = if name == "capital" { as_money(&text) } else { text };
            Cell::number(text, Some((least + most) / 2.0))
        };
        let cells = ["product", "warehouse", "vendor"].into_iter().map(text).chain(numbers.iter().map(number));
        table.row(cells.chain([text("source")]));
    }
    let note = "The forecast is the mean over the whole time, seasons levelled out. Lead-time demand is that of a lead time and, \
                where stock is reviewed every so often, a review period more; safety stock is what the level holds beyond its \
                mean. Mean stock is what the formulas expect of these levels, and capital its cost.";
    let mut blocks = vec![Block::from(table), Block::paragraph(note)];
    if changes {
        let note = "Levels change in the course of time: the table has the least and the most of each, and the file a row for each \
                    moment from which on others hold.";
        blocks.push(Block::paragraph(note));
    }
    blocks.push(Content::Data("levels.csv".into()).into());
    Some(Content::Fold(Fold { summary: summary.into(), is_wide: true, blocks }).into())
}

/// The rows of each pair, which stand together: several where its levels change in the course of time.
fn pairs(sheet: &CsvTable) -> Vec<Vec<usize>> {
    let rows: Vec<usize> = (0..sheet.rows()).collect();
    let is_same = |one: usize, other: usize| {
        ["product", "warehouse"].iter().all(|name| sheet.text(one, name) == sheet.text(other, name))
    };
    rows.chunk_by(|&one, &other| is_same(one, other)).map(<[usize]>::to_vec).collect()
}

/// The pairs with the most capital planned, or stock where there are no costs; of equals the first.
fn largest(sheet: &CsvTable, pairs: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let most = |name: &str| {
        let number = sheet.numbers(name);
        move |pair: &[usize]| pair.iter().map(|&row| number(row).unwrap_or(0.0)).fold(0.0, f64::max)
    };
    let (capital, stock) = (most("capital"), most("mean_stock"));
    // A number is read from its text, so each is read once and not at every comparison.
    let keyed = pairs.into_iter().map(|pair| ((capital(&pair), stock(&pair)), pair));
    let mut keyed: Vec<((f64, f64), Vec<usize>)> = keyed.collect();
    keyed.sort_by(|(left, _), (right, _)| right.0.total_cmp(&left.0).then(right.1.total_cmp(&left.1)));
    let mut pairs: Vec<Vec<usize>> = keyed.into_iter().map(|(_, pair)| pair).collect();
    pairs.truncate(MAX_ROWS);
    pairs
}
