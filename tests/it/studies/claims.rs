//! What each study claims, in its reduced version.

use backorder::measures::Metric;

use super::{ascends, cells, column, descends};

const ALL: fn(&[&str]) -> bool = |_| true;

#[test]
fn total_stock_follows_the_square_root_law_with_lots_planned_anew() {
    let reduced = [("run.horizon", "120d"), ("run.replications", "3")];
    let cells = cells("square_root_law.toml", &reduced, &[Metric::OnHandMeanUnits, Metric::UnitFillRate], ALL);
    // Exact: Poisson demand of 100 a day, two days' lead time, an order cost of 50 and 1 a unit and day, (r, Q) at a fill of 98 %.
    let exact = [1.0, 1.43, 2.05, 2.28, 2.86, 3.33];
    let stock = column(&cells, 0);
    for (cell, (stock, exact)) in cells.iter().zip(stock.iter().map(|of| of / stock[0]).zip(exact)) {
        assert!((stock / exact - 1.0).abs() < 0.1, "{:?}: {stock}, exactly {exact}", cell.names);
    }
    for (cell, fill) in cells.iter().zip(column(&cells, 1)) {
        assert!(fill > 0.975, "{:?} fills {fill}", cell.names);
    }
}

#[test]
fn safety_stock_by_the_formula_gives_the_same_service_at_every_correlation() {
    let all = cells("correlation.toml", &[], &[Metric::CycleServiceLevel], ALL);
    for cell in &all {
        assert!((cell.means[0] - 0.95).abs() < 0.02, "{:?}: {}", cell.names, cell.means[0]);
    }
    // Demands that move together need more: what is enough for independent ones is not.
    let too_little = [("replenishment.order_up_to", "940")];
    let alike = cells("correlation.toml", &too_little, &[Metric::CycleServiceLevel], |names| {
        names[0] == "centre, correlation 1"
    });
    assert!(alike[0].means[0] < 0.85, "{}", alike[0].means[0]);
}

#[test]
fn customers_are_nearer_and_served_sooner_the_more_warehouses_there_are() {
    let reduced = [("run.horizon", "20d"), ("run.replications", "3")];
    let measures = [Metric::CostPerOrderParcels, Metric::DeliverDaysMean];
    let cells = cells("distance.toml", &reduced, &measures, ALL);
    // Published for another list of 99 metropolitan areas, in miles.
    let published = [878.0, 489.0, 343.0, 280.0, 214.0, 188.0, 167.0, 152.0, 139.0, 127.0];
    let kilometres = column(&cells, 0);
    assert!(descends(&kilometres) && descends(&column(&cells, 1)), "{kilometres:?}");
    for (cell, (km, miles)) in cells.iter().zip(kilometres.iter().zip(published)) {
        let miles_here = km / 1.609344;
        assert!((miles_here / miles - 1.0).abs() < 0.2, "{:?}: {miles_here} miles, published {miles}", cell.names);
        // A day, and 800 km a day on the way.
        assert!((cell.means[1] - 1.0 - km / 800.0).abs() < 0.01, "{:?}", cell.means);
    }
}

#[test]
fn orders_are_split_the_more_the_more_warehouses_and_the_less_the_more_copies() {
    let reduced = [("run.horizon", "15d"), ("run.warm_up", "10d"), ("run.replications", "2")];
    let split = |copies: &str, open: &str| {
        let wanted = |names: &[&str]| names == [copies, open];
        cells("split_share.toml", &reduced, &[Metric::SplitOrderShare], wanted)[0].means[0]
    };
    let of_one_copy = ["2", "4", "8"].map(|open| split("1", open));
    assert!(ascends(&of_one_copy), "{of_one_copy:?}");
    let of_eight = [of_one_copy[2], split("2", "8"), split("3", "8")];
    assert!(descends(&of_eight), "{of_eight:?}");
    // Half of the orders have one line; of the others nearly all are split where each product lies in one of eight places.
    assert!((0.45..0.65).contains(&of_one_copy[2]), "{of_one_copy:?}");
    // Two places, two copies: everything lies everywhere.
    assert!(split("2", "2") < 0.02);
}

#[test]
fn international_orders_meet_mismatches_where_each_product_lies_in_two_places_of_many() {
    let reduced = [("run.horizon", "60d"), ("run.warm_up", "30d"), ("run.run_out", "31d"), ("run.replications", "2")];
    let measures = [Metric::DisplayMismatchLineShare, Metric::AutoCancelledOrderShare];
    let cells = cells("international_mismatch.toml", &reduced, &measures, ALL);
    let (everywhere, in_two_places) = (column(&cells[..4], 0), column(&cells[4..], 0));
    assert_eq!([everywhere[0], in_two_places[0]], [0.0; 2], "what the only warehouse shows, it has");
    assert_eq!(everywhere[1], in_two_places[1], "two places of two are all");
    assert!(everywhere[1] > 0.0 && everywhere.iter().all(|&share| share < 0.01), "{everywhere:?}");
    assert!(ascends(&in_two_places) && in_two_places[2] > 0.1, "{in_two_places:?}");
    // What the chosen warehouse never carries waits until the rule ends it.
    let cancelled = column(&cells, 1);
    assert!(cancelled[..6].iter().all(|&share| share < 0.01), "{cancelled:?}");
    assert!(cancelled[6] > 0.2 && cancelled[7] > cancelled[6], "{cancelled:?}");
}

#[test]
fn parcels_are_cheaper_the_farther_a_sourcing_policy_looks_ahead() {
    let measures = [Metric::CostPerOrderParcels, Metric::ParcelsPerOrder];
    let cells = cells("sourcing_policies.toml", &[("run.replications", "12")], &measures, ALL);
    let (cost, parcels) = (column(&cells, 0), column(&cells, 1));
    let [nearest, _, fewest, cheapest, once, weekly] = cost[..] else { panic!("six policies, not {cost:?}") };
    assert!(descends(&[nearest, cheapest, once, weekly]), "{cost:?}");
    assert!((fewest / cheapest - 1.0).abs() < 0.01, "{cost:?}");
    assert!(parcels[1..].iter().all(|&others| others < parcels[0]), "{parcels:?}");
}

#[test]
fn cancellations_are_rare_until_disruptions_outlast_the_limit() {
    let reduced = [("run.horizon", "1y"), ("run.replications", "8")];
    let cancelled = |every: &str| {
        let cells = cells("rare_cancellation.toml", &reduced, &[Metric::AutoCancelledOrderShare], |names| {
            names[0] == every && ["10d", "30d", "40d", "60d"].contains(&names[1])
        });
        column(&cells, 0)
    };
    let (seldom, often) = (cancelled("every 180 days"), cancelled("every 90 days"));
    assert!(ascends(&seldom[1..]) && ascends(&often[1..]), "{seldom:?} {often:?}");
    // The retailer promises "very rarely", one in a thousand: kept with disruptions of ten days, broken with sixty.
    assert!(seldom[0] < 0.001 && often[0] < 0.001, "{seldom:?} {often:?}");
    assert!(seldom[3] > 0.01 && often[3] > seldom[3], "{seldom:?} {often:?}");
}

#[test]
fn the_best_number_of_warehouses_lies_between_few_and_many() {
    let reduced = [("run.horizon", "60d"), ("run.warm_up", "40d"), ("run.run_out", "10d"), ("run.replications", "1")];
    let measures =
        [Metric::CostPerOrder, Metric::CostPerOrderFixed, Metric::CostPerOrderParcels, Metric::DeliverDaysMean];
    let cells = cells("warehouse_count.toml", &reduced, &measures, ALL);
    let (cost, fixed, parcels, days) = (column(&cells, 0), column(&cells, 1), column(&cells, 2), column(&cells, 3));
    assert!(ascends(&fixed) && descends(&days), "{fixed:?} {days:?}");
    assert!(parcels[7] < parcels[0], "{parcels:?}");
    let best = (0..cost.len()).min_by(|&one, &other| cost[one].total_cmp(&cost[other])).expect("there are cells");
    assert!((1..6).contains(&best), "{cost:?}");
}
