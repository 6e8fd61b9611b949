//! A value read as what its key asks for; whatever is wrong with it is reported where it stands.

use super::choices::DateOrder;
use super::context::Context;
use super::date::Moment;
use super::diagnostic::grouped;
use super::notation::{self, parse_number};
use super::report::Finding;
use super::source::Place;
use super::suggest::{closest, retyped, shape};
use super::tree::{Node, Value};
use crate::domain::settings::Notation;
pub use crate::domain::settings::Range;
use crate::domain::settings::kinds::MAX_UNITS;
use crate::domain::{Cents, DAY, SimTime, Span};
use std::borrow::Cow;

/// A value and the key it belongs to.
#[derive(Clone, Copy)]
pub struct Item<'c> {
    /// What is shared.
    pub cx: &'c Context<'c>,
    /// The value.
    pub node: &'c Node<'c>,
    /// Its key.
    pub key: &'c str,
    /// Where the key stands.
    pub key_at: Place,
}

/// What helps where a date stands and a duration is asked for.
const FROM_THE_START: &str = "times count from the start of the replication, such as \"1d6h\"";

/// Why a number does not lie in a range.
fn complaint(range: Range, value: f64) -> Option<String> {
    if value < range.min || (range.above_min && value == range.min) {
        let word = if range.above_min { "above" } else { "at least" };
        return Some(format!("must be {word} {}", plain(range.min)));
    }
    if value > range.max || (range.below_max && value == range.max) {
        let word = if range.below_max { "below" } else { "at most" };
        return Some(format!("must be {word} {}", plain(range.max)));
    }
    None
}

/// A bound as people write it.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() >= 10_000.0 && number.abs() < 1e15 {
        let sign = if number < 0.0 { "-" } else { "" };
        format!("{sign}{}", grouped(number.abs() as usize))
    } else {
        number.to_string()
    }
}

/// The same of a whole number, all of whose digits count.
fn plain_whole(number: i64) -> String {
    if number >= 10_000 { grouped(number as usize) } else { number.to_string() }
}

impl<'c> Item<'c> {
    /// An error about this value.
    pub fn error(&self, code: &'static str, message: String) -> Finding {
        Finding::error(code, self.node.at, message).about(self.key)
    }

    fn push(&self, finding: Finding) {
        self.cx.sink.push(finding);
    }

    fn wrong_type(&self, wanted: &str, expected: &str, help: Option<String>) {
        let key = self.key;
        let message = format!("`{key}` must be {wanted}, not {}", self.node.shown());
        self.push(self.error("wrong-type", message).expected(expected).help_if(help));
    }

    /// A number within a range.
    pub fn number(&self, range: Range) -> Option<f64> {
        let fits = |number: f64| complaint(range, number).is_none();
        let number = self.finite(range.what, fits)?;
        if let Some(complaint) = complaint(range, number) {
            let message = format!("`{}` {complaint}, not {}", self.key, self.as_written());
            let percent = range.max == 1.0 && (2.0..=100.0).contains(&number) && fits(number / 100.0);
            let help = percent.then(|| format!("for {number} %, write {}", number / 100.0));
            self.push(self.error("out-of-range", message).expected(range.what).help_if(help));
            return None;
        }
        Some(number)
    }

    /// A number that is neither infinite nor undefined. Where there is none, only what `fits` is said to be meant.
    fn finite(&self, expected: &str, fits: impl Fn(f64) -> bool) -> Option<f64> {
        let number = match &self.node.value {
            Value::Integer(number) => *number as f64,
            Value::Float(number) => *number,
            Value::Cell(text) => match parse_number(text) {
                Some(number) => number,
                None => {
                    self.wrong_type("a number", expected, notation::help(text, self.key, fits));
                    return None;
                }
            },
            Value::Text(text) => {
                let help = match parse_number(text) {
                    Some(number) => {
                        fits(number).then(|| format!("write it without quotes: `{} = {}`", self.key, text.trim()))
                    }
                    None => notation::help(text, self.key, fits),
                };
                self.wrong_type("a number", expected, help);
                return None;
            }
            _ => {
                self.wrong_type("a number", expected, None);
                return None;
            }
        };
        if number.is_finite() {
            return Some(number);
        }
        self.push(self.error("not-finite", format!("`{}` must be finite, not {number}", self.key)).expected(expected));
        None
    }

    /// The value as it stands in the file.
    pub fn as_written(&self) -> String {
        match &self.node.value {
            Value::Cell(text) => text.to_string(),
            Value::Float(number) if number.abs() >= 1e300 => "a number beyond 64 bits".to_string(),
            _ => self.node.shown(),
        }
    }

    /// A whole number from `min` to `max`.
    pub fn whole(&self, min: i64, max: i64) -> Option<i64> {
        self.whole_or(min, max, "")
    }

    /// The same, where something else would do too, which ends the sentence about what is expected.
    pub fn whole_or(&self, min: i64, max: i64, or: &str) -> Option<i64> {
        if let Value::Cell(text) = &self.node.value
            && let Some(number) = notation::plain_whole(text)
            && (min..=max).contains(&number)
        {
            return Some(number);
        }
        let expected = match max {
            MAX_UNITS.. if min <= -MAX_UNITS => format!("a whole number{or}"),
            MAX_UNITS.. => format!("a whole number of at least {min}{or}"),
            max => format!("a whole number from {min} to {}{or}", plain_whole(max)),
        };
        let number = match &self.node.value {
            // Beyond 2^53 a float would change the number.
            Value::Integer(number) if *number >= min && *number <= max => return Some(*number),
            _ => {
                self.finite(&expected, |number| number.fract() == 0.0 && (min as f64..=max as f64).contains(&number))?
            }
        };
        let (code, wanted) = if number.fract() != 0.0 {
            ("not-whole", "a whole number".to_string())
        } else if number < min as f64 {
            ("out-of-range", format!("at least {min}"))
        } else if number > max as f64 {
            ("out-of-range", format!("at most {}", plain_whole(max)))
        } else {
            return Some(number as i64);
        };
        let message = format!("`{}` must be {wanted}, not {}", self.key, self.as_written());
        let help = match (code, &self.node.value) {
            ("not-whole", Value::Cell(text)) => notation::as_thousands(text)
                .map(|thousands| format!("if the point sets thousands apart, write {thousands}")),
            _ => None,
        };
        let finding = self.error(code, message).help_if(help);
        // Where the number is too large, the message names the bound.
        self.push(if number > max as f64 { finding } else { finding.expected(expected) });
        None
    }

    /// A number of units, at least `min`.
    pub fn units(&self, min: i64) -> Option<u32> {
        self.whole(min, MAX_UNITS).map(|units| units as u32)
    }

    /// An amount of money.
    pub fn money(&self) -> Option<f64> {
        let amount = self.number(Range::MONEY)?;
        if amount > 0.0 && Cents::from_decimal(amount) == Cents::ZERO {
            let message = format!("`{}` is {}, which is read as 0.00", self.key, self.as_written());
            let finding = Finding::warning("rounded-away", self.node.at, message).about(self.key);
            self.push(finding.note("money is counted in hundredths").help("count in packs of many units"));
        }
        if let Value::Cell(text) = &self.node.value
            && let Some(thousands) = notation::as_thousands(text)
        {
            let amount = Cents::from_decimal(amount).decimal();
            let message = format!("`{}` is {text}, which is read as {amount:.2}", self.key);
            let finding = Finding::warning("thousands", self.node.at, message).about(self.key);
            self.push(finding.help(format!("if the point sets thousands apart, write {thousands}")));
        }
        Some(amount)
    }

    /// A share.
    pub fn share(&self) -> Option<f64> {
        self.number(Range::SHARE)
    }

    /// True or false.
    pub fn flag(&self) -> Option<bool> {
        let text = match &self.node.value {
            Value::Boolean(truth) => return Some(*truth),
            Value::Cell(text) | Value::Text(text) => text.to_ascii_lowercase(),
            _ => String::new(),
        };
        let cell = matches!(self.node.value, Value::Cell(_));
        let meant = match text.as_str() {
            "true" if cell => return Some(true),
            "false" if cell => return Some(false),
            "yes" | "y" | "true" | "on" => Some("true"),
            "no" | "n" | "false" | "off" => Some("false"),
            _ => None,
        };
        let help = meant.map(|word| match cell {
            true => format!("write {word}"),
            false => format!("write `{} = {word}`, without quotes", self.key),
        });
        self.wrong_type("true or false", "true or false", help);
        None
    }

    /// A text.
    pub fn text(&self) -> Option<Cow<'c, str>> {
        match &self.node.value {
            Value::Text(text) | Value::Cell(text) => Some(text.clone()),
            Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => {
                let help = format!("write it in quotes: `{} = \"{}\"`", self.key, self.as_written());
                self.wrong_type("a string", "text in quotes", Some(help));
                None
            }
            _ => {
                self.wrong_type("a string", "text in quotes", None);
                None
            }
        }
    }

    /// A text that is not empty.
    pub fn name(&self) -> Option<Cow<'c, str>> {
        let text = self.text()?;
        if text.trim().is_empty() {
            self.push(self.error("empty", format!("`{}` is empty", self.key)).expected("a name"));
            return None;
        }
        Some(text)
    }

    /// A duration.
    pub fn span(&self) -> Option<Span> {
        self.span_or("a duration, such as \"36h\", \"2d\", \"1d6h\", \"90m\", \"30s\", \"2w\", \"1y\"")
    }

    /// A duration, or a word.
    pub fn span_or_word(&self, word: &'static str) -> Option<Option<Span>> {
        match &self.node.value {
            Value::Text(text) | Value::Cell(text) if text == word => Some(None),
            Value::Text(text) | Value::Cell(text) if closest(text, [word]).is_some() => {
                let message = format!("`{}` is \"{text}\", which is no duration", self.key);
                let help = format!("did you mean \"{word}\"?");
                self.push(self.error("wrong-word", message).expected(format!("a duration or \"{word}\"")).help(help));
                None
            }
            _ => self.span_or(&format!("a duration, such as \"36h\" or \"2d\", or \"{word}\"")).map(Some),
        }
    }

    fn span_or(&self, expected: &str) -> Option<Span> {
        let text = match &self.node.value {
            Value::Text(text) | Value::Cell(text) => text,
            other => {
                let help = match other {
                    Value::Integer(0) => Some("write \"0s\" for no time at all".to_string()),
                    Value::Integer(number) if *number > 0 => Some(units_of_time(*number)),
                    Value::Date(_) => Some(FROM_THE_START.to_string()),
                    _ => None,
                };
                self.wrong_type("a duration", expected, help);
                return None;
            }
        };
        let why = match Span::parse(text) {
            Ok(span) => return Some(span),
            Err(why) => why,
        };
        let longest = format!("{}y", Span::LONGEST.0 / (365 * DAY));
        let (message, help) = if why.contains(&longest) {
            (format!("`{}` must be at most \"{longest}\", not \"{text}\"", self.key), None)
        } else if text.trim_start().starts_with('-') {
            let plain = text.trim_start().trim_start_matches('-');
            let meant = Span::parse(plain).ok().map(|span| span.to_string()).or_else(|| meant_span(plain));
            let help = meant.map(|meant| format!("write \"{meant}\", or \"0s\" for no time at all"));
            (format!("`{}` is \"{text}\", but a duration cannot be negative", self.key), help)
        } else if let Some(meant) = meant_span(text) {
            (format!("`{}` is \"{text}\", which is no duration", self.key), Some(format!("did you mean \"{meant}\"?")))
        } else {
            let date = || Moment::parse(text, DateOrder::YearFirst).ok().map(|_| FROM_THE_START.to_string());
            let total = || notation::is_total(text).then(|| notation::TOTAL.to_string());
            let typed = || retyped(text).filter(|_| Span::parse(&shape(text)).is_ok());
            let help = text.trim().parse().ok().map(units_of_time).or_else(date).or_else(total).or_else(typed);
            (format!("`{}` is \"{text}\", which is no duration: {why}", self.key), help)
        };
        self.push(self.error("bad-duration", message).expected(expected).help_if(help));
        None
    }

    /// A duration that is not zero.
    pub fn some_time(&self) -> Option<Span> {
        let span = self.span()?;
        if span == Span::ZERO {
            self.push(self.error("out-of-range", format!("`{}` must be longer than \"0s\"", self.key)));
            return None;
        }
        Some(span)
    }

    /// An instant, written as the time since the start of the replication.
    pub fn instant(&self) -> Option<SimTime> {
        self.span().map(|span| SimTime::ZERO + span)
    }

    /// One of a few words, by its position among them.
    pub fn word(&self, words: &[&'static str]) -> Option<usize> {
        let text = self.text()?;
        if let Some(at) = words.iter().position(|word| *word == text) {
            return Some(at);
        }
        let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let meant = closest(&text, words.iter().copied());
        let message = format!("`{}` cannot be \"{text}\"", self.key);
        let finding = self.error("wrong-word", message).expected(format!("one of {}", quoted.join(", ")));
        self.push(finding.help_if(meant.map(|word| format!("did you mean \"{word}\"?"))));
        None
    }

    /// The numbers of a text in a notation of its own.
    pub fn written_in(&self, notation: &Notation) -> Option<Vec<i64>> {
        let text = self.text()?;
        match (notation.parse)(&text) {
            Ok(numbers) => Some(numbers),
            Err(why) => {
                let message = format!("`{}` cannot be \"{text}\": {why}", self.key);
                self.push(self.error("bad-notation", message).expected(notation.expected));
                None
            }
        }
    }

    /// The items of a list.
    pub fn list(&self) -> Option<impl Iterator<Item = Item<'c>>> {
        match &self.node.value {
            Value::Array(nodes) => {
                let (cx, key, key_at) = (self.cx, self.key, self.key_at);
                Some(nodes.iter().map(move |node| Item { cx, node, key, key_at }))
            }
            _ => {
                self.wrong_type("a list", "values in brackets, such as [1, 2]", None);
                None
            }
        }
    }
}

/// How to give a bare number its unit.
fn units_of_time(number: i64) -> String {
    format!("add the unit: \"{number}d\" for days, \"{number}h\" for hours")
}

/// The duration that a careless text may stand for.
fn meant_span(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase().replace(',', ".");
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let amount: f64 = text[..digits].parse().ok()?;
    let unit = match text[digits..].trim() {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
        "d" | "day" | "days" => 86_400,
        "w" | "wk" | "week" | "weeks" => 7 * 86_400,
        "mo" | "month" | "months" => 30 * 86_400,
        "y" | "yr" | "year" | "years" => 365 * 86_400,
        _ => return None,
    };
    let seconds = amount * f64::from(unit);
    (seconds <= Span::LONGEST.0 as f64).then(|| Span::from_seconds_f64(seconds).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn careless_durations_are_understood() {
        for (text, meant) in
            [("6 days", "6d"), ("1.5d", "1d12h"), ("36 H", "1d12h"), ("2 weeks", "14d"), ("1,5d", "1d12h")]
        {
            assert_eq!(meant_span(text).as_deref(), Some(meant), "{text}");
        }
        assert_eq!(meant_span("soon"), None);
        assert_eq!(meant_span("99999y"), None);
    }
}
