//! Probability distributions as a scenario names them: one family a file, which declares the family's name and parameters and holds
//! all that is known of it but the draws, which are made in [`random`](crate::random).
//!
//! Durations are in seconds, counts in units.

mod count;
mod empirical;
mod exponential;
mod family;
mod gamma;
mod geometric;
mod lognormal;
mod normal;
mod poisson;
mod triangular;
mod uniform;
mod weibull;

pub use count::CountMoments;
pub use empirical::Empirical;
pub use exponential::Exponential;
pub use family::{Family, FamilyTable, Fault, Parameter, Scale};
pub use gamma::Gamma;
pub use geometric::Geometric;
pub use lognormal::Lognormal;
pub use normal::Normal;
pub use poisson::Poisson;
pub use triangular::Triangular;
pub use uniform::Uniform;
pub use weibull::Weibull;

use super::Span;

/// Makes the enum out of the families' structs, which bear its variants' names.
macro_rules! catalogue {
    ($($(#[doc = $doc:literal])+ $family:ident;)+) => {
        /// A distribution of a duration (seconds), of a count or of another number.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Distribution {
            /// Always the same value.
            Constant(f64),
            $(
                $(#[doc = $doc])+
                $family($family),
            )+
        }

        /// Every family that has parameters, in the order in which messages list them.
        pub const FAMILIES: &[FamilyTable] = &[$($family::TABLE),+];

        impl Distribution {
            fn family(&self) -> &dyn Family {
                match self {
                    Self::Constant(value) => value,
                    $(Self::$family(of_family) => of_family,)+
                }
            }

            /// The distribution of so many times the value.
            #[must_use]
            pub fn scaled(&self, factor: f64) -> Self {
                match self {
                    Self::Constant(value) => Self::Constant(value * factor),
                    $(Self::$family(of_family) => of_family.scaled(factor).into(),)+
                }
            }
        }

        $(
            impl From<$family> for Distribution {
                fn from(of_family: $family) -> Self {
                    Self::$family(of_family)
                }
            }
        )+
    };
}

catalogue! {
    /// Exponential with a given mean.
    Exponential;
    /// Gamma with a given mean and coefficient of variation.
    Gamma;
    /// Lognormal with a given mean and coefficient of variation of the value itself.
    Lognormal;
    /// Weibull with a given mean and coefficient of variation.
    Weibull;
    /// Uniform between two values; of counts, on the whole numbers between them.
    Uniform;
    /// Triangular.
    Triangular;
    /// Normal, truncated at 0 (conditioned on being at least 0).
    Normal;
    /// Poisson with a given mean.
    Poisson;
    /// Geometric on 1, 2, 3, … with a given mean.
    Geometric;
    /// One of some values, each with a probability in proportion to its weight.
    Empirical;
}

impl Distribution {
    /// The mean.
    pub fn mean(&self) -> f64 {
        self.family().mean()
    }

    /// The variance, taken of the continuous form; that of a count as it is drawn comes from [`count_moments`](Self::count_moments).
    pub fn variance(&self) -> f64 {
        self.family().variance()
    }

    /// The survival function of the continuous form, P(X > x).
    pub fn survival(&self) -> impl Fn(f64) -> f64 + '_ {
        // A family says how likely what is rounded reaches a count: by lying at most ½ below it.
        let at_least = self.family().at_least();
        move |x| at_least(x + 0.5)
    }

    /// The largest value, where there is one.
    pub fn largest(&self) -> Option<f64> {
        self.family().largest()
    }

    /// What it is in words, each of its values as `say` says it: `6d on average (gamma, cv 0.5)`.
    pub fn in_words(&self, say: impl Fn(f64) -> String) -> String {
        self.family().in_words(&say)
    }

    /// The same of a duration.
    pub fn duration_in_words(&self) -> String {
        self.in_words(|seconds| Span::from_seconds_f64(seconds).to_string())
    }

    /// What is wrong with its parameters taken together; each by itself is known to lie in its range.
    pub fn faults(&self) -> Vec<Fault> {
        self.family().faults()
    }

    /// The same as a constant where its parameters leave no room for chance.
    #[must_use]
    pub fn simplified(self) -> Self {
        match self.family().constant() {
            Some(value) => Self::Constant(value),
            None => self,
        }
    }
}

/// A constant.
impl Family for f64 {
    fn mean(&self) -> f64 {
        *self
    }

    fn variance(&self) -> f64 {
        0.0
    }

    fn largest(&self) -> Option<f64> {
        Some(*self)
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        Box::new(move |k| if k - 0.5 <= *self { 1.0 } else { 0.0 })
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        say(*self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_says_what_it_is() {
        let day = 86_400.0;
        let told = [
            (Distribution::Constant(day), "1d"),
            (Distribution::exponential(day), "1d on average (exponential)"),
            (Distribution::gamma(day, 0.5), "1d on average (gamma, cv 0.5)"),
            (Distribution::lognormal(day, 1.5), "1d on average (lognormal, cv 1.5)"),
            (Distribution::weibull(day, 2.0), "1d on average (Weibull, cv 2)"),
            (Distribution::uniform(day, 3.0 * day), "1d to 3d (uniform)"),
            (Distribution::triangular(0.0, day, 3.0 * day), "0s to 3d, most likely 1d (triangular)"),
            (Distribution::normal(5.0 * day, day), "5d on average (normal of mean 5d and sd 1d, cut off at 0)"),
            (Distribution::poisson(day), "1d on average (Poisson)"),
            (Distribution::geometric(day), "1d on average (geometric, from 1)"),
            (Distribution::empirical(vec![day, 3.0 * day], vec![1.0, 1.0]), "2d on average (one of 2 values)"),
        ];
        for (distribution, words) in &told {
            assert_eq!(distribution.duration_in_words(), *words);
        }
        assert_eq!(told.len(), FAMILIES.len() + 1, "every family is told");
    }

    #[test]
    fn without_room_for_chance_it_is_a_constant() {
        for constant in [
            Distribution::gamma(3.0, 0.0),
            Distribution::lognormal(3.0, 0.0),
            Distribution::weibull(3.0, 0.0),
            Distribution::uniform(3.0, 3.0),
            Distribution::triangular(3.0, 3.0, 3.0),
            Distribution::normal(3.0, 0.0),
        ] {
            assert_eq!(constant.simplified(), Distribution::Constant(3.0));
        }
        assert_eq!(Distribution::normal(-3.0, 0.0).simplified(), Distribution::Constant(0.0));
        let random = Distribution::uniform(3.0, 4.0);
        assert_eq!(random.clone().simplified(), random);
    }
}
