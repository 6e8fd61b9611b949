//! What a test expects, kept in a file of the repository, and written anew when somebody asks for it.

use std::path::{Path, PathBuf};

/// The folder of the package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Whether `UPDATE_EXPECTED` asks to write what is found instead of comparing it.
pub fn update() -> bool {
    std::env::var_os("UPDATE_EXPECTED").is_some()
}

/// Asserts that a file of the repository holds exactly `found`; writes it when [`update`] says so.
#[track_caller]
pub fn matches(path: &Path, found: &str, meaning: &str) {
    let at = root().join(path);
    if update() {
        std::fs::create_dir_all(at.parent().expect("a file lies in a folder")).expect("the folder can be made");
        std::fs::write(&at, found).expect("what is expected can be written");
        return;
    }
    let expected = std::fs::read_to_string(&at).unwrap_or_default();
    let differs = differences(&expected, found);
    assert!(differs.is_empty(), "{}:\n{differs}{meaning}", path.display());
}

/// How many lines that differ are shown.
const SHOWN: usize = 10;

/// The lines in which two texts differ, the first ones of them; empty where they are the same.
fn differences(expected: &str, found: &str) -> String {
    if expected == found {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let shown = |line: Option<&&str>| line.map_or("(nothing)".to_string(), ToString::to_string);
    let differ: Vec<String> = (0..old.len().max(new.len()))
        .filter(|&line| old.get(line) != new.get(line))
        .map(|line| {
            format!("line {}\n  expected: {}\n  found:    {}\n", line + 1, shown(old.get(line)), shown(new.get(line)))
        })
        .collect();
    let more = differ.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("… and {more} lines more\n") } else { String::new() };
    let ends = if differ.is_empty() { "the ends of the lines differ\n" } else { "" };
    format!("{}{more}{ends}", differ.iter().take(SHOWN).map(String::as_str).collect::<String>())
}
