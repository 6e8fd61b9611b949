//! The engine, run as users run it, with its trace, its auditor, and its books in the end.

use backorder::domain::{Model, ProductId, SimTime, WarehouseId};
use backorder::engine::{Books, Observer, Occurrence, Plan};
use backorder::scenario;

use crate::reference::{History, Shelf};
use crate::support::replay::{NoFiles, replay};

/// Loads a scenario's text; the error is what a user would read.
pub fn model(text: &str) -> Result<Model, String> {
    scenario::load("random.toml", text, &NoFiles, &[]).map(|loaded| loaded.model).map_err(|wrong| wrong.to_string())
}

/// What the engine did, and what its auditor had to say.
pub struct Account {
    pub history: History,
    pub breaches: Vec<String>,
}

/// Runs the first replication.
pub fn run(model: &Model) -> Account {
    let told = replay(model);
    let mut books = LastBooks { model, shelves: vec![] };
    Plan::new(model).run(0, &mut books);
    Account { history: History { events: told.trace, shelves: books.shelves }, breaches: told.breaches }
}

/// Copies the engine's books at the end.
struct LastBooks<'m> {
    model: &'m Model,
    shelves: Vec<Shelf>,
}

impl Observer for LastBooks<'_> {
    const READS_BOOKS: bool = true;

    fn observe(&mut self, _now: SimTime, _what: Occurrence<'_>) {}

    fn ended(&mut self, _end: SimTime, books: &impl Books) {
        for (w, warehouse) in self.model.warehouses.iter().enumerate() {
            for (p, product) in self.model.products.iter().enumerate() {
                let (at, of) = (WarehouseId::from_index(w), ProductId::from_index(p));
                self.shelves.push(Shelf {
                    warehouse: warehouse.id.clone(),
                    product: product.id.clone(),
                    on_hand: books.on_hand(at, of),
                    reserved: books.reserved(at, of),
                });
            }
        }
    }
}
