//! The policy `most-stock`, and orders that are sourced anew before they leave.

use std::collections::{BTreeMap, BTreeSet};

use backorder::domain::SourcingPolicy;
use serde_json::json;

use super::sourcing::{choose, choose_for_units};
use super::spillover::Takes;
use super::world::{Free, Mode, World};

impl World<'_> {
    /// What each line (product, units) takes; lines in turn, each from whoever has most of it and leaves a way to serve the rest.
    pub fn served_by_most_stock(&self, servers: &[usize], lines: &[(usize, u32)], free: &Free) -> Option<Vec<Takes>> {
        let Some((&(product, units), rest)) = lines.split_first() else { return Some(vec![]) };
        let mut asked = servers.to_vec();
        // Equals stay in the order of preference.
        asked.sort_by_key(|&warehouse| -free[warehouse][product]);
        let ways: Vec<Vec<usize>> = match units {
            0 => vec![vec![]],
            _ if self.by_unit() => vec![asked],
            _ => asked.into_iter().map(|warehouse| vec![warehouse]).collect(),
        };
        for way in ways {
            let mut left = free.clone();
            let takes = self.find(&way, product, units, &mut left);
            if takes.iter().map(|&(_, units)| units).sum::<u32>() == units
                && let Some(mut all) = self.served_by_most_stock(servers, rest, &left)
            {
                all.insert(0, takes);
                return Some(all);
            }
        }
        None
    }

    /// A held order of which all is covered may leave in fewer parcels; answers whether it does.
    pub fn source_anew(&mut self, order: usize) -> bool {
        let about = &self.orders[order];
        if !self.model.sourcing().reevaluate || about.mode != Mode::Held || about.assigned.is_some() {
            return false;
        }
        let has = |line: usize| {
            let mut has: BTreeMap<usize, u32> = BTreeMap::new();
            about.lines[line].reserved.iter().for_each(|&(at, units)| *has.entry(at).or_default() += units);
            has
        };
        let lines: Vec<usize> = (0..about.lines.len()).filter(|&line| !has(line).is_empty()).collect();
        let parcels: BTreeSet<usize> = lines.iter().flat_map(|&line| has(line).into_keys()).collect();
        if parcels.len() < 2 {
            return false;
        }
        // What there would be for it, had it just given back all it has.
        let withheld = self.withheld(about.class);
        let mut free = self.free_everywhere();
        for &line in &lines {
            has(line).iter().for_each(|(&at, &units)| free[at][about.lines[line].product] += i64::from(units));
        }
        free.iter_mut().flatten().for_each(|units| *units = (*units - withheld).max(0));
        let servers: Vec<(usize, i64)> =
            self.lanes(about.zone).iter().map(|lane| (lane.warehouse.index(), lane.parcel_cost.0)).collect();
        let wanted: Vec<(usize, u32)> =
            lines.iter().map(|&line| (about.lines[line].product, has(line).values().sum())).collect();
        // As when an order is placed: each line in turn must find what it wants, in preference order.
        let everybody: Vec<usize> = servers.iter().map(|&(warehouse, _)| warehouse).collect();
        let mut left = free.clone();
        for &(product, units) in &wanted {
            let found = self.find(&everybody, product, units, &mut left);
            if found.iter().map(|&(_, units)| units).sum::<u32>() < units {
                return false;
            }
        }
        let takes: Vec<Takes> = if self.by_unit() {
            let chosen = choose_for_units(SourcingPolicy::FewestParcels, &wanted, &servers, &free);
            wanted.iter().map(|&(product, units)| self.find(&chosen, product, units, &mut free)).collect()
        } else {
            let chosen = choose(SourcingPolicy::FewestParcels, &wanted, &servers, &free);
            chosen.iter().zip(&wanted).map(|(&warehouse, &(_, units))| vec![(warehouse, units)]).collect()
        };
        let fewer: BTreeSet<usize> = takes.iter().flatten().map(|&(warehouse, _)| warehouse).collect();
        if fewer.len() >= parcels.len() {
            return false;
        }
        let (number, from, to) = (about.number, parcels.len(), fewer.len());
        let is_moved = |(line, takes): &(usize, Takes)| has(*line) != takes.iter().copied().collect();
        let moved: Vec<(usize, Takes)> = lines.iter().copied().zip(takes).filter(is_moved).collect();
        self.trace("order-sourced-anew", json!({ "order": number, "from": from, "parcels": to }));
        for (line, _) in &moved {
            let line = &mut self.orders[order].lines[*line];
            for (warehouse, units) in std::mem::take(&mut line.reserved) {
                self.pairs[warehouse][line.product].reserved -= i64::from(units);
            }
        }
        for (line, takes) in moved {
            for (warehouse, units) in takes {
                self.orders[order].lines[line].reserved.push((warehouse, units));
                self.take_off_the_shelf(order, line, warehouse, units);
            }
        }
        true
    }
}
