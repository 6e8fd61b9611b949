//! What the trace calls what happens.

use crate::engine::Occurrence;

/// What the trace calls an occurrence; `None` for those that only keep observers' books.
pub(super) fn event(what: &Occurrence<'_>) -> Option<&'static str> {
    use Occurrence as O;
    Some(match what {
        O::Receipt { .. } => "receipt",
        O::PurchaseOrderPlaced { .. } => "purchase-order-placed",
        O::ReplenishmentOrdered { .. } => "replenishment-ordered",
        O::OrderQueued { .. } => "purchase-order-queued",
        O::OrderBegun { .. } => "purchase-order-begun",
        O::OrderDispatched { .. } => "purchase-order-dispatched",
        O::ReplenishmentExpedited { .. } => "replenishment-expedited",
        O::ExpeditingSettled { .. } => "expediting-settled",
        O::DisruptionBegan { .. } => "disruption-began",
        O::DisruptionEnded { .. } => "disruption-ended",
        O::PurchaseOrderOpen { .. } => "purchase-order-open",
        O::OrderOpen { .. } => "order-open",
        O::LineOpen { .. } => "line-open",
        O::EventBegan { .. } => "event-began",
        O::EventEnded { .. } => "event-ended",
        O::OrderBooked { .. } => "order-booked",
        O::LineBooked { .. } => "line-booked",
        O::LinePromised { .. } => "line-promised",
        O::PromiseKept { .. } => "promise-kept",
        O::PromiseBroken { .. } => "promise-broken",
        O::LineLost { .. } => "lost-at-display",
        O::LineReplaced { .. } => "line-replaced",
        O::OrderPlaced { .. } => "order-placed",
        O::ShownOnBackorder { .. } => "shown-on-backorder",
        O::LineBackordered { .. } => "line-backordered",
        O::DisplayMismatch { .. } => "display-mismatch",
        O::LineCovered { .. } => "line-covered",
        O::OrderSourcedAnew { .. } => "order-sourced-anew",
        O::ParcelAtDock { .. } => "parcel-at-dock",
        O::ParcelTakenBack { .. } => "parcel-taken-back",
        O::PickingLimitReached { .. } => "picking-limit-reached",
        O::ParcelReleased { .. } => "parcel-released",
        O::SplitNotCharged { .. } => "split-not-charged",
        O::ParcelShipped { .. } => "parcel-shipped",
        O::ShipmentNotice { .. } => "shipment-notice",
        O::NoticeSent { .. } => "backorder-notice",
        O::Contact { .. } => "contact",
        O::LineSwapped { .. } => "line-swapped",
        O::LineRemoved { .. } => "line-removed",
        O::LineAutoCancelled { .. } => "line-auto-cancelled",
        O::CancellationNotice { .. } => "cancellation-notice",
        O::OrderCancelled { .. } => "order-cancelled",
        O::OrderCompleted { .. } => "order-completed",
        O::PairCarried { .. }
        | O::ShelfEmptied { .. }
        | O::ShelfFilled { .. }
        | O::LeadTimeBegan { .. }
        | O::OrderBelowMinimum { .. }
        | O::OrderAsked { .. }
        | O::LineFellDue { .. }
        | O::OrderPromiseSettled { .. }
        | O::LineAsked { .. }
        | O::LinePlaced { .. }
        | O::WaitingChanged { .. }
        | O::UnitsReserved { .. }
        | O::UnitsFreed { .. }
        | O::ParcelPicked { .. }
        | O::NoticeDue { .. } => return None,
    })
}
