//! What it means that a rule is taken back: which setting changes, and that a story ends otherwise for it.

use backorder::domain::{Model, ReplenishmentPolicy, SwapIfNone, Wish};
use backorder::rules::{Relaxation, Rule};
use backorder::scenario::Files;

use crate::support::replay::load;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        Err(format!("{relative_path}: these scenarios have no tables"))
    }
}

/// A retailer with a vendor that expedites and two scripted calls; `replenishment` as given.
fn retailer(replenishment: &str) -> Model {
    let text = format!(
        r#"
        run = {{ horizon = "60d" }}
        warehouses = [{{ id = "boise" }}]
        zones = [{{ id = "home" }}]
        lanes = [{{ from = "boise", to = "home", parcel_cost = 5.0, transit = "2d" }}]
        vendors = [{{ id = "acme", lead_time = {{ deterministic = "5d" }}, expedite = {{ lead_time = {{ deterministic = "1d" }}, cost_per_unit = 1.0 }} }}]
        rules = {{ split = {{ ship_available = 0.9 }} }}
        products = [{{ id = "whey", vendor = "acme" }}, {{ id = "soy", vendor = "acme" }}]
        replenishment = {{ {replenishment} }}
        customers = {{ swap_share = 0.5, contact = {{ probability = 0.1, after = {{ deterministic = "1d" }} }}, contact_after_mismatch = 0.3 }}
        [[orders]]
        at = "1d"
        zone = "home"
        lines = [{{ product = "whey", units = 9 }}]
        [[contacts]]
        at = "2d"
        order = 1
        line = 1
        wants = "swap"
        [[contacts]]
        at = "3d"
        order = 1
        line = 1
        wants = "remove"
        "#
    );
    load("relaxed.toml", &text, &NoFiles)
}

fn relaxed(rule: Rule, mut model: Model) -> Model {
    match rule.relaxed() {
        Relaxation::Opposite { apply, .. } => apply(&mut model),
        Relaxation::None { why } => panic!("{}: {why}", rule.id()),
    }
    model
}

#[test]
fn early_replenishment_taken_back_orders_once_the_stock_is_used_up_and_expedites_nothing() {
    let cases = [
        ("policy = \"base-stock\", order_up_to = 6", ReplenishmentPolicy::MinMax, Some(0)),
        ("policy = \"s-S\", reorder_point = 3, order_up_to = 6", ReplenishmentPolicy::MinMax, Some(0)),
        ("policy = \"s-S\", reorder_point = -1, order_up_to = 6", ReplenishmentPolicy::MinMax, Some(-1)),
        ("policy = \"r-Q\", reorder_point = 3, quantity = 4", ReplenishmentPolicy::FixedQuantity, Some(0)),
    ];
    for (settings, policy, reorder_point) in cases {
        let model = relaxed(Rule::EarlyReplenishment, retailer(settings));
        assert!(model.vendors().iter().all(|vendor| vendor.expedite.is_none()), "{settings}");
        let replenishment = model.replenishment().expect("the retailer replenishes");
        assert_eq!((replenishment.policy, replenishment.general.reorder_point), (policy, reorder_point), "{settings}");
    }
}

#[test]
fn without_removal_everybody_who_calls_swaps_or_waits() {
    let model = relaxed(Rule::Remove, retailer("policy = \"base-stock\", order_up_to = 6"));
    assert_eq!((model.customers().swap_share, model.rules().swap.if_none), (1.0, SwapIfNone::Wait));
    assert!(model.script().contacts.iter().all(|contact| contact.wants == Wish::Swap));
}

#[test]
fn without_swaps_everybody_who_calls_removes() {
    let model = relaxed(Rule::Swap, retailer("policy = \"base-stock\", order_up_to = 6"));
    assert_eq!(model.customers().swap_share, 0.0);
    assert!(model.script().contacts.iter().all(|contact| contact.wants == Wish::Remove));
}

#[test]
fn taking_a_rule_back_changes_something() {
    for rule in Rule::ALL {
        if let Relaxation::Opposite { setting, means, .. } = rule.relaxed() {
            assert!(!setting.is_empty() && !means.is_empty(), "{}", rule.id());
            let model = retailer("policy = \"base-stock\", order_up_to = 6");
            // Everything is on here but what the retailer's settings leave out, which the other tests have.
            let after = relaxed(rule, model.clone());
            assert_ne!(after, model, "{} taken back leaves all as it was", rule.id());
        }
    }
}
