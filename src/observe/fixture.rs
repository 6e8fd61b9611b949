//! A small model and the bookkeeping of a correct engine, for the tests of observers.

use std::collections::BTreeMap;

use crate::domain::*;
use crate::engine::{Books, Occurrence, OrderRef, ParcelLine, ParcelRef};
use crate::rules::Rule;

pub(super) const BOISE: WarehouseId = WarehouseId(0);
pub(super) const DAYTON: WarehouseId = WarehouseId(1);
pub(super) const WHEY: ProductId = ProductId(0);
pub(super) const CREATINE: ProductId = ProductId(1);
pub(super) const HOME: ZoneId = ZoneId(0);
pub(super) const ABROAD: ZoneId = ZoneId(1);

/// Two warehouses, two products, a domestic and an international zone; all settings at their defaults.
pub(super) fn model() -> Model {
    let lanes = |first: i64| {
        let lane = |warehouse, cost, days| Lane { warehouse, parcel_cost: Cents(cost), transit: Span::from_days(days) };
        vec![lane(BOISE, first, 2), lane(DAYTON, first + 200, 3)]
    };
    let zone = |id: &str, international, first| Zone {
        id: id.into(),
        share: 1.0,
        international,
        place: None,
        lanes: lanes(first),
    };
    let warehouse = |id: &str, listed_at| Warehouse {
        id: id.into(),
        place: None,
        handling: Span::ZERO,
        fixed_cost: Cents::ZERO,
        picking: None,
        listed_at,
    };
    let product = |id: &str| Product {
        id: id.into(),
        vendor: None,
        price: Cents::ZERO,
        unit_cost: Cents::ZERO,
        weight_kg: 0.0,
        share: 1.0,
        review_every: 1,
        line_cost: None,
        minimum_units: None,
        max_backorders: None,
        multiple: None,
        substitutes: None,
        bought_with: None,
    };
    Model {
        name: "fixture".into(),
        description: String::new(),
        run: RunPlan {
            horizon: Span::from_days(90),
            warm_up: WarmUp::Fixed(Span::ZERO),
            run_out: Span::ZERO,
            replications: Replications::Fixed(1),
            seed: 1,
        },
        zones: vec![zone("home", false, 500), zone("abroad", true, 1_500)],
        warehouses: vec![warehouse("boise", 0), warehouse("dayton", 1)],
        opening: None,
        placement: Placement::Everywhere,
        calendar: Calendar::default(),
        vendors: Vec::new(),
        products: vec![product("whey"), product("creatine")],
        substitute_groups: Vec::new(),
        affinity_groups: Vec::new(),
        parcel_cost_per_kg: 0.0,
        demand: None,
        period: None,
        trace: None,
        due_after: None,
        replenishment: None,
        sourcing: SourcingSettings::default(),
        customers: Customers::default(),
        classes: Vec::new(),
        reserve: None,
        rules: RuleSettings::default(),
        costs: CostRates { lost_margin: 1.0, ..CostRates::default() },
        promises: Promises::default(),
        promise: None,
        script: Script::default(),
        events: Vec::new(),
    }
}

/// An order of a zone, placed at a second.
pub(super) fn order(number: OrderNumber, zone: ZoneId, placed: i64) -> OrderRef {
    OrderRef { number, placed: SimTime(placed), zone, international: zone == ABROAD, class: ClassId(0) }
}

/// A parcel that costs the customer nothing.
pub(super) fn parcel(number: u32, warehouse: WarehouseId, contents: &[ParcelLine]) -> ParcelRef<'_> {
    ParcelRef {
        number,
        warehouse,
        contents,
        rule: Rule::MultiWarehouse,
        cost: Cents(500),
        customer_charge: Cents::ZERO,
    }
}

/// The books of an engine that does what it states.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) on_hand: BTreeMap<(WarehouseId, ProductId), i64>,
    pub(super) reserved: BTreeMap<(WarehouseId, ProductId), i64>,
    pub(super) on_order: BTreeMap<(WarehouseId, ProductId), i64>,
    pub(super) waiting: BTreeMap<(WarehouseId, ProductId), i64>,
}

impl Ledger {
    pub(super) fn book(&mut self, what: Occurrence<'_>) {
        use Occurrence as O;
        let add = |book: &mut BTreeMap<_, i64>, at, units: i64| *book.entry(at).or_default() += units;
        match what {
            O::PairCarried { warehouse, product, units } => add(&mut self.on_hand, (warehouse, product), units.into()),
            O::Receipt { warehouse, product, units, purchase_order } => {
                add(&mut self.on_hand, (warehouse, product), units.into());
                if purchase_order.is_some() {
                    add(&mut self.on_order, (warehouse, product), -i64::from(units));
                }
            }
            O::ReplenishmentOrdered { warehouse, product, units, .. } => {
                add(&mut self.on_order, (warehouse, product), units.into());
            }
            O::UnitsReserved { warehouse, product, units, .. } => {
                add(&mut self.reserved, (warehouse, product), units.into());
            }
            O::UnitsFreed { warehouse, product, units, .. } => {
                add(&mut self.reserved, (warehouse, product), -i64::from(units));
            }
            O::WaitingChanged { product, home: Some(home), change, .. } => {
                add(&mut self.waiting, (home, product), change);
            }
            O::ParcelShipped { parcel, .. } => {
                for content in parcel.contents {
                    add(&mut self.on_hand, (parcel.warehouse, content.product), -i64::from(content.units));
                    add(&mut self.reserved, (parcel.warehouse, content.product), -i64::from(content.units));
                }
            }
            _ => {}
        }
    }
}

impl Books for Ledger {
    fn on_hand(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.on_hand.get(&(warehouse, product)).copied().unwrap_or(0)
    }
    fn reserved(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.reserved.get(&(warehouse, product)).copied().unwrap_or(0)
    }
    fn on_order(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.on_order.get(&(warehouse, product)).copied().unwrap_or(0)
    }
    fn waiting(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.waiting.get(&(warehouse, product)).copied().unwrap_or(0)
    }
}
