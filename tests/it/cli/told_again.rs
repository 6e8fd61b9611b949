//! What a page tells of its inputs, and the command on it, which gives the result again in the folder of what it names.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{assert_exit, folder, with};
use crate::sweep::assert_same;

/// A shop whose products stand in a folder beside its own, and a study of it.
fn shop(name: &str) -> PathBuf {
    let folder = folder(name);
    for below in ["plans", "shared"] {
        fs::create_dir(folder.join(below)).expect("a folder");
    }
    fs::write(folder.join("shared/products.csv"), "id,vendor,price,unit_cost,share\np,v,10,4,3\nslow,v,30,12,1\n")
        .expect("the products");
    let text = "name = \"shop\"\n[run]\nhorizon = \"60d\"\nreplications = 3\n[[zones]]\nid = \"home\"\n\
                [[warehouses]]\nid = \"w\"\n[[warehouses]]\nid = \"x\"\n\
                [[lanes]]\nfrom = \"w\"\nto = \"home\"\nparcel_cost = 5\n[[lanes]]\nfrom = \"x\"\nto = \"home\"\nparcel_cost = 6\n\
                [[vendors]]\nid = \"v\"\nlead_time = \"3d\"\norder_cost = 20\n\
                products = { file = \"../shared/products.csv\" }\n[demand]\norders_per_day = 6\n\
                [replenishment]\npolicy = \"r-Q\"\nreorder_point = 8\nquantity = 30\n[costs]\nholding_rate = 0.25\n";
    // A key of the file's own goes before its tables.
    let text = text.replacen("products = { file = \"../shared/products.csv\" }\n", "", 1);
    let text = format!("products = {{ file = \"../shared/products.csv\" }}\n{text}");
    fs::write(folder.join("plans/shop.toml"), text).expect("the scenario");
    let study = "name = \"limits\"\nscenario = \"shop.toml\"\nset = [\"run.horizon=40d\"]\n\
                 [[axes]]\nkey = \"rules.cancellation.after\"\nvalues = \"5d..40d step 1d\"\nlabel = \"the limit\"\n\
                 [[axes]]\nname = \"stock\"\nvariants = [\"less: replenishment.quantity=20\", \"more: replenishment.quantity=40\"]\n";
    fs::write(folder.join("plans/study.toml"), study).expect("the study");
    folder
}

fn kept(folder: &Path, file: &str) -> Value {
    let text = fs::read_to_string(folder.join(file)).expect("a file of the result");
    serde_json::from_str(&text).expect("JSON")
}

#[cfg(unix)]
#[test]
fn the_command_on_a_page_gives_its_bytes_again_where_the_scenario_stands() {
    let folder = shop("told-again");
    for (name, words, more) in [
        ("run", "run plans/shop.toml", &[][..]),
        ("compare", "compare plans/shop.toml --set replenishment.quantity=40", &[]),
        ("rules", "compare --rules plans/shop.toml", &[]),
        (
            "grid",
            "sweep plans/shop.toml --vary replenishment.quantity=20,30 --vary sourcing.policy=nearest,cheapest",
            &[],
        ),
        (
            "zip",
            "sweep plans/shop.toml --zip --vary replenishment.quantity=20,30 --vary replenishment.reorder_point=5,6",
            &[],
        ),
        ("study", "sweep plans/study.toml --seed 9", &[]),
        ("goal", "sweep plans/shop.toml --over replenishment.reorder_point=0..9 --find", &["unit_fill_rate >= 0.2"]),
        ("tune", "tune plans/shop.toml --vary replenishment.reorder_point=5..9 --budget 40 --replications 3", &[]),
        ("levels", "tune plans/shop.toml --budget 60 --replications 3 --require", &["unit_fill_rate >= 0.2"]),
    ] {
        let first = with(&folder, words, &[more, &["--allow-files", "shared", "-q", "-o", name]].concat());
        assert_exit(&first, 0);
        let told = kept(&folder.join(name), if name == "run" { "report.json" } else { "inputs.json" });
        let command = told["origin"]["command"].as_str().expect("a command");
        assert!(!command.contains("plans/") && command.contains("--allow-files ../shared"), "{command}");
        let program = env!("CARGO_BIN_EXE_backorder");
        let line = format!("{} -q -o ../{name}-again", command.replacen("backorder", program, 1));
        let again = std::process::Command::new("sh").args(["-c", &line]).current_dir(folder.join("plans")).output();
        assert_exit(&again.expect("a shell"), 0);
        assert_same(&folder.join(name), &folder.join(format!("{name}-again")));
    }
}

#[cfg(unix)]
#[test]
fn the_command_that_is_told_writes_the_same_files_whatever_more_was_asked_for() {
    let folder = shop("told-files");
    let again = |name: &str| {
        let told = kept(&folder.join(name), "provenance.json");
        let command = told["reproduce"].as_str().expect("a command").to_string();
        let line = command.replacen("backorder", env!("CARGO_BIN_EXE_backorder"), 1);
        let line = format!("{line} -q -o {name}-again");
        let again = std::process::Command::new("sh").args(["-c", &line]).current_dir(&folder).output();
        assert_exit(&again.expect("a shell"), 0);
        assert_same(&folder.join(name), &folder.join(format!("{name}-again")));
        command
    };
    for (name, words, options) in [
        ("tables", "run plans/shop.toml --parquet", " --parquet"),
        // What has nothing to say in this scenario is left out.
        ("levers", "run plans/shop.toml --parquet --what-if --embed-orders", " --parquet --what-if"),
        (
            "planned",
            "tune plans/shop.toml --replan --vary replenishment.reorder_point=5..9 --budget 40 --replications 3",
            " --replan",
        ),
    ] {
        assert_exit(&with(&folder, words, &["--allow-files", "shared", "-q", "-o", name]), 0);
        let command = again(name);
        assert!(command.ends_with(options), "{command}");
    }
    // The command on a page gives that page, and data that are the same with levers and without say nothing of them.
    let on_page = || {
        let page = fs::read_to_string(folder.join("levers/report.html")).expect("a page");
        let (_, command) = page.split_once("backorder run shop.toml").expect("the command");
        command.split_once("</").expect("its end").0.to_string()
    };
    let levers = on_page();
    assert!(levers.ends_with(" --parquet --what-if"), "{levers}");
    let command = kept(&folder.join("levers"), "report.json")["origin"]["command"].as_str().unwrap().to_string();
    assert!(command.ends_with(" --parquet"), "{command}");
    assert_exit(&with(&folder, "report levers -q", &[]), 0);
    assert_eq!(format!("{} --what-if", on_page()), levers);
}

#[test]
fn the_page_of_a_sweep_tells_what_is_varied_and_what_stays() {
    let folder = shop("told-sweep");
    assert_exit(&with(&folder, "sweep plans/study.toml --allow-files shared -q -o out", &[]), 0);
    let told = kept(&folder.join("out"), "inputs.json");
    let axis = |number: usize| &told["varied"][number];
    assert_eq!((&axis(0)["label"], &axis(0)["values"]), (&"the limit".into(), &"5d to 40d, 36 values".into()));
    // Of a long range its ends, and how it is in the scenario.
    let limit = &axis(0)["inputs"][0];
    assert_eq!(limit["at"].as_array().map(Vec::len), Some(2), "{limit}");
    assert!(limit["own"].is_string() && limit["at"][0][1] != limit["at"][1][1], "{limit}");
    assert_eq!(axis(1)["values"], "less, more");
    let levels = &axis(1)["inputs"].as_array().expect("inputs");
    assert!(levels.iter().any(|it| it["at"][0][0] == "less"), "{levels:?}");
    assert_eq!(told["asked"], serde_json::json!([["Settings of all cells", "horizon 40d"]]));
    let rows = |name: &str| {
        let groups = told["shared"].as_array().expect("groups").iter();
        groups
            .filter(|group| group["heading"] == name)
            .flat_map(|group| group["rows"].as_array().unwrap().clone())
            .collect::<Vec<_>>()
    };
    assert!(
        rows("Cost rates").len() > 1 && rows("Parcels").iter().any(|row| row[1] == "5.00 to 6.00, 5.50 on average"),
        "{told}"
    );
    assert!(!rows("Settings of the rules").iter().any(|row| row[0] == limit["what"]), "it is varied");
    let sources: Vec<&str> =
        told["origin"]["sources"].as_array().unwrap().iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(sources, ["study.toml", "shop.toml", "../shared/products.csv"]);
    let page = fs::read_to_string(folder.join("out/report.html")).expect("a page");
    for part in [
        "What is varied",
        "the limit, rules.cancellation.after: 5d to 40d, 36 values",
        "Other inputs, as the scenario has them",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("given in the folder of the study, gives the same result"));
}

#[test]
fn the_page_of_a_tuning_tells_what_may_be_decided_what_is_asked_and_the_scenario() {
    let folder = shop("told-tune");
    let tune = "tune plans/shop.toml --allow-files shared --budget 40 --replications 3 -q -o out \
                --vary replenishment.reorder_point[class=A]=5..30 --vary replenishment.quantity=20,40";
    let words = tune.replace("[class=A]", "[class\u{a0}A]");
    let words: Vec<String> =
        words.split(' ').filter(|word| !word.is_empty()).map(|word| word.replace('\u{a0}', " ")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_exit(&with(&folder, words[0], &[&words[1..], &["--require", "unit_fill_rate >= 0.2"]].concat()), 0);
    let told = kept(&folder.join("out"), "inputs.json");
    assert_eq!(told["varied"][0]["values"], "5 to 30, 26 values; 2 products");
    assert_eq!(told["varied"][1]["values"], "20, 40");
    let asked = told["asked"].to_string();
    for part in ["[\"Minimised\",\"cost per order\"]", "[\"Must hold on average\",\"units filled at once ≥ 20 %\"]"] {
        assert!(asked.contains(part), "{asked}");
    }
    let page = fs::read_to_string(folder.join("out/report.html")).expect("a page");
    assert!(
        page.contains("reorder point of class A, replenishment.reorder_point[class A]: 5 to 30, 26 values; 2 products")
    );
    assert!(page.contains("given in the folder of the scenario, gives the same result"));
}
