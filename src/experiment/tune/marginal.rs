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

/// The rung that is best for each product where a further unit filled is worth `price`. Of rungs that are equally good, the one
/// nearest to today's is taken, and of two as near the lower: where nothing is gained, nothing is changed.
pub fn best_rungs(curves: &[Vec<Rung>], today: usize, price: f64) -> Vec<usize> {
    let best = |curve: &Vec<Rung>| {
        let value = |rung: usize| curve[rung].cost - price * curve[rung].filled;
        let better = |&a: &usize, &b: &usize| {
            value(a).total_cmp(&value(b)).then(a.abs_diff(today).cmp(&b.abs_diff(today))).then(a.cmp(&b))
        };
        (0..curve.len()).min_by(better).unwrap_or(today)
    };
    curves.iter().map(best).collect()
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
        assert_eq!(best_rungs(&curves(), 0, 0.0), [0, 0]);
    }

    #[test]
    fn the_unit_that_brings_most_for_its_cost_comes_first() {
        // Units filled a unit of cost: 10, 8, 6 of the first; 8, 0.8, 0.2 of the second.
        assert_eq!(best_rungs(&curves(), 0, 1.0 / 9.0), [1, 0]);
        assert_eq!(best_rungs(&curves(), 0, 1.0 / 7.0), [2, 1]);
        assert_eq!(best_rungs(&curves(), 0, 1.0), [3, 1]);
        assert_eq!(best_rungs(&curves(), 0, 6.0), [3, 3]);
    }

    #[test]
    fn what_changes_nothing_stays_as_it_is() {
        let flat = vec![Rung { cost: 2.0, filled: 7.0 }; 5];
        assert_eq!(best_rungs(std::slice::from_ref(&flat), 2, 0.0), [2]);
        assert_eq!(best_rungs(&[flat], 2, 3.0), [2]);
        // Two that are equally good and as near as each other.
        let valley = [3.0, 1.0, 2.0, 1.0, 3.0].map(|cost| Rung { cost, filled: 0.0 });
        assert_eq!(best_rungs(&[valley.to_vec()], 2, 0.0), [1]);
    }
}
