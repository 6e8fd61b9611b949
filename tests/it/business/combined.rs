//! Where settings meet: a budget and the end of its month, can-order levels and levels that change, reviews and a vendor's days off. Each
//! worked out by hand, but for the season, where every decision is held against the levels planned for its day.

use std::collections::BTreeMap;

use backorder::domain::{ProductId, SimTime};
use backorder::engine::{Observer, Occurrence, Plan};
use backorder::experiment::planned;
use serde_json::Value;

use crate::support::replay::{self, NoFiles, load};

const DAY: i64 = 86_400;

/// One warehouse without vendors, products or demand.
const PLACE: &str = "zones = [{ id = \"home\" }]\nwarehouses = [{ id = \"boise\" }]\n\
                     lanes = [{ from = \"boise\", to = \"home\" }]\ncustomers = { keep_when_backordered = 1.0 }\n";

/// Events of a kind as half days, products and units.
fn told(text: &str, event: &str) -> Vec<(f64, String, u64)> {
    let told = replay::run("combined.toml", &format!("{PLACE}{text}"), &NoFiles);
    assert!(told.breaches.is_empty(), "{:?}\n{}", told.breaches, told.told());
    let is_it = |line: &&Value| line["event"] == event;
    let of = |line: &Value| {
        let at = line["t"].as_i64().expect("a time") as f64 / DAY as f64;
        let product = line["product"].as_str().unwrap_or_default().to_string();
        (at, product, line["units"].as_u64().unwrap_or(0))
    };
    told.trace.iter().filter(is_it).map(of).collect()
}

fn only(product: &str, of: &[(f64, u64)]) -> Vec<(f64, String, u64)> {
    of.iter().map(|&(at, units)| (at, product.to_string(), units)).collect()
}

#[test]
fn a_months_budget_is_there_again_when_the_month_is_over() {
    // Two a day at noon; twenty are ordered at the reorder point of 6, and looked at with every sale. They cost the whole budget of 40.
    // The months end after 30 days and 10 hours, 60 days and 20 hours, 91 days and 6 hours.
    let shop = |more: &str| {
        format!(
            "run = {{ horizon = \"100d\" }}\n\
             vendors = [{{ id = \"acme\", lead_time = \"10d\", expedite = {{ lead_time = \"2d\", cost_per_unit = 2.0{more} }} }}]\n\
             products = [{{ id = \"whey\", vendor = \"acme\" }}]\n\
             replenishment = {{ policy = \"s-S\", reorder_point = 6, order_up_to = 26 }}\n\
             demand = {{ period = \"1d\", at = \"12h\", units_per_period = 2 }}\n\
             costs = {{ backorder_per_unit_day = 1.0 }}\n\
             stock = [{{ warehouse = \"boise\", product = \"whey\", units = 12 }}]\n"
        )
    };
    let expedited = |more: &str| told(&shop(more), "replenishment-expedited");
    let once_a_month = only("whey", &[(3.5, 20), (33.5, 20), (63.5, 20), (93.5, 20)]);
    assert_eq!(expedited(", budget_per_month = 40.0"), once_a_month);
    assert_eq!(expedited(", budget_per_month = 40.0, when = \"worth-it\""), once_a_month);
    assert_eq!(expedited(", budget_per_month = 79.99"), once_a_month, "what is left of a month is lost");
    assert_eq!(expedited(", budget_per_month = 39.99"), []);
    assert_eq!(expedited("").len(), 10, "and without one, each of them");
    // Sales at nine, an order at the end of the first month: day 30 at nine is still of it, day 40 is of the second.
    let later =
        shop(", budget_per_month = 40.0").replace("units = 12", "units = 66").replace("at = \"12h\"", "at = \"9h\"");
    let at_nine = told(&later, "replenishment-expedited");
    assert_eq!(at_nine[..2].iter().map(|it| it.0).collect::<Vec<_>>(), [30.375, 40.375]);
}

#[test]
fn a_can_order_level_is_that_of_the_levels_in_force() {
    // From day 30 on soy is kept between 8 and 60, so that it may join at 34 and below; before, between 4 and 24, at 14.
    let text = "run = { horizon = \"60d\" }\nvendors = [{ id = \"acme\", lead_time = \"2d\" }]\n\
                products = [{ id = \"whey\", vendor = \"acme\" }, { id = \"soy\", vendor = \"acme\" }]\n\
                demand = { period = \"1d\", at = \"12h\", units_per_period = 2 }\n\
                [replenishment]\npolicy = \"s-S\"\ncan_order = 0.5\nlevels = [\n\
                { warehouse = \"boise\", product = \"whey\", reorder_point = 6, order_up_to = 26 },\n\
                { warehouse = \"boise\", product = \"soy\", reorder_point = 4, order_up_to = 24 },\n\
                { warehouse = \"boise\", product = \"soy\", from = \"30d\", reorder_point = 8, order_up_to = 60 },\n]\n";
    let ordered = told(text, "replenishment-ordered");
    let of = |product: &str| ordered.iter().filter(|it| it.1 == product).cloned().collect::<Vec<_>>();
    // Both reach their reorder points on days 9, 19 and 29. Then soy is at 24 and below no level of either kind until day 37, when it is
    // at 8 and takes whey with it, which is at 10 and may join at 16. On day 47 whey is at 6 and soy at 40; on day 57 soy is at 20.
    let before = [(9.5, 20), (19.5, 20), (29.5, 20)];
    assert_eq!(of("soy"), only("soy", &[&before[..], &[(37.5, 52), (57.5, 40)]].concat()));
    assert_eq!(of("whey"), only("whey", &[&before[..], &[(37.5, 16), (47.5, 20), (57.5, 20)]].concat()));
}

#[test]
fn a_review_on_a_vendors_day_off_waits_for_the_next_working_day() {
    // Reviews on days 6 (Sunday), 12 (Saturday), 18, …; soy at every second one. What is ordered is dispatched on Monday.
    let text = "run = { horizon = \"26d\" }\n\
                vendors = [{ id = \"acme\", lead_time = \"1d\", working_days = \"mon-fri\", consolidate = \"0s\" }]\n\
                products = [{ id = \"whey\", vendor = \"acme\" }, { id = \"soy\", vendor = \"acme\", review_every = 2 }]\n\
                replenishment = { policy = \"periodic-R-S\", review = \"6d\", order_up_to = 26 }\n\
                demand = { period = \"1d\", at = \"12h\", units_per_period = 2 }\n";
    let of = |event: &str, product: &str| -> Vec<(f64, u64)> {
        told(text, event).into_iter().filter(|it| it.1 == product).map(|it| (it.0, it.2)).collect()
    };
    assert_eq!(of("replenishment-ordered", "whey"), [(6.0, 12), (12.0, 12), (18.0, 12), (24.0, 12)]);
    assert_eq!(of("purchase-order-dispatched", "whey"), [(7.0, 12), (14.0, 12), (18.0, 12), (24.0, 12)]);
    assert_eq!(of("replenishment-ordered", "soy"), [(12.0, 24), (24.0, 24)]);
    assert_eq!(of("receipt", "soy"), [(15.0, 24), (25.0, 24)]);
}

/// By product the position before an order and the units ordered.
type Ordered = BTreeMap<ProductId, (i64, u32)>;

/// Inventory positions, and what joint orders did at which of them.
#[derive(Default)]
struct Positions {
    now: BTreeMap<ProductId, i64>,
    orders: Vec<(SimTime, Ordered)>,
}

impl Observer for Positions {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::LinePlaced { product, units, .. } => {
                *self.now.get_mut(&product).expect("a product") -= i64::from(units);
            }
            Occurrence::PurchaseOrderPlaced { .. } => {
                self.orders.push((now, self.now.iter().map(|(&product, &at)| (product, (at, 0))).collect()));
            }
            Occurrence::ReplenishmentOrdered { product, units, .. } => {
                let (_, order) = self.orders.last_mut().expect("it is a line of one");
                order.get_mut(&product).expect("a product").1 = units;
                *self.now.get_mut(&product).expect("a product") += i64::from(units);
            }
            _ => {}
        }
    }
}

#[test]
fn can_order_levels_follow_the_season() {
    let text = "run = { horizon = \"300d\", replications = 1, seed = 3 }\n\
                vendors = [{ id = \"acme\", lead_time = \"2d\", order_cost = 5.0 }]\n\
                products = [{ id = \"whey\", vendor = \"acme\", unit_cost = 40.0 }, { id = \"soy\", vendor = \"acme\", unit_cost = 40.0, share = 0.4 }]\n\
                costs = { holding_rate = 0.25 }\n\
                demand = { orders_per_day = 6, yearly = [1, 3, 3, 1, 1, 1, 4, 1, 1, 1, 1, 1] }\n\
                replenishment = { policy = \"s-S\", target = { fill_rate = 0.95 }, follow = \"season\", can_order = 0.5 }\n";
    let model = load("season.toml", &format!("{PLACE}{text}"), &NoFiles);
    let rows = planned(&model);
    let levels = |product: ProductId, at: SimTime| {
        let row = rows.iter().rfind(|row| row.product == product && row.from <= at).expect("a row of levels");
        (i64::from(row.levels.reorder_point.expect("s")), i64::from(row.levels.order_up_to.expect("S")))
    };
    let mut positions = Positions::default();
    for product in [ProductId(0), ProductId(1)] {
        positions.now.insert(product, levels(product, SimTime::ZERO).1);
    }
    Plan::new(&model).run(0, &mut positions).expect("it runs");
    let (mut joined, mut left, mut of_which_levels) = (0, 0, BTreeMap::new());
    for (at, order) in &positions.orders {
        for (&product, &(position, units)) in order {
            let (low, high) = levels(product, *at);
            let can_order = low + (high - low + 1) / 2;
            let (is_wanted, may_join) = (position <= low, position <= can_order);
            let is_at_the_edge = (position - can_order).abs() <= 1; // Which way half a unit is rounded is another test's.
            if units > 0 {
                assert!(may_join || is_at_the_edge, "{product:?} at {position} joined on {at:?}, of {low} and {high}");
                assert_eq!(i64::from(units), high - position, "{product:?} on {at:?}");
            } else {
                assert!(
                    !may_join || is_at_the_edge,
                    "{product:?} at {position} did not join on {at:?}, of {low} and {high}"
                );
            }
            joined += i64::from(units > 0 && !is_wanted);
            left += i64::from(units == 0);
            *of_which_levels.entry((product, high)).or_insert(0) += 1;
        }
    }
    assert!(joined > 5 && left > 2, "{joined} joined and {left} did not of {} orders", positions.orders.len());
    assert!(of_which_levels.len() > 4, "the season came to {of_which_levels:?}");
}
