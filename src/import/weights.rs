//! Weights as they are written: with their unit in the cell, in the header or in a column beside.

use super::complaint::Complaint;
use super::fields::{Field, normalised};
use super::limits::beyond;
use super::numbers::HELP;
use super::source::{Opened, View};
use crate::scenario::kilograms;

/// Reads weights, and counts those that name no unit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weights {
    /// Weights that are read as kilograms, as nothing says what they are.
    pub without_unit: usize,
}

impl Weights {
    /// The kilograms of a row; what cannot be read is told.
    pub fn read(&mut self, source: &Opened, view: &View<'_>, wrong: &mut Vec<Complaint>) -> Option<f64> {
        let text = view.raw(Field::Weight);
        let (number, unit) = parted(text);
        let title = normalised(view.title(Field::Weight));
        let of_title = title.rsplit(' ').next().filter(|word| kilograms(word).is_some());
        let beside = Some(view.raw(Field::WeightUnit)).filter(|unit| !unit.is_empty());
        // What the header says of its column goes before what a column beside it says: Shopify's `Variant Grams` are grams.
        let unit = (!unit.is_empty()).then_some(unit).or(of_title).or(beside);
        let Some(number) = source.number(number) else {
            if !text.is_empty() {
                let what = format!("\"{text}\" is no number for {}", Field::Weight.meaning());
                wrong.push(Complaint::at(view.file(), view.line(), what).help(HELP));
            }
            return None;
        };
        let Some(factor) = unit.map_or(Some(1.0), kilograms) else {
            let what = format!("\"{}\" is no unit of a weight", unit.unwrap_or_default());
            wrong.push(Complaint::at(view.file(), view.line(), what).help("there are g, kg, oz and lb"));
            return None;
        };
        self.without_unit += usize::from(unit.is_none() && number > 0.0);
        // Grams are thousandths: no more digits than that are in the file.
        let weight = (number * factor * 1e6).round() / 1e6;
        wrong.extend(beyond(view, Field::Weight, text, weight));
        Some(weight)
    }
}

/// A text's number and the unit behind it.
fn parted(text: &str) -> (&str, &str) {
    let is_none = !text.contains(|c: char| c.is_ascii_digit());
    let number = if is_none { text } else { text.trim_end_matches(|c: char| c.is_alphabetic() || c == '.') };
    (number.trim(), text[number.len()..].trim_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_parted_from_its_unit() {
        for (text, number, unit) in [
            ("500 g", "500", "g"),
            ("1.5kg", "1.5", "kg"),
            ("17.6 oz.", "17.6", "oz"),
            ("2", "2", ""),
            ("n/a", "n/a", ""),
            ("", "", ""),
        ] {
            assert_eq!(parted(text), (number, unit), "{text}");
        }
    }
}
