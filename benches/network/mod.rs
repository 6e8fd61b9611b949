//! The retailer that the benchmarks of speed and growth run, of any size: warehouses and zones on a grid, each zone served
//! by the warehouses nearest to it, (s, S) by a target that lets the network fill about 95 to 97 % of the lines.

use std::fmt::Write as _;
use std::time::Instant;

use backorder::domain::{Model, SimTime};
use backorder::engine::{Observer, Occurrence};
use backorder::scenario::{Files, load};

/// How large a retailer is to be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Products that it sells.
    pub products: usize,
    /// Warehouses, at most 40.
    pub warehouses: usize,
    /// Orders asked for a day.
    pub orders_per_day: f64,
    /// Days measured; half as many warm it up.
    pub days: u32,
}

const ZONES: usize = 30;
/// A zone is served by so many warehouses, the nearest ones; by all of them where there are fewer.
const LANES_OF_A_ZONE: usize = 3;

/// The head: every rule is on, and the fourth vendor fails now and then, so that every rule has something to do.
const HEAD: &str = "name = \"retailer\"\n\
    run = { horizon = \"DAYSd\", warm_up = \"WARM_UPd\", replications = 1, seed = 7 }\n\
    demand = { orders_per_day = ORDERS, lines_per_order = { geometric = { mean = 2.2 } }, units_per_line = { geometric = { mean = 1.4 } } }\n\
    replenishment = { policy = \"s-S\", target = { fill_rate = 0.8 } }\n\
    sourcing = { policy = \"fewest-parcels\" }\n\
    customers = { keep_when_backordered = 0.9, contact = { probability = 0.1, after = { exponential = { mean = \"4d\" } } } }\n\
    costs = { holding_rate = 0.25 }\n\
    [rules]\n\
    backorder = { full_order = \"hold\", pool = \"network\" }\n\
    split = { ship_available = 0.9, granularity = \"line\" }\n\
    notice = { delay = { triangular = { min = \"5m\", mode = \"1h\", max = \"10h\" } }, deadline = \"24h\" }\n\
    cancellation = { after = \"30d\", clock = \"line\", scope = \"order\" }\n\
    international = { complete_only = true }\n\
    swap = { if_none = \"remove\" }\n\
    display = { refresh = \"15m\" }\n";

const PRODUCTS: &str = "[products.generate]\ncount = COUNT\npopularity = { zipf = 0.7 }\n\
    price = { lognormal = { mean = 26.0, cv = 0.5 } }\nmargin = 0.4\nsubstitutes = { group_size = 4 }\n";

/// A vendor's mean lead time in days, and what else is told of it.
const VENDORS: [(u32, &str); 4] = [
    (5, "expedite = { lead_time = { uniform = { min = \"1d\", max = \"2d\" } }, cost_per_unit = 1.20 }"),
    (8, ""),
    (12, ""),
    (
        18,
        "disruption = { every = { exponential = { mean = \"45d\" } }, lasts = { gamma = { mean = \"14d\", cv = 0.5 } } }",
    ),
];

impl Size {
    /// The text of the scenario.
    pub fn text(&self) -> String {
        let mut text = HEAD
            .replace("ORDERS", &self.orders_per_day.to_string())
            .replace("WARM_UP", &(self.days / 2).to_string())
            .replace("DAYS", &self.days.to_string())
            + &PRODUCTS.replace("COUNT", &self.products.to_string());
        let mut add = |line: std::fmt::Arguments<'_>| text.write_fmt(line).expect("a string takes all that is written");
        let places: Vec<(f64, f64)> = (0..self.warehouses).map(|place| place_of(place, 3, 7.0, 10.0)).collect();
        for warehouse in 0..self.warehouses {
            add(format_args!("[[warehouses]]\nid = \"w{warehouse}\"\nhandling = \"4h\"\n"));
        }
        for zone in 0..ZONES {
            let (share, international) = (1 + zone % 7, zone >= ZONES - 3);
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
        for (vendor, (days, more)) in VENDORS.into_iter().enumerate() {
            add(format_args!(
                "[[vendors]]\nid = \"v{vendor}\"\nlead_time = {{ gamma = {{ mean = \"{days}d\", cv = 0.5 }} }}\norder_cost = 1.0\n{more}\n"
            ));
        }
        text
    }

    /// The scenario's model.
    pub fn model(&self) -> Model {
        model_of(&self.text())
    }
}

/// The model of a text without tables beside it.
pub fn model_of(text: &str) -> Model {
    match load("benches/network", text, &NoFiles, &[]) {
        Ok(loaded) => loaded.model,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// A place on a grid, in degrees: `rows` rows from the south, columns from the west.
fn place_of(number: usize, rows: usize, row_height: f64, column_width: f64) -> (f64, f64) {
    (28.0 + row_height * (number % rows) as f64, -122.0 + column_width * (number / rows) as f64)
}

fn degrees(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The scenario has no tables beside it.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        Err(format!("{relative_path}: the benchmark's scenario has no tables"))
    }
}

/// What a replication did: what the times are divided by, and what they depend on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Work {
    /// Lines asked for.
    pub lines: u64,
    /// Of these, supplied whole at once.
    pub filled: u64,
    /// Lines of orders from abroad.
    pub international: u64,
    /// Purchase orders placed.
    pub purchase_orders: u64,
}

impl Observer for Work {
    #[inline(always)]
    fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::LineAsked { order, .. } => {
                self.lines += 1;
                self.international += u64::from(order.international);
            }
            Occurrence::LinePlaced { units, available, .. } => self.filled += u64::from(units == available),
            Occurrence::ReplenishmentOrdered { .. } => self.purchase_orders += 1,
            _ => {}
        }
    }
}

/// What a computation gives, and the seconds it took.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, f64) {
    let (clock, processor) = (Instant::now(), on_a_processor());
    let result = run();
    let wall = clock.elapsed().as_secs_f64();
    (result, on_a_processor().zip(processor).map_or(wall, |(end, start)| end - start))
}

/// The median; the values end up sorted.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Seconds that this thread has spent on a processor so far, where the system tells it.
fn on_a_processor() -> Option<f64> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = statistics.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}
