//! Words that say how a file beside the scenario is written, and how a baseline is held against what is stored. The schema lists them, the readers of files act on them.

use crate::domain::settings::declare::words;
use crate::domain::{DAY, Span};

words! {
    /// In which order a file writes the parts of a date. A date that begins with a year of four digits is read in any case:
    /// nobody writes the day behind such a year.
    pub enum DateOrder {
        /// `2026-05-14`, `2026/5/14` or `20260514`, which are read in any case.
        YearFirst = "Y-M-D", "year, month, day";
        /// `14/05/2026` or `14.5.2026`.
        DayFirst = "D/M/Y", "day, month, year";
        /// `05/14/2026`.
        MonthFirst = "M/D/Y", "month, day, year";
        /// A spreadsheet's number for a day, counted from 1899-12-30: `46156.35`.
        Serial = "serial", "a spreadsheet's number for a day";
    }
}

words! {
    /// The unit of durations that a file writes as bare numbers.
    pub enum TimeUnit {
        /// Seconds.
        Second = "s", "seconds";
        /// Minutes.
        Minute = "m", "minutes";
        /// Hours.
        Hour = "h", "hours";
        /// Days.
        Day = "d", "days";
        /// Weeks.
        Week = "w", "weeks";
    }
}

words! {
    /// What becomes of rows that lack a value which every row has.
    pub enum EmptyRows {
        /// They are mistakes.
        Refuse = "refuse", "they are mistakes";
        /// They are left out, with a warning.
        Skip = "skip", "they are left out, with a warning";
    }
}

words! {
    /// How a baseline is held against what was stored.
    pub enum Mode {
        /// Measures and traces are equal to the byte.
        Exact = "exact", "equal to the byte";
        /// No measure differs by more than does not matter.
        Statistical = "statistical", "within what does not matter";
    }
}

words! {
    /// When a baseline is checked.
    pub enum Suite {
        /// Always.
        Quick = "quick", "in every check";
        /// Unless only the quick ones are asked for.
        Full = "full", "unless only the quick ones are asked for";
    }
}

impl TimeUnit {
    /// How long one of them is.
    pub const fn span(self) -> Span {
        Span(match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
        })
    }
}
