//! Orders drawn in blocks are those drawn one by one.

use super::{Ahead, BLOCK, Generated, LineBuffers, another_product};
use crate::domain::{DAY, Model, OrderedLine, SimTime, ZoneId};
use crate::engine::Plan;
use crate::random::{Family, Purpose, Stream};
use crate::scenario::{Files, load};

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<String, String> {
        Err("the scenario stands on its own".into())
    }
}

/// A scenario with so many zones, one or two, and products, in groups of three that are bought together, and this demand.
fn scenario(horizon: &str, zones: usize, products: u32, demand: &str) -> String {
    let only_zone = "zones = [{ id = \"a\" }]\n\
         lanes = [\n\
         { from = \"far\", to = \"a\", parcel_cost = 4.0, transit = \"1d\" },\n\
         { from = \"near\", to = \"a\", parcel_cost = 5.0, transit = \"1d\" },\n\
         ]\n";
    let two_zones = "zones = [{ id = \"a\", share = 2 }, { id = \"b\", share = 3 }]\n\
         lanes = [\n\
         { from = \"far\", to = \"b\", parcel_cost = 4.0, transit = \"1d\" },\n\
         { from = \"near\", to = \"a\", parcel_cost = 5.0, transit = \"1d\" },\n\
         { from = \"near\", to = \"b\", parcel_cost = 6.0, transit = \"1d\" },\n\
         ]\n";
    format!(
        "run = {{ horizon = \"{horizon}\", replications = 1, seed = 5 }}\n\
         warehouses = [{{ id = \"near\" }}, {{ id = \"far\" }}]\n\
         {}\
         demand = {{ orders_per_day = 40, {demand} }}\n\
         products = [{}]\n",
        [only_zone, two_zones][zones - 1],
        (0..products)
            .map(|product| format!(
                "{{ id = \"p{product}\", share = {}, bought_with = \"g{}\" }}",
                1 + product % 4,
                product / 3
            ))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

fn model(text: &str) -> Model {
    load("blocks.toml", text, &NoFiles, &[]).unwrap_or_else(|wrong| panic!("{wrong}")).model
}

/// What the first orders ask for, drawn one line after the other as the definition has it.
fn one_by_one(plan: &Plan<'_>, orders: u64) -> Vec<(ZoneId, Vec<OrderedLine>)> {
    let demand = plan.demand.as_ref().unwrap();
    let contents = Family::new(plan.model.run.seed, 0, Purpose::OrderContents);
    let order = |number| {
        let mut stream = contents.of(number);
        let zone = ZoneId(demand.zones.draw(&mut stream));
        let mut lines = Vec::new();
        for _ in 0..demand.lines.draw(&mut stream) {
            let product = another_product(plan.model, demand, &lines, &mut stream);
            lines.push(OrderedLine { product, units: demand.units.draw(&mut stream) });
        }
        (zone, lines)
    };
    (1..=orders).map(order).collect()
}

#[test]
fn a_block_asks_for_what_its_orders_ask_for_one_by_one() {
    let geometric = |mean: f64| format!("lines_per_order = {{ geometric = {{ mean = {mean} }} }}");
    for (zones, products, demand) in [
        (1, 40, "lines_per_order = 1".to_string()),
        (1, 40, "lines_per_order = 1, units_per_line = 3".to_string()),
        (1, 40, "lines_per_order = 1, units_per_line = { geometric = { mean = 1.5 } }".to_string()),
        (2, 40, "lines_per_order = 1".to_string()),
        (2, 40, "lines_per_order = 3, units_per_line = { geometric = { mean = 1.5 } }".to_string()),
        (1, 40, geometric(2.2)),
        (2, 40, geometric(2.2)),
        // So few that a product is drawn again in nearly every order, near by and far off.
        (2, 9, geometric(4.5)),
        (2, 12, "lines_per_order = 12, units_per_line = { uniform = { min = 1, max = 5 } }".to_string()),
        (2, 12, geometric(3.0) + ", affinity = 0.6"),
    ] {
        let model = model(&scenario("20d", zones, products, &demand));
        let plan = Plan::new(&model);
        let mut generated = Generated::new(&plan, None, 0, LineBuffers::default());
        let blocks = 20;
        let mut drawn = Vec::new();
        let mut came = SimTime::ZERO;
        for _ in 0..blocks {
            assert!(generated.is_used_up());
            let next = generated.next();
            generated.draw(&plan.nearest);
            assert_eq!(generated.next(), next, "an order does not move when it is drawn");
            for order in generated.ahead() {
                assert!(order.at >= came);
                came = order.at;
                let nearest = plan.nearest[order.zone.index()].warehouse;
                let shelves = order.lines.iter().map(|line| (line.product.index() * 2 + nearest.index()) as u32);
                assert_eq!(order.shelves, shelves.collect::<Vec<_>>(), "{demand}");
                drawn.push((order.zone, order.lines.to_vec()));
            }
            if generated.have_one_line_each() {
                let pair = |order: Ahead<'_>| (order.at, order.zone, order.lines.to_vec(), order.shelves.to_vec());
                assert!(generated.ahead_of_one_line().map(pair).eq(generated.ahead().map(pair)), "{demand}");
            }
            for taken in 1..=BLOCK {
                generated.take(1);
                assert_eq!(generated.ahead().count(), BLOCK - taken);
            }
            assert_eq!(generated.count(), drawn.len() as u64);
        }
        assert_eq!(drawn, one_by_one(&plan, (blocks * BLOCK) as u64), "{demand}");
    }
}

#[test]
fn orders_come_at_the_points_of_their_process_however_long_the_run() {
    // Beyond 136 years a second needs more than 32 bits.
    for (horizon, orders) in [("20d", 4 * BLOCK), ("136y", 4 * BLOCK), ("300y", 40 * 365 * 300)] {
        let model = model(&scenario(horizon, 1, 3, "lines_per_order = 1"));
        let plan = Plan::new(&model);
        let mut generated = Generated::new(&plan, None, 0, LineBuffers::default());
        let mut gaps = Stream::new(model.run.seed, 0, Purpose::Arrivals, 0);
        let mut seconds = 0.0;
        for _ in 0..orders {
            if generated.is_used_up() {
                generated.draw(&plan.nearest);
            }
            seconds += gaps.exponential() / (40.0 / DAY as f64);
            assert_eq!(generated.next(), SimTime(seconds as i64), "{horizon}");
            generated.take(1);
        }
    }
}
