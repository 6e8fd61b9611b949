//! An order that leaves at once may be told as a whole, a departure as soon as its parcel is closed, and a backorder notice once the
//! order ceases to wait: whoever only adds up then adds up to the same as if told step by step.

use backorder::domain::{Model, SimTime};
use backorder::engine::{LeftAtOnce, Observer, Occurrence, Plan};
use backorder::observe::{OrderLife, SampleOrder, Tally};

use super::generator;
use crate::support::replay::{NoFiles, load};

/// Wants to be told step by step, and so has whoever watches beside it told so.
struct StepByStep;

impl Observer for StepByStep {
    fn observe(&mut self, _now: SimTime, _what: Occurrence<'_>) {}
}

/// Counts what it is told as a whole.
#[derive(Debug, Default)]
struct Wholes {
    in_one_parcel: u64,
    in_parcels: u64,
    of_many_lines: u64,
    /// Placed in warm-up, in the measured time and after it.
    by_phase: [u64; 3],
}

impl Observer for &mut Wholes {
    const ACCEPTS_EARLY: bool = true;

    fn observe(&mut self, _now: SimTime, _what: Occurrence<'_>) {}

    fn takes_whole(&mut self, _now: SimTime, _departs: SimTime) -> bool {
        true
    }

    fn left_at_once(&mut self, what: LeftAtOnce<'_>) {
        let is_one = what.parcels.len() == 1;
        self.in_one_parcel += u64::from(is_one);
        self.in_parcels += u64::from(!is_one);
        self.of_many_lines += u64::from(what.lines.len() > 6);
    }
}

/// Counts the phases of what it is told as a whole.
struct Phases<'a>(&'a Model, &'a mut [u64; 3]);

impl Observer for Phases<'_> {
    const ACCEPTS_EARLY: bool = true;

    fn observe(&mut self, _now: SimTime, _what: Occurrence<'_>) {}

    fn takes_whole(&mut self, _now: SimTime, _departs: SimTime) -> bool {
        true
    }

    fn left_at_once(&mut self, what: LeftAtOnce<'_>) {
        let start = SimTime::ZERO + self.0.run().warm_up.span();
        let end = start + self.0.run().horizon;
        self.1[usize::from(what.order.placed >= start) + usize::from(what.order.placed >= end)] += 1;
    }
}

fn outcome_beside<O: Observer>(model: &Model, other: O) -> String {
    let mut observers = (Tally::new(model), other);
    Plan::new(model).run(0, &mut observers).expect("all of it can be counted");
    format!("{:?}", observers.0.into_outcome())
}

fn sample_beside<O: Observer>(model: &Model, other: O) -> Option<OrderLife> {
    let mut observers = (SampleOrder::new(model), other);
    Plan::new(model).run(0, &mut observers).expect("all of it can be counted");
    observers.0.into_life()
}

fn check(model: &Model, name: &str, wholes: &mut Wholes) {
    let mut phases = [0; 3];
    let as_wholes = outcome_beside(model, (&mut *wholes, Phases(model, &mut phases)));
    for (sum, of_this) in wholes.by_phase.iter_mut().zip(phases) {
        *sum += of_this;
    }
    assert!(
        outcome_beside(model, StepByStep) == as_wholes,
        "{name}: what is told as a whole adds up to something else"
    );
    assert!(sample_beside(model, ()) == sample_beside(model, StepByStep), "{name}: another order shows most");
}

#[test]
fn random_scenarios_add_up_to_the_same() {
    let mut wholes = Wholes::default();
    for seed in 0..1_600 {
        let model = load("whole.toml", &generator::draft(seed).to_toml(), &NoFiles);
        check(&model, &format!("seed {seed}"), &mut wholes);
    }
    assert!(wholes.in_one_parcel > 1_000 && wholes.in_parcels > 100, "{wholes:?}");
}

#[test]
fn a_retailer_with_warm_up_and_run_out_adds_up_to_the_same() {
    let mut wholes = Wholes::default();
    for (policy, handling, per_kg, granularity) in [
        ("fewest-parcels", "4h", "0.0", "line"),
        ("nearest", "0s", "0.5", "line"),
        ("cheapest", "26h", "0.5", "order"),
        ("nearest", "30h", "0.0", "unit"),
    ] {
        let text = include_str!("whole.toml")
            .replace("SOURCING", policy)
            .replace("HANDLING", handling)
            .replace("PER_KG", per_kg)
            .replace("GRANULARITY", granularity);
        check(&load("whole.toml", &text, &NoFiles), &format!("{policy}, {handling}"), &mut wholes);
    }
    assert!(wholes.in_parcels > 1_000 && wholes.of_many_lines > 100, "{wholes:?}");
    assert!(wholes.by_phase.iter().all(|&orders| orders > 1_000), "{wholes:?}");
}

#[test]
fn who_watches_by_reference_or_perhaps_hears_the_same() {
    for seed in 0..20 {
        let model = load("whole.toml", &generator::draft(seed).to_toml(), &NoFiles);
        let (mut alone, mut referred, mut perhaps) = (Tally::new(&model), Tally::new(&model), Some(Tally::new(&model)));
        let plan = Plan::new(&model);
        plan.run(0, &mut alone).expect("all of it can be counted");
        plan.run(0, &mut &mut referred).expect("all of it can be counted");
        plan.run(0, &mut perhaps).expect("all of it can be counted");
        let told = format!("{:?}", alone.into_outcome());
        assert!(told == format!("{:?}", referred.into_outcome()), "seed {seed}, by reference");
        assert!(told == format!("{:?}", perhaps.map(Tally::into_outcome).expect("it watches")), "seed {seed}, perhaps");
    }
}

#[test]
fn a_backorder_notice_told_out_of_turn_adds_up_to_the_same() {
    // An order waits, and its notice is due at two o'clock. In that very second stock comes for it: by a receipt, which is before the
    // notice, or by what is bought at a review, from a vendor around the corner, which is after it.
    let notices = |told: &str| {
        let text = format!(
            "run = {{ horizon = \"1d\", warm_up = \"0s\", replications = 1, seed = 1 }}\n\
             rules = {{ notice = {{ delay = \"50m\" }}, backorder = {{ reserve_while_held = false }} }}\n\
             zones = [{{ id = \"z\" }}]\n\
             warehouses = [{{ id = \"w\" }}]\n\
             lanes = [{{ from = \"w\", to = \"z\", parcel_cost = 5.0, transit = \"1d\" }}]\n\
             vendors = [{{ id = \"v\", lead_time = \"0s\" }}]\n\
             products = [{{ id = \"p\", vendor = \"v\", substitutes = \"g\" }}, {{ id = \"q\", vendor = \"v\", substitutes = \"g\" }}]\n\
             stock = [{{ warehouse = \"w\", product = \"p\", units = 0 }}, {{ warehouse = \"w\", product = \"q\", units = 9 }}]\n\
             {told}\n"
        );
        let model = load("tie.toml", &text, &NoFiles);
        check(&model, told, &mut Wholes::default());
        let mut tally = Tally::new(&model);
        Plan::new(&model).run(0, &mut tally).expect("all of it can be counted");
        tally.into_outcome().total.notices
    };
    let order = "orders = [{ at = \"1h10m\", zone = \"z\", lines = [{ product = \"p\", units = 1 }] }]";
    let receipt = "receipts = [{ at = \"2h\", warehouse = \"w\", product = \"p\", units = 1 }]";
    let review = "replenishment = { policy = \"s-S\", review = \"1h\", reorder_point = -1, order_up_to = 5 }";
    assert_eq!(notices(&format!("{order}\n{receipt}")), 0);
    assert_eq!(notices(&format!("{order}\n{review}")), 1);
    // Nothing comes: the order waits at the end.
    assert_eq!(notices(order), 1);
    // Its line is swapped, which ends one wait and begins another in one instant: the customer is not told twice.
    let swap = "contacts = [{ at = \"3h\", order = 1, line = 1, wants = \"swap\" }]";
    assert_eq!(notices(&format!("{order}\n{swap}")), 1);
}

#[test]
fn an_order_of_the_second_of_a_receipt_comes_after_it() {
    // An order every other second, and a receipt every seventh, of about as much as is asked for meanwhile: those who wait for
    // many units are served before an order of that second for one, which the shelf could serve before them.
    let receipts: Vec<String> = (1..1_500)
        .map(|number| {
            format!("{{ at = \"{}s\", warehouse = \"w\", product = \"p\", units = {} }}", 7 * number, 13 + number % 2)
        })
        .collect();
    let text = format!(
        "run = {{ horizon = \"3h\", warm_up = \"0s\", replications = 1, seed = SEED }}\n\
         demand = {{ orders_per_day = 43200, units_per_line = {{ empirical = {{ values = [1, 30], weights = [9, 1] }} }} }}\n\
         zones = [{{ id = \"z\" }}]\n\
         warehouses = [{{ id = \"w\" }}]\n\
         lanes = [{{ from = \"w\", to = \"z\", parcel_cost = 5.0, transit = \"1d\" }}]\n\
         products = [{{ id = \"p\" }}]\n\
         receipts = [{}]\n",
        receipts.join(", ")
    );
    let mut wholes = Wholes::default();
    for seed in 0..10 {
        let text = text.replace("SEED", &seed.to_string());
        check(&load("ties.toml", &text, &NoFiles), &format!("seed {seed}"), &mut wholes);
    }
    assert!(wholes.in_one_parcel > 5_000, "{wholes:?}");
}
