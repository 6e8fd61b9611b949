//! Where the sign of a change is known, it is found.

use backorder::domain::{Model, Pool};
use backorder::experiment::{Judging, Settings, Standing, compare};
use backorder::measures::Metric;

use super::{contender, theory, with_level};

#[track_caller]
fn assert_standing(first: Model, second: Model, expected: &[(Metric, Standing)]) {
    let contenders = [contender("first", first), contender("second", second)];
    let judging = Judging { metrics: expected.iter().map(|(metric, _)| *metric).collect(), zones: Vec::new() };
    let found = compare(&contenders, &Settings::default(), &judging, &[], &|_, _| ()).expect("it runs");
    for &(metric, standing) in expected {
        let difference = &found.contrasts[0][metric.index()];
        let judged = difference.judged.expect("it was asked for");
        assert_eq!(judged.standing, standing, "{}: {difference:?}", metric.name());
    }
}

#[test]
fn more_base_stock_fills_more_and_holds_more() {
    let base = theory("palm-exponential", 200, 10);
    assert_standing(
        with_level(base.clone(), 5),
        with_level(base, 6),
        &[
            (Metric::UnitFillRate, Standing::Better),
            (Metric::BackordersMeanUnits, Standing::Better),
            (Metric::OnHandMeanUnits, Standing::Worse),
            (Metric::OnOrderMeanUnits, Standing::Same),
            (Metric::LateNoticeShare, Standing::Same),
        ],
    );
}

#[test]
fn pooling_two_warehouses_fills_more() {
    let pooled = theory("two-warehouses-network", 200, 10);
    let mut apart = pooled.clone();
    apart.rules.pool = Pool::Warehouse;
    assert_standing(
        apart,
        pooled,
        &[(Metric::BackordersMeanUnits, Standing::Better), (Metric::ShipDaysMean, Standing::Better)],
    );
}

#[test]
fn splitting_ships_sooner_in_more_parcels() {
    let split = theory("two-products-split", 200, 10);
    let mut whole = split.clone();
    whole.rules.ship_available = 0.0;
    assert_standing(
        whole,
        split,
        &[(Metric::ParcelsPerOrder, Standing::Worse), (Metric::OrderFillRate, Standing::Same)],
    );
}
