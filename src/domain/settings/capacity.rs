//! `capacity` of a vendor: how fast it works.

use super::declare::table;
use super::kinds::{RANDOM_DURATION, SMALL_ORDINAL};
use super::setting::Setting;
use super::table::{Kind, Shape};
use super::value::Value;
use crate::domain::phrase::grouped;
use crate::domain::{DAY, Distribution};

table! {
    /// How fast a vendor works: one of the two.
    pub CAPACITY as "Capacity": "`capacity`", One {
        /// So many units are done on a working day, one after the other.
        units_per_day: UNITS_PER_DAY = optional, example(400);
        /// A unit takes so long, on working days; drawn for each unit.
        service_time: RANDOM_DURATION = optional, example({ exponential = { mean = "12h" } });
    }
}

const UNITS_PER_DAY: Kind = Kind::within(&SMALL_ORDINAL, Shape::Whole(1, 1_000_000));

/// How fast a vendor works.
#[derive(Clone, Debug, PartialEq)]
pub enum Capacity {
    /// So many units on a working day.
    UnitsPerDay(u32),
    /// A unit takes so long.
    ServiceTime(Distribution),
}

impl Capacity {
    /// Units that it gets done on a working day, in the long run.
    pub fn units_per_day(&self) -> f64 {
        match self {
            Self::UnitsPerDay(units) => f64::from(*units),
            Self::ServiceTime(time) => DAY as f64 / time.mean(),
        }
    }

    /// What it is, in words.
    pub fn in_words(&self) -> String {
        match self {
            Self::UnitsPerDay(units) => format!("{} units a working day", grouped(f64::from(*units), 0)),
            Self::ServiceTime(time) => format!("a unit takes {}", time.duration_in_words()),
        }
    }
}

impl Setting for Capacity {
    const KIND: Kind = Kind::table(&CAPACITY);

    fn from_value(value: Value) -> Self {
        let Value::Table(values) = value else { panic!("a capacity is a table, not {value:?}") };
        match <[Value; 2]>::try_from(values) {
            Ok([Value::Whole(units), Value::Absent]) => Self::UnitsPerDay(units as u32),
            Ok([Value::Absent, Value::Distribution(time)]) => Self::ServiceTime(time),
            other => panic!("one of the two keys of a capacity is given, not {other:?}"),
        }
    }

    fn is_random(&self, _kind: &Kind) -> bool {
        matches!(self, Self::ServiceTime(time) if !matches!(time, Distribution::Constant(_)))
    }
}
