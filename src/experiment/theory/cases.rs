//! The cases: exact values, and the scenarios that must reproduce them.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::measures::Metric;

/// A case whose measures are known exactly.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// The names of its scenarios: files `NAME.toml` beside the cases. Several where the answer must not depend on what
    /// they differ in.
    pub scenarios: Vec<String>,
    /// Settings of its scenario that are changed for the case, as `--set` has them: `replenishment.reorder_point=14`.
    pub set: Vec<String>,
    /// What is known of it.
    pub values: Vec<Exact>,
}

/// A measure that is known exactly.
#[derive(Clone, Debug)]
pub struct Exact {
    /// The measure.
    pub metric: Metric,
    /// Of which customer class, where it is not of all.
    pub class: Option<String>,
    /// Its value, in the measure's unit.
    pub exact: f64,
    /// Whether there is no spread: every replication has just this value.
    pub equals: bool,
}

/// What a file of cases holds; sources, formulas and the like are for people.
#[derive(Deserialize)]
struct File {
    cases: Vec<WrittenCase>,
}

#[derive(Deserialize)]
struct WrittenCase {
    id: String,
    #[serde(default)]
    scenarios: Vec<String>,
    #[serde(default)]
    set: Vec<String>,
    values: Vec<WrittenValue>,
}

#[derive(Deserialize)]
struct WrittenValue {
    metric: String,
    class: Option<String>,
    exact: f64,
    #[serde(default)]
    equals: bool,
}

impl Case {
    /// Reads a file of cases (JSON).
    ///
    /// # Errors
    /// All that is wrong with it, a sentence each: it is no such file, a measure does not exist, a scenario stands with the same
    /// settings in two cases, a case knows nothing.
    pub fn read_all(text: &str) -> Result<Vec<Self>, Vec<String>> {
        let file: File = serde_json::from_str(text).map_err(|error| vec![format!("it cannot be read: {error}")])?;
        let mut mistakes = Vec::new();
        let mut named = BTreeSet::new();
        let mut cases = Vec::new();
        for WrittenCase { id, mut scenarios, set, values } in file.cases {
            if scenarios.is_empty() {
                scenarios.push(id.clone());
            }
            for scenario in &scenarios {
                if !named.insert((scenario.clone(), set.clone())) {
                    mistakes.push(format!("case `{id}`: the scenario `{scenario}` belongs to an earlier case, too"));
                }
            }
            if values.is_empty() {
                mistakes.push(format!("case `{id}`: it has no values; at least one measure must be known"));
            }
            let mut known = Vec::new();
            for WrittenValue { metric, class, exact, equals } in values {
                match Metric::from_name(&metric) {
                    Some(metric) => known.push(Exact { metric, class, exact, equals }),
                    None => mistakes.push(format!(
                        "case `{id}`: there is no measure `{metric}`; summary.json of any run has their names"
                    )),
                }
            }
            cases.push(Self { id, scenarios, set, values: known });
        }
        if mistakes.is_empty() { Ok(cases) } else { Err(mistakes) }
    }

    /// What one of its scenarios is called beside its values: its own name, or the case's where settings make it another.
    pub fn name_of<'a>(&'a self, scenario: &'a str) -> &'a str {
        if self.set.is_empty() { scenario } else { &self.id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_bears_the_name_of_its_scenario_unless_it_has_several() {
        let text = r#"{"cases": [
            {"id": "alone", "values": [{"metric": "unit_fill_rate", "exact": 0.5, "formula": "for people"}]},
            {"id": "pair", "scenarios": ["pair-a", "pair-b"], "values": [{"metric": "ready_rate", "exact": 1, "equals": true}]}
        ]}"#;
        let cases = Case::read_all(text).expect("it is well formed");
        assert_eq!(
            (cases[0].scenarios.as_slice(), cases[0].values[0].equals),
            (["alone".to_string()].as_slice(), false)
        );
        assert_eq!(cases[1].scenarios, ["pair-a", "pair-b"]);
        assert!(cases[1].values[0].equals);
    }

    #[test]
    fn a_scenario_may_stand_in_several_cases_with_other_settings() {
        let case = |id: &str, set: &str| {
            format!(
                r#"{{"id": "{id}", "scenarios": ["s"], "set": [{set}], "values": [{{"metric": "ready_rate", "exact": 1}}]}}"#
            )
        };
        let all = |cases: [String; 2]| Case::read_all(&format!(r#"{{"cases": [{}]}}"#, cases.join(", ")));
        let cases = all([case("a", ""), case("b", r#""run.seed=2""#)]).expect("they differ");
        assert_eq!((cases[0].name_of("s"), cases[1].name_of("s")), ("s", "b"));
        assert_eq!(cases[1].set, ["run.seed=2"]);
        all([case("a", r#""run.seed=2""#), case("b", r#""run.seed=2""#)]).expect_err("they are the same");
    }

    #[test]
    fn every_mistake_is_told() {
        let text = r#"{"cases": [
            {"id": "a", "values": [{"metric": "fill", "exact": 0.5}]},
            {"id": "a", "values": []}
        ]}"#;
        let mistakes = Case::read_all(text).expect_err("it is full of mistakes");
        for word in ["no measure `fill`", "belongs to an earlier case", "no values"] {
            assert!(mistakes.iter().any(|mistake| mistake.contains(word)), "{word}: {mistakes:?}");
        }
        assert!(Case::read_all("{}").expect_err("no cases")[0].contains("missing field `cases`"));
    }
}
