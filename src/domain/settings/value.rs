//! Values as they are read, and the defaults that stand in declarations.

use super::table::{Key, Kind, Presence, Quantity, Shape, Table};
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
    /// A whole number.
    Whole(i64),
    /// A duration.
    Span(Span),
    /// The word at this position among those that the kind takes.
    Word(usize),
    /// A text.
    Text(String),
    /// A distribution.
    Distribution(Distribution),
    /// A list.
    List(Vec<Value>),
    /// The values of a table within the table, one for each of its keys.
    Table(Vec<Value>),
}

impl Value {
    /// The value of a key where it is not written.
    ///
    /// # Panics
    /// When it may not be left out, or when what is declared is nothing of its kind.
    pub fn default_of(key: &Key) -> Self {
        match (key.presence, &key.kind.shape) {
            (Presence::Default(text), _) => Self::parse(&key.kind, text),
            (Presence::Defaults, Shape::Table(table)) => Self::defaults(table),
            (Presence::Optional, _) => Self::Absent,
            (Presence::Needed | Presence::Defaults, _) => panic!("`{}` has no default", key.name),
        }
    }

    /// The values of all keys of a table where none is written.
    ///
    /// # Panics
    /// When a key may not be left out.
    pub fn defaults(table: &Table) -> Self {
        Self::Table(table.keys.iter().map(Self::default_of).collect())
    }

    /// A default as it is declared.
    pub(super) fn parse(kind: &Kind, text: &str) -> Self {
        let bare = text.trim_matches('"');
        let value = match kind.shape {
            Shape::Flag => text.parse().ok().map(Self::Flag),
            Shape::Number(_) | Shape::Money => text.parse().ok().map(Self::Number),
            Shape::Whole(..) => text.parse().ok().map(Self::Whole),
            Shape::DurationOr(word) if bare == word => Some(Self::Absent),
            Shape::Duration | Shape::SomeTime | Shape::DurationOr(_) => Span::parse(bare).ok().map(Self::Span),
            Shape::Word(words) => words.iter().position(|word| *word == bare).map(Self::Word),
            Shape::Text | Shape::Name | Shape::File | Shape::Separator(_) => Some(Self::Text(bare.to_string())),
            Shape::Distribution(Quantity::Duration) => Span::parse(bare).ok().map(|span| Self::constant(span.0 as f64)),
            Shape::Distribution(_) => text.parse().ok().map(Self::constant),
            Shape::Notation(notation) => (notation.parse)(bare).ok().map(Self::numbers),
            Shape::List(..) if text == "[]" => Some(Self::List(Vec::new())),
            Shape::List(of, ..) => {
                let items = text.trim_matches(['[', ']']).split(',');
                Some(Self::List(items.map(|item| Self::parse(of, item.trim())).collect()))
            }
            Shape::Map(_) | Shape::Table(_) | Shape::Rows(_) | Shape::Either(_) | Shape::Any => None,
        };
        value.unwrap_or_else(|| panic!("the default {text} is not {}", kind.in_words))
    }

    /// The numbers that a text of a notation of its own comes to.
    pub fn numbers(numbers: Vec<i64>) -> Self {
        Self::List(numbers.into_iter().map(Self::Whole).collect())
    }

    fn constant(value: f64) -> Self {
        Self::Distribution(Distribution::Constant(value))
    }
}
