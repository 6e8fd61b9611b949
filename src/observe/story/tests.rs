//! Stories of small scenarios, run by the engine.

use super::Story;
use crate::domain::*;
use crate::engine::Plan;
use crate::observe::fixture::{ABROAD, BOISE, CREATINE, DAYTON, HOME, WHEY, model};

fn day(day: i64) -> SimTime {
    SimTime(day * DAY)
}

fn receipt(at: i64, warehouse: WarehouseId, product: ProductId, units: u32) -> ScriptedReceipt {
    ScriptedReceipt { at: day(at), warehouse, product, units }
}

fn order(at: i64, zone: ZoneId, lines: &[(ProductId, u32)]) -> ScriptedOrder {
    let lines = lines.iter().map(|&(product, units)| OrderedLine { product, units }).collect();
    ScriptedOrder { at: day(at), zone, lines, due_after: Span::ZERO, class: ClassId(0) }
}

fn stock(rows: &[(WarehouseId, ProductId, u32)]) -> Option<Vec<StockRow>> {
    Some(rows.iter().map(|&(warehouse, product, units)| StockRow { warehouse, product, units }).collect())
}

fn story(model: &Model, number: OrderNumber) -> String {
    let mut story = Story::new(model, number);
    Plan::new(model).run(0, &mut story).expect("all of it can be counted");
    story.tell(80).expect("the order came up")
}

/// The story without its line breaks, so that a sentence can be looked for.
fn flat(story: &str) -> String {
    story.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_tells(story: &str, sentences: &[&str]) {
    let text = flat(story);
    let mut from = 0;
    for sentence in sentences {
        match text[from..].find(sentence) {
            Some(at) => from += at + sentence.len(),
            None => panic!("missing, or not in this place: {sentence}\n\n{story}"),
        }
    }
    let longest = story.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(80), "{story}");
}

#[test]
fn why_an_international_parcel_waited() {
    let mut model = model();
    model.script = Script {
        stock: stock(&[(BOISE, WHEY, 1), (DAYTON, CREATINE, 1)]),
        receipts: vec![receipt(2, DAYTON, WHEY, 1), receipt(3, BOISE, CREATINE, 1)],
        orders: vec![order(1, ABROAD, &[(WHEY, 1), (CREATINE, 1)])],
        contacts: Vec::new(),
        ..Script::default()
    };
    for lane in &mut model.zones[ABROAD.index()].lanes {
        lane.transit = Span::from_days(6);
    }
    let sentences = [
        "it had to wait for line 2 (1 × creatine) at boise, the one warehouse it was assigned to (creatine was in \
         stock at dayton, but an international order leaves in one parcel from one warehouse).",
        "made ready on day 3 00:00, 2d after the purchase, when boise received creatine; it left in 1 parcel.",
        "day 1 00:00:00 A customer in abroad (an international zone) orders 1 × whey and 1 × creatine.",
        "Line 1 (1 × whey): 1 at boise; none at dayton.",
        "Line 2 (1 × creatine): 1 at dayton; none at boise.",
        "It is assigned to boise, where most of its lines are available",
        "[international-complete]",
        "Line 2 (1 × creatine) is on backorder: boise cannot supply it. [multi-warehouse]",
        "[display-mismatch]",
        "day 1 01:00:00 An e-mail tells the customer that the order waits",
        "day 2 00:00:00 dayton receives 1 × whey. dayton could now supply all of the order, but it was assigned to \
         boise and can only leave from there.",
        "day 3 00:00:00 boise receives 1 × creatine. Line 2 (1 × creatine) is covered, 2d after it was placed",
        "Parcel 1 is made ready at boise: 1 × whey (line 1) and 1 × creatine (line 2). [international-complete]",
        "The order is complete: 1 parcel sent. day 9 00:00:00 Parcel 1 arrives.",
    ];
    assert_tells(&story(&model, 1), &sentences);
}

#[test]
fn two_lines_of_one_product_name_each_place_once() {
    let mut model = model();
    model.script = Script {
        stock: stock(&[(BOISE, CREATINE, 3), (DAYTON, WHEY, 4)]),
        receipts: vec![receipt(3, BOISE, WHEY, 4)],
        orders: vec![order(1, ABROAD, &[(CREATINE, 1), (CREATINE, 1), (CREATINE, 1), (WHEY, 2), (WHEY, 2)])],
        contacts: Vec::new(),
        ..Script::default()
    };
    let sentences = [
        "at boise, the one warehouse it was assigned to (whey was in stock at dayton, but an international order",
        "Line 4 (2 × whey) is covered, 2d after it was placed: boise received whey.",
        "Line 5 (2 × whey) is covered, 2d after it was placed: boise received whey.",
    ];
    assert_tells(&story(&model, 1), &sentences);
}

#[test]
fn what_two_lines_of_an_earlier_order_took_is_told_as_one() {
    let mut model = model();
    model.script = Script {
        stock: stock(&[]),
        receipts: vec![receipt(3, BOISE, WHEY, 3)],
        orders: vec![order(1, HOME, &[(WHEY, 1), (WHEY, 2)]), order(2, HOME, &[(WHEY, 1)])],
        contacts: Vec::new(),
        ..Script::default()
    };
    assert_tells(
        &story(&model, 2),
        &["boise receives 3 × whey. 3 went to order 1, which came first. Nothing is left."],
    );
}

/// A held order of two lines behind another one, with receipts that are too small, go elsewhere, and at last suffice.
fn queue(model: &mut Model) {
    model.rules.split.ship_available = 0.0;
    model.script = Script {
        stock: stock(&[(BOISE, WHEY, 1)]),
        receipts: vec![receipt(3, BOISE, CREATINE, 1), receipt(4, BOISE, CREATINE, 1), receipt(5, BOISE, CREATINE, 3)],
        orders: vec![order(0, HOME, &[(CREATINE, 2)]), order(1, HOME, &[(WHEY, 1), (CREATINE, 2)])],
        contacts: Vec::new(),
        ..Script::default()
    };
}

#[test]
fn what_came_in_and_did_not_help() {
    let mut model = model();
    queue(&mut model);
    let sentences = [
        "day 3 00:00:00 boise receives 1 × creatine. What is left there is too little for a whole line.",
        "day 4 00:00:00 boise receives 1 × creatine. 2 went to order 1, which came first. Nothing is left.",
        "day 5 00:00:00 boise receives 3 × creatine. Line 2 (2 × creatine) is covered, 4d after it was placed",
    ];
    assert_tells(&story(&model, 2), &sentences);
}

#[test]
fn a_cancellation_and_what_it_takes_along() {
    let mut model = model();
    queue(&mut model);
    model.script.receipts.clear();
    let sentences = [
        "it ended with nothing shipped when line 2 had been on backorder for more than 30d.",
        "day 31 00:00:01 Line 1 (1 × whey) is cancelled with the rest of its order. [auto-cancel]",
        "Line 2 (2 × creatine) is cancelled: it has been on backorder since day 1 00:00, longer than 30d.",
        "The order ends with nothing shipped.",
    ];
    assert_tells(&story(&model, 2), &sentences);
}

#[test]
fn a_call_that_swaps_a_line_and_one_that_removes_it() {
    let mut model = model();
    queue(&mut model);
    model.script.receipts = vec![receipt(5, DAYTON, WHEY, 7)];
    model.substitute_groups = vec![vec![WHEY, CREATINE]];
    for product in &mut model.products {
        product.substitutes = Some(0);
    }
    model.script.contacts = vec![ScriptedContact { at: day(6), order: 2, line: 2, wants: Wish::Swap }];
    let swapped = [
        "when line 2 was swapped; it left in 2 parcels.",
        "The customer calls about line 2 (2 × creatine) and wants something similar instead. [support-24-7]",
        "Line 2 (2 × creatine) becomes line 3: 2 units of whey, which dayton has in stock. [swap]",
        "Parcel 2 is on the house: the customer pays nothing for it, the retailer 7.00. [free-split]",
    ];
    assert_tells(&story(&model, 2), &swapped);
    model.script.contacts[0].wants = Wish::Remove;
    let removed = ["when line 2 was removed", "Line 2 (2 × creatine) is taken off the order. [remove]"];
    assert_tells(&story(&model, 2), &removed);
}

#[test]
fn stock_where_no_lane_leads_and_an_order_still_open_at_the_end() {
    let mut model = model();
    model.zones[HOME.index()].lanes.retain(|lane| lane.warehouse == BOISE);
    model.rules.cancellation.after = None;
    model.script = Script {
        stock: stock(&[(DAYTON, WHEY, 3)]),
        receipts: vec![receipt(2, DAYTON, WHEY, 4)],
        orders: vec![order(1, HOME, &[(WHEY, 1)])],
        contacts: Vec::new(),
        ..Script::default()
    };
    let sentences = [
        "it is not complete when the run ends: line 1 (1 × whey) still waits. So far 0 parcels left.",
        "Line 1 (1 × whey): none at boise; 3 at dayton, which does not serve home.",
        "dayton receives 4 × whey. That does not help: it does not serve home.",
    ];
    assert_tells(&story(&model, 1), &sentences);
}

#[test]
fn a_rest_that_is_taken_off_after_the_other_lines_left() {
    let mut model = model();
    model.rules.split.ship_available = 1.0;
    model.script = Script {
        stock: stock(&[(BOISE, WHEY, 1)]),
        receipts: vec![receipt(9, BOISE, CREATINE, 1)],
        orders: vec![order(1, HOME, &[(WHEY, 1), (CREATINE, 1)])],
        contacts: vec![ScriptedContact { at: day(3), order: 1, line: 2, wants: Wish::Remove }],
        ..Script::default()
    };
    let sentences = [
        "it had to wait for line 2 (1 × creatine). The wait ended on day 3 00:00, 2d after the purchase, when line 2 was \
         removed; all that was sent had been made ready by day 1 00:00, in 1 parcel.",
        "The order is complete: 1 parcel sent.",
    ];
    assert_tells(&story(&model, 1), &sentences);
}

#[test]
fn an_order_that_comes_to_nothing_and_one_that_never_comes() {
    let mut model = model();
    model.customers.keep_when_backordered = 0.0;
    model.script.orders = vec![order(1, HOME, &[(WHEY, 1)])];
    let sentences = ["none of its lines was kept", "reads On Backorder next to line 1 (1 × whey) and drops it."];
    assert_tells(&story(&model, 1), &sentences);
    let mut other = Story::new(&model, 2);
    Plan::new(&model).run(0, &mut other).expect("all of it can be counted");
    assert_eq!((other.tell(80), other.highest_number()), (None, 1));
}

#[test]
fn what_comes_after_the_cut_off_of_a_night_shift_waits_for_the_next_one() {
    let mut model = model();
    model.script = Script {
        stock: stock(&[(BOISE, WHEY, 1)]),
        receipts: vec![receipt(5, BOISE, CREATINE, 1)],
        orders: vec![order(4, ABROAD, &[(WHEY, 1), (CREATINE, 1)])],
        contacts: Vec::new(),
        ..Script::default()
    };
    let hour = 3_600;
    model.warehouses[BOISE.index()].picking = Some(Box::new(Picking {
        opening_days: Some(settings::WeekDays([true, true, true, true, true, false, false])),
        opening_hours: Some(settings::Hours { opens: 22 * hour, closes: 30 * hour }),
        cut_off: Some(settings::Clock(23 * hour)),
        ..Picking::UNLIMITED
    }));
    let sentences = [
        "The wait ended on day 5 00:00, 1d after the purchase, when boise received creatine; the last of it was picked on \
         day 7 22:00, 3d22h after the purchase; it left in 1 parcel.",
        "1 × whey and 1 × creatine wait at the dock of boise: it is past 23:00, the cut-off of Friday, day 4. They can be \
         picked from Monday, day 7, 22:00, on.",
    ];
    assert_tells(&story(&model, 1), &sentences);
}
