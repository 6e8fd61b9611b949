//! Products bought together: pairs that stand in one order far more often than chance puts them there, and the groups they make.

use std::collections::BTreeMap;

/// Of longer orders the first lines alone are looked at.
const LONGEST: usize = 40;
/// A pair stands in at least so many orders.
const LEAST: u32 = 10;
/// And so many times as often as chance puts it there.
const LIFT: f64 = 4.0;
/// A group has at most so many products.
const LARGEST: usize = 4;
/// A lower chance than this is not worth a setting.
const WORTH: f64 = 0.02;

/// A pair of products.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The one, by number.
    pub one: u32,
    /// The other, by number.
    pub other: u32,
    /// Orders with both.
    pub orders: u32,
    /// How many times as often as by chance.
    pub lift: f64,
}

/// What is bought together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Together {
    /// The pairs, those of most orders first.
    pub pairs: Vec<Pair>,
    /// The group of each product, if it has one.
    pub groups: Vec<Option<u32>>,
    /// The chance that a further line comes from the group of the line before it.
    pub affinity: f64,
}

/// Finds what is bought together; `weights` are those of the products.
pub fn find(weights: &[f64], orders: &[Vec<u32>]) -> Together {
    let products = weights.len();
    let mut each = vec![0_u32; products];
    let mut looked_at = 0.0;
    for order in orders.iter().filter(|order| order.len() > 1) {
        looked_at += 1.0;
        order.iter().take(LONGEST).for_each(|&product| each[product as usize] += 1);
    }
    // All pairs of products that are asked for often enough, sorted: equal ones stand together and are counted.
    let mut met: Vec<(u32, u32)> = Vec::new();
    for order in orders.iter().filter(|order| order.len() > 1) {
        let often: Vec<u32> =
            order.iter().take(LONGEST).copied().filter(|&product| each[product as usize] >= LEAST).collect();
        for (at, &one) in often.iter().enumerate() {
            met.extend(often[at + 1..].iter().map(|&other| (one.min(other), one.max(other))));
        }
    }
    met.sort_unstable();
    let lift = |one: u32, other: u32, orders: u32| {
        f64::from(orders) * looked_at / (f64::from(each[one as usize]) * f64::from(each[other as usize]))
    };
    let mut pairs: Vec<Pair> = met
        .chunk_by(|a, b| a == b)
        .map(|pair| (pair[0], pair.len() as u32))
        .filter(|(_, orders)| *orders >= LEAST)
        .map(|((one, other), orders)| Pair { one, other, orders, lift: lift(one, other, orders) })
        .filter(|pair| pair.lift >= LIFT)
        .collect();
    pairs.sort_by(|a, b| b.orders.cmp(&a.orders).then_with(|| (a.one, a.other).cmp(&(b.one, b.other))));
    let groups = grouped(products, &pairs);
    let affinity = affinity(weights, orders, &groups);
    let groups = if affinity >= WORTH { groups } else { vec![None; products] };
    Together { pairs, groups, affinity: if affinity >= WORTH { affinity } else { 0.0 } }
}

/// Groups of products whose pairs hang together, the strongest pairs first.
fn grouped(products: usize, pairs: &[Pair]) -> Vec<Option<u32>> {
    let mut of: Vec<Option<u32>> = vec![None; products];
    let mut members: Vec<Vec<u32>> = Vec::new();
    for pair in pairs {
        match (of[pair.one as usize], of[pair.other as usize]) {
            (None, None) => {
                let group = members.len() as u32;
                members.push(vec![pair.one, pair.other]);
                (of[pair.one as usize], of[pair.other as usize]) = (Some(group), Some(group));
            }
            (Some(group), None) | (None, Some(group)) if members[group as usize].len() < LARGEST => {
                let new = if of[pair.one as usize].is_none() { pair.one } else { pair.other };
                members[group as usize].push(new);
                of[new as usize] = Some(group);
            }
            _ => {}
        }
    }
    of
}

/// How often a further line comes from the group of the line before it, beyond what chance brings.
fn affinity(weights: &[f64], orders: &[Vec<u32>], groups: &[Option<u32>]) -> f64 {
    let mut of_group: BTreeMap<u32, f64> = BTreeMap::new();
    for (weight, group) in weights.iter().zip(groups) {
        if let Some(group) = group {
            *of_group.entry(*group).or_default() += weight;
        }
    }
    let (mut steps, mut stayed, mut expected) = (0.0, 0.0, 0.0);
    for pair in orders.iter().flat_map(|order| order.windows(2)) {
        let (from, to) = (pair[0], pair[1]);
        let Some(group) = groups[from as usize] else { continue };
        steps += 1.0;
        stayed += f64::from(u8::from(groups[to as usize] == Some(group)));
        expected += (of_group[&group] - weights[from as usize]).max(0.0);
    }
    // A product without a group is followed by any other.
    let further: f64 = orders.iter().map(|order| order.len().saturating_sub(1) as f64).sum();
    if steps == 0.0 || further == 0.0 {
        0.0
    } else {
        ((stayed - expected) / (steps - expected).max(1.0)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_bought_together_is_found() {
        // Forty products; 0 and 1 go together in one order of four that have either.
        let mut orders: Vec<Vec<u32>> = (0..400).map(|at| vec![2 + at % 38, 2 + (at * 7 + 1 + at / 38) % 38]).collect();
        orders.retain(|order| order[0] != order[1]);
        orders.extend(vec![vec![0, 1]; 60]);
        orders.extend((0..60).map(|at| vec![0, 2 + at % 38]));
        let weights = super::super::popularity::weights(40, &orders);
        let found = find(&weights, &orders);
        assert_eq!((found.pairs[0].one, found.pairs[0].other, found.pairs[0].orders), (0, 1, 60));
        assert!(found.groups[0].is_some() && found.groups[0] == found.groups[1] && found.groups[5].is_none());
        assert!((found.affinity - 0.5).abs() < 0.1, "{}", found.affinity);
        assert_eq!(find(&weights, &orders[..300]).affinity, 0.0);
    }
}
