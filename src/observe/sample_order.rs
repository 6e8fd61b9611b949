//! One order's life as data for a picture: of the orders of a replication the one that shows most of the rules.

use crate::domain::{Availability, LineNumber, Model, OrderNumber, ProductId, SimTime, WarehouseId, Wish};
use crate::engine::{Observer, Occurrence, OrderRef};
use crate::rules::Rule;
use std::collections::BTreeSet;

use super::by_number::ByNumber;

/// Orders of more lines make no readable picture.
const MAX_LINES: usize = 6;

/// Of so many orders that had to wait, one shows as much as any of all others would; these are followed no further.
const ENOUGH: usize = 4_096;

/// The life of one order.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderLife {
    /// Which, where from, and when placed.
    pub order: OrderRef,
    /// Its lines by number from 1, lost and swapped-in ones included.
    pub lines: Vec<LineLife>,
    /// What the customer was told, said or sent, in order.
    pub moments: Vec<(SimTime, Moment)>,
    /// The rules that decided something about it.
    pub rules: BTreeSet<Rule>,
}

/// The life of one line.
#[derive(Clone, Debug, PartialEq)]
pub struct LineLife {
    /// What.
    pub product: ProductId,
    /// How many.
    pub units: u32,
    /// When it became part of the order: when placed, or when it was swapped in.
    pub since: SimTime,
    /// When it was backordered.
    pub waited_from: Option<SimTime>,
    /// When its last unit was covered.
    pub covered: Option<SimTime>,
    /// Where it was sent from.
    pub warehouse: Option<WarehouseId>,
    /// When the last parcel with a part of it was made ready.
    pub released: Option<SimTime>,
    /// When that parcel left.
    pub shipped: Option<SimTime>,
    /// When it arrived.
    pub delivered: Option<SimTime>,
    /// When and how it ended otherwise.
    pub ended: Option<(SimTime, LineEnd)>,
}

/// How a line ended without being shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// Lost before the order was placed.
    Lost,
    /// Another product took its place.
    Swapped,
    /// Taken off the order.
    Removed,
    /// Cancelled for age.
    AutoCancelled,
}

/// Something between the retailer and the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The notice about the backorder.
    BackorderNotice,
    /// The notice that a parcel left.
    ShipmentNotice,
    /// The notice about a cancellation.
    CancellationNotice,
    /// A call, and what was wanted.
    Contact(Wish),
}

/// An order that may still become the one.
#[derive(Clone, Debug)]
struct Followed {
    life: OrderLife,
    /// The rules that decided something about it, as bits; its life is told them when it is over.
    rules: u32,
}

/// Watches a replication for the order that shows most.
#[derive(Clone, Debug)]
pub struct SampleOrder {
    from: i64,
    until: i64,
    /// The order that is being placed. Nearly all leave at once and are followed no further, so they never come to the others.
    at_hand: Option<Box<Followed>>,
    /// Orders that may still become the one.
    open: ByNumber<Box<Followed>>,
    best: Option<Best>,
    /// Orders that had to wait and have ended.
    waited: usize,
    /// Memory of orders that did not.
    #[expect(clippy::vec_box, reason = "they are moved to where orders are followed as they are")]
    spare: Vec<Box<Followed>>,
}

/// The order that shows most so far.
#[derive(Clone, Debug)]
struct Best {
    /// How many rules it shows, and whether a line of it came back: only such a wait is seen from end to end.
    shows: (usize, bool),
    life: OrderLife,
}

impl SampleOrder {
    /// For one replication of a model.
    pub fn new(model: &Model) -> Self {
        let from = model.run.warm_up.span().0;
        let until = from + model.run.horizon.0;
        Self { from, until, at_hand: None, open: ByNumber::default(), best: None, waited: 0, spare: Vec::new() }
    }

    /// The order that shows most rules, the one that ended first of equals, of those that ended before many that had to wait had; `None` if
    /// none was placed and ended in the measured time.
    pub fn into_life(self) -> Option<OrderLife> {
        self.best.map(|best| best.life)
    }

    fn followed(&mut self, number: OrderNumber) -> Option<&mut Followed> {
        match &mut self.at_hand {
            Some(at_hand) if at_hand.life.order.number == number => Some(at_hand.as_mut()),
            _ => self.open.get_mut(number).map(Box::as_mut),
        }
    }

    /// Whether orders are followed that are asked for now.
    fn follows(&self, now: SimTime) -> bool {
        (self.from..self.until).contains(&now.0) && self.waited < ENOUGH
    }

    /// Begins to follow an order; the one before it joins the others, if it is still followed.
    fn follow(&mut self, order: OrderRef) {
        let mut followed = self.spare.pop().unwrap_or_else(|| {
            let life = OrderLife { order, lines: Vec::new(), moments: Vec::new(), rules: BTreeSet::new() };
            Box::new(Followed { life, rules: 0 })
        });
        followed.life.order = order;
        followed.life.lines.clear();
        followed.life.moments.clear();
        followed.rules = 0;
        if let Some(before) = self.at_hand.replace(followed) {
            self.open.insert(before.life.order.number, before);
        }
    }

    fn unfollow(&mut self, number: OrderNumber) -> Option<Box<Followed>> {
        self.at_hand.take_if(|at_hand| at_hand.life.order.number == number).or_else(|| self.open.remove(number))
    }

    fn line(&mut self, order: OrderRef, number: LineNumber) -> Option<&mut LineLife> {
        self.followed(order.number)?.life.lines.get_mut((number as usize).checked_sub(1)?)
    }

    fn add(&mut self, now: SimTime, order: OrderRef, number: LineNumber, product: ProductId, units: u32) {
        let Some(Followed { life, .. }) = self.followed(order.number) else { return };
        if life.lines.len() + 1 == number as usize {
            life.lines.push(LineLife {
                product,
                units,
                since: now,
                waited_from: None,
                covered: None,
                warehouse: None,
                released: None,
                shipped: None,
                delivered: None,
                ended: None,
            });
        }
    }

    fn end_line(&mut self, now: SimTime, order: OrderRef, number: LineNumber, how: LineEnd) {
        if let Some(line) = self.line(order, number) {
            line.ended = Some((now, how));
        }
    }

    fn say(&mut self, now: SimTime, order: OrderRef, moment: Moment) {
        if let Some(followed) = self.followed(order.number) {
            followed.life.moments.push((now, moment));
        }
    }

    fn ended(&mut self, order: OrderRef) {
        let Some(followed) = self.unfollow(order.number) else { return };
        let Followed { ref life, rules } = *followed;
        self.waited += usize::from(life.lines.iter().any(|line| line.waited_from.is_some()));
        let shows = (rules.count_ones() as usize, life.lines.iter().any(|line| line.covered.is_some()));
        let is_better = |best: &Best| shows > best.shows;
        if life.lines.len() > MAX_LINES || !self.best.as_ref().is_none_or(is_better) {
            return self.spare.push(followed);
        }
        let Followed { mut life, .. } = *followed;
        life.rules = Rule::ALL.into_iter().filter(|&rule| rules & bit(rule) != 0).collect();
        self.best = Some(Best { shows, life });
    }
}

const fn bit(rule: Rule) -> u32 {
    1 << rule as u32
}

/// Rules that an order which leaves at once shows at most: multi-warehouse, shipment-notice and, in several parcels, free-split.
const RULES_AT_ONCE: usize = 3;

impl Observer for SampleOrder {
    /// Once an order shows as much, those that leave at once need not be followed.
    #[inline(always)]
    fn takes_whole(&mut self, now: SimTime, _departs: SimTime) -> bool {
        !self.follows(now) || self.best.as_ref().is_some_and(|best| best.shows >= (RULES_AT_ONCE, false))
    }

    // In place where things are stated, so that of most nothing is left.
    #[inline(always)]
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        use Occurrence as O;
        if let (Some(order), Some(rule)) = (what.order(), what.rule())
            && let Some(followed) = self.followed(order.number)
        {
            followed.rules |= bit(rule);
        }
        match what {
            O::OrderAsked { order, .. } if self.follows(now) => self.follow(order),
            O::LineAsked { order, line, product, units, .. } => self.add(now, order, line, product, units),
            O::LineLost { order, line, .. } => self.end_line(now, order, line, LineEnd::Lost),
            O::LineBackordered { order, line, .. } => {
                if let Some(line) = self.line(order, line) {
                    line.waited_from = Some(now);
                }
            }
            O::LineCovered { order, line, .. } => {
                if let Some(line) = self.line(order, line) {
                    line.covered = Some(now);
                }
            }
            // One that ships at once shows little: any such order will do, once there is one.
            O::OrderPlaced { order, availability: Availability::All, .. } if self.best.is_some() => {
                let followed = self.unfollow(order.number);
                self.spare.extend(followed);
            }
            O::ParcelReleased { order, parcel, .. } => {
                for content in parcel.contents {
                    if let Some(line) = self.line(order, content.line) {
                        line.released = Some(now);
                        line.warehouse = Some(parcel.warehouse);
                    }
                }
            }
            O::ParcelShipped { order, parcel, arrives } => {
                for content in parcel.contents {
                    if let Some(line) = self.line(order, content.line) {
                        line.shipped = Some(now);
                        line.delivered = Some(arrives);
                    }
                }
            }
            O::ShipmentNotice { order, .. } => self.say(now, order, Moment::ShipmentNotice),
            O::NoticeSent { order, .. } => self.say(now, order, Moment::BackorderNotice),
            O::CancellationNotice { order } => self.say(now, order, Moment::CancellationNotice),
            O::Contact { order, wants, .. } => self.say(now, order, Moment::Contact(wants)),
            O::LineSwapped { order, line, units, to, to_product, .. } => {
                self.end_line(now, order, line, LineEnd::Swapped);
                self.add(now, order, to, to_product, units);
            }
            O::LineRemoved { order, line, .. } => self.end_line(now, order, line, LineEnd::Removed),
            O::LineAutoCancelled { order, line, .. } => self.end_line(now, order, line, LineEnd::AutoCancelled),
            O::OrderCancelled { order } | O::OrderCompleted { order, .. } => self.ended(order),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClassId, DAY, ZoneId};
    use crate::measures::fixture;

    fn order(number: u64) -> OrderRef {
        OrderRef { number, placed: SimTime(2 * DAY), zone: ZoneId(0), international: false, class: ClassId(0) }
    }

    fn ask(sample: &mut SampleOrder, order: OrderRef) {
        let (product, units) = (ProductId(0), 2);
        sample.observe(order.placed, Occurrence::OrderAsked { order, lines: 1 });
        let (network_available, displayed_in_stock) = (true, true);
        let asked = Occurrence::LineAsked { order, line: 1, product, units, network_available, displayed_in_stock };
        sample.observe(order.placed, asked);
    }

    #[test]
    fn the_order_of_most_rules_is_kept_with_its_whole_life() {
        let mut sample = SampleOrder::new(&fixture::model());
        let (plain, rich) = (order(1), order(2));
        let day = |days: i64| SimTime(days * DAY);
        for order in [plain, rich] {
            ask(&mut sample, order);
        }
        let (product, units, home) = (ProductId(0), 2, None);
        sample.observe(day(2), Occurrence::LineBackordered { order: rich, line: 1, product, units, home });
        sample.observe(day(3), Occurrence::NoticeSent { order: rich, late: false });
        sample.observe(day(4), Occurrence::Contact { order: rich, line: 1, wants: Wish::Swap });
        let (to_product, warehouse) = (ProductId(1), WarehouseId(1));
        let swapped = Occurrence::LineSwapped { order: rich, line: 1, product, units, to: 2, to_product, warehouse };
        sample.observe(day(4), swapped);
        for order in [rich, plain] {
            let (released, departed, delivered) = (day(4), day(4), day(6));
            sample.observe(day(4), Occurrence::OrderCompleted { order, parcels: 1, released, departed, delivered });
        }
        let life = sample.into_life().unwrap();
        assert_eq!(life.order, rich);
        assert_eq!(life.lines.len(), 2);
        assert_eq!(life.lines[0].waited_from, Some(day(2)));
        assert_eq!(life.lines[0].ended, Some((day(4), LineEnd::Swapped)));
        assert_eq!((life.lines[1].product, life.lines[1].since), (to_product, day(4)));
        assert_eq!(life.moments, [(day(3), Moment::BackorderNotice), (day(4), Moment::Contact(Wish::Swap))]);
        let rules = [Rule::MultiWarehouse, Rule::BackorderNotice, Rule::Swap, Rule::Support247];
        assert_eq!(life.rules, BTreeSet::from(rules));
    }

    #[test]
    fn when_many_have_waited_no_more_are_followed() {
        let mut sample = SampleOrder::new(&fixture::model());
        let (product, units, home) = (ProductId(0), 2, None);
        for number in 1..=ENOUGH as u64 {
            let order = order(number);
            ask(&mut sample, order);
            sample.observe(order.placed, Occurrence::LineBackordered { order, line: 1, product, units, home });
            assert!(!sample.takes_whole(order.placed, order.placed), "{number}");
            sample.observe(SimTime(3 * DAY), Occurrence::OrderCancelled { order });
        }
        assert!(sample.takes_whole(SimTime(2 * DAY), SimTime(2 * DAY)));
        let late = order(ENOUGH as u64 + 1);
        ask(&mut sample, late);
        sample.observe(SimTime(2 * DAY), Occurrence::NoticeSent { order: late, late: false });
        sample.observe(SimTime(2 * DAY), Occurrence::OrderCancelled { order: late });
        assert_eq!(sample.into_life().unwrap().order.number, 1);
    }

    #[test]
    fn of_equals_the_one_that_ends_first_and_none_of_none() {
        let mut sample = SampleOrder::new(&fixture::model());
        assert_eq!(sample.clone().into_life(), None);
        for number in [7, 8] {
            ask(&mut sample, order(number));
            sample.observe(SimTime(3 * DAY), Occurrence::OrderCancelled { order: order(number) });
        }
        assert_eq!(sample.into_life().unwrap().order.number, 7);
    }
}
