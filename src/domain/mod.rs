//! What everybody speaks of: ids, time, money, distributions, the network, and the [`Model`].
//!
//! Plain data without behaviour of its own; every other room may use it, and it uses none of them.

mod calendar;
mod classes;
mod demand;
pub mod distribution;
mod events;
mod ids;
mod model;
mod money;
mod network;
mod order;
mod period;
pub mod phrase;
mod promise;
pub mod settings;
mod shape;
mod time;

pub use calendar::{Calendar, Picking, Shift, WorkingDays, WorkingTime};
pub use classes::{ClassId, CustomerClass, Reserve};
pub use demand::Demand;
pub use distribution::{CountMoments, Distribution};
pub use events::{Effect, PlannedEvent, Repeat, When};
pub use ids::{LineNumber, OrderNumber, ProductId, VendorId, WarehouseId, ZoneId, pair_among};
pub use model::*;
pub use money::Cents;
pub use network::{Lane, Opening, OpeningChoice, Place, Placement, Product, Warehouse, Zone};
pub use order::{Availability, Loss, Mode};
pub use period::PeriodDemand;
pub use promise::{
    LateFor, LineSteps, PromiseBasis, PromiseRow, PromiseTerms, PromiseTime, Promising, breaks_promise,
    breaks_promise_by_ending,
};
pub use settings::{
    Arrives, AtLimit, BackorderRule, BelowMinimum, CancelClock, CancelScope, CancellationRule, Capacity, Class,
    ContactHabit, CostRates, Currency, Customers, DisplayRule, Disruption, Expedite, ExpediteWhen, Follow,
    ForecastFactors, FullOrder, Granularity, InternationalRule, KeptLevels, LaterLevels, Level, LevelPlaces, Levels,
    NoticeRule, OrderMinimum, OrderTerms, PickOrder, PlannedPair, PlannedTime, PlannedTotals, Pool, Priority, Promised,
    Promises, Replenishment, ReplenishmentPolicy, Resample, ReserveRule, Restock, Review, RuleSettings, Shipping,
    SourcingPolicy, SourcingSettings, SplitRule, StockOfClosed, SwapIfNone, SwapRule, Target, TargetOf, Targets,
    Vendor, Weekday, Wish,
};
pub use shape::{Basket, Bursts, DemandShape, ShapeRow};
pub use time::{DAY, SimTime, Span, date_of_day, day_of_date, utc};
