//! The engine against the reference, on random scenarios: the same events in the same seconds, the same stock in the
//! end, and nothing for the auditor to object to. Where orders are generated and lead times drawn, the reference is told
//! what the engine drew, as if somebody had written it down.
//!
//! `cargo test` tries a few hundred scenarios. The long form tries 20,000, or as many as the variable says:
//! `BACKORDER_LONG=1 cargo test --release --test it properties -- --nocapture`. A mismatch is cut down to a small
//! scenario file, which the failure names.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use backorder::domain::{Follow, Granularity, Model, SimTime, SourcingPolicy};
use backorder::experiment::planned;
use rayon::prelude::*;

use super::compare::{first_difference, threads};
use super::draft::Draft;
use super::{generator, shrink, subject};
use crate::reference::{self, Chance, Event, History};

/// Scenarios in `cargo test`.
const SHORT: u64 = 400;
/// Scenarios in the long form.
const LONG: u64 = 20_000;
/// How many runs the search for a small scenario may take.
const SHRINKING: usize = 4_000;

/// How a trial ended.
enum Verdict {
    /// With these events, counted.
    Agree(BTreeMap<String, u64>),
    /// The scenario cannot be tried.
    Refused(String),
    /// With this difference.
    Differ(String),
}

fn trial(draft: &Draft) -> Verdict {
    let model = match subject::model(&draft.to_toml()) {
        Ok(model) => model,
        Err(wrong) => return Verdict::Refused(wrong),
    };
    if let Err(wrong) = planned_as_asked(draft, &model) {
        return Verdict::Differ(wrong);
    }
    let Ok(account) = catch_unwind(AssertUnwindSafe(|| subject::run(&model))) else {
        return Verdict::Differ("the engine panicked".to_string());
    };
    let expected = match reference::simulate_told(&model, &account.chance) {
        Ok(history) => history,
        Err(refusal) => return Verdict::Refused(refusal.to_string()),
    };
    let all = |_: &str, _: &str| true;
    let left = threads(expected.events.iter(), &all);
    let right = threads(account.history.events.iter(), &all);
    if let Some(difference) = first_difference(&left, &right) {
        return Verdict::Differ(format!("one is the reference, the other the engine: {difference}"));
    }
    if expected.shelves != account.history.shelves {
        let (left, right) = (&expected.shelves, &account.history.shelves);
        return Verdict::Differ(format!("stock in the end\n reference: {left:?}\n engine: {right:?}"));
    }
    match account.breaches.first() {
        Some(breach) => Verdict::Differ(format!("the auditor objects: {breach}")),
        None => {
            let mut counts = counted(&expected.events);
            if model.measures_expediting() {
                counts.insert(MEASURED.to_string(), 1);
                if counts.contains_key("expediting-settled") {
                    counts.insert(SETTLED.to_string(), 1);
                }
            }
            if model.rules().split.granularity == Granularity::Unit {
                let policy = policy_word(model.sourcing().policy);
                counts.insert(format!("granularity unit under {policy}"), 1);
                if policy_matters(draft, &account.chance, &expected) {
                    counts.insert(format!("{policy} took units otherwise than nearest"), 1);
                }
            }
            if let Some(policy) = model.replenishment() {
                let rows = planned(&model);
                let changes = rows.iter().any(|row| row.from > SimTime::ZERO);
                let follows = policy.follow == Follow::Season;
                for (what, is_so) in [
                    ("scenario with levels by target", rows.iter().any(|row| row.source.contains("target"))),
                    ("scenario with levels that become others", changes),
                    ("scenario with levels that are kept", policy.kept.is_some()),
                    ("scenario with levels that follow the season", follows && changes),
                ] {
                    counts.extend(is_so.then(|| (what.to_string(), 1)));
                }
            }
            Verdict::Agree(counts)
        }
    }
}

/// Whether the levels are those that the targets ask for; where something else is changed, those of the scenario without the change.
fn planned_as_asked(draft: &Draft, model: &Model) -> Result<(), String> {
    if draft.shock.is_none() {
        return reference::check_plan(model);
    }
    let before = subject::unchanged(&draft.to_toml())?;
    reference::check_plan(&before)?;
    let levels = |model: &Model| -> Vec<_> {
        planned(model).iter().map(|row| (row.warehouse, row.product, row.from, row.levels)).collect()
    };
    let (kept, before) = (levels(model), levels(&before));
    if kept == before { Ok(()) } else { Err(format!("the plan was {before:?}, and with the change it is {kept:?}")) }
}

const fn policy_word(policy: SourcingPolicy) -> &'static str {
    match policy {
        SourcingPolicy::Nearest => "nearest",
        SourcingPolicy::FewestParcels => "fewest-parcels",
        SourcingPolicy::Cheapest => "cheapest",
        SourcingPolicy::PrimarySpillover => "primary-spillover",
        SourcingPolicy::MostStock => "most-stock",
        SourcingPolicy::ShadowPrices => "shadow-prices",
    }
}

/// Whether the history would be another one under `nearest`.
fn policy_matters(draft: &Draft, chance: &Chance, history: &History) -> bool {
    let mut nearest = draft.clone();
    nearest.set("sourcing", "policy", "\"nearest\"");
    let model = subject::model(&nearest.to_toml()).expect("another policy is as good a scenario");
    // Another history may need to be told of what did not happen in this one.
    reference::simulate_told(&model, chance).is_ok_and(|other| other.events != history.events)
}

/// How many scenarios this run tries.
fn wanted() -> u64 {
    match std::env::var("BACKORDER_LONG").ok().and_then(|text| text.parse().ok()) {
        None | Some(0) => SHORT,
        Some(1) => LONG,
        Some(many) => many,
    }
}

/// Tries the seeds that the variable `BACKORDER_SEEDS` lists, and makes each that differs small.
#[test]
fn seeds_that_differed_do_no_more() {
    let seeds = std::env::var("BACKORDER_SEEDS").unwrap_or_default();
    let seeds: Vec<u64> = seeds.split(',').filter_map(|seed| seed.trim().parse().ok()).collect();
    let differ = |draft: &Draft| matches!(trial(draft), Verdict::Differ(_));
    let small: Vec<(u64, Draft)> = seeds
        .into_par_iter()
        .map(|seed| (seed, generator::draft(seed)))
        .filter(|(_, draft)| differ(draft))
        .map(|(seed, draft)| (seed, shrink::shrink(&draft, SHRINKING, differ)))
        .collect();
    for (seed, draft) in &small {
        if let Verdict::Differ(how) = trial(draft) {
            println!("seed {seed}: {how}\n{}", draft.to_toml());
        }
    }
    assert!(small.is_empty(), "{} seeds differ", small.len());
}

#[test]
fn engine_and_reference_tell_the_same_story() {
    let tried = wanted();
    let verdicts: Vec<(u64, Verdict)> =
        (0..tried).into_par_iter().map(|seed| (seed, trial(&generator::draft(seed)))).collect();

    let mut firings: BTreeMap<String, u64> = BTreeMap::new();
    let (mut failures, mut refused) = (vec![], vec![]);
    for (seed, verdict) in verdicts {
        match verdict {
            Verdict::Agree(events) => {
                events.into_iter().for_each(|(what, many)| *firings.entry(what).or_default() += many);
            }
            Verdict::Refused(why) => refused.push(format!("seed {seed} makes no scenario: {why}")),
            Verdict::Differ(how) => failures.push((seed, how)),
        }
    }
    assert!(refused.is_empty(), "{} are refused: {}", refused.len(), refused[..refused.len().min(5)].join("\n"));
    println!("{} of {tried} scenarios agree", tried - failures.len() as u64);
    for (seed, how) in &failures {
        println!("seed {seed}: {}", how.lines().next().unwrap_or_default());
    }
    for (what, many) in &firings {
        println!("{many:8} {what}");
    }
    if let Some((seed, how)) = failures.first() {
        let small =
            shrink::shrink(&generator::draft(*seed), SHRINKING, |draft| matches!(trial(draft), Verdict::Differ(_)));
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("mismatch-{seed}.toml"));
        std::fs::write(&file, small.to_toml()).expect("the temporary folder can be written to");
        let how = match trial(&small) {
            Verdict::Differ(how) => how,
            _ => how.clone(),
        };
        let many = failures.len();
        panic!("{many} of {tried} scenarios differ; the first, made small, is {}:\n{how}", file.display());
    }
    let scenarios = |what: &str| firings.get(what).copied().unwrap_or(0);
    assert!(scenarios(SETTLED) * 20 >= scenarios(MEASURED), "`{SETTLED}` in too few of those scenarios: {firings:?}");
    let common = MUST_FIRE.iter().map(|what| (what, 20));
    for (what, least) in common.chain(MUST_MATTER.iter().map(|what| (what, 100))) {
        let many = firings.iter().filter(|(key, _)| key.starts_with(what)).map(|(_, many)| many).sum::<u64>();
        assert!(many * least >= tried, "`{what}` happened only {many} times in {tried} scenarios");
    }
}

/// Scenarios in which what expediting brings is measured, and those in which something of it came to be.
const MEASURED: &str = "scenario that measures expediting";
const SETTLED: &str = "scenario in which expediting is settled";

/// Each of these must happen at least once in twenty scenarios, else agreement on it says little.
const MUST_FIRE: [&str; 37] = [
    "backorder-notice",
    "cancellation-notice",
    "contact",
    "disruption-began",
    "disruption-ended",
    "display-mismatch",
    "granularity unit under cheapest",
    "granularity unit under fewest-parcels",
    "granularity unit under most-stock",
    "granularity unit under nearest",
    "line-auto-cancelled",
    "line-backordered",
    "line-covered",
    "line-removed by remove",
    "line-removed by swap",
    "line-swapped",
    "lost-at-display",
    "order-cancelled",
    "order-completed",
    "order-placed",
    "order-sourced-anew",
    "parcel-delivered",
    "parcel-released by full-backorder-hold",
    "parcel-released by international-complete",
    "parcel-released by multi-warehouse",
    "parcel-released by partial-split",
    "parcel-shipped",
    "purchase-order-begun",
    "purchase-order-dispatched",
    "purchase-order-placed",
    "purchase-order-queued",
    "receipt",
    "replenishment-expedited",
    "replenishment-ordered",
    "scenario with levels by target",
    "scenario with levels that become others",
    "shipment-notice",
];

/// And each of these in one of a hundred.
const MUST_MATTER: [&str; 4] = [
    "cheapest took units otherwise than nearest",
    "fewest-parcels took units otherwise than nearest",
    "scenario with levels that are kept",
    "scenario with levels that follow the season",
];

fn counted(events: &[Event]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for event in events {
        let name = event["event"].as_str().unwrap_or_default();
        let key = event["rule"].as_str().map_or(name.to_string(), |rule| format!("{name} by {rule}"));
        *counts.entry(key).or_default() += 1;
    }
    counts
}
