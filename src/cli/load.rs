//! Reading a scenario and the files beside it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use super::console;
use super::failure::Failure;
use super::fingerprint::sha256;
use super::options::{Output, ScenarioArgs};
use crate::domain::Model;
use crate::files::{self, Reach, read_text};
use crate::report::InputFile;
use crate::scenario::{Diagnostics, Files, Loaded, Setting, scenario_named, told_as_no_scenario};

/// The files beside a scenario, and which of them were read.
pub(super) struct Beside {
    reach: Reach,
    file: PathBuf,
    folder: PathBuf,
    read: RefCell<Vec<InputFile>>,
}

impl Beside {
    /// What was read, the scenario first.
    pub(super) fn sources(&self) -> Vec<InputFile> {
        self.read.borrow().clone()
    }

    /// The paths of what was read.
    pub(super) fn inputs(&self) -> Vec<PathBuf> {
        let read = self.read.borrow();
        let tables = read.iter().skip(1).map(|source| self.folder.join(&source.name));
        std::iter::once(self.file.clone()).chain(tables).collect()
    }
}

impl Files for Beside {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        self.read_in(relative_path, None)
    }

    fn read_in(&self, relative_path: &str, encoding: Option<&str>) -> Result<String, String> {
        let text = self.reach.read_in(relative_path, encoding)?;
        let mut read = self.read.borrow_mut();
        if read.iter().all(|source| source.name != relative_path) {
            read.push(InputFile { name: relative_path.to_string(), sha256: sha256(text.as_bytes()) });
        }
        Ok(text)
    }
}

/// A scenario and the files it was made from.
pub(super) struct Checked {
    pub(super) loaded: Loaded,
    pub(super) sources: Vec<InputFile>,
    /// The paths of these files.
    pub(super) inputs: Vec<PathBuf>,
}

/// A model, and the files it was made from.
pub(super) struct Read {
    pub(super) model: Model,
    pub(super) sources: Vec<InputFile>,
    /// The paths of these files.
    pub(super) inputs: Vec<PathBuf>,
}

/// Reads and checks the scenario; warnings go to standard error.
pub(super) fn load(args: &ScenarioArgs, replications: Option<u32>, output: Output) -> Result<Read, Failure> {
    let checked = check(&args.file, &args.settings(replications), &args.files.allow)?;
    Ok(checked.map_err(Failure::wrong)?.told(output))
}

impl Checked {
    /// The model, once its warnings have gone to standard error.
    pub(super) fn told(self, output: Output) -> Read {
        let mut odd = Diagnostics::of_scenarios();
        odd.add(self.loaded.warnings);
        warn(&odd, output);
        Read { model: self.loaded.model, sources: self.sources, inputs: self.inputs }
    }
}

/// Models, and the files they were made from.
pub(super) struct ReadAll {
    pub(super) models: Vec<Model>,
    /// Each file once.
    pub(super) sources: Vec<InputFile>,
    /// The paths of these files.
    pub(super) inputs: Vec<PathBuf>,
}

/// Reads and checks several scenarios. What is wrong, or odd, with more than one of them is told once.
pub(super) fn load_all<'a>(
    scenarios: impl IntoIterator<Item = (&'a Path, &'a [Setting])>,
    allowed: &[PathBuf],
    output: Output,
) -> Result<ReadAll, Failure> {
    let mut read = ReadAll { models: Vec::new(), sources: Vec::new(), inputs: Vec::new() };
    let mut failures = Vec::new();
    let (mut wrong, mut odd) = (Diagnostics::of_scenarios(), Diagnostics::of_scenarios());
    for (file, settings) in scenarios {
        match check(file, settings, allowed) {
            Ok(Ok(Checked { loaded, sources, inputs })) => {
                odd.add(loaded.warnings);
                let further: Vec<InputFile> =
                    sources.into_iter().filter(|source| !read.sources.contains(source)).collect();
                read.sources.extend(further);
                read.inputs.extend(inputs);
                read.models.push(loaded.model);
            }
            Ok(Err(found)) => wrong.add(found.list),
            Err(failure) if failures.contains(&failure.message) => {}
            Err(failure) => failures.push(failure.message),
        }
    }
    if wrong.errors > 0 {
        failures.push(wrong.to_string());
    }
    if !failures.is_empty() {
        return Err(Failure::wrong(failures.join("\n")));
    }
    warn(&odd, output);
    Ok(read)
}

/// Tells what may not be as meant.
pub(super) fn warn(odd: &Diagnostics, output: Output) {
    if !output.quiet && odd.warnings > 0 {
        console::message(&odd.to_string());
    }
}

/// Reads a scenario and finds all that is wrong with it. It may read files below its own folder and below those allowed.
pub(super) fn check(
    file: &Path,
    settings: &[Setting],
    allowed: &[PathBuf],
) -> Result<Result<Checked, Diagnostics>, Failure> {
    let (text, beside) = open(file, allowed)?;
    let name = file.display().to_string();
    let loaded = files::load(&name, &text, &beside, settings);
    Ok(loaded.map(|loaded| Checked { loaded, sources: beside.sources(), inputs: beside.inputs() }))
}

/// What is wrong with a study or a baseline, and that the scenario which it names cannot be opened, should that be so: both are told
/// at once.
pub(super) fn with_its_scenario(file: &Path, text: &str, mut wrong: Diagnostics) -> String {
    let mut told = String::new();
    if let Some(named) = scenario_named(text) {
        let scenario = file.parent().unwrap_or(Path::new("")).join(named);
        if let Err(why) = read_text(&scenario) {
            told = format!("error: {}: {why}\n   = named by {}\n\n", scenario.display(), file.display());
            wrong.errors += 1;
        }
    }
    told + &wrong.to_string()
}

/// The text of a scenario file, and who reads the files beside it.
pub(super) fn open(file: &Path, allowed: &[PathBuf]) -> Result<(String, Beside), Failure> {
    let wrong = |why: &str| Failure::wrong(format!("{}: {why}", file.display()));
    let text = read_text(file).map_err(|why| wrong(&why))?;
    if let Some(why) = told_as_no_scenario(&text) {
        return Err(wrong(why));
    }
    let folder = file.parent().unwrap_or(Path::new("")).to_path_buf();
    // What the file is called; where it stands is no part of what goes in.
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    let itself = InputFile { name, sha256: sha256(text.as_bytes()) };
    let reach = Reach::of(file, allowed);
    Ok((text, Beside { reach, file: file.to_path_buf(), folder, read: RefCell::new(vec![itself]) }))
}
