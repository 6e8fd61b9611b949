//! Agreement with theory, as a document and as JSON.

use serde_json::{Value, json};

use super::document::{Block, Document, Section};
use super::table::{Cell, Column, Table};
use super::words::{Text, Tone};
use crate::experiment::theory::{Finding, Judgement, NEAR};

/// Exact value, simulated value, half-width of its 95 % interval and z-score of everything; then what is to be said of it.
pub fn theory_document(judgement: &Judgement<'_>) -> Document {
    let mut document = Document::new("Simulated beside exact", "Agreement with theory");
    let mut section = Section::on_page("values", "Values");
    for findings in judgement.findings().chunk_by(|left, right| left.scenario == right.scenario) {
        let columns = [
            Column::words("Measure").wide(36),
            Column::number("exact").wide(12),
            Column::number("simulated").wide(12),
            Column::number("±").wide(11),
            Column::number("z").wide(8),
        ];
        let mut table = Table::new(findings[0].scenario.as_str(), columns);
        for finding in findings {
            let Finding { metric, exact, mean, half_width, .. } = finding;
            let number = |value: f64| Cell::number(format!("{value:.6}"), Some(value));
            let z = Cell::number(finding.z().map_or("equal".to_string(), |z| format!("{z:.2}")), finding.z());
            table.row([Cell::words(metric), number(*exact), number(*mean), number(*half_width), z]);
        }
        section.push(table);
    }
    let scores = judgement.findings().iter().filter(|finding| finding.z().is_some()).count();
    let (verdict, tone) = if judgement.defects().is_empty() {
        ("The simulation agrees with theory.".to_string(), Tone::Good)
    } else {
        (format!("The simulation does not agree with theory: {}.", judgement.defects().join("; ")), Tone::Bad)
    };
    let figures = format!(
        "{} values, {scores} of them with a z-score: {:.1} % of these beyond {NEAR} (chance: 2.8 %), root mean square {:.2} \
         (ideal: 1). ",
        judgement.findings().len(),
        100.0 * judgement.share_off(),
        judgement.root_mean_square(),
    );
    section.push(Block::paragraph(Text::from(figures).toned(verdict, tone)));
    document.push(section);
    document
}

/// The same for programs; `z` is null for what must be equal.
pub fn theory_json(judgement: &Judgement<'_>) -> String {
    let values: Vec<Value> = judgement
        .findings()
        .iter()
        .map(|finding| {
            json!({
                "scenario": finding.scenario,
                "metric": finding.metric,
                "exact": finding.exact,
                "equals": finding.equals,
                "mean": finding.mean,
                "half_width": finding.half_width,
                "replications": finding.replications,
                "z": finding.z(),
            })
        })
        .collect();
    let judgement = json!({
        "agrees": judgement.defects().is_empty(),
        "wrong_values": judgement.wrong_values(),
        "share_beyond_2.2": judgement.share_off(),
        "root_mean_square": judgement.root_mean_square(),
        "defects": judgement.defects(),
    });
    format!("{:#}\n", json!({"values": values, "judgement": judgement}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::WIDTH;
    use crate::report::text::text;

    fn finding(metric: &str, mean: f64) -> Finding {
        Finding {
            scenario: "keep-when-backordered-exponential".into(),
            metric: metric.into(),
            exact: 12.5,
            equals: false,
            mean,
            half_width: 0.05,
            replications: 30,
        }
    }

    #[test]
    fn the_table_fits_the_terminal_and_says_how_it_ends() {
        // A half-width is two standard errors, about: one value is off by one of them, the other by forty.
        let sound = [finding("international_wait_days_mean", 12.525), finding("unit_fill_rate", 12.475)];
        let page = text(&theory_document(&Judgement::of(&sound, false)));
        assert!(page.lines().all(|line| line.chars().count() <= WIDTH), "{page}");
        assert!(page.contains("    1.00\n") && page.contains("agrees with theory."), "{page}");
        assert_eq!(page.matches("keep-when-backordered-exponential").count(), 1);
        let off = [finding("unit_fill_rate", 13.5)];
        let judgement = Judgement::of(&off, false);
        assert!(text(&theory_document(&judgement)).contains("does not agree with theory"));
        assert!(theory_json(&judgement).contains("\"agrees\": false"));
    }
}
