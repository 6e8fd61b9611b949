//! Ctrl-C: the replications under way are finished, what is finished is written, and the exit code says so.
#![cfg(unix)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{assert_exit, folder, is_ignored, program, scenario, stderr};

#[test]
fn an_interrupted_run_writes_what_is_finished() {
    let folder = folder("interrupt");
    let child = program(&folder)
        .args(["run", "--json", "--replications", "1000000", "--jobs", "1", "-o", "out"])
        .arg(scenario("rules/swap.toml"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let started = Instant::now();
    std::thread::sleep(Duration::from_millis(1_500));
    // A job in a shell's background has Ctrl-C ignored, and the program with it; the end that a batch system sends does the same.
    let signal = if is_ignored(2) { "-TERM" } else { "-INT" };
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
    let output = child.wait_with_output().expect("the program ends");
    assert_exit(&output, 130);
    assert!(started.elapsed() < Duration::from_secs(60), "it stops soon");
    assert!(stderr(&output).contains("Interrupted"), "{}", stderr(&output));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a whole summary");
    let done = summary["replications"].as_u64().expect("a number");
    assert!((1..1_000_000).contains(&done), "{done}");
    let rows = std::fs::read_to_string(folder.join("out/replications.csv")).expect("the rows were written");
    assert_eq!(rows.lines().count() as u64, done + 1);
    // What gives the same figures again is a run of so many.
    assert!(stderr(&output).contains(&format!("--replications {done}\n")), "{}", stderr(&output));
}
