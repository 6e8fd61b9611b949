//! The numbers of a file: which mark stands before decimals is found out from all of them, as "1,234" alone does not say.

use super::complaint::Complaint;
use crate::scenario::{is_none, number_meant, parse_number};

/// What a file's numbers have shown so far.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// A number whose decimals a point sets off for certain, and its line.
    point: Option<Met>,
    comma: Option<Met>,
    /// Numbers such as "1,234" and "1.234", whose mark may set off thousands or decimals.
    comma_in_doubt: Option<Met>,
    point_in_doubt: Option<Met>,
    /// The same of numbers that are usually whole: units.
    whole_comma: Option<Met>,
    whole_point: Option<Met>,
    /// A number of units without a mark: where there is one, the others do not all carry three decimals.
    whole_plain: Option<Met>,
}

/// A number, as it is written, and its line.
type Met = (String, usize);

impl Survey {
    /// Looks at a number; `is_whole` says that it usually has no decimals.
    pub fn see(&mut self, text: &str, line: usize, is_whole: bool) {
        let put = |slot: &mut Option<Met>| {
            slot.get_or_insert_with(|| (text.to_string(), line));
        };
        if !text.contains([',', '.']) {
            if is_whole && self.whole_plain.is_none() && text.bytes().any(|byte| byte.is_ascii_digit()) {
                put(&mut self.whole_plain);
            }
            return;
        }
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
        match (digits.rfind(','), digits.rfind('.')) {
            (Some(comma), Some(point)) if comma > point => put(&mut self.comma),
            (Some(_), Some(_)) => put(&mut self.point),
            (Some(at), None) => {
                if !groups(&digits, ',') || digits.len() - at != 4 {
                    put(&mut self.comma);
                } else if digits.matches(',').count() > 1 {
                    // Two of them set thousands apart.
                    put(&mut self.point);
                } else {
                    put(if is_whole { &mut self.whole_comma } else { &mut self.comma_in_doubt });
                }
            }
            (None, Some(at)) => {
                if !groups(&digits, '.') || digits.len() - at != 4 {
                    put(&mut self.point);
                } else if digits.matches('.').count() > 1 {
                    put(&mut self.comma);
                } else {
                    put(if is_whole { &mut self.whole_point } else { &mut self.point_in_doubt });
                }
            }
            (None, None) => {}
        }
    }

    /// The mark before decimals, and how it is known. `kind` stands before an option's value, as in `receipts:,`.
    ///
    /// # Errors
    /// Where nothing says which it is, or both are in use.
    pub fn mark(&self, file: &str, kind: &str, given: Option<char>) -> Result<(char, String), Complaint> {
        if let Some(mark) = given {
            return Ok((mark, "as said".to_string()));
        }
        match (&self.point, &self.comma) {
            (Some((point, _)), None) => return Ok(('.', format!("shown by \"{point}\""))),
            (None, Some((comma, _))) => return Ok((',', format!("shown by \"{comma}\""))),
            (Some((point, _)), Some((comma, line))) => {
                let what = format!("\"{comma}\" has a comma before its decimals, \"{point}\" a point");
                let help = format!("--decimal {kind}. or --decimal {kind}, says which is meant");
                return Err(Complaint::at(file, *line, what).help(help));
            }
            (None, None) => {}
        }
        // Who writes three decimals writes them behind every number of units; thousands leave small numbers without a mark.
        if let Some((plain, _)) = &self.whole_plain {
            match (&self.whole_comma, &self.whole_point) {
                (Some((text, _)), None) => return Ok(('.', format!("as \"{text}\" stands beside \"{plain}\""))),
                (None, Some((text, _))) => return Ok((',', format!("as \"{text}\" stands beside \"{plain}\""))),
                _ => {}
            }
        }
        let in_doubt = [
            (',', &self.whole_comma),
            (',', &self.comma_in_doubt),
            ('.', &self.whole_point),
            ('.', &self.point_in_doubt),
        ];
        let Some((mark, (text, line))) = in_doubt.iter().find_map(|(mark, met)| Some((*mark, met.as_ref()?))) else {
            return Ok(('.', "the usual point".to_string()));
        };
        let (named, other) = if mark == ',' { ("comma", '.') } else { ("point", ',') };
        let what = format!("\"{text}\" may have its thousands or its decimals set off by the {named}");
        let help = format!("--decimal {kind}{other} for thousands, --decimal {kind}{mark} for decimals");
        Err(Complaint::at(file, *line, what).help(help))
    }
}

/// Whether marks set groups of three digits apart.
fn groups(digits: &str, mark: char) -> bool {
    let mut parts = digits.split(mark);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && parts.all(|part| part.len() == 3)
}

/// Reads a number with a mark before its decimals: `1.200,00`, `$9.90`, `12 pcs`, `(5)`. What stands for none is 0.
pub fn read(text: &str, mark: char) -> Option<f64> {
    if let Some(number) = (mark == '.').then(|| parse_number(text)).flatten() {
        return Some(number);
    }
    if is_none(text) {
        return Some(0.0);
    }
    // Thousands are taken out, so that what is left is read in one way only.
    let plain: String = match mark {
        ',' => text.chars().filter(|&c| c != '.').map(|c| if c == ',' { '.' } else { c }).collect(),
        _ => text.chars().filter(|&c| c != ',').collect(),
    };
    parse_number(&plain).or_else(|| number_meant(&plain).and_then(|meant| parse_number(&meant)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(texts: &[&str], is_whole: bool) -> Result<char, String> {
        let mut survey = Survey::default();
        texts.iter().enumerate().for_each(|(at, text)| survey.see(text, at + 2, is_whole));
        survey.mark("x.csv", "", None).map(|(mark, _)| mark).map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn the_mark_before_decimals_is_found_or_asked() {
        assert_eq!(mark(&["1.200,00"], false), Ok(','));
        assert_eq!(mark(&["1,234", "9,90"], false), Ok(','));
        assert_eq!(mark(&["1,234", "9.90"], false), Ok('.'));
        assert_eq!(mark(&["1,234,567"], false), Ok('.'));
        assert_eq!(mark(&["1,200", "3"], true), Ok('.'), "thousands, as the other has no decimals");
        assert_eq!(mark(&["3", "1.200"], true), Ok(','));
        for three_decimals in [["2,000", "1,000"], ["40.000", "12.500"]] {
            assert!(mark(&three_decimals, true).is_err_and(|why| why.contains("--decimal")), "{three_decimals:?}");
        }
        assert_eq!(mark(&["5", "7"], false), Ok('.'));
        assert!(mark(&["1,234"], false).is_err_and(|why| why.contains("--decimal . for thousands")));
        assert!(mark(&["1.234"], false).is_err_and(|why| why.contains("--decimal , for thousands")));
        assert_eq!(mark(&["1.234", "0.5"], false), Ok('.'));
        assert!(mark(&["9,90", "9.90"], false).is_err());
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, mark, number) in [
            ("6", '.', 6.0),
            ("1.200,00", ',', 1200.0),
            ("9,90 €", ',', 9.9),
            ("$9.90", '.', 9.9),
            ("1,299.00", '.', 1299.0),
            ("1,234", ',', 1.234),
            ("1,234", '.', 1234.0),
            ("(5)", '.', -5.0),
            ("-1", '.', -1.0),
            ("not stocked", '.', 0.0),
            ("2.000", '.', 2.0),
        ] {
            assert_eq!(read(text, mark), Some(number), "{text}");
        }
        assert_eq!((read("soon", '.'), read("", '.')), (None, None));
    }
}
