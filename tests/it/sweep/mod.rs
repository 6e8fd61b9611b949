//! `sweep` and `shard` as people and scripts meet them: study files, cells, results, resuming, goals, shards.

mod again;
mod cells;
mod goal;
mod resuming;
mod shards;
mod studies;

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::cli::{stderr, stdout, with};

/// A quick scenario of one product, with base stock levels.
const QUICK: &str = "@theory/palm-exponential.toml --set run.horizon=100d --set run.warm_up=20d --replications 6";

/// A table of a result: its header, and its rows by column.
fn table(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(path).expect("the table is there");
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_string).collect::<Vec<_>>();
    let header = cells(reader.headers().expect("a header"));
    let rows = reader.records().map(|record| cells(&record.expect("a row"))).collect();
    (header, rows)
}

/// The cells of a column.
fn column(table: &(Vec<String>, Vec<Vec<String>>), name: &str) -> Vec<String> {
    let at =
        table.0.iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}: {:?}", table.0));
    table.1.iter().map(|row| row[at].clone()).collect()
}

fn numbers(table: &(Vec<String>, Vec<Vec<String>>), name: &str) -> Vec<f64> {
    column(table, name).iter().map(|cell| cell.parse().expect("a number")).collect()
}

fn json(output: &Output) -> Value {
    let text = stdout(output);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}:\n{text}\n{}", stderr(output)))
}

/// The files of a result and their contents, but for the one that may differ between two runs of the same inputs.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn collect(folder: &Path, below: &str, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).expect("a folder of results") {
            let path = entry.expect("its entries").path();
            let name = format!("{below}{}", path.file_name().expect("a name").to_string_lossy());
            if path.is_dir() {
                collect(&path, &format!("{name}/"), found);
            } else if name != "provenance.json" {
                found.push((name, std::fs::read(&path).expect("a file of results")));
            }
        }
    }
    let mut found = Vec::new();
    collect(folder, "", &mut found);
    found.sort();
    found
}

/// Asserts that two folders of results have the same files with the same bytes.
#[track_caller]
pub(crate) fn assert_same(left: &Path, right: &Path) {
    let (left, right) = (contents(left), contents(right));
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&left), names(&right));
    let differ: Vec<&String> = left.iter().zip(&right).filter(|(a, b)| a.1 != b.1).map(|(a, _)| &a.0).collect();
    assert!(differ.is_empty(), "these files differ: {differ:?}");
}
