//! The picture that a comparison opens with: what each scenario costs and serves more or less than the first.

use super::charts::{Balance, Chart, Cross, Plane, Side, forest, plane};
use super::comparison_charts::{drawn, unit_of};
use super::comparison_finding::main_measure;
use super::number;
use super::prose::{difference_words, measure_words};
use super::summary::{ComparisonSummary, DifferenceSummary, ScenarioSummary};
use crate::experiment::Conclusion;
use crate::measures::{Better, Metric, Unit};
use crate::stats::CONFIDENCE;

/// What is paid for service, in the order in which one is looked for that is judged and differs; and what less and more of it is
/// called.
const PAID: [(Metric, [&str; 2]); 3] = [
    (Metric::CostPerOrder, ["cheaper", "dearer"]),
    (Metric::OnHandMeanCost, ["less stock", "more stock"]),
    (Metric::ParcelsPerOrder, ["fewer parcels", "more parcels"]),
];

/// What is got for it, in the order of preference; and what more and less of it is called.
pub(super) const SERVED: [(Metric, [&str; 2]); 9] = [
    (Metric::OnTimeOrderShare, ["more in time", "fewer in time"]),
    (Metric::OrderFillRate, ["more filled", "fewer filled"]),
    (Metric::UnitFillRate, ["more filled", "fewer filled"]),
    (Metric::UnitShipDaysMean, ["sooner", "later"]),
    (Metric::ShipDaysMean, ["sooner", "later"]),
    (Metric::DeliverDaysMean, ["sooner", "later"]),
    (Metric::BackorderWaitDaysMean, ["shorter waits", "longer waits"]),
    (Metric::AutoCancelledOrderShare, ["fewer cancelled", "more cancelled"]),
    (Metric::SplitOrderShare, ["fewer split", "more split"]),
];

/// So many scenarios are told one by one below the picture.
const MAX_TOLD: usize = 3;

/// The picture, and its name as a file: cost against service; where there is but one of the two, that one, scenario by scenario.
/// Nothing where no scenario differs from the first.
pub(super) fn decision(comparison: &ComparisonSummary) -> Option<(String, Chart)> {
    let chart = in_a_plane(comparison).or_else(|| in_a_row(comparison))?;
    Some(("decision".into(), chart))
}

fn difference(comparison: &ComparisonSummary, index: usize, metric: Metric) -> &DifferenceSummary {
    comparison.contrasts[index - 1].differences.of(metric)
}

fn others(comparison: &ComparisonSummary) -> std::ops::Range<usize> {
    1..comparison.scenarios.len()
}

/// Of how many scenarios it is known to be better or worse than the first.
fn told(comparison: &ComparisonSummary, metric: Metric) -> usize {
    let is_told = |index: &usize| {
        matches!(difference(comparison, *index, metric).conclusion, Some(Conclusion::Better | Conclusion::Worse))
    };
    others(comparison).filter(is_told).count()
}

/// Whether it is judged, and every scenario has a figure.
fn is_known(comparison: &ComparisonSummary, metric: Metric) -> bool {
    let is_judged = comparison.compared.judged_together.0.contains(&metric);
    is_judged && others(comparison).all(|index| difference(comparison, index, metric).reading.mean.is_some())
}

/// Whether it is known, and some scenario has another figure than the first.
fn differs(comparison: &ComparisonSummary, metric: Metric) -> bool {
    let is_other = |index: usize| difference(comparison, index, metric).reading.mean != Some(0.0);
    is_known(comparison, metric) && others(comparison).any(is_other)
}

/// The side of the plane that a measure is; its words begin with those of the better end.
fn side(comparison: &ComparisonSummary, metric: Metric, words: [&'static str; 2]) -> Side {
    let definition = metric.definition();
    let (scale, unit) = match definition.unit {
        Unit::Share => (100.0, " (points)".to_string()),
        Unit::Days => (1.0, " (days)".to_string()),
        Unit::Money => (1.0, number::currency().map_or_else(String::new, |currency| format!(" ({currency})"))),
        Unit::Count(_) => (1.0, String::new()),
    };
    let first = comparison.scenarios[0].letter;
    Side {
        title: format!("{}, less {first}’s{unit}", measure_words(metric)),
        words,
        is_more_better: definition.better == Better::Higher,
        indifference: difference(comparison, 1, metric).indifference * scale,
    }
}

fn in_a_plane(comparison: &ComparisonSummary) -> Option<Chart> {
    let &(paid, paid_words) = PAID.iter().find(|(metric, _)| differs(comparison, *metric))?;
    // Of two measures of service that tell as many scenarios apart, the first.
    let served = SERVED.iter().filter(|(metric, _)| differs(comparison, *metric));
    let &(served, served_words) = served
        .rev()
        .max_by_key(|(metric, _)| told(comparison, *metric))
        .or_else(|| SERVED.iter().find(|(metric, _)| is_known(comparison, *metric)))?;
    let scaled = |found: &DifferenceSummary, metric: Metric| {
        let scale = if metric.definition().unit == Unit::Share { 100.0 } else { 1.0 };
        Some((found.reading.mean? * scale, found.reading.half_width.unwrap_or(0.0) * scale))
    };
    let cross = |index: usize| {
        let [cost, service] = [paid, served].map(|metric| difference(comparison, index, metric));
        let scenario = &comparison.scenarios[index];
        let in_words = [(paid, cost), (served, service)].map(|(metric, found)| in_words(metric, found));
        Some(Cross {
            name: named(scenario),
            said: format!("{}: {}", named(scenario), in_words.join(", ")),
            cost: scaled(cost, paid)?,
            service: scaled(service, served)?,
            amounts_to: balance([cost.conclusion, service.conclusion]),
        })
    };
    let crosses: Vec<Cross> = others(comparison).filter_map(cross).collect();
    let first = &comparison.scenarios[0];
    let title = format!("What each change brings: {} and {}", measure_words(paid), measure_words(served));
    plane(&Plane {
        title: &title,
        caption: caption(comparison, &crosses, [paid, served]),
        today: named(first),
        cost: side(comparison, paid, paid_words),
        service: side(comparison, served, served_words),
        crosses: &crosses,
    })
}

/// What the plane finds, and how it is read.
fn caption(comparison: &ComparisonSummary, crosses: &[Cross], measures: [Metric; 2]) -> String {
    let first = comparison.scenarios[0].letter;
    let found = if crosses.len() <= MAX_TOLD {
        let one = |index: usize| {
            let words = measures.map(|metric| {
                difference_words(metric.definition().unit, difference(comparison, index, metric).reading)
            });
            format!("{}: {}", comparison.scenarios[index].letter, words.join(" and "))
        };
        format!("Against {first}, {}.", others(comparison).map(one).collect::<Vec<_>>().join("; "))
    } else {
        let count = |balance: Balance| crosses.iter().filter(|it| it.amounts_to == balance).count();
        let counts: Vec<String> = Balance::ALL
            .into_iter()
            .filter(|&balance| count(balance) > 0)
            .map(|balance| format!("{} {}", count(balance), balance.words()))
            .collect();
        format!("Of {} against {first}: {}.", crosses.len(), counts.join(", "))
    };
    format!(
        "{found} Up and to the left is better. A cross is the {} % interval of the paired difference; in the shaded box nothing \
         matters.",
        number::grouped(CONFIDENCE * 100.0, 0)
    )
}

/// `cost per order +0.18 ± 0.14`
fn in_words(metric: Metric, found: &DifferenceSummary) -> String {
    format!("{} {}", measure_words(metric), difference_words(metric.definition().unit, found.reading))
}

/// What two conclusions come to together.
fn balance(conclusions: [Option<Conclusion>; 2]) -> Balance {
    match [Conclusion::Better, Conclusion::Worse].map(|wanted| conclusions.contains(&Some(wanted))) {
        [true, true] => Balance::Trade,
        [true, false] => Balance::Better,
        [false, true] => Balance::Worse,
        [false, false] => Balance::Alike,
    }
}

/// The measure that counts most, scenario by scenario.
fn in_a_row(comparison: &ComparisonSummary) -> Option<Chart> {
    let main = main_measure(comparison)?;
    let unit = main.definition().unit;
    let scale = if unit == Unit::Share { 100.0 } else { 1.0 };
    let effects: Vec<_> = others(comparison)
        .filter_map(|index| {
            drawn(named(&comparison.scenarios[index]), main, difference(comparison, index, main), scale)
        })
        .collect();
    let first = comparison.scenarios[0].letter;
    let title = format!("What each change brings: {}, less {first}’s", measure_words(main));
    forest(&title, &format!("difference, {}", unit_of(main)), &effects)
}

/// `B nearest`
fn named(scenario: &ScenarioSummary) -> String {
    let ScenarioSummary { letter, name, .. } = scenario;
    if name.is_empty() { letter.to_string() } else { format!("{letter} {name}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::compared;

    fn summary() -> ComparisonSummary {
        ComparisonSummary::from(&compared())
    }

    #[test]
    fn cost_and_service_of_every_scenario_in_one_picture() {
        let (name, chart) = decision(&summary()).expect("one scenario differs");
        assert_eq!(name, "decision");
        assert!(chart.title.starts_with("What each change brings: "), "{}", chart.title);
        assert!(chart.caption.starts_with("Against A, B: ") && chart.caption.contains("; C: "), "{}", chart.caption);
    }

    #[test]
    fn one_measure_alone_is_told_scenario_by_scenario() {
        let mut comparison = summary();
        comparison.compared.judged_together.0 = vec![Metric::OrderFillRate];
        let (_, chart) = decision(&comparison).expect("one scenario differs");
        assert_eq!(chart.title, "What each change brings: orders filled at once, less A’s");
    }

    #[test]
    fn nothing_is_drawn_where_nothing_differs() {
        let mut comparison = summary();
        comparison.contrasts.remove(0);
        comparison.scenarios.remove(1);
        assert!(decision(&comparison).is_none(), "C is A again");
    }

    #[test]
    fn better_in_one_and_worse_in_the_other_is_a_trade() {
        let of = |cost, service| balance([Some(cost), Some(service)]);
        assert_eq!(of(Conclusion::Better, Conclusion::Worse), Balance::Trade);
        assert_eq!(of(Conclusion::Better, Conclusion::Equivalent), Balance::Better);
        assert_eq!(of(Conclusion::Unclear { enough: None }, Conclusion::Worse), Balance::Worse);
        assert_eq!(of(Conclusion::Same, Conclusion::Equivalent), Balance::Alike);
    }
}
