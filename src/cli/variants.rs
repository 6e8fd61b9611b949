//! Which scenarios are compared: files, files with settings of their own, and variants of the first.

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::options::FileArgs;
use super::overrides::shorthands;
use crate::experiment::{MAX_COMPARED, RunError};
use crate::scenario::{self, Override, Setting, set_twice};

/// The scenarios of a comparison.
#[derive(Clone, Debug, Args)]
pub(super) struct VariantArgs {
    /// The scenarios: files, the first being the one the others are held against. A file may carry settings of its own,
    /// in one word: 'base.toml --set sourcing.policy=nearest'
    #[arg(value_name = "SCENARIO", required = true)]
    pub(super) scenarios: Vec<String>,
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
    #[command(flatten)]
    pub(super) files: FileArgs,
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
    let shorthands = shorthands(args.seed, args.replications);
    let makes_second = files.len() == 1 && args.variant.is_empty() && !args.rules;
    let is_for_all = |setting: &Override| !makes_second || setting.path.starts_with("run.");
    let (for_all, second): (Vec<Override>, Vec<Override>) = args.set.iter().cloned().partition(is_for_all);
    if let (true, Some([first, again])) = (makes_second, set_twice(&second)) {
        let why = format!("`{}` is set twice; to compare both values: ", first.path);
        let variants = format!("--variant '{}' --variant '{}'", first, again);
        return Err(Failure::wrong(why + &variants));
    }
    let by = |option: &str, changes: &[Override]| -> Vec<Setting> {
        changes.iter().map(|change| Setting { change: change.clone(), option: option.to_string() }).collect()
    };
    let of = |file: &Path, before: &[Setting], own: &[Setting], name: Option<&str>| {
        let changes = own.iter().map(|setting| setting.change.to_string()).collect::<Vec<_>>().join(", ");
        let by_itself = || if changes.is_empty() { stem(file) } else { changes.clone() };
        let name = name.map_or_else(by_itself, str::to_string);
        let for_all = by("--set", &for_all);
        let settings = for_all.iter().chain(before).chain(own).chain(&shorthands).cloned().collect();
        Variant { name, changes, file: file.to_path_buf(), settings }
    };
    let files: Vec<(PathBuf, Vec<Setting>)> = files
        .into_iter()
        .map(|(file, own)| {
            let settings = by(&format!("{} --set", file.display()), &own);
            (file, settings)
        })
        .collect();
    let mut found: Vec<Variant> = files.iter().map(|(file, own)| of(file, &[], own, None)).collect();
    tell_apart(&mut found, &args.scenarios);
    let (base, of_base) = &files[0];
    if !second.is_empty() {
        found.push(of(base, of_base, &by("--set", &second), None));
    }
    for variant in &args.variant {
        let name = variant.name.as_deref();
        let option = name.map_or("--variant".to_string(), |name| format!("--variant '{name}'"));
        found.push(of(base, of_base, &by(&option, &variant.set), name));
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

/// Files that would go by one name go by what was written for them.
fn tell_apart(files: &mut [Variant], texts: &[String]) {
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    for (file, text) in files.iter_mut().zip(texts) {
        if names.iter().filter(|name| **name == file.name).count() > 1 {
            file.name.clone_from(text);
        }
    }
}

/// A name that two have.
fn twice(found: &[Variant]) -> Option<&str> {
    let names = || found.iter().map(|variant| variant.name.as_str());
    names().enumerate().find(|(index, name)| names().take(*index).any(|earlier| earlier == *name)).map(|(_, name)| name)
}

/// `base.toml`, or `base.toml --set key=value --set key=value` in one word.
fn file_with_settings(text: &str) -> Result<(PathBuf, Vec<Override>), String> {
    let mut parts = text.split(" --set");
    let file = parts.next().unwrap_or_default().trim();
    if file.contains('=') && !Path::new(file).exists() {
        return Err(format!("`{file}` is no file; a setting is written --set '{file}'"));
    }
    let setting = |part: &str| Override::parse(part.trim_start_matches(['=', ' ']).trim_end());
    Ok((PathBuf::from(file), parts.map(setting).collect::<Result<_, _>>()?))
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_carry_settings() {
        let (file, set) = file_with_settings("base.toml --set a.b=1 --set c={ d = 2 }").unwrap();
        assert_eq!(file, PathBuf::from("base.toml"));
        assert_eq!(set.iter().map(Override::to_string).collect::<Vec<_>>(), ["a.b=1", "c={ d = 2 }"]);
        assert_eq!(file_with_settings("base.toml --set=a.b=1").unwrap().1, [Override::parse("a.b=1").unwrap()]);
        assert!(file_with_settings("a.b=1").unwrap_err().contains("--set 'a.b=1'"));
        assert_eq!(file_with_settings("my base.toml").unwrap(), (PathBuf::from("my base.toml"), vec![]));
    }
}
