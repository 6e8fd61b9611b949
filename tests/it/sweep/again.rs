//! `report`: charts and page of a sweep once more, from its data alone.

use super::{assert_same, with};
use crate::cli::{assert_exit, folder, stderr};
use std::fs;

#[test]
fn the_page_of_a_sweep_is_made_again_from_its_data() {
    let folder = folder("sweep-again");
    let quick = "@theory/palm-exponential.toml --set run.horizon=100d --set run.warm_up=20d --quiet";
    let precise = "--set run.replications={min=4,max=6,half_width=0.01,of=\"unit_fill_rate\"}";
    let grid = "--vary replenishment.order_up_to=3,5 --vary customers.keep_when_backordered=0.5,1.0";
    for (name, words, more) in [
        ("line", format!("{quick} --replications 6 --vary replenishment.order_up_to=3..5"), &[][..]),
        ("grid", format!("{quick} --replications 6 {grid}"), &["--measures", "unit_fill_rate,cost_per_order"][..]),
        ("precise", format!("{quick} {precise} --vary replenishment.order_up_to=3..5"), &[][..]),
        (
            "goal",
            format!("{quick} --replications 6"),
            &["--find", "unit_fill_rate >= 0.8", "--over", "replenishment.order_up_to=1..9"][..],
        ),
    ] {
        for target in [name.to_string(), format!("{name}-again")] {
            assert_exit(&with(&folder, &format!("sweep {words} -o {target}"), more), 0);
        }
        let again = folder.join(format!("{name}-again"));
        fs::remove_file(again.join("report.html")).expect("a page");
        let _ = fs::remove_dir_all(again.join("charts"));
        let report = with(&folder, &format!("report {name}-again"), &[]);
        assert_exit(&report, 0);
        assert_same(&folder.join(name), &again);
    }
}

#[test]
fn what_does_not_fit_together_is_told() {
    let folder = folder("sweep-again-wrong");
    let words = "sweep @theory/palm-exponential.toml --set run.horizon=100d --set run.warm_up=20d --quiet -o out \
                 --replications 3 --vary replenishment.order_up_to=3..5";
    for (from, to, told) in [
        ("\"cell\": 1", "\"cell\": 2", "cell 1 of 3 has the settings of another one"),
        ("\"is_side_by_side\"", "\"is_side\"", "missing field `is_side_by_side`"),
        ("\"order_fill_rate\": {", "\"order_fill\": {", "there is no measure `order_fill`"),
    ] {
        assert_exit(&with(&folder, words, &[]), 0);
        let file = folder.join("out/sweep.json");
        let text = fs::read_to_string(&file).expect("a result");
        assert!(text.contains(from), "{from}");
        fs::write(&file, text.replacen(from, to, 1)).expect("the file");
        let report = with(&folder, "report out", &[]);
        assert_exit(&report, 2);
        let why = stderr(&report);
        assert!(why.contains(told) || why.contains("--force"), "{why}");
        fs::remove_dir_all(folder.join("out")).expect("the folder");
    }
}
