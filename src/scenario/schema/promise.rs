//! `[promise]`: by when customers are promised their lines.

use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{NAME, SOME_TIME};
use crate::domain::settings::{DaysOff, Kind, Promised, Restock, Setting, Shape, WeekDays, Weekday};

table! {
    /// What date customers are promised for a line, by what the page shows of its product. Without the table, nobody is promised a date.
    pub PROMISE as "Promise": "[promise]" {
        /// What is promised by the date.
        of: Promised::KIND = "delivered";
        /// Promised so long after the order, by the clock. Default: handling and transit of the warehouse that comes first for the
        /// customer.
        within: SOME_TIME = optional, example("48h");
        /// Instead: promised by the end of so many working days after the day on which the order counts.
        working_days: WORKING_DAYS = optional, example(3);
        /// An order from this time of the day on counts as one of the next working day.
        cut_off: TIME_OF_DAY = optional, example("15:00");
        /// Which days are working days. Default: all, or Monday to Friday where `working_days` stand somewhere.
        week: WEEK = optional, example("mon-fri"), example(["mon", "tue", "wed", "thu", "fri"]);
        /// Days that are no working days all the same, in the place of those of [calendar], which hold where not every weekday is one.
        holidays: DaysOff::KIND = optional, example(["2026-12-25", "01-01"]);
        /// When a product that is shown On Backorder is said to be back; the promise counts from then.
        restock: Restock::KIND = "next-receipt";
        /// Instead: it is said to be back so long from now, whatever is on its way.
        restock_within: SOME_TIME = optional, example("10d");
        /// Other terms for a zone, a product, a group of products; the first row that fits holds.
        rows: ROWS = optional;
    }
}

table! {
    /// Promised times of a zone, of some products, or of both. What is left out is as in `[promise]`.
    pub PROMISE_ROW as "PromiseRow": "a row of [[promise.rows]]" {
        /// A zone's id.
        zone: NAME = optional, example("alaska");
        /// A product's id.
        product: NAME = optional, example("rack");
        /// A group of products, by its name under `substitutes` or `bought_with`.
        group: NAME = optional, example("bulky");
        /// Promised so long after the order, by the clock.
        within: SOME_TIME = optional, example("5d");
        /// Instead: promised by the end of so many working days after the day on which the order counts.
        working_days: WORKING_DAYS = optional, example(5);
        /// A product that is shown On Backorder is said to be back so long from now, whatever is on its way.
        restock_within: SOME_TIME = optional, example("14d");
    }
}

const ROWS: Kind = Kind::rows("PromiseRows", &PROMISE_ROW);
const WORKING_DAYS: Kind = Kind::new("WorkingDays", "a whole number, 0 to 366", Shape::Whole(0, 366));
const TIME_OF_DAY: Kind = Kind::new("TimeOfDay", "a time of day, such as `\"15:00\"`", Shape::Name);
const DAY_OF_WEEK: Kind = Weekday::KIND;
const WEEK: Kind = Kind::new(
    "WorkingWeek",
    "days of the week, such as `\"mon-fri\"`, or a list of them",
    Shape::Either(&[
        WeekDays::KIND,
        Kind::new("", "a list of days of the week", Shape::List(&DAY_OF_WEEK, 1, Some(7))),
    ]),
);
