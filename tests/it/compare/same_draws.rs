//! Common random numbers by entity: a change of a policy or a rule changes no draw. Whatever an order, a purchase order
//! or a vendor draws, it draws the same in every variant of a scenario, as far as it draws it at all.

use std::collections::BTreeMap;
use std::path::PathBuf;

use backorder::domain::{Availability, Loss, Mode, Model, ProductId, SimTime, WarehouseId};
use backorder::engine::{Observer, Occurrence as O, Plan};
use backorder::rules::{Relaxation, Rule};
use backorder::scenario::{self, Override};

use crate::support::replay::Folder;

/// A retailer of whom every stream is drawn from.
const SCENARIO: &str = r#"
name = "every stream"

[run]
horizon = "60d"
run_out = "10d"
seed = 5

[[zones]]
id = "east"
share = 0.5
[[zones]]
id = "west"
share = 0.4
[[zones]]
id = "abroad"
share = 0.1
international = true

[[warehouses]]
id = "harrisburg"
[[warehouses]]
id = "boise"
[[warehouses]]
id = "reno"

[[lanes]]
from = "harrisburg"
to = "east"
parcel_cost = 5.0
[[lanes]]
from = "boise"
to = "east"
parcel_cost = 7.0
[[lanes]]
from = "boise"
to = "west"
parcel_cost = 5.0
[[lanes]]
from = "harrisburg"
to = "west"
parcel_cost = 8.0
[[lanes]]
from = "harrisburg"
to = "abroad"
parcel_cost = 15.0
# Dearer than both others together.
[[lanes]]
from = "reno"
to = "east"
parcel_cost = 20.0
[[lanes]]
from = "reno"
to = "west"
parcel_cost = 20.0

[[vendors]]
id = "near"
lead_time = { gamma = { mean = "5d", cv = 0.5 } }
expedite = { lead_time = { uniform = { min = "12h", max = "2d" } }, cost_per_unit = 1.0 }
[[vendors]]
id = "far"
lead_time = { lognormal = { mean = "9d", cv = 0.6 } }
disruption = { every = { exponential = { mean = "15d" } }, lasts = { gamma = { mean = "4d", cv = 0.5 } } }

[products.generate]
count = 20
seed = 2
popularity = { zipf = 0.6 }
vendors = { near = 0.6, far = 0.4 }
substitutes = { group_size = 4 }

[demand]
orders_per_day = 50
lines_per_order = { geometric = { mean = 2.0 } }
units_per_line = { geometric = { mean = 1.3 } }

[replenishment]
policy = "s-S"
reorder_point = 12
order_up_to = 30

[customers]
keep_when_backordered = 0.8
contact = { probability = 0.4, after = { exponential = { mean = "2d" } }, handling = { exponential = { mean = "1h" } } }
swap_share = 0.5

[rules.split]
ship_available = 0.7

[rules.notice]
delay = { gamma = { mean = "3h", cv = 0.8 } }

[rules.cancellation]
after = "10d"

[rules.display]
refresh = "1h"
"#;

/// What changes: policies, levels, rules, which warehouses are open. None of it touches what is drawn from.
const CHANGES: [&[(&str, &str)]; 13] = [
    &[("sourcing.policy", "nearest")],
    &[("sourcing.policy", "cheapest")],
    &[("replenishment.order_up_to", "36")],
    &[("replenishment.reorder_point", "6")],
    &[("replenishment.policy", "r-Q"), ("replenishment.quantity", "14")],
    &[("replenishment.policy", "periodic-R-S"), ("replenishment.review", "2d")],
    &[("rules.backorder.priority", "complete-first")],
    &[("rules.backorder.reserve_while_held", "false")],
    &[("rules.split.granularity", "unit")],
    &[("rules.split.granularity", "order")],
    &[("rules.cancellation.clock", "product"), ("rules.cancellation.scope", "line")],
    &[("network.open", "[\"boise\", \"reno\"]")],
    &[("network.assortment", "{ copies = 2 }")],
];

/// A draw's name: its purpose, and the numbers of what it belongs to.
type Name = (&'static str, [u64; 3]);

/// Every draw that shows in what happens.
struct Draws {
    /// Each warehouse's place in the file, by which it is known whatever is open.
    listed_at: Vec<u32>,
    seen: BTreeMap<Name, Vec<i64>>,
    backordered: BTreeMap<(u64, u64), SimTime>,
    begun: BTreeMap<[u64; 3], SimTime>,
    expedited: BTreeMap<[u64; 3], SimTime>,
    disruptions: u64,
}

impl Draws {
    fn of(model: &Model) -> Self {
        Self::of_replication(model, 0)
    }

    fn of_replication(model: &Model, replication: u32) -> Self {
        let mut draws = Self {
            listed_at: model.warehouses().iter().map(|warehouse| warehouse.listed_at).collect(),
            seen: BTreeMap::new(),
            backordered: BTreeMap::new(),
            begun: BTreeMap::new(),
            expedited: BTreeMap::new(),
            disruptions: 0,
        };
        Plan::new(model).run(replication, &mut draws).expect("all of it can be counted");
        draws
    }

    /// A purchase order, by the numbers that its streams are named by.
    fn purchase_order(&self, warehouse: WarehouseId, product: ProductId, number: u32) -> [u64; 3] {
        [self.listed_at[warehouse.index()].into(), product.0.into(), number.into()]
    }

    /// The same stream may be seen twice, never with two values.
    fn see(&mut self, purpose: &'static str, entity: [u64; 3], value: Vec<i64>) {
        let before = self.seen.insert((purpose, entity), value.clone());
        assert!(before.is_none_or(|before| before == value), "{purpose} {entity:?}");
    }
}

impl Observer for Draws {
    fn observe(&mut self, now: SimTime, what: O<'_>) {
        match what {
            O::OrderAsked { order, lines } => {
                self.see("order", [order.number, 0, 0], vec![now.0, i64::from(order.zone.0), i64::from(lines)]);
            }
            O::LineAsked { order, line, product, units, .. } => {
                let value = vec![i64::from(product.0), i64::from(units)];
                self.see("line", [order.number, line.into(), 0], value);
            }
            O::LineLost { order, line, why: Loss::Dropped, .. } => {
                self.see("keep", [order.number, line.into(), 0], vec![0]);
            }
            O::ShownOnBackorder { order, line, .. } => self.see("keep", [order.number, line.into(), 0], vec![1]),
            O::OrderPlaced { order, availability: Availability::Some, mode, assigned: None, .. } => {
                self.see("ahead", [order.number, 0, 0], vec![i64::from(mode == Mode::Split)]);
            }
            O::NoticeDue { order, due } => self.see("notice", [order.number, 0, 0], vec![due.0 - order.placed.0]),
            O::LineBackordered { order, line, .. } => {
                self.backordered.insert((order.number, line.into()), now);
            }
            O::Contact { order, line, wants } => {
                if let Some(since) = self.backordered.get(&(order.number, line.into())) {
                    let value = vec![now.0 - since.0, wants as i64];
                    self.see("contact", [order.number, line.into(), 0], value);
                }
            }
            O::LeadTimeBegan { warehouse, product, number, lead_time, .. } => {
                let entity = self.purchase_order(warehouse, product, number);
                self.begun.insert(entity, now + lead_time);
                self.see("lead time", entity, vec![lead_time.0]);
            }
            O::ReplenishmentExpedited { warehouse, product, number, .. } => {
                let entity = self.purchase_order(warehouse, product, number);
                self.expedited.insert(entity, now);
            }
            O::Receipt { warehouse, product, purchase_order: Some(number), .. } => {
                let entity = self.purchase_order(warehouse, product, number);
                // It came sooner than it would have: then it came by the expedited lead time.
                if let (Some(due), Some(since)) = (self.begun.get(&entity), self.expedited.get(&entity))
                    && now < *due
                {
                    self.see("expedited lead time", entity, vec![now.0 - since.0]);
                }
            }
            O::DisruptionBegan { .. } | O::DisruptionEnded { .. } => {
                self.disruptions += 1;
                self.see("disruption", [self.disruptions, 0, 0], vec![now.0]);
            }
            _ => {}
        }
    }
}

fn model(changes: &[(&str, &str)]) -> Model {
    let changes: Vec<Override> =
        changes.iter().map(|&(path, value)| Override { path: path.into(), value: value.into() }).collect();
    match scenario::load("every stream", SCENARIO, &Folder(PathBuf::new()), &changes) {
        Ok(loaded) => loaded.model,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// Every draw seen in both is the same, and all customers are the same; counts, by purpose, how many were seen in both.
fn assert_same(base: &Draws, variant: &Draws, what: &str, except: &[&str]) -> BTreeMap<&'static str, usize> {
    let mut both: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (name, value) in &base.seen {
        let other = variant.seen.get(name);
        assert!(other.is_some() || !["order", "line", "disruption"].contains(&name.0), "{what}: {name:?} is missing");
        let Some(other) = other.filter(|_| !except.contains(&name.0)) else { continue };
        assert_eq!(value, other, "{what}: {name:?}");
        *both.entry(name.0).or_default() += 1;
    }
    both
}

const PURPOSES: [&str; 9] =
    ["ahead", "contact", "disruption", "expedited lead time", "keep", "lead time", "line", "notice", "order"];

#[test]
fn a_changed_policy_changes_no_draw() {
    let base = Draws::of(&model(&[]));
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    for changes in CHANGES {
        let variant = Draws::of(&model(changes));
        assert_ne!(base.seen, variant.seen, "{changes:?} moves events, so some draws show in one and not in the other");
        for (purpose, count) in assert_same(&base, &variant, &format!("{changes:?}"), &[]) {
            *seen.entry(purpose).or_default() += count;
        }
    }
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), PURPOSES, "every stream was looked at");
    for (purpose, count) in seen {
        // Disruptions are few in two months; of the rest there are hundreds.
        assert!(count >= if purpose == "disruption" { 20 } else { 100 }, "{purpose}: {count}");
    }
}

#[test]
fn a_rule_taken_back_changes_no_draw() {
    let model = model(&[]);
    let base = Draws::of(&model);
    for rule in Rule::ALL {
        let Relaxation::Opposite { apply, .. } = rule.relaxed() else { continue };
        let mut relaxed = model.clone();
        apply(&mut relaxed);
        // Their opposites are other probabilities: the same coin then falls on another side.
        let except: &[&str] = match rule {
            Rule::PartialSplit => &["ahead"],
            Rule::Swap | Rule::Remove => &["contact"],
            _ => &[],
        };
        assert_same(&base, &Draws::of(&relaxed), rule.id(), except);
    }
}

#[test]
fn another_seed_or_replication_draws_otherwise() {
    let base = Draws::of(&model(&[]));
    let other = Draws::of(&model(&[("run.seed", "6")]));
    let second = Draws::of_replication(&model(&[]), 1);
    for other in [other, second] {
        let shared = |purpose: &str| {
            let of = base.seen.iter().filter(|(name, _)| name.0 == purpose);
            of.filter(|(name, value)| other.seen.get(name) == Some(value)).count()
        };
        assert_eq!((shared("order"), shared("lead time")), (0, 0));
    }
}
