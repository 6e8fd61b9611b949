//! What a sweep runs, writes and prints; what it refuses before anything runs.

use super::{QUICK, assert_same, column, json, numbers, table, with};
use crate::cli::{assert_exit, folder, stderr, stdout};

#[test]
fn a_cell_has_the_figures_of_the_run_with_its_settings() {
    let folder = folder("sweep-cells");
    let sweep = with(&folder, &format!("sweep {QUICK} --quiet -o swept --vary replenishment.order_up_to=3..5"), &[]);
    assert_exit(&sweep, 0);
    let cells = table(&folder.join("swept/cells.csv"));
    assert_eq!(cells.0[..5], ["cell", "replenishment.order_up_to", "replications", "orders", "orders_half_width"]);
    assert_eq!(column(&cells, "replenishment.order_up_to"), ["3", "4", "5"]);
    assert_eq!(column(&cells, "replications"), ["6", "6", "6"]);
    // The figures of a cell are those of `run`, to the bit.
    let run = with(&folder, &format!("run {QUICK} --json -o one --set replenishment.order_up_to=4"), &[]);
    let figure = &json(&run)["metrics"]["unit_fill_rate"];
    let cell = |name: &str| numbers(&cells, name)[1];
    assert_eq!(figure["mean"].as_f64(), Some(cell("unit_fill_rate")));
    assert_eq!(figure["half_width"].as_f64(), Some(cell("unit_fill_rate_half_width")));
    // A row a cell and replication, and each is that of the run.
    let rows = table(&folder.join("swept/replications.csv"));
    assert_eq!(rows.0[..3], ["cell", "replenishment.order_up_to", "replication"]);
    assert_eq!(rows.1.len(), 18);
    let alone = table(&folder.join("one/replications.csv"));
    assert_eq!(numbers(&rows, "unit_fill_rate")[6..12], numbers(&alone, "unit_fill_rate"));
    for name in ["sweep.json", "report.html", "provenance.json", "charts/unit_fill_rate.svg"] {
        let shown = name != "charts/unit_fill_rate.svg";
        assert_eq!(folder.join("swept").join(name).is_file(), shown, "{name}");
    }
}

#[test]
fn a_grid_has_every_combination_and_threads_change_nothing() {
    let folder = folder("sweep-grid");
    let axes = "--vary replenishment.order_up_to=3,5 --vary customers.keep_when_backordered=0.5..1.0";
    for (jobs, name) in [(1, "one"), (3, "three")] {
        let words = format!("sweep {QUICK} --quiet -o {name} --jobs {jobs} {axes}");
        // A range of decimals needs a step, which is told; here it is given.
        let sweep = with(&folder, &words.replace("0.5..1.0", "0.5,1.0"), &["--measures", "unit_fill_rate,orders"]);
        assert_exit(&sweep, 0);
    }
    assert_same(&folder.join("one"), &folder.join("three"));
    let cells = table(&folder.join("one/cells.csv"));
    assert_eq!(column(&cells, "cell"), ["0", "1", "2", "3"]);
    assert_eq!(column(&cells, "replenishment.order_up_to"), ["3", "3", "5", "5"]);
    assert_eq!(column(&cells, "customers.keep_when_backordered"), ["0.5", "1.0", "0.5", "1.0"]);
    assert!(folder.join("one/charts/map_unit_fill_rate.svg").is_file());
}

#[test]
fn axes_side_by_side_and_variants_are_cells_too() {
    let folder = folder("sweep-zip");
    let axes = "--vary replenishment.order_up_to=3..5 --vary customers.keep_when_backordered=1,0.9,0.8 --zip";
    assert_exit(&with(&folder, &format!("sweep {QUICK} --quiet -o zipped {axes}"), &[]), 0);
    let zipped = table(&folder.join("zipped/cells.csv"));
    assert_eq!(column(&zipped, "customers.keep_when_backordered"), ["1", "0.9", "0.8"]);
    let variants = ["--variant", "low: replenishment.order_up_to=2", "--variant", "high: replenishment.order_up_to=9"];
    assert_exit(&with(&folder, &format!("sweep {QUICK} --quiet -o named"), &variants), 0);
    let named = table(&folder.join("named/cells.csv"));
    assert_eq!(column(&named, "variant"), ["low", "high"]);
    let fill = numbers(&named, "unit_fill_rate");
    assert!(fill[0] < fill[1], "{fill:?}");
}

#[test]
fn the_terminal_opens_with_the_finding_in_eighty_columns() {
    let folder = folder("sweep-text");
    let arguments =
        format!("sweep {QUICK} --vary replenishment.order_up_to=1..9 --measures unit_fill_rate,on_hand_mean_units");
    let sweep = with(&folder, &arguments, &[]);
    assert_exit(&sweep, 0);
    let page = stdout(&sweep);
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("The share of units filled at once rises from "), "{page}");
    assert!(words.contains(" at order-up-to level 1 to "), "{page}");
    assert!(words.contains("better"), "{page}");
    assert!(stderr(&sweep).contains("output/sweep-palm-exponential"), "{}", stderr(&sweep));
    let html = std::fs::read_to_string(folder.join("output/sweep-palm-exponential/report.html")).expect("a page");
    let (_, below) = html.split_once("</h1>").expect("a title");
    assert!(
        below.trim_start().starts_with("<p class=\"finding\">The share of units filled at once rises"),
        "{}",
        &below[..200]
    );
}

#[test]
fn a_page_shows_some_of_many_cells_and_says_where_all_are() {
    let folder = folder("sweep-many");
    let arguments = format!("sweep {QUICK} --vary replenishment.order_up_to=1..70 --set run.replications=2");
    assert_exit(&with(&folder, &arguments, &[]), 0);
    let html = std::fs::read_to_string(folder.join("output/sweep-palm-exponential/report.html")).expect("a page");
    let section = |id: &str| {
        let (_, from) = html.split_once(&format!("id=\"{id}\"")).expect("a section");
        from.split_once("</section>").expect("its end").0.to_string()
    };
    for (id, said) in [("cells", "cells.csv has all 70."), ("neighbours", "60 of 69 pairs of neighbours")] {
        let section = section(id);
        let rows = section.matches("<tr").count();
        assert!((30..=62).contains(&rows), "{id}: {rows} rows");
        assert!(section.contains(said), "{id}: {section}");
    }
}

#[test]
fn names_in_the_tables_are_no_formulas() {
    let folder = folder("sweep-formulas");
    let variants = ["--variant", "=1+1: replenishment.order_up_to=3", "--variant=-2: replenishment.order_up_to=4"];
    // A name ends before the first equals sign.
    let told = with(&folder, &format!("sweep {QUICK} --quiet -o out"), &variants);
    assert_exit(&told, 2);
    let variants = ["--variant", "@sum(A1): replenishment.order_up_to=3", "--variant=-2: replenishment.order_up_to=4"];
    assert_exit(&with(&folder, &format!("sweep {QUICK} --quiet -o out"), &variants), 0);
    for name in ["cells.csv", "replications.csv"] {
        let cells = column(&table(&folder.join("out").join(name)), "variant");
        assert!(cells.contains(&"'@sum(A1)".to_string()) && cells.contains(&"-2".to_string()), "{name}: {cells:?}");
    }
}

#[test]
fn an_axis_that_changes_nothing_is_told() {
    let folder = folder("sweep-nothing");
    let twice = ["--vary", "zones.0.share=1,2", "--vary", "zones.home.share=3,4"];
    let told = stderr(&with(&folder, &format!("sweep {QUICK} -o out"), &twice));
    let warning = "zones.0.share changes nothing: the scenario is the same with all of its values";
    assert!(told.contains(warning), "the second axis takes away what the first sets: {told}");
    let page = std::fs::read_to_string(folder.join("out/report.html")).expect("a page");
    assert!(page.contains(warning), "{page}");
}

#[test]
fn a_study_of_a_study_is_refused() {
    let folder = folder("sweep-study-of-study");
    let axis = "[[axes]]\nkey = \"run.horizon\"\nvalues = \"10d,20d\"\n";
    std::fs::write(folder.join("study.toml"), format!("scenario = \"study.toml\"\n{axis}")).expect("a file");
    let told = with(&folder, "sweep study.toml", &[]);
    assert_exit(&told, 2);
    assert!(stderr(&told).contains("`scenario` names study.toml, which is a study"), "{}", stderr(&told));
}

#[test]
fn json_is_the_document_of_the_folder() {
    let folder = folder("sweep-json");
    let arguments = format!("sweep {QUICK} --json --quiet -o here --vary replenishment.order_up_to=2..4");
    let sweep = with(&folder, &arguments, &["--measures", "unit_fill_rate,on_hand_mean_units"]);
    assert_exit(&sweep, 0);
    assert_eq!(stdout(&sweep), std::fs::read_to_string(folder.join("here/sweep.json")).expect("it is written"));
    let found = json(&sweep);
    assert_eq!(found["axes"][0]["key"], "replenishment.order_up_to");
    assert_eq!(found["axes"][0]["positions"].as_array().map(Vec::len), Some(3));
    assert_eq!(found["cells"].as_array().map(Vec::len), Some(3));
    let step = &found["neighbours"][1];
    assert_eq!((step["from"].as_u64(), step["to"].as_u64()), (Some(1), Some(2)));
    let fill = &step["differences"]["unit_fill_rate"];
    let mean = |cell: usize| found["cells"][cell]["metrics"]["unit_fill_rate"]["mean"].as_f64().expect("a figure");
    let difference = fill["mean"].as_f64().expect("a difference");
    assert!((difference - (mean(2) - mean(1))).abs() < 1e-12);
    assert!(fill["variance_ratio"].as_f64().is_some_and(|left| left < 1.0), "common random numbers help: {fill}");
    assert_eq!(fill["verdict"], "better");
}

#[test]
fn each_cell_goes_on_until_it_is_precise_enough_and_says_what_it_reached() {
    let folder = folder("sweep-sequential");
    let arguments = "sweep @theory/palm-exponential.toml --set run.horizon=100d --json --quiet --vary replenishment.order_up_to=2,8";
    let until = "run.replications={ min = 4, max = 60, half_width = 0.03, of = \"unit_fill_rate\" }";
    let sweep = with(&folder, arguments, &["--set", until]);
    assert_exit(&sweep, 0);
    let found = json(&sweep);
    let count = |cell: usize| found["cells"][cell]["replications"].as_u64().expect("a number");
    assert!(count(0) > count(1), "the emptier shelf varies more: {} and {}", count(0), count(1));
    let reached = found["cells"][0]["precision"]["half_width_reached"].as_f64().expect("a half-width");
    assert!(reached <= 0.03, "{reached}");
    // Their change is over the replications of the smaller one, which is said.
    let notes = found["notes"].as_array().expect("notes");
    let said =
        notes.iter().filter_map(|note| note.as_str()).any(|note| note.contains("compared over those that both have"));
    assert!(said, "{notes:?}");
}

#[test]
fn what_cannot_be_swept_is_told_before_anything_runs() {
    let folder = folder("sweep-wrong");
    let wrong = |more: &[&str], why: &[&str]| {
        let sweep = with(&folder, &format!("sweep {QUICK}"), more);
        assert_exit(&sweep, 2);
        let told = stderr(&sweep);
        for why in why {
            assert!(told.contains(why), "{more:?}: {told}");
        }
    };
    wrong(
        &["--vary", "replenishment.order_upto=3..5"],
        &["unknown key `order_upto`", "did you mean `order_up_to`?", "cell"],
    );
    // One mistake is told once, however many values it is made with.
    let unknown = with(&folder, &format!("sweep {QUICK} --vary replenishment.order_upto=3..9"), &[]);
    let told = stderr(&unknown);
    assert_eq!(told.matches("unknown key").count(), 1, "{told}");
    assert!(told.contains("= in every cell") && told.contains("1 error in 7 cells"), "{told}");
    wrong(
        &["--vary", "replenishment.order_up_to=3,4", "--vary", "replenishment.order_up_to=5,6"],
        &["two axes are called `replenishment.order_up_to`"],
    );
    wrong(
        &["--variant", "low: replenishment.order_up_to=3", "--vary", "variant=1,2"],
        &["two axes are called `variant`"],
    );
    wrong(
        &["--vary", "run={ horizon = \"30d\", seed = 1 },{ horizon = \"30d\", seed = 2 }"],
        &["`run` as a whole holds `run.seed`, which is one for all cells"],
    );
    wrong(&["--vary", "replenishment.order_up_to=5..3"], &["5..3 is empty"]);
    wrong(
        &[
            "--vary",
            "replenishment.order_up_to=1..1000",
            "--vary",
            "run.horizon=1d..1000d step 1d",
            "--vary",
            "run.warm_up=1d..1000d step 1d",
        ],
        &["1,000,000,000 cells"],
    );
    wrong(
        &["--vary", "customers.keep_when_backordered=0.5,0.9,1.5"],
        &["at most 1, not 1.5", "in cell 2: customers.keep_when_backordered=1.5", "nothing was run"],
    );
    // Wrong in two classes of one cell.
    let class = |id: &str| format!("{{ id = \"{id}\", share = 1, keep_when_backordered = 1.5 }}");
    let classes = format!("customer_classes=[{}, {}],[{{ id = \"a\", share = 1 }}]", class("a"), class("b"));
    wrong(&["--vary", &classes], &["at most 1, not 1.5", "= in cell 0: customer_classes=", "1 error in 1 cell"]);
    wrong(
        &["--vary", "customers.keep_when_backordered=[0.5,0.9]"],
        &["is one value, a list", "without brackets: customers.keep_when_backordered=0.5,0.9"],
    );
    wrong(&["--vary", "run.seed=1..3"], &["`run.seed` is one for all cells"]);
    wrong(&[], &["nothing is varied"]);
    wrong(&["--vary", "replenishment.order_up_to=3..5", "--measures", "unit_fill"], &["did you mean `unit_fill_rate`"]);
    assert!(!folder.join("output").exists(), "nothing is written");
}
