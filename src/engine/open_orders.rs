//! The state of orders that are not over: cold state, kept in pools apart from the hot counters.

use super::calendar::Ticket;
use super::observer::OrderRef;
use super::pool::{NONE, Pool, RunPool};
use crate::domain::{Cents, LineNumber, Mode, ProductId, SimTime, Span, WarehouseId};
use crate::rules::Rule;

/// An order that has been placed and not been forgotten yet.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Order {
    /// Its number, time and customer.
    pub about: OrderRef,
    /// Names its random streams.
    pub draws: u64,
    /// What was decided when it was placed.
    pub mode: Mode,
    /// The rule its parcels name.
    pub rule: Rule,
    /// The one warehouse that serves it, if it was assigned.
    pub assigned: Option<WarehouseId>,
    /// Held, and takes nothing until all its remaining lines can be covered at once.
    pub as_a_whole: bool,
    /// Completed or cancelled.
    pub is_over: bool,
    /// Something of it was released in this instant and is not in a parcel yet.
    pub is_closing: bool,
    /// Its lines that are remembered, in their order: a list through the lines. Those that it was placed with stand side by side.
    /// Not remembered are lines that [part](super::parting) as it is placed; [`NONE`] where all do.
    pub first_line: u32,
    /// End of that list.
    pub last_line: u32,
    /// How many of those it was placed with.
    pub placed_lines: u32,
    /// How many line numbers were given out.
    pub numbered_lines: LineNumber,
    /// Lines neither ended nor released.
    pub open: u32,
    /// Lines of which units wait.
    pub waiting: u32,
    /// Parcels released.
    pub parcels: u32,
    /// Parcels released and not departed.
    pub to_depart: u32,
    /// Calendar entries that name the order or one of its lines; its slots are kept until all of them have fallen due.
    pub pending: u32,
    /// What was released in this instant: a list of allocations.
    pub released_now: u32,
    /// When its backorder notice is due, if that is not a calendar entry and whether it is sent is not known yet; else never.
    pub notice_due: SimTime,
    /// When its latest parcel was released.
    pub released: SimTime,
    /// When the latest of its parcels that were sent departs.
    pub departed: SimTime,
    /// When all its parcels so far have arrived.
    pub delivered: SimTime,
}

/// The state of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// It waits or is reserved.
    Open,
    /// All of it has been released: it counts as shipped.
    Released,
    /// Removed, swapped or cancelled.
    Ended,
}

/// A line of an order, in one cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Line {
    /// Slot of its order.
    pub order: u32,
    /// Its number within the order.
    pub number: LineNumber,
    /// What.
    pub product: ProductId,
    /// Units that wait.
    pub waiting: u32,
    /// When it began to wait.
    pub since: SimTime,
    /// The calendar's entry for when it has waited too long, if it can be withdrawn.
    pub ages: Option<Ticket>,
    /// The warehouse whose inventory position its waiting units count against.
    pub home: Option<WarehouseId>,
    /// Its state.
    pub state: LineState,
    /// It was backordered when placed.
    pub was_backordered: bool,
    /// The next line of its order.
    pub next_in_order: u32,
    /// Its neighbour in the product's waiting list that has waited longer.
    pub longer_waiting: u32,
    /// Its neighbour that has waited less long.
    pub shorter_waiting: u32,
    /// What is reserved for it and not released: a list of allocations.
    pub reserved: u32,
}

impl Line {
    /// The contents of an unused slot.
    pub(super) const BLANK: Self = Self {
        order: NONE,
        number: 0,
        product: ProductId(0),
        waiting: 0,
        since: SimTime::ZERO,
        ages: None,
        home: None,
        state: LineState::Ended,
        was_backordered: false,
        next_in_order: NONE,
        longer_waiting: NONE,
        shorter_waiting: NONE,
        reserved: NONE,
    };

    /// Whether units of it wait.
    #[inline(always)]
    pub const fn waits(&self) -> bool {
        self.waiting > 0
    }
}

/// Units taken from a warehouse's free stock for a line.
#[derive(Clone, Copy, Debug)]
pub struct Allocation {
    /// Number of the line.
    pub line: LineNumber,
    /// What.
    pub product: ProductId,
    /// From where.
    pub warehouse: WarehouseId,
    /// How many.
    pub units: u32,
    /// The next one of the list it is in.
    pub next: u32,
}

/// A released parcel that has not departed.
#[derive(Clone, Copy, Debug)]
pub struct Parcel {
    /// Slot of its order.
    pub order: u32,
    /// Its number within the order.
    pub number: u32,
    /// Where it leaves from.
    pub warehouse: WarehouseId,
    /// What is in it, by ascending line: a list of allocations.
    pub contents: u32,
    /// What it costs the retailer.
    pub cost: Cents,
    /// How long it is under way.
    pub transit: Span,
}

/// The pools of everything that belongs to open orders.
pub struct OpenOrders {
    /// Orders.
    pub orders: Pool<Order>,
    /// The one opened last, if no other was placed later.
    newest: u32,
    /// When that was, and its number.
    newest_placed: (SimTime, u64),
    /// Lines.
    pub lines: RunPool<Line>,
    /// Allocations.
    pub allocations: Pool<Allocation>,
    /// Parcels.
    pub parcels: Pool<Parcel>,
}

impl Default for OpenOrders {
    /// No open order.
    fn default() -> Self {
        Self {
            orders: Pool::default(),
            newest: NONE,
            newest_placed: (SimTime(i64::MIN), 0),
            lines: RunPool::new(),
            allocations: Pool::default(),
            parcels: Pool::default(),
        }
    }
}

impl OpenOrders {
    /// Makes it hold no open order; it keeps its memory.
    pub fn clear(&mut self) {
        self.orders.clear();
        (self.newest, self.newest_placed) = (NONE, (SimTime(i64::MIN), 0));
        self.lines.clear();
        self.allocations.clear();
        self.parcels.clear();
    }

    /// Opens an order, with room for the lines that it is placed with and that are remembered.
    #[inline(always)]
    pub fn open(&mut self, order: Order) -> u32 {
        let first_line = match order.placed_lines {
            0 => NONE,
            lines => self.lines.reserve(lines as usize, Line::BLANK),
        };
        let placed = (order.about.placed, order.about.number);
        let slot = self.orders.insert(Order { first_line, ..order });
        // One that was placed ahead may come after one of its second with a higher number.
        if placed >= self.newest_placed {
            (self.newest, self.newest_placed) = (slot, placed);
        } else {
            self.newest = NONE;
        }
        slot
    }

    /// Whether an order is the one opened last, and none that is open was placed later.
    #[inline(always)]
    pub const fn is_newest(&self, order: u32) -> bool {
        self.newest == order
    }

    /// Adds a line that an order is placed with, the one at `index` of those that are remembered.
    #[inline(always)]
    pub fn add_placed_line(&mut self, index: usize, line: Line) -> u32 {
        let order = &mut self.orders[line.order];
        let slot = order.first_line + index as u32;
        order.last_line = slot;
        order.open += 1;
        let next_in_order = if index + 1 < order.placed_lines as usize { slot + 1 } else { NONE };
        self.lines[slot] = Line { next_in_order, ..line };
        slot
    }

    /// Adds a line to an order that was placed before.
    pub fn add_further_line(&mut self, line: Line) -> u32 {
        let slot = self.lines.reserve(1, Line::BLANK);
        self.lines[slot] = line;
        let order = &mut self.orders[line.order];
        let before = std::mem::replace(&mut order.last_line, slot);
        order.open += 1;
        self.lines[before].next_in_order = slot;
        slot
    }

    /// The line of an order with a number.
    pub fn line_numbered(&self, order: u32, number: LineNumber) -> Option<u32> {
        let mut slot = self.orders[order].first_line;
        while slot != NONE && self.lines[slot].number != number {
            slot = self.lines[slot].next_in_order;
        }
        (slot != NONE).then_some(slot)
    }

    /// Units of a line that have not been released: waiting or reserved.
    pub fn unreleased(&self, line: u32) -> u32 {
        let mut units = self.lines[line].waiting;
        let mut slot = self.lines[line].reserved;
        while slot != NONE {
            units += self.allocations[slot].units;
            slot = self.allocations[slot].next;
        }
        units
    }

    /// Forgets an order that is over once no calendar entry names it any more; `true` when it did.
    #[inline]
    pub fn forget_if_over(&mut self, order: u32) -> bool {
        let Order { is_over, pending, first_line, last_line, placed_lines, .. } = self.orders[order];
        if !is_over || pending > 0 {
            return false;
        }
        if placed_lines > 0 {
            let last_placed = first_line + placed_lines - 1;
            if last_line != last_placed {
                let mut further = self.lines[last_placed].next_in_order;
                while further != NONE {
                    self.lines.remove(further, 1);
                    further = self.lines[further].next_in_order;
                }
            }
            self.lines.remove(first_line, placed_lines as usize);
        }
        self.orders.remove(order);
        true
    }
}
