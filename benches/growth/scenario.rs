//! The benchmark's scenario, for any number of products: ten warehouses, thirty zones served by three of them each, (s, S)
//! by a target that lets the network fill about 97 % of the lines.

use std::fmt::Write as _;

/// Lines an order.
const LINES: f64 = 2.2;

const WAREHOUSES: usize = 10;
const ZONES: usize = 30;
/// Each zone is served by so many warehouses, the nearest ones.
const LANES_OF_A_ZONE: usize = 3;

/// The head: half a year measured after a quarter, so that lots of slow products have turned over.
const HEAD: &str = "name = \"growth\"\n\
    run = { horizon = \"180d\", warm_up = \"90d\", replications = 1, seed = 7 }\n\
    demand = { orders_per_day = ORDERS, lines_per_order = { geometric = { mean = 2.2 } }, units_per_line = { geometric = { mean = 1.4 } } }\n\
    replenishment = { policy = \"s-S\", target = { fill_rate = 0.7 } }\n\
    customers = { keep_when_backordered = 0.9, contact = { probability = 0.1, after = { exponential = { mean = \"4d\" } } } }\n\
    costs = { holding_rate = 0.25 }\n";

const PRODUCTS: &str = "[products.generate]\ncount = COUNT\npopularity = { zipf = 0.7 }\n\
    price = { lognormal = { mean = 26.0, cv = 0.5 } }\nmargin = 0.4\nsubstitutes = { group_size = 4 }\n";

/// The text of the scenario: a line a day and product in the mean, so that sizes are alike but for their size.
pub fn text(products: usize) -> String {
    let orders = products as f64 / LINES;
    let mut text = HEAD.replace("ORDERS", &orders.to_string()) + &PRODUCTS.replace("COUNT", &products.to_string());
    let mut add = |line: std::fmt::Arguments<'_>| text.write_fmt(line).expect("a string takes all that is written");
    let places: Vec<(f64, f64)> = (0..WAREHOUSES).map(|place| place_of(place, 3, 7.0, 10.0)).collect();
    for warehouse in 0..WAREHOUSES {
        add(format_args!("[[warehouses]]\nid = \"w{warehouse}\"\nhandling = \"4h\"\n"));
    }
    for zone in 0..ZONES {
        let (share, international) = (1 + zone % 7, zone >= ZONES - 2);
        add(format_args!("[[zones]]\nid = \"z{zone}\"\nshare = {share}\ninternational = {international}\n"));
        let at = place_of(zone, 5, 4.0, 9.0);
        let mut near: Vec<(f64, usize)> = places.iter().map(|place| degrees(at, *place)).zip(0..).collect();
        near.sort_by(|left, right| left.0.total_cmp(&right.0));
        for (degrees, warehouse) in near.into_iter().take(LANES_OF_A_ZONE) {
            add(format_args!(
                "[[lanes]]\nfrom = \"w{warehouse}\"\nto = \"z{zone}\"\nparcel_cost = {:.2}\ntransit = \"{}d\"\n",
                5.0 + degrees / 5.0,
                1 + degrees as u32 / 8
            ));
        }
    }
    for (vendor, days) in [5, 8, 12, 18].into_iter().enumerate() {
        add(format_args!(
            "[[vendors]]\nid = \"v{vendor}\"\nlead_time = {{ gamma = {{ mean = \"{days}d\", cv = 0.5 }} }}\norder_cost = 6.0\n"
        ));
    }
    text
}

/// A place on a grid, in degrees: `rows` rows from the south, columns from the west.
fn place_of(number: usize, rows: usize, row_height: f64, column_width: f64) -> (f64, f64) {
    (28.0 + row_height * (number % rows) as f64, -122.0 + column_width * (number / rows) as f64)
}

fn degrees(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}
