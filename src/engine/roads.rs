//! The lanes of each zone while events close warehouses and lanes or change what parcels cost.
//!
//! All of a replication's changes are known when it begins, so the lanes after each change are computed then, and the engine only switches to them.
//! A closed lane is left out; a changed cost changes the order of preference.

use super::plan::{Nearest, Plan};
use super::timeline::Change;
use crate::domain::{Cents, Effect, Lane, Model, WarehouseId, ZoneId};

/// The lanes after each change of a replication.
pub(super) struct Roads {
    /// For each change, the zones whose lanes are others from then on.
    changed: Vec<Vec<(ZoneId, Vec<Lane>)>>,
}

impl Roads {
    /// The lanes after each of some changes.
    pub(super) fn new(model: &Model, changes: &[Change]) -> Self {
        if changes.is_empty() {
            return Self { changed: Vec::new() };
        }
        let mut on = vec![0_u32; model.events.len()];
        let mut now: Vec<Vec<Lane>> = model.zones.iter().map(|zone| zone.lanes.clone()).collect();
        let mut changed = Vec::with_capacity(changes.len());
        for change in changes {
            let count = &mut on[change.event as usize];
            *count = if change.begins { *count + 1 } else { *count - 1 };
            let mut others = Vec::new();
            if model.events[change.event as usize].effect.changes_lanes() {
                for zone in (0..model.zones.len()).map(ZoneId::from_index) {
                    let lanes = lanes(model, zone, &on);
                    if lanes != now[zone.index()] {
                        now[zone.index()].clone_from(&lanes);
                        others.push((zone, lanes));
                    }
                }
            }
            changed.push(others);
        }
        Self { changed }
    }

    /// The zones whose lanes are others after a change, by its number.
    pub(super) fn after(&self, change: usize) -> &[(ZoneId, Vec<Lane>)] {
        &self.changed[change]
    }
}

/// The lanes to a zone while events are on (`on`: how many times each), in preference order.
fn lanes(model: &Model, zone: ZoneId, on: &[u32]) -> Vec<Lane> {
    let active = || model.events.iter().zip(on).filter(|&(_, &times)| times > 0).map(|(event, _)| &event.effect);
    let is_closed = |at: WarehouseId| {
        active().any(|effect| match *effect {
            Effect::Shut { warehouse } => warehouse == at,
            Effect::LaneClosed { warehouse, zone: to } => (warehouse, to) == (at, zone),
            _ => false,
        })
    };
    let factor = |from: WarehouseId| -> f64 {
        active()
            .map(|effect| match *effect {
                Effect::ParcelCost { warehouse, zone: to, factor }
                    if warehouse.is_none_or(|at| at == from) && to.is_none_or(|to| to == zone) =>
                {
                    factor
                }
                _ => 1.0,
            })
            .product()
    };
    let open = model.zones[zone.index()].lanes.iter().filter(|lane| !is_closed(lane.warehouse));
    let mut lanes: Vec<Lane> = open
        .map(|lane| {
            let factor = factor(lane.warehouse);
            let parcel_cost =
                if factor == 1.0 { lane.parcel_cost } else { Cents::from_decimal(lane.parcel_cost.decimal() * factor) };
            Lane { parcel_cost, ..*lane }
        })
        .collect();
    lanes.sort_by_key(|lane| (lane.parcel_cost, lane.transit, lane.warehouse));
    lanes
}

/// The lanes by which orders are served now.
#[derive(Default)]
pub(super) struct OpenRoads<'a> {
    /// The lanes of each zone, in preference order.
    pub(super) lanes: Vec<&'a [Lane]>,
    /// The nearest warehouse of each zone.
    pub(super) nearest: Vec<Nearest>,
    /// Whether every zone has a lane.
    pub(super) serve_every_zone: bool,
}

impl<'a> OpenRoads<'a> {
    /// The lanes of the scenario, without events, in the memory of others.
    pub(super) fn new(plan: &'a Plan<'a>, mut memory: OpenRoads<'a>) -> Self {
        memory.lanes.clear();
        memory.lanes.extend(plan.model.zones.iter().map(|zone| &*zone.lanes));
        memory.nearest.clone_from(&plan.nearest);
        memory.serve_every_zone = plan.serves_every_zone;
        memory
    }

    /// What is left of them as memory for others.
    pub(super) fn into_memory(mut self) -> OpenRoads<'static> {
        self.lanes.clear();
        // An empty list that was one of other borrows: collected where it stands, so that it keeps its memory.
        let lanes = self.lanes.into_iter().map(|_| &[] as &'static [Lane]).collect();
        OpenRoads { lanes, ..self }
    }

    /// Switches to the lanes after a change.
    pub(super) fn turn_to(&mut self, model: &Model, changed: &'a [(ZoneId, Vec<Lane>)]) {
        for (zone, lanes) in changed {
            self.lanes[zone.index()] = lanes;
            self.nearest[zone.index()] = Nearest::new(model, &model.zones[zone.index()], lanes);
        }
        self.serve_every_zone = self.lanes.iter().all(|lanes| !lanes.is_empty());
    }
}
