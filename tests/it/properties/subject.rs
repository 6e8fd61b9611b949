//! The engine, run as users run it, with its trace, its auditor, and its books in the end.

use backorder::domain::{Model, ProductId, SimTime, WarehouseId};
use backorder::engine::{Books, Observer, Occurrence, Plan};
use backorder::observe::{Auditor, TraceWriter};
use backorder::scenario::{Files, load};

use crate::reference::{Event, History, Shelf};

/// A scenario that stands alone.
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        Err(format!("{relative_path}: this scenario has no files beside it"))
    }
}

/// Loads a scenario's text; the error is what a user would read.
pub fn model(text: &str) -> Result<Model, String> {
    load("random.toml", text, &NoFiles, &[]).map(|loaded| loaded.model).map_err(|wrong| wrong.to_string())
}

/// What the engine did, and what its auditor had to say.
pub struct Account {
    pub history: History,
    pub breaches: Vec<String>,
}

/// Runs the first replication.
pub fn run(model: &Model) -> Account {
    let mut trace = vec![];
    let mut watchers = ((TraceWriter::new(model, &mut trace), Auditor::new(model)), LastBooks::new(model));
    Plan::new(model).run(0, &mut watchers);
    let ((writer, auditor), books) = watchers;
    let breaches = auditor.breaches().iter().map(ToString::to_string).collect();
    drop(writer);
    let text = String::from_utf8(trace).expect("a trace is text");
    let events: Vec<Event> = text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    Account { history: History { events, shelves: books.shelves }, breaches }
}

/// Copies the engine's books at the end.
struct LastBooks<'m> {
    model: &'m Model,
    shelves: Vec<Shelf>,
}

impl<'m> LastBooks<'m> {
    fn new(model: &'m Model) -> Self {
        Self { model, shelves: vec![] }
    }
}

impl Observer for LastBooks<'_> {
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
