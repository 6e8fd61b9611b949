//! What the audit found: breaches, each naming the invariant that did not hold, when, and where.

use std::fmt;

use crate::domain::SimTime;

/// What holds at every instant of every run, whatever the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invariant {
    /// Initial + received = on hand + shipped and 0 ≤ reserved ≤ on hand, for every warehouse and product; and the
    /// engine's books say the same.
    Units = 1,
    /// Every line has exactly one ending, no unit ships twice, no line ships after it ended.
    Endings = 2,
    /// No international order has more than one parcel (no order at all with granularity `order`).
    OneParcel = 3,
    /// No split is ever charged to the customer.
    NoCharge = 4,
    /// No line is auto-cancelled before its clock has passed the limit; none waits past the limit.
    AgeLimit = 5,
    /// Nothing of a held order leaves before every remaining line of it is covered, and then everything does.
    LeavesWhole = 6,
    /// Every backordered order still waiting when its notice was due got one, and no other did.
    Notice = 7,
    /// No line waits while a warehouse that may serve it has free stock for it; no other warehouse serves it.
    NoIdleStock = 8,
    /// An order that was placed ahead claims stock in the second in which it is due.
    Ahead = 9,
    /// Whether a promised date was kept is said once of each line that arrives, and as its parcels arrive.
    Promise = 10,
    /// Every purchase order is as its vendor takes it: a line a product, all of one vendor and warehouse, at least the minimum and
    /// in multiples, its number the next, at the vendor's charge; one of several products only to a vendor that takes it.
    PurchaseOrders = 11,
    /// Units that are reserved for some classes of customers are never given to others.
    Reserve = 12,
    /// No line is served by units that could have served a waiting line of a class that goes before it.
    Priority = 13,
    /// Nobody joins those who wait for a product of which as many units wait as may.
    Orderable = 14,
    /// Nothing is picked in closed hours, before its cut-off or wave lets it, faster than the pickers are, or beyond the day's limit; and
    /// nothing waits at a dock for any other reason.
    Picking = 15,
    /// A vendor has one line in hand at a time, the first that came, for as long as its units take; it takes up and dispatches nothing on
    /// days off or while it is disrupted, and lets nothing wait otherwise.
    Vendors = 16,
}

impl Invariant {
    /// All of them, in order.
    pub const ALL: [Self; 16] = [
        Self::Units,
        Self::Endings,
        Self::OneParcel,
        Self::NoCharge,
        Self::AgeLimit,
        Self::LeavesWhole,
        Self::Notice,
        Self::NoIdleStock,
        Self::Ahead,
        Self::Promise,
        Self::PurchaseOrders,
        Self::Reserve,
        Self::Priority,
        Self::Orderable,
        Self::Picking,
        Self::Vendors,
    ];

    /// What it says, in a few words.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Units => "no unit appears or vanishes",
            Self::Endings => "every line has exactly one ending",
            Self::OneParcel => "an international order is one parcel",
            Self::NoCharge => "no split is charged to the customer",
            Self::AgeLimit => "cancelled for age when past the limit, not before and not later",
            Self::LeavesWhole => "a held order leaves whole, when it is covered",
            Self::Notice => "a notice to every order that waits when it is due",
            Self::NoIdleStock => "no line waits beside stock that could serve it",
            Self::Ahead => "what is ordered ahead claims stock when it is due",
            Self::Promise => "a promised date is kept or broken as the parcel arrives",
            Self::PurchaseOrders => "every purchase order is as its vendor takes it",
            Self::Reserve => "no reserved unit is given to another class",
            Self::Priority => "classes are served by their priority",
            Self::Orderable => "what so many wait for as may cannot be ordered",
            Self::Picking => "parcels are picked in opening hours and within the limits",
            Self::Vendors => "vendors work on one order at a time, on their working days",
        }
    }
}

/// An invariant that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Which one.
    pub invariant: Invariant,
    /// In which instant.
    pub at: SimTime,
    /// What was found: the order and line or the warehouse and product, and the figures.
    pub found: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, says) = (self.invariant as u8, self.invariant.says());
        write!(f, "invariant {number} ({says}) broken at second {}: {}", self.at.0, self.found)
    }
}

/// The first breaches and the number of all.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) first: Vec<Breach>,
    pub(super) count: u64,
}

impl Findings {
    /// One cause tends to breach again and again; the first few tell it.
    const KEPT: usize = 20;

    pub(super) fn add(&mut self, invariant: Invariant, at: SimTime, found: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < Self::KEPT {
            self.first.push(Breach { invariant, at, found: found() });
        }
    }
}
