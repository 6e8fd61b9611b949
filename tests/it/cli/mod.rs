//! The program as people and scripts meet it: exit codes, what goes where, and files.

mod checking;
mod comparing;
mod event_log;
mod files;
mod interrupt;
mod page;
mod parquet;
mod printed;
mod reading;
mod results;
mod shown;
mod starting;
mod telling;
mod theory;
mod told_again;
mod wrong;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A scenario of the repository.
pub fn scenario(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// An empty folder of a test's own.
pub fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder for the test");
    path
}

/// The program, to be run in a folder.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backorder"));
    command.current_dir(folder).env_remove("RUST_BACKTRACE");
    command
}

/// Runs the program in a folder; arguments are separated by spaces, `@` stands for the repository's scenarios.
fn backorder(folder: &Path, arguments: &str) -> Output {
    let scenarios = scenario("");
    let expand = |word: &str| match word.strip_prefix('@') {
        Some(name) => scenarios.join(name).into_os_string(),
        None => word.into(),
    };
    program(folder).args(arguments.split_whitespace().map(expand)).output().expect("the program starts")
}

/// Runs the program in a folder; words are separated by spaces, `@` stands for the repository's scenarios; `more` holds words
/// with spaces of their own.
pub fn with(folder: &Path, arguments: &str, more: &[&str]) -> Output {
    let scenarios = scenario("");
    let expand = |word: &str| match word.strip_prefix('@') {
        Some(name) => scenarios.join(name).into_os_string(),
        None => word.into(),
    };
    program(folder).args(arguments.split_whitespace().map(expand)).args(more).output().expect("the program starts")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("data is UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// Whether a signal is ignored here, and so by what is started from here; known on Linux.
#[cfg(unix)]
pub fn is_ignored(signal: u32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    ignored.is_some_and(|signals| signals & (1 << (signal - 1)) != 0)
}

/// Asserts an exit code; shows the messages if it is another one.
#[track_caller]
pub fn assert_exit(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "stdout:\n{}\nstderr:\n{}", stdout(output), stderr(output));
}
