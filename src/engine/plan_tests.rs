//! What is forecast is what is drawn.

use super::{Assortment, Plan, forecasts};
use crate::domain::{DAY, Model, SimTime};
use crate::engine::generated::{Generated, LineBuffers};
use crate::engine::periods::Periods;
use crate::scenario::{Files, load};

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<String, String> {
        Err("the scenario stands on its own".into())
    }
}

/// A hundred orders a day for so many products of equal shares, and all levels from a target.
fn model(products: u32, demand: &str) -> Model {
    let products: Vec<String> =
        (0..products).map(|number| format!("{{ id = \"p{number}\", vendor = \"v\" }}")).collect();
    let text = format!(
        "run = {{ horizon = \"10d\", replications = 1, seed = 5 }}\n\
         warehouses = [{{ id = \"w\" }}]\n\
         zones = [{{ id = \"z\" }}]\n\
         lanes = [{{ from = \"w\", to = \"z\", parcel_cost = 4.0, transit = \"1d\" }}]\n\
         vendors = [{{ id = \"v\", lead_time = \"4d\" }}]\n\
         replenishment = {{ policy = \"base-stock\", target = {{ fill_rate = 0.95 }} }}\n\
         products = [{}]\n\
         demand = {{ orders_per_day = 100, {demand} }}\n",
        products.join(", ")
    );
    load("forecast.toml", &text, &NoFiles, &[]).unwrap_or_else(|wrong| panic!("{wrong}")).model
}

#[test]
fn a_forecast_is_the_mean_of_what_is_drawn() {
    let lines = |law: &str| format!("lines_per_order = {{ {law} }}");
    let units = |law: &str| format!("units_per_line = {{ {law} }}");
    for (products, demand) in [
        (6, lines("poisson = { mean = 1 }")),
        (6, lines("poisson = { mean = 5 }")),
        (6, lines("exponential = { mean = 1.5 }")),
        (2, lines("geometric = { mean = 2.2 }")),
        (40, lines("geometric = { mean = 2.2 }")),
        (6, lines("uniform = { min = 1, max = 5 }")),
        (3, lines("empirical = { values = [1, 2, 3], weights = [5, 3, 2] }")),
        (3, units("geometric = { mean = 5 }")),
        (3, units("poisson = { mean = 0.5 }")),
        (3, units("uniform = { min = 1, max = 9 }")),
        (3, units("empirical = { values = [1, 4], weights = [3, 1] }")),
        (3, units("gamma = { mean = 2, cv = 1.2 }")),
        (3, units("lognormal = { mean = 3, cv = 0.5 }")),
        (3, units("weibull = { mean = 3, cv = 0.5 }")),
        (3, units("normal = { mean = 1, sd = 2 }")),
        (3, units("triangular = { min = 0, mode = 1, max = 4 }")),
    ] {
        let model = model(products, &demand);
        let plan = Plan::new(&model);
        let mut generated = Generated::new(&plan, None, 0, LineBuffers::default());
        let (mut orders, mut means, mut squares) = (0.0, Sum::default(), Sum::default());
        for _ in 0..400 {
            generated.draw(&plan.nearest);
            for order in generated.ahead() {
                orders += 1.0;
                let of_lines = |power: i32| order.lines.iter().map(|line| f64::from(line.units).powi(power)).sum();
                means.add(of_lines(1));
                squares.add(of_lines(2));
            }
        }
        // Equal shares make what is asked for of one product its part of the whole.
        let a_day = 100.0 / f64::from(products);
        for forecast in forecasts(&model, &Assortment::new(&model)) {
            for (drawn, forecast) in [(&means, forecast.mean), (&squares, forecast.variance)] {
                let (mean, forecast) = (drawn.total / orders, forecast / a_day);
                assert!(
                    (mean - forecast).abs() < drawn.error(orders),
                    "{demand}: {mean} is drawn, {forecast} forecast"
                );
            }
        }
    }
}

#[test]
fn a_forecast_of_demand_by_period_has_the_mean_and_variance_of_what_is_drawn_for_each_home() {
    const PERIODS: i64 = 20_000;
    for units in [
        "{ poisson = { mean = 3 } }",
        "{ normal = { mean = 40, sd = 12 } }",
        "{ empirical = { values = [0, 5], weights = [3, 1] } }",
        "7",
    ] {
        let text = format!(
            "run = {{ horizon = \"10d\", replications = 1, seed = 5 }}\n\
             warehouses = [{{ id = \"east\" }}, {{ id = \"west\" }}]\n\
             zones = [{{ id = \"one\", share = 1 }}, {{ id = \"three\", share = 3 }}]\n\
             lanes = [{{ from = \"east\", to = \"one\" }}, {{ from = \"west\", to = \"three\" }}]\n\
             vendors = [{{ id = \"v\", lead_time = \"4d\" }}]\n\
             replenishment = {{ policy = \"base-stock\", target = {{ fill_rate = 0.95 }} }}\n\
             products = [{{ id = \"p\", vendor = \"v\" }}]\n\
             demand = {{ period = \"2d\", units_per_period = {units} }}\n"
        );
        let model = load("forecast.toml", &text, &NoFiles, &[]).unwrap_or_else(|wrong| panic!("{wrong}")).model;
        let plan = Plan::new(&model);
        let end = SimTime(2 * PERIODS * DAY);
        let mut periods = Periods::new(plan.period.as_ref(), end, 5, 0);
        let mut drawn = vec![[0.0; 2]; PERIODS as usize];
        while periods.next < end {
            let period = periods.next.0 / (2 * DAY);
            let order = periods.take();
            drawn[period as usize][order.zone.index()] += f64::from(order.line.units);
        }
        let forecasts = forecasts(&model, &Assortment::new(&model));
        for (zone, forecast) in forecasts.iter().enumerate() {
            let (mut means, mut squares) = (Sum::default(), Sum::default());
            for units in &drawn {
                means.add(units[zone]);
                squares.add(units[zone] * units[zone]);
            }
            let (mean, periods) = (2.0 * forecast.mean, PERIODS as f64);
            let square = 2.0 * forecast.variance + mean * mean;
            for (drawn, forecast) in [(means, mean), (squares, square)] {
                let found = drawn.total / periods;
                assert!(
                    (found - forecast).abs() < drawn.error(periods),
                    "{units}: {found} is drawn, {forecast} forecast"
                );
            }
        }
    }
}

/// A sum of figures and of their squares.
#[derive(Default)]
struct Sum {
    total: f64,
    squares: f64,
}

impl Sum {
    fn add(&mut self, figure: f64) {
        self.total += figure;
        self.squares += figure * figure;
    }

    /// Four standard errors of the mean of so many figures.
    fn error(&self, figures: f64) -> f64 {
        let mean = self.total / figures;
        4.0 * ((self.squares / figures - mean * mean).max(0.0) / figures).sqrt() + 1e-9
    }
}
