//! The tally against occurrences written by hand, with every expected number worked out beside them.
//!
//! The fixture measures days 1 to 11 and runs out until day 16; money rates are round, so that sums can be checked in
//! the head.

use super::{Ending, Outcome, Tally};
use crate::domain::*;
use crate::domain::{Availability, Loss, Mode};
use crate::engine::{Observer, Occurrence as O, OrderRef, ParcelLine, ParcelRef};
use crate::measures::{Basis, Metric, fixture};
use crate::rules::Rule;

#[path = "daily_tests.rs"]
mod daily;

const BOISE: WarehouseId = WarehouseId(0);
const RENO: WarehouseId = WarehouseId(1);
const WHEY: ProductId = ProductId(0);
const CREATINE: ProductId = ProductId(1);
const HOME: ZoneId = ZoneId(0);
const ABROAD: ZoneId = ZoneId(1);

/// Days, in seconds.
fn day(days: f64) -> SimTime {
    SimTime((days * DAY as f64) as i64)
}

/// A replication told by hand.
struct Story {
    tally: Tally,
    basis: Basis,
    cost: i64,
}

impl Story {
    fn new() -> Self {
        Self::of(&fixture::model())
    }

    fn of(model: &Model) -> Self {
        let basis = Basis::of(model);
        Self { tally: Tally::new(model), basis, cost: 500 }
    }

    fn at(&mut self, days: f64, what: O<'_>) {
        self.tally.observe(day(days), what);
    }

    fn stock(&mut self, warehouse: WarehouseId, product: ProductId, units: u32) {
        self.at(0.0, O::PairCarried { warehouse, product, units });
    }

    /// An order with its lines as (product, units, available now, free stock somewhere).
    fn order(
        &mut self,
        number: u64,
        days: f64,
        zone: ZoneId,
        lines: &[(ProductId, u32, u32, bool)],
        availability: Availability,
        mode: Mode,
    ) -> OrderRef {
        let order = order(number, days, zone);
        self.asked(order, days, lines);
        self.at(days, O::OrderPlaced { order, lines: lines.len() as u32, availability, mode, assigned: None });
        for (line, &(product, units, available, _)) in (1..).zip(lines) {
            self.at(days, O::LinePlaced { order, line, product, units, available });
        }
        order
    }

    fn asked(&mut self, order: OrderRef, days: f64, lines: &[(ProductId, u32, u32, bool)]) {
        self.at(days, O::OrderAsked { order, lines: lines.len() as u32 });
        for (line, &(product, units, _, network_available)) in (1..).zip(lines) {
            let displayed_in_stock = network_available;
            self.at(days, O::LineAsked { order, line, product, units, network_available, displayed_in_stock });
        }
    }

    fn backordered(&mut self, order: OrderRef, days: f64, line: u32, product: ProductId, units: u32) {
        let home = Some(BOISE);
        self.at(days, O::LineBackordered { order, line, product, units, home });
        self.at(days, O::WaitingChanged { order, line, product, home, change: i64::from(units) });
    }

    fn covered(&mut self, order: OrderRef, days: f64, line: u32, product: ProductId, units: u32) {
        self.no_longer_waits(order, days, line, product, units);
        self.at(days, O::LineCovered { order, line, product, waited: day(days) - order.placed });
    }

    fn no_longer_waits(&mut self, order: OrderRef, days: f64, line: u32, product: ProductId, units: u32) {
        self.at(days, O::WaitingChanged { order, line, product, home: Some(BOISE), change: -i64::from(units) });
    }

    fn parcel(
        &mut self,
        order: OrderRef,
        days: f64,
        number: u32,
        warehouse: WarehouseId,
        contents: &[(ProductId, u32)],
    ) {
        let contents: Vec<ParcelLine> =
            (1..).zip(contents).map(|(line, &(product, units))| ParcelLine { line, product, units }).collect();
        let parcel = ParcelRef {
            number,
            warehouse,
            contents: &contents,
            rule: Rule::MultiWarehouse,
            cost: Cents(self.cost),
            customer_charge: Cents::ZERO,
        };
        self.at(days, O::ParcelReleased { order, parcel, departs: day(days) });
        if number > 1 {
            self.at(days, O::SplitNotCharged { order, parcel: number, warehouse, saved: Cents(self.cost) });
        }
        self.at(days, O::ParcelShipped { order, parcel, arrives: day(days + 2.0) });
        self.at(days, O::ShipmentNotice { order, parcel: number });
    }

    fn completed(&mut self, order: OrderRef, days: f64, parcels: u32) {
        let (released, departed, delivered) = (day(days), day(days), day(days + 2.0));
        self.at(days, O::OrderCompleted { order, parcels, released, departed, delivered });
    }

    fn tell(self) -> Told {
        Told { outcome: self.tally.into_outcome(), basis: self.basis }
    }
}

struct Told {
    outcome: Outcome,
    basis: Basis,
}

impl Told {
    fn value(&self, metric: Metric) -> Option<f64> {
        metric.pair(&self.outcome.total, &self.basis).value()
    }

    #[track_caller]
    fn expect(&self, expectations: &[(Metric, f64)]) {
        for &(metric, expected) in expectations {
            let value = self.value(metric).unwrap_or_else(|| panic!("{} has no denominator", metric.name()));
            assert!((value - expected).abs() < 1e-9, "{}: {value}, expected {expected}", metric.name());
        }
    }
}

fn order(number: u64, days: f64, zone: ZoneId) -> OrderRef {
    OrderRef { number, placed: day(days), zone, international: zone == ABROAD, class: ClassId(0) }
}

#[test]
fn nothing_asked_gives_nothing_and_no_nan() {
    let told = Story::new().tell();
    for &metric in Metric::ALL {
        let pair = metric.pair(&told.outcome.total, &told.basis);
        assert!(pair.numerator.is_finite() && pair.denominator.is_finite(), "{}", metric.name());
        let counts = pair.denominator == 1.0;
        // Vendors exist, so the share of their time is known: none of it.
        if metric == Metric::DisruptedTimeShare {
            assert_eq!(pair.value(), Some(0.0));
        } else if counts {
            assert_eq!(pair.value(), Some(0.0), "{}", metric.name());
        } else {
            assert_eq!(pair.value(), None, "{}", metric.name());
        }
    }
}

#[test]
fn service_when_orders_are_placed() {
    use Availability as A;
    let mut story = Story::new();
    // Filled: 2 lines, 5 units.
    story.order(1, 2.0, HOME, &[(WHEY, 2, 2, true), (CREATINE, 3, 3, true)], A::All, Mode::ShipsNow);
    // Part backordered, ships ahead: 1 of 2 lines, 1 of 5 units; the other product is nowhere.
    let second = story.order(2, 3.0, HOME, &[(WHEY, 1, 1, true), (CREATINE, 4, 0, false)], A::Some, Mode::Split);
    story.backordered(second, 3.0, 2, CREATINE, 4);
    // Part backordered, held.
    let third = story.order(3, 3.0, HOME, &[(WHEY, 1, 1, true), (CREATINE, 4, 0, true)], A::Some, Mode::Held);
    story.backordered(third, 3.0, 2, CREATINE, 4);
    story.at(3.0, O::DisplayMismatch { order: third, line: 2, product: CREATINE });
    // From abroad, nothing available where it was assigned.
    story.order(4, 4.0, ABROAD, &[(WHEY, 1, 0, false)], A::None, Mode::Held);
    // From abroad, in part: held, and none of the domestic ones that might have shipped ahead.
    story.order(5, 4.0, ABROAD, &[(WHEY, 1, 1, true), (CREATINE, 1, 0, true)], A::Some, Mode::Held);
    // One line lost at display, the other filled: no filled order. Then one order lost altogether, never placed.
    let sixth = order(6, 5.0, HOME);
    story.asked(sixth, 5.0, &[(WHEY, 1, 0, true), (CREATINE, 1, 0, false)]);
    let lost =
        |order, line| O::LineLost { order, line, product: CREATINE, units: 1, why: Loss::Dropped, home: Some(BOISE) };
    story.at(5.0, lost(sixth, 2));
    let placed = O::OrderPlaced { order: sixth, lines: 1, availability: A::All, mode: Mode::ShipsNow, assigned: None };
    story.at(5.0, placed);
    story.at(5.0, O::LinePlaced { order: sixth, line: 1, product: WHEY, units: 1, available: 1 });
    let seventh = order(7, 5.0, HOME);
    story.asked(seventh, 5.0, &[(CREATINE, 1, 0, false)]);
    story.at(5.0, lost(seventh, 1));
    let told = story.tell();
    told.expect(&[
        (Metric::Orders, 7.0),
        (Metric::Lines, 12.0),
        (Metric::Units, 5.0 + 5.0 + 5.0 + 1.0 + 2.0 + 2.0 + 1.0),
        (Metric::LineFillRate, 6.0 / 12.0),
        (Metric::UnitFillRate, (5.0 + 1.0 + 1.0 + 0.0 + 1.0 + 1.0) / 21.0),
        (Metric::OrderFillRate, 1.0 / 7.0),
        (Metric::NetworkAvailabilityShare, 8.0 / 12.0),
        (Metric::BackorderedOrderShare, 4.0 / 7.0),
        (Metric::FullyBackorderedOrderShare, 1.0 / 7.0),
        (Metric::PartiallyBackorderedOrderShare, 3.0 / 7.0),
        (Metric::ShippedAheadShare, 0.5),
        (Metric::DisplayMismatchLineShare, 1.0 / 12.0),
        (Metric::LostAtDisplayLineShare, 2.0 / 12.0),
        // Creatine earns 10.00; two units lost at a rate of 0.5, over seven orders.
        (Metric::CostPerOrderLostMargin, 10.0 / 7.0),
        // Six were placed and none has ended.
        (Metric::OpenOrderShare, 6.0 / 7.0),
    ]);
}

#[test]
fn international_orders_that_may_split_are_domestic_ones() {
    let mut model = fixture::model();
    model.rules.international.complete_only = false;
    let mut story = Story::of(&model);
    let lines = [(WHEY, 1, 1, true), (CREATINE, 1, 0, true)];
    let order = story.order(1, 2.0, ABROAD, &lines, Availability::Some, Mode::Split);
    story.parcel(order, 2.0, 1, BOISE, &[(WHEY, 1)]);
    story.parcel(order, 4.0, 2, BOISE, &[(CREATINE, 1)]);
    story.completed(order, 4.0, 2);
    story.tell().expect(&[
        (Metric::ShippedAheadShare, 1.0),
        (Metric::InternationalPartialShare, 1.0),
        (Metric::InternationalWaitDaysMean, 2.0),
    ]);
}

#[test]
fn waits() {
    let mut story = Story::new();
    for (number, waited) in [(1, 1.0), (2, 3.0), (3, 3.25), (4, 9.0)] {
        let order = story.order(number, 2.0, HOME, &[(WHEY, 1, 0, true)], Availability::None, Mode::Held);
        story.backordered(order, 2.0, 1, WHEY, 1);
        story.covered(order, 2.0 + waited, 1, WHEY, 1);
    }
    let told = story.tell();
    told.expect(&[
        (Metric::BackorderWaitDaysMean, 16.25 / 4.0),
        (Metric::BackWithin3DaysShare, 0.5),
        (Metric::BackorderWaitDaysMax, 9.0),
        // Four units from day 2, one less after 3, 5, 5.25 and 11 days: the last one at the very end.
        (Metric::BackordersMeanUnits, (1.0 + 3.0 + 3.25 + 9.0) / 10.0),
    ]);
    for (metric, exact) in
        [(Metric::BackorderWaitDaysP50, 3.0), (Metric::BackorderWaitDaysP95, 9.0), (Metric::BackorderWaitDaysP99, 9.0)]
    {
        let value = told.value(metric).unwrap();
        assert!((value - exact).abs() <= 0.001 * exact, "{}: {value}", metric.name());
    }
}

#[test]
fn parcels_and_delivery() {
    let mut story = Story::new();
    let lines = [(WHEY, 1, 1, true), (CREATINE, 1, 0, true)];
    let split = story.order(1, 2.0, HOME, &lines, Availability::Some, Mode::Split);
    story.parcel(split, 2.0, 1, BOISE, &[(WHEY, 1)]);
    story.cost = 700;
    story.parcel(split, 5.0, 2, RENO, &[(CREATINE, 1)]);
    story.completed(split, 5.0, 2);
    story.cost = 500;
    let abroad = story.order(2, 2.0, ABROAD, &[(WHEY, 2, 2, true)], Availability::All, Mode::ShipsNow);
    story.parcel(abroad, 3.0, 1, BOISE, &[(WHEY, 2)]);
    story.completed(abroad, 3.0, 1);
    // Shipped in part and still open: a parcel, but no shipped order yet. Its other unit waits.
    let open = story.order(3, 4.0, HOME, &lines, Availability::Some, Mode::Split);
    story.parcel(open, 4.0, 1, BOISE, &[(WHEY, 1)]);
    story.backordered(open, 4.0, 2, CREATINE, 1);
    // Held: one unit waits, one is reserved.
    let held = story.order(4, 4.0, HOME, &lines, Availability::Some, Mode::Held);
    story.backordered(held, 4.0, 2, CREATINE, 1);
    let told = story.tell();
    told.expect(&[
        (Metric::SplitOrderShare, 0.25),
        (Metric::ParcelsPerOrder, 1.5),
        (Metric::Parcels, 4.0),
        (Metric::SplitCostPerOrder, 7.0 / 4.0),
        (Metric::CostPerOrderParcels, 15.0 / 4.0),
        (Metric::CostPerOrderExtraParcels, 7.0 / 4.0),
        (Metric::CustomerSplitCharge, 0.0),
        (Metric::ShipDaysMean, 2.0),
        (Metric::UnitShipDaysMean, 1.0),
        (Metric::DeliverDaysMean, 4.0),
        (Metric::InternationalWaitDaysMean, 1.0),
        (Metric::InternationalPartialShare, 0.0),
        (Metric::OpenOrderShare, 0.5),
        (Metric::OpenWaitingUnitShare, 2.0 / 8.0),
        (Metric::OpenCoveredUnitShare, 1.0 / 8.0),
        (Metric::ShippedUnits, 5.0),
    ]);
    let endings = told.outcome.shapes.endings;
    assert_eq!(endings.iter().sum::<u64>(), 4, "every order asked for has one ending: {endings:?}");
    assert_eq!(told.outcome.shapes.parcels.iter().sum::<u64>() + endings[Ending::Open as usize], 4);
    assert_eq!((told.outcome.warehouses[0].parcels, told.outcome.warehouses[1].parcels), (3, 1));
    assert_eq!((told.outcome.zones[0].orders, told.outcome.zones[1].orders), (3, 1));
}

#[test]
fn a_charge_for_a_split_would_show() {
    let mut story = Story::new();
    let order = story.order(1, 2.0, HOME, &[(WHEY, 1, 1, true)], Availability::All, Mode::ShipsNow);
    let contents = [ParcelLine { line: 1, product: WHEY, units: 1 }];
    let (rule, cost, customer_charge) = (Rule::PartialSplit, Cents(500), Cents(250));
    let parcel = ParcelRef { number: 2, warehouse: BOISE, contents: &contents, rule, cost, customer_charge };
    story.at(2.0, O::ParcelShipped { order, parcel, arrives: day(4.0) });
    story.tell().expect(&[(Metric::CustomerSplitCharge, 2.5)]);
}

#[test]
fn endings_and_contacts() {
    let mut story = Story::new();
    let lines = [(WHEY, 2, 0, true), (CREATINE, 1, 0, true)];
    let first = story.order(1, 2.0, HOME, &lines, Availability::None, Mode::Held);
    story.backordered(first, 2.0, 1, WHEY, 2);
    story.backordered(first, 2.0, 2, CREATINE, 1);
    story.at(2.5, O::NoticeSent { order: first, late: false });
    story.at(3.0, O::Contact { order: first, line: 1, wants: Wish::Swap });
    story.no_longer_waits(first, 3.0, 1, WHEY, 2);
    let (product, to_product) = (WHEY, CREATINE);
    story.at(3.0, O::LineSwapped { order: first, line: 1, product, units: 2, to: 3, to_product, warehouse: BOISE });
    story.at(4.0, O::Contact { order: first, line: 2, wants: Wish::Remove });
    story.no_longer_waits(first, 4.0, 2, CREATINE, 1);
    story.at(4.0, O::LineRemoved { order: first, line: 2, product: CREATINE, units: 1, rule: Rule::Remove });
    // Two lines of one order cancelled at once: one order. A late notice, and nothing shipped in the end.
    let second = story.order(2, 2.0, HOME, &lines, Availability::None, Mode::Held);
    story.at(5.0, O::NoticeSent { order: second, late: true });
    for (line, product, units) in [(1, WHEY, 2), (2, CREATINE, 1)] {
        story.at(9.0, O::LineAutoCancelled { order: second, line, product, units, since: day(2.0) });
    }
    story.at(9.0, O::CancellationNotice { order: second });
    story.at(9.0, O::OrderCancelled { order: second });
    let told = story.tell();
    told.expect(&[
        (Metric::SwappedLineShare, 0.25),
        (Metric::RemovedLineShare, 0.25),
        (Metric::AutoCancelledLineShare, 0.5),
        (Metric::AutoCancelledOrderShare, 0.5),
        (Metric::CancelledOrderShare, 0.5),
        (Metric::NeverShippedUnitShare, 4.0 / 6.0),
        (Metric::LateNoticeShare, 0.5),
        (Metric::ContactsPerDay, 0.2),
        (Metric::CostPerOrderContacts, 1.5),
        (Metric::CostPerOrderCancellations, 1.5),
        // Removed: 10.00. Cancelled: 2 · 15.00 + 10.00. The swapped units are not lost. At rate 0.5 over two orders.
        (Metric::CostPerOrderLostMargin, 12.5),
    ]);
    // The second one by age; of the first no end was told.
    assert_eq!(told.outcome.shapes.endings, [0, 0, 0, 0, 0, 1, 0, 1]);
    let fired = |rule: Rule| told.outcome.firings[rule as usize];
    assert_eq!(fired(Rule::AutoCancel), 2, "the notice about it is no second decision");
    assert_eq!((fired(Rule::Support247), fired(Rule::Swap), fired(Rule::Remove)), (2, 1, 1));
    assert_eq!((fired(Rule::BackorderNotice), fired(Rule::MultiWarehouse)), (2, 2));
}

#[test]
fn an_order_cancelled_line_by_line_is_one_order() {
    let mut model = fixture::model();
    model.rules.cancellation.scope = CancelScope::Line;
    let mut story = Story::of(&model);
    let lines = [(WHEY, 1, 0, true), (CREATINE, 1, 0, true)];
    let orders = [1, 2].map(|number| story.order(number, 2.0, HOME, &lines, Availability::None, Mode::Held));
    for (days, line) in [(5.0, 1), (6.0, 2)] {
        for order in orders {
            story.at(days, O::LineAutoCancelled { order, line, product: WHEY, units: 1, since: day(2.0) });
        }
    }
    story.tell().expect(&[(Metric::AutoCancelledOrderShare, 1.0), (Metric::AutoCancelledLineShare, 1.0)]);
}

#[test]
fn money_on_the_shelf_may_outgrow_64_bits() {
    let mut model = fixture::model();
    let (units, cost) = (100_000_000, 100_000_000_000);
    model.products[WHEY.index()].unit_cost = Cents(cost);
    let mut story = Story::of(&model);
    story.stock(BOISE, WHEY, units);
    let told = story.tell();
    let expected = i128::from(units) * i128::from(cost) * i128::from(model.run.horizon.0);
    assert_eq!(told.outcome.warehouses[0].on_hand_cent_seconds, expected);
    assert_eq!(told.outcome.product(0).on_hand_cent_seconds, expected);
}

#[test]
fn warehouses_cost_what_they_cost_whatever_happens() {
    let mut model = fixture::model();
    model.warehouses[0].fixed_cost = Cents(36_500);
    model.warehouses[1].fixed_cost = Cents(73_000);
    let mut story = Story::of(&model);
    for number in 1..=5 {
        story.order(number, 2.0, HOME, &[(WHEY, 1, 1, true)], Availability::All, Mode::ShipsNow);
    }
    // 3.00 a day for ten measured days, over five orders.
    let told = story.tell();
    told.expect(&[(Metric::FixedCostPerDay, 3.0), (Metric::CostPerOrderFixed, 6.0), (Metric::CostPerOrder, 6.0)]);
    assert_eq!(told.outcome.warehouses[1].fixed_cents_a_year, 73_000);
}

#[test]
fn stock_over_time() {
    let mut story = Story::new();
    story.stock(BOISE, WHEY, 10);
    story.stock(RENO, CREATINE, 0);
    // Four leave half-way: 10 for five days, 6 for five. Nothing free from day 8: its last unit is reserved.
    let order = story.order(1, 6.0, HOME, &[(WHEY, 4, 4, true)], Availability::All, Mode::ShipsNow);
    story.parcel(order, 6.0, 1, BOISE, &[(WHEY, 4)]);
    story.at(8.0, O::ShelfEmptied { warehouse: BOISE, product: WHEY });
    // Creatine: nothing, until a purchase order of 5, placed on day 2, comes on day 9.
    let ordered = O::ReplenishmentOrdered {
        vendor: VendorId(1),
        warehouse: RENO,
        product: CREATINE,
        units: 5,
        number: 1,
        promised: day(9.0),
        cost: Cents(1_000),
        joint: 0,
    };
    story.at(2.0, ordered);
    story.at(9.0, O::Receipt { warehouse: RENO, product: CREATINE, units: 5, purchase_order: Some(1) });
    story.at(9.0, O::ShelfFilled { warehouse: RENO, product: CREATINE });
    let told = story.tell();
    let on_hand_cents = 25.0 * 8.0 + 10.0 * 5.0 * 0.2;
    told.expect(&[
        (Metric::OnHandMeanUnits, 8.0 + 5.0 * 0.2),
        (Metric::OnHandMeanCost, on_hand_cents),
        (Metric::OnOrderMeanUnits, 5.0 * 0.7),
        (Metric::ReadyRate, (7.0 + 2.0) / 20.0),
        (Metric::ReceivedUnits, 5.0),
        (Metric::PurchaseOrders, 1.0),
        (Metric::LeadTimeDaysMean, 7.0),
        // 36.5 % a year is 0.1 % a day of a mean of 210.00, for ten days, over one order.
        (Metric::CostPerOrderHolding, 0.001 * on_hand_cents * 10.0),
        (Metric::HoldingCostPerDay, 0.001 * on_hand_cents),
        (Metric::CostPerOrderOrdering, 10.0),
        (Metric::OrderingCostPerDay, 1.0),
        // Four units at 25.00 in ten days of a year, over the mean stock.
        (Metric::InventoryTurns, 100.0 * 36.5 / on_hand_cents),
        // Holding 2.10, ordering 10.00, one parcel of 5.00.
        (Metric::CostPerOrder, 0.001 * on_hand_cents * 10.0 + 10.0 + 5.0),
    ]);
    assert_eq!(told.outcome.firings[Rule::EarlyReplenishment as usize], 1);
    // The parts are told apart and add up to the whole.
    let area = |sums: &crate::measures::Sums| (sums.on_hand_unit_seconds, sums.on_hand_cent_seconds);
    let warehouses = [0, 1].map(|w| area(&told.outcome.warehouses[w]));
    let products = [0, 1].map(|p| area(&told.outcome.product(p)));
    assert_eq!(warehouses, products);
    assert_eq!([0, 1].map(|v| area(&told.outcome.vendors[v])), products);
    assert_eq!(told.outcome.vendors[1].ordering_cents, 1_000);
    assert_eq!(told.outcome.warehouses[1].ordering_cents, 1_000);
}

#[test]
fn costs_of_what_is_bought_held_and_short_by_order_and_period() {
    let mut model = fixture::model();
    model.costs =
        CostRates { holding_per_unit_day: 0.5, backorder_per_unit: 3.0, purchase: true, ..CostRates::default() };
    model.period = Some(PeriodDemand {
        period: Span::from_days(2),
        at: Span::ZERO,
        general: Some(Distribution::Constant(4.0)),
        by_product: Vec::new(),
    });
    let mut story = Story::of(&model);
    story.stock(BOISE, WHEY, 3);
    // One of four waits from day 2 on, whether for long or not; five come on day 9 for 10.00 each. Three are on hand for one day.
    let order = story.order(1, 2.0, HOME, &[(WHEY, 4, 3, true)], Availability::Some, Mode::Held);
    story.backordered(order, 2.0, 1, WHEY, 1);
    story.cost = 0;
    story.parcel(order, 2.0, 1, BOISE, &[(WHEY, 3)]);
    story.at(9.0, O::Receipt { warehouse: RENO, product: CREATINE, units: 5, purchase_order: Some(1) });
    let told = story.tell();
    let held = 0.5 * (3.0 + 5.0 * 2.0);
    told.expect(&[
        (Metric::CostPerOrderHolding, held),
        (Metric::CostPerOrderBackorders, 3.0),
        (Metric::CostPerOrderPurchase, 50.0),
        (Metric::CostPerOrder, held + 3.0 + 50.0),
        // Ten days are five periods.
        (Metric::CostPerPeriod, (held + 3.0 + 50.0) / 5.0),
    ]);
    assert_eq!(told.outcome.product(0).units_short, 1);
}

#[test]
fn expediting_and_disruption() {
    let mut story = Story::new();
    let (vendor, warehouse, product, units) = (VendorId(0), BOISE, WHEY, 10);
    for number in 1..=4 {
        let (promised, cost) = (day(9.0), Cents(1_000));
        story.at(2.0, O::ReplenishmentOrdered { vendor, warehouse, product, units, number, promised, cost, joint: 0 });
    }
    story.at(3.0, O::ReplenishmentExpedited { vendor, warehouse, product, units, number: 1, cost: Cents(2_500) });
    // One of two vendors is disrupted from before the window until day 3: two days of it count.
    story.at(0.5, O::DisruptionBegan { vendor });
    story.at(3.0, O::DisruptionEnded { vendor });
    story.order(1, 2.0, HOME, &[(WHEY, 1, 1, true)], Availability::All, Mode::ShipsNow);
    story.tell().expect(&[
        (Metric::ExpeditedOrderShare, 0.25),
        (Metric::CostPerOrderExpediting, 25.0),
        (Metric::ExpeditingCostPerDay, 2.5),
        (Metric::CostPerOrderOrdering, 40.0),
        (Metric::DisruptedTimeShare, 0.1),
    ]);
}

#[test]
fn cycles_are_read_and_reset_at_each_receipt() {
    let mut story = Story::new();
    let receipt = |warehouse, product| O::Receipt { warehouse, product, units: 1, purchase_order: None };
    // In time; then a backorder spoils the next of its pair, and only that one, also when the order is not measured.
    story.at(0.2, receipt(BOISE, WHEY));
    story.at(2.0, receipt(BOISE, WHEY));
    let order_at = order(1, 0.5, HOME);
    story.backordered(order_at, 2.5, 1, WHEY, 1);
    story.at(3.0, receipt(BOISE, CREATINE));
    story.at(3.0, receipt(RENO, WHEY));
    story.at(3.0, receipt(BOISE, WHEY));
    story.at(4.0, receipt(BOISE, WHEY));
    // A refused line counts as want of its home, one dropped by the customer does not.
    let lost = |why, product| O::LineLost { order: order_at, line: 1, product, units: 1, why, home: Some(RENO) };
    story.at(4.5, lost(Loss::Refused, WHEY));
    story.at(4.5, lost(Loss::Dropped, CREATINE));
    story.at(5.0, receipt(RENO, WHEY));
    story.at(5.0, receipt(RENO, CREATINE));
    // After the window: not counted.
    story.at(11.0, receipt(RENO, CREATINE));
    let told = story.tell();
    assert_eq!((told.outcome.total.receipts, told.outcome.total.receipts_in_time), (7, 5));
    assert_eq!((told.outcome.warehouses[0].receipts, told.outcome.warehouses[0].receipts_in_time), (4, 3));
    told.expect(&[(Metric::CycleServiceLevel, 5.0 / 7.0)]);
}

#[test]
fn only_orders_placed_in_the_window_count_but_all_of_them_to_the_end_of_the_run_out() {
    let mut story = Story::new();
    let last_second = 11.0 - 1.0 / DAY as f64;
    for (number, placed) in [(1, 1.0 - 1.0 / DAY as f64), (2, 1.0), (3, last_second), (4, 11.0)] {
        let order = story.order(number, placed, HOME, &[(WHEY, 1, 0, true)], Availability::None, Mode::Held);
        story.backordered(order, placed, 1, WHEY, 1);
        story.at(13.0, O::Contact { order, line: 1, wants: Wish::Remove });
        story.covered(order, 14.0, 1, WHEY, 1);
        story.parcel(order, 14.0, 1, BOISE, &[(WHEY, 1)]);
        story.completed(order, 14.0, 1);
    }
    let told = story.tell();
    let wait = (13.0 + (14.0 - last_second)) / 2.0;
    told.expect(&[
        (Metric::Orders, 2.0),
        (Metric::FullyBackorderedOrderShare, 1.0),
        (Metric::BackorderWaitDaysMean, wait),
        (Metric::ShipDaysMean, wait),
        (Metric::UnitShipDaysMean, wait),
        (Metric::ParcelsPerOrder, 1.0),
        (Metric::CostPerOrderParcels, 5.0),
        (Metric::OpenOrderShare, 0.0),
        // Rates and time averages keep to the window: one unit all the time, another from its first second.
        (Metric::ContactsPerDay, 0.0),
        (Metric::ShippedUnits, 0.0),
        (Metric::BackordersMeanUnits, (10.0 + 10.0 + 1.0 / DAY as f64) / 10.0),
    ]);
    assert_eq!(told.outcome.firings[Rule::ShipmentNotice as usize], 2);
    // The cost of waiting: 2.00 for each of those unit-days, over two orders.
    told.expect(&[(Metric::CostPerOrderBackorders, 20.0 + 1.0 / DAY as f64)]);
}

#[test]
fn every_measure_of_the_catalogue_is_expected_somewhere_above() {
    let text = concat!(
        include_str!("tests.rs"),
        include_str!("promise_tests.rs"),
        include_str!("purchase_tests.rs"),
        include_str!("docks.rs"),
        include_str!("vendors.rs")
    );
    for metric in Metric::ALL {
        let used = text.contains(&format!("Metric::{metric:?},"));
        assert!(used, "no hand-computed expectation for {}", metric.name());
    }
}
