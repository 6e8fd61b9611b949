//! The plan: a model compiled once into dense tables and samplers, shared by every replication and thread.

use super::buying_plan::{JointPlan, WorthPlan};
use super::companions::Companions;
use super::dock_terms::DockTerms;
use super::periods::PeriodSamplers;
use super::prefetch::prefetch;
use super::replay::{Replayed, replayed_alike};
use super::shape::ShapeTables;
use super::timeline::end_of;
use super::vendor_terms::VendorTerms;
use crate::domain::{
    Cents, ClassId, ContactHabit, CustomerClass, DAY, Demand, Distribution, Lane, Model, OrderNumber, OrderTerms,
    Product, ProductId, Review, SimTime, Span, Vendor, VendorId, WarehouseId, Zone,
};
use crate::policy::assortment::Assortment;
use crate::policy::replenishment::forecast::forecasts;
use crate::policy::replenishment::levels::initial_stock;
use crate::policy::replenishment::schedule::{LevelChange, Schedule, schedule};
use crate::policy::replenishment::{PairLevels, as_the_vendor_sells};
use crate::random::{AliasTable, CountSampler, Sampler};
use crate::rules::multi_warehouse;

/// A model compiled for running: samplers, levels, dense tables. A pure function of the model.
pub struct Plan<'a> {
    pub(super) model: &'a Model,
    /// Free stock of each pair at second 0; pairs are product-major, so an order line touches one stretch.
    pub(super) stock: Vec<i32>,
    /// What each warehouse carries.
    pub(super) assortment: Assortment,
    /// The levels that each pair is replenished by, [`PairLevels::NONE`] where none are.
    levels: Vec<PairLevels>,
    /// Levels that are others from some moment on.
    pub(super) level_changes: Vec<LevelChange>,
    /// Pairs that nobody buys for at second 0, and somebody does later, ascending.
    bought_later: Vec<u32>,
    /// Whether positions are looked at whenever they fall.
    is_reviewed_continuously: bool,
    /// Which vendors take several products an order.
    pub(super) joint: JointPlan,
    /// What expediting is weighed by, where some vendor asks.
    pub(super) worth: WorthPlan,
    /// Units a day expected at a pair, where some vendor expedites or some order is filled up; else empty.
    pub(super) forecast_per_day: Vec<f64>,
    pub(super) demand: Option<DemandSamplers<'a>>,
    pub(super) period: Option<PeriodSamplers<'a>>,
    /// How long after they are placed orders fall due that are not written by hand; `None` for at once.
    pub(super) due_after: Option<Sampler>,
    /// Whether some order may fall due later than it is placed.
    pub(super) books_ahead: bool,
    /// Whether every order goes the general way: it is promised a date, line by line, or customers differ.
    pub(super) goes_the_general_way: bool,
    pub(super) notice_delay: Sampler,
    /// By customer class; one where there are none.
    pub(super) contact_after: Vec<Sampler>,
    pub(super) contact_handling: Vec<Sampler>,
    /// Shares of the customer classes, each with those before it, up to 1; empty where no order is given a class.
    pub(super) class_shares: Vec<f64>,
    /// Whether only so many units of some product may wait.
    limits_backorders: bool,
    /// Units of a shelf that a class may not take; empty where none are withheld.
    withheld: Vec<i32>,
    /// Whose waiting lines are served first, by class; empty where all have one priority.
    priorities: Vec<u32>,
    pub(super) vendors: Vec<VendorSamplers>,
    /// How vendors work that let purchase orders wait; empty where none does.
    pub(super) vendor_terms: Vec<Option<VendorTerms>>,
    /// Each warehouse's position in the scenario file.
    pub(super) listed_at: Vec<u32>,
    /// What can be ordered of each product at a time, where some product's row says so; else empty, and the vendors' rows hold.
    own_terms: Vec<Option<OrderTerms>>,
    /// What a line of each product costs, where some product's row says so; else empty, and the vendors' rows hold.
    own_line_costs: Vec<Cents>,
    /// Who sells each product: apart from its name and prices, so that looking it up touches little.
    vendor_of: Vec<Option<VendorId>>,
    /// The nearest warehouse of each zone.
    pub(super) nearest: Vec<Nearest>,
    /// Whether every zone has a lane.
    pub(super) serves_every_zone: bool,
    /// How warehouses pick; empty where all of them send what is ready at once.
    pub(super) docks: Vec<Option<DockTerms>>,
    /// What a kilogram adds to the cost of a parcel.
    parcel_cost_per_kg: f64,
    /// What a unit of each product weighs, where weight counts; else empty.
    weight_kg: Vec<f64>,
    /// Rows of the scripted orders by (time, number).
    pub(super) scripted_orders: Vec<u32>,
    /// Replayed orders, by time, where they are the same in every replication.
    pub(super) replayed: Vec<Replayed>,
    /// How many orders have their number from the start: scripted ones, and those that are open then.
    pub(super) numbered: OrderNumber,
    /// Rows of the open purchase orders by promise, then in file order.
    pub(super) open_purchase_orders: Vec<u32>,
    /// Rows of the open orders, the longest-waiting first.
    pub(super) open_orders: Vec<u32>,
    /// The instant that is not run any more.
    pub(super) end: SimTime,
    /// The most purchase orders of a pair: so few that those of a product, in all warehouses, are counted in 32 bits.
    pub(super) max_purchase_orders: u32,
    /// Whatever is released before this instant departs before the end.
    pub(super) all_depart_until: SimTime,
}

/// The warehouse that comes first in a zone's preference order, and its lane there: what nearly every order needs to know of its
/// zone, apart from names and places. Any warehouse, where the zone has no lane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nearest {
    pub(super) warehouse: WarehouseId,
    pub(super) international: bool,
    pub(super) handling: Span,
    pub(super) lane: Lane,
}

/// Samplers of generated orders.
pub(super) struct DemandSamplers<'a> {
    pub(super) settings: &'a Demand,
    /// Orders a second, before the factors of the week and the year.
    pub(super) orders_per_second: f64,
    pub(super) zones: AliasTable,
    pub(super) products: AliasTable,
    pub(super) companions: Companions,
    pub(super) lines: CountSampler,
    pub(super) units: CountSampler,
    /// Whether a day's mean varies over the week or the year.
    pub(super) is_seasonal: bool,
    /// What sets some of the demand apart, if anything does.
    pub(super) shape: Option<ShapeTables<'a>>,
}

/// Samplers of a vendor.
pub(super) struct VendorSamplers {
    pub(super) lead_time: Sampler,
    /// To the second.
    pub(super) mean_lead_time: Span,
    pub(super) expedited: Option<Sampler>,
    pub(super) disruption: Option<(Sampler, Sampler)>,
}

impl<'a> Plan<'a> {
    /// Compiles a model.
    pub fn new(model: &'a Model) -> Self {
        let assortment = Assortment::new(model);
        let Schedule { first: levels, changes: level_changes } = schedule(model, &assortment);
        let end = end_of(model);
        let longest_handling = model.warehouses.iter().map(|warehouse| warehouse.handling).max();
        let expedites = model.vendors.iter().any(|vendor| vendor.expedite.is_some());
        let forecast = if expedites || JointPlan::fills_up(model) { forecasts(model, &assortment) } else { Vec::new() };
        let forecast_per_day = forecast.iter().map(|pair| pair.mean).collect();
        let classes = || (0..model.classes.len().max(1)).map(ClassId::from_index);
        let contact_time = |of: fn(&ContactHabit) -> &Distribution| {
            let time = |class| model.customers_of(class).contact.as_ref().map_or(&Distribution::Constant(0.0), of);
            classes().map(|class| Sampler::continuous(time(class))).collect()
        };
        let mut scripted_orders: Vec<u32> = (0..model.script.orders.len() as u32).collect();
        scripted_orders.sort_by_key(|&row| (model.script.orders[row as usize].at, row));
        let script = &model.script;
        let mut open_purchase_orders: Vec<u32> = (0..script.open_purchase_orders.len() as u32).collect();
        open_purchase_orders.sort_by_key(|&row| {
            let open = &script.open_purchase_orders[row as usize];
            let mean = Span::from_seconds_f64(model.vendors[open.vendor.index()].lead_time.mean());
            open.promised.unwrap_or(SimTime(-open.age.0) + mean)
        });
        let mut open_orders: Vec<u32> = (0..script.open_orders.len() as u32).collect();
        open_orders.sort_by_key(|&row| script.open_orders[row as usize].placed());
        Self {
            model,
            stock: initial_stock(model, &levels),
            assortment,
            joint: JointPlan::new(model),
            bought_later: bought_later(&levels, &level_changes),
            level_changes,
            worth: WorthPlan::new(model, &forecast),
            levels,
            is_reviewed_continuously: model
                .replenishment
                .as_ref()
                .is_some_and(|settings| settings.review == Review::Continuous),
            forecast_per_day,
            demand: model.demand.as_ref().map(|demand| DemandSamplers::new(model, demand)),
            period: model.period.as_ref().map(|period| PeriodSamplers::new(model, period)),
            due_after: model.due_after.as_ref().map(Sampler::continuous),
            books_ahead: model.books_ahead(),
            goes_the_general_way: model.promise.is_some() || !model.classes.is_empty(),
            notice_delay: Sampler::continuous(&model.rules.notice.delay),
            contact_after: contact_time(|contact| &contact.after),
            contact_handling: contact_time(|contact| &contact.handling),
            class_shares: class_shares(model),
            limits_backorders: model.products.iter().any(|product| product.max_backorders.is_some()),
            withheld: match model.reserve() {
                Some(reserve) => {
                    classes().map(|class| multi_warehouse::withheld_from(class, Some(reserve)) as i32).collect()
                }
                None => Vec::new(),
            },
            priorities: if classes().all(|class| model.priority(class) == model.priority(ClassId(0))) {
                Vec::new()
            } else {
                classes().map(|class| model.priority(class)).collect()
            },
            vendors: model.vendors.iter().map(VendorSamplers::new).collect(),
            vendor_terms: VendorTerms::of(model),
            listed_at: model.warehouses.iter().map(|warehouse| warehouse.listed_at).collect(),
            own_terms: own_terms(model),
            own_line_costs: own_line_costs(model),
            vendor_of: model.products.iter().map(|product| product.vendor).collect(),
            nearest: model.zones.iter().map(|zone| Nearest::new(model, zone, &zone.lanes)).collect(),
            serves_every_zone: model.zones.iter().all(|zone| !zone.lanes.is_empty()),
            docks: DockTerms::of(model),
            parcel_cost_per_kg: model.parcel_cost_per_kg,
            weight_kg: if model.parcel_cost_per_kg > 0.0 {
                model.products.iter().map(|product| product.weight_kg).collect()
            } else {
                Vec::new()
            },
            scripted_orders,
            replayed: replayed_alike(model),
            open_purchase_orders,
            numbered: (script.orders.len() + script.open_orders.len()) as OrderNumber,
            open_orders,
            end,
            max_purchase_orders: u32::MAX / model.warehouses.len() as u32,
            all_depart_until: SimTime(end.0 - longest_handling.unwrap_or(Span::ZERO).0),
        }
    }

    /// Every pair that is carried, with its stock at second 0, in product-major order.
    pub(super) fn carried(&self) -> impl Iterator<Item = (WarehouseId, ProductId, i32)> {
        let stock = |(warehouse, product)| (warehouse, product, self.stock[self.model.pair(warehouse, product)]);
        self.assortment.pairs().map(stock)
    }

    /// The levels a pair is replenished by, where a policy does.
    pub fn levels(&self, warehouse: WarehouseId, product: ProductId) -> Option<PairLevels> {
        self.levels_of_pair(self.model.pair(warehouse, product))
    }

    /// The levels of second 0 where they change later; else nothing.
    pub(super) fn changing_levels(&self) -> &[PairLevels] {
        if self.level_changes.is_empty() { &[] } else { &self.levels }
    }

    /// Whether positions are looked at whenever they fall.
    pub(super) fn is_reviewed_continuously(&self) -> bool {
        self.is_reviewed_continuously
    }

    #[inline(always)]
    pub(super) fn levels_of_pair(&self, pair: usize) -> Option<PairLevels> {
        let levels = self.levels[pair];
        (levels != PairLevels::NONE).then_some(levels)
    }

    /// The pair at a [position](Model::pair).
    pub(super) fn pair_at(&self, pair: usize) -> (WarehouseId, ProductId) {
        let warehouses = self.model.warehouses.len();
        (WarehouseId::from_index(pair % warehouses), ProductId::from_index(pair / warehouses))
    }

    /// Whether a policy replenishes a pair, now or later.
    pub(super) fn is_replenished(&self, pair: usize) -> bool {
        self.levels_of_pair(pair).is_some() || self.bought_later.binary_search(&(pair as u32)).is_ok()
    }

    /// The levels that a pair is ordered by as soon as its inventory position falls.
    pub(super) fn continuous_levels(&self, pair: usize) -> Option<PairLevels> {
        if self.is_reviewed_continuously { self.levels_of_pair(pair) } else { None }
    }
}

impl<'a> DemandSamplers<'a> {
    fn new(model: &'a Model, settings: &'a Demand) -> Self {
        let shares: Vec<f64> = model.products.iter().map(|product| product.share).collect();
        let zone_shares: Vec<f64> = model.zones.iter().map(|zone| zone.share).collect();
        Self {
            settings,
            orders_per_second: settings.orders_per_day / DAY as f64,
            zones: AliasTable::new(&zone_shares),
            companions: Companions::new(model),
            products: AliasTable::new(&shares),
            lines: CountSampler::new(&settings.lines_per_order, Demand::most_lines(&model.products)),
            units: CountSampler::new(&settings.units_per_line, Demand::MAX_UNITS),
            is_seasonal: settings.is_seasonal(),
            shape: ShapeTables::new(model, settings),
        }
    }
}

impl Nearest {
    /// The first of a zone's lanes.
    pub(super) fn new(model: &Model, zone: &Zone, lanes: &[Lane]) -> Self {
        let nowhere = Lane { warehouse: WarehouseId(0), parcel_cost: Cents::ZERO, transit: Span::ZERO };
        let lane = lanes.first().copied().unwrap_or(nowhere);
        Self {
            warehouse: lane.warehouse,
            international: zone.international,
            handling: model.warehouses[lane.warehouse.index()].handling,
            lane,
        }
    }
}

impl VendorSamplers {
    fn new(vendor: &crate::domain::Vendor) -> Self {
        Self {
            lead_time: Sampler::continuous(&vendor.lead_time),
            mean_lead_time: Span::from_seconds_f64(vendor.lead_time.mean()),
            expedited: vendor.expedite.as_ref().map(|expedite| Sampler::continuous(&expedite.lead_time)),
            disruption: vendor
                .disruption
                .as_ref()
                .map(|disruption| (Sampler::continuous(&disruption.every), Sampler::continuous(&disruption.lasts))),
        }
    }
}

/// The pairs without levels at second 0 that have some later.
fn bought_later(first: &[PairLevels], changes: &[LevelChange]) -> Vec<u32> {
    let has_none =
        |&&(pair, levels): &&(u32, PairLevels)| levels != PairLevels::NONE && first[pair as usize] == PairLevels::NONE;
    let mut pairs: Vec<u32> =
        changes.iter().flat_map(|change| &change.pairs).filter(has_none).map(|&(pair, _)| pair).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Shares of the customer classes, each with those before it, up to 1: a change of one moves as few orders as it can.
fn class_shares(model: &Model) -> Vec<f64> {
    let all: f64 = model.classes.iter().map(|class| class.share).sum();
    if model.classes.len() < 2 || all <= 0.0 {
        return Vec::new();
    }
    let mut so_far = 0.0;
    let upper = |class: &CustomerClass| {
        so_far += class.share;
        so_far / all
    };
    model.classes.iter().map(upper).collect()
}

/// What can be ordered at a time of each product that has a vendor; nothing where the vendors alone decide.
fn own_terms(model: &Model) -> Vec<Option<OrderTerms>> {
    let has_own = |product: &Product| product.minimum_units.is_some() || product.multiple.is_some();
    if !model.products.iter().any(has_own) {
        return Vec::new();
    }
    let terms = |product: ProductId| {
        let vendor = &model.vendors[model.vendor_of(product)?.index()];
        Some(model.order_terms(product, vendor))
    };
    (0..model.products.len()).map(|index| terms(ProductId::from_index(index))).collect()
}

/// What a line of each product costs; nothing where the vendors alone decide.
fn own_line_costs(model: &Model) -> Vec<Cents> {
    if model.products.iter().all(|product| product.line_cost.is_none()) {
        return Vec::new();
    }
    let cost = |product: ProductId| match model.vendor_of(product) {
        Some(vendor) => model.line_cost(product, &model.vendors[vendor.index()]),
        None => Cents::ZERO,
    };
    (0..model.products.len()).map(|index| cost(ProductId::from_index(index))).collect()
}

impl Plan<'_> {
    /// What a product's line of a purchase order costs.
    #[inline]
    pub(super) fn line_cost(&self, product: ProductId, vendor: &Vendor) -> Cents {
        self.own_line_costs.get(product.index()).copied().unwrap_or(vendor.line_cost)
    }

    /// The units that a purchase order asks for when so many are wanted: at least the minimum, in whole multiples.
    #[inline]
    pub(super) fn as_sold(&self, wish: u32, product: ProductId, vendor: &Vendor) -> u32 {
        match self.own_terms.get(product.index()) {
            Some(&Some(terms)) => terms.units(wish),
            _ => as_the_vendor_sells(wish, vendor),
        }
    }

    /// Units of a shelf that a class may not take.
    #[inline(always)]
    pub(super) fn withheld_from(&self, class: ClassId) -> i32 {
        self.withheld.get(class.index()).copied().unwrap_or(0)
    }

    /// Whether only so many units of some product may wait.
    #[inline(always)]
    pub(super) fn limits_backorders(&self) -> bool {
        self.limits_backorders
    }

    /// Whether waiting lines of some classes are served before those of others.
    #[inline(always)]
    pub(super) fn has_priorities(&self) -> bool {
        !self.priorities.is_empty()
    }

    /// Whose waiting lines are served first.
    #[inline(always)]
    pub(super) fn priority(&self, class: ClassId) -> u32 {
        self.priorities.get(class.index()).copied().unwrap_or(1)
    }

    /// Who sells a product.
    #[inline(always)]
    pub(super) fn vendor_of(&self, product: ProductId) -> Option<VendorId> {
        self.vendor_of[product.index()]
    }

    /// Whether what a parcel costs depends on its weight.
    #[inline(always)]
    pub(super) fn weight_costs_something(&self) -> bool {
        !self.weight_kg.is_empty()
    }

    /// What units of a product weigh, in kg, where [weight costs something](Self::weight_costs_something).
    #[inline(always)]
    pub(super) fn weight_of(&self, product: ProductId, units: u32) -> f64 {
        // Nothing here can panic, so that the compiler can drop the computation where the cost is not used.
        f64::from(units) * self.weight_kg.get(product.index()).copied().unwrap_or(0.0)
    }

    /// What so many kg add to the cost of a parcel.
    #[inline(always)]
    pub(super) fn cost_of_weight(&self, kg: f64) -> Cents {
        Cents::from_decimal(self.parcel_cost_per_kg * kg)
    }

    /// What a parcel costs the retailer: its lane's cost and, where weight counts, so much a kilogram.
    #[inline]
    pub(super) fn parcel_cost(&self, lane: &Lane, contents: impl Iterator<Item = (ProductId, u32)>) -> Cents {
        if !self.weight_costs_something() {
            return lane.parcel_cost;
        }
        lane.parcel_cost + self.cost_of_weight(contents.map(|(product, units)| self.weight_of(product, units)).sum())
    }

    /// Prefetches what placing or expediting a purchase order for a pair will look up.
    #[inline(always)]
    pub(super) fn fetch_terms(&self, pair: usize, product: ProductId) {
        prefetch(&self.vendor_of[product.index()]);
        if let Some(forecast) = self.forecast_per_day.get(pair) {
            prefetch(forecast);
        }
    }

    pub(super) fn vendor(&self, vendor: VendorId) -> &VendorSamplers {
        &self.vendors[vendor.index()]
    }

    /// How a vendor works, where it lets purchase orders wait.
    #[inline(always)]
    pub(super) fn terms_of(&self, vendor: VendorId) -> Option<&VendorTerms> {
        self.vendor_terms.get(vendor.index())?.as_ref()
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
