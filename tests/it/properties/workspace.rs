//! Memory that one replication leaves to the next changes nothing of what happens, and is enough for it.

use std::hash::{DefaultHasher, Hash, Hasher};

use backorder::domain::{Model, SimTime};
use backorder::engine::{Observer, Occurrence, Plan, Workspace};
use backorder::files::Scenario;
use backorder::observe::{Auditor, Tally};

use super::generator;
use crate::support::replay::{NoFiles, load};

/// Everything that is told, as one number.
#[derive(Default)]
struct Told(DefaultHasher);

impl Observer for Told {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        format!("{now:?} {what:?}").hash(&mut self.0);
    }
}

/// What a replication tells step by step, what it adds up to, and what an auditor of the books finds.
fn run(plan: &Plan<'_>, model: &Model, workspace: &mut Workspace, replication: u32) -> (u64, String, u64) {
    let (mut told, mut tally, mut auditor) = (Told::default(), Tally::new(model), Auditor::new(model));
    plan.run_in(workspace, replication, &mut told).expect("all of it can be counted");
    plan.run_in(workspace, replication, &mut auditor).expect("all of it can be counted");
    plan.run_in(workspace, replication, &mut tally).expect("all of it can be counted");
    (told.0.finish(), format!("{:?}", tally.into_outcome()), auditor.breach_count())
}

/// A shipped scenario, cut to a few days.
fn shipped(path: &str) -> Model {
    let scenario = Scenario::open(path).expect("it is there");
    scenario.set("run.horizon", "3d").set("run.warm_up", "1d").set("run.run_out", "1d").model().expect("it is right")
}

/// Scenarios of every kind: events, disruptions, docks, promises, vendors that dispatch slowly, levels that change, replayed orders.
fn models() -> Vec<Model> {
    let shops = [
        "supplements",
        "superstore",
        "weekday-shop",
        "studies/sourcing_policies.scenario",
        "theory/joint-replenishment",
        "theory/make-to-stock",
        "theory/koenig-law",
    ];
    let drafts = (0..20).map(|seed| load("draft.toml", &generator::draft(seed).to_toml(), &NoFiles));
    drafts.chain(shops.iter().map(|name| shipped(&format!("scenarios/{name}.toml")))).collect()
}

#[test]
fn a_replication_in_used_memory_is_the_one_in_new_memory() {
    let models = models();
    let plans: Vec<Plan<'_>> = models.iter().map(Plan::new).collect();
    let alone = |replication| {
        let each = plans.iter().zip(&models);
        each.map(|(plan, model)| run(plan, model, &mut Workspace::default(), replication)).collect::<Vec<_>>()
    };
    let mut workspace = Workspace::default();
    for replication in [0, 1] {
        let expected = alone(replication);
        for (index, (plan, model)) in plans.iter().zip(&models).enumerate() {
            let found = run(plan, model, &mut workspace, replication);
            assert!(found == expected[index], "replication {replication} of {}, number {index}", model.name());
        }
    }
}

#[test]
fn a_replication_that_is_no_larger_than_those_before_allocates_nothing() {
    /// Adds nothing up, so that every allocation is the engine's.
    struct Nobody;

    impl Observer for Nobody {
        const ACCEPTS_EARLY: bool = true;

        fn observe(&mut self, _now: SimTime, _what: Occurrence<'_>) {}
    }

    let model = shipped("scenarios/supplements.toml");
    let plan = Plan::new(&model);
    let mut workspace = Workspace::default();
    let mut allocations = || {
        let replicate = || plan.run_in(&mut workspace, 0, &mut Nobody).expect("all of it can be counted");
        allocation_counter::measure(replicate).count_total
    };
    // Lists of the calendar change their places, so that some of them grow once more.
    let found = [(); 6].map(|()| allocations());
    assert!(found[0] > 50 && found[1] < 30 && found[5] == 0, "{found:?}");
}
