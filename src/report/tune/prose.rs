//! Measures and figures in sentences.

use super::super::axis_words::each_at;
use super::super::condition::written_condition;
use super::super::number;
pub(super) use super::super::prose::measure_words as words;
use super::super::prose::{capital, figure_words};
use super::super::summary::Reading;
use super::super::words::Text;
use super::kept::{Measured, Settings};
use crate::experiment::SweepAxis;
use crate::measures::{Metric, Unit};

/// A figure with its interval: `12.30 ± 0.04`.
pub(super) fn figure(metric: Metric, reading: Reading) -> String {
    figure_words(metric.definition().unit, reading)
}

/// Settings in a sentence: `reorder point 12, sourcing policy nearest`.
pub(super) fn said(axes: &[SweepAxis], settings: &Settings) -> String {
    each_at(axes, settings.0.iter().map(|(_, value)| value))
}

/// A difference with its interval, as large as it is, whichever way: `1.20 ± 0.04`; of shares in percentage points.
pub(super) fn difference(metric: Metric, reading: Reading) -> String {
    let unit = metric.definition().unit;
    let text = figure_words(unit, Reading { mean: reading.mean.map(f64::abs), ..reading });
    match (unit, text.strip_suffix(" %")) {
        (Unit::Share, Some(number)) => format!("{number} points"),
        _ => text,
    }
}

/// The worth of a further unit filled; of a large one cents say nothing.
pub(super) fn price(worth: f64) -> String {
    number::money(worth, if worth < 1_000.0 { 2 } else { 0 })
}

/// Whether the interval of a difference leaves out 0.
pub(super) fn is_certain(difference: Reading) -> bool {
    let interval = difference.figure().and_then(|figure| figure.interval());
    interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0)
}

/// A saving as a share of what it is saved from: ` (2.2 %)`; nothing where that is nothing, or a share itself, of which it would be
/// taken for the points.
pub(super) fn percent(metric: Metric, saved: f64, from: Reading) -> String {
    let from = from.mean.filter(|mean| *mean != 0.0 && metric.definition().unit != Unit::Share);
    from.map_or(String::new(), |from| format!(" ({} %)", number::grouped(100.0 * saved / from.abs(), 1)))
}

/// What had to hold, as measured: ` Units filled at once ≥ 90 %: measured 91.2 ± 0.1 %.`; nothing where nothing had to.
pub(super) fn measured(constraints: &[Measured]) -> String {
    let of =
        |it: &Measured| format!("{}: measured {}", written_condition(&it.condition), figure(it.measure, it.estimate));
    let all: Vec<String> = constraints.iter().map(of).collect();
    if all.is_empty() { String::new() } else { format!(" {}.", beginning(&all.join("; "))) }
}

/// What had to hold: `units filled at once ≥ 90 % and cost per order ≤ 5`.
pub(super) fn must<'c>(conditions: impl Iterator<Item = &'c str>) -> String {
    conditions.map(written_condition).collect::<Vec<_>>().join(" and ")
}

/// The words where a sentence begins; a key stays as it is written.
pub(super) fn beginning(words: &str) -> String {
    let is_key = words.split([' ', '=']).next().is_some_and(|word| word.contains('.'));
    if is_key { words.to_string() } else { capital(words) }
}

/// Where the figures come from, and what gives those of the tuned scenario again, where there is one.
pub(super) fn own_numbers(stages: &str, seeds: &str, estimates: u64, each: u32, is_tuned: bool) -> Text {
    let own = Text::default().plain(format!(
        "{stages} have random numbers of their own (seeds {seeds}): the figures above come from replications that had no part \
         in choosing"
    ));
    if !is_tuned {
        return own.plain(".");
    }
    let again = format!("backorder run tuned.toml --seed {estimates} --replications {each}");
    own.plain(", and ").code(again).plain(" gives them again.")
}
