//! `docs/scenario-keys.md` is the page that the declarations make: every table and key, what may stand there, and what holds
//! without.

use std::path::Path;

use backorder::scenario;

use crate::support::expected;

#[test]
fn the_page_of_keys_is_current() {
    let meaning = "The page is made from the declarations: UPDATE_EXPECTED=1 cargo test --test it pages";
    expected::matches(Path::new("docs/scenario-keys.md"), &scenario::keys_page(), meaning);
}

#[test]
fn every_key_of_every_table_is_on_the_page() {
    let schema = scenario::json_schema();
    let page = scenario::keys_page();
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
