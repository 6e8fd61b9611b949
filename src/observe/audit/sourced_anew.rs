//! The auditor's look at orders that are sourced anew before they leave: in fewer parcels, all of them in that instant.

use super::Auditor;
use super::breach::Invariant;
use crate::domain::{Mode, OrderNumber};
use crate::engine::OrderRef;

impl Auditor<'_> {
    /// A held order of which nothing waits is sourced anew, for fewer parcels than it has reserved stock for.
    pub(super) fn source_anew(&mut self, order: OrderRef, from: u32, to: u32) {
        let number = order.number;
        let found = self.with(order, "sourcing anew", |open| {
            let reserved = open.lines.iter().filter(|line| line.ending.is_none()).flat_map(|line| &line.reserved);
            let mut places: Vec<_> = reserved.map(|&(warehouse, _)| warehouse).collect();
            places.sort_unstable();
            places.dedup();
            open.anew = Some((open.parcel_count(), to));
            (places.len(), open.mode, open.waiting_line().is_some())
        });
        let Some((places, mode, waits)) = found else { return };
        if !self.model.sourcing.reevaluate || mode != Some(Mode::Held) || waits || places != from as usize || to >= from
        {
            self.breach(Invariant::LeavesWhole, || {
                format!("order {number} was sourced anew from {from} to {to} parcels, with stock reserved in {places} places")
            });
        }
    }

    /// What was sourced anew left in as many parcels as it was to, or waits in as many at docks.
    pub(super) fn check_sourced_anew(&mut self, number: OrderNumber) {
        let Some(open) = self.orders.get_mut(&number) else { return };
        let Some((before, to)) = open.anew.take() else { return };
        let parcels = open.parcel_count().abs_diff(before);
        if parcels != to as usize {
            self.breach(Invariant::LeavesWhole, || {
                format!("order {number} was sourced anew for {to} parcels and left in {parcels}")
            });
        }
    }
}
