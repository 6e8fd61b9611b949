//! The catalogue of the retailer's rules: one rule, one room.

/// A business rule, by the identifier it bears everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rule {
    /// `multi-warehouse`
    MultiWarehouse,
    /// `early-replenishment`
    EarlyReplenishment,
    /// `backorder-display`
    BackorderDisplay,
    /// `backorder-orderable`
    BackorderOrderable,
    /// `full-backorder-hold`
    FullBackorderHold,
    /// `backorder-notice`
    BackorderNotice,
    /// `shipment-notice`
    ShipmentNotice,
    /// `partial-split`
    PartialSplit,
    /// `free-split`
    FreeSplit,
    /// `swap`
    Swap,
    /// `remove`
    Remove,
    /// `auto-cancel`
    AutoCancel,
    /// `international-complete`
    InternationalComplete,
    /// `display-mismatch`
    DisplayMismatch,
    /// `support-24-7`
    Support247,
}

impl Rule {
    /// Every rule, in the order of the retailer's page.
    pub const ALL: [Self; 15] = [
        Self::MultiWarehouse,
        Self::EarlyReplenishment,
        Self::BackorderDisplay,
        Self::BackorderOrderable,
        Self::FullBackorderHold,
        Self::BackorderNotice,
        Self::ShipmentNotice,
        Self::PartialSplit,
        Self::FreeSplit,
        Self::Swap,
        Self::Remove,
        Self::AutoCancel,
        Self::InternationalComplete,
        Self::DisplayMismatch,
        Self::Support247,
    ];

    /// The identifier used in code, tests, trace and report.
    pub const fn id(self) -> &'static str {
        match self {
            Self::MultiWarehouse => "multi-warehouse",
            Self::EarlyReplenishment => "early-replenishment",
            Self::BackorderDisplay => "backorder-display",
            Self::BackorderOrderable => "backorder-orderable",
            Self::FullBackorderHold => "full-backorder-hold",
            Self::BackorderNotice => "backorder-notice",
            Self::ShipmentNotice => "shipment-notice",
            Self::PartialSplit => "partial-split",
            Self::FreeSplit => "free-split",
            Self::Swap => "swap",
            Self::Remove => "remove",
            Self::AutoCancel => "auto-cancel",
            Self::InternationalComplete => "international-complete",
            Self::DisplayMismatch => "display-mismatch",
            Self::Support247 => "support-24-7",
        }
    }

    /// The rule with an identifier.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }
}
