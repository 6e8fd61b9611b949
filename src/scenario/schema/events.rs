//! `[[events]]`: what happens on a day, or at random.

use crate::domain::settings::Setting;
use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{EVENT_FACTOR, FLAG, LABEL, MOMENT, NAME, RANDOM_DURATION, SOME_FACTOR};
use crate::domain::{Class, Repeat};

table! {
    /// Something that changes for a while: what, for whom, and when. Overlapping events of one kind multiply, and what is closed stays
    /// closed until the last of them ends.
    pub EVENT as "Event": "a row of [[events]]" {
        /// What it is called in results; default: what it does.
        name: LABEL = optional, example("port strike");
        /// Its first moment, from the start of the replication; or a date, where `[run] start` or a trace says on which day that is.
        from: MOMENT = optional, example("100d");
        /// The first moment after it; without it, it goes on to the end.
        to: MOMENT = optional, example("160d");
        /// Whether it comes once, or on the same days of every year of 365 days.
        repeat: Repeat::KIND = "once";
        /// Instead of days: from one's end (the first: second 0) to the next one's start.
        every: RANDOM_DURATION = optional, example({ exponential = { mean = "180d" } });
        /// And how long each is on.
        lasts: RANDOM_DURATION = optional, example("20d");
        /// A vendor's id.
        vendor: NAME = optional, example("acme");
        /// A zone's id.
        zone: NAME = optional, example("us-west");
        /// A product's id.
        product: NAME = optional, example("whey");
        /// A group of products, by its name under `substitutes` or `bought_with`.
        group: NAME = optional, example("protein");
        /// The products of a class, by the value of their forecast demand, as under `abc` of [replenishment].
        class: Class::KIND = optional, example("A");
        /// A warehouse's id.
        warehouse: NAME = optional, example("boise");
        /// Lead times of the `vendor` that begin meanwhile are so many times as long.
        lead_time_factor: SOME_FACTOR = optional, example(2.0);
        /// The `vendor` ships nothing: lead times of what is ordered meanwhile begin when it ends.
        stopped: FLAG = false, example(true);
        /// So many times as many generated orders: of a `zone`, of a `product`, a `group` or a `class`, of a zone for such, or all.
        demand_factor: EVENT_FACTOR = optional, example(3.0);
        /// The `warehouse` takes on nothing new; with a `zone`, it sends nothing there.
        shut: FLAG = false, example(true);
        /// Parcels from a `warehouse`, to a `zone`, both or all cost so many times as much.
        parcel_cost_factor: EVENT_FACTOR = optional, example(1.25);
        /// Units that vendors deliver meanwhile cost so many times their unit cost to buy: those of a `vendor`, a `product`, a `group`,
        /// a `class`, or all.
        unit_cost_factor: EVENT_FACTOR = optional, example(1.15);
        /// Units sell at so many times their price: of a `product`, a `group`, a `class`, or all.
        price_factor: EVENT_FACTOR = optional, example(0.8);
    }
}
