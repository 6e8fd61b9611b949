//! Orders that leave at once: every line is shown in stock, and the eligible warehouses have all of it.
//!
//! Most orders are so. Of those that leave from the nearest warehouse, most are taken [in a batch](super::batch). About one that
//! leaves from the first warehouse that has any of it every sourcing policy and every rule agrees: no other warehouse that can do
//! it is nearer, cheaper, or makes fewer parcels, an assigned order is assigned there, and nothing waits. The same goes for a
//! warehouse that has everything if one parcel is what the policy is after. Otherwise the policy is asked, as on the
//! [general way](super::general). All that has to be remembered are the parcels until they depart, so such an order takes no place
//! among the [open orders](crate::engine::open_orders). What is stated of it is the same, in the same order, as the general way would
//! state. An observer that only adds up is spared even that, see [`whole`](super::whole).

use crate::domain::{Availability, Granularity, Lane, LineNumber, Mode, OrderedLine, ProductId, SimTime, WarehouseId};
use crate::engine::event::Event;
use crate::engine::leaving::{Closing, Leaving, MAX_LINES, Siblings};
use crate::engine::observer::{Observer, Occurrence, OrderRef};
use crate::engine::pool::NONE;
use crate::engine::simulation::Simulation;
use crate::policy::sourcing::{Request, Supplies};
use crate::rules::{backorder_display, free_split, international_complete, shipment_notice};

impl<'a, O: Observer> Simulation<'a, O> {
    /// Finds out which warehouse has what of the order at hand; `false` where that does not tell who can supply it, because lines of one
    /// product share the free stock, or because the order has too many lines for it.
    #[inline(always)]
    pub(in crate::engine) fn look_who_has_what(&mut self, lanes: &[Lane]) -> bool {
        let lines = self.arrivals.lines();
        let tells = lines.len() <= Supplies::MAX_LINES && self.arrivals.are_distinct();
        if tells {
            let free = |warehouse: WarehouseId, product: ProductId| self.world.free(warehouse, product);
            self.sourcer.look(&Request { lanes, lines, free });
        }
        tells
    }

    /// Places an order that was [looked at](Self::look_who_has_what) and leaves at once, if it does; `false`: nothing has been done.
    #[inline(always)]
    pub(in crate::engine) fn place_at_once(&mut self, order: OrderRef, lanes: &'a [Lane]) -> bool {
        let supplies = self.sourcer.supplies();
        // What may have to wait at a dock has to be remembered.
        if !self.docks.are_none() || !supplies.are_complete() || !self.are_all_shown() {
            return false;
        }
        let granularity = self.model.rules.split.granularity;
        let is_assigned = international_complete::is_assigned(order.international, &self.model.rules);
        if let Some(rank) = supplies.first_with_everything() {
            // Where no nearer warehouse has any of it, every policy and every rule agrees, unless single units may be taken nearer by.
            let is_nearest = match granularity {
                Granularity::Unit => rank == 0,
                Granularity::Line | Granularity::Order => !supplies.is_any_before(rank),
            };
            let is_agreed = is_nearest && (is_assigned || self.sourcer.agrees_on_the_first_able(rank));
            if is_agreed || (self.sourcer.prefers_one_parcel() && !is_assigned) {
                let lane = &lanes[rank];
                return self.leave_whole(order, lane) || self.place_in_one_parcel(order, lane);
            }
        }
        !is_assigned && granularity == Granularity::Line && self.place_in_parcels(order, lanes)
    }

    /// Whether all products of the order at hand, which some warehouse has, are shown in stock.
    #[inline(always)]
    fn are_all_shown(&self) -> bool {
        let shown = |line: &OrderedLine| {
            backorder_display::displays_in_stock(true, true, || self.world.product(line.product).displayed_in_stock)
        };
        !backorder_display::is_refreshed(&self.model.rules)
            || self.arrivals.lines().iter().fold(true, |are_shown, line| are_shown & shown(line))
    }

    #[inline(never)]
    fn place_in_one_parcel(&mut self, order: OrderRef, lane: &Lane) -> bool {
        if self.arrivals.lines().len() > MAX_LINES {
            return false;
        }
        let assigned = international_complete::is_assigned(order.international, &self.model.rules);
        self.state_placing(order, assigned.then_some(lane.warehouse));
        for index in 0..self.arrivals.lines().len() {
            self.take_at_once(order, index, self.arrivals.lines()[index], lane.warehouse);
        }
        let slot = self.at_once.parcels.reserve(|| Leaving::NONE);
        let parcel = &mut self.at_once.parcels[slot];
        parcel.begin(order, lane, 1, NONE);
        for (index, &line) in self.arrivals.lines().iter().enumerate() {
            parcel.add(index, line);
        }
        self.leave(slot, lane);
        true
    }

    /// Emits that an order is asked for and placed, all of whose lines are in stock and shown so.
    #[inline(always)]
    fn state_placing(&mut self, order: OrderRef, assigned: Option<WarehouseId>) {
        let lines = self.arrivals.lines().len() as u32;
        self.emit(Occurrence::OrderAsked { order, lines });
        for index in 0..self.arrivals.lines().len() {
            let OrderedLine { product, units } = self.arrivals.lines()[index];
            let line = index as LineNumber + 1;
            let (network_available, displayed_in_stock) = (true, true);
            self.emit(Occurrence::LineAsked { order, line, product, units, network_available, displayed_in_stock });
        }
        let (availability, mode) = (Availability::All, Mode::ShipsNow);
        self.emit(Occurrence::OrderPlaced { order, lines, availability, mode, assigned });
    }

    #[inline(always)]
    fn take_at_once(&mut self, order: OrderRef, index: usize, line: OrderedLine, warehouse: WarehouseId) {
        let OrderedLine { product, units } = line;
        let line = index as LineNumber + 1;
        self.emit(Occurrence::LinePlaced { order, line, product, units, available: units });
        self.take_off_the_shelf(order, line, product, warehouse, units);
    }

    /// A parcel is full: it is closed at the end of the instant.
    #[inline(always)]
    fn leave(&mut self, slot: u32, lane: &Lane) {
        let contents = self.at_once.parcels[slot].contents().iter();
        let cost = self.plan.parcel_cost(lane, contents.map(|line| (line.product, line.units)));
        self.at_once.parcels[slot].cost = cost;
        self.closing.push(Closing::AtOnce(slot));
    }

    /// Places an order that was looked at, and leaves at once, from warehouses of the sourcing policy's choice.
    fn place_in_parcels(&mut self, order: OrderRef, lanes: &'a [Lane]) -> bool {
        let mut choice = std::mem::take(&mut self.scratch.choice);
        let free = |warehouse: WarehouseId, product: ProductId| self.world.free(warehouse, product);
        let request = Request { lanes, lines: self.arrivals.lines(), free };
        self.sourcer.choose_by_the_look(&request, &mut choice);
        let leaves = self.leave_whole_in_parcels(order, lanes, &choice) || self.leave_in_parcels(order, lanes, &choice);
        if leaves {
            let served = choice.iter().enumerate().filter_map(|(line, rank)| Some((line, (*rank)?)));
            self.sourcer.count(lanes, self.arrivals.lines(), served);
        }
        self.scratch.choice = choice;
        leaves
    }

    /// One parcel a warehouse, by their lowest line.
    fn leave_in_parcels(&mut self, order: OrderRef, lanes: &'a [Lane], choice: &[Option<usize>]) -> bool {
        if choice.len() > MAX_LINES {
            return false;
        }
        self.state_placing(order, None);
        for (index, &rank) in choice.iter().enumerate() {
            let (line, rank) = (self.arrivals.lines()[index], rank.expect("every line is served"));
            self.take_at_once(order, index, line, lanes[rank].warehouse);
        }
        let is_first = |index: usize| !choice[..index].contains(&choice[index]);
        let parcels = (0..choice.len()).filter(|&index| is_first(index)).count() as u32;
        let siblings = if parcels > 1 {
            self.at_once.siblings.insert(Siblings { parcels, to_depart: parcels, delivered: SimTime::ZERO })
        } else {
            NONE
        };
        let mut number = 0;
        for (first, &rank) in choice.iter().enumerate().filter(|&(index, _)| is_first(index)) {
            number += 1;
            let lane = &lanes[rank.expect("every line is served")];
            let slot = self.at_once.parcels.reserve(|| Leaving::NONE);
            let parcel = &mut self.at_once.parcels[slot];
            parcel.begin(order, lane, number, siblings);
            for index in (first..choice.len()).filter(|&index| choice[index] == rank) {
                parcel.add(index, self.arrivals.lines()[index]);
            }
            self.leave(slot, lane);
        }
        true
    }

    /// Closes a parcel at the end of the instant.
    #[inline(always)]
    pub(in crate::engine) fn close_at_once(&mut self, slot: u32) {
        let leaving = &self.at_once.parcels[slot];
        let (order, number, warehouse, saved) = (leaving.about, leaving.number, leaving.warehouse, leaving.cost);
        let departs = shipment_notice::sent_at(self.now, self.model.warehouses[warehouse.index()].handling);
        self.observer.observe(self.now, Occurrence::ParcelReleased { order, parcel: leaving.parcel(), departs });
        if free_split::is_extra(number) {
            self.emit(Occurrence::SplitNotCharged { order, parcel: number, warehouse, saved });
        }
        if departs == self.now {
            self.depart_at_once(slot);
        } else {
            let lane = self.departures[warehouse.index()];
            self.schedule_in_before_end(lane, departs, Event::AtOnceDeparts { parcel: slot });
        }
    }

    /// A parcel leaves; with the last one the order is complete.
    #[inline(always)]
    pub(in crate::engine) fn depart_at_once(&mut self, slot: u32) {
        let leaving = &self.at_once.parcels[slot];
        if O::READS_BOOKS {
            for line in leaving.contents() {
                self.world.change_reserved(leaving.warehouse, line.product, -i64::from(line.units));
            }
        }
        let (order, number, siblings, arrives) =
            (leaving.about, leaving.number, leaving.siblings, self.now + leaving.transit);
        self.observer.observe(self.now, Occurrence::ParcelShipped { order, parcel: leaving.parcel(), arrives });
        self.at_once.parcels.remove(slot);
        self.emit(Occurrence::ShipmentNotice { order, parcel: number });
        let (parcels, delivered) = if siblings == NONE {
            (1, arrives)
        } else {
            let all = &mut self.at_once.siblings[siblings];
            all.to_depart -= 1;
            all.delivered = all.delivered.max(arrives);
            let Siblings { parcels, to_depart, delivered } = *all;
            if to_depart > 0 {
                return;
            }
            self.at_once.siblings.remove(siblings);
            (parcels, delivered)
        };
        let (released, departed) = (order.placed, self.now);
        self.emit(Occurrence::OrderCompleted { order, parcels, released, departed, delivered });
    }
}
