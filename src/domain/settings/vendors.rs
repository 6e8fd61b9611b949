//! `[[vendors]]`: who delivers products to warehouses.

use super::calendar::{DaysOff, WeekDays};
use super::capacity::Capacity;
use super::declare::{settings, table, words};
use super::kinds::{MONEY, NAME, RANDOM_DURATION, SOME_UNITS};
use super::setting::{Setting, Words};
use super::table::Kind;
use super::value::Value;
use crate::domain::phrase::{grouped, money};
use crate::domain::{Calendar, Cents, Distribution, Span, Target, WorkingDays};

settings! {
    /// A vendor, who delivers products to warehouses.
    pub struct Vendor: "a row of [[vendors]]" {
        /// Its name.
        id: String as NAME = needed, example("acme");
        /// From placing a purchase order to its receipt; of a vendor with working days or a capacity, from dispatching it.
        lead_time: Distribution = needed, example("6d"), example({ gamma = { mean = "6d", cv = 0.5 } });
        /// Weekdays on which it takes up and dispatches purchase orders; every day without it. What is ordered on another day waits
        /// for the next one.
        working_days: Option<WeekDays> = optional, example("mon-fri");
        /// Days on which it does neither, in the place of those of [calendar].
        holidays: Option<DaysOff> = optional, example(["2026-12-25", "01-01"]);
        /// How fast it works: one unit after the other, purchase orders in the order in which they came, whichever warehouse they are
        /// for. An order is dispatched when all of it is done. Without it, whatever is ordered is dispatched at once.
        capacity: Option<Capacity> = optional, example({ units_per_day = 400 });
        /// The lead time that levels are planned for, where the planner believes another one. Default: `lead_time`.
        planned_lead_time: Option<PlannedTime> = optional, example("5d");
        /// The service that levels of its products are derived for, where neither the product nor its class has a target.
        target: Option<Target> = optional;
        /// Cost of each purchase order.
        order_cost: Cents = 0.0;
        /// Cost of each line of a purchase order, that is of each product in it.
        line_cost: Cents = 0.0;
        /// What a warehouse wants of the vendor's products within this time, from the first of them, goes on one purchase order, a
        /// line a product. `"0s"`: what it wants in the same second. Without it, `order_minimum` and `[replenishment] can_order`,
        /// every purchase order is for one product.
        consolidate: Option<Span> = optional, example("1d");
        /// What a purchase order has to come to, in units or at unit cost. With it, products that are wanted in the same second share
        /// an order, if `consolidate` does not say more.
        order_minimum: Option<OrderMinimum> = optional, example({ money = 500.0 }), example({ units = 48 });
        /// What becomes of a purchase order below `order_minimum`.
        below_minimum: BelowMinimum = "fill-up";
        /// A line of a purchase order is raised to at least so many units.
        minimum_units: u32 = 0;
        /// A line of a purchase order is rounded up to a multiple of so many units.
        multiple: u32 as SOME_UNITS = 1;
        /// Faster delivery at extra cost. Without it, nothing is expedited.
        expedite: Option<Expedite> = optional;
        /// Times in which the vendor starts no lead time. Without it, there are none.
        disruption: Option<Disruption> = optional;
    }
}

settings! {
    /// Faster delivery at extra cost.
    pub struct Expedite: "`expedite`" {
        /// Lead time of an expedited order, from the decision to expedite.
        lead_time: Distribution = needed, example("2d");
        /// Extra cost of every unit of the purchase order.
        cost_per_unit: Cents = 0.0;
        /// When a purchase order is expedited: as soon as stock is projected to run out before it, or only where that is worth its
        /// charge. Where it is named, what expediting brings is measured. Default: `"projected-stock-out"`.
        when: Option<ExpediteWhen> = optional, example("worth-it");
        /// What may be spent on expediting in a month, a twelfth of 365 days, counted from second 0. Without it, there is no limit.
        budget_per_month: Option<Cents> = optional, example(500.0);
    }
}

words! {
    /// When a purchase order is expedited.
    pub enum ExpediteWhen {
        /// Free stock is projected to hit zero before the promise, whatever it costs.
        ProjectedStockOut = "projected-stock-out", "when stock is projected to run out before the promise";
        /// The waiting and the lost margin that it is expected to spare cost more than its charge.
        WorthIt = "worth-it", "when it is expected to save more than it costs";
    }
}

settings! {
    /// Times in which a vendor starts no lead time: orders placed meanwhile begin theirs when the disruption ends.
    pub struct Disruption: "`disruption`" {
        /// From one disruption's end (the first: second 0) to the next one's start.
        every: Distribution = needed, example({ exponential = { mean = "180d" } });
        /// How long one lasts.
        lasts: Distribution = needed, example("20d");
    }
}

table! {
    /// What a purchase order has to come to: one of the two.
    pub ORDER_MINIMUM as "OrderMinimum": "`order_minimum`", One {
        /// So many units, of all its products together.
        units: SOME_UNITS = optional, example(48);
        /// So much money, at the products' `unit_cost`, whatever events make of it.
        money: MONEY = optional, example(500.0);
    }
}

/// What a purchase order has to come to before its vendor takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderMinimum {
    /// So many units, of all its products together.
    Units(u32),
    /// So much at unit cost.
    Money(Cents),
}

impl OrderMinimum {
    /// What it is reached by, in units or cents.
    pub fn amount(self) -> i64 {
        match self {
            Self::Units(units) => units.into(),
            Self::Money(cents) => cents.0,
        }
    }

    /// What a unit of some unit cost counts towards it, in units or cents.
    pub fn worth(self, unit_cost: Cents) -> i64 {
        match self {
            Self::Units(_) => 1,
            Self::Money(_) => unit_cost.0,
        }
    }

    /// What it asks for, in words.
    pub fn in_words(self) -> String {
        match self {
            Self::Units(units) => format!("{} units", grouped(units.into(), 0)),
            Self::Money(cents) => money(cents.decimal(), 2),
        }
    }
}

impl Setting for OrderMinimum {
    const KIND: Kind = Kind::table(&ORDER_MINIMUM);

    fn from_value(value: Value) -> Self {
        match &value {
            Value::Table(values) => match values[..] {
                [Value::Whole(units), Value::Absent] => Self::Units(units as u32),
                [Value::Absent, Value::Number(money)] => Self::Money(Cents::from_decimal(money)),
                _ => panic!("one of the two amounts of a minimum is given, not {value:?}"),
            },
            _ => panic!("a minimum is a table, not {value:?}"),
        }
    }
}

words! {
    /// What becomes of a purchase order that does not come to the vendor's minimum.
    pub enum BelowMinimum {
        /// It is filled up, lot by lot, each of the product whose stock and orders would last the shortest by the forecast.
        FillUp = "fill-up", "filled up to it";
        /// It is not placed until what is wanted comes to the minimum; until then nothing of it is on order. Products that merely may
        /// join (`can_order`) do not count.
        Wait = "wait", "not placed until it is reached";
    }
}

words! {
    /// What decides when an open purchase order arrives.
    pub enum Arrives {
        /// The vendor's lead time, given that it has not arrived by the start.
        LeadTime = "lead-time", "by the rest of the lead time";
        /// The promise.
        Promised = "promised", "when promised";
    }
}

/// What can be ordered at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderTerms {
    /// A line of a purchase order is raised to at least so many units.
    pub minimum_units: u32,
    /// It is rounded up to a multiple of so many units.
    pub multiple: u32,
}

impl OrderTerms {
    /// What becomes of a wish for units.
    #[inline]
    pub fn units(self, wish: u32) -> u32 {
        wish.max(self.minimum_units).next_multiple_of(self.multiple)
    }
}

/// A lead time that somebody believes: nothing is drawn from it, so that it makes no run random.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedTime(pub Distribution);

impl Setting for PlannedTime {
    const KIND: Kind = RANDOM_DURATION;

    fn from_value(value: Value) -> Self {
        Self(Distribution::from_value(value))
    }
}

impl Vendor {
    /// A vendor about whom nothing else is said.
    pub fn new(id: &str, lead_time: Distribution) -> Self {
        Self {
            id: id.to_string(),
            lead_time,
            working_days: None,
            holidays: None,
            capacity: None,
            planned_lead_time: None,
            target: None,
            order_cost: Cents::ZERO,
            line_cost: Cents::ZERO,
            consolidate: None,
            order_minimum: None,
            below_minimum: BelowMinimum::FillUp,
            minimum_units: 0,
            multiple: 1,
            expedite: None,
            disruption: None,
        }
    }

    /// What it sells at a time.
    pub fn order_terms(&self) -> OrderTerms {
        OrderTerms { minimum_units: self.minimum_units, multiple: self.multiple }
    }

    /// The lead time that levels are planned for.
    pub fn planned_lead_time(&self) -> &Distribution {
        self.planned_lead_time.as_ref().map_or(&self.lead_time, |planned| &planned.0)
    }

    /// The days on which it works; `None` where it works every day. The calendar's holidays are its own where it says when it works.
    pub fn days(&self, calendar: &Calendar) -> Option<WorkingDays> {
        if self.working_days.is_none() && self.holidays.is_none() {
            return None;
        }
        let off = self.holidays.as_ref().unwrap_or(&calendar.holidays);
        Some(WorkingDays::new(calendar, self.working_days.unwrap_or(WeekDays::ALL), off))
    }

    /// Whether purchase orders may have to wait before it dispatches them.
    pub fn lets_orders_wait(&self) -> bool {
        self.working_days.is_some() || self.holidays.is_some() || self.capacity.is_some()
    }

    /// When it works and how fast, in words; `None` where it dispatches what is ordered at once.
    pub fn working_in_words(&self) -> Option<String> {
        let mut parts = Vec::new();
        if let Some(days) = self.working_days {
            parts.push(days.in_words());
        }
        if let Some(off) = &self.holidays {
            parts.push(format!("holidays of its own: {}", off.in_words()));
        }
        if let Some(capacity) = &self.capacity {
            parts.push(capacity.in_words());
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Whether its own keys say that a purchase order takes several products.
    pub fn takes_several_products(&self) -> bool {
        self.consolidate.is_some() || self.order_minimum.is_some()
    }

    /// How purchase orders are made up and what they cost, in words; `None` where every product has its own, of any size and for nothing.
    pub fn ordering_in_words(&self, is_joint: bool) -> Option<String> {
        let mut parts = Vec::new();
        match self.consolidate.filter(|&time| time > Span::ZERO) {
            Some(time) => parts.push(format!("one for all products that are wanted within {time}")),
            None if is_joint => parts.push("one for all products that are wanted at once".to_string()),
            None if self.line_cost > Cents::ZERO => parts.push("one for each product".to_string()),
            None => {}
        }
        let [order, line] = [self.order_cost, self.line_cost].map(|cost| money(cost.decimal(), 2));
        match (self.order_cost > Cents::ZERO, is_joint || self.line_cost > Cents::ZERO) {
            (_, true) => parts.push(format!("{order} an order and {line} a line")),
            (true, false) => parts.push(format!("{order} an order")),
            (false, false) => {}
        }
        let lines = match (self.minimum_units, self.multiple) {
            (0 | 1, 0 | 1) => None,
            (0 | 1, multiple) => Some(format!("units in multiples of {multiple}")),
            (least, 0 | 1) => Some(format!("at least {least} units")),
            (least, multiple) => Some(format!("at least {least} units, in multiples of {multiple}")),
        };
        let of_a_product = if is_joint { " of a product" } else { "" };
        parts.extend(lines.map(|lines| format!("{lines}{of_a_product}")));
        if let Some(minimum) = self.order_minimum {
            parts.push(format!("at least {}, below that {}", minimum.in_words(), self.below_minimum.phrase()));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// How long its deliveries take, in words.
    pub fn lead_time_in_words(&self) -> String {
        let mut text = self.lead_time.duration_in_words();
        if let Some(PlannedTime(planned)) = &self.planned_lead_time {
            text.push_str(&format!("; levels are planned for {}", planned.duration_in_words()));
        }
        if let Some(expedite) = &self.expedite {
            text.push_str(&format!("; expedited: {}", expedite.lead_time.duration_in_words()));
            if expedite.cost_per_unit > Cents::ZERO {
                text.push_str(&format!(", for {} a unit", money(expedite.cost_per_unit.decimal(), 2)));
            }
            if let Some(when) = expedite.when {
                text.push_str(&format!(", {}", when.phrase()));
            }
            if let Some(budget) = expedite.budget_per_month {
                text.push_str(&format!(", for at most {} a month", money(budget.decimal(), 2)));
            }
        }
        if let Some(Disruption { every, lasts }) = &self.disruption {
            let (every, lasts) = (every.duration_in_words(), lasts.duration_in_words());
            text.push_str(&format!("; disrupted for {lasts}, then not for {every}"));
        }
        if let Some(working) = self.working_in_words() {
            text.push_str(&format!("; counted from dispatch, works {working}"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_vendor_takes_orders_is_told_where_it_says_more_than_what_an_order_costs() {
        let plain = Vendor { order_cost: Cents(4_000), ..Vendor::new("acme", Distribution::Constant(0.0)) };
        assert_eq!(plain.ordering_in_words(false).as_deref(), Some("40.00 an order"));
        assert_eq!(Vendor::new("free", Distribution::Constant(0.0)).ordering_in_words(false), None);
        let by_case = Vendor { minimum_units: 48, multiple: 12, ..plain.clone() };
        let told = by_case.ordering_in_words(false);
        assert_eq!(told.as_deref(), Some("40.00 an order; at least 48 units, in multiples of 12"));
        let by_line = Vendor { line_cost: Cents(150), ..plain.clone() };
        let told = by_line.ordering_in_words(false);
        assert_eq!(told.as_deref(), Some("one for each product; 40.00 an order and 1.50 a line"));
        let joint = Vendor {
            consolidate: Some(Span::from_days(1)),
            order_minimum: Some(OrderMinimum::Money(Cents(120_000))),
            below_minimum: BelowMinimum::Wait,
            ..by_line
        };
        assert_eq!(
            joint.ordering_in_words(true).as_deref(),
            Some(
                "one for all products that are wanted within 1d; 40.00 an order and 1.50 a line; at least 1,200.00, below that not \
                 placed until it is reached"
            )
        );
    }
}
