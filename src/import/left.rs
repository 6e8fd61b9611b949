//! Whether and when the units of a line have left: a date, or a word.

use super::complaint::Complaint;
use super::dates::When;
use super::fields::Field;
use super::source::{Opened, View};
use crate::scenario::is_none;

/// Whether units have left, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Left {
    /// Nothing says so.
    #[default]
    No,
    /// They have, at some time.
    Yes,
    /// They have: seconds since 1970-01-01 00:00 by the shop's clock.
    At(i64),
}

impl Left {
    /// What a row says.
    ///
    /// # Errors
    /// What stands there says nothing of it.
    pub fn of(source: &Opened, view: &View<'_>) -> Result<Self, Complaint> {
        let text = view.raw(Field::Left);
        if text.is_empty() || is_none(text) {
            return Ok(Self::No);
        }
        let word = text.to_lowercase();
        match source.dates.read(text) {
            Ok(When::At(moment)) => return Ok(Self::At(moment.seconds)),
            Ok(When::Placeholder) => return Ok(Self::No),
            Err(_) if NOT_LEFT.contains(&word.as_str()) => return Ok(Self::No),
            Err(_) if LEFT.contains(&word.as_str()) || NEVER.contains(&word.as_str()) => return Ok(Self::Yes),
            Err(_) => {}
        }
        let form = source.dates.pattern();
        let what = format!("\"{text}\" does not say when it left, read as {form}, so its customer would wait");
        let help =
            format!("a date, or a word such as shipped or open; {} names another column", view.option(Field::Left));
        Err(Complaint::at(view.file(), view.line(), what).help(help))
    }

    /// When they have, where that is known.
    pub fn at(self) -> Option<i64> {
        match self {
            Self::At(at) => Some(at),
            Self::No | Self::Yes => None,
        }
    }

    /// The same, or what is said elsewhere.
    pub fn or(self, other: Self) -> Self {
        if self == Self::No { other } else { self }
    }
}

/// Words that say that units have left.
pub const LEFT: [&str; 11] =
    ["fulfilled", "shipped", "delivered", "complete", "completed", "dispatched", "sent", "done", "yes", "true", "ja"];
/// Words that say that they have not.
const NOT_LEFT: [&str; 11] = [
    "unfulfilled",
    "unshipped",
    "not shipped",
    "not yet",
    "pending",
    "open",
    "processing",
    "no",
    "false",
    "nein",
    "waiting",
];
/// Words that say that they never will: nobody waits for them.
pub const NEVER: [&str; 9] =
    ["restocked", "refunded", "returned", "cancelled", "canceled", "removed", "rejected", "void", "voided"];
/// Words that say that some have, and not how many.
pub const IN_PART: [&str; 5] =
    ["partial", "partially fulfilled", "partially shipped", "partially_fulfilled", "partially_shipped"];
