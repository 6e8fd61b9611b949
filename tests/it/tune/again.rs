//! `report`: the page of a tuning once more, from its data alone.

use std::fs;

use super::one_product::{OneProduct, tune, written};
use crate::cli::{assert_exit, folder, stderr, with};
use crate::sweep::assert_same;

const POINT: &str = "replenishment.reorder_point=50..54";
const FEW: [&str; 5] = ["--budget", "60", "--replications", "3", "--quiet"];

#[test]
fn the_page_of_a_tuning_is_made_again_from_its_data() {
    let folder = folder("tune-page-again");
    written(&folder, &OneProduct::drawn(0).scenario());
    let point = ["--vary", POINT];
    for (name, words) in [
        ("chosen", &[&point[..], &["--vary", "rules.split.ship_available=0,0.50,1"]].concat()[..]),
        ("bounded", &[&point[..], &["--require", "unit_fill_rate >= 0.2"]].concat()),
        ("infeasible", &[&point[..], &["--require", "unit_fill_rate >= 0.9999"]].concat()),
        ("maximised", &[&point[..], &["--maximise", "unit_fill_rate"]].concat()),
        ("levels", &["--require", "unit_fill_rate >= 0.5"]),
    ] {
        let again = format!("{name}-again");
        for target in [name, &again] {
            let code = if ["infeasible", "levels"].contains(&name) { 3 } else { 0 };
            assert_exit(&tune(&folder, &[&["shop.toml", "-o", target][..], words, &FEW].concat()), code);
        }
        fs::remove_file(folder.join(&again).join("report.html")).expect("a page");
        let _ = fs::remove_dir_all(folder.join(&again).join("charts"));
        assert_exit(&with(&folder, &format!("report {again}"), &[]), 0);
        assert_same(&folder.join(name), &folder.join(&again));
    }
}

#[test]
fn a_tuning_that_was_changed_is_refused_and_what_does_not_fit_together_is_told() {
    let folder = folder("tune-page-wrong");
    written(&folder, &OneProduct::drawn(0).scenario());
    let words = [&["shop.toml", "-o", "out", "--vary", POINT, "--require", "unit_fill_rate >= 0.2"][..], &FEW].concat();
    assert_exit(&tune(&folder, &words), 0);
    let file = folder.join("out/tune.json");
    let text = fs::read_to_string(&file).expect("a result");
    for (from, to, told) in [
        ("\"feasible\": true", "\"feasible\": false", "what was chosen is not the first finalist"),
        ("\"looked_at\": ", "\"looked_at\": 1", "alternatives were looked at"),
        ("\"saving\": {\n    \"mean\": ", "\"saving\": {\n    \"mean\": 9", "the saving is not the difference"),
        (
            "\"replenishment.reorder_point\": ",
            "\"replenishment.reorder_point\": 44",
            "what was chosen is not the first finalist",
        ),
        ("\"decided\": \"settings\"", "\"decided\": \"levels\"", "missing field `levels`"),
        ("\"measure\": \"unit_fill_rate\"", "\"measure\": \"unit_fill\"", "there is no measure `unit_fill`"),
        ("\"guarantee\"", "\"guaranty\"", "missing field `guarantee`"),
    ] {
        assert!(text.contains(from), "{from}");
        fs::write(&file, text.replacen(from, to, 1)).expect("the file");
        let refused = with(&folder, "report out", &[]);
        assert_exit(&refused, 2);
        let forced = with(&folder, "report out --force", &[]);
        assert_exit(&forced, 2);
        let why = stderr(&forced);
        assert!(why.contains("tune.json") && (why.contains(told) || told == "missing field `levels`"), "{from}: {why}");
    }
    // What is whole, and not as it was written, is taken when asked for.
    fs::write(&file, text.replacen("one product", "another product", 1)).expect("the file");
    let refused = with(&folder, "report out", &[]);
    assert_exit(&refused, 2);
    assert!(stderr(&refused).contains("not as this result was written: tune.json"), "{}", stderr(&refused));
    assert_exit(&with(&folder, "report out --force --quiet", &[]), 0);
}
