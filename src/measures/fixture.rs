//! A small model for the tests of measures, tally, experiment and report.

use crate::domain::*;

/// Two zones (the second abroad), two warehouses, two vendors, two products; nothing happens by itself.
/// A day of warm-up, ten measured, five of run-out.
pub(crate) fn model() -> Model {
    let lane = |warehouse, cents| Lane {
        warehouse: WarehouseId(warehouse),
        parcel_cost: Cents(cents),
        transit: Span::from_days(2),
    };
    let zone = |id: &str, international| Zone {
        id: id.into(),
        share: 1.0,
        international,
        place: None,
        lanes: vec![lane(0, 500), lane(1, 700)],
    };
    let warehouse = |id: &str, listed_at| Warehouse {
        id: id.into(),
        place: None,
        handling: Span::ZERO,
        fixed_cost: Cents::ZERO,
        picking: None,
        listed_at,
    };
    let vendor = |id: &str| Vendor {
        order_cost: Cents(1_000),
        minimum_units: 1,
        ..Vendor::new(id, Distribution::Constant(86_400.0))
    };
    let product = |id: &str, vendor, price, cost| Product {
        id: id.into(),
        vendor: Some(VendorId(vendor)),
        price: Cents(price),
        unit_cost: Cents(cost),
        weight_kg: 1.0,
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
        description: "a model for tests".into(),
        run: RunPlan {
            horizon: Span::from_days(10),
            warm_up: WarmUp::Fixed(Span::from_days(1)),
            run_out: Span::from_days(5),
            replications: Replications::Fixed(3),
            seed: 7,
        },
        zones: vec![zone("home", false), zone("abroad", true)],
        warehouses: vec![warehouse("boise", 0), warehouse("reno", 1)],
        opening: None,
        placement: Placement::Everywhere,
        calendar: Calendar::default(),
        vendors: vec![vendor("acme"), vendor("zenith")],
        products: vec![product("whey", 0, 4_000, 2_500), product("creatine", 1, 2_000, 1_000)],
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
        costs: CostRates {
            holding_rate: 0.365,
            backorder_per_unit_day: 2.0,
            cancelled_order: Cents(300),
            contact: Cents(150),
            lost_margin: 0.5,
            ..CostRates::default()
        },
        promises: Promises::default(),
        promise: None,
        script: Script::default(),
        events: Vec::new(),
    }
}

/// A promise of delivery within a time by the clock, on every day.
pub(crate) fn promising(within: Span) -> Promising {
    Promising {
        of: settings::Promised::Delivered,
        cut_off: None,
        days: WorkingDays::new(&Calendar::default(), settings::WeekDays::ALL, &settings::DaysOff::default()),
        restock: settings::Restock::NextReceipt,
        usual: PromiseTerms { time: PromiseTime::Within(within), restock_within: None },
        rows: Vec::new(),
    }
}
