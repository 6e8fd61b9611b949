//! How a setting is declared: in one place, with its key, what may stand there, its default, its meaning and its sentence.
//!
//! A declaration made with [`settings!`] becomes the struct that the [`Model`](super::Model) holds, its `Default`, and a [`Table`]
//! that everything else follows: the reader of scenario files and of `--set`, the JSON Schema, `docs/scenario-keys.md`, the sentences
//! of the inputs page, and whether a setting makes a run random. An enum whose variants are words of the scenario file is declared
//! with [`words!`].
//!
//! ```
//! use backorder::domain::settings::{Presence, Settings};
//! use backorder::domain::{Granularity, SplitRule};
//!
//! assert_eq!(SplitRule::default(), SplitRule { ship_available: 0.95, granularity: Granularity::Line });
//! let key = SplitRule::TABLE.key("ship_available").unwrap();
//! assert_eq!((key.kind.in_words, key.presence), ("a share, 0 to 1", Presence::Default("0.95")));
//! ```

mod declare;
pub mod kind;
pub mod phrase;
mod rules;
mod value;

pub use kind::{Kind, Quantity, Range, Shape};
pub use rules::*;
pub use value::{Setting, Value, Words};

/// A row of the inputs page: what, and how.
pub type Row = (String, String);

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

#[cfg(test)]
mod tests;
