//! What is over is forgotten: a run needs the memory of what is under way, not of its whole past.

use super::{Memory, Simulation};
use crate::domain::SimTime;
use crate::engine::{Observer, Occurrence, Plan};
use crate::scenario::{Files, load};

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<String, String> {
        Err("the scenario stands on its own".into())
    }
}

struct Nobody;

impl Observer for Nobody {
    fn observe(&mut self, _now: SimTime, _what: Occurrence<'_>) {}
}

/// Everything is kept for a while: parcels are packed, lines wait, customers call, orders age, purchase orders are
/// expedited and leave their old arrival behind.
const BUSY: &str = r#"
warehouses = [{ id = "near", handling = "4h" }, { id = "far", handling = "6h" }]
zones = [{ id = "home" }, { id = "abroad", international = true }]
lanes = [
    { from = "near", to = "home", parcel_cost = 5.0, transit = "1d" },
    { from = "far", to = "home", parcel_cost = 7.0, transit = "2d" },
    { from = "far", to = "abroad", parcel_cost = 9.0, transit = "5d" },
]
products = [
    { id = "x", vendor = "v", substitutes = "g" },
    { id = "y", vendor = "v", substitutes = "g" },
    { id = "z", vendor = "v" },
]
vendors = [{ id = "v", lead_time = { gamma = { mean = "5d", cv = 0.8 } }, expedite = { lead_time = "1d", cost_per_unit = 1.0 } }]
demand = { orders_per_day = 200, lines_per_order = { geometric = { mean = 1.8 } } }
replenishment = { policy = "base-stock", order_up_to = 60 }
customers = { contact = { probability = 0.3, after = { exponential = { mean = "1d" } } }, swap_share = 0.5 }
rules.cancellation.after = "4d"
"#;

/// The slots that a run of so many days ever needed, by what they are for.
fn slots(days: u32) -> [(&'static str, usize); 8] {
    let text = format!("run = {{ horizon = \"{days}d\", warm_up = \"0s\", replications = 1, seed = 3 }}\n{BUSY}");
    let model = load("busy.toml", &text, &NoFiles, &[]).unwrap_or_else(|wrong| panic!("{wrong}")).model;
    let plan = Plan::new(&model);
    let mut nobody = Nobody;
    let shocks = crate::engine::shocks::Shocks::new(&plan, 0);
    let mut simulation = Simulation::new(&plan, &shocks, 0, &mut nobody, Memory::default());
    simulation.run_to_the_end();
    let open = &simulation.open;
    [
        ("orders", open.orders.slots()),
        ("lines", open.lines.slots()),
        ("allocations", open.allocations.slots()),
        ("parcels", open.parcels.slots()),
        ("parcels of orders that leave at once", simulation.at_once.parcels.slots()),
        ("orders that leave at once in several parcels", simulation.at_once.siblings.slots()),
        ("promises", simulation.supply.promises.slots()),
        ("purchase orders", simulation.supply.purchase_orders.slots()),
    ]
}

#[test]
fn a_longer_run_needs_no_more_memory() {
    for ((what, short), (_, long)) in slots(60).into_iter().zip(slots(240)) {
        assert!(short > 3, "{what}: {short} are no test");
        assert!(long < 2 * short, "{what}: {short} in 60 days, {long} in 240");
    }
}
