//! The house keeps its walls: data flows one way, the core does no I/O, files stay small and say what they are for.

use crate::imports::Imports;
use std::path::{Path, PathBuf};

/// What each room may import. A room that is not listed may not exist.
///
/// `domain, stats → random, rules, policy → engine → measures, observe → experiment → report → cli`; `scenario` makes
/// the model, so it sees the vocabulary, the random numbers to generate products with, the policies that say which
/// warehouses there are and what they carry, and the rules that say which orders leave complete; `files` reads scenarios
/// from disk and memory; `import` makes the files of a scenario out of a shop's exports, with the scenario's own readers of dates and
/// numbers, and draws samples to judge its fits by; `what_if` is what a page with the engine in it asks: texts in, a comparison out.
const MAY_IMPORT: [(&str, &[&str]); 15] = [
    ("domain", &[]),
    ("stats", &[]),
    ("random", &["domain"]),
    ("rules", &["domain"]),
    ("policy", &["domain", "stats", "rules"]),
    ("scenario", &["domain", "random", "rules", "policy"]),
    ("engine", &["domain", "random", "rules", "policy"]),
    ("measures", &["domain", "stats"]),
    ("files", &["domain", "scenario", "measures"]),
    ("import", &["domain", "stats", "random", "scenario"]),
    ("observe", &["domain", "stats", "rules", "engine", "measures"]),
    ("experiment", &["domain", "stats", "random", "rules", "policy", "engine", "measures", "observe"]),
    ("report", &["domain", "stats", "rules", "measures", "import", "observe", "experiment"]),
    ("what_if", &["domain", "scenario", "files", "experiment", "report"]),
    (
        "cli",
        &[
            "domain",
            "stats",
            "rules",
            "scenario",
            "files",
            "import",
            "engine",
            "measures",
            "observe",
            "experiment",
            "report",
            "what_if",
        ],
    ),
];

/// What only the command line may do (and `files`, as far as reading goes); what only the reading of scenarios and exports may use, as it looks names up and never walks
/// through them; and what nobody may.
const ONLY_CLI: [&str; 12] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "println!",
    "eprintln!",
    "print!(",
    "stdout()",
    "stderr()",
    "Instant",
    "SystemTime",
    "thread::sleep",
];
const ONLY_SCENARIO: [&str; 2] = ["HashMap", "HashSet"];
const NOBODY: [&str; 3] = ["unsafe ", "todo!(", "unimplemented!("];

/// The one file with unsafe code, which says what it gains and why it is right.
const UNSAFE: &str = "engine/prefetch.rs";

/// The most lines a file has, its unit tests left out.
const LONGEST: usize = 600;

struct Source {
    /// Path below `src`.
    path: String,
    text: String,
}

impl Source {
    /// The room it belongs to; empty for `lib.rs` and `main.rs`.
    fn room(&self) -> &str {
        match self.path.split_once('/') {
            Some((room, _)) => room,
            None => self.path.strip_suffix(".rs").filter(|name| !["lib", "main"].contains(name)).unwrap_or(""),
        }
    }

    /// Whether it only serves unit tests, which may look further than the code they test.
    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name == "tests.rs" || name.ends_with("_tests.rs") || name == "fixture.rs" || self.path.contains("/tests/")
    }

    /// The lines of code, without comments and without the unit tests at the end, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let is_end = |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod tests {");
        let end = lines.windows(2).position(is_end).unwrap_or(lines.len());
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        (1..).zip(lines.into_iter().take(end)).filter(move |(_, line)| is_code(line))
    }
}

fn sources() -> Vec<Source> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the sources") {
            let path = entry.expect("its entries").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 50, "the sources were found");
    paths
        .into_iter()
        .map(|path| Source {
            path: path.strip_prefix(&root).expect("it lies below").to_string_lossy().replace('\\', "/"),
            text: std::fs::read_to_string(&path).expect("a source is text"),
        })
        .collect()
}

/// The rooms that a line names: after `crate::`, one name or several in braces.
fn named_rooms(line: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        match rest.strip_prefix('{') {
            Some(list) => {
                let mut depth = 0;
                for part in list.split_inclusive(['{', '}', ',']) {
                    if depth == 0 {
                        rooms.push(part.trim().chars().take_while(|&c| is_name(c)).collect());
                    }
                    depth += part.matches('{').count() as i32 - part.matches('}').count() as i32;
                }
            }
            None => rooms.push(rest.chars().take_while(|&c| is_name(c)).collect()),
        }
    }
    rooms.retain(|room: &String| !room.is_empty());
    rooms
}

#[test]
fn a_line_tells_its_rooms() {
    assert_eq!(named_rooms("use crate::domain::{Model, Span};"), ["domain"]);
    assert_eq!(named_rooms("let x: crate::rules::Rule = crate::engine::y();"), ["rules", "engine"]);
    assert_eq!(named_rooms("use crate::{domain::{A, B}, stats};"), ["domain", "stats"]);
    assert!(named_rooms("let x = 1;").is_empty());
}

#[test]
fn data_flows_one_way() {
    let mut complaints = Vec::new();
    for source in sources().iter().filter(|source| !source.room().is_empty() && !source.is_test()) {
        let room = source.room();
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else {
            complaints.push(format!("src/{}: the room `{room}` is not in the plan of the house", source.path));
            continue;
        };
        for (number, line) in source.code() {
            for named in named_rooms(line) {
                let is_room = MAY_IMPORT.iter().any(|(name, _)| *name == named);
                if is_room && named != room && !allowed.contains(&named.as_str()) {
                    complaints.push(format!("src/{}:{number}: `{room}` may not use `{named}`", source.path));
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn no_file_imports_itself_by_way_of_others() {
    let sources = sources();
    let code = |source: &Source| source.code().map(|(_, line)| format!("{line}\n")).collect::<String>();
    let files = sources.iter().filter(|source| !source.is_test()).map(|source| (source.path.clone(), code(source)));
    let imports = Imports::of(files);
    let circles: Vec<String> = imports.circles().into_iter().map(|circle| circle.join(", ")).collect();
    assert!(circles.is_empty(), "these files import each other: {}", circles.join("; "));
}

#[test]
fn each_room_keeps_to_its_tools() {
    let mut complaints = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let room = source.room();
        let may_read = |word: &str| room == "files" && word == "std::fs";
        let cli = ONLY_CLI.iter().filter(|word| !["cli", ""].contains(&room) && !may_read(word));
        let scenario = ONLY_SCENARIO.iter().filter(|_| !["scenario", "import"].contains(&room));
        for word in NOBODY.iter().chain(cli).chain(scenario) {
            if *word == "unsafe " && source.path == UNSAFE {
                continue;
            }
            for (number, line) in source.code().filter(|(_, line)| line.contains(word)) {
                complaints.push(format!("src/{}:{number}: `{word}` in `{}`", source.path, line.trim()));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_pure_rooms_deny_what_is_disallowed() {
    let deny = "#![deny(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout)]";
    for room in ["engine", "rules"] {
        let all = sources();
        let catalogue =
            all.iter().find(|source| source.path == format!("{room}/mod.rs")).expect("the room has a mod.rs");
        assert!(catalogue.text.lines().any(|line| line == deny), "src/{room}/mod.rs: {deny}");
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let mut complaints = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            complaints.push(format!("src/{} does not open with a comment that says what it is for", source.path));
        }
        let lines =
            if source.is_test() { source.text.lines().count() } else { source.code().last().map_or(0, |last| last.0) };
        if lines > LONGEST {
            complaints.push(format!("src/{} has {lines} lines", source.path));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
