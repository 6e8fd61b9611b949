//! What a parcel costs the retailer: its lane's price and, where weight counts, so much a kilogram of what is in it.

use backorder::domain::{Cents, Model, SimTime};
use backorder::engine::{Observer, Occurrence, Plan};

use crate::support::replay::load;
use crate::support::story::scenario;

/// Notes what each parcel costs when it is released, and once more when it leaves.
#[derive(Default)]
struct Costs {
    released: Vec<Cents>,
    shipped: Vec<Cents>,
}

impl Observer for Costs {
    fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::ParcelReleased { parcel, .. } => self.released.push(parcel.cost),
            Occurrence::ParcelShipped { parcel, .. } => self.shipped.push(parcel.cost),
            _ => {}
        }
    }
}

#[track_caller]
fn costs(story: &str, expected: &[i64]) {
    let told = scenario(story);
    let model: Model = load("costs.toml", &told.toml, &told);
    let mut costs = Costs::default();
    Plan::new(&model).run(0, &mut costs).expect("all of it can be counted");
    let expected: Vec<Cents> = expected.iter().map(|&cents| Cents(cents)).collect();
    assert_eq!((&costs.released, &costs.shipped), (&expected, &expected));
}

const PRODUCTS: &str = r#"set products = [{ id = "whey", weight_kg = 1.25 }, { id = "bcaa", weight_kg = 0.5 }]"#;

#[test]
fn a_parcel_that_leaves_at_once_costs_by_its_weight() {
    // 5.00, and 2 × 1.25 + 3 × 0.5 = 4 kg at 0.40.
    costs(
        &format!(
            "{PRODUCTS}
            stock  boise  whey 9
            stock  boise  bcaa 9
            order  1d  home  whey 2, bcaa 3
            set    shipping.cost_per_kg = 0.4"
        ),
        &[660],
    );
}

#[test]
fn so_does_each_parcel_of_a_split_order() {
    // 5.00 and 2.5 kg, then 5.00 and 1.5 kg.
    costs(
        &format!(
            "{PRODUCTS}
            stock    boise  whey 9
            receipt  3d  boise  bcaa 9
            order    1d  home  whey 2, bcaa 3
            set      shipping.cost_per_kg = 0.4"
        ),
        &[600, 560],
    );
}

#[test]
fn without_a_price_for_weight_the_lane_alone_counts() {
    costs(
        &format!(
            "{PRODUCTS}
            warehouses  boise dayton
            stock    dayton  whey 9
            order    1d  home  whey 2"
        ),
        &[700],
    );
}
