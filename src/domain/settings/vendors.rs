//! `[[vendors]]`: who delivers products to warehouses.

use super::declare::{settings, words};
use super::kinds::{NAME, RANDOM_DURATION, SOME_UNITS};
use super::setting::Setting;
use super::table::Kind;
use super::value::Value;
use crate::domain::{Cents, Distribution, Target};

settings! {
    /// A vendor, who delivers products to warehouses.
    pub struct Vendor: "a row of [[vendors]]" {
        /// Its name.
        id: String as NAME = needed, example("acme");
        /// From placing a purchase order to its receipt.
        lead_time: Distribution = needed, example("6d"), example({ gamma = { mean = "6d", cv = 0.5 } });
        /// The lead time that levels are planned for, where the planner believes another one. Default: `lead_time`.
        planned_lead_time: Option<PlannedTime> = optional, example("5d");
        /// The service that levels of its products are derived for, where neither the product nor its class has a target.
        target: Option<Target> = optional;
        /// Cost of each purchase order.
        order_cost: Cents = 0.0;
        /// A purchase order is raised to at least so many units.
        minimum_units: u32 = 0;
        /// A purchase order is rounded up to a multiple of so many units.
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
    /// A purchase order is raised to at least so many units.
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
            planned_lead_time: None,
            target: None,
            order_cost: Cents::ZERO,
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

    /// How long its deliveries take, in words.
    pub fn lead_time_in_words(&self) -> String {
        let mut text = self.lead_time.duration_in_words();
        if let Some(PlannedTime(planned)) = &self.planned_lead_time {
            text.push_str(&format!("; levels are planned for {}", planned.duration_in_words()));
        }
        if let Some(expedite) = &self.expedite {
            text.push_str(&format!("; expedited: {}", expedite.lead_time.duration_in_words()));
        }
        if let Some(Disruption { every, lasts }) = &self.disruption {
            let (every, lasts) = (every.duration_in_words(), lasts.duration_in_words());
            text.push_str(&format!("; disrupted for {lasts}, then not for {every}"));
        }
        text
    }
}
