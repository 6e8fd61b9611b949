//! Koenig and Law's (s, S) systems: 1,600 of them, exact costs known (Koenig and Law (1985), *A procedure for selecting a
//! subset of size m containing the l best of k independent normal populations, with applications to simulation*).
//!
//! Demand of a period Poisson(25); at its start, where the stock is below s, it is lifted to S at once for 32 + 3 a unit; at
//! its end a unit on hand costs 1, one short 5. Cost a period over 30 periods from S.

use std::convert::Infallible;

use backorder::experiment::tune::{
    Bound, Effort, Guarantee, Point, Problem, Procedure, Response, Stage, Variable, Wanted, tune,
};

use super::beds::{Poisson, each, family, plain, seeds};

const PERIODS: u32 = 30;
const SET_UP: f64 = 32.0;
const UNIT: f64 = 3.0;
const HOLDING: f64 = 1.0;
const SHORTAGE: f64 = 5.0;

pub(super) struct KoenigLaw {
    seed: u64,
    demand: Poisson,
    variables: [Variable; 2],
}

impl KoenigLaw {
    pub(super) fn new(seed: u64) -> Self {
        let variable = |name: &str| Variable { name: name.into(), levels: 40, ordered: true };
        Self { seed, demand: Poisson::new(25.0), variables: [variable("s"), variable("S - s")] }
    }

    /// s in 1..=40 and S in s+1..=s+40.
    fn levels(point: &[u32]) -> (i64, i64) {
        let s = i64::from(point[0]) + 1;
        (s, s + 1 + i64::from(point[1]))
    }

    /// The exact cost, by the distribution of the stock from period to period.
    pub(super) fn exact(point: &[u32]) -> f64 {
        let (s, top) = Self::levels(point);
        let demand: Vec<f64> = {
            let mut terms = vec![(-25.0_f64).exp()];
            for d in 1..110 {
                terms.push(terms[d - 1] * 25.0 / d as f64);
            }
            terms
        };
        // Index i is the stock top − i.
        let mut stock = vec![0.0; top as usize + 220];
        stock[0] = 1.0;
        let mut cost = 0.0;
        for _ in 0..PERIODS {
            let mut after = vec![0.0; stock.len()];
            for (index, &probability) in stock.iter().enumerate().filter(|(_, probability)| **probability > 0.0) {
                let level = top - index as i64;
                let lifted = if level < s {
                    cost += probability * (SET_UP + UNIT * (top - level) as f64);
                    0
                } else {
                    index
                };
                for (d, chance) in demand.iter().enumerate() {
                    if let Some(cell) = after.get_mut(lifted + d) {
                        *cell += probability * chance;
                    }
                }
            }
            stock = after;
            for (index, probability) in stock.iter().enumerate() {
                let level = (top - index as i64) as f64;
                cost += probability * (HOLDING * level.max(0.0) + SHORTAGE * (-level).max(0.0));
            }
        }
        cost / f64::from(PERIODS)
    }
}

impl Problem for KoenigLaw {
    type Error = Infallible;

    fn variables(&self) -> &[Variable] {
        &self.variables
    }

    fn bounds(&self) -> &[Bound] {
        &[]
    }

    fn starts(&self) -> Vec<Point> {
        // The economic order quantity √(2·32·25/1) = 40 for the gap, the newsvendor's quantile of a period's demand for s.
        vec![vec![28, 38]]
    }

    fn simulate(&self, stage: Stage, wanted: &[Wanted]) -> Result<Vec<Vec<Response>>, Infallible> {
        each(wanted, |point, replication| {
            let (s, top) = Self::levels(point);
            let mut stream = family(self.seed, stage, replication).of(0);
            let (mut stock, mut cost) = (top, 0.0);
            for _ in 0..PERIODS {
                if stock < s {
                    cost += SET_UP + UNIT * (top - stock) as f64;
                    stock = top;
                }
                stock -= self.demand.draw(&mut stream);
                cost += HOLDING * stock.max(0) as f64 + SHORTAGE * (-stock).max(0) as f64;
            }
            plain(&[cost / f64::from(PERIODS)])
        })
    }
}

#[test]
fn the_exact_costs_are_the_published_ones() {
    // s and S − s less 1, published: Koenig and Law's test bed.
    for (s, top, published) in [(18, 53, 106.1684), (20, 40, 114.1763), (40, 60, 130.5498)] {
        let exact = KoenigLaw::exact(&[s - 1, top - s - 1]);
        assert!((exact - published).abs() < 5e-5, "({s}, {top}): {exact}");
    }
}

/// Kim and Nelson's procedure alone, on all systems under common random numbers, needed 34,080 replications.
#[test]
fn a_good_system_is_chosen() {
    let best = KoenigLaw::exact(&[17, 34]);
    let (mut good, mut spent) = (0, Vec::new());
    for seed in seeds(5, 100) {
        let plan = Effort {
            budget: 40_000,
            guarantee: Guarantee { delta: 0.5, alpha: 0.05 },
            procedure: Procedure::KimNelson,
            seed,
        };
        let Ok(tuned) = tune(&KoenigLaw::new(seed), plan);
        let cost = KoenigLaw::exact(&tuned.selection.chosen.expect("without bounds there is a best"));
        good += usize::from(cost <= best + 0.5);
        spent.push(tuned.searched + tuned.selection.spent);
    }
    spent.sort();
    let of = spent.len();
    println!("a good system in {good} of {of}; replications {} {} {}", spent[0], spent[of / 2], spent[of - 1]);
    assert!(good * 100 >= of * 95, "{good} of {of}");
    assert!(spent[of / 2] <= 20_000, "median {}", spent[of / 2]);
}
