//! The questions of `docs/questions.md`: each is answered by at most two commands, which are run here in a short form.

use super::{backorder, done, folder};
use crate::cli::{scenario, stderr};
use crate::support::expected::root;
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

/// Runs a command of the page over fewer and shorter replications.
fn in_short(folder: &Path, command: &str) {
    let mut all = words(command);
    assert_eq!(all.remove(0), "backorder", "{command}");
    let more = match all[0].as_str() {
        "tune" => ["--budget", "40", "--replications", "2", "--set", "run.horizon=60d"],
        _ => ["--replications", "3", "--set", "run.warm_up=60d", "--set", "run.horizon=150d"],
    };
    all.extend(more.map(String::from));
    done(folder, &all.iter().map(String::as_str).collect::<Vec<_>>());
}

/// What a comparison measured of a change.
fn change(folder: &Path, measure: &str) -> f64 {
    let text = fs::read_to_string(folder.join("output/compare-shop/comparison.json")).expect("a comparison");
    let json: Json = serde_json::from_str(&text).expect("it is JSON");
    json["comparisons"][0]["differences"][measure]["mean"].as_f64().unwrap_or_else(|| panic!("no change of {measure}"))
}

#[test]
fn each_question_has_at_most_two_commands_and_all_of_them_run() {
    let folder = shop("questions");
    let questions = questions();
    assert!(questions.len() >= 5, "{questions:?}");
    for (title, commands) in questions {
        assert!((1..=2).contains(&commands.len()), "{title}: {commands:?}");
        for command in commands.iter().filter(|command| command.starts_with("backorder ")) {
            in_short(&folder, command);
        }
        // The direction of what the page answers.
        match title.as_str() {
            "What does 98 % cost instead of 95 %?" => {
                assert!(change(&folder, "on_hand_mean_cost") > 10_000.0 && change(&folder, "unit_fill_rate") > 0.005);
            }
            "What if we close a warehouse?" => {
                assert!(change(&folder, "cost_per_order") < -0.5 && change(&folder, "on_hand_mean_cost") < 0.0);
            }
            "What if a vendor takes twice as long from day 100 to day 160?" => {
                assert!(change(&folder, "unit_fill_rate") < -0.002);
            }
            "What capital does three days more wait free?" => {
                assert!(change(&folder, "on_hand_mean_cost") < -5_000.0 && change(&folder, "unit_fill_rate") < 0.0);
            }
            _ => {}
        }
    }
    let levels = super::Sheet::read(folder.join("output/tune-shop/levels.csv"));
    assert_eq!(levels.header[7], "product_units_filled_change_per_year", "the page sorts by it");
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
