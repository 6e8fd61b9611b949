//! What each rule is worth, as a document that a manager can read.

use super::comparison::{extent, reading, tone};
use super::comparison_charts::worth_charts;
use super::document::{Block, Document, Role, Section};
use super::number;
use super::prose::listed;
use super::table::{Cell, Column, Interval, Table};
use super::words::Text;
use crate::experiment::{Conclusion, Difference, Measured, RuleWorth, WORTH};
use crate::measures::Metric;
use crate::rules::{Relaxation, Rule};
use crate::stats::CONFIDENCE;

/// What stands above the measures, in two lines where there is no room for one, and how wide they are in a terminal.
const COLUMNS: [(&str, usize); 5] = [
    ("orders\nfilled %", 12),
    ("units never\nshipped %", 12),
    ("days till a\nunit ships", 12),
    ("parcels\nan order", 12),
    ("cost an\norder", 10),
];

/// The document: a table with a row for each rule that could be taken back, the same in words, charts, and the rules that
/// could not.
pub fn rule_worth_document(worth: &RuleWorth) -> Document {
    let scenario = &worth.comparison.results[0].scenario;
    let mut document = Document::new("What each promise brings and costs", scenario);
    document.open(Block::paragraph(format!("{}: {scenario}", document.kind)).in_text());
    document.open(Block::of(Role::Extent, extent(&worth.comparison)));
    let lead = format!("With the rule, less without it, ± half of the {} % confidence interval.", CONFIDENCE * 100.0);
    document.push(
        Section::on_page("effects", "With the rule, less without it")
            .with(Block::paragraph(lead).in_text())
            .with(table(worth)),
    );
    for (id, title, rows) in
        [("words", "In words", sentences(worth)), ("not-measured", "Not measured", not_measured(worth))]
    {
        if !rows.is_empty() {
            let items = rows.into_iter().map(|(rule, text)| (Text::default().code(rule.id()), text.into())).collect();
            document.push(Section::new(id, title).with(Block::terms(items)));
        }
    }
    let figures = worth_charts(worth).into_iter().map(|(name, chart)| chart.figure(name)).collect();
    document.push(Section::on_page("pictures", "In pictures").with(Block::figures(figures).on_page()));
    document.push(reading(legend(worth), &worth.comparison.notes));
    document
}

fn table(worth: &RuleWorth) -> Table {
    let measures =
        COLUMNS.map(|(heading, width)| Column::number(heading).wide(width).with_interval(Interval::Below, 0));
    let mut table = Table::new("", std::iter::once(Column::words("Rule").wide(22)).chain(measures));
    let as_it_is = WORTH.iter().map(|metric| {
        let cell = Cell::figure(metric.definition().unit, worth.comparison.results[0].estimate(*metric));
        let value = cell.text.words();
        // The unit stands in the heading.
        Cell { text: value.trim_end_matches([' ', '%', 'd']).into(), ..cell }
    });
    table.row(std::iter::once(Cell::words("(as it is)")).chain(as_it_is));
    for &(rule, measured) in &worth.rules {
        if matches!(measured, Measured::By(_)) {
            let name = Cell::words(Text::default().plain(rule.id())).with_detail(rule.promise());
            table.row(std::iter::once(name).chain(WORTH.iter().map(|&metric| effect(worth, measured, metric))));
        }
    }
    table
}

/// An effect and its half-width; a dot where not one replication differs.
fn effect(worth: &RuleWorth, measured: Measured, metric: Metric) -> Cell {
    let Some(effect) = worth.effect(measured, metric) else { return Cell::none() };
    match effect.judged.map(|judged| judged.conclusion) {
        Some(Conclusion::Same) => Cell::number("·", Some(0.0)).toned(tone(&effect)),
        _ => Cell::difference(metric.definition().unit, effect.estimate.as_ref()).toned(tone(&effect)),
    }
}

/// Rule by rule what is certain, and what stands against it.
fn sentences(worth: &RuleWorth) -> Vec<(Rule, String)> {
    let of = |&(rule, measured): &(Rule, Measured)| {
        let (Measured::By(_), Relaxation::Opposite { means, .. }) = (measured, rule.relaxed()) else { return None };
        let (mut brings, mut costs) = (Vec::new(), Vec::new());
        for metric in WORTH {
            let Some(effect) = worth.effect(measured, metric) else { continue };
            match effect.judged.map(|judged| judged.conclusion) {
                Some(Conclusion::Better) => brings.push(phrase(metric, &effect)),
                Some(Conclusion::Worse) => costs.push(phrase(metric, &effect)),
                _ => {}
            }
        }
        let verdict = match (brings.is_empty(), costs.is_empty()) {
            (true, true) => nothing_certain(worth, rule, measured),
            (false, true) => format!("It brings {}.", listed(&brings)),
            (true, false) => format!("It costs {}.", listed(&costs)),
            (false, false) => format!("It brings {}; it costs {}.", listed(&brings), listed(&costs)),
        };
        Some((rule, format!("Without it, {means}. {verdict}")))
    };
    worth.rules.iter().filter_map(of).collect()
}

/// Why there is nothing certain to say of a rule.
fn nothing_certain(worth: &RuleWorth, rule: Rule, measured: Measured) -> String {
    let conclusion = |metric: Metric| worth.effect(measured, metric)?.judged.map(|judged| judged.conclusion);
    let all = |wanted: &[Conclusion]| {
        WORTH.iter().all(|&metric| conclusion(metric).is_some_and(|conclusion| wanted.contains(&conclusion)))
    };
    let fired = worth.comparison.results[0].firings(rule).is_some_and(|estimate| estimate.mean > 0.0);
    if all(&[Conclusion::Same]) && !fired {
        "It had no occasion here.".into()
    } else if all(&[Conclusion::Same]) {
        "It changed none of these figures in any replication.".into()
    } else if all(&[Conclusion::Same, Conclusion::Equivalent]) {
        "It changes none of these figures by as much as matters.".into()
    } else {
        "No effect on these figures is certain and matters, at this many replications.".into()
    }
}

/// `0.42 days sooner`: an effect that is certain.
fn phrase(metric: Metric, effect: &Difference) -> String {
    let value = number::difference_in_a_sentence(metric.definition().unit, effect.estimate.as_ref());
    let amount = value.trim_start_matches(['+', '−']);
    let is_more = effect.estimate.is_some_and(|estimate| estimate.mean > 0.0);
    let of = |more: &str, less: &str| format!("{amount} {}", if is_more { more } else { less });
    match metric {
        Metric::OrderFillRate => of("points more orders filled at once", "points fewer orders filled at once"),
        Metric::NeverShippedUnitShare => of("points more units never shipped", "points fewer units never shipped"),
        Metric::UnitShipDaysMean => of("days longer until a unit ships", "days less until a unit ships"),
        Metric::ParcelsPerOrder => of("more parcels an order", "fewer parcels an order"),
        _ => of("more cost an order", "less cost an order"),
    }
}

/// The rules that were not taken back, and why.
fn not_measured(worth: &RuleWorth) -> Vec<(Rule, String)> {
    let why = |measured| match measured {
        Measured::By(_) => None,
        Measured::Without => Some("the scenario does without it already"),
        Measured::NoOpposite(why) => Some(why),
    };
    worth.rules.iter().filter_map(|&(rule, measured)| Some((rule, format!("{}.", why(measured)?)))).collect()
}

fn legend(worth: &RuleWorth) -> String {
    let tested =
        worth.comparison.contrasts.iter().flatten().filter_map(|difference| difference.judged?.p_value).count();
    format!(
        "Shares differ in percentage points; a dot: no replication differs. In words stands only what matters (0.1 point of \
         a share, less near 0 and 1; 0.5 % of any other figure; --indifference sets it) and holds together at {} % (Holm's \
         correction over {tested} differences). Each rule is taken back alone: worths of several do not add.",
        CONFIDENCE * 100.0
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Replications;
    use crate::experiment::{Judging, Settings, rule_worth};
    use crate::measures::fixture;
    use crate::report::document::WIDTH;
    use crate::report::html::{page, tests::assert_sound};
    use crate::report::text::text;

    #[test]
    fn every_rule_stands_on_the_page_measured_or_not() {
        let mut model = fixture::model();
        model.run.replications = Replications::Fixed(2);
        let worth = rule_worth(&model, &Settings::default(), &Judging::default()).unwrap();
        let document = rule_worth_document(&worth);
        let page = page(&document, &[]);
        assert_sound(&page);
        let text = text(&document);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH && line.trim_end() == line), "{text}");
        let measured = worth.rules.iter().filter(|(_, measured)| matches!(measured, Measured::By(_))).count();
        for (rule, measured) in &worth.rules {
            let (id, is_measured) = (rule.id(), usize::from(matches!(measured, Measured::By(_))));
            let rows = page.matches(&format!("<th scope=\"row\" role=\"rowheader\">{id}<small>")).count();
            let told = page.matches(&format!("<dt><code>{id}</code></dt>")).count();
            assert_eq!((rows, told), (is_measured, 1), "{id}");
            assert_eq!(text.lines().filter(|line| line.starts_with(&format!("  {id} "))).count(), 1, "{id}: {text}");
            assert_eq!(text.lines().filter(|line| line.starts_with(&format!("{id} "))).count(), is_measured, "{id}");
        }
        assert!((5..15).contains(&measured), "{measured}");
    }
}
