//! Orders a day: a rate with factors for the week and the year, as a Poisson process has them, by maximum likelihood.

use crate::stats::chi_squared_above;

/// With fewer days no weekday is told from another.
const DAYS_OF_A_WEEKLY_SHAPE: usize = 28;
/// With fewer days no part of the year is known.
const DAYS_OF_A_YEARLY_SHAPE: usize = 330;

/// A fitted rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// Orders a day, before the factors, which are 1 on average.
    pub orders_per_day: f64,
    /// Half of its 95 % interval.
    pub half_width: f64,
    /// Factors of days 0 to 6 from the first day.
    pub weekly: [f64; 7],
    /// Factors of twelve equal parts of 365 days from the first day; all 1 where they are not known.
    pub yearly: [f64; 12],
    /// Whether the factors of the year are known.
    pub is_yearly: bool,
    /// Pearson's statistic over its degrees of freedom: 1 for a Poisson process, more where days are more uneven.
    pub dispersion: f64,
    /// The chance that the days of a Poisson process of this rate are as uneven, by chi-squared.
    pub chance: f64,
    /// The day, from the first, from which week and year are counted.
    pub start: i64,
}

impl Rate {
    /// The orders that a day is expected to have, counted from the first one.
    pub fn expected(&self, day: usize) -> f64 {
        self.orders_per_day * self.weekly[weekday(day, self.start)] * self.yearly[part_of_year(day, self.start)]
    }
}

/// Which of twelve equal parts of the year a day is in.
fn part_of_year(day: usize, start: i64) -> usize {
    (((day as i64 - start).rem_euclid(365) as f64 + 0.5) * 12.0 / 365.0) as usize
}

fn weekday(day: usize, start: i64) -> usize {
    (day as i64 - start).rem_euclid(7) as usize
}

/// Fits a rate to the orders of each day. The likelihood's top is reached by fitting the factors of the week and those of the year
/// in turn, each given the other (iterative proportional fitting). `start` is the day, from the first, from which week and year are
/// counted.
pub fn fit(daily: &[u32], start: i64) -> Rate {
    let (mut weekly, mut yearly) = ([1.0; 7], [1.0; 12]);
    let is_weekly = daily.len() >= DAYS_OF_A_WEEKLY_SHAPE;
    let is_yearly = daily.len() >= DAYS_OF_A_YEARLY_SHAPE;
    let total: f64 = daily.iter().map(|&orders| f64::from(orders)).sum();
    let part = |day: usize| part_of_year(day, start);
    let weekday = |day: usize| weekday(day, start);
    let mut level = total / daily.len().max(1) as f64;
    for _ in 0..100 {
        if is_weekly {
            let exposure = |day: usize| level * yearly[part(day)];
            weekly = factors::<7>(daily, weekday, exposure);
            level *= normalise(&mut weekly);
        }
        if is_yearly {
            let exposure = |day: usize| level * weekly[weekday(day)];
            yearly = factors::<12>(daily, part, exposure);
            level *= normalise(&mut yearly);
        }
    }
    let expected = |day: usize| level * weekly[weekday(day)] * yearly[part(day)];
    let days: Vec<usize> = (0..daily.len()).filter(|&day| expected(day) > 0.0).collect();
    let pearson: f64 = days
        .iter()
        .map(|&day| {
            let gap = f64::from(daily[day]) - expected(day);
            gap * gap / expected(day)
        })
        .sum();
    let fitted = 1 + if is_weekly { 6 } else { 0 } + if is_yearly { 11 } else { 0 };
    let freedom = (days.len() as f64 - f64::from(fitted)).max(1.0);
    let (dispersion, chance) = (pearson / freedom, chi_squared_above(pearson, freedom));
    let half_width = 1.96 * (total * dispersion.max(1.0)).sqrt() / total.max(1.0) * level;
    Rate { orders_per_day: level, half_width, weekly, yearly, is_yearly, dispersion, chance, start }
}

/// What each group of days had, over what is expected of it.
fn factors<const N: usize>(daily: &[u32], group: impl Fn(usize) -> usize, exposure: impl Fn(usize) -> f64) -> [f64; N] {
    let (mut had, mut expected) = ([0.0; N], [0.0; N]);
    for (day, &orders) in daily.iter().enumerate() {
        had[group(day)] += f64::from(orders);
        expected[group(day)] += exposure(day);
    }
    std::array::from_fn(|at| if expected[at] > 0.0 { had[at] / expected[at] } else { 1.0 })
}

/// Divides factors by their mean, which is returned.
fn normalise<const N: usize>(factors: &mut [f64; N]) -> f64 {
    let mean = factors.iter().sum::<f64>() / N as f64;
    if mean > 0.0 {
        factors.iter_mut().for_each(|factor| *factor /= mean);
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_with_its_week_and_year_is_found_again() {
        let week: [f64; 7] = [1.4, 1.2, 1.0, 1.0, 0.9, 1.5, 0.0];
        let year: [f64; 12] = [0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.5];
        let part = |day: usize| (((day % 365) as f64 + 0.5) * 12.0 / 365.0) as usize;
        let daily: Vec<u32> = (0..365).map(|day| (1_000.0 * week[day % 7] * year[part(day)]).round() as u32).collect();
        let rate = fit(&daily, 0);
        let mean = |factors: &[f64]| factors.iter().sum::<f64>() / factors.len() as f64;
        assert!((rate.orders_per_day / (1_000.0 * mean(&week) * mean(&year)) - 1.0).abs() < 1e-3, "{rate:?}");
        for (found, meant) in rate.weekly.iter().zip(week) {
            assert!((found - meant / mean(&week)).abs() < 1e-3, "{rate:?}");
        }
        assert!((rate.yearly[0] - 0.5 / mean(&year)).abs() < 1e-3 && rate.is_yearly && rate.dispersion < 0.1);
        assert!(daily.iter().enumerate().all(|(day, &orders)| (rate.expected(day) - f64::from(orders)).abs() < 1.0));
        // From the year's end on it begins with the week's next day.
        let later = fit(&daily, 365);
        assert!((later.weekly[0] - rate.weekly[1]).abs() < 1e-9 && (later.yearly[0] - rate.yearly[0]).abs() < 1e-9);
    }

    #[test]
    fn few_days_have_no_shape() {
        let rate = fit(&[10, 12, 0, 9, 11, 10, 8], 0);
        assert_eq!((rate.weekly, rate.yearly, rate.is_yearly), ([1.0; 7], [1.0; 12], false));
        assert!((rate.orders_per_day - 60.0 / 7.0).abs() < 1e-9 && rate.dispersion > 1.0);
    }
}
