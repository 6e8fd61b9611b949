//! Planned and random events: what changes, for whom, and when.

use super::settings::declare::words;
use super::{Distribution, ProductId, SimTime, Span, VendorId, WarehouseId, ZoneId};

/// A row of `[[events]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedEvent {
    /// What it is called.
    pub name: String,
    /// When it is on.
    pub when: When,
    /// What it changes while it is on.
    pub effect: Effect,
}

/// When an event is on: from the first second of a stretch to the last one before its end.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// Once.
    Once {
        /// The first second.
        from: SimTime,
        /// The first second after it; `None`: it goes on to the end.
        to: Option<SimTime>,
    },
    /// In every year of 365 days.
    Yearly {
        /// The first second, in the first year.
        from: SimTime,
        /// The first second after it, less than a year later.
        to: SimTime,
    },
    /// At random.
    Random {
        /// From one's end (the first: second 0) to the next one's start.
        every: Distribution,
        /// How long one lasts.
        lasts: Distribution,
    },
}

words! {
    /// How often an event of given days comes.
    pub enum Repeat {
        /// It comes once.
        Once = "once", "once";
        /// It comes on the same days of every year of 365 days.
        Yearly = "yearly", "every year";
    }
}

/// What an event changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Lead times that begin meanwhile are so many times as long.
    LeadTime {
        /// Whose.
        vendor: VendorId,
        /// How many times.
        factor: f64,
    },
    /// Lead times of orders placed meanwhile begin when it ends.
    Stopped {
        /// Who stops.
        vendor: VendorId,
    },
    /// So many times as much is asked for, of generated orders.
    Demand {
        /// By whom; `None`: by all zones.
        zone: Option<ZoneId>,
        /// Of what, ascending; `None`: of all products.
        products: Option<Vec<ProductId>>,
        /// How many times.
        factor: f64,
    },
    /// Nothing is taken from its shelves, and nothing is ordered for them.
    Shut {
        /// Where.
        warehouse: WarehouseId,
    },
    /// Nothing is sent this way.
    LaneClosed {
        /// From where.
        warehouse: WarehouseId,
        /// Where to.
        zone: ZoneId,
    },
    /// Parcels cost so many times as much.
    ParcelCost {
        /// From where; `None`: from everywhere.
        warehouse: Option<WarehouseId>,
        /// Where to; `None`: to everywhere.
        zone: Option<ZoneId>,
        /// How many times.
        factor: f64,
    },
    /// Units that vendors deliver meanwhile cost so many times their unit cost.
    UnitCost {
        /// Of what, ascending; `None`: of all products.
        products: Option<Vec<ProductId>>,
        /// How many times.
        factor: f64,
    },
    /// Units sell at so many times their price.
    Price {
        /// Of what, ascending; `None`: of all products.
        products: Option<Vec<ProductId>>,
        /// How many times.
        factor: f64,
    },
}

impl PlannedEvent {
    /// A year of yearly events.
    pub const YEAR: Span = Span::from_days(365);

    /// Whether when it comes is drawn.
    pub fn is_random(&self) -> bool {
        match &self.when {
            When::Once { .. } | When::Yearly { .. } => false,
            When::Random { every, lasts } => {
                [every, lasts].into_iter().any(|drawn| !matches!(drawn, Distribution::Constant(_)))
            }
        }
    }

    /// The warehouses that it is about, where it is about some.
    pub(crate) fn warehouse_mut(&mut self) -> Option<&mut WarehouseId> {
        match &mut self.effect {
            Effect::Shut { warehouse } | Effect::LaneClosed { warehouse, .. } => Some(warehouse),
            Effect::ParcelCost { warehouse, .. } => warehouse.as_mut(),
            Effect::LeadTime { .. }
            | Effect::Stopped { .. }
            | Effect::Demand { .. }
            | Effect::UnitCost { .. }
            | Effect::Price { .. } => None,
        }
    }
}

impl When {
    /// When, in words: `from 10d to 20d`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Once { from, to: None } => format!("from {} on", Span(from.0)),
            Self::Once { from, to: Some(to) } => format!("from {} to {}", Span(from.0), Span(to.0)),
            Self::Yearly { from, to } => format!("every year from {} to {}", Span(from.0), Span(to.0)),
            Self::Random { every, lasts } => {
                format!("for {}, then not for {}", lasts.duration_in_words(), every.duration_in_words())
            }
        }
    }
}

impl Effect {
    /// What it changes, in a word or two.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::LeadTime { .. } => "lead time",
            Self::Stopped { .. } => "vendor stopped",
            Self::Demand { .. } => "demand",
            Self::Shut { .. } => "warehouse shut",
            Self::LaneClosed { .. } => "lane closed",
            Self::ParcelCost { .. } => "parcel cost",
            Self::UnitCost { .. } => "unit cost",
            Self::Price { .. } => "price",
        }
    }

    /// The products that it is about, where it is about products: all of them where the list is `None`.
    pub fn products(&self) -> Option<&Option<Vec<ProductId>>> {
        match self {
            Self::Demand { products, .. } | Self::UnitCost { products, .. } | Self::Price { products, .. } => {
                Some(products)
            }
            Self::LeadTime { .. }
            | Self::Stopped { .. }
            | Self::Shut { .. }
            | Self::LaneClosed { .. }
            | Self::ParcelCost { .. } => None,
        }
    }

    /// The same, to be changed.
    pub(crate) fn products_mut(&mut self) -> Option<&mut Option<Vec<ProductId>>> {
        match self {
            Self::Demand { products, .. } | Self::UnitCost { products, .. } | Self::Price { products, .. } => {
                Some(products)
            }
            _ => None,
        }
    }

    /// Whether it changes by which lanes, and at what cost, orders are served.
    pub fn changes_lanes(&self) -> bool {
        matches!(self, Self::Shut { .. } | Self::LaneClosed { .. } | Self::ParcelCost { .. })
    }
}
