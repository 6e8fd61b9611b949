//! `docs/measures.md` is written by the program itself.

use std::fmt::Write as _;
use std::path::Path;

use backorder::measures::{BY_PRODUCT, BY_VENDOR, BY_WAREHOUSE, BY_ZONE};
use backorder::report::definitions_markdown;

use crate::support::expected;
use crate::support::replay::{self, NoFiles};

/// Nothing but what a scenario must have, so that every threshold is its default.
const LEAST: &str = "run = { horizon = \"1d\" }\nzones = [{ id = \"home\" }]\nwarehouses = [{ id = \"boise\" }]\n\
    lanes = [{ from = \"boise\", to = \"home\" }]\nproducts = [{ id = \"whey\" }]\n";

/// The page: the catalogue's own words, and which measures stand in which table of a result folder.
fn page() -> String {
    let model = replay::load("least.toml", LEAST, &NoFiles);
    let mut page = definitions_markdown(model.promises());
    page.push_str(
        "\n## In parts\n\nThese stand in the tables by product, warehouse, vendor and zone, bold ones with their \
                   half-width in a column beside them.\n\n| file | measures |\n|---|---|\n",
    );
    for (file, columns) in [
        ("by_product.csv", BY_PRODUCT),
        ("by_warehouse.csv", BY_WAREHOUSE),
        ("by_vendor.csv", BY_VENDOR),
        ("by_zone.csv", BY_ZONE),
    ] {
        let names: Vec<String> = columns
            .iter()
            .map(|column| match column.with_half_width {
                true => format!("**`{}`**", column.metric.name()),
                false => format!("`{}`", column.metric.name()),
            })
            .collect();
        writeln!(page, "| `{file}` | {} |", names.join(", ")).expect("a string takes all that is written");
    }
    page.push_str(
        "\nMeasures that only a setting makes known, such as the lines of purchase orders, are left out of `by_vendor.csv` where it is \
         not there.\n",
    );
    page.push_str("\nWhat exactly is counted, and when, is told in [conventions.md](conventions.md).\n");
    page
}

#[test]
fn the_page_of_measures_is_current() {
    let meaning = "The page is made from the catalogue of measures: UPDATE_EXPECTED=1 cargo test --test it pages";
    expected::matches(Path::new("docs/measures.md"), &page(), meaning);
}
