//! What happens to lines that wait: release passes, contacts, cancellations, notices.

use backorder::domain::{CancelScope, Priority, SwapIfNone, Wish};
use serde_json::json;

use super::promises::Word;
use super::world::{Line, Mode, World};

impl World<'_> {
    /// Free stock goes to the waiting lines, longest-waiting order first. `orders` is in that very order.
    pub fn release_pass(&mut self) {
        // What an order gives back that is sourced anew goes to whoever has waited longest: all are asked once more.
        while self.offer() {}
    }

    /// Asks every order in turn, up to the first that is sourced anew; answers whether one was.
    fn offer(&mut self) -> bool {
        if self.model.rules().backorder.priority == Priority::CompleteFirst {
            for order in self.by_turn() {
                if self.cover_if_all(order) {
                    return true;
                }
            }
        }
        for order in self.by_turn() {
            if self.all_at_once(order) {
                if self.cover_if_all(order) {
                    return true;
                }
                continue;
            }
            for line in 0..self.orders[order].lines.len() {
                let waiting = &self.orders[order].lines[line];
                if !waiting.waits() {
                    continue;
                }
                let mut free = self.free_to(self.orders[order].class);
                let found = self.find(&self.orders[order].servers, waiting.product, waiting.waiting, &mut free);
                for (warehouse, units) in found {
                    self.take(order, line, warehouse, units);
                }
            }
            if self.let_go(order) {
                return true;
            }
        }
        false
    }

    /// Covers all waiting lines of an order, if that can be done now; answers whether it was sourced anew, then.
    fn cover_if_all(&mut self, order: usize) -> bool {
        if !self.orders[order].lines.iter().any(Line::waits) {
            return false;
        }
        let Some(takings) = self.cover_for_all(order) else { return false };
        for (line, warehouse, units) in takings {
            self.take(order, line, warehouse, units);
        }
        self.let_go(order)
    }

    /// After something ended: what is left of the order may now ship, or the order is over.
    /// Answers whether it was sourced anew.
    fn reexamine(&mut self, order: usize) -> bool {
        let mut moved = self.all_at_once(order) && self.cover_if_all(order);
        moved |= self.let_go(order);
        self.end_order_if_over(order);
        moved
    }

    /// Releases what is covered, unless the order is held and a line of it still waits; answers whether it was sourced anew.
    pub fn let_go(&mut self, order: usize) -> bool {
        let held = self.orders[order].mode == Mode::Held && self.orders[order].lines.iter().any(Line::waits);
        if held {
            return false;
        }
        let moved = self.source_anew(order);
        for line in 0..self.orders[order].lines.len() {
            self.release(order, line);
        }
        moved
    }

    /// Contacts of this second, in the order in which they were made.
    pub fn answer_calls(&mut self) {
        let mut next = 0;
        while next < self.calls.len() {
            let call = &mut self.calls[next];
            next += 1;
            if call.done || call.at > self.now {
                continue;
            }
            call.done = true;
            let (number, about, wants) = (call.order, call.line, call.wants);
            let Some(order) = self.orders.iter().position(|order| order.number == number) else { continue };
            let waiting = self.orders[order].lines.iter().position(|line| line.number == about && line.waits());
            if let Some(line) = waiting {
                self.answer(order, line, wants);
            }
        }
    }

    fn answer(&mut self, order: usize, line: usize, wants: Wish) {
        let (number, about) = (self.orders[order].number, self.orders[order].lines[line].number);
        let wish = if wants == Wish::Swap { "swap" } else { "remove" };
        self.trace("contact", json!({ "order": number, "line": about, "wants": wish, "rule": "support-24-7" }));
        let freed = match wants {
            Wish::Remove => self.remove(order, line, "remove"),
            Wish::Swap => match self.substitute(order, line) {
                Some((product, warehouse)) => self.swap(order, line, product, warehouse),
                None if self.model.rules().swap.if_none == SwapIfNone::Wait => return,
                None => self.remove(order, line, "swap"),
            },
        };
        if self.reexamine(order) | freed {
            self.release_pass();
        }
    }

    fn remove(&mut self, order: usize, line: usize, rule: &str) -> bool {
        let (number, ending) = (self.orders[order].number, &self.orders[order].lines[line]);
        let (about, units, product) = (ending.number, ending.unreleased(), &self.model.products()[ending.product].id);
        self.trace(
            "line-removed",
            json!({ "order": number, "line": about, "product": product, "units": units, "rule": rule }),
        );
        self.settle_ended(order, line, false);
        self.end_line(order, line)
    }

    /// The first other product of the group that a warehouse can supply whole, and the first such warehouse.
    fn substitute(&self, order: usize, line: usize) -> Option<(usize, usize)> {
        let old = &self.orders[order].lines[line];
        let group = self.model.products()[old.product].substitutes?;
        for product in 0..self.model.products().len() {
            if product == old.product || self.model.products()[product].substitutes != Some(group) {
                continue;
            }
            for &warehouse in &self.orders[order].servers {
                let withheld = self.withheld(self.orders[order].class);
                if self.free(warehouse, product) - withheld >= i64::from(old.unreleased()) {
                    return Some((product, warehouse));
                }
            }
        }
        None
    }

    fn swap(&mut self, order: usize, line: usize, product: usize, warehouse: usize) -> bool {
        let at_once = self.all_at_once(order);
        let home = self.home(&self.orders[order], product);
        let swapped = &mut self.orders[order];
        let (number, about, units) = (swapped.number, swapped.lines[line].number, swapped.lines[line].unreleased());
        let to = swapped.next_line;
        swapped.next_line += 1;
        swapped.lines.push(Line {
            number: to,
            product,
            units,
            word: Word::default(),
            waiting: units,
            reserved: vec![],
            home,
            since: self.now,
            backordered: false,
            ended: false,
        });
        let new = swapped.lines.len() - 1;
        let from = self.orders[order].lines[line].product;
        let fields = json!({
            "order": number, "line": about, "to": to, "units": units, "rule": "swap",
            "product": self.model.products()[product].id, "from": self.model.products()[from].id,
            "warehouse": self.model.warehouses()[warehouse].id,
        });
        self.trace("line-swapped", fields);
        self.settle_ended(order, line, false);
        self.promise(order, new, true);
        let freed = self.end_line(order, line);
        if !at_once {
            self.take(order, new, warehouse, units);
        }
        freed
    }

    /// Lines that waited too long, one after the other: each cancellation may save the next.
    pub fn cancel_the_aged(&mut self) {
        while let Some((order, line)) = self.first_aged() {
            let number = self.orders[order].number;
            if self.model.rules().cancellation.scope == CancelScope::Order {
                self.take_back(order);
            }
            let ending: Vec<usize> = match self.model.rules().cancellation.scope {
                CancelScope::Line => vec![line],
                CancelScope::Order => {
                    (0..self.orders[order].lines.len()).filter(|&line| self.orders[order].lines[line].open()).collect()
                }
            };
            let mut freed = false;
            for line in ending {
                let aged = &self.orders[order].lines[line];
                let (about, units, product) = (aged.number, aged.unreleased(), &self.model.products()[aged.product].id);
                self.trace(
                    "line-auto-cancelled",
                    json!({ "order": number, "line": about, "product": product, "units": units,
                            "rule": "auto-cancel" }),
                );
                self.settle_ended(order, line, true);
                freed |= self.end_line(order, line);
            }
            self.trace("cancellation-notice", json!({ "order": number, "rule": "auto-cancel" }));
            if self.reexamine(order) | freed {
                self.release_pass();
            }
        }
    }

    fn first_aged(&self) -> Option<(usize, usize)> {
        for order in self.in_line() {
            let placed = &self.orders[order];
            for (line, waiting) in placed.lines.iter().enumerate() {
                if self.cancel_due(waiting).is_some_and(|due| due <= self.now) {
                    return Some((order, line));
                }
            }
        }
        None
    }

    /// Notices due now, to those who still wait.
    pub fn send_notices(&mut self) {
        for order in 0..self.orders.len() {
            if self.orders[order].notice_due.is_none_or(|due| due > self.now) {
                continue;
            }
            self.orders[order].notice_due = None;
            if self.orders[order].lines.iter().any(Line::waits) {
                let number = self.orders[order].number;
                let mut fields = json!({ "order": number, "rule": "backorder-notice" });
                if self.now - self.orders[order].placed > self.model.rules().notice.deadline.0 {
                    fields["late"] = json!(true);
                }
                self.trace("backorder-notice", fields);
            }
        }
    }
}
