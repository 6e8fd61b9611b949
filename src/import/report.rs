//! What an import has to tell: what was understood, what became of the rows, what is assumed, and what the demand looks like.

use super::fields::Kind;
use super::fit::Demand;
use super::fit::lead_times::Fit;
use super::orders::{Count, Odd};
use super::source::Fact;
use super::writing::day_named;
use crate::scenario::date_of;

/// What an import has to tell.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The scenario's name.
    pub name: String,
    /// What was understood of the files, by kind.
    pub facts: Vec<(Kind, Vec<Fact>)>,
    /// What was understood of goods, zones and time.
    pub choices: Vec<Fact>,
    /// What no export says, and what is written instead; the most important first.
    pub assumptions: Vec<String>,
    /// What is worth telling.
    pub notes: Vec<String>,
    /// What became of the rows of orders.
    pub count: Count,
    /// Lines of many more units than others.
    pub odd: Vec<Odd>,
    /// Codes that are left out.
    pub ignored: Vec<String>,
    /// How much there is.
    pub size: Size,
    /// What the demand looks like.
    pub demand: Shape,
    /// The demand as a process.
    pub fitted: Option<Demand>,
    /// Products bought together: two codes, orders with both, and how many times as often as by chance.
    pub pairs: Vec<(String, String, u32, f64)>,
    /// The lead times of vendors.
    pub lead_times: Vec<(String, Fit)>,
}

/// How much there is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Size {
    /// Orders.
    pub orders: usize,
    /// Their lines.
    pub lines: usize,
    /// Their units.
    pub units: u64,
    /// Products that were ordered.
    pub products: usize,
    /// Products in all.
    pub products_in_all: usize,
    /// Zones.
    pub zones: usize,
    /// Zones across a border.
    pub abroad: usize,
    /// Warehouses.
    pub warehouses: usize,
    /// Vendors.
    pub vendors: usize,
    /// Customers' orders that are open when the run begins.
    pub open_orders: usize,
    /// Lines of orders to vendors that are open then.
    pub open_purchases: usize,
}

/// What the demand looks like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// The first day, counted from 1970-01-01.
    pub first_day: i64,
    /// The first day, as a date.
    pub first: String,
    /// The last day, as a date.
    pub last: String,
    /// The weekday of the first day: 0 is Monday.
    pub weekday: usize,
    /// Orders of each day, from the first.
    pub daily: Vec<u32>,
    /// The longest time without orders: days, and the dates of the orders before and behind it.
    pub gap: Option<(i64, String, String)>,
    /// Orders by their number of lines, from 1.
    pub lines_per_order: Vec<u32>,
    /// Lines by their number of units, from 1; the last holds all beyond.
    pub units_per_line: Vec<u32>,
    /// Units of each product that was ordered, those most asked for first.
    pub popularity: Vec<u64>,
}

impl Shape {
    /// The date of a day, counted from the first.
    pub fn date(&self, day: usize) -> String {
        day_named(self.first_day + day as i64)
    }

    /// The days on which months begin, counted from the first one of the orders, with the month's name; January's has its year.
    pub fn months(&self) -> Vec<(usize, String)> {
        let named = |day: usize| {
            let date = date_of(self.first_day + day as i64).filter(|date| date.day() == 1)?;
            let name = date.strftime("%b").to_string();
            Some((day, if date.month() == 1 { format!("{name} {}", date.year()) } else { name }))
        };
        (0..self.daily.len()).filter_map(named).collect()
    }
}
