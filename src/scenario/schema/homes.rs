//! In which tables of the file a key stands, for those who look in the wrong one.

use super::scenario::SCENARIO;
use crate::domain::settings::{Key, Shape, Table};

/// The tables of the file in which a key stands, as they are written: `[rules.split]`, `[[products]]`.
pub fn homes_of(key: &str) -> Vec<String> {
    let mut homes = Vec::new();
    walk(&SCENARIO, "", false, key, &mut homes);
    homes
}

fn walk(table: &Table, path: &str, are_rows: bool, wanted: &str, homes: &mut Vec<String>) {
    let mut keys: Vec<&Key> = table.keys.iter().collect();
    keys.sort_by_key(|key| key.name);
    for key in keys {
        if key.name == wanted {
            homes.push(match (path, are_rows) {
                ("", _) => "the top of the file".to_string(),
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
