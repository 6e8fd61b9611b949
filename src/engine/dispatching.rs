//! Purchase orders at a vendor that has working days or a capacity: they wait, are worked off one line after another, and are dispatched.
//!
//! A vendor is one server. Lines are taken up in the order in which they were ordered, whichever warehouse they are for; those of one second
//! by warehouse, then product. An order is dispatched when its last line is done, and its lead time begins then. Nothing is taken up or
//! dispatched on days off or while the vendor is disrupted; what is in hand when a disruption begins is finished.
//!
//! What is ordered is handed in when the reviews of an instant are over, so that neither the order of reviews nor that of the warehouses in
//! a list decides who comes first.

use super::event::Event;
use super::observer::{Observer, Occurrence, QueuedWhy};
use super::simulation::Simulation;
use super::supply::PurchaseOrder;
use super::vendor_queue::{Queued, VendorQueue};
use super::vendor_terms::VendorTerms;
use crate::domain::{SimTime, Span, VendorId};

impl<'a, O: Observer> Simulation<'a, O> {
    fn vendor_terms(&self, vendor: VendorId) -> &'a VendorTerms {
        self.plan.terms_of(vendor).expect("the vendor lets orders wait")
    }

    fn vendor_queue(&mut self, vendor: VendorId) -> &mut VendorQueue {
        &mut self.supply.queues.of[vendor.index()]
    }

    /// Hands in what was ordered in the reviews of this instant.
    #[inline(always)]
    pub(super) fn hand_in_orders(&mut self) {
        if !self.supply.queues.fresh.is_empty() {
            self.hand_in_fresh_orders();
        }
    }

    #[cold]
    #[inline(never)]
    fn hand_in_fresh_orders(&mut self) {
        let mut fresh = std::mem::take(&mut self.supply.queues.fresh);
        let orders = &self.supply.purchase_orders;
        fresh.sort_unstable_by_key(|&(vendor, slot)| {
            let PurchaseOrder { warehouse, product, joint, .. } = orders[slot];
            (vendor, warehouse, joint, product)
        });
        for of_vendor in fresh.chunk_by(|one, other| one.0 == other.0) {
            let vendor = of_vendor[0].0;
            for &(_, slot) in of_vendor {
                let queued = Queued { slot, units: self.supply.purchase_orders[slot].units, placed: self.now };
                let queue = self.vendor_queue(vendor);
                queue.units += u64::from(queued.units);
                queue.waiting.push_back(queued);
            }
            self.serve(vendor);
            self.state_who_waits(vendor, of_vendor.len());
        }
        fresh.clear();
        self.supply.queues.fresh = fresh;
    }

    /// Of the lines that were handed in last, states those that were not taken up in the same second.
    fn state_who_waits(&mut self, vendor: VendorId, handed_in: usize) {
        let queue = &self.supply.queues.of[vendor.index()];
        let first = queue.waiting.len() - handed_in.min(queue.waiting.len());
        let of_new: u64 = queue.waiting.range(first..).map(|queued| u64::from(queued.units)).sum();
        let in_hand = queue.in_hand.map_or(0, |(queued, _)| u64::from(queued.units));
        let mut ahead = queue.units - of_new + in_hand;
        let opens = self.vendor_terms(vendor).opens(self.now);
        let (why, until) = if self.supply.vendors[vendor.index()].is_disrupted {
            (QueuedWhy::Disrupted, None)
        } else if opens > self.now {
            (QueuedWhy::Closed, Some(opens))
        } else {
            (QueuedWhy::Busy, None)
        };
        for at in first..queue.waiting.len() {
            let Queued { slot, units, .. } = self.supply.queues.of[vendor.index()].waiting[at];
            let PurchaseOrder { warehouse, product, number, .. } = self.supply.purchase_orders[slot];
            self.emit(Occurrence::OrderQueued { vendor, warehouse, product, units, number, ahead, why, until });
            ahead += u64::from(units);
        }
    }

    /// A vendor may have something to do now.
    pub(super) fn wake_vendor(&mut self, vendor: VendorId) {
        let now = self.now;
        let queue = self.vendor_queue(vendor);
        if queue.wakes <= now {
            queue.wakes = SimTime::NEVER;
        }
        self.serve(vendor);
    }

    /// A vendor's disruption is over.
    pub(super) fn resume_vendor(&mut self, vendor: VendorId) {
        let now = self.now;
        self.vendor_queue(vendor).resumed = now;
        self.serve(vendor);
    }

    /// Dispatches what is done and takes up the next lines, as far as that can be now; and enters the next time.
    fn serve(&mut self, vendor: VendorId) {
        let (terms, now, end) = (self.vendor_terms(vendor), self.now, self.plan.end);
        if self.supply.vendors[vendor.index()].is_disrupted {
            return;
        }
        let opens = terms.opens(now);
        let next = loop {
            let queue = self.vendor_queue(vendor);
            if let Some((queued, done)) = queue.in_hand {
                if done > now {
                    break done;
                }
                // What is done when a working day ends is dispatched in that second; what a disruption kept, when it is open.
                if opens > now && done < now {
                    break opens;
                }
                queue.in_hand = None;
                queue.made.push(queued.slot);
                if !self.goes_on_with_the_order(vendor, queued.slot) {
                    self.dispatch_what_is_made(vendor);
                }
                continue;
            }
            let Some(&first) = queue.waiting.front() else { break SimTime::NEVER };
            if opens > now {
                break opens;
            }
            queue.waiting.pop_front();
            queue.units -= u64::from(first.units);
            self.take_up_line(vendor, terms, first);
        };
        let queue = self.vendor_queue(vendor);
        if next < queue.wakes.min(end) {
            queue.wakes = next;
            self.calendar.schedule(next, Event::VendorWakes(vendor));
        }
    }

    /// Whether the next line that waits is of the same order.
    fn goes_on_with_the_order(&self, vendor: VendorId, slot: u32) -> bool {
        let PurchaseOrder { warehouse, joint, .. } = self.supply.purchase_orders[slot];
        let next = self.supply.queues.of[vendor.index()].waiting.front();
        joint > 0
            && next.is_some_and(|next| {
                let next = &self.supply.purchase_orders[next.slot];
                (next.warehouse, next.joint) == (warehouse, joint)
            })
    }

    /// Takes up a line: from now on it is in hand.
    fn take_up_line(&mut self, vendor: VendorId, terms: &VendorTerms, queued: Queued) {
        let Queued { slot, units, placed } = queued;
        let purchase_order = self.supply.purchase_orders[slot];
        let family = self.streams.service_time;
        let work = terms.work(units, || self.plan.purchase_order_stream(family, &purchase_order));
        let end = self.plan.end;
        let queue = self.vendor_queue(vendor);
        let begun = queue.idle_from.max(placed.max(queue.resumed).0 * terms.rate);
        let tick = terms.done(begun, work, end);
        queue.idle_from = tick;
        let done = match tick {
            i64::MAX => SimTime::NEVER,
            tick => SimTime(tick / terms.rate + i64::from(tick % terms.rate != 0)),
        };
        queue.in_hand = Some((queued, done));
        let PurchaseOrder { warehouse, product, number, .. } = purchase_order;
        let (begun, work, waited) = (SimTime(begun / terms.rate), Span(work / terms.rate), self.now - placed);
        self.emit(Occurrence::OrderBegun { vendor, warehouse, product, units, number, waited, begun, work, done });
    }

    /// The order in hand is dispatched: the lead times of its lines begin.
    fn dispatch_what_is_made(&mut self, vendor: VendorId) {
        let mut made = std::mem::take(&mut self.vendor_queue(vendor).made);
        for slot in made.drain(..) {
            let purchase_order = self.supply.purchase_orders[slot];
            let PurchaseOrder { warehouse, product, units, number, .. } = purchase_order;
            self.emit(Occurrence::OrderDispatched { vendor, warehouse, product, units, number });
            self.start_lead_time(vendor, slot, &purchase_order);
        }
        self.vendor_queue(vendor).made = made;
    }
}
