//! Dates in a story: what was ordered ahead, what was promised, and whether it was kept.

use super::Story;
use super::page::moment;
use super::words::{capital, count, list};
use crate::domain::{LineNumber, ProductId, PromiseBasis, PromiseTime, Promised, SimTime};
use crate::engine::OrderRef;

impl Story<'_> {
    /// Somebody orders ahead.
    pub(super) fn booked(&mut self, now: SimTime, order: OrderRef) {
        self.about = Some(order);
        self.ordered_ahead = Some((now, self.told.len()));
        self.say(now, None, String::new());
    }

    /// A line of what is ordered ahead.
    pub(super) fn line_booked(&mut self, order: OrderRef, product: ProductId, units: u32) {
        let Some((at, paragraph)) = self.ordered_ahead else { return };
        self.items_ahead.push(self.amount(units, product));
        let items = list(self.items_ahead.iter().cloned());
        self.told[paragraph].text = format!(
            "A customer in {}{} orders {items} ahead, for {}, {} later. Whoever replenishes knows of it from now on; stock is \
             claimed only then.",
            self.zone(order),
            self.class(order),
            moment(order.placed),
            order.placed - at
        );
    }

    /// A date is promised.
    pub(super) fn promised(
        &mut self,
        now: SimTime,
        order: OrderRef,
        line: LineNumber,
        promised: SimTime,
        basis: PromiseBasis,
    ) {
        let Some(promising) = &self.model.promise else { return };
        let what = match promising.of {
            Promised::Delivered => "to arrive",
            Promised::Shipped => "to leave",
        };
        let (from, shown) = match basis {
            PromiseBasis::Stock => (now, "the page shows it in stock".to_string()),
            PromiseBasis::Ahead => (now, "it was ordered ahead for today".to_string()),
            PromiseBasis::Restock(back) => (back, format!("the page says that it is back on {}", moment(back))),
        };
        let product = self.lines.get(line as usize - 1).map(|line| line.product);
        let terms = product.map(|product| promising.terms(order.zone, product).time);
        let time = match terms {
            Some(PromiseTime::WorkingDays(days)) => format!("; {}", count(days, "working day")),
            Some(PromiseTime::Within(span)) => format!("; within {span}"),
            _ => String::new(),
        };
        let counted = promising.counted_from(from);
        let late = if counted > from { format!(", counted from {}", moment(counted)) } else { String::new() };
        let text =
            format!("{} is promised {what} by {}: {shown}{time}{late}.", capital(&self.item(line)), moment(promised));
        self.row(now, text);
    }

    /// A promise is kept or broken.
    pub(super) fn kept_or_not(&mut self, now: SimTime, line: LineNumber, promised: SimTime, done: Option<SimTime>) {
        let item = capital(&self.item(line));
        let text = match done {
            Some(done) if done <= promised => {
                format!(
                    "{item} was promised by {}: the promise is kept, with {} to spare.",
                    moment(promised),
                    promised - done
                )
            }
            Some(done) => format!("{item} was promised by {}: it is {} late.", moment(promised), done - promised),
            None => format!("{item} was promised by {}: the promise is broken.", moment(promised)),
        };
        self.row(now, text);
    }
}
