//! Demand by period: what every product is asked for, all at one moment of each period.

use super::{CountMoments, Demand, Distribution, Product, ProductId, SimTime, Span, Zone};

/// `[demand] period`: every so often, every product is asked for by a number of units that is drawn for it alone, perhaps 0.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodDemand {
    /// How long a period is.
    pub period: Span,
    /// When in its period the demand comes; less than a period.
    pub at: Span,
    /// Units of a product in a period, for products that have none of their own: whole numbers, at least 0.
    pub general: Option<Distribution>,
    /// Units of single products, as many as products (or none at all).
    pub by_product: Vec<Option<Distribution>>,
}

impl PeriodDemand {
    /// Units of a product in a period; `None` where it is never asked for.
    pub fn units_of(&self, index: usize, product: &Product) -> Option<&Distribution> {
        let own = self.by_product.get(index).and_then(Option::as_ref);
        own.or(self.general.as_ref()).filter(|_| product.share > 0.0)
    }

    /// The products that are asked for, with their units in a period.
    pub fn asked_for<'a>(&'a self, products: &'a [Product]) -> impl Iterator<Item = (ProductId, &'a Distribution)> {
        let all = products.iter().enumerate();
        all.filter_map(|(index, product)| Some((ProductId::from_index(index), self.units_of(index, product)?)))
    }

    /// The moments of a product's units in a period.
    pub fn moments(units: &Distribution) -> CountMoments {
        units.count_moments_from(0, Demand::MAX_UNITS)
    }

    /// When the demand of a period comes, periods being counted from 0.
    pub const fn moment(&self, number: i64) -> SimTime {
        SimTime(self.at.0 + number.saturating_mul(self.period.0))
    }

    /// How many moments lie between two instants, the second being outside.
    pub fn moments_between(&self, start: SimTime, end: SimTime) -> i64 {
        let before = |instant: SimTime| (instant.0 - self.at.0 + self.period.0 - 1).div_euclid(self.period.0).max(0);
        before(end) - before(start)
    }

    /// Units a day expected of all products together.
    pub fn mean_units_per_day(&self, products: &[Product]) -> f64 {
        let units: f64 = self.asked_for(products).map(|(_, units)| Self::moments(units).mean).sum();
        units / self.period.days()
    }

    /// Whether replications differ: units are drawn, or spread over zones.
    pub fn is_random(&self, products: &[Product], zones: &[Zone]) -> bool {
        let is_spread = zones.iter().filter(|zone| zone.share > 0.0).count() > 1;
        let is_drawn = |(_, units): (ProductId, &Distribution)| !matches!(units, Distribution::Constant(_));
        is_spread || self.asked_for(products).any(is_drawn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_periods_are_counted_where_they_lie() {
        let demand = PeriodDemand { period: Span(10), at: Span(3), general: None, by_product: Vec::new() };
        assert_eq!([0, 1, 2].map(|number| demand.moment(number).0), [3, 13, 23]);
        let between = |start, end| demand.moments_between(SimTime(start), SimTime(end));
        assert_eq!((between(0, 3), between(0, 4), between(3, 13), between(4, 14), between(0, 100)), (0, 1, 1, 1, 10));
        let at_once = PeriodDemand { at: Span::ZERO, ..demand };
        assert_eq!(at_once.moments_between(SimTime(0), SimTime(30)), 3);
    }
}
