//! Promised dates: what customers are told when they order, and how a date comes about.

use super::settings::{DaysOff, Promised, Restock, WeekDays, Words};
use super::{DAY, ProductId, SimTime, Span, WorkingDays, ZoneId};

/// `[promise]`: by when customers are promised their lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Promising {
    /// What is promised by the date.
    pub of: Promised,
    /// From this time of the day on, an order counts as one of the next working day.
    pub cut_off: Option<Span>,
    /// Which days are working days.
    pub days: WorkingDays,
    /// When a product shown On Backorder is said to be back, where no terms say it.
    pub restock: Restock,
    /// What holds where no row does.
    pub usual: PromiseTerms,
    /// Terms of zones and products; the first row that fits holds.
    pub rows: Vec<PromiseRow>,
}

/// How long after an order a line is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseTerms {
    /// From the order, or from when the product is said to be back.
    pub time: PromiseTime,
    /// How long a product shown On Backorder is said to be away, whatever is on its way.
    pub restock_within: Option<Span>,
}

/// A time that is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseTime {
    /// Handling and transit of the warehouse that comes first for the customer.
    Lane,
    /// So long, by the clock.
    Within(Span),
    /// By the end of so many working days after the one on which the order counts.
    WorkingDays(u32),
}

/// Terms of a zone, of some products, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseRow {
    /// Whose customers; `None` for all.
    pub zone: Option<ZoneId>,
    /// Which products, ascending; `None` for all.
    pub products: Option<Vec<ProductId>>,
    /// The terms.
    pub terms: PromiseTerms,
}

/// What a promise was made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseBasis {
    /// The product was shown in stock.
    Stock,
    /// It was shown On Backorder, and said to be back then.
    Restock(SimTime),
    /// It was ordered ahead, for a day on which it was to be there.
    Ahead,
}

impl PromiseBasis {
    /// What a line is promised by: the day for which it was ordered ahead, the stock that its page shows, or else when the product is
    /// said to be back; `None` where nobody says that.
    pub fn of(
        is_ordered_ahead: bool,
        is_shown_in_stock: bool,
        said_to_be_back: impl FnOnce() -> Option<SimTime>,
    ) -> Option<Self> {
        if is_ordered_ahead {
            Some(Self::Ahead)
        } else if is_shown_in_stock {
            Some(Self::Stock)
        } else {
            said_to_be_back().map(Self::Restock)
        }
    }

    /// Its name in a trace.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Restock(_) => "restock",
            Self::Ahead => "ahead",
        }
    }

    /// From when the time of a promise made now counts.
    pub const fn counts_from(self, now: SimTime) -> SimTime {
        if let Self::Restock(back) = self { back } else { now }
    }
}

/// What a promise was broken for: the first thing after which the date could not be kept any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateFor {
    /// Its way takes longer than was promised, from the moment of the promise on.
    Way,
    /// Its stock was not there yet.
    Stock,
    /// It had its stock, and was held for the rest of its order.
    Order,
    /// It was ready, and had to wait for opening hours, the next day's cut-off or a wave.
    Hours,
    /// It might have been picked, but the picking limit was reached or the pickers had others before it.
    Limit,
}

/// What a line went through before it left.
#[derive(Clone, Copy, Debug)]
pub struct LineSteps {
    /// When its date was promised.
    pub asked: SimTime,
    /// When it had all its stock.
    pub covered: SimTime,
    /// When its parcel could leave as far as stock and order go.
    pub ready: SimTime,
    /// When the warehouse's hours let it be picked.
    pub pickable: SimTime,
}

impl LateFor {
    /// All of them, in the order in which a line comes to them.
    pub const ALL: [Self; 5] = [Self::Way, Self::Stock, Self::Order, Self::Hours, Self::Limit];

    /// Its name in a trace.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Way => "way",
            Self::Stock => "stock",
            Self::Order => "order",
            Self::Hours => "hours",
            Self::Limit => "limit",
        }
    }

    /// What a line was late for that was picked after the last moment from which it would have come in time: whatever it was waiting
    /// for at that moment.
    ///
    /// ```
    /// use backorder::domain::{LateFor, LineSteps, SimTime};
    /// let steps = LineSteps { asked: SimTime(0), covered: SimTime(10), ready: SimTime(10), pickable: SimTime(30) };
    /// assert_eq!(LateFor::of(SimTime(5), steps), LateFor::Stock);
    /// assert_eq!(LateFor::of(SimTime(20), steps), LateFor::Hours);
    /// assert_eq!(LateFor::of(SimTime(30), steps), LateFor::Limit);
    /// ```
    pub fn of(last_chance: SimTime, steps: LineSteps) -> Self {
        let ends = [steps.asked, steps.covered, steps.ready, steps.pickable];
        let at = ends.iter().position(|&end| last_chance < end).unwrap_or(ends.len());
        Self::ALL[at]
    }
}

/// Whether a promise is broken by a line that is done so late: on the last second of its date it is kept.
pub fn breaks_promise(promised: SimTime, done: SimTime) -> bool {
    done > promised
}

/// Whether a promise is broken by a line that ends without leaving: if the retailer cancelled it, or its date had passed by then. Else
/// nobody can say what would have become of it.
pub fn breaks_promise_by_ending(promised: SimTime, ended: SimTime, is_cancelled: bool) -> bool {
    is_cancelled || breaks_promise(promised, ended)
}

impl Promising {
    /// When a product that is shown On Backorder is said to be back, to somebody who asks now: as the terms say, else, where receipts are
    /// shown, when the next one is promised, else after the vendor's lead time. What is overdue is no date that anybody shows.
    pub fn said_to_be_back(
        &self,
        terms: PromiseTerms,
        now: SimTime,
        incoming: impl Iterator<Item = SimTime>,
        lead_time: impl FnOnce() -> Option<Span>,
    ) -> Option<SimTime> {
        let next_receipt = || match self.restock {
            Restock::NextReceipt => incoming.filter(|&promised| promised >= now).min(),
            Restock::LeadTime => None,
        };
        let within = terms.restock_within.map(|within| now + within);
        within.or_else(next_receipt).or_else(|| lead_time().map(|lead_time| now + lead_time))
    }

    /// Whether every day is a working day.
    pub fn works_every_day(&self) -> bool {
        self.days.weekdays() == WeekDays::ALL && self.days.off().is_empty()
    }

    /// The terms for a zone and a product.
    pub fn terms(&self, zone: ZoneId, product: ProductId) -> PromiseTerms {
        let fits = |row: &&PromiseRow| {
            row.zone.is_none_or(|of| of == zone)
                && row.products.as_ref().is_none_or(|of| of.binary_search(&product).is_ok())
        };
        self.rows.iter().find(fits).map_or(self.usual, |row| row.terms)
    }

    /// When the clock of an order starts that is placed at a moment: at once or, past the cut-off and on days off, with the next working
    /// day.
    pub fn counted_from(&self, at: SimTime) -> SimTime {
        let (today, time) = (at.0.div_euclid(DAY), at.0.rem_euclid(DAY));
        let is_late = self.cut_off.is_some_and(|cut_off| time >= cut_off.0);
        if self.works_on(today) && !is_late {
            return at;
        }
        SimTime(self.working_day_after(today) * DAY)
    }

    /// The last second by which a line is promised, where it is counted from a moment, and its lane takes so long.
    ///
    /// ```
    /// use backorder::domain::settings::{DaysOff, WeekDays};
    /// use backorder::domain::{
    ///     Calendar, PromiseTerms, PromiseTime, Promised, Promising, Restock, SimTime, Span, WorkingDays,
    /// };
    /// let week = WeekDays([true, true, true, true, true, false, false]);
    /// let usual = PromiseTerms { time: PromiseTime::WorkingDays(2), restock_within: None };
    /// let promising = Promising {
    ///     of: Promised::Delivered,
    ///     cut_off: Some(Span(15 * 3_600)),
    ///     days: WorkingDays::new(&Calendar::default(), week, &DaysOff::default()),
    ///     restock: Restock::NextReceipt,
    ///     usual,
    ///     rows: Vec::new(),
    /// };
    /// let days = |days: i64| SimTime(days * 86_400);
    /// // On Thursday at ten: by the end of Monday. At the cut-off: counted from Friday, by the end of Tuesday.
    /// assert_eq!(promising.promised(usual, days(3) + Span(10 * 3_600), Span::ZERO), SimTime(days(8).0 - 1));
    /// assert_eq!(promising.promised(usual, days(3) + Span(15 * 3_600), Span::ZERO), SimTime(days(9).0 - 1));
    /// ```
    pub fn promised(&self, terms: PromiseTerms, from: SimTime, lane: Span) -> SimTime {
        let start = self.counted_from(from);
        match terms.time {
            PromiseTime::Lane => start + lane,
            PromiseTime::Within(span) => start + span,
            PromiseTime::WorkingDays(days) => {
                let mut day = start.0.div_euclid(DAY);
                for _ in 0..days {
                    day = self.working_day_after(day);
                }
                SimTime((day + 1) * DAY - 1)
            }
        }
    }

    fn works_on(&self, day: i64) -> bool {
        self.days.works(day)
    }

    fn working_day_after(&self, day: i64) -> i64 {
        self.days.next(day + 1).unwrap_or(day + 1)
    }

    /// What it says, row by row, on the inputs page.
    pub fn in_words(&self) -> Vec<(String, String)> {
        let mut rows = vec![
            ("What is promised".to_string(), self.of.phrase().to_string()),
            ("Promised".to_string(), self.usual.time.in_words(self.of)),
        ];
        if !self.works_every_day() {
            let mut days = self.days.weekdays().in_words();
            if !self.days.off().is_empty() {
                days.push_str(&format!(", but not {}", DaysOff(self.days.off().to_vec()).in_words()));
            }
            rows.push(("Working days".to_string(), days));
        }
        if let Some(cut_off) = self.cut_off {
            let clock = format!("{:02}:{:02}", cut_off.0 / 3_600, cut_off.0 / 60 % 60);
            rows.push(("Cut-off".to_string(), format!("{clock}; a later order counts from the next working day")));
        }
        let back = match self.usual.restock_within {
            Some(span) => format!("{span} from now"),
            None => self.restock.phrase().to_string(),
        };
        rows.push(("What is on backorder is said to be back".to_string(), back));
        if !self.rows.is_empty() {
            rows.push(("Zones and products with terms of their own".to_string(), format!("{} rows", self.rows.len())));
        }
        rows
    }
}

impl PromiseTime {
    fn in_words(self, of: Promised) -> String {
        match (self, of) {
            (Self::Lane, Promised::Delivered) => "after handling and transit of the first warehouse".to_string(),
            (Self::Lane, Promised::Shipped) => "after handling at the first warehouse".to_string(),
            (Self::Within(span), _) => format!("within {span}"),
            (Self::WorkingDays(0), _) => "by the end of the day".to_string(),
            (Self::WorkingDays(1), _) => "by the end of the next working day".to_string(),
            (Self::WorkingDays(days), _) => format!("{days} working days later, by the end of the day"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn day(day: i64) -> SimTime {
        SimTime(day * DAY)
    }

    fn promising(restock: Restock) -> Promising {
        let usual = PromiseTerms { time: PromiseTime::Lane, restock_within: None };
        let days = WorkingDays::new(&crate::domain::Calendar::default(), WeekDays::ALL, &DaysOff::default());
        Promising { of: Promised::Delivered, cut_off: None, days, restock, usual, rows: Vec::new() }
    }

    #[test]
    fn a_line_ordered_ahead_or_shown_in_stock_asks_for_no_receipt() {
        let never = || unreachable!("nobody needs to know when it is back");
        assert_eq!(PromiseBasis::of(true, false, never), Some(PromiseBasis::Ahead));
        assert_eq!(PromiseBasis::of(true, true, never), Some(PromiseBasis::Ahead));
        assert_eq!(PromiseBasis::of(false, true, never), Some(PromiseBasis::Stock));
        let back = PromiseBasis::of(false, false, || Some(day(9)));
        assert_eq!(back, Some(PromiseBasis::Restock(day(9))));
        assert_eq!(PromiseBasis::of(false, false, || None), None);
        assert_eq!([back.unwrap(), PromiseBasis::Stock].map(|basis| basis.counts_from(day(3))), [day(9), day(3)]);
    }

    #[test]
    fn the_next_receipt_that_is_not_overdue_says_when_a_product_is_back() {
        let back = |restock, within, incoming: &[i64], lead_time: Option<i64>| {
            let terms = PromiseTerms { restock_within: within, ..promising(restock).usual };
            let incoming = incoming.iter().map(|&at| day(at));
            let lead_time = || lead_time.map(Span::from_days);
            promising(restock).said_to_be_back(terms, day(5), incoming, lead_time)
        };
        assert_eq!(back(Restock::NextReceipt, None, &[8, 5, 4], Some(6)), Some(day(5)));
        assert_eq!(back(Restock::NextReceipt, None, &[4], Some(6)), Some(day(11)));
        assert_eq!(back(Restock::LeadTime, None, &[8], Some(6)), Some(day(11)));
        assert_eq!(back(Restock::NextReceipt, Some(Span::from_days(2)), &[8], Some(6)), Some(day(7)));
        assert_eq!(back(Restock::NextReceipt, None, &[], None), None);
    }

    #[test]
    fn a_promise_is_kept_to_its_last_second_and_broken_by_the_retailer_who_cancels() {
        assert!(!breaks_promise(day(9), day(9)) && breaks_promise(day(9), day(9) + Span(1)));
        assert!(!breaks_promise_by_ending(day(9), day(9), false) && breaks_promise_by_ending(day(9), day(2), true));
        assert!(breaks_promise_by_ending(day(9), day(9) + Span(1), false));
    }
}
