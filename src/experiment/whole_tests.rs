//! The whole way once: model, engine, tally, estimates, against closed forms.

use super::{Settings, replicate, replicate_watched};
use crate::domain::*;
use crate::engine::Plan;
use crate::measures::{Metric, fixture};
use crate::observe::LeadTimes;
use crate::report;

/// Base stock with Poisson demand of 1.5 units a day, exponential lead times of 2 days, S = 5 (Palm's theorem: the
/// units on order are Poisson with mean 3).
pub(super) fn palm() -> Model {
    let mut model = fixture::model();
    model.name = "palm".into();
    model.zones.truncate(1);
    model.warehouses.truncate(1);
    model.zones[0].lanes.truncate(1);
    model.products.truncate(1);
    model.vendors.truncate(1);
    model.vendors[0].lead_time = Distribution::exponential(2.0 * DAY as f64);
    model.run.warm_up = WarmUp::Fixed(Span::from_days(20));
    model.run.horizon = Span::from_days(2_000);
    model.run.run_out = Span::from_days(50);
    model.run.replications = Replications::Fixed(30);
    model.demand = Some(Demand {
        orders_per_day: 1.5,
        lines_per_order: Distribution::Constant(1.0),
        units_per_line: Distribution::Constant(1.0),
        weekly: [1.0; 7],
        yearly: [1.0; 12],
        affinity: 0.0,
        shape: crate::domain::DemandShape::default(),
    });
    model.replenishment = Some(Replenishment {
        general: Levels { order_up_to: Some(5), ..Levels::default() },
        ..Replenishment::new(ReplenishmentPolicy::BaseStock, Review::Continuous)
    });
    model.rules.cancellation.after = None;
    model
}

fn settings(jobs: usize, audit: bool) -> Settings {
    Settings { jobs: Some(jobs), audit, ..Settings::default() }
}

#[test]
fn palms_theorem() {
    let results = replicate(&palm(), &settings(2, false)).unwrap();
    // N is Poisson with mean 3: P(N ≤ 4), E[(N−5)+], …
    let (fill, backorders) = (0.815_263_244_524, 0.134_620_556_272);
    for (metric, exact) in [
        (Metric::UnitFillRate, fill),
        (Metric::LineFillRate, fill),
        (Metric::OrderFillRate, fill),
        (Metric::ReadyRate, fill),
        (Metric::NetworkAvailabilityShare, fill),
        (Metric::BackordersMeanUnits, backorders),
        (Metric::OnHandMeanUnits, 2.0 + backorders),
        (Metric::OnOrderMeanUnits, 3.0),
        (Metric::LeadTimeDaysMean, 2.0),
        (Metric::BackorderWaitDaysMean, backorders / (1.5 * (1.0 - fill))),
        (Metric::BackorderedOrderShare, 1.0 - fill),
        (Metric::FullyBackorderedOrderShare, 1.0 - fill),
        (Metric::ShipDaysMean, backorders / 1.5),
        (Metric::DeliverDaysMean, backorders / 1.5 + 2.0),
        (Metric::Orders, 3_000.0),
        (Metric::PurchaseOrders, 3_000.0),
        (Metric::CostPerOrderOrdering, 10.0),
        (Metric::CostPerOrderBackorders, 2.0 * backorders / 1.5),
        (Metric::CostPerOrderHolding, 0.001 * 25.0 * (2.0 + backorders) / 1.5),
        (Metric::InventoryTurns, 1.5 * 365.0 / (2.0 + backorders)),
    ] {
        let estimate = results.estimate(metric).unwrap();
        let half_width = estimate.half_width.unwrap();
        assert!(half_width < 0.05 * exact, "{}: an interval that says nothing, {estimate:?}", metric.name());
        // Two half-widths are four standard errors.
        assert!((estimate.mean - exact).abs() <= 2.0 * half_width, "{}: {estimate:?}, exact {exact}", metric.name());
    }
    for (metric, exact) in
        [(Metric::ParcelsPerOrder, 1.0), (Metric::CostPerOrderParcels, 5.0), (Metric::OpenOrderShare, 0.0)]
    {
        assert_eq!(results.estimate(metric).unwrap().mean, exact, "{}", metric.name());
    }
}

#[test]
fn a_single_cell_is_that_of_its_row() {
    let mut model = palm();
    model.run.horizon = Span::from_days(100);
    model.run.replications = Replications::Fixed(3);
    let results = replicate(&model, &settings(1, false)).unwrap();
    for table in [&results.by_product, &results.by_warehouse, &results.by_vendor, &results.by_zone] {
        for row in 0..table.ids.len() {
            let of_row: Vec<_> = table.row(row).iter().map(|cell| cell.estimate).collect();
            let single: Vec<_> = (0..table.columns.len()).map(|column| table.estimate(row, column)).collect();
            assert_eq!(single, of_row, "{}", table.key);
        }
    }
}

#[test]
fn threads_and_audit_change_no_byte() {
    let mut model = palm();
    model.run.horizon = Span::from_days(100);
    model.run.replications = Replications::Fixed(9);
    let render = |jobs, audit| report::files(&replicate(&model, &settings(jobs, audit)).unwrap());
    let one = render(1, false);
    for (jobs, audit) in [(2, false), (3, false), (2, true)] {
        assert_eq!(render(jobs, audit), one, "{jobs} threads, audit {audit}");
    }
}

#[test]
fn whoever_watches_the_first_replication_sees_it_and_changes_nothing() {
    let mut model = palm();
    model.run.warm_up = WarmUp::Auto;
    model.run.horizon = Span::from_days(300);
    model.run.replications = Replications::Fixed(4);
    let alone = replicate(&model, &settings(1, false)).unwrap();
    let mut settled = model.clone();
    settled.run.warm_up = WarmUp::Fixed(alone.warm_up);
    let mut seen_alone = LeadTimes::new(&settled);
    Plan::new(&settled).run(0, &mut seen_alone).expect("all of it can be counted");
    let seen_alone = seen_alone.into_vendors();
    assert!(seen_alone[0].seconds.len() > 100);
    for (jobs, audit) in [(1, false), (3, false), (2, true)] {
        let (results, watcher) = replicate_watched(&model, &settings(jobs, audit), LeadTimes::new).unwrap();
        assert_eq!(results, alone, "{jobs} threads, audit {audit}");
        assert_eq!(watcher.into_vendors(), seen_alone, "{jobs} threads, audit {audit}");
    }
}

#[test]
fn the_warm_up_found_by_itself_is_kept_and_explained() {
    let mut model = palm();
    model.run.warm_up = WarmUp::Auto;
    model.run.horizon = Span::from_days(300);
    let results = replicate(&model, &settings(2, false)).unwrap();
    let finding = results.warm_up_finding.as_ref().unwrap();
    assert_eq!((results.warm_up, finding.welch.on_hand.len()), (finding.cut, 300));
    assert!(finding.cut <= Span::from_days(150));
    assert!(results.notes.contains(&finding.note()));
    let names: Vec<_> = report::files(&results).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"warm_up.csv"));
    assert_eq!(results.daily[0].len() as i64, 300 + finding.cut.0 / DAY);
}

#[test]
fn a_pilot_too_short_to_tell_is_made_longer() {
    let mut model = palm();
    model.run.warm_up = WarmUp::Auto;
    model.run.horizon = Span::from_days(30);
    model.run.replications = Replications::Fixed(2);
    let results = replicate(&model, &settings(2, false)).unwrap();
    let finding = results.warm_up_finding.as_ref().unwrap();
    // Thirty days hold six batches of five, sixty the ten that MSER-5 needs.
    assert!([60, 120].contains(&finding.welch.on_hand.len()), "{}", finding.welch.on_hand.len());
    assert_eq!(results.daily[0].len() as i64, 30 + finding.cut.0 / DAY);
}
