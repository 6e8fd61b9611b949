//! The auditor's own books of vendors with working days or a capacity: one line in hand at a time, the first that came, and nothing taken up
//! or dispatched while nobody is there.
//!
//! Working days are looked up day by day here, from what the scenario says and not from the engine's calendar.

use std::collections::{BTreeMap, BTreeSet};

use super::Auditor;
use super::breach::Invariant;
use crate::domain::{Capacity, DAY, Model, ProductId, SimTime, VendorId, WarehouseId};

/// A line of a purchase order, by which it is known.
type Name = (WarehouseId, ProductId, u32);

/// What is known of a vendor.
#[derive(Default)]
pub(super) struct VendorBooks {
    /// Lines that were not taken up: when they were ordered, and their units.
    waiting: BTreeMap<Name, (i64, u32)>,
    /// The same by when they were ordered.
    queue: BTreeSet<(i64, Name)>,
    /// Lines that were taken up and not dispatched: when they are done.
    made: BTreeMap<Name, i64>,
    /// When the last line that was taken up is done.
    busy_until: i64,
    /// Whether its disruption is on, and when the last one ended.
    is_disrupted: bool,
    resumed: i64,
    /// Lines dispatched of which the lead time is not stated yet.
    dispatched: Vec<Name>,
    /// Something of it changed in this instant.
    touched: bool,
}

/// Whether a vendor works on a day of the run.
fn works_on(model: &Model, vendor: VendorId, day: i64) -> bool {
    let terms = &model.vendors[vendor.index()];
    super::days::works_on(model, terms.working_days, terms.holidays.as_ref(), terms.working_days.is_some(), day)
}

impl Auditor<'_> {
    fn vendor_books(&mut self, vendor: VendorId) -> Option<&mut VendorBooks> {
        let lets_wait = self.model.vendors[vendor.index()].lets_orders_wait();
        lets_wait.then(|| {
            let books = &mut self.vendors[vendor.index()];
            books.touched = true;
            books
        })
    }

    fn vendor_trouble(&mut self, vendor: VendorId, name: Name, found: &str) {
        let (warehouse, product, number) = name;
        let model = self.model;
        self.breach(Invariant::Vendors, || {
            let (vendor, warehouse) = (&model.vendors[vendor.index()].id, &model.warehouses[warehouse.index()].id);
            format!(
                "purchase order {number} of {} for {warehouse}, at {vendor}: {found}",
                model.products[product.index()].id
            )
        });
    }

    /// Something was ordered of it.
    pub(super) fn ordered_of_vendor(&mut self, vendor: VendorId, name: Name, units: u32) {
        let now = self.now.0;
        if let Some(books) = self.vendor_books(vendor) {
            books.waiting.insert(name, (now, units));
            books.queue.insert((now, name));
        }
    }

    /// It says that it took a line up.
    pub(super) fn begun_by_vendor(&mut self, vendor: VendorId, name: Name, begun: SimTime, done: SimTime) {
        let (now, model) = (self.now.0, self.model);
        let Some(books) = self.vendor_books(vendor) else {
            return self.vendor_trouble(vendor, name, "taken up by a vendor that dispatches what is ordered at once");
        };
        let mut troubles = Vec::new();
        let taken = books.waiting.remove(&name);
        let (placed, units) = taken.unwrap_or((now, 0));
        if taken.is_none() {
            troubles.push("taken up without waiting".to_string());
        }
        books.queue.remove(&(placed, name));
        if books.queue.first().is_some_and(|&(earlier, _)| earlier < placed) {
            troubles.push("taken up before one that came earlier".to_string());
        }
        if begun.0 < books.busy_until || begun.0 < placed || begun.0 > now || done < begun {
            troubles.push(format!("begun in second {} with another one in hand until {}", begun.0, books.busy_until));
        }
        if books.is_disrupted || begun.0 < books.resumed {
            troubles.push("taken up during a disruption".to_string());
        }
        // To the second in which it is done it is counted up, so that the next one may begin in the second before.
        books.busy_until = done.0 - 1;
        books.made.insert(name, done.0);
        if !works_on(model, vendor, now.div_euclid(DAY)) {
            troubles.push("taken up on a day off".to_string());
        }
        if let Some(Capacity::UnitsPerDay(most)) = model.vendors[vendor.index()].capacity
            && done < model.run.end()
        {
            let days = begun.0.div_euclid(DAY)..=done.0.div_euclid(DAY);
            let of_day = |day: i64| (done.0.min((day + 1) * DAY) - begun.0.max(day * DAY)).max(0);
            let worked: i64 = days.filter(|&day| works_on(model, vendor, day)).map(of_day).sum();
            let needed = i64::from(units) * DAY / i64::from(most);
            if (worked - needed).abs() > 2 {
                troubles.push(format!("{units} units within {worked} seconds of work, which take {needed}"));
            }
        }
        for trouble in troubles {
            self.vendor_trouble(vendor, name, &trouble);
        }
    }

    /// It says that it dispatched a line.
    pub(super) fn dispatched_by_vendor(&mut self, vendor: VendorId, name: Name) {
        let (now, model) = (self.now.0, self.model);
        let Some(books) = self.vendor_books(vendor) else {
            return self.vendor_trouble(vendor, name, "dispatched by a vendor without a queue");
        };
        let done = books.made.remove(&name);
        books.dispatched.push(name);
        let (is_disrupted, last_done) = (books.is_disrupted, books.busy_until + 1);
        match done {
            None => self.vendor_trouble(vendor, name, "dispatched and never taken up"),
            Some(done) if now < done => self.vendor_trouble(vendor, name, "dispatched before it is done"),
            Some(_) if is_disrupted => self.vendor_trouble(vendor, name, "dispatched during a disruption"),
            // What is done when a day ends is dispatched in that second: the last line of an order takes the earlier ones along.
            Some(_) => {
                let works = |second: i64| works_on(model, vendor, second.div_euclid(DAY));
                if !(works(now) || (now == last_done && works(now - 1))) {
                    self.vendor_trouble(vendor, name, "dispatched on a day off");
                }
            }
        }
    }

    /// A lead time began.
    pub(super) fn lead_time_began(&mut self, vendor: VendorId, name: Name) {
        let Some(books) = self.vendor_books(vendor) else { return };
        match books.dispatched.iter().position(|dispatched| *dispatched == name) {
            Some(at) => {
                books.dispatched.remove(at);
            }
            None => self.vendor_trouble(vendor, name, "under way and not dispatched"),
        }
    }

    /// A disruption begins or ends.
    pub(super) fn vendor_is_disrupted(&mut self, vendor: VendorId, begins: bool) {
        let now = self.now.0;
        if let Some(books) = self.vendor_books(vendor) {
            books.is_disrupted = begins;
            if !begins {
                books.resumed = now;
            }
        }
    }

    /// At the end of an instant nobody who is there and has nothing in hand lets orders wait, nor keeps what is done.
    pub(super) fn check_vendors(&mut self) {
        let now = self.now.0;
        for at in 0..self.vendors.len() {
            let vendor = VendorId::from_index(at);
            if !std::mem::take(&mut self.vendors[at].touched) {
                continue;
            }
            let books = &self.vendors[at];
            let is_idle = books.made.values().all(|&done| done <= now);
            let works = !books.is_disrupted && works_on(self.model, vendor, now.div_euclid(DAY));
            let waits = books.waiting.keys().next().copied().filter(|_| works && is_idle);
            let is_kept = books.made.keys().next().copied().filter(|_| works && is_idle);
            if let Some(name) = waits {
                self.vendor_trouble(vendor, name, "waits while the vendor is there and has nothing in hand");
            }
            if let Some(name) = is_kept {
                self.vendor_trouble(vendor, name, "is done and not dispatched");
            }
        }
    }
}
