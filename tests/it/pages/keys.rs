//! `docs/scenario-keys.md` is made from the schema: every table and key, what may stand there, and what holds without.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use backorder::scenario;
use serde_json::Value as Json;

use crate::support::expected;

/// The tables in the order in which one writes a scenario.
const ORDER: [&str; 20] = [
    "run",
    "zones",
    "warehouses",
    "network",
    "lanes",
    "shipping",
    "vendors",
    "products",
    "demand",
    "replenishment",
    "sourcing",
    "customers",
    "rules",
    "costs",
    "promises",
    "stock",
    "receipts",
    "orders",
    "contacts",
    "tune",
];

const INTRODUCTION: &str = "# Every key of a scenario\n\n\
    Made from the schema that `backorder schema` prints; [scenario-format.md](scenario-format.md) shows the format by \
    example. *Needed* keys have no default. A table in double brackets has rows, which may also stand in a CSV file: \
    `[zones]` with `file = \"zones.csv\"`, and with `separator = \";\"` or `skip_rows = 1` where the file needs it.\n";

/// What stands in the schema.
struct Schema(Json);

impl Schema {
    fn definition(&self, name: &str) -> &Json {
        let found = &self.0["definitions"][name];
        assert!(found.is_object(), "the schema defines {name}");
        found
    }

    /// The name of what a key holds, if that is a definition.
    fn named<'j>(&self, property: &'j Json) -> Option<&'j str> {
        let to = property["$ref"].as_str().or_else(|| property["allOf"][0]["$ref"].as_str());
        to.and_then(|to| to.rsplit('/').next())
    }

    /// Tables within a table, or rows of them: what they are called in the file, and their definition.
    fn inner(&self, path: &str, property: &Json) -> Vec<(String, String)> {
        let Some(name) = self.named(property) else { return self.items(path, property) };
        let definition = self.definition(name);
        if definition["properties"].is_object() && name != "RowsFile" {
            return vec![(format!("[{path}]"), name.into())];
        }
        let choices = definition["anyOf"].as_array().map(Vec::as_slice).unwrap_or_default();
        choices.iter().flat_map(|choice| self.choice(path, name, choice)).collect()
    }

    fn items(&self, path: &str, property: &Json) -> Vec<(String, String)> {
        let item = self.named(&property["items"]);
        item.filter(|name| self.definition(name)["properties"].is_object())
            .map(|name| (format!("[[{path}]]"), name.into()))
            .into_iter()
            .collect()
    }

    fn choice(&self, path: &str, of: &str, choice: &Json) -> Vec<(String, String)> {
        match self.named(choice) {
            Some("RowsFile") => Vec::new(),
            Some("ProductsGenerated") => vec![("[products.generate]".into(), "Generate".into())],
            Some(name) if !of.ends_with("Distribution") && self.definition(name)["properties"].is_object() => {
                vec![(format!("[{path}]"), name.into())]
            }
            Some(_) => Vec::new(),
            None => self.items(path, choice),
        }
    }

    /// What may stand at a key, in words.
    fn values(&self, property: &Json) -> String {
        if let Some(words) = property["enum"].as_array() {
            return words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        }
        match (self.named(property), property["type"].as_str()) {
            (Some(name), _) => self.kind(name),
            (None, Some("array")) => {
                let count = property["minItems"].as_u64().filter(|least| Some(*least) == property["maxItems"].as_u64());
                let items = self.values(&property["items"]);
                count.map_or(format!("a list of: {items}"), |count| format!("{count} of: {items}"))
            }
            (None, Some("object")) => format!("a table of: {}", self.values(&property["additionalProperties"])),
            (None, Some("integer")) => "a whole number".into(),
            (None, kind) => format!("a {}", kind.unwrap_or("value")),
        }
    }

    fn kind(&self, name: &str) -> String {
        let known = match name {
            "Duration" => "a duration",
            "DurationDistribution" => "a duration, or a distribution of it",
            "CountDistribution" => "a whole number, or a distribution of it",
            "NumberDistribution" => "a number, or a distribution of it",
            "DurationOrAuto" => "a duration, or `\"auto\"`",
            "DurationOrNever" => "a duration, or `\"never\"`",
            "DurationOrContinuous" => "a duration, or `\"continuous\"`",
            "Id" => "a name",
            "Text" => "a text",
            "FilePath" => "a file beside the scenario",
            "Flag" => "`true` or `false`",
            "Share" => "a share, 0 to 1",
            "InnerShare" => "a share above 0 and below 1",
            "Weight" | "NotNegative" => "a number, at least 0",
            "Positive" => "a number above 0",
            "Money" => "an amount of money",
            "Latitude" => "degrees, −90 to 90",
            "Longitude" => "degrees, −180 to 180",
            "Units" => "units, at least 0",
            "SomeUnits" => "units, at least 1",
            "ReorderLevel" => "units, at least −1",
            "Ordinal" => "a number from 1",
            "Seed" | "SkippedRows" => "a whole number, at least 0",
            "OpenWarehouses" => "a number from 1, or a list of names",
            "AssortmentChoice" => "`\"all\"`, or a table (below)",
            "Separator" => "`\",\"`, `\";\"`, `\"\\t\"` (a tab) or a bar",
            "Replications" => "a number, or a precision (below)",
            "Budget" => "a number from 20, or a duration",
            "Confidence" => "a share above 0.5 and below 1",
            "EstimatedReplications" => "a number from 2",
            "AxisValues" => "a text of values and ranges, or a list",
            _ if self.definition(name)["properties"].is_object() || name.ends_with("Rows") => "a table (below)",
            _ => panic!("how are values of the kind `{name}` called?"),
        };
        known.into()
    }

    /// A table of the file with the tables within it.
    fn write(&self, page: &mut String, title: &str, name: &str) {
        let definition = self.definition(name);
        let required: BTreeSet<&str> =
            definition["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        write_line(page, &format!("\n## `{title}`\n"));
        write_line(page, &format!("{}\n", sentence(definition)));
        write_line(page, "| key | what may stand there | default | meaning |\n|---|---|---|---|");
        let mut within = Vec::new();
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            let path = format!("{}.{key}", title.trim_matches(['[', ']']));
            within.extend(self.inner(&path, property));
            let default = match property.get("default") {
                Some(default) => format!("`{}`", as_toml(default)),
                None if required.contains(key.as_str()) => "*needed*".into(),
                None => "–".into(),
            };
            write_line(page, &format!("| `{key}` | {} | {default} | {} |", self.values(property), sentence(property)));
        }
        for (title, name) in within {
            self.write(page, &title, &name);
        }
    }
}

fn write_line(page: &mut String, line: &str) {
    writeln!(page, "{line}").expect("a string takes all that is written");
}

/// A description on one line, safe in a table.
fn sentence(described: &Json) -> String {
    let words: Vec<&str> = described["description"].as_str().unwrap_or_default().split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}

/// A JSON value as an inline TOML value.
fn as_toml(value: &Json) -> String {
    match value {
        Json::Array(values) => format!("[{}]", values.iter().map(as_toml).collect::<Vec<_>>().join(", ")),
        Json::Object(map) => {
            let entries: Vec<String> = map.iter().map(|(key, value)| format!("{key} = {}", as_toml(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        value => value.to_string(),
    }
}

fn page() -> String {
    let schema = Schema(scenario::json_schema());
    let top = schema.0["properties"].as_object().expect("a scenario has keys");
    let mut page = INTRODUCTION.to_string();
    write_line(&mut page, "\n## At the top of the file\n\n| key | default | meaning |\n|---|---|---|");
    let (tables, plain): (Vec<_>, Vec<_>) =
        top.iter().partition(|(key, property)| !schema.inner(key, property).is_empty());
    for (key, property) in plain {
        let default = property.get("default").map_or("–".into(), |default| format!("`{}`", as_toml(default)));
        write_line(&mut page, &format!("| `{key}` | {default} | {} |", sentence(property)));
    }
    let names: BTreeSet<&str> = tables.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(names, BTreeSet::from(ORDER), "the tables of a scenario");
    for key in ORDER {
        for (title, name) in schema.inner(key, &top[key]) {
            schema.write(&mut page, &title, &name);
        }
    }
    distributions(&schema, &mut page);
    page
}

/// The shapes of distributions with their parameters.
fn distributions(schema: &Schema, page: &mut String) {
    write_line(page, "\n## Distributions\n");
    write_line(page, "A constant, or a table with one of these keys: `{ gamma = { mean = \"6d\", cv = 0.5 } }`.\n");
    write_line(page, "| key | parameters | what it is |\n|---|---|---|");
    let shapes = schema.definition("DurationDistribution")["anyOf"].as_array().expect("a constant, or a table");
    for (name, shape) in shapes.iter().flat_map(|choice| choice["properties"].as_object().into_iter().flatten()) {
        let parameters: Vec<String> =
            shape["properties"].as_object().into_iter().flatten().map(|(key, _)| format!("`{key}`")).collect();
        let (parameters, about) = match parameters.is_empty() {
            true => ("–".into(), "Always the same: `{ deterministic = \"6d\" }`.".into()),
            false => (parameters.join(", "), sentence(shape)),
        };
        write_line(page, &format!("| `{name}` | {parameters} | {about} |"));
    }
}

#[test]
fn the_page_of_keys_is_current() {
    let meaning = "The page is made from the schema: UPDATE_EXPECTED=1 cargo test --test it pages";
    expected::matches(Path::new("docs/scenario-keys.md"), &page(), meaning);
}

#[test]
fn every_key_of_every_table_is_on_the_page() {
    let schema = scenario::json_schema();
    let page = page();
    let distributions = ["CountDistribution", "DurationDistribution", "NumberDistribution"];
    // `file` and `generate` stand in the introduction and in a heading.
    let elsewhere = ["RowsFile", "ProductsGenerated"];
    let mut seen = 0;
    for (name, definition) in schema["definitions"].as_object().expect("definitions") {
        if distributions.contains(&name.as_str()) || elsewhere.contains(&name.as_str()) {
            continue;
        }
        for key in definition["properties"].as_object().into_iter().flatten().map(|(key, _)| key) {
            assert!(page.contains(&format!("\n| `{key}` |")), "{name}: {key}");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} keys");
}
