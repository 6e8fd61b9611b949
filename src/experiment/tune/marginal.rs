//! Thousands of reorder points at once: marginal analysis, product by product, on paired replications.
//!
//! All products' levels are moved together, up and down a ladder of steps, and each rung is simulated under the same random
//! numbers. What a rung says of one product is then a paired curve of its own: what more stock of it costs and what
//! service it brings. Products meet only in orders, so the curves are taken for separable, and the best combination for a price of
//! service is each product's best rung by itself: Everett's generalised Lagrange multipliers, the marginal analysis of Fox
//! and of Sherbrooke (Everett, H. (1963), *Generalized Lagrange multiplier method for solving problems of optimum
//! allocation of resources*, Operations Research 11, 399–417; Fox, B. (1966), *Discrete optimization via marginal analysis*,
//! Management Science 13, 210–216; Sherbrooke, C. C. (1968), *METRIC*, Operations Research 16, 122–141). What is chosen
//! is simulated as a whole before anybody is told that it holds.

/// What a rung of the ladder says of one product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// The product's cost, in the unit of the objective's numerator.
    pub cost: f64,
    /// Units asked for that were filled at once.
    pub filled: f64,
}

/// The rung that is best for each product where a further unit filled is worth `price`; ties go to the lower rung.
pub fn best_rungs(curves: &[Vec<Rung>], price: f64) -> Vec<usize> {
    curves
        .iter()
        .map(|curve| {
            let value = |rung: &Rung| rung.cost - price * rung.filled;
            let mut best = 0;
            for (index, rung) in curve.iter().enumerate().skip(1) {
                if value(rung) < value(&curve[best]) {
                    best = index;
                }
            }
            best
        })
        .collect()
}

/// The least price at which the chosen rungs fill at least `filled` units together, and these rungs; the highest rungs where
/// no price does. By bisection, to a relative precision that no curve can tell.
pub fn cheapest_for(curves: &[Vec<Rung>], filled: f64) -> (f64, Vec<usize>) {
    let total = |rungs: &[usize]| curves.iter().zip(rungs).map(|(curve, &rung)| curve[rung].filled).sum::<f64>();
    let free = best_rungs(curves, 0.0);
    if total(&free) >= filled {
        return (0.0, free);
    }
    let steepest = curves
        .iter()
        .flat_map(|curve| curve.windows(2))
        .filter(|pair| pair[1].filled > pair[0].filled)
        .map(|pair| (pair[1].cost - pair[0].cost).abs() / (pair[1].filled - pair[0].filled))
        .fold(1.0, f64::max);
    let (mut low, mut high) = (0.0, 2.0 * steepest);
    if total(&best_rungs(curves, high)) < filled {
        return (high, best_rungs(curves, high));
    }
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if total(&best_rungs(curves, middle)) >= filled {
            high = middle;
        } else {
            low = middle;
        }
    }
    (high, best_rungs(curves, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curves() -> Vec<Vec<Rung>> {
        let curve = |unit: f64, gains: [f64; 3]| {
            let mut filled = 0.0;
            (0..4)
                .map(|level| {
                    filled += if level > 0 { gains[level - 1] } else { 0.0 };
                    Rung { cost: unit * level as f64, filled }
                })
                .collect()
        };
        // A cheap product with steady gains, a dear one whose first unit brings most.
        vec![curve(1.0, [10.0, 8.0, 6.0]), curve(5.0, [40.0, 4.0, 1.0])]
    }

    #[test]
    fn without_a_price_nobody_pays_for_service() {
        assert_eq!(best_rungs(&curves(), 0.0), [0, 0]);
    }

    #[test]
    fn the_unit_that_brings_most_for_its_cost_comes_first() {
        // Units filled a unit of cost: 10, 8, 6 of the first; 8, 0.8, 0.2 of the second.
        assert_eq!(best_rungs(&curves(), 1.0 / 9.0), [1, 0]);
        assert_eq!(best_rungs(&curves(), 1.0 / 7.0), [2, 1]);
        assert_eq!(best_rungs(&curves(), 1.0), [3, 1]);
        assert_eq!(best_rungs(&curves(), 6.0), [3, 3]);
    }

    #[test]
    fn the_cheapest_combination_that_fills_enough() {
        // By hand: 64 units take all of the first product and the first unit of the second, for 8.
        let (price, rungs) = cheapest_for(&curves(), 64.0);
        assert_eq!(rungs, [3, 1]);
        assert!((price - 1.0 / 6.0).abs() < 1e-9, "{price}");
        assert_eq!(cheapest_for(&curves(), 1_000.0).1, [3, 3]);
        assert_eq!(cheapest_for(&curves(), 0.0), (0.0, vec![0, 0]));
    }
}
