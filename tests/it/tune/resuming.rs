//! A tuning that was ended goes on where it was, and ends in the same bytes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::one_product::{OneProduct, written};
use crate::cli::{assert_exit, folder, program, stderr};
use crate::sweep::assert_same;

const WORDS: &str = "tune shop.toml --quiet --jobs 2 --budget 400 --replications 10 \
                     --vary replenishment.reorder_point=40..60 --vary replenishment.quantity=20..60";

const OF_LEVELS: &str = "tune shop.toml --quiet --jobs 2 --budget 800 --replications 20 --require unit_fill_rate>=0.9";

fn tuning(folder: &Path, target: &str) -> Command {
    of(WORDS, folder, target)
}

fn of(words: &str, folder: &Path, target: &str) -> Command {
    let mut command = program(folder);
    command.args(words.split_whitespace()).args(["-o", target]).stderr(Stdio::piped());
    command
}

/// The journals in a folder.
fn journals(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder").flatten();
    let works = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".backorder-"));
    works.map(|entry| entry.path().join("work/cells")).filter(|path| path.exists()).collect()
}

#[test]
fn killed_at_any_moment_it_goes_on_and_ends_in_the_same_bytes() {
    killed("tune-killed", &OneProduct::drawn(0).scenario(), WORDS);
}

#[test]
fn levels_of_every_product_go_on_where_they_were() {
    killed("tune-levels-killed", &OneProduct::drawn(1).scenario_of_two(), OF_LEVELS);
}

fn killed(name: &str, scenario: &str, words: &str) {
    let folder = folder(name);
    written(&folder, scenario);
    let tuning = |folder: &Path, target: &str| of(words, folder, target);
    let whole = Instant::now();
    assert_exit(&tuning(&folder, "whole").output().expect("it starts"), 0);
    let whole = whole.elapsed();
    let (mut kills, mut kept) = (0, 0);
    let moments = if std::env::var_os("BACKORDER_LONG").is_some() { 20 } else { 4 };
    for moment in (0..20_u32).step_by(20 / moments) {
        let after = whole * (moment * 7 % 20 + 1) / 30;
        let mut child = tuning(&folder, "killed").stderr(Stdio::null()).spawn().expect("it starts");
        let begun = Instant::now();
        while begun.elapsed() < after && child.try_wait().expect("it can be asked").is_none() {
            thread::sleep(Duration::from_millis(2));
        }
        if child.try_wait().expect("it can be asked").is_none() {
            child.kill().expect("it can be killed");
            kills += 1;
        }
        child.wait().expect("it ends");
        let now = journals(&folder).first().map_or(0, |path| fs::metadata(path).map_or(0, |file| file.len()));
        assert!(now >= kept || folder.join("killed/tune.json").is_file(), "what was kept is not run again");
        kept = now;
        if folder.join("killed/tune.json").is_file() {
            assert_same(&folder.join("whole"), &folder.join("killed"));
            fs::remove_dir_all(folder.join("killed")).expect("it can be removed");
            kept = 0;
        }
    }
    assert!(2 * kills >= moments, "only {kills} were killed in time");
    assert_exit(&tuning(&folder, "killed").output().expect("it starts"), 0);
    assert_same(&folder.join("whole"), &folder.join("killed"));
    assert!(journals(&folder).is_empty(), "the journal is gone when all is written");
}

#[test]
fn it_does_not_go_on_with_something_else() {
    let folder = folder("tune-changed");
    written(&folder, &OneProduct::drawn(0).scenario());
    let mut child =
        tuning(&folder, "out").args(["--set", "run.horizon=9y"]).stderr(Stdio::null()).spawn().expect("it starts");
    let begun = Instant::now();
    let is_begun = || journals(&folder).iter().any(|path| fs::metadata(path).is_ok_and(|file| file.len() > 3_000));
    while begun.elapsed() < Duration::from_secs(60) && !is_begun() {
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    for (more, told) in [
        (&["--set", "run.horizon=8y"][..], "the list of settings for all alternatives was [\"run.horizon=9y\"]"),
        (&["--set", "run.horizon=9y", "--delta", "0.5"], "the difference that matters was left out, and is 0.5"),
        (&["--set", "run.horizon=9y", "--require", "orders > 1"], "what must hold was [], and is [\"orders > 1\"]"),
    ] {
        let refused = tuning(&folder, "out").args(more).output().expect("it starts");
        assert_exit(&refused, 2);
        let why = stderr(&refused);
        assert!(why.contains(told) && why.contains("--afresh"), "{more:?}: {why}");
    }
    let few = ["--set", "run.horizon=100d", "--afresh"];
    assert_exit(&tuning(&folder, "out").args(few).output().expect("it starts"), 0);
    assert!(folder.join("out/tune.json").is_file());
}
