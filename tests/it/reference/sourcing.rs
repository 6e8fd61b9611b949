//! Which warehouses serve the available lines, by trying every set of them.

use backorder::domain::SourcingPolicy;

use super::world::Free;

/// A warehouse that may serve the order, in preference order, with the cost of a parcel from it in cents.
pub type Server = (usize, i64);

/// What sets of warehouses are compared by, less being better: parcels and cost in the policy's order, then ranks.
type Worth = (i64, i64, Vec<usize>);

/// The warehouse of each line (product, units). Every line alone, and all together, can be served by somebody.
pub fn choose(policy: SourcingPolicy, lines: &[(usize, u32)], servers: &[Server], free: &Free) -> Vec<usize> {
    if lines.is_empty() {
        return vec![];
    }
    let everybody: Vec<usize> = servers.iter().map(|&(warehouse, _)| warehouse).collect();
    if policy == SourcingPolicy::Nearest {
        return nearest(lines, &everybody, free);
    }
    best_set(policy, servers, |members| share_out(lines, members, free))
}

/// The warehouses that serve the available units (product, units), in preference order, where lines are divided by the unit. All
/// servers together have them.
pub fn choose_for_units(
    policy: SourcingPolicy,
    wanted: &[(usize, u32)],
    servers: &[Server],
    free: &Free,
) -> Vec<usize> {
    if wanted.iter().all(|&(_, units)| units == 0) || policy == SourcingPolicy::Nearest {
        return servers.iter().map(|&(warehouse, _)| warehouse).collect();
    }
    best_set(policy, servers, |members| {
        let holds = |&(product, _): &(usize, u32)| {
            let asked: i64 = wanted.iter().filter(|line| line.0 == product).map(|line| i64::from(line.1)).sum();
            members.iter().map(|&warehouse| free[warehouse][product]).sum::<i64>() >= asked
        };
        wanted.iter().all(holds).then(|| members.to_vec())
    })
}

/// What the best of all sets that can serve the order does for it: `serve` says what a set would do, if it can.
fn best_set<T>(policy: SourcingPolicy, servers: &[Server], serve: impl Fn(&[usize]) -> Option<T>) -> T {
    let mut best: Option<(Worth, T)> = None;
    for set in 1_u32..1 << servers.len() {
        let ranks: Vec<usize> = (0..servers.len()).filter(|&rank| set & (1 << rank) != 0).collect();
        let members: Vec<usize> = ranks.iter().map(|&rank| servers[rank].0).collect();
        let Some(served) = serve(&members) else { continue };
        let cost: i64 = ranks.iter().map(|&rank| servers[rank].1).sum();
        let parcels = members.len() as i64;
        let worth = match policy {
            SourcingPolicy::FewestParcels => (parcels, cost, ranks),
            _ => (cost, parcels, ranks),
        };
        if best.as_ref().is_none_or(|(least, _)| worth < *least) {
            best = Some((worth, served));
        }
    }
    best.expect("the whole network serves all that is available").1
}

/// Gives each line in turn to the first that can serve it.
fn nearest(lines: &[(usize, u32)], everybody: &[usize], free: &Free) -> Vec<usize> {
    let mut free = free.clone();
    let serve = |&(product, units): &(usize, u32)| {
        let able = everybody.iter().find(|&&warehouse| free[warehouse][product] >= i64::from(units));
        let warehouse = *able.expect("an available line");
        free[warehouse][product] -= i64::from(units);
        warehouse
    };
    lines.iter().map(serve).collect()
}

/// Gives each line in turn to the first member that leaves a way to cover the rest, if there is a way.
fn share_out(lines: &[(usize, u32)], members: &[usize], free: &Free) -> Option<Vec<usize>> {
    let Some((&(product, units), rest)) = lines.split_first() else { return Some(vec![]) };
    for &warehouse in members {
        if free[warehouse][product] < i64::from(units) {
            continue;
        }
        let mut left = free.clone();
        left[warehouse][product] -= i64::from(units);
        if let Some(mut shares) = share_out(rest, members, &left) {
            shares.insert(0, warehouse);
            return Some(shares);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three warehouses, three products: the first has lines 1 and 2, the second 2 and 3, the third all but line 2.
    fn free() -> Free {
        vec![vec![1, 1, 0], vec![0, 1, 1], vec![1, 0, 1]]
    }

    #[test]
    fn nearest_goes_line_by_line() {
        let chosen = choose(SourcingPolicy::Nearest, &[(0, 1), (1, 1), (2, 1)], &[(0, 5), (1, 6), (2, 7)], &free());
        assert_eq!(chosen, [0, 0, 1]);
    }

    #[test]
    fn cheapest_and_fewest_differ_when_one_parcel_is_dear() {
        let mut free = free();
        free[2] = vec![1, 1, 1];
        let servers = [(0, 100), (1, 200), (2, 900)];
        let lines = [(0, 1), (1, 1), (2, 1)];
        assert_eq!(choose(SourcingPolicy::FewestParcels, &lines, &servers, &free), [2, 2, 2]);
        assert_eq!(choose(SourcingPolicy::Cheapest, &lines, &servers, &free), [0, 0, 1]);
    }

    #[test]
    fn units_come_from_the_best_set_that_holds_them() {
        // Three units: the first two warehouses have them together, and the third alone.
        let (free, servers) = (vec![vec![2], vec![1], vec![3]], [(0, 100), (1, 200), (2, 250)]);
        let chosen = |policy| choose_for_units(policy, &[(0, 1), (0, 2)], &servers, &free);
        assert_eq!(chosen(SourcingPolicy::Nearest), [0, 1, 2]);
        assert_eq!(chosen(SourcingPolicy::FewestParcels), [2]);
        assert_eq!(chosen(SourcingPolicy::Cheapest), [2]);
        let servers = [(0, 100), (1, 120), (2, 250)];
        assert_eq!(choose_for_units(SourcingPolicy::Cheapest, &[(0, 3)], &servers, &free), [0, 1]);
    }

    #[test]
    fn an_earlier_line_makes_way_for_a_later_one() {
        // Line 1 (1 unit) would take the first warehouse's only two units from line 2 (2 units).
        let free = vec![vec![2], vec![1]];
        assert_eq!(choose(SourcingPolicy::Cheapest, &[(0, 1), (0, 2)], &[(0, 1), (1, 1)], &free), [1, 0]);
    }
}
