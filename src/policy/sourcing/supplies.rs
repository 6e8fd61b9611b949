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
        self.by_rank.resize(request.lanes.len(), 0);
        self.lines = request.lines.len();
        // Lanes within lines: there are equally many of them for most orders, so that only the end of the lines has to be guessed.
        for (bit, line) in request.lines.iter().enumerate() {
            for (supplied, lane) in self.by_rank.iter_mut().zip(request.lanes) {
                let has = multi_warehouse::is_able((request.free)(lane.warehouse, line.product), line.units);
                *supplied |= u64::from(has) << bit;
            }
        }
        self.available = self.by_rank.iter().fold(0, |available, supplied| available | supplied);
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
        self.first_that(|supplied| supplied == everything)
    }

    /// The first rank that has something of which this holds. All are asked: nobody can foresee which one it is, so that a loop that
    /// ended there would be guessed wrongly as often as not.
    #[inline(always)]
    fn first_that(&self, holds: impl Fn(u64) -> bool) -> Option<usize> {
        let ranks = self.by_rank.iter().enumerate().rev();
        ranks.fold(None, |later, (rank, &supplied)| if holds(supplied) { Some(rank) } else { later })
    }

    /// Whether a warehouse before a rank has any line.
    pub fn is_any_before(&self, rank: usize) -> bool {
        self.by_rank[..rank].iter().fold(0, |any, supplied| any | supplied) != 0
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
        self.first_that(|supplied| supplied != 0).is_none_or(|rank| self.by_rank[rank] == self.available)
    }

    /// Gives each line the first of some ranks that has it.
    pub(super) fn serve_from(
        &self,
        ranks: impl DoubleEndedIterator<Item = usize> + Clone,
        choice: &mut Vec<Option<usize>>,
    ) {
        choice.clear();
        choice.extend((0..self.lines).map(|bit| {
            let has_it = |rank: usize| self.by_rank[rank] >> bit & 1 != 0;
            ranks.clone().rev().fold(None, |later, rank| if has_it(rank) { Some(rank) } else { later })
        }));
    }
}
