//! What events make of unit costs and prices: the money of random scenarios, added up once more from their traces.

use std::collections::BTreeSet;

use backorder::experiment::{Settings, replicate};
use backorder::measures::Metric;
use serde_json::Value;

use super::dice::Dice;
use super::draft::{Draft, Setting, quoted};
use super::generator;
use crate::support::replay::{NoFiles, load, replay};

/// Random scenarios it is tried on.
const TRIED: u64 = 200;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// A change of unit costs or prices.
struct Change {
    from: i64,
    to: i64,
    /// A product, the products of a vendor, or all.
    product: Option<usize>,
    vendor: Option<usize>,
    is_of_cost: bool,
    factor: f64,
}

impl Change {
    fn new(dice: &mut Dice, draft: &Draft) -> Self {
        let from = dice.pick(&[0, HOUR, DAY, DAY, 2 * DAY, 4 * DAY]);
        let is_of_cost = dice.percent(50);
        let of_product = dice.percent(50);
        Self {
            from,
            to: from + dice.pick(&[HOUR, DAY, 2 * DAY, 20 * DAY]),
            product: of_product.then(|| dice.place(draft.products.len())),
            vendor: (!of_product && is_of_cost && !draft.vendors.is_empty() && dice.percent(50))
                .then(|| dice.place(draft.vendors.len())),
            is_of_cost,
            factor: dice.pick(&[0.0, 0.815, 1.235, 2.0]),
        }
    }

    fn row(&self) -> String {
        let mut row = format!("from = {}\nto = {}\n", quoted(self.from), quoted(self.to));
        if let Some(product) = self.product {
            row += &format!("product = \"p{}\"\n", product + 1);
        }
        if let Some(vendor) = self.vendor {
            row += &format!("vendor = \"v{}\"\n", vendor + 1);
        }
        row + &format!("{}_factor = {}", if self.is_of_cost { "unit_cost" } else { "price" }, self.factor)
    }

    fn concerns(&self, draft: &Draft, product: usize, at: i64) -> bool {
        (self.from..self.to).contains(&at)
            && self.product.is_none_or(|only| only == product)
            && self.vendor.is_none_or(|only| only == draft.products[product].vendor)
    }
}

/// A draft whose units cost something and sell at more, all of whose orders are measured.
fn priced(dice: &mut Dice, seed: u64) -> Draft {
    let mut draft = generator::draft(seed);
    (draft.shock, draft.warm_up, draft.run_out) = (None, 0, 0);
    draft.waiting.clear();
    draft.events.clear();
    draft.orders.iter_mut().for_each(|order| order.due_after = 0);
    draft.demand.iter_mut().for_each(|demand| demand.due_after = 0);
    for product in &mut draft.products {
        product.unit_cost = dice.pick(&[1, 2, 7]);
        product.price = product.unit_cost + dice.pick(&[1, 3, 8]);
    }
    for (key, value) in [("purchase", "true"), ("lost_margin", "0.5")] {
        draft.settings.retain(|setting| (setting.table, setting.key) != ("costs", key));
        draft.settings.push(Setting { table: "costs", key, value: value.to_string(), plain: "-" });
    }
    draft
}

/// What was bought and what was lost, in cents, and how many orders were asked for.
fn added_up(draft: &Draft, changes: &[Change], trace: &[Value]) -> (i64, i64, usize) {
    let (mut bought, mut lost, mut orders) = (0, 0, BTreeSet::new());
    for event in trace {
        let text = |field: &str| event[field].as_str().unwrap_or_default();
        let at = event["t"].as_i64().expect("an event has its second");
        if matches!(text("event"), "order-placed" | "lost-at-display") {
            orders.insert(event["order"].as_u64());
        }
        let Some(product) = text("product").strip_prefix('p').and_then(|number| number.parse::<usize>().ok()) else {
            continue;
        };
        let (product, units) = (product - 1, event["units"].as_i64().unwrap_or(0));
        let now = |usual: i64, is_of_cost: bool| {
            let on = changes.iter().filter(|change| change.concerns(draft, product, at));
            let factor: f64 = on.filter(|change| change.is_of_cost == is_of_cost).map(|change| change.factor).product();
            ((usual * 100) as f64 * factor).round_ties_even() as i64
        };
        let (cost, price) = (now(draft.products[product].unit_cost, true), now(draft.products[product].price, false));
        match text("event") {
            "receipt" if !event["purchase_order"].is_null() => bought += units * cost,
            "lost-at-display" | "line-removed" | "line-auto-cancelled" => lost += units * (price - cost),
            _ => {}
        }
    }
    (bought, lost, orders.len())
}

#[test]
fn what_is_bought_and_lost_is_worth_what_it_costs_and_sells_at_in_its_second() {
    let (mut dearer, mut lesser) = (0, 0);
    for seed in 0..TRIED {
        let mut dice = Dice::new(seed);
        let mut draft = priced(&mut dice, 4_000_000 + seed);
        let changes: Vec<Change> = (0..dice.from(1, 4)).map(|_| Change::new(&mut dice, &draft)).collect();
        draft.events = changes.iter().map(Change::row).collect();
        let text = draft.to_toml();
        let model = load("prices.toml", &text, &NoFiles);
        let told = replay(&model);
        assert!(told.breaches.is_empty(), "seed {seed}: {:?}", told.breaches);
        let results = replicate(&model, &Settings { jobs: Some(1), ..Settings::default() }).expect("it runs");
        let (bought, lost, orders) = added_up(&draft, &changes, &told.trace);
        if orders == 0 {
            continue; // Costs are those of an order.
        }
        for (metric, cents) in
            [(Metric::CostPerOrderPurchase, bought as f64), (Metric::CostPerOrderLostMargin, 0.5 * lost as f64)]
        {
            let found = results.estimate(metric).expect("it is measured").mean * orders as f64 * 100.0;
            assert!((found - cents).abs() < 1e-3, "seed {seed}: {metric:?} is {found} cents, not {cents}, in\n{text}");
        }
        let usual = added_up(&draft, &[], &told.trace);
        dearer += u64::from(bought != usual.0);
        lesser += u64::from(lost != usual.1);
    }
    assert!(dearer * 20 >= TRIED && lesser * 4 >= TRIED, "{dearer} and {lesser} of {TRIED} change something");
}
