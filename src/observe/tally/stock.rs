//! What is counted of stock, as it comes, lies and leaves.

use super::observer::Tally;
use super::parts::change_on_hand;
use crate::domain::{ProductId, SimTime, WarehouseId};
use crate::engine::{Counted, Excess, ParcelRef};

impl Tally {
    #[inline(always)]
    pub(super) fn pair_ready(&mut self, now: SimTime, warehouse: WarehouseId, product: ProductId, change: i64) {
        let elapsed = self.window.elapsed(now);
        self.warehouses[warehouse.index()].ready.change(change, elapsed);
        self.cold[product.index()].ready.change(change, elapsed);
    }

    #[inline(always)]
    pub(super) fn on_hand(&mut self, now: SimTime, warehouse: WarehouseId, product: ProductId, change: i64) {
        let elapsed = self.window.elapsed(now);
        let hot = &mut self.hot[product.index()];
        change_on_hand(hot, &mut self.cold[product.index()], change, elapsed);
        let cents = i128::from(change) * i128::from(hot.unit_cost);
        let shelf = &mut self.warehouses[warehouse.index()];
        shelf.on_hand.change(change, elapsed);
        shelf.on_hand_cents.change(cents, elapsed);
        self.daily.today(now).on_hand += change;
        // What left at once in the running phase is not subtracted yet.
        let of_product = self.cold[product.index()].on_hand - self.hot[product.index()].units;
        let of_warehouse = shelf.on_hand.value - shelf.at_once.units;
        self.check_levels(now, Some(warehouse), product, of_product.max(of_warehouse));
    }

    /// Notes that a level rose so high that its integral may not be counted exactly.
    #[inline(always)]
    pub(super) fn check_levels(
        &mut self,
        now: SimTime,
        warehouse: Option<WarehouseId>,
        product: ProductId,
        level: i64,
    ) {
        if level > self.most {
            self.exceed(now, warehouse, product);
        }
    }

    #[cold]
    fn exceed(&mut self, at: SimTime, warehouse: Option<WarehouseId>, product: ProductId) {
        let product = Some(product);
        self.excess.get_or_insert(Excess { at, counted: Counted::UnitSeconds, warehouse, product });
    }

    #[inline(always)]
    pub(super) fn on_order(&mut self, now: SimTime, warehouse: WarehouseId, product: ProductId, change: i64) {
        let elapsed = self.window.elapsed(now);
        let (cold, shelf) = (&mut self.cold[product.index()], &mut self.warehouses[warehouse.index()]);
        cold.on_order.change(change, elapsed);
        shelf.on_order.change(change, elapsed);
        let level = cold.on_order.value.max(shelf.on_order.value);
        self.check_levels(now, Some(warehouse), product, level);
        self.daily.today(now).on_order += change;
    }

    #[inline(always)]
    pub(super) fn received(
        &mut self,
        now: SimTime,
        warehouse: WarehouseId,
        product: ProductId,
        units: i64,
        ordered: bool,
    ) {
        self.on_hand(now, warehouse, product, units);
        let wanted = self.wanted.take(warehouse.index(), product.index());
        if ordered {
            self.on_order(now, warehouse, product, -units);
        }
        if self.window.holds(now) {
            let cold = &mut self.cold[product.index()];
            let shelf = &mut self.warehouses[warehouse.index()].sums;
            cold.receipts += 1;
            shelf.receipts += 1;
            if !wanted {
                cold.receipts_in_time += 1;
                shelf.receipts_in_time += 1;
            }
            if ordered {
                cold.units_received += units;
                shelf.units_received += units;
                if let Some(prices) = &mut self.prices {
                    prices.received(product, units);
                }
            }
        }
    }

    /// Stock leaves with a parcel when that departs. Nothing can change this once it is released, so it is counted then,
    /// while its products are at hand; what departs after the window changes nothing.
    #[inline(always)]
    pub(super) fn released(&mut self, departs: SimTime, parcel: ParcelRef<'_>) {
        let elapsed = self.window.elapsed(departs);
        let in_window = self.window.holds(departs);
        let (mut units, mut cents) = (0, 0_i128);
        for entry in parcel.contents {
            let entry_units = i64::from(entry.units);
            let hot = &mut self.hot[entry.product.index()];
            let cold = &mut self.cold[entry.product.index()];
            change_on_hand(hot, cold, -entry_units, elapsed);
            cold.units_shipped += if in_window { entry_units } else { 0 };
            units += entry_units;
            cents += i128::from(entry_units) * i128::from(hot.unit_cost);
        }
        self.daily.on(departs).on_hand -= units;
        let shelf = &mut self.warehouses[parcel.warehouse.index()];
        shelf.on_hand.change(-units, elapsed);
        shelf.on_hand_cents.change(-cents, elapsed);
        if in_window {
            shelf.sums.units_shipped += units;
            shelf.sums.shipped_cost_cents += cents;
        }
    }
}
