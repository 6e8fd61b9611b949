//! The numbers in a row's cells, and what a scenario takes of them: the ranges of its own keys, told where a row goes beyond them.

use super::complaint::Complaint;
use super::fields::Field;
use super::numbers::HELP;
use super::source::{Opened, View};
use crate::domain::phrase::grouped;
use crate::domain::settings::Range;
use crate::domain::settings::kinds::MAX_UNITS;

/// The complaint about a number that no scenario takes; `None` about one that fits. `text` is the number as the row has it, or what
/// it adds up to.
pub fn beyond(view: &View<'_>, field: Field, text: &str, number: f64) -> Option<Complaint> {
    use Field::{Cost, Price, Total, Weight};
    let (most, what) = match field {
        Price | Total => (Range::MONEY.max, Price.meaning()),
        Cost => (Range::MONEY.max, Cost.meaning()),
        Weight => (Range::NOT_NEGATIVE.max, Weight.meaning()),
        _ => (MAX_UNITS as f64, "units"),
    };
    if number.abs() <= most {
        return None;
    }
    let what = format!("\"{text}\" is beyond what a scenario takes: {what} may be at most {}", grouped(most, 0));
    let help = match field {
        Price | Total | Cost | Weight => "see whether the column is the right one, and its decimals are read rightly",
        _ => "a barcode or a date below the units is the usual cause: see whether the column is the right one",
    };
    let help = format!("{help} ({})", view.option(field));
    Some(Complaint::at(view.file(), view.line(), what).help(help))
}

/// The complaint about a cell of units that is no number.
pub fn no_units(view: &View<'_>, text: &str) -> Complaint {
    Complaint::at(view.file(), view.line(), format!("\"{text}\" is no number of units")).help(HELP)
}

/// The number in a row's cell; one that cannot be read, and one that no scenario takes, is told.
pub fn number(source: &Opened, view: &View<'_>, field: Field, wrong: &mut Vec<Complaint>) -> Option<f64> {
    let text = view.raw(field);
    let number = source.number(text);
    if number.is_none() && !text.is_empty() {
        let what = format!("\"{text}\" is no number for {}", field.meaning());
        wrong.push(Complaint::at(view.file(), view.line(), what).help(HELP));
    }
    wrong.extend(number.and_then(|number| beyond(view, field, text, number)));
    number
}
