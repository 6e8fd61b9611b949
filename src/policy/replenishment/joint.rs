//! Joint replenishment: purchase orders of several products. Which products join an order, and how one below its vendor's minimum is
//! filled up.
//!
//! A product that lies at or below its *can-order* level joins when another one makes an order necessary: the (s, c, S) policy of
//! Balintfy (1964), "On a basic class of multi-item inventory problems", *Management Science* 10, 287–297.

use super::PairLevels;
use crate::domain::{OrderTerms, ProductId, ReplenishmentPolicy, SimTime, Span};

/// The can-order level of a pair: so far above the reorder point, as a share of the way to the order-up-to level or of the quantity,
/// rounded to whole units.
///
/// ```
/// use backorder::domain::ReplenishmentPolicy::{FixedQuantity, MinMax};
/// use backorder::policy::replenishment::{PairLevels, joint::can_order_level};
/// let levels = PairLevels { trigger: 10, lift: 30 };
/// assert_eq!(can_order_level(MinMax, levels, 0.5), 20);
/// assert_eq!(can_order_level(FixedQuantity, levels, 0.5), 25);
/// ```
pub fn can_order_level(policy: ReplenishmentPolicy, levels: PairLevels, share: f64) -> i32 {
    let PairLevels { trigger, lift } = levels;
    let way = if policy == ReplenishmentPolicy::FixedQuantity { lift } else { lift.saturating_sub(trigger) };
    trigger.saturating_add(libm::rint(share * f64::from(way)) as i32)
}

/// Units of a pair that join an order that others have made necessary, before the vendor's minimum and multiple: up to the order-up-to
/// level, or one quantity, where the position is at or below the [can-order level](can_order_level); 0 for none.
///
/// ```
/// use backorder::domain::ReplenishmentPolicy::MinMax;
/// use backorder::policy::replenishment::{PairLevels, joint::units_that_join};
/// let levels = PairLevels { trigger: 10, lift: 30 };
/// assert_eq!([21, 20, 12].map(|position| units_that_join(MinMax, levels, 0.5, position)), [0, 10, 18]);
/// ```
pub fn units_that_join(policy: ReplenishmentPolicy, levels: PairLevels, share: f64, inventory_position: i32) -> u32 {
    if inventory_position > can_order_level(policy, levels, share) {
        return 0;
    }
    if policy == ReplenishmentPolicy::FixedQuantity {
        return levels.lift.unsigned_abs();
    }
    if inventory_position >= levels.lift { 0 } else { levels.lift.abs_diff(inventory_position) }
}

/// Whether the periodic review of an instant includes a product that is looked at only at every so many of them: those of second 0, and
/// every so many after.
pub const fn is_reviewed(every: u32, now: SimTime, period: Span) -> bool {
    every <= 1 || (now.0 / period.0) % every as i64 == 0
}

/// A product that an order may be filled up with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Which.
    pub product: ProductId,
    /// The inventory position before the order.
    pub position: i32,
    /// Units a day that are expected to be asked for.
    pub per_day: f64,
    /// What the vendor sells of it at a time.
    pub terms: OrderTerms,
    /// What a unit counts towards the minimum, in units or cents.
    pub worth: i64,
    /// Units of it in the order.
    pub units: u64,
}

impl Candidate {
    /// For how many days its stock and orders last: position and order over the forecast.
    fn lasts(&self) -> f64 {
        (f64::from(self.position) + self.units as f64) / self.per_day
    }

    /// The next lot: what the vendor sells at least, then one multiple after the other.
    fn lot(&self) -> u64 {
        if self.units == 0 { self.terms.units(1).into() } else { self.terms.multiple.into() }
    }

    /// With lots added while it lasts for less than so many days.
    fn lasting_for(mut self, days: f64) -> Self {
        if self.lasts() < days && self.units == 0 {
            self.units = self.lot();
        }
        let lot = u64::from(self.terms.multiple);
        let lots = ((days - self.lasts()) * self.per_day / lot as f64).floor() - 1.0;
        if lots >= 1.0 {
            self.units += lots as u64 * lot;
        }
        while self.lasts() < days {
            self.units += lot;
        }
        self
    }

    /// Whether more of it is worth adding: it counts towards the minimum, and something is expected to be asked for.
    fn counts(&self) -> bool {
        self.worth > 0 && self.per_day > 0.0
    }

    /// What its units come to, in units or cents.
    fn amount(&self) -> i128 {
        i128::from(self.units) * i128::from(self.worth)
    }
}

/// What some candidates come to together, in units or cents.
fn amount(candidates: &[Candidate]) -> i128 {
    candidates.iter().map(Candidate::amount).sum()
}

/// Fills an order up to a minimum: lot by lot, each of the product that would last the shortest, of equals the first. Products of
/// which nothing is expected to be asked for are left as they are, unless that is so of all: then their positions are evened out.
/// Nothing is added where no product counts towards the minimum.
pub fn fill_up(candidates: &mut [Candidate], minimum: i64) {
    let minimum = i128::from(minimum);
    if candidates.iter().all(|one| one.worth <= 0 || one.per_day <= 0.0) {
        candidates.iter_mut().for_each(|one| one.per_day = 1.0);
    }
    let counting = || candidates.iter().filter(|one| one.counts());
    if counting().next().is_none() || amount(candidates) >= minimum {
        return;
    }
    // First all lots at once that come before some day, a day so early that they do not come to the minimum.
    let is_below_before = |days: f64| {
        let filled = candidates.iter().map(|one| if one.counts() { one.lasting_for(days) } else { *one });
        filled.map(|one| one.amount()).sum::<i128>() < minimum
    };
    let (mut early, mut late) = (counting().map(Candidate::lasts).fold(f64::INFINITY, f64::min), 1.0);
    while is_below_before(late) {
        (early, late) = (f64::max(early, late), late * 2.0);
    }
    for _ in 0..60 {
        let middle = f64::midpoint(early, late);
        if is_below_before(middle) { early = middle } else { late = middle }
    }
    for one in candidates.iter_mut().filter(|one| one.counts()) {
        *one = one.lasting_for(early);
    }
    // What is left are the few lots that fall on that day.
    while amount(candidates) < minimum {
        let counting = candidates.iter_mut().filter(|one| one.counts());
        let Some(next) = counting.reduce(|best, one| if one.lasts() < best.lasts() { one } else { best }) else {
            break;
        };
        next.units += next.lot();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidate(position: i32, per_day: f64, minimum_units: u32, multiple: u32, units: u64) -> Candidate {
        let (product, terms) = (ProductId(0), OrderTerms { minimum_units, multiple });
        Candidate { product, position, per_day, terms, worth: 1, units }
    }

    fn units(candidates: &[Candidate]) -> Vec<u64> {
        candidates.iter().map(|one| one.units).collect()
    }

    #[test]
    fn a_product_is_reviewed_at_multiples_of_the_period() {
        let week = Span::from_days(7);
        let reviewed = |every| -> Vec<i64> {
            (0..7).filter(|&review| is_reviewed(every, SimTime::ZERO + Span::from_days(7 * review), week)).collect()
        };
        assert_eq!(reviewed(1), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(reviewed(3), [0, 3, 6]);
    }

    #[test]
    fn the_product_that_lasts_the_shortest_comes_first() {
        // 10 + 10 units at 2 a day last 10 days, 6 units at 1 a day 6: four of the second even that out, then 2 : 1.
        let mut order = [candidate(10, 2.0, 0, 1, 10), candidate(6, 1.0, 0, 1, 0)];
        fill_up(&mut order, 14);
        assert_eq!(units(&order), [10, 4]);
        fill_up(&mut order, 20);
        assert_eq!(units(&order), [14, 6]);
        fill_up(&mut order, 20);
        assert_eq!(units(&order), [14, 6], "it is reached already");
    }

    #[test]
    fn lots_are_those_of_the_vendor_and_the_last_may_go_beyond_the_minimum() {
        let mut order = [candidate(0, 1.0, 0, 6, 6), candidate(5, 1.0, 10, 4, 0)];
        fill_up(&mut order, 17);
        assert_eq!(units(&order), [6, 12], "the first lot is the least that is sold");
    }

    #[test]
    fn money_counts_at_cost_and_nothing_is_added_that_costs_nothing() {
        let mut order = [
            Candidate { worth: 0, ..candidate(0, 9.0, 0, 1, 1) },
            Candidate { worth: 250, ..candidate(0, 1.0, 0, 1, 1) },
        ];
        fill_up(&mut order, 1_000);
        assert_eq!(units(&order), [1, 4]);
        let mut free = [Candidate { worth: 0, ..candidate(0, 1.0, 0, 1, 1) }];
        fill_up(&mut free, 1_000);
        assert_eq!(units(&free), [1]);
    }

    #[test]
    fn without_a_forecast_positions_are_evened_out() {
        let mut order = [candidate(4, 0.0, 0, 1, 0), candidate(0, 0.0, 0, 1, 3)];
        fill_up(&mut order, 8);
        assert_eq!(units(&order), [2, 6]);
    }

    #[test]
    fn a_hundred_million_units_take_no_time() {
        let mut order = [candidate(0, 3.0, 0, 1, 0), candidate(0, 1.0, 0, 1, 0)];
        fill_up(&mut order, 100_000_000);
        assert_eq!(units(&order), [75_000_000, 25_000_000]);
    }

    proptest! {
        /// All at once is what one lot after the other comes to.
        #[test]
        fn filling_up_is_lot_by_lot(
            rows in prop::collection::vec((-20..60i32, 0..5u32, 0..8u32, 1..7u32, 0..20u64, 0..4i64), 1..6),
            minimum in 0..400i64,
        ) {
            let mut order: Vec<Candidate> = rows
                .into_iter()
                .map(|(position, per_day, minimum_units, multiple, units, worth)| Candidate {
                    worth,
                    ..candidate(position, f64::from(per_day) * 0.7, minimum_units, multiple, units)
                })
                .collect();
            let mut plain = order.clone();
            fill_up(&mut order, minimum);
            if plain.iter().all(|one| one.worth == 0 || one.per_day == 0.0) {
                plain.iter_mut().for_each(|one| one.per_day = 1.0);
            }
            while amount(&plain) < i128::from(minimum) {
                let mut best: Option<usize> = None;
                for (place, one) in plain.iter().enumerate().filter(|(_, one)| one.worth > 0 && one.per_day > 0.0) {
                    if best.is_none_or(|best| one.lasts() < plain[best].lasts()) {
                        best = Some(place);
                    }
                }
                let Some(best) = best else { break };
                plain[best].units += plain[best].lot();
            }
            prop_assert_eq!(units(&order), units(&plain));
        }
    }
}
