//! Rounds of a tuning as plans of shards, and their results taken in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

const OF_LEVELS: &[&str] =
    &["shop.toml", "--budget", "60", "--replications", "4", "--quiet", "--require", "unit_fill_rate >= 0.9"];

/// The tuning as far as the shards that are there let it come: the plan that it waits for.
fn round(folder: &Path, words: &[&str], more: &[&str]) -> Option<String> {
    let output = tune(folder, &[words, &["-o", "out", "--rounds", "rounds", "--shards", "2"], more].concat());
    assert_exit(&output, 0);
    let plan = stdout(&output).trim().to_string();
    if plan.ends_with("plan.json") { Some(plan) } else { None }
}

#[test]
fn rounds_run_as_shards_end_in_the_bytes_of_one_machine() {
    let folder = folder("tune-rounds");
    in_rounds(&folder, &OneProduct::drawn(0).scenario(), WORDS);
    // A scenario that has changed since is refused by its shards and by the tuning.
    let plan = plan_of_any_round(&folder);
    written(&folder, &OneProduct::drawn(1).scenario());
    let refused = with(&folder, &format!("shard run {} --index 0 --again", plan.display()), &[]);
    assert_exit(&refused, 2);
    assert!(stderr(&refused).contains("the file shop.toml has changed"), "{}", stderr(&refused));
}

#[test]
fn rounds_of_levels_end_in_the_bytes_of_one_machine() {
    in_rounds(&folder("tune-levels-rounds"), &OneProduct::drawn(1).scenario_of_two(), OF_LEVELS);
}

fn plan_of_any_round(folder: &Path) -> PathBuf {
    let first = fs::read_dir(folder.join("rounds")).expect("the rounds").flatten().next().expect("one");
    first.path().join("plan.json")
}

fn in_rounds(folder: &Path, scenario: &str, words: &[&str]) {
    written(folder, scenario);
    assert_exit(&tune(folder, &[words, &["-o", "whole"]].concat()), 0);
    let mut rounds = 0;
    while let Some(plan) = round(folder, words, &[]) {
        rounds += 1;
        assert!(rounds < 60, "it comes to an end");
        if rounds == 1 {
            assert_eq!(round(folder, words, &[]), Some(plan.clone()), "nothing was run here");
            let merged = with(folder, &format!("shard merge {plan}"), &[]);
            assert_exit(&merged, 2);
            assert!(stderr(&merged).contains("this is a round of a tuning"), "{}", stderr(&merged));
            assert!(stderr(&merged).contains("--rounds rounds"), "the command that goes on: {}", stderr(&merged));
        }
        let missing = with(folder, &format!("shard missing {plan}"), &[]);
        for index in 0..2 {
            if stdout(&missing).trim() == "0" && index == 1 {
                continue;
            }
            assert_exit(&with(folder, &format!("shard run {plan} --index {index} --quiet"), &[]), 0);
            if rounds == 2 && index == 0 && stdout(&missing).trim() != "0" {
                assert_eq!(round(folder, words, &[]), Some(plan.clone()), "a shard is missing");
            }
        }
    }
    assert!(rounds > 2, "{rounds} rounds");
    assert_same(&folder.join("whole"), &folder.join("out"));
}

/// The files of shards beside a plan.
fn shards(folder: &Path, plan: &str) -> usize {
    let beside = fs::read_dir(folder.join(plan).parent().expect("its folder")).expect("the folder").flatten();
    beside.filter(|entry| entry.path().extension().is_some_and(|it| it == "parquet")).count()
}

#[test]
fn rounds_of_something_else_are_not_taken_in() {
    let folder = folder("tune-rounds-other");
    written(&folder, &OneProduct::drawn(1).scenario_of_two());
    let plan = round(&folder, OF_LEVELS, &[]).expect("a round");
    for index in 0..2 {
        assert_exit(&with(&folder, &format!("shard run {plan} --index {index} --quiet"), &[]), 0);
    }
    assert_eq!(shards(&folder, &plan), 2);
    // Another scenario has a folder of its own to name.
    fs::copy(folder.join("shop.toml"), folder.join("other.toml")).expect("the scenario");
    let other = [&["other.toml"][..], &OF_LEVELS[1..], &["-o", "other", "--rounds", "rounds"]].concat();
    let refused = tune(&folder, &other);
    assert_exit(&refused, 2);
    let why = stderr(&refused);
    assert!(why.contains("of another scenario") && why.contains("shop.toml") && why.contains("--rounds"), "{why}");
    assert_eq!(shards(&folder, &plan), 2, "they are left alone");
    // The same scenario, changed and begun anew, is planned anew: the old shards say nothing of it.
    written(&folder, &OneProduct::drawn(2).scenario_of_two());
    // What it comes to does not meet what must hold for certain, which the exit code says at the end.
    assert_exit(&tune(&folder, &[OF_LEVELS, &["-o", "whole"]].concat()), 4);
    let alone = |more: &[&str]| {
        let output = tune(&folder, &[OF_LEVELS, &["-o", "out", "--rounds", "rounds", "--shards", "1"], more].concat());
        let next = stdout(&output).trim().to_string();
        assert_exit(&output, if next.ends_with("plan.json") { 0 } else { 4 });
        next
    };
    let mut next = alone(&["--afresh"]);
    assert_eq!((next.as_str(), shards(&folder, &next)), (plan.as_str(), 0));
    while next.ends_with("plan.json") {
        assert_exit(&with(&folder, &format!("shard run {next} --index 0 --quiet"), &[]), 0);
        next = alone(&[]);
    }
    assert_same(&folder.join("whole"), &folder.join("out"));
}

/// A stand-in for Slurm's `sbatch`: it runs what is submitted at once, all tasks of an array one after the other.
const SBATCH: &str = r#"#!/bin/sh
set -eu
array= dir=. script=
for word; do
    case "$word" in
    --array=*) array=${word#--array=} ;;
    --chdir=*) dir=${word#--chdir=} ;;
    --*) ;;
    *) script=$word ;;
    esac
done
echo 17
cd "$dir"
if [ -z "$array" ]; then
    exec sh "$script" >&2
fi
for part in $(echo "$array" | tr , ' '); do
    index=${part%-*}
    while [ "$index" -le "${part#*-}" ]; do
        SLURM_ARRAY_TASK_ID=$index sh "$script" >&2
        index=$((index + 1))
    done
done
"#;

#[cfg(unix)]
#[test]
fn a_scheduler_that_is_given_the_first_round_brings_the_results() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("tune-rounds-slurm");
    written(&folder, &OneProduct::drawn(1).scenario_of_two());
    assert_exit(&tune(&folder, &[OF_LEVELS, &["-o", "whole"]].concat()), 0);
    // Scripts can be asked for behind a plan of which a shard is there already.
    let plan = round(&folder, OF_LEVELS, &[]).expect("a round");
    assert_exit(&with(&folder, &format!("shard run {plan} --index 1 --quiet"), &[]), 0);
    assert_eq!(round(&folder, OF_LEVELS, &["--slurm", "--kubernetes"]), Some(plan.clone()));
    let beside = folder.join(&plan).parent().expect("its folder").to_path_buf();
    let job = fs::read_to_string(beside.join("job.yaml")).expect("the job");
    assert!(job.contains("completionMode: Indexed\n  completions: 2\n"), "{job}");
    assert!(!beside.join("merge.yaml").exists() && !beside.join("merge.slurm").exists(), "a round is not merged");
    assert_eq!(stdout(&with(&folder, &format!("shard missing {plan}"), &[])).trim(), "0", "the shard counts");
    let bin = folder.join("bin");
    fs::create_dir(&bin).expect("a folder");
    fs::write(bin.join("sbatch"), SBATCH).expect("the stand-in");
    fs::set_permissions(bin.join("sbatch"), fs::Permissions::from_mode(0o755)).expect("it can be run");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").expect("a path"));
    let submitted = Command::new("sh").arg(beside.join("submit.sh")).env("PATH", path).output().expect("it starts");
    assert_exit(&submitted, 0);
    assert_same(&folder.join("whole"), &folder.join("out"));
}
