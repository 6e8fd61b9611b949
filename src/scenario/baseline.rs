//! Baselines: what `backorder check` runs, and how it holds the outcome against what was stored.

pub use super::choices::{Mode, Suite};
use super::diagnostic::Diagnostics;
use super::input::{Override, Setting};
use super::item::{Item, Range};
use super::reader::Section;
use super::suggest::closest;
use super::tree::Value;
use super::{run, schema, study};
use crate::domain::settings::kinds::MAX_REPLICATIONS;

/// A baseline file.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// What it guards, in the author's words.
    pub description: String,
    /// The scenario or study file, relative to the baseline.
    pub scenario: String,
    /// Changes of the scenario, seed and replications included.
    pub set: Vec<Setting>,
    /// How it is held against what was stored.
    pub mode: Mode,
    /// When it is checked.
    pub suite: Suite,
    /// The names of the measures judged in statistical mode; empty for the usual ones.
    pub measures: Vec<String>,
    /// Names of measures, and the differences of each that do not matter.
    pub tolerances: Vec<(String, f64)>,
}

/// Reads a baseline from the text of the file `name`; `measures` are the names of those that there are.
///
/// # Errors
/// All that is wrong with it.
pub fn read_baseline(measures: &[&str], name: &str, text: &str) -> Result<Baseline, Diagnostics> {
    study::read_alone(measures, name, text, &schema::BASELINE, read)
}

/// Reads every key. `None` where they do not make a baseline; why not has then been reported.
fn read(root: &Section<'_>) -> Option<Baseline> {
    let description: Option<String> = root.read("description");
    let scenario: Option<String> = root.read("scenario").filter(|path: &String| study::is_of_scenario(root, path));
    let mut set = study::settings(root);
    for (key, least, most) in [("seed", 0, i64::MAX), ("replications", 1, MAX_REPLICATIONS)] {
        if let Some(item) = root.written(key)
            && let Some(number) = item.whole(least, most)
        {
            set.push(study::setting(&item, Override { path: format!("run.{key}"), value: number.to_string() }));
        }
    }
    let (mode, suite): (Option<Mode>, Option<Suite>) = (root.read("mode"), root.read("suite"));
    let measures = study::items(root, "measures").iter().filter_map(run::measure).collect();
    let tolerances = root.written("tolerances").map(|item| tolerances(&item)).unwrap_or_default();
    Some(Baseline {
        description: description?,
        scenario: scenario?,
        set,
        mode: mode?,
        suite: suite?,
        measures,
        tolerances,
    })
}

/// `[tolerances]`: a number for each of some measures.
fn tolerances(table: &Item<'_>) -> Vec<(String, f64)> {
    let Value::Table(entries) = &table.node.value else {
        let message = format!("`tolerances` must be a table, not {}", table.node.shown());
        table.cx.sink.push(table.error("wrong-type", message).expected("`order_fill_rate = 0.005` and the like"));
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries {
        let item = Item { cx: table.cx, node: &entry.node, key: &entry.key, key_at: entry.key_at };
        let known = item.cx.measures;
        if !known.is_empty() && !known.contains(&&*entry.key) {
            let meant = closest(&entry.key, known.iter().copied()).map(|meant| format!("did you mean `{meant}`?"));
            let finding = item.error("dangling", format!("there is no measure `{}`", entry.key));
            item.cx.sink.push(finding.expected("a name that `metrics` in summary.json has").help_if(meant));
        } else if let Some(number) = item.number(Range::NOT_NEGATIVE) {
            found.push((entry.key.to_string(), number));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURES: [&str; 2] = ["order_fill_rate", "cost_per_order"];

    #[test]
    fn a_baseline_says_what_is_run_and_how_it_is_judged() {
        let text = "scenario = \"a.toml\"\nset = [\"run.horizon=60d\"]\nseed = 7\nreplications = 8\n\
            mode = \"statistical\"\nsuite = \"full\"\nmeasures = [\"cost_per_order\"]\n\
            [tolerances]\ncost_per_order = 0.05\n";
        let found = read_baseline(&MEASURES, "b.toml", text).unwrap();
        let set: Vec<String> = found.set.iter().map(|setting| setting.change.to_string()).collect();
        assert_eq!(set, ["run.horizon=60d", "run.seed=7", "run.replications=8"]);
        assert_eq!((found.mode, found.suite), (Mode::Statistical, Suite::Full));
        assert_eq!(found.tolerances, [("cost_per_order".to_string(), 0.05)]);
        let least = read_baseline(&MEASURES, "b.toml", "scenario = \"a.toml\"\n").unwrap();
        assert_eq!((least.mode, least.suite, least.set.len()), (Mode::Exact, Suite::Quick, 0));
    }

    #[test]
    fn every_mistake_is_told_at_once_with_its_line_and_a_remedy() {
        let text = "scenrio = \"a.toml\"\nmode = \"statistic\"\nseed = -1\nreplications = 0\n\
            measures = [\"order_fil_rate\"]\n[tolerances]\ncost_per_oder = 0.1\norder_fill_rate = -1\n";
        let wrong = read_baseline(&MEASURES, "b.toml", text).unwrap_err().to_string();
        for told in [
            "b.toml:1",
            "scenario",
            "b.toml:2",
            "did you mean \"statistical\"?",
            "b.toml:3",
            "b.toml:4",
            "b.toml:5",
            "did you mean \"order_fill_rate\"?",
            "b.toml:7",
            "did you mean `cost_per_order`?",
            "b.toml:8",
            "at least 0",
        ] {
            assert!(wrong.contains(told), "{told}: {wrong}");
        }
    }
}
