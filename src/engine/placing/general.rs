//! An order is placed: what its customer sees and keeps, what can be supplied, what is decided.

use crate::domain::{
    Availability, ClassId, Granularity, Lane, LineNumber, Loss, Mode, OrderedLine, ProductId, SimTime, WarehouseId,
    Zone, ZoneId,
};
use crate::engine::arrivals::Asked;
use crate::engine::observer::{Observer, Occurrence, OrderRef, ParcelLine};
use crate::engine::open_orders::{Line, LineState, Order};
use crate::engine::pool::NONE;
use crate::engine::scratch::{Scratch, Wanted};
use crate::engine::simulation::Simulation;
use crate::policy::sourcing::{Request, Take, walk_in_preference_order};
use crate::rules::{
    Rule, backorder_display, backorder_orderable, display_mismatch, full_backorder_hold, international_complete,
    partial_split, swap,
};

impl<'a, O: Observer> Simulation<'a, O> {
    /// Takes an order: the lines its customer keeps, the mode, and what leaves at once.
    pub(in crate::engine) fn place(&mut self, asked: Asked) {
        let zone: &'a Zone = &self.model.zones[asked.zone.index()];
        let order = OrderRef {
            number: asked.number,
            placed: self.now,
            zone: asked.zone,
            international: zone.international,
            class: self.class_of(&asked),
        };
        let lanes = self.roads.lanes[asked.zone.index()];
        self.sourcer.come_to(self.now, self.plan.end, &(&self.world, self.plan));
        let is_looked_at = !self.plan.goes_the_general_way && self.look_who_has_what(lanes);
        if !(is_looked_at && self.place_at_once(order, lanes)) {
            self.place_in_general(order, asked.draws, lanes, is_looked_at);
        }
    }

    /// The class of an order's customer. One written by hand says so itself.
    #[inline(always)]
    pub(in crate::engine) fn class_of(&self, asked: &Asked) -> ClassId {
        if self.model.classes.is_empty() { ClassId(0) } else { self.class_among(asked) }
    }

    #[inline(never)]
    fn class_among(&self, asked: &Asked) -> ClassId {
        if let Some(order) = self.model.script.orders.get(asked.number as usize - 1) {
            return order.class;
        }
        let shares = &self.plan.class_shares;
        if shares.is_empty() {
            return ClassId(0);
        }
        let drawn = self.streams.class.of(asked.draws).unit();
        let class = shares.iter().position(|&upper| drawn < upper);
        ClassId::from_index(class.unwrap_or(shares.len() - 1))
    }

    #[inline(never)]
    fn place_in_general(&mut self, order: OrderRef, draws: u64, all: &'a [Lane], is_looked_at: bool) {
        let is_as_asked = self.show_and_keep(order, draws);
        if self.scratch.lines.is_empty() {
            return;
        }
        let (assigned, lanes) = self.assign(order.zone, order.class, all);
        let looked_at_all_of_it =
            is_as_asked && assigned.is_none() && self.scratch.lines.len() == self.scratch.asked as usize;
        self.find_stock(order.class, lanes, is_looked_at && looked_at_all_of_it);
        if !backorder_orderable::accepts_backorder(&self.model.rules) {
            self.refuse_unavailable(order, assigned);
        }
        if self.scratch.lines.is_empty() {
            return;
        }
        let availability = self.availability();
        let slot = self.open_order(order, draws, assigned, availability);
        self.promise_lines(slot);
        self.add_lines(slot, lanes);
        if assigned.is_none() && !self.open.orders[slot].as_a_whole {
            let takes = self.scratch.takes.iter().map(|take| (take.index, take.rank));
            self.sourcer.count(lanes, &self.scratch.lines, takes);
        }
        if availability != Availability::All {
            self.expect_notice(slot);
        }
        match self.open.orders[slot].mode {
            mode if self.parts_at_once(mode) => self.close_parts_later(slot),
            Mode::ShipsNow | Mode::Split => self.release_reserved(slot),
            Mode::Held => {}
        }
    }

    /// What the customer sees next to each line, and which lines are kept: they are left in the scratch. `false`: one of them is of
    /// another product than was asked for.
    fn show_and_keep(&mut self, order: OrderRef, draws: u64) -> bool {
        let count = self.arrivals.lines().len();
        if !self.world.is_small() {
            for line in self.arrivals.lines() {
                self.world.fetch_product(line.product);
                self.observer.expect_more(line.product);
            }
        }
        self.emit(Occurrence::OrderAsked { order, lines: count as u32 });
        self.scratch.asked = count as LineNumber;
        self.scratch.lines.clear();
        self.scratch.lines.extend_from_slice(self.arrivals.lines());
        self.scratch.wanted.clear();
        let mut are_all_in_stock = true;
        for index in 0..count {
            let OrderedLine { product, units } = self.scratch.lines[index];
            let line = index as LineNumber + 1;
            let network_available = self.world.is_in_stock(product);
            let displayed_in_stock = self.displays_in_stock(product, network_available);
            are_all_in_stock &= displayed_in_stock;
            self.emit(Occurrence::LineAsked { order, line, product, units, network_available, displayed_in_stock });
            self.scratch.wanted.push(Wanted { number: line, displayed_in_stock, available: 0 });
        }
        let keep = self.model.customers_of(order.class).keep_when_backordered;
        let meets_limit = !are_all_in_stock && self.meets_limit();
        if !meets_limit && backorder_orderable::keeps_everything(are_all_in_stock, keep) {
            return true;
        }
        let (mut kept, mut is_as_asked) = (0, true);
        for index in 0..count {
            let (mut asked, mut wanted) = (self.scratch.lines[index], self.scratch.wanted[index]);
            if meets_limit && self.cannot_be_ordered(asked.product, wanted.displayed_in_stock) {
                let Some(to_product) = self.shown_instead_of(asked.product) else {
                    self.lose(order, wanted.number, asked, Loss::NotOrderable, None);
                    continue;
                };
                let (line, OrderedLine { product, units }) = (wanted.number, asked);
                self.emit(Occurrence::LineReplaced { order, line, product, units, to_product });
                (asked.product, wanted.displayed_in_stock, is_as_asked) = (to_product, true, false);
            }
            let coin = || self.streams.keep_line.of_pair(draws, wanted.number.into()).coin(keep);
            if backorder_orderable::keeps_line(wanted.displayed_in_stock, coin) {
                (self.scratch.lines[kept], self.scratch.wanted[kept]) = (asked, wanted);
                kept += 1;
            } else {
                self.lose(order, wanted.number, asked, Loss::Dropped, None);
            }
        }
        self.scratch.lines.truncate(kept);
        self.scratch.wanted.truncate(kept);
        is_as_asked
    }

    /// Whether a line in the scratch cannot be ordered. One that was ordered ahead has been.
    fn meets_limit(&self) -> bool {
        let lines = || self.scratch.lines.iter().zip(&self.scratch.wanted);
        self.plan.limits_backorders()
            && !self.is_booked_ahead
            && lines().any(|(line, wanted)| self.cannot_be_ordered(line.product, wanted.displayed_in_stock))
    }

    /// Whether the page says that a product cannot be ordered. Asked only where some product has a limit.
    fn cannot_be_ordered(&self, product: ProductId, displayed_in_stock: bool) -> bool {
        let (waiting, about) = (self.waiting_units[product.index()], &self.model.products[product.index()]);
        !backorder_orderable::can_be_ordered(displayed_in_stock, waiting, about.max_backorders)
    }

    /// What a customer takes instead of a product that cannot be ordered, if the rules have one who does.
    fn shown_instead_of(&self, product: ProductId) -> Option<ProductId> {
        let group = self.model.products[product.index()].substitutes?;
        if !backorder_orderable::asks_for_a_substitute(self.model.rules.backorder.at_limit) {
            return None;
        }
        let shown = |other: ProductId| self.displays_in_stock(other, self.world.is_in_stock(other)).then_some(());
        swap::substitute(&self.model.substitute_groups[group as usize], product, shown).map(|(other, ())| other)
    }

    /// The status a customer reads now, of a product that some warehouse has or none.
    #[inline(always)]
    fn displays_in_stock(&self, product: ProductId, network_available: bool) -> bool {
        let is_refreshed = backorder_display::is_refreshed(&self.model.rules);
        backorder_display::displays_in_stock(is_refreshed, network_available, || {
            self.world.product(product).displayed_in_stock
        })
    }

    fn lose(&mut self, order: OrderRef, line: LineNumber, lost: OrderedLine, why: Loss, assigned: Option<WarehouseId>) {
        let OrderedLine { product, units } = lost;
        let home = assigned.or_else(|| self.home(order.zone, product));
        self.emit(Occurrence::LineLost { order, line, product, units, why, home });
    }

    #[inline(always)]
    pub(in crate::engine) fn home(&self, zone: ZoneId, product: ProductId) -> Option<WarehouseId> {
        let home = self.plan.assortment.first_carrier(self.model, self.roads.lanes[zone.index()], product);
        home.or_else(|| self.home_without_events(zone, product))
    }

    /// Where events leave no warehouse that has a product in its assortment, its home is the one that would be without them.
    #[cold]
    #[inline(never)]
    fn home_without_events(&self, zone: ZoneId, product: ProductId) -> Option<WarehouseId> {
        self.plan.assortment.home(self.model, zone, product)
    }

    /// The warehouse that the order is assigned to, if it is assigned to one, and the lanes by which it may be served now. Where events
    /// leave no lane to its zone, it is assigned as if there were all, and waits.
    #[inline(always)]
    pub(in crate::engine) fn assign(
        &mut self,
        zone: ZoneId,
        class: ClassId,
        lanes: &'a [Lane],
    ) -> (Option<WarehouseId>, &'a [Lane]) {
        let zone = &self.model.zones[zone.index()];
        if international_complete::is_assigned(zone.international, &self.model.rules) {
            self.assign_to_the_best(zone, class, lanes)
        } else {
            (None, lanes)
        }
    }

    #[inline(never)]
    fn assign_to_the_best(
        &mut self,
        zone: &'a Zone,
        class: ClassId,
        lanes: &'a [Lane],
    ) -> (Option<WarehouseId>, &'a [Lane]) {
        match self.best_assignment(class, lanes) {
            Some(rank) => (Some(lanes[rank].warehouse), &lanes[rank..=rank]),
            None => (self.best_assignment(class, &zone.lanes).map(|rank| zone.lanes[rank].warehouse), &[]),
        }
    }

    /// The rank of the warehouse that an order in the scratch is best assigned to.
    fn best_assignment(&mut self, class: ClassId, lanes: &[Lane]) -> Option<usize> {
        let withheld = self.plan.withheld_from(class);
        let (world, assortment, scratch) = (&self.world, &self.plan.assortment, &mut self.scratch);
        let free = |warehouse: WarehouseId, product: ProductId| world.free_to_take(warehouse, product, withheld);
        let candidates = lanes.iter().map(|lane| {
            let request = Request { lanes: std::slice::from_ref(lane), lines: &scratch.lines, free };
            walk_in_preference_order(&request, &mut scratch.choice);
            let is_carried = |line: &&OrderedLine| assortment.carries(self.model.pair(lane.warehouse, line.product));
            international_complete::Candidate {
                available: scratch.choice.iter().flatten().count() as u32,
                carried: scratch.lines.iter().filter(is_carried).count() as u32,
            }
        });
        international_complete::assign(candidates)
    }

    /// Finds out who supplies which line, by the sourcing policy; fills `takes` and what is available of each line.
    fn find_stock(&mut self, class: ClassId, lanes: &[Lane], is_looked_at: bool) {
        let (world, withheld) = (&self.world, self.plan.withheld_from(class));
        let scratch = &mut self.scratch;
        let free = |warehouse: WarehouseId, product: ProductId| world.free_to_take(warehouse, product, withheld);
        scratch.takes.clear();
        match self.model.rules.split.granularity {
            Granularity::Unit => {
                let accepts = backorder_orderable::accepts_backorder(&self.model.rules);
                let request = Request { lanes, lines: &scratch.lines, free };
                self.sourcer.choose_units(&request, !accepts, &mut scratch.takes);
            }
            Granularity::Line | Granularity::Order => {
                if is_looked_at {
                    if self.sourcer.supplies().are_empty() {
                        return;
                    }
                    let request = Request { lanes, lines: &scratch.lines, free };
                    self.sourcer.choose_by_the_look(&request, &mut scratch.choice);
                } else {
                    let request = Request { lanes, lines: &scratch.lines, free };
                    self.sourcer.choose(&request, &mut scratch.choice);
                }
                // Which lines are available nobody can foresee: each is written as if it were, and what is not is written over.
                let mut taken = 0;
                scratch.takes.resize(scratch.lines.len(), Take { index: 0, rank: 0, units: 0 });
                for (index, &rank) in scratch.choice.iter().enumerate() {
                    let units = if rank.is_some() { scratch.lines[index].units } else { 0 };
                    scratch.wanted[index].available = units;
                    scratch.takes[taken] = Take { index, rank: rank.unwrap_or(0), units };
                    taken += usize::from(rank.is_some());
                }
                scratch.takes.truncate(taken);
                return;
            }
        }
        for take in &scratch.takes {
            scratch.wanted[take.index].available += take.units;
        }
    }

    /// With `accept = false`: loses the lines that are not available whole.
    fn refuse_unavailable(&mut self, order: OrderRef, assigned: Option<WarehouseId>) {
        let mut kept = 0;
        for index in 0..self.scratch.lines.len() {
            let (line, wanted) = (self.scratch.lines[index], self.scratch.wanted[index]);
            if wanted.available < line.units {
                self.lose(order, wanted.number, line, Loss::Refused, assigned);
                continue;
            }
            (self.scratch.lines[kept], self.scratch.wanted[kept]) = (line, wanted);
            for take in self.scratch.takes.iter_mut().filter(|take| take.index == index) {
                take.index = kept;
            }
            kept += 1;
        }
        self.scratch.lines.truncate(kept);
        self.scratch.wanted.truncate(kept);
    }

    /// How many of the wanted units are available: single units with granularity `unit`, else whole lines.
    fn availability(&self) -> Availability {
        let scratch = &self.scratch;
        if scratch.lines.len() == self.lines_available() {
            Availability::All
        } else if scratch.takes.is_empty() {
            Availability::None
        } else {
            Availability::Some
        }
    }

    /// How many lines are available whole.
    #[inline(always)]
    fn lines_available(&self) -> usize {
        let Scratch { takes, wanted, lines, .. } = &self.scratch;
        match self.model.rules.split.granularity {
            // Whoever supplies a line supplies all of it.
            Granularity::Line | Granularity::Order => takes.len(),
            Granularity::Unit => {
                wanted.iter().zip(lines).filter(|(wanted, line)| wanted.available >= line.units).count()
            }
        }
    }

    /// Decides the mode and opens the order.
    fn open_order(
        &mut self,
        about: OrderRef,
        draws: u64,
        assigned: Option<WarehouseId>,
        availability: Availability,
    ) -> u32 {
        let rules = &self.model.rules;
        let (mode, rule) = if international_complete::ships_complete_only(about.international, rules) {
            international_complete::mode(availability, about.international, rules)
        } else {
            let ahead = self.model.ship_available(about.class);
            let coin = || self.streams.ship_available.of(draws).coin(ahead);
            partial_split::mode(availability, rules.backorder.full_order, coin)
        };
        self.emit(Occurrence::OrderPlaced {
            order: about,
            lines: self.scratch.lines.len() as u32,
            availability,
            mode,
            assigned,
        });
        let parted = if self.parts_at_once(mode) { self.lines_available() } else { 0 };
        let remembered = self.scratch.lines.len() - parted;
        self.enter_order((about, draws), remembered, assigned, mode, rule)
    }

    /// Opens an order, about which this is known and which has these draws, for so many lines, which the caller adds afterwards. In
    /// place in each caller, so that the order is written where it stays and not copied there.
    #[inline(always)]
    pub(in crate::engine) fn enter_order(
        &mut self,
        (about, draws): (OrderRef, u64),
        lines: usize,
        assigned: Option<WarehouseId>,
        mode: Mode,
        rule: Rule,
    ) -> u32 {
        let slot = self.open.open(Order {
            about,
            draws,
            mode,
            rule,
            assigned,
            as_a_whole: mode == Mode::Held && full_backorder_hold::waits_as_a_whole(&self.model.rules),
            is_over: false,
            is_closing: false,
            first_line: NONE,
            last_line: NONE,
            placed_lines: lines as u32,
            numbered_lines: self.scratch.asked,
            open: 0,
            waiting: 0,
            parcels: 0,
            to_depart: 0,
            pending: 0,
            released_now: NONE,
            notice_due: SimTime::NEVER,
            released: SimTime::ZERO,
            departed: SimTime::ZERO,
            delivered: SimTime::ZERO,
        });
        if let Ok(at) = self.named.binary_search_by_key(&about.number, |&(number, _)| number) {
            self.named[at].1 = slot;
        }
        self.begin_promises(slot);
        slot
    }

    /// Adds the lines: what is available parts or is reserved; the rest waits.
    fn add_lines(&mut self, slot: u32, lanes: &[Lane]) {
        let Order { about: order, as_a_whole, assigned, mode, .. } = self.open.orders[slot];
        let parts = self.parts_at_once(mode);
        let (mut next_take, mut remembered) = (0, 0);
        for index in 0..self.scratch.lines.len() {
            let OrderedLine { product, units } = self.scratch.lines[index];
            let Wanted { number, displayed_in_stock, available } = self.scratch.wanted[index];
            let is_backordered = available < units;
            let home =
                if is_backordered || as_a_whole { assigned.or_else(|| self.home(order.zone, product)) } else { None };
            let mut line = NONE;
            if is_backordered || !parts {
                let new = Line {
                    order: slot,
                    number,
                    product,
                    since: self.now,
                    home,
                    state: LineState::Open,
                    was_backordered: is_backordered,
                    ..Line::BLANK
                };
                line = self.open.add_placed_line(remembered, new);
                remembered += 1;
            }
            if !displayed_in_stock {
                self.emit(Occurrence::ShownOnBackorder { order, line: number, product });
            }
            self.emit(Occurrence::LinePlaced { order, line: number, product, units, available });
            let waiting = if as_a_whole { units } else { units - available };
            if is_backordered {
                self.emit(Occurrence::LineBackordered { order, line: number, product, units: waiting, home });
                let mismatch = display_mismatch::is_mismatch(displayed_in_stock, is_backordered);
                if mismatch {
                    self.emit(Occurrence::DisplayMismatch { order, line: number, product });
                }
                self.expect_call(line, mismatch);
            }
            while let Some(&Take { index: of, rank, units }) = self.scratch.takes.get(next_take)
                && of == index
            {
                next_take += 1;
                if parts {
                    let line = ParcelLine { line: number, product, units };
                    self.let_part(slot, order, line, lanes[rank].warehouse);
                } else if !as_a_whole {
                    self.reserve(line, lanes[rank].warehouse, units);
                }
            }
            if waiting > 0 {
                self.begin_to_wait(line, waiting);
            }
        }
    }

    /// A calendar entry that named the order has come up.
    pub(in crate::engine) fn entry_came_up(&mut self, slot: u32) {
        self.open.orders[slot].pending -= 1;
        self.forget_if_over(slot);
    }

    /// Forgets an order that is over, so that its slot can serve another one.
    pub(in crate::engine) fn forget_if_over(&mut self, slot: u32) {
        let number = self.open.orders[slot].about.number;
        if self.open.forget_if_over(slot)
            && let Ok(at) = self.named.binary_search_by_key(&number, |&(number, _)| number)
        {
            self.named[at].1 = NONE;
        }
    }
}
