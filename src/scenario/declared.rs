//! Values read as they are declared: a key's kind says how, its declaration what holds where it is left out.

use super::distribution;
use super::item::Item;
use super::reader::Section;
use super::tree::Value as Written;
use crate::domain::settings::{Key, Kind, Presence, Setting, Settings, Shape, Table, Value};

impl Item<'_> {
    /// A value of a declared kind.
    pub fn read(&self, kind: &Kind) -> Option<Value> {
        match kind.shape {
            Shape::Flag => self.flag().map(Value::Flag),
            Shape::Number(range) => self.number(range).map(Value::Number),
            Shape::Money => self.money().map(Value::Number),
            Shape::Duration => self.span().map(Value::Span),
            Shape::SomeTime => self.some_time().map(Value::Span),
            Shape::DurationOr(word) => self.span_or_word(word).map(|span| span.map_or(Value::Absent, Value::Span)),
            Shape::Word(words) => self.word(words).map(Value::Word),
            Shape::Distribution(quantity) => distribution::read(self, quantity).map(Value::Distribution),
            Shape::Whole(least, most) => self.whole(least, most).map(Value::Whole),
            Shape::Text => self.text().map(|text| Value::Text(text.into_owned())),
            Shape::Name => self.name().map(|name| Value::Text(name.into_owned())),
            Shape::Notation(notation) => self.written_in(notation).map(Value::numbers),
            Shape::List(kind, least, _) if kind.is_read_as_declared() => self.read_list(kind, least),
            Shape::List(of, ..) => {
                // All are read, so that every mistake is told.
                let values: Vec<Option<Value>> = self.list()?.map(|item| item.read(of)).collect();
                values.into_iter().collect::<Option<_>>().map(Value::List)
            }
            Shape::Table(table) => Section::new(self.cx, self.node, table)?.values(table).all(),
            Shape::Either(kinds) if kind.is_read_as_declared() => {
                let is_whole = |kind: &&Kind| matches!(kind.shape, Shape::Whole(..));
                let whole = kinds.iter().find(is_whole).filter(|_| matches!(self.node.value, Written::Integer(_)));
                self.read(whole.unwrap_or(&kinds[0]))
            }
            Shape::Separator(_) | Shape::Any | Shape::File | Shape::Map(_) | Shape::Rows(_) | Shape::Either(_) => {
                unreachable!("`{}` is read by hand", self.key)
            }
        }
    }

    /// A list of values of a declared kind, so many at least.
    fn read_list(&self, kind: &Kind, least: usize) -> Option<Value> {
        let values: Vec<Option<Value>> = self.list()?.map(|item| item.read(kind)).collect();
        if values.len() < least {
            let message = format!("`{}` is empty", self.key);
            self.cx.sink.push(self.error("empty", message).expected(format!("at least {least} of them")));
            return None;
        }
        values.into_iter().collect::<Option<_>>().map(Value::List)
    }

    /// A setting, of the kind that its type says.
    pub fn setting<T: Setting>(&self) -> Option<T> {
        self.read(&T::KIND).map(T::from_value)
    }
}

impl Section<'_> {
    /// The setting at a key, or its default. What is wrong with it is reported.
    ///
    /// # Panics
    /// When the key is not declared, or as another kind, a slip that any test of the reader meets.
    pub fn read<T: Setting>(&self, key: &'static str) -> Option<T> {
        let declared = self.keys.declared(key).unwrap_or_else(|| panic!("{} has no key `{key}`", self.title));
        self.value(declared).map(T::from_value)
    }

    /// The settings of a table within this one; where it is absent, all have their defaults.
    pub fn settings<T: Settings + Setting>(&self, key: &'static str) -> Option<T> {
        let value = match self.written(key) {
            Some(item) => item.read(&T::KIND)?,
            None => Value::defaults(&T::TABLE),
        };
        Some(T::from_value(value))
    }

    /// The values of a declared table. All are read before any is asked for, so that every mistake is told.
    pub fn values(&self, table: &'static Table) -> Values {
        Values { keys: table.keys, list: table.keys.iter().map(|key| self.value(key)).collect() }
    }

    /// The value of a declared key.
    fn value(&self, key: &Key) -> Option<Value> {
        match (self.written(key.name), key.presence) {
            (Some(item), _) => item.read(&key.kind),
            (None, Presence::Needed) => {
                self.missing_because(key.name, "");
                None
            }
            (None, _) => Some(Value::default_of(key)),
        }
    }
}

/// The values of a table, as far as they could be read.
pub struct Values {
    keys: &'static [Key],
    list: Vec<Option<Value>>,
}

impl Values {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.list[self.keys.iter().position(|declared| declared.name == key)?].as_ref()
    }

    /// All of them, where all could be read.
    pub fn all(self) -> Option<Value> {
        self.list.into_iter().collect::<Option<_>>().map(Value::Table)
    }
}
