//! Words a scenario chooses from, and what they mean in the model. The schema lists them, the reader reads them.

use crate::domain::{Resample, StockOfClosed, Wish};

/// Words with their meanings.
pub type Choices<T> = &'static [(&'static str, T)];

/// `[demand.trace] resample`
pub const RESAMPLE: Choices<Resample> = &[("none", Resample::None), ("orders", Resample::Orders)];
/// `[network] stock_of_closed`
pub const STOCK_OF_CLOSED: Choices<StockOfClosed> = &[("moved", StockOfClosed::Moved), ("lost", StockOfClosed::Lost)];
/// `[[contacts]] wants`
pub const WISH: Choices<Wish> = &[("swap", Wish::Swap), ("remove", Wish::Remove)];

/// The words alone.
pub fn words<T>(choices: Choices<T>) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}
