//! A baseline with its scenario and what is stored of it.

use std::path::{Path, PathBuf};

use crate::domain::Model;
use crate::experiment::{HEADLINE, Judging};
use crate::files::read_text;
use crate::measures::Metric;
use crate::report::{self, InputFile, Stored};
use crate::scenario::Baseline;

/// A baseline, ready to run.
pub(super) struct Guarded {
    /// Its file below the folder that was named, without its ending.
    pub(super) name: String,
    /// Its file.
    pub(super) file: PathBuf,
    /// What it says.
    pub(super) baseline: Baseline,
    /// What is stored of it; of one that is to be stored for the first time nothing.
    pub(super) stored: Option<Stored>,
    /// The scenario, or each cell of the study by its settings.
    pub(super) cells: Vec<(String, Model)>,
    /// Replications of each.
    pub(super) replications: u32,
    /// The seed of all.
    pub(super) seed: u64,
    /// The files of the scenario.
    pub(super) sources: Vec<InputFile>,
    /// Their paths.
    pub(super) inputs: Vec<PathBuf>,
}

impl Guarded {
    /// The file of what is stored.
    pub(super) fn data(&self) -> PathBuf {
        data(&self.file)
    }

    /// The file of what is new.
    pub(super) fn new_data(&self) -> PathBuf {
        new_data(&self.file)
    }

    /// The changes of the scenario, as the baseline has them; those to the seed and the replications apart.
    pub(super) fn set(&self) -> Vec<String> {
        changes(&self.baseline)
    }

    /// The measures judged in statistical mode, and what does not matter in each.
    pub(super) fn judging(&self) -> Judging {
        let metrics: Vec<Metric> = self.baseline.measures.iter().filter_map(|name| Metric::from_name(name)).collect();
        let zone = |(name, zone): &(String, f64)| Some((Metric::from_name(name)?, *zone));
        Judging {
            metrics: if metrics.is_empty() { HEADLINE.to_vec() } else { metrics },
            indifference: self.baseline.tolerances.iter().filter_map(zone).collect(),
        }
    }
}

/// The changes of a scenario that stand in a baseline's `set`.
pub(super) fn changes(baseline: &Baseline) -> Vec<String> {
    let own = baseline.set.iter().filter(|it| !["run.seed", "run.replications"].contains(&it.change.path.as_str()));
    own.map(|setting| setting.change.to_string()).collect()
}

/// The file of what is stored of a baseline.
pub(super) fn data(baseline: &Path) -> PathBuf {
    baseline.with_extension("json")
}

/// The file of what is new.
pub(super) fn new_data(baseline: &Path) -> PathBuf {
    baseline.with_extension("json.new")
}

/// Whether a file is what is stored of some baseline, be it damaged: it begins so. An empty one is nobody's.
pub(super) fn is_data(file: &Path) -> bool {
    read_text(file).is_ok_and(|text| report::is_of_baseline(&text))
}

/// The kind of machine that this is.
pub(super) fn platform() -> String {
    format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS)
}
