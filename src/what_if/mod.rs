//! What a page with the engine in it asks: a scenario and settings, as texts, in; the scenario with the settings against the one without
//! them out, as `backorder compare SCENARIO --set …` answers, to the byte.

mod levers;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::experiment::{Alternative, HEADLINE, Judging, Settings, compare};
use crate::files::Scenario;
use crate::report::{self, ComparisonSummary, Kept, shell};
use crate::scenario::{
    Compared, Loaded, Override, Setting, Shared, holds_for_all, set_twice, shorthands, written_with,
};
pub use levers::{at_first, levers};

/// A scenario in texts, and what is changed in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The name of the scenario file.
    pub scenario: String,
    /// Its text.
    pub text: String,
    /// The texts of the files that it reads, by the names it has for them.
    pub files: BTreeMap<String, String>,
    /// Settings of the scenario that is asked about, each `KEY=VALUE`.
    pub set: Vec<String>,
    /// Its seed, where it is not the file's.
    pub seed: Option<u64>,
    /// How many replications, where it is not the file's number.
    pub replications: Option<u32>,
    /// Whether levels are planned anew whatever is changed.
    pub replan: bool,
    /// Folders that the command line lets the scenario read files of, besides its own.
    pub allow: Vec<String>,
    /// What if: further settings, each `KEY=VALUE`.
    #[serde(default)]
    pub change: Vec<String>,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The command that gives the same answer in a terminal, in the folder of the scenario.
    pub command: String,
    /// The text of `comparison.json`.
    pub comparison: String,
    /// The finding, the differences with their intervals and verdicts, and how to read them, as markup for a page.
    pub shown: String,
}

impl Question {
    /// The scenario that is asked about, as it is read without any change.
    ///
    /// # Errors
    /// All that is wrong with it, in words.
    pub fn load(&self) -> Result<Loaded, String> {
        self.load_with(&[])
    }

    /// The same with changes.
    ///
    /// # Errors
    /// All that is wrong with it, in words.
    pub fn load_with(&self, change: &[String]) -> Result<Loaded, String> {
        let settings = self.compared(change)?.map(|compared| compared.settings);
        self.read(settings.into_iter().next_back().expect("there are two"))
    }

    /// The scenario as it is, and as it is changed; without changes both are one.
    fn compared(&self, change: &[String]) -> Result<[Compared; 2], String> {
        let (set, change) = (parsed(&self.set)?, parsed(change)?);
        let (for_all, second): (Vec<Override>, Vec<Override>) = change.into_iter().partition(holds_for_all);
        if let Some([first, again]) = set_twice(&second) {
            return Err(format!("error: `{}` is set twice, to {} and to {}", first.path, first.value, again.value));
        }
        let shared = Shared {
            set: written_with("--set", &for_all),
            shorthands: shorthands(self.seed, self.replications, self.replan),
        };
        let before = written_with(&format!("{} --set", self.scenario), &set);
        let second = written_with("--set", &second);
        let stem =
            Path::new(&self.scenario).file_stem().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
        Ok([shared.scenario(&stem, &[], &before, None), shared.scenario(&stem, &before, &second, None)])
    }

    fn read(&self, settings: Vec<Setting>) -> Result<Loaded, String> {
        let scenario = Scenario::from_text(self.scenario.as_str(), self.text.as_str());
        let with_table = |scenario: Scenario, (name, text): (&String, &String)| scenario.with_table(name, text);
        let scenario = self.files.iter().fold(scenario, with_table);
        scenario.with_settings(settings).load().map_err(|wrong| wrong.to_string())
    }

    /// The command that gives the same answer in a terminal.
    fn command(&self) -> String {
        let mut file = self.scenario.clone();
        if file.starts_with('-') {
            file.insert_str(0, "./");
        }
        for change in &self.set {
            file.push_str(&format!(" --set {change}"));
        }
        let mut words: Vec<OsString> = ["backorder", "compare", file.as_str()].map(OsString::from).to_vec();
        let mut option = |name: &str, value: String| words.extend([name.into(), value.into()]);
        for change in &self.change {
            option("--set", change.clone());
        }
        if let Some(seed) = self.seed {
            option("--seed", seed.to_string());
        }
        if let Some(replications) = self.replications {
            option("--replications", replications.to_string());
        }
        for folder in &self.allow {
            option("--allow-files", folder.clone());
        }
        if self.replan {
            words.push("--replan".into());
        }
        shell::line(&words)
    }
}

fn parsed(settings: &[String]) -> Result<Vec<Override>, String> {
    let of = |text: &String| Override::parse(text).map_err(|why| format!("error: `{text}` is no setting: {why}"));
    settings.iter().map(of).collect()
}

/// Answers a question: runs the scenario as it is and as it is changed, on the same customers and lead times, and compares them.
///
/// # Errors
/// All that is wrong with the settings or the scenario, or why a replication failed, in words.
pub fn answer(question: &Question, settings: &Settings) -> Result<Answer, String> {
    let compared = question.compared(&question.change)?;
    if compared[0].settings == compared[1].settings {
        return Err("error: nothing is changed; change a setting, such as rules.split.ship_available=0.5".to_string());
    }
    let mut alternatives = Vec::new();
    for Compared { name, changes, settings } in compared {
        let model = question.read(settings)?.model;
        alternatives.push(Alternative { name, changes, model });
    }
    let judging = Judging { metrics: HEADLINE.to_vec(), indifference: Vec::new() };
    let found = compare(&alternatives, settings, &judging, &[]).map_err(|error| format!("error: {error}"))?;
    let summary = ComparisonSummary::from(&found);
    Ok(Answer { command: question.command(), comparison: summary.to_json(), shown: report::what_if_answer(&summary) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(change: &[&str]) -> Question {
        Question {
            scenario: "story.toml".into(),
            text: r#"
                run = { horizon = "30d", replications = 3 }
                zones = [{ id = "home" }]
                warehouses = [{ id = "boise" }]
                lanes = [{ from = "boise", to = "home" }]
                products = { file = "products.csv" }
                demand = { orders_per_day = 5, lines_per_order = 2 }
                vendors = [{ id = "acme", lead_time = { gamma = { mean = "3d", cv = 0.5 } } }]
                replenishment = { policy = "s-S", reorder_point = 8, order_up_to = 20 }
            "#
            .into(),
            files: BTreeMap::from([("products.csv".into(), "id,vendor\nwhey,acme\nbars,acme\n".into())]),
            change: change.iter().map(ToString::to_string).collect(),
            ..Question::default()
        }
    }

    #[test]
    fn an_answer_has_the_figures_their_words_and_the_command() {
        let mut question = question(&["rules.split.ship_available=0"]);
        question.set = vec!["run.horizon=20d".into()];
        question.replications = Some(4);
        let answer = answer(&question, &Settings::default()).unwrap();
        let comparison = ComparisonSummary::from_json(&answer.comparison).unwrap();
        assert_eq!((comparison.compared.replications, comparison.compared.horizon_days), (4, 20.0));
        let names: Vec<&str> = comparison.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
        assert_eq!(names, ["run.horizon=20d", "rules.split.ship_available=0"]);
        assert_eq!(
            answer.command,
            "backorder compare 'story.toml --set run.horizon=20d' --set rules.split.ship_available=0 --replications 4"
        );
        assert!(answer.shown.contains("order_fill_rate") && answer.shown.contains("verdict"), "{}", answer.shown);
        assert!(!answer.shown.contains("<svg"), "{}", answer.shown);
    }

    #[test]
    fn what_is_wrong_is_told_as_in_a_terminal() {
        let told = |change: &[&str]| answer(&question(change), &Settings::default()).unwrap_err();
        assert!(
            told(&["rules.split.ship_availble=0"]).contains("did you mean `ship_available`"),
            "{}",
            told(&["rules.split.ship_availble=0"])
        );
        assert!(told(&["nonsense"]).contains("an equals sign"));
        assert!(told(&[]).contains("nothing is changed"));
        assert!(told(&["run.horizon=9d"]).contains("nothing is changed"));
        assert!(told(&["run.seed=1", "costs.contact=1", "costs.contact=2"]).contains("is set twice"));
    }
}
