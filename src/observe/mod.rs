//! Observers: they watch what the engine states and make something of it. The trace writes it down, the story tells
//! one order's life, the audit checks the rules' invariants.

mod audit;
#[cfg(test)]
mod fixture;
mod story;
mod trace;

pub use audit::{Auditor, Breach, Invariant};
pub use story::Story;
pub use trace::TraceWriter;
