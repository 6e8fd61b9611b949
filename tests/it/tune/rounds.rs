//! Rounds of a tuning as plans of shards, and their results taken in.

use std::fs;
use std::path::Path;

use super::one_product::{OneProduct, tune, written};
use crate::cli::{assert_exit, folder, stderr, stdout, with};
use crate::sweep::assert_same;

const WORDS: &[&str] = &[
    "shop.toml",
    "--budget",
    "60",
    "--replications",
    "4",
    "--quiet",
    "--seed",
    "11",
    "--vary",
    "replenishment.reorder_point=44..60 step 4",
    "--vary",
    "replenishment.target.fill_rate[product p]=0.5,0.9",
];

/// The tuning as far as the shards that are there let it come: the plan that it waits for.
fn round(folder: &Path) -> Option<String> {
    let output = tune(folder, &[WORDS, &["-o", "out", "--rounds", "rounds", "--shards", "2"]].concat());
    assert_exit(&output, 0);
    let plan = stdout(&output).trim().to_string();
    if plan.ends_with("plan.json") { Some(plan) } else { None }
}

#[test]
fn rounds_run_as_shards_end_in_the_bytes_of_one_machine() {
    let folder = folder("tune-rounds");
    written(&folder, &OneProduct::drawn(0).scenario());
    assert_exit(&tune(&folder, &[WORDS, &["-o", "whole"]].concat()), 0);
    let mut rounds = 0;
    while let Some(plan) = round(&folder) {
        rounds += 1;
        assert!(rounds < 60, "it comes to an end");
        if rounds == 1 {
            assert_eq!(round(&folder), Some(plan.clone()), "nothing was run here");
            let merged = with(&folder, &format!("shard merge {plan}"), &[]);
            assert_exit(&merged, 2);
            assert!(stderr(&merged).contains("this is a round of a tuning"), "{}", stderr(&merged));
        }
        let missing = with(&folder, &format!("shard missing {plan}"), &[]);
        for index in 0..2 {
            if stdout(&missing).trim() == "0" && index == 1 {
                continue;
            }
            assert_exit(&with(&folder, &format!("shard run {plan} --index {index} --quiet"), &[]), 0);
            if rounds == 2 && index == 0 && stdout(&missing).trim() != "0" {
                assert_eq!(round(&folder), Some(plan.clone()), "a shard is missing");
            }
        }
    }
    assert!(rounds > 2, "{rounds} rounds");
    assert_same(&folder.join("whole"), &folder.join("out"));
    // A scenario that has changed since is refused by its shards and by the tuning.
    let plan = fs::read_dir(folder.join("rounds"))
        .expect("the rounds")
        .flatten()
        .next()
        .expect("one")
        .path()
        .join("plan.json");
    written(&folder, &OneProduct::drawn(1).scenario());
    let refused = with(&folder, &format!("shard run {} --index 0 --again", plan.display()), &[]);
    assert_exit(&refused, 2);
    assert!(stderr(&refused).contains("the file shop.toml has changed"), "{}", stderr(&refused));
}
