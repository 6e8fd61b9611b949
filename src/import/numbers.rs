//! The numbers of a file: which mark stands before decimals is found out from all of them, as "1,234" alone does not say.

use super::complaint::Complaint;
use crate::scenario::{is_none, number_meant, parse_number};

/// What a file's numbers have shown so far.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// A number whose decimals a point sets off for certain, and its line.
    point: Option<(String, usize)>,
    comma: Option<(String, usize)>,
    /// Numbers such as "1,234" and "1.234".
    comma_in_doubt: Option<(String, usize)>,
    point_in_doubt: Option<(String, usize)>,
}

impl Survey {
    /// Looks at a number; `is_whole` says that it can have no decimals.
    pub fn see(&mut self, text: &str, line: usize, is_whole: bool) {
        if !text.contains([',', '.']) {
            return;
        }
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
        let put = |slot: &mut Option<(String, usize)>| {
            slot.get_or_insert_with(|| (text.to_string(), line));
        };
        match (digits.rfind(','), digits.rfind('.')) {
            (Some(comma), Some(point)) if comma > point => put(&mut self.comma),
            (Some(_), Some(_)) => put(&mut self.point),
            (Some(at), None) => {
                let groups = groups(&digits, ',');
                if !groups || (digits.len() - at != 4) {
                    put(&mut self.comma);
                } else if digits.matches(',').count() > 1 || is_whole {
                    // Two of them set thousands apart; so does one in a number that has no decimals.
                    put(&mut self.point);
                } else {
                    put(&mut self.comma_in_doubt);
                }
            }
            (None, Some(at)) => {
                let groups = groups(&digits, '.');
                if !groups || digits.len() - at != 4 {
                    put(&mut self.point);
                } else if digits.matches('.').count() > 1 {
                    put(&mut self.comma);
                } else {
                    put(&mut self.point_in_doubt);
                }
            }
            (None, None) => {}
        }
    }

    /// The mark before decimals.
    ///
    /// # Errors
    /// Where nothing says which it is, or both are in use.
    pub fn mark(&self, file: &str, given: Option<char>) -> Result<(char, String), Complaint> {
        if let Some(mark) = given {
            return Ok((mark, "as said".to_string()));
        }
        match (&self.point, &self.comma) {
            (Some((point, _)), None) => Ok(('.', format!("shown by \"{point}\""))),
            (None, Some((comma, _))) => Ok((',', format!("shown by \"{comma}\""))),
            (Some((point, _)), Some((comma, line))) => {
                let what = format!("\"{comma}\" has a comma before its decimals, \"{point}\" a point");
                Err(Complaint::at(file, *line, what).help("--decimal . or --decimal , says which is meant"))
            }
            (None, None) => match &self.comma_in_doubt {
                Some((text, line)) => {
                    let what = format!("\"{text}\" may have its thousands or its decimals set off by the comma");
                    Err(Complaint::at(file, *line, what).help("--decimal . for thousands, --decimal , for decimals"))
                }
                None => Ok(('.', "the usual point".to_string())),
            },
        }
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
        survey.mark("x.csv", None).map(|(mark, _)| mark).map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn the_mark_before_decimals_is_found_or_asked() {
        assert_eq!(mark(&["1.200,00"], false), Ok(','));
        assert_eq!(mark(&["1,234", "9,90"], false), Ok(','));
        assert_eq!(mark(&["1,234", "9.90"], false), Ok('.'));
        assert_eq!(mark(&["1,234,567"], false), Ok('.'));
        assert_eq!(mark(&["1,234"], true), Ok('.'));
        assert_eq!(mark(&["5", "7"], false), Ok('.'));
        assert!(mark(&["1,234"], false).is_err_and(|why| why.contains("--decimal")));
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
