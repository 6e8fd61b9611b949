//! Numbers as people and spreadsheets write them: what is read, and what was probably meant by what is not.

use super::weight::kilograms;
use libm::round;

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

/// How to write what a text that is no number probably means at a key, as far as the number is one that `fits` there.
pub fn help(text: &str, key: &str, fits: impl Fn(f64) -> bool) -> Option<String> {
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%').and_then(parse_number) {
        return fits(percent / 100.0).then(|| format!("write {} for {percent} %", percent / 100.0));
    }
    if let Some(inner) = unwrapped(text).filter(|inner| parse_number(inner).is_some()) {
        let is_fit = parse_number(inner).is_some_and(fits);
        return is_fit.then(|| format!("write {inner}: the marks around it are not part of it"));
    }
    if let Some(help) = lost(text) {
        return Some(help.to_string());
    }
    if is_total(text) {
        return Some(TOTAL.to_string());
    }
    if is_none(text) {
        return fits(0.0).then(|| "write 0 where there is none".to_string());
    }
    let text = western(text);
    let amount = Amount::read(&text)?;
    let factor = amount.factor(key)?;
    let scaled = |number: String| match factor {
        1.0 => number,
        factor => parse_number(&number).map_or(number, |number| (round(number * factor * 1e6) / 1e6).to_string()),
    };
    let meant: Vec<String> =
        amount.numbers().into_iter().map(scaled).filter(|number| parse_number(number).is_some_and(&fits)).collect();
    let why =
        if [1.0, -1.0].contains(&factor) { "digits and a decimal point only" } else { "weights are in kilograms" };
    match &meant[..] {
        [] => None,
        [number] => Some(format!("write {number}: {why}")),
        numbers => Some(format!("write {}, whichever it means: {why}", numbers.join(" or "))),
    }
}

/// Whether a text that is no number stands for one below 0.
pub fn is_negative(text: &str) -> bool {
    Amount::read(&western(text)).is_some_and(|amount| amount.is_negative)
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

/// What helps where a row is the sum below a table.
pub const TOTAL: &str = "take the row out of the file if it is a total";

/// Whether a text is what stands before the sum or the mean below a table.
pub fn is_total(text: &str) -> bool {
    // Nearly no text begins with a blank.
    let text = match text.as_bytes() {
        [first, ..] if first.is_ascii_graphic() => text,
        _ => text.trim_start(),
    };
    // No other letter begins one of the words.
    let first = text.bytes().next().map(|first| first.to_ascii_lowercase());
    if !matches!(first, Some(b't' | b'g' | b's' | b'a' | b'm' | b'd')) {
        return false;
    }
    let word = text.trim_end_matches(':').trim_end();
    word.len() <= 12 && TOTALS.iter().any(|total| word.eq_ignore_ascii_case(total))
}

/// Words before the sum or the mean below a table.
const TOTALS: [&str; 18] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub total",
    "sum",
    "sums",
    "gesamt",
    "gesamtsumme",
    "summe",
    "somme",
    "totale",
    "totaux",
    "suma",
    "average",
    "mean",
    "avg",
    "durchschnitt",
];

/// Whether a text stands for nothing.
pub fn is_none(text: &str) -> bool {
    NONE.contains(&text.trim().to_lowercase().as_str())
}

/// The number that a text which is none probably means, as it should be written.
pub fn meant(text: &str) -> Option<String> {
    let text = western(text);
    let amount = Amount::read(&text)?;
    // More than a currency's sign or a unit's name is no amount.
    let around = amount.before.chars().chain(amount.behind.chars()).count();
    amount.numbers().into_iter().next().filter(|_| around <= 12)
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

/// A number as people write it: with a currency or a unit, its thousands set apart, its sign anywhere.
struct Amount<'t> {
    /// Digits, and the points and commas among them.
    digits: String,
    is_negative: bool,
    /// What stands before it, but for its sign.
    before: &'t str,
    /// What stands behind it.
    behind: &'t str,
}

/// Words around a number that do not change what it says: of currencies, and of pieces.
const HARMLESS: [&str; 84] = [
    "", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₴", "₪", "฿", "₫", "₱", "r$", "us$", "a$", "au$", "c$", "ca$", "nz$",
    "hk$", "s$", "kr", "zł", "kč", "ft", "fr", "sfr", "rs", "rm", "lei", "euro", "euros", "dollar", "dollars", "usd",
    "eur", "gbp", "chf", "jpy", "cny", "cad", "aud", "nzd", "sek", "nok", "dkk", "pln", "czk", "huf", "ron", "try",
    "inr", "idr", "brl", "mxn", "ars", "clp", "cop", "zar", "krw", "twd", "hkd", "sgd", "myr", "thb", "vnd", "aed",
    "ils", "pc", "pcs", "piece", "pieces", "ea", "each", "unit", "units", "item", "items", "st", "stk", "stück", "szt",
];

/// Signs that stand before a number below 0.
const MINUS: [char; 2] = ['-', '−'];

impl<'t> Amount<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let is_digit = |c: char| c.is_ascii_digit();
        let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
        // ".5" begins with its point, "Rs.5" does not.
        let before = &text[..first];
        let before = match before.strip_suffix(['.', ',']) {
            Some(rest) if !rest.ends_with(char::is_alphabetic) => rest,
            _ => before,
        };
        let digits = without_groups(&text[before.len()..=last])?;
        let (mut before, mut behind) = (before.trim(), text[last + 1..].trim());
        let mut is_negative = false;
        if let Some((opening, closing)) = before.strip_prefix('(').zip(behind.strip_suffix(')')) {
            (before, behind, is_negative) = (opening.trim(), closing.trim(), true);
        }
        // A dash in place of decimals, as in "5.-", is no sign.
        if let Some(rest) = [".", ","].iter().find_map(|mark| behind.strip_prefix(mark)?.strip_prefix(['-', '–', '—']))
        {
            behind = rest.trim();
        }
        if let Some(rest) = before.strip_prefix(MINUS).or_else(|| before.strip_suffix(MINUS)) {
            (before, is_negative) = (rest.trim(), true);
        } else if let Some(rest) = behind.strip_suffix(MINUS).or_else(|| behind.strip_prefix(MINUS)) {
            (behind, is_negative) = (rest.trim(), true);
        }
        Some(Self { digits, is_negative, before, behind })
    }

    /// By what the number has to be multiplied at a key; `None` where the words around it may change what it says.
    fn factor(&self, key: &str) -> Option<f64> {
        let plain = |word: &str| word.trim_end_matches('.').to_lowercase();
        let (before, behind) = (plain(self.before), plain(self.behind));
        let is_harmless = |word: &String| HARMLESS.contains(&word.as_str());
        match key {
            _ if is_harmless(&before) && is_harmless(&behind) => Some(1.0),
            "weight_kg" if before.is_empty() => kilograms(&behind),
            "lat" | "lon" if before.is_empty() => match behind.trim_start_matches(['°', 'º']).trim_start() {
                "" | "n" | "e" => Some(1.0),
                "s" | "w" => Some(-1.0),
                _ => None,
            },
            _ => None,
        }
    }

    /// What it may say as it should be written, the likeliest first: a single mark before three digits may set thousands or decimals
    /// apart.
    fn numbers(&self) -> Vec<String> {
        let digits = &self.digits;
        let last = digits.rfind(['.', ',']);
        let mark = last.map(|at| &digits[at..=at]);
        let is_single = mark.is_some_and(|mark| digits.matches(mark).count() == 1);
        let is_only = digits.matches(['.', ',']).count() == 1;
        let is_grouped =
            last.is_some_and(|at| digits.len() - at == 4 && (1..=3).contains(&at) && !digits.starts_with('0'));
        let marks: &[Option<usize>] = match (is_single, is_only && is_grouped, mark) {
            (false, ..) => &[None],
            (true, false, _) => &[last],
            (true, true, Some(",")) => &[None, last],
            (true, true, _) => &[last, None],
        };
        let sign = if self.is_negative { "-" } else { "" };
        let written = |decimals: &Option<usize>| {
            let kept = digits.char_indices().filter(|&(at, c)| c.is_ascii_digit() || Some(at) == *decimals);
            let plain: String = kept.map(|(_, c)| if c == ',' { '.' } else { c }).collect();
            format!("{sign}{plain}")
        };
        marks.iter().map(written).filter(|number| parse_number(number).is_some()).collect()
    }
}

/// Digits, points and commas without what else sets their thousands apart; `None` where there is anything else among them.
fn without_groups(text: &str) -> Option<String> {
    let mut groups = text.split([' ', '\u{a0}', '\u{202f}', '\'', '’', '_']);
    let mut digits = groups.next()?.to_string();
    for group in groups {
        if group.split(['.', ',']).next().is_none_or(|group| group.len() != 3) {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte)).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        help(text, "price", |_| true)
    }

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
            ("Rs. 500", "500"),
            ("5.-", "5"),
            ("0,125", "0.125"),
            ("-.5", "-.5"),
            ("1,234", "1234 or 1.234, whichever it means"),
            ("1.234 €", "1.234 or 1234, whichever it means"),
        ] {
            assert_eq!(told(text), Some(format!("write {meant}: digits and a decimal point only")), "{text}");
        }
        assert_eq!(told("95 %").as_deref(), Some("write 0.95 for 95 %"));
        assert_eq!(told("not stocked").as_deref(), Some("write 0 where there is none"));
        for text in ["", "soon", "12 Main Street, Springfield", "2026-05-14", "1-2", "1 2"] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn an_amount_of_another_unit_is_converted_or_left_alone() {
        for text in ["2 dozen", "A12", "5 k", "$1.5M", "99¢", "500 g", "12 kg", "> 5", "3 pairs", "2 x 6"] {
            assert_eq!(told(text), None, "{text}");
        }
        let weight = |text| help(text, "weight_kg", |number| number >= 0.0);
        for (text, told) in [
            ("500 g", Some("write 0.5: weights are in kilograms")),
            ("1,5 kg", Some("write 1.5: digits and a decimal point only")),
            ("12oz", Some("write 0.340194: weights are in kilograms")),
            ("2 stone", None),
            ("-5 kg", None),
        ] {
            assert_eq!(weight(text).as_deref(), told, "{text}");
        }
        assert_eq!(help("122.3° W", "lon", |_| true).as_deref(), Some("write -122.3: digits and a decimal point only"));
    }

    #[test]
    fn no_help_leads_to_what_is_refused_next() {
        let whole = |text| help(text, "units", |number| number >= 0.0 && number.fract() == 0.0);
        assert_eq!(whole("1,234").as_deref(), Some("write 1234: digits and a decimal point only"));
        for text in ["1,5", "(5)", "95 %", "'1.5"] {
            assert_eq!(whole(text), None, "{text}");
        }
        assert_eq!(help("-", "units", |number| number >= 1.0), None);
    }

    #[test]
    fn amounts_below_zero_are_known() {
        for (text, is) in [("(5)", true), ("5-", true), ("-$5", true), ("$ -5", true), ("5.-", false), ("$5", false)] {
            assert_eq!(is_negative(text), is, "{text}");
        }
    }

    #[test]
    fn marks_of_a_spreadsheet_are_seen() {
        for text in ["'00123", "=\"00123\"", "=\"\"00123\"\"", "'00123'", "“00123”"] {
            assert_eq!(unwrapped(text), Some("00123"), "{text}");
            assert!(told(text).is_some_and(|help| help.starts_with("write 00123:")), "{text}");
        }
        assert_eq!((unwrapped("A"), unwrapped("'"), unwrapped("=A1")), (None, None, None));
    }

    #[test]
    fn what_a_spreadsheet_has_lost_is_seen() {
        for text in ["#N/A", "#ref!", "########"] {
            assert!(lost(text).is_some(), "{text}");
        }
        assert_eq!((lost("#1001"), lost("")), (None, None));
        assert_eq!(told("Total:").as_deref(), Some(TOTAL));
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
