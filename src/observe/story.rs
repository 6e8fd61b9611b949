//! x
pub struct Story;
