//! The data of a Welch plot: what pilot replications had on hand and on backorder, day by day.

/// The pilot replications: the data of a Welch plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Welch {
    /// How many pilot replications were averaged.
    pub pilots: u32,
    /// Units on hand at the end of each pilot day, averaged.
    pub on_hand: Vec<f64>,
    /// Units on backorder at the end of each pilot day, averaged.
    pub backorders: Vec<f64>,
}

impl Welch {
    /// The inventory level, on hand less backorders.
    pub fn inventory_level(&self) -> Vec<f64> {
        self.on_hand.iter().zip(&self.backorders).map(|(on_hand, backorders)| on_hand - backorders).collect()
    }
}
