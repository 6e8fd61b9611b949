//! Which scenarios are compared: files, files with settings of their own, and variants of the first.

use std::path::{Path, PathBuf};

use super::args::{CompareArgs, ScenarioArgs, parse_override};
use super::failure::Failure;
use crate::scenario::Override;

/// The letters of the alphabet name the scenarios.
const MOST: usize = 26;

/// A scenario to compare, still to be read.
#[derive(Debug)]
pub(super) struct Variant {
    /// What it is called.
    pub(super) name: String,
    /// What it changes, in the words of the command line; empty for a file as it is.
    pub(super) changes: String,
    /// The file and all settings.
    pub(super) scenario: ScenarioArgs,
}

/// `name: key=value, key=value` of `--variant`; without a name it goes by its settings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct VariantText {
    name: Option<String>,
    set: Vec<Override>,
    /// As it was written.
    pub(super) text: String,
}

/// The scenarios that a command line names, the first being the one the others are held against.
///
/// `--set` holds for all; with one file and nothing else to compare it with, it makes the second scenario.
pub(super) fn variants(args: &CompareArgs) -> Result<Vec<Variant>, Failure> {
    let files: Vec<(PathBuf, Vec<Override>)> =
        args.scenarios.iter().map(|text| file_with_settings(text).map_err(Failure::wrong)).collect::<Result<_, _>>()?;
    let makes_second = files.len() == 1 && args.variant.is_empty() && !args.rules;
    let for_all: &[Override] = if makes_second { &[] } else { &args.set };
    let of = |file: &Path, name: Option<String>, own: &[Override]| {
        let changes = own.iter().map(written).collect::<Vec<_>>().join(", ");
        let name = name.unwrap_or_else(|| if changes.is_empty() { stem(file) } else { changes.clone() });
        let set = for_all.iter().chain(own).cloned().collect();
        Variant { name, changes, scenario: ScenarioArgs { file: file.to_path_buf(), set, seed: args.seed } }
    };
    let mut found: Vec<Variant> = files.iter().map(|(file, own)| of(file, None, own)).collect();
    let (base, own) = &files[0];
    let on_base = |more: &[Override]| own.iter().chain(more).cloned().collect::<Vec<_>>();
    if makes_second && !args.set.is_empty() {
        found.push(of(base, None, &on_base(&args.set)));
    }
    for variant in &args.variant {
        found.push(of(base, variant.name.clone(), &on_base(&variant.set)));
    }
    if args.rules {
        return match found.len() {
            1 => Ok(found),
            _ => Err(Failure::wrong("--rules takes one scenario: each of its rules is taken back in turn")),
        };
    }
    match found.len() {
        0 | 1 => Err(Failure::wrong(
            "a comparison needs two scenarios: name another file, or change this one with --set KEY=VALUE or \
             --variant 'NAME: KEY=VALUE, KEY=VALUE'; --rules shows what each of its rules is worth",
        )),
        2..=MOST => Ok(found),
        many => Err(Failure::wrong(format!("{many} scenarios are too many for one comparison: {MOST} at most"))),
    }
}

/// `base.toml`, or `base.toml --set key=value --set key=value` in one word.
fn file_with_settings(text: &str) -> Result<(PathBuf, Vec<Override>), String> {
    let mut parts = text.split(" --set ");
    let file = PathBuf::from(parts.next().unwrap_or_default().trim());
    Ok((file, parts.map(|part| parse_override(part.trim())).collect::<Result<_, _>>()?))
}

/// Reads `name: key=value, key=value`.
pub(super) fn parse_variant(text: &str) -> Result<VariantText, String> {
    let settings_from = text.find('=').unwrap_or(text.len());
    let (name, rest) = match text[..settings_from].split_once(':') {
        Some((name, _)) if name.trim().is_empty() => return Err("a name stands before the colon".into()),
        Some((name, _)) => (Some(name.trim().to_string()), &text[name.len() + 1..]),
        None => (None, text),
    };
    let set = between_commas(rest).into_iter().map(parse_override).collect::<Result<_, _>>()?;
    Ok(VariantText { name, set, text: text.trim().to_string() })
}

/// The parts between commas; commas within brackets, braces and quotes belong to a value.
fn between_commas(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0_i32, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

/// A setting as it is written.
fn written(setting: &Override) -> String {
    format!("{}={}", setting.path, setting.value)
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Vec<String> {
        parse_variant(text).unwrap().set.iter().map(written).collect()
    }

    #[test]
    fn a_variant_has_a_name_and_settings() {
        let variant = parse_variant("two days: vendors.acme.lead_time=2d, rules.split.ship_available=0").unwrap();
        assert_eq!(variant.name.as_deref(), Some("two days"));
        assert_eq!(variant.set.len(), 2);
        assert_eq!(parse_variant("sourcing.policy=nearest").unwrap().name, None);
        // A colon in a value is no name.
        assert_eq!(parse_variant("name=\"a: b\"").unwrap().name, None);
    }

    #[test]
    fn commas_within_a_value_stay_there() {
        assert_eq!(
            set("slow: vendors.a.lead_time={ gamma = { mean = \"6d\", cv = 0.5 } }, name=\"x, y\", z=[1, 2]"),
            ["vendors.a.lead_time={ gamma = { mean = \"6d\", cv = 0.5 } }", "name=\"x, y\"", "z=[1, 2]"]
        );
    }

    #[test]
    fn what_is_no_variant_is_told() {
        assert!(parse_variant(": a=1").unwrap_err().contains("name"));
        assert!(parse_variant("just words").unwrap_err().contains("equals sign"));
        assert!(parse_variant("a=1, b").unwrap_err().contains("equals sign"));
    }

    #[test]
    fn a_file_may_carry_settings() {
        let (file, set) = file_with_settings("base.toml --set a.b=1 --set c={ d = 2 }").unwrap();
        assert_eq!(file, PathBuf::from("base.toml"));
        assert_eq!(set.iter().map(written).collect::<Vec<_>>(), ["a.b=1", "c={ d = 2 }"]);
        assert_eq!(file_with_settings("my base.toml").unwrap(), (PathBuf::from("my base.toml"), vec![]));
    }
}
