//! Study files by example: `broken/` holds a study for each kind of mistake, and beside it the exact message.
//!
//! After a change of wording, `UPDATE_EXPECTED=1 cargo test --test it sweep` writes the messages anew: read every one of
//! them in the diff as the researcher who made the mistake would.

use std::path::Path;

use backorder::measures::Metric;
use backorder::scenario::{Study, is_study, load_knowing, read_study, study_json_schema};

use crate::support::expected;
use crate::support::replay::Folder;

fn read(name: &str, text: &str) -> Result<Study, String> {
    let measures: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
    read_study(&measures, name, text).map_err(|found| found.to_string())
}

#[test]
fn every_mistake_gets_its_message() {
    let folder = Path::new("tests/it/sweep/broken");
    let names = std::fs::read_dir(expected::root().join(folder)).expect("the folder is there");
    let mut names: Vec<String> =
        names.map(|entry| entry.expect("an entry can be read").file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".toml"));
    names.sort();
    assert!(names.len() >= 8, "only {} mistakes are shown", names.len());
    for name in names {
        let text = std::fs::read_to_string(expected::root().join(folder).join(&name)).expect("the study is there");
        let told = read(&name, &text).expect_err(&name);
        let beside = folder.join(name.replace(".toml", ".expected.txt"));
        expected::matches(&beside, &told, "what is said of a broken study");
    }
}

#[test]
fn a_study_is_read_whole() {
    let text = r#"
        description = "how many?"
        scenario = "../supplements.toml"
        replications = { min = 5, max = 20, half_width = 0.01, of = "order_fill_rate" }
        seed = 7
        set = ["run.horizon=180d"]
        measures = ["order_fill_rate", "cost_per_order"]

        [[axes]]
        key = "vendors.acme.lead_time"
        values = ["6d", 'never', { gamma = { mean = "6d", cv = 0.5 } }]
        label = "lead time"

        [[axes]]
        name = "policy"
        variants = ["near: sourcing.policy=nearest", "sourcing.policy=cheapest, rules.split.ship_available=0"]
    "#;
    assert!(is_study(text) && !is_study("name = \"a scenario\"\n[run]\nhorizon = \"1y\""));
    let study = read("studies/how_many.toml", text).unwrap();
    assert_eq!((study.name.as_str(), study.description.as_str()), ("how_many", "how many?"));
    assert_eq!((study.scenario.as_str(), study.zip), ("../supplements.toml", false));
    assert_eq!(study.measures, ["order_fill_rate", "cost_per_order"]);
    let names = |axis: usize| study.axes[axis].values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names(0), ["6d", "never", r#"{ gamma = { mean = "6d", cv = 0.5 } }"#]);
    assert_eq!(names(1), ["near", "sourcing.policy=cheapest, rules.split.ship_available=0"]);
    assert_eq!((study.axes[0].label(), study.axes[1].label()), ("lead time".to_string(), "policy".to_string()));
    let settings: Vec<String> = study.settings(&[2, 1]).iter().map(|setting| setting.change.to_string()).collect();
    assert_eq!(
        settings,
        [
            "run.horizon=180d",
            "run.replications={ min = 5, max = 20, half_width = 0.01, of = \"order_fill_rate\" }",
            "run.seed=7",
            "vendors.acme.lead_time={ gamma = { mean = \"6d\", cv = 0.5 } }",
            "sourcing.policy=cheapest",
            "rules.split.ship_available=0",
        ]
    );
    // A message about a setting names the line of the study.
    assert_eq!(study.settings(&[0, 0])[3].option, "studies/how_many.toml:9");
}

/// Every study of the repository.
fn studies() -> Vec<std::path::PathBuf> {
    let folder = expected::root().join("scenarios/studies");
    let entries = std::fs::read_dir(folder).expect("the folder of studies is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.retain(|path| {
        let is_toml = path.extension().is_some_and(|extension| extension == "toml");
        is_toml && is_study(&std::fs::read_to_string(path).expect("a study can be read"))
    });
    paths.sort();
    paths
}

#[test]
fn every_shipped_study_names_its_schema_and_can_be_swept() {
    let schema =
        expected::root().join("scenarios/studies/study.schema.json").canonicalize().expect("the schema is there");
    let studies = studies();
    assert!(!studies.is_empty());
    for path in studies {
        let text = std::fs::read_to_string(&path).expect("a study can be read");
        let study = read(&path.to_string_lossy(), &text).unwrap_or_else(|told| panic!("{told}"));
        let beside = path.parent().expect("a file has a folder");
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema ")).expect("it names a schema");
        assert_eq!(beside.join(named).canonicalize().expect("the schema is there"), schema, "{}", path.display());
        let scenario = beside.join(&study.scenario);
        let text = std::fs::read_to_string(&scenario).unwrap_or_else(|error| panic!("{}: {error}", scenario.display()));
        let files = Folder(scenario.parent().expect("a file has a folder").to_path_buf());
        // The ends of every axis; the cells between them are checked by `sweep` itself.
        let ends = |last: bool| -> Vec<usize> {
            study.axes.iter().map(|axis| if last { axis.values.len() - 1 } else { 0 }).collect()
        };
        for values in [ends(false), ends(true)] {
            let loaded = load_knowing(&[], &scenario.to_string_lossy(), &text, &files, &study.settings(&values));
            loaded.unwrap_or_else(|diagnostics| panic!("{}:\n{diagnostics}", path.display()));
        }
    }
}

#[test]
fn the_schema_beside_the_studies_is_the_one_that_backorder_prints() {
    let printed = format!("{:#}\n", study_json_schema());
    let meaning = "It is made from the declarations: UPDATE_EXPECTED=1 cargo test --test it studies";
    expected::matches(Path::new("scenarios/studies/study.schema.json"), &printed, meaning);
}
