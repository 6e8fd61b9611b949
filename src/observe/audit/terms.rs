//! The scenario's settings as the invariants speak of them.
//!
//! Stated here again, from the rules' wording and not from the rules' code: an auditor that asked the audited whether
//! an order may be split would share its mistakes.

use super::orders::OpenOrder;
use crate::domain::{
    CancelClock, CancelScope, Cents, Effect, FullOrder, Granularity, Lane, Mode, Model, Pool, Priority, ProductId,
    Span, WarehouseId,
};
use crate::engine::OrderRef;

/// The settings that bear on the invariants.
pub(super) struct Terms<'a> {
    model: &'a Model,
    /// The age limit; `None` is never.
    pub(super) cancel_after: Option<Span>,
    pub(super) cancel_clock: CancelClock,
    pub(super) cancel_scope: CancelScope,
    /// Lines take single units.
    pub(super) by_unit: bool,
    /// Which events are on.
    on: Vec<bool>,
    /// The lanes to each zone meanwhile, in preference order.
    lanes: Vec<Vec<Lane>>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let rules = &model.rules;
        Self {
            model,
            cancel_after: rules.cancellation.after,
            cancel_clock: rules.cancellation.clock,
            cancel_scope: rules.cancellation.scope,
            by_unit: rules.split.granularity == Granularity::Unit,
            on: vec![false; model.events.len()],
            lanes: model.zones.iter().map(|zone| zone.lanes.clone()).collect(),
        }
    }

    /// Whether an order must leave as one parcel.
    pub(super) fn is_one_parcel(&self, order: OrderRef) -> bool {
        let rules = &self.model.rules;
        (order.international && rules.international.complete_only) || rules.split.granularity == Granularity::Order
    }

    /// Whether only one warehouse may serve an order.
    pub(super) fn is_one_warehouse(&self, order: OrderRef) -> bool {
        self.is_one_parcel(order) || self.model.rules.backorder.pool == Pool::Warehouse
    }

    /// Whether nothing of an order may leave while a line of it waits.
    pub(super) fn leaves_whole(&self, open: &OpenOrder) -> bool {
        let is_held_fully = !open.some_available && self.model.rules.backorder.full_order == FullOrder::Hold;
        self.is_one_parcel(open.order) || open.mode == Some(Mode::Held) || is_held_fully
    }

    /// Whether a held order takes nothing until it can take everything.
    pub(super) fn waits_as_a_whole(&self, open: &OpenOrder) -> bool {
        !self.model.rules.backorder.reserve_while_held && self.leaves_whole(open)
    }

    /// The lanes to an order's customer, in preference order.
    pub(super) fn lanes(&self, order: OrderRef) -> &[Lane] {
        &self.lanes[order.zone.index()]
    }

    /// The same as the scenario has them.
    pub(super) fn lanes_without_events(&self, order: OrderRef) -> &'a [Lane] {
        &self.model.zones[order.zone.index()].lanes
    }

    /// An event begins or ends: a closed lane is none, and preference goes by what parcels cost then.
    pub(super) fn change_event(&mut self, event: u32, begins: bool) {
        self.on[event as usize] = begins;
        for (to, (zone, lanes)) in self.model.zones.iter().zip(&mut self.lanes).enumerate() {
            lanes.clone_from(&zone.lanes);
            for (event, _) in self.model.events.iter().zip(&self.on).filter(|(_, on)| **on) {
                match event.effect {
                    Effect::Shut { warehouse } => lanes.retain(|lane| lane.warehouse != warehouse),
                    Effect::LaneClosed { warehouse, zone } if zone.index() == to => {
                        lanes.retain(|lane| lane.warehouse != warehouse);
                    }
                    _ => {}
                }
            }
            for lane in lanes.iter_mut() {
                let mut cost = 1.0;
                for (event, _) in self.model.events.iter().zip(&self.on).filter(|(_, on)| **on) {
                    if let Effect::ParcelCost { warehouse, zone, factor } = event.effect
                        && warehouse.is_none_or(|from| from == lane.warehouse)
                        && zone.is_none_or(|zone| zone.index() == to)
                    {
                        cost *= factor;
                    }
                }
                lane.parcel_cost = Cents::from_decimal(lane.parcel_cost.decimal() * cost);
            }
            lanes.sort_by_key(|lane| (lane.parcel_cost, lane.transit, lane.warehouse));
        }
    }

    /// Whether an event shuts a warehouse.
    pub(super) fn is_shut(&self, at: WarehouseId) -> bool {
        let shuts = |effect: &Effect| matches!(*effect, Effect::Shut { warehouse } if warehouse == at);
        self.model.events.iter().zip(&self.on).any(|(event, on)| *on && shuts(&event.effect))
    }

    /// The warehouses that may serve an order, in preference order.
    pub(super) fn sources(&self, open: &OpenOrder) -> impl Iterator<Item = WarehouseId> {
        let only = self.is_one_warehouse(open.order).then_some(open.assigned);
        self.lanes(open.order)
            .iter()
            .map(|lane| lane.warehouse)
            .filter(move |&warehouse| only.is_none_or(|assigned| assigned == Some(warehouse)))
    }

    /// Units of a shelf that an order may not take.
    pub(super) fn withheld_from(&self, order: OrderRef) -> i64 {
        match &self.model.reserve {
            Some(reserve) if !reserve.may_take[order.class.index()] => reserve.units.into(),
            _ => 0,
        }
    }

    /// Whose waiting lines are served first; `None` where all are alike, or complete orders go before.
    pub(super) fn priority(&self, order: OrderRef) -> Option<u32> {
        let class = self.model.classes.get(order.class.index())?;
        (self.model.rules.backorder.priority == Priority::FirstCome).then_some(class.priority)
    }

    /// The latest moment of a notice that is not late, counted from the purchase.
    pub(super) fn notice_deadline(&self) -> Span {
        self.model.rules.notice.deadline
    }

    pub(super) fn product(&self, product: ProductId) -> &'a str {
        &self.model.products[product.index()].id
    }

    pub(super) fn warehouse(&self, warehouse: WarehouseId) -> &'a str {
        &self.model.warehouses[warehouse.index()].id
    }
}
