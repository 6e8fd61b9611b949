//! Which day of a trace begins at second 0.

use super::files::TRACE;
use super::*;

/// A trace in May of which the first and the fourth day have no order, with more settings beside its file.
fn trace_of_may(settings: &str, rows: &str, run: &str) -> Loaded {
    let demand = format!("{run}[demand.trace]\nfile = \"t.csv\"\n{settings}");
    let file = format!("order,date,zone,product,units\n{rows}");
    load_with(&format!("{TRACE}{demand}"), &[("t.csv", &file)], &[]).expect("it is sound")
}

const MAY: &str =
    "A,2026-05-02,south,whey,1\nB,2026-05-03,west,pea,1\nC,2026-05-05,south,whey,1\nD,2026-05-30,south,whey,1\n";

fn days_and_length(loaded: &Loaded) -> (Vec<i64>, Span) {
    let trace = loaded.model.trace.as_ref().expect("a trace");
    (trace.orders.iter().map(|order| order.at.0 / DAY).collect(), trace.length())
}

fn told(loaded: &Loaded) -> Vec<(&str, &str)> {
    let of_days = |code: &str| ["trace-start", "trace-span", "before-the-start"].contains(&code);
    let warnings = loaded.warnings.iter().filter(|found| of_days(found.code));
    warnings.map(|found| (found.code, found.message.as_str())).collect()
}

#[test]
fn a_trace_begins_with_the_day_that_the_scenario_names() {
    let named = trace_of_may("start = \"2026-05-01\"\n", MAY, "");
    assert_eq!(days_and_length(&named), (vec![1, 2, 4, 29], Span::from_days(30)));
    assert_eq!(named.model.run.horizon, Span::from_days(30));
    assert_eq!(told(&named), []);
    // In the file's own order of dates.
    let declared = trace_of_may("start = \"1/5/2026\"\ndates = \"D/M/Y\"\n", MAY, "");
    assert_eq!(days_and_length(&declared), days_and_length(&named));
    let shorter = trace_of_may("start = \"2026-05-03\"\n", MAY, "");
    assert_eq!(days_and_length(&shorter), (vec![0, 2, 27], Span::from_days(28)));
    let before = "this order is left out: it is before the trace's `start`, 2026-05-03";
    assert_eq!(told(&shorter), [("before-the-start", before)]);
}

#[test]
fn days_without_orders_in_front_of_a_trace_are_told() {
    let unsaid = trace_of_may("", MAY, "");
    assert_eq!(days_and_length(&unsaid), (vec![0, 1, 3, 28], Span::from_days(29)));
    let months = "day 0 of the run is 2026-05-02, that of the first order, though t.csv looks like whole months";
    assert_eq!(told(&unsaid), [("trace-start", months)]);
    assert_eq!(told(&trace_of_may("start = \"2026-05-02\"\n", MAY, "")), [], "what is said is not asked again");
    // Within a month, but for a run that lasts longer.
    let rows = "A,2026-05-12,south,whey,1\nB,2026-05-14,west,pea,1\n";
    let longer = trace_of_may("", rows, "run = { horizon = \"3d\", warm_up = \"1d\" }\n");
    let lasts = "warm-up and horizon last 4d, and the trace 3d from its first order to its last";
    assert_eq!(told(&longer), [("trace-start", lasts)]);
    assert_eq!(told(&trace_of_may("", rows, "run = { horizon = \"3d\" }\n")), []);
    assert_eq!(told(&trace_of_may("", rows, "run = { horizon = \"90d\" }\n")), [], "it goes on for long");
}

#[test]
fn a_start_that_cannot_be_is_told() {
    let codes = |start: &str| {
        let demand = format!("[demand.trace]\nfile = \"t.csv\"\nstart = {start}\n");
        let file = format!("order,date,zone,product,units\n{MAY}");
        codes(&format!("{TRACE}{demand}"), &[("t.csv", &file)], &[])
    };
    for start in ["\"yesterday\"", "\"2026-05-32\"", "\"1/5/2026\"", "\"2026-05-01 10:00\""] {
        assert_eq!(codes(start), ["bad-date"], "{start}");
    }
    assert_eq!(codes("2026-05-01"), ["wrong-type"], "without quotes");
    assert_eq!(codes("\"2026-06-01\""), ["out-of-range"], "nothing is left");
    assert_eq!(codes("\"1901-01-01\""), ["trace-span"]);
}
