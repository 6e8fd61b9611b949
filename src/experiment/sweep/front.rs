//! Cost against service: the cells that no other beats in both.

use super::SweepCell;
use crate::measures::{Better, Metric, Unit};

/// The Pareto front of a sweep, by the figures as measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Front {
    /// What is paid.
    pub cost: Metric,
    /// What it buys.
    pub service: Metric,
    /// The cells that no other beats in one without losing in the other, from the cheapest on.
    pub cells: Vec<usize>,
}

impl Front {
    /// The front of cost and service among the measures shown: of all costs together, or else the first measure of money,
    /// and the first measure of service. `None` where one of the two is not shown, or costs are the same in all cells.
    pub(super) fn of(cells: &[SweepCell], shown: &[Metric]) -> Option<Self> {
        let is_cost = |metric: &&Metric| {
            let definition = metric.definition();
            definition.unit == Unit::Money && definition.better == Better::Lower
        };
        let all_costs = shown.iter().find(|metric| **metric == Metric::CostPerOrder);
        let cost = *all_costs.or_else(|| shown.iter().find(is_cost))?;
        let better = |wanted: Better| {
            let is_it = |metric: &&Metric| metric.definition().better == wanted && !is_cost(metric);
            shown.iter().find(is_it).copied()
        };
        let service = better(Better::Higher).or_else(|| better(Better::Lower))?;
        let sign = if service.definition().better == Better::Higher { 1.0 } else { -1.0 };
        let point = |(cell, found): (usize, &SweepCell)| {
            Some((found.figure(cost)?.mean, sign * found.figure(service)?.mean, cell))
        };
        let mut points: Vec<(f64, f64, usize)> = cells.iter().enumerate().filter_map(point).collect();
        if points.windows(2).all(|pair| pair[0].0 == pair[1].0) {
            return None;
        }
        // The cheapest first, and of equally cheap ones the best.
        points.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        let mut best: Option<(f64, f64)> = None;
        points.retain(|&(cost, service, _)| {
            // Equal in both is beaten by none.
            let is_on_it = best.is_none_or(|(paid, reached)| service > reached || (cost, service) == (paid, reached));
            if is_on_it {
                best = Some((cost, service));
            }
            is_on_it
        });
        Some(Self { cost, service, cells: points.into_iter().map(|(_, _, cell)| cell).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Figure;
    use super::*;

    fn cell(figures: &[(Metric, f64)]) -> SweepCell {
        let mut all = vec![None; Metric::ALL.len()];
        for &(metric, mean) in figures {
            all[metric.index()] = Some(Figure { mean, half_width: None });
        }
        SweepCell { values: Vec::new(), replications: 2, figures: all, precision: None }
    }

    fn front(points: &[(f64, f64)], service: Metric) -> Vec<usize> {
        let cells: Vec<SweepCell> =
            points.iter().map(|&(cost, value)| cell(&[(Metric::CostPerOrder, cost), (service, value)])).collect();
        Front::of(&cells, &[service, Metric::CostPerOrder]).map_or(Vec::new(), |front| front.cells)
    }

    #[test]
    fn who_is_beaten_in_both_is_not_on_it() {
        let points = [(12.0, 0.9), (10.0, 0.8), (11.0, 0.95), (13.0, 0.99), (10.0, 0.7), (13.0, 0.99)];
        assert_eq!(front(&points, Metric::OrderFillRate), [1, 2, 3, 5]);
        // Of days, fewer are better.
        assert_eq!(front(&points, Metric::DeliverDaysMean), [4]);
        let days = [(10.0, 4.0), (11.0, 3.0), (12.0, 3.5)];
        assert_eq!(front(&days, Metric::DeliverDaysMean), [0, 1]);
    }

    #[test]
    fn without_cost_or_service_there_is_none() {
        let cells = [cell(&[(Metric::CostPerOrder, 1.0)])];
        assert_eq!(Front::of(&cells, &[Metric::CostPerOrder]), None);
        assert_eq!(Front::of(&cells, &[Metric::OrderFillRate]), None);
        assert_eq!(Front::of(&cells, &[Metric::OrderFillRate, Metric::CostPerOrder]), None);
        assert_eq!(front(&[(10.0, 0.8), (10.0, 0.9)], Metric::OrderFillRate), [0; 0], "nothing is paid for");
    }
}
