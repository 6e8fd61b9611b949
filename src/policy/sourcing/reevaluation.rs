//! Re-evaluation: an order that has not left is sourced anew, if that makes fewer parcels.
//!
//! What an order reserved was chosen line by line, as stock came in. By the time all of it is covered one warehouse may have what it
//! took weeks of receipts to gather in several: then it leaves in fewer parcels, and what it had reserved elsewhere is free for
//! others. The warehouses are the set that [`fewest-parcels`](super) chooses, whatever the policy, out of what is free and what the
//! order itself has reserved; they serve it only if they are fewer. Xu, Allgor and Graves (2009), "Benefits of reevaluating real-time
//! order fulfillment decisions", *Manufacturing & Service Operations Management* 11, 340–355, exchange the assignments of orders that
//! have not been picked among one another; here each order is looked at alone, when it is about to leave, so that at that moment no
//! order leaves in more parcels than it would have without.

use super::by_units::Take;
use super::request::Request;
use super::{Beyond, Sourcer};
use crate::domain::{ProductId, SourcingPolicy, WarehouseId};

/// Sources anew, with its working memory.
pub struct Reevaluation {
    fewest: Sourcer<'static>,
    choice: Vec<Option<usize>>,
}

impl Default for Reevaluation {
    fn default() -> Self {
        Self { fewest: Sourcer::with(SourcingPolicy::FewestParcels, Beyond::Nothing), choice: Vec::new() }
    }
}

impl Reevaluation {
    /// Serves all lines of a request, divided `by_unit` or whole, in fewer than so many parcels, and says in how many; `takes` is then
    /// who gives what, line by line. `None` if that cannot be done, and `takes` means nothing.
    pub fn serve_in_fewer(
        &mut self,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        by_unit: bool,
        parcels: usize,
        takes: &mut Vec<Take>,
    ) -> Option<usize> {
        takes.clear();
        if by_unit {
            self.fewest.choose_units(request, true, takes);
        } else {
            self.fewest.choose(request, &mut self.choice);
            let served = self.choice.iter().zip(request.lines).enumerate();
            takes.extend(
                served.filter_map(|(index, (rank, line))| Some(Take { index, rank: (*rank)?, units: line.units })),
            );
        }
        let given: u64 = takes.iter().map(|take| u64::from(take.units)).sum();
        let wanted: u64 = request.lines.iter().map(|line| u64::from(line.units)).sum();
        let is_first = |(at, take): &(usize, &Take)| takes[..*at].iter().all(|other| other.rank != take.rank);
        let needed = takes.iter().enumerate().filter(is_first).count();
        (given == wanted && needed < parcels).then_some(needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cents, Lane, OrderedLine, Span};

    /// Parcels, and the line, the warehouse and the units of each take.
    type Served = (usize, Vec<(usize, usize, u32)>);

    /// In how many parcels three warehouses serve lines (product, units), if in fewer than three; and who gives what.
    fn served(stock: [[i32; 2]; 3], wanted: &[(u32, u32)], by_unit: bool) -> Option<Served> {
        let lane = |at| Lane { warehouse: WarehouseId(at), parcel_cost: Cents(500), transit: Span::ZERO };
        let lanes = [lane(0), lane(1), lane(2)];
        let lines: Vec<OrderedLine> =
            wanted.iter().map(|&(product, units)| OrderedLine { product: ProductId(product), units }).collect();
        let free = |w: WarehouseId, p: ProductId| stock[w.index()][p.index()];
        let mut takes = Vec::new();
        let request = Request { lanes: &lanes, lines: &lines, free };
        let parcels = Reevaluation::default().serve_in_fewer(&request, by_unit, 3, &mut takes)?;
        Some((parcels, takes.into_iter().map(|take| (take.index, take.rank, take.units)).collect()))
    }

    #[test]
    fn only_fewer_parcels_that_serve_all_of_it_will_do() {
        let whole = |stock, wanted: &[(u32, u32)]| served(stock, wanted, false);
        assert_eq!(whole([[1, 0], [0, 1], [1, 1]], &[(0, 1), (1, 1)]), Some((1, vec![(0, 2, 1), (1, 2, 1)])));
        assert_eq!(whole([[1, 0], [1, 0], [1, 0]], &[(0, 1), (0, 1), (0, 1)]), None, "three are not fewer than three");
        assert_eq!(whole([[1, 0], [1, 0], [0, 0]], &[(0, 1), (1, 1)]), None, "nobody has the second line");
        assert_eq!(whole([[2, 0], [1, 0], [0, 0]], &[(0, 3)]), None, "whole lines are not divided");
        assert_eq!(served([[2, 0], [1, 0], [0, 0]], &[(0, 3)], true), Some((2, vec![(0, 0, 2), (0, 1, 1)])));
    }
}
