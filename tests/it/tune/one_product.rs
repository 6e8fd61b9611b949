//! A scenario of one product whose exact costs are known, and `tune` run on it.

use std::path::Path;

use serde_json::Value;

use crate::cli::program;

/// One product at one warehouse: Poisson demand, a constant lead time, costs of ordering, holding and backorders.
pub(super) struct OneProduct {
    per_day: f64,
    lead_days: u32,
    order_cost: f64,
    unit_cost: f64,
    backorder_cost: f64,
}

impl OneProduct {
    /// A case with parameters drawn from a number.
    pub(super) fn drawn(number: u64) -> Self {
        let part = |prime: u64, of: u64| ((number + 1) * prime % of) as f64;
        Self {
            per_day: 2.0 + part(7, 11),
            lead_days: 1 + part(5, 7) as u32,
            order_cost: 5.0 + 5.0 * part(3, 8),
            unit_cost: 73.0 * (1.0 + part(11, 5)),
            backorder_cost: 0.5 + 0.25 * part(13, 9),
        }
    }

    pub(super) fn scenario(&self) -> String {
        format!(
            "name = \"one product\"\n\
             [run]\nhorizon = \"720d\"\nwarm_up = \"60d\"\nreplications = 10\nseed = 3\n\
             [[zones]]\nid = \"home\"\n[[warehouses]]\nid = \"w\"\n\
             [[lanes]]\nfrom = \"w\"\nto = \"home\"\nparcel_cost = 0\ntransit = \"1d\"\n\
             [[vendors]]\nid = \"v\"\nlead_time = \"{}d\"\norder_cost = {}\n\
             [[products]]\nid = \"p\"\nvendor = \"v\"\nprice = 1000\nunit_cost = {}\n\
             [demand]\norders_per_day = {}\n\
             [replenishment]\npolicy = \"r-Q\"\nreorder_point = 10 # a guess\nquantity = 30\n\
             [rules.cancellation]\nafter = \"never\"\n\
             [costs]\nholding_rate = 0.25\nbackorder_per_unit_day = {}\nlost_margin = 0\n",
            self.lead_days, self.order_cost, self.unit_cost, self.per_day, self.backorder_cost
        )
    }

    /// The same with a second product, slow and dear.
    pub(super) fn scenario_of_two(&self) -> String {
        self.scenario().replace(
            "[demand]",
            "share = 3\n[[products]]\nid = \"slow\"\nvendor = \"v\"\nprice = 900\nunit_cost = 700\nshare = 1\n[demand]",
        )
    }

    /// The cost a day of a position y after a lead time: h·E[(y − D)+] + b·E[(D − y)+], D Poisson of mean λL.
    fn at_position(&self, y: i64) -> f64 {
        let holding = 0.25 * self.unit_cost / 365.0;
        let mean = self.per_day * f64::from(self.lead_days);
        let (mut term, mut short) = ((-mean).exp(), 0.0);
        let mut over = 0.0;
        for d in 0..(mean as i64 * 3 + 120) {
            over += term * (y - d).max(0) as f64;
            short += term * (d - y).max(0) as f64;
            term *= mean / (d + 1) as f64;
        }
        holding * over + self.backorder_cost * short
    }

    /// The exact cost an order asked for, (Kλ + Σ over the positions r+1 … r+Q)/Q a day (Hadley and Whitin; Federgruen and
    /// Zheng (1992), *An efficient algorithm for computing an optimal (r, Q) policy*, Operations Research 40, 808–813).
    pub(super) fn cost(&self, r: i64, quantity: i64) -> f64 {
        let positions: f64 = (r + 1..=r + quantity).map(|y| self.at_position(y)).sum();
        (self.order_cost * self.per_day + positions) / quantity as f64 / self.per_day
    }

    /// The least cost over reorder points and quantities.
    pub(super) fn best(&self) -> f64 {
        let at: Vec<f64> = (0..260).map(|y| self.at_position(y)).collect();
        let mut best = f64::INFINITY;
        for r in 0..80 {
            let mut sum = self.order_cost * self.per_day;
            for quantity in 1..=120_usize {
                sum += at[r + quantity];
                best = best.min(sum / quantity as f64 / self.per_day);
            }
        }
        best
    }
}

/// Runs `tune` in a folder.
pub(super) fn tune(folder: &Path, arguments: &[&str]) -> std::process::Output {
    program(folder).arg("tune").args(arguments).output().expect("the program starts")
}

/// Writes the scenario `shop.toml`.
pub(super) fn written(folder: &Path, text: &str) {
    std::fs::write(folder.join("shop.toml"), text).expect("the scenario");
}

/// What `tune` wrote of `shop.toml`.
pub(super) fn json(folder: &Path) -> Value {
    let text = std::fs::read_to_string(folder.join("output/tune-shop/tune.json")).expect("the file");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Both of its levels.
pub(super) const BOTH: [&str; 4] =
    ["--vary", "replenishment.reorder_point=0..79", "--vary", "replenishment.quantity=1..120"];
