//! `nearest`: line by line, the first warehouse in preference order that can.
//!
//! The same walk tells every policy which lines are available.

use super::Request;
use crate::domain::{ProductId, WarehouseId};
use crate::rules::multi_warehouse;

/// Walks the lines in their order; each takes from the first warehouse that has it whole after the lines before it.
pub fn walk(request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>, choice: &mut Vec<Option<usize>>) {
    choice.clear();
    for (index, line) in request.lines.iter().enumerate() {
        // What earlier lines of the same product took; nothing in all but scripted orders.
        let left = |rank: usize| {
            let taken: i64 = request.lines[..index]
                .iter()
                .zip(choice.iter())
                .filter(|&(other, &at)| other.product == line.product && at == Some(rank))
                .map(|(other, _)| i64::from(other.units))
                .sum();
            i64::from((request.free)(request.lanes[rank].warehouse, line.product)) - taken
        };
        let supplier = multi_warehouse::first_able((0..request.lanes.len()).map(|rank| left(rank) as i32), line.units);
        choice.push(supplier);
    }
}
