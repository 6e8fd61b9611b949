//! Vendors with working days or a capacity: what is ordered waits until they get to it.
//!
//! Days are looked up one by one, and the line that is next is found by looking through all that were ever ordered.

use backorder::domain::settings::WeekDays;
use backorder::domain::{Capacity, Distribution};
use serde_json::json;

use super::certain::seconds;
use super::world::World;

const DAY: i64 = 86_400;

/// So many days ahead are looked through for a working day.
const FAR: i64 = 5_000;

/// What a vendor has to do; purchase orders are numbers of their list.
#[derive(Clone, Default)]
pub struct Desk {
    /// What was ordered in this pass: the number of its order of several products, and of which.
    pub handed_in: Vec<(usize, u32)>,
    /// What waits, in the order in which it is taken up, each with when it was ordered and the number of its order.
    waiting: Vec<(usize, u32, i64)>,
    /// The line in hand, the number of its order, and when it is done: in seconds times units a day.
    in_hand: Option<(usize, u32, i128)>,
    /// Lines that are done and wait for the rest of their order.
    made: Vec<usize>,
    last_done: i128,
    /// When the last disruption ended.
    resumed: i64,
}

impl World<'_> {
    /// Whether what is ordered of a vendor may have to wait there.
    pub fn has_desk(&self, vendor: usize) -> bool {
        let terms = &self.model.vendors()[vendor];
        terms.working_days.is_some() || terms.holidays.is_some() || terms.capacity.is_some()
    }

    fn works_on(&self, vendor: usize, day: i64) -> bool {
        let (terms, calendar) = (&self.model.vendors()[vendor], self.model.calendar());
        let week = terms.working_days.unwrap_or(WeekDays::ALL).0;
        let shared = if terms.working_days.is_some() { calendar.holidays.0.clone() } else { vec![] };
        let holidays = terms.holidays.as_ref().map_or(shared, |own| own.0.clone());
        self.is_working_day(&week, &holidays, day)
    }

    /// The first second of a working day that is not before one.
    pub fn vendor_opens(&self, vendor: usize, from: i64) -> i64 {
        let today = from.div_euclid(DAY);
        let next = (today..today + FAR).find(|&day| self.works_on(vendor, day)).expect("it works some day");
        from.max(next * DAY)
    }

    /// So many units are a second's work: all is counted in that part of a second.
    fn ticks(&self, vendor: usize) -> i128 {
        match self.model.vendors()[vendor].capacity {
            Some(Capacity::UnitsPerDay(units)) => units.into(),
            _ => 1,
        }
    }

    /// How much work a purchase order is, in the same ticks.
    fn work(&self, purchase: usize) -> i128 {
        let it = &self.purchases[purchase];
        let each = match &self.model.vendors()[it.vendor].capacity {
            None => return 0,
            Some(Capacity::UnitsPerDay(_)) => DAY,
            Some(Capacity::ServiceTime(time @ Distribution::Constant(_))) => seconds(time),
            Some(Capacity::ServiceTime(_)) => {
                // What never began was never drawn.
                let drawn = self.chance.work.get(&(it.warehouse, it.product, it.number));
                return drawn.copied().unwrap_or(i64::MAX).into();
            }
        };
        i128::from(each) * i128::from(it.units)
    }

    /// When so much work is done, on working days; never, if not by the end.
    fn done_by(&self, vendor: usize, begun: i128, work: i128) -> i128 {
        let (ticks, mut left) = (self.ticks(vendor), work);
        let terms = &self.model.vendors()[vendor];
        if terms.working_days.is_none() && terms.holidays.is_none() {
            return begun + work;
        }
        let first = (begun / ticks) as i64 / DAY;
        let last = self.end() / DAY;
        for day in (first..=last).filter(|&day| self.works_on(vendor, day)) {
            let from = begun.max(i128::from(day * DAY) * ticks);
            let to = i128::from((day + 1) * DAY) * ticks;
            if to - from >= left {
                return from + left;
            }
            left -= to - from;
        }
        i128::MAX
    }

    /// What was ordered in this pass comes to its vendors: by warehouse, order and product.
    pub fn hand_in(&mut self) {
        for vendor in 0..self.desks.len() {
            let mut handed_in = std::mem::take(&mut self.desks[vendor].handed_in);
            if handed_in.is_empty() {
                continue;
            }
            handed_in.sort_by_key(|&(purchase, order)| {
                let it = &self.purchases[purchase];
                (it.warehouse, order, it.product)
            });
            let now = self.now;
            self.desks[vendor].waiting.extend(handed_in.iter().map(|&(purchase, order)| (purchase, order, now)));
            self.serve(vendor);
            for (purchase, _) in handed_in {
                self.tell_who_waits(vendor, purchase);
            }
        }
    }

    fn tell_who_waits(&mut self, vendor: usize, purchase: usize) {
        let desk = &self.desks[vendor];
        let Some(place) = desk.waiting.iter().position(|waiting| waiting.0 == purchase) else { return };
        let before = desk.waiting[..place].iter().map(|waiting| waiting.0).chain(desk.in_hand.map(|in_hand| in_hand.0));
        let ahead: u64 = before.map(|other| u64::from(self.purchases[other].units)).sum();
        let why = if self.suppliers[vendor].disrupted {
            "disrupted"
        } else if self.vendor_opens(vendor, self.now) > self.now {
            "closed"
        } else {
            "busy"
        };
        let mut fields = self.about(purchase);
        fields["ahead"] = json!(ahead);
        fields["why"] = json!(why);
        self.trace("purchase-order-queued", fields);
    }

    fn about(&self, purchase: usize) -> serde_json::Value {
        let it = &self.purchases[purchase];
        json!({
            "vendor": self.model.vendors()[it.vendor].id, "warehouse": self.model.warehouses()[it.warehouse].id,
            "product": self.model.products()[it.product].id, "units": it.units,
        })
    }

    /// Every vendor dispatches what is done and takes up what it can.
    pub fn serve_all(&mut self) {
        (0..self.desks.len()).for_each(|vendor| self.serve(vendor));
    }

    /// A disruption is over.
    pub fn resume(&mut self, vendor: usize) {
        self.desks[vendor].resumed = self.now;
        self.serve(vendor);
    }

    fn serve(&mut self, vendor: usize) {
        let ticks = self.ticks(vendor);
        let is_open = self.vendor_opens(vendor, self.now) == self.now;
        while !self.suppliers[vendor].disrupted {
            if let Some((purchase, order, done)) = self.desks[vendor].in_hand {
                let second = up(done, ticks);
                if second > self.now || (second < self.now && !is_open) {
                    return;
                }
                let desk = &mut self.desks[vendor];
                desk.in_hand = None;
                desk.made.push(purchase);
                let warehouse = self.purchases[purchase].warehouse;
                let next = self.desks[vendor].waiting.first().map(|next| (self.purchases[next.0].warehouse, next.1));
                if order == 0 || next != Some((warehouse, order)) {
                    self.dispatch(vendor);
                }
            } else {
                if !is_open || self.desks[vendor].waiting.is_empty() {
                    return;
                }
                let (purchase, order, placed) = self.desks[vendor].waiting.remove(0);
                let from = placed.max(self.desks[vendor].resumed);
                let begun = self.desks[vendor].last_done.max(i128::from(from) * ticks);
                let done = self.done_by(vendor, begun, self.work(purchase));
                self.desks[vendor].last_done = done;
                self.desks[vendor].in_hand = Some((purchase, order, done));
                let mut fields = self.about(purchase);
                fields["waited"] = json!(self.now - placed);
                fields["done"] = json!(up(done, ticks));
                self.trace("purchase-order-begun", fields);
            }
        }
    }

    fn dispatch(&mut self, vendor: usize) {
        for purchase in std::mem::take(&mut self.desks[vendor].made) {
            let (warehouse, product, number) = {
                let it = &self.purchases[purchase];
                (it.warehouse, it.product, it.number)
            };
            let fields = self.about(purchase);
            self.trace("purchase-order-dispatched", fields);
            let arrival = self.now + self.lead_time(vendor, warehouse, product, number);
            self.purchases[purchase].arrives = Some(arrival);
        }
    }

    /// When something may happen at a vendor by the clock alone.
    pub fn next_at_vendors(&self) -> Option<i64> {
        (0..self.desks.len()).filter_map(|vendor| self.next_at_vendor(vendor)).min()
    }

    fn next_at_vendor(&self, vendor: usize) -> Option<i64> {
        let desk = &self.desks[vendor];
        if !self.has_desk(vendor) || self.suppliers[vendor].disrupted {
            return None;
        }
        match desk.in_hand {
            Some((_, _, done)) if up(done, self.ticks(vendor)) > self.now => Some(up(done, self.ticks(vendor))),
            None if desk.waiting.is_empty() => None,
            _ => Some(self.vendor_opens(vendor, self.now + 1)),
        }
    }
}

/// The second in which a tick is over.
fn up(tick: i128, ticks: i128) -> i64 {
    if tick == i128::MAX { i64::MAX } else { ((tick + ticks - 1) / ticks) as i64 }
}
