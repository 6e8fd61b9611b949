//! Shards: any of them anywhere, and merged they are the sweep on one machine.

use std::path::Path;

use super::{QUICK, assert_same, json, with};
use crate::cli::{assert_exit, folder, program, stderr, stdout};

const AXES: &str = "--vary replenishment.order_up_to=2..6";

/// Plans so many shards in `plan/`.
fn plan(folder: &Path, shards: u32) {
    let planned = with(folder, &format!("shard plan {QUICK} --shards {shards} --quiet -o plan {AXES}"), &[]);
    assert_exit(&planned, 0);
    assert_eq!(stdout(&planned), "plan/plan.json\n");
}

fn run(folder: &Path, index: u32) {
    assert_exit(&with(folder, &format!("shard run plan/plan.json --index {index} --quiet"), &[]), 0);
}

#[test]
fn three_shards_merged_are_the_sweep_on_one_machine() {
    let folder = folder("shards");
    assert_exit(&with(&folder, &format!("sweep {QUICK} --quiet -o local {AXES}"), &[]), 0);
    plan(&folder, 3);
    // In any order, by option or by what a scheduler sets.
    run(&folder, 2);
    run(&folder, 0);
    assert_eq!(stdout(&with(&folder, "shard missing plan/plan.json", &[])), "1\n");
    let by_variable = program(&folder)
        .args(["shard", "run", "plan/plan.json", "--quiet"])
        .env("JOB_COMPLETION_INDEX", "1")
        .output()
        .expect("it starts");
    assert_exit(&by_variable, 0);
    let missing = json(&with(&folder, "shard missing plan/plan.json --json", &[]));
    assert_eq!((&missing["shards"], missing["missing"].as_array().map(Vec::len)), (&3.into(), Some(0)));
    let merged = with(&folder, "shard merge plan/plan.json -o merged", &[]);
    assert_exit(&merged, 0);
    assert_same(&folder.join("local"), &folder.join("merged"));
    // A shard is a pure function of plan and index: once more, it has the same bytes.
    let first = std::fs::read(folder.join("plan/shard-00001.parquet")).expect("it is there");
    assert_exit(&with(&folder, "shard run plan/plan.json --index 1 --again --quiet --jobs 1", &[]), 0);
    assert_eq!(std::fs::read(folder.join("plan/shard-00001.parquet")).expect("it is there"), first);
}

#[test]
fn the_merge_refuses_what_is_missing_doubled_foreign_or_cut_short_by_name() {
    let folder = folder("shards-wrong");
    plan(&folder, 6);
    for index in [0, 2, 5] {
        run(&folder, index);
    }
    let refused = |why: &[&str]| {
        let output = with(&folder, "shard merge plan/plan.json -o merged", &[]);
        assert_exit(&output, 2);
        let told = stderr(&output);
        for why in why {
            assert!(told.contains(why), "{told}");
        }
        assert!(!folder.join("merged").exists());
    };
    refused(&["3 of 6 shards are missing: 1,3-4"]);
    for index in [1, 3, 4] {
        run(&folder, index);
    }
    let place = |name: &str| folder.join("plan").join(name);
    let third = std::fs::read(place("shard-00003.parquet")).expect("it is there");
    std::fs::write(place("copy.parquet"), &third).expect("it can be written");
    refused(&["shard-00003.parquet: it is shard 3, and so is plan/copy.parquet"]);
    std::fs::remove_file(place("copy.parquet")).expect("it can be removed");
    std::fs::write(place("shard-00003.parquet"), &third[..third.len() - 100]).expect("it can be written");
    refused(&["shard-00003.parquet: it is cut short", "1 of 6 shards are missing: 3"]);
    assert_eq!(stdout(&with(&folder, "shard missing plan/plan.json", &[])), "3\n", "to be run again");
    run(&folder, 3);
    // Of another plan of the same study.
    let other = with(&folder, &format!("shard plan {QUICK} --seed 9 --shards 6 --quiet -o other {AXES}"), &[]);
    assert_exit(&other, 0);
    assert_exit(&with(&folder, "shard run other/plan.json --index 3 --quiet", &[]), 0);
    std::fs::copy(folder.join("other/shard-00003.parquet"), place("shard-00003.parquet")).expect("it can be copied");
    refused(&["shard-00003.parquet: it belongs to another plan", "missing: 3"]);
    run(&folder, 3);
    assert_exit(&with(&folder, "shard merge plan/plan.json -o merged --quiet", &[]), 0);
}

#[test]
fn another_plan_takes_the_place_of_one_whose_shards_are_computed_only_where_that_is_wanted() {
    let folder = folder("shards-replanned");
    plan(&folder, 6);
    plan(&folder, 5);
    run(&folder, 2);
    let kept = std::fs::read(folder.join("plan/plan.json")).expect("it is there");
    plan(&folder, 5);
    let again =
        |force: &str| with(&folder, &format!("shard plan {QUICK} --shards 4 --quiet -o plan {AXES}{force}"), &[]);
    let refused = again("");
    assert_exit(&refused, 2);
    for part in ["plan/plan.json: 1 of its 5 shards are computed", "--force", "-o"] {
        assert!(stderr(&refused).contains(part), "{}", stderr(&refused));
    }
    assert_eq!(std::fs::read(folder.join("plan/plan.json")).expect("it is there"), kept);
    assert_exit(&again(" --force"), 0);
    assert_eq!(stdout(&with(&folder, "shard missing plan/plan.json", &[])), "0-3\n");
    assert!(!folder.join("plan/shard-00002.parquet").exists(), "of another plan nothing can be made of it");
}

#[test]
fn a_shard_that_is_damaged_or_another_ones_copy_is_missing() {
    let folder = folder("shards-damaged");
    plan(&folder, 3);
    (0..3).for_each(|index| run(&folder, index));
    let place = |name: &str| folder.join("plan").join(name);
    let missing = || stdout(&with(&folder, "shard missing plan/plan.json", &[]));
    assert_eq!(missing(), "");
    std::fs::copy(place("shard-00001.parquet"), place("shard-00002.parquet")).expect("it can be copied");
    assert_eq!(missing(), "2\n");
    run(&folder, 2);
    let mut bytes = std::fs::read(place("shard-00001.parquet")).expect("it is there");
    bytes[200] ^= 1;
    std::fs::write(place("shard-00001.parquet"), bytes).expect("it can be written");
    assert_eq!(missing(), "1\n");
    let refused = with(&folder, "shard merge plan/plan.json -o merged", &[]);
    assert_exit(&refused, 2);
    let told = stderr(&refused);
    assert!(told.contains("plan/shard-00001.parquet: it is damaged: "), "{told}");
    assert!(told.contains("`backorder shard missing plan/plan.json` lists the shards to run again"), "{told}");
    run(&folder, 1);
    assert_exit(&with(&folder, "shard merge plan/plan.json -o merged --quiet", &[]), 0);
}

#[test]
fn a_shard_refuses_to_run_when_the_scenario_has_changed() {
    let folder = folder("shards-changed");
    let text =
        std::fs::read_to_string(crate::cli::scenario("theory/palm-exponential.toml")).expect("the scenario is there");
    std::fs::write(folder.join("a.toml"), &text).expect("it can be written");
    let planned = with(
        &folder,
        &format!("shard plan a.toml --set run.horizon=100d --replications 4 --shards 2 --quiet -o far/plan {AXES}"),
        &[],
    );
    assert_exit(&planned, 0);
    assert_exit(&with(&folder, "shard run far/plan/plan.json --index 0 --quiet", &[]), 0);
    std::fs::write(folder.join("a.toml"), text.replace("orders_per_day = 1.5", "orders_per_day = 1.6"))
        .expect("it can be written");
    let refused = with(&folder, "shard run far/plan/plan.json --index 1", &[]);
    assert_exit(&refused, 2);
    assert!(stderr(&refused).contains("the file a.toml has changed"), "{}", stderr(&refused));
    for (words, why) in [
        ("shard run far/plan/plan.json --index 2", "the plan has shards 0 to 1"),
        ("shard run far/plan/plan.json", "which shard?"),
        ("shard run a.toml --index 0", "no plan of shards"),
    ] {
        let refused = with(&folder, words, &[]);
        assert_exit(&refused, 2);
        assert!(stderr(&refused).contains(why), "{}", stderr(&refused));
    }
    let many = with(&folder, &format!("shard plan a.toml --replications 2 --shards 100 {AXES}"), &[]);
    assert_exit(&many, 2);
    assert!(stderr(&many).contains("100 shards are more than the 10 replications"), "{}", stderr(&many));
}

#[test]
fn scripts_for_schedulers_name_the_plan_and_every_index() {
    let folder = folder("shards-scripts");
    let planned = with(
        &folder,
        &format!("shard plan {QUICK} --shards 5 --slurm --kubernetes --json --quiet -o plan {AXES}"),
        &[],
    );
    assert_exit(&planned, 0);
    assert_eq!(json(&planned)["written"].as_array().map(Vec::len), Some(7));
    let read = |name: &str| std::fs::read_to_string(folder.join("plan").join(name)).expect("it is written");
    assert!(read("array.slurm").contains("#SBATCH --array=0-4\n"));
    assert!(read("merge.slurm").contains("shard merge"));
    assert!(read("submit.sh").contains("--dependency=\"afterok:$array\""));
    assert!(read("job.yaml").contains("completionMode: Indexed\n  completions: 5\n"));
}

#[test]
fn a_plan_without_shards_or_with_too_many_is_refused() {
    let folder = folder("shard-edited");
    assert_exit(
        &with(&folder, &format!("shard plan {QUICK} -o plan --shards 2 --vary replenishment.order_up_to=3,4"), &[]),
        0,
    );
    let path = folder.join("plan/plan.json");
    let text = std::fs::read_to_string(&path).expect("a plan");
    for shards in ["0", "4000000000"] {
        std::fs::write(&path, text.replace("\"shards\": 2", &format!("\"shards\": {shards}"))).expect("a plan");
        for action in ["run plan/plan.json --index 0", "missing plan/plan.json", "merge plan/plan.json"] {
            let told = with(&folder, &format!("shard {action}"), &[]);
            assert_exit(&told, 2);
            assert!(
                stderr(&told).contains(&format!("it has {shards} shards, and a plan has 1 to 100000")),
                "{}",
                stderr(&told)
            );
        }
    }
}
