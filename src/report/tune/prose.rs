//! Measures and figures in sentences.

use super::super::number;
use super::super::prose::figure_words;
pub(super) use super::super::prose::measure_words as words;
use super::super::summary::Reading;
use super::super::words::Text;
use super::kept::Measured;
use crate::measures::Metric;

/// A figure with its interval: `12.30 ± 0.04`.
pub(super) fn figure(metric: Metric, reading: Reading) -> String {
    figure_words(metric.definition().unit, reading)
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

/// A saving as a share of what it is saved from: ` (2.2 %)`; nothing where that is nothing.
pub(super) fn percent(saved: f64, from: Reading) -> String {
    let from = from.mean.filter(|mean| *mean != 0.0);
    from.map_or(String::new(), |from| format!(" ({} %)", number::grouped(100.0 * saved / from.abs(), 1)))
}

/// What had to hold, as measured: ` unit_fill_rate >= 0.9: measured 91.2 ± 0.1 %.`; nothing where nothing had to.
pub(super) fn measured(constraints: &[Measured]) -> String {
    let of = |it: &Measured| format!("{}: measured {}", it.condition, figure(it.measure, it.estimate));
    let all: Vec<String> = constraints.iter().map(of).collect();
    if all.is_empty() { String::new() } else { format!(" {}.", all.join("; ")) }
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
