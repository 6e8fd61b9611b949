//! The page of keys: every table and key of a scenario file, what may stand there, and what holds without.

use super::json::{as_toml, from_toml};
use super::market::GENERATE;
use super::scenario::{ROWS_FILE, SCENARIO};
use crate::domain::distribution::FAMILIES;
use crate::domain::settings::{Key, Kind, Presence, Shape, Table};
use std::fmt::Write as _;

const INTRODUCTION: &str = "# Every key of a scenario\n\n\
    Made from the declarations that the reader and `backorder schema` follow, too; \
    [scenario-format.md](scenario-format.md) shows the format by example. *Needed* keys have no default. A table in double \
    brackets has rows, which may also stand in a CSV file: `[zones]` with `file = \"zones.csv\"`, and with `separator = \";\"` or `skip_rows = 1` where the file needs it.\n";

/// The page in Markdown.
pub fn keys_page() -> String {
    let mut page = INTRODUCTION.to_string();
    write(&mut page, "\n## At the top of the file\n");
    write(&mut page, "| key | default | meaning |\n|---|---|---|");
    for key in SCENARIO.keys.iter().filter(|key| inner(&key.kind, key.name).is_empty()) {
        write(&mut page, &format!("| `{}` | {} | {} |", key.name, default(key), on_one_line(&key.about())));
    }
    for key in SCENARIO.keys {
        for (title, table) in inner(&key.kind, key.name) {
            write_table(&mut page, &title, table);
        }
    }
    write_distributions(&mut page);
    page
}

fn write(page: &mut String, line: &str) {
    let _ = writeln!(page, "{line}");
}

/// A table of the file, followed by the tables within it.
fn write_table(page: &mut String, title: &str, table: &Table) {
    write(page, &format!("\n## `{title}`\n"));
    write(page, &format!("{}\n", on_one_line(&table.about())));
    write(page, "| key | what may stand there | default | meaning |\n|---|---|---|---|");
    for key in table.keys {
        let (values, about) = (values(&key.kind), on_one_line(&key.about()));
        write(page, &format!("| `{}` | {values} | {} | {about} |", key.name, default(key)));
    }
    for key in table.keys {
        let path = format!("{}.{}", title.trim_matches(['[', ']']), key.name);
        for (title, table) in inner(&key.kind, &path) {
            write_table(page, &title, table);
        }
    }
}

/// The tables that may stand at a key, by what they are called in the file.
fn inner(kind: &Kind, path: &str) -> Vec<(String, &'static Table)> {
    match kind.shape {
        Shape::Table(table) if table.name == ROWS_FILE.name => Vec::new(),
        Shape::Table(table) if table.name == "ProductsGenerated" => vec![(GENERATE.title.to_string(), &GENERATE)],
        Shape::Table(table) => vec![(format!("[{path}]"), table)],
        Shape::Rows(table) => vec![(format!("[[{path}]]"), table)],
        Shape::List(&Kind { shape: Shape::Table(table), .. }, ..) => vec![(format!("[[{path}]]"), table)],
        Shape::List(&Kind { shape: Shape::Either(kinds), .. }, ..) => {
            let tables = kinds.iter().filter_map(|kind| match kind.shape {
                Shape::Table(table) => Some((format!("[[{path}]]"), table)),
                _ => None,
            });
            tables.collect()
        }
        Shape::Either(kinds) => kinds.iter().flat_map(|kind| inner(kind, path)).collect(),
        _ => Vec::new(),
    }
}

/// What may stand at a key, in words.
fn values(kind: &Kind) -> String {
    match kind.shape {
        Shape::Word(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
        Shape::List(of, least, Some(most)) if least == most => format!("{most} of: {}", values(of)),
        Shape::List(of, ..) => format!("a list of: {}", values(of)),
        Shape::Map(of) => format!("a table of: {}", values(of)),
        _ => kind.in_words.to_string(),
    }
}

fn default(key: &Key) -> String {
    match key.presence {
        Presence::Needed => "*needed*".to_string(),
        Presence::Optional | Presence::Defaults => "–".to_string(),
        Presence::Default(text) => format!("`{}`", as_toml(&from_toml(text))),
    }
}

fn on_one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// The families of distributions with their parameters.
fn write_distributions(page: &mut String) {
    write(page, "\n## Distributions\n");
    write(page, "A constant, or a table with one of these keys: `{ gamma = { mean = \"6d\", cv = 0.5 } }`.\n");
    write(page, "| key | parameters | what it is |\n|---|---|---|");
    write(page, "| `deterministic` | – | Always the same: `{ deterministic = \"6d\" }`. |");
    for family in FAMILIES {
        let parameters: Vec<String> = family.parameters.iter().map(|(key, _)| format!("`{key}`")).collect();
        write(page, &format!("| `{}` | {} | {} |", family.name, parameters.join(", "), family.about));
    }
}
