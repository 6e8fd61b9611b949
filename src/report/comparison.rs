//! A comparison as a document: each scenario against the first, the best of several, the gates.

use super::comparison_charts::charts_of;
use super::comparison_decision::decision;
use super::comparison_finding::{Finding, finding};
use super::comparison_inputs::{self, ComparedInputs};
use super::document::{Block, Content, Document, Fold, Role, Section};
use super::gates;
use super::number::{self, NONE};
use super::origin;
use super::prose::{Extent, listed};
use super::run;
use super::summary::{
    BestClaim, BestSummary, Compared, ComparisonSummary, DifferenceSummary, Reading, ScenarioSummary,
};
use super::table::{Cell, Column, Interval, Table};
use super::words::{Text, Tone};
use crate::experiment::Conclusion;
use crate::measures::{Group, Metric};
use crate::stats::{CONFIDENCE, nearest_rank};
use std::fmt::Write;

/// Of more scenarios than these the measures of each stand folded with its charts, and are not printed: the matrix has all.
const MAX_UNFOLDED: usize = 4;

/// Charts that say again what others say, by the beginning of their names.
const FOLDED_CHARTS: [&str; 2] = ["costs-", "relative-"];

/// The others are named in a title, as long as there are no more of them.
const MAX_IN_TITLE: usize = 3;

/// The comparison as a document: who is compared, what to choose, each against the first, the best of several, the gates, and
/// what it all rests on.
pub fn comparison_document(comparison: &ComparisonSummary) -> Document {
    comparison_page(comparison, None)
}

/// The same with what went in, as far as that is known.
pub(super) fn comparison_page(comparison: &ComparisonSummary, inputs: Option<&ComparedInputs>) -> Document {
    number::in_currency(comparison.compared.currency.as_deref(), || document_of(comparison, inputs))
}

fn document_of(comparison: &ComparisonSummary, inputs: Option<&ComparedInputs>) -> Document {
    let names = letters_and_names(comparison);
    let mut document = Document::new("Compared on the same customers", title(comparison));
    document.open(Block::marked(names.iter().map(|(letter, told)| (letter.to_string(), told.into())).collect()));
    let Finding { choice, each } = finding(comparison);
    document.opening.extend(choice.map(|sentence| Block::of(Role::Finding, sentence)));
    if let Some((name, chart)) = decision(comparison) {
        document.open(Block::figures(vec![chart.figure(name)]).on_page());
    }
    for sentence in each {
        document.open(Block::of(Role::Finding, sentence));
    }
    document.open(Block::of(Role::Extent, extent(&comparison.compared)));
    // What was required is decided before anything else.
    let gates = gates::table(&comparison.gates).map(Block::from);
    if let Some(table) = gates.clone() {
        document.push(Section::on_page("gates", "Gates").with(table.on_page()));
    }
    let has_matrix = comparison.scenarios.len() > 2;
    if has_matrix {
        document.push(Section::on_page("all", "All at once").with(matrix(comparison).on_page()));
    }
    for (index, scenario) in comparison.scenarios.iter().enumerate().skip(1) {
        let letter = scenario.letter;
        let heading = format!("{letter} against {}: {}", comparison.scenarios[0].letter, scenario.name);
        let charts = charts_of(comparison, index).into_iter().map(|(name, chart)| chart.figure(name));
        let section = Section::on_page(format!("contrast-{}", letter.to_ascii_lowercase()), heading);
        let table = Block::from(contrast(comparison, index));
        if !has_matrix {
            document.push(section.with(table).with(Block::figures(charts.collect())));
            continue;
        }
        // The matrix has the verdicts; what it does not have stands open as long as the scenarios are few.
        let is_few = comparison.scenarios.len() <= MAX_UNFOLDED;
        let is_open = |name: &str| is_few && !FOLDED_CHARTS.iter().any(|folded| name.starts_with(folded));
        let (open, folded): (Vec<_>, Vec<_>) = charts.partition(|figure| is_open(&figure.id));
        let summary = if is_few { "Every measure" } else { "Every measure, and charts" };
        let blocks = vec![table.clone(), Block::figures(folded)];
        let fold = Fold { summary: format!("{summary} of {letter} against the first").into(), is_wide: true, blocks };
        let section = section.with(table.in_text()).with(Block::figures(open).on_page());
        document.push(section.with(Block::from(Content::Fold(fold)).on_page()));
    }
    if let Some(section) = events(comparison) {
        document.push(section);
    }
    if !comparison.best.is_empty() {
        document.push(Section::on_page("best", "").with(Block::from(best(comparison)).in_text()));
    }
    if let Some(table) = gates {
        document.push(Section::on_page("gates", "").with(table.in_text()));
    }
    let reading = reading(legend(comparison), &comparison.compared.notes);
    let Some(inputs) = inputs else {
        document.push(reading.with(Block::files()));
        return document;
    };
    document.version = inputs.origin.version.clone();
    document.push(reading);
    document.push(comparison_inputs::section(comparison, inputs));
    document.push(origin::reproduce(
        &inputs.origin,
        "scenario",
        comparison.compared.seed,
        comparison.compared.interrupted,
    ));
    document
}

/// Who is compared: `nearest and never ahead against superstore`.
fn title(comparison: &ComparisonSummary) -> String {
    let name = |scenario: &ScenarioSummary| match scenario.name.as_str() {
        "" => scenario.letter.to_string(),
        name => name.to_string(),
    };
    let (first, others) = comparison.scenarios.split_first().expect("a comparison has a first scenario");
    let others = match others.len() {
        few if few <= MAX_IN_TITLE => listed(&others.iter().map(name).collect::<Vec<_>>()),
        many => format!("{many} scenarios"),
    };
    format!("{others} against {}", name(first))
}

/// Every scenario in one table: the first one's figures, the others' differences from them with their verdicts, and which of all
/// is best.
fn matrix(comparison: &ComparisonSummary) -> Block {
    let first = &comparison.scenarios[0];
    let mut columns =
        vec![Column::words("Measure"), Column::number(first.letter.to_string()).labelled(format!("{}:", first.letter))];
    columns.extend(comparison.scenarios[1..].iter().map(|scenario| {
        let heading = format!("{} − {}", scenario.letter, first.letter);
        Column::number(heading.clone()).with_interval(Interval::Below, 0).labelled(format!("{heading}:"))
    }));
    let has_best = !comparison.best.is_empty();
    if has_best {
        columns.push(Column::words(format!("Best of {}", comparison.scenarios.len())).labelled("best:"));
    }
    let mut table = Table::new("", columns).captioned("Differences of every scenario");
    for &metric in &comparison.compared.judged_together.0 {
        let definition = metric.definition();
        let reading = *first.metrics.of(metric);
        let own = Cell::number(number::compact(definition.unit, reading), reading.mean);
        let others = comparison.contrasts.iter().map(|contrast| {
            let difference = contrast.differences.of(metric);
            let verdict = difference.conclusion.map_or_else(String::new, verdict);
            Cell::difference(definition.unit, difference.reading)
                .toned(tone(difference.conclusion))
                .with_detail(verdict.as_str())
        });
        let best = comparison.best.iter().find(|best| best.measure == metric);
        let best = has_best.then(|| Cell::words(best.map_or_else(|| NONE.to_string(), claim)));
        table.row([label(metric), own].into_iter().chain(others).chain(best));
    }
    Block::from(table)
}

/// What the signs mean, and what a reader has to know.
pub(super) fn reading(legend: String, notes: &[String]) -> Section {
    let mut section = Section::on_page("reading", "How to read this").with(Block::paragraph(legend));
    for note in notes {
        section.push(Block::note(note));
    }
    section
}

/// How long, how often, from which seed.
pub(super) fn extent(compared: &Compared) -> String {
    let Compared { horizon_days, warm_up_days, run_out_days, .. } = *compared;
    let extent = Extent::of_days(compared.replications as u64, horizon_days, warm_up_days, run_out_days);
    format!("{}, all from seed {}: the same customers and lead times", extent.words(true), compared.seed)
}

/// Who is compared: a letter, and a name with what it changes.
fn letters_and_names(comparison: &ComparisonSummary) -> Vec<(char, String)> {
    let told = |scenario: &ScenarioSummary| {
        let ScenarioSummary { letter, name, changes, .. } = scenario;
        let told = if changes.is_empty() || changes == name { name.clone() } else { format!("{name}: {changes}") };
        (*letter, told)
    };
    comparison.scenarios.iter().map(told).collect()
}

/// What came of the events of each scenario that has some.
fn events(comparison: &ComparisonSummary) -> Option<Section> {
    let of = |scenario: &ScenarioSummary| {
        let of = format!("{}: filled around events", scenario.letter);
        run::tables::events(&scenario.events, &of, &of)
    };
    let tables: Vec<Table> = comparison.scenarios.iter().filter_map(of).collect();
    if tables.is_empty() {
        return None;
    }
    let mut section = Section::on_page("events", "Events");
    for table in tables {
        section.push(Block::from(table));
    }
    section.push(Block::from(Content::Data("by_event.csv".into())));
    Some(section)
}

/// The measures judged of one scenario, less those of the first.
pub(super) fn contrast(comparison: &ComparisonSummary, index: usize) -> Table {
    let [a, b] = [0, index].map(|at| comparison.scenarios[at].letter);
    let columns = [
        Column::words("Measure").wide(38),
        Column::number(a.to_string()).wide(9).labelled(format!("{a}:")),
        Column::number(b.to_string()).on_page().labelled(format!("{b}:")),
        Column::number(format!("{b} − {a}")).wide(10).with_interval(Interval::Beside, 6).labelled("by"),
        Column::words("Verdict"),
    ];
    let mut table = Table::new(format!("{b} against {a}"), columns);
    for group in Group::ALL {
        let shown: Vec<(Metric, &DifferenceSummary)> = comparison.contrasts[index - 1]
            .differences
            .iter()
            .filter(|(metric, _)| metric.definition().group == group)
            .filter(|&(metric, found)| found.conclusion.is_some() || is_telling_part(comparison, metric, found))
            .collect();
        if !shown.is_empty() {
            table.group(group.title());
        }
        for (metric, difference) in shown {
            let definition = metric.definition();
            let value = |scenario: usize| {
                let reading = *comparison.scenarios[scenario].metrics.of(metric);
                let shown = number::beside_difference(definition.unit, reading, difference.reading);
                Cell::number(shown, reading.mean)
            };
            let tone = tone(difference.conclusion);
            let verdict = difference.conclusion.map_or_else(String::new, verdict);
            table.row([
                label(metric),
                value(0),
                value(index),
                Cell::difference(definition.unit, difference.reading).toned(tone),
                Cell::verdict(verdict, tone.filter(|_| difference.conclusion.is_some())),
            ]);
        }
    }
    table
}

/// A measure's label, and on a page its name, as labels lean on the ones above them.
fn label(metric: Metric) -> Cell {
    Cell::words(metric.definition().label).with_detail(Text::default().code(metric.name()))
}

/// The parts of the cost explain a judged sum, where they are not nothing in both.
fn is_telling_part(comparison: &ComparisonSummary, metric: Metric, difference: &DifferenceSummary) -> bool {
    let is_part = metric.definition().group == Group::Costs;
    let is_something = |reading: &Reading| reading.mean.is_some_and(|mean| mean != 0.0);
    let is_there = is_something(&difference.reading) || is_something(comparison.scenarios[0].metrics.of(metric));
    is_part && comparison.compared.judged_together.0.contains(&Metric::CostPerOrder) && is_there
}

/// A verdict in a word or two.
pub(super) fn verdict(conclusion: Conclusion) -> String {
    match conclusion {
        Conclusion::Equivalent => "negligible".into(),
        Conclusion::Unclear { enough: Some(enough) } => format!("unclear ~{}", number::about(enough)),
        other => other.to_string(),
    }
}

/// What a difference means; nothing of one that is neither good nor bad.
pub(super) fn tone(conclusion: Option<Conclusion>) -> Option<Tone> {
    match conclusion {
        Some(Conclusion::Better) => Some(Tone::Good),
        Some(Conclusion::Worse) => Some(Tone::Bad),
        Some(Conclusion::Unclear { .. }) => Some(Tone::Unclear),
        Some(Conclusion::Higher | Conclusion::Lower) => None,
        Some(Conclusion::Equivalent | Conclusion::Same | Conclusion::NoOccasion) | None => Some(Tone::Neutral),
    }
}

/// Which scenario leads, measure by measure.
fn best(comparison: &ComparisonSummary) -> Table {
    let columns = [Column::words("Measure").wide(39), Column::words(format!("Best of {}", comparison.scenarios.len()))];
    let mut table = Table::new("Measure by measure", columns);
    for found in &comparison.best {
        table.row([label(found.measure), Cell::words(claim(found))]);
    }
    table
}

fn claim(found: &BestSummary) -> String {
    let leaders = found.leaders();
    let lead = if leaders.len() == 1 { "leads" } else { "lead" };
    let leaders = listed(&leaders.iter().map(char::to_string).collect::<Vec<_>>());
    match found.claim {
        BestClaim::Best => leaders,
        BestClaim::WithinIndifference => format!("{leaders}, or negligibly behind the best"),
        BestClaim::Contested => {
            let names: Vec<String> = found.not_told_from.iter().map(char::to_string).collect();
            let more =
                found.replications_needed.map_or_else(String::new, |enough| format!(" (~{})", number::about(enough)));
            format!("{leaders} {lead}, not told from {}{more}", names.join(", "))
        }
    }
}

/// What the signs mean, and what the verdicts rest on.
pub(super) fn legend(comparison: &ComparisonSummary) -> String {
    let percent = CONFIDENCE * 100.0;
    let has = |wanted: fn(&Conclusion) -> bool| {
        differences(comparison).filter_map(|found| found.conclusion).any(|conclusion| wanted(&conclusion))
    };
    let mut text =
        format!("±: half of the {percent} % confidence interval of the paired difference; pt: percentage points.");
    let tested = differences(comparison).filter(|found| found.p_value.is_some()).count();
    if tested > 1 {
        let _ =
            write!(text, " The verdicts hold together at {percent} % (Holm's correction over {tested} differences).");
    }
    if has(|conclusion| *conclusion == Conclusion::Equivalent) {
        text.push_str(
            " \"negligible\": no difference that matters, within the indifference zone (comparison.json has each; \
             --indifference sets it).",
        );
    }
    if has(|conclusion| matches!(conclusion, Conclusion::Unclear { .. })) {
        text.push_str(" \"unclear ~n\": about n replications would tell, four times in five.");
    }
    if let Some(first) = comparison.best.first() {
        let _ = write!(
            text,
            " The best rests on the verdicts against {} and, among the others, on the paired intervals of all {} pairs, which hold \
             together at {percent} % for each measure (Bonferroni).",
            comparison.scenarios[0].letter, first.pairs_held_together
        );
    }
    if let Some(share) = left_by_common_numbers(comparison) {
        let left = match share {
            little if little < 0.001 => "less than 0.1".to_string(),
            share => number::grouped(share * 100.0, if share < 0.1 { 1 } else { 0 }),
        };
        let _ = write!(
            text,
            " Common random numbers leave {left} % of the variance that independent runs would have (median of the \
             measures judged)."
        );
    }
    text
}

/// Every difference from the first scenario.
fn differences(comparison: &ComparisonSummary) -> impl Iterator<Item = &DifferenceSummary> {
    comparison.contrasts.iter().flat_map(|contrast| contrast.differences.iter().map(|(_, found)| found))
}

/// The median of the variance ratios of what is judged.
fn left_by_common_numbers(comparison: &ComparisonSummary) -> Option<f64> {
    let judged = differences(comparison).filter(|found| found.conclusion.is_some());
    let mut ratios: Vec<f64> = judged.filter_map(|found| found.variance_ratio).collect();
    ratios.sort_by(f64::total_cmp);
    (!ratios.is_empty()).then(|| nearest_rank(&ratios, 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::WIDTH;
    use crate::report::fixture::compared;
    use crate::report::html::{page, tests::assert_sound};
    use crate::report::text::text;

    #[test]
    fn a_page_of_eighty_columns_with_a_section_for_each_scenario() {
        let page = text(&comparison_document(&ComparisonSummary::from(&compared())));
        for line in page.lines() {
            assert!(line.chars().count() <= WIDTH, "{line}");
            assert_eq!(line.trim_end(), line);
        }
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(lines[..3], ["A  today", "B  less: stock=50", "C  today again"]);
        assert!(page.contains("\nBy cost per order, "), "{page}");
        assert!(page.contains("\n6 replications each of 30 days after 1 day of warm-up, 5 days of run-out"), "{page}");
        for heading in ["B against A", "C against A", "Measure by measure", "Gates: not all hold"] {
            assert!(lines.iter().any(|line| line.starts_with(heading)), "{heading}\n{page}");
        }
        assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
    }

    #[test]
    fn what_is_better_worse_or_the_same_is_said() {
        let page = text(&comparison_document(&ComparisonSummary::from(&compared())));
        let (b, c) = page.split_once("C against A").unwrap();
        let row = |page: &str, label: &str| {
            page.lines().find(|line| line.starts_with(&format!("  {label}"))).unwrap().to_string()
        };
        assert!(row(b, "orders filled at once").ends_with("worse"), "{b}");
        assert!(row(b, "stock on hand at cost").ends_with("better"), "{b}");
        assert!(row(b, "lines lost at display").ends_with("the same"), "{b}");
        assert!(row(c, "orders filled at once").contains("        0 ± 0      the same"), "{c}");
        assert!(row(c, "wait of a backordered line, mean").ends_with("no occasion"), "{c}");
    }

    #[test]
    fn the_best_and_who_equals_it() {
        let (_, best) = text(&comparison_document(&ComparisonSummary::from(&compared())))
            .split_once("Measure by measure")
            .map(|(a, b)| (a.len(), b.to_string()))
            .unwrap();
        assert!(best.contains("  orders filled at once                A and C\n"), "{best}");
        assert!(best.contains("  stock on hand at cost, mean          B\n"), "{best}");
    }

    #[test]
    fn verdicts_in_fourteen_columns() {
        for enough in [Some(3), Some(840), Some(9_940), Some(123_456), Some(123_456_789), None] {
            assert!(verdict(Conclusion::Unclear { enough }).chars().count() <= 14);
        }
        for conclusion in [Conclusion::Equivalent, Conclusion::Same, Conclusion::NoOccasion, Conclusion::Better] {
            assert!(verdict(conclusion).chars().count() <= 14);
        }
    }

    #[test]
    fn a_page_for_every_scenario_with_its_verdicts() {
        let mut comparison = ComparisonSummary::from(&compared());
        comparison.scenarios[1].name = "less <b>&".into();
        let page = page(&comparison_document(&comparison), &[]);
        assert_sound(&page);
        assert!(page.contains("B against A: less &lt;b&gt;&amp;</h2>"), "a name is text");
        for heading in ["C against A: today again", "All at once", "Gates", "How to read this"] {
            assert!(page.contains(&format!("{heading}</h2>")), "{heading}");
        }
        assert!(page.contains("<h1>less &lt;b&gt;&amp; and today again against today</h1>"), "who is compared");
        assert!(page.contains(">Best of 3</th>"), "who leads stands in the matrix");
        assert_eq!(page.matches("<section id=\"gates\"").count(), 1);
        let (_, b) = page.split_once("<section id=\"contrast-b\"").unwrap();
        let row = |name: &str| b.lines().find(|line| line.contains(&format!("<code>{name}</code>"))).unwrap();
        for (name, class, verdict) in [
            ("order_fill_rate", "bad", "<span aria-hidden=\"true\">✗</span> worse"),
            ("on_hand_mean_cost", "good", "<span aria-hidden=\"true\">✓</span> better"),
            ("lost_at_display_line_share", "neutral", "<span aria-hidden=\"true\">–</span> the same"),
        ] {
            assert!(row(name).contains(&format!("class=\"verdict {class}\">{verdict}")), "{}", row(name));
            assert!(row(name).contains(&format!("class=\"number {class}\"")), "{}", row(name));
        }
    }

    #[test]
    fn what_is_unclear_is_neither_good_nor_bad() {
        let tone_of = |conclusion| tone(Some(conclusion));
        assert_eq!(tone_of(Conclusion::Better), Some(Tone::Good));
        assert_eq!(tone_of(Conclusion::Worse), Some(Tone::Bad));
        assert_eq!(tone_of(Conclusion::Unclear { enough: Some(40) }), Some(Tone::Unclear));
        assert_eq!(tone_of(Conclusion::Unclear { enough: None }), Some(Tone::Unclear));
        assert_eq!((tone_of(Conclusion::Higher), tone_of(Conclusion::Lower)), (None, None));
        for conclusion in [Conclusion::Same, Conclusion::Equivalent, Conclusion::NoOccasion] {
            assert_eq!(tone_of(conclusion), Some(Tone::Neutral), "{conclusion}");
        }
    }
}
