//! `nearest`: line by line, the first warehouse in preference order that can.
//!
//! The same walk tells every policy which lines are available.

use super::request::Request;
use crate::domain::{OrderedLine, ProductId, WarehouseId};
use crate::rules::multi_warehouse;

/// Walks the lines in their order; each takes from the first warehouse that has it whole after the lines before it.
pub fn walk(request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>, choice: &mut Vec<Option<usize>>) {
    choice.clear();
    for (index, line) in request.lines.iter().enumerate() {
        let earlier = &request.lines[..index];
        let free = |rank: usize| (request.free)(request.lanes[rank].warehouse, line.product);
        let ranks = 0..request.lanes.len();
        let supplier = if OrderedLine::is_named(earlier, line.product) {
            // Earlier lines of the same product took some of it; only scripted and replayed orders have such.
            let taken = |rank: usize| -> i32 {
                let same = earlier.iter().zip(choice.iter()).filter(|&(other, _)| other.product == line.product);
                same.filter(|&(_, &at)| at == Some(rank)).map(|(other, _)| other.units as i32).sum()
            };
            multi_warehouse::first_able(ranks.map(|rank| free(rank) - taken(rank)), line.units)
        } else {
            multi_warehouse::first_able(ranks.map(free), line.units)
        };
        choice.push(supplier);
    }
}
