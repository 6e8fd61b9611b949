//! Which measures are told apart by product, warehouse, vendor, zone and customer class.

use super::Metric;
use super::Metric::{
    AutoCancelledLineShare, AutoCancelledOrderShare, BackWithin3DaysShare, BackorderDaysSpared, BackorderWaitDaysMean,
    BackorderedOrderShare, BackordersMeanUnits, CancelledOrderShare, ContactsPerDay, CostPerBackorderDaySpared,
    CostPerOrderExtraParcels, CostPerOrderLostMargin, CostPerOrderParcels, CostPerPurchaseOrder, CycleServiceLevel,
    DaysLateMean, DeliverDaysMean, DisplayMismatchLineShare, DisruptedTimeShare, DockQueueMeanParcels,
    DockQueuePeakParcels, DockWaitHoursMean, ExpeditedOrderShare, ExpeditingCostPerDay, FixedCostPerDay,
    FullyBackorderedOrderShare, HoldingCostPerDay, InternationalWaitDaysMean, InventoryTurns, LateForHoursLineShare,
    LateForLimitLineShare, LateForOrderLineShare, LateForStockLineShare, LateForWayLineShare, LateNoticeShare,
    LaterDayParcelShare, LeadTimeDaysMean, LineFillRate, Lines, LinesPerPurchaseOrder, LostAtDisplayLineShare,
    NetworkAvailabilityShare, OnHandMeanCost, OnHandMeanUnits, OnOrderMeanUnits, OnTimeLineShare, OnTimeOrderShare,
    OrderFillRate, OrderingCostPerDay, Orders, Parcels, ParcelsPerOrder, PartiallyBackorderedOrderShare,
    PickingUtilisation, PurchaseOrderLines, PurchaseOrders, ReadyRate, ReceivedUnits, RemovedLineShare, ShipDaysMean,
    ShippedUnits, SplitCostPerOrder, SplitOrderShare, SwappedLineShare, UnitFillRate, Units, UnitsNeededEarly,
    VendorQueueMeanUnits, VendorUtilisation, VendorWaitDaysMean,
};
use super::sums::Basis;

/// A column of a breakdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The measure, taken over the part of the replication that concerns the row.
    pub metric: Metric,
    /// Whether its half-width stands beside it.
    pub with_half_width: bool,
}

const fn key(metric: Metric) -> Column {
    Column { metric, with_half_width: true }
}

const fn more(metric: Metric) -> Column {
    Column { metric, with_half_width: false }
}

/// `by_product.csv`.
pub const BY_PRODUCT: &[Column] = &[
    more(Lines),
    more(Units),
    key(UnitFillRate),
    key(LineFillRate),
    more(ReadyRate),
    key(CycleServiceLevel),
    key(BackorderWaitDaysMean),
    more(BackWithin3DaysShare),
    key(BackordersMeanUnits),
    more(DisplayMismatchLineShare),
    more(LostAtDisplayLineShare),
    more(RemovedLineShare),
    more(SwappedLineShare),
    more(AutoCancelledLineShare),
    key(OnHandMeanUnits),
    more(OnHandMeanCost),
    more(OnOrderMeanUnits),
    more(InventoryTurns),
    more(ShippedUnits),
    more(ReceivedUnits),
    more(PurchaseOrders),
    more(ExpeditedOrderShare),
    key(OnTimeLineShare),
    more(LateForStockLineShare),
    more(LateForOrderLineShare),
    more(LateForHoursLineShare),
    more(LateForLimitLineShare),
    more(LateForWayLineShare),
];

/// `by_warehouse.csv`. Units on backorder count where their home is.
pub const BY_WAREHOUSE: &[Column] = &[
    more(Parcels),
    more(ShippedUnits),
    key(ReadyRate),
    key(CycleServiceLevel),
    key(BackordersMeanUnits),
    key(OnHandMeanUnits),
    key(OnHandMeanCost),
    more(OnOrderMeanUnits),
    key(InventoryTurns),
    more(ReceivedUnits),
    more(PurchaseOrders),
    more(ExpeditedOrderShare),
    more(LeadTimeDaysMean),
    more(HoldingCostPerDay),
    more(FixedCostPerDay),
    more(OrderingCostPerDay),
    more(ExpeditingCostPerDay),
];

/// What else it has where a warehouse has a dock, at which parcels wait to be picked.
pub const AT_DOCKS: [Column; 5] = [
    key(DockWaitHoursMean),
    more(LaterDayParcelShare),
    key(DockQueueMeanParcels),
    more(DockQueuePeakParcels),
    key(PickingUtilisation),
];

/// `by_warehouse.csv` where some warehouse has a dock.
pub const BY_WAREHOUSE_AND_DOCK: &[Column] = &both::<{ BY_WAREHOUSE.len() + AT_DOCKS.len() }>(BY_WAREHOUSE, &AT_DOCKS);

/// `by_vendor.csv`: the products that name the vendor, together.
pub const BY_VENDOR: &[Column] = &[
    more(Lines),
    more(Units),
    key(UnitFillRate),
    key(LineFillRate),
    key(ReadyRate),
    key(CycleServiceLevel),
    key(BackorderWaitDaysMean),
    more(BackWithin3DaysShare),
    key(BackordersMeanUnits),
    more(AutoCancelledLineShare),
    key(OnHandMeanUnits),
    more(OnHandMeanCost),
    more(OnOrderMeanUnits),
    more(InventoryTurns),
    more(ReceivedUnits),
    more(PurchaseOrders),
    more(PurchaseOrderLines),
    more(LinesPerPurchaseOrder),
    more(CostPerPurchaseOrder),
    key(LeadTimeDaysMean),
    key(ExpeditedOrderShare),
    more(UnitsNeededEarly),
    more(BackorderDaysSpared),
    more(CostPerBackorderDaySpared),
    more(DisruptedTimeShare),
    more(HoldingCostPerDay),
    more(OrderingCostPerDay),
    more(ExpeditingCostPerDay),
    key(OnTimeLineShare),
    more(LateForStockLineShare),
    more(LateForOrderLineShare),
    more(LateForHoursLineShare),
    more(LateForLimitLineShare),
    more(LateForWayLineShare),
];

/// What else it has where a vendor lets purchase orders wait.
pub const AT_VENDORS: [Column; 3] = [key(VendorWaitDaysMean), key(VendorQueueMeanUnits), key(VendorUtilisation)];

/// `by_vendor.csv` where some vendor lets purchase orders wait.
pub const BY_VENDOR_AND_QUEUE: &[Column] = &both::<{ BY_VENDOR.len() + AT_VENDORS.len() }>(BY_VENDOR, &AT_VENDORS);

/// The columns of two tables, one after the other.
const fn both<const N: usize>(first: &[Column], then: &[Column]) -> [Column; N] {
    let mut all = [first[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() { first[at] } else { then[at - first.len()] };
        at += 1;
    }
    all
}

/// `by_zone.csv`.
pub const BY_ZONE: &[Column] = &[
    more(Orders),
    more(Lines),
    more(Units),
    key(OrderFillRate),
    key(LineFillRate),
    key(UnitFillRate),
    more(NetworkAvailabilityShare),
    key(BackorderedOrderShare),
    more(FullyBackorderedOrderShare),
    more(PartiallyBackorderedOrderShare),
    key(BackorderWaitDaysMean),
    more(BackWithin3DaysShare),
    more(DisplayMismatchLineShare),
    more(LateNoticeShare),
    key(SplitOrderShare),
    key(ParcelsPerOrder),
    more(SplitCostPerOrder),
    key(ShipDaysMean),
    key(DeliverDaysMean),
    more(InternationalWaitDaysMean),
    key(AutoCancelledOrderShare),
    more(CancelledOrderShare),
    more(RemovedLineShare),
    more(SwappedLineShare),
    more(LostAtDisplayLineShare),
    more(ContactsPerDay),
    more(CostPerOrderParcels),
    more(CostPerOrderExtraParcels),
    more(CostPerOrderLostMargin),
    key(OnTimeLineShare),
    key(OnTimeOrderShare),
    more(DaysLateMean),
    more(LateForStockLineShare),
    more(LateForOrderLineShare),
    more(LateForHoursLineShare),
    more(LateForLimitLineShare),
    more(LateForWayLineShare),
];

/// The columns of a table whose measures are known to a scenario: those of a measure that comes with a setting only where it is there.
pub fn known(columns: &[Column], basis: &Basis) -> Vec<Column> {
    let is_known = |column: &&Column| !column.metric.comes_with_a_setting() || column.metric.is_known_by(basis);
    columns.iter().filter(is_known).copied().collect()
}

/// `by_class.csv`: what customers of each class meet with.
pub const BY_CLASS: &[Column] = &[
    more(Orders),
    more(Lines),
    more(Units),
    key(OrderFillRate),
    key(LineFillRate),
    key(UnitFillRate),
    key(BackorderedOrderShare),
    key(BackorderWaitDaysMean),
    more(BackWithin3DaysShare),
    key(OnTimeLineShare),
    key(OnTimeOrderShare),
    more(DaysLateMean),
    more(LateForStockLineShare),
    more(LateForOrderLineShare),
    more(LateForHoursLineShare),
    more(LateForLimitLineShare),
    more(LateForWayLineShare),
    more(DisplayMismatchLineShare),
    key(SplitOrderShare),
    more(ParcelsPerOrder),
    key(ShipDaysMean),
    key(DeliverDaysMean),
    key(AutoCancelledOrderShare),
    more(CancelledOrderShare),
    more(RemovedLineShare),
    more(SwappedLineShare),
    key(LostAtDisplayLineShare),
    more(ContactsPerDay),
    more(CostPerOrderParcels),
    more(CostPerOrderExtraParcels),
    more(CostPerOrderLostMargin),
];
