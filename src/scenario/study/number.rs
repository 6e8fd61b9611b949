//! Numbers and durations of a range, counted exactly: 0.90 and nine steps of 0.01 are 0.99, to the last digit.

use super::super::quoting::unquoted;
use crate::domain::{DAY, Span};
use std::fmt;

/// A number of finitely many decimal digits: `digits` · 10^−`decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    decimals: u32,
}

impl Decimal {
    /// More digits are no setting of a scenario.
    const MAX_DIGITS: usize = 18;

    /// Reads a number as TOML writes it: digits with at most one decimal point, a sign before them, `_` between them, perhaps
    /// an exponent. `None` where it is no such number, or has more than 18 digits.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => Self::parse_digits(digits)?.shifted(exponent.parse().ok()?),
            None => Self::parse_digits(text),
        }
    }

    /// Reads a number without an exponent.
    fn parse_digits(text: &str) -> Option<Self> {
        let (sign, unsigned) = match text.strip_prefix(['-', '+']) {
            Some(rest) => (if text.starts_with('-') { -1 } else { 1 }, rest),
            None => (1, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let is_bare_point = unsigned.contains('.') && (whole.is_empty() || fraction.is_empty());
        let digits: String = whole.chars().chain(fraction.chars()).filter(|&c| c != '_').collect();
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // With a zero before other digits it is a name, such as 007.
        let is_name = whole.len() > 1 && whole.starts_with('0');
        if !is_number || is_bare_point || is_name || digits.len() > Self::MAX_DIGITS {
            return None;
        }
        let decimals = fraction.chars().filter(|&c| c != '_').count() as u32;
        Some(Self { digits: sign * digits.parse::<i128>().ok()?, decimals })
    }

    /// The number times a power of ten. `None` where that has more than 18 digits.
    fn shifted(self, exponent: i32) -> Option<Self> {
        let decimals = i64::from(self.decimals) - i64::from(exponent);
        if decimals > Self::MAX_DIGITS as i64 || decimals < -(Self::MAX_DIGITS as i64) {
            return None;
        }
        let digits = self.digits * 10_i128.pow(decimals.min(0).unsigned_abs() as u32);
        let is_too_long = digits.unsigned_abs() >= 10_u128.pow(Self::MAX_DIGITS as u32);
        (!is_too_long).then_some(Self { digits, decimals: decimals.max(0) as u32 })
    }

    /// Whether it was written without a decimal point.
    fn is_whole(self) -> bool {
        self.decimals == 0
    }

    /// The same number with more decimals.
    fn with_decimals(self, decimals: u32) -> Self {
        Self { digits: self.digits * 10_i128.pow(decimals - self.decimals), decimals }
    }

    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        // Reading the digits rounds once; a division would round again.
        self.to_string().parse().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs();
        let power = 10_u128.pow(self.decimals);
        match self.decimals {
            0 => write!(f, "{sign}{digits}"),
            decimals => write!(f, "{sign}{}.{:0width$}", digits / power, digits % power, width = decimals as usize),
        }
    }
}

/// A point on the line that a range runs along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A number.
    Number(Decimal),
    /// A duration.
    Duration(Span),
}

impl Quantity {
    /// Reads a number or a duration; `None` where a text is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Decimal::parse(text).map(Self::Number).or_else(|| Span::parse(&unquoted(text)).ok().map(Self::Duration))
    }

    /// Where it stands on a chart's axis: the number, or days.
    pub fn position(self) -> f64 {
        match self {
            Self::Number(number) => number.to_f64(),
            Self::Duration(span) => span.0 as f64 / DAY as f64,
        }
    }

    /// Whether both are numbers, or both durations.
    pub fn is_like(self, other: Self) -> bool {
        matches!((self, other), (Self::Number(_), Self::Number(_)) | (Self::Duration(_), Self::Duration(_)))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Duration(span) => span.fmt(f),
        }
    }
}

/// A range with its step, counted in whole units of one size: 10^−decimals, or seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    first: i128,
    step: i128,
    count: u64,
    /// The decimals of the unit; `None` where it is the second.
    decimals: Option<u32>,
}

impl Range {
    /// The values from one quantity to another; without a step, whole numbers one by one.
    ///
    /// # Errors
    /// Why there are none, and what to write instead.
    pub fn new(first: Quantity, last: Quantity, step: Option<Quantity>) -> Result<Self, String> {
        let (decimals, [first_units, last_units, step_units]) = Self::units(first, last, step)?;
        if step_units <= 0 {
            let (least, greatest) = if first_units > last_units { (last, first) } else { (first, last) };
            let meant = format!("a step is above 0: write {least}..{greatest} with a step such as 1, 0.01 or 5d");
            return Err(if step_units < 0 { format!("a range runs upwards; {meant}") } else { meant });
        }
        if first_units > last_units {
            return Err(format!("{first}..{last} is empty, for {first} is above {last}: write {last}..{first}"));
        }
        let count = u64::try_from((last_units - first_units) / step_units + 1).unwrap_or(u64::MAX);
        Ok(Self { first: first_units, step: step_units, count, decimals })
    }

    /// The step that goes from one quantity to another by the last digit written: of durations, by whole days, hours,
    /// minutes or seconds.
    pub fn finest(first: Quantity, last: Quantity) -> Quantity {
        match (first, last) {
            (Quantity::Number(first), Quantity::Number(last)) => {
                Quantity::Number(Decimal { digits: 1, decimals: first.decimals.max(last.decimals) })
            }
            (Quantity::Duration(first), Quantity::Duration(last)) => {
                let is_whole = |unit: &i64| first.0 % unit == 0 && last.0 % unit == 0;
                Quantity::Duration(Span([DAY, 3_600, 60].into_iter().find(is_whole).unwrap_or(1)))
            }
            // Of two kinds: no step is right, which is told.
            (Quantity::Number(_), Quantity::Duration(_)) | (Quantity::Duration(_), Quantity::Number(_)) => first,
        }
    }

    /// First, last and step in one unit.
    fn units(first: Quantity, last: Quantity, step: Option<Quantity>) -> Result<(Option<u32>, [i128; 3]), String> {
        match (first, last, step) {
            (Quantity::Number(first), Quantity::Number(last), None) if first.is_whole() && last.is_whole() => {
                Ok((Some(0), [first.digits, last.digits, 1]))
            }
            (Quantity::Number(a), Quantity::Number(b), Some(Quantity::Number(step))) => {
                let decimals = a.decimals.max(b.decimals).max(step.decimals);
                Ok((Some(decimals), [a, b, step].map(|number| number.with_decimals(decimals).digits)))
            }
            (Quantity::Duration(a), Quantity::Duration(b), Some(Quantity::Duration(step))) => {
                Ok((None, [a, b, step].map(|span| i128::from(span.0))))
            }
            (first, last, None) if first.is_like(last) => {
                let step = if matches!(first, Quantity::Number(_)) { "0.01" } else { "1d" };
                Err(format!("{first}..{last} needs a step: write {first}..{last} step {step}"))
            }
            (first, last, step) => {
                let step = step.map_or(String::new(), |step| format!(" step {step}"));
                Err(format!(
                    "{first}..{last}{step} mixes numbers and durations; durations have units, as in 10d..40d step 5d"
                ))
            }
        }
    }

    /// How many values it has.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The values.
    pub fn values(self) -> impl Iterator<Item = Quantity> {
        (0..self.count).map(move |index| {
            let units = self.first + self.step * i128::from(index);
            match self.decimals {
                Some(decimals) => Quantity::Number(Decimal { digits: units, decimals }),
                None => Quantity::Duration(Span(units as i64)),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    fn values(first: &str, last: &str, step: Option<&str>) -> Result<Vec<String>, String> {
        let range = Range::new(quantity(first), quantity(last), step.map(quantity))?;
        Ok(range.values().map(|value| value.to_string()).collect())
    }

    #[test]
    fn decimals_do_not_drift() {
        let shares = values("0.90", "0.99", Some("0.01")).unwrap();
        assert_eq!(shares, ["0.90", "0.91", "0.92", "0.93", "0.94", "0.95", "0.96", "0.97", "0.98", "0.99"]);
        assert_eq!(quantity("0.93").position(), 0.93);
        let thousands = values("0", "1", Some("0.001")).unwrap();
        assert_eq!((thousands.len(), thousands[999].as_str()), (1_001, "0.999"));
        assert_eq!(values("-0.5", "0.5", Some("0.5")).unwrap(), ["-0.5", "0.0", "0.5"]);
        assert_eq!(values("-0.05", "0", Some("0.05")).unwrap(), ["-0.05", "0.00"]);
    }

    #[test]
    fn whole_numbers_and_durations() {
        assert_eq!(values("1", "4", None).unwrap(), ["1", "2", "3", "4"]);
        assert_eq!(values("-1", "1", None).unwrap(), ["-1", "0", "1"]);
        assert_eq!(values("1_000", "1_010", Some("5")).unwrap(), ["1000", "1005", "1010"]);
        assert_eq!(values("10d", "20d", Some("5d")).unwrap(), ["10d", "15d", "20d"]);
        assert_eq!(values("12h", "2d", Some("12h")).unwrap(), ["12h", "1d", "1d12h", "2d"]);
        assert_eq!(values("5", "5", None).unwrap(), ["5"]);
        // It ends below its end where the steps do not meet it.
        assert_eq!(values("1", "8", Some("3")).unwrap(), ["1", "4", "7"]);
    }

    #[test]
    fn what_is_no_range_is_told_with_what_would_be() {
        for (first, last, step, why) in [
            ("8", "1", None, "8..1 is empty, for 8 is above 1: write 1..8"),
            ("40d", "10d", Some("5d"), "write 10d..40d"),
            ("0.9", "0.99", None, "needs a step: write 0.9..0.99 step 0.01"),
            ("10d", "40d", None, "write 10d..40d step 1d"),
            ("10d", "40", Some("5d"), "mixes numbers and durations"),
            ("1", "8", Some("1d"), "mixes numbers and durations"),
            ("1", "8", Some("0"), "a step is above 0"),
            ("1", "8", Some("-1"), "runs upwards"),
            ("8", "1", Some("-1"), "write 1..8 with a step"),
        ] {
            let told = values(first, last, step).unwrap_err();
            assert!(told.contains(why), "{first}..{last}: {told}");
        }
    }

    #[test]
    fn a_billion_values_are_counted_without_being_made() {
        let range = Range::new(quantity("1"), quantity("1000000000"), None).unwrap();
        assert_eq!(range.count(), 1_000_000_000);
    }

    #[test]
    fn texts_that_are_no_quantity() {
        for text in
            ["", "-", ".", "1.", ".5", "1e", "e3", "1e400", "1e-19", "nearest", "5 d", "1234567890123456789", "007"]
        {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
        assert_eq!(Quantity::parse("\"6d\""), Quantity::parse("6d"));
        assert_eq!(Quantity::parse("'6d'"), Quantity::parse("6d"));
        assert_eq!(Quantity::parse("\"6\""), None, "a number in quotes is a text");
    }

    #[test]
    fn exponents_are_numbers_too() {
        for (text, plain) in
            [("1e3", "1000"), ("1.5e-3", "0.0015"), ("-2.5E1", "-25"), ("1e+2", "100"), ("0.10e1", "1.0")]
        {
            assert_eq!(quantity(text).to_string(), plain, "{text}");
        }
        assert_eq!(values("1e-3", "3e-3", Some("1e-3")).unwrap(), ["0.001", "0.002", "0.003"]);
    }
}
