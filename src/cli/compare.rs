//! `compare`: several scenarios on the same customers and lead times; or, with `--rules`, what each rule is worth.

use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use super::args::{CompareArgs, Output};
use super::console;
use super::failure::Failure;
use super::folder;
use super::gates;
use super::load;
use super::no_results::no_results;
use super::paint;
use super::progress;
use super::provenance::{self, Origin};
use super::variants::{Variant, variants};
use crate::experiment::{
    Comparison, Contender, HEADLINE, Judging, Settings, WORTH, compare as compare_scenarios, rule_worth,
};
use crate::measures::Metric;
use crate::report;

/// Compares scenarios.
pub(super) fn compare(args: &CompareArgs, output: Output) -> Result<(), Failure> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let contenders = contenders(variants(args)?, output)?;
    let target = args.output.clone().unwrap_or_else(|| default_folder(args));
    folder::check(&target)?;
    let judging = judging(args)?;

    let bar = progress::bar(Path::new(&contenders[0].name), output.quiet);
    let settings = Settings { jobs: args.jobs, audit: args.audit, stop: progress::stop_on_interrupt(&bar) };
    let advance = |done: u32, total: u32| {
        bar.set_length(total.into());
        bar.set_position(done.into());
    };
    let found = if args.rules {
        rule_worth(&contenders[0].model, &settings, &judging, &advance).map(|worth| {
            let shown = if output.json { report::rule_worth_json(&worth) } else { report::rule_worth_text(&worth) };
            (shown, report::rule_worth_files(&worth), worth.comparison)
        })
    } else {
        compare_scenarios(&contenders, &settings, &judging, &args.require, &advance).map(|found| {
            let shown = if output.json { report::comparison_json(&found) } else { report::comparison_text(&found) };
            (shown, report::comparison_files(&found), found)
        })
    };
    bar.finish_and_clear();
    let (shown, mut files, comparison) = found.map_err(|error| no_results(&error, &target))?;
    let args = &as_done(args, &comparison);

    let mut names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    names.push(provenance::FILE.to_string());
    files.push((provenance::FILE.to_string(), origin(args, &comparison).written(started, clock.elapsed(), &names)));
    folder::write(&target, &files)?;
    if output.json || !output.quiet {
        console::data(&if output.json { shown } else { paint::page(shown) })?;
    }
    if !output.quiet {
        console::message(&folder::told(&target, &names));
        console::message(&format!("Same again: {}", command(args)));
    }
    if comparison.interrupted {
        let done = comparison.replications;
        return Err(Failure::interrupted(format!("Interrupted: this rests on {done} replications.")));
    }
    gates::outcome(&comparison.gates)
}

/// Reads the scenarios.
fn contenders(variants: Vec<Variant>, output: Output) -> Result<Vec<Contender>, Failure> {
    let scenarios = variants.iter().map(|variant| (variant.file.as_path(), variant.settings.as_slice()));
    let models = load::load_all(scenarios, output)?;
    let contender = |(Variant { name, changes, .. }, model)| Contender { name, changes, model };
    Ok(variants.into_iter().zip(models).map(contender).collect())
}

/// What is judged, and within which zones.
fn judging(args: &CompareArgs) -> Result<Judging, Failure> {
    let metrics: Vec<Metric> = match (&args.metrics, args.rules) {
        (chosen, _) if !chosen.is_empty() => {
            let mut metrics: Vec<Metric> = chosen.clone();
            metrics.sort_unstable();
            metrics.dedup();
            metrics
        }
        (_, true) => WORTH.to_vec(),
        (_, false) => HEADLINE.to_vec(),
    };
    Ok(Judging { metrics, zones: args.indifference.clone() })
}

/// `output/compare-` or `output/rules-` and the first scenario file's name without its ending.
fn default_folder(args: &CompareArgs) -> PathBuf {
    let first = args.scenarios[0].split(" --set ").next().unwrap_or_default();
    let stem = Path::new(first).file_stem().unwrap_or_default().to_string_lossy();
    Path::new("output").join(format!("{}-{stem}", if args.rules { "rules" } else { "compare" }))
}

/// What asks for the same comparison: of an interrupted one, for so many replications as had finished.
fn as_done(args: &CompareArgs, comparison: &Comparison) -> CompareArgs {
    let done = u32::try_from(comparison.replications).ok().filter(|_| comparison.interrupted);
    CompareArgs { replications: done.or(args.replications), ..args.clone() }
}

fn origin(args: &CompareArgs, comparison: &Comparison) -> Origin {
    Origin {
        reproduce: command(args),
        scenario_files: args.scenarios.clone(),
        seed: comparison.results[0].seed,
        replications: comparison.replications,
        interrupted: comparison.interrupted,
        audited: args.audit,
    }
}

/// The command that gives the same result: without what does not change it.
fn command(args: &CompareArgs) -> String {
    let mut words = vec!["backorder".to_string(), "compare".to_string()];
    words.extend(args.scenarios.clone());
    let mut option = |name: &str, value: String| words.extend([name.to_string(), value]);
    for variant in &args.variant {
        option("--variant", variant.text.clone());
    }
    for change in &args.set {
        option("--set", format!("{}={}", change.path, change.value));
    }
    if let Some(seed) = args.seed {
        option("--seed", seed.to_string());
    }
    if let Some(replications) = args.replications {
        option("--replications", replications.to_string());
    }
    if !args.metrics.is_empty() {
        option("--metrics", args.metrics.iter().map(|metric| metric.name()).collect::<Vec<_>>().join(","));
    }
    for (metric, zone) in &args.indifference {
        option("--indifference", format!("{}={zone}", metric.name()));
    }
    for gate in &args.require {
        option("--require", gate.text.clone());
    }
    if args.rules {
        words.push("--rules".to_string());
    }
    provenance::line(&words)
}
