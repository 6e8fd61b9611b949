//! Studies: a scenario, and what is varied in it, from a study file or from the command line.

mod axis;
mod number;
mod reader;
mod variant;
mod words;

pub use axis::{Axis, AxisValue, MAX_CELLS};
pub use number::{Quantity, Range};
pub(super) use reader::{axis_of_setting, is_of_scenario, items, place, read_alone, setting, settings};
pub use reader::{is_study, read_study, scenario_named, told_as_no_scenario};
pub use variant::{Variant, set_twice};

use super::diagnostic::grouped;
use super::input::{Override, Setting};
use super::quoting::keys;

/// A scenario, and what is varied in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// What it is called.
    pub name: String,
    /// What it is about, in the author's words.
    pub description: String,
    /// The scenario file; of a study file relative to it.
    pub scenario: String,
    /// Settings that hold for all cells.
    pub set: Vec<Setting>,
    /// What is varied; the first axis changes slowest.
    pub axes: Vec<Axis>,
    /// Whether the axes are gone through side by side, instead of in all combinations.
    pub zip: bool,
    /// The names of the measures shown; empty where the study names none.
    pub measures: Vec<String>,
}

/// What keeps a study from being gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The number of the axis to blame, from 0; `None` where it is no single one.
    pub axis: Option<usize>,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// Settings that are one for all cells of a study, and why.
const FIXED: [(&str, &str); 2] = [
    ("run.seed", "they share their customers and lead times, so that their differences show"),
    ("run.replications", "they are compared replication by replication"),
];

impl Study {
    /// Everything that keeps it from being gone through. `measures` are the names of those that there are: columns of its tables.
    pub fn faults(&self, measures: &[&str]) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.axes.is_empty() {
            let message = "nothing is varied: name a setting and its values, such as network.open=1..8".into();
            faults.push(Fault { axis: None, message });
        }
        for index in 0..self.axes.len() {
            let messages = self.faults_of_axis(index, measures);
            faults.extend(messages.into_iter().map(|message| Fault { axis: Some(index), message }));
        }
        let lengths = || self.axes.iter().map(|axis| axis.values.len());
        if !self.zip {
            let cells = lengths().fold(1_usize, usize::saturating_mul);
            if cells as u64 > MAX_CELLS {
                let product = lengths().map(grouped).collect::<Vec<_>>().join(" × ");
                let most = grouped(MAX_CELLS as usize);
                let message = format!("{product} are {} cells, and a study has at most {most}", grouped(cells));
                faults.push(Fault { axis: None, message });
            }
        } else if let Some(index) = (1..self.axes.len()).find(|&index| lengths().nth(index) != lengths().next()) {
            let lengths = self.axes.iter().map(|axis| format!("{} of `{}`", axis.values.len(), axis.key));
            let lengths = lengths.collect::<Vec<_>>().join(", ");
            let message = format!("axes that are gone through side by side have equally many values, not {lengths}");
            faults.push(Fault { axis: Some(index), message });
        }
        faults
    }

    fn faults_of_axis(&self, index: usize, measures: &[&str]) -> Vec<String> {
        let (earlier, axis) = (&self.axes[..index], &self.axes[index]);
        let mut messages = Vec::new();
        if earlier.iter().any(|other| is_same(&other.key, &axis.key)) {
            return vec![format!("two axes are called `{}`: give all its values in one", axis.key)];
        }
        let of_measure = axis.key.strip_suffix("_half_width").unwrap_or(&axis.key);
        if COLUMNS.contains(&axis.key.as_str()) || measures.contains(&of_measure) {
            messages.push(format!(
                "`{}` is a column of the tables already: make variants of the values, under another name",
                axis.key
            ));
        }
        for path in axis.paths() {
            for (fixed, why) in FIXED {
                if is_within(path, fixed) {
                    messages.push(format!("`{path}` is one for all cells: {why}"));
                } else if is_within(fixed, path) {
                    messages.push(format!(
                        "`{path}` as a whole holds `{fixed}`, which is one for all cells: vary keys within it, such as {path}.horizon"
                    ));
                    break;
                }
            }
            let others = earlier.iter().flat_map(|other| other.paths().into_iter().map(move |path| (other, path)));
            for (other, theirs) in others {
                let key = &other.key;
                if is_same(path, theirs) {
                    messages.push(format!("`{path}` is changed by the axis `{key}` too"));
                } else if is_within(path, theirs) || is_within(theirs, path) {
                    messages.push(format!(
                        "`{path}` and `{theirs}`, which the axis `{key}` changes, hold one another: one would take away what the \
                         other sets; vary keys that lie apart, or make variants of both"
                    ));
                }
            }
            for set in self.set.iter().map(|setting| setting.change.path.as_str()) {
                if is_same(path, set) {
                    messages.push(format!("`{path}` is varied, and set for all cells"));
                } else if is_within(set, path) {
                    messages.push(format!(
                        "`{path}` is varied as a whole, which takes away `{set}`, set for all cells: vary keys within it"
                    ));
                }
            }
        }
        messages
    }

    /// The settings of a cell, by the number of each axis' value: those that hold for all, then its own.
    ///
    /// # Panics
    /// When there are not as many numbers as axes, or an axis has no such value.
    pub fn settings(&self, values: &[usize]) -> Vec<Setting> {
        assert_eq!(values.len(), self.axes.len(), "a value of every axis");
        let own = self.axes.iter().zip(values).flat_map(|(axis, &value)| {
            let setting = |change: &Override| Setting { change: change.clone(), option: axis.option.clone() };
            axis.values[value].changes.iter().map(setting)
        });
        self.set.iter().cloned().chain(own).collect()
    }
}

/// Columns of the tables of a sweep, beside the axes and the measures.
const COLUMNS: [&str; 3] = ["cell", "replication", "replications"];

/// Whether a path leads to a key, or to something within it, however keys are quoted.
fn is_within(path: &str, key: &str) -> bool {
    let (path, key) = (keys(path), keys(key));
    key.len() <= path.len() && key.iter().zip(&path).all(|((_, one), (_, other))| one == other)
}

/// Whether two paths lead to one key, however keys are quoted.
fn is_same(path: &str, other: &str) -> bool {
    is_within(path, other) && is_within(other, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn study(axes: &[&str], zip: bool) -> Study {
        Study {
            name: "a".into(),
            description: String::new(),
            scenario: "a.toml".into(),
            set: vec![Override { path: "run.horizon".into(), value: "30d".into() }.into()],
            axes: axes.iter().map(|text| Axis::parse(text).unwrap()).collect(),
            zip,
            measures: Vec::new(),
        }
    }

    fn messages(axes: &[&str], zip: bool) -> Vec<String> {
        study(axes, zip).faults(&["orders"]).into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn a_cell_has_the_settings_of_all_and_its_own() {
        let settings = study(&["a.b=1..3", "c=x,y"], false).settings(&[2, 0]);
        let written: Vec<String> =
            settings.iter().map(|it| format!("{} {}={}", it.option, it.change.path, it.change.value)).collect();
        assert_eq!(written, ["--set run.horizon=30d", "--vary a.b=3", "--vary c=x"]);
    }

    #[test]
    fn what_cannot_be_gone_through_is_told() {
        assert_eq!(messages(&["a.b=1..3", "c=x,y"], false), [""; 0]);
        assert_eq!(messages(&["a.b=1..3", "c=x,y,z"], true), [""; 0]);
        for (axes, zip, why) in [
            (&[][..], false, "nothing is varied"),
            (&["a=1..1000", "b=1..1000", "c=1..1000"][..], false, "1,000 × 1,000 × 1,000 are 1,000,000,000 cells"),
            (&["a=1..3", "b=x,y"][..], true, "equally many values, not 3 of `a`, 2 of `b`"),
            (&["a=1..3", "a=4..5"][..], false, "two axes are called `a`"),
            (&["run.seed=1..3"][..], false, "`run.seed` is one for all cells"),
            (&["run.replications.max=1..3"][..], false, "`run.replications.max` is one for all cells"),
            (&["run.horizon=30d,60d"][..], false, "`run.horizon` is varied, and set for all cells"),
            (&["run={ seed = 1 },{ seed = 2 }"][..], false, "`run` as a whole holds `run.seed`"),
            (&["a.\"b\"=1..3", "a.b=4..5"][..], false, "two axes are called `a.b`"),
            (&["a.b=1..3", "a={ b = 1 },{ b = 2 }"][..], false, "`a` and `a.b`, which the axis `a.b` changes"),
            (&["a={ b = 1 },{ b = 2 }", "a.b=1..3"][..], false, "`a.b` and `a`, which the axis `a` changes"),
            (&["orders=[],[1]"][..], false, "`orders` is a column of the tables already"),
            (&["orders_half_width=1,2"][..], false, "is a column of the tables already"),
            (&["cell=1,2"][..], false, "`cell` is a column of the tables already"),
        ] {
            let told = messages(axes, zip);
            assert!(!told.is_empty() && told[0].contains(why), "{axes:?}: {told:?}");
        }
    }
}
