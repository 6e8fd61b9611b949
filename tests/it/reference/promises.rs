//! What is promised, and whether it is kept; and orders that fall due later than they are placed.

use backorder::domain::{PromiseTerms, PromiseTime, Promised, Restock};
use serde_json::json;

use super::certain::{mean_seconds, seconds};
use super::world::{Line, Parcel, World};

const DAY: i64 = 86_400;

/// What a line was promised.
#[derive(Clone, Copy, Default)]
pub struct Word {
    pub promised: Option<i64>,
    /// When it was promised, and when all of it was covered that had to wait.
    pub asked: i64,
    pub covered: Option<i64>,
    /// Units that left, and when the last of them arrives.
    pub left: u32,
    pub done: i64,
    pub settled: bool,
}

/// An order that is not due yet.
pub struct Booked {
    pub number: u64,
    pub row: usize,
    pub due: i64,
    /// By line: the home at booking.
    pub homes: Vec<Option<usize>>,
}

impl World<'_> {
    /// How long after it comes an order is due: what its row says, or what the scenario says of all others.
    pub fn due_after(&self, row: usize) -> i64 {
        if row < self.model.script().orders.len() {
            return self.to_come[row].due_after.0;
        }
        self.model.due_after().map_or(0, seconds)
    }

    /// Takes an order for later.
    pub fn book(&mut self, number: u64, row: usize, after: i64) {
        let order = self.to_come[row];
        let zone = &self.model.zones()[order.zone.index()].id;
        let due = self.now + after;
        let mut fields = json!({ "order": number, "zone": zone, "due": due });
        self.name_class(order.class.index(), &mut fields);
        self.trace("order-booked", fields);
        let mut homes = vec![];
        for (line, asked) in (1..).zip(&order.lines) {
            homes.push(self.home_of_zone(order.zone.index(), asked.product.index()));
            let product = &self.model.products()[asked.product.index()].id;
            let fields = json!({ "order": number, "line": line, "product": product, "units": asked.units });
            self.trace("line-booked", fields);
        }
        self.booked.push(Booked { number, row, due, homes });
    }

    /// Orders of which this is the second.
    pub fn place_what_is_due(&mut self) {
        while let Some(place) = self.booked.iter().position(|booked| booked.due <= self.now) {
            let booked = self.booked.remove(place);
            self.placing_ahead = true;
            self.place(booked.number, self.to_come[booked.row]);
            self.placing_ahead = false;
        }
    }

    /// Units of a product that are booked, and whose home this is.
    pub fn booked_units(&self, warehouse: usize, product: usize) -> i64 {
        let of = |booked: &Booked| -> i64 {
            let lines = self.to_come[booked.row].lines.iter().zip(&booked.homes);
            let here = lines.filter(|(line, home)| line.product.index() == product && **home == Some(warehouse));
            here.map(|(line, _)| i64::from(line.units)).sum()
        };
        self.booked.iter().map(of).sum()
    }

    /// The places of all orders, the longest-waiting first.
    pub fn in_line(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.orders.len()).collect();
        places.sort_by_key(|&place| (self.orders[place].placed, self.orders[place].number));
        places
    }

    /// The same by the priority of their customers' classes before that.
    pub fn by_turn(&self) -> Vec<usize> {
        let mut places = self.in_line();
        let classes = self.model.classes();
        places.sort_by_key(|&place| classes.get(self.orders[place].class).map_or(1, |class| class.priority));
        places
    }

    /// Promises a date for a line.
    pub fn promise(&mut self, order: usize, line: usize, shown_in_stock: bool) {
        let Some(promising) = self.model.promise() else { return };
        let (zone, product) = (self.orders[order].zone, self.orders[order].lines[line].product);
        let mut terms = promising.usual;
        for row in promising.rows.iter().rev() {
            let of_zone = row.zone.is_none_or(|of| of.index() == zone);
            let of_product = row.products.as_ref().is_none_or(|of| of.iter().any(|one| one.index() == product));
            if of_zone && of_product {
                terms = row.terms;
            }
        }
        let (by, from) = if self.placing_ahead {
            ("ahead", Some(self.now))
        } else if shown_in_stock {
            ("stock", Some(self.now))
        } else {
            ("restock", self.back(order, product, terms))
        };
        let Some((from, lane)) = from.zip(self.first_lane(order, product)) else { return };
        let promised = self.promised(terms, from, lane);
        let placed = &mut self.orders[order];
        placed.lines[line].word.promised = Some(promised);
        placed.lines[line].word.asked = self.now;
        let (number, line) = (placed.number, placed.lines[line].number);
        let product = &self.model.products()[product].id;
        let mut fields = json!({ "order": number, "line": line, "product": product, "promised": promised, "by": by });
        if by == "restock" {
            fields["back"] = json!(from);
        }
        self.trace("line-promised", fields);
    }

    fn promised(&self, terms: PromiseTerms, from: i64, lane: i64) -> i64 {
        let promising = self.model.promise().expect("something is promised");
        let (week, off) = (promising.days.weekdays().0, promising.days.off());
        let works = |day: i64| self.is_working_day(&week, off, day);
        let late = promising.cut_off.is_some_and(|cut_off| from % DAY >= cut_off.0);
        let mut start = from;
        if late || !works(from / DAY) {
            start = (from / DAY + 1) * DAY;
            while !works(start / DAY) {
                start += DAY;
            }
        }
        match terms.time {
            PromiseTime::Lane => start + lane,
            PromiseTime::Within(span) => start + span.0,
            PromiseTime::WorkingDays(days) => {
                let mut day = start / DAY;
                let mut left = days;
                while left > 0 {
                    day += 1;
                    left -= u32::from(works(day));
                }
                day * DAY + DAY - 1
            }
        }
    }

    /// Handling and transit of the warehouse where the product is looked for first.
    fn first_lane(&self, order: usize, product: usize) -> Option<i64> {
        let placed = &self.orders[order];
        let home = self.home(placed, product);
        let open = self.lanes(placed.zone);
        let mut lanes: Vec<_> = open.iter().filter(|lane| placed.servers.contains(&lane.warehouse.index())).collect();
        lanes.extend(&self.model.zones()[placed.zone].lanes);
        let lane = lanes.iter().find(|lane| Some(lane.warehouse.index()) == home).or(lanes.first())?;
        let handling = self.model.warehouses()[lane.warehouse.index()].handling.0;
        let transit = if self.model.promise()?.of == Promised::Delivered { lane.transit.0 } else { 0 };
        Some(handling + transit)
    }

    /// When a product is said to be back.
    fn back(&self, order: usize, product: usize, terms: PromiseTerms) -> Option<i64> {
        if let Some(within) = terms.restock_within {
            return Some(self.now + within.0);
        }
        let mut next: Option<i64> = None;
        if self.model.promise()?.restock == Restock::NextReceipt {
            for purchase in &self.purchases {
                let serves = self.orders[order].servers.contains(&purchase.warehouse);
                if purchase.product == product && !purchase.received && serves && purchase.shown >= self.now {
                    next = Some(next.map_or(purchase.shown, |sooner| sooner.min(purchase.shown)));
                }
            }
        }
        if next.is_some() || self.model.replenishment().is_none() {
            return next;
        }
        let usual = self.model.products()[product].vendor?;
        Some(self.now + mean_seconds(&self.model.vendors()[usual.index()].lead_time))
    }

    /// A parcel of an order left, and arrives then.
    pub fn settle_arrivals(&mut self, order: usize, contents: &[(u32, usize, u32)], arrives: i64) {
        let Some(promising) = self.model.promise() else { return };
        let done = if promising.of == Promised::Delivered { arrives } else { self.now };
        for &(number, _, units) in contents {
            let place =
                self.orders[order].lines.iter().position(|line| line.number == number).expect("it has the line");
            let line = &mut self.orders[order].lines[place];
            line.word.left += units;
            line.word.done = line.word.done.max(done);
            if line.word.left == line.units && !line.word.settled && line.word.promised.is_some() {
                let done = line.word.done;
                self.settle(order, place, self.now, Some(done));
            }
        }
    }

    /// A line ended otherwise.
    pub fn settle_ended(&mut self, order: usize, line: usize, cancelled: bool) {
        let word = self.orders[order].lines[line].word;
        let Some(promised) = word.promised.filter(|_| !word.settled) else { return };
        if cancelled || promised < self.now {
            self.settle(order, line, self.now, None);
        } else {
            self.orders[order].lines[line].word.settled = true;
        }
    }

    fn settle(&mut self, order: usize, line: usize, at: i64, done: Option<i64>) {
        let Line { word, .. } = &mut self.orders[order].lines[line];
        word.settled = true;
        let promised = word.promised.expect("it was promised");
        let kept = done.is_some_and(|done| done <= promised);
        let why = if kept { "" } else { self.late_for(order, line) };
        let Line { number, product, .. } = &self.orders[order].lines[line];
        let (about, product) = (*number, &self.model.products()[*product].id);
        let number = self.orders[order].number;
        let mut fields = json!({ "order": number, "line": about, "product": product, "promised": promised });
        if let Some(done) = done {
            fields["done"] = json!(done);
        }
        if !kept {
            fields["why"] = json!(why);
        }
        self.trace_at(at, if kept { "promise-kept" } else { "promise-broken" }, fields);
    }

    /// What a line is late for: of the parcel that arrives last, or else of what it waits for.
    fn late_for(&self, order: usize, line: usize) -> &'static str {
        let Line { number, word, backordered, ended, .. } = &self.orders[order].lines[line];
        let promised = word.promised.expect("it was promised");
        let has_it =
            |parcel: &&Parcel| parcel.order == order && parcel.contents.iter().any(|&(inside, _, _)| inside == *number);
        let had_to_wait = *backordered && word.covered.is_none();
        if *ended || self.orders[order].lines[line].unreleased() > 0 {
            return if had_to_wait { "stock" } else { "order" };
        }
        let mut last: Option<(i64, &Parcel)> = None;
        for parcel in self.parcels.iter().filter(has_it).filter(|parcel| parcel.departs.is_some()) {
            let arrives = self.released(parcel) + self.way_of(parcel);
            let is_later = last.is_none_or(|(latest, other)| (arrives, other.number) > (latest, parcel.number));
            if arrives > promised && is_later {
                last = Some((arrives, parcel));
            }
        }
        let chance = |parcel: &Parcel| match (self.picking(parcel.warehouse), parcel.ready) {
            (Some(picking), Some(ready)) => self.chance(picking, ready),
            _ => i64::MIN,
        };
        let Some((arrives, parcel)) = last else {
            let waits = |parcel: &Parcel| chance(parcel) > self.end();
            return if self.parcels.iter().filter(has_it).any(waits) { "hours" } else { "limit" };
        };
        let released = self.released(parcel);
        let last_chance = promised - (arrives - released);
        let covered = if *backordered { word.covered.expect("it was covered") } else { word.asked };
        if last_chance < word.asked {
            "way"
        } else if last_chance < covered {
            "stock"
        } else if last_chance < parcel.ready.unwrap_or(released) {
            "order"
        } else if last_chance < chance(parcel) {
            "hours"
        } else {
            "limit"
        }
    }

    fn released(&self, parcel: &Parcel) -> i64 {
        parcel.departs.expect("it leaves") - self.model.warehouses()[parcel.warehouse].handling.0
    }

    /// How long after it is picked a parcel is there, or has left, whichever is promised.
    pub fn way_of(&self, parcel: &Parcel) -> i64 {
        let handling = self.model.warehouses()[parcel.warehouse].handling.0;
        if self.model.promise().is_some_and(|promising| promising.of == Promised::Shipped) {
            return handling;
        }
        let zone = self.orders[parcel.order].zone;
        let lanes = &self.model.zones()[zone].lanes;
        let lane = lanes.iter().find(|lane| lane.warehouse.index() == parcel.warehouse).expect("it leaves by a lane");
        handling + lane.transit.0
    }

    /// The end: what is open past its date.
    pub fn settle_the_rest(&mut self) {
        let end = self.end();
        for order in 0..self.orders.len() {
            for line in 0..self.orders[order].lines.len() {
                let word = self.orders[order].lines[line].word;
                if !self.orders[order].ended && !word.settled && word.promised.is_some_and(|promised| promised < end) {
                    self.settle(order, line, end, None);
                }
            }
        }
    }
}
