//! A replication under way: the state, and the way through one instant.

use std::iter::repeat_n;

use super::anew::Anew;
use super::arrivals::Arrivals;
use super::booked::Booked;
use super::calendar::{Calendar, LaneId, Ticket};
use super::docks::Docks;
use super::event::{Event, Phase};
use super::leaving::{AtOnce, Closing, Part};
use super::limit::{Counted, Excess, MAX_ORDERS, MAX_UNITS};
use super::observer::{Observer, Occurrence};
use super::open_orders::{OpenOrders, Parcel};
use super::plan::Plan;
use super::pool::Pool;
use super::promise_book::Promises;
use super::roads::OpenRoads;
use super::scratch::{Scratch, refill};
use super::shocks::Shocks;
use super::supply::Supply;
use super::workspace::Memory;
use super::world::World;
use crate::domain::{Model, OrderNumber, ProductId, Review, SimTime, WarehouseId};
use crate::policy::replenishment::PairLevels;
use crate::policy::sourcing::Sourcer;
use crate::random::{Family, Purpose};
use crate::rules::{auto_cancel, backorder_display};

/// A replication under way. Its work is divided by concept: [`placing`](super::placing) takes orders,
/// [`stock`](super::stock) moves units between free, reserved and waiting,
/// [`release`](super::release) serves waiting lines, [`sourced_anew`](super::sourced_anew) looks once more where they leave from, [`parting`](super::parting) lets go of what leaves at once of an order that waits with the rest, [`parcels`](super::parcels) closes and sends parcels, [`picking`](super::picking) picks them where that takes time,
/// [`notices`](super::notices) tells who waits, [`promising`](super::promising) promises dates, [`ahead`](super::ahead) keeps orders until they are due, [`book`](super::book) takes up what is open at the start, [`events`](super::events) changes what the scenario's events change, [`contacts`](super::contacts) and [`cancel`](super::cancel) end lines, [`replenish`](super::replenish) buys, and [`dispatching`](super::dispatching) lets purchase orders wait at their vendors.
pub(super) struct Simulation<'a, O> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) model: &'a Model,
    pub(super) shocks: &'a Shocks<'a>,
    pub(super) observer: &'a mut O,
    pub(super) now: SimTime,
    /// The instant that is not run any more: the plan's end, or second 0 once a [limit](Self::meet_limit) was met.
    pub(super) until: SimTime,
    /// Why the replication ends early.
    pub(super) excess: Option<Excess>,
    /// Whether this second has had a pass through its phases already.
    pub(super) is_further_pass: bool,
    pub(super) calendar: Calendar,
    pub(super) arrivals: Arrivals<'a>,
    pub(super) world: World,
    /// The lanes by which orders are served now.
    pub(super) roads: OpenRoads<'a>,
    /// Which events of the scenario are on.
    pub(super) events_on: Vec<bool>,
    pub(super) open: OpenOrders,
    /// Where the departures of each warehouse stand in the calendar.
    pub(super) departures: Vec<Option<LaneId>>,
    /// Where lines that age stand in the calendar.
    pub(super) ages: Option<LaneId>,
    /// Where the next time that pages are taken anew stands in the calendar.
    refreshes: Option<LaneId>,
    /// Orders that leave at once and have not departed.
    pub(super) at_once: AtOnce,
    /// Where parcels wait to be picked.
    pub(super) docks: Docks,
    pub(super) supply: Supply,
    pub(super) sourcer: Sourcer<'a>,
    pub(super) anew: Anew,
    pub(super) streams: Streams,
    /// The levels of each pair now, where they change in the course of time; else empty.
    pub(super) levels_now: Vec<PairLevels>,
    /// Products whose free stock rose and whose waiting lines have not been asked since.
    pub(super) replenished: Vec<ProductId>,
    /// Products whose network stock came or went since pages were last taken anew.
    pub(super) turned: Vec<ProductId>,
    /// Pairs whose inventory position may have fallen in this instant.
    pub(super) touched: Vec<(WarehouseId, ProductId)>,
    /// Orders of which something was released in this instant.
    pub(super) closing: Vec<Closing>,
    /// What parts at once of orders that were placed in this instant.
    pub(super) parting: Vec<Part>,
    /// Slots of the orders that scripted contacts name, by number.
    pub(super) named: Vec<(OrderNumber, u32)>,
    /// Orders that are not due yet.
    pub(super) booked: Pool<Booked>,
    /// The order that is being placed was placed ahead, and is due.
    pub(super) is_booked_ahead: bool,
    /// Units that wait, by product; empty where no product has a limit of them.
    pub(super) waiting_units: Vec<i64>,
    /// What is promised, where anything is.
    pub(super) promises: Option<Promises<'a>>,
    pub(super) scratch: Scratch,
}

/// The families of streams a replication draws from, by what they are for.
pub(super) struct Streams {
    pub(super) keep_line: Family,
    pub(super) ship_available: Family,
    pub(super) notice_delay: Family,
    pub(super) contact: Family,
    pub(super) lead_time: Family,
    pub(super) residual_lead_time: Family,
    pub(super) expedited_lead_time: Family,
    pub(super) disruption: Family,
    pub(super) service_time: Family,
    pub(super) due_after: Family,
    pub(super) class: Family,
}

impl Streams {
    fn new(seed: u64, replication: u32) -> Self {
        let family = |purpose| Family::new(seed, replication, purpose);
        Self {
            keep_line: family(Purpose::KeepLine),
            ship_available: family(Purpose::ShipAvailable),
            notice_delay: family(Purpose::NoticeDelay),
            contact: family(Purpose::Contact),
            lead_time: family(Purpose::LeadTime),
            residual_lead_time: family(Purpose::ResidualLeadTime),
            expedited_lead_time: family(Purpose::ExpeditedLeadTime),
            disruption: family(Purpose::Disruption),
            service_time: family(Purpose::ServiceTime),
            due_after: family(Purpose::DueAfter),
            class: family(Purpose::CustomerClass),
        }
    }
}

impl<'a, O: Observer> Simulation<'a, O> {
    /// Whether occurrences are emitted as soon as they are certain, with their own time, instead of when they happen.
    pub(super) const EMITS_EARLY: bool = O::ACCEPTS_EARLY && !O::READS_BOOKS;

    /// A replication at second 0, before anything happens, in the memory of another.
    pub(super) fn new(
        plan: &'a Plan<'a>,
        shocks: &'a Shocks<'a>,
        replication: u32,
        observer: &'a mut O,
        memory: Memory,
    ) -> Self {
        let Memory {
            mut calendar,
            arrivals,
            mut world,
            roads,
            mut events_on,
            mut open,
            mut departures,
            mut at_once,
            mut docks,
            mut supply,
            sourcer,
            mut anew,
            mut levels_now,
            mut replenished,
            mut turned,
            mut touched,
            mut closing,
            mut parting,
            mut named,
            mut booked,
            mut waiting_units,
            promises,
            scratch,
        } = memory;
        calendar.clear();
        world.renew(plan, O::READS_BOOKS);
        refill(&mut events_on, repeat_n(false, plan.model.events.len()));
        open.clear();
        let handling = plan.model.warehouses.iter().map(|warehouse| warehouse.handling);
        refill(&mut departures, handling.map(|handling| calendar.lane(handling, Phase::Departures)));
        at_once.clear();
        docks.renew(&plan.docks);
        supply.renew(plan);
        anew.has_moved = false;
        refill(&mut levels_now, plan.changing_levels().iter().copied());
        replenished.clear();
        refill(&mut turned, (0..plan.model.products.len()).map(ProductId::from_index));
        touched.clear();
        closing.clear();
        parting.clear();
        refill(&mut named, plan.model.script.contacts.iter().map(|contact| (contact.order, super::pool::NONE)));
        named.sort_unstable();
        named.dedup();
        booked.clear();
        refill(&mut waiting_units, repeat_n(0, if plan.limits_backorders() { plan.model.products.len() } else { 0 }));
        let ages = plan.model.rules.cancellation.after.and_then(|after| {
            calendar.lane(auto_cancel::cancelled_at(SimTime::ZERO, after) - SimTime::ZERO, Phase::AutoCancellations)
        });
        let interval = backorder_display::refresh_interval(&plan.model.rules);
        let refreshes = interval.and_then(|interval| calendar.lane(interval, Phase::Display));
        Self {
            plan,
            model: plan.model,
            shocks,
            observer,
            now: SimTime::ZERO,
            until: plan.end,
            excess: None,
            is_further_pass: false,
            calendar,
            departures,
            ages,
            refreshes,
            arrivals: Arrivals::new(plan, shocks.surge.as_ref(), replication, arrivals),
            world,
            roads: OpenRoads::new(plan, roads),
            events_on,
            open,
            at_once,
            docks,
            supply,
            sourcer: Sourcer::new(plan.model, &plan.assortment, sourcer),
            anew,
            streams: Streams::new(plan.model.run.seed, replication),
            levels_now,
            replenished,
            turned,
            touched,
            closing,
            parting,
            named,
            booked,
            is_booked_ahead: false,
            waiting_units,
            promises: Promises::new(plan.model, promises),
            scratch,
        }
    }

    /// What is left of it as memory for another.
    pub(super) fn into_memory(self) -> Memory {
        Memory {
            calendar: self.calendar,
            arrivals: self.arrivals.into_memory(),
            world: self.world,
            roads: self.roads.into_memory(),
            events_on: self.events_on,
            open: self.open,
            departures: self.departures,
            at_once: self.at_once,
            docks: self.docks,
            supply: self.supply,
            sourcer: self.sourcer.into_memory(),
            anew: self.anew,
            levels_now: self.levels_now,
            replenished: self.replenished,
            turned: self.turned,
            touched: self.touched,
            closing: self.closing,
            parting: self.parting,
            named: self.named,
            booked: self.booked,
            waiting_units: self.waiting_units,
            promises: self.promises.map_or_else(Default::default, Promises::into_memory),
            scratch: self.scratch,
        }
    }

    /// Runs every instant before the end. Second 0 is always one: a continuous policy looks once at the start.
    pub(super) fn run(&mut self) -> Result<(), Excess> {
        self.run_to_the_end();
        if let Some(excess) = self.excess {
            return Err(excess);
        }
        self.settle_all_notices();
        self.settle_all_promises();
        self.observer.ended(self.plan.end, &self.world);
        self.observer.excess().map_or(Ok(()), Err)
    }

    fn run_to_the_end(&mut self) {
        self.begin();
        let mut now = SimTime::ZERO;
        while now < self.until {
            self.now = now;
            self.instant();
            let unfinished = self.take_batch();
            now = unfinished.unwrap_or_else(|| self.calendar.next_time().min(self.arrivals.next));
        }
    }

    /// Everything that happens in one second.
    #[inline(always)]
    fn instant(&mut self) {
        self.is_further_pass = false;
        if self.calendar.next_time() > self.now {
            // Nothing but new orders, the common case, or the first look of all.
            self.take_orders();
            self.review_what_was_touched();
            self.hand_in_orders();
        } else {
            self.pass();
        }
        // After a limit was met, stock that was not counted might be ordered again and again.
        while (self.calendar.further_pass() || self.calendar.next_time() == self.now) && self.excess.is_none() {
            self.is_further_pass = true;
            self.pass();
        }
        self.close_parcels();
        // The books lack what was not counted, so they are not shown.
        if self.excess.is_none() {
            self.observer.instant_ended(self.now, &self.world);
        }
    }

    /// Second 0, before anything happens: emits the opening stock and schedules what is known ahead.
    fn begin(&mut self) {
        for (warehouse, product, free) in self.plan.carried() {
            let units = free.unsigned_abs();
            if i64::from(free) > MAX_UNITS {
                self.meet_limit(Counted::Free, Some((warehouse, product)));
            }
            self.observer.observe(SimTime::ZERO, Occurrence::PairCarried { warehouse, product, units });
        }
        for (row, receipt) in self.model.script.receipts.iter().enumerate() {
            self.calendar.schedule(receipt.at, Event::ScriptedReceipt { row: row as u32 });
        }
        for (row, contact) in self.model.script.contacts.iter().enumerate() {
            self.calendar.schedule(contact.at, Event::ScriptedContact { row: row as u32 });
        }
        if backorder_display::refresh_interval(&self.model.rules).is_some() {
            self.calendar.schedule(SimTime::ZERO, Event::DisplayRefresh);
        }
        self.start_product_clocks();
        for (change, known) in self.shocks.changes.iter().enumerate() {
            self.calendar.schedule(known.at, Event::EventChanges { change: change as u32 });
        }
        for (change, known) in self.plan.level_changes.iter().enumerate() {
            self.schedule_before_end(known.at, Event::LevelsChange { change: change as u32 });
        }
        self.start_disruptions();
        self.open_the_book();
        match self.model.replenishment.as_ref().map(|replenishment| replenishment.review) {
            Some(Review::Every(_)) => self.calendar.schedule(SimTime::ZERO, Event::Review),
            Some(Review::Continuous) => self.touch_every_pair(),
            None => {}
        }
    }

    /// One pass through the phases of the running second. Few instants have anything to do in more than one or two of them.
    #[inline(always)]
    fn pass(&mut self) {
        if !self.docks.are_none() {
            self.wake_docks();
        }
        self.run_phases_up_to(Phase::Receipts);
        if self.is_quiet() {
            return; // Parcels left, or stock came that nobody waits for.
        }
        if !self.replenished.is_empty() {
            self.calendar.stand_at(self.now, Phase::Releases);
            self.release_pass();
        }
        self.run_phases_up_to(Phase::Contacts);
        if self.calendar.is_due(self.now, Phase::AutoCancellations) {
            self.run_cancellations();
        }
        self.run_phases_up_to(Phase::Display);
        if self.is_quiet() {
            return; // A notice was sent, or a customer called.
        }
        self.run_phases_up_to(Phase::NewOrders);
        self.take_orders();
        self.review_what_was_touched();
        self.run_phases_up_to(Phase::Reviews);
        self.hand_in_orders();
    }

    /// Whether nothing more happens in the running second.
    #[inline(always)]
    fn is_quiet(&self) -> bool {
        self.calendar.next_time().min(self.arrivals.next) > self.now
            && self.replenished.is_empty()
            && self.touched.is_empty()
    }

    #[inline(always)]
    pub(super) fn run_phases_up_to(&mut self, last: Phase) {
        while self.calendar.is_due(self.now, last) {
            self.run_next_event();
        }
    }

    #[inline(never)]
    fn run_next_event(&mut self) {
        let event = self.calendar.pop();
        self.calendar.stand_at(self.now, event.phase());
        self.fetch(self.calendar.next_event());
        self.dispatch(event);
    }

    /// Prefetches what the next event will touch, written long ago, while the one before it is carried out.
    #[inline(always)]
    fn fetch(&self, event: Event) {
        match event {
            Event::AtOnceDeparts { parcel } => self.at_once.fetch(parcel),
            // Few parcels are under way, so that they stay near; their orders and contents do not.
            Event::ParcelDeparts { parcel } => {
                let Parcel { order, contents, .. } = self.open.parcels[parcel];
                self.open.orders.fetch(order);
                self.open.allocations.fetch(contents);
            }
            Event::NoticeIsDue { order } => self.open.orders.fetch(order),
            Event::LineAges { line } | Event::CustomerCalls { line } => self.open.lines.fetch(line),
            _ => {}
        }
    }

    /// What an event does. Exhaustive: an event without an effect cannot be added.
    #[inline(always)]
    pub(super) fn dispatch(&mut self, event: Event) {
        match event {
            Event::DisruptionChanges(vendor) => self.change_disruption(vendor),
            Event::EventChanges { change } => self.change_event(change),
            Event::LevelsChange { change } => self.change_levels(change),
            Event::ParcelDeparts { parcel } => self.depart(parcel),
            Event::AtOnceDeparts { parcel } => self.depart_at_once(parcel),
            Event::VendorWakes(vendor) => self.wake_vendor(vendor),
            Event::DockWakes(warehouse) => self.docks.wake(warehouse, self.now),
            Event::PurchaseOrderArrives { purchase_order } => self.receive_purchase_order(purchase_order),
            Event::ScriptedReceipt { row } => self.receive_scripted(row),
            Event::StockIsOffered => self.offer_stock(),
            Event::CustomerCalls { line } => self.customer_calls(line),
            Event::ScriptedContact { row } => self.scripted_contact(row),
            Event::LineAges { line } => self.line_ages(line),
            Event::ProductAges(product) => self.product_ages(product),
            Event::NoticeIsDue { order } => self.notice_is_due(order),
            Event::DisplayRefresh => self.refresh_display(),
            Event::OrderFallsDue { booked } => self.order_falls_due(booked),
            Event::Review => self.periodic_review(),
            Event::OrderIsPlaced { list } => self.place_joint_order(list),
            Event::PromiseIsDue { receipt } => self.settle_early_receipt(receipt),
        }
    }

    /// All orders of this second.
    fn take_orders(&mut self) {
        self.calendar.stand_at(self.now, Phase::NewOrders);
        while self.arrivals.next == self.now {
            if self.arrivals.is_used_up() {
                self.draw_orders();
                if self.arrivals.next != self.now {
                    break; // The one that was due does not come: an event keeps it away.
                }
            }
            let asked = self.arrivals.take();
            if self.plan.books_ahead {
                self.place_when_due(asked);
            } else {
                self.place(asked);
            }
        }
    }

    /// Draws generated orders ahead and prefetches what they will touch: first the shelves, from which the rest follows.
    #[inline(never)]
    pub(super) fn draw_orders(&mut self) {
        self.arrivals.draw(&self.roads.nearest);
        if self.arrivals.numbered() > MAX_ORDERS {
            self.meet_limit(Counted::Orders, None);
        }
        let (observer, world) = (&self.observer, &self.world);
        if world.is_small() {
            return;
        }
        for (line, shelf) in self.arrivals.lines_ahead() {
            observer.expect(line.product);
            world.fetch_shelf(shelf);
        }
        for (index, (line, pair)) in self.arrivals.lines_ahead().enumerate() {
            if !world.shelf_at(pair).has_more_than_attention_after(line.units) {
                for lane in self.roads.lanes[self.arrivals.zone_of_line(index).index()] {
                    world.fetch_cell(self.model.pair(lane.warehouse, line.product));
                }
                world.fetch_all_shelves(line.product);
                self.plan.fetch_terms(pair, line.product);
                observer.expect_more(line.product);
            }
        }
    }

    /// Refreshes the displayed status of every product, and schedules the next refresh.
    fn refresh_display(&mut self) {
        // Only a product whose network stock came or went since the last time can look different.
        let mut turned = std::mem::take(&mut self.turned);
        for product in turned.drain(..) {
            let displayed_in_stock = self.world.is_in_stock(product);
            let state = self.world.product_mut(product);
            (state.has_turned, state.displayed_in_stock) = (false, displayed_in_stock);
        }
        self.turned = turned;
        if let Some(interval) = backorder_display::refresh_interval(&self.model.rules) {
            self.schedule_in_before_end(self.refreshes, self.now + interval, Event::DisplayRefresh);
        }
    }

    /// Schedules an event unless it is due after the end; `true` when it was scheduled.
    #[inline]
    pub(super) fn schedule_before_end(&mut self, at: SimTime, event: Event) -> bool {
        let is_run = at < self.plan.end;
        if is_run {
            self.calendar.schedule(at, event);
        }
        is_run
    }

    /// Schedules an event a fixed delay ahead, unless it is due after the end; its ticket, if it is in a queue.
    #[inline(always)]
    pub(super) fn schedule_in_before_end(&mut self, lane: Option<LaneId>, at: SimTime, event: Event) -> Option<Ticket> {
        match lane {
            _ if at >= self.plan.end => None,
            Some(lane) => self.calendar.schedule_in(lane, at, event),
            None => {
                self.calendar.schedule(at, event);
                None
            }
        }
    }

    /// A count of a pair, or of all orders, left its range: the replication ends with this instant. The first reason is kept.
    #[cold]
    pub(super) fn meet_limit(&mut self, counted: Counted, pair: Option<(WarehouseId, ProductId)>) {
        let (warehouse, product) = pair.unzip();
        self.excess.get_or_insert(Excess { at: self.now, counted, warehouse, product });
        self.until = SimTime::ZERO;
    }

    /// Emits something that happens now.
    #[inline(always)]
    pub(super) fn emit(&mut self, what: Occurrence<'_>) {
        self.observer.observe(self.now, what);
        // Known where it is stated, so that nothing of this is left of the others.
        let is_of_supply = matches!(
            what,
            Occurrence::ReplenishmentOrdered { .. }
                | Occurrence::PurchaseOrderOpen { .. }
                | Occurrence::ReplenishmentExpedited { .. }
                | Occurrence::Receipt { .. }
        );
        if is_of_supply && let Some(promises) = &mut self.promises {
            promises.hear(self.now, self.model, &what);
        }
    }
}

#[cfg(test)]
#[path = "forgetting_tests.rs"]
mod forgetting_tests;
