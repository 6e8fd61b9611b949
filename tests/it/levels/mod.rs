//! Levels that one can see, keep and give: what is planned of every pair, and what a question that begins with "what if" leaves
//! of it.

/// One zone, and one warehouse that serves it.
macro_rules! one_warehouse {
    () => {
        r#"
[[zones]]
id = "home"

[[warehouses]]
id = "boise"

[[lanes]]
from = "boise"
to = "home"
"#
    };
}
mod believed;
mod below;
mod fills;
mod kept;
mod questions;
mod season;
mod targets;
mod written;

use crate::cli::{program, stderr};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    crate::cli::folder(&format!("levels-{name}"))
}

/// Runs the program in a folder; a word with spaces in it stands by itself in the list.
fn backorder(folder: &Path, words: &[&str]) -> Output {
    program(folder).args(words).output().expect("the program starts")
}

/// The same where it must succeed.
#[track_caller]
fn done(folder: &Path, words: &[&str]) -> Output {
    let output = backorder(folder, words);
    assert!(output.status.success(), "{words:?}: {}", stderr(&output));
    output
}

/// The same where it may come out that what must hold does not, or cannot be decided.
#[track_caller]
fn answered(folder: &Path, words: &[&str]) -> Output {
    let output = backorder(folder, words);
    assert!([Some(0), Some(3), Some(4)].contains(&output.status.code()), "{words:?}: {}", stderr(&output));
    output
}

/// A table of a result: its rows, each by its header.
struct Sheet {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    #[track_caller]
    fn read(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let mut reader = csv::Reader::from_path(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_string).collect::<Vec<_>>();
        let header = cells(reader.headers().expect("a header"));
        Self { header, rows: reader.records().map(|record| cells(&record.expect("a row"))).collect() }
    }

    /// The row of a product in a warehouse.
    #[track_caller]
    fn row(&self, product: &str, warehouse: &str) -> usize {
        let is_it = |row: &&Vec<String>| row.iter().any(|it| it == product) && row.iter().any(|it| it == warehouse);
        let found = self.rows.iter().position(|row| is_it(&row));
        found.unwrap_or_else(|| panic!("no row for {product} in {warehouse}: {:?}", self.rows))
    }

    #[track_caller]
    fn cell(&self, row: usize, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        &self.rows[row][at.unwrap_or_else(|| panic!("no column {column}: {:?}", self.header))]
    }
}

/// Whether two results have equal bytes in every file of measures.
#[track_caller]
fn assert_same_measures(one: &Path, other: &Path) {
    for name in ["replications.csv", "daily.csv", "by_product.csv", "by_warehouse.csv", "by_vendor.csv", "by_zone.csv"]
    {
        let read = |folder: &Path| fs::read(folder.join(name)).expect("a file of a result");
        assert!(read(one) == read(other), "{name} differs");
    }
}

/// A shop of one warehouse and one product, of which 1.5 are asked for a day, each by itself, and come two days after they are
/// ordered: 3 in a lead time.
const ONE: &str = concat!(
    r#"
name = "one product"

[run]
horizon = "60d"
replications = 2
"#,
    one_warehouse!(),
    r#"
[[vendors]]
id = "acme"
lead_time = "2d"

[[products]]
id = "whey"
vendor = "acme"
unit_cost = 4.00

[demand]
orders_per_day = 1.5
"#
);

/// Two warehouses, six products, two vendors, levels from a target.
const TWO: &str = r#"
name = "two warehouses"

[run]
horizon = "60d"
warm_up = "20d"
replications = 3

[[zones]]
id = "west"
share = 3

[[zones]]
id = "east"

[[warehouses]]
id = "boise"

[[warehouses]]
id = "york"

[[lanes]]
from = "boise"
to = "west"
parcel_cost = 5

[[lanes]]
from = "york"
to = "east"
parcel_cost = 5

[[lanes]]
from = "york"
to = "west"
parcel_cost = 9

[[vendors]]
id = "acme"
lead_time = { gamma = { mean = "6d", cv = 0.5 } }
order_cost = 20

[[vendors]]
id = "brand"
lead_time = "12d"

[products]
file = "products.csv"

[demand]
orders_per_day = 30
lines_per_order = { geometric = { mean = 1.6 } }

[replenishment]
policy = "s-S"
target = { fill_rate = 0.93 }

[[replenishment.levels]]
warehouse = "york"
product = "soy"
reorder_point = 2
order_up_to = 9

[costs]
holding_rate = 0.25
"#;

const PRODUCTS: &str = "id,vendor,unit_cost,share,reorder_point,order_up_to
whey,acme,22,3,,
soy,acme,17,1,,
=creatine,brand,9,2,,
bar,brand,1.5,4,40,160
shaker,acme,3,0.2,,
never,brand,3,0,,
";
