//! What comes out: the events, in order of happening, and the stock in the end.

use serde_json::Value;

/// One event, with the field names of the trace.
pub type Event = Value;

/// Everything that happened in one run.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The events, in order of happening.
    pub events: Vec<Event>,
    /// Every pair of warehouse and product at the end, warehouses first.
    pub shelves: Vec<Shelf>,
}

/// One product at one warehouse, at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Where.
    pub warehouse: String,
    /// What.
    pub product: String,
    /// Physical stock, reserved units included.
    pub on_hand: i64,
    /// Units promised and not yet departed.
    pub reserved: i64,
}
