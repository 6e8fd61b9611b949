//! Random drafts: small networks and little stock, so that much is out, and few distinct instants, so that much
//! happens in one second.

use super::dice::Dice;
use super::draft::{
    ContactRow, DemandRow, Draft, HIGHEST_POINT, LaneRow, LevelRow, OrderMinimumRow, OrderRow, Policy, ProductRow,
    ReceiptRow, Setting, StockRow, UnderwayRow, VendorRow, quoted,
};
use super::planning::{add_events, add_plan};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// The draft of a seed.
pub fn draft(seed: u64) -> Draft {
    thrown(&mut Dice::new(seed))
}

/// The draft that dice throw.
pub fn thrown(dice: &mut Dice) -> Draft {
    // Wide ones put sourcing to the test: more places, more products, longer orders.
    let wide = dice.percent(25);
    let zones: Vec<bool> = (0..dice.from(1, 4)).map(|_| dice.percent(30)).collect();
    let places = if wide { dice.from(3, 5) } else { dice.from(1, 4) };
    let warehouses: Vec<i64> = (0..places).map(|_| dice.pick(&[0, 0, 0, HOUR, DAY])).collect();
    let mut lanes = lanes(dice, warehouses.len(), zones.len());
    if lanes.is_empty() {
        lanes.push(LaneRow { from: 0, to: 0, cents: 500, transit: DAY });
    }
    let products = if wide { dice.from(4, 7) } else { dice.from(1, 6) } as usize;
    let replenishment = dice.percent(40).then(|| policy(dice, warehouses.len(), products));
    let vendors: Vec<VendorRow> =
        if replenishment.is_some() { (0..dice.from(1, 2)).map(|_| vendor(dice)).collect() } else { vec![] };
    let part = replenishment.as_ref().is_some_and(|policy| policy.general.is_some() && takes_two_levels(policy.name));
    let products: Vec<ProductRow> = (0..products)
        .map(|_| ProductRow {
            vendor: dice.place(vendors.len().max(1)),
            group: dice.percent(85).then(|| dice.place(2)),
            levels: dice.percent(15).then(|| levels(dice, part)),
            unit_cost: 0,
            price: 0,
            review_every: 1,
            most: None,
            target: None,
        })
        .collect();

    // Few instants: the same ones for orders, receipts and contacts.
    let step = dice.pick(&[HOUR, 6 * HOUR, DAY, DAY]);
    let instants: Vec<i64> = (0..dice.from(2, 6)).map(|_| step * dice.from(0, 8)).collect();
    let limit = dice.pick(&[0, DAY, DAY, 2 * DAY, 2 * DAY, 3 * DAY, 5 * DAY, 5 * DAY]);
    let moment = |dice: &mut Dice| {
        let around = if dice.percent(25) { limit + dice.from(0, 2) } else { dice.pick(&[0, 0, 0, 0, 1]) };
        dice.pick(&instants) + around
    };

    let mut stock = vec![];
    let share = dice.pick(&[25, 50, 75]);
    for warehouse in 0..warehouses.len() {
        for product in 0..products.len() {
            if dice.percent(share) {
                stock.push(StockRow { warehouse, product, units: dice.pick(&[0, 1, 1, 2, 2, 3, 5]) });
            }
        }
    }
    if replenishment.is_some() && dice.percent(30) {
        stock.clear();
    }
    let receipts = (0..dice.from(0, 14))
        .map(|_| ReceiptRow {
            at: moment(dice),
            warehouse: dice.place(warehouses.len()),
            product: dice.place(products.len()),
            units: dice.from(1, 4),
        })
        .collect();
    let orders: Vec<OrderRow> = (0..dice.from(1, 12))
        .map(|_| {
            let mut lines = vec![];
            let wanted = dice.pick(&[1, 1, 2, 2, 3, 3, 4, 5]);
            for _ in 0..if wide { (wanted + 2).min(6) } else { wanted } {
                let product = dice.place(products.len());
                let repeated = lines.iter().any(|&(other, _)| other == product);
                if !repeated || dice.percent(30) {
                    lines.push((product, dice.pick(&[1, 1, 1, 2, 2, 3])));
                }
            }
            OrderRow { at: moment(dice), zone: dice.place(zones.len()), lines, due_after: 0, class: 0 }
        })
        .collect();
    let contacts = (0..dice.from(0, 10))
        .map(|_| {
            let order = dice.place(orders.len());
            let beyond = i64::from(dice.percent(30));
            let line = dice.from(1, orders[order].lines.len() as i64 + beyond) as usize;
            ContactRow { at: orders[order].at.max(moment(dice)), order, line, swap: dice.percent(60) }
        })
        .collect();
    let mut draft = Draft {
        shock: None,
        horizon: dice.pick(&[3 * DAY, 15 * DAY, 15 * DAY, 15 * DAY]),
        warm_up: dice.pick(&[0, 0, DAY]),
        run_out: dice.pick(&[0, 0, DAY]),
        zones,
        docks: vec![String::new(); warehouses.len()],
        warehouses,
        lanes,
        vendors,
        products,
        stock,
        receipts,
        orders,
        contacts,
        underway: vec![],
        waiting: vec![],
        events: vec![],
        holidays: None,
        classes: vec![],
        reserve: None,
        promise: None,
        replenishment,
        demand: None,
        settings: settings(dice, limit),
    };
    add_chance(dice, &mut draft);
    if dice.percent(30) {
        add_events(dice, &mut draft);
    }
    if dice.percent(25) {
        add_docks(dice, &mut draft);
    }
    if draft.warm_up == 0 && dice.percent(35) {
        add_book(dice, &mut draft, limit);
    }
    if dice.percent(10) {
        add_large_orders(dice, &mut draft);
    }
    if dice.percent(30) {
        add_dates(dice, &mut draft);
    }
    if dice.percent(20) {
        add_classes(dice, &mut draft);
    }
    if dice.percent(15) {
        for product in &mut draft.products {
            product.most = dice.percent(60).then(|| dice.from(0, 3));
        }
    }
    if dice.percent(50) {
        add_joint_orders(dice, &mut draft);
    }
    if dice.percent(40) {
        add_weighing(dice, &mut draft);
    }
    if dice.percent(40) {
        add_working(dice, &mut draft);
    }
    if dice.percent(60) {
        draft.reevaluate();
        if dice.percent(90) {
            add_gathering(dice, &mut draft);
        }
    }
    add_plan(dice, &mut draft);
    if dice.percent(15) {
        draft.holidays = Some(dice.pick(&["[\"0d\", \"2d\"]", "[\"1d\"]"]));
    }
    draft
}

/// Orders that gather their lines in several warehouses, one of which has all of them in the end.
pub fn add_gathering(dice: &mut Dice, draft: &mut Draft) {
    draft.set("rules.split", "ship_available", "0.0");
    for _ in 0..dice.from(1, 3) {
        let zone = dice.place(draft.zones.len());
        let mut places: Vec<usize> = draft.lanes.iter().filter(|lane| lane.to == zone).map(|lane| lane.from).collect();
        if draft.zones[zone] || places.len() < 2 || draft.products.len() < 2 {
            continue;
        }
        let here = places.remove(dice.place(places.len()));
        let there = places[dice.place(places.len())];
        let first = dice.place(draft.products.len());
        let second = (first + 1 + dice.place(draft.products.len() - 1)) % draft.products.len();
        let (at, units) = (DAY * dice.from(0, 2), dice.from(1, 2));
        // It is to wait for both.
        for row in draft.stock.iter_mut().filter(|row| [first, second].contains(&row.product)) {
            row.units = 0;
        }
        draft.orders.push(OrderRow { at, zone, lines: vec![(first, units), (second, 1)], due_after: 0, class: 0 });
        let mut comes = |after, warehouse, product, units| {
            draft.receipts.push(ReceiptRow { at: at + after, warehouse, product, units });
        };
        comes(0, here, first, units);
        comes(dice.pick(&[HOUR, 6 * HOUR]), there, first, dice.from(1, 3));
        comes(dice.pick(&[6 * HOUR, DAY]), there, second, dice.from(1, 3));
    }
}

/// Purchase orders of several products.
fn add_joint_orders(dice: &mut Dice, draft: &mut Draft) {
    let Some(policy) = &mut draft.replenishment else { return };
    for vendor in &mut draft.vendors {
        if dice.percent(60) {
            vendor.consolidate = Some(dice.pick(&[0, 0, 6 * HOUR, DAY, 2 * DAY]));
        }
        if dice.percent(40) {
            let amount = dice.pick(&[1, 3, 6, 12, 25]);
            vendor.order_minimum =
                Some(OrderMinimumRow { amount, in_money: dice.percent(50), waits: dice.percent(50) });
        }
    }
    if takes_two_levels(policy.name) && dice.percent(50) {
        policy.can_order = Some(dice.pick(&[0, 3, 5, 8, 10]));
    }
    for product in &mut draft.products {
        product.unit_cost = dice.pick(&[0, 1, 2, 5]);
        if policy.review.is_some() {
            product.review_every = dice.pick(&[1, 1, 2, 3]);
        }
    }
}

/// Expediting that asks what it costs, of which what it brings is measured.
fn add_weighing(dice: &mut Dice, draft: &mut Draft) {
    for vendor in &mut draft.vendors {
        vendor.expedite_when = dice.pick(&[None, Some("projected-stock-out"), Some("worth-it"), Some("worth-it")]);
        vendor.expedite_budget = dice.percent(30).then(|| dice.pick(&[0, 1, 2, 5]));
        // What comes late can be hurried, and its promise is due before the end.
        if dice.percent(70) {
            vendor.expedite = Some(dice.pick(&[0, HOUR, 6 * HOUR]));
            vendor.lead_time = dice.pick(&[DAY, 2 * DAY, 3 * DAY]);
            (vendor.random, vendor.working) = (false, String::new());
        }
    }
    // No round figures: what is saved is weighed against whole charges.
    let (day, unit) = (dice.pick(&["0.13", "0.47", "1.9", "9.7"]), dice.pick(&["0.0", "0.31", "7.3"]));
    let table = "costs";
    for (key, value) in [("backorder_per_unit_day", day), ("backorder_per_unit", unit), ("lost_margin", "1.0")] {
        draft.settings.push(Setting { table, key, value: value.to_string(), plain: "-" });
    }
    for product in &mut draft.products {
        product.price = product.unit_cost + dice.pick(&[3, 7]);
    }
    // Stock has to fall while something is on its way: unit after unit is asked for.
    if draft.replenishment.is_some() && dice.percent(70) {
        let (zone, product) = (dice.place(draft.zones.len()), dice.place(draft.products.len()));
        for hour in 0..dice.from(4, 8) {
            let at = DAY + hour * dice.pick(&[HOUR, 2 * HOUR, 6 * HOUR]);
            draft.orders.push(OrderRow { at, zone, lines: vec![(product, 1)], due_after: 0, class: 0 });
        }
    }
}

/// Vendors that do not work every day, and get only so much done.
fn add_working(dice: &mut Dice, draft: &mut Draft) {
    for vendor in &mut draft.vendors {
        if dice.percent(60) {
            let days = dice.pick(&["mon-fri", "tue, thu", "mon-sat", "sun", "mon, wed"]);
            vendor.working.push_str(&format!("working_days = \"{days}\"\n"));
        }
        if dice.percent(25) {
            let off = dice.pick(&["[\"1d\", \"3d\"]", "[]", "[\"0d\"]"]);
            vendor.working.push_str(&format!("holidays = {off}\n"));
        }
        if dice.percent(70) {
            let capacity = dice.pick(&[
                "units_per_day = 1",
                "units_per_day = 3",
                "units_per_day = 7",
                "units_per_day = 100000",
                "service_time = \"0s\"",
                "service_time = \"6h\"",
                "service_time = { exponential = { mean = \"5h\" } }",
                "service_time = { gamma = { mean = \"3h\", cv = 2.0 } }",
            ]);
            vendor.working.push_str(&format!("capacity = {{ {capacity} }}\n"));
        }
    }
}

/// More products, each in a part of the warehouses, and orders of more lines than sourcing tries every set for.
fn add_large_orders(dice: &mut Dice, draft: &mut Draft) {
    while draft.products.len() < 10 {
        draft.products.push(ProductRow {
            vendor: 0,
            group: None,
            levels: None,
            unit_cost: 0,
            price: 0,
            review_every: 1,
            most: None,
            target: None,
        });
        for warehouse in 0..draft.warehouses.len() {
            if dice.percent(50) {
                let product = draft.products.len() - 1;
                draft.stock.push(StockRow { warehouse, product, units: dice.from(1, 5) });
            }
        }
    }
    for _ in 0..2 {
        let mut lines: Vec<(usize, i64)> = (0..10).filter(|_| dice.percent(85)).map(|product| (product, 1)).collect();
        // Two lines of one product share its stock.
        if dice.percent(30) {
            lines.push((dice.place(10), dice.from(1, 3)));
        }
        if !lines.is_empty() {
            let order = draft.orders[dice.place(draft.orders.len())].clone();
            draft.orders.push(OrderRow { lines, ..order });
        }
    }
}

/// Warehouses that are not always open, and do not pick all there is.
pub fn add_docks(dice: &mut Dice, draft: &mut Draft) {
    for at in 0..draft.docks.len() {
        let mut keys = String::new();
        let mut add = |chance: u32, key: &str, values: &[&str]| {
            if dice.percent(chance.into()) {
                keys.push_str(&format!("{key} = {}\n", dice.pick(values)));
            }
        };
        add(40, "opening_days", &["\"mon-fri\"", "\"tue, thu\"", "\"mon-sat\"", "\"sun\""]);
        add(50, "opening_hours", &["\"08:00-18:00\"", "\"00:00-06:00\"", "\"22:00-06:00\"", "\"12:00-13:00\""]);
        add(25, "holidays", &["[\"1d\", \"3d\"]", "[]"]);
        add(30, "cut_off", &["\"15:00\"", "\"00:00\"", "\"12:00\""]);
        add(25, "waves", &["\"4h\"", "\"7h\"", "\"1d\""]);
        add(40, "parcels_per_day", &["1", "1", "2", "5"]);
        add(30, "lines_per_hour", &["1", "2", "7", "100000"]);
        add(50, "pick_order", &["\"oldest-order\"", "\"promise\""]);
        draft.docks[at] = keys;
    }
}

/// Promised dates, and orders that fall due later.
fn add_dates(dice: &mut Dice, draft: &mut Draft) {
    if dice.percent(60) {
        for order in &mut draft.orders {
            order.due_after = dice.pick(&[0, 0, HOUR, DAY, DAY, 3 * DAY]);
        }
        if let Some(demand) = &mut draft.demand {
            demand.due_after = dice.pick(&[0, 6 * HOUR, 2 * DAY]);
        }
    }
    if dice.percent(25) {
        return;
    }
    let time = |dice: &mut Dice| match dice.from(1, 4) {
        1 => String::new(),
        2 => format!("within = {}", quoted(dice.pick(&[HOUR, DAY, 3 * DAY]))),
        _ => format!("working_days = {}", dice.from(0, 3)),
    };
    let mut keys = vec![time(dice)];
    keys.push(format!("of = \"{}\"", dice.pick(&["delivered", "shipped"])));
    keys.push(format!("restock = \"{}\"", dice.pick(&["next-receipt", "next-receipt", "lead-time"])));
    if dice.percent(50) {
        keys.push(format!("cut_off = \"{}\"", dice.pick(&["00:00", "06:00", "12:30"])));
    }
    if dice.percent(40) {
        let week = dice.pick(&[r#"["mon", "wed", "fri"]"#, r#"["tue"]"#, r#"["sat", "sun", "mon"]"#, "\"mon-fri\""]);
        keys.push(format!("week = {week}"));
    }
    if dice.percent(20) {
        keys.push(format!("holidays = {}", dice.pick(&["[\"0d\"]", "[\"2d\", \"3d\", \"4d\"]", "[]"])));
    }
    if dice.percent(15) {
        keys.retain(|key| !key.starts_with("restock"));
        keys.push(format!("restock_within = {}", quoted(dice.pick(&[HOUR, 2 * DAY]))));
    }
    let mut rows = vec![];
    for _ in 0..dice.from(0, 3) {
        let whose = match dice.from(1, 3) {
            1 => format!("zone = \"z{}\"", dice.place(draft.zones.len()) + 1),
            2 => format!("product = \"p{}\"", dice.place(draft.products.len()) + 1),
            _ => format!(
                "zone = \"z{}\"\nproduct = \"p{}\"",
                dice.place(draft.zones.len()) + 1,
                dice.place(draft.products.len()) + 1
            ),
        };
        let own = if dice.percent(25) { "restock_within = \"1d\"".to_string() } else { time(dice) };
        rows.push(format!("{whose}\n{own}"));
    }
    keys.retain(|key| !key.is_empty());
    draft.promise = Some((keys.join("\n"), rows));
}

/// Customers that differ, and stock that is reserved for some of them.
fn add_classes(dice: &mut Dice, draft: &mut Draft) {
    let sure = |dice: &mut Dice, key: &str| {
        let value = if dice.percent(50) { "1.0" } else { "0.0" };
        if dice.percent(40) { format!("{key} = {value}\n") } else { String::new() }
    };
    for _ in 0..dice.from(1, 3) {
        let mut row = format!("priority = {}\nshare = {}.5\n", dice.from(1, 3), dice.from(0, 2));
        row += &sure(dice, "keep_when_backordered");
        row += &sure(dice, "swap_share");
        row += &sure(dice, "ship_available");
        if dice.percent(30) {
            let after = quoted(dice.pick(&[HOUR, DAY, 2 * DAY]));
            row += &format!("contact = {{ probability = {}.0, after = {after} }}\n", dice.from(0, 1));
        }
        draft.classes.push(row);
    }
    let count = draft.classes.len();
    for order in draft.orders.iter_mut().chain(&mut draft.waiting) {
        order.class = dice.place(count);
    }
    if dice.percent(60) {
        let favoured = (0..count).filter(|_| dice.percent(50)).collect::<Vec<_>>();
        if !favoured.is_empty() {
            draft.reserve = Some((dice.from(1, 2), favoured));
        }
    }
}

/// What is open at the start.
fn add_book(dice: &mut Dice, draft: &mut Draft, limit: i64) {
    if !draft.vendors.is_empty() {
        for _ in 0..dice.from(0, 4) {
            // What is left of a random lead time nobody could tell the reference.
            let product = dice.place(draft.products.len());
            let is_random = draft.vendors[draft.products[product].vendor].random;
            draft.underway.push(UnderwayRow {
                age: dice.pick(&[0, HOUR, DAY, DAY, 2 * DAY, 5 * DAY]),
                warehouse: dice.place(draft.warehouses.len()),
                product,
                units: dice.from(1, 4),
                promised: (is_random || dice.percent(30)).then(|| dice.pick(&[0, 6 * HOUR, DAY, 3 * DAY])),
            });
        }
    }
    for _ in 0..dice.from(0, 5) {
        let mut lines = vec![];
        for _ in 0..dice.pick(&[1, 1, 2, 3]) {
            let product = dice.place(draft.products.len());
            if !lines.iter().any(|&(other, _)| other == product) {
                lines.push((product, dice.pick(&[1, 1, 2, 3])));
            }
        }
        // Around the limit, where it matters.
        let age =
            if dice.percent(50) { (limit + dice.from(-1, 2)).max(1) } else { dice.pick(&[1, HOUR, DAY, 2 * DAY]) };
        draft.waiting.push(OrderRow { at: age, zone: dice.place(draft.zones.len()), lines, due_after: 0, class: 0 });
    }
}

/// Generated orders and random lead times, in some drafts.
fn add_chance(dice: &mut Dice, draft: &mut Draft) {
    if dice.percent(35) {
        // No round rates: expediting compares a forecast with whole units.
        let tenths = dice.pick(&[7, 13, 29, 53]);
        let (lines, units) = (dice.pick(&[10, 17, 23]), dice.from(1, 3));
        let weekly = dice.percent(30);
        let period = dice.pick(&[None, None, None, Some(6), Some(24)]);
        draft.demand = Some(DemandRow { tenths, lines, units, due_after: 0, weekly, yearly: false, period });
        // Mere generated orders would wait nearly always: a shelf of some depth here and there.
        for row in &mut draft.stock {
            row.units += dice.pick(&[0, 0, 4, 12]);
        }
    }
    for vendor in &mut draft.vendors {
        vendor.random = vendor.lead_time > 0 && dice.percent(40);
    }
}

fn lanes(dice: &mut Dice, warehouses: usize, zones: usize) -> Vec<LaneRow> {
    let mut lanes = vec![];
    for to in 0..zones {
        for from in 0..warehouses {
            if dice.percent(80) {
                let cents = dice.pick(&[400, 500, 500, 600, 900, 1_200]);
                lanes.push(LaneRow { from, to, cents, transit: dice.pick(&[0, DAY, 2 * DAY]) });
            }
        }
    }
    lanes
}

fn policy(dice: &mut Dice, warehouses: usize, products: usize) -> Policy {
    let name = dice.pick(&["s-S", "r-Q", "base-stock", "periodic-R-S"]);
    let every = dice.pick(&[6 * HOUR, DAY, 2 * DAY]);
    let general = dice.percent(40).then(|| levels(dice, false));
    let mut pairs = vec![];
    for warehouse in 0..warehouses {
        for product in 0..products {
            if dice.percent(40) {
                pairs.push((warehouse, product, levels(dice, general.is_some() && takes_two_levels(name))));
            }
        }
    }
    let general = if pairs.is_empty() { general.or_else(|| Some(levels(dice, false))) } else { general };
    Policy {
        name,
        can_order: None,
        review: (name == "periodic-R-S" || dice.percent(25)).then_some(every),
        general,
        pairs,
        later: vec![],
        plan: vec![],
        forecast: vec![],
    }
}

pub fn takes_two_levels(policy: &str) -> bool {
    policy == "s-S" || policy == "r-Q"
}

/// Levels; in `part`, one of them may be left to a more general place.
pub fn levels(dice: &mut Dice, part: bool) -> LevelRow {
    let mut levels = LevelRow { reorder_point: Some(dice.from(-3, HIGHEST_POINT)), quantity: Some(dice.from(1, 4)) };
    if part && dice.percent(40) {
        levels.reorder_point = None;
    } else if part && dice.percent(40) {
        levels.quantity = None;
    }
    levels
}

fn vendor(dice: &mut Dice) -> VendorRow {
    VendorRow {
        random: false,
        lead_time: dice.pick(&[0, 6 * HOUR, DAY, DAY, 2 * DAY, 3 * DAY]),
        minimum: dice.pick(&[0, 0, 3]),
        multiple: dice.pick(&[1, 1, 2]),
        consolidate: None,
        order_minimum: None,
        expedite_when: None,
        expedite_budget: None,
        working: String::new(),
        expedite: dice.percent(75).then(|| dice.pick(&[0, HOUR, HOUR, 6 * HOUR])),
        disruption: dice
            .percent(35)
            .then(|| (dice.pick(&[6 * HOUR, DAY, 2 * DAY]), dice.pick(&[HOUR, 6 * HOUR, DAY, 2 * DAY]))),
    }
}

/// Every setting of the rules, of sourcing and of the customers.
fn settings(dice: &mut Dice, limit: i64) -> Vec<Setting> {
    let mut settings = vec![];
    let mut set = |table, key, value: String, plain| settings.push(Setting { table, key, value, plain });
    let sure = |chance: bool| if chance { "1.0" } else { "0.0" }.to_string();
    let word = |word: &str| format!("\"{word}\"");

    let policy = dice.pick(&["nearest", "fewest-parcels", "cheapest", "primary-spillover", "most-stock"]);
    set("sourcing", "policy", word(policy), "\"fewest-parcels\"");
    set("sourcing", "spillover_lines_per_day", dice.pick(&[0, 1, 1, 2, 3]).to_string(), "1000");

    set("customers", "keep_when_backordered", sure(dice.percent(85)), "1.0");
    set("customers", "contact_after_mismatch", sure(dice.percent(30)), "0.0");
    set("customers", "swap_share", sure(dice.percent(65)), "0.0");
    set("customers.contact", "probability", sure(dice.percent(25)), "0.0");
    set("customers.contact", "after", quoted(dice.pick(&[0, HOUR, DAY, DAY, 2 * DAY])), "\"1d\"");
    set("customers.contact", "handling", quoted(dice.pick(&[0, 0, HOUR])), "\"0s\"");

    let table = "rules.backorder";
    set(table, "accept", dice.percent(90).to_string(), "true");
    set(table, "full_order", word(if dice.percent(70) { "hold" } else { "ship-as-covered" }), "\"hold\"");
    set(table, "pool", word(if dice.percent(75) { "network" } else { "warehouse" }), "\"network\"");
    set(table, "priority", word(if dice.percent(65) { "first-come" } else { "complete-first" }), "\"first-come\"");
    set(table, "at_limit", word(if dice.percent(50) { "swap" } else { "lose" }), "\"lose\"");
    set(table, "reserve_while_held", dice.percent(70).to_string(), "true");

    set("rules.split", "ship_available", sure(dice.percent(55)), "1.0");
    set("rules.split", "granularity", word(dice.pick(&["line", "line", "line", "unit", "unit", "order"])), "\"line\"");

    set("rules.notice", "delay", quoted(dice.pick(&[0, HOUR, HOUR, DAY, 2 * DAY])), "\"1h\"");
    set("rules.notice", "deadline", quoted(dice.pick(&[HOUR, DAY])), "\"1d\"");

    let after = if dice.percent(15) { word("never") } else { quoted(limit) };
    set("rules.cancellation", "after", after, "\"never\"");
    set("rules.cancellation", "clock", word(if dice.percent(65) { "line" } else { "product" }), "\"line\"");
    set("rules.cancellation", "scope", word(if dice.percent(50) { "order" } else { "line" }), "\"order\"");

    set("rules.international", "complete_only", dice.percent(80).to_string(), "true");
    set("rules.swap", "if_none", word(if dice.percent(60) { "remove" } else { "wait" }), "\"remove\"");
    set("rules.display", "refresh", quoted(dice.pick(&[0, 0, 0, 6 * HOUR, DAY, 2 * DAY])), "\"0s\"");
    settings
}
