//! Lines of an order, units of a line: geometric where that fits, else as they were.

use crate::stats::chi_squared_above;
use libm::pow;
use std::collections::BTreeMap;

/// The distribution of a count from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// How often each count came.
    pub often: BTreeMap<u32, u32>,
    /// The mean.
    pub mean: f64,
    /// Half of its 95 % interval.
    pub half_width: f64,
    /// Whether a geometric distribution fits.
    pub is_geometric: bool,
    /// The chance of being as far from geometric, by chi-squared over bins of at least five expected.
    pub chance: f64,
}

/// A fit with a lower chance than this is not believed.
const UNLIKELY: f64 = 0.05;
/// A distribution as it was has at most so many values.
const MOST: usize = 60;

impl Counts {
    /// Fits the counts; `largest` is the most that can be drawn.
    pub fn of(counts: impl Iterator<Item = u32>, largest: u32) -> Self {
        let mut often: BTreeMap<u32, u32> = BTreeMap::new();
        let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for count in counts.map(|count| count.clamp(1, largest.max(1))) {
            let value = f64::from(count);
            (n, sum, squares) = (n + 1.0, sum + value, squares + value * value);
            *often.entry(count).or_default() += 1;
        }
        let n_or_one = f64::max(n, 1.0);
        let mean = if n > 0.0 { sum / n } else { 1.0 };
        let variance = ((squares - sum * mean) / (n_or_one - 1.0).max(1.0)).max(0.0);
        let half_width = 1.96 * (variance / n_or_one).sqrt();
        let chance = goodness(&often, n, mean);
        // A geometric one would be cut at the most that can be drawn.
        let is_far_below = mean * 8.0 < f64::from(largest);
        Self { often, mean, half_width, is_geometric: mean > 1.0 && chance >= UNLIKELY && is_far_below, chance }
    }

    /// The distribution as a scenario writes it.
    pub fn written(&self) -> String {
        if self.mean == 1.0 {
            return "1".to_string();
        }
        if self.is_geometric {
            return format!("{{ geometric = {{ mean = {} }} }}", (self.mean * 1e4).round() / 1e4);
        }
        let (values, weights) = self.binned();
        let list = |numbers: &[u32]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        format!("{{ empirical = {{ values = [{}], weights = [{}] }} }}", list(&values), list(&weights))
    }

    /// Values and how often they came; beyond the first, neighbours are put together at their mean.
    fn binned(&self) -> (Vec<u32>, Vec<u32>) {
        let there: Vec<(u32, u32)> = self.often.iter().map(|(&value, &count)| (value, count)).collect();
        if there.len() <= MOST {
            return there.into_iter().unzip();
        }
        let (alone, tail) = there.split_at(MOST / 2);
        let each = tail.len().div_ceil(MOST / 2);
        let together = tail.chunks(each).map(|part| {
            let count: u32 = part.iter().map(|(_, count)| count).sum();
            let sum: u64 = part.iter().map(|&(value, count)| u64::from(value) * u64::from(count)).sum();
            ((sum as f64 / f64::from(count)).round() as u32, count)
        });
        alone.iter().copied().chain(together).unzip()
    }
}

/// The chance that counts from a geometric distribution of this mean are as far from it.
fn goodness(often: &BTreeMap<u32, u32>, n: f64, mean: f64) -> f64 {
    if mean <= 1.0 || n < 10.0 {
        return if mean <= 1.0 { 1.0 } else { 0.0 };
    }
    let p = 1.0 / mean;
    let (mut statistic, mut groups, mut passed) = (0.0, 0.0, 0.0);
    let (mut had, mut expected) = (0.0, 0.0);
    let largest = often.keys().next_back().copied().unwrap_or(1);
    let mut at = 0.0;
    for value in 1..=largest {
        had += f64::from(often.get(&value).copied().unwrap_or(0));
        expected += n * p * pow(1.0 - p, at);
        at += 1.0;
        let left = n * pow(1.0 - p, at);
        if left < 1e-9 {
            break;
        }
        if expected >= 5.0 && left >= 5.0 {
            statistic += (had - expected) * (had - expected) / expected;
            groups += 1.0;
            passed += had;
            (had, expected) = (0.0, 0.0);
        }
    }
    let left = expected + n * pow(1.0 - p, at);
    let gap = n - passed - left;
    statistic += gap * gap / left;
    // One group more than those that were closed, less the mean that was fitted and the sum that is given.
    if groups < 2.0 { 1.0 } else { chi_squared_above(statistic, groups - 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometric_counts_are_known_and_others_kept() {
        let geometric = (0..12_u32)
            .flat_map(|at| std::iter::repeat_n(at + 1, (4_000.0 * 0.6 * 0.4_f64.powi(at as i32)).round() as usize));
        let fit = Counts::of(geometric, 1_000);
        assert!(fit.is_geometric && (fit.mean - 1.0 / 0.6).abs() < 0.01, "{fit:?}");
        assert!(fit.written().starts_with("{ geometric = { mean = 1.6"), "{}", fit.written());
        let dozens = Counts::of([6, 12, 12, 12, 24].into_iter().cycle().take(500), 1_000);
        assert!(!dozens.is_geometric);
        assert_eq!(dozens.written(), "{ empirical = { values = [6, 12, 24], weights = [100, 300, 100] } }");
        assert_eq!(Counts::of([1, 1, 1].into_iter(), 9).written(), "1");
        let cut = Counts::of([1, 900].into_iter(), 4);
        assert_eq!(cut.written(), "{ empirical = { values = [1, 4], weights = [1, 1] } }");
    }

    #[test]
    fn many_values_are_put_together_and_keep_their_mean() {
        let fit = Counts::of((1..=500).chain(1..=500), 10_000);
        let (values, weights) = fit.binned();
        assert!(values.len() <= MOST && weights.iter().sum::<u32>() == 1_000);
        let mean = values.iter().zip(&weights).map(|(&v, &w)| f64::from(v) * f64::from(w)).sum::<f64>() / 1_000.0;
        assert!((mean - fit.mean).abs() < 1.0, "{mean} {}", fit.mean);
    }
}
