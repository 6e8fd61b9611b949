//! The schema and the reader agree: on keys, on defaults, on bounds, on words.

use super::super::schema::as_toml;
use super::*;
use serde_json::Value as Json;

/// A scenario with a row in every table and every optional part, so that each key has a place.
const FULL: &str = r#"
run = { horizon = "90d", replications = { half_width = 0.01 } }
zones = [{ id = "home", lat = 1, lon = 1 }]
warehouses = [{ id = "boise", lat = 1, lon = 1 }]
network = { open = ["boise"], assortment = { copies = 1 } }
lanes = [{ from = "boise", to = "home" }]
vendors = [{ id = "acme", lead_time = "6d", expedite = { lead_time = "1d" }, disruption = { every = "9d", lasts = "1d" } }]
products = [{ id = "whey", vendor = "acme", reorder_point = 1, order_up_to = 2 }, { id = "soy", vendor = "acme" }]
stock = [{ warehouse = "boise", product = "whey", units = 5 }]
receipts = [{ at = "1d", warehouse = "boise", product = "whey", units = 5 }]
orders = [{ at = "1d", zone = "home", lines = [{ product = "whey" }] }]
open_orders = [{ placed = "1d", zone = "home", lines = [{ product = "whey" }] }]
open_purchase_orders = [{ warehouse = "boise", product = "whey", units = 5, ordered = "1d", promised = "3d" }]
contacts = [{ at = "1d", order = 1, line = 1, wants = "swap" }]
events = [{ name = "slow", from = "1d", to = "2d", vendor = "acme", lead_time_factor = 2.0 }]
demand = { orders_per_day = 5, trace = { file = "trace.csv" }, shapes = [{ product = "whey", bursts = { every = "9d", lasts = "1d" } }], baskets = [{ products = ["whey", "soy"], share = 0.1 }] }
customers = { contact = { probability = 0.5, after = "1d" } }
promise = { rows = [{ zone = "home", restock_within = "9d" }] }
customer_classes = [{ id = "plus", contact = { probability = 0.5, after = "1d" } }]
replenishment = { policy = "s-S", reorder_point = 3, order_up_to = 9, target = { fill_rate = 0.9 }, levels = [{ warehouse = "boise", product = "whey", reorder_point = 1 }] }
"#;

/// The same with products made up.
const GENERATED: &str = r#"
run = { horizon = "90d" }
zones = [{ id = "home" }]
warehouses = [{ id = "boise" }]
lanes = [{ from = "boise", to = "home" }]
vendors = [{ id = "acme", lead_time = "6d" }]
products = { generate = { count = 5, popularity = { zipf = 1 }, substitutes = { group_size = 2 }, bought_with = { group_size = 2 } } }
"#;

const TRACE: (&str, &str) = ("trace.csv", "order,date,zone,product,units\n1,2026-05-14,home,whey,1\n");

/// A key of the file: the path `--set` takes to it, and what the schema says of it.
struct Key {
    path: String,
    property: Json,
}

/// What a reference leads to, with what stands beside it.
fn followed<'s>(schema: &'s Json, root: &'s Json) -> &'s Json {
    let target = schema.get("$ref").or_else(|| schema.get("allOf")?.get(0)?.get("$ref"));
    match target.and_then(Json::as_str).and_then(|to| to.rsplit('/').next()) {
        Some(name) => &root["definitions"][name],
        None => schema,
    }
}

/// Every key of the file, with the path that `--set` takes to it in the texts above.
fn keys() -> Vec<Key> {
    fn walk(schema: &Json, root: &Json, path: &str, keys: &mut Vec<Key>) {
        let schema = followed(schema, root);
        for part in schema.get("anyOf").and_then(Json::as_array).into_iter().flatten() {
            let part = followed(part, root);
            match part.get("items").filter(|items| items.is_object()) {
                Some(items) => walk(items, root, &format!("{path}.0"), keys),
                None => walk(part, root, path, keys),
            }
        }
        for (name, property) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let inner = followed(property, root);
            // Distributions have keys of their own, which the tests of distributions are about.
            let distribution = property.to_string().contains("Distribution\"");
            match inner.get("items").filter(|items| items.is_object() && items.get("$ref").is_some()) {
                Some(items) if inner["type"] == "array" && items.to_string().contains("OrderLine") => {
                    walk(items, root, &format!("{path}.0"), keys);
                }
                _ if !distribution => walk(property, root, &path, keys),
                _ => {}
            }
            keys.push(Key { path, property: property.clone() });
        }
    }
    let root = json_schema();
    let mut keys = Vec::new();
    walk(&root, &root, "", &mut keys);
    // The tables above have rows, not files.
    let is_of_file = |path: &str| {
        [".file", ".separator", ".skip_rows", ".encoding", ".columns", ".where", ".empty", ".unit"]
            .iter()
            .any(|key| path.ends_with(key))
    };
    keys.retain(|key| !is_of_file(&key.path) || key.path.starts_with("demand.trace"));
    keys
}

/// The text that has a place for a key.
fn text_for(path: &str) -> &'static str {
    if path.starts_with("products.generate") { GENERATED } else { FULL }
}

fn outcome(path: &str, value: &str) -> Result<Loaded, Diagnostics> {
    let text = text_for(path);
    if path.ends_with("relative_half_width") {
        // The full scenario gives the absolute one, and only one of them may stand.
        return load_with(&text.replace("half_width = ", "relative_half_width = "), &[TRACE], &[(path, value)]);
    }
    load_with(text, &[TRACE], &[(path, value)])
}

#[test]
fn every_default_of_the_schema_is_what_the_reader_takes() {
    let mut defaults = 0;
    for Key { path, property } in keys() {
        let Some(default) = property.get("default") else { continue };
        defaults += 1;
        let without = model_with(text_for(&path), &[TRACE], &[]);
        let with = outcome(&path, &as_toml(default)).unwrap_or_else(|found| panic!("{path}: {found}")).model;
        // The texts above say how often, how popular and where, where the default would be another.
        let elsewhere = ["products.generate.popularity.zipf", "network.assortment"];
        if !elsewhere.contains(&path.as_str()) {
            assert_eq!(with, without, "{path} = {default}");
        }
    }
    assert!(defaults > 55, "only {defaults} defaults are stated");
}

#[test]
fn every_key_of_the_schema_is_read() {
    // A value that the key does not take: whoever reads the key complains, and nobody complains of a consequence.
    let root = json_schema();
    for Key { path, property } in keys().into_iter().filter(|key| !key.path.ends_with("cycle_service")) {
        let takes_lists = followed(&property, &root).to_string().contains("\"array\"");
        let Err(found) = outcome(&path, if takes_lists { "true" } else { "[[[]]]" }) else {
            panic!("{path} is not read")
        };
        let complaints: Vec<(&str, &str)> = found
            .list
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| (found.code, &*found.location.file))
            .collect();
        assert_eq!(complaints, [("wrong-type", "--set")], "{path}: {found}");
    }
    assert!(keys().len() > 110, "only {} keys", keys().len());
}

#[test]
fn every_bound_of_the_schema_is_kept() {
    let root = json_schema();
    let mut bounds = 0;
    for Key { path, property } in keys() {
        let kind = followed(&property, &root);
        let parts: Vec<&Json> = match kind.get("anyOf").and_then(Json::as_array) {
            Some(parts) => parts.iter().map(|part| followed(part, &root)).collect(),
            None => vec![kind, &property],
        };
        for part in parts {
            let bound = |name: &str| part.get(name).and_then(Json::as_f64);
            let mut beyond = Vec::new();
            beyond.extend(bound("minimum").map(|bound| bound - 1.0));
            beyond.extend(bound("exclusiveMinimum"));
            beyond.extend(bound("maximum").map(|bound| bound + 1.0));
            beyond.extend(bound("exclusiveMaximum"));
            for value in beyond {
                bounds += 1;
                let Err(found) = outcome(&path, &value.to_string()) else { panic!("{path} = {value} is taken") };
                let told = found.list.iter().any(|told| (told.code, &*told.location.file) == ("out-of-range", "--set"));
                assert!(told, "{path} = {value}: {found}");
            }
            let inside = bound("minimum").filter(|_| !path.contains("orders_per_day") && !path.ends_with(".max"));
            if let (Some(value), true) = (inside, kind.get("anyOf").is_none()) {
                let told = outcome(&path, &value.to_string()).err();
                let refused = told.iter().flat_map(|found| &found.list).any(|found| found.code == "out-of-range");
                assert!(!refused, "{path} = {value} is refused");
            }
        }
    }
    assert!(bounds > 70, "only {bounds} bounds are stated");
}

#[test]
fn every_word_of_the_schema_is_taken() {
    let mut words = 0;
    for Key { path, property } in keys() {
        for word in property.get("enum").and_then(Json::as_array).into_iter().flatten() {
            let word = word.as_str().expect("a word");
            words += 1;
            let told = outcome(&path, word).err();
            let refused = told.iter().flat_map(|found| &found.list).any(|found| found.code == "wrong-word");
            assert!(!refused, "{path} = {word}");
        }
    }
    assert!(words >= 25, "only {words} words");
}

#[test]
fn every_example_of_the_schema_is_taken() {
    for Key { path, property } in keys() {
        for example in property.get("examples").and_then(Json::as_array).into_iter().flatten() {
            let told = outcome(&path, &as_toml(example)).err();
            // An example may name a thing that the texts above do not have.
            let wrong = told.iter().flat_map(|found| &found.list).find(|found| {
                matches!(found.code, "wrong-type" | "out-of-range" | "wrong-word" | "unknown-key" | "bad-duration")
            });
            assert!(wrong.is_none(), "{path} = {example}: {wrong:?}");
        }
    }
}

#[test]
fn every_key_has_a_description() {
    let root = json_schema();
    for Key { path, property } in keys() {
        let described = property.get("description").or_else(|| followed(&property, &root).get("description"));
        assert!(described.and_then(Json::as_str).is_some_and(|text| !text.is_empty()), "{path} is not described");
    }
}
