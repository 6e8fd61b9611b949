//! The scenario's settings as the invariants speak of them.
//!
//! Stated here again, from the rules' wording and not from the rules' code: an auditor that asked the audited whether
//! an order may be split would share its mistakes.

use super::orders::OpenOrder;
use crate::domain::{
    CancelClock, CancelScope, FullOrder, Granularity, Lane, Mode, Model, Pool, ProductId, Span, WarehouseId,
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
    pub(super) fn lanes(&self, order: OrderRef) -> &'a [Lane] {
        &self.model.zones[order.zone.index()].lanes
    }

    /// The warehouses that may serve an order, in preference order.
    pub(super) fn sources(&self, open: &OpenOrder) -> impl Iterator<Item = WarehouseId> {
        let only = self.is_one_warehouse(open.order).then_some(open.assigned);
        self.lanes(open.order)
            .iter()
            .map(|lane| lane.warehouse)
            .filter(move |&warehouse| only.is_none_or(|assigned| assigned == Some(warehouse)))
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
