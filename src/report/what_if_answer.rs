//! The answer of a page that was asked "what if", in the words of `backorder compare`.

use super::comparison::{contrast, legend};
use super::comparison_finding::{Finding, finding};
use super::document::{Block, Role};
use super::html::fragment;
use super::summary::ComparisonSummary;

/// A comparison of two scenarios as markup for a page: the finding, the differences with intervals and verdicts, how to read them.
pub fn what_if_answer(comparison: &ComparisonSummary) -> String {
    let Finding { choice, each } = finding(comparison);
    let sentences = choice.into_iter().chain(each);
    let mut blocks: Vec<Block> = sentences.map(|sentence| Block::of(Role::Finding, sentence)).collect();
    blocks.push(contrast(comparison, 1).into());
    blocks.push(Block::paragraph(legend(comparison)));
    blocks.extend(comparison.compared.notes.iter().map(Block::note));
    fragment(&blocks)
}
