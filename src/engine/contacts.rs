//! Customers call about lines that wait.

use super::event::Event;
use super::observer::{Observer, Occurrence, OrderRef};
use super::open_orders::{Line, LineState, Order};
use super::pool::NONE;
use super::simulation::Simulation;
use crate::domain::{OrderedLine, ProductId, WarehouseId, Wish};
use crate::rules::{Rule, display_mismatch, multi_warehouse, support_24_7, swap};

/// The draws that decide a customer's call about a line.
#[derive(Clone, Copy)]
enum CallDraw {
    Whether = 0,
    When = 1,
    Handling = 2,
    Wish = 3,
}

impl<O: Observer> Simulation<'_, O> {
    /// Draws whether and when the customer of a line calls that has been on backorder since its order was placed. A call that falls before
    /// the run is taken as made, without effect.
    #[inline(always)]
    pub(super) fn expect_call(&mut self, line: u32, mismatch: bool) {
        let about = self.open.orders[self.open.lines[line].order].about;
        let probability = display_mismatch::contact_probability(mismatch, self.model.customers_of(about.class));
        if probability > 0.0 && self.call_stream(line, CallDraw::Whether).coin(probability) {
            self.enter_call(line, about);
        }
    }

    #[inline(never)]
    fn enter_call(&mut self, line: u32, about: OrderRef) {
        let class = about.class.index();
        let after = self.plan.contact_after[class].draw_span(&mut self.call_stream(line, CallDraw::When));
        let handling = self.plan.contact_handling[class].draw_span(&mut self.call_stream(line, CallDraw::Handling));
        let placed = about.placed;
        let at = support_24_7::takes_effect(placed + after, handling);
        if at >= self.now && self.schedule_before_end(at, Event::CustomerCalls { line }) {
            let order = self.open.lines[line].order;
            self.open.orders[order].pending += 1;
        }
    }

    fn call_stream(&self, line: u32, draw: CallDraw) -> crate::random::Stream {
        let state = &self.open.lines[line];
        let draws = self.open.orders[state.order].draws;
        self.streams.contact.of_pair(draws, u64::from(state.number) << 2 | draw as u64)
    }

    /// A generated call takes effect.
    pub(super) fn customer_calls(&mut self, line: u32) {
        let order = self.open.lines[line].order;
        if self.open.lines[line].waits() {
            let swap_share = self.model.customers_of(self.open.orders[order].about.class).swap_share;
            let mut stream = self.call_stream(line, CallDraw::Wish);
            let wish = support_24_7::wish(|| stream.coin(swap_share));
            self.fulfil_wish(line, wish);
        }
        self.entry_came_up(order);
    }

    /// A scripted call; ignored unless it names a line that waits.
    pub(super) fn scripted_contact(&mut self, row: u32) {
        let contact = self.model.script.contacts[row as usize];
        let Ok(at) = self.named.binary_search_by_key(&contact.order, |&(number, _)| number) else { return };
        let order = self.named[at].1;
        if order == NONE {
            return;
        }
        if let Some(line) = self.open.line_numbered(order, contact.line)
            && self.open.lines[line].waits()
        {
            self.fulfil_wish(line, contact.wants);
        }
    }

    /// Does what a caller wants about a line that waits; then what is left of the order is examined, and what became
    /// free goes to the next.
    fn fulfil_wish(&mut self, line: u32, wants: Wish) {
        let Line { order: slot, number, product, .. } = self.open.lines[line];
        let order = self.open.orders[slot].about;
        self.emit(Occurrence::Contact { order, line: number, wants });
        let rule = match wants {
            Wish::Remove => Some(Rule::Remove),
            Wish::Swap => match self.find_substitute(line) {
                Some((to_product, warehouse)) => {
                    self.swap(line, to_product, warehouse);
                    None
                }
                None if swap::removes_without_substitute(self.model.rules.swap.if_none) => Some(Rule::Swap),
                None => return,
            },
        };
        if let Some(rule) = rule {
            let units = self.end_line(line);
            self.emit(Occurrence::LineRemoved { order, line: number, product, units, rule });
            self.settle_ended(line, false);
        }
        self.examine_again(slot);
        self.release_pass();
    }

    /// The first other product of the group that one warehouse can supply for all units not yet released.
    fn find_substitute(&self, line: u32) -> Option<(ProductId, WarehouseId)> {
        let product = self.open.lines[line].product;
        let group = self.model.products[product.index()].substitutes?;
        let units = self.open.unreleased(line);
        let order = self.open.lines[line].order;
        let lanes = self.lanes_of(order);
        let withheld = self.plan.withheld_from(self.open.orders[order].about.class);
        swap::substitute(&self.model.substitute_groups[group as usize], product, |substitute| {
            let free = lanes.iter().map(|lane| self.world.free_to_take(lane.warehouse, substitute, withheld));
            multi_warehouse::first_able(free, units).map(|rank| lanes[rank].warehouse)
        })
    }

    /// Ends a line and puts one of another product, covered, in its place.
    fn swap(&mut self, line: u32, to_product: ProductId, warehouse: WarehouseId) {
        let Line { order: slot, number, product, .. } = self.open.lines[line];
        let units = self.end_line(line);
        let order = &mut self.open.orders[slot];
        order.numbered_lines += 1;
        let Order { about: order, numbered_lines: to, as_a_whole, assigned, .. } = *order;
        self.emit(Occurrence::LineSwapped { order, line: number, product, units, to, to_product, warehouse });
        self.settle_ended(line, false);
        let home = assigned.or_else(|| self.home(order.zone, to_product));
        let new = self.open.add_further_line(Line {
            order: slot,
            number: to,
            product: to_product,
            since: self.now,
            home,
            state: LineState::Open,
            was_backordered: false,
            ..Line::BLANK
        });
        self.promise_line(slot, new, (to, OrderedLine { product: to_product, units }), true);
        if as_a_whole {
            self.begin_to_wait(new, units);
        } else {
            self.reserve(new, warehouse, units);
            self.let_go(slot, new);
        }
    }
}
