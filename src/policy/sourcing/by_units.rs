//! Granularity `unit`: a line takes what is free, warehouse by warehouse in preference order, whatever the policy.

use super::Request;
use crate::domain::{ProductId, WarehouseId};

/// A part of a line that some warehouse supplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Take {
    /// Position of the line in the request.
    pub index: usize,
    /// Rank of the lane, in preference order.
    pub rank: usize,
    /// How many units.
    pub units: u32,
}

/// Walks the lines in their order; each takes up to its units, warehouse by warehouse, of what the lines before it left. Where
/// `whole_lines` only are wanted, a line that cannot be taken whole takes nothing. What is taken is added to `takes`, which are those
/// of the request alone.
pub fn walk(request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>, whole_lines: bool, takes: &mut Vec<Take>) {
    let Request { lanes, lines, free } = request;
    for (index, line) in lines.iter().enumerate() {
        let start = takes.len();
        let mut missing = line.units;
        for (rank, lane) in lanes.iter().enumerate() {
            let taken: u32 = takes[..start]
                .iter()
                .filter(|take| take.rank == rank && lines[take.index].product == line.product)
                .map(|take| take.units)
                .sum();
            let left = (free(lane.warehouse, line.product).max(0) as u32).saturating_sub(taken);
            let units = left.min(missing);
            if units > 0 {
                takes.push(Take { index, rank, units });
                missing -= units;
            }
            if missing == 0 {
                break;
            }
        }
        if missing > 0 && whole_lines {
            takes.truncate(start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cents, Lane, OrderedLine, Span};

    #[test]
    fn a_line_takes_what_is_free_warehouse_by_warehouse_after_the_lines_before_it() {
        let lane = |at| Lane { warehouse: WarehouseId(at), parcel_cost: Cents(500), transit: Span::ZERO };
        let lanes = [lane(0), lane(1)];
        let line = |units| OrderedLine { product: ProductId(0), units };
        let free = |warehouse: WarehouseId, _| [3, 2][warehouse.index()];
        let taken = |lines: &[OrderedLine], whole_lines| {
            let mut takes = Vec::new();
            walk(&Request { lanes: &lanes, lines, free }, whole_lines, &mut takes);
            takes.into_iter().map(|take| (take.index, take.rank, take.units)).collect::<Vec<_>>()
        };
        assert_eq!(taken(&[line(2), line(2), line(4)], false), [(0, 0, 2), (1, 0, 1), (1, 1, 1), (2, 1, 1)]);
        assert_eq!(taken(&[line(2), line(4), line(3)], true), [(0, 0, 2), (2, 0, 1), (2, 1, 2)]);
    }
}
