//! The parts of the cost per order. They are disjoint, and `cost_per_order` is their sum.

use super::sums::{Basis, Sums, real};
use crate::domain::DAY;

/// A part of the cost per order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostPart {
    /// Stock on hand.
    Holding,
    /// Having warehouses.
    Fixed,
    /// Placing purchase orders.
    Ordering,
    /// Expediting them.
    Expediting,
    /// Each order's first parcel.
    Parcels,
    /// The parcels after it.
    ExtraParcels,
    /// Units waiting.
    Backorders,
    /// Orders that end cancelled.
    Cancellations,
    /// Contacts.
    Contacts,
    /// Margin of units asked for and never shipped.
    LostMargin,
    /// What units cost to buy.
    Purchase,
}

impl CostPart {
    /// Every part.
    pub const ALL: [Self; 11] = [
        Self::Holding,
        Self::Fixed,
        Self::Ordering,
        Self::Expediting,
        Self::Parcels,
        Self::ExtraParcels,
        Self::Backorders,
        Self::Cancellations,
        Self::Contacts,
        Self::LostMargin,
        Self::Purchase,
    ];

    /// The cost of this part in a replication, in the currency's unit. Whole cents and seconds are added up exactly and
    /// divided only here.
    pub(super) fn of(self, sums: &Sums, basis: &Basis) -> f64 {
        let rates = &basis.costs;
        let year = (365 * DAY) as f64;
        match self {
            Self::Holding => {
                rates.holding_rate * (real(sums.on_hand_cent_seconds) / year) / 100.0
                    + rates.holding_per_unit_day * (real(sums.on_hand_unit_seconds) / DAY as f64)
            }
            Self::Fixed => sums.fixed_cents_a_year as f64 * (basis.window.0 as f64 / year) / 100.0,
            Self::Ordering => real(sums.ordering_cents) / 100.0,
            Self::Expediting => real(sums.expediting_cents) / 100.0,
            Self::Parcels => real(sums.parcel_cents) / 100.0,
            Self::ExtraParcels => real(sums.extra_parcel_cents) / 100.0,
            Self::Backorders => {
                rates.backorder_per_unit_day * (real(sums.waiting_unit_seconds) / DAY as f64)
                    + rates.backorder_per_unit * sums.units_short as f64
            }
            Self::Cancellations => (rates.cancelled_order * sums.orders_cancelled).decimal(),
            Self::Contacts => (rates.contact * sums.contacts).decimal(),
            Self::LostMargin => rates.lost_margin * (real(sums.lost_margin_cents) / 100.0),
            Self::Purchase => f64::from(u8::from(rates.purchase)) * (real(sums.received_cost_cents) / 100.0),
        }
    }

    /// All parts together.
    pub(super) fn all_of(sums: &Sums, basis: &Basis) -> f64 {
        Self::ALL.into_iter().map(|part| part.of(sums, basis)).sum()
    }
}
