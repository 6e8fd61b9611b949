//! Levels product by product: the ladder of marginal analysis, simulated, and the combination that is chosen from it.

use super::marginal::{Rung, best_rungs};
use super::memory::{Configuration, Kept, OF_PRODUCTS};
use super::pairs::{PairRow, levels_of, with_levels};
use super::problem::{Bound, Direction, Stage};
use super::simulations::{Round, Simulations};
use crate::domain::{DAY, Levels, Model, Product, ProductId};
use crate::experiment::RunError;
use crate::measures::Metric;
use crate::stats::{CONFIDENCE, Estimate, Pair, RatioMoments, ratio_of_means};

/// Rungs below and above today's levels.
const RUNGS: i32 = 4;
/// Prices tried between the cheapest combination and the one that fills most.
const PRICES: usize = 24;

/// How often the interval between the price that is too low and the least found to do is halved.
const FINER: usize = 5;

/// What the replications of a combination say of every measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures(Kept);

impl Figures {
    /// The estimate of a measure; `None` where no replication has a denominator.
    pub fn estimate(&self, metric: Metric) -> Option<Estimate> {
        ratio_of_means(&self.pairs(metric), CONFIDENCE)
    }

    /// What each replication says of a measure.
    pub fn pairs(&self, metric: Metric) -> Vec<Pair> {
        self.0.iter().map(|row| row[metric.index()]).collect()
    }

    /// How many replications there are.
    pub fn replications(&self) -> usize {
        self.0.len()
    }
}

/// By what a combination of levels was come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// Every product's best rung where a further unit filled at once is worth so much.
    Price(f64),
    /// All levels moved together by so many steps; by none they are today's.
    Together(i32),
}

/// A combination that was simulated as a whole.
struct Look {
    rungs: Vec<usize>,
    rows: Vec<PairRow>,
    /// By how much the bounds are missed together, each relative to its limit, with their intervals; 0 where all hold.
    missed: f64,
    /// What an order costs, all parts together; those that no product has alone, such as further parcels, make it fall with service
    /// where the ladder would have it rise.
    cost: f64,
}

impl Look {
    fn new(rungs: Vec<usize>, rows: Vec<PairRow>, figures: &Figures, bounds: &[(Metric, Bound)]) -> Self {
        let missed = bounds.iter().map(|&(metric, bound)| missed(figures, metric, bound)).sum();
        let cost = figures.estimate(Metric::CostPerOrder).map_or(0.0, |estimate| estimate.mean);
        Self { rungs, rows, missed, cost }
    }

    /// By how many rungs it is away from today's levels, all products together.
    fn away(&self) -> usize {
        self.rungs.iter().map(|rung| rung.abs_diff(RUNGS as usize)).sum()
    }
}

/// A combination by its price.
struct Priced {
    price: f64,
    look: Look,
}

/// Of all that were simulated the one that misses the bounds least, and of several that hold the one whose orders cost least; of
/// equals the one nearest to today's levels: where nothing is gained, nothing is changed.
fn chosen(looks: Vec<(Origin, Look)>) -> Option<(Origin, Look)> {
    looks.into_iter().min_by(|(_, a), (_, b)| {
        a.missed.total_cmp(&b.missed).then(a.cost.total_cmp(&b.cost)).then(a.away().cmp(&b.away()))
    })
}

/// What the ladder led to.
#[derive(Clone, Debug)]
pub struct LevelsTuned {
    /// Today's levels, pair by pair in the order of products.
    pub today: Vec<PairRow>,
    /// The levels proposed for the same pairs.
    pub proposed: Vec<PairRow>,
    /// By product: how much the proposal changes its cost, and its units filled at once, over the measured time.
    pub effects: Vec<Rung>,
    /// Whether every bound was found to hold, with its interval, where the proposal was chosen.
    pub holds: bool,
    /// By what the proposal was come to.
    pub origin: Origin,
    /// Replications run for ladder and combinations.
    pub spent: u64,
    /// What the replications of the ladder say where all levels are moved together, by the steps that they are moved: 0 are today's.
    pub ladder: Vec<(i32, Figures)>,
    /// Each combination that was simulated as a whole: the price, and what its replications say.
    pub path: Vec<(f64, Figures)>,
    /// Today's levels on replications of their own.
    pub now: Figures,
    /// The proposed ones on the same.
    pub then: Figures,
}

/// Levels moved by some rungs: a rung is an eighth of the reorder point, at least a unit. What lies between reorder point
/// and order-up-to level, the lot, stays.
fn moved(levels: Levels, rung: i32) -> Levels {
    let base = levels.reorder_point.or(levels.order_up_to).unwrap_or(0);
    let by = rung * ((base + 4) / 8).max(1);
    match levels.reorder_point {
        Some(point) => {
            // Only who plans so already waits for several customers.
            let moved = (point + by).max(point.min(-1));
            let by = moved - point;
            Levels { reorder_point: Some(moved), order_up_to: levels.order_up_to.map(|up_to| up_to + by), ..levels }
        }
        None => Levels { order_up_to: levels.order_up_to.map(|up_to| (up_to + by).max(0)), ..levels },
    }
}

/// Proposes levels for every product: of all that was simulated, today's levels among it, and meets the bounds the one of least cost; without bounds, the
/// one that fills as many units as today's, whose limit is what the ladder says of them less its half-width. Of every rung and of every combination that is tried `each`
/// replications are run, all on the same random numbers; of today's and the proposed levels `estimates` of their own.
///
/// # Errors
/// See [`RunError`].
pub fn tune_levels(
    model: &Model,
    simulations: &Simulations<'_>,
    bounds: &[(Metric, Bound)],
    each: u32,
    estimates: u32,
) -> Result<LevelsTuned, RunError> {
    let today = levels_of(model);
    let at = |rungs: &dyn Fn(ProductId) -> i32| -> Vec<PairRow> {
        today.iter().map(|&(warehouse, product, levels)| (warehouse, product, moved(levels, rungs(product)))).collect()
    };
    let run = |stage: Stage, combinations: Vec<Vec<PairRow>>, replications: u32, products: usize| {
        let asked = combinations.into_iter().map(|rows| (Configuration::Levels(rows), 0..replications)).collect();
        let model = |configuration: &Configuration| match configuration {
            Configuration::Levels(rows) => with_levels(model, rows),
            Configuration::Today | Configuration::Point(_) => model.clone(),
        };
        simulations.answers(Round { stage, asked, products, model })
    };
    let combinations = (-RUNGS..=RUNGS).map(|rung| at(&|_| rung)).collect();
    let mut answers = run(Stage::Search, combinations, each, model.products.len())?;
    let rungs: Vec<Vec<Rung>> = answers.iter().map(|rows| rungs_of(model, rows)).collect();
    let curves: Vec<Vec<Rung>> =
        (0..model.products.len()).map(|product| rungs.iter().map(|rungs| rungs[product]).collect()).collect();
    for row in answers.iter_mut().flatten() {
        row.truncate(Metric::ALL.len());
    }
    let ladder: Vec<(i32, Figures)> = (-RUNGS..=RUNGS).zip(answers.into_iter().map(Figures)).collect();
    let as_today = [(Metric::UnitFillRate, as_today(&ladder[RUNGS as usize].1))];
    let bounds = if bounds.is_empty() { &as_today[..] } else { bounds };
    let prices = prices(&curves);
    let mut path = Vec::new();
    let mut look = |price: f64| -> Result<Priced, RunError> {
        let rungs = best_rungs(&curves, RUNGS as usize, price);
        let rows = at(&|product| rungs[product.index()] as i32 - RUNGS);
        let answer = run(Stage::Search, vec![rows.clone()], each, 0)?;
        let figures = Figures(answer.into_iter().next().unwrap_or_default());
        let look = Look::new(rungs, rows, &figures, bounds);
        path.push((price, figures));
        Ok(Priced { price, look })
    };
    // The least price at which the bounds hold: service rises with the price, so half of those left are settled each time.
    let (mut low, mut high) = (0, prices.len());
    // Those that hold come at falling prices, those that fail at rising ones.
    let (mut holding, mut failing): (Vec<Priced>, Vec<Priced>) = (Vec::new(), Vec::new());
    while low < high {
        let middle = (low + high) / 2;
        let found = look(prices[middle])?;
        if found.look.missed == 0.0 {
            high = middle;
            holding.push(found);
        } else {
            low = middle + 1;
            failing.push(found);
        }
    }
    // What a bound on stock or on a cost asks for lies at the other end.
    if holding.is_empty() && failing.iter().all(|it| it.price > 0.0) {
        let found = look(0.0)?;
        if found.look.missed == 0.0 { holding.push(found) } else { failing.push(found) }
    }
    // Between two of the prices lie others, at which further products change.
    for _ in 0..FINER {
        let (Some(below), Some(above)) = (failing.last(), holding.last()) else { break };
        if below.price > above.price {
            break;
        }
        // A price of nothing has no ratio to another.
        let price = if below.price > 0.0 { (below.price * above.price).sqrt() } else { above.price / 2.0 };
        let rungs = best_rungs(&curves, RUNGS as usize, price);
        if rungs == below.look.rungs || rungs == above.look.rungs {
            break;
        }
        let found = look(price)?;
        if found.look.missed == 0.0 { holding.push(found) } else { failing.push(found) }
    }
    // The least price is the least cost only as far as products' own costs go. Where a combination that fills more was found to cost less,
    // those around it are looked at, too.
    for _ in 0..FINER {
        holding.sort_by(|a, b| b.price.total_cmp(&a.price));
        let cheapest = (0..holding.len()).min_by(|&a, &b| {
            holding[a].look.cost.total_cmp(&holding[b].look.cost).then(holding[a].price.total_cmp(&holding[b].price))
        });
        let Some(at) = cheapest.filter(|&at| at + 1 < holding.len()) else { break };
        let above = match at.checked_sub(1) {
            Some(above) => holding[above].price,
            None => holding[at].price * holding[at].price / holding[at + 1].price.max(holding[at].price / 4.0),
        };
        let price = (holding[at].price * above).sqrt();
        let rungs = best_rungs(&curves, RUNGS as usize, price);
        if price <= holding[at].price || holding.iter().any(|it| it.look.rungs == rungs) {
            break;
        }
        let found = look(price)?;
        if found.look.missed > 0.0 {
            break;
        }
        holding.push(found);
    }
    let together = ladder.iter().map(|(steps, figures)| {
        let rungs = vec![(steps + RUNGS) as usize; model.products.len()];
        (Origin::Together(*steps), Look::new(rungs, at(&|_| *steps), figures, bounds))
    });
    let by_price = holding.into_iter().chain(failing).map(|it| (Origin::Price(it.price), it.look));
    let (origin, Look { rungs, rows: proposed, missed, .. }) =
        chosen(by_price.chain(together).collect()).expect("at least one price was tried");
    let holds = missed == 0.0;
    let effects = curves
        .iter()
        .zip(&rungs)
        .map(|(curve, &rung)| {
            let (now, then) = (curve[RUNGS as usize], curve[rung]);
            Rung { cost: then.cost - now.cost, filled: then.filled - now.filled }
        })
        .collect();
    let spent = (ladder.len() + path.len()) as u64 * u64::from(each);
    let answers = run(Stage::Estimate, vec![today.clone(), proposed.clone()], estimates, 0)?;
    let [now, then] = <[Kept; 2]>::try_from(answers).expect("an answer for each of the two").map(Figures);
    Ok(LevelsTuned { today, proposed, effects, holds, origin, spent, ladder, path, now, then })
}

/// Today's service, to be kept.
fn as_today(figures: &Figures) -> Bound {
    let limit = figures
        .estimate(Metric::UnitFillRate)
        .map_or(0.0, |estimate| estimate.mean - estimate.half_width.unwrap_or(0.0));
    Bound { direction: Direction::AtLeast, limit, tolerance: 1e-3 }
}

/// By how much a bound is missed, its measure's interval on the wrong side, relative to its limit; 0 where it holds.
fn missed(figures: &Figures, metric: Metric, bound: Bound) -> f64 {
    let Some(estimate) = figures.estimate(metric) else { return f64::INFINITY };
    let short = estimate.half_width.unwrap_or(0.0) - bound.slack(estimate.mean);
    if short <= 0.0 { 0.0 } else { short / bound.limit.abs().max(bound.tolerance) }
}

/// What the replications of a combination say of each product: the parts of cost that are its own, over the measured time,
/// and its units filled at once.
fn rungs_of(model: &Model, rows: &Kept) -> Vec<Rung> {
    let mut moments = vec![[RatioMoments::default(); OF_PRODUCTS.len()]; model.products.len()];
    for row in rows {
        for (of_product, pairs) in moments.iter_mut().zip(row[Metric::ALL.len()..].chunks_exact(OF_PRODUCTS.len())) {
            of_product.iter_mut().zip(pairs).for_each(|(moments, pair)| moments.push(*pair));
        }
    }
    let rung = |(product, moments): (&Product, &[RatioMoments; OF_PRODUCTS.len()])| {
        let [stock, orders, backorders, units, shipped, filled, on_hand, received] =
            moments.each_ref().map(|it| it.ratio().unwrap_or(0.0));
        let costs = &model.costs;
        let days = model.run.horizon.0 as f64 / DAY as f64;
        let holding = stock * costs.holding_rate * days / 365.0 + on_hand * costs.holding_per_unit_day * days;
        // Of an order of several products each is charged with the whole, as if it were alone.
        let ordering = product.vendor.map_or(0.0, |vendor| {
            let vendor = &model.vendors[vendor.index()];
            orders * (vendor.order_cost + product.line_cost.unwrap_or(vendor.line_cost)).decimal()
        });
        let backorders =
            backorders * costs.backorder_per_unit_day * days + units * (1.0 - filled) * costs.backorder_per_unit;
        let bought = if costs.purchase { received * product.unit_cost.decimal() } else { 0.0 };
        let margin = (product.price.decimal() - product.unit_cost.decimal()).max(0.0) * costs.lost_margin;
        let lost = (units - shipped).max(0.0) * margin;
        Rung { cost: holding + ordering + backorders + lost + bought, filled: units * filled }
    };
    model.products.iter().zip(&moments).map(rung).collect()
}

/// Prices of a further unit filled, from none to one at which every product takes what fills most, in equal ratios.
fn prices(curves: &[Vec<Rung>]) -> Vec<f64> {
    let slopes: Vec<f64> = curves
        .iter()
        .flat_map(|curve| curve.windows(2))
        .filter(|pair| pair[1].filled > pair[0].filled && pair[1].cost > pair[0].cost)
        .map(|pair| (pair[1].cost - pair[0].cost) / (pair[1].filled - pair[0].filled))
        .collect();
    let least = slopes.iter().copied().fold(f64::INFINITY, f64::min);
    let most = slopes.iter().copied().fold(0.0, f64::max);
    let mut prices = vec![0.0];
    if most > 0.0 {
        let ratio = (most / least).max(1.0);
        prices.extend((0..PRICES).map(|step| 2.0 * least * libm::pow(ratio, step as f64 / (PRICES - 1) as f64)));
    }
    prices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_at_the_least_cost_is_chosen_todays_levels_and_all_moved_together_included() {
        let today = RUNGS as usize;
        let look = |rung: usize, missed: f64, cost: f64| Look { rungs: vec![rung; 2], rows: Vec::new(), missed, cost };
        let of = |looks: Vec<(Origin, Look)>| chosen(looks).map(|(origin, _)| origin);
        let dear = || (Origin::Price(0.5), look(today + 2, 0.0, 10.4));
        let now = |missed| (Origin::Together(0), look(today, missed, 10.3));
        assert_eq!(of(vec![dear(), now(0.0)]), Some(Origin::Together(0)), "today's meet what must hold, and cost less");
        assert_eq!(of(vec![dear(), now(0.1)]), Some(Origin::Price(0.5)), "today's do not hold");
        let more = || (Origin::Together(4), look(today + 4, 0.0, 9.8));
        assert_eq!(of(vec![dear(), now(0.0), more()]), Some(Origin::Together(4)));
        let none = vec![(Origin::Price(0.5), look(today, 0.3, 1.0)), now(0.1)];
        assert_eq!(of(none), Some(Origin::Together(0)), "where nothing holds, what comes nearest");
        let equal = vec![(Origin::Price(0.0), look(today + 1, 0.0, 10.3)), now(0.0)];
        assert_eq!(of(equal), Some(Origin::Together(0)), "where nothing is gained, nothing is changed");
    }

    #[test]
    fn levels_move_together_and_end_at_the_bottom() {
        let given = |point, up_to| Levels { reorder_point: point, order_up_to: up_to, quantity: None };
        assert_eq!(moved(given(Some(3), Some(8)), 2), given(Some(5), Some(10)));
        assert_eq!(moved(given(Some(40), Some(60)), -1), given(Some(35), Some(55)));
        assert_eq!(moved(given(Some(1), Some(4)), -4), given(Some(-1), Some(2)), "the lot stays");
        assert_eq!(moved(given(None, Some(2)), -4), given(None, Some(0)));
    }

    #[test]
    fn prices_reach_from_nothing_to_whatever_fills_most() {
        let curve =
            vec![Rung { cost: 0.0, filled: 0.0 }, Rung { cost: 1.0, filled: 10.0 }, Rung { cost: 3.0, filled: 11.0 }];
        let prices = prices(std::slice::from_ref(&curve));
        assert_eq!(prices[0], 0.0);
        assert!(prices[1] >= 0.1 && *prices.last().unwrap() >= 2.0, "{prices:?}");
        assert_eq!(best_rungs(&[curve], 0, *prices.last().unwrap()), [2]);
    }
}
