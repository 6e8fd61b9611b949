//! What the story of an order tells of those who let it wait: a vendor's queue and days off, a minimum that is not reached, a dock.

use backorder::domain::Model;
use backorder::engine::Plan;
use backorder::observe::Story;

use crate::support::replay::{NoFiles, load};

/// The story of an order, its line breaks and indents made single spaces; and as it is printed.
fn story(model: &Model, number: u64) -> (String, String) {
    let mut story = Story::new(model, number);
    Plan::new(model).run(0, &mut story).expect("all of it can be counted");
    let printed = story.tell(80).expect("the order came up");
    (printed.split_whitespace().collect::<Vec<_>>().join(" "), printed)
}

/// That a story has these sentences, in this order, in lines that fit a terminal.
#[track_caller]
fn assert_tells((flat, printed): &(String, String), sentences: &[&str]) {
    let mut from = 0;
    for sentence in sentences {
        match flat[from..].find(sentence) {
            Some(at) => from += at + sentence.len(),
            None => panic!("missing, or not in this place: {sentence}\n\n{printed}"),
        }
    }
    let longest = printed.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(80), "{printed}");
}

/// A shop that keeps three whey and one soy, and orders what it sold of a vendor with these keys. Day 0 is a Monday.
fn shop(vendor: &str, orders: &[(&str, &str, u32)]) -> Model {
    let mut text = format!(
        "[run]\nhorizon = \"40d\"\n[[zones]]\nid = \"home\"\n[[warehouses]]\nid = \"boise\"\n\
         [[lanes]]\nfrom = \"boise\"\nto = \"home\"\n[[vendors]]\nid = \"acme\"\nlead_time = \"1d\"\n{vendor}\n\
         [[products]]\nid = \"whey\"\nvendor = \"acme\"\nunit_cost = 10.0\norder_up_to = 3\n\
         [[products]]\nid = \"soy\"\nvendor = \"acme\"\nunit_cost = 4.0\norder_up_to = 1\n\
         [replenishment]\npolicy = \"base-stock\"\n"
    );
    for (at, product, units) in orders {
        text.push_str(&format!(
            "[[orders]]\nat = \"{at}\"\nzone = \"home\"\nlines = [{{ product = \"{product}\", units = {units} }}]\n"
        ));
    }
    load("shop.toml", &text, &NoFiles)
}

#[test]
fn an_order_that_waits_for_a_vendors_queue() {
    let keys = "working_days = \"mon-fri\"\ncapacity = { units_per_day = 2 }";
    // Three whey on Friday at noon; then one more whey, which waits for those three, half a day each, with a weekend between.
    let model = shop(keys, &[("4d12h", "whey", 3), ("4d13h", "whey", 1), ("5d", "soy", 1)]);
    assert_tells(
        &story(&model, 2),
        &[
            "placed on day 4 13:00 (Friday, day 4)",
            "Friday, day 4 day 4 13:00:00 A customer in home orders 1 × whey.",
            "On order for boise: 3 whey, which is promised for day 5 12:00 (Saturday, day 5); it is at acme, which works on it until \
             day 8 00:00.",
            "boise orders 1 × whey from acme",
            "1 × whey for boise waits at acme, behind 3 units ordered before.",
            "Tuesday, day 8 day 8 00:00:00 acme dispatches 3 × whey for boise.",
            "acme takes up 1 × whey for boise, 3d11h after it was ordered; it will be done on day 8 12:00.",
        ],
    );
    // On a Saturday nobody takes anything up.
    assert_tells(
        &story(&shop("working_days = \"mon-fri\"", &[("5d", "whey", 4)]), 1),
        &["4 × whey for boise wait at acme, which does not work until day 7 00:00."],
    );
}

#[test]
fn an_order_that_waits_for_a_minimum() {
    let keys = "order_minimum = { money = 30.0 }\nbelow_minimum = \"wait\"";
    // Two whey are worth 20: too little. The third, and one more, come to 40.
    let model = shop(keys, &[("1d", "whey", 2), ("2d", "soy", 2), ("5d", "whey", 2)]);
    assert_tells(
        &story(&model, 2),
        &[
            "Line 1 (2 × soy)",
            "boise wants soy, but all it wants of acme comes to 28.00, and the minimum is 30.00: nothing is ordered yet.",
            "day 5 00:00:00 boise orders 2 × soy from acme, promised for day 6 00:00.",
            "day 6 00:00:00 boise receives 2 × soy.",
        ],
    );
}
