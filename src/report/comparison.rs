//! A comparison as a planner reads it in the terminal: plain text of at most 80 columns.

use super::gates;
use super::number;
use super::text::{length, wrapped};
use crate::domain::Span;
use crate::experiment::{Best, CONFIDENCE, Claim, Comparison, Difference, Standing, letter};
use crate::measures::{Group, Metric};
use crate::stats::nearest_rank;
use std::fmt::Write;

/// Columns of the page; of a label, the first scenario's value, a difference and its half-width.
const WIDTH: usize = 80;
const LABEL: usize = 38;
const VALUE: usize = 9;
const DIFFERENCE: usize = 9;
const HALF_WIDTH: usize = 6;

/// The comparison as a page of text: who is compared, each against the first, the best of several, the gates, and what
/// it all rests on.
pub fn comparison_text(comparison: &Comparison) -> String {
    let mut page = String::new();
    heading(&mut page, comparison);
    for index in 1..comparison.results.len() {
        contrast(&mut page, comparison, index);
    }
    best(&mut page, comparison);
    gates::section(&mut page, &comparison.gates);
    page.push('\n');
    paragraph(&mut page, &legend(comparison));
    notes(&mut page, &comparison.notes);
    page
}

/// How long, how often, from which seed.
pub(super) fn extent(comparison: &Comparison) -> String {
    let first = &comparison.results[0];
    let times = match comparison.replications {
        1 => "1 replication".to_string(),
        n => format!("{} replications", number::grouped(n as f64, 0)),
    };
    let mut run = format!("{times} each of {}", length(first.horizon));
    if first.warm_up > Span::ZERO {
        let _ = write!(run, " after {} of warm-up", length(first.warm_up));
    }
    if first.run_out > Span::ZERO {
        let _ = write!(run, ", {} of run-out", length(first.run_out));
    }
    let _ = write!(run, ", all from seed {}: the same customers and lead times", first.seed);
    run
}

fn heading(page: &mut String, comparison: &Comparison) {
    for (letter, told) in letters_and_names(comparison) {
        for (number, line) in wrapped(&told, WIDTH - 3).iter().enumerate() {
            let mark = if number == 0 { letter } else { ' ' };
            let _ = writeln!(page, "{mark}  {line}");
        }
    }
    paragraph(page, &extent(comparison));
}

/// Who is compared: a letter, and a name with what it changes.
pub(super) fn letters_and_names(comparison: &Comparison) -> Vec<(char, String)> {
    let told = |(index, (name, changes)): (usize, (&String, &String))| {
        let told = if changes.is_empty() || changes == name { name.clone() } else { format!("{name}: {changes}") };
        (letter(index), told)
    };
    comparison.names.iter().zip(&comparison.changes).enumerate().map(told).collect()
}

fn contrast(page: &mut String, comparison: &Comparison, index: usize) {
    let (a, b) = (letter(0), letter(index));
    let heading = format!("{b} against {a}");
    let change = format!("{b} − {a}");
    let _ = writeln!(
        page,
        "\n{heading:<LABEL$}{a:>VALUE$}{change:>DIFFERENCE$}{:width$}Verdict",
        "",
        width = HALF_WIDTH + 4
    );
    for group in Group::ALL {
        let shown: Vec<&Difference> = comparison.contrasts[index - 1]
            .iter()
            .filter(|difference| difference.metric.definition().group == group)
            .filter(|difference| difference.judged.is_some() || is_telling_part(comparison, difference))
            .collect();
        if !shown.is_empty() {
            let _ = writeln!(page, "{}", group.title());
        }
        for difference in shown {
            row(page, comparison, difference);
        }
    }
}

/// The parts of the cost explain a judged sum, where they are not nothing in both.
pub(super) fn is_telling_part(comparison: &Comparison, difference: &Difference) -> bool {
    let is_part = difference.metric.definition().group == Group::Costs;
    let differs = difference.estimate.is_some_and(|estimate| estimate.mean != 0.0);
    let first = comparison.results[0].estimate(difference.metric).is_some_and(|estimate| estimate.mean != 0.0);
    is_part && comparison.judged.contains(&Metric::CostPerOrder) && (differs || first)
}

fn row(page: &mut String, comparison: &Comparison, difference: &Difference) {
    let definition = difference.metric.definition();
    let first = number::compact(definition.unit, comparison.results[0].estimate(difference.metric));
    let (change, half) = number::difference(definition.unit, difference.estimate.as_ref());
    let interval = if difference.estimate.is_some() { format!(" ± {half}") } else { String::new() };
    let verdict = difference.judged.map_or_else(String::new, |judged| verdict(judged.standing));
    // Parts and continuations stand below what they belong to.
    let line = format!(
        "  {:<label$}{first:>VALUE$}{change:>DIFFERENCE$}{interval:<width$} {verdict}",
        definition.label,
        label = LABEL - 2,
        width = HALF_WIDTH + 3
    );
    let _ = writeln!(page, "{}", line.trim_end());
}

fn verdict(standing: Standing) -> String {
    match standing {
        Standing::NoMatter => "negligible".into(),
        Standing::Unclear { enough: Some(enough) } => format!("unclear ~{}", number::about(enough)),
        other => other.to_string(),
    }
}

fn best(page: &mut String, comparison: &Comparison) {
    if comparison.best.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n{:<LABEL$} Best of {}", "Measure by measure", comparison.results.len());
    for found in &comparison.best {
        let label = found.metric.definition().label;
        let claim = claim(found);
        for (number, line) in wrapped(&claim, WIDTH - LABEL - 1).iter().enumerate() {
            let _ = writeln!(page, "  {:<width$} {line}", if number == 0 { label } else { "" }, width = LABEL - 2);
        }
    }
}

pub(super) fn claim(found: &Best) -> String {
    let leader = letter(found.leader);
    match &found.claim {
        Claim::Best => format!("{leader}"),
        Claim::WithinZone(zone) if *zone == 0.0 => format!("{leader}, and others equal to it"),
        Claim::WithinZone(_) => format!("{leader}, or negligibly behind the best"),
        Claim::Contested { rivals, enough } => {
            let names: Vec<String> = rivals.iter().map(|&rival| letter(rival).to_string()).collect();
            let more = enough.map_or_else(String::new, |enough| format!(" (~{})", number::about(enough)));
            format!("{leader} leads, not told from {}{more}", names.join(", "))
        }
    }
}

/// What the signs mean, and what the verdicts rest on.
pub(super) fn legend(comparison: &Comparison) -> String {
    let percent = CONFIDENCE * 100.0;
    let has = |wanted: fn(&Standing) -> bool| {
        let mut standings = comparison.contrasts.iter().flatten().filter_map(|it| it.judged.map(|it| it.standing));
        standings.any(|standing| wanted(&standing))
    };
    let mut text = format!(
        "±: half of the {percent} % confidence interval of the paired difference; shares differ in percentage points."
    );
    let tested = comparison.contrasts.iter().flatten().filter_map(|it| it.judged?.p_value).count();
    if tested > 1 {
        let _ =
            write!(text, " The verdicts hold together at {percent} % (Holm's correction over {tested} differences).");
    }
    if has(|standing| *standing == Standing::NoMatter) {
        text.push_str(
            " \"negligible\": no difference that matters, within the indifference zone (comparison.json has each; \
             --indifference sets it).",
        );
    }
    if has(|standing| matches!(standing, Standing::Unclear { .. })) {
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

/// A paragraph over the whole width.
pub(super) fn paragraph(page: &mut String, text: &str) {
    for line in wrapped(text, WIDTH) {
        let _ = writeln!(page, "{line}");
    }
}

/// What a reader has to know.
pub(super) fn notes(page: &mut String, notes: &[String]) {
    for note in notes {
        page.push('\n');
        for (index, line) in wrapped(note, WIDTH - 6).iter().enumerate() {
            let _ = writeln!(page, "{} {line}", if index == 0 { "Note:" } else { "     " });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::compared;

    #[test]
    fn a_page_of_eighty_columns_with_a_section_for_each_scenario() {
        let page = comparison_text(&compared());
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
        let page = comparison_text(&compared());
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
        let (_, best) = comparison_text(&compared())
            .split_once("Measure by measure")
            .map(|(a, b)| (a.len(), b.to_string()))
            .unwrap();
        assert!(best.contains("  orders filled at once                A, or"), "{best}");
        assert!(best.contains("  stock on hand at cost, mean          B\n"), "{best}");
    }

    #[test]
    fn verdicts_in_fourteen_columns() {
        for enough in [Some(3), Some(840), Some(9_940), Some(123_456), Some(123_456_789), None] {
            assert!(verdict(Standing::Unclear { enough }).chars().count() <= 14);
        }
        for standing in [Standing::NoMatter, Standing::Same, Standing::NoOccasion, Standing::Better] {
            assert!(verdict(standing).chars().count() <= 14);
        }
    }
}
