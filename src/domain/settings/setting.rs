//! The types that settings have in the model, and how they come out of values.

use super::kinds;
use super::table::{Kind, Shape, Table};
use super::value::Value;
use crate::domain::{Cents, Distribution, Span};

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
    /// What they mean: the doc comments of the variants.
    const MEANINGS: &'static [&'static str];

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

/// Types that are a kind of value each, with the kind that goes without saying.
macro_rules! plain {
    ($($type:ty: $kind:ident from $value:pat => $setting:expr;)+) => {
        $(
            impl Setting for $type {
                const KIND: Kind = kinds::$kind;

                fn from_value(value: Value) -> Self {
                    match value {
                        $value => $setting,
                        other => mismatch(stringify!($type), &other),
                    }
                }
            }
        )+
    };
}

plain! {
    bool: FLAG from Value::Flag(flag) => flag;
    u32: UNITS from Value::Whole(number) => number as u32;
    u64: SEED from Value::Whole(number) => number as u64;
    usize: ORDINAL from Value::Whole(number) => number as usize;
    i32: REORDER_LEVEL from Value::Whole(number) => number as i32;
    Cents: MONEY from Value::Number(amount) => Self::from_decimal(amount);
    Span: DURATION from Value::Span(span) => span;
    String: TEXT from Value::Text(text) => text;
}

impl Setting for f64 {
    const KIND: Kind = kinds::NOT_NEGATIVE;

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

impl<T: Setting, const N: usize> Setting for [T; N] {
    const KIND: Kind = Kind::new("", "", Shape::List(&T::KIND, N, Some(N)));

    fn from_value(value: Value) -> Self {
        let Value::List(values) = value else { mismatch("a list", &value) };
        let settings: Vec<T> = values.into_iter().map(T::from_value).collect();
        settings.try_into().unwrap_or_else(|_| panic!("a setting is declared as a list of {N}"))
    }
}

impl<T: Setting> Setting for Vec<T> {
    const KIND: Kind = Kind::new("", "", Shape::List(&T::KIND, 0, None));

    fn from_value(value: Value) -> Self {
        let Value::List(values) = value else { mismatch("a list", &value) };
        values.into_iter().map(T::from_value).collect()
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

/// What a declaration has to say of a setting; perhaps nothing, where another setting leaves it without effect.
pub trait Sentence {
    /// The sentence.
    fn sentence(self) -> Option<String>;
}

impl Sentence for &str {
    fn sentence(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Sentence for String {
    fn sentence(self) -> Option<String> {
        Some(self)
    }
}

impl<S: Sentence> Sentence for Option<S> {
    fn sentence(self) -> Option<String> {
        self.and_then(Sentence::sentence)
    }
}

/// The row of a setting's sentence, for the macro that makes the struct.
pub fn row<T, S: Sentence>(label: &str, of: &T, say: impl Fn(&T) -> S) -> Option<Row> {
    Some((label.to_string(), say(of).sentence()?))
}
