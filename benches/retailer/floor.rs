//! The floor: the draws of the retailer's orders and purchase orders, and the stock cells they touch, with nothing else.
//!
//! No rules, no queue, no time but that of arrivals, no measures: every order is served by its zone's first warehouse, and a
//! pair that falls to its reorder point is filled up at once. No simulator that draws so much and keeps so much stock can be
//! faster by much.
//!
//! The second floor tells the engine's own measures of it besides: each order as one that left at once in one parcel, each purchase
//! order when it is placed and, in the same second, received. It still has no queue of events, no stock-outs and no rules: what stands
//! between it and the engine is what these take.

use backorder::domain::{Cents, ClassId, Lane, Model, OrderedLine, ProductId, SimTime, VendorId, WarehouseId, ZoneId};
use backorder::engine::{AtOnceParcel, LeftAtOnce, Observer, Occurrence, OrderRef, Plan};
use backorder::random::{AliasTable, CountSampler, Family, Purpose, Sampler, UnitExponential};

/// A pair of warehouse and product, of the size of the engine's.
#[derive(Clone, Copy, Default)]
struct Cell {
    free: i32,
    reorder_point: i32,
    order_up_to: i32,
    purchase_orders: u32,
    _rest: [u32; 4],
}

/// What the loop needs to know of the scenario.
pub struct Floor {
    zones: AliasTable,
    products: AliasTable,
    lines: CountSampler,
    units: CountSampler,
    lead_times: Vec<Sampler>,
    vendor_of: Vec<u32>,
    first_warehouse: Vec<usize>,
    is_international: Vec<bool>,
    /// By zone: what a parcel of the first warehouse costs, and how long it is on its way.
    parcels: Vec<AtOnceParcel>,
    warehouses: usize,
    cells: Vec<Cell>,
    orders_per_second: f64,
    seconds: f64,
    seed: u64,
}

impl Floor {
    pub fn new(model: &Model, plan: &Plan<'_>) -> Self {
        let demand = model.demand().expect("the retailer has demand");
        let cell = |product: usize, warehouse: usize| {
            let levels = plan.levels(WarehouseId::from_index(warehouse), ProductId::from_index(product));
            let (reorder_point, order_up_to) = levels.map_or((i32::MIN, 0), |levels| (levels.trigger, levels.lift));
            Cell { free: order_up_to, reorder_point, order_up_to, ..Cell::default() }
        };
        let parcel = |lane: &Lane| AtOnceParcel {
            warehouse: lane.warehouse,
            cost: lane.parcel_cost,
            departs: SimTime::ZERO,
            arrives: SimTime::ZERO + lane.transit,
        };
        let warehouses = model.warehouses().len();
        Self {
            zones: AliasTable::new(&model.zones().iter().map(|zone| zone.share).collect::<Vec<_>>()),
            products: AliasTable::new(&model.products().iter().map(|product| product.share).collect::<Vec<_>>()),
            lines: CountSampler::new(&demand.lines_per_order, u32::MAX),
            units: CountSampler::new(&demand.units_per_line, u32::MAX),
            lead_times: model.vendors().iter().map(|vendor| Sampler::continuous(&vendor.lead_time)).collect(),
            vendor_of: model.products().iter().map(|product| product.vendor.map_or(0, |vendor| vendor.0)).collect(),
            first_warehouse: model.zones().iter().map(|zone| zone.lanes[0].warehouse.index()).collect(),
            is_international: model.zones().iter().map(|zone| zone.international).collect(),
            parcels: model.zones().iter().map(|zone| parcel(&zone.lanes[0])).collect(),
            warehouses,
            cells: (0..model.products().len() * warehouses).map(|at| cell(at / warehouses, at % warehouses)).collect(),
            orders_per_second: demand.orders_per_day / 86_400.0,
            seconds: (model.run().warm_up.span() + model.run().horizon).0 as f64,
            seed: model.run().seed,
        }
    }

    /// Runs the loop; lines drawn.
    pub fn run(&self, replication: u32) -> u64 {
        self.run_and_tell::<false>(replication, &mut ())
    }

    /// Runs the loop and tells the observer of all orders, purchase orders and receipts; lines drawn.
    pub fn run_told(&self, replication: u32, observer: &mut impl Observer) -> u64 {
        self.run_and_tell::<true>(replication, observer)
    }

    #[inline(always)]
    fn run_and_tell<const TELLS: bool>(&self, replication: u32, observer: &mut impl Observer) -> u64 {
        let family = |purpose| Family::new(self.seed, replication, purpose);
        let (contents, lead_time) = (family(Purpose::OrderContents), family(Purpose::LeadTime));
        let (mut gaps, exponential) = (family(Purpose::Arrivals).of(0), UnitExponential::new());
        let mut cells = self.cells.clone();
        let mut asked: Vec<OrderedLine> = Vec::new();
        let (mut at, mut order, mut lines, mut days) = (0.0, 0, 0, 0.0);
        loop {
            at += exponential.draw(&mut gaps) / self.orders_per_second;
            if at >= self.seconds {
                std::hint::black_box((cells, days));
                return lines;
            }
            order += 1;
            let now = SimTime(at as i64);
            let mut stream = contents.of(order);
            let zone = self.zones.draw(&mut stream) as usize;
            let warehouse = self.first_warehouse[zone];
            for _ in 0..self.lines.draw(&mut stream) {
                let product = self.products.draw(&mut stream) as usize;
                let units = self.units.draw(&mut stream);
                lines += 1;
                if TELLS {
                    asked.push(OrderedLine { product: ProductId::from_index(product), units });
                }
                let pair = product * self.warehouses + warehouse;
                let cell = &mut cells[pair];
                cell.free -= units as i32;
                if cell.free <= cell.reorder_point {
                    cell.purchase_orders += 1;
                    let mut stream = lead_time.of_pair(pair as u64, cell.purchase_orders.into());
                    days += self.lead_times[self.vendor_of[product] as usize].draw(&mut stream);
                    if TELLS {
                        self.tell_purchase(now, product, warehouse, cell, observer);
                    }
                    cell.free = cell.order_up_to;
                }
            }
            if TELLS {
                let order = OrderRef {
                    number: order,
                    placed: now,
                    zone: ZoneId::from_index(zone),
                    international: self.is_international[zone],
                    class: ClassId(0),
                };
                let parcel = self.parcels[zone];
                let parcel = AtOnceParcel { departs: now, arrives: now + (parcel.arrives - SimTime::ZERO), ..parcel };
                if observer.takes_whole(now, now) {
                    observer.left_at_once(LeftAtOnce { order, lines: &asked, parcels: &[parcel], parcel_of: &[] });
                }
                asked.clear();
            }
        }
    }

    #[inline(always)]
    fn tell_purchase(&self, now: SimTime, product: usize, warehouse: usize, cell: &Cell, observer: &mut impl Observer) {
        let (units, number) = ((cell.order_up_to - cell.free) as u32, cell.purchase_orders);
        let vendor = VendorId(self.vendor_of[product]);
        let (warehouse, product) = (WarehouseId::from_index(warehouse), ProductId::from_index(product));
        let (promised, cost, joint) = (now, Cents(100), 0);
        observer.observe(
            now,
            Occurrence::ReplenishmentOrdered { vendor, warehouse, product, units, number, promised, cost, joint },
        );
        observer.observe(now, Occurrence::Receipt { warehouse, product, units, purchase_order: Some(number) });
    }
}
