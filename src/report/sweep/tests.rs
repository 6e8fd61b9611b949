//! What sweeps say, on made-up figures.

use super::super::summary::Kept;
use super::super::text::text;
use super::*;
use crate::domain::{Replications, Span};
use crate::experiment::{Design, Judging, SweepAxis, SweepFold, SweepPlan};
use crate::measures::Metric;
use crate::stats::Pair;

/// A small deviation of a replication, the same in all cells, as under common random numbers.
fn luck(replication: u32) -> f64 {
    f64::from(replication.wrapping_mul(2_654_435_761) >> 16) / 65_536.0 - 0.5
}

fn axis(key: &str, label: &str, values: &[&str], is_line: bool) -> SweepAxis {
    SweepAxis {
        key: key.into(),
        label: label.into(),
        values: values.iter().map(|value| value.to_string()).collect(),
        positions: is_line.then(|| (0..values.len()).map(|value| value as f64).collect()),
        is_of_durations: false,
    }
}

/// A measure, and its figure by the numbers of a cell's values.
type Made<'a> = (Metric, &'a dyn Fn(&[usize]) -> f64);

/// A sweep of ten replications, whose measures are functions of the numbers of a cell's values, with a little luck in them:
/// all of it shared, but for a tenth.
fn swept(axes: Vec<SweepAxis>, measures: &[Made<'_>]) -> Sweep {
    swept_where(axes, measures, |pair| pair)
}

/// The same with what a replication says of a measure changed.
fn swept_where(axes: Vec<SweepAxis>, measures: &[Made<'_>], change: impl Fn(Pair) -> Pair) -> Sweep {
    let design = Design::grid(axes.iter().map(|axis| axis.values.len()).collect());
    let plan = SweepPlan {
        currency: None,
        name: "how many".into(),
        description: "a question".into(),
        scenario: "shop".into(),
        axes,
        replications: Replications::Fixed(10),
        seed: 7,
        horizon: Span::from_days(30),
        warm_up: Span::ZERO,
        run_out: Span::ZERO,
        judging: Judging { metrics: measures.iter().map(|(metric, _)| *metric).collect(), indifference: Vec::new() },
        notes: Vec::new(),
        design: design.clone(),
    };
    let mut fold = SweepFold::new(plan).unwrap();
    for cell in 0..design.cells() {
        let values = design.values(cell);
        let row = |replication: u32| {
            let mut pairs = vec![Pair::new(1.0, 1.0); Metric::ALL.len()];
            for (metric, figure) in measures {
                let lucky = 0.01 * luck(replication) + 0.001 * luck(replication + 100 * (cell as u32 + 1));
                pairs[metric.index()] = change(Pair::new(figure(&values) * (1.0 + lucky), 1.0));
            }
            pairs
        };
        fold.push(&(0..10).map(row).collect::<Vec<_>>());
    }
    fold.finish()
}

const FILL: Metric = Metric::OrderFillRate;
const COST: Metric = Metric::CostPerOrder;

fn warehouses(figures: &[f64]) -> Sweep {
    let names = ["1", "2", "3", "4", "5", "6"];
    swept(vec![axis("network.open", "open warehouses", &names[..figures.len()], true)], &[(FILL, &|at| figures[at[0]])])
}

#[test]
fn a_line_says_where_it_stops_to_change() {
    let found = finding(&warehouses(&[0.6, 0.8, 0.9, 0.9, 0.9]));
    assert!(
        found.starts_with(
            "The share of orders filled at once rises from 59.99 ± 0.14 % at 1 open warehouse to 89.98 ± 0.22 % at 5; "
        ),
        "{found}"
    );
    assert!(
        found.contains("; from 2 to 3 open warehouses: +9.99") && found.ends_with(" points, negligible beyond 3."),
        "{found}"
    );
    let all = finding(&warehouses(&[0.6, 0.7, 0.8]));
    assert!(all.ends_with(" points, and each step before it can be told too."), "{all}");
    let falls = finding(&warehouses(&[0.9, 0.8, 0.8]));
    assert!(falls.contains("falls from 89.98") && falls.ends_with("beyond 2."), "{falls}");
    let peak = finding(&warehouses(&[0.6, 0.9, 0.7]));
    assert!(
        peak.starts_with(
            "The share of orders filled at once rises from 59.99 ± 0.14 % at 1 open warehouse to its highest, "
        ),
        "{peak}"
    );
    assert!(peak.contains("% at 2, and falls to 69.99 ± 0.15 % at 3; from 2 to 3 open warehouses: −19.99"), "{peak}");
    let valley = finding(&warehouses(&[0.7, 0.6, 0.8, 0.8]));
    assert!(
        valley.contains(" falls from 69.99 ± 0.16 % at 1 open warehouse to its lowest, 59.99 ± 0.13 % at 2,"),
        "{valley}"
    );
    assert!(valley.contains(", and rises to 79.98 ") && valley.ends_with("beyond 3."), "{valley}");
    // A dip too small to be told from chance is said to be one: the line does not rise from its start.
    let dip = finding(&warehouses(&[0.6, 0.5999, 0.8, 0.9]));
    assert!(
        dip.starts_with(
            "The share of orders filled at once is lowest at 2 open warehouses, 59.98 ± 0.13 % (not told apart from 59.99 ± 0.14 % at 1)"
        ),
        "{dip}"
    );
    assert!(dip.contains(", and rises to 89.98 "), "{dip}");
    let twice = finding(&warehouses(&[0.6, 0.9, 0.7, 0.8]));
    assert!(
        twice.contains("it is best at 2 open warehouses, 89.98 ± 0.20 %, rising and falling along the way."),
        "{twice}"
    );
    let flat = finding(&warehouses(&[0.8, 0.8]));
    assert!(flat.contains("does not change by what could be told from chance"), "{flat}");
    assert_eq!(
        finding(&warehouses(&[0.8])),
        "The share of orders filled at once is 79.98 ± 0.18 % at 1 open warehouse."
    );
}

#[test]
fn without_order_the_best_is_named() {
    let policies = axis("sourcing.policy", "sourcing.policy", &["near", "few", "cheap"], false);
    let found = finding(&swept(vec![policies], &[(FILL, &|at| [0.7, 0.9, 0.8][at[0]])]));
    assert!(
        found
            .starts_with("Of 3 cells, sourcing.policy=few has the best share of orders filled at once: 89.98 ± 0.20 %"),
        "{found}"
    );
    assert!(
        found.ends_with("told apart from sourcing.policy=near, the only one that it was compared with."),
        "{found}"
    );
    // What does the same in every replication is no worse, and a single cell is the best of nothing.
    let of = |values: &[&str]| {
        let policies = axis("sourcing.policy", "sourcing.policy", values, false);
        finding(&swept_where(vec![policies], &[(FILL, &|_| 0.8)], |_| Pair::new(4.0, 5.0)))
    };
    let (same, one) = (of(&["near", "few", "cheap"]), of(&["near"]));
    assert!(same.ends_with("%, as has every neighbour in every replication."), "{same}");
    let alone = "The share of orders filled at once of the only cell, sourcing.policy=near, is 80.0";
    assert!(one.starts_with(alone), "{one}");
}

#[test]
fn cells_without_a_figure_are_told() {
    let nothing = f64::NAN;
    let at = |figures: [f64; 3]| {
        let names = ["1", "2", "3"];
        swept_where(vec![axis("network.open", "warehouses", &names, true)], &[(FILL, &|at| figures[at[0]])], |pair| {
            if pair.numerator.is_nan() { Pair::new(0.0, 0.0) } else { pair }
        })
    };
    let none = finding(&at([nothing, nothing, nothing]));
    assert_eq!(
        none,
        "The share of orders filled at once has no figure in any of 3 cells: nothing happened that it is about."
    );
    let one = finding(&at([0.5, 0.6, nothing]));
    assert_eq!(
        one,
        "The share of orders filled at once has no figure at 3 warehouses: nothing happened there that it is about."
    );
}

#[test]
fn a_trade_is_told_in_the_words_of_the_axis() {
    let cost = |at: &[usize]| 10.0 + at[0] as f64;
    let fill = |at: &[usize]| 0.7 + 0.1 * at[0] as f64;
    let sweep =
        swept(vec![axis("network.open", "warehouses", &["1", "2", "3"], true)], &[(COST, &cost), (FILL, &fill)]);
    let found = finding(&sweep);
    assert!(found.contains("No other cell beats 1 warehouse (69.99 %, 9.998), 2 warehouses ("), "{found}");
    assert!(!found.contains("network.open"), "{found}");
    let page = text(&sweep_document(&sweep));
    assert!(!page.contains("network.open"), "{page}");
}

fn grid() -> Sweep {
    let axes =
        vec![axis("a.open", "open", &["1", "2", "3"], true), axis("b.policy", "policy", &["near", "few"], false)];
    let fill = |at: &[usize]| 0.7 + 0.1 * at[0] as f64 - 0.02 * at[1] as f64;
    let cost = |at: &[usize]| 10.0 + 2.0 * at[0] as f64 + at[1] as f64;
    swept(axes, &[(FILL, &fill), (COST, &cost)])
}

#[test]
fn cost_against_service_names_those_that_no_other_beats() {
    let sweep = grid();
    // Of each number of open warehouses the nearest is cheaper and better.
    assert_eq!(sweep.front.as_ref().map(|front| front.cells.clone()), Some(vec![0, 2, 4]));
    let found = finding(&sweep);
    assert!(found.contains("Of 6 cells, open 3, policy near has the best share of orders filled at once"), "{found}");
    assert!(found.contains("No other cell beats open 1, policy near (69.99 %, 9.998), "), "{found}");
    assert!(found.ends_with("in both orders filled at once and cost per order, as measured."), "{found}");
}

#[test]
fn nothing_is_best_of_what_happens_in_one_cell_alone() {
    let values = |at: &[usize]| if at[0] == 1 { f64::NAN } else { 1.7 };
    let of = |names: &[&str]| {
        let none = |pair: Pair| if pair.numerator.is_nan() { Pair::NOTHING } else { pair };
        finding(&swept_where(
            vec![axis("a", "accept", names, false)],
            &[(Metric::BackorderWaitDaysMean, &values)],
            none,
        ))
    };
    let found = of(&["true", "false"]);
    assert!(found.starts_with("Of 2 cells, only accept true has a figure of the "), "{found}");
    assert!(found.ends_with("nothing happened elsewhere that it is about."), "{found}");
    let found = of(&["true", "false", "late"]);
    assert!(found.starts_with("Of the 2 of 3 cells that have a figure, accept true has the best "), "{found}");
}

#[test]
fn a_page_of_eighty_columns_begins_with_the_finding() {
    for sweep in [grid(), warehouses(&[0.6, 0.8, 0.9, 0.9, 0.9])] {
        let page = text(&sweep_document(&sweep));
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
        let found = finding(&sweep);
        let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.starts_with(&format!("how many {found}")), "{page}");
        assert!(words.contains("Holm's correction over") && words.contains("Common random numbers leave"), "{page}");
    }
    let one = text(&sweep_document(&warehouses(&[0.6, 0.8, 0.9, 0.9])));
    let row = |name: &str| one.lines().find(|line| line.starts_with(name)).map(str::to_string).unwrap_or_default();
    assert!(row("2 ").contains("better") && !row("1 ").contains("better"), "{one}");
}

#[test]
fn of_many_cells_a_terminal_shows_the_front() {
    let values: Vec<String> = (0..40).map(|value| value.to_string()).collect();
    let names: Vec<&str> = values.iter().map(String::as_str).collect();
    let fill = |at: &[usize]| 0.5 + 0.01 * at[0] as f64;
    let cost = |at: &[usize]| 10.0 + (at[0] as f64 - 20.0).powi(2);
    let sweep = swept(vec![axis("a", "a", &names, true)], &[(FILL, &fill), (COST, &cost)]);
    let page = text(&sweep_document(&sweep));
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("The 20 cells that no other beats in both orders filled at once and cost per order"),
        "{page}"
    );
    assert!(words.contains("cells.csv has all 40."), "{page}");
}

#[test]
fn charts_are_drawn_of_what_differs() {
    let sweep = grid();
    let made = sweep_rendered(&sweep, None, &[("cells.csv".into(), cells_csv(&sweep))], &[]);
    let names: Vec<&str> = made.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "charts/cost_against_service.svg",
            "charts/order_fill_rate.svg",
            "charts/cost_per_order.svg",
            "charts/map_order_fill_rate.svg",
            "charts/map_cost_per_order.svg",
            "report.html"
        ]
    );
    for (name, content) in &made {
        assert!(!content.contains("NaN") && !content.contains("inf\""), "{name}");
    }
    // Small multiples: a panel for each policy.
    let panels = &made[1].1;
    assert!(panels.contains("policy: near") && panels.contains("policy: few"), "{panels}");
    let flat = sweep_rendered(&warehouses(&[0.8]), None, &[], &[]);
    assert_eq!(flat.len(), 1, "one cell has nothing to draw");
}

#[test]
fn json_has_every_cell_by_its_settings() {
    let sweep = grid();
    let json: serde_json::Value = serde_json::from_str(&SweepSummary::new(&sweep, &[]).to_json()).unwrap();
    assert_eq!(json["cells"][3]["settings"]["a.open"], "2");
    assert_eq!(json["cells"][3]["settings"]["b.policy"], "few");
    assert_eq!(json["axes"][0]["positions"], serde_json::json!([0.0, 1.0, 2.0]));
    assert_eq!(json["axes"][1]["positions"], serde_json::Value::Null);
    assert_eq!(json["front"]["cells"], serde_json::json!([0, 2, 4]));
    assert_eq!(json["finding"], finding(&sweep));
    // Along the line from one to the next, along the other axis from the first.
    let steps: Vec<(u64, u64)> = json["neighbours"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["from"].as_u64().unwrap(), it["to"].as_u64().unwrap()))
        .collect();
    assert_eq!(steps, [(0, 2), (1, 3), (2, 4), (3, 5), (0, 1), (2, 3), (4, 5)]);
}

#[test]
fn a_sweep_reads_back_as_it_was() {
    for sweep in [grid(), warehouses(&[0.6, 0.8, 0.9, 0.9, 0.9])] {
        let text = SweepSummary::new(&sweep, &[]).to_json();
        let read = SweepSummary::from_json(&text).unwrap();
        assert_eq!(read.sweep().unwrap(), sweep);
        assert_eq!(SweepSummary::new(&read.sweep().unwrap(), &[]).to_json(), text);
    }
}

#[test]
fn names_on_the_page_of_a_sweep_stay_text() {
    let axes = vec![axis("<script>a</script>", "<b>&", &["<img>", "\u{1}</td>"], false)];
    let sweep = swept(axes, &[(FILL, &|at| [0.7, 0.9][at[0]])]);
    let made = sweep_rendered(&sweep, None, &[], &[]);
    let (_, page) = made.last().expect("a page");
    for word in ["<script>a", "<b>", "<img", "\u{1}"] {
        assert!(!page.contains(word), "{word:?} came through");
    }
    assert!(page.contains("&lt;img&gt;"), "{page}");
}
