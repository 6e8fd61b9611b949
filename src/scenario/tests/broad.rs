//! What scenarios say, and what the model then holds.

use super::*;

#[test]
fn what_is_left_out_has_its_default() {
    let model = small("");
    assert_eq!((model.name.as_str(), model.description.as_str()), ("small", ""));
    let run = RunPlan {
        horizon: Span::from_days(90),
        warm_up: WarmUp::Fixed(Span::ZERO),
        run_out: Span::ZERO,
        // `ship_available` is a coin, so replications may differ.
        replications: Replications::Fixed(30),
        seed: 1,
    };
    assert_eq!(model.run, run);
    assert_eq!(model.rules, RuleSettings::default());
    assert_eq!(model.promises, Promises::default());
    assert_eq!(model.costs, CostRates::default());
    assert_eq!(model.sourcing, SourcingSettings::default());
    assert_eq!(model.customers, Customers::default());
    assert_eq!(model.script, Script::default());
    assert_eq!((model.demand, model.trace, model.replenishment), (None, None, None));
    let product = Product {
        id: "whey".into(),
        vendor: None,
        price: Cents::ZERO,
        unit_cost: Cents::ZERO,
        weight_kg: 0.0,
        share: 1.0,
        review_every: 1,
        line_cost: None,
        minimum_units: None,
        max_backorders: None,
        multiple: None,
        substitutes: None,
        bought_with: None,
    };
    assert_eq!(model.products, [product]);
    assert_eq!((model.zones[0].share, model.zones[0].international), (1.0, false));
    assert_eq!(model.warehouses[0].handling, Span::ZERO);
}

#[test]
fn a_scenario_with_every_part_loads() {
    let text = r#"
        #:schema backorder.schema.json
        name = "two warehouses, one vendor late"
        description = "as in the manual"
        [run]
        horizon = "1y"
        warm_up = "auto"
        run_out = "45d"
        replications = { min = 10, max = 2000, half_width = 0.005, of = "order_fill_rate" }
        seed = 7
        [[zones]]
        id = "us-west"
        share = 0.35
        lat = 37.8
        lon = -122.3
        [[warehouses]]
        id = "boise"
        lat = 43.6
        lon = -116.2
        handling = "4h"
        [[lanes]]
        from = "boise"
        to = "us-west"
        parcel_cost = 6.10
        transit = "2d"
        [[vendors]]
        id = "acme"
        lead_time = { gamma = { mean = "6d", cv = 0.5 } }
        expedite = { lead_time = "2d", cost_per_unit = 1.5 }
        disruption = { every = { exponential = { mean = "180d" } }, lasts = "20d" }
        [[products]]
        id = "whey"
        vendor = "acme"
        price = 39.90
        unit_cost = 22.00
        weight_kg = 1.2
        share = 3.0
        substitutes = "protein"
        [[products]]
        id = "casein"
        vendor = "acme"
        substitutes = "protein"
        [[products]]
        id = "shaker"
        vendor = "acme"
        [demand]
        orders_per_day = 900
        lines_per_order = { geometric = { mean = 2.2 } }
        units_per_line = 1
        [replenishment]
        policy = "s-S"
        review = "continuous"
        target = { fill_rate = 0.98 }
        [sourcing]
        policy = "fewest-parcels"
        [customers]
        keep_when_backordered = 0.9
        contact = { probability = 0.1, after = { exponential = { mean = "4d" } } }
        contact_after_mismatch = 0.3
        [rules.cancellation]
        after = "never"
        [costs]
        holding_rate = 0.25
        lost_margin = 1.0
    "#;
    let model = model(text);
    assert_eq!(model.run.warm_up, WarmUp::Auto);
    let of = "order_fill_rate".to_string();
    let half_width = HalfWidth::Absolute(0.005);
    assert_eq!(model.run.replications, Replications::Sequential { min: 10, max: 2000, half_width, of });
    let lane = Lane { warehouse: WarehouseId(0), parcel_cost: Cents(610), transit: Span::from_days(2) };
    assert_eq!(model.zones[0].lanes, [lane]);
    assert_eq!(model.vendors[0].lead_time, Distribution::gamma(518_400.0, 0.5));
    assert_eq!(model.vendors[0].expedite.as_ref().map(|found| found.cost_per_unit), Some(Cents(150)));
    assert_eq!((model.products[0].price, model.products[0].substitutes), (Cents(3990), Some(0)));
    assert_eq!(model.substitute_groups, [[ProductId(0), ProductId(1)]]);
    assert_eq!(model.products[2].substitutes, None);
    assert_eq!(model.rules.cancellation.after, None);
    assert_eq!([false, true].map(|mismatch| model.customers.contact_probability(mismatch)), [0.1, 0.3]);
    assert_eq!(model.replenishment.and_then(|found| found.target), Some(Target::UnitFill(0.98)));
}

#[test]
fn lanes_stand_in_preference_order() {
    let text = r#"
        run = { horizon = "1d" }
        zones = [{ id = "z" }]
        warehouses = [{ id = "a" }, { id = "b" }, { id = "c" }, { id = "d" }]
        lanes = [
            { from = "d", to = "z", parcel_cost = 5, transit = "2d" },
            { from = "c", to = "z", parcel_cost = 5, transit = "1d" },
            { from = "b", to = "z", parcel_cost = 4, transit = "9d" },
            { from = "a", to = "z", parcel_cost = 5, transit = "2d" },
        ]
        products = [{ id = "p" }]
    "#;
    let order: Vec<u32> = model(text).zones[0].lanes.iter().map(|lane| lane.warehouse.0).collect();
    assert_eq!(order, [1, 2, 0, 3]);
}

#[test]
fn without_lanes_distance_makes_them() {
    let text = r#"
        run = { horizon = "1d" }
        zones = [
            { id = "quarter", lat = 0, lon = 90 },
            { id = "abroad", lat = 0, lon = 90, international = true },
        ]
        warehouses = [{ id = "far", lat = 0, lon = 0 }, { id = "there", lat = 0, lon = 90 }]
        products = [{ id = "p" }]
        [shipping]
        parcel_base = 4.0
        km_per_day = 1000
    "#;
    let model = model(text);
    // A quarter of the equator of a sphere of 6,371 km radius: 10,007.5 km.
    let near = Lane { warehouse: WarehouseId(1), parcel_cost: Cents(400), transit: Span::from_days(1) };
    assert_eq!(model.zones[0].lanes[0], near);
    let far = model.zones[0].lanes[1];
    assert_eq!((far.warehouse, far.parcel_cost), (WarehouseId(0), Cents(400 + 1001)));
    assert_eq!(far.transit.0, 86_400 + 864_652);
    let abroad = model.zones[1].lanes[0];
    assert_eq!((abroad.parcel_cost, abroad.transit), (Cents(1900), Span::from_days(5)));
}

#[test]
fn every_distribution_is_read() {
    let lead_time = |text: &str| {
        let vendor = format!("vendors = [{{ id = \"acme\", lead_time = {text} }}]\n");
        small(&vendor).vendors[0].lead_time.clone()
    };
    let day = 86_400.0;
    for (text, expected) in [
        ("\"2d\"", Distribution::Constant(2.0 * day)),
        ("{ deterministic = \"2d\" }", Distribution::Constant(2.0 * day)),
        ("{ exponential = { mean = \"2d\" } }", Distribution::exponential(2.0 * day)),
        ("{ gamma = { mean = \"2d\", cv = 2 } }", Distribution::gamma(2.0 * day, 2.0)),
        ("{ gamma = { mean = \"2d\", cv = 0 } }", Distribution::Constant(2.0 * day)),
        ("{ lognormal = { mean = \"2d\", cv = 1.5 } }", Distribution::lognormal(2.0 * day, 1.5)),
        ("{ weibull = { mean = \"2d\", cv = 0.5 } }", Distribution::weibull(2.0 * day, 0.5)),
        ("{ uniform = { min = \"1d\", max = \"3d\" } }", Distribution::uniform(day, 3.0 * day)),
        ("{ uniform = { min = \"1d\", max = \"1d\" } }", Distribution::Constant(day)),
        (
            "{ triangular = { min = \"1d\", mode = \"1d\", max = \"3d\" } }",
            Distribution::triangular(day, day, 3.0 * day),
        ),
        ("{ normal = { mean = \"2d\", sd = \"1d\" } }", Distribution::normal(2.0 * day, day)),
        ("{ normal = { mean = \"2d\", sd = \"0s\" } }", Distribution::Constant(2.0 * day)),
        ("{ poisson = { mean = \"2d\" } }", Distribution::poisson(2.0 * day)),
        ("{ geometric = { mean = \"2d\" } }", Distribution::geometric(2.0 * day)),
        (
            "{ empirical = { values = [\"1d\", \"3d\"], weights = [2, 1] } }",
            Distribution::empirical(vec![day, 3.0 * day], vec![2.0, 1.0]),
        ),
        (
            "{ empirical = { values = [\"1d\", \"3d\"] } }",
            Distribution::empirical(vec![day, 3.0 * day], vec![1.0, 1.0]),
        ),
    ] {
        assert_eq!(lead_time(text), expected, "{text}");
    }
}

#[test]
fn counts_are_distributed_too() {
    let demand = |lines: &str, units: &str| {
        let text = format!("[demand]\norders_per_day = 9\nlines_per_order = {lines}\nunits_per_line = {units}\n");
        let demand = small(&text).demand.expect("a demand");
        (demand.lines_per_order, demand.units_per_line)
    };
    let one = Distribution::Constant(1.0);
    assert_eq!(
        demand("{ geometric = { mean = 2.2 } }", "{ uniform = { min = 1, max = 3 } }"),
        (Distribution::geometric(2.2), Distribution::uniform(1.0, 3.0))
    );
    let sizes = Distribution::empirical(vec![1.0, 2.0, 5.0], vec![0.5, 0.3, 0.2]);
    assert_eq!(demand("1", "{ empirical = { values = [1, 2, 5], weights = [0.5, 0.3, 0.2] } }"), (one.clone(), sizes));
    assert_eq!(demand("1", "{ poisson = { mean = 2.5 } }"), (one, Distribution::poisson(2.5)));
}

#[test]
fn levels_stand_at_three_places() {
    let text = r#"
        run = { horizon = "1y" }
        zones = [{ id = "z" }]
        warehouses = [{ id = "a" }, { id = "b" }]
        lanes = [{ from = "a", to = "z" }, { from = "b", to = "z" }]
        vendors = [{ id = "v", lead_time = "6d" }]
        products = [{ id = "p", vendor = "v", reorder_point = 3 }, { id = "q", vendor = "v" }]
        [replenishment]
        policy = "r-Q"
        review = "1d"
        reorder_point = -1
        quantity = 10
        [[replenishment.levels]]
        warehouse = "b"
        product = "q"
        quantity = 20
    "#;
    let found = model(text).replenishment.expect("a policy");
    assert_eq!(found.policy, ReplenishmentPolicy::FixedQuantity);
    assert_eq!(found.review, Review::Every(Span::from_days(1)));
    let level = |reorder_point, quantity| Levels { reorder_point, order_up_to: None, quantity };
    assert_eq!(found.general, level(Some(-1), Some(10)));
    assert_eq!(found.by_product, [level(Some(3), None), Levels::default()]);
    assert_eq!(found.by_pair, [(WarehouseId(1), ProductId(1), level(None, Some(20)))]);
}

#[test]
fn a_level_completed_in_every_warehouse_is_complete() {
    let text = |pairs: &str| {
        format!(
            r#"
            run = {{ horizon = "1y" }}
            zones = [{{ id = "z" }}]
            warehouses = [{{ id = "a" }}, {{ id = "b" }}]
            lanes = [{{ from = "a", to = "z" }}, {{ from = "b", to = "z" }}]
            vendors = [{{ id = "v", lead_time = "6d" }}]
            products = [{{ id = "p", vendor = "v", quantity = 5 }}]
            [replenishment]
            policy = "r-Q"
            levels = [{pairs}]
            "#
        )
    };
    let a = "{ warehouse = \"a\", product = \"p\", reorder_point = 1 }";
    let b = "{ warehouse = \"b\", product = \"p\", reorder_point = 2 }";
    assert_eq!(codes(&text(a), &[], &[]), ["missing-level"]);
    assert_eq!(codes(&text(&format!("{a}, {b}")), &[], &[]), [""; 0]);
}

#[test]
fn scripted_rows_are_read_in_order() {
    let model = small(
        r#"
        stock = [{ warehouse = "boise", product = "whey", units = 0 }]
        receipts = [{ at = "3d", warehouse = "boise", product = "whey", units = 10 }]
        orders = [
            { at = "1d6h", zone = "home", lines = [{ product = "whey", units = 2 }, { product = "whey" }] },
            { at = "1h", zone = "home", lines = [{ product = "whey" }] },
        ]
        contacts = [{ at = "2d", order = 1, line = 7, wants = "swap" }]
        "#,
    );
    let (boise, whey) = (WarehouseId(0), ProductId(0));
    assert_eq!(model.script.stock, Some(vec![StockRow { warehouse: boise, product: whey, units: 0 }]));
    let receipt = ScriptedReceipt { at: SimTime(3 * DAY), warehouse: boise, product: whey, units: 10 };
    assert_eq!(model.script.receipts, [receipt]);
    let line = |units| OrderedLine { product: whey, units };
    assert_eq!(model.script.orders[0].at, SimTime(108_000));
    assert_eq!(model.script.orders[0].lines, [line(2), line(1)]);
    assert_eq!(model.script.orders[1].lines, [line(1)]);
    let contact = ScriptedContact { at: SimTime(2 * DAY), order: 1, line: 7, wants: Wish::Swap };
    assert_eq!(model.script.contacts, [contact]);
}

#[test]
fn a_contact_may_name_an_order_yet_to_be_generated() {
    let contact = "contacts = [{ at = \"2d\", order = 9, line = 1, wants = \"remove\" }]\n";
    assert_eq!(codes(&format!("{SMALL}{contact}"), &[], &[]), ["dangling"]);
    assert_eq!(small(&format!("{contact}[demand]\norders_per_day = 5\n")).script.contacts[0].order, 9);
}

#[test]
fn one_replication_is_enough_where_nothing_is_random() {
    let fixed = "[rules.split]\nship_available = 1.0\n";
    assert_eq!(small(fixed).run.replications, Replications::Fixed(1));
    let demand = "[demand]\norders_per_day = 5\n";
    assert_eq!(small(&format!("{fixed}{demand}")).run.replications, Replications::Fixed(30));
    let notice = "[rules.notice]\ndelay = { exponential = { mean = \"2h\" } }\n";
    assert_eq!(small(&format!("{fixed}{notice}")).run.replications, Replications::Fixed(30));
    let asked = SMALL.replace("horizon", "replications = 4, horizon");
    assert_eq!(model(&format!("{asked}{demand}")).run.replications, Replications::Fixed(4));
}

#[test]
fn settings_change_the_scenario_before_it_is_checked() {
    let text = format!("{SMALL}\nvendors = [{{ id = \"acme\", lead_time = \"6d\" }}]\n");
    let model = model_with(
        &text,
        &[],
        &[
            ("rules.split.ship_available", "0.5"),
            ("rules.cancellation.after", "never"),
            ("run.seed", "3"),
            ("vendors.acme.lead_time", "{ exponential = { mean = \"9d\" } }"),
            ("products.0.price", "12.5"),
            ("zones.\"home\".share", "2"),
            ("name", "renamed scenario"),
        ],
    );
    assert_eq!((model.rules.split.ship_available, model.rules.cancellation.after), (0.5, None));
    assert_eq!((model.run.seed, model.name.as_str()), (3, "renamed scenario"));
    assert_eq!(model.vendors[0].lead_time, Distribution::exponential(777_600.0));
    assert_eq!((model.products[0].price, model.zones[0].share), (Cents(1250), 2.0));
}

#[test]
fn the_last_of_two_settings_wins() {
    assert_eq!(model_with(SMALL, &[], &[("run.seed", "3"), ("run.seed", "4")]).run.seed, 4);
}

#[test]
fn an_assortment_is_made_up() {
    let text = |seed: u64, run_seed: u64| {
        format!(
            r#"
            run = {{ horizon = "1y", seed = {run_seed} }}
            zones = [{{ id = "z" }}]
            warehouses = [{{ id = "a" }}]
            lanes = [{{ from = "a", to = "z" }}]
            vendors = [{{ id = "v", lead_time = "6d" }}, {{ id = "w", lead_time = "6d" }}]
            [products.generate]
            count = 1000
            seed = {seed}
            prefix = "sku-"
            popularity = {{ zipf = 0.8 }}
            price = {{ lognormal = {{ mean = 30, cv = 0.6 }} }}
            margin = 0.4
            weight_kg = {{ uniform = {{ min = 0.2, max = 2.0 }} }}
            vendors = {{ v = 3, w = 1 }}
            substitutes = {{ group_size = 5 }}
            bought_with = {{ group_size = 4 }}
            "#
        )
    };
    let made = model(&text(1, 1)).products;
    assert_eq!(made, model(&text(1, 2)).products, "another run has the same assortment");
    assert_ne!(made, model(&text(2, 1)).products);
    assert_eq!((made[0].id.as_str(), made[999].id.as_str()), ("sku-0001", "sku-1000"));
    assert!((made[1].share / made[0].share - 2_f64.powf(-0.8)).abs() < 1e-12);
    let mean_price = made.iter().map(|product| product.price.decimal()).sum::<f64>() / 1000.0;
    assert!((mean_price - 30.0).abs() < 2.0, "{mean_price}");
    assert!(made.iter().all(|product| (product.unit_cost.0 - product.price.0 * 6 / 10).abs() <= 1));
    assert!(made.iter().all(|product| (0.2..=2.0).contains(&product.weight_kg)));
    let of_v = made.iter().filter(|product| product.vendor == Some(VendorId(0))).count();
    assert!((700..800).contains(&of_v), "{of_v}");
    let model = model(&text(1, 1));
    assert_eq!((model.substitute_groups.len(), model.affinity_groups.len()), (200, 250));
    assert_eq!(model.substitute_groups[0], [0, 1, 2, 3, 4].map(ProductId));
    assert_eq!(model.affinity_groups[0], [0, 250, 500, 750].map(ProductId));
    for (index, product) in made.iter().enumerate() {
        let group = product.bought_with.expect("every product is in a group");
        assert!(model.affinity_groups[group as usize].contains(&ProductId::from_index(index)));
    }
}
