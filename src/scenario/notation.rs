//! Numbers as people and spreadsheets write them: what is read, and what was probably meant by what is not.

/// A number as TOML and spreadsheets write it: digits and a decimal point, perhaps an exponent.
pub fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim();
    // Rust would take "infinity" and "nan" too; as text they are words, not numbers.
    let numeric = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE_".contains(&byte));
    if !numeric || text.is_empty() {
        return matches!(text, "inf" | "+inf" | "-inf" | "nan").then(|| text.parse().ok()).flatten();
    }
    if text.contains('_') { text.replace('_', "").parse().ok() } else { text.parse().ok() }
}

/// A number of a few digits and nothing else, as nearly all whole numbers are written: read in a fraction of the time.
pub fn plain_whole(text: &str) -> Option<i64> {
    const FEW: usize = 9;
    let is_plain = text.len() <= FEW && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

/// How to write what a text that is no number probably means.
pub fn help(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%').and_then(parse_number) {
        return Some(format!("write {} for {percent} %", percent / 100.0));
    }
    if let Some(inner) = unwrapped(text).filter(|inner| parse_number(inner).is_some()) {
        return Some(format!("write {inner}: the marks around it are not part of it"));
    }
    if let Some(help) = lost(text) {
        return Some(help.to_string());
    }
    if is_none(text) {
        return Some("write 0 where there is none".to_string());
    }
    meant(text).map(|meant| format!("write {meant}: digits and a decimal point only"))
}

/// What helps where a spreadsheet has written something in place of a value.
pub fn lost(text: &str) -> Option<&'static str> {
    if is_failed(text) {
        return Some("a formula of the spreadsheet failed there: mend it, and save the file again");
    }
    (!text.is_empty() && text.bytes().all(|byte| byte == b'#'))
        .then_some("the column was too narrow for it when the file was saved: widen it, and save again")
}

/// What helps where a number was shortened.
pub const SHORTENED: &str =
    "format the column as text in the spreadsheet, and export the file again: the digits are lost here";

/// Whether a text is a long number that a spreadsheet has shortened: `4.00638E+12`.
pub fn is_shortened(text: &str) -> bool {
    // Most names begin with a letter.
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    power.strip_prefix('+').is_some_and(is_number) && whole.len() == 1 && is_number(whole) && is_number(decimals)
}

/// Whether a text is what a spreadsheet writes where a formula has no result.
pub fn is_failed(text: &str) -> bool {
    FAILED.iter().any(|failed| text.to_ascii_uppercase().starts_with(failed))
}

/// Whether a text stands for nothing.
pub fn is_none(text: &str) -> bool {
    NONE.contains(&text.trim().to_lowercase().as_str())
}

/// The number that a text which is none probably means, as it should be written.
pub fn meant(text: &str) -> Option<String> {
    bare(&western(text))
}

/// What a spreadsheet writes where a formula has no result.
const FAILED: [&str; 8] = ["#N/A", "#NV", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"];

/// A text with the digits of other scripts as 0 to 9.
pub fn western(text: &str) -> String {
    const ZEROS: [char; 5] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{ff10}'];
    let digit = |c: char| {
        let value =
            ZEROS.iter().find_map(|&zero| u32::from(c).checked_sub(u32::from(zero)).filter(|&value| value < 10));
        value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
    };
    text.chars().map(digit).collect()
}

/// Words and signs that stand for nothing.
const NONE: [&str; 13] = [
    "-",
    "–",
    "—",
    "n/a",
    "na",
    "none",
    "nil",
    "null",
    "not stocked",
    "out of stock",
    "sold out",
    "not available",
    "unavailable",
];

/// The number that "1.200" stands for where a point sets thousands apart, as half of the world writes them.
pub fn as_thousands(text: &str) -> Option<String> {
    let (before, behind) = text.trim().split_once('.')?;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=3).contains(&before.len()) && behind.len() == 3 && is_number(before) && is_number(behind);
    (fits && !before.starts_with('0')).then(|| format!("{before}{behind}"))
}

/// The text within marks that are not part of it: those that keep a spreadsheet from taking it for a number, `'00123` and
/// `="00123"`, and quotes that are none to CSV, `'A'` and `“A”`.
pub fn unwrapped(text: &str) -> Option<&str> {
    let text = text.trim();
    if let Some(formula) = text.strip_prefix('=') {
        // The quotes are doubled where the field itself is not quoted.
        let inner = formula.strip_prefix("\"\"").and_then(|inner| inner.strip_suffix("\"\""));
        let inner = inner.or_else(|| formula.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')));
        return inner.filter(|inner| !inner.contains('"'));
    }
    for (open, close) in [('\'', '\''), ('“', '”'), ('„', '“'), ('”', '”'), ('«', '»'), ('‘', '’'), ('`', '`')]
    {
        let inner = text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.is_empty()) {
            return Some(inner);
        }
    }
    text.strip_prefix('\'').filter(|inner| !inner.is_empty())
}

/// The digits of an amount, without its currency or unit and with a point before its decimals.
fn bare(text: &str) -> Option<String> {
    let is_around = |c: char| !c.is_ascii_digit() && !matches!(c, '-' | '−' | '(' | ')' | '.' | ',');
    let words = text.matches(is_around).count();
    let inner = text.trim_matches(is_around);
    let amount = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let (inner, negative) = match (amount, inner.strip_prefix(['-', '−']), inner.strip_suffix(['-', '−'])) {
        (Some(inner), ..) | (None, Some(inner), _) | (None, None, Some(inner)) => (inner, true),
        (None, None, None) => (inner, false),
    };
    let inner = inner.trim_matches(is_around);
    // More than a currency's sign or a unit's name is no amount.
    if inner.is_empty() || words > 12 {
        return None;
    }
    let digits: String =
        inner.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '_')).collect();
    let decimal = match (digits.rfind('.'), digits.rfind(',')) {
        (Some(point), Some(comma)) => Some(point.max(comma)),
        // "1,234" has its thousands set apart, "1,5" a decimal comma.
        (None, Some(comma)) if digits.matches(',').count() == 1 && digits.len() - comma != 4 => Some(comma),
        (Some(point), None) if digits.matches('.').count() == 1 => Some(point),
        _ => None,
    };
    let mut plain = if negative { "-".to_string() } else { String::new() };
    for (at, c) in digits.char_indices() {
        match c {
            '.' | ',' if Some(at) == decimal => plain.push('.'),
            '.' | ',' => {}
            c => plain.push(c),
        }
    }
    parse_number(&plain).map(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_toml_writes_them() {
        assert_eq!(parse_number(" 1_000.5 "), Some(1000.5));
        assert_eq!(parse_number("1e3"), Some(1000.0));
        assert_eq!((parse_number("infinity"), parse_number(""), parse_number("1,5")), (None, None, None));
    }

    #[test]
    fn amounts_are_understood_as_they_are_written_elsewhere() {
        for (text, meant) in [
            ("1,5", "1.5"),
            ("1,234", "1234"),
            ("1,234,567.80", "1234567.80"),
            ("1.200,00", "1200.00"),
            ("1.234.567", "1234567"),
            ("9,90 €", "9.90"),
            ("$9.90", "9.90"),
            ("USD 1,299.00", "1299.00"),
            ("R$ 5", "5"),
            ("1'299.00", "1299.00"),
            ("1\u{a0}299,5", "1299.5"),
            ("12 pcs", "12"),
            ("(5)", "-5"),
            ("−5", "-5"),
            ("5-", "-5"),
            ("-$5", "-5"),
            ("３", "3"),
            ("١٢", "12"),
        ] {
            assert_eq!(help(text), Some(format!("write {meant}: digits and a decimal point only")), "{text}");
        }
        assert_eq!(help("95 %").as_deref(), Some("write 0.95 for 95 %"));
        assert_eq!(help("not stocked").as_deref(), Some("write 0 where there is none"));
        for text in ["", "soon", "12 Main Street, Springfield", "2026-05-14", "1-2"] {
            assert_eq!(help(text), None, "{text}");
        }
    }

    #[test]
    fn marks_of_a_spreadsheet_are_seen() {
        for text in ["'00123", "=\"00123\"", "=\"\"00123\"\"", "'00123'", "“00123”"] {
            assert_eq!(unwrapped(text), Some("00123"), "{text}");
            assert!(help(text).is_some_and(|help| help.starts_with("write 00123:")), "{text}");
        }
        assert_eq!((unwrapped("A"), unwrapped("'"), unwrapped("=A1")), (None, None, None));
    }

    #[test]
    fn what_a_spreadsheet_has_lost_is_seen() {
        for text in ["#N/A", "#ref!", "########"] {
            assert!(lost(text).is_some(), "{text}");
        }
        assert_eq!((lost("#1001"), lost("")), (None, None));
        for (text, is) in [("4.00638E+12", true), ("1E+12", true), ("1,5e+7", true), ("1E", false), ("SIZE+1", false)] {
            assert_eq!(is_shortened(text), is, "{text}");
        }
    }

    #[test]
    fn thousands_that_look_like_decimals_are_noticed() {
        assert_eq!(as_thousands("1.200").as_deref(), Some("1200"));
        assert_eq!((as_thousands("0.125"), as_thousands("1.20"), as_thousands("1200.000")), (None, None, None));
    }
}
