//! `most-stock`: each line from the warehouse that has most of its product, of those that have enough.
//!
//! What one warehouse holds too much of goes first, so that shelves run out together and none stands full beside empty ones; parcels
//! are neither counted nor paid for. Lines are served in their order, and each sees what the lines before it left. Where a line is
//! divided by the unit, it takes all that the warehouse with most has, then what the next has. Of equals the first in preference
//! order serves. Which lines are available is found as under every policy; a line makes way where that is the only way to serve
//! another one that is.

use super::by_units::Take;
use super::request::Request;
use super::serving::{Attempt, Preference, Served, left};
use crate::domain::{ProductId, WarehouseId};

/// The policy, with its working memory.
#[derive(Default)]
pub(super) struct MostStock {
    attempt: Attempt,
}

/// Asks first whoever has most left.
struct ByStock<'s, 'r, F> {
    request: &'s Request<'r, F>,
}

impl<F: Fn(WarehouseId, ProductId) -> i32> Preference for ByStock<'_, '_, F> {
    fn key(&self, rank: usize, index: usize, taken: &[Take]) -> i64 {
        -left(self.request, rank, self.request.lines[index].product, taken)
    }
}

impl MostStock {
    /// Serves what `takes` holds, which is what the walk in preference order found to be available.
    pub(super) fn choose(
        &mut self,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        served: Served,
        takes: &mut Vec<Take>,
    ) {
        self.attempt.serve(request, served, &ByStock { request }, takes);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Beyond, Sourcer};
    use super::*;
    use crate::domain::{Cents, Lane, OrderedLine, SourcingPolicy, Span};

    /// What three warehouses give of lines (product, units), as (line, rank, units).
    fn taken(stock: [&[i32]; 3], wanted: &[(u32, u32)], by_unit: bool) -> Vec<(usize, usize, u32)> {
        let lane = |at| Lane { warehouse: WarehouseId(at), parcel_cost: Cents(500), transit: Span::ZERO };
        let lanes = [lane(0), lane(1), lane(2)];
        let lines: Vec<OrderedLine> =
            wanted.iter().map(|&(product, units)| OrderedLine { product: ProductId(product), units }).collect();
        let free = |w: WarehouseId, p: ProductId| stock[w.index()][p.index()];
        let request = Request { lanes: &lanes, lines: &lines, free };
        let mut sourcer = Sourcer::with(SourcingPolicy::MostStock, Beyond::MostStock(Box::default()));
        if by_unit {
            let mut takes = Vec::new();
            sourcer.choose_units(&request, false, &mut takes);
            return takes.into_iter().map(|take| (take.index, take.rank, take.units)).collect();
        }
        let mut choice = Vec::new();
        sourcer.choose(&request, &mut choice);
        let served = choice.iter().zip(&lines).enumerate();
        served.filter_map(|(index, (rank, line))| Some((index, (*rank)?, line.units))).collect()
    }

    #[test]
    fn whoever_has_most_serves_and_of_equals_the_first() {
        assert_eq!(taken([&[3], &[7], &[5]], &[(0, 2)], false), [(0, 1, 2)]);
        assert_eq!(taken([&[5], &[5], &[5]], &[(0, 2)], false), [(0, 0, 2)]);
    }

    #[test]
    fn a_line_sees_what_the_lines_before_it_left() {
        // After two of seven are taken, five are left in both.
        assert_eq!(taken([&[5], &[7], &[1]], &[(0, 2), (0, 1), (0, 1)], false), [(0, 1, 2), (1, 0, 1), (2, 1, 1)]);
    }

    #[test]
    fn a_line_makes_way_where_another_cannot_be_served_otherwise() {
        // Four would go where five are; but of the lines of four and five only that way round both are there.
        assert_eq!(taken([&[4], &[5], &[0]], &[(0, 4), (0, 5)], false), [(0, 0, 4), (1, 1, 5)]);
    }

    #[test]
    fn by_the_unit_a_line_takes_all_that_the_richest_has_and_then_of_the_next() {
        assert_eq!(taken([&[3], &[6], &[4]], &[(0, 11)], true), [(0, 1, 6), (0, 2, 4), (0, 0, 1)]);
    }
}
