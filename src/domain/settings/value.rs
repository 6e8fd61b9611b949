//! Values as they are read, and the types that settings have in the model.

use super::kind::{self, Kind};
use super::{Row, Settings};
use crate::domain::{Distribution, Span};

/// A value that was read at a key, of the key's kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: the key was left out, or the word that stands for none was there.
    Absent,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A duration.
    Span(Span),
    /// The word at this position among those that the kind takes.
    Word(usize),
    /// A distribution.
    Distribution(Distribution),
    /// The values of a table within the table, one for each of its keys.
    Table(Vec<Value>),
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

/// An enum whose variants are words of the scenario file; declared with [`words!`](super::words).
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
    const KIND: Kind = kind::FLAG;

    fn from_value(value: Value) -> Self {
        match value {
            Value::Flag(flag) => flag,
            other => mismatch("bool", &other),
        }
    }
}

impl Setting for f64 {
    const KIND: Kind = kind::SHARE;

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
    const KIND: Kind = kind::DURATION;

    fn from_value(value: Value) -> Self {
        match value {
            Value::Span(span) => span,
            other => mismatch("Span", &other),
        }
    }
}

impl Setting for Distribution {
    const KIND: Kind = kind::RANDOM_DURATION;

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
