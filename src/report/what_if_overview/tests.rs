//! All answers together: what is said, drawn and tabled of them.

use super::answers::BACK;
use super::*;
use crate::experiment::Conclusion;
use crate::measures::Metric;
use crate::report::fixture::compared;
use crate::report::html::tests::assert_sound;
use crate::report::summary::{ByName, DifferenceSummary, Reading};

/// The result above costs 10 an order, fills 90 % of them and has 500 of stock.
fn answer(moved: &[(&str, usize, bool)], cost: (f64, Conclusion), fill: (f64, Conclusion)) -> Asked {
    let mut found = ComparisonSummary::from(&compared());
    found.scenarios.truncate(2);
    found.contrasts.truncate(1);
    found.best.clear();
    found.gates.clear();
    let above = |metric| match metric {
        Metric::CostPerOrder => 10.0,
        Metric::OrderFillRate => 0.9,
        Metric::OnHandMeanCost => 500.0,
        _ => 0.0,
    };
    let change = |metric| match metric {
        Metric::CostPerOrder => (cost.0, Some(cost.1)),
        Metric::OrderFillRate => (fill.0, Some(fill.1)),
        Metric::OnHandMeanCost => (cost.0 * 50.0, None),
        _ => (0.0, None),
    };
    let reading = |mean, half_width| Reading { mean: Some(mean), half_width: Some(half_width) };
    found.scenarios[0].metrics = ByName::new(|metric| reading(above(metric), 0.001));
    found.scenarios[1].metrics = ByName::new(|metric| reading(above(metric) + change(metric).0, 0.001));
    found.contrasts[0].differences = ByName::new(|metric| {
        let (mean, conclusion) = change(metric);
        DifferenceSummary {
            reading: reading(mean, 0.000_1),
            conclusion,
            ..*ComparisonSummary::from(&compared()).contrasts[0].differences.of(metric)
        }
    });
    let moved: Vec<Moved> = (moved.iter())
        .map(|&(lever, at, is_scale)| Moved {
            lever: lever.into(),
            choice: format!("× {at}: {}0 a day", at),
            at,
            now: 1,
            is_scale,
        })
        .collect();
    let bookmark = moved.iter().map(|it| format!("{}={}", it.lever, it.at)).collect::<Vec<_>>().join("&");
    Asked { moved, further: Vec::new(), bookmark: format!("{BACK}{bookmark}"), comparison: found.to_json() }
}

const DEMAND: &str = "Demand";

fn told(answers: &[Asked], shown: Option<usize>) -> String {
    let page = what_if_overview(&WhatIfAsked { answers: answers.to_vec(), shown }).unwrap();
    assert_sound(&page);
    page.replace('\u{a0}', " ")
}

/// The first sentence or paragraph.
fn finding(page: &str) -> String {
    let (_, rest) = page.split_once("<p class=\"finding\">").expect("a finding");
    rest.split_once("</p>").unwrap().0.to_string()
}

#[test]
fn the_least_cost_and_the_best_service_are_found_with_what_they_cost() {
    use Conclusion::{Better, Equivalent, Unclear, Worse};
    let cheap = answer(&[(DEMAND, 0, true)], (-0.19, Better), (-0.02, Worse));
    let between = answer(&[(DEMAND, 2, true)], (0.21, Worse), (0.008, Better));
    let dear = answer(&[(DEMAND, 3, true)], (0.61, Worse), (0.045, Better));
    let page = told(&[cheap.clone(), between.clone(), dear.clone()], Some(1));
    assert_eq!(
        finding(&page),
        "The cost per order is least with demand × 0: 9.81, 1.9 % lower than above. \
         The share of orders filled at once is highest with demand × 3: 94.5 %, 4.5 points higher than above; \
         the cost per order is 6.1 % higher. \
         With demand × 2, shown below, the cost per order is 2.1 % higher and the share of orders filled at once \
         0.8 points higher."
    );
    // Of several, whichever the levers stand at has no sentence of its own where it is one of those two.
    assert_eq!(finding(&told(&[cheap, between.clone(), dear], Some(2))).matches("shown below").count(), 0);
    // What is shown needs no sentence of its own where it is the best.
    let alone = told(std::slice::from_ref(&between), Some(0));
    assert_eq!(
        finding(&alone),
        "The cost per order is least as above, 10.00. The share of orders filled at once is highest with demand × 2: \
         90.8 %, 0.8 points higher than above; the cost per order is 2.1 % higher."
    );
    let worse = answer(&[(DEMAND, 2, true)], (0.21, Unclear { enough: None }), (-0.01, Equivalent));
    let page = told(&[worse], None);
    assert_eq!(
        finding(&page),
        "The cost per order is least as above, 10.00. The share of orders filled at once is highest as above, too, 90.0 %. \
         With demand × 2, the last one asked, the cost per order is not told apart and the share of orders filled at \
         once negligibly lower."
    );
}

#[test]
fn every_answer_is_a_row_and_a_point_that_lead_back_to_it() {
    use Conclusion::{Better, Worse};
    let points: Vec<Asked> = [0, 2, 3]
        .map(|at| answer(&[(DEMAND, at, true)], (at as f64 - 1.0, Worse), (0.01 * at as f64, Better)))
        .to_vec();
    let page = told(&points, Some(1));
    for at in [0, 2, 3] {
        let link = format!("<a href=\"#what-if:Demand={at}\">Demand × {at}</a>");
        assert_eq!(page.matches(&link).count(), 1, "{link}: {page}");
        let point = format!("<a href=\"#what-if:Demand={at}\" tabindex=\"-1\">");
        assert_eq!(page.matches(&point).count(), 2, "for wide screens and for narrow ones");
    }
    assert!(page.contains("<a href=\"#what-if:\">The result above</a>"));
    assert_eq!(page.matches("<small>shown below</small>").count(), 1);
    assert!(page.contains("Joined along: demand.") && !page.contains("Replications"), "{page}");
    // The line goes by way of the result above: three answers, four points.
    let line =
        page.split("<polyline fill=\"none\" stroke=\"#0072B2\" stroke-width=\"14\" points=\"").nth(1).expect("a line");
    assert_eq!(line.split('"').next().unwrap().split_whitespace().count(), 4);
}

#[test]
fn a_line_is_of_one_lever_while_all_else_stays() {
    use Conclusion::Worse;
    let of = |moved: &[(&str, usize, bool)]| answer(moved, (1.0, Worse), (-0.01, Worse));
    let lines = |answers: &[Asked]| {
        let comparisons: Vec<ComparisonSummary> =
            answers.iter().map(|it| ComparisonSummary::from_json(&it.comparison).unwrap()).collect();
        let read: Vec<Answer> = answers.iter().zip(&comparisons).map(Answer::of).collect();
        let lines = Overview::of(&read, 0, false).lines();
        lines.into_iter().map(|line| (line.name, line.numbers)).collect::<Vec<_>>()
    };
    let two = [of(&[("Lead times", 3, true)]), of(&[(DEMAND, 2, true)])];
    assert_eq!(lines(&two), [], "two points each, with the result above");
    let policies = [2, 3, 4].map(|at| of(&[("Policy", at, false)]));
    assert_eq!(lines(&policies), [], "policies are in no order");
    let three = [of(&[(DEMAND, 3, true)]), of(&[(DEMAND, 0, true)])];
    assert_eq!(lines(&three), [("Demand".to_string(), vec![Some(1), None, Some(0)])]);
    let slower = [
        of(&[(DEMAND, 2, true), ("Lead times", 3, true)]),
        of(&[("Lead times", 3, true)]),
        of(&[(DEMAND, 0, true), ("Lead times", 3, true)]),
    ];
    assert_eq!(lines(&slower), [("Demand (lead times × 3)".to_string(), vec![Some(2), Some(1), Some(0)])]);
}

#[test]
fn only_answers_of_as_many_replications_are_held_against_one_another() {
    use Conclusion::Worse;
    let mut other = answer(&[(DEMAND, 3, true)], (-5.0, Conclusion::Better), (0.01, Conclusion::Better));
    other.comparison = other.comparison.replace("\"replications\": 6", "\"replications\": 20");
    let page = told(&[other, answer(&[(DEMAND, 2, true)], (1.0, Worse), (-0.01, Worse))], Some(1));
    assert!(finding(&page).starts_with("The cost per order is least as above"), "{page}");
    assert!(page.contains("Drawn and told are those of 6 replications.") && page.contains("Demand × 3"), "{page}");
    assert_eq!(page.matches("Demand × 3: ").count(), 0, "it is no point");
}

#[test]
fn without_costs_it_is_the_capital_in_stock_that_is_paid() {
    let mut asked = answer(&[(DEMAND, 2, true)], (1.0, Conclusion::Worse), (0.01, Conclusion::Better));
    let mut found = ComparisonSummary::from_json(&asked.comparison).unwrap();
    for scenario in &mut found.scenarios {
        let before = scenario.metrics.clone();
        let nothing = Reading { mean: Some(0.0), half_width: Some(0.0) };
        scenario.metrics = ByName::new(|it| if it == Metric::CostPerOrder { nothing } else { *before.of(it) });
    }
    asked.comparison = found.to_json();
    let page = told(&[asked], None);
    assert!(page.contains("<h3>Stock on hand at cost against orders filled at once</h3>"), "{page}");
    assert!(page.contains("highest with demand × 2") && page.contains("10.0 % higher"), "{page}");
}

#[test]
fn what_cannot_be_told_of_is_said() {
    assert!(what_if_overview(&WhatIfAsked::default()).is_err());
    let mut three = answer(&[(DEMAND, 2, true)], (1.0, Conclusion::Worse), (0.01, Conclusion::Better));
    three.comparison = ComparisonSummary::from(&compared()).to_json();
    let told = what_if_overview(&WhatIfAsked { answers: vec![three], shown: None });
    assert!(told.unwrap_err().contains("as it is and as it is changed"));
    let nonsense = Asked { comparison: "{}".into(), ..Asked::default() };
    assert!(what_if_overview(&WhatIfAsked { answers: vec![nonsense], shown: None }).is_err());
}
