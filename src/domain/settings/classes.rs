//! Classes of customers as settings name them.

use super::kinds::{NAME, SMALL_ORDINAL};
use super::setting::Setting;
use super::table::{Kind, Shape};
use super::value::Value;

/// A class, by its id or by its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassRef {
    /// Its id.
    Name(String),
    /// Its place, from 1.
    Place(u32),
}

/// Some classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassRefs(pub Vec<ClassRef>);

const CLASS: Kind = Kind::new("ClassRef", "a class's id, or its place from 1", Shape::Either(&[NAME, SMALL_ORDINAL]));

impl Setting for ClassRef {
    const KIND: Kind = CLASS;

    fn from_value(value: Value) -> Self {
        match value {
            Value::Text(name) => Self::Name(name),
            Value::Whole(place) => Self::Place(place as u32),
            other => panic!("a class is read as {other:?}"),
        }
    }
}

impl Setting for ClassRefs {
    const KIND: Kind = Kind::new("", "a list of classes", Shape::List(&CLASS, 1, None));

    fn from_value(value: Value) -> Self {
        match value {
            Value::List(values) => Self(values.into_iter().map(ClassRef::from_value).collect()),
            other => panic!("classes are read as {other:?}"),
        }
    }
}

impl ClassRefs {
    /// Their names, or their places.
    pub fn in_words(&self) -> String {
        let one = |class: &ClassRef| match class {
            ClassRef::Name(name) => name.clone(),
            ClassRef::Place(place) => format!("class {place}"),
        };
        self.0.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}
