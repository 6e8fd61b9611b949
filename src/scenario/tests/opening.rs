//! `[network]`: closed warehouses vanish with all that is theirs, and a stated rule says which they are.

use super::*;
use crate::policy::assortment::Assortment;

/// Four warehouses on the equator, a degree or more apart, and customers near the second and the fourth.
const EQUATOR: &str = r#"
run = { horizon = "1y" }
zones = [{ id = "east", lat = 0, lon = 10, share = 2 }, { id = "west", lat = 0, lon = 41, share = 1 }]
warehouses = [
    { id = "a", lat = 0, lon = 0 }, { id = "b", lat = 0, lon = 11 }, { id = "c", lat = 0, lon = 20 },
    { id = "d", lat = 0, lon = 40 },
]
vendors = [{ id = "v", lead_time = "6d" }]
products = [{ id = "p", vendor = "v", share = 5 }, { id = "q", vendor = "v", share = 3 }, { id = "r", vendor = "v", share = 4 }]
demand = { orders_per_day = 5 }
stock = [
    { warehouse = "a", product = "p", units = 1 }, { warehouse = "b", product = "p", units = 2 },
    { warehouse = "c", product = "q", units = 4 }, { warehouse = "d", product = "q", units = 8 },
]
receipts = [{ at = "1d", warehouse = "a", product = "r", units = 5 }, { at = "2d", warehouse = "d", product = "r", units = 6 }]
[replenishment]
policy = "s-S"
reorder_point = 5
order_up_to = 9
levels = [{ warehouse = "c", product = "p", order_up_to = 20 }, { warehouse = "d", product = "p", order_up_to = 30 }]
"#;

fn opened(open: &str) -> Model {
    model_with(EQUATOR, &[], &[("network.open", open)])
}

fn ids(model: &Model) -> Vec<&str> {
    model.warehouses.iter().map(|warehouse| warehouse.id.as_str()).collect()
}

fn stock(model: &Model) -> Vec<(u32, u32, u32)> {
    let rows = model.script.stock.iter().flatten();
    rows.map(|&StockRow { warehouse, product, units }| (warehouse.0, product.0, units)).collect()
}

#[test]
fn a_number_opens_those_with_the_least_mean_distance() {
    let model = opened("2");
    assert_eq!(ids(&model), ["b", "d"]);
    assert_eq!(model.warehouses.iter().map(|warehouse| warehouse.listed_at).collect::<Vec<_>>(), [1, 3]);
    let opening = model.opening.expect("not all are open");
    assert_eq!(opening.closed, ["a", "c"]);
    assert_eq!(opening.choice, OpeningChoice::LeastDistance { gap: 0.0 });
    // Two thirds live a degree of 111.195 km from b, a third as far from d.
    assert!((opening.mean_km.expect("all places are known") - 111.195).abs() < 0.001);
    // One alone: b is 1 and 30 degrees away, nobody else is nearer on average.
    assert_eq!(ids(&opened("1")), ["b"]);
    assert_eq!(ids(&opened("4")), ["a", "b", "c", "d"]);
}

#[test]
fn demand_weighs_the_distances_by_whatever_orders_there_are() {
    let written = format!(
        "orders = [{}]\n{}",
        vec!["{ at = \"1d\", zone = \"west\", lines = [{ product = \"p\" }] }"; 5_000].join(", "),
        EQUATOR
    );
    assert_eq!(ids(&model_with(&written, &[], &[("network.open", "1")])), ["d"]);
}

#[test]
fn names_open_those_named() {
    let model = opened("[\"d\", \"a\"]");
    assert_eq!(ids(&model), ["a", "d"]);
    assert_eq!(model.opening.map(|opening| opening.choice), Some(OpeningChoice::Named));
}

#[test]
fn lanes_and_levels_of_closed_warehouses_vanish_and_the_others_keep_theirs() {
    let model = opened("[\"b\", \"d\"]");
    for zone in &model.zones {
        let mut served: Vec<u32> = zone.lanes.iter().map(|lane| lane.warehouse.0).collect();
        served.sort_unstable();
        assert_eq!(served, [0, 1]);
    }
    assert_eq!(model.zones[1].lanes[0].warehouse, WarehouseId(1), "d is nearest to the west");
    let by_pair = model.replenishment.expect("a policy").by_pair;
    let level = Levels { order_up_to: Some(30), ..Levels::default() };
    assert_eq!(by_pair, [(WarehouseId(1), ProductId(0), level)]);
}

#[test]
fn stock_and_receipts_of_a_closed_warehouse_move_to_the_nearest_open_one() {
    let model = opened("[\"b\", \"d\"]");
    // a and c are nearest to b; rows of one pair become one.
    assert_eq!(stock(&model), [(0, 0, 3), (0, 1, 4), (1, 1, 8)]);
    let landed: Vec<_> = model.script.receipts.iter().map(|row| (row.warehouse.0, row.units)).collect();
    assert_eq!(landed, [(0, 5), (1, 6)]);
    let opening = model.opening.expect("not all are open");
    assert_eq!((opening.stock_of_closed, opening.rows_of_closed), (StockOfClosed::Moved, 3));
}

#[test]
fn or_it_is_lost() {
    let set = [("network.open", "[\"b\", \"d\"]"), ("network.stock_of_closed", "lost")];
    let model = model_with(EQUATOR, &[], &set);
    assert_eq!(stock(&model), [(0, 0, 2), (1, 1, 8)]);
    let landed: Vec<_> = model.script.receipts.iter().map(|row| (row.warehouse.0, row.units)).collect();
    assert_eq!(landed, [(1, 6)]);
}

#[test]
fn with_all_open_nothing_else_changes() {
    let all = opened("[\"a\", \"b\", \"c\", \"d\"]");
    let plain = model(EQUATOR);
    assert_eq!(Model { opening: None, ..all }, plain);
}

#[test]
fn what_is_wrong_with_it_is_told() {
    let told = |open: &str| codes(EQUATOR, &[], &[("network.open", open)]);
    assert_eq!(told("5"), ["too-many"]);
    assert_eq!(told("0"), ["out-of-range"]);
    assert_eq!(told("[]"), ["empty-list"]);
    assert_eq!(told("[\"a\", \"e\"]"), ["dangling"]);
    assert_eq!(told("[\"a\", \"a\"]"), ["duplicate-id"]);
    assert_eq!(told("\"a\""), ["wrong-type"]);
    let assortment = |value: &str| codes(EQUATOR, &[], &[("network.assortment", value)]);
    assert_eq!(assortment("some"), ["wrong-word"]);
    assert_eq!(assortment("{}"), ["missing-key"]);
    assert_eq!(assortment("{ copies = 0 }"), ["out-of-range"]);
    assert_eq!(assortment("{ copy = 1 }"), ["unknown-key"]);
}

/// The same without places, and with a lane from everywhere to everywhere.
fn somewhere() -> String {
    let lanes: Vec<String> = ["a", "b", "c", "d"]
        .iter()
        .flat_map(|from| ["east", "west"].map(|to| format!("{{ from = \"{from}\", to = \"{to}\" }}")))
        .collect();
    let nowhere = EQUATOR.replace(", lat = 0, lon = 20 ", " ").replace(", lat = 0, lon = 10", "");
    format!("lanes = [{}]\n{nowhere}", lanes.join(", "))
}

#[test]
fn without_places_a_number_opens_nothing_and_stock_cannot_move() {
    assert_eq!(codes(&somewhere(), &[], &[("network.open", "2")]), ["missing-key", "missing-key"]);
    // Who is named needs no place, but whose stock is to move does.
    assert_eq!(codes(&somewhere(), &[], &[("network.open", "[\"a\", \"b\"]")]), ["missing-key"]);
    let lost = [("network.open", "[\"a\", \"b\"]"), ("network.stock_of_closed", "lost")];
    assert_eq!(model_with(&somewhere(), &[], &lost).opening.expect("not all are open").mean_km, None);
}

/// In which warehouses each product lies.
fn lies(assortment: &str) -> Vec<Vec<u32>> {
    let text = EQUATOR.split("stock = [").next().expect("what stands before the stock").to_string()
        + "[replenishment]\npolicy = \"s-S\"\ntarget = { fill_rate = 0.9 }\n";
    let model = model_with(&text, &[], &[("network.assortment", assortment)]);
    let carried = Assortment::new(&model);
    let places =
        |product| (0..4).filter(|&at| carried.carries(model.pair(WarehouseId(at), ProductId(product)))).collect();
    (0..3).map(places).collect()
}

#[test]
fn products_are_dealt_out_by_popularity() {
    assert_eq!(lies("all"), [[0, 1, 2, 3]; 3]);
    // p is the most popular, then r, then q: p to a; r to b; q to c.
    assert_eq!(lies("{ copies = 1 }"), [[0], [2], [1]]);
    // p to a and b; r to c and d; then r's places are lighter than p's, so q goes there.
    assert_eq!(lies("{ copies = 2 }"), [[0, 1], [2, 3], [2, 3]]);
    assert_eq!(lies("{ copies = 9 }"), [[0, 1, 2, 3]; 3]);
    // Of three products the one that is more popular than half of them.
    let p = vec![0, 1, 2, 3];
    assert_eq!(lies("{ everywhere_above = 0.6 }"), [p, vec![1], vec![0]]);
}

#[test]
fn a_row_of_its_own_places_a_product_in_any_case() {
    let model = model_with(EQUATOR, &[], &[("network.assortment", "{ copies = 1 }")]);
    assert_eq!(model.placement, Placement::Spread { copies: 1, everywhere_above: 1.0 });
    let carried = Assortment::new(&model);
    let places =
        |product| (0..4).filter(|&at| carried.carries(model.pair(WarehouseId(at), ProductId(product)))).collect();
    let lies: Vec<Vec<u32>> = (0..3).map(places).collect();
    // p has rows in all four; q is dealt to c and has stock in d; r is dealt to b and comes to a and d.
    assert_eq!(lies, [vec![0, 1, 2, 3], vec![2, 3], vec![0, 1, 3]]);
}

#[test]
fn an_assortment_without_levels_places_nothing_and_says_so() {
    let text = EQUATOR.split("[replenishment]").next().expect("what stands before");
    let loaded = load_with(text, &[], &[("network.assortment", "{ copies = 2 }")]).expect("it is no mistake");
    assert_eq!(loaded.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["no-effect"]);
}

#[test]
fn levels_of_another_policy_are_told_to_say_nothing() {
    let warnings = |text: &str| {
        let loaded = load_with(text, &[], &[]).expect("it is sound");
        loaded.warnings.into_iter().map(|found| found.message).collect::<Vec<_>>()
    };
    assert_eq!(warnings(EQUATOR), [""; 0]);
    let of_lots = EQUATOR.replace("\norder_up_to = 9", "\nquantity = 9").replace("s-S", "r-Q");
    let told = "[[replenishment.levels]] has no effect: the policy \"r-Q\" orders by `reorder_point` and `quantity`, \
                and no row gives that";
    assert_eq!(warnings(&of_lots), [told]);
}
