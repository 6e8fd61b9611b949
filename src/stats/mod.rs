//! Estimators: intervals, ratios, paired differences, quantiles, the histogram of waits, and the warm-up test.
//!
//! Everything here is arithmetic on plain numbers and knows nothing of orders or stock. Transcendental functions come
//! from the `libm` crate, so the same numbers give the same bits on every platform.

mod control;
mod estimate;
mod gamma;
mod histogram;
mod holm;
mod moments;
mod mser;
mod normal;
mod paired;
mod quantile;
mod student;

pub use control::{Controlled, controlled_ratio};
pub use estimate::{CONFIDENCE, Estimate, Pair, enough_replications, is_rounding, ratio_of_means, t_interval};
pub use gamma::{chi_squared_above, digamma, gamma_cdf, trigamma};
pub use histogram::LogLinearHistogram;
pub use holm::holm;
pub use moments::RatioMoments;
pub use mser::{Mser, mser};
pub use normal::{normal_cdf, normal_density, normal_quantile};
pub use paired::{PairedDifference, paired_ratio_difference};
pub use quantile::{nearest_rank, quantile_interval};
pub use student::{student_t_cdf, student_t_two_sided};
