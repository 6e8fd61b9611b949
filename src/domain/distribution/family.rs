//! What a family of distributions declares, and what it answers.

use super::{CountMoments, Distribution};

/// A family of distributions, as declared.
#[derive(Clone, Copy, Debug)]
pub struct FamilyTable {
    /// The key that names it in a scenario.
    pub name: &'static str,
    /// What there is to know, in Markdown.
    pub about: &'static str,
    /// Its table as it may stand in a file, of a duration.
    pub example: &'static str,
    /// Its parameters: the keys of its table.
    pub parameters: &'static [(&'static str, Parameter)],
    /// Makes one out of the values of its parameters, in their order; `None` where its parameters are lists.
    pub make: Option<fn(&[f64]) -> Distribution>,
}

/// What may stand at a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// A value above 0 of what is distributed, though not always a whole one.
    AboveZero,
    /// The same, at least 0.
    AtLeastZero,
    /// An end of the values; of counts a whole number, at least 1.
    End,
    /// The same as above 0, but it may lie below 0 where the format can say so.
    Signed,
    /// A coefficient of variation: the standard deviation over the mean.
    Variation,
    /// A list of values; needed where there is no file.
    Values,
    /// A list of weights; may be left out.
    Weights,
    /// A CSV file of values; may be left out.
    File,
    /// The header of a column; needed where there is a file.
    Column,
    /// The unit of durations that are bare numbers in the file; may be left out.
    Unit,
    /// What stands between the columns of the file; may be left out.
    Separator,
    /// Lines above the header of the file; may be left out.
    SkippedRows,
}

impl Parameter {
    /// Whether a table lacks something without it.
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::AboveZero | Self::AtLeastZero | Self::End | Self::Signed | Self::Variation)
    }
}

/// What is wrong with parameters that are sound each by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A parameter lies below one that is to be its lower bound.
    Disordered {
        /// The lower one by its meaning.
        lower: &'static str,
        /// The upper one by its meaning.
        upper: &'static str,
    },
    /// A parameter lies outside the range that the others leave it.
    OutOfRange {
        /// Which.
        parameter: &'static str,
        /// What is wrong, `{}` standing for the value as it is written.
        message: &'static str,
        /// What would be right.
        expected: &'static str,
    },
}

/// A distribution of one family.
pub trait Family {
    /// The mean.
    fn mean(&self) -> f64;

    /// The variance, of the continuous form.
    fn variance(&self) -> f64;

    /// What it is in words, each of its values as `say` says it.
    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String;

    /// P(count ≥ k) for k ≥ 2 where no count is too large, smooth between whole numbers. What is rounded to a count reaches k with
    /// P(X ≥ k − ½).
    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_>;

    /// Up to three values at which [`at_least`](Self::at_least) bends, and within what distance of them it does so.
    fn bends(&self) -> ([f64; 3], f64) {
        ([self.mean(); 3], self.variance().sqrt())
    }

    /// The moments of a count, at least 1 and at most `most`, where a formula gives them.
    fn count_moments(&self, _least: f64, _most: f64) -> Option<CountMoments> {
        None
    }

    /// The largest value, where there is one.
    fn largest(&self) -> Option<f64> {
        None
    }

    /// The only value, where the parameters leave no other.
    fn constant(&self) -> Option<f64> {
        None
    }

    /// What is wrong with the parameters taken together.
    fn faults(&self) -> Vec<Fault> {
        Vec::new()
    }
}

/// A distribution of one family whose values can be multiplied.
pub trait Scale {
    /// The distribution of so many times the value: a coefficient of variation stays, all other parameters are multiplied.
    #[must_use]
    fn scaled(&self, factor: f64) -> Self;
}

/// Declares a family whose parameters are numbers: `pub struct Name as key, "what there is to know", example({ … }) { parameter: Kind, }`,
/// where the kind is a [`Parameter`] and the example is of a duration. `Distribution::key` makes one.
macro_rules! family {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident as $key:ident, $known:literal, example($example:tt) {
            $($(#[doc = $doc:literal])+ $parameter:ident: $kind:ident,)+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $parameter: f64,)+
        }

        impl $name {
            /// The family as declared.
            pub const TABLE: $crate::domain::distribution::FamilyTable = $crate::domain::distribution::FamilyTable {
                name: stringify!($key),
                about: $known,
                example: stringify!($example),
                parameters: &[
                    $((stringify!($parameter), $crate::domain::distribution::Parameter::$kind)),+
                ],
                make: Some(|values| {
                    let mut values = values.iter().copied();
                    let mut next = || values.next().expect("as many values as parameters");
                    Self { $($parameter: next()),+ }.into()
                }),
            };
        }

        impl $crate::domain::distribution::Scale for $name {
            fn scaled(&self, factor: f64) -> Self {
                let times = |value: f64, kind: $crate::domain::distribution::Parameter| match kind {
                    $crate::domain::distribution::Parameter::Variation => value,
                    _ => value * factor,
                };
                Self { $($parameter: times(self.$parameter, $crate::domain::distribution::Parameter::$kind)),+ }
            }
        }

        impl $crate::domain::Distribution {
            $(#[doc = $about])+
            pub fn $key($($parameter: f64),+) -> Self {
                $name { $($parameter),+ }.into()
            }
        }
    };
}

pub(super) use family;
