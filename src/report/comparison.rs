//! A comparison as a document: each scenario against the first, the best of several, the gates.

use super::comparison_charts::charts_of;
use super::document::{Block, Document, Role, Section};
use super::gates;
use super::number;
use super::prose::Extent;
use super::summary::GateSummary;
use super::table::{Cell, Column, Interval, Table};
use super::words::{Text, Tone};
use crate::experiment::{Best, Claim, Comparison, Conclusion, Difference, letter};
use crate::measures::{Group, Metric};
use crate::stats::{CONFIDENCE, nearest_rank};
use std::fmt::Write;

/// The comparison as a document: who is compared, each against the first, the best of several, the gates, and what it all
/// rests on.
pub fn comparison_document(comparison: &Comparison) -> Document {
    let names = letters_and_names(comparison);
    let title = format!("{} scenarios compared", names.len());
    let mut document = Document::new("Compared on the same customers", title);
    document.open(Block::marked(names.iter().map(|(letter, told)| (letter.to_string(), told.into())).collect()));
    document.open(Block::of(Role::Extent, extent(comparison)));
    for index in 1..comparison.results.len() {
        let heading = format!("{} against {}: {}", letter(index), letter(0), comparison.names[index]);
        let figures = charts_of(comparison, index).into_iter().map(|(name, chart)| chart.figure(name)).collect();
        let section = Section::on_page(format!("contrast-{}", letter(index).to_ascii_lowercase()), heading);
        document.push(section.with(contrast(comparison, index)).with(Block::figures(figures)));
    }
    if !comparison.best.is_empty() {
        document.push(Section::on_page("best", format!("Best of {}", comparison.results.len())).with(best(comparison)));
    }
    let gates: Vec<GateSummary> = comparison.gates.iter().map(GateSummary::from).collect();
    if let Some(table) = gates::table(&gates) {
        document.push(Section::on_page("gates", "Gates").with(table));
    }
    document.push(reading(legend(comparison), &comparison.notes));
    document
}

/// What the signs mean, and what a reader has to know.
pub(super) fn reading(legend: String, notes: &[String]) -> Section {
    let mut section = Section::on_page("reading", "How to read this").with(Block::paragraph(legend));
    for note in notes {
        section.push(Block::note(note));
    }
    section.with(Block::files())
}

/// How long, how often, from which seed.
pub(super) fn extent(comparison: &Comparison) -> String {
    let first = &comparison.results[0];
    let extent = Extent {
        replications: comparison.replications as u64,
        horizon: first.horizon,
        warm_up: first.warm_up,
        run_out: first.run_out,
    };
    format!("{}, all from seed {}: the same customers and lead times", extent.words(true), first.seed)
}

/// Who is compared: a letter, and a name with what it changes.
fn letters_and_names(comparison: &Comparison) -> Vec<(char, String)> {
    let told = |(index, (name, changes)): (usize, (&String, &String))| {
        let told = if changes.is_empty() || changes == name { name.clone() } else { format!("{name}: {changes}") };
        (letter(index), told)
    };
    comparison.names.iter().zip(&comparison.changes).enumerate().map(told).collect()
}

/// The measures judged of one scenario, less those of the first.
fn contrast(comparison: &Comparison, index: usize) -> Table {
    let (a, b) = (letter(0), letter(index));
    let columns = [
        Column::words("Measure").wide(38),
        Column::number(a.to_string()).wide(9),
        Column::number(b.to_string()).on_page(),
        Column::number(format!("{b} − {a}")).wide(9).with_interval(Interval::Beside, 6),
        Column::words("Verdict"),
    ];
    let mut table = Table::new(format!("{b} against {a}"), columns);
    for group in Group::ALL {
        let shown: Vec<&Difference> = comparison.contrasts[index - 1]
            .iter()
            .filter(|difference| difference.metric.definition().group == group)
            .filter(|difference| difference.judged.is_some() || is_telling_part(comparison, difference))
            .collect();
        if !shown.is_empty() {
            table.group(group.title());
        }
        for difference in shown {
            let definition = difference.metric.definition();
            let value = |scenario: usize| {
                let estimate = comparison.results[scenario].estimate(difference.metric);
                Cell::number(number::compact(definition.unit, estimate), estimate.map(|estimate| estimate.mean))
            };
            let tone = tone(difference);
            let verdict = difference.judged.map_or_else(String::new, |judged| verdict(judged.conclusion));
            table.row([
                label(difference.metric),
                value(0),
                value(index),
                Cell::difference(definition.unit, difference.estimate.as_ref()).toned(tone),
                Cell::verdict(verdict, tone.filter(|_| difference.judged.is_some())),
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
fn is_telling_part(comparison: &Comparison, difference: &Difference) -> bool {
    let is_part = difference.metric.definition().group == Group::Costs;
    let differs = difference.estimate.is_some_and(|estimate| estimate.mean != 0.0);
    let first = comparison.results[0].estimate(difference.metric).is_some_and(|estimate| estimate.mean != 0.0);
    is_part && comparison.judged.contains(&Metric::CostPerOrder) && (differs || first)
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
pub(super) fn tone(difference: &Difference) -> Option<Tone> {
    match difference.judged.map(|judged| judged.conclusion) {
        Some(Conclusion::Better) => Some(Tone::Good),
        Some(Conclusion::Worse) => Some(Tone::Bad),
        Some(Conclusion::Unclear { .. }) => Some(Tone::Unclear),
        Some(Conclusion::Higher | Conclusion::Lower) => None,
        Some(Conclusion::Equivalent | Conclusion::Same | Conclusion::NoOccasion) | None => Some(Tone::Neutral),
    }
}

/// Which scenario leads, measure by measure.
fn best(comparison: &Comparison) -> Table {
    let columns = [Column::words("Measure").wide(39), Column::words(format!("Best of {}", comparison.results.len()))];
    let mut table = Table::new("Measure by measure", columns);
    for found in &comparison.best {
        table.row([label(found.metric), Cell::words(claim(found))]);
    }
    table
}

fn claim(found: &Best) -> String {
    let leader = letter(found.leader);
    match &found.claim {
        Claim::Best => format!("{leader}"),
        Claim::WithinIndifference(indifference) if *indifference == 0.0 => format!("{leader}, and others equal to it"),
        Claim::WithinIndifference(_) => format!("{leader}, or negligibly behind the best"),
        Claim::Contested { rivals, enough } => {
            let names: Vec<String> = rivals.iter().map(|&rival| letter(rival).to_string()).collect();
            let more = enough.map_or_else(String::new, |enough| format!(" (~{})", number::about(enough)));
            format!("{leader} leads, not told from {}{more}", names.join(", "))
        }
    }
}

/// What the signs mean, and what the verdicts rest on.
fn legend(comparison: &Comparison) -> String {
    let percent = CONFIDENCE * 100.0;
    let has = |wanted: fn(&Conclusion) -> bool| {
        let mut conclusions = comparison.contrasts.iter().flatten().filter_map(|it| it.judged.map(|it| it.conclusion));
        conclusions.any(|conclusion| wanted(&conclusion))
    };
    let mut text = format!(
        "±: half of the {percent} % confidence interval of the paired difference; shares differ in percentage points."
    );
    let tested = comparison.contrasts.iter().flatten().filter_map(|it| it.judged?.p_value).count();
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
            " The best rests on the paired intervals of all {} pairs, which hold together at {percent} % for each \
             measure (Bonferroni).",
            first.pairs
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

/// The median of the variance ratios of what is judged.
fn left_by_common_numbers(comparison: &Comparison) -> Option<f64> {
    let mut ratios: Vec<f64> = comparison
        .contrasts
        .iter()
        .flatten()
        .filter(|difference| difference.judged.is_some())
        .filter_map(|difference| difference.variance_ratio)
        .collect();
    ratios.sort_by(f64::total_cmp);
    (!ratios.is_empty()).then(|| nearest_rank(&ratios, 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Judged;
    use crate::report::document::WIDTH;
    use crate::report::fixture::compared;
    use crate::report::html::{page, tests::assert_sound};
    use crate::report::text::text;

    #[test]
    fn a_page_of_eighty_columns_with_a_section_for_each_scenario() {
        let page = text(&comparison_document(&compared()));
        for line in page.lines() {
            assert!(line.chars().count() <= WIDTH, "{line}");
            assert_eq!(line.trim_end(), line);
        }
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(lines[..3], ["A  today", "B  less: stock=50", "C  today again"]);
        assert!(lines[3].starts_with("6 replications each of 30 days after 1 day of warm-up, 5 days of run-out"));
        for heading in ["B against A", "C against A", "Measure by measure", "Gates: not all hold"] {
            assert!(lines.iter().any(|line| line.starts_with(heading)), "{heading}\n{page}");
        }
        assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
    }

    #[test]
    fn what_is_better_worse_or_the_same_is_said() {
        let page = text(&comparison_document(&compared()));
        let (b, c) = page.split_once("C against A").unwrap();
        let row = |page: &str, label: &str| page.lines().find(|line| line.contains(label)).unwrap().to_string();
        assert!(row(b, "orders filled at once").ends_with("worse"), "{b}");
        assert!(row(b, "stock on hand at cost").ends_with("better"), "{b}");
        assert!(row(b, "lines lost at display").ends_with("the same"), "{b}");
        assert!(row(c, "orders filled at once").contains("        0 ± 0      the same"), "{c}");
        assert!(row(c, "wait of a backordered line, mean").ends_with("no occasion"), "{c}");
    }

    #[test]
    fn the_best_and_who_equals_it() {
        let (_, best) = text(&comparison_document(&compared()))
            .split_once("Measure by measure")
            .map(|(a, b)| (a.len(), b.to_string()))
            .unwrap();
        assert!(best.contains("  orders filled at once                A, or"), "{best}");
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
        let mut comparison = compared();
        comparison.names[1] = "less <b>&".into();
        let page = page(&comparison_document(&comparison), &[]);
        assert_sound(&page);
        assert!(page.contains("B against A: less &lt;b&gt;&amp;</h2>"), "a name is text");
        for heading in ["C against A: today again", "Best of 3", "Gates", "How to read this"] {
            assert!(page.contains(&format!("{heading}</h2>")), "{heading}");
        }
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
        let mut difference = compared().contrasts[0][Metric::OrderFillRate.index()];
        let mut tone_of = |conclusion| {
            difference.judged = Some(Judged { p_value: None, conclusion });
            tone(&difference)
        };
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
