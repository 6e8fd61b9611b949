//! The kinds of values: durations, shares, money, distributions, rows.

use super::super::choices::{UNITS, words};
use crate::domain::distribution::{FAMILIES, Parameter};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::marker::PhantomData;

/// Describes kinds of values by name and schema.
macro_rules! values {
    ($($(#[$doc:meta])* $name:ident = $schema:tt;)*) => { $(
        $(#[$doc])*
        #[derive(Default)]
        pub struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )* };
}

values! {
    /// Whole numbers with units, largest first.
    Duration = {
        "type": "string",
        "description": "A duration: whole numbers with units, largest first; 1y = 365d, 1w = 7d, 1d = 24h.",
        "pattern": "^(?=.)([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$",
        "examples": ["36h", "2d", "1d6h", "90m", "30s", "2w", "1y"]
    };
    /// A name.
    Id = { "type": "string", "minLength": 1 };
    /// Any text.
    Text = { "type": "string" };
    /// A file beside the scenario.
    FilePath = { "type": "string", "minLength": 1, "description": "A file, relative to the scenario." };
    /// True or false.
    Flag = { "type": "boolean" };
    /// A number in [0, 1].
    Share = { "type": "number", "minimum": 0, "maximum": 1 };
    /// A number in (0, 1).
    InnerShare = { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 };
    /// A weight among others.
    Weight = { "type": "number", "minimum": 0 };
    /// A number that is not negative.
    NotNegative = { "type": "number", "minimum": 0 };
    /// A number above 0.
    Positive = { "type": "number", "exclusiveMinimum": 0 };
    /// An amount of money.
    Money = { "type": "number", "minimum": 0, "maximum": 1_000_000_000 };
    /// A latitude in degrees.
    Latitude = { "type": "number", "minimum": -90, "maximum": 90 };
    /// A longitude in degrees.
    Longitude = { "type": "number", "minimum": -180, "maximum": 180 };
    /// Units, perhaps none.
    Units = { "type": "integer", "minimum": 0, "maximum": 100_000_000 };
    /// Units, at least one.
    SomeUnits = { "type": "integer", "minimum": 1, "maximum": 100_000_000 };
    /// A replenishment level that may be −1.
    ReorderLevel = { "type": "integer", "minimum": -1, "maximum": 100_000_000 };
    /// A number from 1.
    Ordinal = { "type": "integer", "minimum": 1 };
    /// What stands between the columns of a file.
    Separator = { "type": "string", "enum": [",", ";", "\t", "|"] };
    /// Lines above the header of a file.
    SkippedRows = { "type": "integer", "minimum": 0, "maximum": 1_000 };
    /// A seed.
    Seed = { "type": "integer", "minimum": 0 };
}

/// A duration, or a word that stands for none.
macro_rules! duration_or_word {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Default)]
        pub struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                json_schema!({ "anyOf": [{ "const": $word }, generator.subschema_for::<Duration>()] })
            }
        }
    )* };
}

duration_or_word! {
    /// A warm-up.
    DurationOrAuto = "auto";
    /// An age limit.
    DurationOrNever = "never";
    /// A review.
    DurationOrContinuous = "continuous";
}

/// A constant, or a table with one key that names a distribution.
macro_rules! distributions {
    ($($(#[$doc:meta])* $name:ident of $constant:ty, $parameter:ty;)*) => { $(
        $(#[$doc])*
        #[derive(Default)]
        pub struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let constant = generator.subschema_for::<$constant>();
                let parameter = generator.subschema_for::<$parameter>();
                let weight = generator.subschema_for::<Weight>();
                let layout = [generator.subschema_for::<Separator>(), generator.subschema_for::<SkippedRows>()];
                distribution(&constant, &parameter, &weight, &layout)
            }
        }
    )* };
}

distributions! {
    /// A distribution of times.
    DurationDistribution of Duration, Duration;
    /// A distribution of lines or units.
    CountDistribution of SomeUnits, NotNegative;
    /// A distribution of numbers.
    NumberDistribution of NotNegative, NotNegative;
}

fn distribution(constant: &Schema, parameter: &Schema, weight: &Schema, layout: &[Schema; 2]) -> Schema {
    let [separator, skip_rows] = layout;
    let mut named = serde_json::Map::new();
    named.insert("deterministic".into(), constant.clone().to_value());
    for family in FAMILIES {
        let mut properties = serde_json::Map::new();
        for &(key, kind) in family.parameters {
            let value = match kind {
                Parameter::Variation => weight.clone().to_value(),
                Parameter::Values => serde_json::json!({ "type": "array", "items": constant, "minItems": 1 }),
                Parameter::Weights => serde_json::json!({ "type": "array", "items": weight, "minItems": 1 }),
                Parameter::Unit => serde_json::json!({ "type": "string", "enum": words(UNITS) }),
                Parameter::Separator => separator.clone().to_value(),
                Parameter::SkippedRows => skip_rows.clone().to_value(),
                Parameter::File | Parameter::Column => serde_json::json!({ "type": "string", "minLength": 1 }),
                Parameter::AboveZero | Parameter::AtLeastZero | Parameter::End | Parameter::Signed => {
                    parameter.clone().to_value()
                }
            };
            properties.insert(key.into(), value);
        }
        let needed = family.parameters.iter().filter(|(_, kind)| kind.is_needed()).map(|(key, _)| *key);
        let table = serde_json::json!({
            "description": family.about,
            "type": "object",
            "properties": properties,
            "required": needed.collect::<Vec<&str>>(),
            "additionalProperties": false
        });
        named.insert(family.name.into(), table);
    }
    json_schema!({
        "description": "A constant, or one key that names a distribution.",
        "anyOf": [constant, {
            "type": "object",
            "properties": named,
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 1
        }]
    })
}

/// Rows of a table: written out, or in a file.
pub struct Rows<T>(PhantomData<T>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T: JsonSchema> JsonSchema for Rows<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}Rows", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Rows, or `file = \"table.csv\"` with the keys as headers.",
            "anyOf": [
                { "type": "array", "items": generator.subschema_for::<T>(), "minItems": 1 },
                generator.subschema_for::<RowsFile>()
            ]
        })
    }
}

/// Rows in a CSV file whose headers are the keys; `lead_time.gamma.mean` is a header for a key within a key.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct RowsFile {
    /// The file, relative to the scenario.
    file: FilePath,
    /// What stands between its columns: a comma, a semicolon, a tab or a bar.
    #[schemars(default, extend("default" = ","))]
    separator: Separator,
    /// Lines above its header, such as a title.
    #[schemars(default, extend("default" = 0))]
    skip_rows: SkippedRows,
}

/// The values of an axis: in one text, or in a list.
#[derive(Default)]
pub struct AxisValues;

impl JsonSchema for AxisValues {
    fn schema_name() -> Cow<'static, str> {
        "AxisValues".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A list of values, or a text: values and ranges with commas between them.",
            "anyOf": [{ "type": "string", "minLength": 1 }, { "type": "array", "minItems": 1 }],
            "examples": ["1..8", "0.90..0.99 step 0.01", "10d..40d step 5d,never", ["nearest", "cheapest"]]
        })
    }
}
