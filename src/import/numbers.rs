//! The numbers of a file: which mark stands before decimals is found out from all of them, as "1,234" alone does not say.

use super::complaint::Complaint;
use super::met::Met;
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

impl Survey {
    /// Looks at a number; `is_whole` says that it usually has no decimals.
    pub fn see(&mut self, text: &str, file: &str, line: usize, is_whole: bool) {
        let put = |slot: &mut Option<Met>| {
            slot.get_or_insert_with(|| Met::at(text, file, line));
        };
        let Some((first, behind)) = digits_in(text) else { return };
        // A price without cents says which mark stands before them: `9,-`.
        let behind = if text[behind..].starts_with([',', '.']) && text[behind + 1..].starts_with(['-', '–']) {
            behind + 1
        } else {
            behind
        };
        let number = &text[first..behind];
        if !number.contains([',', '.']) {
            if is_whole && self.whole_plain.is_none() {
                put(&mut self.whole_plain);
            }
            return;
        }
        let digits: String = number.chars().filter(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
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
    pub fn mark(&self, kind: &str, given: Option<char>) -> Result<(char, String), Complaint> {
        if let Some(mark) = given {
            return Ok((mark, "as said".to_string()));
        }
        match (&self.point, &self.comma) {
            (Some(point), None) => return Ok(('.', format!("shown by \"{}\"", point.text))),
            (None, Some(comma)) => return Ok((',', format!("shown by \"{}\"", comma.text))),
            (Some(point), Some(comma)) => {
                let what = format!("\"{}\" has a comma before its decimals, \"{}\" a point", comma.text, point.text);
                let help = format!("--decimal {kind}. or --decimal {kind}, says which is meant");
                return Err(comma.complaint(what).help(help));
            }
            (None, None) => {}
        }
        // Who writes three decimals writes them behind every number of units; thousands leave small numbers without a mark.
        if let Some(plain) = &self.whole_plain {
            let beside = |met: &Met| format!("as \"{}\" stands beside \"{}\"", met.text, plain.text);
            match (&self.whole_comma, &self.whole_point) {
                (Some(met), None) => return Ok(('.', beside(met))),
                (None, Some(met)) => return Ok((',', beside(met))),
                _ => {}
            }
        }
        let in_doubt = [
            (',', &self.whole_comma),
            (',', &self.comma_in_doubt),
            ('.', &self.whole_point),
            ('.', &self.point_in_doubt),
        ];
        let Some((mark, met)) = in_doubt.iter().find_map(|(mark, met)| Some((*mark, met.as_ref()?))) else {
            return Ok(('.', "the usual point".to_string()));
        };
        let (named, other) = if mark == ',' { ("comma", '.') } else { ("point", ',') };
        let what = format!("\"{}\" may have its thousands or its decimals set off by the {named}", met.text);
        let help = format!("--decimal {kind}{other} for thousands, --decimal {kind}{mark} for decimals");
        Err(met.complaint(what).help(help))
    }
}

/// Whether marks set groups of three digits apart.
fn groups(digits: &str, mark: char) -> bool {
    let mut parts = digits.split(mark);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && parts.all(|part| part.len() == 3)
}

/// What helps where a cell is no number.
pub const HELP: &str = "write the number alone, or with a currency or a word for pieces: 1200.50, $9.90, 12 pcs";

/// Codes and words of currencies, beside a number.
const CURRENCIES: [&str; 67] = [
    "aed", "ars", "aud", "bgn", "brl", "cad", "chf", "clp", "cny", "cop", "czk", "dkk", "egp", "eur", "gbp", "gel",
    "hkd", "huf", "idr", "ils", "inr", "isk", "jod", "jpy", "kes", "krw", "kwd", "kzt", "lkr", "mad", "mxn", "myr",
    "ngn", "nok", "nzd", "pen", "php", "pkr", "pln", "qar", "ron", "rsd", "rub", "sar", "sek", "sgd", "thb", "tnd",
    "try", "twd", "uah", "usd", "uyu", "vnd", "zar", "kr", "zł", "kč", "ft", "fr", "rs", "lei", "rmb", "euro", "euros",
    "dollar", "dollars",
];

/// Words for pieces in several languages, which change nothing of a number.
const PIECES: [&str; 32] = [
    "pcs", "pc", "pce", "pces", "piece", "pieces", "stk", "stck", "st", "stück", "stuks", "unit", "units", "ea",
    "each", "pz", "pza", "pzas", "ud", "uds", "un", "unidad", "unidades", "unidade", "szt", "ks", "db", "buc", "pièce",
    "pièces", "шт", "×",
];

/// Reads a number with a mark before its decimals: `1.200,00`, `$9.90`, `12 pcs`, `(5)`. What stands for none is 0; what has more to
/// it than a number, such as `2 dozen` or `50%`, is none.
pub fn read(text: &str, mark: char) -> Option<f64> {
    if let Some(number) = (mark == '.').then(|| parse_number(text)).flatten() {
        return Some(number);
    }
    if is_none(text) {
        return Some(0.0);
    }
    let (digits, is_negative) = unsigned(text)?;
    let number = parse_number(&plain(&digits, mark)?)?;
    Some(if is_negative { -number } else { number })
}

/// The sign or code of the currency that a text is, or that stands beside its number.
pub fn currency(text: &str) -> Option<&str> {
    let beside = text.trim_matches(|c: char| c.is_numeric() || c.is_whitespace() || ".,'’_+-−–()".contains(c));
    (!beside.is_empty() && is_currency(beside)).then_some(beside)
}

/// Whether a word is a currency's sign or code, or both: `US$`.
fn is_currency(word: &str) -> bool {
    const BEFORE_SIGN: [&str; 11] = ["r", "us", "c", "ca", "a", "au", "nz", "s", "hk", "nt", "mx"];
    let code = word.trim_matches(is_sign).to_lowercase();
    code.is_empty()
        || CURRENCIES.contains(&code.as_str())
        || (code.len() < word.len() && BEFORE_SIGN.contains(&code.as_str()))
}

/// Whether a character is a currency's sign.
fn is_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '\u{20a0}'..='\u{20cf}')
}

/// From where to where the digits of a number stand, with the marks between them: the point of an abbreviation beside them, as in
/// `Rs.1,200` or `1.200 St.`, is none of them.
fn digits_in(text: &str) -> Option<(usize, usize)> {
    let is_digit = |c: char| c.is_numeric();
    let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
    let behind = last + text[last..].chars().next().map_or(0, char::len_utf8);
    // A decimal may begin with its mark: `.5`.
    let before = &text[..first];
    let begins = before.strip_suffix(['.', ',']).is_some_and(|rest| !rest.ends_with(char::is_alphabetic));
    Some((if begins { first - 1 } else { first }, behind))
}

/// The digits of a number with the marks between them, and whether it is below 0; `None` where anything else stands there.
fn unsigned(text: &str) -> Option<(String, bool)> {
    let (mut text, mut is_negative) = (text.trim(), false);
    if let Some(inner) = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        (text, is_negative) = (inner, true);
    }
    // A price without cents: `9,-`.
    for end in [",--", ",-", ",–", ".--", ".-", ".–"] {
        text = text.strip_suffix(end).unwrap_or(text);
    }
    let (first, behind) = digits_in(text)?;
    let is_minus = |c: char| matches!(c, '-' | '−');
    let around = [&text[..first], &text[behind..]];
    let signs = around.iter().flat_map(|part| part.chars()).filter(|&c| is_minus(c)).count() + usize::from(is_negative);
    if signs > 1 {
        return None;
    }
    let is_known = |word: &str| {
        let word = word.trim_matches(|c| is_minus(c) || c == '+' || c == '.');
        is_currency(word) || PIECES.contains(&word.to_lowercase().as_str())
    };
    if !around.iter().flat_map(|part| part.split_whitespace()).all(is_known) {
        return None;
    }
    // Digits of other scripts are digits, too.
    let western = |c: char| match c.is_ascii() {
        true => Some(c.to_string()),
        false if c.is_numeric() => number_meant(&c.to_string()),
        false => Some(c.to_string()),
    };
    let digits = text[first..behind].chars().map(western).collect::<Option<String>>()?;
    Some((digits, signs > 0))
}

/// A number as TOML writes it, from digits with one mark before decimals and perhaps another between thousands, each in its place.
fn plain(digits: &str, mark: char) -> Option<String> {
    let (whole, decimals) = digits.split_once(mark).unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let between = whole.chars().find(|c| !c.is_ascii_digit());
    let is_thousands = |c: char| c.is_whitespace() || ".,'’_".contains(c) && c != mark;
    let is_whole = match between {
        None => true,
        Some(sign) => {
            let groups: Vec<&str> = whole.split(sign).collect();
            let (first, rest) = groups.split_first()?;
            let (last, inner) = rest.split_last()?;
            // India sets two digits apart above the first thousand.
            let length = inner.first().map_or(3, |group| group.len());
            let fits = last.len() == 3 && (2..=3).contains(&length) && inner.iter().all(|group| group.len() == length);
            is_thousands(sign) && (1..=3).contains(&first.len()) && fits && groups.iter().all(|group| are_digits(group))
        }
    };
    if !is_whole || !are_digits(decimals) {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    Some(format!(
        "{}.{}",
        if whole.is_empty() { "0" } else { &whole },
        if decimals.is_empty() { "0" } else { decimals }
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(texts: &[&str], is_whole: bool) -> Result<char, String> {
        let mut survey = Survey::default();
        texts.iter().enumerate().for_each(|(at, text)| survey.see(text, "x.csv", at + 2, is_whole));
        survey.mark("", None).map(|(mark, _)| mark).map_err(|wrong| wrong.to_string())
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
    fn the_point_of_an_abbreviation_is_none_of_the_number() {
        assert_eq!(mark(&["1.200 Stk.", "3 Stk."], true), Ok(','));
        assert_eq!(mark(&["12 Stk.", "9,90"], false), Ok(','));
        assert_eq!(mark(&["Rs. 1,200", "Rs.4,500.50"], false), Ok('.'));
        assert_eq!(mark(&["120 kr.", "1 450,50 kr."], false), Ok(','));
        assert_eq!(mark(&["9,-", "1.234"], false), Ok(','));
        assert!(mark(&["Fr. 1.200", "Fr. 450"], false).is_err_and(|why| why.contains("--decimal , for thousands")));
        assert_eq!(
            (read("Rs.1,200.50", '.'), read("1.200 St.", ','), read("$.50", '.')),
            (Some(1_200.5), Some(1_200.0), Some(0.5))
        );
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
            ("1'299.00", '.', 1299.0),
            ("CHF 1 200", '.', 1200.0),
            ("1,23,456.50", '.', 123_456.5),
            ("1.234.567", ',', 1_234_567.0),
            ("-$5", '.', -5.0),
            ("5-", '.', -5.0),
            ("9,-", ',', 9.0),
            ("12 Stk.", '.', 12.0),
            ("R$ 5,50", ',', 5.5),
            ("US$ 5", '.', 5.0),
            ("A$9.90", '.', 9.9),
            ("120 Ft", ',', 120.0),
            ("AED 12.50", '.', 12.5),
            ("3 unidades", ',', 3.0),
            ("+2", ',', 2.0),
            ("３", '.', 3.0),
        ] {
            assert_eq!(read(text, mark), Some(number), "{text}");
        }
        for (text, mark) in [
            ("2 dozen", '.'),
            ("50%", '.'),
            ("2k", '.'),
            ("A12", '.'),
            ("X1", '.'),
            ("min 6", '.'),
            ("1.234.56", '.'),
            ("9,9.9", '.'),
            ("12,34", '.'),
            ("1.23", ','),
            ("5 boxes", '.'),
            ("1/2", '.'),
            ("2 x 6", '.'),
            ("3 kg", '.'),
            ("½", '.'),
            ("2026-05-14", '.'),
            ("--5", '.'),
            ("(-5)", '.'),
        ] {
            assert_eq!(read(text, mark), None, "{text}");
        }
        assert_eq!((read("soon", '.'), read("", '.')), (None, None));
    }
}
