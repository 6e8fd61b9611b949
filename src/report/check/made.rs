//! A summary made of what became of baselines.

use super::summary::{BaselineSummary, CheckSummary, FirstEventSummary, RuleMoved};
use super::words;
use crate::experiment::check::Verdict;

/// Who checks, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Checker {
    /// The version of the program.
    pub backorder: String,
    /// The kind of machine, such as `x86_64-linux`.
    pub platform: String,
    /// The command, to which `--update` is added to take a change over.
    pub command: String,
}

impl CheckSummary {
    /// The summary of what became of baselines.
    pub fn new(
        by: Checker,
        baselines: Vec<BaselineSummary>,
        first_event: Option<FirstEventSummary>,
        passed_over: usize,
        notes: Vec<String>,
    ) -> Self {
        let mut rules = RuleMoved::added_up(&baselines);
        // The rule that decided otherwise goes before those that follow from it.
        let decided = first_event.as_ref().and_then(|event| event.rule.clone());
        rules.sort_by_key(|moved| (decided.as_deref() != Some(moved.rule.id()), std::cmp::Reverse(moved.baselines)));
        let mut check = Self {
            backorder: by.backorder,
            platform: by.platform,
            verdict: baselines.iter().map(|it| it.verdict).max().unwrap_or(Verdict::Unmoved),
            sentence: String::new(),
            checked: baselines.len(),
            passed_over,
            first_event,
            rules,
            baselines,
            notes,
            update: by.command,
        };
        check.sentence = words::sentence(&check);
        check
    }
}
