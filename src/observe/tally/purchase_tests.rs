//! What purchase orders of several products, expediting and sourcing anew come to, worked out by hand from the counts of a replication.

use crate::domain::DAY;
use crate::measures::{Basis, Metric, Sums, fixture};

#[test]
fn lines_and_charges_of_purchase_orders_and_what_expediting_spared() {
    // Four orders of ten lines for 60.00; six units had there in time, which spared twelve days of waiting, for 30.00.
    let sums = Sums {
        purchase_orders: 4,
        purchase_order_lines: 10,
        ordering_cents: 6_000,
        units_needed_early: 6,
        spared_unit_seconds: 12 * i128::from(DAY),
        expediting_cents: 3_000,
        ..Sums::default()
    };
    let mut basis = Basis::of(&fixture::model());
    let expected = [
        (Metric::PurchaseOrderLines, 10.0),
        (Metric::LinesPerPurchaseOrder, 2.5),
        (Metric::CostPerPurchaseOrder, 15.0),
        (Metric::UnitsNeededEarly, 6.0),
        (Metric::BackorderDaysSpared, 12.0),
        (Metric::CostPerBackorderDaySpared, 2.5),
    ];
    for (metric, _) in expected {
        assert_eq!(metric.pair(&sums, &basis).value(), None, "{} comes with a setting", metric.name());
    }
    (basis.tells_lines_apart, basis.measures_expediting) = (true, true);
    for (metric, value) in expected {
        assert_eq!(metric.pair(&sums, &basis).value(), Some(value), "{}", metric.name());
    }
}

#[test]
fn orders_sourced_anew_are_a_share_of_those_asked_for() {
    let sums = Sums { orders: 40, orders_sourced_anew: 3, ..Sums::default() };
    let mut basis = Basis::of(&fixture::model());
    let expected = [(Metric::SourcedAnewOrderShare, 0.075)];
    let share = |basis: &Basis| expected.map(|(metric, _)| metric.pair(&sums, basis).value());
    assert_eq!(share(&basis), [None], "it comes with a setting");
    basis.reevaluates = true;
    assert_eq!(share(&basis), expected.map(|(_, value)| Some(value)));
}
