//! Runs one replication of a scenario and keeps all that an observer can see of it.

use std::collections::BTreeMap;
use std::io::Read;

use backorder::domain::{Model, SimTime};
use backorder::engine::{Observer, Occurrence, Plan};
use backorder::observe::{Auditor, TraceWriter};
use backorder::rules::Rule;
use backorder::scenario::{self, Files, Override};
use serde_json::Value;

/// A scenario that stands on its own, without tables beside it.
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        Err(format!("`{relative_path}` is not there: the scenario stands on its own"))
    }
}

/// The tables beside a scenario file: those of its folder.
pub struct Folder(pub std::path::PathBuf);

impl Files for Folder {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        let bytes = std::fs::read(self.0.join(relative_path)).map_err(|error| error.to_string())?;
        if !relative_path.ends_with(".gz") {
            return String::from_utf8(bytes).map_err(|error| error.to_string());
        }
        let mut text = String::new();
        let read = flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text);
        read.map(|_| text).map_err(|error| error.to_string())
    }
}

/// What one replication told.
pub struct Replay {
    /// The trace, an object a line, in order of happening.
    pub trace: Vec<Value>,
    /// What the auditor found wrong, in words.
    pub breaches: Vec<String>,
    /// How often each rule fired.
    pub firings: BTreeMap<Rule, u64>,
}

impl Replay {
    /// The trace as text, for a failing test's message.
    pub fn told(&self) -> String {
        self.trace.iter().map(|line| format!("{line}\n")).collect()
    }
}

/// Counts firings by rule.
#[derive(Default)]
struct Firings(BTreeMap<Rule, u64>);

impl Observer for Firings {
    fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
        if let Some(rule) = what.fires() {
            *self.0.entry(rule).or_default() += 1;
        }
    }
}

/// Loads a scenario that must be valid.
#[track_caller]
pub fn load(name: &str, text: &str, files: &dyn Files) -> Model {
    load_with(name, text, files, &[])
}

/// Loads a scenario, with some settings changed, that must be valid.
#[track_caller]
pub fn load_with(name: &str, text: &str, files: &dyn Files, settings: &[(&str, &str)]) -> Model {
    let settings: Vec<Override> =
        settings.iter().map(|(path, value)| Override { path: (*path).into(), value: (*value).into() }).collect();
    match scenario::load(name, text, files, &settings) {
        Ok(loaded) => loaded.model,
        Err(diagnostics) => panic!("the scenario does not load:\n{diagnostics}\n{text}"),
    }
}

/// Runs the first replication of a scenario that must be valid.
#[track_caller]
pub fn run(name: &str, text: &str, files: &dyn Files) -> Replay {
    replay(&load(name, text, files))
}

/// Runs the first replication of a model.
pub fn replay(model: &Model) -> Replay {
    let mut written = Vec::new();
    let (breaches, firings) = {
        let mut watchers = ((TraceWriter::new(model, &mut written), Auditor::new(model)), Firings::default());
        Plan::new(model).run(0, &mut watchers).expect("all of it can be counted");
        let ((_, auditor), firings) = watchers;
        (auditor.breaches().iter().map(ToString::to_string).collect(), firings.0)
    };
    let text = String::from_utf8(written).expect("a trace is text");
    let trace =
        text.lines().map(|line| serde_json::from_str(line).expect("every line of a trace is a JSON object")).collect();
    Replay { trace, breaches, firings }
}
