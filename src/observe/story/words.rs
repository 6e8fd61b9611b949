//! The vocabulary of a story: names, amounts, lists.

use super::Story;
use crate::domain::{LineNumber, Mode, ProductId, Span, WarehouseId};
use crate::engine::OrderRef;
use crate::rules::multi_warehouse;

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: impl IntoIterator<Item = impl Into<String>>) -> String {
    let mut items: Vec<String> = items.into_iter().map(Into::into).collect();
    match items.pop() {
        None => String::new(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} and {last}", items.join(", ")),
    }
}

/// `1 parcel`, `2 parcels`.
pub(super) fn count(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A sentence's first letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

impl Story<'_> {
    pub(super) fn product(&self, product: ProductId) -> &str {
        &self.model.products[product.index()].id
    }

    pub(super) fn warehouse(&self, warehouse: WarehouseId) -> &str {
        &self.model.warehouses[warehouse.index()].id
    }

    pub(super) fn zone(&self, order: OrderRef) -> &str {
        &self.model.zones[order.zone.index()].id
    }

    /// `2 × whey`, never broken at the end of a line.
    pub(super) fn amount(&self, units: u32, product: ProductId) -> String {
        format!("{units}\u{a0}×\u{a0}{}", self.product(product))
    }

    /// `line 2 (1 × creatine)`.
    pub(super) fn item(&self, line: LineNumber) -> String {
        match self.lines.get((line as usize).wrapping_sub(1)) {
            Some(known) => format!("line\u{a0}{line} ({})", self.amount(known.units, known.product)),
            None => format!("line\u{a0}{line}"),
        }
    }

    /// The warehouses that may serve the order, in preference order.
    pub(super) fn sources(&self, order: OrderRef) -> Vec<WarehouseId> {
        match self.assigned {
            Some(assigned) => vec![assigned],
            None => self.model.zones[order.zone.index()].lanes.iter().map(|lane| lane.warehouse).collect(),
        }
    }

    /// The first sentence: who asked for what.
    pub(super) fn asked_for(&self, order: OrderRef) -> String {
        let abroad = if order.international { " (an international zone)" } else { "" };
        let items = list(self.lines.iter().map(|line| self.amount(line.units, line.product)));
        if self.ordered_ahead.is_some() {
            return format!("The order of {items} is due. Free stock at that moment:");
        }
        let class = self.class(order);
        format!("A customer in {}{abroad}{class} orders {items}. Free stock at that moment:", self.zone(order))
    }

    /// The customer's class, where there are some: what it may take and whom it goes before.
    pub(super) fn class(&self, order: OrderRef) -> String {
        let Some(class) = self.model.classes.get(order.class.index()) else { return String::new() };
        let reserved = match multi_warehouse::withheld_from(order.class, self.model.reserve()) {
            0 => String::new(),
            units => format!(
                ", to whom the last {} of a shelf {} withheld",
                count(units, "unit"),
                if units == 1 { "is" } else { "are" }
            ),
        };
        format!(", of the class {} (priority {}{reserved}),", class.id, class.priority)
    }

    /// What an order that is open at the start waits for.
    pub(super) fn waits_for(&self, order: OrderRef) -> String {
        let abroad = if order.international { " (an international zone)" } else { "" };
        let items = list(self.lines.iter().map(|line| self.amount(line.units, line.product)));
        let age = Span(-order.placed.0);
        format!(
            "A customer in {}{abroad} has been waiting for {items} for {age} when the run begins.",
            self.zone(order)
        )
    }

    /// How such an order waits.
    pub(super) fn how_it_waits(&self, mode: Mode, part_shipped: bool) -> String {
        let place = self.assigned.map_or(String::new(), |at| format!(" It is assigned to {}.", self.warehouse(at)));
        let how = match mode {
            Mode::Held => "It is held until every line of it is covered.",
            _ if part_shipped => "Another part of it has left; each line leaves as soon as it is covered.",
            _ => "Each line leaves as soon as it is covered.",
        };
        format!("{how}{place} Free stock at the start:")
    }

    /// Where a line's product was in stock when it was asked for: the warehouses that serve the zone in preference
    /// order, then those that have some and do not serve it.
    pub(super) fn stock_of(&self, line: LineNumber, order: OrderRef) -> String {
        let Some(asked) = self.lines.get((line as usize).wrapping_sub(1)) else { return String::new() };
        let serving = self.sources(order);
        let free = |warehouse: WarehouseId| self.scene.free(warehouse, asked.product);
        let mut places: Vec<String> = Vec::new();
        let mut empty: Vec<&str> = Vec::new();
        for &warehouse in &serving {
            match free(warehouse) {
                ..=0 => empty.push(self.warehouse(warehouse)),
                units => places.push(format!("{units} at {}", self.warehouse(warehouse))),
            }
        }
        match empty.len() {
            0 => {}
            1..=4 => places.push(format!("none at {}", list(empty))),
            many => places.push(format!("none at the other {many} warehouses that serve {}", self.zone(order))),
        }
        for warehouse in (0..self.model.warehouses.len()).map(WarehouseId::from_index) {
            if free(warehouse) > 0 && !serving.contains(&warehouse) {
                let (units, name) = (free(warehouse), self.warehouse(warehouse));
                places.push(format!("{units} at {name}, which does not serve {}", self.zone(order)));
            }
        }
        let places = if places.is_empty() { "none".to_string() } else { places.join("; ") };
        format!("{}: {places}.", capital(&self.item(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_well() {
        assert_eq!(list(["a"; 0]), "");
        assert_eq!(list(["a"]), "a");
        assert_eq!(list(["a", "b"]), "a and b");
        assert_eq!(list(["a", "b", "c"]), "a, b and c");
        assert_eq!((count(1, "parcel"), count(0, "parcel")), ("1 parcel".into(), "0 parcels".into()));
        assert_eq!(capital("line 2"), "Line 2");
    }
}
