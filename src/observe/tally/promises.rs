//! What the tally counts of promised dates, and of products that cannot be ordered.

use super::observer::Tally;
use super::parts::late_for;
use crate::domain::ProductId;
use crate::engine::{Occurrence, OrderRef};

impl Tally {
    /// A promise was kept or broken.
    pub(super) fn promise(&mut self, what: Occurrence<'_>) {
        let Some(order) = what.order().filter(|&order| self.measures(order)) else { return };
        match what {
            Occurrence::PromiseKept { product, .. } => {
                self.promised[product.index()].promised += 1;
                self.promised[product.index()].on_time += 1;
                let zone = self.zone(order);
                zone.lines_promised += 1;
                zone.lines_on_time += 1;
            }
            Occurrence::PromiseBroken { product, promised, done, why, .. } => {
                self.promised[product.index()].promised += 1;
                self.promised[product.index()].late_for[why as usize] += 1;
                let zone = self.zone(order);
                zone.lines_promised += 1;
                *late_for(zone, why) += 1;
                if let Some(done) = done {
                    zone.lines_late += 1;
                    zone.late_seconds += (done - promised).0;
                }
            }
            Occurrence::OrderPromiseSettled { kept, .. } => {
                let zone = self.zone(order);
                zone.orders_promised += 1;
                zone.orders_on_time += i64::from(kept);
            }
            _ => {}
        }
    }

    /// A customer took another product than was asked for: it counts as asked for of what was taken.
    pub(super) fn replaced(&mut self, order: OrderRef, product: ProductId, to_product: ProductId, units: u32) {
        for (product, sign) in [(product, -1), (to_product, 1)] {
            let cold = &mut self.cold[product.index()];
            cold.lines += sign;
            cold.units += sign * i64::from(units);
        }
        self.cold[product.index()].lines_swapped += 1;
        self.zone(order).lines_swapped += 1;
    }
}
