//! Results for the tests of the renderers.

use crate::domain::*;
use crate::experiment::{Alternative, Comparison, Gate, Judging, Results, Settings, compare, replicate};
use crate::measures::fixture;
use crate::report::{ComparedInputs, Origin, compared_inputs};

/// Four replications of ten scripted orders in two zones, all filled at once; one product's name needs quoting.
pub(super) fn some() -> Results {
    some_of(fixture::model())
}

/// The same of a model that differs from the fixture's in what it promises, charges or counts.
pub(super) fn some_of(mut model: crate::domain::Model) -> Results {
    model.name = "some orders".into();
    model.products[0].id = "whey, 1 kg".into();
    model.run.replications = Replications::Fixed(4);
    let stock =
        |warehouse, product| StockRow { warehouse: WarehouseId(warehouse), product: ProductId(product), units: 50 };
    model.script.stock = Some(vec![stock(0, 0), stock(1, 1)]);
    let order = |index: i64| ScriptedOrder {
        at: SimTime((1 + index) * DAY),
        zone: ZoneId((index % 2) as u32),
        lines: vec![OrderedLine { product: ProductId((index % 2) as u32), units: 2 }],
        due_after: Span::ZERO,
        class: ClassId(0),
    };
    model.script.orders = (0..10).map(order).collect();
    run(&model)
}

/// One replication in which nothing is asked for.
pub(super) fn quiet() -> Results {
    let mut model = fixture::model();
    model.run.replications = Replications::Fixed(1);
    run(&model)
}

fn run(model: &Model) -> Results {
    replicate(model, &Settings { jobs: Some(1), ..Settings::default() }).expect("a run without audit")
}

/// Three scenarios that differ in what they hold in stock, over six replications; two gates.
pub(super) fn compared() -> Comparison {
    let stocked = |name: &str, changes: &str, units| {
        let mut model = fixture::model();
        model.run.replications = Replications::Fixed(6);
        model.run.horizon = Span::from_days(30);
        model.demand = Some(Demand {
            orders_per_day: 8.0,
            lines_per_order: Distribution::geometric(1.4),
            units_per_line: Distribution::Constant(1.0),
            weekly: [1.0; 7],
            yearly: [1.0; 12],
            affinity: 0.0,
            shape: crate::domain::DemandShape::default(),
        });
        let row =
            |warehouse, product| StockRow { warehouse: WarehouseId(warehouse), product: ProductId(product), units };
        model.script.stock = Some(vec![row(0, 0), row(0, 1), row(1, 0), row(1, 1)]);
        Alternative { name: name.into(), changes: changes.into(), model }
    };
    let alternatives = [stocked("today", "", 60), stocked("less", "stock=50", 50), stocked("today again", "", 60)];
    let gates =
        ["order_fill_rate >= 0.1 %", "less: change(order_fill_rate) >= 0"].map(|gate| Gate::parse(gate).unwrap());
    let settings = Settings { jobs: Some(1), ..Settings::default() };
    compare(&alternatives, &settings, &Judging::default(), &gates).expect("a comparison without audit")
}

/// What goes into one scenario, as a comparison keeps it.
pub(super) fn inputs() -> ComparedInputs {
    let origin = Origin { version: "1".into(), command: "again".into(), sources: Vec::new(), next: Vec::new() };
    compared_inputs(&[(&fixture::model(), Vec::new())], origin)
}
