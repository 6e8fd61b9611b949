//! Events of the scenario: what is on, and what that leaves of lanes, shelves and vendors.

use backorder::domain::{Cents, Effect, Lane, Model, SimTime, When};
use serde_json::json;

use super::certain::seconds;
use super::world::World;

/// A beginning or an end: when, whether it is an end, and of which event; sorted, so that beginnings come first.
pub type Change = (i64, bool, usize);

/// Every beginning and end before the end of a run.
pub fn changes(model: &Model, end: i64) -> Vec<Change> {
    let mut all = vec![];
    for (row, event) in model.events().iter().enumerate() {
        let mut add = |from: SimTime, to: i64| {
            if from.0 < to {
                all.push((from.0, false, row));
                all.push((to, true, row));
            }
        };
        match &event.when {
            When::Once { from, to } => add(*from, to.map_or(i64::MAX, |to| to.0)),
            When::Yearly { from, to } => {
                (0..100).for_each(|year| add(SimTime(from.0 + year * 365 * 86_400), to.0 + year * 365 * 86_400));
            }
            When::Random { every, lasts } => {
                let (every, lasts) = (seconds(every), seconds(lasts));
                let mut from = every;
                while from < end {
                    add(SimTime(from), from + lasts);
                    from += lasts + every.max(1);
                }
            }
        }
    }
    all.retain(|&(at, is_end, row)| at < end && (!is_end || all_begin_before_the_end(model, row, end)));
    all.sort_unstable();
    all
}

/// What never begins never ends either.
fn all_begin_before_the_end(model: &Model, row: usize, end: i64) -> bool {
    match &model.events()[row].when {
        When::Once { from, .. } | When::Yearly { from, .. } => from.0 < end,
        When::Random { every, .. } => seconds(every) < end,
    }
}

impl World<'_> {
    /// Events that begin or end now; answers whether what is free now may be free to others than before.
    pub fn change_events(&mut self) -> bool {
        let mut opens = false;
        while let Some(&(at, is_end, row)) = self.changes.get(self.changes_done)
            && at <= self.now
        {
            self.changes_done += 1;
            let event = &self.model.events()[row];
            self.trace(if is_end { "event-ended" } else { "event-began" }, json!({ "name": event.name }));
            let before: Vec<i64> = (0..self.model.products().len()).map(|product| self.network_free(product)).collect();
            self.on[row] = !is_end;
            for (product, before) in before.into_iter().enumerate() {
                if before >= 1 && self.network_free(product) == 0 {
                    self.ran_out[product] = self.now;
                }
            }
            for order in 0..self.orders.len() {
                let lanes = self.lanes(self.orders[order].zone);
                let all = lanes.iter().map(|lane| lane.warehouse.index());
                let assigned = self.orders[order].assigned;
                self.orders[order].servers = match assigned {
                    Some(only) => all.filter(|&warehouse| warehouse == only).collect(),
                    None => all.collect(),
                };
            }
            if !is_end {
                self.move_homes();
            }
            match event.effect {
                Effect::Stopped { vendor } => self.settle_disruption(vendor.index()),
                Effect::Shut { .. } | Effect::LaneClosed { .. } | Effect::ParcelCost { .. } => opens |= is_end,
                Effect::LeadTime { .. } | Effect::Demand { .. } | Effect::UnitCost { .. } | Effect::Price { .. } => {}
            }
        }
        opens
    }

    /// Who waits at a home that serves no more waits at the next one that carries the product.
    fn move_homes(&mut self) {
        for order in 0..self.orders.len() {
            if self.orders[order].assigned.is_some() {
                continue;
            }
            let lanes = self.lanes(self.orders[order].zone);
            for line in 0..self.orders[order].lines.len() {
                let (home, product) = (self.orders[order].lines[line].home, self.orders[order].lines[line].product);
                if lanes.iter().any(|lane| Some(lane.warehouse.index()) == home) {
                    continue;
                }
                let mut servers = lanes.iter().map(|lane| lane.warehouse.index());
                if let (true, Some(next)) =
                    (self.orders[order].lines[line].waits(), servers.find(|&at| self.carries(at, product)))
                {
                    self.orders[order].lines[line].home = Some(next);
                }
            }
        }
    }

    fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.model.events().iter().zip(&self.on).filter(|(_, on)| **on).map(|(event, _)| &event.effect)
    }

    /// Whether a warehouse takes on nothing.
    pub fn is_shut(&self, at: usize) -> bool {
        self.effects().any(|effect| matches!(effect, Effect::Shut { warehouse } if warehouse.index() == at))
    }

    /// Whether a vendor is stopped.
    pub fn is_stopped(&self, at: usize) -> bool {
        self.effects().any(|effect| matches!(effect, Effect::Stopped { vendor } if vendor.index() == at))
    }

    /// How many times as long a vendor's lead times are.
    pub fn lead_time_factor(&self, of: usize) -> f64 {
        let factor = |effect: &Effect| match effect {
            Effect::LeadTime { vendor, factor } if vendor.index() == of => *factor,
            _ => 1.0,
        };
        self.effects().map(factor).product()
    }

    /// The lanes to a zone, in preference order.
    pub fn lanes(&self, to: usize) -> Vec<Lane> {
        let mut lanes = vec![];
        for lane in &self.model.zones()[to].lanes {
            let is_closed = self.effects().any(|effect| match effect {
                Effect::Shut { warehouse } => *warehouse == lane.warehouse,
                Effect::LaneClosed { warehouse, zone } => *warehouse == lane.warehouse && zone.index() == to,
                _ => false,
            });
            if is_closed {
                continue;
            }
            let mut factor = 1.0;
            for effect in self.effects() {
                if let Effect::ParcelCost { warehouse, zone, factor: times } = effect
                    && warehouse.is_none_or(|from| from == lane.warehouse)
                    && zone.is_none_or(|zone| zone.index() == to)
                {
                    factor *= times;
                }
            }
            lanes.push(Lane { parcel_cost: Cents::from_decimal(lane.parcel_cost.decimal() * factor), ..*lane });
        }
        lanes.sort_by_key(|lane| (lane.parcel_cost, lane.transit, lane.warehouse));
        lanes
    }
}
