//! Which scenarios are compared: files, files with settings of their own, and variants of the first.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::options::FileArgs;
use super::reproduce::safe;
use super::way::way;
use crate::experiment::{MAX_COMPARED, RunError};
use crate::scenario::{self, Compared, Override, Setting, Shared, holds_for_all, set_twice, shorthands, written_with};

/// The scenarios of a comparison.
#[derive(Clone, Debug, Args)]
pub(super) struct VariantArgs {
    /// The scenarios: files, the first being the one the others are held against. A file may carry settings of its own,
    /// in one word: 'base.toml --set sourcing.policy=nearest'
    #[arg(value_name = "SCENARIO", required = true)]
    pub(super) scenarios: Vec<OsString>,
    /// A further scenario, the first file with these settings: 'NAME: KEY=VALUE, KEY=VALUE'; may be repeated
    #[arg(long, value_name = "VARIANT", value_parser = scenario::Variant::parse)]
    pub(super) variant: Vec<scenario::Variant>,
    /// Take back each rule of the scenario in turn and show what it brings and costs
    #[arg(long, conflicts_with_all = ["variant", "require"])]
    pub(super) rules: bool,
    /// Change a setting of all scenarios; with one file and no variant, the second scenario is that file so changed
    /// (settings of [run] hold for both)
    #[arg(long, value_name = "PATH.TO.KEY=VALUE", value_parser = Override::parse)]
    pub(super) set: Vec<Override>,
    /// Seed of every random stream, instead of the first scenario's
    #[arg(long)]
    pub(super) seed: Option<u64>,
    /// How many replications of each, instead of the first scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) replications: Option<u32>,
    /// Let each scenario plan its levels for itself in everything; else levels stay those of its file where a setting
    /// changes the world (a lead time, a rate of demand), and are planned anew where it is about levels
    #[arg(long)]
    pub(super) replan: bool,
    #[command(flatten)]
    pub(super) files: FileArgs,
}

impl VariantArgs {
    /// The first file, which the others are held against.
    pub(super) fn first(&self) -> PathBuf {
        PathBuf::from(split_settings(&self.scenarios[0]).0)
    }
}

/// A scenario to compare, still to be read.
#[derive(Debug)]
pub(super) struct Variant {
    /// What it is called.
    pub(super) name: String,
    /// What it changes, in the words of the command line; empty for a file as it is.
    pub(super) changes: String,
    /// The file.
    pub(super) file: PathBuf,
    /// All settings, each with where it was written.
    pub(super) settings: Vec<Setting>,
}

/// The scenarios that a command line names, the first being the one the others are held against.
///
/// `--set` holds for all; with one file and nothing else to compare it with, it makes the second scenario, except for
/// settings of `[run]`: how long and how often to look is no difference between scenarios.
pub(super) fn variants(args: &VariantArgs) -> Result<Vec<Variant>, Failure> {
    let files: Vec<(PathBuf, Vec<Override>)> =
        args.scenarios.iter().map(|text| file_with_settings(text).map_err(Failure::wrong)).collect::<Result<_, _>>()?;
    let makes_second = files.len() == 1 && args.variant.is_empty() && !args.rules;
    let is_for_all = |setting: &Override| !makes_second || holds_for_all(setting);
    let (for_all, second): (Vec<Override>, Vec<Override>) = args.set.iter().cloned().partition(is_for_all);
    if let (true, Some([first, again])) = (makes_second, set_twice(&second)) {
        let why = format!("`{}` is set twice; to compare both values: ", first.path);
        let variants = format!("--variant '{}' --variant '{}'", first, again);
        return Err(Failure::wrong(why + &variants));
    }
    let shared = Shared {
        set: written_with("--set", &for_all),
        shorthands: shorthands(args.seed, args.replications, args.replan),
    };
    let of = |file: &Path, before: &[Setting], own: &[Setting], name: Option<&str>| {
        let Compared { name, changes, settings } = shared.scenario(&stem(file), before, own, name);
        Variant { name, changes, file: file.to_path_buf(), settings }
    };
    let files: Vec<(PathBuf, Vec<Setting>)> = files
        .into_iter()
        .map(|(file, own)| {
            let settings = written_with(&format!("{} --set", file.display()), &own);
            (file, settings)
        })
        .collect();
    let mut found: Vec<Variant> = files.iter().map(|(file, own)| of(file, &[], own, None)).collect();
    tell_apart(&mut found);
    let (base, of_base) = &files[0];
    if !second.is_empty() {
        found.push(of(base, of_base, &written_with("--set", &second), None));
    }
    for variant in &args.variant {
        let name = variant.name.as_deref();
        let option = name.map_or("--variant".to_string(), |name| format!("--variant '{name}'"));
        found.push(of(base, of_base, &written_with(&option, &variant.set), name));
    }
    if args.rules {
        return match found.len() {
            1 => Ok(found),
            _ => Err(Failure::wrong("--rules takes one scenario: each of its rules is taken back in turn")),
        };
    }
    if let Some(name) = twice(&found) {
        return Err(Failure::wrong(format!(
            "two of the scenarios are `{name}`; a setting of one alone stands in one word with its file, \
             'FILE --set KEY=VALUE', or in a variant with a name of its own, --variant 'NAME: KEY=VALUE'"
        )));
    }
    match found.len() {
        0 | 1 => Err(Failure::wrong(format!(
            "a comparison needs two scenarios: name another file, or change this one with --set KEY=VALUE or \
             --variant 'NAME: KEY=VALUE, KEY=VALUE'{}; --rules shows what each of its rules is worth",
            if for_all.is_empty() { "" } else { " (--set run.… holds for all scenarios, and makes none)" }
        ))),
        2..=MAX_COMPARED => Ok(found),
        scenarios => Err(Failure::wrong(RunError::TooMany { scenarios, most: MAX_COMPARED })),
    }
}

/// Files that would go by one name go by as much of their paths as tells them apart: the same, however they were named.
fn tell_apart(files: &mut [Variant]) {
    let paths: Vec<PathBuf> =
        files.iter().map(|it| it.file.canonicalize().unwrap_or_else(|_| it.file.clone())).collect();
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    for (index, file) in files.iter_mut().enumerate() {
        let alike: Vec<&PathBuf> = (0..names.len())
            .filter(|&other| other != index && names[other] == names[index])
            .map(|other| &paths[other])
            .collect();
        if alike.is_empty() || !file.changes.is_empty() {
            continue;
        }
        let own: Vec<_> = paths[index].components().collect();
        let end = |path: &Path, parts: usize| {
            let all: Vec<_> = path.components().collect();
            all[all.len().saturating_sub(parts)..].iter().collect::<PathBuf>()
        };
        let enough =
            (2..own.len()).find(|&parts| alike.iter().all(|other| end(other, parts) != end(&paths[index], parts)));
        if let Some(parts) = enough {
            file.name = end(&paths[index], parts).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        }
    }
}

/// A name that two have.
fn twice(found: &[Variant]) -> Option<&str> {
    let names = || found.iter().map(|variant| variant.name.as_str());
    names().enumerate().find(|(index, name)| names().take(*index).any(|earlier| earlier == *name)).map(|(_, name)| name)
}

/// `base.toml`, or `base.toml --set key=value --set key=value` in one word.
fn file_with_settings(word: &OsStr) -> Result<(PathBuf, Vec<Override>), String> {
    let (file, settings) = split_settings(word);
    let file = PathBuf::from(file);
    if file.as_os_str().as_encoded_bytes().contains(&b'=') && !file.exists() {
        let file = file.display();
        return Err(format!("`{file}` is no file; a setting is written --set '{file}'"));
    }
    let settings = match &settings {
        Some(text) => Some(text.to_str().ok_or("a setting is not UTF-8 text")?),
        None => None,
    };
    let setting = |part: &str| Override::parse(part.trim_start_matches(['=', ' ']).trim_end());
    Ok((file, settings.into_iter().flat_map(|text| text.split(" --set")).map(setting).collect::<Result<_, _>>()?))
}

/// What stands before the first ` --set` of a word, and what behind it. A path need not be text.
fn split_settings(word: &OsStr) -> (OsString, Option<OsString>) {
    const SET: &[u8] = b" --set";
    let bytes = word.as_encoded_bytes();
    let trimmed = |part: &OsStr| part.to_str().map_or_else(|| part.to_os_string(), |text| text.trim().into());
    match bytes.windows(SET.len()).position(|part| part == SET) {
        None => (trimmed(word), None),
        Some(at) => (trimmed(&part_of(word, 0, at)), Some(part_of(word, at + SET.len(), bytes.len()))),
    }
}

/// The same word with its file as seen from a folder, so that it does not matter how that was named.
pub(super) fn seen_from(folder: &Path, word: &OsStr) -> OsString {
    let (file, settings) = split_settings(word);
    let mut seen = safe(way(folder, Path::new(&file)).as_os_str());
    if let Some(settings) = settings {
        seen.push(" --set");
        seen.push(settings);
    }
    seen
}

#[cfg(unix)]
fn part_of(word: &OsStr, from: usize, to: usize) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(&word.as_bytes()[from..to]).to_os_string()
}

#[cfg(not(unix))]
fn part_of(word: &OsStr, from: usize, to: usize) -> OsString {
    OsString::from(&word.to_string_lossy()[from..to])
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_carry_settings() {
        let read = |word: &str| file_with_settings(OsStr::new(word));
        let (file, set) = read("base.toml --set a.b=1 --set c={ d = 2 }").unwrap();
        assert_eq!(file, PathBuf::from("base.toml"));
        assert_eq!(set.iter().map(Override::to_string).collect::<Vec<_>>(), ["a.b=1", "c={ d = 2 }"]);
        assert_eq!(read("base.toml --set=a.b=1").unwrap().1, [Override::parse("a.b=1").unwrap()]);
        assert!(read("a.b=1").unwrap_err().contains("--set 'a.b=1'"));
        assert_eq!(read("my base.toml").unwrap(), (PathBuf::from("my base.toml"), vec![]));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_need_not_be_text() {
        use std::os::unix::ffi::OsStrExt;
        let (file, set) = file_with_settings(OsStr::from_bytes(b"caf\xe9.toml --set a.b=1")).unwrap();
        assert_eq!(file.as_os_str().as_bytes(), b"caf\xe9.toml");
        assert_eq!(set.iter().map(Override::to_string).collect::<Vec<_>>(), ["a.b=1"]);
    }

    #[test]
    fn files_of_one_name_go_by_what_tells_them_apart() {
        let file = |path: &str| Variant {
            name: stem(Path::new(path)),
            changes: String::new(),
            file: PathBuf::from(path),
            settings: Vec::new(),
        };
        let mut files = ["/x/a/shop.toml", "/x/b/shop.toml", "/y/b/shop.toml", "/x/other.toml"].map(file);
        tell_apart(&mut files);
        let names = files.map(|file| file.name);
        assert_eq!(names, ["a/shop.toml", "x/b/shop.toml", "y/b/shop.toml", "other"]);
    }
}
