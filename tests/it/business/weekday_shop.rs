//! The shop that works on weekdays: its page in the docs says what it comes to, and the stories of its late orders say why.

use std::path::Path;

use backorder::domain::Model;
use backorder::engine::Plan;
use backorder::experiment::{Alternative, Conclusion, Judging, Settings, compare, replicate};
use backorder::measures::Metric;
use backorder::observe::Story;
use backorder::report::{Summary, run_document, text};

use crate::support::replay::{self, Folder};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shop(settings: &[(&str, &str)]) -> Model {
    let folder = root().join("scenarios");
    let text = std::fs::read_to_string(folder.join("weekday-shop.toml")).expect("the scenario is there");
    replay::load_with("weekday-shop.toml", &text, &Folder(folder), settings)
}

fn page() -> String {
    std::fs::read_to_string(root().join("docs/weekday-shop.md")).expect("the page is there")
}

/// The story of an order in its first replication, in one line.
fn story(number: u64) -> String {
    let model = shop(&[]);
    let mut story = Story::new(&model, number);
    Plan::new(&model).run(0, &mut story).expect("all of it can be counted");
    story.tell(80).expect("the order came up").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_tells(story: &str, sentences: &[&str]) {
    let mut from = 0;
    for sentence in sentences {
        match story[from..].find(sentence) {
            Some(at) => from += at + sentence.len(),
            None => panic!("missing, or not in this place: {sentence}\n\n{story}"),
        }
    }
}

#[test]
fn what_the_page_says_of_each_change_is_measured() {
    let page = page();
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| nothing") || line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 6);
    let in_percent = |mean: f64| format!("{:.1} %", 100.0 * mean);
    for row in rows {
        let change = row[0].trim_matches('`').split_once('=');
        let settings: Vec<(&str, &str)> = change.into_iter().collect();
        let results = replicate(&shop(&settings), &Settings::default()).expect("it runs");
        let share = |metric| results.estimate(metric).expect("it is promised").mean;
        let mut found = vec![in_percent(share(Metric::OnTimeOrderShare))];
        let zones = &results.by_zone;
        let in_time =
            zones.columns.iter().position(|column| column.metric == Metric::OnTimeOrderShare).expect("a column");
        for zone in 0..zones.ids.len() {
            found.push(in_percent(zones.row(zone)[in_time].estimate.expect("it is promised")));
        }
        found.push(in_percent(share(Metric::LateForLimitLineShare)));
        assert_eq!(row[1..], found, "{}", row[0]);
    }
}

#[test]
fn its_page_opens_with_where_promises_break_and_for_what() {
    let results = replicate(&shop(&[]), &Settings::default()).expect("it runs");
    let printed = text(&run_document(&Summary::from(&results)));
    let opening: Vec<&str> = printed.lines().skip_while(|line| !line.starts_with("91.2 %")).take(8).collect();
    assert!(
        page().contains(&opening.join("\n")),
        "docs/weekday-shop.md shows another opening than\n{}",
        opening.join("\n")
    );
}

#[test]
fn a_comparison_judges_whether_dates_are_kept_where_some_are_promised() {
    let alternative = |settings: &[(&str, &str)]| Alternative {
        name: "it".into(),
        changes: String::new(),
        model: shop(&[settings, &[("run.replications", "4")]].concat()),
    };
    let first_come = [("warehouses.depot.pick_order", "first-come")];
    let compared =
        compare(&[alternative(&[]), alternative(&first_come)], &Settings::default(), &Judging::default(), &[])
            .expect("it runs");
    let of = |metric: Metric| compared.contrasts[0][metric.index()].judged.map(|judged| judged.conclusion);
    assert_eq!(of(Metric::OnTimeOrderShare), Some(Conclusion::Worse));
    assert_eq!(of(Metric::UnitFillRate), Some(Conclusion::Same));
    // Nothing else that it judges tells the two apart.
    let told = Metric::ALL.iter().filter(|metric| matches!(of(**metric), Some(Conclusion::Better | Conclusion::Worse)));
    assert_eq!(told.count(), 1);
}

#[test]
fn the_story_of_a_late_order_tells_the_potterys_queue_the_limit_and_the_weekend_day_by_day() {
    assert_tells(
        &story(3720),
        &[
            "placed on day 92 09:53:54 (Tuesday, 2026-04-07): it had to wait for line 2 (1 × bowl).",
            "Tuesday, 2026-04-07 day 92 09:53:54 A customer in country orders 1 × plate and 1 × bowl.",
            "Line 1 (1 × plate) is promised to arrive by day 94 23:59:59 (Thursday, 2026-04-09): the page shows it in stock; \
             2 working days.",
            "38 bowl, which was promised for day 89 11:17:10 (Saturday, 2026-04-04); it waits at pottery, behind 82 units \
             ordered before.",
            "Wednesday, 2026-04-08 day 93 09:06:02 pottery dispatches 38 × bowl for depot.",
            "Friday, 2026-04-10 day 95 09:06:02 depot receives 38 × bowl.",
            "depot has picked as many parcels as it can on Friday, 2026-04-10. They can be picked from Monday, 2026-04-13, \
             08:00, on.",
            "Monday, 2026-04-13 day 98 08:00:00 Parcel 1 is picked at depot, 2d22h53m58s after it could leave",
            "it is 5d1h1s late, as it had its stock in time, and was held for the rest of the order.",
            "it is 1d1h1s late, as it could have been picked in time, but others were picked before it.",
            "Wednesday, 2026-04-15 day 100 01:00:00 Parcel 1 arrives.",
        ],
    );
}

#[test]
fn the_story_of_another_tells_that_the_mills_minimum_was_not_reached() {
    assert_tells(
        &story(2476),
        &[
            "Line 2 (1 × semolina) is promised to arrive by day 67 23:59:59 (Friday, 2026-03-13)",
            "depot wants semolina, but all it wants of mill comes to 104.00, and the minimum is 500.00: nothing is ordered yet.",
            "Friday, 2026-03-13 day 67 11:57:33 depot orders 81 × semolina from mill",
            "it is 5d1h1s late, as its stock came too late.",
        ],
    );
}

#[test]
fn the_auditor_has_nothing_to_object_to() {
    let run = replay::replay(&shop(&[("run.horizon", "8w"), ("run.warm_up", "0d")]));
    assert!(run.breaches.is_empty(), "{:?}", run.breaches);
}
