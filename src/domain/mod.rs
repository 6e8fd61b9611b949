//! What everybody speaks of: ids, time, money, distributions, the network, and the [`Model`].
//!
//! Plain data without behaviour of its own; every other room may use it, and it uses none of them.

mod demand;
pub mod distribution;
mod ids;
mod model;
mod money;
mod network;
mod order;
pub mod phrase;
pub mod settings;
mod time;

pub use demand::Demand;
pub use distribution::{CountMoments, Distribution};
pub use ids::{LineNumber, OrderNumber, ProductId, VendorId, WarehouseId, ZoneId, pair_among};
pub use model::*;
pub use money::Cents;
pub use network::{Lane, Opening, OpeningChoice, Place, Placement, Product, StockOfClosed, Warehouse, Zone};
pub use order::{Availability, Loss, Mode};
pub use settings::{
    BackorderRule, CancelClock, CancelScope, CancellationRule, DisplayRule, FullOrder, Granularity, InternationalRule,
    Level, Levels, NoticeRule, Pool, Priority, Replenishment, ReplenishmentPolicy, Review, RuleSettings,
    SourcingPolicy, SourcingSettings, SplitRule, SwapIfNone, SwapRule, Target,
};
pub use time::{DAY, SimTime, Span, utc};
