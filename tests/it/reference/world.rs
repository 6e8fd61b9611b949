//! The state of the world, and the few ways in which stock and lines change.

use backorder::domain::{CancelClock, FullOrder, Granularity, Model, ScriptedOrder, Wish};
use serde_json::{Value, json};

use super::chance::Chance;
use super::history::{Event, History, Shelf};
use super::promises::{Booked, Word};

/// Free units by warehouse and product, to try things out on.
pub type Free = Vec<Vec<i64>>;

/// What some lines would take: (line's place in its order, warehouse, units).
pub type Takings = Vec<(usize, usize, u32)>;

/// One product at one warehouse.
#[derive(Clone, Copy, Default)]
pub struct Pair {
    pub on_hand: i64,
    pub reserved: i64,
}

/// A line that became part of an order.
pub struct Line {
    pub number: u32,
    pub product: usize,
    /// All of its units.
    pub units: u32,
    /// What it was promised.
    pub word: Word,
    /// Units not yet covered.
    pub waiting: u32,
    /// Units covered and not yet released, by warehouse.
    pub reserved: Vec<(usize, u32)>,
    /// The warehouse whose position it counts against while it waits: its order's, or what its home was when it joined the order.
    pub home: Option<usize>,
    /// When it began to wait.
    pub since: i64,
    /// Whether `line-backordered` was traced for it.
    pub backordered: bool,
    /// Removed, swapped or cancelled.
    pub ended: bool,
}

impl Line {
    pub fn waits(&self) -> bool {
        !self.ended && self.waiting > 0
    }

    /// Units that have not been released.
    pub fn unreleased(&self) -> u32 {
        self.waiting + self.reserved.iter().map(|&(_, units)| units).sum::<u32>()
    }

    pub fn open(&self) -> bool {
        !self.ended && self.unreleased() > 0
    }
}

/// How an order leaves, fixed when it is placed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Everything leaves at once.
    ShipsNow,
    /// Whatever is covered leaves at once.
    Split,
    /// Nothing leaves before every line is covered.
    Held,
}

/// A placed order.
pub struct Order {
    pub number: u64,
    pub placed: i64,
    pub zone: usize,
    /// The customer's class; 0 where there are none.
    pub class: usize,
    /// The warehouses that may serve it, in preference order.
    pub servers: Vec<usize>,
    /// The warehouse it was assigned to, where orders are.
    pub assigned: Option<usize>,
    pub mode: Mode,
    /// The rule its parcels name.
    pub rule: &'static str,
    pub lines: Vec<Line>,
    /// The number of the next line to be swapped in.
    pub next_line: u32,
    /// When a notice is to be sent, until that instant has come.
    pub notice_due: Option<i64>,
    pub ended: bool,
}

/// What left, or is about to leave, one warehouse for one order in one second.
pub struct Parcel {
    pub order: usize,
    pub warehouse: usize,
    /// (line number, product, units)
    pub contents: Vec<(u32, usize, u32)>,
    /// Its number within the order; 0 until it is closed.
    pub number: usize,
    pub departs: Option<i64>,
    pub departed: bool,
    /// When it came to a dock to be picked.
    pub ready: Option<i64>,
    /// By when it had to be picked for what had been promised of it then.
    pub promised: i64,
    /// It was taken back from there, all of it.
    pub gone: bool,
}

impl Parcel {
    /// The numbers of its lines, ascending.
    pub fn lines(&self) -> Vec<u32> {
        self.contents.iter().map(|&(line, _, _)| line).collect()
    }
}

/// A customer's call about a line.
pub struct Call {
    pub at: i64,
    pub order: u64,
    pub line: u32,
    pub wants: Wish,
    pub done: bool,
}

/// A purchase order.
pub struct Purchase {
    pub vendor: usize,
    pub warehouse: usize,
    pub product: usize,
    /// Its number within the pair, from 1.
    pub number: u32,
    pub units: u32,
    pub promised: i64,
    /// The date that the page shows: the promise, or when it is said to come once it is expedited.
    pub shown: i64,
    /// `None` while its lead time has not begun.
    pub arrives: Option<i64>,
    pub expedited: bool,
    pub received: bool,
    /// It was hurried, came before its promise, and that is not due yet.
    pub early: bool,
}

/// A vendor's state.
pub struct Supplier {
    pub disrupted: bool,
    /// A disruption of its own is on.
    pub down: bool,
    /// When a disruption begins or ends next.
    pub changes: Option<i64>,
}

/// Everything.
pub struct World<'m> {
    pub model: &'m Model,
    /// What the model leaves to chance.
    pub chance: &'m Chance,
    pub now: i64,
    /// By warehouse, then product.
    pub pairs: Vec<Vec<Pair>>,
    /// By product: what the pages say, where they are refreshed now and then.
    pub displayed: Vec<bool>,
    /// By product: when the network's free stock last fell to 0 (second 0 if never).
    pub ran_out: Vec<i64>,
    /// In the order of placing.
    pub orders: Vec<Order>,
    /// Orders that are to come, by number: the script's, then the others.
    pub to_come: Vec<&'m ScriptedOrder>,
    /// Which of them have come, and which of the script's receipts.
    pub orders_asked: Vec<bool>,
    /// Those that came and are not due yet, in the order in which they came.
    pub booked: Vec<Booked>,
    pub placing_ahead: bool,
    pub receipts_done: Vec<bool>,
    pub parcels: Vec<Parcel>,
    /// By warehouse.
    pub docks: Vec<super::docks::Dock>,
    pub calls: Vec<Call>,
    pub purchases: Vec<Purchase>,
    /// What is wanted of vendors that take several products an order.
    pub lists: Vec<super::joint::List>,
    /// Charges for hurrying: whose, in which month, how much.
    pub spent: Vec<(usize, i64, i64)>,
    /// Lines that spilled over: when, and to which warehouse.
    pub taken_over: Vec<(i64, usize)>,
    pub suppliers: Vec<Supplier>,
    /// What vendors have to do, by vendor.
    pub desks: Vec<super::vendors::Desk>,
    /// Beginnings and ends of the scenario's events, how many are done, and what is on.
    pub changes: Vec<super::events::Change>,
    pub changes_done: usize,
    pub on: Vec<bool>,
    /// By warehouse, then product.
    pub carried: Vec<Vec<bool>>,
    /// The levels that are planned, by the same, each with when it begins.
    pub plan: Vec<Vec<super::levels::Planned>>,
    /// When levels may become others.
    pub moments: Vec<i64>,
    pub events: Vec<Event>,
}

impl<'m> World<'m> {
    pub fn new(model: &'m Model, chance: &'m Chance) -> Self {
        let products = model.products().len();
        let to_come: Vec<&ScriptedOrder> = model.script().orders.iter().chain(&chance.orders).collect();
        let mut world = Self {
            model,
            chance,
            now: 0,
            pairs: vec![vec![Pair::default(); products]; model.warehouses().len()],
            displayed: vec![false; products],
            ran_out: vec![0; products],
            orders: vec![],
            orders_asked: vec![false; to_come.len()],
            booked: vec![],
            placing_ahead: false,
            to_come,
            receipts_done: vec![false; model.script().receipts.len()],
            parcels: vec![],
            docks: vec![super::docks::Dock::default(); model.warehouses().len()],
            taken_over: vec![],
            calls: vec![],
            purchases: vec![],
            lists: vec![],
            spent: vec![],
            suppliers: vec![],
            desks: vec![super::vendors::Desk::default(); model.vendors().len()],
            changes: vec![],
            changes_done: 0,
            on: vec![false; model.events().len()],
            carried: super::levels::carried(model),
            plan: super::levels::plan(model),
            moments: super::levels::moments(model),
            events: vec![],
        };
        world.fill_shelves();
        world.suppliers = model.vendors().iter().map(Supplier::at_the_start).collect();
        world.changes = super::events::changes(model, world.end());
        world.take_up_purchases();
        world.take_up_orders();
        for row in &model.script().contacts {
            world.calls.push(Call { at: row.at.0, order: row.order, line: row.line, wants: row.wants, done: false });
        }
        world
    }

    /// On hand at second 0: the stock table, else every pair at its highest level.
    fn fill_shelves(&mut self) {
        if let Some(rows) = &self.model.script().stock {
            for row in rows {
                self.pairs[row.warehouse.index()][row.product.index()].on_hand = row.units.into();
            }
            return;
        }
        for warehouse in 0..self.pairs.len() {
            for product in 0..self.model.products().len() {
                if let Some(levels) = self.levels(warehouse, product) {
                    self.pairs[warehouse][product].on_hand = levels.highest().max(0);
                }
            }
        }
    }

    pub fn trace(&mut self, event: &str, fields: Value) {
        self.trace_at(self.now, event, fields);
    }

    pub fn trace_at(&mut self, t: i64, event: &str, fields: Value) {
        let mut value = json!({ "t": t, "event": event });
        if let (Value::Object(all), Value::Object(more)) = (&mut value, fields) {
            all.extend(more);
        }
        self.events.push(value);
    }

    pub fn free(&self, warehouse: usize, product: usize) -> i64 {
        if self.is_shut(warehouse) {
            return 0;
        }
        self.pairs[warehouse][product].on_hand - self.pairs[warehouse][product].reserved
    }

    pub fn free_everywhere(&self) -> Free {
        (0..self.pairs.len())
            .map(|warehouse| (0..self.model.products().len()).map(|product| self.free(warehouse, product)).collect())
            .collect()
    }

    /// Free units as a class may take them: the last ones of a shelf may be kept for others.
    pub fn free_to(&self, class: usize) -> Free {
        let withheld = self.withheld(class);
        let mut free = self.free_everywhere();
        free.iter_mut().flatten().for_each(|units| *units = (*units - withheld).max(0));
        free
    }

    /// Units of a shelf that a class may not take.
    pub fn withheld(&self, class: usize) -> i64 {
        match self.model.reserve() {
            Some(reserve) if !reserve.may_take[class] => reserve.units.into(),
            _ => 0,
        }
    }

    pub fn network_free(&self, product: usize) -> i64 {
        (0..self.pairs.len()).map(|warehouse| self.free(warehouse, product)).sum()
    }

    /// Whether the warehouse has the product in its assortment.
    pub fn carries(&self, warehouse: usize, product: usize) -> bool {
        self.carried[warehouse][product]
    }

    /// The warehouse whose inventory position a waiting line of this order counts against.
    pub fn home(&self, order: &Order, product: usize) -> Option<usize> {
        order.assigned.or_else(|| self.home_of_zone(order.zone, product))
    }

    /// The warehouse that a zone's demand for a product falls to first.
    pub fn home_of_zone(&self, zone: usize, product: usize) -> Option<usize> {
        let (lanes, base) = (self.lanes(zone), &self.model.zones()[zone].lanes);
        let mut eligible = lanes.iter().chain(base).map(|lane| lane.warehouse.index());
        eligible.find(|&warehouse| self.carries(warehouse, product))
    }

    /// Whether a line may be filled in parts.
    pub fn by_unit(&self) -> bool {
        self.model.rules().split.granularity == Granularity::Unit
    }

    /// Whether an order gets stock only when all of it can be covered at once.
    pub fn all_at_once(&self, order: usize) -> bool {
        self.orders[order].mode == Mode::Held && !self.model.rules().backorder.reserve_while_held
    }

    /// What a line would take of `free`, warehouse by warehouse in the order of `servers`: all from the first that
    /// has it whole, or, by unit, what each has. `free` is lessened by it.
    pub fn find(&self, servers: &[usize], product: usize, units: u32, free: &mut Free) -> Vec<(usize, u32)> {
        let mut found = vec![];
        let mut missing = i64::from(units);
        for &warehouse in servers {
            let here = free[warehouse][product];
            let taken = if self.by_unit() {
                here.min(missing)
            } else if here >= missing {
                missing
            } else {
                0
            };
            if taken > 0 {
                free[warehouse][product] -= taken;
                missing -= taken;
                found.push((warehouse, u32::try_from(taken).expect("no more than a line's units")));
            }
        }
        found
    }

    /// What the waiting lines of an order would take, walked in their order, if all of them can be covered now.
    pub fn cover_for_all(&self, order: usize) -> Option<Takings> {
        let order = &self.orders[order];
        let mut free = self.free_to(order.class);
        let mut takings = vec![];
        for (place, line) in order.lines.iter().enumerate().filter(|(_, line)| line.waits()) {
            let found = self.find(&order.servers, line.product, line.waiting, &mut free);
            if found.iter().map(|&(_, units)| units).sum::<u32>() < line.waiting {
                return None;
            }
            takings.extend(found.into_iter().map(|(warehouse, units)| (place, warehouse, units)));
        }
        Some(takings)
    }

    /// Reserves free units for a line.
    pub fn take(&mut self, order: usize, line: usize, warehouse: usize, units: u32) {
        let taker = &mut self.orders[order].lines[line];
        let product = taker.product;
        taker.waiting -= units;
        taker.reserved.push((warehouse, units));
        if taker.waiting == 0 && taker.backordered {
            taker.word.covered = Some(self.now);
            let (number, line) = (self.orders[order].number, self.orders[order].lines[line].number);
            let waited = self.now - self.orders[order].placed;
            let product = &self.model.products()[product].id;
            self.trace("line-covered", json!({ "order": number, "line": line, "product": product, "waited": waited }));
        }
        self.take_off_the_shelf(order, line, warehouse, units);
    }

    /// Free units become reserved, and what follows from that.
    pub fn take_off_the_shelf(&mut self, order: usize, line: usize, warehouse: usize, units: u32) {
        let product = self.orders[order].lines[line].product;
        let before = self.network_free(product);
        self.pairs[warehouse][product].reserved += i64::from(units);
        assert!(self.free(warehouse, product) >= 0, "took what was not there");
        if before >= 1 && self.network_free(product) == 0 {
            self.ran_out[product] = self.now;
        }
        self.expedite(warehouse, product, (order, line));
    }

    /// Ends a line; what it had reserved becomes free. Answers whether anything did.
    pub fn end_line(&mut self, order: usize, line: usize) -> bool {
        let ending = &mut self.orders[order].lines[line];
        ending.ended = true;
        ending.waiting = 0;
        let product = ending.product;
        let freed = std::mem::take(&mut ending.reserved);
        for &(warehouse, units) in &freed {
            self.pairs[warehouse][product].reserved -= i64::from(units);
        }
        !freed.is_empty()
    }

    /// When a line's wait has lasted too long, if it can.
    pub fn cancel_due(&self, line: &Line) -> Option<i64> {
        let after = self.model.rules().cancellation.after?.0;
        if !line.waits() {
            return None;
        }
        match self.model.rules().cancellation.clock {
            CancelClock::Line => Some(line.since + after + 1),
            CancelClock::Product if self.network_free(line.product) > 0 => None,
            CancelClock::Product => Some(self.ran_out[line.product] + after + 1),
        }
    }

    /// How an order with no line available leaves.
    pub fn full_order_mode(&self) -> Mode {
        match self.model.rules().backorder.full_order {
            FullOrder::Hold => Mode::Held,
            FullOrder::ShipAsCovered => Mode::Split,
        }
    }

    /// Closes the books. The stock is counted once more from what came and went.
    pub fn into_history(mut self) -> History {
        let mut fresh = Self::new(self.model, self.chance);
        for (row, _) in self.model.script().receipts.iter().zip(&self.receipts_done).filter(|(_, done)| **done) {
            fresh.pairs[row.warehouse.index()][row.product.index()].on_hand += i64::from(row.units);
        }
        for purchase in self.purchases.iter().filter(|purchase| purchase.received) {
            fresh.pairs[purchase.warehouse][purchase.product].on_hand += i64::from(purchase.units);
        }
        for parcel in self.parcels.iter().filter(|parcel| parcel.departed) {
            for &(_, product, units) in &parcel.contents {
                fresh.pairs[parcel.warehouse][product].on_hand -= i64::from(units);
            }
        }
        let mut shelves = vec![];
        for (warehouse, row) in self.pairs.iter().enumerate() {
            for (product, pair) in row.iter().enumerate() {
                assert_eq!(pair.on_hand, fresh.pairs[warehouse][product].on_hand, "units were made or lost");
                shelves.push(Shelf {
                    warehouse: self.model.warehouses()[warehouse].id.clone(),
                    product: self.model.products()[product].id.clone(),
                    on_hand: pair.on_hand,
                    reserved: pair.reserved,
                });
            }
        }
        // Deliveries are written down when a parcel leaves; bring them to their second.
        self.events.sort_by_key(|event| event["t"].as_i64());
        History { events: self.events, shelves }
    }
}
