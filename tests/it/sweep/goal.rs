//! `sweep --find`: the least setting that meets a goal, as measured.

use super::{json, table, with};
use crate::cli::{assert_exit, folder, stderr, stdout};

const SOUGHT: &str = "sweep @theory/palm-exponential.toml --set run.horizon=2y --set run.warm_up=60d --replications 20";

#[test]
fn the_least_level_that_meets_a_goal_is_found_and_holds_on_fresh_seeds() {
    let folder = folder("sweep-goal");
    let goal = ["--find", "unit_fill_rate >= 0.95", "--over", "replenishment.order_up_to=1..20"];
    let found = json(&with(&folder, &format!("{SOUGHT} --json --quiet"), &goal));
    let answer = &found["goal"]["answer"];
    // Palm: with a mean of 3 on order, 1 − P(N ≥ S) is first above 0.95 at 7 (P(N ≤ 6) = 0.966, P(N ≤ 5) = 0.916).
    assert_eq!(answer["value"], "7", "{}", found["goal"]);
    assert!(answer["fresh"]["mean"].as_f64().is_some_and(|fresh| fresh >= 0.95), "{answer}");
    let path = found["goal"]["path"].as_array().expect("a path");
    assert!(path.len() <= 7 && path.len() >= 4, "{} looks", path.len());
    let look =
        |value: &str| path.iter().find(|look| look["value"] == value).unwrap_or_else(|| panic!("no look at {value}"));
    assert_eq!((&look("7")["holds"], &look("6")["holds"]), (&true.into(), &false.into()));
    for seed in 1..=20 {
        let run = with(
            &folder,
            &format!(
                "{} --json --quiet --seed {seed} --set replenishment.order_up_to=7",
                SOUGHT.replace("sweep", "run")
            ),
            &[],
        );
        let fill = json(&run)["metrics"]["unit_fill_rate"]["mean"].as_f64().expect("a figure");
        assert!(fill >= 0.95, "seed {seed}: {fill}");
    }
    let cells = table(&folder.join("output/find-palm-exponential/cells.csv"));
    assert_eq!(cells.1.len(), path.len(), "every setting that was measured is a cell");
}

#[test]
fn where_none_or_all_meet_it_that_is_told() {
    let folder = folder("sweep-goal-none");
    let none = with(&folder, SOUGHT, &["--find", "unit_fill_rate >= 0.99", "--over", "replenishment.order_up_to=1..5"]);
    assert_exit(&none, 3);
    let page = stdout(&none).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        page.contains(
            "None of the 4 values of order-up-to level from 1 to 5 that were measured meets units filled at once ≥ 99 %"
        ),
        "{page}"
    );
    assert!(page.contains("It comes nearest at 5"), "{page}");
    let all = with(&folder, SOUGHT, &["--find", "unit_fill_rate >= 0.1", "--over", "replenishment.order_up_to=3..5"]);
    assert_exit(&all, 0);
    let page = stdout(&all).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("Both ends of the range, order-up-to level 3 and 5, meet units filled at once"), "{page}");
    for (goal, over, why) in [
        ("unit_fill_rate = 0.95", "replenishment.order_up_to=1..5", "a goal is a bound"),
        ("change(orders) > 0", "replenishment.order_up_to=1..5", "compares scenarios"),
        ("unit_fill_rate >= 0.9", "replenishment.order_up_to=3", "no setting with a range"),
    ] {
        let wrong = with(&folder, SOUGHT, &["--find", goal, "--over", over]);
        assert_exit(&wrong, 2);
        assert!(stderr(&wrong).contains(why), "{}", stderr(&wrong));
    }
}

#[test]
fn a_goal_of_one_replication_or_over_no_key_is_refused_before_anything_runs() {
    let folder = folder("sweep-goal-wrong");
    let goal = ["--find", "unit_fill_rate >= 0.1", "--over", "replenishment.order_up_to=3..5"];
    let one = with(&folder, &SOUGHT.replace("--replications 20", "--replications 1"), &goal);
    assert_exit(&one, 2);
    assert!(stderr(&one).contains("one replication has none: --replications 2 or more"), "{}", stderr(&one));
    let unknown =
        with(&folder, SOUGHT, &["--find", "unit_fill_rate >= 0.1", "--over", "replenishment.order_upto=3..5"]);
    assert_exit(&unknown, 2);
    assert!(stderr(&unknown).contains("--> --over"), "the option that was written: {}", stderr(&unknown));
    assert!(!folder.join("output").exists(), "nothing is written");
}
