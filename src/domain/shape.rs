//! The shape of generated demand: seasons and growth of products, demand that comes in bursts, batches by zone, baskets.

use super::{DAY, Distribution, ProductId};

/// The twelfth of a year, in seconds.
pub(super) const PART: i64 = 365 * DAY / 12;

/// The product of a factor of the week and one of the year in a second.
#[inline]
pub(super) fn season_at(weekly: &[f64; 7], yearly: &[f64; 12], second: i64) -> f64 {
    weekly[((second / DAY) % 7) as usize] * yearly[((second % (365 * DAY)) / PART) as usize]
}

/// What sets the generated demand of some products, zones or orders apart from the rest.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct DemandShape {
    /// `[[demand.shapes]]`, in file order.
    pub rows: Vec<ShapeRow>,
    /// `[[demand.baskets]]`, in file order.
    pub baskets: Vec<Basket>,
    /// `units_per_line` of the zones' rows, as many as zones; empty where no row has any.
    pub units_by_zone: Vec<Option<Distribution>>,
}

/// A row of `[[demand.shapes]]`: factors on the demand for some products.
#[derive(Clone, Debug, PartialEq)]
pub struct ShapeRow {
    /// Which products, ascending; `None`: all of them.
    pub products: Option<Vec<ProductId>>,
    /// What the row is about, in words: `group tea`.
    pub about: String,
    /// Factors of days 0…6 from the start of the replication.
    pub weekly: [f64; 7],
    /// Factors of twelve equal parts of 365 days from the start of the replication.
    pub yearly: [f64; 12],
    /// By which share demand grows in 365 days.
    pub growth: f64,
    /// Demand that comes in bursts, if it does.
    pub bursts: Option<Bursts>,
}

/// Demand that comes in bursts: each product is asked for only while one is on, so much more often that its mean stays the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Bursts {
    /// From the end of one to the start of the next.
    pub every: Distribution,
    /// How long one is on.
    pub lasts: Distribution,
}

impl Bursts {
    /// The share of the time in which one is on.
    pub fn share(&self) -> f64 {
        self.lasts.mean() / (self.every.mean() + self.lasts.mean())
    }

    /// The variance of the days on which bursts are on, a day, in the long run: of an alternating renewal process whose times on and off have
    /// the means a, b and the variances v, w it is (a²·w + b²·v)/(a + b)³ (Cox and Isham 1980, *Point Processes*, §3.4).
    pub fn variance_per_day(&self) -> f64 {
        let day = DAY as f64;
        let (on, off) = (self.lasts.mean() / day, self.every.mean() / day);
        let (of_on, of_off) = (self.lasts.variance() / (day * day), self.every.variance() / (day * day));
        (on * on * of_off + off * off * of_on) / (on + off).powi(3)
    }
}

/// A row of `[[demand.baskets]]`: products that some orders ask for, all of them and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Basket {
    /// Which, in the order of the lines.
    pub products: Vec<ProductId>,
    /// The share of orders that are this basket.
    pub share: f64,
}

impl ShapeRow {
    /// By what it multiplies demand in a second, bursts apart; it stays so for as long as [`Demand::factor_at`](super::Demand::factor_at) does.
    pub fn factor_at(&self, second: i64) -> f64 {
        let season = season_at(&self.weekly, &self.yearly, second);
        if self.growth == 0.0 {
            return season;
        }
        // Day by day, as at noon.
        season * libm::pow(1.0 + self.growth, ((second / DAY) as f64 + 0.5) / 365.0)
    }

    /// Whether its factor changes in the course of time, bursts apart.
    pub fn has_season(&self) -> bool {
        self.growth != 0.0 || self.weekly.iter().chain(&self.yearly).any(|&factor| factor != 1.0)
    }
}

impl DemandShape {
    /// Whether nothing is set apart.
    pub fn is_plain(&self) -> bool {
        self.rows.is_empty() && self.baskets.is_empty() && self.units_by_zone.is_empty()
    }

    /// The share of orders that are baskets.
    pub fn baskets_share(&self) -> f64 {
        self.baskets.iter().map(|basket| basket.share).sum()
    }

    /// The kinds of products, each the rows that are about it, and the kind of each of so many products. Kind 0 are those that no row
    /// names.
    pub fn kinds(&self, products: usize) -> (Vec<Vec<usize>>, Vec<u32>) {
        let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); products];
        let mut of_all = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            match &row.products {
                None => {
                    of_all.push(number);
                    rows_of.iter_mut().for_each(|rows| rows.push(number));
                }
                Some(named) => named.iter().for_each(|product| rows_of[product.index()].push(number)),
            }
        }
        let mut kinds = vec![of_all];
        let mut known = std::collections::BTreeMap::from([(kinds[0].clone(), 0_u32)]);
        let kind_of = rows_of.into_iter().map(|rows| {
            *known.entry(rows).or_insert_with_key(|rows| {
                kinds.push(rows.clone());
                kinds.len() as u32 - 1
            })
        });
        let kind_of: Vec<u32> = kind_of.collect();
        (kinds, kind_of)
    }

    /// The bursts of a kind of products.
    pub fn bursts_of(&self, kind: &[usize]) -> Option<&Bursts> {
        kind.iter().find_map(|&row| self.rows[row].bursts.as_ref())
    }

    /// By what the rows of a kind multiply demand in a second, bursts apart.
    pub fn factor_at(&self, kind: &[usize], second: i64) -> f64 {
        kind.iter().map(|&row| self.rows[row].factor_at(second)).product()
    }

    /// By how much the mean of a basket's products is multiplied, given that of each.
    pub fn basket_factor(basket: &Basket, of: impl Fn(ProductId) -> f64) -> f64 {
        basket.products.iter().map(|&product| of(product)).sum::<f64>() / basket.products.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(products: Option<Vec<u32>>) -> ShapeRow {
        let products = products.map(|products| products.into_iter().map(ProductId).collect());
        let about = String::new();
        ShapeRow { products, about, weekly: [1.0; 7], yearly: [1.0; 12], growth: 0.0, bursts: None }
    }

    #[test]
    fn products_of_the_same_rows_are_of_one_kind() {
        let rows = vec![row(Some(vec![1, 2])), row(None), row(Some(vec![2, 3]))];
        let shape = DemandShape { rows, ..DemandShape::default() };
        let (kinds, of) = shape.kinds(5);
        assert_eq!(kinds, [vec![1], vec![0, 1], vec![0, 1, 2], vec![1, 2]]);
        assert_eq!(of, [0, 1, 2, 3, 0]);
    }

    #[test]
    fn growth_is_compound_and_counted_by_the_day() {
        let growing = ShapeRow { growth: 0.2, ..row(None) };
        let year = growing.factor_at(365 * DAY) / growing.factor_at(0);
        assert!((year - 1.2).abs() < 1e-12, "{year}");
        assert_eq!(growing.factor_at(0), growing.factor_at(DAY - 1));
    }

    #[test]
    fn bursts_of_exponential_times_vary_as_theory_has_it() {
        let day = DAY as f64;
        let bursts =
            Bursts { every: Distribution::exponential(20.0 * day), lasts: Distribution::exponential(5.0 * day) };
        assert!((bursts.share() - 0.2).abs() < 1e-12);
        // 2·a²·b²/(a + b)³ with a = 5 and b = 20.
        assert!((bursts.variance_per_day() - 2.0 * 25.0 * 400.0 / 15_625.0).abs() < 1e-12);
    }
}
