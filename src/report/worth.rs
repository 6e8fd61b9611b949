//! What each rule is worth, on one page of at most 80 columns that a manager can read.

use super::comparison::{extent, notes, paragraph};
use super::number;
use super::text::wrapped;
use crate::experiment::{CONFIDENCE, Difference, Measured, RuleWorth, Standing, WORTH};
use crate::measures::Metric;
use crate::rules::{Relaxation, Rule};
use std::fmt::Write;

/// Columns of the page, of a rule's name, of a measure.
const WIDTH: usize = 80;
const RULE: usize = 22;
/// Columns of a rule's name beside a text.
const NAME: usize = 24;
const MEASURE: [usize; 5] = [12, 12, 12, 12, 10];
/// The headings of the measures, in two lines.
pub(super) const HEADINGS: [(&str, &str); 5] = [
    ("orders", "filled %"),
    ("units never", "shipped %"),
    ("days till a", "unit ships"),
    ("parcels", "an order"),
    ("cost an", "order"),
];

/// The page: a table with a row for each rule that could be taken back, the same in words, and the rules that could not.
pub fn rule_worth_text(worth: &RuleWorth) -> String {
    let mut page = String::new();
    paragraph(&mut page, &format!("What each promise brings and costs: {}", worth.comparison.results[0].scenario));
    paragraph(&mut page, &extent(&worth.comparison));
    page.push('\n');
    paragraph(
        &mut page,
        &format!("With the rule, less without it, ± half of the {} % confidence interval.", CONFIDENCE * 100.0),
    );
    table(&mut page, worth);
    for (title, rows) in [("In words", sentences(worth)), ("Not measured", not_measured(worth))] {
        if !rows.is_empty() {
            let _ = writeln!(page, "\n{title}");
        }
        for (rule, text) in rows {
            item(&mut page, rule, &text);
        }
    }
    page.push('\n');
    paragraph(&mut page, &legend(worth));
    notes(&mut page, &worth.comparison.notes);
    page
}

fn table(page: &mut String, worth: &RuleWorth) {
    page.push('\n');
    for line in 0..2 {
        let mut text = format!("{:RULE$}", if line == 0 { "" } else { "Rule" });
        for ((first, second), width) in HEADINGS.iter().zip(MEASURE) {
            let _ = write!(text, "{:>width$}", if line == 0 { first } else { second });
        }
        let _ = writeln!(page, "{text}");
    }
    let base = &worth.comparison.results[0];
    let mut text = format!("{:RULE$}", "(as it is)");
    for (metric, width) in WORTH.iter().zip(MEASURE) {
        let unit = metric.definition().unit;
        let value = number::estimate(unit, base.estimate(*metric)).0;
        let _ = write!(text, "{:>width$}", value.trim_end_matches([' ', '%', 'd']));
    }
    let _ = writeln!(page, "{text}");
    for &(rule, measured) in &worth.rules {
        if !matches!(measured, Measured::By(_)) {
            continue;
        }
        // The effects, and below them their half-widths.
        let mut lines = [format!("{:RULE$}", rule.id()), format!("{:RULE$}", "")];
        for (&metric, width) in WORTH.iter().zip(MEASURE) {
            let cells = cells(worth, measured, metric);
            for (line, cell) in lines.iter_mut().zip(cells) {
                let _ = write!(line, "{cell:>width$}");
            }
        }
        // Where no replication differs there is nothing below.
        for line in lines.iter().map(|line| line.trim_end()).filter(|line| !line.is_empty()) {
            let _ = writeln!(page, "{line}");
        }
    }
}

/// An effect and its half-width; a dot where not one replication differs.
fn cells(worth: &RuleWorth, measured: Measured, metric: Metric) -> [String; 2] {
    let Some(effect) = worth.effect(measured, metric) else { return [String::new(), String::new()] };
    match (effect.judged.map(|judged| judged.standing), effect.estimate) {
        (Some(Standing::Same), _) => ["·".into(), String::new()],
        (_, None) => ["–".into(), String::new()],
        _ => {
            let (mean, half) = number::difference(metric.definition().unit, effect.estimate.as_ref());
            [mean, format!("±{half}")]
        }
    }
}

/// Rule by rule what is certain, and what stands against it.
pub(super) fn sentences(worth: &RuleWorth) -> Vec<(Rule, String)> {
    let of = |&(rule, measured): &(Rule, Measured)| {
        let (Measured::By(_), Relaxation::Opposite { means, .. }) = (measured, rule.relaxed()) else { return None };
        let (mut brings, mut costs) = (Vec::new(), Vec::new());
        for metric in WORTH {
            let Some(effect) = worth.effect(measured, metric) else { continue };
            match effect.judged.map(|judged| judged.standing) {
                Some(Standing::Better) => brings.push(phrase(metric, &effect)),
                Some(Standing::Worse) => costs.push(phrase(metric, &effect)),
                _ => {}
            }
        }
        let verdict = match (brings.is_empty(), costs.is_empty()) {
            (true, true) => nothing_certain(worth, rule, measured),
            (false, true) => format!("It brings {}.", listed(&brings)),
            (true, false) => format!("It costs {}.", listed(&costs)),
            (false, false) => format!("It brings {}; it costs {}.", listed(&brings), listed(&costs)),
        };
        Some((rule, format!("Without it, {means}. {verdict}")))
    };
    worth.rules.iter().filter_map(of).collect()
}

/// `a, b and c`
fn listed(parts: &[String]) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => parts.concat(),
    }
}

/// Why there is nothing certain to say of a rule.
fn nothing_certain(worth: &RuleWorth, rule: Rule, measured: Measured) -> String {
    let standing = |metric: Metric| worth.effect(measured, metric)?.judged.map(|judged| judged.standing);
    let all = |wanted: &[Standing]| {
        WORTH.iter().all(|&metric| standing(metric).is_some_and(|standing| wanted.contains(&standing)))
    };
    let fired = worth.comparison.results[0].firings(rule).is_some_and(|estimate| estimate.mean > 0.0);
    if all(&[Standing::Same]) && !fired {
        "It had no occasion here.".into()
    } else if all(&[Standing::Same]) {
        "It changed none of these figures in any replication.".into()
    } else if all(&[Standing::Same, Standing::NoMatter]) {
        "It changes none of these figures by as much as matters.".into()
    } else {
        "No effect on these figures is certain and matters, at this many replications.".into()
    }
}

/// `0.42 days sooner`: an effect that is certain.
fn phrase(metric: Metric, effect: &Difference) -> String {
    let value = number::difference_in_a_sentence(metric.definition().unit, effect.estimate.as_ref());
    let amount = value.trim_start_matches(['+', '−']);
    let is_more = effect.estimate.is_some_and(|estimate| estimate.mean > 0.0);
    let of = |more: &str, less: &str| format!("{amount} {}", if is_more { more } else { less });
    match metric {
        Metric::OrderFillRate => of("points more orders filled at once", "points fewer orders filled at once"),
        Metric::NeverShippedUnitShare => of("points more units never shipped", "points fewer units never shipped"),
        Metric::UnitShipDaysMean => of("days longer until a unit ships", "days less until a unit ships"),
        Metric::ParcelsPerOrder => of("more parcels an order", "fewer parcels an order"),
        _ => of("more cost an order", "less cost an order"),
    }
}

/// The rules that were not taken back, and why.
pub(super) fn not_measured(worth: &RuleWorth) -> Vec<(Rule, String)> {
    let why = |measured| match measured {
        Measured::By(_) => None,
        Measured::Without => Some("the scenario does without it already"),
        Measured::NoOpposite(why) => Some(why),
    };
    worth.rules.iter().filter_map(|&(rule, measured)| Some((rule, format!("{}.", why(measured)?)))).collect()
}

fn item(page: &mut String, rule: Rule, text: &str) {
    for (number, line) in wrapped(text, WIDTH - NAME - 2).iter().enumerate() {
        let _ = writeln!(page, "  {:NAME$}{line}", if number == 0 { rule.id() } else { "" });
    }
}

pub(super) fn legend(worth: &RuleWorth) -> String {
    let tested =
        worth.comparison.contrasts.iter().flatten().filter_map(|difference| difference.judged?.p_value).count();
    format!(
        "Shares differ in percentage points; a dot: no replication differs. In words stands only what matters (0.1 point of \
         a share, less near 0 and 1; 0.5 % of any other figure; --indifference sets it) and holds together at {} % (Holm's \
         correction over {tested} differences). Each rule is taken back alone: worths of several do not add.",
        CONFIDENCE * 100.0
    )
}
