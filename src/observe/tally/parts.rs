//! What is kept for each product, warehouse and vendor while a replication runs.

use super::docks::DockTally;
use super::level::{Level, WideLevel, Window};
use super::phase::AtOnceParcels;
use super::prices::Surplus;
use crate::domain::{Calendar, LateFor, Picking, Warehouse};
use crate::measures::Sums;

/// What changes with every line of a product that leaves at once, in half a cache line that is never split between two.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(32))]
pub(super) struct HotProduct {
    /// Moment of the units on hand, as of [`Level`]; the level itself is with what changes more rarely.
    pub on_hand_moment: i64,
    /// Its unit cost in cents.
    pub unit_cost: i64,
    /// Lines that left at once, of orders told as a whole in the phase that is running.
    pub lines: i64,
    /// Their units.
    pub units: i64,
}

impl HotProduct {
    pub const fn new(unit_cost: i64) -> Self {
        Self { on_hand_moment: 0, unit_cost, lines: 0, units: 0 }
    }
}

/// Changes the units of a product on hand when `elapsed` seconds of the window have passed.
#[inline(always)]
pub(super) fn change_on_hand(hot: &mut HotProduct, cold: &mut ColdProduct, by: i64, elapsed: i64) {
    let mut level = Level::new(cold.on_hand, hot.on_hand_moment);
    level.change(by, elapsed);
    (cold.on_hand, hot.on_hand_moment) = (level.value, level.moment());
}

/// What changes more rarely; what a purchase order and its receipt change comes first, in one cache line. Counts of lines short
/// and of purchase orders of one product stay below 2^32 in any run that ends within a lifetime.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
pub(super) struct ColdProduct {
    pub on_hand: i64,
    pub ready: Level,
    pub on_order: Level,
    pub units_received: i64,
    pub receipts: u32,
    pub receipts_in_time: u32,
    /// Purchase orders that it is in.
    pub purchase_orders: u32,
    pub purchase_orders_expedited: u32,

    /// Units asked for.
    pub units: i64,
    /// Lines asked for.
    pub lines: i64,
    /// Units that departed in the window.
    pub units_shipped: i64,
    pub waiting: Level,
    pub wait_seconds: i64,
    pub units_never_shipped: i64,
    /// Units of placed lines that were not supplied at once.
    pub units_short: i64,

    pub units_lost: i64,
    pub waits: u32,
    pub waits_within_3_days: u32,
    /// Placed lines that were not supplied whole at once.
    pub lines_short: u32,
    pub lines_lost: u32,
    pub lines_removed: u32,
    pub lines_swapped: u32,
    pub lines_auto_cancelled: u32,
    pub lines_mismatched: u32,
    pub pairs: u32,
}

/// A product of a replication that is over.
pub(super) struct Product<'t> {
    pub hot: &'t HotProduct,
    pub cold: &'t ColdProduct,
    /// Its price less unit cost, in cents.
    pub margin: i64,
    pub surplus: Surplus,
}

// Sums have a hundred fields, of which a product has a third: they are added one by one.
impl Product<'_> {
    /// Adds its stock, and what came of it, over all warehouses.
    pub(super) fn add_stock_to(&self, sums: &mut Sums, window: Window) {
        let Self { hot, cold, surplus, .. } = self;
        let on_hand = Level::new(cold.on_hand, hot.on_hand_moment).area(window);
        let unit_cost = i128::from(hot.unit_cost);
        sums.pairs += i64::from(cold.pairs);
        sums.ready_pair_seconds += cold.ready.area(window);
        sums.on_hand_unit_seconds += on_hand;
        sums.on_hand_cent_seconds += on_hand * unit_cost;
        sums.on_order_unit_seconds += cold.on_order.area(window);
        sums.waiting_unit_seconds += cold.waiting.area(window);
        sums.receipts += i64::from(cold.receipts);
        sums.receipts_in_time += i64::from(cold.receipts_in_time);
        sums.units_received += cold.units_received;
        sums.received_cost_cents += i128::from(cold.units_received) * unit_cost + surplus.received;
        sums.units_short += cold.units_short;
        sums.purchase_orders += i64::from(cold.purchase_orders);
        sums.purchase_order_lines += i64::from(cold.purchase_orders);
        sums.purchase_orders_expedited += i64::from(cold.purchase_orders_expedited);
        sums.units_shipped += cold.units_shipped;
        sums.shipped_cost_cents += i128::from(cold.units_shipped) * unit_cost;
    }

    /// Adds its lines, of which its stock says nothing.
    pub(super) fn add_lines_to(&self, sums: &mut Sums) {
        let Self { cold, surplus, .. } = self;
        sums.lines += cold.lines;
        sums.units += cold.units;
        sums.lines_filled += cold.lines - i64::from(cold.lines_lost) - i64::from(cold.lines_short);
        sums.units_filled += cold.units - cold.units_lost - cold.units_short;
        sums.lines_lost += i64::from(cold.lines_lost);
        sums.lines_removed += i64::from(cold.lines_removed);
        sums.lines_swapped += i64::from(cold.lines_swapped);
        sums.lines_auto_cancelled += i64::from(cold.lines_auto_cancelled);
        sums.lines_mismatched += i64::from(cold.lines_mismatched);
        sums.units_never_shipped += cold.units_never_shipped;
        sums.lost_margin_cents += i128::from(cold.units_never_shipped) * i128::from(self.margin) + surplus.margin;
        sums.waits += i64::from(cold.waits);
        sums.wait_seconds += cold.wait_seconds;
        sums.waits_within_3_days += i64::from(cold.waits_within_3_days);
    }
}

/// What became of what was promised of a product.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PromisedProduct {
    pub promised: i64,
    pub on_time: i64,
    pub late_for: [i64; LateFor::ALL.len()],
}

impl PromisedProduct {
    /// Adds it to what a product or its vendor comes to.
    pub(super) fn add_to(&self, sums: &mut Sums) {
        sums.lines_promised += self.promised;
        sums.lines_on_time += self.on_time;
        for (why, lines) in LateFor::ALL.into_iter().zip(self.late_for) {
            *late_for(sums, why) += lines;
        }
    }
}

/// The lines that were late for something.
pub(super) fn late_for(sums: &mut Sums, why: LateFor) -> &mut i64 {
    match why {
        LateFor::Way => &mut sums.lines_late_for_way,
        LateFor::Stock => &mut sums.lines_late_for_stock,
        LateFor::Order => &mut sums.lines_late_for_order,
        LateFor::Hours => &mut sums.lines_late_for_hours,
        LateFor::Limit => &mut sums.lines_late_for_limit,
    }
}

/// A warehouse: its levels, and counts in the form in which they are reported.
#[derive(Clone, Debug, Default)]
pub(super) struct WarehouseTally {
    pub on_hand: Level,
    pub on_hand_cents: WideLevel,
    pub on_order: Level,
    pub waiting: Level,
    pub ready: Level,
    pub sums: Sums,
    /// Parcels of orders told as a whole in the phase that is running.
    pub at_once: AtOnceParcels,
    /// What waits there to be picked.
    pub dock: DockTally,
    picking: Option<Box<Picking>>,
}

impl WarehouseTally {
    pub fn new(warehouse: &Warehouse) -> Self {
        let sums = Sums { fixed_cents_a_year: warehouse.fixed_cost.0, ..Sums::default() };
        Self { sums, picking: warehouse.picking.clone(), ..Self::default() }
    }

    /// Everything about the warehouse.
    pub fn finish(mut self, calendar: &Calendar, window: Window) -> Sums {
        if let Some(picking) = &self.picking {
            std::mem::take(&mut self.dock).add_to(&mut self.sums, picking, calendar, window);
        }
        Sums {
            ready_pair_seconds: self.ready.area(window),
            on_hand_unit_seconds: self.on_hand.area(window),
            on_hand_cent_seconds: self.on_hand_cents.area(window),
            on_order_unit_seconds: self.on_order.area(window),
            waiting_unit_seconds: self.waiting.area(window),
            ..self.sums
        }
    }
}

/// A vendor: whether it is disrupted, and what it charged.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct VendorTally {
    pub disrupted: Level,
    /// Lines of purchase orders of several products behind the first: by so many are purchase orders fewer than products have.
    pub further_lines: i64,
    pub ordering_cents: i128,
    pub expediting_cents: i128,
    pub needed_early: i64,
    pub spared_unit_seconds: i64,
    pub lead_time_excess_seconds: i64,
}

impl VendorTally {
    /// What is known of the vendor itself, its products left out.
    pub fn finish(self, window: Window) -> Sums {
        Sums {
            vendors: 1,
            disrupted_seconds: self.disrupted.area(window),
            purchase_orders: -self.further_lines,
            ordering_cents: self.ordering_cents,
            expediting_cents: self.expediting_cents,
            units_needed_early: self.needed_early,
            spared_unit_seconds: self.spared_unit_seconds.into(),
            lead_time_excess_seconds: self.lead_time_excess_seconds,
            ..Sums::default()
        }
    }
}

/// One bit for each pair of warehouse and product: since its last receipt, somebody wanted it in vain.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    bits: Vec<u64>,
    products: usize,
}

impl Wanted {
    pub fn new(warehouses: usize, products: usize) -> Self {
        Self { bits: vec![0; (warehouses * products).div_ceil(64)], products }
    }

    /// Somebody wants it in vain.
    pub fn set(&mut self, warehouse: usize, product: usize) {
        let pair = warehouse * self.products + product;
        self.bits[pair / 64] |= 1 << (pair % 64);
    }

    /// Whether somebody did; forgotten from here on.
    pub fn take(&mut self, warehouse: usize, product: usize) -> bool {
        let pair = warehouse * self.products + product;
        let word = &mut self.bits[pair / 64];
        let set = *word & (1 << (pair % 64)) != 0;
        *word &= !(1 << (pair % 64));
        set
    }
}
