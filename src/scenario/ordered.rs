//! The units of an order's line, and what a number of units that is none may stand for.

use super::item::Item;
use super::notation::{self, parse_number};
use super::reader::Section;
use super::tree::Value;

/// The units of a line in its row, or their default.
pub fn units_of(row: &Section<'_>) -> Option<u32> {
    row.written("units").map_or_else(|| row.read("units"), |item| units(&item))
}

/// The units of a line: at least one.
pub fn units(item: &Item<'_>) -> Option<u32> {
    const RETURN: &str = "a return or a cancellation is no order: take it out, and what it takes back with it";
    const NOTHING: &str = "take the line out if nothing was ordered";
    let key = item.key;
    let push = |code, message: String, help: &str| {
        item.cx.sink.push(item.error(code, message).expected("a whole number of at least 1").help(help));
        None
    };
    if let Value::Cell(text) = &item.node.value
        && let Some(1..) = notation::plain_whole(text)
    {
        return item.units(1);
    }
    let written = match &item.node.value {
        Value::Cell(text) => match parse_number(text) {
            Some(number) => number,
            None if text.is_empty() => return push("empty", format!("`{key}` is empty in this row"), "fill it in"),
            None => {
                let help = match text {
                    text if notation::is_negative(text) => RETURN,
                    text if notation::is_none(text) => NOTHING,
                    _ => return item.units(1),
                };
                return push("wrong-type", format!("`{key}` must be a number, not {}", item.node.shown()), help);
            }
        },
        Value::Integer(units) => *units as f64,
        Value::Float(units) => *units,
        _ => return item.units(1),
    };
    let refused = |wanted: &str| format!("`{key}` must be {wanted}, not {}", item.as_written());
    if written <= 0.0 {
        return push("out-of-range", refused("at least 1"), if written < 0.0 { RETURN } else { NOTHING });
    }
    if !is_part(item, written) {
        return item.units(1);
    }
    push("not-whole", refused("a whole number"), WHOLE)
}

const WHOLE: &str = "units are whole: count what is sold by weight or length in a smaller unit, such as grams";

/// Whether a number has a fraction, and is not one whose thousands a point sets apart.
fn is_part(item: &Item<'_>, number: f64) -> bool {
    let is_grouped = matches!(&item.node.value, Value::Cell(text) if notation::as_thousands(text).is_some());
    number.is_finite() && number.fract() != 0.0 && !is_grouped
}

/// The units of a stock row: none or more.
pub fn on_hand(item: &Item<'_>) -> Option<u32> {
    let key = item.key;
    let (written, is_owed) = match &item.node.value {
        Value::Cell(text) => {
            let number = parse_number(text);
            (number, number.map_or_else(|| notation::is_negative(text), |number| number < 0.0))
        }
        Value::Integer(units) => (Some(*units as f64), *units < 0),
        Value::Float(units) => (Some(*units), *units < 0.0),
        _ => (None, false),
    };
    let (code, wanted, help) = match written {
        _ if is_owed => {
            let help = "units that are owed already are orders: write 0, and add them to [[orders]] with `at = \"0s\"`";
            ("out-of-range", "at least 0", help)
        }
        Some(units) if is_part(item, units) => ("not-whole", "a whole number", WHOLE),
        _ => return item.units(0),
    };
    let message = format!("`{key}` must be {wanted}, not {}", item.as_written());
    item.cx.sink.push(item.error(code, message).expected("a whole number of at least 0").help(help));
    None
}
