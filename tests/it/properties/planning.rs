//! What random drafts plan: targets, levels that change in the course of time, what the planner believes; and what no plan foresees.

use super::dice::Dice;
use super::draft::{DemandRow, Draft, Setting, quoted};
use super::generator::{levels, takes_two_levels};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

const TARGETS: [&str; 6] = [
    "{ fill_rate = 0.3 }",
    "{ fill_rate = 0.8 }",
    "{ fill_rate = 0.97 }",
    "{ cycle_service = 0.5 }",
    "{ cycle_service = 0.85 }",
    "{ cycle_service = 0.99 }",
];

/// Levels that are not those of a row for all time.
pub fn add_plan(dice: &mut Dice, draft: &mut Draft) {
    if draft.replenishment.is_none() {
        return;
    }
    if dice.percent(55) {
        add_targets(dice, draft);
    }
    let (warehouses, products) = (draft.warehouses.len(), draft.products.len());
    let Some(policy) = &mut draft.replenishment else { return };
    if dice.percent(50) {
        let part = policy.general.is_some() && takes_two_levels(policy.name);
        for _ in 0..dice.from(1, 6) {
            let (warehouse, product) = (dice.place(warehouses), dice.place(products));
            let from = dice.pick(&[1, HOUR, 6 * HOUR, DAY, DAY, 2 * DAY, 4 * DAY]);
            if policy.later.iter().all(|row| (row.0, row.1, row.2) != (warehouse, product, from)) {
                policy.later.push((warehouse, product, from, levels(dice, part)));
            }
        }
    }
    if dice.percent(20) {
        policy.plan.push(format!("reorder_point_factor = {:.1}", dice.pick(&[0.0, 0.5, 1.5, 3.0])));
    }
}

/// Levels by target, of what somebody forecasts.
fn add_targets(dice: &mut Dice, draft: &mut Draft) {
    let Draft { demand, vendors, products, zones, .. } = draft;
    let Some(policy) = &mut draft.replenishment else { return };
    let demand = demand.get_or_insert_with(|| DemandRow {
        tenths: dice.pick(&[7, 13, 29]),
        lines: dice.pick(&[10, 17]),
        units: dice.from(1, 3),
        due_after: 0,
        weekly: dice.percent(30),
        yearly: false,
        period: dice.pick(&[None, None, None, Some(24)]),
    });
    // Whoever has levels has all of them, but for a quantity that goes with a derived reorder point.
    policy.general = None;
    policy.pairs.retain(|_| dice.percent(25));
    let of_products = products.iter_mut().filter_map(|product| product.levels.as_mut());
    for row in policy.pairs.iter_mut().map(|row| &mut row.2).chain(of_products) {
        row.quantity = row.quantity.or(Some(2));
        row.reorder_point = row.reorder_point.or(Some(1)).filter(|_| policy.name != "r-Q" || dice.percent(60));
    }

    if dice.percent(30) {
        let [a, b, c] = [0; 3].map(|_| dice.pick(&TARGETS));
        policy.plan.push(format!("abc = {{ A = {a}, B = {b}, C = {c} }}"));
    }
    if policy.plan.is_empty() || dice.percent(50) {
        policy.plan.push(format!("target = {}", dice.pick(&TARGETS)));
    }
    for vendor in vendors.iter_mut() {
        if dice.percent(25) {
            vendor.working.push_str(&format!("target = {}\n", dice.pick(&TARGETS)));
        }
        if dice.percent(35) {
            let planned = dice.pick(&["\"6h\"", "\"1d\"", "\"4d\"", "{ gamma = { mean = \"2d\", cv = 0.7 } }"]);
            vendor.working.push_str(&format!("planned_lead_time = {planned}\n"));
        }
        if dice.percent(30) {
            vendor.working.push_str(&format!("order_cost = {:.1}\n", dice.pick(&[0.2, 1.0, 5.0])));
        }
    }
    for product in products.iter_mut() {
        product.target = dice.percent(20).then(|| dice.pick(&TARGETS));
        if dice.percent(60) {
            product.unit_cost = dice.pick(&[1, 2, 5, 17]);
            product.price = if product.price > 0 { product.unit_cost + dice.pick(&[3, 7]) } else { 0 };
        }
    }
    if dice.percent(50) {
        let value = dice.pick(&["0.1", "0.9"]).to_string();
        draft.settings.push(Setting { table: "costs", key: "holding_rate", value, plain: "-" });
    }
    if dice.percent(35) {
        policy.forecast.push(format!("factor = {:.1}", dice.pick(&[0.4, 1.3, 2.0])));
        if dice.percent(50) {
            let product = dice.place(products.len()) + 1;
            policy.forecast.push(format!("products = {{ \"p{product}\" = {:.1} }}", dice.pick(&[0.0, 0.6, 2.5])));
        }
        if dice.percent(50) {
            let zone = dice.place(zones.len()) + 1;
            policy.forecast.push(format!("zones = {{ \"z{zone}\" = {:.1} }}", dice.pick(&[0.0, 0.7, 3.0])));
        }
    }
    if demand.period.is_none() && dice.percent(50) {
        demand.weekly = true;
        let every = dice.pick(&["1d", "1d", "2d", "3d", "7d"]);
        policy.plan.push(format!("follow = \"season\"\nplan_every = \"{every}\""));
        if dice.percent(25) {
            (demand.yearly, demand.weekly, demand.tenths) = (true, dice.percent(50), dice.pick(&[7, 13]));
            draft.horizon = 45 * DAY;
        }
    }
    if dice.percent(50) {
        let vendor = dice.place(vendors.len()) + 1;
        let change = match dice.from(1, 5) {
            1 => ("replenishment.lead_time_factor".to_string(), dice.pick(&["0.5", "2.0"])),
            2 => (format!("zones.z{}.share", dice.place(zones.len()) + 1), dice.pick(&["0.2", "4.0"])),
            3 if demand.period.is_none() => ("demand.orders_per_day".to_string(), dice.pick(&["0.9", "6.1"])),
            _ => (format!("vendors.v{vendor}.lead_time"), dice.pick(&["0s", "6h", "3d"])),
        };
        draft.shock = Some((change.0, change.1.to_string()));
    }
}

/// Events that change vendors, warehouses, lanes and demand, often at once.
pub fn add_events(dice: &mut Dice, draft: &mut Draft) {
    for number in 1..=dice.from(1, 4) {
        let when = if dice.percent(25) {
            let (every, lasts) = (dice.pick(&[6 * HOUR, DAY, 3 * DAY]), dice.pick(&[6 * HOUR, DAY, 2 * DAY]));
            format!("every = {}\nlasts = {}", quoted(every), quoted(lasts))
        } else {
            let from = dice.pick(&[0, HOUR, 6 * HOUR, DAY, 2 * DAY, 4 * DAY]);
            let lasts = dice.pick(&[HOUR, 6 * HOUR, DAY, 3 * DAY, 8 * DAY]);
            let to = if dice.percent(15) { String::new() } else { format!("\nto = {}", quoted(from + lasts)) };
            format!("from = {}{to}", quoted(from))
        };
        let warehouse = format!("warehouse = \"w{}\"", dice.place(draft.warehouses.len()) + 1);
        let zone = format!("zone = \"z{}\"", dice.place(draft.zones.len()) + 1);
        let effect = match dice.from(1, 7) {
            1 | 2 if !draft.vendors.is_empty() => {
                let vendor = dice.place(draft.vendors.len()) + 1;
                if dice.percent(50) {
                    format!("vendor = \"v{vendor}\"\nstopped = true")
                } else {
                    format!("vendor = \"v{vendor}\"\nlead_time_factor = {:.1}", dice.pick(&[0.5, 1.5, 3.0]))
                }
            }
            3 | 4 => format!("{warehouse}\nshut = true"),
            5 => format!("{warehouse}\n{zone}\nshut = true"),
            6 => format!("{warehouse}\nparcel_cost_factor = {:.1}", dice.pick(&[0.0, 0.5, 1.3, 2.0])),
            _ => format!("{zone}\ndemand_factor = {:.1}", dice.pick(&[0.0, 0.4, 2.0, 5.0])),
        };
        draft.events.push(format!("name = \"e{number}\"\n{when}\n{effect}"));
    }
}
