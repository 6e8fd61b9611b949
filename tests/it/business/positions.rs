//! The same promises in whole runs: the engine's inventory positions, read from its books at the end of every instant.

use std::fmt::Write as _;

use backorder::domain::{DAY, Model, ProductId, SimTime, WarehouseId};
use backorder::engine::{Books, Observer, Occurrence, Plan};

use crate::support::replay::{self, NoFiles};

const PRODUCTS: usize = 3;

/// Notes the positions after every instant, and what was ordered when.
#[derive(Default)]
struct Watch {
    positions: Vec<(SimTime, [i64; PRODUCTS])>,
    ordered: Vec<(SimTime, u32)>,
}

impl Observer for Watch {
    const READS_BOOKS: bool = true;

    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        if let Occurrence::ReplenishmentOrdered { units, .. } = what {
            self.ordered.push((now, units));
        }
    }

    fn instant_ended(&mut self, now: SimTime, books: &impl Books) {
        let position = |product: usize| {
            let (warehouse, product) = (WarehouseId(0), ProductId::from_index(product));
            books.on_hand(warehouse, product) - books.reserved(warehouse, product) + books.on_order(warehouse, product)
                - books.waiting(warehouse, product)
        };
        self.positions.push((now, std::array::from_fn(position)));
    }
}

/// One warehouse, three products, customers who never give up.
fn model(vendor: &str, replenishment: &str) -> Model {
    let mut text = format!(
        "[run]\nhorizon = \"200d\"\nseed = 3\n[[zones]]\nid = \"home\"\n[[warehouses]]\nid = \"boise\"\n\
         [[lanes]]\nfrom = \"boise\"\nto = \"home\"\n[rules.cancellation]\nafter = \"never\"\n\
         [demand]\norders_per_day = 12\nlines_per_order = {{ geometric = {{ mean = 1.5 }} }}\n\
         units_per_line = {{ uniform = {{ min = 1, max = 5 }} }}\n[[vendors]]\nid = \"acme\"\n\
         lead_time = {{ exponential = {{ mean = \"4d\" }} }}\n{vendor}\n[replenishment]\n{replenishment}\n"
    );
    for product in 1..=PRODUCTS {
        writeln!(text, "[[products]]\nid = \"p{product}\"\nvendor = \"acme\"\nshare = {product}")
            .expect("a string takes all that is written");
    }
    replay::load("positions.toml", &text, &NoFiles)
}

fn watched(vendor: &str, replenishment: &str) -> Watch {
    let model = model(vendor, replenishment);
    let mut watch = Watch::default();
    Plan::new(&model).run(0, &mut watch).expect("all of it can be counted");
    assert!(watch.positions.len() > 1_000 && watch.ordered.len() > 20, "{} orders", watch.ordered.len());
    watch
}

fn range(watch: &Watch) -> (i64, i64) {
    let all = watch.positions.iter().flat_map(|(_, positions)| positions);
    (all.clone().min().copied().unwrap_or(0), all.max().copied().unwrap_or(0))
}

#[test]
fn min_max_keeps_every_position_between_its_levels() {
    let watch = watched("", "policy = \"s-S\"\nreorder_point = 40\norder_up_to = 70");
    assert_eq!(range(&watch), (41, 70));
}

#[test]
fn fixed_quantities_keep_every_position_in_their_range() {
    let watch = watched("", "policy = \"r-Q\"\nreorder_point = 40\nquantity = 9");
    assert_eq!(range(&watch), (41, 49));
    assert!(watch.ordered.iter().all(|(_, units)| units % 9 == 0));
}

#[test]
fn a_base_stock_never_moves() {
    let watch = watched("", "policy = \"base-stock\"\norder_up_to = 60");
    assert_eq!(range(&watch), (60, 60));
}

#[test]
fn a_periodic_policy_orders_at_its_reviews_and_at_no_other_time() {
    let watch = watched("", "policy = \"periodic-R-S\"\nreview = \"3d12h\"\norder_up_to = 90");
    let review = |at: SimTime| at.0 % (3 * DAY + DAY / 2) == 0;
    assert!(watch.ordered.iter().all(|(at, _)| review(*at)));
    let (at_reviews, between): (Vec<_>, Vec<_>) = watch.positions.iter().partition(|(at, _)| review(*at));
    assert!(at_reviews.len() >= 57, "{}", at_reviews.len());
    assert!(at_reviews.iter().all(|(_, positions)| *positions == [90; PRODUCTS]));
    assert!(between.iter().any(|(_, positions)| positions.iter().any(|&position| position < 70)));
    assert!(between.iter().all(|(_, positions)| positions.iter().all(|&position| position <= 90)));
}

#[test]
fn a_review_period_holds_for_other_policies_too() {
    let watch = watched("", "policy = \"s-S\"\nreview = \"2d\"\nreorder_point = 40\norder_up_to = 70");
    assert!(watch.ordered.iter().all(|(at, _)| at.0 % (2 * DAY) == 0));
    let at_reviews = watch.positions.iter().filter(|(at, _)| at.0 % (2 * DAY) == 0);
    assert!(at_reviews.flat_map(|(_, positions)| positions).all(|position| (41..=70).contains(position)));
    assert!(range(&watch).0 <= 40, "between reviews a position may fall below the reorder point");
}

#[test]
fn minimum_and_multiple_of_the_vendor_are_honoured() {
    let watch = watched("minimum_units = 20\nmultiple = 6", "policy = \"s-S\"\nreorder_point = 40\norder_up_to = 50");
    assert!(watch.ordered.iter().all(|(_, units)| *units >= 20 && units % 6 == 0), "{:?}", watch.ordered);
    let (low, high) = range(&watch);
    // The wish is at least 10 units (from 40 to 50), the least the vendor sells is 24: at most 64 in the end.
    assert_eq!((low, high), (41, 64));
}
