//! Figures of a sweep: what is shown and kept of an estimate.

use super::super::contrast::{Difference, Judged};
use crate::measures::Metric;
use crate::stats::Estimate;

/// A figure with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The estimate.
    pub mean: f64,
    /// Half of its interval; `None` where there is none.
    pub half_width: Option<f64>,
}

impl Figure {
    /// Lower and upper end of the interval, where there is one.
    pub fn interval(self) -> Option<(f64, f64)> {
        self.half_width.map(|half| (self.mean - half, self.mean + half))
    }
}

impl From<Estimate> for Figure {
    fn from(estimate: Estimate) -> Self {
        Self { mean: estimate.mean, half_width: estimate.half_width }
    }
}

/// The difference of a measure between two cells, the second less the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The measure.
    pub metric: Metric,
    /// The difference; `None` where one of the two has no figure.
    pub figure: Option<Figure>,
    /// The standard deviation of one replication's difference.
    pub std_dev: Option<f64>,
    /// Differences up to here do not matter.
    pub indifference: f64,
    /// Variance of the paired difference over that of a difference of independent runs; `None` where nothing varies, or
    /// where there is no interval.
    pub variance_ratio: Option<f64>,
    /// What it amounts to.
    pub judged: Option<Judged>,
}

impl From<Difference> for Change {
    fn from(difference: Difference) -> Self {
        Self {
            metric: difference.metric,
            figure: difference.estimate.map(Figure::from),
            std_dev: difference.estimate.and_then(|estimate| estimate.std_dev),
            indifference: difference.indifference,
            variance_ratio: difference.variance_ratio,
            judged: difference.judged,
        }
    }
}
