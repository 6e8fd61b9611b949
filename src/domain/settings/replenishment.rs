//! `[replenishment]`: the policies, and the levels they work with.

use super::declare::{table, words};
use super::kinds::{INNER_SHARE, MAX_UNITS};
use super::setting::Setting;
use super::table::Kind;
use super::value::Value;
use crate::domain::phrase::percent;
use crate::domain::{ProductId, SimTime, Span, VendorId, WarehouseId, ZoneId};

/// `[replenishment]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Replenishment {
    /// Which policy decides.
    pub policy: ReplenishmentPolicy,
    /// When it looks.
    pub review: Review,
    /// `can_order`: how far above its reorder point a product may lie that joins a purchase order of others, as a share of the way to
    /// the order-up-to level, or of the quantity; `None` where none joins.
    pub can_order: Option<f64>,
    /// Levels for every pair of warehouse and product.
    pub general: Levels,
    /// Levels from the products' rows, as many as products (or none at all).
    pub by_product: Vec<Levels>,
    /// Levels of single pairs, in file order; pairs are distinct.
    pub by_pair: Vec<(WarehouseId, ProductId, Levels)>,
    /// `reorder_point_factor`: every level, given or derived, is [raised](Levels::raised) by it.
    pub reorder_point_factor: f64,
    /// `lead_time_factor`, which the vendors' lead times have been multiplied by.
    pub lead_time_factor: f64,
    /// `target`: levels are derived for pairs that have none of their own.
    pub target: Option<Target>,
    /// Targets of some products, which go before it.
    pub targets: Targets,
    /// What derived levels follow.
    pub follow: Follow,
    /// How often levels are planned anew that follow the season.
    pub plan_every: Span,
    /// Levels of single pairs from some moment on, in file order; pairs and moments are distinct.
    pub later: Vec<LaterLevels>,
    /// Where the levels of single pairs stand.
    pub places: LevelPlaces,
    /// `[forecast]`: what the planner expects instead of what will be asked for.
    pub forecast: ForecastFactors,
    /// Levels that were planned for another state of the world, and are kept in this one.
    pub kept: Option<KeptLevels>,
}

impl Replenishment {
    /// Whether levels are derived anywhere.
    pub fn has_target(&self) -> bool {
        let Targets { by_product, by_class, by_vendor } = &self.targets;
        self.target.is_some() || by_product.iter().chain(by_class).chain(by_vendor).any(Option::is_some)
    }

    /// Whether levels are derived for a product, whichever class it turns out to be in: classes have targets all or none.
    pub fn has_target_for(&self, product: ProductId, vendor: Option<VendorId>) -> bool {
        self.target_for(product, vendor, Some(Class::A)).is_some()
    }

    /// The target of a product and where it stands: in its row, for its class, in its vendor's row, or under `[replenishment]`.
    pub fn target_for(
        &self,
        product: ProductId,
        vendor: Option<VendorId>,
        class: Option<Class>,
    ) -> Option<(Target, TargetOf)> {
        let Targets { by_product, by_class, by_vendor } = &self.targets;
        let of = |targets: &[Option<Target>], index: usize| targets.get(index).copied().flatten();
        let own = of(by_product, product.index()).map(|target| (target, TargetOf::Product));
        let of_class = class.and_then(|class| Some((by_class[class as usize]?, TargetOf::Class(class))));
        let of_vendor = vendor.and_then(|vendor| Some((of(by_vendor, vendor.index())?, TargetOf::Vendor)));
        own.or(of_class).or(of_vendor).or(self.target.map(|target| (target, TargetOf::All)))
    }

    /// A policy without any levels yet.
    pub fn new(policy: ReplenishmentPolicy, review: Review) -> Self {
        Self {
            policy,
            review,
            can_order: None,
            general: Levels::default(),
            by_product: Vec::new(),
            by_pair: Vec::new(),
            reorder_point_factor: 1.0,
            lead_time_factor: 1.0,
            target: None,
            targets: Targets::default(),
            follow: Follow::Mean,
            plan_every: Span::from_days(7),
            later: Vec::new(),
            places: LevelPlaces::default(),
            forecast: ForecastFactors::default(),
            kept: None,
        }
    }
}

words! {
    /// What levels that are derived from a target follow.
    pub enum Follow {
        /// The mean demand: one level holds all the time.
        Mean = "mean", "the mean demand";
        /// The demand of the season: levels are planned anew every `plan_every`, for the demand until what is ordered then has come.
        Season = "season", "the season's demand";
    }
}

/// Levels of a pair that hold from some moment on, until the pair has others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaterLevels {
    /// From when on; after second 0.
    pub from: SimTime,
    /// Where.
    pub warehouse: WarehouseId,
    /// What.
    pub product: ProductId,
    /// The levels.
    pub levels: Levels,
    /// The number of the row in its table, from 1.
    pub row: u32,
}

/// Targets of some products.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Targets {
    /// From the products' rows; as many as products, or none at all.
    pub by_product: Vec<Option<Target>>,
    /// `abc`: of each of [`Class::ALL`].
    pub by_class: [Option<Target>; Class::ALL.len()],
    /// From the vendors' rows; as many as vendors, or none at all.
    pub by_vendor: Vec<Option<Target>>,
}

/// Whose target levels are derived for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetOf {
    /// The product's own.
    Product,
    /// That of its class.
    Class(Class),
    /// That of its vendor.
    Vendor,
    /// That of all products.
    All,
}

words! {
    /// A class of products by the value of their demand (ABC analysis; Silver, Pyke and Thomas (2017), *Inventory and Production
    /// Management in Supply Chains*, 4th edition, chapter 2).
    pub enum Class {
        /// The products that make up the first 80 % of the value.
        A = "A", "class A";
        /// The next 15 %.
        B = "B", "class B";
        /// The rest.
        C = "C", "class C";
    }
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// The share of the value that it and those before it make up.
    pub const fn up_to(self) -> f64 {
        match self {
            Self::A => 0.8,
            Self::B => 0.95,
            Self::C => 1.0,
        }
    }
}

/// `[forecast]`: factors on the demand of each zone and product, as the planner expects it. They change levels, and nothing that
/// customers do.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ForecastFactors {
    /// By zone; empty where all are 1.
    pub zones: Vec<f64>,
    /// By product; empty where all are 1.
    pub products: Vec<f64>,
}

impl ForecastFactors {
    /// Whether the planner expects what will be asked for.
    pub fn are_idle(&self) -> bool {
        self.zones.is_empty() && self.products.is_empty()
    }

    /// The factor on a zone's demand for a product.
    pub fn of(&self, zone: ZoneId, product: ProductId) -> f64 {
        let of = |factors: &[f64], index: usize| factors.get(index).copied().unwrap_or(1.0);
        of(&self.zones, zone.index()) * of(&self.products, product.index())
    }
}

/// The levels of a scenario whose settings were changed, as it plans them without those that change the world: what a planner
/// has when the shock comes.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptLevels {
    /// What was planned, of every pair that is carried.
    pub pairs: Vec<PlannedPair>,
    /// What would be planned with all settings.
    pub anew: PlannedTotals,
}

/// What is planned of all pairs together.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct PlannedTotals {
    /// Pairs whose levels are counted: of a plan made anew, those whose levels it changes.
    pub pairs: usize,
    /// Units on hand in the mean.
    pub units: f64,
    /// What they cost, in the currency's unit.
    pub capital: f64,
}

/// Where the levels of single pairs stand in the scenario, for the reader of a result. Nothing is bought by it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LevelPlaces {
    /// The file that holds the rows, as the scenario names it; `None` where they stand in the scenario itself.
    pub file: Option<String>,
    /// The number of each row in its table, from 1, in the order of [`Replenishment::by_pair`]. Rows that no scenario gave have
    /// none.
    pub rows: Vec<u32>,
}

/// What is planned of a pair of warehouse and product: its levels, and what they rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedPair {
    /// Where.
    pub warehouse: WarehouseId,
    /// What.
    pub product: ProductId,
    /// From when on it holds, until the next row of the pair; second 0 where levels do not change.
    pub from: SimTime,
    /// Units a day that are expected, in the mean over all seasons; where levels follow the season, until what is ordered comes.
    pub forecast_per_day: f64,
    /// Mean of the units asked for during a lead time and, where positions are reviewed every so often, a review period; `None`
    /// where nobody delivers the product.
    pub lead_time_demand_mean: Option<f64>,
    /// Its standard deviation.
    pub lead_time_demand_sd: Option<f64>,
    /// The levels that the policy works with; all open where the pair is carried and not bought for.
    pub levels: Levels,
    /// The level that orders are placed at, less the mean demand until they come.
    pub safety_stock: Option<f64>,
    /// Units on hand in the mean, as the levels' formulas expect them.
    pub mean_stock: Option<f64>,
    /// Where the levels come from, in words.
    pub source: String,
}

words! {
    /// The replenishment policies. What each orders stands in [`policy::replenishment`](crate::policy::replenishment).
    pub enum ReplenishmentPolicy {
        /// At or below the reorder point, order up to the order-up-to level.
        MinMax = "s-S", "(s, S): at or below the reorder point, up to the order-up-to level";
        /// At or below the reorder point, order the least multiple of the quantity that lifts the position above it.
        FixedQuantity = "r-Q", "(r, Q): at or below the reorder point, multiples of the quantity";
        /// Whenever the position is below the order-up-to level, order the difference.
        BaseStock = "base-stock", "base stock: always up to the level";
        /// At each review, order up to the order-up-to level.
        PeriodicOrderUpTo = "periodic-R-S", "(R, S): at each review, up to the level";
    }
}

impl ReplenishmentPolicy {
    /// The levels it works with.
    pub const fn needs(self) -> &'static [Level] {
        match self {
            Self::MinMax => &[Level::ReorderPoint, Level::OrderUpTo],
            Self::FixedQuantity => &[Level::ReorderPoint, Level::Quantity],
            Self::BaseStock | Self::PeriodicOrderUpTo => &[Level::OrderUpTo],
        }
    }

    /// Whether it looks only at reviews.
    pub const fn is_periodic(self) -> bool {
        matches!(self, Self::PeriodicOrderUpTo)
    }
}

/// `review`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// After every instant in which a position fell, and once at the start.
    Continuous,
    /// At 0, R, 2R, … from the start of the replication, last in its instant.
    Every(Span),
}

impl Review {
    /// The word for a review that is not every so often.
    pub const CONTINUOUS: &str = "continuous";

    /// The same where only every so many of its reviews count.
    #[must_use]
    pub fn every_so_many(self, many: u32) -> Self {
        match self {
            Self::Continuous => self,
            Self::Every(Span(seconds)) => Self::Every(Span(seconds.saturating_mul(many.into()))),
        }
    }

    /// When it looks, in words.
    pub fn in_words(self) -> String {
        match self {
            Self::Continuous => Self::CONTINUOUS.to_string(),
            Self::Every(period) => format!("every {period}"),
        }
    }
}

/// A level of a pair, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// `reorder_point`
    ReorderPoint,
    /// `order_up_to`
    OrderUpTo,
    /// `quantity`
    Quantity,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::ReorderPoint, Self::OrderUpTo, Self::Quantity];

    /// Its key in the scenario file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ReorderPoint => "reorder_point",
            Self::OrderUpTo => "order_up_to",
            Self::Quantity => "quantity",
        }
    }
}

/// Replenishment levels in units; each key on its own takes the most specific place where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Levels {
    /// `reorder_point` (s, r); −n orders once n units wait and nothing is on its way.
    pub reorder_point: Option<i32>,
    /// `order_up_to` (S).
    pub order_up_to: Option<i32>,
    /// `quantity` (Q), at least 1.
    pub quantity: Option<i32>,
}

impl Levels {
    /// A level, where it is given.
    pub const fn get(&self, level: Level) -> Option<i32> {
        match level {
            Level::ReorderPoint => self.reorder_point,
            Level::OrderUpTo => self.order_up_to,
            Level::Quantity => self.quantity,
        }
    }

    /// These levels without any but those named.
    #[must_use]
    pub fn only(self, named: &[Level]) -> Self {
        let kept = |level| self.get(level).filter(|_| named.contains(&level));
        Self {
            reorder_point: kept(Level::ReorderPoint),
            order_up_to: kept(Level::OrderUpTo),
            quantity: kept(Level::Quantity),
        }
    }

    /// These levels with the reorder point so many times as high, to the nearest unit, and the order-up-to level higher by as many
    /// units, so that as much is ordered at a time. A reorder point below 0 stays; without a reorder point it is the order-up-to
    /// level that is multiplied.
    #[must_use]
    pub fn raised(self, factor: f64) -> Self {
        let times = |level: i32| match level {
            1.. => libm::rint((f64::from(level) * factor).min(MAX_UNITS as f64)) as i32,
            _ => level,
        };
        let Some(reorder_point) = self.reorder_point else {
            return Self { order_up_to: self.order_up_to.map(times), ..self };
        };
        let raised = times(reorder_point);
        let order_up_to = self.order_up_to.map(|level| level.saturating_add(raised.saturating_sub(reorder_point)));
        Self { reorder_point: Some(raised), order_up_to, quantity: self.quantity }
    }

    /// These levels, and what they leave open from more general ones.
    #[must_use]
    pub fn or(self, general: Self) -> Self {
        Self {
            reorder_point: self.reorder_point.or(general.reorder_point),
            order_up_to: self.order_up_to.or(general.order_up_to),
            quantity: self.quantity.or(general.quantity),
        }
    }
}

/// `target = { … }`: the service that derived levels aim at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// Share of units filled at once, in (0, 1).
    UnitFill(f64),
    /// Probability of no stock-out in a replenishment cycle, in (0, 1).
    CycleService(f64),
}

table! {
    /// The service that derived levels aim at: one of the two.
    pub TARGET as "Target": "`target`", One {
        /// Share of units filled at once.
        fill_rate: INNER_SHARE = optional, example(0.98);
        /// Probability that a replenishment cycle sees no stock-out.
        cycle_service: INNER_SHARE = optional, example(0.95);
    }
}

impl Setting for Target {
    const KIND: Kind = Kind::table(&TARGET);

    fn from_value(value: Value) -> Self {
        match &value {
            Value::Table(values) => match values[..] {
                [Value::Number(share), Value::Absent] => Self::UnitFill(share),
                [Value::Absent, Value::Number(share)] => Self::CycleService(share),
                _ => panic!("one of the two shares of a target is given, not {value:?}"),
            },
            _ => panic!("a target is a table, not {value:?}"),
        }
    }
}

impl Target {
    /// What it aims at, in words.
    pub fn in_words(self) -> String {
        match self {
            Self::UnitFill(rate) => format!("{} of units at once", percent(rate)),
            Self::CycleService(rate) => format!("no stock-out in {} of cycles", percent(rate)),
        }
    }
}
