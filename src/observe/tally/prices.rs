//! What events make of unit costs and prices: how much more, or less, what vendors delivered cost, and the margins of what was never
//! shipped are worth, than without them.

use crate::domain::{Effect, Model, ProductId};

/// The products that an event changes something of.
#[derive(Clone, Debug)]
enum About {
    All,
    Some(Vec<ProductId>),
}

/// A change of unit costs or prices.
#[derive(Clone, Debug)]
struct PriceEvent {
    /// Its row among the events.
    event: u32,
    about: About,
    is_of_cost: bool,
    factor: f64,
    is_on: bool,
}

/// What a product costs and sells at now, in cents, and what came of it.
#[derive(Clone, Copy, Debug)]
struct Now {
    unit_cost: i64,
    price: i64,
    usual: (i64, i64),
    /// What came of deliveries and of units that were never shipped, beyond what they are worth at the usual cost and price, in cents.
    surplus: Surplus,
}

/// Cents beyond those at the usual unit cost and price.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Surplus {
    /// Of units that vendors delivered.
    pub received: i128,
    /// Of the margins of units never shipped.
    pub margin: i128,
}

/// Unit costs and prices while events change them.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    events: Vec<PriceEvent>,
    products: Vec<Now>,
}

impl Prices {
    /// Those of a model; `None` where no event changes any.
    pub fn new(model: &Model) -> Option<Box<Self>> {
        let event = |(event, planned): (u32, &crate::domain::PlannedEvent)| {
            let (products, is_of_cost, factor) = match &planned.effect {
                Effect::UnitCost { products, factor } => (products, true, *factor),
                Effect::Price { products, factor } => (products, false, *factor),
                _ => return None,
            };
            let about = products.clone().map_or(About::All, About::Some);
            Some(PriceEvent { event, about, is_of_cost, factor, is_on: false })
        };
        let events: Vec<PriceEvent> = (0..).zip(&model.events).filter_map(event).collect();
        if events.is_empty() {
            return None;
        }
        let now = |product: &crate::domain::Product| {
            let (unit_cost, price) = (product.unit_cost.0, product.price.0);
            Now { unit_cost, price, usual: (unit_cost, price), surplus: Surplus::default() }
        };
        Some(Box::new(Self { events, products: model.products.iter().map(now).collect() }))
    }

    /// An event begins or ends.
    pub fn turn(&mut self, event: u32, begins: bool) {
        let Some(at) = self.events.iter().position(|it| it.event == event) else { return };
        self.events[at].is_on = begins;
        let concerned: Vec<usize> = match &self.events[at].about {
            About::All => (0..self.products.len()).collect(),
            About::Some(products) => products.iter().map(|product| product.index()).collect(),
        };
        let is_about = |event: &PriceEvent, product: usize| match &event.about {
            About::All => true,
            About::Some(products) => products.binary_search(&ProductId::from_index(product)).is_ok(),
        };
        for product in concerned {
            let factor = |of_cost: bool| -> f64 {
                let on = self.events.iter().filter(|it| it.is_on && it.is_of_cost == of_cost && is_about(it, product));
                on.map(|event| event.factor).product()
            };
            let (cost, price) = (factor(true), factor(false));
            let now = &mut self.products[product];
            let times = |cents: i64, factor: f64| libm::rint(cents as f64 * factor) as i64;
            (now.unit_cost, now.price) = (times(now.usual.0, cost), times(now.usual.1, price));
        }
    }

    /// Units that a vendor delivers.
    pub fn received(&mut self, product: ProductId, units: i64) {
        let now = &mut self.products[product.index()];
        now.surplus.received += i128::from(units) * i128::from(now.unit_cost - now.usual.0);
    }

    /// Units that are never shipped; the cents by which their margin is more than usual.
    pub fn lost(&mut self, product: ProductId, units: i64) -> i128 {
        let now = &mut self.products[product.index()];
        let more = i128::from(units) * i128::from((now.price - now.unit_cost) - (now.usual.1 - now.usual.0));
        now.surplus.margin += more;
        more
    }

    /// What came of a product.
    pub fn surplus(&self, product: usize) -> Surplus {
        self.products[product].surplus
    }
}
