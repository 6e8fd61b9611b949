//! The largest numbers and sizes that a scenario may name.

/// The most units of a product that a scenario may bring to one warehouse, and the most that it may ask for: what is on hand, on
/// order and waiting there is counted up to 2³¹, and levels come on top.
pub const MAX_UNITS_IN_ALL: u64 = 1_500_000_000;
