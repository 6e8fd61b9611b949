//! Where stock comes from: levels and reviews, purchase orders, expediting, disruptions, receipts.

use backorder::domain::{Distribution, ProductId, Vendor, ZoneId};
use serde_json::json;

use super::certain::{mean_seconds, seconds};
use super::world::{Purchase, Supplier, World};

/// The levels of a pair, as its policy needs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// At or below the first, up to the second.
    MinMax(i64, i64),
    /// At or below the first, multiples of the second.
    FixedQuantity(i64, i64),
    /// Up to this.
    UpTo(i64),
}

impl Rule {
    /// The stock a pair starts with where no stock is written down.
    pub fn highest(self) -> i64 {
        match self {
            Self::MinMax(_, up_to) | Self::UpTo(up_to) => up_to,
            Self::FixedQuantity(point, quantity) => point + quantity,
        }
    }

    /// The units to order at a position.
    pub fn wanted(self, position: i64) -> i64 {
        match self {
            Self::MinMax(point, up_to) if position <= point => up_to - position,
            Self::FixedQuantity(point, quantity) if position <= point => {
                let mut lot = quantity;
                while position + lot <= point {
                    lot += quantity;
                }
                lot
            }
            Self::UpTo(up_to) => (up_to - position).max(0),
            _ => 0,
        }
    }
}

impl Supplier {
    pub fn at_the_start(vendor: &Vendor) -> Self {
        Self {
            disrupted: false,
            down: false,
            changes: vendor.disruption.as_ref().map(|disruption| seconds(&disruption.every)),
        }
    }
}

impl World<'_> {
    /// Free stock, plus what is on order, less the units waiting whose home this is.
    pub fn position(&self, warehouse: usize, product: usize) -> i64 {
        let mut position = self.free(warehouse, product);
        for purchase in self.purchases.iter().filter(|purchase| !purchase.received) {
            if (purchase.warehouse, purchase.product) == (warehouse, product) {
                position += i64::from(purchase.units);
            }
        }
        for order in &self.orders {
            for line in order.lines.iter().filter(|line| line.waits() && line.product == product) {
                if line.home == Some(warehouse) {
                    position -= i64::from(line.waiting);
                }
            }
        }
        position - self.booked_units(warehouse, product)
    }

    /// Looks at every pair and orders what its policy wants; at the review of a number, at the products that it does not leave out.
    pub fn review(&mut self, number: Option<i64>) {
        for warehouse in 0..self.model.warehouses().len() {
            for product in 0..self.model.products().len() {
                let every = i64::from(self.model.products()[product].review_every);
                if number.is_some_and(|number| number % every != 0) {
                    continue;
                }
                let Some(levels) = self.levels(warehouse, product).filter(|_| !self.is_shut(warehouse)) else {
                    continue;
                };
                let wanted = levels.wanted(self.position(warehouse, product));
                if wanted > 0 {
                    let vendor =
                        self.model.products()[product].vendor.expect("who is replenished has a vendor").index();
                    if self.takes_several(vendor) {
                        self.list(vendor, warehouse, product);
                    } else {
                        let units = self.sold(vendor, product, wanted);
                        self.order_units(vendor, warehouse, product, units, None);
                    }
                }
            }
        }
    }

    /// What a vendor makes of a wish for units.
    pub fn sold(&self, vendor: usize, product: usize, wanted: i64) -> i64 {
        let terms = &self.model.vendors()[vendor];
        let own = &self.model.products()[product];
        let (minimum, multiple) =
            (own.minimum_units.unwrap_or(terms.minimum_units), own.multiple.unwrap_or(terms.multiple));
        let mut units = wanted.max(minimum.into());
        while units % i64::from(multiple.max(1)) != 0 {
            units += 1;
        }
        units
    }

    /// Orders units, as a line of the order with this number, if it has one.
    pub fn order_units(&mut self, vendor: usize, warehouse: usize, product: usize, units: i64, line_of: Option<u32>) {
        let terms = &self.model.vendors()[vendor];
        let has_desk = self.has_desk(vendor);
        let taken_up = if has_desk { self.vendor_opens(vendor, self.now) } else { self.now };
        let promised = taken_up + mean_seconds(&terms.lead_time);
        let earlier = self.purchases.iter().filter(|one| (one.warehouse, one.product) == (warehouse, product)).count();
        let number = u32::try_from(earlier + 1).expect("few purchase orders");
        let arrives = self.now + self.lead_time(vendor, warehouse, product, number);
        self.purchases.push(Purchase {
            vendor,
            warehouse,
            product,
            number,
            units: u32::try_from(units).expect("a positive number"),
            promised,
            shown: promised,
            arrives: if has_desk || self.suppliers[vendor].disrupted { None } else { Some(arrives) },
            expedited: false,
            received: false,
            early: false,
        });
        self.trace_stock("replenishment-ordered", warehouse, product, units, Some(vendor));
        if let (Some(number), Some(event)) = (line_of, self.events.last_mut()) {
            event["line_of"] = json!(number);
        }
        if has_desk {
            self.desks[vendor].handed_in.push((self.purchases.len() - 1, line_of.unwrap_or(0)));
        }
    }

    /// Purchase orders of before second 0: due when what remains of the lead time is over, or when promised.
    pub fn take_up_purchases(&mut self) {
        let mut rows: Vec<_> = self.model.script().open_purchase_orders.iter().collect();
        let terms = |vendor: backorder::domain::VendorId| &self.model.vendors()[vendor.index()].lead_time;
        let promised = |row: &backorder::domain::OpenPurchaseOrder| {
            row.promised.map_or(mean_seconds(terms(row.vendor)) - row.age.0, |at| at.0)
        };
        rows.sort_by_key(|row| promised(row));
        for row in rows {
            let (warehouse, product) = (row.warehouse.index(), row.product.index());
            let earlier =
                self.purchases.iter().filter(|one| (one.warehouse, one.product) == (warehouse, product)).count();
            let promised = promised(row);
            let arrives = match row.arrives {
                backorder::domain::Arrives::Promised => promised,
                backorder::domain::Arrives::LeadTime => seconds(terms(row.vendor)) - row.age.0,
            };
            self.purchases.push(Purchase {
                vendor: row.vendor.index(),
                warehouse,
                product,
                number: u32::try_from(earlier + 1).expect("few purchase orders"),
                units: row.units,
                promised,
                shown: promised,
                arrives: Some(arrives.max(0)),
                // Nobody but the product's own vendor is asked to hurry.
                expedited: self.model.products()[product].vendor != Some(row.vendor),
                received: false,
                early: false,
            });
            let purchase = earlier + 1;
            self.trace(
                "purchase-order-open",
                json!({
                    "vendor": self.model.vendors()[row.vendor.index()].id,
                    "warehouse": self.model.warehouses()[warehouse].id,
                    "product": self.model.products()[product].id,
                    "units": row.units,
                    "purchase_order": purchase,
                    "ordered": -row.age.0,
                    "promised": promised,
                }),
            );
        }
    }

    /// How long a purchase order takes, as far as it is known; a draw that never happened is as good as the mean.
    pub fn lead_time(&self, vendor: usize, warehouse: usize, product: usize, number: u32) -> i64 {
        let drawn = self.chance.lead_times.get(&(warehouse, product, number));
        drawn.copied().unwrap_or_else(|| {
            let mean = mean_seconds(&self.model.vendors()[vendor].lead_time) as f64;
            (mean * self.lead_time_factor(vendor)).round_ties_even() as i64
        })
    }

    /// What generated orders are expected to ask of a pair, in units a day: those of the zones whose home it is.
    pub fn forecast(&self, warehouse: usize, product: usize) -> f64 {
        self.forecast_by(warehouse, product, |_| 1.0)
    }

    /// What the planner believes of a day's units, and of their variance: with the factors of `[forecast]`.
    pub fn believed(&self, warehouse: usize, product: usize) -> (f64, f64) {
        let factors = self.model.replenishment().map(|policy| &policy.forecast);
        let factor = |zone: usize| {
            factors.map_or(1.0, |factors| factors.of(ZoneId::from_index(zone), ProductId::from_index(product)))
        };
        let (mean, believed) = (self.forecast(warehouse, product), self.forecast_by(warehouse, product, factor));
        // A factor is one on the number of lines.
        let times = if mean > 0.0 { believed / mean } else { 0.0 };
        (believed, self.forecast_variance(warehouse, product) * times)
    }

    /// The same, with a factor on what each zone asks for.
    fn forecast_by(&self, warehouse: usize, product: usize, factor: impl Fn(usize) -> f64) -> f64 {
        let (zones, products) = (self.model.zones(), self.model.products());
        // What is expected does not know of events.
        let home = |zone: usize| {
            let mut lanes = zones[zone].lanes.iter().map(|lane| lane.warehouse.index());
            lanes.find(|&at| self.carries(at, product))
        };
        let here = (0..zones.len()).filter(|&zone| home(zone) == Some(warehouse));
        let of_zones = here.map(|zone| zones[zone].share * factor(zone)).sum::<f64>()
            / zones.iter().map(|zone| zone.share).sum::<f64>();
        if let Some(period) = self.model.period() {
            // Whole numbers from 0 are what the generator of scenarios knows: as they are drawn, so they are meant.
            let units = period.units_of(product, &products[product]).map_or(0.0, Distribution::mean);
            return units * of_zones / period.period.days();
        }
        let Some(demand) = self.model.demand() else { return 0.0 };
        let of_products = products[product].share / products.iter().map(|product| product.share).sum::<f64>();
        let factors = demand.weekly.iter().sum::<f64>() / 7.0 * (demand.yearly.iter().sum::<f64>() / 12.0);
        // An order names no product twice, so it has no more lines than there are products that anybody asks for. Geometric is
        // what the generator of scenarios knows: a further line with the same probability each time.
        let sold = products.iter().filter(|product| product.share > 0.0).count();
        let further = 1.0 - 1.0 / demand.lines_per_order.mean();
        let lines_per_order: f64 = (0..sold).map(|line| further.powi(line as i32)).sum();
        let lines = demand.orders_per_day * factors * lines_per_order;
        lines * demand.units_per_line.mean() * of_zones * of_products
    }

    /// When free stock falls: the earliest-promised order not yet expedited is made faster, if it would come too late.
    pub fn expedite(&mut self, warehouse: usize, product: usize, taker: (usize, usize)) {
        let mut earliest: Option<usize> = None;
        for (place, purchase) in self.purchases.iter().enumerate() {
            let here = (purchase.warehouse, purchase.product) == (warehouse, product);
            let sooner = earliest.is_none_or(|best| purchase.promised < self.purchases[best].promised);
            if here && !purchase.received && !purchase.expedited && sooner {
                earliest = Some(place);
            }
        }
        let Some(place) = earliest else { return };
        let vendor = self.purchases[place].vendor;
        // Nobody is there to be asked, or it has not been dispatched.
        if self.has_desk(vendor)
            && (self.vendor_opens(vendor, self.now) > self.now || self.purchases[place].arrives.is_none())
        {
            return;
        }
        let Some(offer) = &self.model.vendors()[vendor].expedite else { return };
        let days = (self.purchases[place].promised - self.now) as f64 / 86_400.0;
        let lasts = self.free(warehouse, product) as f64 > self.forecast(warehouse, product) * days;
        let is_wanted = if Self::weighs(offer) { self.is_worth_hurrying(place, offer, taker) } else { !lasts };
        let units = self.purchases[place].units;
        if self.suppliers[vendor].disrupted || !is_wanted || !self.spend(vendor, offer, units) {
            return;
        }
        let faster = self.now + seconds(&offer.lead_time);
        let purchase = &mut self.purchases[place];
        purchase.expedited = true;
        purchase.shown = purchase.shown.min(self.now + mean_seconds(&offer.lead_time));
        purchase.arrives = purchase.arrives.map(|arrives| arrives.min(faster));
        let units = purchase.units.into();
        self.trace_stock("replenishment-expedited", warehouse, product, units, Some(vendor));
    }

    /// The variance of a day's units of the same.
    pub fn forecast_variance(&self, warehouse: usize, product: usize) -> f64 {
        let mean = self.forecast(warehouse, product);
        if let Some(period) = self.model.period() {
            let Some(units) = period.units_of(product, &self.model.products()[product]) else { return 0.0 };
            let all = units.mean() / period.period.days();
            let part = if all > 0.0 { mean / all } else { 0.0 };
            // Each unit of a period falls here or elsewhere.
            return part * (part * units.variance() + (1.0 - part) * units.mean()) / period.period.days();
        }
        let Some(demand) = self.model.demand() else { return 0.0 };
        // Lines are Poisson, and a line's units are drawn for it alone.
        let units = &demand.units_per_line;
        mean / units.mean() * (units.variance() + units.mean() * units.mean())
    }

    /// Disruptions that begin or end now.
    pub fn change_disruptions(&mut self) {
        for vendor in 0..self.suppliers.len() {
            let Some(disruption) = &self.model.vendors()[vendor].disruption else { continue };
            while self.suppliers[vendor].changes.is_some_and(|at| at <= self.now) {
                let begins = !self.suppliers[vendor].down;
                let next = seconds(if begins { &disruption.lasts } else { &disruption.every });
                self.suppliers[vendor].down = begins;
                self.suppliers[vendor].changes = Some(self.now + next);
                self.settle_disruption(vendor);
            }
        }
    }

    /// A vendor may have stopped starting lead times, or may start them again.
    pub fn settle_disruption(&mut self, vendor: usize) {
        let disrupted = self.suppliers[vendor].down || self.is_stopped(vendor);
        if self.suppliers[vendor].disrupted == disrupted {
            return;
        }
        self.suppliers[vendor].disrupted = disrupted;
        let event = if disrupted { "disruption-began" } else { "disruption-ended" };
        self.trace(event, json!({ "vendor": self.model.vendors()[vendor].id }));
        if !disrupted && self.has_desk(vendor) {
            self.resume(vendor);
        } else if !disrupted {
            for place in 0..self.purchases.len() {
                let Purchase { warehouse, product, number, arrives, .. } = self.purchases[place];
                if self.purchases[place].vendor == vendor && arrives.is_none() {
                    let arrival = self.now + self.lead_time(vendor, warehouse, product, number);
                    self.purchases[place].arrives = Some(arrival);
                }
            }
        }
    }

    /// All receipts of this second; answers whether there were any.
    pub fn receive(&mut self) -> bool {
        let mut received = false;
        for row in 0..self.receipts_done.len() {
            let receipt = self.model.script().receipts[row];
            if !self.receipts_done[row] && receipt.at.0 <= self.now {
                self.receipts_done[row] = true;
                received = true;
                self.shelve(receipt.warehouse.index(), receipt.product.index(), receipt.units.into());
            }
        }
        for place in 0..self.purchases.len() {
            let purchase = &mut self.purchases[place];
            if !purchase.received && purchase.arrives.is_some_and(|arrives| arrives <= self.now) {
                purchase.received = true;
                received = true;
                let (warehouse, product, units) = (purchase.warehouse, purchase.product, purchase.units);
                let is_early = purchase.expedited && purchase.promised > self.now;
                let vendor = purchase.vendor;
                self.purchases[place].early = is_early && self.is_measured(vendor);
                self.shelve(warehouse, product, units.into());
            }
        }
        received
    }

    fn shelve(&mut self, warehouse: usize, product: usize, units: i64) {
        self.pairs[warehouse][product].on_hand += units;
        self.trace_stock("receipt", warehouse, product, units, None);
    }

    fn trace_stock(&mut self, event: &str, warehouse: usize, product: usize, units: i64, vendor: Option<usize>) {
        let mut fields = json!({
            "warehouse": self.model.warehouses()[warehouse].id, "product": self.model.products()[product].id,
            "units": units,
        });
        if let Some(vendor) = vendor {
            fields["vendor"] = json!(self.model.vendors()[vendor].id);
            fields["rule"] = json!("early-replenishment");
        }
        self.trace(event, fields);
    }
}
