//! Words a scenario chooses from, and what they mean in the model. The schema lists them, the reader reads them.

use crate::domain::{ReplenishmentPolicy, Resample, SourcingPolicy, StockOfClosed, Wish};

/// Words with their meanings.
pub type Choices<T> = &'static [(&'static str, T)];

/// `[sourcing] policy`
pub const SOURCING: Choices<SourcingPolicy> = &[
    ("nearest", SourcingPolicy::Nearest),
    ("fewest-parcels", SourcingPolicy::FewestParcels),
    ("cheapest", SourcingPolicy::Cheapest),
];
/// `[replenishment] policy`
pub const REPLENISHMENT: Choices<ReplenishmentPolicy> = &[
    ("s-S", ReplenishmentPolicy::MinMax),
    ("r-Q", ReplenishmentPolicy::FixedQuantity),
    ("base-stock", ReplenishmentPolicy::BaseStock),
    ("periodic-R-S", ReplenishmentPolicy::PeriodicOrderUpTo),
];
/// `[demand.trace] resample`
pub const RESAMPLE: Choices<Resample> = &[("none", Resample::None), ("orders", Resample::Orders)];
/// `[network] stock_of_closed`
pub const STOCK_OF_CLOSED: Choices<StockOfClosed> = &[("moved", StockOfClosed::Moved), ("lost", StockOfClosed::Lost)];
/// `[[contacts]] wants`
pub const WISH: Choices<Wish> = &[("swap", Wish::Swap), ("remove", Wish::Remove)];

/// The words alone.
pub fn words<T>(choices: Choices<T>) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}
