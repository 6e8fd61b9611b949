//! `new`, `completions`, `man`: what somebody meets who has nothing yet.

use super::{assert_exit, backorder, folder, stderr, stdout};

const COMMANDS: [&str; 9] = ["run", "compare", "trace", "validate", "rules", "report", "schema", "new", "completions"];

#[test]
fn a_new_folder_holds_a_scenario_that_runs() {
    let folder = folder("new");
    let output = backorder(&folder, "new shop --orders-per-day 20 --warehouses 3");
    assert_exit(&output, 0);
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("backorder run shop/scenario.toml"), "{}", stderr(&output));
    let text = std::fs::read_to_string(folder.join("shop/scenario.toml")).expect("a scenario");
    assert!(text.starts_with("#:schema "), "an editor looks for it on the first line");
    assert!(text.lines().all(|line| line.chars().count() <= 120));
    let output = backorder(&folder, "validate shop/scenario.toml");
    assert_exit(&output, 0);
    assert!(stdout(&output).contains("4 zones, 3 warehouses, 100 products, 2 vendors, 20 generated orders a day"));
    assert_eq!(stderr(&output), "", "and leaves nothing to warn of");
    assert_exit(&backorder(&folder, "run shop/scenario.toml --replications 1 --quiet -o out"), 0);
}

#[test]
fn nobody_is_asked_where_nobody_can_answer_and_nothing_is_overwritten() {
    let folder = folder("new-again");
    assert_exit(&backorder(&folder, "new shop"), 0);
    let first = std::fs::read(folder.join("shop/scenario.toml")).expect("a scenario");
    let output = backorder(&folder, "new shop --orders-per-day 5");
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("shop/scenario.toml is there already"), "{}", stderr(&output));
    assert_eq!(std::fs::read(folder.join("shop/scenario.toml")).expect("a scenario"), first);
    for wrong in ["new shop2 --warehouses 9", "new shop2 --orders-per-day 0"] {
        assert_exit(&backorder(&folder, wrong), 2);
    }
    assert!(!folder.join("shop2").exists());
}

#[test]
fn shells_and_the_manual_know_every_command() {
    let folder = folder("manual");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = backorder(&folder, &format!("completions {shell}"));
        assert_exit(&output, 0);
        for command in COMMANDS {
            assert!(stdout(&output).contains(command), "{shell} does not know {command}");
        }
    }
    let output = backorder(&folder, "man");
    assert_exit(&output, 0);
    let page = stdout(&output);
    assert!(page.contains(".TH backorder 1") && page.contains(".SH \"EXIT STATUS\""), "{page}");
    for command in COMMANDS {
        assert!(page.contains(&format!(".SH \"BACKORDER {}\"", command.to_uppercase())), "{command}");
    }
    assert!(page.contains("\\-\\-replications") && page.contains("\\-\\-warehouses"));
}

#[test]
fn no_colours_where_there_is_no_terminal() {
    let folder = folder("colours");
    let output = backorder(&folder, "run @rules/swap.toml -o out");
    assert!(!stdout(&output).contains('\u{1b}') && !stderr(&output).contains('\u{1b}'));
}

#[test]
fn what_only_writes_files_names_them_in_json() {
    let folder = folder("written");
    let written = |arguments: &str| {
        let output = backorder(&folder, arguments);
        assert_exit(&output, 0);
        let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON and nothing else");
        let paths =
            json["written"].as_array().expect("a list").iter().map(|path| path.as_str().expect("a path").into());
        paths.collect::<Vec<String>>()
    };
    assert_eq!(written("new shop --json --quiet"), ["shop/scenario.toml", "shop/backorder.schema.json"]);
    assert_exit(&backorder(&folder, "run shop/scenario.toml --replications 1 --quiet -o out"), 0);
    let again = written("report out --json --quiet");
    assert!(again.contains(&"out/report.html".to_string()) && again.len() > 3, "{again:?}");
    assert_eq!(written("trace shop/scenario.toml --ocel log.json --json --quiet"), ["log.json"]);
    assert!(again.iter().chain(&["log.json".to_string()]).all(|path| folder.join(path).is_file()));
}
