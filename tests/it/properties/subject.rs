//! The engine, run as users run it, with its trace, its auditor, and its books in the end.

use backorder::domain::{Model, OrderedLine, ProductId, ScriptedOrder, SimTime, Span, WarehouseId};
use backorder::engine::{Books, Observer, Occurrence, OrderRef, Plan};
use backorder::scenario::{self, Override};

use super::draft::SHOCK;
use crate::reference::{Chance, History, Shelf};
use crate::support::replay::{NoFiles, replay};

/// Loads a scenario's text, with the setting changed that it begins with; the error is what a user would read.
pub fn model(text: &str) -> Result<Model, String> {
    let changed = text.lines().filter_map(|line| line.strip_prefix(SHOCK)?.split_once('='));
    let settings: Vec<Override> =
        changed.map(|(path, value)| Override { path: path.into(), value: value.into() }).collect();
    load(text, &settings)
}

/// The same without a change.
pub fn unchanged(text: &str) -> Result<Model, String> {
    load(text, &[])
}

fn load(text: &str, settings: &[Override]) -> Result<Model, String> {
    scenario::load("random.toml", text, &NoFiles, settings)
        .map(|loaded| loaded.model)
        .map_err(|wrong| wrong.to_string())
}

/// What the engine did, and what its auditor had to say.
pub struct Account {
    pub history: History,
    pub breaches: Vec<String>,
    /// What chance decided in it.
    pub chance: Chance,
}

/// Runs the first replication.
pub fn run(model: &Model) -> Account {
    let told = replay(model);
    let mut watchers = (LastBooks { model, shelves: vec![] }, Drawn { model, chance: Chance::default(), due: 0 });
    Plan::new(model).run(0, &mut watchers).expect("all of it can be counted");
    let (books, drawn) = watchers;
    let history = History { events: told.trace, shelves: books.shelves };
    Account { history, breaches: told.breaches, chance: drawn.chance }
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
        for (w, warehouse) in self.model.warehouses().iter().enumerate() {
            for (p, product) in self.model.products().iter().enumerate() {
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

/// Notes what was drawn.
struct Drawn<'m> {
    model: &'m Model,
    chance: Chance,
    /// The order that fell due last: it was noted when it came.
    due: u64,
}

impl Drawn<'_> {
    /// How long after that it is due, the scenario says.
    fn come(&mut self, at: SimTime, order: OrderRef) {
        let OrderRef { zone, class, .. } = order;
        self.chance.orders.push(ScriptedOrder { at, zone, lines: vec![], due_after: Span::ZERO, class });
    }
}

impl Observer for Drawn<'_> {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        let scripted = self.model.script().orders.len() as u64;
        match what {
            Occurrence::OrderBooked { order } if order.number > scripted => self.come(now, order),
            Occurrence::LineBooked { order, product, units, .. } if order.number > scripted => {
                let asked = self.chance.orders.last_mut().expect("a line belongs to an order");
                asked.lines.push(OrderedLine { product, units });
            }
            Occurrence::LineFellDue { order, .. } => self.due = order.number,
            Occurrence::OrderAsked { order, .. } if order.number > scripted && order.number != self.due => {
                self.come(now, order);
            }
            Occurrence::LineAsked { order, product, units, .. }
                if order.number > scripted && order.number != self.due =>
            {
                let asked = self.chance.orders.last_mut().expect("a line belongs to an order");
                asked.lines.push(OrderedLine { product, units });
            }
            Occurrence::LeadTimeBegan { warehouse, product, number, lead_time, .. } => {
                let earlier = self.chance.lead_times.insert((warehouse.index(), product.index(), number), lead_time.0);
                assert_eq!(earlier, None, "a lead time begins once");
            }
            Occurrence::OrderBegun { warehouse, product, number, work, .. } => {
                let earlier = self.chance.work.insert((warehouse.index(), product.index(), number), work.0);
                assert_eq!(earlier, None, "a purchase order is taken up once");
            }
            _ => {}
        }
    }
}
