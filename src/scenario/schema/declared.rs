//! The JSON Schema of tables that [`domain::settings`](crate::domain::settings) declares.

use super::{Duration, DurationDistribution, DurationOrNever, Flag, Share, Text};
use crate::domain::settings::{Kind, Presence, Settings, Shape, Table};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value as Json, json};
use std::borrow::Cow;
use std::marker::PhantomData;

/// A declared table, as part of the schema.
#[derive(Default)]
pub struct Declared<T>(PhantomData<T>);

impl<T: Settings> JsonSchema for Declared<T> {
    fn schema_name() -> Cow<'static, str> {
        T::TABLE.name.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        table(&T::TABLE, generator)
    }
}

/// The definition of a table.
fn table(table: &Table, generator: &mut SchemaGenerator) -> Schema {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for key in table.keys {
        let mut property = Map::new();
        property.insert("allOf".into(), json!([reference(&key.kind, generator)]));
        property.insert("description".into(), key.about().into());
        match key.presence {
            Presence::Needed => required.push(key.name),
            Presence::Optional => {}
            Presence::Default(text) => {
                property.insert("default".into(), from_toml(text));
            }
        }
        if let Shape::Word(words) = key.kind.shape {
            property.insert("enum".into(), words.into());
        }
        if !key.examples.is_empty() {
            property.insert("examples".into(), key.examples.iter().map(|text| from_toml(text)).collect());
        }
        properties.insert(key.name.into(), property.into());
    }
    let mut definition = json!({
        "type": "object",
        "description": table.about(),
        "properties": properties,
        "additionalProperties": false
    });
    if !required.is_empty() {
        definition["required"] = required.into();
    }
    definition.try_into().expect("an object is a schema")
}

/// A reference to the definition of a kind.
fn reference(kind: &Kind, generator: &mut SchemaGenerator) -> Schema {
    match kind.shape {
        Shape::Table(inner) => {
            if !generator.definitions().contains_key(inner.name) {
                let definition = table(inner, generator).to_value();
                generator.definitions_mut().insert(inner.name.into(), definition);
            }
            schemars::json_schema!({ "$ref": format!("#/definitions/{}", inner.name) })
        }
        _ => match kind.name {
            "Flag" => generator.subschema_for::<Flag>(),
            "Share" => generator.subschema_for::<Share>(),
            "Duration" => generator.subschema_for::<Duration>(),
            "DurationOrNever" => generator.subschema_for::<DurationOrNever>(),
            "DurationDistribution" => generator.subschema_for::<DurationDistribution>(),
            "Text" => generator.subschema_for::<Text>(),
            other => panic!("`{other}` has no definition"),
        },
    }
}

/// A value of a declaration, which stands there as in the file.
///
/// # Panics
/// When the text is no TOML, which is a slip in the declaration.
fn from_toml(text: &str) -> Json {
    let line = format!("value = {text}");
    let table: Map<String, Json> = toml::from_str(&line).unwrap_or_else(|why| panic!("{text} in a declaration: {why}"));
    table.into_iter().map(|(_, value)| value).next().unwrap_or_default()
}
