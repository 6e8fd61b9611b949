//! A sweep that was ended goes on where it was, and ends in the same bytes.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::{assert_same, with};
use crate::cli::{assert_exit, folder, program, scenario, stderr};

/// Forty cells, of which each takes a while.
fn words() -> Vec<String> {
    let file = scenario("theory/palm-exponential.toml").display().to_string();
    let words = "--set run.horizon=3y --replications 10 --quiet --jobs 2 --vary replenishment.order_up_to=1..40";
    ["sweep".to_string(), file].into_iter().chain(words.split(' ').map(str::to_string)).collect()
}

/// The journal of a sweep whose result is to stand in this folder, once something is in it.
fn journal(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder").flatten();
    let mut journals = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(".backorder-"))
        .map(|entry| entry.path().join("work/cells"));
    journals.find(|path| std::fs::metadata(path).is_ok_and(|file| file.len() > 0))
}

#[test]
fn killed_at_any_moment_it_goes_on_and_ends_in_the_same_bytes() {
    let folder = folder("sweep-killed");
    let whole = Instant::now();
    assert_exit(&program(&folder).args(words()).args(["-o", "whole"]).output().expect("it starts"), 0);
    let whole = whole.elapsed();
    let mut kills = 0;
    // Moments spread over the time that a whole one takes, in an order without system.
    let moments = if std::env::var_os("BACKORDER_LONG").is_some() { 20 } else { 5 };
    for moment in (0..20_u32).step_by(20 / moments) {
        let after = whole * (moment * 7 % 20 + 1) / 22;
        let mut child =
            program(&folder).args(words()).args(["-o", "killed"]).stderr(Stdio::null()).spawn().expect("it starts");
        let begun = Instant::now();
        while begun.elapsed() < after && child.try_wait().expect("it can be asked").is_none() {
            thread::sleep(Duration::from_millis(2));
        }
        if child.try_wait().expect("it can be asked").is_none() {
            child.kill().expect("it can be killed");
            kills += 1;
        }
        child.wait().expect("it ends");
        if folder.join("killed/cells.csv").is_file() {
            assert_same(&folder.join("whole"), &folder.join("killed"));
            std::fs::remove_dir_all(folder.join("killed")).expect("it can be removed");
        }
    }
    assert!(2 * kills >= moments, "only {kills} were killed in time");
    assert_exit(&program(&folder).args(words()).args(["-o", "killed"]).output().expect("it starts"), 0);
    assert_same(&folder.join("whole"), &folder.join("killed"));
    assert!(journal(&folder).is_none(), "the journal is gone when all is written");
}

#[test]
fn it_does_not_go_on_with_something_else() {
    let folder = folder("sweep-changed");
    let text = std::fs::read_to_string(scenario("theory/palm-exponential.toml")).expect("the scenario is there");
    std::fs::write(folder.join("a.toml"), &text).expect("it can be written");
    let begun =
        "sweep a.toml --set run.horizon=100d --replications 3 --quiet -o out --vary replenishment.order_up_to=1..3";
    assert_exit(&with(&folder, begun, &[]), 0);
    // A journal as it is left behind: the head of one, cut in its first record.
    let stop = |folder: &std::path::Path| {
        let mut child = program(folder)
            .args(begun.replace("100d", "40y").split(' '))
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(20) && journal(folder).is_none() {
            thread::sleep(Duration::from_millis(5));
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        assert!(journal(folder).is_some());
    };
    stop(&folder);
    let refused = |words: &str, why: &str| {
        let output = with(&folder, words, &[]);
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(why), "{}", stderr(&output));
    };
    let same = begun.replace("100d", "40y");
    refused(&same.replace("--replications 3", "--replications 4"), "the number of replications was 3, and is 4");
    refused(
        &same.replace("=1..3", "=1..4"),
        "the axis replenishment.order_up_to had the values 1, 2, 3, and has 1, 2, 3, 4",
    );
    refused(begun, "the list of settings for all cells was run.horizon=40y");
    std::fs::write(folder.join("a.toml"), text.replace("order_up_to = 5", "order_up_to = 6"))
        .expect("it can be written");
    refused(&same, "the file a.toml has changed");
    // Begun anew, it is another sweep.
    assert_exit(&with(&folder, &format!("{begun} --afresh"), &[]), 0);
}

#[cfg(unix)]
#[test]
fn interrupted_it_says_how_far_it_came_and_goes_on() {
    let folder = folder("sweep-interrupted");
    let words = words().join(" ").replace("run.horizon=3y", "run.horizon=30y").replace("--quiet ", "");
    let child =
        program(&folder).args(words.split(' ')).args(["-o", "out"]).stderr(Stdio::piped()).spawn().expect("it starts");
    let begun = Instant::now();
    // Until some cells are kept.
    let kept = || journal(&folder).and_then(|path| std::fs::metadata(path).ok()).map_or(0, |file| file.len());
    while begun.elapsed() < Duration::from_secs(60) && kept() < 30_000 {
        thread::sleep(Duration::from_millis(5));
    }
    let sent = std::process::Command::new("kill")
        .args([if crate::cli::is_ignored(2) { "-TERM" } else { "-INT" }, &child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
    let output = child.wait_with_output().expect("it ends");
    assert_exit(&output, 130);
    let told = stderr(&output);
    assert!(told.contains("of 40 cells are finished and kept; the same command continues"), "{told}");
    assert!(journal(&folder).is_some() && !folder.join("out").exists(), "the results are written when they are whole");
}
