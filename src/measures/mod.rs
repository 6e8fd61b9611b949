//! Performance measures by their field names: what each one is, how it is computed from a replication's sums, and the
//! retailer's promises, which are judged by them.

mod breakdown;
mod catalogue;
mod costs;
#[cfg(test)]
pub(crate) mod fixture;
mod promise;
mod sums;
mod written;

pub use breakdown::{
    AT_DOCKS, AT_VENDORS, BY_CLASS, BY_PRODUCT, BY_VENDOR, BY_VENDOR_AND_QUEUE, BY_WAREHOUSE, BY_WAREHOUSE_AND_DOCK,
    BY_ZONE, Column, known,
};
pub use catalogue::Metric;
pub use costs::CostPart;
pub use promise::{Promise, Verdict};
pub use sums::{Basis, Sums, WaitQuantiles};

use std::fmt;

/// What a measure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number in \[0, 1\].
    Share,
    /// Days, as a real number.
    Days,
    /// The scenario's currency, as a decimal number.
    Money,
    /// A number of something.
    Count(&'static str),
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Share => "share",
            Self::Days => "days",
            Self::Money => "money",
            Self::Count(what) => what,
        })
    }
}

/// Which way of a measure is the better one, everything else being equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: it describes the load, or is good only in measure.
    Neither,
}

impl fmt::Display for Better {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Higher => "higher is better",
            Self::Lower => "lower is better",
            Self::Neither => "neither way is better",
        })
    }
}

/// The part of the report in which a measure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What was asked for.
    Demand,
    /// What was supplied at once.
    Service,
    /// What waited, and how long.
    Backorders,
    /// How orders left.
    Shipping,
    /// What ended otherwise, and who called.
    Cancellations,
    /// Stock and how it came.
    Stock,
    /// Money per order.
    Costs,
    /// Money per day, which can be told apart by product and place.
    DailyCosts,
}

impl Group {
    /// Every group, in the report's order.
    pub const ALL: [Self; 8] = [
        Self::Demand,
        Self::Service,
        Self::Backorders,
        Self::Shipping,
        Self::Cancellations,
        Self::Stock,
        Self::Costs,
        Self::DailyCosts,
    ];

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Demand => "Demand",
            Self::Service => "Service",
            Self::Backorders => "Backorders and waits",
            Self::Shipping => "Splits, parcels and delivery",
            Self::Cancellations => "Cancellations, removals and contacts",
            Self::Stock => "Stock and replenishment",
            Self::Costs => "Costs per order",
            Self::DailyCosts => "Costs per day",
        }
    }
}

/// All there is to know about a measure.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Its name in `summary.json`.
    pub name: &'static str,
    /// Where it stands in the report.
    pub group: Group,
    /// What it is counted in.
    pub unit: Unit,
    /// Which way is the better one.
    pub better: Better,
    /// A few words for a table.
    pub label: &'static str,
    /// One sentence.
    pub definition: &'static str,
    /// How it is computed. Numerators and denominators are summed over replications before they are divided.
    pub formula: &'static str,
}
