//! Purchase orders of several products: what a warehouse wants of a vendor is written on a list, and the list becomes an order.

use backorder::domain::{BelowMinimum, OrderMinimum};
use serde_json::json;

use super::supply::Rule;
use super::world::World;

/// What a warehouse wants of a vendor.
pub struct List {
    pub vendor: usize,
    pub warehouse: usize,
    /// Products that were found to want something since the last order.
    pub products: Vec<usize>,
    /// When the order is to be placed.
    pub due: Option<i64>,
    /// It was due, and did not come to the minimum.
    pub below: bool,
    /// Orders placed so far.
    pub placed: u32,
}

impl World<'_> {
    /// Whether a purchase order of a vendor takes several products.
    pub fn takes_several(&self, vendor: usize) -> bool {
        let vendor = &self.model.vendors()[vendor];
        vendor.consolidate.is_some() || vendor.order_minimum.is_some() || self.can_order().is_some()
    }

    fn can_order(&self) -> Option<f64> {
        self.model.replenishment().and_then(|policy| policy.can_order)
    }

    /// Writes a product on the list of its vendor and warehouse.
    pub fn list(&mut self, vendor: usize, warehouse: usize, product: usize) {
        let (now, end) = (self.now, self.end());
        let time = self.model.vendors()[vendor].consolidate.map_or(0, |time| time.0);
        let place = self.lists.iter().position(|list| (list.vendor, list.warehouse) == (vendor, warehouse));
        let place = place.unwrap_or_else(|| {
            let list = List { vendor, warehouse, products: vec![], due: None, below: false, placed: 0 };
            self.lists.push(list);
            self.lists.len() - 1
        });
        let list = &mut self.lists[place];
        if !list.products.contains(&product) {
            list.products.push(product);
        }
        if list.due.is_none() {
            let due = if list.below { now } else { now + time };
            // What comes after the end never comes.
            list.due = Some(if due < end { due } else { i64::MAX });
            list.below = false;
        }
    }

    /// Places the orders that are due.
    pub fn place_listed(&mut self) {
        for place in 0..self.lists.len() {
            if self.lists[place].due.is_some_and(|due| due <= self.now) {
                self.lists[place].due = None;
                self.place_list(place);
            }
        }
    }

    fn place_list(&mut self, place: usize) {
        let (vendor, warehouse) = (self.lists[place].vendor, self.lists[place].warehouse);
        let products = std::mem::take(&mut self.lists[place].products);
        if self.is_shut(warehouse) {
            return;
        }
        // By product: its units in the order.
        let mut units = vec![0_i64; self.model.products().len()];
        for &product in &products {
            if let Some(levels) = self.levels(warehouse, product) {
                let wanted = levels.wanted(self.position(warehouse, product));
                if wanted > 0 {
                    units[product] = self.sold(vendor, product, wanted);
                }
            }
        }
        if units.iter().all(|&units| units == 0) {
            return;
        }
        let terms = &self.model.vendors()[vendor];
        let minimum = terms.order_minimum;
        if terms.below_minimum == BelowMinimum::Wait
            && minimum.is_some_and(|least| self.comes_to(&units, least) < least.amount())
        {
            self.lists[place].below = true;
            self.lists[place].products = (0..units.len()).filter(|&product| units[product] > 0).collect();
            return;
        }
        for (product, ordered) in units.iter_mut().enumerate() {
            let Some(levels) = self.levels(warehouse, product) else { continue };
            let Some(level) = self.can_order_level(levels) else { continue };
            let position = self.position(warehouse, product);
            if *ordered == 0 && self.is_sold_by(vendor, product) && position <= level {
                let wanted = match levels {
                    Rule::MinMax(_, up_to) | Rule::UpTo(up_to) => up_to - position,
                    Rule::FixedQuantity(_, quantity) => quantity,
                };
                if wanted > 0 {
                    *ordered = self.sold(vendor, product, wanted);
                }
            }
        }
        if let Some(least) = minimum {
            self.fill_up(vendor, warehouse, least, &mut units);
        }
        self.lists[place].placed += 1;
        let number = self.lists[place].placed;
        self.trace(
            "purchase-order-placed",
            json!({
                "vendor": self.model.vendors()[vendor].id,
                "warehouse": self.model.warehouses()[warehouse].id,
                "number": number,
                "lines": units.iter().filter(|&&units| units > 0).count(),
                "units": units.iter().sum::<i64>(),
            }),
        );
        for (product, &units) in units.iter().enumerate().filter(|(_, units)| **units > 0) {
            self.order_units(vendor, warehouse, product, units, Some(number));
        }
    }

    fn is_sold_by(&self, vendor: usize, product: usize) -> bool {
        self.model.products()[product].vendor.is_some_and(|of| of.index() == vendor)
    }

    fn can_order_level(&self, levels: Rule) -> Option<i64> {
        let share = self.can_order()?;
        let above = |point: i64, way: i64| point + (share * way as f64).round_ties_even() as i64;
        Some(match levels {
            Rule::MinMax(point, up_to) => above(point, up_to - point),
            Rule::FixedQuantity(point, quantity) => above(point, quantity),
            // Whoever orders whenever it is below its level has nothing to wait for.
            Rule::UpTo(up_to) => up_to - 1,
        })
    }

    /// What an order comes to, in units or cents.
    fn comes_to(&self, units: &[i64], minimum: OrderMinimum) -> i64 {
        let worth = |product: usize| minimum.worth(self.model.products()[product].unit_cost);
        units.iter().enumerate().map(|(product, units)| units * worth(product)).sum()
    }

    /// A lot after the other, of the product that would last the shortest.
    fn fill_up(&self, vendor: usize, warehouse: usize, minimum: OrderMinimum, units: &mut [i64]) {
        let counts = |product: usize| {
            minimum.worth(self.model.products()[product].unit_cost) > 0
                && self.is_sold_by(vendor, product)
                && self.levels(warehouse, product).is_some()
        };
        let candidates: Vec<usize> = (0..units.len()).filter(|&product| counts(product)).collect();
        let mut forecast: Vec<f64> = (0..units.len()).map(|product| self.forecast(warehouse, product)).collect();
        if candidates.iter().all(|&product| forecast[product] == 0.0) {
            forecast.fill(1.0);
        }
        while self.comes_to(units, minimum) < minimum.amount() {
            let lasts =
                |product: usize| (self.position(warehouse, product) + units[product]) as f64 / forecast[product];
            let mut shortest: Option<usize> = None;
            for &product in candidates.iter().filter(|&&product| forecast[product] > 0.0) {
                if shortest.is_none_or(|best| lasts(product) < lasts(best)) {
                    shortest = Some(product);
                }
            }
            let Some(product) = shortest else { return };
            let lot = if units[product] == 0 {
                self.sold(vendor, product, 1)
            } else {
                let own = self.model.products()[product].multiple;
                own.unwrap_or(self.model.vendors()[vendor].multiple).max(1).into()
            };
            units[product] += lot;
        }
    }
}
