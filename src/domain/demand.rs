//! Generated demand: what it is, and what holds of it at a given time.

use super::shape::{PART, season_at};
use super::{DAY, DemandShape, Distribution, Product};

/// `[demand]`: orders as a Poisson process.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// Mean orders a day, before the factors.
    pub orders_per_day: f64,
    /// Lines of an order: whole numbers, at least 1, at most [so many](Self::most_lines).
    pub lines_per_order: Distribution,
    /// Units of a line: whole numbers, at least 1, at most [`MAX_UNITS`](Self::MAX_UNITS).
    pub units_per_line: Distribution,
    /// Factors of days 0…6 from the start of the replication.
    pub weekly: [f64; 7],
    /// Factors of twelve equal parts of 365 days from the start of the replication.
    pub yearly: [f64; 12],
    /// Probability that a further line is drawn from the group of products bought together with the line before it.
    pub affinity: f64,
    /// What sets some products, zones or orders apart.
    pub shape: DemandShape,
}

impl Demand {
    /// Units of a generated line, at most: sums of a few lines of one product stay countable.
    pub const MAX_UNITS: u32 = u32::MAX >> 2;

    /// Lines of a generated order, at most: as many as there are products with a share, for they are distinct.
    pub fn most_lines(products: &[Product]) -> u32 {
        products.iter().filter(|product| product.share > 0.0).count() as u32
    }

    /// Mean orders a day over the week and the year.
    pub fn mean_orders_per_day(&self) -> f64 {
        let week = self.weekly.iter().sum::<f64>() / 7.0;
        let year = self.yearly.iter().sum::<f64>() / 12.0;
        self.orders_per_day * week * year
    }

    /// Whether a day's mean varies over the week or the year.
    pub fn is_seasonal(&self) -> bool {
        self.weekly.iter().chain(&self.yearly).any(|&factor| factor != 1.0)
    }

    /// The same of all demand, or of that for some products.
    pub fn has_season(&self) -> bool {
        self.is_seasonal() || self.shape.rows.iter().any(|row| row.has_season())
    }

    /// The mean of the factors of week and year over a stretch of time.
    pub fn mean_factor(&self, from: i64, to: i64) -> f64 {
        self.mean_between(from, to, |_| 1.0)
    }

    /// The mean, over a stretch of time, of the factors of week and year times another one that stays the same for as long as they do.
    fn mean_between(&self, from: i64, to: i64, times: impl Fn(i64) -> f64) -> f64 {
        let (mut at, mut sum) = (from, 0.0);
        while at < to {
            let (factor, until) = self.factor_at(at);
            let until = until.min(to);
            sum += factor * times(at) * (until - at) as f64;
            at = until;
        }
        sum / (to - from).max(1) as f64
    }

    /// By what the week and the year multiply the orders a day in a second, and the second until which they do: the factor stays the
    /// same between midnights and between the twelve parts of the year.
    #[inline]
    pub fn factor_at(&self, second: i64) -> (f64, i64) {
        let (day, in_year) = (second / DAY, second % (365 * DAY));
        let factor = season_at(&self.weekly, &self.yearly, second);
        (factor, ((day + 1) * DAY).min(second + PART - in_year % PART))
    }
}

impl Demand {
    /// The mean, over a stretch of time, of all factors on the demand for a kind of products.
    pub fn mean_factor_of(&self, kind: &[usize], from: i64, to: i64) -> f64 {
        self.mean_between(from, to, |second| self.shape.factor_at(kind, second))
    }

    /// The same over all seasons: seven years, in which all days of the week fall on all of the year, or, where demand grows, the
    /// time until `end`.
    pub fn mean_factor_over_all(&self, kind: &[usize], end: i64) -> f64 {
        let grows = kind.iter().any(|&row| self.shape.rows[row].growth != 0.0);
        self.mean_factor_of(kind, 0, if grows { end.max(DAY) } else { 7 * 365 * DAY })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_holds_until_midnight_or_the_end_of_a_part_of_the_year() {
        let demand = Demand {
            orders_per_day: 10.0,
            lines_per_order: Distribution::Constant(1.0),
            units_per_line: Distribution::Constant(1.0),
            weekly: [1.0, 1.0, 0.5, 1.0, 1.0, 1.0, 1.0],
            yearly: [1.0, 3.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            affinity: 0.0,
            shape: DemandShape::default(),
        };
        assert_eq!(demand.factor_at(0), (1.0, DAY));
        assert_eq!(demand.factor_at(3 * DAY - 1), (0.5, 3 * DAY));
        // Day 30, a Wednesday if day 0 is a Monday, is cut at ten in the morning, after 365 / 12 days.
        assert_eq!(demand.factor_at(30 * DAY), (0.5, 30 * DAY + 10 * 3600));
        assert_eq!(demand.factor_at(30 * DAY + 10 * 3600), (1.5, 31 * DAY));
        assert_eq!(demand.factor_at(365 * DAY), (1.0, 366 * DAY));
        // A day of 1, one of 1 and one of 0.5.
        assert!((demand.mean_factor(0, 3 * DAY) - 2.5 / 3.0).abs() < 1e-12);
        assert!((demand.mean_factor(30 * DAY, 31 * DAY) - (0.5 * 10.0 + 1.5 * 14.0) / 24.0).abs() < 1e-12);
    }
}
