//! Scenarios where they are kept: in a file with its tables beside it, in memory, or built in code.
//!
//! This is the one room of the library that opens files. Everything else is given texts.

mod build;
mod reading;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::domain::Model;
use crate::measures::Metric;
use crate::scenario::{self, Diagnostics, Files, Loaded, Override, Setting};
pub use build::{Row, ScenarioBuilder, Value};
pub(crate) use reading::{Reach, read_text};
#[cfg(feature = "cli")]
pub(crate) use reading::{in_words, read_bytes};

/// A scenario that may still be changed before it is read.
///
/// ```
/// use backorder::files::Scenario;
///
/// let text = r#"
///     run = { horizon = "30d" }
///     zones = [{ id = "home" }]
///     warehouses = [{ id = "boise" }]
///     lanes = [{ from = "boise", to = "home" }]
///     products = { file = "products.csv" }
/// "#;
/// let scenario = Scenario::from_text("story.toml", text).with_table("products.csv", "id\nwhey\ncreatine\n");
/// let model = scenario.set("run.seed", 7).model().unwrap();
/// assert_eq!((model.products().len(), model.run().seed), (2, 7));
/// ```
#[derive(Clone, Debug)]
pub struct Scenario {
    name: String,
    text: String,
    tables: Tables,
    settings: Vec<Setting>,
}

impl Scenario {
    /// A scenario in a file. The tables that it names are read from the folder the file stands in or from below it, and from
    /// nowhere else unless [`allow_files`](Self::allow_files) says so.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Unreadable> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let text = read_text(path).map_err(|why| Unreadable { name: name.clone(), why })?;
        let tables = Tables { reach: Some(Reach::of(path, &[])), ..Tables::default() };
        Ok(Self { name, text, tables, settings: Vec::new() })
    }

    /// A scenario in memory. `name` is what messages call it; the scenario itself goes by its `name`, else by this without
    /// its ending.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), tables: Tables::default(), settings: Vec::new() }
    }

    /// A scenario that is built in code.
    pub fn build(name: impl Into<String>) -> ScenarioBuilder {
        ScenarioBuilder::new(name)
    }

    /// The same, which may also read files in a folder and below it.
    #[must_use]
    pub fn allow_files(mut self, folder: impl AsRef<Path>) -> Self {
        if let Some(reach) = &mut self.tables.reach {
            reach.allow(folder.as_ref());
        }
        self
    }

    /// The same, with a table in memory that the scenario may name as a file. It goes before a file of that name.
    #[must_use]
    pub fn with_table(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.tables.in_memory.insert(name.into(), text.into());
        self
    }

    /// The same, with a setting changed. The path is keys with dots between them, a row being named by its id or its number
    /// from 0: `vendors.acme.lead_time`. The value is written as in the file; where that is no TOML it is a text.
    #[must_use]
    pub fn set(mut self, path: impl Into<String>, value: impl ToString) -> Self {
        self.settings.push(Override { path: path.into(), value: value.to_string() }.into());
        self
    }

    /// The same, with settings that say where each was written.
    #[must_use]
    pub fn with_settings(mut self, settings: impl IntoIterator<Item = Setting>) -> Self {
        self.settings.extend(settings);
        self
    }

    /// The model, with whatever may not be as meant.
    ///
    /// # Errors
    /// All that is wrong with the scenario, each with its place and a remedy.
    pub fn load(&self) -> Result<Loaded, Diagnostics> {
        load(&self.name, &self.text, &self.tables, &self.settings)
    }

    /// The model.
    ///
    /// # Errors
    /// All that is wrong with the scenario, each with its place and a remedy.
    pub fn model(&self) -> Result<Model, Diagnostics> {
        self.load().map(|loaded| loaded.model)
    }
}

/// Reads a scenario from its text, given the files beside it and the changes to it.
///
/// # Errors
/// All that is wrong with it, and the warnings.
pub fn load(name: &str, text: &str, files: &dyn Files, settings: &[Setting]) -> Result<Loaded, Diagnostics> {
    let measures: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
    scenario::load_knowing(&measures, name, text, files, settings)
}

/// The tables beside a scenario.
#[derive(Clone, Debug, Default)]
struct Tables {
    in_memory: BTreeMap<String, String>,
    /// Where all others may stand, if anywhere.
    reach: Option<Reach>,
}

impl Files for Tables {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        self.read_in(relative_path, None)
    }

    fn read_in(&self, relative_path: &str, encoding: Option<&str>) -> Result<String, String> {
        match (self.in_memory.get(relative_path), &self.reach) {
            (Some(text), _) => Ok(text.clone()),
            (None, Some(reach)) => reach.read_in(relative_path, encoding),
            (None, None) => Err("the scenario was read from memory, and no table of that name was given".to_string()),
        }
    }
}

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The file, as it was named.
    pub name: String,
    /// Why it cannot be read, and what can be done about it.
    pub why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.why)
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const TEXT: &str = r#"
        run = { horizon = "30d" }
        zones = [{ id = "home" }]
        warehouses = [{ id = "boise" }]
        lanes = [{ from = "boise", to = "home" }]
        products = { file = "products.csv" }
    "#;

    #[test]
    fn a_table_that_nobody_gave_is_told() {
        let wrong = Scenario::from_text("story.toml", TEXT).model().unwrap_err().to_string();
        assert!(wrong.contains("`products.csv` cannot be read: the scenario was read from memory"), "{wrong}");
    }

    #[test]
    fn a_file_is_read_with_its_tables_and_those_in_memory_go_before() {
        let folder = std::env::temp_dir().join(format!("backorder-files-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("story.toml"), TEXT).unwrap();
        fs::write(folder.join("products.csv"), "id\nwhey\n").unwrap();
        let opened = Scenario::open(folder.join("story.toml"));
        let missing = Scenario::open(folder.join("stroy.toml"));
        let scenario = opened.unwrap();
        let counts = [scenario.clone(), scenario.with_table("products.csv", "id\nwhey\ncreatine\n")]
            .map(|scenario| scenario.model().unwrap().products.len());
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(counts, [1, 2]);
        let told = missing.unwrap_err().to_string();
        assert!(told.contains("there is no such file; did you mean") && told.contains("story.toml?"), "{told}");
    }

    #[test]
    fn settings_are_checked_like_the_file() {
        let scenario = Scenario::from_text("story.toml", TEXT).with_table("products.csv", "id\nwhey\n");
        let model = scenario.clone().set("run.horizon", "10d").set("rules.split.ship_available", 0.5).model().unwrap();
        assert_eq!((model.run.horizon.days(), model.rules.split.ship_available), (10.0, 0.5));
        let wrong = scenario.set("rules.split.ship_availble", 0.5).model().unwrap_err().to_string();
        assert!(wrong.contains("ship_available"), "{wrong}");
        // A measure that `replications` goes by must exist.
        let of = "{ min = 5, max = 9, half_width = 0.1, of = \"order_fil_rate\" }";
        let scenario = Scenario::from_text("story.toml", TEXT).with_table("products.csv", "id\nwhey\n");
        let wrong = scenario.set("run.replications", of).model().unwrap_err().to_string();
        assert!(wrong.contains("order_fill_rate"), "{wrong}");
    }
}
