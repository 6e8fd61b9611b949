//! Comparisons the whole way: scenarios in, verdicts out.

use super::whole_tests::palm;
use super::*;
use crate::domain::*;
use crate::measures::Metric;
use crate::report::{self, ComparisonSummary, Kept, RuleWorthSummary};
use crate::rules::{Relaxation, Rule};

/// Palm's scenario with another base-stock level, over 200 days.
fn with_level(level: i32) -> Alternative {
    let mut model = palm();
    model.run.horizon = Span::from_days(200);
    model.run.replications = Replications::Fixed(12);
    if let Some(replenishment) = &mut model.replenishment {
        replenishment.general.order_up_to = Some(level);
    }
    Alternative { name: format!("level {level}"), changes: String::new(), model }
}

fn settings(jobs: usize) -> Settings {
    Settings { jobs: Some(jobs), ..Settings::default() }
}

fn run(alternatives: &[Alternative], gates: &[&str]) -> Comparison {
    let gates: Vec<Gate> = gates.iter().map(|gate| Gate::parse(gate).unwrap()).collect();
    compare(alternatives, &settings(2), &Judging::default(), &gates).unwrap()
}

fn conclusion(comparison: &Comparison, contrast: usize, metric: Metric) -> Conclusion {
    comparison.contrasts[contrast][metric.index()].judged.unwrap().conclusion
}

#[test]
fn a_higher_level_fills_more_and_holds_more() {
    let comparison = run(&[with_level(4), with_level(5), with_level(4)], &[]);
    assert_eq!(conclusion(&comparison, 0, Metric::UnitFillRate), Conclusion::Better);
    assert_eq!(conclusion(&comparison, 0, Metric::OnHandMeanCost), Conclusion::Worse);
    assert_eq!(conclusion(&comparison, 0, Metric::LostAtDisplayLineShare), Conclusion::Same);
    for difference in &comparison.contrasts[1] {
        assert!(
            difference.judged.is_none_or(|it| matches!(it.conclusion, Conclusion::Same | Conclusion::NoOccasion)),
            "{difference:?}"
        );
        assert!(difference.estimate.is_none_or(|estimate| estimate.mean == 0.0));
    }
    // The exact difference of the fill rates, P(N ≤ 4) − P(N ≤ 3) of a Poisson with mean 3.
    let difference = comparison.contrasts[0][Metric::UnitFillRate.index()];
    let (low, high) = difference.estimate.unwrap().interval().unwrap();
    assert!(low < 0.168 && 0.168 < high, "{difference:?}");
    assert!(difference.variance_ratio.unwrap() < 0.7, "{difference:?}");
}

#[test]
fn replication_i_of_one_is_paired_with_replication_i_of_the_other() {
    let comparison = run(&[with_level(4), with_level(6)], &[]);
    let orders = |index: usize| comparison.results[index].pairs(Metric::Orders);
    assert_eq!(orders(0), orders(1));
    let alone = replicate(&with_level(6).model, &settings(1)).unwrap();
    assert_eq!(comparison.results[1].rows, alone.rows, "a scenario compared is the scenario run alone");
}

/// What goes into the scenarios.
fn inputs(alternatives: &[Alternative]) -> report::ComparedInputs {
    let origin = report::Origin { version: "1".into(), command: "again".into(), sources: Vec::new(), next: Vec::new() };
    let scenarios = alternatives.iter().map(|it| (&it.model, planned(&it.model)));
    report::compared_inputs(&scenarios.collect::<Vec<_>>(), origin)
}

#[test]
fn threads_change_no_byte() {
    let alternatives = [with_level(4), with_level(5), with_level(6)];
    let gate = [Gate::parse("change(unit_fill_rate) >= 0").unwrap()];
    let render = |jobs| {
        let found = compare(&alternatives, &settings(jobs), &Judging::default(), &gate).unwrap();
        (
            report::text(&report::comparison_document(&ComparisonSummary::from(&found))),
            report::comparison_files(&found, &[], &inputs(&alternatives)),
        )
    };
    let one = render(1);
    for jobs in [2, 5] {
        assert_eq!(render(jobs), one, "{jobs} threads");
    }
}

#[test]
fn one_seed_and_one_number_of_replications_hold_for_all() {
    let mut second = with_level(5);
    second.model.run.seed = 99;
    second.model.run.replications = Replications::Fixed(3);
    second.model.run.horizon = Span::from_days(100);
    let comparison = run(&[with_level(4), second], &[]);
    assert_eq!((comparison.replications, comparison.results[1].seed), (12, 7));
    let notes = comparison.notes.join("\n");
    assert!(notes.contains("B: seed 7 instead of 99") && notes.contains("another time than A"), "{notes}");
}

#[test]
fn replications_go_on_until_the_widest_difference_is_narrow_enough() {
    let mut first = with_level(4);
    let aim = |half_width| Replications::Sequential { min: 5, max: 60, half_width, of: "unit_fill_rate".into() };
    first.model.run.replications = aim(HalfWidth::Absolute(0.02));
    let alternatives = [first.clone(), with_level(5), with_level(7)];
    let comparison = run(&alternatives, &[]);
    let widths: Vec<f64> = comparison
        .contrasts
        .iter()
        .map(|contrast| contrast[Metric::UnitFillRate.index()].estimate.unwrap().half_width.unwrap())
        .collect();
    assert!(widths.iter().all(|&width| width <= 0.02), "{widths:?}");
    assert!((6..60).contains(&comparison.replications), "{}", comparison.replications);
    assert!(comparison.notes.iter().any(|note| note.starts_with("widest difference, unit_fill_rate: half-width 0.0")));
    first.model.run.replications = aim(HalfWidth::Relative(1e-6));
    let out_of_reach = run(&[first, with_level(5)], &[]);
    assert_eq!(out_of_reach.replications, 60);
    assert!(out_of_reach.notes.iter().any(|note| note.contains("not decidable")), "{:?}", out_of_reach.notes);
}

#[test]
fn all_take_the_longest_warm_up() {
    let alternatives = [with_level(4), with_level(40)].map(|mut alternative| {
        alternative.model.run.warm_up = WarmUp::Auto;
        alternative
    });
    let comparison = run(&alternatives, &[]);
    let warm_ups: Vec<Span> = comparison.results.iter().map(|results| results.warm_up).collect();
    let cuts = comparison.results.iter().map(|results| results.warm_up_finding.as_ref().unwrap().cut);
    assert_eq!(warm_ups, vec![cuts.max().unwrap(); 2]);
    assert!(comparison.notes.iter().any(|note| note.starts_with("warm-up:")), "{:?}", comparison.notes);
}

#[test]
fn warm_ups_that_were_given_are_made_one_too() {
    let (mut short, mut long) = (with_level(4), with_level(4));
    short.model.run.warm_up = WarmUp::Fixed(Span::from_days(30));
    long.model.run.warm_up = WarmUp::Fixed(Span::from_days(60));
    let comparison = run(&[short, long], &[]);
    assert_eq!(comparison.results[0].rows, comparison.results[1].rows, "not the same customers were measured");
    let expected = "warm-up: 60d for all, the longest of A 30d given, B 60d given";
    assert!(comparison.notes.iter().any(|note| note == expected), "{:?}", comparison.notes);
}

#[test]
fn gates_speak_of_a_scenario_or_of_its_change() {
    let alternatives = [with_level(4), with_level(5), with_level(6)];
    let gates = [
        "unit_fill_rate >= 0.5",
        "A: unit_fill_rate >= 0.9",
        "level 6: change(unit_fill_rate) > 0",
        "change(orders) = 0",
    ];
    let comparison = run(&alternatives, &gates);
    let found: Vec<(Option<usize>, GateVerdict)> =
        comparison.gates.iter().map(|result| (result.scenario, result.verdict)).collect();
    let holds = |index| (Some(index), GateVerdict::Holds);
    assert_eq!(found, [holds(1), holds(2), (Some(0), GateVerdict::Fails), holds(2), holds(1), holds(2)]);
    let none = compare(&alternatives, &settings(1), &Judging::default(), &[Gate::parse("D: orders > 1").unwrap()]);
    assert!(none.unwrap_err().to_string().contains("no scenario compared is called `D`"));
}

#[test]
fn a_gate_of_a_name_that_is_another_ones_letter_is_refused() {
    let mut alternatives = [with_level(4), with_level(5)];
    alternatives[1].name = "A".into();
    let gate = Gate::parse("A: unit_fill_rate >= 0.5").unwrap();
    let refused = compare(&alternatives, &settings(1), &Judging::default(), &[gate]).unwrap_err();
    assert!(refused.to_string().contains("the letter of one scenario (level 4) and the name of another, which is B"));
    alternatives[1].name = "B".into();
    assert_eq!(run(&alternatives, &["B: unit_fill_rate >= 0.5"]).gates[0].scenario, Some(1));
}

#[test]
fn more_scenarios_than_letters_are_refused() {
    let gate = [Gate::parse("Z: unit_fill_rate >= 0.5").unwrap()];
    let alternatives = |count: i32| -> Vec<Alternative> {
        let mut alternatives: Vec<Alternative> = (0..count).map(with_level).collect();
        for alternative in &mut alternatives {
            alternative.model.run.horizon = Span::from_days(5);
            alternative.model.run.replications = Replications::Fixed(2);
        }
        alternatives
    };
    let compare = |count| compare(&alternatives(count), &settings(1), &Judging::default(), &gate);
    assert_eq!(compare(27).unwrap_err(), RunError::TooMany { scenarios: 27, most: 26 });
    let comparison = compare(26).unwrap();
    assert_eq!(comparison.gates[0].scenario, Some(25), "the last one has the last letter");
    let letters: std::collections::BTreeSet<char> = (0..26).map(letter).collect();
    assert_eq!((letters.len(), letters.first(), letters.last()), (26, Some(&'A'), Some(&'Z')));
}

#[test]
fn the_best_of_several() {
    let comparison = run(&[with_level(5), with_level(6), with_level(4), with_level(6)], &[]);
    let by = |metric: Metric| comparison.best.iter().find(|best| best.metric == metric).unwrap();
    // Two are equal and better than the rest: both are the best.
    let fill = by(Metric::UnitFillRate);
    assert_eq!((fill.leader, fill.pairs), (1, 6));
    assert_eq!((&fill.claim, &fill.equal), (&Claim::Best, &vec![3]), "{fill:?}");
    let stock = by(Metric::OnHandMeanCost);
    assert_eq!((stock.leader, &stock.claim), (2, &Claim::Best));
    assert!(stock.equal.is_empty());
    let page = report::text(&report::comparison_document(&ComparisonSummary::from(&comparison)));
    assert!(page.contains("  units filled at once                 B and D\n"), "{page}");
    // Nothing is ever lost at display: there is no best of equals.
    assert!(comparison.best.iter().all(|best| best.metric != Metric::LostAtDisplayLineShare));
    assert!(run(&[with_level(5), with_level(6)], &[]).best.is_empty(), "two are told by their contrast");
}

#[test]
fn the_best_is_contested_where_intervals_are_wide() {
    // Constant or exponential lead times of one mean: the fill rates are equal, the sixth level's is lower.
    let mut constant = with_level(6);
    constant.model.vendors[0].lead_time = Distribution::Constant(2.0 * DAY as f64);
    let comparison = run(&[with_level(6), constant, with_level(2)], &[]);
    let fill = comparison.best.iter().find(|best| best.metric == Metric::UnitFillRate).unwrap();
    let Claim::Contested { rivals, enough } = &fill.claim else { panic!("{fill:?}") };
    assert_eq!((fill.leader + rivals[0], rivals.len()), (1, 1), "{fill:?}");
    assert!(enough.is_none_or(|enough| enough > 12), "{fill:?}");
    assert!(
        report::text(&report::comparison_document(&ComparisonSummary::from(&comparison)))
            .contains("leads, not told from")
    );
}

#[test]
fn nothing_is_best_that_the_verdict_does_not_tell_from_the_first() {
    let comparison = run(&[with_level(5), with_level(6), with_level(4)], &[]);
    let best = |contrasts: &[Vec<Difference>]| {
        let best = best::best(&comparison.results, comparison.replications, &Judging::default(), contrasts);
        best.into_iter().find(|best| best.metric == Metric::UnitFillRate).unwrap()
    };
    assert_eq!(best(&comparison.contrasts).claim, Claim::Best);
    let mut unclear = comparison.contrasts.clone();
    let of_leader = unclear[0].iter_mut().find(|it| it.metric == Metric::UnitFillRate).unwrap();
    let conclusion = Conclusion::Unclear { enough: Some(13) };
    of_leader.judged = Some(Judged { p_value: Some(0.2), conclusion });
    assert_eq!(best(&unclear).claim, Claim::Contested { rivals: vec![0], enough: Some(13) });
}

/// A scenario in which most rules have something to do.
fn busy() -> Model {
    let mut model = palm();
    let (base, fixture) = (model.clone(), crate::measures::fixture::model());
    model.zones = fixture.zones;
    model.warehouses = fixture.warehouses;
    model.vendors.extend(fixture.vendors.into_iter().skip(1));
    model.products = fixture.products;
    model.demand = base.demand.map(|demand| Demand {
        orders_per_day: 4.0,
        lines_per_order: Distribution::geometric(1.6),
        ..demand
    });
    model.run.horizon = Span::from_days(150);
    model.run.replications = Replications::Fixed(12);
    model.customers.keep_when_backordered = 0.8;
    let (after, handling) = (Distribution::Constant(86_400.0), Distribution::Constant(0.0));
    model.customers.contact = Some(ContactHabit { probability: 0.3, after, handling });
    model.customers.contact_after_mismatch = Some(0.5);
    model.customers.swap_share = 0.5;
    model.rules.cancellation.after = Some(Span::from_days(4));
    model
}

#[test]
fn each_rule_is_taken_back_alone() {
    let model = busy();
    let worth = rule_worth(&model, &settings(2), &Judging { metrics: WORTH.to_vec(), indifference: Vec::new() });
    let worth = worth.unwrap();
    assert_eq!(worth.rules.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), Rule::ALL);
    let measured = |rule: Rule| worth.rules.iter().find(|(other, _)| *other == rule).unwrap().1;
    for rule in Rule::ALL {
        match rule.relaxed() {
            Relaxation::None { .. } => assert!(matches!(measured(rule), Measured::NoOpposite(_)), "{rule:?}"),
            Relaxation::Opposite { .. } => assert!(matches!(measured(rule), Measured::By(_)), "{rule:?}"),
        }
    }
    // Refusing backorders loses units: the rule keeps them, and the words say so from the rule's side.
    let effect = worth.effect(measured(Rule::BackorderOrderable), Metric::NeverShippedUnitShare).unwrap();
    assert!(effect.estimate.unwrap().mean < 0.0);
    assert_eq!(effect.judged.unwrap().conclusion, Conclusion::Better);
    let contrast = worth.comparison.contrasts[match measured(Rule::BackorderOrderable) {
        Measured::By(index) => index,
        other => panic!("{other:?}"),
    }][Metric::NeverShippedUnitShare.index()];
    assert_eq!(contrast.estimate.unwrap().mean, -effect.estimate.unwrap().mean);
    let page = report::text(&report::rule_worth_document(&RuleWorthSummary::from(&worth)));
    for line in page.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for rule in Rule::ALL {
        assert!(page.contains(rule.id()), "{} is missing:\n{page}", rule.id());
    }
    let json: serde_json::Value = serde_json::from_str(&RuleWorthSummary::from(&worth).to_json()).unwrap();
    let rules = json["rules"].as_array().unwrap();
    assert_eq!(rules.len(), Rule::ALL.len());
    assert!(rules.iter().all(|rule| rule["measured"] == rule["effects"].is_object()));
    assert!(rules.iter().all(|rule| rule["measured"] != rule["why_not"].is_string()));
}

#[test]
fn a_rule_that_the_scenario_does_without_is_not_shown_as_nothing() {
    let mut model = busy();
    model.rules.backorder.accept = false;
    model.rules.split.ship_available = 0.0;
    let worth = rule_worth(&model, &settings(2), &Judging::default()).unwrap();
    for rule in [Rule::BackorderOrderable, Rule::PartialSplit] {
        assert!(worth.rules.contains(&(rule, Measured::Without)), "{rule:?}");
    }
    assert!(
        report::text(&report::rule_worth_document(&RuleWorthSummary::from(&worth)))
            .contains("the scenario does without it already")
    );
}
