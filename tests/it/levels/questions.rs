//! The questions of `docs/questions.md`: each is answered by at most two commands, which are run here in a short form.

use super::{answered, backorder, folder};
use crate::cli::{scenario, stderr};
use crate::support::expected::root;
use backorder::domain::phrase::grouped;
use serde_json::Value as Json;
use std::fs;
use std::path::Path;

/// The commands of the page, question by question.
fn questions() -> Vec<(String, Vec<String>)> {
    let page = fs::read_to_string(root().join("docs/questions.md")).expect("the page is there");
    let sections = page.split("\n## ").skip(1);
    let question = |section: &str| {
        let title = section.lines().next().unwrap_or_default().to_string();
        let commands = section.split("```sh\n").skip(1).flat_map(|block| block.split("```").next());
        (title, commands.flat_map(str::lines).map(str::to_string).collect())
    };
    sections.map(question).collect()
}

/// The words of a command; apostrophes hold words together.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('\'').enumerate();
    let of = |(number, part): (usize, &str)| -> Vec<String> {
        if number % 2 == 1 { vec![part.to_string()] } else { part.split_whitespace().map(str::to_string).collect() }
    };
    parts.flat_map(of).collect()
}

/// The folder of scenarios, as the page names it.
fn shop(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    let place = folder.join("scenarios/shop");
    fs::create_dir_all(&place).expect("a folder for the test");
    for file in ["shop.toml", "products.csv"] {
        fs::copy(scenario("shop").join(file), place.join(file)).expect("a file of the shop");
    }
    folder
}

/// Runs a command of the page over fewer replications; as it stands there where time is given.
fn run_command(folder: &Path, command: &str) {
    let mut all = words(command);
    assert_eq!(all.remove(0), "backorder", "{command}");
    let more = match all[0].as_str() {
        _ if in_full() => &[][..],
        "tune" => &["--budget", "40", "--replications", "2", "--set", "run.horizon=60d"],
        // Of a year, as on the page: an event is on for a part of it.
        _ => &["--replications", "3"],
    };
    all.extend(more.iter().copied().map(String::from));
    // So few replications need not show what the page's do.
    answered(folder, &all.iter().map(String::as_str).collect::<Vec<_>>());
}

/// Whether commands are run as they stand on the page, so that its figures have to be theirs to the last digit.
fn in_full() -> bool {
    std::env::var_os("BACKORDER_LONG").is_some()
}

/// A number of the page: what it says, and to how many decimals.
#[derive(Clone, Copy, Debug)]
struct Said {
    value: f64,
    decimals: usize,
}

/// The numbers of a section that stand where `#` stands in a piece of its text; emphasis and line ends apart.
#[track_caller]
fn said(section: &str, piece: &str) -> Vec<Said> {
    let plain = |text: &str| text.replace('*', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let (section, piece) = (plain(section), plain(piece));
    let parts: Vec<&str> = piece.split('#').collect();
    let number = |text: &str| {
        let length = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(text.len());
        let written = text[..length].trim_end_matches(['.', ',']);
        let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        Some((Said { value: written.replace(',', "").parse().ok()?, decimals }, written.len()))
    };
    let read = |start: usize| -> Option<Vec<Said>> {
        let mut rest = section[start..].strip_prefix(parts[0])?;
        let mut found = Vec::new();
        for part in &parts[1..] {
            let (said, length) = number(rest)?;
            found.push(said);
            rest = rest[length..].strip_prefix(part)?;
        }
        Some(found)
    };
    let starts = section.char_indices().map(|(at, _)| at);
    starts.filter_map(read).next().unwrap_or_else(|| panic!("the page does not say: {piece}\n{section}"))
}

/// A figure of a comparison: a measure of the first scenario, or what another one changes of it, with its half-width.
fn figure(folder: &Path, measure: &str, is_change: bool) -> (f64, f64) {
    let text = fs::read_to_string(folder.join("output/compare-shop/comparison.json")).expect("a comparison");
    let json: Json = serde_json::from_str(&text).expect("it is JSON");
    let of = if is_change {
        &json["comparisons"][0]["differences"][measure]
    } else {
        &json["scenarios"][0]["metrics"][measure]
    };
    let number = |name: &str| of[name].as_f64().unwrap_or_else(|| panic!("no {name} of {measure}: {of}"));
    (number("mean"), number("half_width"))
}

/// Holds what the page says of a change beside what was measured: to the last digit where the commands ran in full, else as near as
/// fewer replications come.
#[track_caller]
fn assert_said(folder: &Path, section: &str, piece: &str, (measure, is_change, times): (&str, bool, f64)) {
    let numbers = said(section, piece);
    let (mean, half_width) = figure(folder, measure, is_change);
    let (mean, half_width) = (mean * times, half_width * times.abs());
    let same = |said: Said, found: f64| (said.value - found).abs() <= 0.5001 * 10_f64.powi(-(said.decimals as i32));
    if in_full() {
        assert!(same(numbers[0], mean), "{piece}: the page says {}, and it is {mean}", numbers[0].value);
        if let Some(&said) = numbers.get(1) {
            assert!(same(said, half_width), "{piece}: the page says ± {}, and it is {half_width}", said.value);
        }
        return;
    }
    let on_the_page = numbers.get(1).map_or(0.0, |said| said.value);
    // Three replications have wide intervals, of 4.3 standard errors; a sixth of the figure is room enough beside them.
    let room = half_width + on_the_page + 10_f64.powi(-(numbers[0].decimals as i32)) + numbers[0].value.abs() / 6.0;
    assert!((mean - numbers[0].value).abs() <= room, "{piece}: the page says {}, and it is {mean}", numbers[0].value);
}

/// A measure, whether its change is meant, and what makes of it the number that the page says.
type Of = (&'static str, bool, f64);

/// What the page says under a question, with `#` for its numbers, and what each is of. The second number of a piece is the half-width.
fn figures_of(title: &str) -> &'static [(&'static str, Of)] {
    match title {
        "What does 98 % cost instead of 95 %?" => &[
            ("Stock worth # ± # more", ("on_hand_mean_cost", true, 1.0)),
            ("more, on #, and it pays", ("on_hand_mean_cost", false, 1.0)),
            ("Units filled at once rise by # ± # points", ("unit_fill_rate", true, 100.0)),
            ("orders by # points", ("order_fill_rate", true, 100.0)),
            ("An order costs # ± # less", ("cost_per_order", true, -1.0)),
            ("# more for holding", ("cost_per_order_holding", true, 1.0)),
            ("# less for further parcels", ("cost_per_order_extra_parcels", true, -1.0)),
        ],
        "What if we close a warehouse?" => &[
            ("An order costs # ± # less without Memphis", ("cost_per_order", true, -1.0)),
            ("Of the saving # is the rent of Memphis", ("cost_per_order_fixed", true, -1.0)),
            ("parcels go farther (+#)", ("cost_per_order_parcels", true, 1.0)),
            ("fewer orders are split (−#)", ("cost_per_order_extra_parcels", true, -1.0)),
            ("Stock falls by # ± #", ("on_hand_mean_cost", true, -1.0)),
            ("Fill falls by # points", ("unit_fill_rate", true, -100.0)),
        ],
        "What if a vendor takes twice as long from day 100 to day 160?" => &[
            ("fill falls by # ± # points", ("unit_fill_rate", true, -100.0)),
            ("that of orders by # ± #", ("order_fill_rate", true, -100.0)),
            ("an order costs # ± # more", ("cost_per_order", true, 1.0)),
            ("Who waits, waits # ± # days longer", ("backorder_wait_days_mean", true, 1.0)),
        ],
        "What capital does three days more wait free?" => &[
            ("# ± # of 118,415", ("on_hand_mean_cost", true, -1.0)),
            ("Of the units # ± # points fewer", ("unit_fill_rate", true, -100.0)),
            ("an order costs # ± # more", ("cost_per_order", true, 1.0)),
        ],
        _ => &[],
    }
}

#[test]
fn each_question_has_at_most_two_commands_whose_figures_are_those_of_the_page() {
    let folder = shop("questions");
    let page = fs::read_to_string(root().join("docs/questions.md")).expect("the page is there");
    let questions = questions();
    assert!(questions.len() >= 5, "{questions:?}");
    let mut held = 0;
    for ((title, commands), section) in questions.into_iter().zip(page.split("\n## ").skip(1)) {
        assert!((1..=2).contains(&commands.len()), "{title}: {commands:?}");
        for command in commands.iter().filter(|command| command.starts_with("backorder ")) {
            run_command(&folder, command);
        }
        for (piece, of) in figures_of(&title) {
            assert_said(&folder, section, piece, *of);
            held += 1;
        }
        if title == "What does 98 % cost instead of 95 %?" {
            // What is planned depends on no replication.
            let planned = said(section, "# units in the mean instead of #");
            let planned: Vec<String> = planned.into_iter().map(|said| grouped(said.value, 0)).collect();
            let told = fs::read_to_string(folder.join("output/compare-shop/comparison.json")).expect("a comparison");
            let note = format!("levels are planned for it: {} units in the mean", planned[0]);
            assert!(
                told.contains(&note) && told.contains(&format!("instead of {} (", planned[1])),
                "{planned:?}: {told}"
            );
        }
    }
    assert_eq!(held, 20, "the figures of four questions");
    // Of all that was simulated and fills as much as is asked for, the proposal is the one whose orders cost least.
    let told = fs::read_to_string(folder.join("output/tune-shop/tune.json")).expect("a tuning");
    let tuning: Json = serde_json::from_str(&told).expect("it is JSON");
    let listed = |name: &str| tuning[name].as_array().unwrap_or_else(|| panic!("no {name}")).clone();
    let looked_at = [listed("path"), listed("ladder")].concat();
    let number = |of: &Json, name: &str| of[name].as_f64().unwrap_or(f64::NAN);
    let is_proposed = |it: &&Json| {
        let same = |of: &str, in_list: &str| tuning[of].is_number() && tuning[of] == it[in_list];
        same("price_per_unit_filled", "price_per_unit_filled") || same("all_levels_by_steps", "steps")
    };
    let proposed = looked_at.iter().find(is_proposed).expect("it was tried");
    if tuning["feasible"] == true {
        let holds = |it: &&Json| number(&it["service"], "mean") - number(&it["service"], "half_width") >= 0.99;
        let costs = looked_at.iter().filter(holds).map(|it| number(&it["objective"], "mean"));
        let least = costs.fold(f64::INFINITY, f64::min);
        assert!(number(&proposed["objective"], "mean") <= least, "{looked_at:?}");
    }
    let levels = super::Sheet::read(folder.join("output/tune-shop/levels.csv"));
    assert_eq!(levels.header[7], "product_units_filled_change_per_year", "the page sorts by it");
    assert_eq!(levels.rows.len(), 420, "the page says of how many pairs");
}

#[test]
fn the_shop_is_what_its_script_makes() {
    let python = std::process::Command::new("python3").arg("--version").output();
    if !python.is_ok_and(|python| python.status.success()) {
        return;
    }
    let folder = folder("derived");
    fs::copy(scenario("shop").join("derive.py"), folder.join("derive.py")).unwrap();
    let made = std::process::Command::new("python3").arg("derive.py").current_dir(&folder).status().unwrap();
    assert!(made.success());
    let [made, kept] =
        [folder.join("products.csv"), scenario("shop").join("products.csv")].map(|path| fs::read(path).unwrap());
    assert!(made == kept, "products.csv is not what derive.py makes");
    assert_eq!(kept.iter().filter(|byte| **byte == b'\n').count(), 301);
    let told = backorder(&folder, &["validate", &scenario("shop/shop.toml").display().to_string()]);
    assert!(told.status.success() && stderr(&told).is_empty(), "{}", stderr(&told));
}
