//! Dates in a story: what was ordered ahead, what was promised, and whether it was kept.

use super::Story;
use super::page::moment;
use super::words::{capital, count, list};
use crate::domain::{LateFor, LineNumber, ProductId, PromiseBasis, PromiseTime, Promised, SimTime};
use crate::engine::OrderRef;

impl Story<'_> {
    /// An instant inside a sentence, with its weekday in a scenario in which weekdays differ.
    pub(super) fn date(&self, at: SimTime) -> String {
        match self.names_days {
            true => format!("{} ({})", moment(at), self.day_of(at)),
            false => moment(at),
        }
    }

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
            PromiseBasis::Restock(back) => (back, format!("the page says that it is back on {}", self.date(back))),
        };
        let product = self.lines.get(line as usize - 1).map(|line| line.product);
        let terms = product.map(|product| promising.terms(order.zone, product).time);
        let time = match terms {
            Some(PromiseTime::WorkingDays(days)) => format!("; {}", count(days, "working day")),
            Some(PromiseTime::Within(span)) => format!("; within {span}"),
            _ => String::new(),
        };
        let counted = promising.counted_from(from);
        let late = if counted > from { format!(", counted from {}", self.date(counted)) } else { String::new() };
        let text = format!(
            "{} is promised {what} by {}: {shown}{time}{late}.",
            capital(&self.item(line)),
            self.date(promised)
        );
        self.row(now, text);
    }

    /// A promise is kept.
    pub(super) fn kept(&mut self, now: SimTime, line: LineNumber, promised: SimTime, done: SimTime) {
        let text = format!(
            "{} was promised by {}: the promise is kept, with {} to spare.",
            capital(&self.item(line)),
            self.date(promised),
            promised - done
        );
        self.row(now, text);
    }

    /// A promise is broken, and for what.
    pub(super) fn broken(
        &mut self,
        now: SimTime,
        line: LineNumber,
        promised: SimTime,
        done: Option<SimTime>,
        why: LateFor,
    ) {
        let late = match done {
            Some(done) => format!("it is {} late", done - promised),
            None => "the promise is broken".to_string(),
        };
        let why = match why {
            LateFor::Way => "its way takes longer than was promised",
            LateFor::Stock if done.is_none() => "its stock did not come",
            LateFor::Stock => "its stock came too late",
            LateFor::Order => "it had its stock in time, and was held for the rest of the order",
            LateFor::Hours => "it was ready in time, and waited for the hours of the warehouse",
            LateFor::Limit => "it could have been picked in time, but others were picked before it",
        };
        let text = format!("{} was promised by {}: {late}, as {why}.", capital(&self.item(line)), self.date(promised));
        self.row(now, text);
    }
}
