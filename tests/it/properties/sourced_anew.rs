//! Orders that are sourced anew before they leave: none leaves in more parcels for it, instance by instance.

use std::collections::BTreeMap;

use serde_json::Value;

use super::dice::Dice;
use super::draft::Draft;
use super::{generator, subject};

const TRIED: u64 = 300;

/// What is known of a history's parcels.
#[derive(Default)]
struct Parcels {
    /// How many each order left in, by its number.
    of_order: BTreeMap<u64, u64>,
    /// Orders that were sourced anew: in how many parcels they would have left, and in how many they were to.
    anew: BTreeMap<u64, (u64, u64)>,
}

fn parcels(draft: &Draft) -> Parcels {
    let model = subject::model(&draft.to_toml()).unwrap_or_else(|wrong| panic!("{wrong}"));
    let account = subject::run(&model);
    assert!(account.breaches.is_empty(), "{:?}", account.breaches);
    let mut parcels = Parcels::default();
    let number = |event: &Value, field: &str| event[field].as_u64().expect("a number");
    for event in &account.history.events {
        match event["event"].as_str() {
            Some("parcel-released" | "parcel-at-dock") => {
                *parcels.of_order.entry(number(event, "order")).or_default() += 1;
            }
            Some("order-sourced-anew") => {
                parcels.anew.insert(number(event, "order"), (number(event, "from"), number(event, "parcels")));
            }
            _ => {}
        }
    }
    parcels
}

/// A draft in which orders may be held and gather what they want, warehouses pick at once, and held orders are not sourced anew.
fn plain(seed: u64) -> Draft {
    let mut draft = generator::draft(seed);
    draft.settings.retain(|setting| setting.key != "reevaluate");
    draft.docks.iter_mut().for_each(String::clear);
    draft.shock = None;
    draft
}

/// The same with a single order, which nobody calls off: it has all that comes for itself.
fn of_one_order(seed: u64) -> Option<Draft> {
    let mut draft = plain(seed);
    draft.set("rules.split", "ship_available", "0.0");
    draft.set("rules.backorder", "accept", "true");
    draft.set("rules.cancellation", "after", "\"never\"");
    (draft.demand, draft.replenishment) = (None, None);
    draft.contacts.clear();
    draft.waiting.clear();
    draft.underway.clear();
    draft.vendors.clear();
    draft.events.retain(|event| !event.contains("vendor"));
    // Every other draft keeps its longest order, else one for which stock comes to two places.
    let only = if seed.is_multiple_of(2) {
        draft.orders.iter().max_by_key(|order| order.lines.len())?.clone()
    } else {
        generator::add_gathering(&mut Dice::new(seed), &mut draft);
        draft.orders.last()?.clone()
    };
    draft.orders = vec![only];
    Some(draft)
}

/// Of orders that do not compete with any other the whole run is compared.
#[test]
fn an_order_alone_never_leaves_in_more_parcels_and_in_fewer_exactly_when_it_is_sourced_anew() {
    let mut fewer = 0;
    for draft in (0..TRIED).filter_map(of_one_order) {
        let without = parcels(&draft);
        let mut with = draft.clone();
        with.reevaluate();
        let Parcels { of_order, anew } = parcels(&with);
        assert!(of_order.keys().eq(without.of_order.keys()), "the same orders leave: {}", with.to_toml());
        for (order, parcels) in of_order {
            let before = without.of_order[&order];
            assert!(parcels <= before, "{parcels} parcels, {before} without: {}", with.to_toml());
            assert_eq!(parcels < before, anew.contains_key(&order), "{}", with.to_toml());
            fewer += u64::from(parcels < before);
        }
    }
    assert!(fewer * 50 >= TRIED, "only {fewer} orders in {TRIED} leave in fewer parcels");
}

/// Of orders that do compete, what one takes another cannot have; each is compared with what it had reserved itself.
#[test]
fn an_order_leaves_in_the_fewer_parcels_for_which_it_was_sourced_anew() {
    let (mut seen, mut saved) = (0, 0);
    for seed in 0..TRIED {
        let draft = plain(seed);
        let without = parcels(&draft);
        let mut with = draft.clone();
        with.reevaluate();
        let Parcels { of_order, anew } = parcels(&with);
        for (order, (from, to)) in &anew {
            assert!(to < from, "order {order}: {to} of {from}");
            assert_eq!(of_order[order], *to, "order {order}: {}", with.to_toml());
            seen += 1;
        }
        let all = |parcels: &BTreeMap<u64, u64>| parcels.values().sum::<u64>() as i64;
        saved += all(&without.of_order) - all(&of_order);
    }
    assert!(seen * 20 >= TRIED, "only {seen} in {TRIED} scenarios");
    assert!(saved > 0, "{seen} orders were sourced anew, and {saved} parcels fewer left");
}
