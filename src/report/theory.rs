//! Agreement with theory, as a document and as JSON.

use serde_json::{Value, json};

use super::document::{Block, Document, Section};
use super::number::plural;
use super::table::{Cell, Column, Table};
use super::words::{Text, Tone};
use crate::experiment::theory::{FAR, Finding, Judgement, MANY, NEAR, Spread};

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
    let (verdict, tone) = match judgement.defects() {
        [] => (agreement(judgement), Tone::Good),
        defects => (format!("The simulation does not agree with theory: {}.", defects.join("; ")), Tone::Bad),
    };
    let figures = figures(judgement);
    section.push(Block::paragraph(Text::from(figures).toned(verdict, tone)));
    document.push(section);
    document
}

/// What the verdict rests on: how the z-scores lie together, or that they are too few to tell.
fn figures(judgement: &Judgement<'_>) -> String {
    let (values, scores) = (plural(judgement.findings().len(), "value"), judgement.scores());
    match (judgement.spread(), judgement.farthest()) {
        (Some(Spread { share_off, root_mean_square }), _) => format!(
            "{values}, {scores} of them with a z-score: {:.1} % of these beyond {NEAR} (chance: 2.8 %), root mean square \
             {root_mean_square:.2} (ideal: 1). ",
            100.0 * share_off
        ),
        (None, Some(farthest)) => format!(
            "{values}, {scores} of them with a z-score, the farthest {farthest:.2}. So few are judged one by one: how z-scores \
             lie together is judged of {MANY} or more, since values of one scenario move together. "
        ),
        (None, None) => format!("{values}, none of them with a z-score. "),
    }
}

/// The verdict where nothing is wrong: no more than was judged.
fn agreement(judgement: &Judgement<'_>) -> String {
    match (judgement.spread(), judgement.farthest()) {
        (Some(_), _) => "The simulation agrees with theory.".to_string(),
        (None, Some(_)) => format!("No single value contradicts theory: none is more than {FAR} standard errors off."),
        (None, None) => "All are equal to what theory says.".to_string(),
    }
}

/// The same for programs; `z` is null for what must be equal, and share and root mean square where the z-scores are too few
/// to be judged together.
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
        "judged_together": judgement.spread().is_some(),
        "share_beyond_2.2": judgement.spread().map(|spread| spread.share_off),
        "root_mean_square": judgement.spread().map(|spread| spread.root_mean_square),
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
        assert!(page.contains("    1.00\n"), "{page}");
        assert_eq!(page.matches("keep-when-backordered-exponential").count(), 1);
        let off = [finding("unit_fill_rate", 13.5)];
        let judgement = Judgement::of(&off, false);
        assert!(text(&theory_document(&judgement)).contains("does not agree with theory"));
        assert!(theory_json(&judgement).contains("\"agrees\": false"));
    }

    #[test]
    fn no_more_agrees_than_was_judged() {
        let shown = |findings: &[Finding]| {
            let judgement = Judgement::of(findings, false);
            let page = text(&theory_document(&judgement));
            let json: Value = serde_json::from_str(&theory_json(&judgement)).unwrap();
            (page.split_whitespace().collect::<Vec<_>>().join(" "), json["judgement"].clone())
        };
        // Three standard errors off, a half-width being two of them: none is wrong by itself, most lie beyond 2.2.
        let few: Vec<Finding> = (0..39).map(|_| finding("unit_fill_rate", 12.575)).collect();
        let (page, json) = shown(&few);
        assert!(page.contains("39 values, 39 of them with a z-score, the farthest 2.8"), "{page}");
        assert!(
            page.contains("So few are judged one by one") && page.contains("No single value contradicts"),
            "{page}"
        );
        assert!(!page.contains("agrees with theory") && !page.contains("root mean square"), "{page}");
        assert!(json["share_beyond_2.2"].is_null() && json["root_mean_square"].is_null(), "{json}");
        assert_eq!((&json["agrees"], &json["judged_together"]), (&Value::Bool(true), &Value::Bool(false)));
        // One more, and they are judged together.
        let (page, json) = shown(&[&few[..], &few[..1]].concat());
        assert!(page.contains("does not agree with theory: 100.0 % of the values are more than 2.2 off"), "{page}");
        assert_eq!((&json["agrees"], &json["judged_together"]), (&Value::Bool(false), &Value::Bool(true)));
        // What must be equal is not judged by chance.
        let equal = [Finding { equals: true, half_width: 0.0, ..finding("wait", 12.5) }];
        let (page, _) = shown(&equal);
        assert!(page.contains("1 value, none of them with a z-score. All are equal to what theory says."), "{page}");
    }
}
