//! What each rule is worth, as a document that a manager can read.

use super::comparison::{extent, reading, tone};
use super::comparison_charts::worth_charts;
use super::comparison_inputs::ComparedInputs;
use super::document::{Block, Document, Role, Section};
use super::number::{self, plural};
use super::origin;
use super::prose::{listed, measure_words};
use super::summary::{DifferenceSummary, RuleSummary, RuleWorthSummary};
use super::table::{Cell, Column, Interval, Table};
use super::words::Text;
use crate::experiment::{Conclusion, WORTH};
use crate::measures::Metric;
use crate::rules::Rule;
use crate::stats::CONFIDENCE;

/// What stands above the measures, in two lines where there is no room for one, and how wide they are in a terminal; and what stands before a figure on a
/// telephone.
const COLUMNS: [(&str, usize, &str); 5] = [
    ("orders\nfilled %", 12, "orders filled:"),
    ("units never\nshipped %", 12, "never shipped:"),
    ("days till a\nunit ships", 12, "days till a unit ships:"),
    ("parcels\nan order", 12, "parcels an order:"),
    ("cost an\norder", 10, "cost an order:"),
];

/// The document: a table with a row for each rule that could be taken back, the same in words, charts, and the rules that
/// could not.
pub fn rule_worth_document(worth: &RuleWorthSummary) -> Document {
    rule_worth_page(worth, None)
}

/// The same with what went in, as far as that is known.
pub(super) fn rule_worth_page(worth: &RuleWorthSummary, inputs: Option<&ComparedInputs>) -> Document {
    number::in_currency(worth.compared.currency.as_deref(), || document_of(worth, inputs))
}

fn document_of(worth: &RuleWorthSummary, inputs: Option<&ComparedInputs>) -> Document {
    let scenario = &worth.scenario;
    let mut document =
        Document::new("What each promise brings and costs", format!("What each rule of {scenario} is worth"));
    document.open(Block::paragraph(format!("{}: {scenario}", document.kind)).in_text());
    document.opening.extend(finding(worth).map(|sentence| Block::of(Role::Finding, sentence).on_page()));
    let mut charts = worth_charts(worth);
    // What it costs is what rules are held against; where nothing costs anything, the first chart opens the page.
    let at = charts.iter().position(|(name, _)| name == Metric::CostPerOrder.name()).unwrap_or(0);
    if at < charts.len() {
        let (name, chart) = charts.remove(at);
        document.open(Block::figures(vec![chart.figure(name)]).on_page());
    }
    document.open(Block::of(Role::Extent, extent(&worth.compared)));
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
    let figures = charts.into_iter().map(|(name, chart)| chart.figure(name)).collect();
    document.push(Section::on_page("pictures", "In pictures").with(Block::figures(figures).on_page()));
    let reading = reading(legend(worth), &worth.compared.notes);
    let Some(inputs) = inputs else {
        document.push(reading.with(Block::files()));
        return document;
    };
    document.version = inputs.origin.version.clone();
    document.push(reading);
    document.push(Section::on_page("inputs", "Inputs").with(origin::inputs(&inputs.shared).on_page()));
    document.push(origin::reproduce(&inputs.origin, "scenario", worth.compared.seed, worth.compared.interrupted));
    document
}

/// How many rules matter here, and which of them most by what an order costs, or by what stands before it in the table.
fn finding(worth: &RuleWorthSummary) -> Option<String> {
    let measured: Vec<&RuleSummary> = worth.rules.iter().filter(|rule| rule.measured).collect();
    let matters = |rule: &RuleSummary, metric: Metric| {
        let effect = rule.effect(metric)?;
        matches!(effect.conclusion, Some(Conclusion::Better | Conclusion::Worse)).then_some(effect.reading.mean?)
    };
    let some = measured.iter().filter(|rule| WORTH.iter().any(|&metric| matters(rule, metric).is_some())).count();
    let is_open = |rule: &RuleSummary| {
        let conclusion = |metric: Metric| rule.effect(metric)?.conclusion;
        let is = |wanted: fn(&Conclusion) -> bool| WORTH.iter().any(|&it| conclusion(it).as_ref().is_some_and(wanted));
        !is(|it| matches!(it, Conclusion::Better | Conclusion::Worse))
            && is(|it| matches!(it, Conclusion::Unclear { .. }))
    };
    let (open, of) = (measured.iter().filter(|rule| is_open(rule)).count(), measured.len());
    let counted = match (some, open) {
        (_, 0) => format!("{some} of {of} rules that could be taken back change something that matters here"),
        (0, _) => format!(
            "None of {of} rules that could be taken back is certain to change something that matters here; of {open} it is \
             unclear at so many replications"
        ),
        _ => format!(
            "{some} of {of} rules that could be taken back change something that matters here, and of {open} it is unclear"
        ),
    };
    let most = WORTH.into_iter().rev().find_map(|metric| {
        let found = measured.iter().filter_map(|rule| Some((rule, matters(rule, metric)?)));
        let (rule, _) = found.max_by(|left, right| left.1.abs().total_cmp(&right.1.abs()))?;
        let effect = rule.effect(metric)?;
        let is_price = effect.conclusion == Some(Conclusion::Worse);
        let what = if is_price { "its price is" } else { "it brings" };
        Some((rule.rule, metric, format!("{what} {}", phrase(metric, effect))))
    });
    (!measured.is_empty()).then(|| match most {
        Some((rule, metric, effect)) => {
            format!("{counted}; {} counts most by {}: {effect}.", rule.id(), measure_words(metric))
        }
        None => format!("{counted}."),
    })
}

fn table(worth: &RuleWorthSummary) -> Table {
    let measures = COLUMNS.map(|(heading, width, label)| {
        Column::number(headed(heading)).wide(width).with_interval(Interval::Below, 0).labelled(label)
    });
    let mut table = Table::new("", std::iter::once(Column::words("Rule").wide(22)).chain(measures))
        .captioned("What each rule brings and costs");
    let as_it_is = WORTH.iter().map(|metric| {
        // The unit, and the currency, stand in the heading.
        let cell = number::in_currency(None, || Cell::figure(metric.definition().unit, *worth.metrics.of(*metric)));
        let value = cell.text.words();
        Cell { text: value.trim_end_matches([' ', '%', 'd']).into(), ..cell }
    });
    table.row(std::iter::once(Cell::words("(as it is)")).chain(as_it_is));
    for rule in worth.rules.iter().filter(|rule| rule.measured) {
        let name = Cell::words(Text::default().plain(rule.rule.id())).with_detail(rule.promise.as_str());
        table.row(std::iter::once(name).chain(WORTH.iter().map(|&metric| effect(rule, metric))));
    }
    table
}

/// A heading; that of money names the currency.
fn headed(heading: &str) -> String {
    match number::currency() {
        Some(currency) if heading.starts_with("cost") => format!("{currency} an\norder"),
        _ => heading.to_string(),
    }
}

/// An effect and its half-width; a dot where not one replication differs.
fn effect(rule: &RuleSummary, metric: Metric) -> Cell {
    let Some(effect) = rule.effect(metric) else { return Cell::none() };
    let tone = tone(effect.conclusion);
    match effect.conclusion {
        Some(Conclusion::Same) => Cell::number("·", Some(0.0)).toned(tone),
        _ => Cell::bare_difference(metric.definition().unit, effect.reading).toned(tone),
    }
}

/// Rule by rule what is certain, and what stands against it.
fn sentences(worth: &RuleWorthSummary) -> Vec<(Rule, String)> {
    let of = |rule: &RuleSummary| {
        let (true, Some(means)) = (rule.measured, &rule.without_it) else { return None };
        let (mut brings, mut costs) = (Vec::new(), Vec::new());
        for metric in WORTH {
            let Some(effect) = rule.effect(metric) else { continue };
            match effect.conclusion {
                Some(Conclusion::Better) => brings.push(phrase(metric, effect)),
                Some(Conclusion::Worse) => costs.push(phrase(metric, effect)),
                _ => {}
            }
        }
        let verdict = match (brings.is_empty(), costs.is_empty()) {
            (true, true) => nothing_certain(rule),
            (false, true) => format!("It brings {}.", listed(&brings)),
            (true, false) => format!("Its price is {}.", listed(&costs)),
            (false, false) => format!("It brings {}, at the price of {}.", listed(&brings), listed(&costs)),
        };
        Some((rule.rule, format!("Without it, {means}. {verdict}")))
    };
    worth.rules.iter().filter_map(of).collect()
}

/// Why there is nothing certain to say of a rule.
fn nothing_certain(rule: &RuleSummary) -> String {
    let conclusion = |metric: Metric| rule.effect(metric)?.conclusion;
    let all = |wanted: &[Conclusion]| {
        WORTH.iter().all(|&metric| conclusion(metric).is_some_and(|conclusion| wanted.contains(&conclusion)))
    };
    let fired = rule.fired_per_1000_orders.mean.is_some_and(|mean| mean > 0.0);
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
fn phrase(metric: Metric, effect: &DifferenceSummary) -> String {
    let value = number::difference_in_a_sentence(metric.definition().unit, effect.reading);
    let amount = value.trim_start_matches(['+', '−']);
    let is_more = effect.reading.mean.is_some_and(|mean| mean > 0.0);
    let of = |more: &str, less: &str| format!("{amount} {}", if is_more { more } else { less });
    match metric {
        Metric::OrderFillRate => of("points more orders filled at once", "points fewer orders filled at once"),
        Metric::NeverShippedUnitShare => of("points more units never shipped", "points fewer units never shipped"),
        Metric::UnitShipDaysMean => of("days longer until a unit ships", "days less until a unit ships"),
        Metric::ParcelsPerOrder => of("more parcels an order", "fewer parcels an order"),
        _ => of("an order", "less to pay for an order"),
    }
}

/// The rules that were not taken back, and why.
fn not_measured(worth: &RuleWorthSummary) -> Vec<(Rule, String)> {
    worth.rules.iter().filter_map(|rule| Some((rule.rule, format!("{}.", rule.why_not.as_ref()?)))).collect()
}

fn legend(worth: &RuleWorthSummary) -> String {
    let effects = worth.rules.iter().flat_map(|rule| &rule.effects).flat_map(|effects| effects.iter());
    let tested = effects.filter(|(_, effect)| effect.p_value.is_some()).count();
    format!(
        "Shares differ in percentage points; a dot: no replication differs. In words stands only what matters (0.1 point of \
         a share, less near 0 and 1; 0.5 % of any other figure; --indifference sets it) and holds together at {} % (Holm's \
         correction over {}). Each rule is taken back alone: worths of several do not add.",
        CONFIDENCE * 100.0,
        plural(tested, "difference")
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
    use crate::report::summary::Kept;
    use crate::report::text::text;

    #[test]
    fn every_rule_stands_on_the_page_measured_or_not() {
        let mut model = fixture::model();
        model.run.replications = Replications::Fixed(2);
        let worth = rule_worth(&model, &Settings::default(), &Judging::default()).unwrap();
        let worth = RuleWorthSummary::from(&worth);
        assert_eq!(RuleWorthSummary::from_json(&worth.to_json()), Ok(worth.clone()));
        let document = rule_worth_document(&worth);
        let page = page(&document, &[]);
        assert_sound(&page);
        let text = text(&document);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH && line.trim_end() == line), "{text}");
        let measured = worth.rules.iter().filter(|rule| rule.measured).count();
        for rule in &worth.rules {
            let (id, is_measured) = (rule.rule.id(), usize::from(rule.measured));
            let rows = page.matches(&format!("<th scope=\"row\" role=\"rowheader\">{id}<small>")).count();
            let told = page.matches(&format!("<dt><code>{id}</code></dt>")).count();
            assert_eq!((rows, told), (is_measured, 1), "{id}");
            assert_eq!(text.lines().filter(|line| line.starts_with(&format!("  {id} "))).count(), 1, "{id}: {text}");
            assert_eq!(text.lines().filter(|line| line.starts_with(&format!("{id} "))).count(), is_measured, "{id}");
        }
        assert!((5..15).contains(&measured), "{measured}");
    }
}
