//! What a comparison found, in the sentences that it opens with: which scenario to choose by the measure that counts most, and what
//! each of the others gains and loses against the first.

use super::number;
use super::prose::{difference_words, figure_words, listed, measure_words};
use super::summary::{BestClaim, ComparisonSummary, DifferenceSummary, ScenarioSummary};
use crate::experiment::Conclusion;
use crate::measures::Metric;

/// Scenarios that get a sentence of their own; of more, only the choice is stated, and the tables have the rest.
const MAX_TOLD: usize = 6;

/// Measures that a sentence lists; it counts the others.
const MAX_LISTED: usize = 3;

/// What a comparison found, in sentences.
pub(super) struct Finding {
    /// Which scenario to choose; nothing where that cannot be said.
    pub choice: Option<String>,
    /// What each scenario after the first gains and loses; nothing of many.
    pub each: Vec<String>,
}

/// The choice, and a sentence on each scenario after the first.
pub(super) fn finding(comparison: &ComparisonSummary) -> Finding {
    let others = 1..comparison.scenarios.len();
    let is_few = others.len() <= MAX_TOLD;
    Finding {
        choice: choice(comparison),
        each: others.filter(|_| is_few).map(|index| against_the_first(comparison, index)).collect(),
    }
}

/// The measure that a choice is made by: cost per order where it is judged and anything costs, else the first one judged.
pub(super) fn main_measure(comparison: &ComparisonSummary) -> Option<Metric> {
    let judged = &comparison.compared.judged_together.0;
    let cost = Metric::CostPerOrder;
    let is_stated = comparison.scenarios.iter().any(|it| it.metrics.of(cost).mean.is_some_and(|mean| mean != 0.0));
    judged.iter().copied().find(|&metric| metric == cost && is_stated).or_else(|| judged.first().copied())
}

/// Which scenario is best by that measure, as far as it can be told; nothing where the measure has no better way, or no figures.
fn choice(comparison: &ComparisonSummary) -> Option<String> {
    let main = main_measure(comparison)?;
    let unit = main.definition().unit;
    let first = &comparison.scenarios[0];
    let by = measure_words(main);
    let conclusion = |index: usize| difference(comparison, index, main).conclusion;
    let all = |wanted: fn(&Conclusion) -> bool| {
        (1..comparison.scenarios.len()).all(|index| conclusion(index).as_ref().is_some_and(wanted))
    };
    let figure = |scenario: &ScenarioSummary| figure_words(unit, *scenario.metrics.of(main));
    if all(|it| *it == Conclusion::Worse) {
        let worse = if comparison.scenarios.len() == 2 { "The change makes" } else { "Each change makes" };
        return Some(format!("By {by}, {} is best: {}. {worse} it worse.", named(first), figure(first)));
    }
    if all(|it| matches!(it, Conclusion::Same | Conclusion::Equivalent)) {
        return Some(format!("By {by} it does not matter which is chosen: {}.", figure(first)));
    }
    let better: Vec<usize> =
        (1..comparison.scenarios.len()).filter(|&index| conclusion(index) == Some(Conclusion::Better)).collect();
    let [only] = better[..] else {
        if better.is_empty() {
            let enough = (1..comparison.scenarios.len()).filter_map(|index| enough(conclusion(index))).min();
            let more = enough.map_or_else(String::new, |enough| {
                format!("; about {} replications would begin to tell", number::about(enough))
            });
            return all(|it| !matches!(it, Conclusion::Higher | Conclusion::Lower | Conclusion::NoOccasion))
                .then(|| format!("By {by}, none is found better than {}, {}{more}.", named(first), figure(first)));
        }
        return of_several(comparison, main, &by);
    };
    let scenario = &comparison.scenarios[only];
    let change = difference_words(unit, difference(comparison, only, main).reading);
    Some(format!("By {by}, {} is better than {}: {}, {change}.", named(scenario), named(first), figure(scenario)))
}

/// Of several that are better than the first: the leader, and whom it is not told from.
fn of_several(comparison: &ComparisonSummary, main: Metric, by: &str) -> Option<String> {
    let found = comparison.best.iter().find(|best| best.measure == main)?;
    let letters = found.leaders();
    let leaders: Vec<&ScenarioSummary> =
        comparison.scenarios.iter().filter(|it| letters.contains(&it.letter)).collect();
    let figure = figure_words(main.definition().unit, *leaders.first()?.metrics.of(main));
    let (be, lead) = if leaders.len() == 1 { ("is", "leads") } else { ("are", "lead") };
    let leaders = listed(&leaders.into_iter().map(named).collect::<Vec<_>>());
    let claim = match found.claim {
        BestClaim::Best => "best",
        BestClaim::WithinIndifference => "best or negligibly behind the best",
        BestClaim::Contested => {
            let rivals: Vec<String> = found.not_told_from.iter().map(char::to_string).collect();
            let rivals = listed(&rivals);
            return Some(format!("By {by}, {leaders} {lead} with {figure}, not told apart from {rivals}."));
        }
    };
    Some(format!("By {by}, {leaders} {be} {claim}: {figure}."))
}

/// What a scenario gains and loses against the first.
fn against_the_first(comparison: &ComparisonSummary, index: usize) -> String {
    let name = named(&comparison.scenarios[index]);
    let first = comparison.scenarios[0].letter;
    let judged: Vec<(Metric, &DifferenceSummary, Conclusion)> = comparison
        .compared
        .judged_together
        .0
        .iter()
        .filter_map(|&metric| {
            let found = difference(comparison, index, metric);
            Some((metric, found, found.conclusion?))
        })
        .collect();
    let count = |wanted: fn(&Conclusion) -> bool| judged.iter().filter(|(_, _, it)| wanted(it)).count();
    let list = |wanted: Conclusion| {
        let of: Vec<_> = judged.iter().filter(|(_, _, it)| *it == wanted).collect();
        let mut words: Vec<String> = of
            .iter()
            .take(MAX_LISTED)
            .map(|(metric, found, _)| {
                format!("{} {}", measure_words(*metric), difference_words(metric.definition().unit, found.reading))
            })
            .collect();
        if of.len() > MAX_LISTED {
            words.push(format!("{} more", of.len() - MAX_LISTED));
        }
        listed(&words)
    };
    let mut parts = Vec::new();
    for (conclusion, word) in [
        (Conclusion::Better, "better"),
        (Conclusion::Worse, "worse"),
        (Conclusion::Higher, "higher"),
        (Conclusion::Lower, "lower"),
    ] {
        let words = list(conclusion);
        if !words.is_empty() {
            parts.push(format!("{word} in {words}"));
        }
    }
    let unclear = count(|it| matches!(it, Conclusion::Unclear { .. }));
    let told = judged.len() - unclear;
    match (parts.is_empty(), unclear) {
        (true, 0) => format!("{name} differs from {first} in nothing that matters."),
        (true, _) => {
            let enough = judged.iter().filter_map(|(_, _, it)| enough(Some(*it))).min();
            let more = enough.map_or_else(String::new, |enough| {
                format!("; about {} replications would tell the first of them", number::about(enough))
            });
            let rest = if told == 0 { String::new() } else { format!(", and nothing that matters in {told}") };
            format!("{name}: no difference from {first} is told from chance in {}{rest}{more}.", measures(unclear))
        }
        (false, 0) => format!("{name} is {}.", parts.join("; ")),
        (false, _) => format!("{name} is {}; unclear in {}.", parts.join("; "), measures(unclear)),
    }
}

fn measures(count: usize) -> String {
    if count == 1 { "1 measure".into() } else { format!("{count} measures") }
}

/// `B (few days)`, the letter alone where the scenario has no name of its own.
fn named(scenario: &ScenarioSummary) -> String {
    let ScenarioSummary { letter, name, .. } = scenario;
    if name.is_empty() { letter.to_string() } else { format!("{letter} ({name})") }
}

fn enough(conclusion: Option<Conclusion>) -> Option<u64> {
    match conclusion {
        Some(Conclusion::Unclear { enough }) => enough,
        _ => None,
    }
}

fn difference(comparison: &ComparisonSummary, index: usize, metric: Metric) -> &DifferenceSummary {
    comparison.contrasts[index - 1].differences.of(metric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::compared;

    fn summary() -> ComparisonSummary {
        ComparisonSummary::from(&compared())
    }

    /// The fixture with another conclusion on one measure of one scenario.
    fn with(index: usize, metric: Metric, conclusion: Conclusion) -> ComparisonSummary {
        let mut comparison = summary();
        let contrast = &mut comparison.contrasts[index - 1];
        let mut changed = *contrast.differences.of(metric);
        changed.conclusion = Some(conclusion);
        let old = contrast.differences.clone();
        contrast.differences =
            crate::report::summary::ByName::new(|it| if it == metric { changed } else { *old.of(it) });
        comparison
    }

    #[test]
    fn each_scenario_has_a_sentence_on_what_it_gains_and_loses() {
        let found = finding(&summary()).each;
        let [less, again] = &found[..] else { panic!("{found:?}") };
        assert!(
            less.starts_with("B (less) is better in ") && less.contains("worse in units filled at once −"),
            "{less}"
        );
        assert!(less.contains(" points"), "{less}");
        assert_eq!(again, "C (today again) differs from A in nothing that matters.");
    }

    #[test]
    fn the_choice_follows_the_verdicts() {
        let choose = |conclusions: [Conclusion; 2]| {
            let mut comparison = with(1, Metric::CostPerOrder, conclusions[0]);
            comparison.contrasts[1] = with(2, Metric::CostPerOrder, conclusions[1]).contrasts.remove(1);
            choice(&comparison).expect("a choice")
        };
        let unclear = Conclusion::Unclear { enough: Some(420) };
        assert!(
            choose([Conclusion::Better, Conclusion::Same])
                .starts_with("By cost per order, B (less) is better than A (today): ")
        );
        assert!(choose([Conclusion::Worse, Conclusion::Worse]).starts_with("By cost per order, A (today) is best: "));
        let told = choose([unclear, Conclusion::Worse]);
        assert!(told.starts_with("By cost per order, none is found better than A (today), "), "{told}");
        assert!(told.ends_with("; about 420 replications would begin to tell."), "{told}");
        assert!(
            choose([Conclusion::Same, Conclusion::Equivalent])
                .starts_with("By cost per order it does not matter which")
        );
        let told = choose([Conclusion::Better, Conclusion::Better]);
        assert!(
            told.starts_with("By cost per order, ") && (told.contains(" leads with ") || told.contains(" best")),
            "{told}"
        );
    }

    #[test]
    fn a_measure_without_a_better_way_gives_no_choice() {
        let mut comparison = summary();
        comparison.compared.judged_together.0 = vec![Metric::Orders];
        let mut contrast = comparison.contrasts[0].clone();
        contrast.differences = crate::report::summary::ByName::new(|metric| DifferenceSummary {
            conclusion: Some(Conclusion::Higher),
            ..*comparison.contrasts[0].differences.of(metric)
        });
        comparison.contrasts[0] = contrast;
        assert_eq!(choice(&comparison), None);
        assert!(against_the_first(&comparison, 1).starts_with("B (less) is higher in orders "));
    }
}
