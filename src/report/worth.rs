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
const HEADINGS: [(&str, &str); 5] = [
    ("orders", "filled %"),
    ("units never", "shipped %"),
    ("days to", "ship"),
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
    words(&mut page, worth);
    others(&mut page, worth);
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
        let mut text = format!("{:RULE$}", rule.id());
        for (&metric, width) in WORTH.iter().zip(MEASURE) {
            let _ = write!(text, "{:>width$}", cell(worth, measured, metric, width - 1));
        }
        let _ = writeln!(page, "{text}");
    }
}

/// An effect with its half-width; a dot where not one replication differs.
fn cell(worth: &RuleWorth, measured: Measured, metric: Metric, width: usize) -> String {
    let Some(effect) = worth.effect(measured, metric) else { return String::new() };
    match (effect.judged.map(|judged| judged.standing), effect.estimate) {
        (Some(Standing::Same), _) => "·".into(),
        (_, None) => "–".into(),
        _ => {
            // Two digits of the half-width where there is room, else one or none.
            let shown = (0..=2).map(|fewer| {
                let (mean, half) = number::difference_of(metric.definition().unit, effect.estimate.as_ref(), fewer);
                format!("{mean}±{half}")
            });
            let all: Vec<String> = shown.collect();
            all.iter().find(|text| text.chars().count() <= width).unwrap_or(&all[2]).clone()
        }
    }
}

/// Rule by rule what is certain, and what stands against it.
fn words(page: &mut String, worth: &RuleWorth) {
    page.push_str("\nIn words\n");
    for &(rule, measured) in &worth.rules {
        let (Measured::By(_), Relaxation::Opposite { means, .. }) = (measured, rule.relaxed()) else { continue };
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
        item(page, rule, &format!("Without it, {means}. {verdict}"));
    }
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
    let is_same = |&metric: &Metric| {
        let effect = worth.effect(measured, metric);
        effect.and_then(|effect| effect.judged).is_some_and(|judged| judged.standing == Standing::Same)
    };
    let fired = worth.comparison.results[0].firings(rule).is_some_and(|estimate| estimate.mean > 0.0);
    match (WORTH.iter().all(is_same), fired) {
        (true, false) => "It had no occasion here.".into(),
        (true, true) => "It changed none of these figures in any replication.".into(),
        (false, _) => "No effect on these figures is certain at this many replications.".into(),
    }
}

/// `0.42 days sooner`: an effect that is certain.
fn phrase(metric: Metric, effect: &Difference) -> String {
    let (value, _) = number::difference(metric.definition().unit, effect.estimate.as_ref());
    let amount = value.trim_start_matches(['+', '−']);
    let is_more = effect.estimate.is_some_and(|estimate| estimate.mean > 0.0);
    let of = |more: &str, less: &str| format!("{amount} {}", if is_more { more } else { less });
    match metric {
        Metric::OrderFillRate => of("points more orders filled at once", "points fewer orders filled at once"),
        Metric::NeverShippedUnitShare => of("points more units never shipped", "points fewer units never shipped"),
        Metric::ShipDaysMean => of("days longer until an order has shipped", "days less until an order has shipped"),
        Metric::ParcelsPerOrder => of("more parcels an order", "fewer parcels an order"),
        _ => of("more cost an order", "less cost an order"),
    }
}

/// The rules that were not taken back, and why.
fn others(page: &mut String, worth: &RuleWorth) {
    let why = |measured| match measured {
        Measured::By(_) => None,
        Measured::Without => Some("the scenario does without it already"),
        Measured::NoOpposite(why) => Some(why),
    };
    let rest: Vec<(Rule, &str)> =
        worth.rules.iter().filter_map(|&(rule, measured)| Some((rule, why(measured)?))).collect();
    if rest.is_empty() {
        return;
    }
    page.push_str("\nNot measured\n");
    for (rule, why) in rest {
        item(page, rule, &format!("{why}."));
    }
}

fn item(page: &mut String, rule: Rule, text: &str) {
    for (number, line) in wrapped(text, WIDTH - NAME - 2).iter().enumerate() {
        let _ = writeln!(page, "  {:NAME$}{line}", if number == 0 { rule.id() } else { "" });
    }
}

fn legend(worth: &RuleWorth) -> String {
    let tested =
        worth.comparison.contrasts.iter().flatten().filter_map(|difference| difference.judged?.p_value).count();
    format!(
        "Shares differ in percentage points; a dot: no replication differs. In words stands only what holds together at \
         {} % (Holm's correction over {tested} differences). Each rule is taken back alone: worths of several do not add.",
        CONFIDENCE * 100.0
    )
}
