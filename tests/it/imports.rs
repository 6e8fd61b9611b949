//! Which files of the sources import which, and the circles among them, read off `use` declarations and paths.
//!
//! A name counts as imported from the file that defines it, wherever it is passed on: `use crate::report::Table` leads
//! to `report/table.rs`, not to `report/mod.rs`, which passes it on. Methods called on values are not seen.

use std::collections::{BTreeMap, BTreeSet};

/// The files of a tree, by module: `rooms::door` for `rooms/door.rs`, `rooms` for `rooms/mod.rs`.
pub struct Imports {
    modules: BTreeMap<Vec<String>, Module>,
}

#[derive(Default)]
struct Module {
    /// Path of its file below `src`.
    file: String,
    /// What is defined in the file: types, functions, constants, macros.
    defined: BTreeSet<String>,
    /// What it passes on under a name, and where from.
    passed_on: BTreeMap<String, Vec<String>>,
    /// The modules of which it passes on everything.
    passed_on_whole: Vec<Vec<String>>,
    /// What it imports or names by its path, from the root.
    named: BTreeSet<Vec<String>>,
}

impl Imports {
    /// Reads files, each its path below `src` and its code without comments and unit tests.
    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut modules = BTreeMap::new();
        let files: Vec<_> = files.into_iter().collect();
        let known: BTreeSet<Vec<String>> = files.iter().map(|(file, _)| module_of(file)).collect();
        for (file, code) in files {
            let own = module_of(&file);
            let mut module = Module { file, defined: defined(&code), ..Module::default() };
            let mut rest = code.as_str();
            while let Some(at) = rest.find("use ") {
                let before = &rest[..at];
                let is_word = before.chars().next_back().is_none_or(char::is_whitespace);
                let Some(end) = rest[at..].find(';').filter(|_| is_word) else {
                    rest = &rest[at + 4..];
                    continue;
                };
                let line = before.rsplit('\n').next().unwrap_or_default().trim();
                let tree = &rest[at + 4..at + end];
                for path in leaves(tree) {
                    let Some((path, name)) = absolute(&own, &known, &path) else { continue };
                    if line.starts_with("pub") {
                        if name == "*" {
                            module.passed_on_whole.push(path);
                        } else {
                            module.passed_on.insert(name, path);
                        }
                    } else {
                        module.named.insert(path);
                    }
                }
                rest = &rest[at + end..];
            }
            for path in inline(&code) {
                if let Some((path, _)) = absolute(&own, &known, &path) {
                    module.named.insert(path);
                }
            }
            modules.insert(own, module);
        }
        Self { modules }
    }

    /// The file that a path ends in: where what it names is defined.
    fn home(&self, path: &[String], depth: usize) -> Option<&str> {
        // The longest start of the path that is a module.
        let length = (0..=path.len()).rev().find(|&length| self.modules.contains_key(&path[..length]))?;
        let module = &self.modules[&path[..length]];
        let Some(name) = path.get(length).filter(|_| depth < 10) else { return Some(&module.file) };
        if module.defined.contains(name) {
            return Some(&module.file);
        }
        if let Some(from) = module.passed_on.get(name) {
            return self.home(from, depth + 1);
        }
        let passed = module.passed_on_whole.iter().find_map(|from| {
            // `pub use a::*` is everything of the module a.
            let from = if from.last().is_some_and(|last| last == "*") { &from[..from.len() - 1] } else { &from[..] };
            let inside = self.modules.get(from)?;
            let knows = inside.defined.contains(name) || inside.passed_on.contains_key(name);
            knows.then(|| self.home(&[from, &path[length..]].concat(), depth + 1)).flatten()
        });
        passed.or(Some(&module.file))
    }

    /// Each file, with the others that it imports from.
    pub fn edges(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let of = |module: &'_ Module| {
            module.named.iter().filter_map(|path| self.home(path, 0)).filter(|file| *file != module.file).collect()
        };
        self.modules.values().map(|module| (module.file.as_str(), of(module))).collect()
    }

    /// The circles: files that each lead to every other of the circle, in alphabetical order.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        let edges = self.edges();
        let reach = |from: &str| {
            let (mut seen, mut waiting) = (BTreeSet::new(), vec![from.to_string()]);
            while let Some(file) = waiting.pop() {
                for next in edges.get(file.as_str()).into_iter().flatten() {
                    if seen.insert(next.to_string()) {
                        waiting.push(next.to_string());
                    }
                }
            }
            seen
        };
        let reached: BTreeMap<&str, BTreeSet<String>> = edges.keys().map(|file| (*file, reach(file))).collect();
        let mut circles: Vec<Vec<&str>> = Vec::new();
        for (file, reachable) in &reached {
            if !reachable.contains(*file) || circles.iter().any(|circle| circle.contains(file)) {
                continue;
            }
            circles.push(
                reached
                    .keys()
                    .copied()
                    .filter(|other| reachable.contains(*other) && reached[other].contains(*file))
                    .collect(),
            );
        }
        circles
    }
}

/// `a/b.rs` is the module a::b, `a/mod.rs` is a.
fn module_of(file: &str) -> Vec<String> {
    let mut path: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_string).collect();
    if path.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        path.pop();
    }
    path
}

/// The names that a file defines.
fn defined(code: &str) -> BTreeSet<String> {
    let kinds = ["struct", "enum", "fn", "const", "static", "trait", "type", "macro_rules!"];
    let mut names = BTreeSet::new();
    for line in code.lines() {
        let mut words =
            line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '!')).filter(|word| !word.is_empty());
        while let Some(word) = words.next() {
            if kinds.contains(&word) {
                names.extend(words.next().map(str::to_string));
                break;
            }
        }
    }
    names
}

/// The paths of a use declaration's tree: `a::{b, c::d as e}` is a::b and a::c::d.
fn leaves(tree: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let (mut stems, mut path): (Vec<Vec<String>>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut word, mut is_alias) = (String::new(), false);
    let mut finish = |path: &mut Vec<String>| {
        if !path.is_empty() {
            found.push(std::mem::take(path));
        }
    };
    for c in tree.chars().chain([',']) {
        match c {
            c if c.is_alphanumeric() || c == '_' || c == '*' => word.push(c),
            _ => {
                match std::mem::take(&mut word).as_str() {
                    "" => {}
                    "as" => is_alias = true,
                    _ if is_alias => is_alias = false,
                    name => path.push(name.to_string()),
                }
                match c {
                    '{' => {
                        stems.push(path.clone());
                    }
                    ',' => {
                        if stems.last() != Some(&path) {
                            finish(&mut path);
                        }
                        path = stems.last().cloned().unwrap_or_default();
                    }
                    '}' => {
                        if stems.last() != Some(&path) {
                            finish(&mut path);
                        }
                        stems.pop();
                        path = stems.last().cloned().unwrap_or_default();
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

/// Paths in the code that begin with `crate::` or `super::`.
fn inline(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = &code[..at];
            if before.ends_with("::") || before.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let end =
                code[at..].find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(code.len() - at);
            // Several names in braces: a use declaration, whose tree is read as such.
            if code[at..at + end].ends_with("::") {
                continue;
            }
            let path = code[at..at + end].trim_end_matches(':');
            found.push(path.split("::").map(str::to_string).collect());
        }
    }
    found
}

/// A path as it is seen from the root, and its last name; `None` where it leads out of the crate.
fn absolute(own: &[String], known: &BTreeSet<Vec<String>>, path: &[String]) -> Option<(Vec<String>, String)> {
    let mut names = path.iter();
    let mut base = match names.next()?.as_str() {
        "crate" => Vec::new(),
        "self" => own.to_vec(),
        "super" => own[..own.len().checked_sub(1)?].to_vec(),
        // A child of this module.
        name => {
            let child = [own, &[name.to_string()]].concat();
            if !known.contains(&child) {
                return None;
            }
            child
        }
    };
    for name in names {
        match name.as_str() {
            "super" => {
                base.pop()?;
            }
            "self" | "*" => {}
            name => base.push(name.to_string()),
        }
    }
    let last = path.last()?.clone();
    Some((base, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(files: &[(&str, &str)]) -> Imports {
        Imports::of(files.iter().map(|(file, code)| (file.to_string(), code.to_string())))
    }

    #[test]
    fn every_path_of_a_declaration_is_found() {
        let paths = |tree| leaves(tree).into_iter().map(|path| path.join("::")).collect::<Vec<_>>();
        assert_eq!(paths("crate::a::B"), ["crate::a::B"]);
        assert_eq!(
            paths("super::{a::{self, B as C}, d::*,\n e}"),
            ["super::a::self", "super::a::B", "super::d::*", "super::e"]
        );
        let written: Vec<_> = inline("f(crate::a::b(), super::super::C::new(x))");
        assert_eq!(
            written.iter().map(|path| path.join("::")).collect::<Vec<_>>(),
            ["crate::a::b", "super::super::C::new"]
        );
    }

    #[test]
    fn a_name_is_imported_from_where_it_is_defined() {
        let found = imports(&[
            ("room/mod.rs", "mod door;\nmod sill;\npub use door::{Door, open};\npub use sill::*;\npub fn air() {}"),
            ("room/door.rs", "use super::sill::Sill;\npub struct Door;\npub fn open() {}"),
            ("room/sill.rs", "pub struct Sill;"),
            ("hall.rs", "use crate::room::{Door, Sill};\nfn pass() { crate::room::open(); }"),
            ("garden.rs", "use crate::room;\nuse std::fmt;"),
        ]);
        let edges = found.edges();
        let of = |file| edges[file].iter().copied().collect::<Vec<_>>();
        assert_eq!(of("hall.rs"), ["room/door.rs", "room/sill.rs"]);
        assert_eq!((of("room/door.rs"), of("garden.rs")), (vec!["room/sill.rs"], vec!["room/mod.rs"]));
        assert!(of("room/mod.rs").is_empty(), "passing a name on is no import");
        assert!(found.circles().is_empty());
    }

    #[test]
    fn circles_are_found_however_long_and_however_written() {
        let found = imports(&[
            ("room/mod.rs", "mod a;\nmod b;\nmod c;\nmod d;\npub use c::C;"),
            ("room/a.rs", "use super::b::B;\npub struct A;"),
            ("room/b.rs", "pub struct B(super::C);"),
            ("room/c.rs", "use crate::room::{a::A};\npub struct C;"),
            ("room/d.rs", "use super::{C, a};\npub struct D;"),
        ]);
        assert_eq!(found.circles(), [["room/a.rs", "room/b.rs", "room/c.rs"]]);
    }
}
