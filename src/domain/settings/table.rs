//! What a declaration consists of: tables, keys, and kinds of values.

use super::value::Value;
use crate::domain::{Distribution, Span};

/// A table of the scenario file, as declared.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The name of its definition in the JSON Schema.
    pub name: &'static str,
    /// What messages and documentation call it: `[rules.split]`.
    pub title: &'static str,
    /// Its keys, in the order of the declaration.
    pub keys: &'static [Key],
    comment: &'static str,
}

/// A key of a table, as declared.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as the file has it.
    pub name: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// What holds where it is left out.
    pub presence: Presence,
    /// Values to show, as TOML.
    pub examples: &'static [&'static str],
    comment: &'static str,
}

/// What holds where a key is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It may not be left out.
    Needed,
    /// There is nothing, then; a table within a table has all its defaults.
    Optional,
    /// As if this stood in the file, as TOML.
    Default(&'static str),
}

impl Table {
    /// A table; `comment` is the text of its doc comment.
    pub const fn new(name: &'static str, title: &'static str, comment: &'static str, keys: &'static [Key]) -> Self {
        Self { name, title, keys, comment }
    }

    /// What it is about, in Markdown.
    pub fn about(&self) -> String {
        without_margin(self.comment)
    }

    /// The key of a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The values of all keys where none is written.
    ///
    /// # Panics
    /// When a key is needed: such a table has no defaults.
    pub fn defaults(&self) -> Vec<Value> {
        self.keys.iter().map(Key::default).collect()
    }
}

impl Key {
    /// A key; `comment` is the text of its doc comment.
    pub const fn new(
        name: &'static str,
        kind: Kind,
        presence: Presence,
        examples: &'static [&'static str],
        comment: &'static str,
    ) -> Self {
        Self { name, kind, presence, examples, comment }
    }

    /// What it means, in Markdown.
    pub fn about(&self) -> String {
        without_margin(self.comment)
    }

    /// Its value where it is not written.
    ///
    /// # Panics
    /// When it is needed.
    pub fn default(&self) -> Value {
        match (self.presence, &self.kind.shape) {
            (Presence::Default(text), _) => self.kind.parse(text),
            (_, Shape::Table(table)) => Value::Table(table.defaults()),
            (Presence::Optional, _) => Value::Absent,
            (Presence::Needed, _) => panic!("`{}` has no default", self.name),
        }
    }
}

/// The text of a doc comment without the space that each line begins with.
fn without_margin(comment: &str) -> String {
    let lines: Vec<&str> = comment.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n").trim().to_string()
}

/// What may stand at a key.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The name of its definition in the JSON Schema.
    pub name: &'static str,
    /// What the documentation calls it.
    pub in_words: &'static str,
    /// How it is read.
    pub shape: Shape,
    /// Whether it is the probability of a coin that is tossed in a run.
    pub is_probability: bool,
}

/// How a value is read.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// `true` or `false`.
    Flag,
    /// A number within a range.
    Number(Range),
    /// A duration.
    Duration,
    /// A duration, or the word that stands for none.
    DurationOr(&'static str),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A constant, or one key that names a distribution.
    Distribution(Quantity),
    /// A table within the table.
    Table(&'static Table),
}

/// What is distributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A time; its parameters are durations, in seconds inside.
    Duration,
    /// A number of lines or units, at least 1.
    Count,
    /// Another number of at least 0.
    Number,
}

/// Which numbers a key takes.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// The least.
    pub min: f64,
    /// The most.
    pub max: f64,
    /// Whether the least itself is too little.
    pub above_min: bool,
    /// Whether the most itself is too much.
    pub below_max: bool,
    /// What such a number is, for messages.
    pub what: &'static str,
}

impl Range {
    /// Beyond this, sums of squares lose their meaning.
    pub const HUGE: f64 = 1e12;

    const fn closed(min: f64, max: f64, what: &'static str) -> Self {
        Self { min, max, above_min: false, below_max: false, what }
    }

    /// A share.
    pub const SHARE: Self = Self::closed(0.0, 1.0, "a share, a number from 0 to 1");
    /// A share that is neither 0 nor 1.
    pub const INNER_SHARE: Self =
        Self { min: 0.0, max: 1.0, above_min: true, below_max: true, what: "a number above 0 and below 1" };
    /// A weight, a rate.
    pub const NOT_NEGATIVE: Self = Self::closed(0.0, Self::HUGE, "a number of at least 0");
    /// A number above 0.
    pub const POSITIVE: Self =
        Self { min: 0.0, max: Self::HUGE, above_min: true, below_max: false, what: "a number above 0" };
    /// Any number.
    pub const ANY: Self = Self::closed(-Self::HUGE, Self::HUGE, "a number");
    /// An amount of money, so bounded that the cents of ninety million parcels or purchase orders stay within 64 bits.
    pub const MONEY: Self = Self::closed(0.0, 1e9, "an amount of money of at least 0");
    /// A latitude.
    pub const LATITUDE: Self = Self::closed(-90.0, 90.0, "a latitude in degrees, from -90 to 90");
    /// A longitude.
    pub const LONGITUDE: Self = Self::closed(-180.0, 180.0, "a longitude in degrees, from -180 to 180");

    /// The same up to another bound.
    pub const fn up_to(self, max: f64) -> Self {
        Self { max, ..self }
    }
}

impl Kind {
    pub(super) const fn new(name: &'static str, in_words: &'static str, shape: Shape) -> Self {
        Self { name, in_words, shape, is_probability: false }
    }

    /// One of some words.
    pub const fn word(words: &'static [&'static str]) -> Self {
        Self::new("Text", "a word", Shape::Word(words))
    }

    /// A table within the table.
    pub const fn table(table: &'static Table) -> Self {
        Self::new(table.name, "a table (below)", Shape::Table(table))
    }

    /// A default as it is declared.
    ///
    /// # Panics
    /// When the text is nothing of this kind, which is a slip in the declaration.
    pub(super) fn parse(&self, text: &str) -> Value {
        let bare = text.trim_matches('"');
        let value = match self.shape {
            Shape::Flag => text.parse().ok().map(Value::Flag),
            Shape::Number(_) => text.parse().ok().map(Value::Number),
            Shape::DurationOr(word) if bare == word => Some(Value::Absent),
            Shape::Duration | Shape::DurationOr(_) => Span::parse(bare).ok().map(Value::Span),
            Shape::Word(words) => words.iter().position(|word| *word == bare).map(Value::Word),
            Shape::Distribution(Quantity::Duration) => {
                Span::parse(bare).ok().map(|span| Value::Distribution(Distribution::Constant(span.0 as f64)))
            }
            Shape::Distribution(_) => {
                text.parse().ok().map(|number| Value::Distribution(Distribution::Constant(number)))
            }
            Shape::Table(_) => None,
        };
        value.unwrap_or_else(|| panic!("the default {text} is not {}", self.in_words))
    }
}
