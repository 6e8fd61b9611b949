//! Agreement with theory, as a table of 80 columns and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::text::wrapped;
use crate::experiment::theory::{Finding, Judgement, NEAR};

/// Columns of the terminal.
const WIDTH: usize = 80;

/// Exact value, simulated value, half-width of its 95 % interval and z-score of everything; then what is to be said of it.
pub fn theory_text(judgement: &Judgement<'_>) -> String {
    let mut text = String::new();
    let mut of = "";
    for finding in judgement.findings() {
        if finding.scenario != of {
            let lead = if of.is_empty() { "" } else { "\n" };
            of = &finding.scenario;
            line(
                &mut text,
                format_args!("{lead}{:<36} {:>11} {:>11} {:>10} {:>7}", of, "exact", "simulated", "±", "z"),
            );
        }
        let Finding { metric, exact, mean, half_width, .. } = finding;
        let z = finding.z().map_or("equal".to_string(), |z| format!("{z:.2}"));
        line(&mut text, format_args!("  {metric:<34} {exact:>11.6} {mean:>11.6} {half_width:>10.6} {z:>7}"));
    }
    let scores = judgement.findings().iter().filter(|finding| finding.z().is_some()).count();
    let sentence = format!(
        "{} values, {scores} of them with a z-score: {:.1} % of these beyond {NEAR} (chance: 2.8 %), root mean square {:.2} \
         (ideal: 1). {}",
        judgement.findings().len(),
        100.0 * judgement.share_off(),
        judgement.root_mean_square(),
        if judgement.defects().is_empty() {
            "The simulation agrees with theory.".to_string()
        } else {
            format!("The simulation does not agree with theory: {}.", judgement.defects().join("; "))
        }
    );
    line(&mut text, format_args!("\n{}", wrapped(&sentence, WIDTH).join("\n")));
    text
}

fn line(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what).expect("a string takes all that is written");
    text.push('\n');
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
        let text = theory_text(&Judgement::of(&sound, false));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.contains("    1.00\n") && text.contains("agrees with theory."), "{text}");
        assert_eq!(text.matches("keep-when-backordered-exponential").count(), 1);
        let off = [finding("unit_fill_rate", 13.5)];
        let judgement = Judgement::of(&off, false);
        assert!(theory_text(&judgement).contains("does not agree with theory"));
        assert!(theory_json(&judgement).contains("\"agrees\": false"));
    }
}
