//! Whether the levels that a plan states are the least that reach their targets, by plain sums over the demand until orders come.
//!
//! The forecast is made anew from the wording of the conventions, probabilities by the gamma function instead of step by step. Where a
//! sum lies on a target but for rounding, either level passes.

use std::f64::consts::TAU;

use backorder::domain::{Class, Demand, Follow, Model, Replenishment, ReplenishmentPolicy, Review, Target, Vendor};

use super::levels::{has_target, rule, written};
use super::supply::Rule;
use super::world::World;
use super::{Chance, certain};

const HOUR: i64 = 3_600;
const DAY: f64 = 86_400.0;

/// Sums that differ by no more than this differ by their rounding.
const HAIR: f64 = 1e-9;

/// Where more is asked for on average until orders come, demand is taken to be normal; such plans are not looked at.
const LARGE: f64 = 400.0;

/// Holds the plan against its targets.
///
/// # Errors
/// What is planned otherwise than the targets ask for.
pub fn check_plan(model: &Model) -> Result<(), String> {
    let Some(policy) = model.replenishment().filter(|policy| policy.kept.is_none()) else { return Ok(()) };
    let chance = Chance::default();
    let world = World::new(model, &chance);
    let mut moments = vec![0];
    moments.extend(policy.later.iter().map(|row| row.from.0));
    let demand = model.demand().filter(|demand| policy.follow == Follow::Season && has_season(demand));
    if demand.is_some() && (0..model.products().len()).any(|product| has_target(model, policy, product)) {
        moments.extend((0..world.end()).step_by(policy.plan_every.0 as usize));
    }
    for at in moments {
        for warehouse in 0..model.warehouses().len() {
            for product in (0..model.products().len()).filter(|&product| world.carries(warehouse, product)) {
                let found = world.planned(warehouse, product, at);
                let expected = expected(&world, policy, demand, (warehouse, product), at);
                if !expected.contains(&found) {
                    return Err(format!(
                        "levels of product {product} in warehouse {warehouse} at {at}: the plan has {found:?}, not {expected:?}"
                    ));
                }
            }
        }
    }
    Ok(())
}

fn has_season(demand: &Demand) -> bool {
    demand.weekly.iter().chain(&demand.yearly).any(|&factor| factor != 1.0)
}

/// What may be planned of a pair at a moment.
fn expected(
    world: &World<'_>,
    policy: &Replenishment,
    season: Option<&Demand>,
    (warehouse, product): (usize, usize),
    at: i64,
) -> Vec<Option<Rule>> {
    let written = written(policy, warehouse, product, at);
    if let Some(levels) = rule(policy.policy, written) {
        return vec![Some(levels.raised(policy.reorder_point_factor))];
    }
    let Some(vendor) = world.model.products()[product].vendor else { return vec![None] };
    let targets = targets(world, policy, product, vendor.index());
    if targets.is_empty() {
        return vec![None];
    }
    let vendor = &world.model.vendors()[vendor.index()];
    let review = match policy.review {
        Review::Continuous => 0,
        Review::Every(period) => period.0 * i64::from(world.model.products()[product].review_every),
    };
    let believed = vendor.planned_lead_time();
    let (mean, variance) = world.believed(warehouse, product);
    if mean == 0.0 {
        // Nobody asks for it here.
        return vec![None];
    }
    let factor = season.map_or(1.0, |demand| {
        let from = at - at % policy.plan_every.0;
        season_factor(demand, from, from + policy.plan_every.0 + certain::mean_seconds(believed) + review)
    });
    let (time, spread) = (believed.mean() / DAY, believed.variance() / (DAY * DAY));
    let aim = Aim {
        policy: policy.policy,
        day: (mean * factor, variance * factor),
        time,
        spread,
        review: review as f64 / DAY,
        lot: written.quantity.map_or_else(|| lot(world.model, product, vendor, mean * factor), i64::from),
    };
    let mut all = vec![];
    for target in targets {
        for hair in [HAIR, -HAIR] {
            match aim.levels(target, hair) {
                Some(levels) => all.push(Some(levels.raised(policy.reorder_point_factor))),
                // It is not looked at.
                None => all.push(world.planned(warehouse, product, at)),
            }
        }
    }
    all
}

/// The target of a product; several, where its class hangs on a rounding.
fn targets(world: &World<'_>, policy: &Replenishment, product: usize, vendor: usize) -> Vec<Target> {
    let own = policy.targets.by_product.get(product).copied().flatten();
    if let Some(own) = own {
        return vec![own];
    }
    if policy.targets.by_class.iter().any(Option::is_some) {
        let classes = [HAIR, -HAIR].map(|hair| class(world, product, hair) as usize);
        return classes.iter().filter_map(|&class| policy.targets.by_class[class]).collect();
    }
    let of_vendor = policy.targets.by_vendor.get(vendor).copied().flatten();
    of_vendor.or(policy.target).into_iter().collect()
}

/// The class of a product: A where the products of more value, and of the same that stand before it, make up less than 80 %.
fn class(world: &World<'_>, product: usize, hair: f64) -> Class {
    let products = world.model.products();
    let has_cost = products.iter().any(|product| product.unit_cost.0 > 0);
    let has_price = products.iter().any(|product| product.price.0 > 0);
    let value = |product: usize| {
        let units: f64 = (0..world.model.warehouses().len()).map(|at| world.forecast(at, product)).sum();
        let each = match (has_cost, has_price) {
            (true, _) => products[product].unit_cost.0 as f64,
            (_, true) => products[product].price.0 as f64,
            _ => 1.0,
        };
        units * each
    };
    let all: Vec<f64> = (0..products.len()).map(value).collect();
    let own = all[product];
    let goes_before = |other: usize| all[other] > own || (all[other] == own && other < product);
    let before: f64 = (0..all.len()).filter(|&other| goes_before(other)).map(|other| all[other]).sum();
    let share = before / all.iter().sum::<f64>() + hair;
    if own == 0.0 || share >= 0.95 {
        Class::C
    } else if share >= 0.8 {
        Class::B
    } else {
        Class::A
    }
}

/// How many times as much is asked for in a stretch of whole hours as in the mean over all seasons.
fn season_factor(demand: &Demand, from: i64, until: i64) -> f64 {
    let hours = from / HOUR..until / HOUR;
    let many = (hours.end - hours.start) as f64;
    // A year of 365 days has twelve parts of 730 hours.
    let factor = |hour: i64| demand.weekly[(hour / 24 % 7) as usize] * demand.yearly[(hour / 730 % 12) as usize];
    let always = demand.weekly.iter().sum::<f64>() / 7.0 * (demand.yearly.iter().sum::<f64>() / 12.0);
    hours.map(factor).sum::<f64>() / many / always
}

/// The economic order quantity, or what is asked for in a week.
fn lot(model: &Model, product: usize, vendor: &Vendor, mean: f64) -> i64 {
    let line = model.products()[product].line_cost.unwrap_or(vendor.line_cost);
    let order = (vendor.order_cost.0 + line.0) as f64 / 100.0;
    let holding = model.costs().holding_per_unit_year(model.products()[product].unit_cost);
    let lot = if order > 0.0 && holding > 0.0 { (2.0 * order * mean * 365.0 / holding).sqrt() } else { mean * 7.0 };
    (lot.round_ties_even() as i64).max(1)
}

/// What levels of a pair aim at; times in days.
struct Aim {
    policy: ReplenishmentPolicy,
    /// Mean and variance of a day's units.
    day: (f64, f64),
    /// Mean and variance of the lead time.
    time: f64,
    spread: f64,
    review: f64,
    lot: i64,
}

impl Aim {
    /// The least levels that reach a target that is a hair lower; `None` where demand is too large to be looked at.
    fn levels(&self, target: Target, hair: f64) -> Option<Rule> {
        let late = self.over(self.time + self.review)?;
        let point = |lot: i64| match target {
            Target::CycleService(share) => least(|x| late.at_most(x) >= share - hair),
            Target::UnitFill(share) => least(|x| {
                let short = late.beyond(x) - late.beyond(x + lot);
                1.0 - short / lot as f64 >= share - hair
            }),
        };
        Some(match self.policy {
            ReplenishmentPolicy::MinMax => {
                let point = point(self.lot);
                Rule::MinMax(point, point + self.lot)
            }
            ReplenishmentPolicy::FixedQuantity => Rule::FixedQuantity(point(self.lot), self.lot),
            ReplenishmentPolicy::BaseStock => Rule::UpTo(point(1) + 1),
            ReplenishmentPolicy::PeriodicOrderUpTo => Rule::UpTo(match target {
                Target::CycleService(share) => least(|x| late.at_most(x) >= share - hair),
                Target::UnitFill(share) => {
                    let early = self.over(self.time)?;
                    let asked = self.day.0 * self.review;
                    // Of nothing, nothing is short.
                    let allowed = ((1.0 - share + hair) * asked + hair).max(0.0);
                    least(|x| late.beyond(x) - early.beyond(x) <= allowed)
                }
            }),
        })
    }

    /// What is asked for in so many days, give or take the spread of the lead time.
    fn over(&self, days: f64) -> Option<Asked> {
        let (mean, variance) = self.day;
        Asked::new(mean * days, variance * days + mean * mean * self.spread)
    }
}

/// The least whole number, from 0, of which something holds.
fn least(holds: impl Fn(i64) -> bool) -> i64 {
    (0..).find(|&x| holds(x)).expect("there is one")
}

/// Demand over some time: by a number of units, the probability that no more is asked for, and what is asked for beyond it on average.
struct Asked(Vec<(f64, f64)>);

impl Asked {
    fn new(mean: f64, variance: f64) -> Option<Self> {
        if mean > LARGE {
            return None;
        }
        if mean <= 0.0 {
            return Some(Self(vec![(1.0, 0.0)]));
        }
        let probability = |k: f64| {
            if variance <= mean * (1.0 + 1e-9) {
                return (k * mean.ln() - mean - libm::lgamma(k + 1.0)).exp();
            }
            let size = mean * mean / (variance - mean);
            let ways = libm::lgamma(k + size) - libm::lgamma(size) - libm::lgamma(k + 1.0);
            (ways + size * (mean / variance).ln() + k * (1.0 - mean / variance).ln()).exp()
        };
        let mut all = vec![];
        for k in 0.. {
            let next = probability(f64::from(k));
            all.push(next);
            if f64::from(k) > mean && next < HAIR * HAIR / TAU {
                break;
            }
        }
        // From the far end: a unit less is gone beyond by all that is more.
        let (mut more, mut beyond) = (0.0, 0.0);
        let mut both = vec![];
        for probability in all.into_iter().rev() {
            both.push((1.0 - more, beyond));
            more += probability;
            beyond += more;
        }
        both.reverse();
        Some(Self(both))
    }

    fn at_most(&self, x: i64) -> f64 {
        self.0.get(x as usize).map_or(1.0, |both| both.0)
    }

    /// Units beyond so many, on average.
    fn beyond(&self, x: i64) -> f64 {
        self.0.get(x as usize).map_or(0.0, |both| both.1)
    }
}
