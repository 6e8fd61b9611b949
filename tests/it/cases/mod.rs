//! Small scenarios with their tables, as shops have them: exports of spreadsheets, dates of other countries, returns, totals.
//! Each folder holds what `backorder validate s.toml` says of it, word for word: it is read rightly, or refused in words that
//! the shop's owner understands.
//!
//! After a change of wording, `UPDATE_EXPECTED=1 cargo test --test it cases` writes them anew: read every one of them in the
//! diff as she would.

use std::path::Path;
use std::process::Command;

use crate::support::expected;

/// What the program says of the scenario in a folder, and how it ends.
fn told(folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backorder"));
    command.current_dir(folder).env_remove("RUST_BACKTRACE").args(["validate", "s.toml"]);
    let output = command.output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it speaks UTF-8");
    let code = output.status.code().expect("it ends by itself");
    format!("{}{}exit code {code}\n", text(&output.stderr), text(&output.stdout))
}

/// The folders.
fn names() -> Vec<String> {
    let folder = expected::root().join("tests/it/cases");
    let entries = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read"));
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_shop_is_understood_or_told_why_not() {
    let names = names();
    assert!(names.len() >= 76, "only {} cases are there", names.len());
    for name in names {
        let folder = Path::new("tests/it/cases").join(name);
        let told = told(&expected::root().join(&folder));
        assert!(told.ends_with("exit code 0\n") || told.ends_with("exit code 2\n"), "{}: {told}", folder.display());
        expected::matches(&folder.join("expected.txt"), &told, "This is what its owner would read.");
    }
}

#[test]
fn no_more_of_a_row_is_quoted_than_the_faulty_cell() {
    // Every row of these files ends in a column that nobody needs, with an address in it.
    let folder = expected::root().join("tests/it/cases");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    for name in names() {
        let target = scratch.join(&name);
        std::fs::create_dir_all(&target).expect("a folder for the test");
        for entry in std::fs::read_dir(folder.join(&name)).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            let text = std::fs::read_to_string(&path).expect("it is text");
            let file = path.file_name().expect("it has a name");
            let is_table = path.extension().is_some_and(|ending| ending == "csv");
            let text = if is_table { with_addresses(&text) } else { text };
            std::fs::write(target.join(file), text).expect("the copy can be written");
        }
        let told = told(&target);
        assert!(!told.contains("Elm Street"), "{name}: {told}");
    }
}

/// A table with a column of addresses at its end; its header, and what is none, stay as they are but for that.
fn with_addresses(text: &str) -> String {
    let (separator, end) = match text {
        _ if text.contains(';') => (';', '\n'),
        _ if text.contains('\t') => ('\t', '\n'),
        // Where nothing sets columns apart none can be added.
        _ if !text.contains(',') => return text.to_string(),
        _ if text.contains('\n') => (',', '\n'),
        _ => (',', '\r'),
    };
    let columns = ["order", "Name", "po", "id", "warehouse"];
    let added = |line: &str| match line.split(separator).next() {
        _ if line.is_empty() => String::new(),
        Some(first) if columns.contains(&first.trim_matches('"')) => format!("{line}{separator}address{end}"),
        _ => format!("{line}{separator}12 Elm Street{end}"),
    };
    text.split(end).map(added).collect()
}
