//! Lead times of one replication as they turned out: from a purchase order's placing to its receipt.

use crate::domain::{Model, ProductId, SimTime, VendorId, WarehouseId};
use crate::engine::{Observer, Occurrence};
use std::collections::BTreeMap;

/// So many lead times of a vendor are kept; more would tell no more.
const ENOUGH: usize = 50_000;

/// Watches purchase orders placed in the measured time.
#[derive(Clone, Debug)]
pub struct LeadTimes {
    from: i64,
    until: i64,
    under_way: BTreeMap<(WarehouseId, ProductId, u32), Open>,
    vendors: Vec<VendorLeadTimes>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    vendor: VendorId,
    placed: SimTime,
    expedited: bool,
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
        Self {
            from,
            until: from + model.run.horizon.0,
            under_way: BTreeMap::new(),
            vendors: vec![VendorLeadTimes::default(); model.vendors.len()],
        }
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
                self.under_way.insert((warehouse, product, number), Open { vendor, placed: now, expedited: false });
            }
            Occurrence::ReplenishmentExpedited { warehouse, product, number, .. } => {
                if let Some(open) = self.under_way.get_mut(&(warehouse, product, number)) {
                    open.expedited = true;
                }
            }
            Occurrence::Receipt { warehouse, product, purchase_order: Some(number), .. } => {
                if let Some(open) = self.under_way.remove(&(warehouse, product, number)) {
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
    use crate::domain::{Cents, DAY};
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
