//! Levels that follow the season, and levels that are given from some day on.

use super::{ONE, Sheet, assert_same_measures, backorder, done, folder};
use crate::cli::stderr;
use crate::support::replay::{NoFiles, load};
use backorder::domain::{Model, SimTime};
use backorder::engine::{Observer, Occurrence, Plan};
use backorder::experiment::{Settings, planned, replicate};
use backorder::measures::Metric;
use std::fs;

const DAY: i64 = 86_400;

/// Twice as many in the second and the third twelfth of the year: from 30 days and 10 hours to 91 days and 6 hours.
const SEASON: &str = "yearly = [1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]";

fn following(more: &str) -> String {
    let replenishment = "[replenishment]\npolicy = \"base-stock\"\ntarget = { fill_rate = 0.81 }\n";
    ONE.replace("horizon = \"60d\"", "horizon = \"120d\"")
        + SEASON
        + &format!("\n{replenishment}follow = \"season\"\n{more}\n")
}

fn model(text: &str) -> Model {
    load("season.toml", text, &NoFiles)
}

/// What is ordered, and when.
#[derive(Default)]
struct Ordered(Vec<(SimTime, u32)>);

impl Observer for Ordered {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        if let Occurrence::ReplenishmentOrdered { units, .. } = what {
            self.0.push((now, units));
        }
    }
}

fn ordered(model: &Model) -> Vec<(SimTime, u32)> {
    let mut ordered = Ordered::default();
    Plan::new(model).run(0, &mut ordered).expect("it runs");
    ordered.0
}

/// Planned every week, for the nine days until what is ordered at its end has come. In days 28 to 37 the mean is (2.417 · 1 +
/// 6.583 · 2)/9 = 1.7315 of the ordinary rate, 5.19 in a lead time, of which 8 fill 81 %: P(Poisson(5.19) ≤ 7) = 0.8455, P(≤ 6) =
/// 0.7332. In days 84 to 93 it is 1.8056, for which 8 do, too: 0.8197; in days 91 to 100 it is 1.0278, and 5 just miss it: 0.8011; in
/// days 21 to 30 it is 1, in days 35 to 44 it is 2.
#[test]
fn levels_are_those_of_the_season_until_what_is_ordered_has_come() {
    let model = model(&following(""));
    let levels: Vec<(i64, i32)> =
        planned(&model).iter().map(|row| (row.from.0 / DAY, row.levels.order_up_to.expect("a level"))).collect();
    assert_eq!(levels, [(0, 5), (28, 8), (35, 9), (84, 8), (91, 6), (98, 5)]);
    // The mean of a week is what its forecast says: in days 28 to 37, 1.5 · 1.7315 a day.
    let forecast = planned(&model)[1].forecast_per_day;
    assert!((forecast - 1.5 * (2.416_666_7 + 2.0 * 6.583_333_3) / 9.0).abs() < 1e-6, "{forecast}");
    // When a level rises, the difference is ordered there and then.
    let ordered = ordered(&model);
    for (day, units) in [(28, 3), (35, 1)] {
        let then: Vec<u32> = ordered.iter().filter(|(at, _)| at.0 == day * DAY).map(|&(_, units)| units).collect();
        assert_eq!(then, [units], "day {day}");
    }
    // When it falls by one, and by two, so many sales are not ordered for.
    let asked = |from: i64| ordered.iter().filter(|(at, _)| (from * DAY..(from + 7) * DAY).contains(&at.0)).count();
    let flat = self::ordered(&self::model(&following("").replace("\"season\"", "\"mean\"")));
    let asked_flat = |from: i64| flat.iter().filter(|(at, _)| (from * DAY..(from + 7) * DAY).contains(&at.0)).count();
    assert_eq!((asked_flat(84) - asked(84), asked_flat(91) - asked(91)), (1, 2));
}

/// From 30 days and 10 hours to 91 days and 6 hours nobody asks for anything. Who waits by then is still served: the level that
/// fills what is asked for of a demand of nothing is a reorder point of 0, and not none at all.
#[test]
fn a_season_in_which_nothing_is_asked_for_has_levels() {
    let levels = |text: &str| -> Vec<(i64, Option<i32>)> {
        planned(&model(text)).iter().map(|row| (row.from.0 / DAY, row.levels.order_up_to)).collect()
    };
    let off = following("").replace("[1, 2, 2,", "[1, 0, 0,");
    let rows = levels(&off);
    assert_eq!((rows[0], rows.iter().find(|row| row.0 == 35)), ((0, Some(5)), Some(&(35, Some(1)))), "{rows:?}");
    assert!(rows.iter().all(|row| row.1.is_some()), "{rows:?}");
    // Three a day until then, of which those of two days wait: the review finds them, as none comes any more.
    let waiting = "[[open_orders]]\nplaced = \"1d\"\nzone = \"home\"\nlines = [{ product = \"whey\", units = 4 }]\n";
    let text =
        off.replace("[1, 0, 0,", "[0, 0, 0,").replace("base-stock", "periodic-R-S") + "review = \"7d\"\n" + waiting;
    let ordered = ordered(&model(&(text + "[[stock]]\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 0\n")));
    assert_eq!(ordered.first().map(|&(at, units)| (at.0, units)), Some((0, 4)), "{ordered:?}");
}

/// A product that is looked at every third review has to do until the third next one has brought what it orders: planned on day 28
/// for the week, two days of lead time and six between its reviews, of which 2.417 are of the ordinary rate and 12.583 of twice it.
#[test]
fn the_stretch_that_is_planned_for_has_the_review_period_of_the_product() {
    let text = following("review = \"2d\"").replace("base-stock", "periodic-R-S");
    let row = |text: &str| planned(&model(text)).into_iter().rfind(|row| row.from.0 <= 28 * DAY).expect("a row");
    let every_third = row(&text.replacen("unit_cost", "review_every = 3\nunit_cost", 1));
    let expected = 1.5 * (2.416_666_7 + 2.0 * 12.583_333_3) / 15.0;
    assert!((every_third.forecast_per_day - expected).abs() < 1e-6, "{every_third:?}");
    let each = 1.5 * (2.416_666_7 + 2.0 * 8.583_333_3) / 11.0;
    assert!((row(&text).forecast_per_day - each).abs() < 1e-6, "{:?}", row(&text));
}

#[test]
fn a_periodic_review_takes_the_levels_of_its_day() {
    let text = following("review = \"7d\"").replace("base-stock", "periodic-R-S");
    let model = model(&text);
    let rows = planned(&model);
    assert!(rows.len() > 3, "{rows:?}");
    // At every review, the order lifts the position to the level of that day: with stock at the level of the start, orders less
    // what was asked for since are what the level rose by.
    let highest = rows.iter().map(|row| row.levels.order_up_to.unwrap()).max().unwrap();
    assert!(highest > rows[0].levels.order_up_to.unwrap() + 5, "{rows:?}");
    let season: u32 = ordered(&model).iter().filter(|(at, _)| at.0 <= 42 * DAY).map(|&(_, units)| units).sum();
    let flat = self::model(&text.replace("\"season\"", "\"mean\""));
    let mean: u32 = ordered(&flat).iter().filter(|(at, _)| at.0 <= 42 * DAY).map(|&(_, units)| units).sum();
    let level = |model: &Model, day: i64| {
        let rows = planned(model);
        let now = rows.iter().rfind(|row| row.from.0 <= day * DAY).expect("a row");
        now.levels.order_up_to.expect("a level") - rows[0].levels.order_up_to.expect("a level")
    };
    assert_eq!(season as i32 - mean as i32, level(&model, 42) - level(&flat, 42));
}

/// A shop whose demand is twelve times as high at its peak as in its quietest months.
fn strong(follow: &str, target: f64) -> String {
    format!(
        "run = {{ horizon = \"2y\", warm_up = \"60d\", run_out = \"30d\", replications = 8, seed = 4 }}\n{}\
         vendors = [{{ id = \"acme\", lead_time = {{ gamma = {{ mean = \"10d\", cv = 0.3 }} }} }}]\n\
         products = [{{ id = \"whey\", vendor = \"acme\", unit_cost = 4.0 }}]\n\
         replenishment = {{ policy = \"s-S\", target = {{ fill_rate = {target} }}, follow = \"{follow}\" }}\n\
         demand = {{ orders_per_day = 10, yearly = [0.25, 0.25, 0.25, 0.5, 1, 1.5, 2, 3, 1.5, 1, 0.5, 0.25] }}\n\
         rules.cancellation.after = \"never\"\n",
        "zones = [{ id = \"home\" }]\nwarehouses = [{ id = \"boise\" }]\nlanes = [{ from = \"boise\", to = \"home\" }]\n"
    )
}

#[test]
fn on_a_strong_season_levels_that_follow_it_fill_more_from_less_stock() {
    let measured = |text: &str| {
        let results = replicate(&model(text), &Settings::default()).expect("it runs");
        [Metric::UnitFillRate, Metric::OnHandMeanUnits].map(|metric| results.estimate(metric).expect("measured").mean)
    };
    let [season, flat] = [measured(&strong("season", 0.95)), measured(&strong("mean", 0.95))];
    assert!(season[0] > flat[0] + 0.02, "{season:?} {flat:?}");
    assert!(season[1] < 0.9 * flat[1], "{season:?} {flat:?}");
    // Where it is followed the target is about what is filled.
    assert!((season[0] - 0.95).abs() < 0.02, "{season:?}");
}

#[test]
fn the_file_shows_how_levels_vary_and_can_be_given_back() {
    let folder = folder("season");
    fs::write(folder.join("one.toml"), following("")).unwrap();
    done(&folder, &["run", "one.toml"]);
    let out = folder.join("output/one");
    let levels = Sheet::read(out.join("levels.csv"));
    let column = |name: &str| (0..levels.rows.len()).map(|row| levels.cell(row, name).to_string()).collect::<Vec<_>>();
    assert_eq!(column("from"), ["0s", "28d", "35d", "84d", "91d", "98d"]);
    assert_eq!(column("order_up_to"), ["5", "8", "9", "8", "6", "5"]);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("5 to 9") && page.contains("planned anew every 7d"), "the page tells of it");
    fs::copy(out.join("levels.csv"), folder.join("given.csv")).unwrap();
    let given = following("").replace("follow = \"season\"", "").replace("target = { fill_rate = 0.81 }", "");
    fs::write(folder.join("given.toml"), given + "levels = { file = \"given.csv\" }\n").unwrap();
    done(&folder, &["run", "given.toml"]);
    assert_same_measures(&out, &folder.join("output/given"));
    let again = Sheet::read(folder.join("output/given/levels.csv"));
    assert_eq!(again.cell(1, "source"), "given.csv row 2");
    // A "what if" keeps all of them.
    done(&folder, &["run", "one.toml", "--set", "vendors.acme.lead_time=4d"]);
    let kept = Sheet::read(out.join("levels.csv"));
    assert_eq!((0..6).map(|row| kept.cell(row, "order_up_to")).collect::<Vec<_>>(), ["5", "8", "9", "8", "6", "5"]);
    assert!(kept.cell(1, "source").starts_with("kept: "), "{}", kept.cell(1, "source"));
}

#[test]
fn what_cannot_be_followed_is_told() {
    let folder = folder("season-wrong");
    let told = |text: &str, code: i32| {
        fs::write(folder.join("one.toml"), text).unwrap();
        let output = backorder(&folder, &["validate", "one.toml"]);
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        crate::cli::stdout(&output) + &stderr(&output)
    };
    assert!(told(&following("").replace(SEASON, ""), 0).contains("demand has no season"));
    let given = following("").replace("target = { fill_rate = 0.81 }", "order_up_to = 5");
    assert!(told(&given, 0).contains("no levels are derived from a target"));
    assert!(told(&following("plan_every = \"1h\""), 2).contains("`plan_every` must be at least a day, not 1h"));
    assert!(told(&following("").replace("\"season\"", "\"seasons\""), 2).contains("did you mean \"season\"?"));
    let rows = "[[replenishment.levels]]\nwarehouse = \"boise\"\nproduct = \"whey\"\norder_up_to = 5\nfrom = \"9d\"\n";
    assert!(told(&(following("") + rows + rows), 2).contains("there are two rows for \"whey\" in \"boise\""));
    assert_eq!(planned(&model(&(following("") + rows))).iter().map(|row| row.from.0 / DAY).collect::<Vec<_>>(), [0]);
}
