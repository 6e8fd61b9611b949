//! What is said of shelves is so: they empty and fill in turn, and at the end of every second the last word agrees with
//! the books. The measures of ready stock rest on it.

use backorder::domain::{Effect, Model, ProductId, SimTime, WarehouseId};
use backorder::engine::{Books, Observer, Occurrence, Plan};

use super::generator;
use crate::support::replay::{NoFiles, load};

/// Random scenarios it is tried on.
const TRIED: u64 = 100;

/// What was said of each pair: whether something lies there free.
struct Shelves<'m> {
    model: &'m Model,
    ready: Vec<bool>,
    /// Which events are on: nothing is free in a warehouse that one of them shuts.
    on: Vec<bool>,
    /// How often a shelf was said to empty, and to fill.
    said: [u64; 2],
}

impl Shelves<'_> {
    fn of(&mut self, warehouse: WarehouseId, product: ProductId) -> &mut bool {
        &mut self.ready[warehouse.index() * self.model.products().len() + product.index()]
    }
}

impl Observer for Shelves<'_> {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::PairCarried { warehouse, product, units } => *self.of(warehouse, product) = units > 0,
            Occurrence::ShelfEmptied { warehouse, product } => {
                let was_ready = std::mem::replace(self.of(warehouse, product), false);
                assert!(was_ready, "at {} an empty shelf was said to empty", now.0);
                self.said[0] += 1;
            }
            Occurrence::ShelfFilled { warehouse, product } => {
                let was_ready = std::mem::replace(self.of(warehouse, product), true);
                assert!(!was_ready, "at {} a shelf that was not empty was said to fill", now.0);
                self.said[1] += 1;
            }
            Occurrence::EventBegan { event } => self.on[event as usize] = true,
            Occurrence::EventEnded { event } => self.on[event as usize] = false,
            _ => {}
        }
    }

    fn instant_ended(&mut self, now: SimTime, books: &impl Books) {
        for warehouse in (0..self.model.warehouses().len()).map(WarehouseId::from_index) {
            let shuts = |effect: &Effect| matches!(effect, Effect::Shut { warehouse: at } if *at == warehouse);
            let mut on = self.model.events().iter().zip(&self.on).filter(|(_, on)| **on);
            if on.any(|(event, _)| shuts(&event.effect)) {
                continue;
            }
            for product in (0..self.model.products().len()).map(ProductId::from_index) {
                let free = books.on_hand(warehouse, product) - books.reserved(warehouse, product);
                assert_eq!(*self.of(warehouse, product), free > 0, "at {}: {free} units are free", now.0);
            }
        }
    }
}

#[test]
fn shelves_are_said_to_empty_and_fill_when_they_do() {
    let mut said = [0; 2];
    for seed in 0..TRIED {
        // Seeds that no other property begins with.
        let model = load("shelves.toml", &generator::draft(3_000_000 + seed).to_toml(), &NoFiles);
        let ready = vec![false; model.warehouses().len() * model.products().len()];
        let on = vec![false; model.events().len()];
        let mut shelves = Shelves { model: &model, ready, on, said: [0; 2] };
        Plan::new(&model).run(0, &mut shelves).expect("all of it can be counted");
        said = [said[0] + shelves.said[0], said[1] + shelves.said[1]];
    }
    assert!(said.into_iter().all(|times| times > 4 * TRIED), "{said:?}");
}
