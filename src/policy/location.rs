//! Location: which of the candidate warehouses to open, so that customers are as near as can be.
//!
//! This is the *p*-median problem (Hakimi 1964): of all sites open the `p` that make the demand-weighted sum of distances from
//! each customer to the nearest open one least. Up to [`MAX_SETS`] sets it is solved exactly, by enumeration that leaves out what
//! a bound excludes. Beyond, a greedy start is improved by vertex substitution (Teitz and Bart 1968), and the answer says how far
//! it may be from the best: the bound is that of Lagrangian relaxation (Cornuéjols, Fisher and Nemhauser 1977), in which
//! customers may be served more or less than once at a price, raised and lowered by subgradient steps (Held, Wolfe and Crowder
//! 1974).
//!
//! Weights and distances are whole numbers, so that sums are exact, and sets of equal sums are equal: of those the exact search
//! takes the one whose sites come first.

/// Sets up to which the problem is solved exactly.
pub const MAX_SETS: u64 = 1_000_000;

/// Where customers are and where warehouses could be.
pub struct Sites<'a> {
    /// How much each customer asks for.
    pub weights: &'a [u64],
    /// How many sites there are.
    pub count: usize,
    /// Metres from each customer to each site: a customer's distances stand together. The sum of weight × the customer's
    /// longest distance must stay below 2⁶³.
    pub metres: &'a [u32],
}

/// The sites to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Median {
    /// Positions of the open sites, ascending.
    pub open: Vec<usize>,
    /// Σ weight × metres to the nearest open site.
    pub total: u64,
    /// No set of as many sites has a smaller total than this. Equal to `total` where the sites are known to be the best.
    pub bound: u64,
}

impl Median {
    /// By which share the total may be above the least possible.
    pub fn gap(&self) -> f64 {
        if self.total == 0 { 0.0 } else { (self.total - self.bound) as f64 / self.total as f64 }
    }
}

/// Opens `open` of the sites.
///
/// # Panics
/// When there are not so many sites, or none is to be opened.
pub fn median(sites: &Sites<'_>, open: usize) -> Median {
    assert!((1..=sites.count).contains(&open), "{open} of {} sites cannot be opened", sites.count);
    let found = substitute(sites, greedy(sites, open));
    if sets(sites.count, open) <= MAX_SETS {
        return enumerate(sites, &found);
    }
    let total = sites.total(&found);
    let bound = lagrangian_bound(sites, &found, total);
    Median { open: found, total, bound }
}

/// How many sets of `open` among `count` there are, as far as it matters.
fn sets(count: usize, open: usize) -> u64 {
    let mut sets = 1_u64;
    for taken in 0..open.min(count - open) as u64 {
        sets = sets * (count as u64 - taken) / (taken + 1);
        if sets > MAX_SETS {
            break;
        }
    }
    sets
}

impl Sites<'_> {
    fn customers(&self) -> impl Iterator<Item = (u64, &[u32])> {
        self.weights.iter().copied().zip(self.metres.chunks(self.count))
    }

    /// Σ weight × metres to the nearest of some sites, of which there is at least one.
    pub fn total(&self, open: &[usize]) -> u64 {
        let nearest = |metres: &[u32]| open.iter().map(|&site| u64::from(metres[site])).min().unwrap_or(0);
        self.customers().map(|(weight, metres)| weight * nearest(metres)).sum()
    }
}

/// Sites opened one after the other, each the one that then saves most; of equals the first. Ascending.
fn greedy(sites: &Sites<'_>, open: usize) -> Vec<usize> {
    let mut nearest = vec![u32::MAX; sites.weights.len()];
    let mut chosen = Vec::with_capacity(open);
    for _ in 0..open {
        let total_with = |site: usize| -> u128 {
            let customers = sites.customers().zip(&nearest);
            customers.map(|((weight, metres), &now)| u128::from(weight) * u128::from(now.min(metres[site]))).sum()
        };
        let closed = (0..sites.count).filter(|site| !chosen.contains(site));
        let best = closed.min_by_key(|&site| total_with(site)).expect("there are sites left");
        chosen.push(best);
        for (now, (_, metres)) in nearest.iter_mut().zip(sites.customers()) {
            *now = (*now).min(metres[best]);
        }
    }
    chosen.sort_unstable();
    chosen
}

/// Vertex substitution: each closed site in turn takes the place of the open one for which it saves most, if it saves anything,
/// until none does. What every such exchange would save is found in one walk over the customers, from the nearest and the second
/// nearest open site of each (Whitaker 1983).
fn substitute(sites: &Sites<'_>, mut open: Vec<usize>) -> Vec<usize> {
    let mut unchanged = 0;
    let mut entering = 0;
    while unchanged < sites.count {
        if !open.contains(&entering)
            && let Some(leaving) = best_to_leave(sites, &open, entering)
        {
            open[leaving] = entering;
            open.sort_unstable();
            unchanged = 0;
        } else {
            unchanged += 1;
        }
        entering = (entering + 1) % sites.count;
    }
    open
}

/// The position in `open` of the site that is best left for `entering`; `None` where the exchange saves nothing.
fn best_to_leave(sites: &Sites<'_>, open: &[usize], entering: usize) -> Option<usize> {
    // What is saved whoever leaves, and what is lost besides if a given one does.
    let mut saved = 0_i64;
    let mut lost = vec![0_i64; open.len()];
    for (weight, metres) in sites.customers() {
        let (mut first, mut second) = ((u32::MAX, 0), u32::MAX);
        for (at, &site) in open.iter().enumerate() {
            if metres[site] < first.0 {
                second = first.0;
                first = (metres[site], at);
            } else {
                second = second.min(metres[site]);
            }
        }
        let with = metres[entering];
        if with < first.0 {
            saved += weight as i64 * i64::from(first.0 - with);
            // Without its old site it is served by the new one all the same.
        } else {
            lost[first.1] += weight as i64 * i64::from(second.min(with) - first.0);
        }
    }
    let (leaving, least) = lost.iter().enumerate().min_by_key(|&(_, &lost)| lost)?;
    (saved > *least).then_some(leaving)
}

/// The best set of as many sites as in `found`, of equals the first in lexicographic order.
fn enumerate(sites: &Sites<'_>, found: &[usize]) -> Median {
    let customers = sites.weights.len();
    // The least distance of each customer to the sites from a position on: what is still possible.
    let mut ahead = vec![u32::MAX; (sites.count + 1) * customers];
    for site in (0..sites.count).rev() {
        let (before, after) = ahead.split_at_mut((site + 1) * customers);
        let here = &mut before[site * customers..];
        for ((here, &after), (_, metres)) in here.iter_mut().zip(&after[..customers]).zip(sites.customers()) {
            *here = after.min(metres[site]);
        }
    }
    let mut search = Enumeration {
        sites,
        ahead,
        // Some set has this total, so that the first that does is found.
        limit: sites.total(found) + 1,
        best: found.to_vec(),
        set: Vec::with_capacity(found.len()),
        nearest: vec![u32::MAX; (found.len() + 1) * customers],
    };
    search.visit(0, found.len());
    let total = search.limit;
    Median { open: search.best, total, bound: total }
}

struct Enumeration<'a> {
    sites: &'a Sites<'a>,
    /// By position, then customer.
    ahead: Vec<u32>,
    /// The total that a set must stay below to be better than the best so far.
    limit: u64,
    best: Vec<usize>,
    set: Vec<usize>,
    /// By how many sites have been chosen, then customer: the distance to the nearest of them.
    nearest: Vec<u32>,
}

impl Enumeration<'_> {
    /// Extends the set by `missing` sites `from` a position on.
    fn visit(&mut self, from: usize, missing: usize) {
        let customers = self.sites.weights.len();
        let nearest = &self.nearest[self.set.len() * customers..][..customers];
        let ahead = &self.ahead[from * customers..][..customers];
        let weights = self.sites.weights.iter();
        let least: u64 = if missing == 0 {
            weights.zip(nearest).map(|(&weight, &now)| weight * u64::from(now)).sum()
        } else {
            weights
                .zip(nearest.iter().zip(ahead))
                .map(|(&weight, (&now, &then))| weight * u64::from(now.min(then)))
                .sum()
        };
        if least >= self.limit {
            return;
        }
        if missing == 0 {
            self.limit = least;
            self.best.clone_from(&self.set);
            return;
        }
        for site in from..=self.sites.count - missing {
            let (before, after) = self.nearest.split_at_mut((self.set.len() + 1) * customers);
            let before = &before[self.set.len() * customers..];
            for ((after, &before), (_, metres)) in after.iter_mut().zip(before).zip(self.sites.customers()) {
                *after = before.min(metres[site]);
            }
            self.set.push(site);
            self.visit(site + 1, missing - 1);
            self.set.pop();
        }
    }
}

/// Steps of the subgradient method, and customers × sites that all of them may look at together.
const MAX_STEPS: usize = 1_000;
const MAX_LOOKS: usize = 2_000_000_000;
/// Steps without a better bound after which steps become half as long.
const PATIENCE: u32 = 20;

/// A number that no set of as many sites stays below. For any prices `v` that customers pay to be served,
/// Σ v + the sum over the best sites of Σ min(0, weight × metres − v) is one; the prices are improved step by step.
fn lagrangian_bound(sites: &Sites<'_>, open: &[usize], total: u64) -> u64 {
    let customers = sites.weights.len();
    // At first each pays what its second-nearest open site would cost.
    let second = |metres: &[u32]| {
        let mut ascending: Vec<u32> = open.iter().map(|&site| metres[site]).collect();
        ascending.sort_unstable();
        ascending.get(1).or(ascending.first()).map_or(0.0, |&metres| f64::from(metres))
    };
    let mut prices: Vec<f64> = sites.customers().map(|(weight, metres)| weight as f64 * second(metres)).collect();
    let (mut best, mut length, mut without_gain) = (0.0_f64, 2.0, 0);
    let mut gains = vec![0.0; sites.count];
    let mut order: Vec<usize> = (0..sites.count).collect();
    let mut served = vec![0_i32; customers];
    for _ in 0..MAX_STEPS.min(MAX_LOOKS / (customers * sites.count).max(1)).max(20) {
        gains.fill(0.0);
        for ((weight, metres), &price) in sites.customers().zip(&prices) {
            for (gain, &metres) in gains.iter_mut().zip(metres) {
                *gain += (weight as f64 * f64::from(metres) - price).min(0.0);
            }
        }
        order.sort_unstable_by(|&one, &other| gains[one].total_cmp(&gains[other]).then(one.cmp(&other)));
        let chosen = &order[..open.len()];
        let value = prices.iter().sum::<f64>() + chosen.iter().map(|&site| gains[site]).sum::<f64>();
        if value > best {
            (best, without_gain) = (value, 0);
        } else {
            without_gain += 1;
            if without_gain == PATIENCE {
                (length, without_gain) = (length / 2.0, 0);
            }
        }
        // A customer that is served by nobody pays too little, one that is served twice too much.
        let mut excess = 0;
        for ((served, (weight, metres)), &price) in served.iter_mut().zip(sites.customers()).zip(&prices) {
            let by = chosen.iter().filter(|&&site| weight as f64 * f64::from(metres[site]) < price).count();
            *served = 1 - by as i32;
            excess += *served * *served;
        }
        if excess == 0 || length < 1e-4 || best >= total as f64 - 0.5 {
            break;
        }
        let step = length * (total as f64 - value).max(0.0) / f64::from(excess);
        for (price, &served) in prices.iter_mut().zip(&served) {
            *price = (*price + step * f64::from(served)).max(0.0);
        }
    }
    // Sums of so many rounded numbers are off by less; a total is whole, so that it reaches the next whole number.
    let bound = libm::ceil(best * (1.0 - 1e-12) - 0.5).max(0.0);
    (bound as u64).min(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};

    /// Customers and sites at random places of a plane, some of them on the same spot.
    struct Plane {
        weights: Vec<u64>,
        metres: Vec<u32>,
        count: usize,
    }

    impl Plane {
        fn new(seed: u64, customers: usize, count: usize) -> Self {
            let mut stream = Stream::new(seed, 0, Purpose::Assortment, 0);
            let mut point = || (stream.below(40) as i64, stream.below(40) as i64);
            let sites: Vec<_> = (0..count).map(|_| point()).collect();
            let mut metres = Vec::new();
            for _ in 0..customers {
                let (x, y) = point();
                metres.extend(sites.iter().map(|(u, v)| ((x - u).abs() + (y - v).abs()) as u32));
            }
            let weights = (0..customers).map(|_| stream.below(50)).collect();
            Self { weights, metres, count }
        }

        fn sites(&self) -> Sites<'_> {
            Sites { weights: &self.weights, count: self.count, metres: &self.metres }
        }
    }

    /// The first of the best sets, by trying all.
    fn by_brute_force(sites: &Sites<'_>, open: usize) -> (Vec<usize>, u64) {
        let all = (0_u32..1 << sites.count).filter(|set| set.count_ones() as usize == open);
        let sets = all.map(|set| (0..sites.count).filter(|site| set & (1 << site) != 0).collect::<Vec<usize>>());
        sets.map(|set| (sites.total(&set), set)).min().map(|(total, set)| (set, total)).expect("there is a set")
    }

    #[test]
    fn fifty_random_instances_are_solved_as_brute_force_solves_them() {
        let mut improved = 0;
        for seed in 0..50 {
            let plane = Plane::new(seed, 5 + seed as usize % 20, 4 + seed as usize % 9);
            let sites = plane.sites();
            for open in 1..=sites.count {
                let (set, total) = by_brute_force(&sites, open);
                assert_eq!(median(&sites, open), Median { open: set, total, bound: total }, "{seed}, {open} open");
                // What serves beyond a million sets: never better than the best, never below the bound.
                let start = greedy(&sites, open);
                let found = substitute(&sites, start.clone());
                improved += usize::from(sites.total(&found) < sites.total(&start));
                assert!(sites.total(&found) >= total);
                assert!(lagrangian_bound(&sites, &found, sites.total(&found)) <= total, "{seed}, {open} open");
            }
        }
        assert!(improved > 10, "vertex substitution improved only {improved} greedy starts");
    }

    #[test]
    fn of_equals_the_first_in_the_file_are_opened() {
        // Four sites on one spot.
        let sites = Sites { weights: &[1, 1], count: 4, metres: &[7, 7, 7, 7, 3, 3, 3, 3] };
        assert_eq!(median(&sites, 2), Median { open: vec![0, 1], total: 10, bound: 10 });
    }

    #[test]
    fn beyond_a_million_sets_the_answer_is_near_the_best_and_says_how_near() {
        let mut largest = 0.0_f64;
        for seed in 0..5 {
            let plane = Plane::new(1_000 + seed, 120, 60);
            let sites = plane.sites();
            assert!(sets(60, 8) > MAX_SETS);
            let found = median(&sites, 8);
            assert_eq!(sites.total(&found.open), found.total);
            assert!(found.bound <= found.total);
            largest = largest.max(found.gap());
        }
        assert!(largest < 0.05, "one may be {largest} above the best");
    }

    #[test]
    fn sets_are_counted() {
        assert_eq!(
            [(10, 3), (23, 1), (23, 23), (20, 10)].map(|(count, open)| sets(count, open)),
            [120, 23, 1, 184_756]
        );
        assert!(sets(300, 150) > MAX_SETS);
    }
}
