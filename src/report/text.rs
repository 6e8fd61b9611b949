//! The table a planner reads in the terminal: plain text of at most 80 columns.

use super::comparison::notes;
use super::gates;
use super::number::{self, NONE};
use crate::domain::Span;
use crate::experiment::{CONFIDENCE, HEADLINE, PromiseResult, Results};
use crate::measures::{Group, Metric, Unit};
use crate::rules::Rule;
use crate::stats::{Controlled, Estimate};
use std::fmt::Write;

/// Columns of the page.
const WIDTH: usize = 80;
/// Columns of a promise or a measure's label. Values end, and ± stands, in the same column on the whole page.
const PROMISE: usize = 44;
const PROMISE_VALUE: usize = 8;
const LABEL: usize = 40;
const VALUE: usize = 12;
/// Columns of a half-width on the scorecard.
const HALF_WIDTH: usize = 6;
/// Columns of a threshold with its sign.
const WANTED: usize = 8;

/// The results as a page of text: the scorecard first, then the measures by group, then the rules' firings, then what a
/// reader has to know.
pub fn text(results: &Results) -> String {
    let mut page = String::new();
    heading(&mut page, results);
    scorecard(&mut page, &results.promises);
    for group in Group::ALL {
        // Costs a day are there to be told apart by product and place; per order they stand here already.
        if group != Group::DailyCosts {
            section(&mut page, results, group);
        }
    }
    rules(&mut page, results);
    controlled(&mut page, results);
    gates::section(&mut page, &results.gates);
    notes(&mut page, &results.notes);
    page
}

fn heading(page: &mut String, results: &Results) {
    for line in wrapped(&results.scenario, WIDTH) {
        let _ = writeln!(page, "{line}");
    }
    let replications = match results.replications() {
        1 => "1 replication".to_string(),
        n => format!("{} replications", number::grouped(n as f64, 0)),
    };
    let mut run = format!("{replications} of {}", length(results.horizon));
    if results.warm_up > Span::ZERO {
        let _ = write!(run, " after {} of warm-up", length(results.warm_up));
    }
    if results.run_out > Span::ZERO {
        let _ = write!(run, ", {} of run-out", length(results.run_out));
    }
    let _ = write!(run, ", seed {}", results.seed);
    for line in wrapped(&run, WIDTH) {
        let _ = writeln!(page, "{line}");
    }
    if results.replications() > 1 {
        let _ = writeln!(page, "± is half of the {} % confidence interval", CONFIDENCE * 100.0);
    }
}

/// Whole days in words, anything else as scenario files write it.
pub(super) fn length(span: Span) -> String {
    match (span.0 % Span::from_days(1).0, span.0 / Span::from_days(1).0) {
        (0, 1) => "1 day".into(),
        (0, days) => format!("{} days", number::grouped(days as f64, 0)),
        _ => span.to_string(),
    }
}

fn scorecard(page: &mut String, promises: &[PromiseResult]) {
    let _ = writeln!(
        page,
        "\n{:<PROMISE$}{:>PROMISE_VALUE$}   {:<HALF_WIDTH$}{:<WANTED$}Verdict",
        "Promises", "measured", "", "wanted"
    );
    for result in promises {
        let unit = result.promise.metric().definition().unit;
        let (value, half) = number::estimate(unit, result.estimate.as_ref());
        let sign = result.promise.sign(result.threshold);
        let wanted = format!("{sign} {}", number::threshold(unit, result.threshold));
        let interval = interval(result.estimate.as_ref(), &half);
        let _ = writeln!(
            page,
            "  {:<words$}{value:>PROMISE_VALUE$}{interval:<half_width$}{wanted:<WANTED$}{}",
            result.promise.label(),
            result.verdict,
            words = PROMISE - 2,
            half_width = HALF_WIDTH + 3,
        );
    }
}

fn section(page: &mut String, results: &Results, group: Group) {
    let _ = writeln!(page, "\n{}", group.title());
    for &metric in Metric::ALL {
        let definition = metric.definition();
        if definition.group == group {
            row(page, definition.label, definition.unit, results.estimate(metric));
        }
    }
}

fn rules(page: &mut String, results: &Results) {
    let _ = writeln!(page, "\nRules fired per 1,000 orders");
    for rule in Rule::ALL {
        row(page, rule.id(), Unit::Count("times"), results.firings(rule));
    }
}

/// The measures that control variates narrow, with what a plain interval of that width would take.
fn controlled(page: &mut String, results: &Results) {
    let found: Vec<(Metric, Controlled)> = Metric::ALL
        .iter()
        .filter(|metric| HEADLINE.contains(metric))
        .filter_map(|&metric| Some((metric, results.controlled[metric.index()]?)))
        .collect();
    if found.is_empty() {
        return;
    }
    let _ = writeln!(page, "\nNarrower by control variates ({})", results.controls.join(", "));
    for (metric, controlled) in found {
        let definition = metric.definition();
        let (value, half) = number::figure(definition.unit, controlled.mean, Some(controlled.half_width));
        let gain = number::grouped(1.0 / controlled.variance_ratio, 1);
        let _ = writeln!(
            page,
            "  {:<width$}{value:>VALUE$} ± {half:<HALF_WIDTH$} worth {gain} × the replications",
            definition.label,
            width = LABEL - 2
        );
    }
}

fn row(page: &mut String, label: &str, unit: Unit, estimate: Option<&Estimate>) {
    let (value, half) = number::estimate(unit, estimate);
    let line = format!("  {label:<width$}{value:>VALUE$}{}", interval(estimate, &half), width = LABEL - 2);
    let _ = writeln!(page, "{}", line.trim_end());
}

/// The half-width with its sign; nothing after a dash.
fn interval(estimate: Option<&Estimate>, half_width: &str) -> String {
    if estimate.is_some() { format!(" ± {half_width}") } else { String::new() }
}

/// A text broken at spaces into lines of at most `width` characters; a longer word has a line of its own.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    if lines.is_empty() {
        lines.push(NONE.into());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Gate;
    use crate::report::fixture::{quiet, some};

    /// The character column of ± or of the dash, and what stands before it.
    fn columns(line: &str, of: char) -> Option<usize> {
        line.chars().position(|c| c == of)
    }

    #[test]
    fn a_page_of_eighty_columns() {
        for results in [some(), quiet()] {
            let page = text(&results);
            for line in page.lines() {
                assert!(line.chars().count() <= WIDTH, "{line}");
                assert_eq!(line.trim_end(), line);
            }
            for metric in Metric::ALL {
                let definition = metric.definition();
                let shown = page.lines().any(|line| line.starts_with(&format!("  {} ", definition.label)));
                assert_eq!(shown, definition.group != Group::DailyCosts, "{}", definition.name);
                assert!(definition.label.chars().count() <= LABEL - 2, "{}", definition.label);
            }
        }
    }

    #[test]
    fn it_opens_with_the_scorecard_and_everything_stands_in_one_column() {
        let page = text(&some());
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(
            lines[..3],
            [
                "some orders",
                "4 replications of 10 days after 1 day of warm-up, 5 days of run-out, seed 7",
                "± is half of the 95 % confidence interval",
            ]
        );
        assert!(lines[4].starts_with("Promises"), "{}", lines[4]);
        let signs: Vec<usize> = lines[5..].iter().filter_map(|line| columns(line, '±')).collect();
        assert!(signs.len() > 60 && signs.iter().all(|&column| column == LABEL + VALUE + 1), "{signs:?}");
        let promise = |label: &str| *lines.iter().find(|line| line.contains(label)).unwrap();
        assert_eq!(
            promise("almost always"),
            "  almost always stock in at least one place  100.0 % ± 0.0   ≥ 99 %  kept"
        );
        assert_eq!(
            promise("comes before it runs out"),
            "  the next shipment comes before it runs out       –         ≥ 95 %  no occasion"
        );
    }

    #[test]
    fn one_replication_has_dashes_for_half_widths_and_says_so() {
        let page = text(&quiet());
        assert!(page.contains("  orders asked for                                 0 ± –\n"), "{page}");
        assert!(page.contains("  orders filled at once                            –\n"), "{page}");
        assert!(page.contains("\nNote: one replication: there are no intervals\n"), "{page}");
        assert!(!page.contains("NaN") && !page.contains("inf"));
    }

    #[test]
    fn gates_stand_at_the_end_and_say_what_they_rest_on() {
        let mut results = some();
        let gates = ["order_fill_rate = 1", "orders >= 9", "back_within_3_days_share > 0.5"];
        results.judge(&gates.map(|gate| Gate::parse(gate).unwrap())).unwrap();
        let page = text(&results);
        let (_, gates) = page.split_once("\nGates: ").unwrap();
        let lines: Vec<&str> = gates.lines().collect();
        assert_eq!(lines[0], "not decidable at this many replications");
        assert_eq!(lines[1], "  order_fill_rate = 1                        100.0 % ± 0.0    holds");
        assert_eq!(lines[2], "  orders >= 9                                     10 ± 0      holds");
        assert_eq!(lines[3], "  back_within_3_days_share > 0.5                   –          not decidable");
        let alone = results.judge(&[Gate::parse("change(orders) > 0").unwrap()]);
        assert!(alone.unwrap_err().to_string().contains("there is but one"));
    }

    #[test]
    fn wrapping() {
        assert_eq!(wrapped("aa bb  cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrapped("longer-than-that x", 5), ["longer-than-that", "x"]);
        assert_eq!(length(Span(90_061)), "1d1h1m1s");
        assert_eq!(length(Span::from_days(365)), "365 days");
    }
}
