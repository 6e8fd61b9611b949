//! A distribution on given values.

use super::{CountMoments, Distribution, Family, FamilyTable, Parameter, Scale};
use crate::domain::phrase::grouped;
use libm::rint;

/// One of some values, each with a probability in proportion to its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    /// The values.
    pub values: Vec<f64>,
    /// Their weights, as many as values, not all 0.
    pub weights: Vec<f64>,
}

impl Empirical {
    /// The family as declared.
    pub const TABLE: FamilyTable = FamilyTable {
        name: "empirical",
        about: "One of given values: `values` with `weights` (default: equal ones), or the `column` of a CSV `file`. \
                `unit` is that of durations which are bare numbers there; `separator` and `skip_rows` tell of its layout.",
        example: "{ values = [\"3d\", \"5d\", \"9d\"], weights = [2, 5, 1] }",
        parameters: &[
            ("values", Parameter::Values),
            ("weights", Parameter::Weights),
            ("file", Parameter::File),
            ("column", Parameter::Column),
            ("unit", Parameter::Unit),
            ("separator", Parameter::Separator),
            ("skip_rows", Parameter::SkippedRows),
        ],
        make: None,
    };

    /// Σ weight · of(value) over Σ weight.
    fn weighted_mean(&self, of: impl Fn(f64) -> f64) -> f64 {
        let total: f64 = self.weights.iter().sum();
        self.values.iter().zip(&self.weights).map(|(&value, &weight)| of(value) * weight).sum::<f64>() / total
    }
}

impl Distribution {
    /// One of some values, each with a probability in proportion to its weight.
    pub fn empirical(values: Vec<f64>, weights: Vec<f64>) -> Self {
        Empirical { values, weights }.into()
    }
}

impl Scale for Empirical {
    fn scaled(&self, factor: f64) -> Self {
        let values = self.values.iter().map(|value| value * factor).collect();
        Self { values, weights: self.weights.clone() }
    }
}

impl Family for Empirical {
    fn mean(&self) -> f64 {
        self.weighted_mean(|x| x)
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.weighted_mean(|x| (x - mean) * (x - mean))
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        let count = grouped(self.values.len() as f64, 0);
        format!("{} on average (one of {count} values)", say(self.mean()))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        Box::new(|k| self.weighted_mean(|x| if x >= k - 0.5 { 1.0 } else { 0.0 }))
    }

    fn count_moments(&self, least: f64, most: f64) -> Option<CountMoments> {
        let values = self.values.iter().map(|&value| rint(value).clamp(least, most)).collect();
        let drawn = Self { values, weights: self.weights.clone() };
        let mean = drawn.mean();
        Some(CountMoments { mean, square: drawn.variance() + mean * mean })
    }

    fn largest(&self) -> Option<f64> {
        let possible = self.values.iter().zip(&self.weights).filter(|(_, weight)| **weight > 0.0);
        possible.map(|(value, _)| *value).reduce(f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_count() {
        let sizes = Empirical { values: vec![1.0, 2.0, 5.0], weights: vec![5.0, 3.0, 2.0] };
        assert!((sizes.mean() - 2.1).abs() < 1e-12);
        assert!((sizes.variance() - (0.5 + 1.2 + 5.0 - 2.1 * 2.1)).abs() < 1e-12);
        assert_eq!(sizes.largest(), Some(5.0));
        assert_eq!(Empirical { weights: vec![5.0, 3.0, 0.0], ..sizes }.largest(), Some(2.0));
    }
}
