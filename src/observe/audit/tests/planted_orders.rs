//! Planted breaches of purchase orders.

use super::super::Invariant;
use super::bench::{Bench, assert_breaks};
use crate::domain::*;
use crate::engine::Occurrence as O;
use crate::observe::fixture::{BOISE, CREATINE, WHEY, model};

const END: i64 = 90 * DAY;
const ACME: VendorId = VendorId(0);

/// Both products of a vendor who charges 40 an order and 15 a line, and takes at least ten units, in one order if `joint`.
fn of_acme(joint: bool) -> Model {
    let mut model = model();
    let vendor = Vendor::new("acme", Distribution::Constant(DAY as f64));
    model.vendors = vec![Vendor {
        order_cost: Cents(4_000),
        line_cost: Cents(1_500),
        order_minimum: joint.then_some(OrderMinimum::Units(10)),
        ..vendor
    }];
    model.products.iter_mut().for_each(|product| product.vendor = Some(ACME));
    model
}

fn order(bench: &mut Bench<'_>, number: u32, lines: u32, units: u64, cost: i64) {
    bench.say(O::PurchaseOrderPlaced { vendor: ACME, warehouse: BOISE, number, lines, units, cost: Cents(cost) });
}

fn line(bench: &mut Bench<'_>, product: ProductId, units: u32, cost: i64, joint: u32) {
    bench.say(O::ReplenishmentOrdered {
        vendor: ACME,
        warehouse: BOISE,
        product,
        units,
        number: 1,
        promised: SimTime(DAY),
        cost: Cents(cost),
        joint,
    });
}

#[test]
fn an_order_as_it_should_be_passes() {
    let model = of_acme(true);
    let mut bench = Bench::new(&model, &[]);
    order(&mut bench, 1, 2, 10, 4_000);
    line(&mut bench, WHEY, 4, 1_500, 1);
    line(&mut bench, CREATINE, 6, 1_500, 1);
    assert!(bench.end(END).is_empty());
    let model = of_acme(false);
    let mut bench = Bench::new(&model, &[]);
    line(&mut bench, WHEY, 4, 5_500, 0);
    assert!(bench.end(END).is_empty());
}

#[test]
fn an_order_below_the_minimum() {
    let model = of_acme(true);
    let mut bench = Bench::new(&model, &[]);
    order(&mut bench, 1, 1, 9, 4_000);
    line(&mut bench, WHEY, 9, 1_500, 1);
    assert_breaks(
        &bench.end(END),
        Invariant::PurchaseOrders,
        "purchase order 1 of boise to acme comes to less than 10 units",
    );
}

#[test]
fn a_line_that_is_missing_and_a_number_left_out() {
    let model = of_acme(true);
    let mut bench = Bench::new(&model, &[]);
    order(&mut bench, 2, 2, 12, 4_000);
    line(&mut bench, WHEY, 12, 1_500, 2);
    let breaches = bench.end(END);
    assert_breaks(&breaches, Invariant::PurchaseOrders, "has not the number that comes next");
    assert_breaks(&breaches, Invariant::PurchaseOrders, "was to have 2 lines and 12 units, and has 1 and 12");
}

#[test]
fn a_charge_that_is_not_the_vendors() {
    let model = of_acme(true);
    let mut bench = Bench::new(&model, &[]);
    order(&mut bench, 1, 1, 12, 4_001);
    line(&mut bench, WHEY, 12, 1_400, 1);
    let breaches = bench.end(END);
    assert_breaks(&breaches, Invariant::PurchaseOrders, "purchase order 1 of boise to acme does not cost what");
    assert_breaks(&breaches, Invariant::PurchaseOrders, "12 whey ordered for boise: the line does not cost what");
}

#[test]
fn several_products_where_the_vendor_takes_one_and_one_where_it_takes_several() {
    let model = of_acme(false);
    let mut bench = Bench::new(&model, &[]);
    order(&mut bench, 1, 1, 12, 4_000);
    line(&mut bench, WHEY, 12, 1_500, 1);
    assert_breaks(&bench.end(END), Invariant::PurchaseOrders, "its vendor takes them one by one");
    let model = of_acme(true);
    let mut bench = Bench::new(&model, &[]);
    line(&mut bench, WHEY, 12, 5_500, 0);
    assert_breaks(&bench.end(END), Invariant::PurchaseOrders, "an order of its own, though");
}
