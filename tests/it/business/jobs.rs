//! The bytes of a result do not depend on how it was computed.

use backorder::experiment::{Settings, replicate};
use backorder::report;

use super::retailer;

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let model = retailer::with(&[("run.replications", "5"), ("run.horizon", "40d")]);
    let files = |jobs| {
        let settings = Settings { jobs: Some(jobs), ..Settings::default() };
        report::files(&replicate(&model, &settings).expect("the run succeeds"))
    };
    let one = files(1);
    let names: Vec<&str> = one.iter().map(|(name, _)| *name).collect();
    for name in ["summary.json", "replications.csv", "daily.csv", "by_product.csv", "by_vendor.csv", "by_zone.csv"] {
        assert!(names.contains(&name), "{name} is not written");
    }
    for jobs in [2, 4] {
        for ((name, expected), (_, found)) in one.iter().zip(files(jobs)) {
            assert!(*expected == found, "{name} differs with {jobs} threads");
        }
    }
}

#[test]
fn the_auditor_changes_no_byte() {
    let model = retailer::with(&[("run.replications", "2"), ("run.horizon", "40d")]);
    let files = |audit| {
        let settings = Settings { audit, ..Settings::default() };
        report::files(&replicate(&model, &settings).expect("no invariant breaks"))
    };
    assert!(files(false) == files(true));
}
