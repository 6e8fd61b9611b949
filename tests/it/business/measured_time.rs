//! What is measured when: the warm-up is left out, and the run-out lets measured orders finish.

use backorder::domain::Model;
use backorder::experiment::{Results, Settings, replicate};
use backorder::measures::Metric;

use super::retailer;
use crate::support::replay::{self, NoFiles};

fn results(model: &Model) -> Results {
    replicate(model, &Settings::default()).expect("the run succeeds")
}

#[track_caller]
fn figure(results: &Results, metric: Metric) -> f64 {
    results.estimate(metric).unwrap_or_else(|| panic!("{} has no denominator", metric.name())).mean
}

/// An order on day 5 and one on day 25, of which the second waits until day 40; ten more units lie there from day 10 on.
fn story(run: &str) -> Model {
    let text = format!(
        "[run]\n{run}\nreplications = 1\n[[zones]]\nid = \"home\"\n[[warehouses]]\nid = \"boise\"\n\
         [[lanes]]\nfrom = \"boise\"\nto = \"home\"\ntransit = \"2d\"\n[[products]]\nid = \"whey\"\n[[products]]\nid = \"soy\"\n\
         [[stock]]\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 1\n\
         [[receipts]]\nat = \"10d\"\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 10\n\
         [[receipts]]\nat = \"40d\"\nwarehouse = \"boise\"\nproduct = \"soy\"\nunits = 1\n\
         [[orders]]\nat = \"5d\"\nzone = \"home\"\nlines = [{{ product = \"whey\" }}]\n\
         [[orders]]\nat = \"25d\"\nzone = \"home\"\nlines = [{{ product = \"soy\" }}]\n\
         [[orders]]\nat = \"35d\"\nzone = \"home\"\nlines = [{{ product = \"whey\" }}]\n"
    );
    replay::load("story.toml", &text, &NoFiles)
}

#[test]
fn what_happens_in_the_warm_up_is_not_measured() {
    let with = results(&story("warm_up = \"20d\"\nhorizon = \"10d\""));
    assert_eq!(figure(&with, Metric::Orders), 1.0);
    assert_eq!(figure(&with, Metric::LineFillRate), 0.0);
    assert_eq!(figure(&with, Metric::OnHandMeanUnits), 10.0);
    let without = results(&story("horizon = \"20d\""));
    assert_eq!(figure(&without, Metric::Orders), 1.0);
    assert_eq!(figure(&without, Metric::LineFillRate), 1.0);
    // One unit for five days, none for five, ten for ten.
    assert_eq!(figure(&without, Metric::OnHandMeanUnits), (5.0 + 100.0) / 20.0);
}

#[test]
fn a_measured_order_finishes_in_the_run_out() {
    let cut = results(&story("warm_up = \"20d\"\nhorizon = \"10d\""));
    assert_eq!(figure(&cut, Metric::OpenOrderShare), 1.0);
    assert!(cut.estimate(Metric::ShipDaysMean).is_none());
    let whole = results(&story("warm_up = \"20d\"\nhorizon = \"10d\"\nrun_out = \"15d\""));
    assert_eq!(figure(&whole, Metric::OpenOrderShare), 0.0);
    assert_eq!(figure(&whole, Metric::ShipDaysMean), 15.0);
    assert_eq!(figure(&whole, Metric::DeliverDaysMean), 17.0);
    assert_eq!(figure(&whole, Metric::BackorderWaitDaysMean), 15.0);
    // The order of day 35 is none of the measured ones, and stock is not measured in the run-out.
    assert_eq!(figure(&whole, Metric::Orders), 1.0);
    assert_eq!(figure(&whole, Metric::OnHandMeanUnits), 10.0);
}

#[test]
fn an_order_of_which_a_part_ended_unshipped_counts_to_its_last_departure() {
    // Whey leaves on day 1; creatine never comes, and ends by age, or because the customer gives it up on day 20.
    let story = |rest: &str| {
        let text = format!(
            "[run]\nhorizon = \"60d\"\nreplications = 1\n[[zones]]\nid = \"home\"\n[[warehouses]]\nid = \"boise\"\n\
             handling = \"4h\"\n[[lanes]]\nfrom = \"boise\"\nto = \"home\"\ntransit = \"2d\"\n[[products]]\nid = \"whey\"\n\
             [[products]]\nid = \"creatine\"\n[[stock]]\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 5\n\
             [[orders]]\nat = \"1d\"\nzone = \"home\"\nlines = [{{ product = \"whey\" }}, {{ product = \"creatine\" }}]\n\
             [rules.split]\nship_available = 1.0\n{rest}"
        );
        results(&replay::load("story.toml", &text, &NoFiles))
    };
    let removed = "[[contacts]]\nat = \"20d\"\norder = 1\nline = 2\nwants = \"remove\"\n";
    for rest in ["", removed] {
        let told = story(rest);
        assert_eq!(figure(&told, Metric::OpenOrderShare), 0.0, "{rest}");
        assert_eq!(figure(&told, Metric::ShipDaysMean), 4.0 / 24.0, "{rest}");
        assert_eq!(figure(&told, Metric::UnitShipDaysMean), 4.0 / 24.0, "{rest}");
        assert_eq!(figure(&told, Metric::DeliverDaysMean), 2.0 + 4.0 / 24.0, "{rest}");
    }
}

#[test]
fn a_run_out_changes_nothing_but_how_orders_end() {
    let short = results(&retailer::with(&[("run.run_out", "0s"), ("run.replications", "2")]));
    let long = results(&retailer::with(&[("run.run_out", "60d"), ("run.replications", "2")]));
    for metric in [
        Metric::Orders,
        Metric::Units,
        Metric::LineFillRate,
        Metric::OrderFillRate,
        Metric::ReadyRate,
        Metric::OnHandMeanUnits,
        Metric::OnOrderMeanUnits,
        Metric::BackordersMeanUnits,
        Metric::PurchaseOrders,
        Metric::ContactsPerDay,
        Metric::CycleServiceLevel,
    ] {
        assert_eq!(short.pairs(metric), long.pairs(metric), "{}", metric.name());
    }
    assert!(figure(&short, Metric::OpenOrderShare) > 0.0);
    assert_eq!(figure(&long, Metric::OpenOrderShare), 0.0);
    assert!(figure(&short, Metric::BackorderWaitDaysMean) < figure(&long, Metric::BackorderWaitDaysMean));
}
