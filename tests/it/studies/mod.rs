//! The shipped studies: each a known claim, of which a reduced version must show the shape. docs/studies.md has the full figures.

mod claims;

use std::path::{Path, PathBuf};

use backorder::experiment::{Settings, replicate};
use backorder::measures::Metric;
use backorder::scenario::{Override, Setting, Study, load_knowing, read_study};
use rayon::prelude::*;

use crate::support::replay::Folder;

/// A cell of a study: the names of its values, and the means of the measures asked for.
struct Cell {
    names: Vec<String>,
    means: Vec<f64>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/studies")
}

fn read(name: &str) -> Study {
    let text = std::fs::read_to_string(folder().join(name)).expect("the study is there");
    let measures: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
    read_study(&measures, name, &text).unwrap_or_else(|told| panic!("{told}"))
}

/// Every combination of the axes' values, the first axis slowest; side by side where the study says so.
fn combinations(study: &Study) -> Vec<Vec<usize>> {
    if study.zip {
        return (0..study.axes[0].values.len()).map(|value| vec![value; study.axes.len()]).collect();
    }
    let mut all = vec![vec![]];
    for axis in &study.axes {
        let longer = |values: Vec<usize>| {
            (0..axis.values.len()).map(move |value| values.iter().copied().chain([value]).collect::<Vec<usize>>())
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

/// Runs the cells of a study, cut down by some settings, that `wanted` asks for by their names, for some measures.
fn cells(name: &str, reduced: &[(&str, &str)], measures: &[Metric], wanted: impl Fn(&[&str]) -> bool) -> Vec<Cell> {
    let study = read(name);
    let text = std::fs::read_to_string(folder().join(&study.scenario)).expect("the scenario is there");
    let wanted: Vec<Vec<usize>> = combinations(&study)
        .into_iter()
        .filter(|values| {
            let names = values.iter().zip(&study.axes).map(|(&value, axis)| axis.values[value].name.as_str());
            wanted(&names.collect::<Vec<_>>())
        })
        .collect();
    wanted
        .par_iter()
        .map(|values| {
            let mut settings: Vec<Setting> = study.settings(values);
            settings.extend(
                reduced
                    .iter()
                    .map(|&(path, value)| Setting::from(Override { path: path.to_string(), value: value.to_string() })),
            );
            let loaded = load_knowing(&[], &study.scenario, &text, &Folder(folder()), &settings);
            let model = loaded.unwrap_or_else(|told| panic!("{name}:\n{told}")).model;
            let results = replicate(&model, &Settings::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
            let mean = |&metric: &Metric| results.estimate(metric).map_or(f64::NAN, |estimate| estimate.mean);
            let names = values.iter().zip(&study.axes).map(|(&value, axis)| axis.values[value].name.clone());
            Cell { names: names.collect(), means: measures.iter().map(mean).collect() }
        })
        .collect()
}

/// A measure over cells, in their order.
fn column(cells: &[Cell], measure: usize) -> Vec<f64> {
    cells.iter().map(|cell| cell.means[measure]).collect()
}

fn ascends(figures: &[f64]) -> bool {
    figures.windows(2).all(|pair| pair[0] < pair[1])
}

fn descends(figures: &[f64]) -> bool {
    figures.windows(2).all(|pair| pair[0] > pair[1])
}
