//! One order's life as data for a picture: of all orders of a replication the one that shows most of the rules.

use crate::domain::{Availability, LineNumber, Model, OrderNumber, ProductId, SimTime, WarehouseId, Wish};
use crate::engine::{Observer, Occurrence, OrderRef};
use crate::rules::Rule;
use std::collections::{BTreeSet, VecDeque};

/// Orders of more lines make no readable picture.
const MAX_LINES: usize = 6;

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

/// Orders by their numbers, which nearly always rise: a place for each from the first one followed to the last, so that one is found
/// without a search, in 8 bytes for each order between.
#[derive(Clone, Debug, Default)]
struct Open {
    /// The number of the first place.
    first: OrderNumber,
    places: VecDeque<Option<Box<Followed>>>,
}

impl Open {
    fn place(&mut self, number: OrderNumber) -> Option<&mut Option<Box<Followed>>> {
        self.places.get_mut(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    fn get_mut(&mut self, number: OrderNumber) -> Option<&mut Followed> {
        self.place(number)?.as_deref_mut()
    }

    fn insert(&mut self, followed: Box<Followed>) {
        let number = followed.life.order.number;
        if self.places.is_empty() {
            self.first = number;
        }
        while number < self.first {
            self.places.push_front(None);
            self.first -= 1;
        }
        while self.place(number).is_none() {
            self.places.push_back(None);
        }
        if let Some(place) = self.place(number) {
            *place = Some(followed);
        }
    }

    fn remove(&mut self, number: OrderNumber) -> Option<Box<Followed>> {
        let followed = self.place(number)?.take();
        while let Some(None) = self.places.front() {
            self.places.pop_front();
            self.first += 1;
        }
        followed
    }
}

/// Watches a replication for the order that shows most.
#[derive(Clone, Debug)]
pub struct SampleOrder {
    from: i64,
    until: i64,
    /// The order that is being placed. Nearly all leave at once and are followed no further, so they never come to the others.
    at_hand: Option<Box<Followed>>,
    /// Orders that may still become the one.
    open: Open,
    /// How many rules it shows, and whether a line of it came back: only such a wait is seen from end to end.
    best: Option<((usize, bool), OrderLife)>,
}

impl SampleOrder {
    /// For one replication of a model.
    pub fn new(model: &Model) -> Self {
        let from = model.run.warm_up.span().0;
        Self { from, until: from + model.run.horizon.0, at_hand: None, open: Open::default(), best: None }
    }

    /// The order that shows most rules, the earliest of equals; `None` if none was placed and ended in the measured time.
    pub fn into_life(self) -> Option<OrderLife> {
        self.best.map(|(_, life)| life)
    }

    fn followed(&mut self, number: OrderNumber) -> Option<&mut Followed> {
        match &mut self.at_hand {
            Some(at_hand) if at_hand.life.order.number == number => Some(at_hand),
            _ => self.open.get_mut(number),
        }
    }

    /// Whether orders are followed that are asked for now.
    fn is_measured(&self, now: SimTime) -> bool {
        (self.from..self.until).contains(&now.0)
    }

    /// Begins to follow an order; the one before it joins the others, if it is still followed.
    fn follow(&mut self, order: OrderRef) {
        let life = OrderLife { order, lines: Vec::new(), moments: Vec::new(), rules: BTreeSet::new() };
        if let Some(before) = self.at_hand.replace(Box::new(Followed { life, rules: 0 })) {
            self.open.insert(before);
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
        let Followed { mut life, rules } = *followed;
        if life.lines.len() > MAX_LINES {
            return;
        }
        let shows = (rules.count_ones() as usize, life.lines.iter().any(|line| line.covered.is_some()));
        if self.best.as_ref().is_none_or(|(most, _)| shows > *most) {
            life.rules = Rule::ALL.into_iter().filter(|&rule| rules & bit(rule) != 0).collect();
            self.best = Some((shows, life));
        }
    }
}

const fn bit(rule: Rule) -> u32 {
    1 << rule as u32
}

/// Rules that an order which leaves at once shows at most: multi-warehouse, shipment-notice and, in several parcels, free-split.
const RULES_AT_ONCE: usize = 3;

impl Observer for SampleOrder {
    /// Once an order shows as much, those that leave at once need not be followed.
    fn takes_whole(&mut self, now: SimTime, _departs: SimTime) -> bool {
        !self.is_measured(now) || self.best.as_ref().is_some_and(|(shows, _)| *shows >= (RULES_AT_ONCE, false))
    }

    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        use Occurrence as O;
        if let (Some(order), Some(rule)) = (what.order(), what.rule())
            && let Some(followed) = self.followed(order.number)
        {
            followed.rules |= bit(rule);
        }
        match what {
            O::OrderAsked { order, .. } if self.is_measured(now) => self.follow(order),
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
                self.unfollow(order.number);
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
            let (released, delivered) = (day(4), day(6));
            sample.observe(day(4), Occurrence::OrderCompleted { order, parcels: 1, released, delivered });
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
    fn orders_are_found_by_number_in_whatever_order_they_come_and_go() {
        let followed = |number: u64| {
            let life =
                OrderLife { order: order(number), lines: Vec::new(), moments: Vec::new(), rules: BTreeSet::new() };
            Box::new(Followed { life, rules: number as u32 })
        };
        let mut open = Open::default();
        // Orders that were placed ahead are due later than others with higher numbers.
        for number in [40, 42, 43, 38, 50] {
            open.insert(followed(number));
        }
        let found = |open: &mut Open, number| open.get_mut(number).map(|it| it.rules);
        assert_eq!([38, 40, 42, 43, 50].map(|number| found(&mut open, number)), [38, 40, 42, 43, 50].map(Some));
        assert_eq!([0, 37, 39, 41, 49, 51, u64::MAX].map(|number| found(&mut open, number)), [None; 7]);
        for number in [40, 38, 42] {
            assert_eq!(open.remove(number).map(|it| it.life.order.number), Some(number));
            assert!(open.remove(number).is_none());
        }
        assert_eq!((open.first, open.places.len()), (43, 8), "what is over at the front takes no place");
        open.remove(50);
        open.remove(43);
        open.insert(followed(7));
        assert_eq!((open.places.len(), found(&mut open, 7)), (1, Some(7)));
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
