//! A summary made of what became of baselines.

use super::decided::DecisionMoved;
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

/// What the rules decide otherwise, each asked by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decided {
    /// Decision by decision.
    pub moved: Vec<DecisionMoved>,
    /// Whether the check fails by it, whatever the scenarios come to.
    pub counts: bool,
}

impl CheckSummary {
    /// The summary of what became of baselines.
    pub fn new(
        by: Checker,
        baselines: Vec<BaselineSummary>,
        decided: Decided,
        first_event: Option<FirstEventSummary>,
        passed_over: usize,
        notes: Vec<String>,
    ) -> Self {
        let mut rules = RuleMoved::added_up(&baselines);
        // The rule that decides otherwise goes before those that follow from it.
        let mut first: Vec<&str> = DecisionMoved::by_rule(&decided.moved).into_iter().map(|(rule, _)| rule).collect();
        first.extend(first_event.as_ref().and_then(|event| event.rule.as_deref()));
        let place = |moved: &RuleMoved| first.iter().position(|rule| *rule == moved.rule.id()).unwrap_or(first.len());
        rules.sort_by_key(|moved| (place(moved), std::cmp::Reverse(moved.baselines)));
        let by_decision = if decided.counts && !decided.moved.is_empty() { Verdict::Moved } else { Verdict::Unmoved };
        let verdict = baselines.iter().map(|it| it.verdict).fold(by_decision, Verdict::max);
        let mut check = Self {
            backorder: by.backorder,
            platform: by.platform,
            verdict,
            sentence: String::new(),
            checked: baselines.len(),
            passed_over,
            decisions: decided.moved,
            first_event,
            rules,
            baselines,
            notes,
            update: by.command,
        };
        check.sentence = words::sentence(&check);
        check
    }

    /// How bad it is that rules decide otherwise, as annotations have it: an error, unless that is only told.
    pub(super) fn level_of_decisions(&self) -> &'static str {
        if self.verdict == Verdict::Moved { "error" } else { "warning" }
    }
}
