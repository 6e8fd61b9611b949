//! The effects of the scenario's events in a replication, prepared before it begins.

use super::plan::Plan;
use super::roads::Roads;
use super::surge::Surge;
use super::timeline::{Change, changes, end_of, happenings};

/// What happens in a replication beside customers and vendors, known when it begins.
pub(super) struct Shocks<'a> {
    /// Beginnings and ends, in order.
    pub(super) changes: Vec<Change>,
    /// The lanes that each of them leaves.
    pub(super) roads: Roads,
    /// What they do to demand; `None` where they do nothing.
    pub(super) surge: Option<Surge<'a>>,
}

impl<'a> Shocks<'a> {
    /// The effects in a replication.
    pub(super) fn new(plan: &'a Plan<'a>, replication: u32) -> Self {
        let happenings = happenings(plan.model, replication);
        let changes = changes(&happenings, end_of(plan.model));
        Self {
            roads: Roads::new(plan.model, &changes),
            surge: Surge::new(plan.model, replication, &happenings),
            changes,
        }
    }
}
