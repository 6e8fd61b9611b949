//! What one replication added up to.

use super::daily::DayRow;
use super::docks::of_dock;
use super::level::Window;
use super::observer::Tally;
use super::parts::{ColdProduct, HotProduct, Product, PromisedProduct};
use super::prices::{Prices, Surplus};
use super::shapes::{Ending, Shapes};
use crate::measures::{Sums, WaitQuantiles};
use crate::rules::Rule;

/// The sums of one replication: as a whole, by zone, warehouse, vendor and product; its daily series; how often each
/// rule fired.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The whole replication.
    pub total: Sums,
    /// Orders and lines by the customer's zone.
    pub zones: Vec<Sums>,
    /// Orders and lines by the customer's class; one where all are alike.
    pub classes: Vec<Sums>,
    /// Stock and parcels by warehouse.
    pub warehouses: Vec<Sums>,
    /// Lines, stock and purchase orders by vendor.
    pub vendors: Vec<Sums>,
    /// The days of warm-up and measured time.
    pub daily: Vec<DayRow>,
    /// How waits, parcels and endings are distributed.
    pub shapes: Shapes,
    /// How often each rule decided something, in the order of [`Rule::ALL`]: about measured orders, and in the measured
    /// time where it was about no order.
    pub firings: [i64; Rule::ALL.len()],
    // There may be a hundred thousand products, so their sums are made one at a time.
    window: Window,
    hot: Vec<HotProduct>,
    cold: Vec<ColdProduct>,
    margins: Vec<i64>,
    prices: Option<Box<Prices>>,
    promised: Vec<PromisedProduct>,
}

impl Tally {
    /// What the replication added up to.
    pub fn into_outcome(mut self) -> Outcome {
        self.settle();
        Outcome::new(self)
    }
}

impl Outcome {
    fn new(mut tally: Tally) -> Self {
        let window = tally.window;
        let mut vendors: Vec<Sums> = tally.vendors.into_iter().map(|vendor| vendor.finish(window)).collect();
        for (sums, queue) in vendors.iter_mut().zip(tally.vendor_queues) {
            if let Some(queue) = queue {
                queue.add_to(sums, window);
            }
        }
        let mut total = Sums::default();
        for vendor in &vendors {
            total += vendor;
        }
        // Lines are counted by zone and by product alike: the total takes them from the zones, stock from the products.
        for zone in &tally.zones {
            total += zone;
        }
        for (index, (hot, cold)) in tally.hot.iter().zip(&tally.cold).enumerate() {
            let surplus = tally.prices.as_ref().map_or(Surplus::default(), |prices| prices.surplus(index));
            let product = Product { hot, cold, margin: tally.margins[index], surplus };
            product.add_stock_to(&mut total, window);
            if let Some(vendor) = tally.vendor_of[index] {
                let vendor = &mut vendors[vendor.index()];
                product.add_stock_to(vendor, window);
                product.add_lines_to(vendor);
                if let Some(promised) = tally.promised.get(index) {
                    promised.add_to(vendor);
                }
            }
        }
        let warehouses: Vec<Sums> =
            tally.warehouses.into_iter().map(|warehouse| warehouse.finish(&tally.calendar, window)).collect();
        for warehouse in &warehouses {
            total += &of_dock(warehouse);
        }
        total.dock_peak = (total.docks > 0).then(|| tally.at_docks.finish(window).1);
        total.fixed_cents_a_year = warehouses.iter().map(|warehouse| warehouse.fixed_cents_a_year).sum();
        total.wait_quantiles = tally.waits.max().map(|max| {
            let [p50, p95, p99] = tally.waits.quantiles([0.5, 0.95, 0.99]).unwrap_or([max; 3]);
            WaitQuantiles { p50, p95, p99, max }
        });
        let count = tally.classes;
        let mut by_class = vec![Sums::default(); count];
        let mut by_zone = vec![Sums::default(); tally.zones.len() / count];
        for (index, sums) in tally.zones.iter().enumerate() {
            by_zone[index / count] += sums;
            by_class[index % count] += sums;
        }
        let mut shapes = tally.shapes;
        // What never ended is what is left of all that were asked for.
        let count = |orders: i64| orders.max(0) as u64;
        shapes.endings[Ending::NeverPlaced as usize] = count(total.orders - total.orders_placed);
        shapes.endings[Ending::Open as usize] =
            count(total.orders_placed - total.orders_shipped - total.orders_cancelled);
        Self {
            total,
            shapes,
            zones: by_zone,
            classes: by_class,
            warehouses,
            vendors,
            daily: tally.daily.finish(),
            firings: tally.firings,
            window,
            hot: tally.hot,
            cold: tally.cold,
            margins: tally.margins,
            prices: tally.prices,
            promised: tally.promised,
        }
    }

    /// How many products there are.
    pub fn products(&self) -> usize {
        self.hot.len()
    }

    /// Lines and stock of the product at an index.
    pub fn product(&self, index: usize) -> Sums {
        let surplus = self.prices.as_ref().map_or(Surplus::default(), |prices| prices.surplus(index));
        let (hot, cold, margin) = (&self.hot[index], &self.cold[index], self.margins[index]);
        let product = Product { hot, cold, margin, surplus };
        let mut sums = Sums::default();
        product.add_stock_to(&mut sums, self.window);
        product.add_lines_to(&mut sums);
        if let Some(promised) = self.promised.get(index) {
            promised.add_to(&mut sums);
        }
        sums
    }
}
