//! Gates as a table.

use super::number;
use super::summary::GateSummary;
use super::table::{Cell, Column, Interval, Table};
use super::words::{Text, Tone};
use crate::experiment::{GateVerdict, Gates, overall};
use crate::stats::CONFIDENCE;

/// The table of gates; nothing where none were asked for.
pub(super) fn table(gates: &[GateSummary]) -> Option<Table> {
    if gates.is_empty() {
        return None;
    }
    let all = match overall(gates.iter().map(|result| result.verdict)) {
        Gates::Hold => "all hold",
        Gates::Undecided => "not decidable at this many replications",
        Gates::Fail => "not all hold",
    };
    let columns = [
        Column::words("Required").wide(40),
        Column::number("Measured").wide(12).with_interval(Interval::Column, 6),
        Column::words("Verdict"),
    ];
    let mut table = Table::new(format!("Gates: {all}"), columns).without_headings();
    for result in gates {
        let unit = result.gate.metric.definition().unit;
        let reading = result.reading;
        let figure = if result.gate.is_change { Cell::difference(unit, reading) } else { Cell::figure(unit, reading) };
        table.row([Cell::words(Text::default().code(condition(result))), figure, verdict(result.verdict)]);
    }
    table.footnote = footnote(gates).map(Text::from);
    Some(table)
}

/// The condition, with the letter of the scenario it was applied to.
fn condition(result: &GateSummary) -> String {
    let text = &result.gate.text;
    match (result.scenario, &result.gate.scenario) {
        (None, _) => text.clone(),
        (Some(letter), None) => format!("{letter}: {text}"),
        // It names its scenario itself; here all go by their letters.
        (Some(letter), Some(_)) => format!("{letter}: {}", text.rsplit_once(':').map_or("", |(_, rest)| rest.trim())),
    }
}

fn verdict(verdict: GateVerdict) -> Cell {
    let words = match verdict {
        GateVerdict::Undecided { enough: Some(enough) } => format!("not decided ~{}", number::about(enough)),
        other => other.to_string(),
    };
    let tone = match verdict {
        GateVerdict::Holds => Tone::Good,
        GateVerdict::Fails => Tone::Bad,
        GateVerdict::Undecided { .. } => Tone::Unclear,
    };
    Cell::verdict(words, Some(tone))
}

/// What the verdicts rest on.
fn footnote(gates: &[GateSummary]) -> Option<String> {
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
    if gates.iter().any(|result| result.reading.mean.is_some() && result.reading.half_width.is_none()) {
        rests.push(
            "Without two replications that say something there is no interval: --replications asks for more.".into(),
        );
    }
    (!rests.is_empty()).then(|| rests.join(" "))
}
