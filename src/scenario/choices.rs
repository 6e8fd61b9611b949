//! Words a scenario chooses from, and what they mean in the model. The schema lists them, the reader reads them.

use crate::domain::{
    CancelClock, CancelScope, FullOrder, Granularity, Pool, Priority, ReplenishmentPolicy, Resample, SourcingPolicy,
    SwapIfNone, Wish,
};

/// Words with their meanings.
pub type Choices<T> = &'static [(&'static str, T)];

/// `[rules.backorder] full_order`
pub const FULL_ORDER: Choices<FullOrder> = &[("hold", FullOrder::Hold), ("ship-as-covered", FullOrder::ShipAsCovered)];
/// `[rules.backorder] pool`
pub const POOL: Choices<Pool> = &[("network", Pool::Network), ("warehouse", Pool::Warehouse)];
/// `[rules.backorder] priority`
pub const PRIORITY: Choices<Priority> =
    &[("first-come", Priority::FirstCome), ("complete-first", Priority::CompleteFirst)];
/// `[rules.split] granularity`
pub const GRANULARITY: Choices<Granularity> =
    &[("order", Granularity::Order), ("line", Granularity::Line), ("unit", Granularity::Unit)];
/// `[rules.cancellation] clock`
pub const CANCEL_CLOCK: Choices<CancelClock> = &[("line", CancelClock::Line), ("product", CancelClock::Product)];
/// `[rules.cancellation] scope`
pub const CANCEL_SCOPE: Choices<CancelScope> = &[("order", CancelScope::Order), ("line", CancelScope::Line)];
/// `[rules.swap] if_none`
pub const SWAP_IF_NONE: Choices<SwapIfNone> = &[("remove", SwapIfNone::Remove), ("wait", SwapIfNone::Wait)];
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
/// `[[contacts]] wants`
pub const WISH: Choices<Wish> = &[("swap", Wish::Swap), ("remove", Wish::Remove)];

/// The words alone.
pub fn words<T>(choices: Choices<T>) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}
