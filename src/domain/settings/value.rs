//! Values as they are read.

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
