//! The command that gives a result again: what changes it and nothing else, so that equal inputs give an equal command,
//! however they were asked for.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::options::ScenarioArgs;
use super::reader::Reader;
use super::shell;
use super::way;
use crate::domain::Model;
use crate::experiment::Gate;
use crate::scenario::{Override, Setting};
use crate::what_if::Question;

/// A scenario with its changes, as far as they matter.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The scenario file.
    file: PathBuf,
    set: Vec<Override>,
    /// Folders it may read files of, besides its own.
    allow: Vec<PathBuf>,
    seed: Option<u64>,
    /// Whether levels are planned anew.
    replan: bool,
    /// How many replications, where that is not the scenario's own number.
    replications: Option<u32>,
    /// The gates.
    require: Vec<String>,
    /// What asks for more files, or for others.
    writing: Vec<&'static str>,
}

impl Asked {
    /// What a model was asked for with: settings that change nothing in it are left out. `reader` has read it.
    pub(super) fn new(
        args: &ScenarioArgs,
        replications: Option<u32>,
        require: &[Gate],
        model: &Model,
        reader: &Reader,
    ) -> Self {
        let mut settings = args.settings(replications);
        let gives = |settings: &[Setting]| reader.check(settings).is_ok_and(|loaded| loaded.model == *model);
        let mut next = 0;
        while next < settings.len() {
            let mut without = settings.clone();
            without.remove(next);
            if gives(&without) {
                settings = without;
            } else {
                next += 1;
            }
        }
        let mut asked = Self {
            file: args.file.clone(),
            set: Vec::new(),
            allow: args.files.allow.clone(),
            seed: None,
            replan: false,
            replications: None,
            require: require.iter().map(|gate| gate.text.clone()).collect(),
            writing: Vec::new(),
        };
        for Setting { change, .. } in settings {
            match (change.path.as_str(), change.value.parse(), change.value.parse()) {
                ("run.seed", Ok(seed), _) => asked.seed = Some(seed),
                ("run.replan", ..) if change.value == "true" => asked.replan = true,
                ("run.replications", _, Ok(replications)) => asked.replications = Some(replications),
                _ => asked.set.push(change),
            }
        }
        asked
    }

    /// The same where the scenario file stands, so that it does not matter how that was named.
    pub(super) fn there(&self) -> Self {
        let (file, allow) = there(&self.file, &self.allow);
        Self { file, allow, ..self.clone() }
    }

    /// The question that a page asks of it, given its text and those of the files beside it.
    pub(super) fn question(&self, text: String, files: BTreeMap<String, String>) -> Question {
        let there = self.there();
        Question {
            scenario: there.file.to_string_lossy().into_owned(),
            text,
            files,
            set: self.set.iter().map(ToString::to_string).collect(),
            seed: self.seed,
            replications: self.replications,
            replan: self.replan,
            allow: there.allow.iter().map(|folder| folder.display().to_string()).collect(),
            change: Vec::new(),
        }
    }

    /// The same with so many replications.
    pub(super) fn of(&self, replications: usize) -> Self {
        Self { replications: u32::try_from(replications).ok(), ..self.clone() }
    }

    /// The same, with options that write more files, or others.
    pub(super) fn writing(&self, options: impl IntoIterator<Item = &'static str>) -> Self {
        Self { writing: self.writing.iter().copied().chain(options).collect(), ..self.clone() }
    }

    /// The command that runs it.
    pub(super) fn run(&self) -> String {
        let replications = self.replications.map(|count| ["--replications".into(), count.to_string().into()]);
        let gates = self.require.iter().map(|gate| [OsString::from("--require"), gate.into()]);
        let writing = self.writing.iter().map(OsString::from);
        self.command("run", replications.into_iter().chain(gates).flatten().chain(writing))
    }

    /// The command that tells the story of an order of its first replication.
    pub(super) fn story(&self, order: u64) -> String {
        self.command("trace", ["--order".into(), order.to_string().into()])
    }

    /// The command that shows what each rule is worth.
    pub(super) fn rules(&self) -> String {
        self.command("compare", ["--rules".into()])
    }

    fn command(&self, name: &str, more: impl IntoIterator<Item = OsString>) -> String {
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        let mut all = words(&["backorder", name]);
        all.push(safe(self.file.as_os_str()));
        for change in &self.set {
            all.extend(words(&["--set", &format!("{}={}", change.path, change.value)]));
        }
        if let Some(seed) = self.seed {
            all.extend(words(&["--seed", &seed.to_string()]));
        }
        if self.replan {
            all.push("--replan".into());
        }
        for folder in &self.allow {
            all.extend([OsString::from("--allow-files"), folder.into()]);
        }
        all.extend(more);
        shell::line(&all)
    }
}

/// A file, and folders that files may be read of, as they are named in the folder where the file stands.
pub(super) fn there(file: &Path, allowed: &[PathBuf]) -> (PathBuf, Vec<PathBuf>) {
    let name = PathBuf::from(file.file_name().unwrap_or(file.as_os_str()));
    let Some(folder) = folder_of(file) else { return (name, allowed.to_vec()) };
    (name, allowed.iter().map(|allowed| way::word(&folder, allowed)).collect())
}

/// The real folder where a file stands.
pub(super) fn folder_of(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::canonicalize(folder).ok()
}

/// A file's name that is no option.
pub(super) fn safe(file: &OsStr) -> OsString {
    match file.as_encoded_bytes().first() {
        Some(b'-') => [OsStr::new("./"), file].into_iter().collect(),
        _ => file.to_os_string(),
    }
}
