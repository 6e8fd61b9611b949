//! Words a scenario chooses from, and what they mean in the model. The schema lists them, the reader reads them.

use super::date::DateOrder;
use crate::domain::{DAY, Resample, Span, StockOfClosed, Wish};

/// Words with their meanings.
pub type Choices<T> = &'static [(&'static str, T)];

/// `[demand.trace] resample`
pub const RESAMPLE: Choices<Resample> = &[("none", Resample::None), ("orders", Resample::Orders)];
/// `[network] stock_of_closed`
pub const STOCK_OF_CLOSED: Choices<StockOfClosed> = &[("moved", StockOfClosed::Moved), ("lost", StockOfClosed::Lost)];
/// `[demand.trace] dates`
pub const DATES: Choices<DateOrder> = &[
    ("Y-M-D", DateOrder::YearFirst),
    ("D/M/Y", DateOrder::DayFirst),
    ("M/D/Y", DateOrder::MonthFirst),
    ("serial", DateOrder::Serial),
];
/// `unit` of an empirical distribution's file
pub const UNITS: Choices<Span> =
    &[("s", Span(1)), ("m", Span(60)), ("h", Span(3_600)), ("d", Span(DAY)), ("w", Span(7 * DAY))];
/// `[[contacts]] wants`
pub const WISH: Choices<Wish> = &[("swap", Wish::Swap), ("remove", Wish::Remove)];

/// The words alone.
pub fn words<T>(choices: Choices<T>) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}
