//! The model: a scenario that has been checked, as plain data that cannot be invalid.
//!
//! [`scenario`](crate::scenario) makes it out of text, the engine compiles it once into dense tables and samplers.

use std::num::NonZeroU32;

use super::settings::Settings;
use super::{
    Arrives, Calendar, Cents, ClassId, CostRates, CustomerClass, Customers, DAY, Demand, Distribution, LineNumber,
    Opening, OrderNumber, OrderTerms, PeriodDemand, Placement, PlannedEvent, Product, ProductId, Promises, Promising,
    Replenishment, Resample, Reserve, Review, RuleSettings, SimTime, SourcingSettings, Span, Vendor, VendorId,
    Warehouse, WarehouseId, Wish, Zone, ZoneId, pair_among,
};

/// A validated scenario. Whoever has one has it from a [`Scenario`](crate::files::Scenario), read or built in code, and
/// can look at all of it but change only what cannot make it invalid. Each field is described at the method of its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) run: RunPlan,
    pub(crate) zones: Vec<Zone>,
    pub(crate) warehouses: Vec<Warehouse>,
    pub(crate) opening: Option<Opening>,
    pub(crate) placement: Placement,
    pub(crate) calendar: Calendar,
    pub(crate) vendors: Vec<Vendor>,
    pub(crate) products: Vec<Product>,
    pub(crate) substitute_groups: Vec<Vec<ProductId>>,
    pub(crate) affinity_groups: Vec<Vec<ProductId>>,
    pub(crate) parcel_cost_per_kg: f64,
    pub(crate) demand: Option<Demand>,
    pub(crate) period: Option<PeriodDemand>,
    pub(crate) trace: Option<TraceDemand>,
    pub(crate) due_after: Option<Distribution>,
    pub(crate) replenishment: Option<Replenishment>,
    pub(crate) sourcing: SourcingSettings,
    pub(crate) customers: Customers,
    pub(crate) classes: Vec<CustomerClass>,
    pub(crate) reserve: Option<Reserve>,
    pub(crate) rules: RuleSettings,
    pub(crate) costs: CostRates,
    pub(crate) promises: Promises,
    pub(crate) promise: Option<Promising>,
    pub(crate) script: Script,
    pub(crate) events: Vec<PlannedEvent>,
}

/// `[run]`: how long, how often, from which seed.
#[derive(Clone, Debug, PartialEq)]
pub struct RunPlan {
    /// Measured time, after the warm-up.
    pub horizon: Span,
    /// Time before the measures start.
    pub warm_up: WarmUp,
    /// Time after the horizon in which measured orders may still finish; demand and replenishment go on.
    pub run_out: Span,
    /// How many replications.
    pub replications: Replications,
    /// Seed of every random stream.
    pub seed: u64,
}

impl RunPlan {
    /// When a replication is over: after warm-up, measured time and run-out.
    pub fn end(&self) -> SimTime {
        SimTime::ZERO + self.warm_up.span() + self.horizon + self.run_out
    }
}

/// `[run] warm_up`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WarmUp {
    /// A given time.
    Fixed(Span),
    /// Found by MSER-5 on a pilot run.
    Auto,
}

impl WarmUp {
    /// The given time; 0 where it is still to be found.
    pub fn span(self) -> Span {
        match self {
            Self::Fixed(span) => span,
            Self::Auto => Span::ZERO,
        }
    }
}

/// `[run] replications`.
#[derive(Clone, Debug, PartialEq)]
pub enum Replications {
    /// A fixed number, at least 1.
    Fixed(u32),
    /// Until the interval of a metric is narrow enough.
    Sequential {
        /// At least so many.
        min: u32,
        /// At most so many.
        max: u32,
        /// The half-width to reach.
        half_width: HalfWidth,
        /// The metric whose interval it is.
        of: String,
    },
}

/// How narrow an interval is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HalfWidth {
    /// In the metric's own unit.
    Absolute(f64),
    /// As a share of the true value.
    Relative(f64),
}

/// `[demand] trace`: orders replayed from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceDemand {
    /// The file's orders, in file order of their first rows.
    pub orders: Vec<TraceOrder>,
    /// The day that begins at second 0, counted from 1970-01-01.
    pub first_day: i64,
    /// `true` where dates carry no hours: each order is spread uniformly over its day.
    pub spread_over_day: bool,
    /// What is drawn again in every replication, if anything.
    pub resample: Resample,
}

impl TraceDemand {
    /// How long it is, in whole days up to the end of its last one.
    pub fn length(&self) -> Span {
        let last = self.orders.iter().map(|order| order.at.0).max().unwrap_or(0);
        Span::from_days(last / DAY + 1)
    }
}

/// One order of a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceOrder {
    /// Its own number in the file.
    pub id: String,
    /// When it was placed: from midnight of the trace's first day; the start of the day where only dates are known.
    pub at: SimTime,
    /// Where its customer is.
    pub zone: ZoneId,
    /// What was ordered.
    pub lines: Vec<OrderedLine>,
}

/// A product and how many of it a customer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderedLine {
    /// What.
    pub product: ProductId,
    /// How many, at least 1.
    pub units: u32,
}

impl OrderedLine {
    /// Whether a product stands in some of the lines.
    #[inline(always)]
    pub fn is_named(lines: &[Self], product: ProductId) -> bool {
        lines.iter().any(|line| line.product == product)
    }

    /// Whether no product stands in two of the lines, so that no line can take another's stock.
    #[inline(always)]
    pub fn are_distinct(lines: &[Self]) -> bool {
        lines.iter().enumerate().all(|(index, line)| !Self::is_named(&lines[..index], line.product))
    }
}

/// What a scenario writes by hand.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Script {
    /// `[[stock]]`: on hand at second 0; pairs are distinct. `None` where the file has no such table.
    pub stock: Option<Vec<StockRow>>,
    /// `[[receipts]]`, in file order.
    pub receipts: Vec<ScriptedReceipt>,
    /// `[[orders]]`, in file order: order number `i + 1` is row `i`.
    pub orders: Vec<ScriptedOrder>,
    /// `[[contacts]]`, in file order.
    pub contacts: Vec<ScriptedContact>,
    /// What was ordered from vendors before second 0 and has not arrived.
    pub open_purchase_orders: Vec<OpenPurchaseOrder>,
    /// What customers ordered before second 0 and still wait for: row `i` has the number `orders.len() + i + 1`.
    pub open_orders: Vec<OpenOrder>,
}

/// A row of `[[stock]]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockRow {
    /// Where.
    pub warehouse: WarehouseId,
    /// What.
    pub product: ProductId,
    /// How many; 0 says that the warehouse carries the product.
    pub units: u32,
}

/// A row of `[[receipts]]`: a delivery that no policy ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScriptedReceipt {
    /// When.
    pub at: SimTime,
    /// Where.
    pub warehouse: WarehouseId,
    /// What.
    pub product: ProductId,
    /// How many.
    pub units: u32,
}

/// A row of `[[orders]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptedOrder {
    /// When.
    pub at: SimTime,
    /// Where the customer is.
    pub zone: ZoneId,
    /// What is ordered; a product may stand in several lines.
    pub lines: Vec<OrderedLine>,
    /// How long after that it is due: only then it claims stock.
    pub due_after: Span,
    /// The customer's class.
    pub class: ClassId,
}

/// A row of `[[open_purchase_orders]]`: on its way when the run begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenPurchaseOrder {
    /// Who delivers.
    pub vendor: VendorId,
    /// Where to.
    pub warehouse: WarehouseId,
    /// What.
    pub product: ProductId,
    /// How many.
    pub units: u32,
    /// How long before second 0 it was ordered.
    pub age: Span,
    /// When it is promised for, where the file says so; else ordered + mean lead time.
    pub promised: Option<SimTime>,
    /// What decides when it comes.
    pub arrives: Arrives,
}

/// A row of `[[open_orders]]`: waiting when the run begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOrder {
    /// How long before second 0 it was placed; more than nothing.
    pub age: Span,
    /// Where the customer is.
    pub zone: ZoneId,
    /// What of it still waits.
    pub lines: Vec<OrderedLine>,
    /// Another part of it left before the run, so that what waits leaves line by line.
    pub part_shipped: bool,
    /// The customer's class.
    pub class: ClassId,
}

impl OpenOrder {
    /// When it was placed: before second 0.
    pub fn placed(&self) -> SimTime {
        SimTime(-self.age.0)
    }
}

/// A row of `[[contacts]]`: a customer calls about a line; ignored when it does not wait then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScriptedContact {
    /// When.
    pub at: SimTime,
    /// About which order.
    pub order: OrderNumber,
    /// About which of its lines.
    pub line: LineNumber,
    /// What the customer wants.
    pub wants: Wish,
}

/// What a scenario says.
impl Model {
    /// The scenario's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is about, in the author's words.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// How long and how often it runs.
    pub fn run(&self) -> &RunPlan {
        &self.run
    }

    /// Customer zones, in file order.
    pub fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// The open warehouses, in file order: the last tie-break everywhere.
    pub fn warehouses(&self) -> &[Warehouse] {
        &self.warehouses
    }

    /// Which of the listed warehouses are open; `None` where the scenario leaves all of them open without a word.
    pub fn opening(&self) -> Option<&Opening> {
        self.opening.as_ref()
    }

    /// In which warehouses products lie.
    pub fn placement(&self) -> &Placement {
        &self.placement
    }

    /// Vendors, in file order.
    pub fn vendors(&self) -> &[Vendor] {
        &self.vendors
    }

    /// Products, in file order.
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// What day 0 is, and on which days nobody works.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Groups of mutual substitutes; members ascend, which is file order.
    pub fn substitute_groups(&self) -> &[Vec<ProductId>] {
        &self.substitute_groups
    }

    /// Groups of products bought together; members ascend.
    pub fn affinity_groups(&self) -> &[Vec<ProductId>] {
        &self.affinity_groups
    }

    /// `[shipping] cost_per_kg`: added to a parcel's cost for each kilogram in it, in the currency's unit.
    pub fn parcel_cost_per_kg(&self) -> f64 {
        self.parcel_cost_per_kg
    }

    /// Randomly generated orders, if any.
    pub fn demand(&self) -> Option<&Demand> {
        self.demand.as_ref()
    }

    /// Demand that comes by period, if any.
    pub fn period(&self) -> Option<&PeriodDemand> {
        self.period.as_ref()
    }

    /// Orders replayed from a file, if any.
    pub fn trace(&self) -> Option<&TraceDemand> {
        self.trace.as_ref()
    }

    /// How long after they are placed orders fall due, of all but those that are written by hand; `None` for at once.
    pub fn due_after(&self) -> Option<&Distribution> {
        self.due_after.as_ref()
    }

    /// The replenishment policy, if any; without it there are only scripted receipts.
    pub fn replenishment(&self) -> Option<&Replenishment> {
        self.replenishment.as_ref()
    }

    /// How available lines are spread over warehouses.
    pub fn sourcing(&self) -> &SourcingSettings {
        &self.sourcing
    }

    /// What customers do.
    pub fn customers(&self) -> &Customers {
        &self.customers
    }

    /// Classes of customers, in file order; empty where all are alike.
    pub fn classes(&self) -> &[CustomerClass] {
        &self.classes
    }

    /// What customers of a class do.
    #[inline]
    pub fn customers_of(&self, class: ClassId) -> &Customers {
        self.classes.get(class.index()).map_or(&self.customers, |class| &class.customers)
    }

    /// How often what is available of a partly backordered order of a class ships ahead.
    #[inline]
    pub fn ship_available(&self, class: ClassId) -> f64 {
        let own = self.classes.get(class.index()).and_then(|class| class.ship_available);
        own.unwrap_or(self.rules.split.ship_available)
    }

    /// Stock that is kept for some classes, if any.
    pub fn reserve(&self) -> Option<&Reserve> {
        self.reserve.as_ref()
    }

    /// Whose waiting lines are served first: 1 before 2.
    pub fn priority(&self, class: ClassId) -> u32 {
        self.classes.get(class.index()).map_or(1, |class| class.priority)
    }

    /// The settings of the retailer's rules.
    pub fn rules(&self) -> &RuleSettings {
        &self.rules
    }

    /// Cost rates.
    pub fn costs(&self) -> &CostRates {
        &self.costs
    }

    /// Thresholds of the scorecard.
    pub fn promises(&self) -> &Promises {
        &self.promises
    }

    /// What date customers are promised, if any.
    pub fn promise(&self) -> Option<&Promising> {
        self.promise.as_ref()
    }

    /// What was written by hand.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// What happens on given days or at random, in file order.
    pub fn events(&self) -> &[PlannedEvent] {
        &self.events
    }

    /// The same with another seed.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.run.seed = seed;
        self
    }

    /// The same with a fixed number of replications.
    #[must_use]
    pub fn with_replications(mut self, replications: NonZeroU32) -> Self {
        self.run.replications = Replications::Fixed(replications.get());
        self
    }
}

impl Model {
    /// The position of a pair in dense tables, see [`pair_among`].
    #[inline(always)]
    pub fn pair(&self, warehouse: WarehouseId, product: ProductId) -> usize {
        pair_among(self.warehouses.len(), warehouse, product)
    }

    /// Whether a purchase order of a vendor takes several products.
    pub fn orders_jointly(&self, vendor: VendorId) -> bool {
        let can_join = self.replenishment.as_ref().is_some_and(|settings| settings.can_order.is_some());
        can_join || self.vendors[vendor.index()].takes_several_products()
    }

    /// Whether purchase orders and their lines are told apart: some vendor takes several products an order, or charges by the line.
    pub fn tells_lines_apart(&self) -> bool {
        let costs = |cost: Cents| cost != Cents::ZERO;
        let mut vendors = (0..self.vendors.len()).map(VendorId::from_index);
        vendors.any(|vendor| self.orders_jointly(vendor) || costs(self.vendors[vendor.index()].line_cost))
            || self.products.iter().any(|product| product.line_cost.is_some_and(costs))
    }

    /// What a product's line of a purchase order costs: what its row says, else what its vendor's does.
    pub fn line_cost(&self, product: ProductId, vendor: &Vendor) -> Cents {
        self.products[product.index()].line_cost.unwrap_or(vendor.line_cost)
    }

    /// Whether what expediting brings is measured: some vendor's `expedite` says when.
    pub fn measures_expediting(&self) -> bool {
        self.vendors.iter().any(|vendor| vendor.expedite.as_ref().is_some_and(|offer| offer.when.is_some()))
    }

    /// When positions of a product are looked at.
    pub fn review_of(&self, product: ProductId, review: Review) -> Review {
        review.every_so_many(self.products[product.index()].review_every)
    }

    /// The vendor of a product, where it has one.
    pub fn vendor_of(&self, product: ProductId) -> Option<VendorId> {
        self.products[product.index()].vendor
    }

    /// Whether the rest of an open purchase order's lead time is drawn.
    fn is_drawn(&self, order: &OpenPurchaseOrder) -> bool {
        let lead_time = &self.vendors[order.vendor.index()].lead_time;
        order.arrives == Arrives::LeadTime && !matches!(lead_time, Distribution::Constant(_))
    }

    /// What can be ordered of a product at a time: what its row says, else what its vendor's does.
    pub fn order_terms(&self, product: ProductId, vendor: &Vendor) -> OrderTerms {
        let product = &self.products[product.index()];
        let OrderTerms { minimum_units, multiple } = vendor.order_terms();
        OrderTerms {
            minimum_units: product.minimum_units.unwrap_or(minimum_units),
            multiple: product.multiple.unwrap_or(multiple),
        }
    }

    /// Whether two replications may differ because of a class: its customers toss coins, or orders are given it by share.
    fn class_is_random(&self, class: &CustomerClass) -> bool {
        let tossed = |probability: f64| probability > 0.0 && probability < 1.0;
        let are_drawn = self.trace.is_some() && class.share > 0.0 && self.classes.len() > 1;
        are_drawn || class.customers.are_random() || class.ship_available.is_some_and(tossed)
    }

    /// Whether some order may fall due later than it is placed.
    pub fn books_ahead(&self) -> bool {
        self.due_after.is_some() || self.script.orders.iter().any(|order| order.due_after > Span::ZERO)
    }

    /// Whether two replications may differ.
    pub fn is_random(&self) -> bool {
        let replayed = |trace: &TraceDemand| trace.spread_over_day || trace.resample != Resample::None;
        self.demand.is_some()
            || self.period.as_ref().is_some_and(|period| period.is_random(&self.products, &self.zones))
            || self.trace.as_ref().is_some_and(replayed)
            || (self.replenishment.is_some() && self.vendors.iter().any(Settings::is_random))
            || self.script.open_purchase_orders.iter().any(|order| self.is_drawn(order))
            || self.events.iter().any(PlannedEvent::is_random)
            || self.due_after.as_ref().is_some_and(|after| !matches!(after, Distribution::Constant(_)))
            || self.customers.are_random()
            || self.classes.iter().any(|class| self.class_is_random(class))
            || self.rules.is_random()
    }
}
