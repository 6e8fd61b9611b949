//! First and second moments of pairs, folded one replication at a time: the ratio of means for tables with so many
//! rows (products) that keeping every replication of each would not fit in memory.

use super::estimate::{Pair, spread};

/// Running moments of numerators and denominators (Welford's recurrence, extended to the covariance).
///
/// Folding the same pairs in the same order gives the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct RatioMoments {
    count: u64,
    numerator: f64,
    denominator: f64,
    numerator_squares: f64,
    products: f64,
    denominator_squares: f64,
}

impl RatioMoments {
    /// Adds a replication; one that says nothing is left out.
    #[inline]
    pub fn push(&mut self, pair: Pair) {
        if pair.says_nothing() {
            return;
        }
        self.count += 1;
        let weight = 1.0 / self.count as f64;
        let numerator_step = pair.numerator - self.numerator;
        let denominator_step = pair.denominator - self.denominator;
        self.numerator += numerator_step * weight;
        self.denominator += denominator_step * weight;
        let denominator_rest = pair.denominator - self.denominator;
        self.numerator_squares += numerator_step * (pair.numerator - self.numerator);
        self.products += numerator_step * denominator_rest;
        self.denominator_squares += denominator_step * denominator_rest;
    }

    /// The ratio of means; `None` without a denominator.
    pub fn ratio(&self) -> Option<f64> {
        (self.denominator != 0.0).then(|| self.numerator / self.denominator)
    }

    /// Half-width of its interval by the delta method; `None` without a denominator or with one replication.
    pub fn half_width(&self, confidence: f64) -> Option<f64> {
        let ratio = self.ratio()?;
        // Σ(num − R·den)² about means that satisfy mean num = R·mean den; rounding may leave it just below 0.
        let squares = self.numerator_squares - 2.0 * ratio * self.products + ratio * ratio * self.denominator_squares;
        let denominators = self.denominator * self.count as f64;
        spread(squares.max(0.0), denominators, self.count as usize, confidence).map(|(_, half_width)| half_width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ratio_of_means;

    #[test]
    fn folding_gives_what_keeping_all_gives() {
        let pairs: Vec<Pair> = (0..50)
            .map(|i| {
                let x = f64::from(i * 37 % 50);
                if i % 9 == 4 { Pair::NOTHING } else { Pair::new(1_000.0 + x, 2_000.0 + f64::from(i % 7)) }
            })
            .collect();
        let mut moments = RatioMoments::default();
        for &pair in &pairs {
            moments.push(pair);
        }
        let all = ratio_of_means(&pairs, 0.95).unwrap();
        assert!((moments.ratio().unwrap() / all.mean - 1.0).abs() < 1e-13);
        assert!((moments.half_width(0.95).unwrap() / all.half_width.unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_and_one() {
        let mut moments = RatioMoments::default();
        moments.push(Pair::NOTHING);
        assert_eq!((moments.ratio(), moments.half_width(0.95)), (None, None));
        moments.push(Pair::new(1.0, 4.0));
        assert_eq!((moments.ratio(), moments.half_width(0.95)), (Some(0.25), None));
        moments.push(Pair::new(1.0, 4.0));
        assert_eq!((moments.ratio(), moments.half_width(0.95)), (Some(0.25), Some(0.0)));
    }
}
