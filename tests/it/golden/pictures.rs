//! Pictures kept of what people look at. Open `report/report.html` and `report/charts/*.svg` in a browser to see them.
//!
//! They are made of the data in the same folder, which stay as they are whatever the engine does. After a change that is
//! meant, `UPDATE_EXPECTED=1 cargo test --test it golden` makes them anew; `git diff` then shows what changed.

use std::path::{Path, PathBuf};

use backorder::report::{self, Effect, Kind, Outcome};

use crate::support::expected;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/report")
}

/// The data of a result: `tests/browser/scenarios/retailer.toml`, run once and kept.
fn data() -> Vec<(String, String)> {
    data_in(&folder())
}

fn data_in(folder: &Path) -> Vec<(String, String)> {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).map(|text| (name.to_string(), text));
    report::DATA_FILES.into_iter().filter_map(|name| read(name).ok()).collect()
}

/// Compares with the picture kept.
#[track_caller]
fn compare(name: &str, text: &str) {
    let advice = "If that was meant: UPDATE_EXPECTED=1 cargo test --test it golden, and look at the pictures.";
    expected::matches(&Path::new("tests/it/golden/report").join(name), text, advice);
}

#[test]
fn page_and_charts_are_those_kept() {
    let made = report::rendered(report::Kind::Run, &data()).expect("the data kept can be read");
    let names: Vec<&str> = made.iter().map(|(name, _)| name.as_str()).collect();
    // Its scenario has no events, promises no dates, and its places are on the map: those charts are kept below.
    let elsewhere = ["events.svg", "late.svg", "served.svg"];
    for (chart, _) in report::chart_catalogue().filter(|(chart, _)| !elsewhere.contains(&chart.as_str())) {
        assert!(names.contains(&format!("charts/{chart}").as_str()), "{chart} has something to show: {names:?}");
    }
    for (name, text) in &made {
        compare(name, text);
    }
}

#[test]
fn the_chart_of_events_is_the_one_kept() {
    // A shop of twelve products through a slow vendor, a flood and a sale.
    let data = data_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/events"));
    let made = report::rendered(report::Kind::Run, &data).expect("the data kept can be read");
    let text = |name: &str| &made.iter().find(|(file, _)| file == name).expect("it is made").1;
    let advice = "If that was meant: UPDATE_EXPECTED=1 cargo test --test it golden, and look at the picture.";
    expected::matches(Path::new("tests/it/golden/events/charts/events.svg"), text("charts/events.svg"), advice);
    let page = text("report.html");
    for part in [
        "Lines filled at once around events",
        "port strike",
        "by_event.csv",
        "It has recovered at the end of the first day",
    ] {
        assert!(page.contains(part), "{part} is not on the page");
    }
}

#[test]
fn the_charts_of_promised_dates_and_of_who_is_served_from_where_are_those_kept() {
    // Lines come late for each reason that there is, and no place has coordinates.
    let folder = Path::new("tests/it/golden/promises");
    let data = data_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let made = report::rendered(report::Kind::Run, &data).expect("the data kept can be read");
    let advice = "If that was meant: UPDATE_EXPECTED=1 cargo test --test it golden, and look at the pictures.";
    for name in ["charts/late.svg", "charts/served.svg"] {
        let (_, text) = made.iter().find(|(file, _)| file == name).expect("it is made");
        expected::matches(&folder.join(name), text, advice);
    }
}

/// A page without what other tests hold: its style and script, the charts (kept as files of their own) and the data it offers.
fn bare(page: &str) -> String {
    let mut text = page.to_string();
    for (from, to) in [("<style", "</style>"), ("<script", "</script>"), ("<svg", "</svg>"), ("href=\"data:", "\"")] {
        let mut left = String::new();
        while let Some(at) = text.find(from) {
            let inside = at + from.len();
            let end = text[inside..].find(to).map_or(text.len(), |end| inside + end + to.len());
            left.push_str(&text[..at]);
            text.replace_range(..end, "");
        }
        text = left + &text;
    }
    // A line for each element, so that a difference is read at once.
    text.replace("><", ">\n<")
}

#[test]
fn pages_and_charts_of_every_other_kind_are_those_kept() {
    for (name, kind) in [
        ("comparison", Kind::Comparison),
        ("rule_worth", Kind::RuleWorth),
        ("sweep", Kind::Sweep),
        ("goal", Kind::Sweep),
        ("tune", Kind::Tune),
        ("tune_levels", Kind::Tune),
    ] {
        let folder = Path::new("tests/it/golden").join(name);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder);
        let read = |file: String| std::fs::read_to_string(path.join(&file)).ok().map(|text| (file, text));
        let data: Vec<(String, String)> = kind.data_files().into_iter().filter_map(read).collect();
        let made = report::rendered(kind, &data).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
        assert!(made.len() > 1, "{name} has a chart");
        let advice = "If that was meant: UPDATE_EXPECTED=1 cargo test --test it golden, and look at the pages.";
        for (file, text) in &made {
            let text = if file == "report.html" { bare(text) } else { text.clone() };
            expected::matches(&folder.join(file), &text, advice);
        }
    }
}

#[test]
fn a_tuning_kept_before_its_settings_had_names_calls_them_by_their_keys() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/tune");
    let text = std::fs::read_to_string(folder.join("tune.json")).expect("it is kept");
    let unnamed: Vec<&str> = text.lines().filter(|line| !line.contains("\"label\"")).collect();
    let made = report::rendered(Kind::Tune, &[("tune.json".into(), unnamed.join("\n"))]).expect("it can be read");
    let page = &made.iter().find(|(name, _)| name == "report.html").expect("a page").1;
    for part in
        ["instead of 10.23 ± 0.13: replenishment.reorder_point=29, ", "of its range: replenishment.reorder_point;"]
    {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn rendering_again_gives_the_same_bytes() {
    assert_eq!(report::rendered(report::Kind::Run, &data()), report::rendered(report::Kind::Run, &data()));
}

#[test]
fn the_forest_plot_is_the_one_kept() {
    let effect = |label: &str, mean: f64, half_width: Option<f64>, outcome, shown: &str| {
        let (label, shown) = (label.into(), shown.into());
        Effect { label, mean, half_width, outcome, shown }
    };
    let effects = [
        effect("orders filled at once", 2.4, Some(0.6), Outcome::Better, "+2.4 ± 0.6"),
        effect("orders split", 1.1, Some(0.3), Outcome::Worse, "+1.1 ± 0.3"),
        effect("orders with an auto-cancellation", -0.02, Some(0.05), Outcome::Alike, "−0.02 ± 0.05"),
        effect("lines swapped", -0.4, Some(0.1), Outcome::Changed, "−0.4 ± 0.1"),
        effect("backorder notices sent late", 0.0, None, Outcome::Alike, "0.0 ± –"),
    ];
    let chart = report::forest("What the change does", "difference, percentage points", &effects);
    let chart = chart.expect("there are differences");
    let finding = "1 better, 1 worse, 1 changed, 2 alike or unclear; the largest difference is in orders filled at once: +2.4 ± 0.6.";
    assert_eq!(chart.caption, finding);
    compare("charts/differences.svg", &chart.standalone());
    assert!(report::forest("nothing", "units", &[]).is_none());
    let alike = report::forest("no change", "days", &effects[4..]).expect("there is one");
    assert_eq!(alike.caption, "None of 1 difference can be told apart from chance.");
}

#[test]
fn a_folder_that_lacks_a_file_is_told_which() {
    let mut files = data();
    files.retain(|(name, _)| name != "by_zone.csv");
    assert_eq!(report::rendered(report::Kind::Run, &files), Err(vec!["by_zone.csv is missing".to_string()]));
    files.push(("by_zone.csv".into(), "zone,orders\nhome,1,2\n".into()));
    let wrong = report::rendered(report::Kind::Run, &files).expect_err("columns are missing, and a row is too long");
    assert!(wrong[0].starts_with("by_zone.csv:1: the column `"), "{wrong:?}");
    assert!(wrong.contains(&"by_zone.csv:2: the line has 3 fields, and the header 2".to_string()), "{wrong:?}");
}

#[test]
fn tables_that_were_cut_off_or_have_other_columns_are_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden");
    let read = |folder: &str, name: &str| {
        let text = std::fs::read_to_string(root.join(folder).join(name)).expect("it is kept");
        (name.to_string(), text)
    };
    let mut sweep = vec![read("sweep", "sweep.json"), read("sweep", "cells.csv")];
    let columns = sweep[1].1.lines().next().expect("a header").split(',').count();
    sweep[1].1.push_str("9,only,three\n");
    let wrong = report::rendered(Kind::Sweep, &sweep).expect_err("a row is too short");
    let line = sweep[1].1.lines().count();
    assert_eq!(wrong, [format!("cells.csv:{line}: the line has 3 fields, and the header {columns}")]);
    sweep[1].1.clear();
    assert_eq!(report::rendered(Kind::Sweep, &sweep), Err(vec!["cells.csv:1: it is empty".to_string()]));
    // A run with events has a table of them, with columns of its own.
    let mut events = data_in(&root.join("events"));
    let table = events.iter_mut().find(|(name, _)| name == "by_event.csv").expect("a table of events");
    table.1 = table.1.replacen("recovery_days", "recovered_days", 1);
    let wrong = report::rendered(Kind::Run, &events).expect_err("a column is gone");
    assert!(wrong.iter().any(|it| it.starts_with("by_event.csv:1: ") && it.contains("recovery_days")), "{wrong:?}");
}
