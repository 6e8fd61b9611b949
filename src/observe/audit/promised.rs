//! What the auditor checks of promised dates.

use super::Auditor;
use super::breach::Invariant;
use super::orders::Ending;
use crate::domain::{LineNumber, OrderNumber, Promised, SimTime};
use crate::engine::{OrderRef, ParcelLine};

impl Auditor<'_> {
    pub(super) fn promise(&mut self, order: OrderRef, line: LineNumber, promised: SimTime) {
        let now = self.now;
        let sound = self.with(order, "a promise", |open| {
            let Some(line) = open.line(line) else { return false };
            promised >= now && line.ending.is_none() && line.word.promised.replace(promised).is_none()
        });
        if sound == Some(false) {
            self.breach(Invariant::Promise, || {
                format!(
                    "order {} line {line} is promised twice, or for second {}, which has passed",
                    order.number, promised.0
                )
            });
        }
    }

    /// A parcel leaves, and arrives then.
    pub(super) fn note_arrival(&mut self, order: OrderRef, contents: &[ParcelLine], arrives: SimTime) {
        let Some(promising) = &self.model.promise else { return };
        let done = if promising.of == Promised::Delivered { arrives } else { self.now };
        self.with(order, "an arrival", |open| {
            for content in contents {
                if let Some(line) = open.line(content.line) {
                    line.word.done = line.word.done.max(Some(done));
                }
            }
        });
    }

    /// Whether what was promised of a line was kept is said.
    pub(super) fn settle_promise(
        &mut self,
        order: OrderRef,
        line: LineNumber,
        promised: SimTime,
        said: Option<SimTime>,
        kept: bool,
    ) {
        let now = self.now;
        let trouble = self.with(order, "a promise's end", |open| {
            let Some(line) = open.line(line) else { return Some("it does not exist") };
            if line.word.promised != Some(promised) || std::mem::replace(&mut line.word.is_settled, true) {
                return Some("it was promised for another date, or had been settled");
            }
            match said {
                Some(_) if line.shipped < line.units => Some("not all of it has left"),
                Some(done) if line.word.done != Some(done) => Some("it arrives at another time"),
                Some(done) if (done <= promised) != kept => Some("it arrives before or after that"),
                None if kept => Some("nothing of it arrives"),
                None if line.ending.is_none() && promised >= now => Some("there is time left"),
                None if line.ending.is_some() && line.ending != Some(Ending::AutoCancelled) && promised >= now => {
                    Some("its customer gave it up in time")
                }
                _ => None,
            }
        });
        if let Some(Some(trouble)) = trouble {
            self.breach(Invariant::Promise, || {
                let verdict = if kept { "kept" } else { "broken" };
                format!("the promise of order {} line {line} is said to be {verdict}, but {trouble}", order.number)
            });
        }
    }

    /// An order leaves the books: nothing that was promised and arrives may be left unsaid.
    pub(super) fn check_words(&mut self, number: OrderNumber) {
        let Some(open) = self.orders.get(&number) else { return };
        let untold = open.lines.iter().find(|line| {
            let is_due = line.ending.is_none() || line.ending == Some(Ending::AutoCancelled);
            line.word.promised.is_some() && !line.word.is_settled && is_due
        });
        if let Some(line) = untold.map(|line| line.number) {
            self.breach(Invariant::Promise, || {
                format!("order {number} ended, and nobody said whether the promise of line {line} was kept")
            });
        }
    }
}
