//! What the terminal shows of a run.

use super::headline::headline;
use super::tables::{self, KIND, extent};
use crate::measures::{Group, Metric};
use crate::report::document::{Block, Document, Role, Section};
use crate::report::gates;
use crate::report::number::in_currency;
use crate::report::summary::Summary;

/// The results for a terminal: the scorecard first, then the measures by group, then the rules' firings, then what a reader
/// has to know.
pub fn run_document(summary: &Summary) -> Document {
    in_currency(summary.currency.as_deref(), || document(summary))
}

fn document(summary: &Summary) -> Document {
    let mut document = Document::new(KIND, &summary.scenario);
    document.open(Block::paragraph(&summary.scenario).in_text());
    document.open(Block::paragraph(extent(summary)));
    if summary.replications > 1 {
        document
            .open(Block::paragraph(format!("± is half of the {} % confidence interval", summary.confidence * 100.0)));
    }
    let mut opening = Section::on_page("finding", "Finding");
    for sentence in headline(summary) {
        opening.push(Block::of(Role::Finding, sentence));
    }
    document.push(opening);
    let mut section = Section::on_page("summary", "Summary").with(tables::scorecard(summary));
    let said = |metric: Metric| metric.definition().definition;
    for group in Group::ALL {
        match group {
            // Costs a day are there to be told apart by product and place; per order they stand here already.
            Group::DailyCosts => {}
            Group::Costs => section.push(tables::costs(summary, said)),
            _ => {
                let metrics = Metric::ALL.iter().copied().filter(|metric| metric.definition().group == group);
                section.push(tables::measures(summary, group.title(), metrics, said));
            }
        }
    }
    if let Some(table) = tables::events(&summary.events, tables::AROUND_EVENTS, tables::CAPTION_OF_EVENTS) {
        section.push(table);
    }
    section.push(tables::firings(summary));
    for table in [tables::narrowed(summary), gates::table(&summary.gates)].into_iter().flatten() {
        section.push(table);
    }
    for note in &summary.notes {
        section.push(Block::note(note));
    }
    document.push(section);
    document
}

#[cfg(test)]
mod tests {
    use super::tables::{LABEL, VALUE};
    use super::*;
    use crate::experiment::{EventResult, Gate};
    use crate::report::document::WIDTH;
    use crate::report::fixture::{quiet, some};
    use crate::report::text::text;

    /// The character column of ± or of the dash, and what stands before it.
    fn columns(line: &str, of: char) -> Option<usize> {
        line.chars().position(|c| c == of)
    }

    #[test]
    fn a_page_of_eighty_columns() {
        let mut narrowed = some();
        let found = crate::stats::Controlled { mean: 0.9, half_width: 0.01, variance_ratio: 0.25 };
        for metric in Metric::ALL.iter().filter(|metric| !metric.comes_with_a_setting()) {
            narrowed.controlled[metric.index()] = Some(found);
        }
        for results in [some(), quiet(), narrowed] {
            let page = text(&run_document(&Summary::from(&results)));
            for line in page.lines() {
                assert!(line.chars().count() <= WIDTH, "{line}");
                assert_eq!(line.trim_end(), line);
            }
            for metric in Metric::ALL {
                let definition = metric.definition();
                let shown = page.lines().any(|line| line.starts_with(&format!("  {} ", definition.label)));
                let is_there = definition.group != Group::DailyCosts && !metric.comes_with_a_setting();
                assert_eq!(shown, is_there, "{}", definition.name);
                assert!(definition.label.chars().count() <= LABEL - 2, "{}", definition.label);
            }
        }
    }

    #[test]
    fn events_fit_eighty_columns_however_long_their_names() {
        let mut results = some();
        let figures = vec![results.metrics[Metric::OrderFillRate.index()]; 8];
        for name in ["port strike", "a strike in the port through which most of what is sold must come"] {
            let event = EventResult { name: name.into(), kind: "lead time", on: Vec::new(), figures: figures.clone() };
            results.events.push(event);
        }
        let page = text(&run_document(&Summary::from(&results)));
        assert!(page.contains("  port strike") && page.contains("  a strike in the port throug…"), "{page}");
        let wide = page.lines().find(|line| line.chars().count() > WIDTH);
        assert_eq!(wide, None);
    }

    #[test]
    fn it_opens_with_the_scorecard_and_everything_stands_in_one_column() {
        let page = text(&run_document(&Summary::from(&some())));
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(
            lines[..3],
            [
                "some orders",
                "4 replications of 10 days after 1 day of warm-up, 5 days of run-out, seed 7",
                "± is half of the 95 % confidence interval",
            ]
        );
        let all = lines.iter().position(|line| line.starts_with("Promises")).expect("a scorecard");
        assert_eq!(lines[4], "100.0 % of the orders find all they ask for at once; an order costs 7.55. All 2");
        let signs: Vec<usize> = lines[all + 1..].iter().filter_map(|line| columns(line, '±')).collect();
        assert!(signs.len() > 60 && signs.iter().all(|&column| column == LABEL + VALUE + 1), "{signs:?}");
        let promise = |label: &str| *lines.iter().find(|line| line.contains(label)).unwrap();
        assert_eq!(
            promise("almost always"),
            "  almost always stock in at least one place  100.0 % ± 0.0   ≥ 99 %  kept"
        );
        assert_eq!(
            promise("comes before it runs out"),
            "  next shipment comes before it runs out           –         ≥ 95 %  no occasion"
        );
    }

    #[test]
    fn one_replication_has_dashes_for_half_widths_and_says_so() {
        let page = text(&run_document(&Summary::from(&quiet())));
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
        let page = text(&run_document(&Summary::from(&results)));
        let (_, gates) = page.split_once("\nGates: ").unwrap();
        let lines: Vec<&str> = gates.lines().collect();
        assert_eq!(lines[0], "not all had an occasion");
        assert_eq!(lines[1], "  order_fill_rate = 1                        100.0 % ± 0.0    holds");
        assert_eq!(lines[2], "  orders >= 9                                     10 ± 0      holds");
        assert_eq!(lines[3], "  back_within_3_days_share > 0.5                   –          no occasion");
        let alone = results.judge(&[Gate::parse("change(orders) > 0").unwrap()]);
        assert!(alone.unwrap_err().to_string().contains("there is but one"));
    }
}
