//! Lead times of one replication as they turned out: from a purchase order's placing to its receipt.

use crate::domain::{Model, SimTime, VendorId, pair_among};
use crate::engine::{Observer, Occurrence};

/// So many lead times of a vendor are kept; more would tell no more.
const ENOUGH: usize = 50_000;

/// No purchase order.
const NONE: u32 = u32::MAX;

/// Watches purchase orders placed in the measured time.
#[derive(Clone, Debug)]
pub struct LeadTimes {
    from: i64,
    until: i64,
    warehouses: usize,
    /// The latest purchase order under way of each pair: the head of a list through [`Open::earlier`]. Few pairs have several.
    latest: Vec<u32>,
    /// Purchase orders under way, and free places.
    under_way: Vec<Open>,
    free: Vec<u32>,
    vendors: Vec<VendorLeadTimes>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    /// Its number within the pair.
    number: u32,
    vendor: VendorId,
    placed: SimTime,
    expedited: bool,
    /// The place of the pair's next earlier one.
    earlier: u32,
}

/// The lead times of one vendor.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct VendorLeadTimes {
    /// In seconds, in order of receipt; the first ones where there are very many.
    pub seconds: Vec<i64>,
    /// How many of them were expedited.
    pub expedited: u64,
}

impl LeadTimes {
    /// For one replication of a model.
    pub fn new(model: &Model) -> Self {
        let from = model.run.warm_up.span().0;
        let pairs = model.warehouses.len() * model.products.len();
        Self {
            from,
            until: from + model.run.horizon.0,
            warehouses: model.warehouses.len(),
            latest: vec![NONE; pairs],
            under_way: Vec::new(),
            free: Vec::new(),
            vendors: vec![VendorLeadTimes::default(); model.vendors.len()],
        }
    }

    fn begin(&mut self, pair: usize, open: Open) {
        let open = Open { earlier: self.latest[pair], ..open };
        self.latest[pair] = match self.free.pop() {
            Some(place) => {
                self.under_way[place as usize] = open;
                place
            }
            None => {
                self.under_way.push(open);
                self.under_way.len() as u32 - 1
            }
        };
    }

    /// Where a purchase order of a pair is kept, and the next later one that names it; [`NONE`] where the pair does.
    fn find(&self, pair: usize, number: u32) -> Option<(u32, u32)> {
        let (mut place, mut later) = (self.latest[pair], NONE);
        while place != NONE && self.under_way[place as usize].number != number {
            (place, later) = (self.under_way[place as usize].earlier, place);
        }
        (place != NONE).then_some((place, later))
    }

    /// A purchase order of a pair comes in, if it is one of those that are watched.
    fn end(&mut self, pair: usize, number: u32) -> Option<Open> {
        let (place, later) = self.find(pair, number)?;
        let open = self.under_way[place as usize];
        match later {
            NONE => self.latest[pair] = open.earlier,
            _ => self.under_way[later as usize].earlier = open.earlier,
        }
        self.free.push(place);
        Some(open)
    }

    /// By vendor, in file order.
    pub fn into_vendors(self) -> Vec<VendorLeadTimes> {
        self.vendors
    }
}

impl Observer for LeadTimes {
    /// Orders do not concern it.
    const ACCEPTS_EARLY: bool = true;

    /// As little as that.
    #[inline(always)]
    fn takes_whole(&mut self, _now: SimTime, _departs: SimTime) -> bool {
        true
    }

    #[inline(always)]
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::ReplenishmentOrdered { vendor, warehouse, product, number, .. }
                if (self.from..self.until).contains(&now.0) =>
            {
                let open = Open { number, vendor, placed: now, expedited: false, earlier: NONE };
                self.begin(pair_among(self.warehouses, warehouse, product), open);
            }
            Occurrence::ReplenishmentExpedited { warehouse, product, number, .. } => {
                if let Some((place, _)) = self.find(pair_among(self.warehouses, warehouse, product), number) {
                    self.under_way[place as usize].expedited = true;
                }
            }
            Occurrence::Receipt { warehouse, product, purchase_order: Some(number), .. } => {
                if let Some(open) = self.end(pair_among(self.warehouses, warehouse, product), number) {
                    let found = &mut self.vendors[open.vendor.index()];
                    if found.seconds.len() < ENOUGH {
                        found.seconds.push((now - open.placed).0);
                        found.expedited += u64::from(open.expedited);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cents, DAY, ProductId, WarehouseId};
    use crate::measures::fixture;

    #[test]
    fn orders_may_cross_and_those_of_the_warm_up_do_not_count() {
        let mut times = LeadTimes::new(&fixture::model());
        let (vendor, warehouse, product) = (VendorId(1), WarehouseId(0), ProductId(1));
        let mut say = |days: i64, what| times.observe(SimTime(days * DAY), what);
        for (number, days) in [(1, 0), (2, 2), (3, 3)] {
            let (units, promised, cost) = (5, SimTime(0), Cents(0));
            let ordered = Occurrence::ReplenishmentOrdered {
                vendor,
                warehouse,
                product,
                units,
                number,
                promised,
                cost,
                joint: 0,
            };
            say(days, ordered);
        }
        let (units, number, cost) = (5, 3, Cents(1));
        say(4, Occurrence::ReplenishmentExpedited { vendor, warehouse, product, units, number, cost });
        for (number, days) in [(3, 5), (1, 6), (2, 12)] {
            say(days, Occurrence::Receipt { warehouse, product, units, purchase_order: Some(number) });
        }
        say(13, Occurrence::Receipt { warehouse, product, units, purchase_order: None });
        let vendors = times.into_vendors();
        assert_eq!(vendors[0], VendorLeadTimes::default());
        assert_eq!(vendors[1], VendorLeadTimes { seconds: vec![2 * DAY, 10 * DAY], expedited: 1 });
    }
}
