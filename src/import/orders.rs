//! The orders of a shop, and what became of the rows that they were read from.

use super::complaint::Complaint;
use super::goods::Called;
use super::names::Names;
use std::collections::BTreeMap;

/// The orders that were read.
#[derive(Debug, Default)]
pub struct Orders {
    /// Those with lines, in the order of the files.
    pub list: Vec<Order>,
    /// Their lines, grouped by order.
    pub lines: Vec<Line>,
    /// What the products are called, by number.
    pub products: Vec<Called>,
    /// Where customers are: country and region.
    pub places: Vec<(String, String)>,
    /// Vendors and warehouses that lines name.
    pub vendors: Names,
    /// Warehouses that orders name.
    pub warehouses: Names,
    /// Whether dates name hours.
    pub have_time: bool,
    /// Whether lines say whether they have left.
    pub say_shipped: bool,
    /// How many rows there were, and what became of them.
    pub count: Count,
    /// Codes that are left out.
    pub ignored: Vec<String>,
    /// Codes that look as if they were no goods, and are read as goods.
    pub doubtful: Vec<String>,
    /// Lines of many more units than others.
    pub odd: Vec<Odd>,
    /// Cells that do not say when a line left, though they stand where that is said.
    pub unread_left: Vec<Complaint>,
}

/// An order.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its own number.
    pub id: String,
    /// When it was placed: seconds since 1970-01-01 00:00 by the shop's clock.
    pub at: i64,
    /// Where its customer is, by number.
    pub place: u32,
    /// The warehouse that it names.
    pub warehouse: Option<u32>,
    /// Its lines.
    pub lines: std::ops::Range<usize>,
}

/// A line of an order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// What, by number.
    pub product: u32,
    /// How many.
    pub units: u32,
    /// How many of them are still to leave, where the export says so.
    pub open: u32,
    /// What a unit was sold for.
    pub price: Option<f64>,
    /// Who delivers it.
    pub vendor: Option<u32>,
    /// When it left, where the export says so: seconds since 1970-01-01 00:00 by the shop's clock.
    pub left: Option<i64>,
}

impl Line {
    /// How many units are still to leave at a moment: what had not left when the file was made, and what left later.
    pub fn open_at(&self, at: i64) -> u32 {
        if self.left.is_some_and(|left| left >= at) { self.units } else { self.open }
    }
}

/// What became of the rows.
#[derive(Clone, Debug, Default)]
pub struct Count {
    /// Rows that hold something.
    pub rows: usize,
    /// Rows left out, by reason.
    pub left_out: BTreeMap<String, usize>,
    /// Rows that were taken off others of their order.
    pub netted: usize,
    /// Rows that became one with another of their order.
    pub merged: usize,
    /// Rows that name a product of their order again, and stay.
    pub repeated: usize,
    /// Units that were no whole numbers.
    pub rounded: usize,
    /// Lines that cost nothing, and stay.
    pub free: usize,
    /// Orders whose own number stands in several files.
    pub in_several_files: usize,
    /// Rows that an earlier file has already.
    pub in_earlier_file: usize,
    /// Orders that name no place.
    pub without_place: usize,
    /// Codes of goods that go by several names, and the first of them.
    pub several_names: (usize, String),
    /// Codes of goods that a spreadsheet took for numbers and rounded, and the first of them.
    pub rounded_codes: (usize, String),
    /// Hours that the shop's clock skips in spring.
    pub skipped_hours: usize,
    /// Orders that come again with another date, and keep the first.
    pub dated_anew: Option<Differing>,
    /// Orders whose rows name another country, and keep the first.
    pub elsewhere: Option<Differing>,
    /// The currencies of the rows, by their signs or codes, where there are several: those of most rows, whose prices are read, first.
    pub currencies: Vec<(String, usize)>,
    /// Rows that are fulfilled in part, without saying how many of their units.
    pub fulfilled_in_part: usize,
    /// Returns of more units than their order had.
    pub returned_beyond: usize,
    /// What was said of goods and fits no product, with what may have been meant.
    pub unknown_goods: Vec<(String, Option<String>)>,
}

/// Rows that say something else of their order than the order's first row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differing {
    /// How many orders have such rows.
    pub orders: usize,
    /// How many rows there are.
    pub rows: usize,
    /// The first of them: its file.
    pub file: String,
    /// Its line.
    pub line: usize,
}

impl Differing {
    /// The first row that was met, which is not counted yet.
    pub fn first((file, line): (String, usize)) -> Self {
        Self { file, line, ..Self::default() }
    }
}

/// A line of many more units than others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// The order's own number.
    pub order: String,
    /// The product's code.
    pub product: String,
    /// How many units.
    pub units: u32,
    /// The order that took them back, where one did.
    pub cancelled_by: Option<String>,
}
