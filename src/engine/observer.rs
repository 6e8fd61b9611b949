//! The occurrences that the engine emits, and the observers that receive them.
//!
//! The engine keeps no measures. It emits each [`Occurrence`], in the order in which they happen, to an [`Observer`] that is
//! chosen at compile time; measures, trace and audit are observers. An observer that ignores an occurrence costs
//! nothing: the call is inlined and the match on a known variant folds away.

use super::limit::Excess;
use crate::domain::{
    Availability, Cents, ClassId, LateFor, LineNumber, Loss, Mode, OrderNumber, OrderedLine, ProductId, PromiseBasis,
    SimTime, Span, VendorId, WarehouseId, Wish, ZoneId,
};
use crate::rules::Rule;

/// The order that an occurrence is about, with the attributes that every measure needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderRef {
    /// Its number.
    pub number: OrderNumber,
    /// When it was placed (or asked for, if no line of it was left to place).
    pub placed: SimTime,
    /// Where its customer is.
    pub zone: ZoneId,
    /// Whether that zone is international.
    pub international: bool,
    /// The customer's class.
    pub class: ClassId,
}

/// Units of one line in one parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParcelLine {
    /// The line's number within its order.
    pub line: LineNumber,
    /// What.
    pub product: ProductId,
    /// How many.
    pub units: u32,
}

/// A parcel; its contents ascend by line, one entry a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParcelRef<'a> {
    /// Its number within the order, from 1.
    pub number: u32,
    /// Where it leaves from.
    pub warehouse: WarehouseId,
    /// What is in it.
    pub contents: &'a [ParcelLine],
    /// What held or split the order, else `multi-warehouse`.
    pub rule: Rule,
    /// What it costs the retailer.
    pub cost: Cents,
    /// What the customer is charged for it being a further parcel of the order.
    pub customer_charge: Cents,
}

/// Why a parcel that is ready is not picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// The warehouse is closed.
    Closed,
    /// It became ready after the cut-off of the day.
    CutOff,
    /// It waits for the next wave.
    Wave,
    /// As many parcels were picked on this day as are on any.
    Limit,
    /// The pickers have other parcels before it, or are at it.
    Pickers,
}

impl Waits {
    /// Its name in a trace.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::CutOff => "cut-off",
            Self::Wave => "wave",
            Self::Limit => "limit",
            Self::Pickers => "pickers",
        }
    }
}

/// Why a vendor does not take up a purchase order when it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueuedWhy {
    /// It does not work on that day.
    Closed,
    /// It is disrupted.
    Disrupted,
    /// It has others to do before.
    Busy,
}

impl QueuedWhy {
    /// Its name in a trace.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Disrupted => "disrupted",
            Self::Busy => "busy",
        }
    }
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Occurrence<'a> {
    /// At second 0, once for every pair that is carried: the stock it starts with.
    PairCarried { warehouse: WarehouseId, product: ProductId, units: u32 },
    /// Stock arrived. `purchase_order` is its number within the pair (from 1); `None` for a scripted receipt.
    Receipt { warehouse: WarehouseId, product: ProductId, units: u32, purchase_order: Option<u32> },
    /// A purchase order of several products was placed, its `lines` stated directly behind it. `number` counts within vendor and
    /// warehouse from 1; `cost` is the order's own, that of its lines apart.
    PurchaseOrderPlaced { vendor: VendorId, warehouse: WarehouseId, number: u32, lines: u32, units: u64, cost: Cents },
    /// A purchase order was placed, or a line of one of several products; `number` counts within the pair from 1, `promised` is
    /// placed + mean lead time. `joint` is the number of the order that it is a line of, 0 where it is an order of its own; `cost` is
    /// that of the line or, of an order of its own, of both.
    ReplenishmentOrdered {
        vendor: VendorId,
        warehouse: WarehouseId,
        product: ProductId,
        units: u32,
        number: u32,
        promised: SimTime,
        cost: Cents,
        joint: u32,
    },
    /// At second 0: a purchase order that was placed before, at `ordered`, and has not arrived. It is numbered and promised like others.
    PurchaseOrderOpen {
        vendor: VendorId,
        warehouse: WarehouseId,
        product: ProductId,
        units: u32,
        number: u32,
        ordered: SimTime,
        promised: SimTime,
    },
    /// A purchase order, or a line of one, waits for its vendor to take it up, which has `ahead` units to do before it; `until` it works
    /// again, where it is closed. Stated of vendors with working days or a capacity, in the second of ordering.
    OrderQueued {
        vendor: VendorId,
        warehouse: WarehouseId,
        product: ProductId,
        units: u32,
        number: u32,
        ahead: u64,
        why: QueuedWhy,
        until: Option<SimTime>,
    },
    /// Such a vendor took it up, `waited` after it was ordered: so much `work` on it begins in the second `begun` and will be `done`.
    OrderBegun {
        vendor: VendorId,
        warehouse: WarehouseId,
        product: ProductId,
        units: u32,
        number: u32,
        waited: Span,
        begun: SimTime,
        work: Span,
        done: SimTime,
    },
    /// Such a vendor dispatched it; its lead time begins, as is stated next.
    OrderDispatched { vendor: VendorId, warehouse: WarehouseId, product: ProductId, units: u32, number: u32 },
    /// What a warehouse wants of a vendor, of which `product` is a part, does not come to the vendor's minimum: it is not ordered before it
    /// does. `wanted` and `minimum` are units or, in money, cents. Stated of every product in it.
    OrderBelowMinimum { vendor: VendorId, warehouse: WarehouseId, product: ProductId, wanted: i64, minimum: i64 },
    /// A purchase order's lead time began: when it was placed or, if its vendor was disrupted then, when that ended; of a vendor with
    /// working days or a capacity, when it was dispatched. It was drawn as `lead_time`, where `expected` is the mean; expediting changes neither.
    LeadTimeBegan {
        vendor: VendorId,
        warehouse: WarehouseId,
        product: ProductId,
        number: u32,
        lead_time: Span,
        expected: Span,
    },
    /// A purchase order was expedited; `cost` is for all its units.
    ReplenishmentExpedited {
        vendor: VendorId,
        warehouse: WarehouseId,
        product: ProductId,
        units: u32,
        number: u32,
        cost: Cents,
    },
    /// The promise of a purchase order was due that was expedited and came before it: without that, `needed` of its units would be
    /// short by now, and so many unit-seconds have been spared. Stated where the vendor's `expedite` says when.
    ExpeditingSettled {
        vendor: VendorId,
        warehouse: WarehouseId,
        product: ProductId,
        number: u32,
        needed: u32,
        unit_seconds: i64,
    },
    /// A vendor stopped starting lead times.
    DisruptionBegan { vendor: VendorId },
    /// A vendor starts lead times again.
    DisruptionEnded { vendor: VendorId },
    /// An event of the scenario began; `event` is its row.
    EventBegan { event: u32 },
    /// It ended.
    EventEnded { event: u32 },
    /// The free stock of a pair fell from at least 1 to 0.
    ShelfEmptied { warehouse: WarehouseId, product: ProductId },
    /// The free stock of a pair rose from 0 to at least 1.
    ShelfFilled { warehouse: WarehouseId, product: ProductId },

    /// At second 0: an order that was placed before, and waits; emitted before anything else about it. `part_shipped`: another part of it
    /// had left.
    OrderOpen { order: OrderRef, lines: u32, mode: Mode, assigned: Option<WarehouseId>, part_shipped: bool },
    /// One line of such an order, all of whose `units` wait; `home` as for `LineBackordered`.
    LineOpen { order: OrderRef, line: LineNumber, product: ProductId, units: u32, home: Option<WarehouseId> },

    /// A customer asked for an order; emitted before anything else about it, also when no line is left to place.
    OrderAsked { order: OrderRef, lines: u32 },
    /// One line of what was asked for; all lines of an order, directly after `OrderAsked`.
    /// `network_available`: some warehouse had free stock of at least 1, whatever the display said.
    LineAsked {
        order: OrderRef,
        line: LineNumber,
        product: ProductId,
        units: u32,
        network_available: bool,
        displayed_in_stock: bool,
    },
    /// Somebody ordered ahead: the order is due, and claims stock, when its reference says that it is placed.
    OrderBooked { order: OrderRef },
    /// One line of such an order, directly after it: its units count against the inventory position of `home` until it is due.
    LineBooked { order: OrderRef, line: LineNumber, product: ProductId, units: u32, home: Option<WarehouseId> },
    /// It is due: it no longer counts so. All lines of an order, directly before `OrderAsked`.
    LineFellDue { order: OrderRef, line: LineNumber, product: ProductId, units: u32, home: Option<WarehouseId> },
    /// A line that never became part of the order. `home` as for `LineBackordered`.
    LineLost { order: OrderRef, line: LineNumber, product: ProductId, units: u32, why: Loss, home: Option<WarehouseId> },
    /// A line whose product could not be ordered, as so many wait for it: its customer takes another one, shown in stock. Emitted with
    /// the lost lines.
    LineReplaced { order: OrderRef, line: LineNumber, product: ProductId, units: u32, to_product: ProductId },
    /// The order was placed; emitted after its lost lines and before everything else about it.
    OrderPlaced { order: OrderRef, lines: u32, availability: Availability, mode: Mode, assigned: Option<WarehouseId> },
    /// A customer saw On Backorder next to a line and kept it.
    ShownOnBackorder { order: OrderRef, line: LineNumber, product: ProductId },
    /// A placed line of which `available` of `units` units could be supplied at once.
    /// Emitted for every line that stays in the order, in line order.
    LinePlaced { order: OrderRef, line: LineNumber, product: ProductId, units: u32, available: u32 },
    /// A line was promised for a date, by what the page showed: the last second in which the promise is kept. All lines of an order,
    /// directly after `OrderPlaced`; a swapped-in one when it joins.
    LinePromised { order: OrderRef, line: LineNumber, product: ProductId, promised: SimTime, basis: PromiseBasis },
    /// The last unit of a line left, and arrives (or left, where that is promised) at `done`, in time.
    PromiseKept { order: OrderRef, line: LineNumber, product: ProductId, promised: SimTime, done: SimTime },
    /// It arrives too late; or it never will, or had not by the end: then there is no `done`.
    PromiseBroken {
        order: OrderRef,
        line: LineNumber,
        product: ProductId,
        promised: SimTime,
        done: Option<SimTime>,
        why: LateFor,
    },
    /// An order ended of which a promise was kept or broken, or is open at the end with one that is broken; `kept`: all of them were.
    OrderPromiseSettled { order: OrderRef, kept: bool },
    /// A line was not available whole when placed: `units` of it wait. `home` is the warehouse whose inventory
    /// position it counts against: the assigned one, else the first in preference order that carries the product.
    LineBackordered { order: OrderRef, line: LineNumber, product: ProductId, units: u32, home: Option<WarehouseId> },
    /// A line displayed in stock was backordered when placed.
    DisplayMismatch { order: OrderRef, line: LineNumber, product: ProductId },
    /// The units of a line that wait changed by `change` (they begin to wait, are covered, or end).
    WaitingChanged { order: OrderRef, line: LineNumber, product: ProductId, home: Option<WarehouseId>, change: i64 },
    /// Free units were reserved for a line.
    UnitsReserved { order: OrderRef, line: LineNumber, product: ProductId, warehouse: WarehouseId, units: u32 },
    /// Reserved units of a line became free again.
    UnitsFreed { order: OrderRef, line: LineNumber, product: ProductId, warehouse: WarehouseId, units: u32 },
    /// The last waiting unit of a line that had been backordered when placed was covered, `waited` after its placing.
    LineCovered { order: OrderRef, line: LineNumber, product: ProductId, waited: Span },
    /// All of a held order is covered, and it leaves in `to` parcels instead of `from`: some of its lines give back what they had
    /// reserved, and reserve it anew in other places. Stated before that.
    OrderSourcedAnew { order: OrderRef, from: u32, to: u32 },
    /// What of an order is to leave a warehouse waits there to be picked, which cannot be now; from `until` on it may be, if that is known. It has
    /// not been released.
    ParcelAtDock {
        order: OrderRef,
        warehouse: WarehouseId,
        contents: &'a [ParcelLine],
        why: Waits,
        until: Option<SimTime>,
    },
    /// Some of what waited at a dock is taken back, for its lines are about to end; nothing is left of it if `is_empty`.
    ParcelTakenBack { order: OrderRef, warehouse: WarehouseId, contents: &'a [ParcelLine], is_empty: bool },
    /// What had been ready since `ready` at a warehouse that has a dock was picked; its release is stated next.
    ParcelPicked { order: OrderRef, warehouse: WarehouseId, lines: u32, ready: SimTime },
    /// As many parcels were picked, or are in hand, as the warehouse picks on a working day.
    PickingLimitReached { warehouse: WarehouseId },
    /// A parcel was made ready, to leave at `departs`; its lines count as shipped from here.
    ParcelReleased { order: OrderRef, parcel: ParcelRef<'a>, departs: SimTime },
    /// A parcel after the order's first is on the house.
    SplitNotCharged { order: OrderRef, parcel: u32, warehouse: WarehouseId, saved: Cents },
    /// A parcel left; it arrives at `arrives`.
    ParcelShipped { order: OrderRef, parcel: ParcelRef<'a>, arrives: SimTime },
    /// The customer was told that a parcel left.
    ShipmentNotice { order: OrderRef, parcel: u32 },
    /// A notice about the backorder is due at `due`, if a line still waits then.
    NoticeDue { order: OrderRef, due: SimTime },
    /// The customer was told about the backorder; `late` when past the deadline.
    NoticeSent { order: OrderRef, late: bool },
    /// A customer called about a line that still waits.
    Contact { order: OrderRef, line: LineNumber, wants: Wish },
    /// A line ended by a swap: line `to` of `to_product` took the place of its `units` unreleased units.
    LineSwapped {
        order: OrderRef,
        line: LineNumber,
        product: ProductId,
        units: u32,
        to: LineNumber,
        to_product: ProductId,
        warehouse: WarehouseId,
    },
    /// A line was taken off the order with `units` units unshipped: by `remove`, or by `swap` for want of a substitute.
    LineRemoved { order: OrderRef, line: LineNumber, product: ProductId, units: u32, rule: Rule },
    /// A line was cancelled for age (or with its order) with `units` units unshipped. `since` is when the clock that
    /// ran out was started.
    LineAutoCancelled { order: OrderRef, line: LineNumber, product: ProductId, units: u32, since: SimTime },
    /// The customer was told about an auto-cancellation.
    CancellationNotice { order: OrderRef },
    /// The order ended with nothing shipped.
    OrderCancelled { order: OrderRef },
    /// The order ended with `parcels` parcels shipped: the last one released at `released` and departed at `departed`, all
    /// delivered at `delivered`. What was never shipped may have ended after the last departure.
    OrderCompleted { order: OrderRef, parcels: u32, released: SimTime, departed: SimTime, delivered: SimTime },
}

impl Occurrence<'_> {
    /// The rule that decided this, if one did. A rule's *firings* are the occurrences that name it, except
    /// `ParcelShipped`, which repeats the rule of its release.
    #[inline(always)]
    pub fn rule(&self) -> Option<Rule> {
        use Occurrence as O;
        match self {
            O::ReplenishmentOrdered { .. } | O::ReplenishmentExpedited { .. } => Some(Rule::EarlyReplenishment),
            O::LineLost { .. } => Some(Rule::BackorderOrderable),
            O::ShownOnBackorder { .. } => Some(Rule::BackorderDisplay),
            O::LineBackordered { .. } => Some(Rule::MultiWarehouse),
            O::DisplayMismatch { .. } => Some(Rule::DisplayMismatch),
            O::ParcelReleased { parcel, .. } | O::ParcelShipped { parcel, .. } => Some(parcel.rule),
            O::SplitNotCharged { .. } => Some(Rule::FreeSplit),
            O::ShipmentNotice { .. } => Some(Rule::ShipmentNotice),
            O::NoticeSent { .. } => Some(Rule::BackorderNotice),
            O::Contact { .. } => Some(Rule::Support247),
            O::LineSwapped { .. } | O::LineReplaced { .. } => Some(Rule::Swap),
            O::LineRemoved { rule, .. } => Some(*rule),
            O::LineAutoCancelled { .. } | O::CancellationNotice { .. } => Some(Rule::AutoCancel),
            _ => None,
        }
    }

    /// The order this is about, if it is about one.
    #[inline(always)]
    pub fn order(&self) -> Option<OrderRef> {
        use Occurrence as O;
        match *self {
            O::PairCarried { .. }
            | O::Receipt { .. }
            | O::PurchaseOrderPlaced { .. }
            | O::ReplenishmentOrdered { .. }
            | O::PurchaseOrderOpen { .. }
            | O::OrderQueued { .. }
            | O::OrderBegun { .. }
            | O::OrderDispatched { .. }
            | O::OrderBelowMinimum { .. }
            | O::LeadTimeBegan { .. }
            | O::ReplenishmentExpedited { .. }
            | O::ExpeditingSettled { .. }
            | O::DisruptionBegan { .. }
            | O::DisruptionEnded { .. }
            | O::EventBegan { .. }
            | O::EventEnded { .. }
            | O::ShelfEmptied { .. }
            | O::PickingLimitReached { .. }
            | O::ShelfFilled { .. } => None,
            O::OrderOpen { order, .. }
            | O::LineOpen { order, .. }
            | O::OrderAsked { order, .. }
            | O::LineAsked { order, .. }
            | O::OrderBooked { order }
            | O::LineBooked { order, .. }
            | O::LineFellDue { order, .. }
            | O::LinePromised { order, .. }
            | O::PromiseKept { order, .. }
            | O::PromiseBroken { order, .. }
            | O::OrderPromiseSettled { order, .. }
            | O::LineLost { order, .. }
            | O::LineReplaced { order, .. }
            | O::OrderPlaced { order, .. }
            | O::ShownOnBackorder { order, .. }
            | O::LinePlaced { order, .. }
            | O::LineBackordered { order, .. }
            | O::DisplayMismatch { order, .. }
            | O::WaitingChanged { order, .. }
            | O::UnitsReserved { order, .. }
            | O::UnitsFreed { order, .. }
            | O::LineCovered { order, .. }
            | O::OrderSourcedAnew { order, .. }
            | O::ParcelAtDock { order, .. }
            | O::ParcelTakenBack { order, .. }
            | O::ParcelPicked { order, .. }
            | O::ParcelReleased { order, .. }
            | O::SplitNotCharged { order, .. }
            | O::ParcelShipped { order, .. }
            | O::ShipmentNotice { order, .. }
            | O::NoticeDue { order, .. }
            | O::NoticeSent { order, .. }
            | O::Contact { order, .. }
            | O::LineSwapped { order, .. }
            | O::LineRemoved { order, .. }
            | O::LineAutoCancelled { order, .. }
            | O::CancellationNotice { order }
            | O::OrderCancelled { order }
            | O::OrderCompleted { order, .. } => Some(order),
        }
    }

    /// The rule whose count of firings this adds one to: one decision, one firing.
    #[inline(always)]
    pub fn fires(&self) -> Option<Rule> {
        match self {
            Self::ParcelShipped { .. } | Self::CancellationNotice { .. } => None,
            other => other.rule(),
        }
    }
}

/// An order that left at once, reported as a whole: every line was shown in stock and supplied whole when the order was placed, and
/// nothing can change its course any more.
#[derive(Clone, Copy, Debug)]
pub struct LeftAtOnce<'a> {
    /// Which order.
    pub order: OrderRef,
    /// All that was asked for.
    pub lines: &'a [OrderedLine],
    /// Its parcels, at least one, by number.
    pub parcels: &'a [AtOnceParcel],
    /// The position in `parcels` of each line's parcel; read only where there are several.
    pub parcel_of: &'a [u32],
}

/// A parcel of an order that left at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtOnceParcel {
    /// Where it leaves from.
    pub warehouse: WarehouseId,
    /// What it costs the retailer.
    pub cost: Cents,
    /// When it departs, before the run ends.
    pub departs: SimTime,
    /// When it arrives.
    pub arrives: SimTime,
}

/// The engine's books, for observers that compare them with their own.
pub trait Books {
    /// Physical stock, reserved units included.
    fn on_hand(&self, warehouse: WarehouseId, product: ProductId) -> i64;
    /// Units promised to lines and not yet departed.
    fn reserved(&self, warehouse: WarehouseId, product: ProductId) -> i64;
    /// Units ordered from vendors and not yet received.
    fn on_order(&self, warehouse: WarehouseId, product: ProductId) -> i64;
    /// Units waiting whose home this is.
    fn waiting(&self, warehouse: WarehouseId, product: ProductId) -> i64;
}

/// Receives everything that happens in a replication.
pub trait Observer {
    /// Whether it reads the engine's [`Books`]. Reserved units, which nothing else needs, are kept only for such observers.
    const READS_BOOKS: bool = false;

    /// Whether it accepts some occurrences before the clock has reached them, each with its own time: a parcel's departure and the
    /// completion of its order as soon as the parcel is closed, since nothing can change either any more; and a backorder notice when
    /// the order ceases to wait. An observer that only adds up loses nothing by it, and the engine need not return to the order.
    /// Ignored for an observer that reads the books.
    const ACCEPTS_EARLY: bool = false;

    /// Something happened at `now`.
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>);

    /// Whether an order that leaves at once, placed now and departing at `departs` (asked for each of its parcels), may be reported as
    /// a whole by [`left_at_once`](Self::left_at_once). Nothing else is emitted about it then, neither now nor when it departs; only
    /// shelves that it empties and purchase orders that it causes are emitted as usual. An observer that only adds up, and the engine,
    /// are spared most of the work of most orders. Never called on one that reads the books.
    #[inline(always)]
    fn takes_whole(&mut self, _now: SimTime, _departs: SimTime) -> bool {
        false
    }

    /// An order left at once, placed now.
    #[inline(always)]
    fn left_at_once(&mut self, _what: LeftAtOnce<'_>) {}

    /// A hint: an order that names the product probably comes next (one of a script or a trace may come before it). An observer with
    /// much state per product can prefetch it.
    #[inline(always)]
    fn expect(&self, _product: ProductId) {}

    /// A hint of the same kind: a shelf of the product is about to empty, or a purchase order for it is about to be placed or received.
    #[inline(always)]
    fn expect_more(&self, _product: ProductId) {}

    /// All that happens at `now` has happened, and the clock is about to move on.
    #[inline(always)]
    fn instant_ended(&mut self, _now: SimTime, _books: &impl Books) {}

    /// The replication is over; `end` is the instant that is not run any more.
    #[inline(always)]
    fn ended(&mut self, _end: SimTime, _books: &impl Books) {}

    /// The limit that one of its own counters met, if any. Asked when the replication is over; the replication then fails with it.
    fn excess(&self) -> Option<Excess> {
        None
    }
}
