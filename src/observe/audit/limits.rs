//! What the auditor checks of products that only so many units may wait for.

use super::Auditor;
use super::breach::Invariant;
use crate::domain::{LineNumber, ProductId};
use crate::engine::OrderRef;

impl Auditor<'_> {
    /// A line is asked for: notes whether its product can be ordered.
    pub(super) fn note_limit(
        &mut self,
        order: OrderRef,
        line: LineNumber,
        product: ProductId,
        is_shown_in_stock: bool,
    ) {
        let most = self.model.products[product.index()].max_backorders.map_or(i64::MAX, i64::from);
        let is_at_limit = !is_shown_in_stock && self.waiting_units[product.index()] >= most;
        self.with(order, "a line", |open| {
            let is_ahead = open.is_ahead;
            if let Some(line) = open.line(line) {
                line.is_at_limit = is_at_limit && !is_ahead;
            }
        });
    }

    /// Another product is taken instead.
    pub(super) fn replace(&mut self, order: OrderRef, line: LineNumber, product: ProductId, to_product: ProductId) {
        self.must_be_at_limit(order, line);
        let products = &self.model.products;
        let group = products[product.index()].substitutes;
        if product == to_product || group.is_none() || products[to_product.index()].substitutes != group {
            let to = self.terms.product(to_product);
            self.breach(Invariant::Orderable, || {
                format!("order {} line {line} takes {to}, no substitute", order.number)
            });
        }
        self.with(order, "a replacement", |open| {
            if let Some(line) = open.line(line) {
                (line.product, line.is_at_limit) = (to_product, false);
            }
        });
    }

    /// What is lost or replaced because it cannot be ordered, cannot.
    pub(super) fn must_be_at_limit(&mut self, order: OrderRef, line: LineNumber) {
        let is_at_limit = self.with(order, "a limit", |open| open.line(line).is_some_and(|line| line.is_at_limit));
        if is_at_limit == Some(false) {
            self.breach(Invariant::Orderable, || {
                format!("order {} line {line} is said not to be orderable, and is", order.number)
            });
        }
    }

    /// No line of an order that is placed is of a product that cannot be ordered.
    pub(super) fn check_limits_of(&mut self, order: OrderRef) {
        let placed = self.with(order, "placing", |open| {
            open.lines.iter().find(|line| line.is_at_limit && line.ending.is_none()).map(|line| line.number)
        });
        if let Some(Some(line)) = placed {
            self.breach(Invariant::Orderable, || {
                format!("order {} line {line} is placed although its product cannot be ordered", order.number)
            });
        }
    }
}
