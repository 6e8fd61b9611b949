//! The tables of a run, for the terminal and the page alike.

use super::headline::a_year;
use crate::experiment::HEADLINE;
use crate::measures::{Group, Metric, Unit, Verdict};
use crate::report::number;
use crate::report::prose::Extent;
use crate::report::summary::{EventSummary, Figures, Narrowed, PromiseSummary, Reading, Summary};
use crate::report::table::{Cell, Column, Interval, Row, Table};
use crate::report::words::{Text, Tone};
use crate::rules::Rule;

/// What kind of document a run is.
pub(super) const KIND: &str = "Order fulfilment, simulated";

/// Columns of a label in a terminal, of a promise's words, and of the values beside them. Values end, and ± stands, in
/// the same column on the whole page.
pub(super) const LABEL: usize = 40;
pub(super) const VALUE: usize = 12;
const PROMISE: usize = 43;
const PROMISE_VALUE: usize = 9;
const WANTED: usize = 8;
const HALF_WIDTH: usize = 6;

/// How long, how often, from which seed.
pub(super) fn extent(summary: &Summary) -> String {
    let Summary { replications, horizon_days, warm_up_days, run_out_days, seed, .. } = *summary;
    let extent = Extent::of_days(replications as u64, horizon_days, warm_up_days, run_out_days);
    format!("{}, seed {seed}", extent.words(false))
}

/// Promises, measured and wanted, with the verdicts.
pub(super) fn scorecard(summary: &Summary) -> Table {
    let columns = [
        Column::words("Promise").wide(PROMISE),
        Column::number("Measured").wide(PROMISE_VALUE).with_interval(Interval::Column, HALF_WIDTH - 1),
        Column::words("Wanted").wide(WANTED).labelled("wanted"),
        Column::words("Verdict"),
    ];
    let mut table = Table::new("Promises", columns).captioned("The retailer's promises");
    let (can_break, certain): (Vec<_>, Vec<_>) = summary.promises.iter().partition(|it| it.cannot_break.is_none());
    for row in can_break {
        table.row(promise(row, verdict(row.verdict)));
    }
    if !certain.is_empty() {
        table.group("Cannot break under the settings");
        table.footnote = Some(Text::from(certain_because(&certain)));
    }
    for row in certain {
        table.row(promise(row, Cell::verdict("certain", Some(Tone::Neutral))));
    }
    table
}

fn promise(row: &PromiseSummary, verdict: Cell) -> [Cell; 4] {
    let definition = row.promise.metric().definition();
    let name = Cell::words(row.promise.words()).shortened(row.promise.label());
    [
        name.with_detail(format!("measured by: {}", definition.label)),
        Cell::figure(definition.unit, row.reading),
        Cell::number(row.wanted(), Some(row.threshold)),
        verdict,
    ]
}

/// Why promises are certain, in a sentence.
fn certain_because(certain: &[&PromiseSummary]) -> String {
    let why: Vec<&str> = certain.iter().filter_map(|row| row.cannot_break.as_deref()).collect();
    format!("Certain: {}.", why.join("; "))
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

/// The columns of a table of figures, one a row; on a page with how replications spread.
fn columns(summary: &Summary) -> Vec<Column> {
    let mut columns = vec![
        Column::words("Measure").wide(LABEL),
        Column::number("Estimate").wide(VALUE).with_interval(Interval::Column, HALF_WIDTH),
    ];
    // A single replication has no spread.
    if summary.replications > 1 {
        columns.push(Column::number("5 – 95 % of replications").on_page().labelled("5 – 95 %:"));
    }
    columns
}

/// A name that fits the first column of a terminal.
fn short(name: &str) -> String {
    const MOST: usize = 28;
    if name.chars().count() <= MOST {
        return name.to_string();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

/// The heading of what came of events.
pub(super) const AROUND_EVENTS: &str = "Filled around events";
/// What the table of it says above it on a page.
pub(super) const CAPTION_OF_EVENTS: &str = "Lines filled at once around events";

/// What came of events; nothing where there are none.
pub(in crate::report) fn events(events: &[EventSummary], title: &str, caption: &str) -> Option<Table> {
    if events.is_empty() {
        return None;
    }
    let columns = [
        Column::words("Event").wide(30),
        Column::number("before").wide(7),
        Column::number("during").wide(7),
        Column::number("after").wide(7),
        Column::number("worst day").wide(9),
        Column::number("days to recover").wide(15),
        Column::number("Waiting before").on_page(),
        Column::number("Recovered").on_page(),
        Column::number("Times").on_page(),
    ];
    let mut table = Table::new(title, columns).captioned(caption);
    for event in events {
        let figure = |unit: Unit, figures: Figures| {
            let (value, half) = number::estimate(unit, Reading::from(figures));
            let cell = Cell::number(value, figures.mean);
            if figures.half_width.is_some() { cell.with_detail(format!("± {half}")) } else { cell }
        };
        table.row([
            Cell::words(&event.name).shortened(short(&event.name)).with_detail(event.changes.clone()),
            figure(Unit::Share, event.line_fill_rate_before),
            figure(Unit::Share, event.line_fill_rate_during),
            figure(Unit::Share, event.line_fill_rate_after),
            figure(Unit::Count("units"), event.backorder_units_peak),
            figure(Unit::Days, event.recovery_days),
            figure(Unit::Count("units"), event.backorder_units_before),
            figure(Unit::Share, event.recovered_share),
            figure(Unit::Count("times"), event.times),
        ]);
    }
    Some(table)
}

/// Measures with their intervals and, on a page, what is said of them. Those that come with a setting stand there only with it.
pub(super) fn measures(
    summary: &Summary,
    title: &str,
    metrics: impl IntoIterator<Item = Metric>,
    said: impl Fn(Metric) -> &'static str,
) -> Table {
    let columns = columns(summary);
    let wide = columns.len();
    let mut table = Table::new(title, columns).without_headings();
    table.lines_up = summary.replications > 1;
    for metric in metrics {
        let definition = metric.definition();
        let figures = summary.figures(metric);
        if !is_shown(summary, metric) {
            continue;
        }
        let detail = Text::from(format!("{} ", said(metric))).code(definition.name);
        let spread = figures.p95.zip(figures.p05).map(|(to, from)| to - from);
        let cells = [
            Cell::words(definition.label).with_detail(detail),
            Cell::figure(definition.unit, figures),
            Cell::number(number::spread(definition.unit, figures), spread),
        ];
        table.row(cells.into_iter().take(wide));
    }
    table
}

/// What an order costs, part by part, and what that comes to in a year.
pub(super) fn costs(summary: &Summary, said: impl Fn(Metric) -> &'static str) -> Table {
    let in_group = |metric: &Metric| metric.definition().group == Group::Costs;
    let mut table = measures(summary, Group::Costs.title(), Metric::ALL.iter().copied().filter(in_group), said);
    if a_year(summary, Metric::CostPerOrder).is_none() {
        return table;
    }
    table.has_headings = true;
    table.columns[1].heading = "an order".into();
    table.columns.push(Column::number("a year").wide(14).labelled("a year:"));
    let shown = Metric::ALL.iter().filter(|metric| in_group(metric) && is_shown(summary, **metric));
    for (row, &metric) in table.rows.iter_mut().zip(shown) {
        let Row::Cells(cells) = row else { continue };
        // What a period of demand costs is no figure of an order.
        let year = if metric == Metric::CostPerPeriod { None } else { a_year(summary, metric) };
        cells.push(year.map_or_else(Cell::none, |(mean, half)| {
            Cell::number(number::figure(metric.definition().unit, mean, half).0, Some(mean))
        }));
    }
    table
}

/// Whether a measure stands in its table: those that come with a setting only with it.
fn is_shown(summary: &Summary, metric: Metric) -> bool {
    !metric.comes_with_a_setting() || summary.mean(metric).is_some()
}

/// How often each rule fired; on a page with what it does.
pub(super) fn firings(summary: &Summary) -> Table {
    let columns = [
        Column::words("Rule").wide(LABEL),
        Column::number("Times a replication").on_page().labelled("a replication:"),
        Column::number("Per 1,000 orders")
            .wide(VALUE)
            .with_interval(Interval::Column, HALF_WIDTH)
            .labelled("per 1,000:"),
    ];
    let mut table = Table::new("Rules fired per 1,000 orders", columns)
        .captioned("How often each rule fired; unfold one to read its page")
        .without_headings();
    let times = Unit::Count("times");
    for rule in Rule::ALL {
        let figures = summary.firings(rule);
        // A ratio of means times the mean of its denominators is the mean of its numerators.
        let in_all = figures.mean.zip(summary.mean(Metric::Orders)).map(|(mean, orders)| mean * orders / 1_000.0);
        let shown = in_all.map_or(number::NONE.into(), |mean| number::figure(times, mean, None).0);
        let name = Cell::words(Text::default().code(rule.id())).with_detail(rule.promise());
        let page = Text::paragraphs(&rule.page());
        table.row([
            Cell { fold: Some((format!("rule-{}", rule.id()), page)), ..name },
            Cell::number(shown, in_all),
            Cell::figure(times, figures),
        ]);
    }
    table
}

/// The measures that control variates narrow, with what a plain interval of that width would take.
pub(super) fn narrowed(summary: &Summary) -> Option<Table> {
    let found = summary.control_variates.as_ref()?;
    let columns = [
        Column::words("Measure").wide(LABEL),
        Column::number("Estimate").wide(VALUE).with_interval(Interval::Column, HALF_WIDTH),
        Column::words("Times the replications"),
    ];
    let title = format!("Narrower by control variates ({})", found.controls.join(", "));
    let mut table = Table::new(title, columns).without_headings();
    table.footnote = Some("×: so many times the replications would narrow a plain interval as far.".into());
    for &(metric, Narrowed { mean, half_width, variance_ratio }) in
        found.metrics.0.iter().filter(|(metric, _)| HEADLINE.contains(metric))
    {
        let gain = 1.0 / variance_ratio;
        table.row([
            Cell::words(metric.definition().label),
            Cell::figure(metric.definition().unit, (mean, Some(half_width))),
            Cell::number(format!("{} ×", number::grouped(gain, 1)), Some(gain)),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Document, Section};
    use crate::report::fixture::some;
    use crate::report::html::page;
    use crate::report::text::text;
    use crate::stats::Controlled;

    fn shown(table: Table) -> (String, String) {
        let mut document = Document::new("kind", "title");
        document.push(Section::new("a", "A").with(table));
        (text(&document), page(&document, &[]))
    }

    #[test]
    fn a_quarter_of_the_variance_is_worth_four_times_the_replications() {
        let mut results = some();
        results.controlled[Metric::OrderFillRate.index()] =
            Some(Controlled { mean: 0.9, half_width: 0.01, variance_ratio: 0.25 });
        let (text, page) = shown(narrowed(&Summary::from(&results)).expect("a table"));
        let row = text.lines().find(|line| line.contains("orders filled at once")).expect("a row");
        assert_eq!(row, "  orders filled at once                       90.0 % ± 1.0    4.0 ×");
        assert!(page.contains("data-key=\"4\">4.0 ×</td>"), "{page}");
    }

    #[test]
    fn a_promise_has_the_tone_of_its_verdict() {
        let mut summary = Summary::from(&some());
        for (verdict, told) in [
            (Verdict::Kept, "class=\"verdict good\"><span aria-hidden=\"true\">✓</span> kept<"),
            (Verdict::Broken, "class=\"verdict bad\"><span aria-hidden=\"true\">✗</span> broken<"),
            (Verdict::Undecided, "class=\"verdict unclear\"><span aria-hidden=\"true\">?</span> undecided<"),
            (Verdict::NoOccasion, "class=\"verdict neutral\"><span aria-hidden=\"true\">–</span> no occasion<"),
        ] {
            for promise in &mut summary.promises {
                promise.verdict = verdict;
            }
            let (text, page) = shown(scorecard(&summary));
            let certain = summary.promises.iter().filter(|promise| promise.cannot_break.is_some()).count();
            assert_eq!((page.matches(told).count(), certain), (summary.promises.len() - 3, 3), "{told}: {page}");
            let (can_break, rest) = text.split_once("Cannot break under the settings\n").expect("a group");
            assert_eq!((can_break.matches("certain").count(), rest.matches(" certain\n").count()), (0, 3), "{text}");
            assert!(rest.contains("no split is ever charged;"), "{text}");
        }
    }
}
