//! The hand-written loop that the engine is measured against.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

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

/// What it counted.
pub struct Outcome {
    pub lines: u64,
    pub filled: u64,
}

/// 32 bytes: time, sequence, what, which, how many.
#[derive(Clone, Copy, PartialEq)]
struct Event {
    time: f64,
    sequence: u64,
    kind: Kind,
    product: u32,
    units: i32,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Order,
    Receipt,
}

impl Eq for Event {}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Event {
    /// The earliest is the greatest: the standard heap gives out the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.time.total_cmp(&self.time).then(other.sequence.cmp(&self.sequence))
    }
}

struct Product {
    on_hand: i32,
    on_order: i32,
    waiting: VecDeque<f64>,
}

/// Runs the loop.
pub fn run(workload: &Workload, replication: u32) -> Outcome {
    let mut stream = Stream::new(1, replication, Purpose::Arrivals, 1);
    let gap = Exp::new(workload.orders_per_day).expect("a positive rate");
    let which = WeightedAliasIndex::new(workload.shares.clone()).expect("shares");
    let shape = 1.0 / (workload.lead_time_cv * workload.lead_time_cv);
    let lead_time = Gamma::new(shape, workload.lead_time_days / shape).expect("a valid gamma");
    let mut products: Vec<Product> = workload
        .levels
        .iter()
        .map(|&(reorder_point, quantity)| Product {
            on_hand: reorder_point + quantity,
            on_order: 0,
            waiting: VecDeque::new(),
        })
        .collect();
    let mut heap = BinaryHeap::new();
    let mut sequence = 0;
    let mut outcome = Outcome { lines: 0, filled: 0 };
    let mut waited = 0.0;
    let first = Event { time: gap.sample(&mut stream), sequence, kind: Kind::Order, product: 0, units: 1 };
    heap.push(first);
    while let Some(event) = heap.pop() {
        if event.time >= workload.days {
            break;
        }
        match event.kind {
            Kind::Order => {
                let index = which.sample(&mut stream);
                let product = &mut products[index];
                outcome.lines += 1;
                if product.on_hand > 0 {
                    product.on_hand -= 1;
                    outcome.filled += 1;
                } else {
                    product.waiting.push_back(event.time);
                }
                let (reorder_point, quantity) = workload.levels[index];
                if product.on_hand + product.on_order - product.waiting.len() as i32 <= reorder_point {
                    product.on_order += quantity;
                    sequence += 1;
                    heap.push(Event {
                        time: event.time + lead_time.sample(&mut stream),
                        sequence,
                        kind: Kind::Receipt,
                        product: index as u32,
                        units: quantity,
                    });
                }
                sequence += 1;
                let time = event.time + gap.sample(&mut stream);
                heap.push(Event { time, sequence, kind: Kind::Order, product: 0, units: 1 });
            }
            Kind::Receipt => {
                let product = &mut products[event.product as usize];
                product.on_order -= event.units;
                product.on_hand += event.units;
                while product.on_hand > 0
                    && let Some(since) = product.waiting.pop_front()
                {
                    product.on_hand -= 1;
                    waited += event.time - since;
                }
            }
        }
    }
    std::hint::black_box(waited);
    outcome
}
