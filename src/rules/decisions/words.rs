//! How cases and answers are written in the table of decisions.

use std::fmt::Display;

use crate::domain::{Availability, Mode, RuleSettings, SimTime, Span};
use crate::rules::Rule;

pub(super) const BOTH: [bool; 2] = [false, true];
pub(super) const DAY: Span = Span(86_400);

pub(super) const AVAILABILITIES: [Availability; 3] = [Availability::All, Availability::Some, Availability::None];

pub(super) fn available(availability: Availability) -> &'static str {
    match availability {
        Availability::All => "all available",
        Availability::Some => "some available",
        Availability::None => "none available",
    }
}

pub(super) fn by_rule((mode, rule): (Mode, Rule)) -> String {
    let mode = match mode {
        Mode::ShipsNow => "ships now",
        Mode::Split => "is split",
        Mode::Held => "is held",
    };
    format!("{mode} ({})", rule.id())
}

pub(super) fn pairs() -> impl Iterator<Item = (bool, bool)> {
    BOTH.into_iter().flat_map(|one| BOTH.into_iter().map(move |other| (one, other)))
}

/// The usual settings with a change.
pub(super) fn changed(change: impl FnOnce(&mut RuleSettings)) -> RuleSettings {
    let mut rules = RuleSettings::default();
    change(&mut rules);
    rules
}

/// So many days from the fifth on.
pub(super) fn in_days(days: f64) -> SimTime {
    SimTime(5 * DAY.0 + (days * DAY.0 as f64) as i64)
}

pub(super) const fn yes(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

pub(super) fn rank(rank: Option<usize>) -> String {
    rank.map_or_else(|| "none".to_string(), |rank| format!("rank {}", rank + 1))
}

pub(super) fn listed(items: impl IntoIterator<Item = impl Display>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    if items.is_empty() { "none".to_string() } else { items.join(" ") }
}
