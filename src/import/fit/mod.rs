//! Distributions and rates fitted by maximum likelihood to what was read, each with how well it fits.

pub mod counts;
mod family;
mod goodness;
pub mod lead_times;
pub mod pairs;
pub mod popularity;
pub mod rate;

use super::orders::Orders;
use super::products::Products;
use counts::Counts;
use pairs::Together;
use rate::Rate;

/// The demand as a process: what its orders are drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// Orders a day.
    pub rate: Rate,
    /// Distinct products of an order.
    pub lines: Counts,
    /// Units of a product of an order.
    pub units: Counts,
    /// The weight of each product, in the order of the products.
    pub weights: Vec<f64>,
    /// What is bought together.
    pub together: Together,
}

impl Demand {
    /// Fits the demand of before a day, both counted from the first day of the orders; `daily` are the orders of each day.
    pub fn of(orders: &Orders, products: &Products, daily: &[u32], start: i64, first_day: i64) -> Self {
        const MOST_UNITS: u32 = 1_000_000;
        let days = usize::try_from(start).unwrap_or(0).clamp(1, daily.len().max(1));
        let rate = rate::fit(&daily[..days.min(daily.len())], start);
        let number: Vec<Option<u32>> = orders.products.iter().map(|called| products.names.get(&called.code)).collect();
        let history = orders.list.iter().filter(|order| order.at.div_euclid(crate::domain::DAY) - first_day < start);
        let mut each: Vec<Vec<u32>> = Vec::new();
        let mut units: Vec<u32> = Vec::new();
        for order in history {
            let mut distinct: Vec<u32> = Vec::new();
            let begins = units.len();
            for line in &orders.lines[order.lines.clone()] {
                let Some(product) = number[line.product as usize] else { continue };
                match distinct.iter().position(|&other| other == product) {
                    Some(at) => units[begins + at] = units[begins + at].saturating_add(line.units),
                    None => {
                        distinct.push(product);
                        units.push(line.units);
                    }
                }
            }
            each.push(distinct);
        }
        let weights = popularity::weights(products.list.len(), &each);
        let sold = weights.iter().filter(|weight| **weight > 0.0).count() as u32;
        let lines = Counts::of(each.iter().map(|order| order.len() as u32), sold);
        let units = Counts::of(units.into_iter(), MOST_UNITS);
        let together = pairs::find(&weights, &each);
        Self { rate, lines, units, weights, together }
    }
}
