//! What a broken promise is put down to: what held the line at the last moment from which it would have come in time. Each cause once, by
//! hand. Day 0 is a Monday.

use backorder::experiment::{Settings, replicate};
use backorder::measures::Metric;
use serde_json::Value;

use crate::support::replay::{self, NoFiles, Replay, load};

/// A warehouse with these keys, a day from its customers and three from those in `far`, orders as `at zone products`, and these tables.
fn text(keys: &str, orders: &[&str], tables: &str) -> String {
    // `# horizon = …` in the tables stands for the usual one.
    let horizon = tables.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("horizon = \"30d\"");
    let mut text = format!(
        "[run]\n{horizon}\n[[zones]]\nid = \"home\"\n[[zones]]\nid = \"far\"\n[[warehouses]]\nid = \"boise\"\n{keys}\n\
         [[lanes]]\nfrom = \"boise\"\nto = \"home\"\ntransit = \"1d\"\n[[lanes]]\nfrom = \"boise\"\nto = \"far\"\ntransit = \"3d\"\n\
         [[products]]\nid = \"whey\"\n[[products]]\nid = \"soy\"\n\
         [[stock]]\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 50\n\
         [[stock]]\nwarehouse = \"boise\"\nproduct = \"soy\"\nunits = 0\n\
         [rules.split]\nship_available = 0.0\n"
    );
    for order in orders {
        let [at, zone, products @ ..] = &order.split(' ').collect::<Vec<_>>()[..] else { panic!("{order}") };
        let lines: Vec<String> = products.iter().map(|product| format!("{{ product = \"{product}\" }}")).collect();
        let lines = lines.join(", ");
        text.push_str(&format!("[[orders]]\nat = \"{at}\"\nzone = \"{zone}\"\nlines = [{lines}]\n"));
    }
    text.push_str(tables);
    text
}

/// The broken promises, as `order.line why`, in the order in which they are found to be.
fn broken(keys: &str, orders: &[&str], tables: &str) -> Vec<String> {
    let told: Replay = replay::run("late.toml", &text(keys, orders, tables), &NoFiles);
    assert!(told.breaches.is_empty(), "{:?}\n{}", told.breaches, told.told());
    let is_broken = |line: &&Value| line["event"] == "promise-broken";
    let say = |line: &Value| format!("{}.{} {}", line["order"], line["line"], line["why"].as_str().unwrap_or("?"));
    told.trace.iter().filter(is_broken).map(say).collect()
}

/// Two days are promised, so that what is for `home` has to be picked within one.
const TWO_DAYS: &str = "[promise]\nwithin = \"2d\"\nrestock_within = \"1d\"\n";

const HOURS: &str = "opening_days = \"mon-fri\"\nopening_hours = \"08:00-18:00\"\ncut_off = \"15:00\"";

#[test]
fn a_way_that_takes_longer_than_was_promised() {
    assert_eq!(broken("", &["1d far whey", "1d home whey"], TWO_DAYS), ["1.1 way"]);
    // Nothing else matters then, however long it waits for the warehouse as well.
    assert_eq!(broken(HOURS, &["4d16h far whey"], TWO_DAYS), ["1.1 way"]);
}

#[test]
fn stock_that_came_too_late_and_the_lines_that_were_held_for_it() {
    let receipt = |at: &str| {
        format!("{TWO_DAYS}[[receipts]]\nat = \"{at}\"\nwarehouse = \"boise\"\nproduct = \"soy\"\nunits = 1\n")
    };
    // Soy is promised by day 4, so that it has to leave by day 3; whey by day 3, and has to leave by day 2.
    assert_eq!(broken("", &["1d home whey soy"], &receipt("5d")), ["1.1 order", "1.2 stock"]);
    assert_eq!(broken("", &["1d home whey soy"], &receipt("3d")), ["1.1 order"]);
    assert!(broken("", &["1d home whey soy"], &receipt("2d")).is_empty());
}

#[test]
fn hours_of_the_warehouse_and_its_limit() {
    // On Friday at four the cut-off has passed, and Saturday at four is too late; on Sunday at nine, Monday at eight is not.
    assert_eq!(broken(HOURS, &["4d16h home whey", "6d9h home whey"], TWO_DAYS), ["1.1 hours"]);
    // One a day: those of Monday are picked on Monday, on Tuesday before the day is over, and on Wednesday.
    let limited = format!("{HOURS}\nparcels_per_day = 1");
    assert_eq!(broken(&limited, &["9h home whey", "9h1m home whey", "9h2m home whey"], TWO_DAYS), ["3.1 limit"]);
    // Of two on Friday morning, the second misses Saturday morning as nobody works then: it might have been picked on Friday.
    assert_eq!(broken(&limited, &["4d9h home whey", "4d10h home whey"], TWO_DAYS), ["2.1 limit"]);
    // Half an hour a line, two lines a day: pickers are no better than a limit.
    let slow = "lines_per_hour = 2\nopening_hours = \"08:00-09:00\"";
    assert_eq!(broken(slow, &["8h home whey", "8h home whey", "8h home whey"], TWO_DAYS), ["3.1 limit"]);
}

#[test]
fn what_never_comes_is_put_down_to_what_it_waited_for() {
    let cancelling = format!("{TWO_DAYS}[rules.cancellation]\nafter = \"5d\"\n");
    assert_eq!(broken("", &["1d home whey soy"], &cancelling), ["1.1 order", "1.2 stock"]);
    // At the end of six days: on the shelf of nobody; at a dock that opens on Monday; at a dock that has picked its parcel of the day.
    let end = format!("# horizon = \"6d\"\n{TWO_DAYS}").replace("within = \"2d\"", "within = \"1d1h\"");
    assert_eq!(broken("", &["1d home soy"], &end), ["1.1 stock"]);
    assert_eq!(broken(HOURS, &["4d16h home whey"], &end), ["1.1 hours"]);
    let limited = "parcels_per_day = 1";
    let orders = ["4d1h home whey", "4d2h home whey", "4d3h home whey"];
    assert_eq!(broken(limited, &orders, &end), ["2.1 limit", "3.1 limit"]);
}

#[test]
fn what_is_promised_to_leave_need_not_arrive() {
    let shipped = TWO_DAYS.replace("within = \"2d\"", "of = \"shipped\"\nwithin = \"2d\"");
    assert!(broken("", &["1d far whey"], &shipped).is_empty());
    assert_eq!(broken(HOURS, &["4d16h far whey"], &shipped), ["1.1 hours"]);
}

#[test]
fn the_shares_of_lines_in_time_and_late_for_something_come_to_one() {
    let limited = format!("{HOURS}\nparcels_per_day = 1");
    let orders = ["9h home whey", "9h1m home whey", "9h2m home whey", "10h far whey", "4d16h home whey", "8d home soy"];
    let model = load("late.toml", &text(&limited, &orders, TWO_DAYS), &NoFiles);
    let results = replicate(&model, &Settings::default()).expect("it runs");
    let share = |metric| results.estimate(metric).expect("something was promised").mean;
    let sixth = 1.0 / 6.0;
    assert!((share(Metric::OnTimeLineShare) - 2.0 * sixth).abs() < 1e-12);
    for metric in [
        Metric::LateForWayLineShare,
        Metric::LateForStockLineShare,
        Metric::LateForHoursLineShare,
        Metric::LateForLimitLineShare,
    ] {
        assert!((share(metric) - sixth).abs() < 1e-12, "{}", metric.name());
    }
    assert_eq!(share(Metric::LateForOrderLineShare), 0.0);
}
