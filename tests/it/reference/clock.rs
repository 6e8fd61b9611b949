//! Which second comes next, and what one second holds.

use backorder::domain::Review;

use super::world::World;

impl World<'_> {
    /// Runs from second 0 to the horizon, which is itself not run.
    pub fn run(&mut self) {
        self.second(0);
        loop {
            let next = self.earliest().min(self.next_tick()).min(self.next_levels().unwrap_or(i64::MAX));
            if next >= self.end() {
                self.settle_the_rest();
                return;
            }
            self.second(next);
        }
    }

    pub fn end(&self) -> i64 {
        let run = self.model.run();
        run.warm_up.span().0 + run.horizon.0 + run.run_out.0
    }

    /// All that happens in one second: passes through the phases until nothing is due any more, then the parcels.
    fn second(&mut self, now: i64) {
        assert!(now >= self.now, "time runs forward");
        self.now = now;
        let mut first = true;
        loop {
            self.pass(first);
            first = false;
            if self.earliest() > now {
                break;
            }
        }
        self.close_parcels();
        self.look_around();
    }

    /// At the end of a second no shelf owes more than it has, and nobody waits for what is free.
    fn look_around(&self) {
        for pair in self.pairs.iter().flatten() {
            assert!(0 <= pair.reserved && pair.reserved <= pair.on_hand, "more is promised than there is");
        }
        for order in 0..self.orders.len() {
            let placed = &self.orders[order];
            for line in placed.lines.iter().filter(|line| line.waits()) {
                let mut free = self.free_to(placed.class);
                let in_vain = if self.all_at_once(order) {
                    self.cover_for_all(order).is_some()
                } else {
                    !self.find(&placed.servers, line.product, line.waiting, &mut free).is_empty()
                };
                assert!(!in_vain, "order {} waits for what is there", placed.number);
            }
        }
    }

    /// One pass through the phases of an instant. What goes by the clock alone happens in the first only.
    fn pass(&mut self, first: bool) {
        let opens = self.change_events();
        self.settle_early();
        self.change_disruptions();
        self.serve_all();
        self.depart();
        self.pick_everywhere();
        // What the shelves hold at the start is offered to those who wait by then.
        let offers = first && self.now == 0 && !self.model.script().open_orders.is_empty();
        if self.receive() | offers | opens {
            self.release_pass();
        }
        self.answer_calls();
        self.cancel_the_aged();
        self.send_notices();
        if first && self.is_tick(self.model.rules().display.refresh.0) {
            self.displayed = (0..self.model.products().len()).map(|product| self.network_free(product) >= 1).collect();
        }
        self.place_what_is_due();
        self.place_orders();
        match self.model.replenishment().map(|policy| policy.review) {
            Some(Review::Continuous) => self.review(None),
            Some(Review::Every(period)) => {
                // What was collected until now is placed before anything is looked at anew.
                self.place_listed();
                if first && self.is_tick(period.0) {
                    self.review(Some(self.now / period.0));
                }
            }
            None => {}
        }
        self.place_listed();
        self.hand_in();
    }

    fn is_tick(&self, period: i64) -> bool {
        period > 0 && self.now % period == 0
    }

    /// The next second that matters by the clock alone: displays and periodic reviews.
    fn next_tick(&self) -> i64 {
        let mut periods = vec![self.model.rules().display.refresh.0];
        if let Some(Review::Every(period)) = self.model.replenishment().map(|policy| policy.review) {
            periods.push(period.0);
        }
        let later = |period: i64| (self.now / period + 1) * period;
        periods.into_iter().filter(|&period| period > 0).map(later).min().unwrap_or(i64::MAX)
    }

    /// The earliest second for which something is still to be done; not after `now` means a further pass.
    fn earliest(&self) -> i64 {
        let script = self.model.script();
        let orders = self.to_come.iter().zip(&self.orders_asked).filter(|(_, asked)| !**asked).map(|(row, _)| row.at.0);
        let receipts =
            script.receipts.iter().zip(&self.receipts_done).filter(|(_, done)| !**done).map(|(row, _)| row.at.0);
        let purchases = self.purchases.iter().filter(|purchase| !purchase.received).filter_map(|one| one.arrives);
        let events = self.changes.get(self.changes_done).map(|change| change.0);
        let due = self.booked.iter().map(|booked| booked.due);
        let changes = self.suppliers.iter().filter_map(|supplier| supplier.changes);
        let orders_to_place = self.lists.iter().filter_map(|list| list.due);
        let promises = self.purchases.iter().filter(|one| one.early).map(|one| one.promised);
        let departures = self.parcels.iter().filter(|parcel| !parcel.departed).filter_map(|parcel| parcel.departs);
        let calls = self.calls.iter().filter(|call| !call.done).map(|call| call.at);
        let notices = self.orders.iter().filter_map(|order| order.notice_due);
        let cancellations = self.orders.iter().flat_map(|order| &order.lines).filter_map(|line| self.cancel_due(line));
        orders
            .chain(receipts)
            .chain(due)
            .chain(purchases)
            .chain(changes)
            .chain(orders_to_place)
            .chain(promises)
            .chain(departures)
            .chain(calls)
            .chain(notices)
            .chain(cancellations)
            .chain(events)
            .chain(self.next_at_docks())
            .chain(self.next_at_vendors())
            .min()
            .unwrap_or(i64::MAX)
    }
}
