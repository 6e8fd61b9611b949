//! What came in while the order waited, and whether that helped it.

use super::Story;
use super::scene::Portion;
use super::words::list;
use crate::domain::{Mode, OrderNumber, ProductId, WarehouseId};
use crate::engine::OrderRef;

impl Story<'_> {
    /// Whether an arrival concerns the order: a product it waits for, or, where one warehouse must have everything, a
    /// product of any line that has not left.
    pub(super) fn concerns(&self, product: ProductId) -> bool {
        self.mode.is_some()
            && self.ending.is_none()
            && self.lines.iter().any(|line| line.waiting > 0)
            && self
                .lines
                .iter()
                .any(|line| line.product == product && line.is_open && (line.waiting > 0 || self.assigned.is_some()))
    }

    /// What an arrival meant for the order, known at the end of its instant.
    pub(super) fn consequence(&self, order: OrderRef, arrival: Portion) -> String {
        let Portion { warehouse, product, units } = arrival;
        let name = self.warehouse(warehouse);
        let text = format!("{name} receives {}.", self.amount(units, product));
        let at_it = |(_, taken): &&(OrderNumber, Portion)| taken.warehouse == warehouse && taken.product == product;
        if self.scene.taken.iter().filter(at_it).any(|(taker, _)| *taker == self.number) {
            return text;
        }
        if !self.sources(order).contains(&warehouse) {
            return match self.assigned {
                Some(assigned) => {
                    let complete = if self.could_supply_all(warehouse) {
                        format!("{name} could now supply all of the order, but it")
                    } else {
                        "The order".to_string()
                    };
                    format!(
                        "{text} {complete} was assigned to {} and can only leave from there.",
                        self.warehouse(assigned)
                    )
                }
                None => format!("{text} That does not help: it does not serve {}.", self.zone(order)),
            };
        }
        // Several lines of an order may each have taken some.
        let mut others: Vec<(OrderNumber, u32)> = Vec::new();
        for (taker, taken) in self.scene.taken.iter().filter(at_it) {
            match others.iter_mut().find(|(other, _)| other == taker) {
                Some((_, units)) => *units += taken.units,
                None => others.push((*taker, taken.units)),
            }
        }
        let others = others.iter().map(|(taker, units)| format!("{units} went to order\u{a0}{taker}"));
        let went = if others.len() == 0 { String::new() } else { format!(" {}, which came first.", list(others)) };
        let left = self.scene.free(warehouse, product);
        let why = if !self.model.rules.backorder.reserve_while_held && self.mode == Some(Mode::Held) {
            " The order takes nothing until all of it can be had at once."
        } else if left > 0 {
            " What is left there is too little for a whole line."
        } else {
            " Nothing is left."
        };
        format!("{text}{went}{why}")
    }

    /// Whether a warehouse has free stock for every line that has not left.
    fn could_supply_all(&self, warehouse: WarehouseId) -> bool {
        let needed = |product| -> i64 {
            let lines = self.lines.iter().filter(|line| line.is_open && line.product == product);
            lines.map(|line| i64::from(line.units)).sum()
        };
        let mut open = self.lines.iter().filter(|line| line.is_open);
        open.all(|line| self.scene.free(warehouse, line.product) >= needed(line.product))
    }
}
