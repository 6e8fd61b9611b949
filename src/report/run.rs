//! A run as a document for the terminal: the scorecard, the measures by group, what the rules did.

use super::document::{Block, Document, Section};
use super::gates;
use super::number;
use super::prose::Extent;
use super::table::{Cell, Column, Interval, Table};
use super::words::Tone;
use crate::experiment::{HEADLINE, PromiseResult, Results};
use crate::measures::{Group, Metric, Unit, Verdict};
use crate::rules::Rule;
use crate::stats::CONFIDENCE;
use crate::stats::Controlled;

/// Columns of a label in a terminal, of a promise's words, and of the values beside them. Values end, and ± stands, in
/// the same column on the whole page.
const LABEL: usize = 40;
const VALUE: usize = 12;
const PROMISE: usize = 44;
const PROMISE_VALUE: usize = 8;
const HALF_WIDTH: usize = 6;

/// The results for a terminal: the scorecard first, then the measures by group, then the rules' firings, then what a reader
/// has to know.
pub fn run_document(results: &Results) -> Document {
    let mut document = Document::new("Order fulfilment, simulated", &results.scenario);
    document.open(Block::paragraph(&results.scenario).in_text());
    document.open(Block::paragraph(extent(results)));
    if results.replications() > 1 {
        document.open(Block::paragraph(format!("± is half of the {} % confidence interval", CONFIDENCE * 100.0)));
    }
    let mut section = Section::on_page("summary", "Summary").with(scorecard(&results.promises));
    for group in Group::ALL {
        // Costs a day are there to be told apart by product and place; per order they stand here already.
        if group != Group::DailyCosts {
            section.push(measures(results, group));
        }
    }
    section.push(firings(results));
    for table in [controlled(results), gates::table(&results.gates)].into_iter().flatten() {
        section.push(table);
    }
    for note in &results.notes {
        section.push(Block::note(note));
    }
    document.push(section);
    document
}

fn extent(results: &Results) -> String {
    let extent = Extent {
        replications: results.replications() as u64,
        horizon: results.horizon,
        warm_up: results.warm_up,
        run_out: results.run_out,
    };
    format!("{}, seed {}", extent.words(false), results.seed)
}

fn scorecard(promises: &[PromiseResult]) -> Table {
    let columns = [
        Column::words("Promise").wide(PROMISE),
        Column::number("measured").wide(PROMISE_VALUE).with_interval(Interval::Column, HALF_WIDTH - 1),
        Column::words("wanted").wide(8),
        Column::words("Verdict"),
    ];
    let mut table = Table::new("Promises", columns).captioned("The retailer's promises");
    for result in promises {
        let unit = result.promise.metric().definition().unit;
        let wanted = format!("{} {}", result.promise.sign(result.threshold), number::threshold(unit, result.threshold));
        table.row([
            Cell::words(result.promise.label()),
            Cell::figure(unit, result.estimate.as_ref()),
            Cell::number(wanted, Some(result.threshold)),
            verdict(result.verdict),
        ]);
    }
    table
}

fn verdict(verdict: Verdict) -> Cell {
    let tone = match verdict {
        Verdict::Kept => Tone::Good,
        Verdict::Broken => Tone::Bad,
        Verdict::Undecided => Tone::Unclear,
        Verdict::NoOccasion => Tone::Neutral,
    };
    Cell::verdict(verdict.to_string(), Some(tone))
}

/// A table of figures, one a row.
fn figures(title: &str) -> Table {
    let columns = [
        Column::words("Measure").wide(LABEL),
        Column::number("Estimate").wide(VALUE).with_interval(Interval::Column, HALF_WIDTH),
    ];
    Table::new(title, columns).without_headings()
}

fn measures(results: &Results, group: Group) -> Table {
    let mut table = figures(group.title());
    for &metric in Metric::ALL {
        let definition = metric.definition();
        if definition.group == group {
            table.row([Cell::words(definition.label), Cell::figure(definition.unit, results.estimate(metric))]);
        }
    }
    table
}

fn firings(results: &Results) -> Table {
    let mut table = figures("Rules fired per 1,000 orders");
    for rule in Rule::ALL {
        table.row([Cell::words(rule.id()), Cell::figure(Unit::Count("times"), results.firings(rule))]);
    }
    table
}

/// The measures that control variates narrow, with what a plain interval of that width would take.
fn controlled(results: &Results) -> Option<Table> {
    let columns = [
        Column::words("Measure").wide(LABEL),
        Column::number("Estimate").wide(VALUE).with_interval(Interval::Column, HALF_WIDTH),
        Column::words("Times the replications"),
    ];
    let title = format!("Narrower by control variates ({})", results.controls.join(", "));
    let mut table = Table::new(title, columns).without_headings();
    table.footnote = Some("×: so many times the replications would narrow a plain interval as far.".into());
    for &metric in Metric::ALL.iter().filter(|metric| HEADLINE.contains(metric)) {
        let Some(Controlled { mean, half_width, variance_ratio }) = results.controlled[metric.index()] else {
            continue;
        };
        let definition = metric.definition();
        let gain = number::grouped(1.0 / variance_ratio, 1);
        table.row([
            Cell::words(definition.label),
            Cell::measured(definition.unit, mean, Some(half_width)),
            Cell::number(format!("{gain} ×"), Some(1.0 / variance_ratio)),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Gate;
    use crate::report::document::WIDTH;
    use crate::report::fixture::{quiet, some};
    use crate::report::text::text;

    /// The character column of ± or of the dash, and what stands before it.
    fn columns(line: &str, of: char) -> Option<usize> {
        line.chars().position(|c| c == of)
    }

    #[test]
    fn a_page_of_eighty_columns() {
        for results in [some(), quiet()] {
            let page = text(&run_document(&results));
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
        let page = text(&run_document(&some()));
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
        let page = text(&run_document(&quiet()));
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
        let page = text(&run_document(&results));
        let (_, gates) = page.split_once("\nGates: ").unwrap();
        let lines: Vec<&str> = gates.lines().collect();
        assert_eq!(lines[0], "not decidable at this many replications");
        assert_eq!(lines[1], "  order_fill_rate = 1                        100.0 % ± 0.0    holds");
        assert_eq!(lines[2], "  orders >= 9                                     10 ± 0      holds");
        assert_eq!(lines[3], "  back_within_3_days_share > 0.5                   –          not decidable");
        let alone = results.judge(&[Gate::parse("change(orders) > 0").unwrap()]);
        assert!(alone.unwrap_err().to_string().contains("there is but one"));
    }
}
