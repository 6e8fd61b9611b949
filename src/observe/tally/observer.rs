//! The observer that adds up a replication, occurrence by occurrence.

use super::daily::Daily;
use super::docks::Queue;
use super::level::Window;
use super::parts::{ColdProduct, HotProduct, PromisedProduct, VendorTally, Wanted, WarehouseTally};
use super::phase::{AtOnceOrders, Phase};
use super::prices::Prices;
use super::shapes::{Ending, Shapes};
use super::vendors::VendorQueueTally;
use crate::domain::{Availability, Loss, Mode};
use crate::domain::{Calendar, CancelScope, DAY, Model, OrderNumber, ProductId, SimTime, VendorId, WarehouseId};
use crate::engine::{Excess, LeftAtOnce, Observer, Occurrence, OrderRef, ParcelRef, prefetch};
use crate::measures::Sums;
use crate::rules::Rule;
use crate::stats::LogLinearHistogram;
use std::collections::BTreeSet;

/// `back_within_3_days_share` counts waits up to this, in seconds.
const THREE_DAYS: i64 = 3 * DAY;

/// Counts one replication.
#[derive(Clone, Debug)]
pub struct Tally {
    pub(super) window: Window,
    /// International orders may leave in parts (`complete_only = false`): they are domestic ones in every respect.
    international_may_split: bool,
    /// An order can be auto-cancelled in several goes, and must be counted once.
    cancels_by_line: bool,
    /// How many lines the order asked for last had.
    asked_lines: u32,
    last_auto_cancelled: OrderNumber,
    auto_cancelled: BTreeSet<OrderNumber>,
    pub(super) waits: LogLinearHistogram,
    pub(super) shapes: Shapes,
    pub(super) daily: Daily,
    pub(super) firings: [i64; Rule::ALL.len()],
    /// By zone, and within it by customer class.
    pub(super) zones: Vec<Sums>,
    /// How many classes there are; one where all customers are alike.
    pub(super) classes: usize,
    pub(super) hot: Vec<HotProduct>,
    pub(super) cold: Vec<ColdProduct>,
    /// Orders told as a whole in the running phase, by zone.
    pub(super) at_once: Vec<AtOnceOrders>,
    pub(super) is_international: Vec<bool>,
    pub(super) phase: Phase,
    /// The first second after it.
    pub(super) phase_end: SimTime,
    /// Price less unit cost, in cents.
    pub(super) margins: Vec<i64>,
    /// Unit costs and prices while events change them.
    pub(super) prices: Option<Box<Prices>>,
    pub(super) vendor_of: Vec<Option<VendorId>>,
    pub(super) warehouses: Vec<WarehouseTally>,
    pub(super) vendors: Vec<VendorTally>,
    /// By vendor, where it lets purchase orders wait; empty where none does.
    pub(super) vendor_queues: Vec<Option<VendorQueueTally>>,
    pub(super) calendar: Calendar,
    /// Parcels at all docks together.
    pub(super) at_docks: Queue,
    pub(super) wanted: Wanted,
    /// By product, where dates are promised.
    pub(super) promised: Vec<PromisedProduct>,
    /// A level above this for all of the measured time has an integral beyond 63 bits.
    pub(super) most: i64,
    /// The first level that rose above that.
    pub(super) excess: Option<Excess>,
}

impl Tally {
    /// An empty tally for one replication of a model.
    pub fn new(model: &Model) -> Self {
        let window = Window { start: model.run.warm_up.span().0, length: model.run.horizon.0 };
        let products = &model.products;
        let (phase, phase_end) = Phase::of(SimTime::ZERO, window);
        Self {
            window,
            international_may_split: !model.rules.international.complete_only,
            cancels_by_line: model.rules.cancellation.scope == CancelScope::Line,
            asked_lines: 0,
            last_auto_cancelled: OrderNumber::MAX,
            auto_cancelled: BTreeSet::new(),
            waits: LogLinearHistogram::new(),
            shapes: Shapes::default(),
            daily: Daily::new(window),
            firings: [0; Rule::ALL.len()],
            zones: vec![Sums::default(); model.zones.len() * model.classes.len().max(1)],
            classes: model.classes.len().max(1),
            at_once: vec![AtOnceOrders::default(); model.zones.len()],
            is_international: model.zones.iter().map(|zone| zone.international).collect(),
            phase,
            phase_end,
            hot: products.iter().map(|product| HotProduct::new(product.unit_cost.0)).collect(),
            cold: vec![ColdProduct::default(); products.len()],
            prices: Prices::new(model),
            margins: products.iter().map(|p| p.price.0 - p.unit_cost.0).collect(),
            vendor_of: products.iter().map(|p| p.vendor).collect(),
            warehouses: model.warehouses.iter().map(WarehouseTally::new).collect(),
            vendors: vec![VendorTally::default(); model.vendors.len()],
            vendor_queues: VendorQueueTally::of(model),
            calendar: model.calendar.clone(),
            at_docks: Queue::default(),
            promised: vec![PromisedProduct::default(); if model.promise.is_some() { products.len() } else { 0 }],
            wanted: Wanted::new(model.warehouses.len(), products.len()),
            most: i64::MAX / window.length.max(1),
            excess: None,
        }
    }

    /// Whether an order belongs to the measures.
    #[inline(always)]
    pub(super) fn measures(&self, order: OrderRef) -> bool {
        self.window.holds(order.placed)
    }

    /// Whether an order was placed before the run: of the book as it stands, which never goes with a warm-up. Its waits are measured,
    /// at their full length; the rest of it is not.
    #[inline(always)]
    fn was_open_at_the_start(order: OrderRef) -> bool {
        order.placed < SimTime::ZERO
    }

    #[inline(always)]
    pub(super) fn zone(&mut self, order: OrderRef) -> &mut Sums {
        &mut self.zones[order.zone.index() * self.classes + order.class.index()]
    }

    #[inline(always)]
    fn lost(&mut self, order: OrderRef, product: ProductId, units: u32) {
        let mut margin = i128::from(units) * i128::from(self.margins[product.index()]);
        if let Some(prices) = &mut self.prices {
            margin += prices.lost(product, i64::from(units));
        }
        self.cold[product.index()].units_never_shipped += i64::from(units);
        let zone = self.zone(order);
        zone.units_never_shipped += i64::from(units);
        zone.lost_margin_cents += margin;
    }

    #[inline(always)]
    fn shipped(&mut self, now: SimTime, order: OrderRef, parcel: ParcelRef<'_>) {
        if self.measures(order) {
            let units = parcel.contents.iter().map(|entry| i64::from(entry.units)).sum::<i64>();
            self.warehouses[parcel.warehouse.index()].sums.parcels += 1;
            let zone = self.zone(order);
            zone.parcels += 1;
            zone.units_shipped_of_measured += units;
            zone.unit_ship_seconds += i128::from(units) * i128::from(now.0 - order.placed.0);
            zone.customer_split_charge_cents += parcel.customer_charge.0;
            if parcel.number == 1 {
                zone.parcel_cents += i128::from(parcel.cost.0);
            } else {
                zone.extra_parcel_cents += i128::from(parcel.cost.0);
                zone.orders_split += i64::from(parcel.number == 2);
            }
        }
    }

    #[inline(always)]
    fn placed(&mut self, order: OrderRef, lines: u32, availability: Availability, mode: Mode) {
        let complete = lines == self.asked_lines;
        let may_split = !order.international || self.international_may_split;
        let zone = self.zone(order);
        zone.orders_placed += 1;
        match availability {
            Availability::All => zone.orders_filled += i64::from(complete),
            Availability::None => zone.orders_fully_backordered += 1,
            Availability::Some => {
                zone.orders_partially_backordered += 1;
                if may_split {
                    zone.domestic_partially_backordered += 1;
                    zone.domestic_shipped_ahead += i64::from(mode == Mode::Split);
                }
            }
        }
    }

    #[inline(always)]
    fn completed(&mut self, order: OrderRef, parcels: u32, released: SimTime, departed: SimTime, delivered: SimTime) {
        self.shapes.shipped(order.international, parcels, (released - order.placed).0);
        let zone = self.zone(order);
        zone.orders_shipped += 1;
        zone.parcels_of_shipped_orders += i64::from(parcels);
        zone.ship_seconds += (departed - order.placed).0;
        zone.deliver_seconds += (delivered - order.placed).0;
        if order.international {
            zone.international_shipped += 1;
            zone.international_in_parts += i64::from(parcels > 1);
            zone.international_wait_seconds += (released - order.placed).0;
        }
    }

    /// A parcel begins to wait at a dock, or does no longer.
    fn at_dock(&mut self, now: SimTime, warehouse: WarehouseId, change: i64) {
        let elapsed = self.window.elapsed(now);
        self.at_docks.change(change, elapsed, self.window);
        self.warehouses[warehouse.index()].dock.queue.change(change, elapsed, self.window);
    }

    fn picked(&mut self, now: SimTime, order: OrderRef, warehouse: WarehouseId, lines: u32, ready: SimTime) {
        let is_measured = self.measures(order);
        self.warehouses[warehouse.index()].dock.picked(now, ready, lines, self.window, is_measured);
        // What is picked in the second in which it became ready never waited.
        if ready < now {
            self.at_dock(now, warehouse, -1);
        }
    }

    fn line_auto_cancelled(&mut self, order: OrderRef, product: ProductId, units: u32) {
        self.cold[product.index()].lines_auto_cancelled += 1;
        self.zone(order).lines_auto_cancelled += 1;
        self.lost(order, product, units);
        // The lines of one cancellation follow one another; only with scope `line` may an order come again later.
        if order.number != self.last_auto_cancelled
            && (!self.cancels_by_line || self.auto_cancelled.insert(order.number))
        {
            self.zone(order).orders_auto_cancelled += 1;
        }
        self.last_auto_cancelled = order.number;
    }

    /// Counts the firing of the rule that decided an occurrence: of a measured order, or else within the window.
    #[inline(always)]
    fn fire(&mut self, now: SimTime, what: &Occurrence<'_>, order: Option<OrderRef>) {
        if let Some(rule) = what.fires() {
            let counts = order.map_or(self.window.holds(now), |order| self.measures(order));
            self.firings[rule as usize] += i64::from(counts);
        }
    }
}

impl Observer for Tally {
    const ACCEPTS_EARLY: bool = true;

    #[inline(always)]
    fn expect(&self, product: ProductId) {
        prefetch(&self.hot[product.index()]);
    }

    #[inline(always)]
    fn expect_more(&self, product: ProductId) {
        prefetch(&self.cold[product.index()]);
        prefetch(&self.hot[product.index()]);
    }

    #[inline(always)]
    fn takes_whole(&mut self, now: SimTime, departs: SimTime) -> bool {
        self.is_of_one_phase(now, departs)
    }

    #[inline(always)]
    fn left_at_once(&mut self, what: LeftAtOnce<'_>) {
        self.count_at_once(what);
    }

    fn excess(&self) -> Option<Excess> {
        self.excess
    }

    #[inline(always)]
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        use Occurrence as O;
        match what {
            O::OrderAsked { order, lines } => {
                self.asked_lines = lines;
                let today = self.daily.today(now);
                today.orders += 1;
                today.lines += i64::from(lines);
                if self.measures(order) {
                    let zone = self.zone(order);
                    zone.orders += 1;
                    zone.lines += i64::from(lines);
                }
            }
            O::LineAsked { order, product, units, network_available, .. } => {
                if self.measures(order) {
                    let cold = &mut self.cold[product.index()];
                    cold.lines += 1;
                    cold.units += i64::from(units);
                    let zone = self.zone(order);
                    zone.units += i64::from(units);
                    zone.lines_network_available += i64::from(network_available);
                }
            }
            O::LinePlaced { order, product, units, available, .. } => {
                let whole = i64::from(available == units);
                self.daily.same_day().lines_filled += whole;
                if self.measures(order) {
                    let cold = &mut self.cold[product.index()];
                    cold.lines_short += u32::from(available < units);
                    cold.units_short += i64::from(units) - i64::from(available);
                    let zone = self.zone(order);
                    zone.lines_filled += whole;
                    zone.units_filled += i64::from(available);
                }
            }
            O::OrderPlaced { order, lines, availability, mode, .. } => {
                if self.measures(order) {
                    self.placed(order, lines, availability, mode);
                }
            }
            O::ParcelReleased { order, parcel, departs } => {
                self.fire(now, &what, Some(order));
                self.released(departs, parcel);
            }
            O::ParcelAtDock { warehouse, .. } => self.at_dock(now, warehouse, 1),
            O::ParcelTakenBack { warehouse, is_empty, .. } => self.at_dock(now, warehouse, -i64::from(is_empty)),
            O::ParcelPicked { order, warehouse, lines, ready } => self.picked(now, order, warehouse, lines, ready),
            O::SplitNotCharged { order, .. } | O::ShipmentNotice { order, .. } => self.fire(now, &what, Some(order)),
            O::ParcelShipped { order, parcel, .. } => self.shipped(now, order, parcel),
            O::OrderCompleted { order, parcels, released, departed, delivered } => {
                if self.measures(order) {
                    self.completed(order, parcels, released, departed, delivered);
                }
            }
            O::OrderSourcedAnew { order, .. } => {
                if self.measures(order) {
                    self.zone(order).orders_sourced_anew += 1;
                }
            }
            O::EventBegan { event } | O::EventEnded { event } => {
                if let Some(prices) = &mut self.prices {
                    prices.turn(event, matches!(what, O::EventBegan { .. }));
                }
            }
            O::OrderBooked { .. }
            | O::LineBooked { .. }
            | O::LineFellDue { .. }
            | O::LinePromised { .. }
            | O::PickingLimitReached { .. }
            | O::OrderQueued { .. }
            | O::OrderDispatched { .. }
            | O::OrderBelowMinimum { .. }
            | O::OrderOpen { .. }
            | O::LineOpen { .. }
            | O::UnitsReserved { .. }
            | O::UnitsFreed { .. }
            | O::NoticeDue { .. }
            | O::CancellationNotice { .. } => {}

            O::ShelfEmptied { warehouse, product } => self.pair_ready(now, warehouse, product, -1),
            O::ShelfFilled { warehouse, product } => self.pair_ready(now, warehouse, product, 1),
            O::Receipt { warehouse, product, units, purchase_order } => {
                self.received(now, warehouse, product, i64::from(units), purchase_order.is_some());
            }
            O::PurchaseOrderPlaced { vendor, warehouse, cost, .. } => {
                if self.window.holds(now) {
                    let of_vendor = &mut self.vendors[vendor.index()];
                    of_vendor.further_lines -= 1;
                    of_vendor.ordering_cents += i128::from(cost.0);
                    let shelf = &mut self.warehouses[warehouse.index()].sums;
                    shelf.purchase_orders += 1;
                    shelf.ordering_cents += i128::from(cost.0);
                }
            }
            O::ReplenishmentOrdered { vendor, warehouse, product, units, cost, joint, .. } => {
                self.fire(now, &what, None);
                if let Some(Some(queue)) = self.vendor_queues.get_mut(vendor.index()) {
                    queue.ordered(units, self.window.elapsed(now));
                }
                self.on_order(now, warehouse, product, i64::from(units));
                if self.window.holds(now) {
                    let is_line = i64::from(joint > 0);
                    self.cold[product.index()].purchase_orders += 1;
                    let of_vendor = &mut self.vendors[vendor.index()];
                    of_vendor.further_lines += is_line;
                    of_vendor.ordering_cents += i128::from(cost.0);
                    let shelf = &mut self.warehouses[warehouse.index()].sums;
                    shelf.purchase_order_lines += 1;
                    shelf.purchase_orders += 1 - is_line;
                    shelf.ordering_cents += i128::from(cost.0);
                }
            }
            O::PurchaseOrderOpen { warehouse, product, units, .. } => {
                self.on_order(now, warehouse, product, i64::from(units));
            }
            O::OrderBegun { vendor, units, waited, begun, done, .. } => {
                if let Some(Some(queue)) = self.vendor_queues.get_mut(vendor.index()) {
                    queue.begun(now, units, waited, begun, done, self.window);
                }
            }
            O::LeadTimeBegan { vendor, lead_time, expected, .. } => {
                if self.window.holds(now) {
                    self.vendors[vendor.index()].lead_time_excess_seconds += lead_time.0 - expected.0;
                }
            }
            O::ReplenishmentExpedited { vendor, warehouse, product, cost, .. } => {
                self.fire(now, &what, None);
                if self.window.holds(now) {
                    self.cold[product.index()].purchase_orders_expedited += 1;
                    self.vendors[vendor.index()].expediting_cents += i128::from(cost.0);
                    let shelf = &mut self.warehouses[warehouse.index()].sums;
                    shelf.purchase_orders_expedited += 1;
                    shelf.expediting_cents += i128::from(cost.0);
                }
            }
            O::ExpeditingSettled { vendor, warehouse, needed, unit_seconds, .. } => {
                if self.window.holds(now) {
                    let of_vendor = &mut self.vendors[vendor.index()];
                    of_vendor.needed_early += i64::from(needed);
                    of_vendor.spared_unit_seconds += unit_seconds;
                    let shelf = &mut self.warehouses[warehouse.index()].sums;
                    shelf.units_needed_early += i64::from(needed);
                    shelf.spared_unit_seconds += i128::from(unit_seconds);
                }
            }
            O::LineBackordered { order, product, home, .. } => {
                self.fire(now, &what, Some(order));
                if let Some(home) = home {
                    self.wanted.set(home.index(), product.index());
                }
            }
            O::WaitingChanged { order, product, home, change, .. } => {
                let elapsed = self.window.elapsed(now);
                self.daily.today(now).backorders += change;
                let cold = &mut self.cold[product.index()];
                cold.waiting.change(change, elapsed);
                let mut level = cold.waiting.value;
                if let Some(home) = home {
                    let shelf = &mut self.warehouses[home.index()];
                    shelf.waiting.change(change, elapsed);
                    level = level.max(shelf.waiting.value);
                }
                self.check_levels(now, home, product, level);
                if self.measures(order) {
                    self.zone(order).units_waiting_at_end += change;
                }
            }
            O::LineCovered { order, product, waited, .. } => {
                if self.measures(order) || Self::was_open_at_the_start(order) {
                    let soon = waited.0 <= THREE_DAYS;
                    self.waits.record(waited.0);
                    self.shapes.line_covered(order.international, waited.0);
                    let cold = &mut self.cold[product.index()];
                    cold.waits += 1;
                    cold.wait_seconds += waited.0;
                    cold.waits_within_3_days += u32::from(soon);
                    let zone = self.zone(order);
                    zone.waits += 1;
                    zone.wait_seconds += waited.0;
                    zone.waits_within_3_days += i64::from(soon);
                }
            }
            O::LineLost { order, product, units, why, home, .. } => {
                self.fire(now, &what, Some(order));
                if let (Loss::Refused, Some(home)) = (why, home) {
                    self.wanted.set(home.index(), product.index());
                }
                if self.measures(order) {
                    self.cold[product.index()].lines_lost += 1;
                    self.cold[product.index()].units_lost += i64::from(units);
                    self.zone(order).lines_lost += 1;
                    self.lost(order, product, units);
                }
            }
            O::ShownOnBackorder { order, .. } => self.fire(now, &what, Some(order)),
            O::DisplayMismatch { order, product, .. } => {
                self.fire(now, &what, Some(order));
                if self.measures(order) {
                    self.cold[product.index()].lines_mismatched += 1;
                    self.zone(order).lines_mismatched += 1;
                }
            }
            O::NoticeSent { order, late } => {
                self.fire(now, &what, Some(order));
                if self.measures(order) {
                    let zone = self.zone(order);
                    zone.notices += 1;
                    zone.notices_late += i64::from(late);
                }
            }
            O::Contact { order, .. } => {
                self.fire(now, &what, Some(order));
                if self.window.holds(now) {
                    self.zone(order).contacts += 1;
                }
            }
            O::LineSwapped { order, product, .. } => {
                self.fire(now, &what, Some(order));
                if self.measures(order) {
                    self.cold[product.index()].lines_swapped += 1;
                    self.zone(order).lines_swapped += 1;
                }
            }
            O::LineReplaced { order, product, units, to_product, .. } => {
                self.fire(now, &what, Some(order));
                if self.measures(order) {
                    self.replaced(order, product, to_product, units);
                }
            }
            O::LineRemoved { order, product, units, .. } => {
                self.fire(now, &what, Some(order));
                if self.measures(order) {
                    self.cold[product.index()].lines_removed += 1;
                    self.zone(order).lines_removed += 1;
                    self.lost(order, product, units);
                }
            }
            O::LineAutoCancelled { order, product, units, .. } => {
                self.fire(now, &what, Some(order));
                if self.measures(order) {
                    self.line_auto_cancelled(order, product, units);
                }
            }
            O::PromiseKept { .. } | O::PromiseBroken { .. } | O::OrderPromiseSettled { .. } => self.promise(what),
            O::OrderCancelled { order } => {
                if self.measures(order) {
                    self.zone(order).orders_cancelled += 1;
                    let by_age =
                        order.number == self.last_auto_cancelled || self.auto_cancelled.contains(&order.number);
                    self.shapes.ended(if by_age { Ending::AutoCancelled } else { Ending::CancelledByCustomer });
                }
            }
            O::DisruptionBegan { vendor } => {
                self.vendors[vendor.index()].disrupted.change(1, self.window.elapsed(now));
            }
            O::DisruptionEnded { vendor } => {
                self.vendors[vendor.index()].disrupted.change(-1, self.window.elapsed(now));
            }
            O::PairCarried { warehouse, product, units } => {
                self.cold[product.index()].pairs += 1;
                self.warehouses[warehouse.index()].sums.pairs += 1;
                self.on_hand(now, warehouse, product, i64::from(units));
                if units > 0 {
                    self.pair_ready(now, warehouse, product, 1);
                }
            }
        }
    }
}
