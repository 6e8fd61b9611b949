//! What a sweep is made of: everything that its bytes depend on, in writing.
//!
//! It stands at the head of a journal and in the plan of shards. Two sweeps of one manifest have the same results; where two
//! manifests differ, they say in what.

use serde::{Deserialize, Serialize};

use super::journal::Head;
use crate::domain::Span;
use crate::measures::Metric;
use crate::report::{InputFile, KeptReplications};
use crate::scenario::{Axis, AxisValue, Override, Quantity, Setting, Study};

/// The version of the program, on which results depend too.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Everything that a sweep's bytes depend on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli) struct Manifest {
    /// The version of the program.
    pub(in crate::cli) backorder: String,
    /// The study's name.
    pub(in crate::cli) study: String,
    /// What it is about.
    pub(in crate::cli) description: String,
    /// The scenario file and the files beside it, by name and digest.
    pub(in crate::cli) files: Vec<FileDigest>,
    /// Settings that hold for all cells.
    pub(in crate::cli) set: Vec<String>,
    /// What is varied.
    pub(in crate::cli) axes: Vec<AxisInWriting>,
    /// Whether axes are gone through side by side.
    pub(in crate::cli) zip: bool,
    /// The measures shown.
    pub(in crate::cli) measures: Vec<String>,
    /// Differences that do not matter, where they are set.
    pub(in crate::cli) indifference: Vec<(String, f64)>,
    /// How many replications of each cell.
    pub(in crate::cli) replications: KeptReplications,
    /// The seed.
    pub(in crate::cli) seed: u64,
    /// The warm-up that was found for all cells, in seconds.
    pub(in crate::cli) warm_up_found: Option<i64>,
    /// What is sought, where it is a goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) find: Option<String>,
}

/// A file by its name and digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli) struct FileDigest {
    /// Its name: of the scenario without its folder, of others relative to it.
    pub(in crate::cli) name: String,
    /// Its SHA-256.
    pub(in crate::cli) sha256: String,
}

/// An axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli) struct AxisInWriting {
    pub(in crate::cli) key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) label: Option<String>,
    pub(in crate::cli) values: Vec<ValueInWriting>,
}

/// A value of an axis, and the settings that it makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli) struct ValueInWriting {
    pub(in crate::cli) name: String,
    pub(in crate::cli) set: Vec<String>,
}

impl AxisInWriting {
    /// The axis.
    fn axis(&self) -> Result<Axis, String> {
        let value = |value: &ValueInWriting| -> Result<AxisValue, String> {
            let changes: Vec<Override> =
                value.set.iter().map(|text| Override::parse(text)).collect::<Result<_, _>>()?;
            Ok(AxisValue { name: value.name.clone(), quantity: quantity(self, &changes), changes })
        };
        let values = self.values.iter().map(value).collect::<Result<_, _>>()?;
        Ok(Axis { label: self.label.clone(), ..Axis::new(&self.key, "the plan", values)? })
    }
}

/// The quantity that a value is: of a setting what it is set to, of a variant none, whatever its name is.
fn quantity(axis: &AxisInWriting, changes: &[Override]) -> Option<Quantity> {
    match changes {
        [only] if only.path == axis.key => Quantity::parse(&only.value),
        _ => None,
    }
}

/// The names of all measures.
pub(in crate::cli) fn measure_names() -> Vec<&'static str> {
    Metric::ALL.iter().map(|metric| metric.name()).collect()
}

/// A measure by its name.
fn metric(name: &str) -> Result<Metric, String> {
    Metric::from_name(name).ok_or_else(|| format!("there is no measure `{name}`"))
}

impl Manifest {
    /// The version that this program writes.
    pub(in crate::cli) fn version() -> String {
        VERSION.to_string()
    }

    /// The study that it describes.
    ///
    /// # Errors
    /// When it describes none.
    pub(in crate::cli) fn study(&self) -> Result<Study, String> {
        let setting = |text: &String| Override::parse(text).map(Setting::from);
        let study = Study {
            name: self.study.clone(),
            description: self.description.clone(),
            scenario: String::new(),
            set: self.set.iter().map(setting).collect::<Result<_, _>>()?,
            axes: self.axes.iter().map(AxisInWriting::axis).collect::<Result<_, _>>()?,
            zip: self.zip,
            measures: self.measures.clone(),
        };
        match study.faults(&measure_names()).first() {
            Some(fault) => Err(fault.message.clone()),
            None => Ok(study),
        }
    }

    /// The measures shown.
    ///
    /// # Errors
    /// When one does not exist.
    pub(in crate::cli) fn metrics(&self) -> Result<Vec<Metric>, String> {
        self.measures.iter().map(|name| metric(name)).collect()
    }

    /// Differences that do not matter, where they are set.
    ///
    /// # Errors
    /// When a measure does not exist.
    pub(in crate::cli) fn indifference(&self) -> Result<Vec<(Metric, f64)>, String> {
        self.indifference.iter().map(|(name, zone)| Ok((metric(name)?, *zone))).collect()
    }

    /// The files that it is made of.
    pub(in crate::cli) fn sources(&self) -> Vec<InputFile> {
        self.files.iter().map(|file| InputFile { name: file.name.clone(), sha256: file.sha256.clone() }).collect()
    }

    /// The warm-up that was found for all cells.
    pub(in crate::cli) fn warm_up_found(&self) -> Option<Span> {
        self.warm_up_found.map(Span)
    }
}

impl Head for Manifest {
    const STUDY: &'static str = "a sweep";

    fn changes(&self, now: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        let mut differs = |what: &str, before: String, after: String| {
            if before != after {
                changes.push(format!("{what} was {before}, and is {after}"));
            }
        };
        differs("the program's version", self.backorder.clone(), now.backorder.clone());
        differs("the study", quoted(&self.study), quoted(&now.study));
        differs("the seed", self.seed.to_string(), now.seed.to_string());
        differs("the number of replications", json(&self.replications), json(&now.replications));
        differs("side by side", self.zip.to_string(), now.zip.to_string());
        differs("the list of measures", listed(&self.measures), listed(&now.measures));
        differs("what does not matter", json(&self.indifference), json(&now.indifference));
        differs("the warm-up found", json(&self.warm_up_found), json(&now.warm_up_found));
        differs(
            "what is sought",
            quoted(self.find.as_deref().unwrap_or("nothing")),
            quoted(now.find.as_deref().unwrap_or("nothing")),
        );
        differs("the description", quoted(&self.description), quoted(&now.description));
        differs("the list of settings for all cells", listed(&self.set), listed(&now.set));
        changes.extend(of_files(&self.files, &now.files));
        changes.extend(of_axes(&self.axes, &now.axes));
        changes
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn listed(list: &[String]) -> String {
    if list.is_empty() { "empty".to_string() } else { list.join(", ") }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("it has a JSON form")
}

/// Which files have other contents, came or went.
pub(in crate::cli) fn of_files(before: &[FileDigest], now: &[FileDigest]) -> Vec<String> {
    let of =
        |list: &[FileDigest], name: &str| list.iter().find(|file| file.name == name).map(|file| file.sha256.clone());
    let mut changes = Vec::new();
    for FileDigest { name, sha256 } in before {
        match of(now, name) {
            Some(other) if other != *sha256 => changes.push(format!("the file {name} has changed")),
            Some(_) => {}
            None => changes.push(format!("the file {name} is no longer read")),
        }
    }
    let new = now.iter().filter(|file| of(before, &file.name).is_none());
    changes.extend(new.map(|file| format!("the file {} is read too", file.name)));
    changes
}

/// Which axes have other values, came or went.
fn of_axes(before: &[AxisInWriting], now: &[AxisInWriting]) -> Vec<String> {
    let values =
        |axis: &AxisInWriting| axis.values.iter().map(|value| value.name.clone()).collect::<Vec<_>>().join(", ");
    let of = |list: &[AxisInWriting], key: &str| list.iter().find(|axis| axis.key == key).cloned();
    let mut changes = Vec::new();
    for axis in before {
        match of(now, &axis.key) {
            Some(other) if other == *axis => {}
            Some(other) if values(&other) != values(axis) => {
                changes.push(format!(
                    "the axis {} had the values {}, and has {}",
                    axis.key,
                    values(axis),
                    values(&other)
                ));
            }
            Some(_) => changes.push(format!("the axis {} makes other settings, or has another label", axis.key)),
            None => changes.push(format!("the axis {} is gone", axis.key)),
        }
    }
    let new = now.iter().filter(|axis| of(before, &axis.key).is_none());
    changes.extend(new.map(|axis| format!("the axis {} is new", axis.key)));
    let keys = |list: &[AxisInWriting]| list.iter().map(|axis| axis.key.clone()).collect::<Vec<_>>();
    if changes.is_empty() && keys(before) != keys(now) {
        changes.push("the axes stand in another order".to_string());
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{HalfWidth, Replications};

    fn manifest() -> Manifest {
        let axis = |key: &str, names: &[&str]| AxisInWriting {
            key: key.into(),
            label: None,
            values: names
                .iter()
                .map(|name| ValueInWriting { name: name.to_string(), set: vec![format!("{key}={name}")] })
                .collect(),
        };
        let file = |name: &str| FileDigest { name: name.into(), sha256: "0".into() };
        Manifest {
            backorder: "0.1.0".into(),
            study: "how many".into(),
            description: String::new(),
            files: vec![file("a.toml"), file("orders.csv")],
            set: vec!["run.horizon=30d".into()],
            axes: vec![axis("network.open", &["1", "2"]), axis("sourcing.policy", &["nearest", "cheapest"])],
            zip: false,
            measures: vec!["orders".into()],
            indifference: Vec::new(),
            replications: KeptReplications(Replications::Fixed(20)),
            seed: 7,
            warm_up_found: None,
            find: None,
        }
    }

    #[test]
    fn it_says_in_what_another_differs() {
        assert_eq!(manifest().changes(&manifest()), [""; 0]);
        let changed = |change: &dyn Fn(&mut Manifest)| {
            let mut now = manifest();
            change(&mut now);
            manifest().changes(&now).join("; ")
        };
        assert_eq!(changed(&|it| it.backorder = "0.2.0".into()), "the program's version was 0.1.0, and is 0.2.0");
        assert_eq!(changed(&|it| it.files[1].sha256 = "1".into()), "the file orders.csv has changed");
        assert_eq!(
            changed(&|it| it.files[1].name = "b.csv".into()),
            "the file orders.csv is no longer read; the file b.csv is read too"
        );
        assert_eq!(changed(&|it| it.seed = 8), "the seed was 7, and is 8");
        assert_eq!(
            changed(&|it| it.set.clear()),
            "the list of settings for all cells was run.horizon=30d, and is empty"
        );
        assert_eq!(
            changed(&|it| it.axes[0].values.truncate(1)),
            "the axis network.open had the values 1, 2, and has 1"
        );
        assert_eq!(changed(&|it| it.axes.swap(0, 1)), "the axes stand in another order");
        assert_eq!(changed(&|it| it.axes.truncate(1)), "the axis sourcing.policy is gone");
        assert_eq!(
            changed(&|it| it.find = Some("orders > 1".into())),
            "what is sought was \"nothing\", and is \"orders > 1\""
        );
        let sequential = KeptReplications(Replications::Sequential {
            min: 2,
            max: 9,
            half_width: HalfWidth::Absolute(0.1),
            of: "orders".into(),
        });
        let told = changed(&|it| it.replications = sequential.clone());
        assert!(told.starts_with("the number of replications was 20, and is {\"min\":2"), "{told}");
    }

    #[test]
    fn it_reads_back_and_describes_the_same_study() {
        let again = Manifest::parse(&manifest().line()).unwrap();
        assert_eq!(again, manifest());
        let study = again.study().unwrap();
        assert_eq!(study.axes[0].positions(), Some(vec![1.0, 2.0]));
        assert_eq!(study.axes[1].positions(), None);
        assert_eq!(
            study.settings(&[1, 0]).last().map(|setting| setting.change.to_string()),
            Some("sourcing.policy=nearest".into())
        );
        assert!(Manifest::parse(b"{}").is_err());
    }
}
