//! The types that settings have in the model, and how they come out of values.

use super::kinds;
use super::table::{Kind, Table};
use super::value::Value;
use crate::domain::{Distribution, Span};

/// A row of the inputs page: what, and how.
pub type Row = (String, String);

/// A table of settings as the model holds it.
pub trait Settings: Sized {
    /// The table as declared.
    const TABLE: Table;

    /// The settings with these values, one for each key in its order.
    fn from_values(values: Vec<Value>) -> Self;

    /// What they say, row by row, on the inputs page.
    fn in_words(&self) -> Vec<Row>;

    /// Whether two replications may differ because of them.
    fn is_random(&self) -> bool;
}

/// A type that a setting has in the model.
pub trait Setting: Sized {
    /// What may stand in the file, where the declaration names no other kind.
    const KIND: Kind;

    /// The setting of a value.
    ///
    /// # Panics
    /// When the value is of another kind than the type, which is a slip in the declaration.
    fn from_value(value: Value) -> Self;

    /// Whether two replications may differ because of it, as a value of this kind.
    fn is_random(&self, _kind: &Kind) -> bool {
        false
    }

    /// What it says on the inputs page without a sentence of its own: the rows of a table within the table.
    fn rows(&self) -> Vec<Row> {
        Vec::new()
    }
}

/// An enum whose variants are words of the scenario file; declared with [`words!`](super::declare).
pub trait Words: Copy + PartialEq + 'static {
    /// Its variants, in the order of the declaration.
    const ALL: &'static [Self];
    /// Their words, in the same order.
    const WORDS: &'static [&'static str];

    /// The word of the scenario file.
    fn word(self) -> &'static str;

    /// What it comes to, as the inputs page says it.
    fn phrase(self) -> &'static str;
}

/// Stops at a declaration whose kind does not go with its type.
#[cold]
fn mismatch(wanted: &str, value: &Value) -> ! {
    panic!("a setting is declared as {wanted}, but its kind reads {value:?}")
}

impl Setting for bool {
    const KIND: Kind = kinds::FLAG;

    fn from_value(value: Value) -> Self {
        match value {
            Value::Flag(flag) => flag,
            other => mismatch("bool", &other),
        }
    }
}

impl Setting for f64 {
    const KIND: Kind = kinds::SHARE;

    fn from_value(value: Value) -> Self {
        match value {
            Value::Number(number) => number,
            other => mismatch("f64", &other),
        }
    }

    fn is_random(&self, kind: &Kind) -> bool {
        kind.is_probability && *self > 0.0 && *self < 1.0
    }
}

impl Setting for Span {
    const KIND: Kind = kinds::DURATION;

    fn from_value(value: Value) -> Self {
        match value {
            Value::Span(span) => span,
            other => mismatch("Span", &other),
        }
    }
}

impl Setting for Distribution {
    const KIND: Kind = kinds::RANDOM_DURATION;

    fn from_value(value: Value) -> Self {
        match value {
            Value::Distribution(distribution) => distribution,
            other => mismatch("Distribution", &other),
        }
    }

    fn is_random(&self, _kind: &Kind) -> bool {
        !matches!(self, Self::Constant(_))
    }
}

impl<T: Setting> Setting for Option<T> {
    const KIND: Kind = T::KIND;

    fn from_value(value: Value) -> Self {
        match value {
            Value::Absent => None,
            value => Some(T::from_value(value)),
        }
    }

    fn is_random(&self, kind: &Kind) -> bool {
        self.as_ref().is_some_and(|setting| setting.is_random(kind))
    }

    fn rows(&self) -> Vec<Row> {
        self.as_ref().map(Setting::rows).unwrap_or_default()
    }
}

/// The values of a table, one after another, for the macro that makes the struct.
pub struct Values(std::vec::IntoIter<Value>);

impl Values {
    /// All values of a table.
    pub fn new<T: Settings>(values: Vec<Value>) -> Self {
        assert_eq!(values.len(), T::TABLE.keys.len(), "the values of {}", T::TABLE.title);
        Self(values.into_iter())
    }

    /// The next one as its type.
    pub fn take<T: Setting>(&mut self) -> T {
        T::from_value(self.0.next().expect("as many values as keys"))
    }
}

/// The row of a setting's sentence, for the macro that makes the struct.
pub fn row<T, S: Into<String>>(label: &str, of: &T, say: impl Fn(&T) -> S) -> Row {
    (label.to_string(), say(of).into())
}
