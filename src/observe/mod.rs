//! Observers: they watch what the engine states and make something of it. The tally counts, the trace writes it down,
//! the story tells one order's life, the audit checks the rules' invariants.

mod audit;
mod by_number;
#[cfg(test)]
mod fixture;
mod flows;
mod lead_times;
mod ocel;
mod own_ids;
mod sample_order;
mod story;
mod tally;
mod trace;
mod trace_digest;
mod trace_events;

pub use audit::{Auditor, Breach, Invariant};
pub use flows::{Flows, Sent};
pub use lead_times::{LeadTimes, VendorLeadTimes};
pub use ocel::OcelWriter;
pub use own_ids::Numbered;
pub use sample_order::{LineEnd, LineLife, Moment, OrderLife, SampleOrder};
pub use story::Story;
pub use tally::{DayRow, Ending, Outcome, PARCEL_BINS, Shapes, Tally, WAIT_BINS};
pub use trace::TraceWriter;
pub use trace_digest::{DayDigest, Keep, TraceDigest, TraceLines, TraceSummary, event_digest};
