//! Docks: opening hours, cut-off, waves and picking limits, each in a small timeline worked out by hand.

use serde_json::Value;

use crate::support::replay::{self, NoFiles, Replay};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// One warehouse with these keys, orders of one unit at these times (more lines where there are more products), and these tables.
fn told(keys: &str, orders: &[&str], tables: &str) -> Replay {
    // `# start = …` in the tables goes to the top.
    let start = tables.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("");
    let mut text = format!(
        "[run]\nhorizon = \"30d\"\n{start}\n[[zones]]\nid = \"home\"\n[[warehouses]]\nid = \"boise\"\n{keys}\n[[lanes]]\n\
         from = \"boise\"\nto = \"home\"\n[[products]]\nid = \"whey\"\n[[products]]\nid = \"soy\"\n\
         [[stock]]\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 50\n"
    );
    for at in orders {
        let (at, more) = at.split_once(' ').unwrap_or((at, ""));
        let soy = if more.contains("soy") { ", { product = \"soy\" }" } else { "" };
        text.push_str(&format!(
            "[[orders]]\nat = \"{at}\"\nzone = \"home\"\nlines = [{{ product = \"whey\" }}{soy}]\n"
        ));
    }
    text.push_str(tables);
    let told = replay::run("docks.toml", &text, &NoFiles);
    assert!(told.breaches.is_empty(), "{:?}\n{}", told.breaches, told.told());
    told
}

/// When a kind of thing happened, and to which order.
fn when(told: &Replay, event: &str) -> Vec<(i64, u64)> {
    let is_it = |line: &&Value| line["event"] == event;
    let number = |line: &Value| (line["t"].as_i64().unwrap_or(-1), line["order"].as_u64().unwrap_or(0));
    told.trace.iter().filter(is_it).map(number).collect()
}

fn why(told: &Replay) -> Vec<&str> {
    let docked = told.trace.iter().filter(|line| line["event"] == "parcel-at-dock");
    docked.map(|line| line["why"].as_str().unwrap_or_default()).collect()
}

const SHOP: &str =
    "opening_days = \"mon-fri\"\nopening_hours = \"08:00-18:00\"\ncut_off = \"15:00\"\nhandling = \"1h\"";

#[test]
fn what_is_ready_when_the_warehouse_is_closed_leaves_when_it_opens() {
    // Monday before opening and at ten, Friday after the cut-off and after closing, Saturday.
    let told = told(SHOP, &["6h", "10h", "4d15h", "4d20h", "5d12h"], "");
    let (monday, next) = (8 * HOUR, 7 * DAY + 8 * HOUR);
    assert_eq!(when(&told, "parcel-released"), [(monday, 1), (10 * HOUR, 2), (next, 3), (next, 4), (next, 5)]);
    assert_eq!(when(&told, "parcel-shipped")[0], (monday + HOUR, 1), "handling runs from the picking on");
    assert_eq!(why(&told), ["closed", "cut-off", "closed", "closed"]);
}

#[test]
fn the_week_begins_where_the_run_says_and_holidays_are_closed() {
    let calendar = "# start = \"2026-12-24\"\n[calendar]\nholidays = [\"12-25\", \"2026-12-28\"]\n";
    // Day 0 is a Thursday: Friday and Monday are holidays, and the weekend lies between.
    let told = told(SHOP, &["16h"], calendar);
    assert_eq!(when(&told, "parcel-released"), [(5 * DAY + 8 * HOUR, 1)]);
}

#[test]
fn what_is_beyond_the_limit_of_a_day_rolls_over_in_the_order_in_which_it_came() {
    let told = told("parcels_per_day = 2", &["1h", "2h", "3h", "4h", "1d1h"], "");
    let picked = when(&told, "parcel-released");
    assert_eq!(picked, [(HOUR, 1), (2 * HOUR, 2), (DAY, 3), (DAY, 4), (2 * DAY, 5)]);
    assert_eq!(why(&told), ["limit"; 3]);
    assert_eq!(when(&told, "picking-limit-reached").len(), 2);
}

#[test]
fn the_oldest_order_may_come_first_however_late_its_stock_came() {
    let receipt = "[[receipts]]\nat = \"8h\"\nwarehouse = \"boise\"\nproduct = \"soy\"\nunits = 1\n[rules.split]\nship_available = 0.0\n";
    let orders = ["1h soy", "2h", "3h", "4h"];
    let keys = |order: &str| format!("parcels_per_day = 1\npick_order = \"{order}\"");
    let first_come = told(&keys("first-come"), &orders, receipt);
    assert_eq!(when(&first_come, "parcel-released").iter().map(|picked| picked.1).collect::<Vec<_>>(), [2, 3, 4, 1]);
    let oldest = told(&keys("oldest-order"), &orders, receipt);
    assert_eq!(when(&oldest, "parcel-released").iter().map(|picked| picked.1).collect::<Vec<_>>(), [2, 1, 3, 4]);
}

#[test]
fn what_is_promised_first_may_be_picked_first() {
    let stock = "[[stock]]\nwarehouse = \"boise\"\nproduct = \"soy\"\nunits = 5\n";
    let promise = "[promise]\nwithin = \"6d\"\n[[promise.rows]]\nproduct = \"soy\"\nwithin = \"2d\"\n";
    let tables = format!("{stock}{promise}");
    // One a day. Whey is promised within six days and soy within two, so that of what waits the third order comes first, whose soy is
    // due on day 2; then those of whey, in the order of their dates, and the soy of day 1 before them.
    let orders = ["1h", "2h", "3h soy", "4h", "1d1h soy"];
    let picked = |order: &str| {
        let told = told(&format!("parcels_per_day = 1\npick_order = \"{order}\""), &orders, &tables);
        when(&told, "parcel-released").iter().map(|&(at, number)| (at / DAY, number)).collect::<Vec<_>>()
    };
    assert_eq!(picked("promise"), [(0, 1), (1, 3), (2, 5), (3, 2), (4, 4)]);
    assert_eq!(picked("first-come"), [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
    assert_eq!(picked("oldest-order"), picked("first-come"));
    // Of two that are promised for the same time, the one with the longer way comes first.
    let lane = "[[zones]]\nid = \"far\"\n[[lanes]]\nfrom = \"boise\"\nto = \"far\"\ntransit = \"1d\"\n\
                [[orders]]\nat = \"4h\"\nzone = \"far\"\nlines = [{ product = \"whey\" }]\n";
    let keys = "parcels_per_day = 1\npick_order = \"promise\"";
    let ways = told(keys, &["1h", "3h"], &format!("{lane}[promise]\nwithin = \"6d\"\n"));
    assert_eq!(when(&ways, "parcel-released"), [(HOUR, 1), (DAY, 3), (2 * DAY, 2)]);
    // Nothing is promised: by number, as all are as urgent.
    let told = told("parcels_per_day = 1\npick_order = \"promise\"", &orders, stock);
    let numbers: Vec<u64> = when(&told, "parcel-released").iter().map(|picked| picked.1).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
}

#[test]
fn lines_are_picked_one_after_another_and_go_on_when_the_warehouse_opens_again() {
    let stock = "[[stock]]\nwarehouse = \"boise\"\nproduct = \"soy\"\nunits = 5\n";
    let keys = "lines_per_hour = 2\nopening_hours = \"08:00-10:00\"";
    // Half an hour a line: two lines until nine, one until half past nine, two that take half an hour more than there is.
    let told = told(keys, &["7h soy", "8h", "8h soy"], stock);
    let picked = [(9 * HOUR, 1), (9 * HOUR + HOUR / 2, 2), (DAY + 8 * HOUR + HOUR / 2, 3)];
    assert_eq!(when(&told, "parcel-released"), picked);
    assert_eq!(why(&told), ["closed", "pickers", "pickers"]);
}

#[test]
fn waves_take_what_is_ready() {
    let told = told("waves = \"6h\"\nopening_hours = \"08:00-18:00\"", &["8h", "9h", "14h", "15h"], "");
    assert_eq!(when(&told, "parcel-released"), [(8 * HOUR, 1), (14 * HOUR, 2), (14 * HOUR, 3), (DAY + 8 * HOUR, 4)]);
    assert_eq!(why(&told), ["wave", "wave"]);
}

#[test]
fn what_waits_at_the_dock_is_cancelled_with_its_order_and_its_stock_goes_to_the_next() {
    let rules = "[rules.split]\nship_available = 1.0\n[rules.cancellation]\nafter = \"2d\"\n";
    // One whey, at the dock from Friday evening to Monday for an order that also wants soy; the wait for soy ends on Sunday.
    let tables = format!("{rules}[[receipts]]\nat = \"29d\"\nwarehouse = \"boise\"\nproduct = \"soy\"\nunits = 1\n");
    let orders = ["4d16h soy"];
    let cancelled = told(SHOP, &orders, &tables);
    assert_eq!(when(&cancelled, "parcel-taken-back"), [(6 * DAY + 16 * HOUR + 1, 1)]);
    assert_eq!(when(&cancelled, "line-auto-cancelled").len(), 2);
    assert_eq!(when(&cancelled, "order-cancelled").len(), 1);
    assert!(when(&cancelled, "parcel-released").is_empty());
    let by_line =
        told(SHOP, &orders, &tables.replace("[rules.cancellation]\n", "[rules.cancellation]\nscope = \"line\"\n"));
    assert_eq!(when(&by_line, "parcel-released"), [(7 * DAY + 8 * HOUR, 1)], "the line that has its stock goes on");
    let open = told("", &orders, &tables);
    assert_eq!(when(&open, "parcel-released").len(), 1, "without a dock it had left");
}

#[test]
fn a_cut_off_after_midnight_is_that_of_the_night_shift() {
    let keys = "opening_days = \"mon-fri\"\nopening_hours = \"22:00-06:00\"\ncut_off = \"02:00\"";
    // Monday at noon and at one in the night of Monday; at half past two; in Friday's night.
    let told = told(keys, &["12h", "1d1h", "1d2h30m", "5d3h"], "");
    let picked = [(22 * HOUR, 1), (DAY + HOUR, 2), (DAY + 22 * HOUR, 3), (7 * DAY + 22 * HOUR, 4)];
    assert_eq!(when(&told, "parcel-released"), picked);
    assert_eq!(why(&told), ["closed", "cut-off", "cut-off"]);
}

#[test]
fn what_comes_when_the_days_limit_is_reached_waits_for_the_limit_and_not_for_a_wave() {
    let keys = "parcels_per_day = 1\nwaves = \"2h\"\nopening_hours = \"08:00-16:00\"";
    let told = told(keys, &["7h", "9h", "15h"], "");
    assert_eq!(when(&told, "parcel-released"), [(8 * HOUR, 1), (DAY + 8 * HOUR, 2), (2 * DAY + 8 * HOUR, 3)]);
    assert_eq!(why(&told), ["closed", "limit", "wave"], "after the last wave, no limit of today matters");
}
