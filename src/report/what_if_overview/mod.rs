//! Everything that was asked of a page so far: which answer costs least and which serves best, a picture of cost against service with
//! the result above in it, and a table.

mod answers;
mod finding;
mod picture;
mod table;
#[cfg(test)]
mod tests;

use super::document::{Block, Role};
use super::html::fragment;
use super::number;
use super::summary::{ComparisonSummary, Kept};
use answers::{Answer, Overview};

pub use answers::{Asked, Moved, WhatIfAsked};

/// Finding, picture and table of everything that was asked, as markup for a page.
///
/// # Errors
/// Which answer cannot be read, or that there is none.
pub fn what_if_overview(asked: &WhatIfAsked) -> Result<String, String> {
    let read = |it: &Asked| ComparisonSummary::from_json(&it.comparison).map_err(|why| format!("error: {why}"));
    let comparisons = asked.answers.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if comparisons.iter().any(|it| it.scenarios.len() != 2) {
        return Err("error: an answer is of the scenario as it is and as it is changed".into());
    }
    let Some(last) = comparisons.len().checked_sub(1) else { return Err("error: nothing was asked".into()) };
    let marked = asked.shown.filter(|&shown| shown <= last).unwrap_or(last);
    let answers: Vec<Answer> = asked.answers.iter().zip(&comparisons).map(Answer::of).collect();
    let currency = comparisons[marked].compared.currency.clone();
    Ok(number::in_currency(currency.as_deref(), || {
        fragment(&blocks(&Overview::of(&answers, marked, asked.shown.is_some())))
    }))
}

fn blocks(overview: &Overview<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> =
        overview.finding().map(|sentence| Block::of(Role::Finding, sentence)).into_iter().collect();
    blocks.extend(overview.chart().map(|chart| Block::figures(vec![chart.figure("asked")])));
    blocks.push(overview.table().into());
    blocks
}
