//! Tables, keys, defaults and examples, looked up in the schema.

use super::super::source::Place;
use super::super::tree::{Node, from_json};
use super::{OrderRow, Scenario, Study};
use crate::domain::distribution::FAMILIES;
use schemars::JsonSchema;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What is known of a table.
#[derive(Debug, Default)]
pub struct Definition {
    keys: BTreeMap<String, Key>,
}

#[derive(Debug)]
struct Key {
    required: bool,
    default: Option<Node<'static>>,
    example: Option<Json>,
}

/// Every table of the scenario file, by its name in the schema.
#[derive(Debug)]
pub struct Catalogue {
    tables: BTreeMap<String, Definition>,
    /// Which keys stand in which table of the file, for those who look in the wrong one.
    homes: Vec<(String, String)>,
}

/// Where defaults stand: in no text. They are never to blame.
const NOWHERE: Place = Place::whole(0);

impl Catalogue {
    /// The catalogue.
    pub fn get() -> &'static Self {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE.get_or_init(Self::build)
    }

    fn build() -> Self {
        let mut generator = schemars::generate::SchemaSettings::draft07().into_generator();
        let root = generator.subschema_for::<Scenario>();
        generator.subschema_for::<OrderRow>();
        generator.subschema_for::<Study>();
        let definitions = generator.take_definitions(true);
        let mut tables = BTreeMap::new();
        for (name, schema) in &definitions {
            if schema.get("properties").is_some() {
                tables.insert(name.clone(), Definition::from_schema(schema));
            }
        }
        for family in FAMILIES {
            let keys = family
                .parameters
                .iter()
                .map(|(key, kind)| (key.to_string(), Key { required: kind.is_needed(), default: None, example: None }));
            tables.insert(family.name.to_string(), Definition { keys: keys.collect() });
        }
        let mut homes = Vec::new();
        walk(root.as_value(), &definitions, "", false, &mut homes);
        Self { tables, homes }
    }

    /// The table that a struct of the schema describes.
    pub fn table<T: JsonSchema>(&self) -> &Definition {
        self.named(&T::schema_name())
    }

    /// The table of a name.
    ///
    /// # Panics
    /// When the schema has no such table, a programmer's slip that any test of the loader meets.
    pub fn named(&self, name: &str) -> &Definition {
        self.tables.get(name).unwrap_or_else(|| panic!("the schema has a table `{name}`"))
    }

    /// The tables of the file in which a key stands, as they are written: `[rules.split]`, `[[products]]`.
    pub fn homes_of(&self, key: &str) -> impl Iterator<Item = &str> {
        self.homes.iter().filter(move |(name, _)| name == key).map(|(_, home)| home.as_str())
    }
}

impl Definition {
    fn from_schema(schema: &Json) -> Self {
        let required = |key: &str| {
            schema.get("required").and_then(Json::as_array).is_some_and(|list| list.iter().any(|name| name == key))
        };
        let properties = schema.get("properties").and_then(Json::as_object);
        let keys = properties.into_iter().flatten().map(|(name, property)| {
            let key = Key {
                required: required(name),
                default: property.get("default").map(|default| from_json(default, NOWHERE)),
                example: property.get("examples").and_then(|examples| examples.get(0)).cloned(),
            };
            (name.clone(), key)
        });
        Self { keys: keys.collect() }
    }

    /// Its keys, in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }

    /// Whether it has a key.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Whether a key may not be left out.
    pub fn requires(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(|key| key.required)
    }

    /// What a key means where it is left out.
    pub fn default(&self, key: &str) -> Option<&Node<'static>> {
        self.keys.get(key).and_then(|key| key.default.as_ref())
    }

    /// A key as it may be written: `horizon = "1y"`.
    pub fn example(&self, key: &str) -> Option<String> {
        let example = self.keys.get(key)?.example.as_ref()?;
        Some(format!("{key} = {}", as_toml(example)))
    }
}

/// A JSON value as an inline TOML value.
pub fn as_toml(value: &Json) -> String {
    match value {
        Json::Array(values) => format!("[{}]", values.iter().map(as_toml).collect::<Vec<_>>().join(", ")),
        Json::Object(map) => {
            let entries: Vec<String> = map.iter().map(|(key, value)| format!("{key} = {}", as_toml(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        value => value.to_string(),
    }
}

/// Notes under which header of the file each key stands, following references from the root.
fn walk(
    schema: &Json,
    definitions: &serde_json::Map<String, Json>,
    path: &str,
    rows: bool,
    homes: &mut Vec<(String, String)>,
) {
    if let Some(name) = schema.get("$ref").and_then(Json::as_str).and_then(|to| to.rsplit('/').next()) {
        if name.ends_with("Distribution") {
            return;
        }
        if let Some(schema) = definitions.get(name) {
            walk(schema, definitions, path, rows, homes);
        }
    }
    for list in ["allOf", "anyOf"] {
        for part in schema.get(list).and_then(Json::as_array).into_iter().flatten() {
            walk(part, definitions, path, rows, homes);
        }
    }
    if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
        walk(items, definitions, path, true, homes);
    }
    for (key, property) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
        let home = match (path, rows) {
            ("", _) => "the top of the file".to_string(),
            (path, true) => format!("[[{path}]]"),
            (path, false) => format!("[{path}]"),
        };
        homes.push((key.clone(), home));
        let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        walk(property, definitions, &inner, false, homes);
    }
}
