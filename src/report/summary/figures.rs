//! Figures as results keep them: numbers, or nothing where there is none.

use super::names::Said;
use crate::experiment::Figure;
use crate::stats::Estimate;
use serde::{Deserialize, Serialize};

/// A mean and half of its confidence interval, as far as there are any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The mean; `None` where nothing happened that it is about.
    pub mean: Option<f64>,
    /// Half of its interval; `None` where there are fewer than two replications that say something.
    pub half_width: Option<f64>,
}

impl Said for Reading {
    fn nothing() -> Option<Self> {
        Some(Self::default())
    }
}

impl From<&Estimate> for Reading {
    fn from(estimate: &Estimate) -> Self {
        Self { mean: Some(estimate.mean), half_width: estimate.half_width }
    }
}

impl From<Option<&Estimate>> for Reading {
    fn from(estimate: Option<&Estimate>) -> Self {
        estimate.map_or_else(Self::default, Self::from)
    }
}

/// An estimate with its interval, and how the replications spread; nulls where there is no number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The mean.
    pub mean: Option<f64>,
    /// Half of its interval.
    pub half_width: Option<f64>,
    /// The standard deviation of one replication.
    pub std_dev: Option<f64>,
    /// The 5 % quantile of the replications' own values.
    pub p05: Option<f64>,
    /// Their median.
    pub p50: Option<f64>,
    /// Their 95 % quantile.
    pub p95: Option<f64>,
}

impl From<Option<&Estimate>> for Figures {
    fn from(estimate: Option<&Estimate>) -> Self {
        let Some(estimate) = estimate else { return Self::default() };
        Self {
            mean: Some(estimate.mean),
            half_width: estimate.half_width,
            std_dev: estimate.std_dev,
            p05: Some(estimate.p05),
            p50: Some(estimate.p50),
            p95: Some(estimate.p95),
        }
    }
}

impl From<(f64, Option<f64>)> for Reading {
    fn from((mean, half_width): (f64, Option<f64>)) -> Self {
        Self { mean: Some(mean), half_width }
    }
}

impl From<Figures> for Reading {
    fn from(Figures { mean, half_width, .. }: Figures) -> Self {
        Self { mean, half_width }
    }
}

impl From<Figure> for Reading {
    fn from(Figure { mean, half_width }: Figure) -> Self {
        (mean, half_width).into()
    }
}

impl From<Option<Figure>> for Reading {
    fn from(figure: Option<Figure>) -> Self {
        figure.map_or_else(Self::default, Self::from)
    }
}

impl Reading {
    /// The figure, where there is one.
    pub fn figure(self) -> Option<Figure> {
        self.mean.map(|mean| Figure { mean, half_width: self.half_width })
    }
}
