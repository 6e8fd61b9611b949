//! The JSON Schema of a scenario file, complete with defaults and descriptions.

use super::super::choices::TimeUnit;
use super::baseline::BASELINE;
use super::scenario::{ROWS_FILE, SCENARIO};
use super::study::STUDY;
use crate::domain::distribution::{FAMILIES, Parameter};
use crate::domain::settings::kinds::{DURATION, NOT_NEGATIVE, SEPARATOR, SKIPPED_ROWS, SOME_UNITS, UNITS, WEIGHT};
use crate::domain::settings::{Entries, Key, Kind, Presence, Quantity, Range, Shape, Table, Words};
use serde_json::{Map, Value as Json, json};

/// The JSON Schema of a scenario file, complete with defaults and descriptions.
pub fn json_schema() -> Json {
    schema_of(&SCENARIO, "A backorder scenario")
}

/// The JSON Schema of a study file.
pub fn study_json_schema() -> Json {
    schema_of(&STUDY, "A backorder study")
}

/// The JSON Schema of a baseline of `check`.
pub fn baseline_json_schema() -> Json {
    schema_of(&BASELINE, "A backorder baseline")
}

fn schema_of(table: &Table, title: &str) -> Json {
    let mut definitions = Definitions::default();
    let mut root = definitions.table(table);
    root.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
    root.insert("title".into(), title.into());
    root.insert("definitions".into(), definitions.0.into());
    root.into()
}

/// The definitions met so far, by their names.
#[derive(Default)]
struct Definitions(Map<String, Json>);

impl Definitions {
    /// A kind where it is used: a reference to its definition, which is made where it is met first, or all of it if it has none.
    fn kind(&mut self, kind: &Kind) -> Json {
        if kind.name.is_empty() {
            return self.shape(&kind.shape).into();
        }
        if !self.0.contains_key(kind.name) {
            // Taken before it is made, for a table that were to hold itself.
            self.0.insert(kind.name.into(), Json::Null);
            let mut definition = self.shape(&kind.base.unwrap_or(kind).shape);
            if !kind.about.is_empty() {
                definition.insert("description".into(), kind.about.into());
            }
            self.0.insert(kind.name.into(), definition.into());
        }
        json!({ "$ref": format!("#/definitions/{}", kind.name) })
    }

    /// The definition of a table.
    fn table(&mut self, table: &Table) -> Map<String, Json> {
        let properties: Map<String, Json> =
            table.keys.iter().map(|key| (key.name.to_string(), self.property(key).into())).collect();
        let needed = table.keys.iter().filter(|key| key.presence == Presence::Needed);
        let needed: Vec<&str> = needed.map(|key| key.name).collect();
        let mut definition = object(json!({
            "type": "object",
            "description": table.about(),
            "properties": properties,
            "additionalProperties": false
        }));
        if !needed.is_empty() {
            definition.insert("required".into(), needed.into());
        }
        if table.entries != Entries::Needed {
            definition.insert("minProperties".into(), 1.into());
        }
        if table.entries == Entries::One {
            definition.insert("maxProperties".into(), 1.into());
        }
        definition
    }

    /// A key of a table: its kind, with what the kind narrows down, the meaning, the default, the examples.
    fn property(&mut self, key: &Key) -> Map<String, Json> {
        let kind = &key.kind;
        let reference = self.kind(kind);
        let mut property = match kind.name {
            "" => object(reference),
            _ => object(json!({ "allOf": [reference] })),
        };
        if let Some(base) = kind.base {
            let general = self.shape(&base.shape);
            let own = self.shape(&kind.shape);
            property.extend(own.into_iter().filter(|(name, value)| general.get(name) != Some(value)));
        }
        property.insert("description".into(), key.about().into());
        if let Presence::Default(text) = key.presence {
            property.insert("default".into(), from_toml(text));
        }
        if !key.examples.is_empty() {
            property.insert("examples".into(), key.examples.iter().map(|text| from_toml(text)).collect());
        }
        property
    }

    /// What may stand where a value of a shape does.
    fn shape(&mut self, shape: &Shape) -> Map<String, Json> {
        object(match *shape {
            Shape::Flag => json!({ "type": "boolean" }),
            Shape::Number(range) => bounds(range).into(),
            Shape::Whole(least, most) => {
                let mut whole = object(json!({ "type": "integer", "minimum": least }));
                if most < i64::from(u32::MAX) {
                    whole.insert("maximum".into(), most.into());
                }
                whole.into()
            }
            Shape::Money => bounds(Range::MONEY).into(),
            Shape::Duration | Shape::SomeTime => json!({
                "type": "string",
                "pattern": "^(?=.)([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$",
                "examples": ["36h", "2d", "1d6h", "90m", "30s", "2w", "1y"]
            }),
            Shape::DurationOr(word) => json!({ "anyOf": [{ "const": word }, self.kind(&DURATION)] }),
            Shape::Word([word]) => json!({ "const": word }),
            Shape::Word(words) => json!({ "type": "string", "enum": words }),
            Shape::Separator(signs) => json!({ "type": "string", "enum": signs }),
            Shape::Notation(notation) => {
                json!({ "type": "string", "pattern": notation.pattern, "examples": notation.examples })
            }
            Shape::Text => json!({ "type": "string" }),
            Shape::Name | Shape::File => json!({ "type": "string", "minLength": 1 }),
            Shape::Distribution(quantity) => self.distribution(quantity),
            Shape::List(of, least, most) => {
                let mut list = object(json!({ "type": "array", "items": self.kind(of) }));
                if least > 0 {
                    list.insert("minItems".into(), least.into());
                }
                if let Some(most) = most {
                    list.insert("maxItems".into(), most.into());
                }
                list.into()
            }
            Shape::Map(of) => json!({ "type": "object", "additionalProperties": self.kind(of) }),
            Shape::Table(table) => self.table(table).into(),
            Shape::Rows(table) => {
                let row = self.kind(&Kind::table(table));
                let file = self.kind(&Kind::table(&ROWS_FILE));
                json!({ "anyOf": [{ "type": "array", "items": row, "minItems": 1 }, file] })
            }
            Shape::Any => json!({}),
            Shape::Either(kinds) => json!({ "anyOf": kinds.iter().map(|kind| self.kind(kind)).collect::<Vec<_>>() }),
        })
    }

    /// A constant, or a table with one key that names a family.
    fn distribution(&mut self, of: Quantity) -> Json {
        let (constant, parameter) = match of {
            Quantity::Duration => (DURATION, DURATION),
            Quantity::Count => (SOME_UNITS, NOT_NEGATIVE),
            Quantity::Units => (UNITS, NOT_NEGATIVE),
            Quantity::Number => (NOT_NEGATIVE, NOT_NEGATIVE),
        };
        let (constant, parameter, weight) = (self.kind(&constant), self.kind(&parameter), self.kind(&WEIGHT));
        let (separator, skip_rows) = (self.kind(&SEPARATOR), self.kind(&SKIPPED_ROWS));
        let mut named = object(json!({ "deterministic": constant }));
        for family in FAMILIES {
            let properties = family.parameters.iter().map(|&(key, kind)| {
                let value = match kind {
                    Parameter::Variation => weight.clone(),
                    Parameter::Values => json!({ "type": "array", "items": constant, "minItems": 1 }),
                    Parameter::Weights => json!({ "type": "array", "items": weight, "minItems": 1 }),
                    Parameter::Unit => json!({ "type": "string", "enum": TimeUnit::WORDS }),
                    Parameter::Separator => separator.clone(),
                    Parameter::SkippedRows => skip_rows.clone(),
                    Parameter::File | Parameter::Column => json!({ "type": "string", "minLength": 1 }),
                    Parameter::AboveZero | Parameter::AtLeastZero | Parameter::End | Parameter::Signed => {
                        parameter.clone()
                    }
                };
                (key.to_string(), value)
            });
            let properties: Map<String, Json> = properties.collect();
            let needed = family.parameters.iter().filter(|(_, kind)| kind.is_needed()).map(|(key, _)| *key);
            let table = json!({
                "description": family.about,
                "type": "object",
                "properties": properties,
                "required": needed.collect::<Vec<&str>>(),
                "additionalProperties": false
            });
            named.insert(family.name.into(), table);
        }
        json!({
            "anyOf": [constant, {
                "type": "object",
                "properties": named,
                "additionalProperties": false,
                "minProperties": 1,
                "maxProperties": 1
            }]
        })
    }
}

/// A number within a range, as far as it is one that the file's author could reach.
fn bounds(range: Range) -> Map<String, Json> {
    let mut number = object(json!({ "type": "number" }));
    let least = if range.above_min { "exclusiveMinimum" } else { "minimum" };
    let most = if range.below_max { "exclusiveMaximum" } else { "maximum" };
    for (name, bound) in [(least, range.min), (most, range.max)] {
        if bound.abs() < Range::HUGE {
            number.insert(name.into(), if bound.fract() == 0.0 { (bound as i64).into() } else { bound.into() });
        }
    }
    number
}

fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        other => unreachable!("{other} is no object"),
    }
}

/// A value of a declaration, which stands there as in the file.
///
/// # Panics
/// When the text is no TOML, which is a slip in the declaration.
pub fn from_toml(text: &str) -> Json {
    let line = format!("value = {text}");
    let table: Map<String, Json> = toml::from_str(&line).unwrap_or_else(|why| panic!("{text} in a declaration: {why}"));
    table.into_iter().map(|(_, value)| value).next().unwrap_or_default()
}

/// A key as it may be written: `horizon = "1y"`.
pub fn example(key: &Key) -> Option<String> {
    key.examples.first().map(|text| format!("{} = {}", key.name, as_toml(&from_toml(text))))
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
