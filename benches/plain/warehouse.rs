//! The warehouse of the plain problem, as a hand-written program keeps it: what an order and a receipt do to it, and what
//! is drawn for them. When they happen is the program's; so programs that keep their events differently are comparable.

use std::collections::VecDeque;

use backorder::domain::{Model, ProductId, WarehouseId};
use backorder::engine::Plan;
use backorder::random::{Purpose, Stream};
use rand_distr::weighted::WeightedAliasIndex;
use rand_distr::{Distribution, Exp, Gamma};

/// The (r,Q) problem.
pub struct Workload {
    pub orders_per_day: f64,
    pub days: f64,
    pub shares: Vec<f64>,
    /// Reorder point and quantity of each product.
    pub levels: Vec<(i32, i32)>,
    pub lead_time_days: f64,
    pub lead_time_cv: f64,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub lines: u64,
    pub filled: u64,
}

impl Outcome {
    /// The share of the lines that were filled at once.
    pub fn fill_rate(self) -> f64 {
        self.filled as f64 / self.lines as f64
    }
}

/// A purchase order that an order gave rise to.
pub struct Purchase {
    pub lead_time: f64,
    pub product: u32,
    pub units: i32,
}

struct Product {
    on_hand: i32,
    on_order: i32,
    waiting: VecDeque<f64>,
}

/// The stock, and the one stream that everything is drawn from.
pub struct Warehouse {
    stream: Stream,
    gap: Exp<f64>,
    which: WeightedAliasIndex<f64>,
    lead_time: Gamma<f64>,
    levels: Vec<(i32, i32)>,
    products: Vec<Product>,
    outcome: Outcome,
    waited: f64,
}

impl Workload {
    /// What a hand-written program needs to know of the scenario.
    pub fn new(model: &Model, plan: &Plan<'_>) -> Self {
        let demand = model.demand().expect("the scenario has demand");
        Self {
            orders_per_day: demand.orders_per_day,
            days: (model.run().horizon + model.run().warm_up.span()).days(),
            shares: model.products().iter().map(|product| product.share).collect(),
            levels: (0..model.products().len())
                .map(|product| {
                    let levels = plan.levels(WarehouseId(0), ProductId::from_index(product));
                    levels.map_or((0, 1), |levels| (levels.trigger, levels.lift))
                })
                .collect(),
            lead_time_days: 6.0,
            lead_time_cv: 0.5,
        }
    }
}

impl Warehouse {
    /// The warehouse at the beginning, full.
    pub fn new(workload: &Workload, replication: u32) -> Self {
        let shape = 1.0 / (workload.lead_time_cv * workload.lead_time_cv);
        Self {
            stream: Stream::new(1, replication, Purpose::Arrivals, 1),
            gap: Exp::new(workload.orders_per_day).expect("a positive rate"),
            which: WeightedAliasIndex::new(workload.shares.clone()).expect("shares"),
            lead_time: Gamma::new(shape, workload.lead_time_days / shape).expect("a valid gamma"),
            levels: workload.levels.clone(),
            products: workload
                .levels
                .iter()
                .map(|&(reorder_point, quantity)| Product {
                    on_hand: reorder_point + quantity,
                    on_order: 0,
                    waiting: VecDeque::new(),
                })
                .collect(),
            outcome: Outcome::default(),
            waited: 0.0,
        }
    }

    /// Days until the next order.
    #[inline(always)]
    pub fn gap(&mut self) -> f64 {
        self.gap.sample(&mut self.stream)
    }

    /// An order of one unit of some product arrives; it may give rise to a purchase order.
    #[inline(always)]
    pub fn order(&mut self, now: f64) -> Option<Purchase> {
        let index = self.which.sample(&mut self.stream);
        let product = &mut self.products[index];
        self.outcome.lines += 1;
        if product.on_hand > 0 {
            product.on_hand -= 1;
            self.outcome.filled += 1;
        } else {
            product.waiting.push_back(now);
        }
        let (reorder_point, quantity) = self.levels[index];
        if product.on_hand + product.on_order - product.waiting.len() as i32 > reorder_point {
            return None;
        }
        product.on_order += quantity;
        let lead_time = self.lead_time.sample(&mut self.stream);
        Some(Purchase { lead_time, product: index as u32, units: quantity })
    }

    /// A purchase order comes in; what waits for it is served, first come first.
    #[inline(always)]
    pub fn receive(&mut self, now: f64, product: u32, units: i32) {
        let product = &mut self.products[product as usize];
        product.on_order -= units;
        product.on_hand += units;
        while product.on_hand > 0
            && let Some(since) = product.waiting.pop_front()
        {
            product.on_hand -= 1;
            self.waited += now - since;
        }
    }

    /// What was counted up to now.
    pub fn outcome(&self) -> Outcome {
        std::hint::black_box(self.waited);
        self.outcome
    }
}
