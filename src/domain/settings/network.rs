//! `[network]`: the words it chooses from.

use super::declare::words;

words! {
    /// What becomes of stock and receipts that are written for a closed warehouse.
    pub enum StockOfClosed {
        /// They come to the nearest open warehouse.
        Moved = "moved", "moved to the nearest open warehouse";
        /// They do not exist.
        Lost = "lost", "left out";
    }
}
