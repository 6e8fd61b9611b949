//! Results for the tests of the renderers.

use crate::domain::*;
use crate::experiment::{Results, Settings, replicate};
use crate::measures::fixture;

/// Four replications of ten scripted orders in two zones, all filled at once; one product's name needs quoting.
pub(super) fn some() -> Results {
    let mut model = fixture::model();
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
    replicate(model, &Settings { jobs: Some(1), ..Settings::default() }, &|_, _| ()).expect("a run without audit")
}
