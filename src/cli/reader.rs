//! One scenario read many times with other settings: each file is opened but once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::failure::Failure;
use super::load::{self, Beside, Checked};
use crate::files;
use crate::report::InputFile;
use crate::scenario::{Diagnostics, Files, Loaded, Setting, Traces, shorthands};

/// Reads a scenario with settings, from any thread.
pub(super) struct Reader {
    file: PathBuf,
    text: String,
    files: Remembered,
    /// Settings that hold in every reading.
    always: Vec<Setting>,
}

/// A file's path, and the encoding that it is said to have.
type Named = (String, Option<String>);

/// The files beside a scenario, each read once, by any thread.
struct Remembered {
    beside: Mutex<Beside>,
    texts: Mutex<BTreeMap<Named, Result<String, String>>>,
    traces: Traces,
}

impl Files for Remembered {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        self.read_in(relative_path, None)
    }

    fn read_in(&self, relative_path: &str, encoding: Option<&str>) -> Result<String, String> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (relative_path.to_string(), encoding.map(str::to_string));
        if let Some(text) = texts.get(&key) {
            return text.clone();
        }
        let text = self.beside.lock().unwrap_or_else(PoisonError::into_inner).read_in(relative_path, encoding);
        texts.insert(key, text.clone());
        text
    }

    fn traces(&self) -> Option<&Traces> {
        Some(&self.traces)
    }
}

impl Reader {
    /// Opens a scenario; nothing of it is checked yet.
    pub(super) fn open(file: &Path, allowed: &[PathBuf]) -> Result<Self, Failure> {
        let (text, beside) = load::open(file, allowed)?;
        let files =
            Remembered { beside: Mutex::new(beside), texts: Mutex::new(BTreeMap::new()), traces: Traces::default() };
        Ok(Self { file: file.to_path_buf(), text, files, always: Vec::new() })
    }

    /// The same, with levels planned anew for whatever settings change.
    pub(super) fn planning_anew(self) -> Self {
        Self { always: shorthands(None, None, true), ..self }
    }

    /// Reads and checks the scenario with settings.
    pub(super) fn check(&self, settings: &[Setting]) -> Result<Loaded, Diagnostics> {
        let settings: Vec<Setting> = self.always.iter().chain(settings).cloned().collect();
        files::load(&self.file.display().to_string(), &self.text, &self.files, &settings)
    }

    /// The same, with the files that it was made from in the order in which they were opened.
    pub(super) fn checked(&self, settings: &[Setting]) -> Result<Checked, Diagnostics> {
        let loaded = self.check(settings)?;
        let beside = self.files.beside.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Checked { loaded, sources: beside.sources(), inputs: beside.inputs() })
    }

    /// The scenario's text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The paths of the files that it is made of.
    pub(super) fn inputs(&self) -> Vec<PathBuf> {
        self.files.beside.lock().unwrap_or_else(PoisonError::into_inner).inputs()
    }

    /// The files that it is made of: the scenario by its name alone, for where it stands changes nothing, then those beside
    /// it.
    pub(super) fn sources(&self) -> Vec<InputFile> {
        let mut sources = self.files.beside.lock().unwrap_or_else(PoisonError::into_inner).sources();
        if let Some((_, others)) = sources.split_first_mut() {
            // Which thread came first decides in which order they were opened.
            others.sort_by(|a, b| a.name.cmp(&b.name));
        }
        sources
    }

    /// The files beside it that were read: path relative to the scenario, and text.
    pub(super) fn files_beside(&self) -> Vec<(String, String)> {
        let texts = self.files.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.iter().filter_map(|((name, _), text)| Some((name.clone(), text.as_ref().ok()?.clone()))).collect()
    }
}
