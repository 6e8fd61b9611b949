//! The files of a scenario as text.

use super::dates::written;
use super::orders::Orders;
use super::zones::Found;
use crate::domain::DAY;
use std::fmt::Write;

/// A cell of a CSV file.
pub fn cell(text: &str) -> String {
    let needs_quotes = text.contains([',', '"', '\n', '\r']) || text != text.trim();
    if needs_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_string() }
}

/// A text of TOML.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

/// An amount of money.
pub fn money(amount: f64) -> String {
    if (0.0..0.01).contains(&amount) && amount > 0.0 { format!("{amount:.6}") } else { format!("{amount:.2}") }
}

/// A day as a date.
pub fn day_named(day: i64) -> String {
    written(day * DAY, false)
}

/// The zones: those with most orders first.
pub fn zones(zones: &Found) -> String {
    let mut text = String::from("id,share,international\n");
    for ((name, orders), abroad) in zones.names.iter().zip(&zones.orders).zip(&zones.international) {
        let _ = writeln!(text, "{},{},{abroad}", cell(name), (*orders).max(1));
    }
    text
}

/// The ways from each warehouse to each zone.
pub fn lanes(warehouses: &[String], zones: &Found, terms: &Terms) -> String {
    let mut text = String::from("from,to,parcel_cost,transit\n");
    for warehouse in warehouses {
        for (zone, &abroad) in zones.names.iter().zip(&zones.international) {
            let (cost, transit) = if abroad { terms.abroad } else { terms.at_home };
            let _ = writeln!(text, "{},{},{},{transit}", cell(warehouse), cell(zone), money(cost));
        }
    }
    text
}

/// What a parcel costs and how long it takes, at home and abroad.
pub struct Terms {
    /// Within the home country.
    pub at_home: (f64, &'static str),
    /// Across a border.
    pub abroad: (f64, &'static str),
}

/// The orders from a day on, a row a line, each order under its own number.
pub fn orders(orders: &Orders, zones: &Found, from: i64) -> String {
    let mut text = String::with_capacity(orders.lines.len() * 48 + 64);
    text.push_str("order,line,date,zone,product,units\n");
    let ids: Vec<String> = orders.products.iter().map(|called| cell(&called.code)).collect();
    let names: Vec<String> = zones.names.iter().map(|name| cell(name)).collect();
    for order in orders.list.iter().filter(|order| order.at.div_euclid(DAY) >= from) {
        let (id, date) = (cell(&order.id), written(order.at, orders.have_time));
        let zone = &names[zones.of_place[order.place as usize] as usize];
        for (number, line) in orders.lines[order.lines.clone()].iter().enumerate() {
            let product = &ids[line.product as usize];
            let _ = writeln!(text, "{id},{},{date},{zone},{product},{}", number + 1, line.units);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_a_row_stands_in_quotes() {
        assert_eq!(cell("27\" screen, black"), "\"27\"\" screen, black\"");
        assert_eq!((cell("whey"), cell(" x").as_str()), ("whey".to_string(), "\" x\""));
        assert_eq!(quoted("a \"b\" \\ c").parse::<toml::Value>().expect("TOML").as_str(), Some("a \"b\" \\ c"));
    }
}
