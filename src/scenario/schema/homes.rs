//! In which tables of the file a key stands, for those who look in the wrong one.

use super::scenario::SCENARIO;
use crate::domain::settings::{Key, Shape, Table};

/// Where the tables of the file themselves stand.
const TOP: &str = "the top of the file";

/// The tables of the file in which a key stands, as they are written: `[rules.split]`, `[[products]]`.
pub fn homes_of(key: &str) -> Vec<String> {
    let mut homes = Vec::new();
    walk(&SCENARIO, "", false, key, &mut homes);
    // What has a table of its own is most likely meant to be that.
    homes.sort_by_key(|home| home != TOP);
    homes
}

/// The remedy for a key that makes, with the table it stands in, the words of another table: `[[customer_classes]]` of
/// `classes` in `[customers]`.
pub fn table_of_words(title: &str, key: &str) -> Option<String> {
    let path = title.split('[').next_back()?.split(']').next().filter(|_| title.contains('['))?;
    let wanted = words(&format!("{path}.{key}"));
    let is_meant = |known: &&Key| words(known.name) == wanted;
    let known = SCENARIO.keys.iter().find(is_meant)?;
    match known.kind.shape {
        Shape::Table(_) => Some(format!("did you mean the table [{}]?", known.name)),
        _ => Some(format!("did you mean the table [[{}]]?", known.name)),
    }
}

/// The words of a path, each without the ending of several, in alphabetical order.
fn words(path: &str) -> Vec<String> {
    let single = |word: &str| {
        let word = word.to_ascii_lowercase();
        word.strip_suffix("sses")
            .map(|stem| format!("{stem}ss"))
            .unwrap_or_else(|| word.trim_end_matches('s').to_string())
    };
    let mut words: Vec<String> = path.split(['.', '_', '-']).filter(|word| !word.is_empty()).map(single).collect();
    words.sort_unstable();
    words
}

fn walk(table: &Table, path: &str, are_rows: bool, wanted: &str, homes: &mut Vec<String>) {
    let mut keys: Vec<&Key> = table.keys.iter().collect();
    keys.sort_by_key(|key| key.name);
    for key in keys {
        if key.name == wanted {
            homes.push(match (path, are_rows) {
                ("", _) => TOP.to_string(),
                (path, true) => format!("[[{path}]]"),
                (path, false) => format!("[{path}]"),
            });
        }
        let inner = if path.is_empty() { key.name.to_string() } else { format!("{path}.{}", key.name) };
        walk_kind(&key.kind.shape, &inner, wanted, homes);
    }
}

fn walk_kind(shape: &Shape, path: &str, wanted: &str, homes: &mut Vec<String>) {
    match shape {
        Shape::Table(table) => walk(table, path, false, wanted, homes),
        Shape::Rows(table) => walk(table, path, true, wanted, homes),
        Shape::List(kind, ..) => {
            if let Shape::Table(table) = kind.shape {
                walk(table, path, true, wanted, homes);
            }
        }
        Shape::Either(kinds) => kinds.iter().for_each(|kind| walk_kind(&kind.shape, path, wanted, homes)),
        _ => {}
    }
}
