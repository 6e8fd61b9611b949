//! Lines served in turn, each from the warehouse that it prefers among those that leave a way to serve the rest.

use super::by_units::Take;
use super::covering::MAX_STEPS;
use super::request::Request;
use crate::domain::{ProductId, WarehouseId};

/// How the lines of an order are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Served {
    /// Each from one warehouse.
    Whole,
    /// From several, if need be.
    ByUnits,
}

/// Which warehouse a line prefers.
pub(super) trait Preference {
    /// What the warehouse at a rank is compared by when line `index` asks, after what lines have taken so far: less is asked
    /// first, of equals the more preferred rank. What the line itself has taken does not change it.
    fn key(&self, rank: usize, index: usize, taken: &[Take]) -> i64;
}

/// Serves lines from some ranks, each line of so many units, in their order; what each takes is added to `taken`. `false` where the
/// ranks have not got it all, or a way was not found in so many steps.
pub(super) fn serve(
    request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
    served: Served,
    preference: &impl Preference,
    wanted: &[(usize, u32)],
    ranks: &[usize],
    (taken, steps): (&mut Vec<Take>, &mut usize),
) -> bool {
    let Some((&(index, units), rest)) = wanted.split_first() else { return true };
    let (start, mut missing, mut last) = (taken.len(), units, None);
    loop {
        let keys = ranks.iter().map(|&rank| (preference.key(rank, index, &taken[..start]), rank));
        let Some(next) = keys.filter(|&key| last.is_none_or(|last| key > last)).min() else { return false };
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        last = Some(next);
        let rank = next.1;
        let left = left(request, rank, request.lines[index].product, taken).clamp(0, missing.into()) as u32;
        match served {
            Served::Whole if left == units => {
                taken.push(Take { index, rank, units });
                if serve(request, served, preference, rest, ranks, (taken, steps)) {
                    return true;
                }
                taken.truncate(start);
            }
            Served::ByUnits if left > 0 => {
                taken.push(Take { index, rank, units: left });
                missing -= left;
                if missing == 0 {
                    return serve(request, served, preference, rest, ranks, (taken, steps));
                }
            }
            _ => {}
        }
    }
}

/// Free units of a product at a rank, after what has been taken there.
pub(super) fn left(
    request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
    rank: usize,
    product: ProductId,
    taken: &[Take],
) -> i64 {
    let same = taken.iter().filter(|take| take.rank == rank && request.lines[take.index].product == product);
    let taken: i64 = same.map(|take| i64::from(take.units)).sum();
    i64::from((request.free)(request.lanes[rank].warehouse, product)) - taken
}

/// A trial to serve what is available by a preference, with its working memory.
#[derive(Default)]
pub(super) struct Attempt {
    wanted: Vec<(usize, u32)>,
    ranks: Vec<usize>,
    trial: Vec<Take>,
}

impl Attempt {
    /// Serves what `takes` holds, which is what the walk in preference order found to be available; `takes` becomes what each
    /// warehouse gives, line by line, or stays where no way was found.
    pub(super) fn serve(
        &mut self,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        served: Served,
        preference: &impl Preference,
        takes: &mut Vec<Take>,
    ) {
        wanted(takes, &mut self.wanted);
        self.ranks.clear();
        self.ranks.extend(0..request.lanes.len());
        self.trial.clear();
        let mut steps = MAX_STEPS;
        if serve(request, served, preference, &self.wanted, &self.ranks, (&mut self.trial, &mut steps)) {
            std::mem::swap(takes, &mut self.trial);
        }
    }
}

/// The lines that take anything, in their order, and how many units of each.
pub(super) fn wanted(takes: &[Take], wanted: &mut Vec<(usize, u32)>) {
    wanted.clear();
    for take in takes {
        match wanted.last_mut() {
            Some((index, units)) if *index == take.index => *units += take.units,
            _ => wanted.push((take.index, take.units)),
        }
    }
}
