//! What can be said of an order in the instant it is placed.

/// How much of an order could be supplied in the instant it was placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// Every line (every unit, with granularity `unit`).
    All,
    /// Some, not all.
    Some,
    /// None.
    None,
}

/// What was decided about an order in the instant it was placed, once and for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything leaves now.
    ShipsNow,
    /// What is covered leaves now, the rest each in the instant it is covered.
    Split,
    /// Nothing leaves until no line waits.
    Held,
}

/// Why a line was lost before it became part of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The customer saw On Backorder and dropped the line.
    Dropped,
    /// The network does not accept backorders (`accept = false`).
    Refused,
    /// So many wait for the product that it cannot be ordered.
    NotOrderable,
}
