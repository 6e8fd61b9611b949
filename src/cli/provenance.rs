//! Where a result comes from: the only file of a result folder that may differ between two runs of the same inputs.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};

use super::failure::Failure;
use super::folder::{Manifest, ResultFolder};
use super::way::way;
use crate::domain::utc;

/// The key of the first scenario file's place, seen from the result folder.
pub(super) const PLACE: &str = "scenario_place";

/// What is known of a result: where it comes from.
pub(super) struct Provenance {
    /// The command that gives the same result.
    pub(super) reproduce: String,
    /// The scenarios, as they were named.
    pub(super) scenario_files: Vec<String>,
    /// The first of them.
    pub(super) scenario: PathBuf,
    /// The seed.
    pub(super) seed: u64,
    /// How many replications.
    pub(super) replications: usize,
    /// Stopped before all were done.
    pub(super) interrupted: bool,
    /// With every invariant checked.
    pub(super) audited: bool,
}

impl Provenance {
    /// What `provenance.json` says beside the files of the result: the origin, and when, how long, which version.
    pub(super) fn recorded(&self, folder: &ResultFolder, started: SystemTime, took: Duration) -> Map<String, Value> {
        let arguments: Vec<String> =
            std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
        let value = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "started": utc(started.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() as i64),
            "seconds": (took.as_secs_f64() * 1_000.0).round() / 1_000.0,
            "arguments": arguments,
            "reproduce": self.reproduce,
            "seed": self.seed,
            "replications": self.replications,
            "interrupted": self.interrupted,
            "audited": self.audited,
            "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        });
        let Value::Object(mut value) = value else { unreachable!("it was written as an object") };
        match self.scenario_files.as_slice() {
            [one] => value.insert("scenario_file".into(), json!(one)),
            several => value.insert("scenario_files".into(), json!(several)),
        };
        if let Some(place) = way(folder.real(), &self.scenario).to_str() {
            value.insert(PLACE.into(), json!(place.replace(std::path::MAIN_SEPARATOR, "/")));
        }
        value
    }
}

/// Fails where a folder that was not asked for holds the result of another scenario, which is still there.
pub(super) fn refuse_other_scenario(folder: &ResultFolder, scenario: &Path, force: bool) -> Result<(), Failure> {
    let Some(Manifest { origin, .. }) = folder.earlier()?.filter(|_| !force) else { return Ok(()) };
    let Some(place) = origin.get(PLACE).and_then(Value::as_str) else { return Ok(()) };
    let other = folder.real().join(place);
    let (Ok(other), Ok(this)) = (other.canonicalize(), scenario.canonicalize()) else { return Ok(()) };
    if other == this {
        return Ok(());
    }
    let named = folder.named().display();
    Err(Failure::wrong(format!(
        "{named} holds the result of another scenario, {}; -o DIR writes to another folder, --force replaces it",
        other.display()
    )))
}
