//! What the calendar holds, and the order of things within one instant.

use crate::domain::{ProductId, VendorId, WarehouseId};

/// The kinds of things that happen in one second, in the order in which they happen. Pinned by a test: a run is one
/// fixed history because this order never varies.
///
/// Releases to waiting lines follow the receipts; they are no calendar entries of their own but one pass over what the
/// receipts brought. New orders come from outside the calendar, see `arrivals`, but for those that were placed ahead and fall due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Phase {
    /// An event of the scenario or a vendor's disruption begins or ends; levels become others; what came before its promise is settled
    /// at that.
    Disruptions,
    /// Vendors dispatch what is done and take up what comes next.
    Dispatch,
    /// Parcels leave.
    Departures,
    /// Docks go on picking.
    Picking,
    /// Stock arrives.
    Receipts,
    /// Waiting lines take what arrived.
    Releases,
    /// Customers call.
    Contacts,
    /// Lines past the age limit end.
    AutoCancellations,
    /// Customers are told about backorders.
    Notices,
    /// Product pages are refreshed.
    Display,
    /// Customers order.
    NewOrders,
    /// The replenishment policy looks at its positions.
    Reviews,
}

/// A calendar entry: small, `Copy`, and printable. Slots are indices into the engine's pools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A vendor's disruption begins, or ends if one is on.
    DisruptionChanges(VendorId),
    /// An event of the scenario begins or ends.
    EventChanges {
        /// Which of the replication's changes.
        change: u32,
    },
    /// Levels become others.
    LevelsChange {
        /// Which of the plan's changes.
        change: u32,
    },
    /// A released parcel leaves.
    ParcelDeparts {
        /// Slot of the parcel.
        parcel: u32,
    },
    /// A parcel of an order that left at once departs.
    AtOnceDeparts {
        /// Slot of the parcel among those that leave at once.
        parcel: u32,
    },
    /// A vendor may have a purchase order to dispatch or to take up.
    VendorWakes(VendorId),
    /// A dock may have parcels to pick.
    DockWakes(WarehouseId),
    /// A purchase order arrives, unless it was expedited and already has.
    PurchaseOrderArrives {
        /// Slot of the purchase order.
        purchase_order: u32,
    },
    /// A scripted receipt arrives.
    ScriptedReceipt {
        /// Row of the script.
        row: u32,
    },
    /// The stock of the start is offered to the orders that are open then.
    StockIsOffered,
    /// The customer of a backordered line calls.
    CustomerCalls {
        /// Slot of the line.
        line: u32,
    },
    /// A scripted contact.
    ScriptedContact {
        /// Row of the script.
        row: u32,
    },
    /// A line reaches the age limit, if it still waits.
    LineAges {
        /// Slot of the line.
        line: u32,
    },
    /// A product has been out of stock for longer than the limit, if it still is.
    ProductAges(ProductId),
    /// A backorder notice is due.
    NoticeIsDue {
        /// Slot of the order.
        order: u32,
    },
    /// The displayed status of every product is taken anew.
    DisplayRefresh,
    /// An order that was placed ahead is due.
    OrderFallsDue {
        /// Slot of what was ordered.
        booked: u32,
    },
    /// A periodic review.
    Review,
    /// The time is over in which what a warehouse wants of a vendor was collected: the purchase order is placed.
    OrderIsPlaced {
        /// Which vendor and warehouse.
        list: u32,
    },
    /// The promise is due of an expedited purchase order that came before it.
    PromiseIsDue {
        /// Slot of the early receipt.
        receipt: u32,
    },
}

impl Event {
    /// When in its instant an event happens.
    pub const fn phase(self) -> Phase {
        match self {
            Self::DisruptionChanges(_)
            | Self::EventChanges { .. }
            | Self::LevelsChange { .. }
            | Self::PromiseIsDue { .. } => Phase::Disruptions,
            Self::VendorWakes(_) => Phase::Dispatch,
            Self::ParcelDeparts { .. } | Self::AtOnceDeparts { .. } => Phase::Departures,
            Self::DockWakes(_) => Phase::Picking,
            Self::PurchaseOrderArrives { .. } | Self::ScriptedReceipt { .. } | Self::StockIsOffered => Phase::Receipts,
            Self::CustomerCalls { .. } | Self::ScriptedContact { .. } => Phase::Contacts,
            Self::LineAges { .. } | Self::ProductAges(_) => Phase::AutoCancellations,
            Self::NoticeIsDue { .. } => Phase::Notices,
            Self::DisplayRefresh => Phase::Display,
            Self::OrderFallsDue { .. } => Phase::NewOrders,
            Self::Review | Self::OrderIsPlaced { .. } => Phase::Reviews,
        }
    }

    /// The event in 40 bits: 8 of kind, 32 of index, so that a calendar entry is 16 bytes.
    pub(super) const fn pack(self) -> u64 {
        let (kind, index) = match self {
            Self::DisruptionChanges(VendorId(index)) => (0, index),
            Self::ParcelDeparts { parcel } => (1, parcel),
            Self::PurchaseOrderArrives { purchase_order } => (2, purchase_order),
            Self::ScriptedReceipt { row } => (3, row),
            Self::CustomerCalls { line } => (4, line),
            Self::ScriptedContact { row } => (5, row),
            Self::LineAges { line } => (6, line),
            Self::ProductAges(ProductId(index)) => (7, index),
            Self::NoticeIsDue { order } => (8, order),
            Self::DisplayRefresh => (9, 0),
            Self::AtOnceDeparts { parcel } => (11, parcel),
            Self::Review => (10, 0),
            Self::StockIsOffered => (12, 0),
            Self::EventChanges { change } => (13, change),
            Self::OrderFallsDue { booked } => (20, booked),
            Self::OrderIsPlaced { list } => (14, list),
            Self::LevelsChange { change } => (22, change),
            Self::PromiseIsDue { receipt } => (15, receipt),
            Self::DockWakes(WarehouseId(index)) => (21, index),
            Self::VendorWakes(VendorId(index)) => (23, index),
        };
        (kind << 32) | index as u64
    }

    /// The inverse of [`pack`](Self::pack).
    pub(super) const fn unpack(packed: u64) -> Self {
        let index = packed as u32;
        match packed >> 32 {
            0 => Self::DisruptionChanges(VendorId(index)),
            1 => Self::ParcelDeparts { parcel: index },
            2 => Self::PurchaseOrderArrives { purchase_order: index },
            3 => Self::ScriptedReceipt { row: index },
            4 => Self::CustomerCalls { line: index },
            5 => Self::ScriptedContact { row: index },
            6 => Self::LineAges { line: index },
            7 => Self::ProductAges(ProductId(index)),
            8 => Self::NoticeIsDue { order: index },
            9 => Self::DisplayRefresh,
            11 => Self::AtOnceDeparts { parcel: index },
            12 => Self::StockIsOffered,
            13 => Self::EventChanges { change: index },
            20 => Self::OrderFallsDue { booked: index },
            14 => Self::OrderIsPlaced { list: index },
            22 => Self::LevelsChange { change: index },
            15 => Self::PromiseIsDue { receipt: index },
            21 => Self::DockWakes(WarehouseId(index)),
            23 => Self::VendorWakes(VendorId(index)),
            _ => Self::Review,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_within_an_instant_is_the_promised_one() {
        use Phase::*;
        let order = [
            Disruptions,
            Dispatch,
            Departures,
            Picking,
            Receipts,
            Releases,
            Contacts,
            AutoCancellations,
            Notices,
            Display,
            NewOrders,
            Reviews,
        ];
        assert!(order.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn packing_an_event_loses_nothing() {
        for event in [
            Event::DisruptionChanges(VendorId(3)),
            Event::ParcelDeparts { parcel: u32::MAX },
            Event::AtOnceDeparts { parcel: 12 },
            Event::DockWakes(WarehouseId(6)),
            Event::VendorWakes(VendorId(5)),
            Event::PurchaseOrderArrives { purchase_order: 1 },
            Event::ScriptedReceipt { row: 2 },
            Event::StockIsOffered,
            Event::EventChanges { change: 9 },
            Event::LevelsChange { change: 10 },
            Event::CustomerCalls { line: 4 },
            Event::ScriptedContact { row: 5 },
            Event::LineAges { line: 6 },
            Event::ProductAges(ProductId(7)),
            Event::NoticeIsDue { order: 8 },
            Event::DisplayRefresh,
            Event::OrderFallsDue { booked: 7 },
            Event::Review,
            Event::OrderIsPlaced { list: 11 },
            Event::PromiseIsDue { receipt: 12 },
        ] {
            assert_eq!(Event::unpack(event.pack()), event);
        }
    }
}
