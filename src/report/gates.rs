//! Gates in the terminal and in JSON.

use super::number;
use super::text::wrapped;
use crate::experiment::{CONFIDENCE, GateResult, GateVerdict, Gates, letter, overall};
use serde::Serialize;
use std::fmt::Write;

/// Columns of the page, of a gate's text and of its figure; ± stands where it stands in the other tables.
const WIDTH: usize = 80;
const TEXT: usize = 40;
const VALUE: usize = 12;
const HALF_WIDTH: usize = 6;

/// The section of gates; nothing where none were asked for.
pub(super) fn section(page: &mut String, gates: &[GateResult]) {
    if gates.is_empty() {
        return;
    }
    let all = match overall(gates) {
        Gates::Hold => "all hold",
        Gates::Undecided => "not decidable at this many replications",
        Gates::Fail => "not all hold",
    };
    let _ = writeln!(page, "\nGates: {all}");
    for result in gates {
        let scenario = result.scenario.map_or_else(String::new, |index| format!("{}: ", letter(index)));
        let condition = match (&result.gate.scenario, &scenario) {
            // It names its scenario itself; here all go by their letters.
            (Some(_), letter) => {
                format!("{letter}{}", result.gate.text.rsplit_once(':').map_or("", |(_, rest)| rest.trim()))
            }
            (None, letter) => format!("{letter}{}", result.gate.text),
        };
        let unit = result.gate.metric.definition().unit;
        let (value, half) = if result.gate.is_change {
            number::difference(unit, result.estimate.as_ref())
        } else {
            number::estimate(unit, result.estimate.as_ref())
        };
        let interval = if result.estimate.is_some() { format!(" ± {half}") } else { String::new() };
        let verdict = match result.verdict {
            GateVerdict::Undecided { enough: Some(enough) } => format!("not decided ~{}", number::about(enough)),
            other => other.to_string(),
        };
        let figures = format!("{value:>VALUE$}{interval:<width$} {verdict}", width = HALF_WIDTH + 3);
        if condition.chars().count() > TEXT - 3 {
            let _ = writeln!(page, "  {condition}\n{:TEXT$}{figures}", "");
        } else {
            let _ = writeln!(page, "  {condition:<width$}{figures}", width = TEXT - 2);
        }
    }
    let mut rests: Vec<String> = Vec::new();
    let tested = gates.iter().filter(|result| result.p_value.is_some()).count();
    if tested > 1 {
        rests.push(format!(
            "The verdicts hold together at {} % (Holm's correction over {tested} gates).",
            CONFIDENCE * 100.0
        ));
    }
    if gates.iter().any(|result| matches!(result.verdict, GateVerdict::Undecided { enough: Some(_) })) {
        rests.push("~n: about so many replications would tell, four times in five.".into());
    }
    if gates.iter().any(|result| result.estimate.is_some_and(|estimate| estimate.half_width.is_none())) {
        rests.push(
            "Without two replications that say something there is no interval: --replications asks for more.".into(),
        );
    }
    for line in wrapped_unless_empty(&rests.join(" ")) {
        let _ = writeln!(page, "  {line}");
    }
}

fn wrapped_unless_empty(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { wrapped(text, WIDTH - 2) }
}

/// A gate in JSON.
#[derive(Serialize)]
pub(super) struct GateJson<'a> {
    require: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<String>,
    measure: &'static str,
    threshold: f64,
    mean: Option<f64>,
    half_width: Option<f64>,
    /// Adjusted for all gates.
    p_value: Option<f64>,
    verdict: &'static str,
    replications_needed: Option<u64>,
}

impl<'a> GateJson<'a> {
    pub(super) fn new(result: &'a GateResult) -> Self {
        let (verdict, replications_needed) = match result.verdict {
            GateVerdict::Holds => ("holds", None),
            GateVerdict::Fails => ("does not hold", None),
            GateVerdict::Undecided { enough } => ("not decidable", enough),
        };
        Self {
            require: &result.gate.text,
            scenario: result.scenario.map(|index| letter(index).to_string()),
            measure: result.gate.metric.name(),
            threshold: result.gate.threshold,
            mean: result.estimate.map(|estimate| estimate.mean),
            half_width: result.estimate.and_then(|estimate| estimate.half_width),
            p_value: result.p_value,
            verdict,
            replications_needed,
        }
    }
}
