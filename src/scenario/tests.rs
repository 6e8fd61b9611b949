//! Small texts loaded.

use super::*;
use crate::domain::*;
use std::collections::BTreeMap;

/// Files by name.
#[derive(Default)]
struct Folder(BTreeMap<&'static str, String>);

impl Files for Folder {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        self.0.get(relative_path).cloned().ok_or_else(|| "no such file".to_string())
    }
}

/// A scenario of one zone, one warehouse and one product, with more to be added.
const SMALL: &str = r#"
run = { horizon = "90d" }
zones = [{ id = "home" }]
warehouses = [{ id = "boise" }]
lanes = [{ from = "boise", to = "home", parcel_cost = 5.0, transit = "2d" }]
products = [{ id = "whey" }]
"#;

fn load_with(text: &str, files: &[(&'static str, &str)], settings: &[(&str, &str)]) -> Result<Loaded, Diagnostics> {
    let folder = Folder(files.iter().map(|(name, text)| (*name, text.to_string())).collect());
    let settings: Vec<Override> =
        settings.iter().map(|(path, value)| Override { path: path.to_string(), value: value.to_string() }).collect();
    load("small.toml", text, &folder, &settings)
}

fn model(text: &str) -> Model {
    load_with(text, &[], &[]).unwrap_or_else(|found| panic!("{found}")).model
}

fn small(more: &str) -> Model {
    model(&format!("{SMALL}{more}"))
}
#[test]
fn what_is_left_out_has_its_default() {
    let model = small("");
    assert_eq!(model.name, "small");
    assert_eq!(model.run.horizon, Span::from_days(90));
    assert_eq!(model.run.seed, 1);
    assert_eq!(model.rules.ship_available, 0.95);
    assert_eq!(model.rules.cancel_after, Some(Span::from_days(30)));
    assert_eq!(model.sourcing, SourcingPolicy::FewestParcels);
    assert_eq!((model.customers.keep_when_backordered, model.customers.contact_probability), (1.0, 0.0));
    assert_eq!(model.script, Script::default());
}
