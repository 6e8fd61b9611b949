//! The policy `primary-spillover`: whom a line asks, and what an order takes.

use super::world::{Free, World};

/// What a line takes: of each warehouse so many units.
pub type Takes = Vec<(usize, u32)>;

impl World<'_> {
    /// The warehouse that a line is planned for: the first of those that may serve it that carries the product.
    pub fn primary(&self, servers: &[usize], product: usize) -> Option<usize> {
        servers.iter().copied().find(|&warehouse| self.carries(warehouse, product))
    }

    /// The warehouses in the order in which a line asks them, when lines of its order have `spilled` to these warehouses.
    fn asked(&self, servers: &[usize], product: usize, spilled: &[usize]) -> Vec<usize> {
        let primary = self.primary(servers, product);
        let today = self.now / 86_400;
        let has_room = |warehouse: usize| {
            let before = self.taken_over.iter().filter(|&&(at, to)| at / 86_400 == today && to == warehouse).count();
            let now = spilled.iter().filter(|&&to| to == warehouse).count();
            self.model.sourcing().spillover_lines_per_day.is_none_or(|limit| before + now < limit as usize)
        };
        let others = || servers.iter().copied().filter(|&warehouse| Some(warehouse) != primary);
        let mut asked: Vec<usize> = primary.into_iter().collect();
        asked.extend(others().filter(|&warehouse| has_room(warehouse)));
        asked.extend(others().filter(|&warehouse| !has_room(warehouse)));
        asked
    }

    /// What each line (product, units) takes; lines in turn, each from the first that it asks and that leaves a way to serve the
    /// rest. `None` where there is no way.
    pub fn spill_over(
        &self,
        servers: &[usize],
        lines: &[(usize, u32)],
        spilled: &[usize],
        free: &Free,
    ) -> Option<Vec<Takes>> {
        let Some((&(product, units), rest)) = lines.split_first() else { return Some(vec![]) };
        let asked = self.asked(servers, product, spilled);
        let ways: Vec<Vec<usize>> = match units {
            0 => vec![vec![]],
            _ if self.by_unit() => vec![asked],
            _ => asked.into_iter().map(|warehouse| vec![warehouse]).collect(),
        };
        for way in ways {
            let mut left = free.clone();
            let takes = self.find(&way, product, units, &mut left);
            if takes.iter().map(|&(_, units)| units).sum::<u32>() < units {
                continue;
            }
            let primary = self.primary(servers, product);
            let others = takes.iter().map(|&(warehouse, _)| warehouse).filter(|&at| Some(at) != primary);
            let spilled: Vec<usize> = spilled.iter().copied().chain(others).collect();
            if let Some(mut all) = self.spill_over(servers, rest, &spilled, &left) {
                all.insert(0, takes);
                return Some(all);
            }
        }
        None
    }
}
