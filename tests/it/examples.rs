//! The examples do what they say.

use backorder::experiment::Conclusion;
use backorder::measures::Metric;

#[path = "../../examples/build_in_code.rs"]
mod build_in_code;
#[path = "../../examples/compare_two.rs"]
mod compare_two;
#[path = "../../examples/own_observer.rs"]
mod own_observer;
#[path = "../../examples/run_a_file.rs"]
#[allow(dead_code, reason = "its `main` reads the command line, which is that of the tests here")]
mod run_a_file;

#[test]
fn a_file_is_run() {
    run_a_file::run("scenarios/rules/partial-split.toml", false).unwrap();
    let missing = run_a_file::run("scenarios/rules/partial-splits.toml", false).unwrap_err().to_string();
    assert!(missing.contains("did you mean scenarios/rules/partial-split.toml?"), "{missing}");
}

#[test]
fn a_scenario_built_in_code_has_the_fill_rate_of_theory() {
    build_in_code::main().unwrap();
    // Base stock S against Poisson demand of mean λL = 3 in a lead time: P(N ≤ S − 1) of the units are filled.
    let poisson =
        |most: i32| (0..=most).fold((0.0, (-3.0_f64).exp()), |(sum, p), n| (sum + p, p * 3.0 / f64::from(n + 1))).0;
    for order_up_to in [4, 6] {
        let (low, high) = build_in_code::fill_rate(order_up_to).unwrap().interval().unwrap();
        assert!(low < poisson(order_up_to - 1) && poisson(order_up_to - 1) < high, "{order_up_to}: {low} to {high}");
    }
}

#[test]
fn shorter_lead_times_fill_more() {
    compare_two::main().unwrap();
    let comparison = compare_two::shorter_lead_times().unwrap();
    let conclusion = |metric: Metric| comparison.contrasts[0][metric.index()].judged.unwrap().conclusion;
    assert_eq!(conclusion(Metric::UnitFillRate), Conclusion::Better);
    assert_eq!(conclusion(Metric::BackordersMeanUnits), Conclusion::Better);
    assert_eq!(comparison.contrasts[0].iter().filter(|difference| difference.judged.is_some()).count(), 3);
}

#[test]
fn the_longest_wait_has_an_interval() {
    own_observer::main().unwrap();
    let longest = own_observer::longest_wait().unwrap();
    assert!(longest.mean > 1.0 && longest.half_width.unwrap() < longest.mean, "{longest}");
}
