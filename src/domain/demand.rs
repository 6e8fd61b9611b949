//! Generated demand: what it is, and what holds of it at a given time.

use super::{DAY, Distribution, Product};

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
}

/// The twelfth of a year, in seconds.
const PART: i64 = 365 * DAY / 12;

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

    /// By what the week and the year multiply the orders a day in a second, and the second until which they do: the factor stays the
    /// same between midnights and between the twelve parts of the year.
    #[inline]
    pub fn factor_at(&self, second: i64) -> (f64, i64) {
        let (day, in_year) = (second / DAY, second % (365 * DAY));
        let factor = self.weekly[(day % 7) as usize] * self.yearly[(in_year / PART) as usize];
        (factor, ((day + 1) * DAY).min(second + PART - in_year % PART))
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
        };
        assert_eq!(demand.factor_at(0), (1.0, DAY));
        assert_eq!(demand.factor_at(3 * DAY - 1), (0.5, 3 * DAY));
        // Day 30, a Wednesday if day 0 is a Monday, is cut at ten in the morning, after 365 / 12 days.
        assert_eq!(demand.factor_at(30 * DAY), (0.5, 30 * DAY + 10 * 3600));
        assert_eq!(demand.factor_at(30 * DAY + 10 * 3600), (1.5, 31 * DAY));
        assert_eq!(demand.factor_at(365 * DAY), (1.0, 366 * DAY));
    }
}
