//! The units of an order's line, and what a number of units that is none may stand for.

use super::item::Item;
use super::notation::parse_number;
use super::tree::Value;

/// The units of a line: at least one.
pub fn units(item: &Item<'_>) -> Option<u32> {
    let written = match &item.node.value {
        Value::Cell(text) => parse_number(text),
        Value::Integer(units) => Some(*units as f64),
        Value::Float(units) => Some(*units),
        _ => None,
    };
    let help = match written {
        Some(0.0) => "take the line out if nothing was ordered",
        Some(units) if units < 0.0 => {
            "a return or a cancellation is no order: take it out, and what it takes back with it"
        }
        Some(units) if units > 0.0 && units < 1.0 => {
            "units are whole: count what is sold by weight or length in a smaller unit, such as grams"
        }
        _ => return item.units(1),
    };
    let is_part = written.is_some_and(|units| units > 0.0);
    let (code, wanted) = if is_part { ("not-whole", "a whole number") } else { ("out-of-range", "at least 1") };
    let message = format!("`{}` must be {wanted}, not {}", item.key, item.as_written());
    item.cx.sink.push(item.error(code, message).expected("a whole number of at least 1").help(help));
    None
}

/// The units of a stock row: none or more.
pub fn on_hand(item: &Item<'_>) -> Option<u32> {
    let is_negative = match &item.node.value {
        Value::Cell(text) => parse_number(text).is_some_and(|units| units < 0.0),
        Value::Integer(units) => *units < 0,
        _ => false,
    };
    if !is_negative {
        return item.units(0);
    }
    let message = format!("`{}` must be at least 0, not {}", item.key, item.as_written());
    let help = "units that are owed already are orders: write 0, and add them to [[orders]] with `at = \"0s\"`";
    item.cx.sink.push(item.error("out-of-range", message).expected("a whole number of at least 0").help(help));
    None
}
