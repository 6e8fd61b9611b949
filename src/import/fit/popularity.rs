//! How popular products are: their weights, where an order's products are drawn one after the other and are distinct.
//!
//! A popular product is rarely asked for twice, so its share of the lines is less than its weight. The weights that make the lines
//! most likely are those of Plackett and Luce; they are found by Hunter's iteration (2004): each product's lines over the sum, of the
//! draws it could have been drawn in, of one over the weight that was left.

/// So often the weights are made better; they have settled by then.
const ROUNDS: usize = 25;

/// The weights of products, which sum to 1. `orders` are the distinct products of each order, in the order of its lines.
pub fn weights(products: usize, orders: &[Vec<u32>]) -> Vec<f64> {
    let mut lines = vec![0.0_f64; products];
    orders.iter().flatten().for_each(|&product| lines[product as usize] += 1.0);
    let total: f64 = lines.iter().sum::<f64>().max(1.0);
    let mut weights: Vec<f64> = lines.iter().map(|lines| lines / total).collect();
    if orders.iter().all(|order| order.len() < 2) {
        return weights;
    }
    for _ in 0..ROUNDS {
        // What each draw of an order has left, and what those miss who were drawn before.
        let mut all = 0.0;
        let mut missed = vec![0.0_f64; products];
        for order in orders {
            let mut left = 1.0;
            let mut later = 0.0;
            let mut chances: Vec<f64> = Vec::with_capacity(order.len());
            for &product in order {
                chances.push(1.0 / f64::max(left, 1e-9));
                left -= weights[product as usize];
            }
            for (&product, chance) in order.iter().zip(&chances).rev() {
                missed[product as usize] += later;
                later += chance;
            }
            all += later;
        }
        for ((weight, lines), missed) in weights.iter_mut().zip(&lines).zip(&missed) {
            *weight = if *lines > 0.0 { lines / (all - missed).max(1e-9) } else { 0.0 };
        }
        let sum: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= sum);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_first_draws() {
        // Two products of weights 0.8 and 0.2, always both: the share of the lines is a half each.
        let mut orders = vec![vec![0, 1]; 800];
        orders.extend(vec![vec![1, 0]; 200]);
        let found = weights(3, &orders);
        assert!((found[0] - 0.8).abs() < 0.01 && (found[1] - 0.2).abs() < 0.01 && found[2] == 0.0, "{found:?}");
        assert_eq!(weights(2, &[vec![0], vec![0], vec![1], vec![0]]), [0.75, 0.25]);
    }
}
