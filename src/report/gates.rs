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
        Gates::NoOccasion => "not all had an occasion",
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
        GateVerdict::NoOccasion | GateVerdict::Undecided { .. } => Tone::Unclear,
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
    if gates.iter().any(|result| result.verdict == GateVerdict::NoOccasion) {
        rests.push(
            "No occasion: nothing happened in any replication that the measure is about. More or longer ones help only where \
             the scenario lets it happen; else change that, or leave the gate out."
                .into(),
        );
    }
    if gates.iter().any(|result| result.verdict == GateVerdict::Holds && result.reading.mean.is_none()) {
        rests.push("What holds without a figure is certain: under the settings nothing can break it.".into());
    }
    if gates.iter().any(|result| result.reading.mean.is_some() && result.reading.half_width.is_none()) {
        rests.push(
            "Without two replications that say something there is no interval: --replications asks for more.".into(),
        );
    }
    (!rests.is_empty()).then(|| rests.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Gate;
    use crate::report::document::{Document, Section};
    use crate::report::html::page;
    use crate::report::summary::Reading;
    use crate::report::text::text;

    fn gate(require: &str, verdict: GateVerdict, half_width: Option<f64>) -> GateSummary {
        GateSummary {
            gate: Gate::parse(require).expect("a gate"),
            scenario: None,
            reading: Reading { mean: Some(0.9), half_width },
            p_value: half_width.map(|_| 0.5),
            verdict,
        }
    }

    fn shown(gates: &[GateSummary]) -> (String, String) {
        let mut document = Document::new("kind", "title");
        document.push(Section::on_page("gates", "Gates").with(table(gates).expect("gates")));
        (text(&document), page(&document, &[]))
    }

    #[test]
    fn what_does_not_hold_is_bad_and_what_holds_is_good() {
        for (verdict, heading, told) in [
            (GateVerdict::Holds, "all hold", "class=\"verdict good\"><span aria-hidden=\"true\">✓</span> holds<"),
            (
                GateVerdict::Fails,
                "not all hold",
                "class=\"verdict bad\"><span aria-hidden=\"true\">✗</span> does not hold<",
            ),
            (
                GateVerdict::NoOccasion,
                "not all had an occasion",
                "class=\"verdict unclear\"><span aria-hidden=\"true\">?</span> no occasion<",
            ),
            (
                GateVerdict::Undecided { enough: Some(840) },
                "not decidable at this many replications",
                "class=\"verdict unclear\"><span aria-hidden=\"true\">?</span> not decided ~840<",
            ),
        ] {
            let (text, page) = shown(&[gate("order_fill_rate >= 0.9", verdict, Some(0.01))]);
            assert!(page.contains(told), "{told}: {page}");
            assert!(text.starts_with(&format!("Gates: {heading}\n")), "{text}");
        }
    }

    #[test]
    fn a_footnote_says_what_the_verdicts_rest_on() {
        let undecided = GateVerdict::Undecided { enough: Some(840) };
        let one = [gate("order_fill_rate >= 0.9", GateVerdict::Holds, Some(0.01))];
        assert_eq!(footnote(&one), None);
        let two = [one[0].clone(), gate("unit_fill_rate >= 0.9", undecided, Some(0.01))];
        assert_eq!(
            footnote(&two).unwrap(),
            "The verdicts hold together at 95 % (Holm's correction over 2 gates). ~n: about so many replications would \
             tell, four times in five."
        );
        let alone = [gate("order_fill_rate >= 0.9", GateVerdict::Holds, None)];
        assert!(footnote(&alone).unwrap().starts_with("Without two replications that say something"));
        let unmeasured = |verdict| {
            [GateSummary { reading: Reading::default(), p_value: None, ..gate("parcels > 1", verdict, None) }]
        };
        assert!(footnote(&unmeasured(GateVerdict::NoOccasion)).unwrap().starts_with("No occasion: nothing happened"));
        assert!(
            footnote(&unmeasured(GateVerdict::Holds)).unwrap().starts_with("What holds without a figure is certain")
        );
    }

    #[test]
    fn a_gate_bears_the_letter_of_its_scenario() {
        let mut result = gate("order_fill_rate >= 0.9", GateVerdict::Holds, None);
        assert_eq!(condition(&result), "order_fill_rate >= 0.9");
        result.scenario = Some('C');
        assert_eq!(condition(&result), "C: order_fill_rate >= 0.9");
        let mut named = gate("nearest: order_fill_rate >= 0.9", GateVerdict::Holds, None);
        named.scenario = Some('B');
        assert_eq!(condition(&named), "B: order_fill_rate >= 0.9");
    }
}
