//! Who has what: which lines of an order each eligible warehouse has whole.

use super::request::Request;
use crate::domain::{OrderedLine, ProductId, WarehouseId};
use crate::rules::multi_warehouse;

/// Which lines of an order each eligible warehouse has whole: line i is bit i. Only for orders in which no product stands twice,
/// where no line takes another's stock, so that a warehouse that has two lines can supply both.
#[derive(Default)]
pub struct Supplies {
    /// By rank in the preference order.
    by_rank: Vec<u64>,
    /// What any of them has.
    available: u64,
    lines: usize,
}

impl Supplies {
    /// Lines of an order that can be looked at so.
    pub const MAX_LINES: usize = u64::BITS as usize;

    /// Looks anew.
    #[inline(always)]
    pub(super) fn look(&mut self, request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>) {
        debug_assert!(request.lines.len() <= Self::MAX_LINES && OrderedLine::are_distinct(request.lines));
        self.by_rank.clear();
        self.available = 0;
        self.lines = request.lines.len();
        for lane in request.lanes {
            let has = |bit: usize| {
                let line = request.lines[bit];
                u64::from(multi_warehouse::is_able((request.free)(lane.warehouse, line.product), line.units))
            };
            let supplied = (0..self.lines).fold(0, |supplied, bit| supplied | has(bit) << bit);
            self.available |= supplied;
            self.by_rank.push(supplied);
        }
    }

    /// Whether every line is available somewhere.
    #[inline(always)]
    pub fn are_complete(&self) -> bool {
        self.available == self.everything()
    }

    /// Whether no line is available anywhere.
    #[inline(always)]
    pub const fn are_empty(&self) -> bool {
        self.available == 0
    }

    /// The rank of the first warehouse that has everything.
    #[inline(always)]
    pub fn first_with_everything(&self) -> Option<usize> {
        let everything = self.everything();
        self.by_rank.iter().position(|&supplied| supplied == everything)
    }

    /// Whether a warehouse before a rank has any line.
    pub fn is_any_before(&self, rank: usize) -> bool {
        self.by_rank[..rank].iter().any(|&supplied| supplied != 0)
    }

    #[inline(always)]
    const fn everything(&self) -> u64 {
        match self.lines {
            Self::MAX_LINES => u64::MAX,
            lines => (1 << lines) - 1,
        }
    }

    /// The lines that are available, as bits.
    pub(super) const fn available(&self) -> u64 {
        self.available
    }

    /// What a rank has.
    pub(super) fn of(&self, rank: usize) -> u64 {
        self.by_rank[rank]
    }

    /// Each rank with what it has.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, u64)> {
        self.by_rank.iter().copied().enumerate()
    }

    /// All ranks.
    pub(super) fn ranks(&self) -> std::ops::Range<usize> {
        0..self.by_rank.len()
    }

    /// Whether the first warehouse that has anything has all that is available: preference ascends in cost, so nothing is cheaper
    /// or fewer.
    pub(super) fn is_one_parcel_from_the_first_able(&self) -> bool {
        self.by_rank.iter().find(|&&supplied| supplied != 0).is_none_or(|&supplied| supplied == self.available)
    }

    /// Gives each line the first of some ranks that has it.
    pub(super) fn serve_from(&self, ranks: impl Iterator<Item = usize>, choice: &mut Vec<Option<usize>>) {
        choice.clear();
        choice.resize(self.lines, None);
        let mut open = self.available;
        for rank in ranks {
            let mut served = open & self.by_rank[rank];
            open &= !served;
            while served != 0 {
                choice[served.trailing_zeros() as usize] = Some(rank);
                served &= served - 1;
            }
        }
    }
}
