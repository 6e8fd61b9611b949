//! Buffers that every order reuses, so that the hot path allocates nothing.

use super::observer::{AtOnceParcel, ParcelLine};
use crate::domain::{LineNumber, OrderedLine};
use crate::policy::sourcing::Take;

/// A line that stays in an order that is being placed.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Its number in the order.
    pub number: LineNumber,
    /// Whether its product was displayed in stock.
    pub displayed_in_stock: bool,
    /// Units available at once.
    pub available: u32,
}

/// The buffers.
#[derive(Default)]
pub struct Scratch {
    /// Lines that were asked for: numbers given out, lost lines included.
    pub asked: LineNumber,
    /// Lines that sourcing is asked about.
    pub lines: Vec<OrderedLine>,
    /// What else is known of them while the order is placed.
    pub wanted: Vec<Wanted>,
    /// Sourcing's answer.
    pub choice: Vec<Option<usize>>,
    /// Parcels of an order that leaves at once and is told as a whole, and which of them each line is in.
    pub at_once: Vec<AtOnceParcel>,
    /// See `at_once`.
    pub parcel_of: Vec<u32>,
    /// What is in each of them weighs so much, in kg.
    pub weights: Vec<f64>,
    /// Which warehouse supplies which line.
    pub takes: Vec<Take>,
    /// Slots of the lines that are asked about.
    pub slots: Vec<u32>,
    /// Waiting lines that may take what came in.
    pub claims: Vec<u32>,
    /// Purchase orders that arrive next.
    pub receipts: Vec<u32>,
    /// Lines past the age limit.
    pub aged: Vec<u32>,
    /// What was released of an order in this instant: allocation slots.
    pub released: Vec<u32>,
    /// A parcel's contents.
    pub contents: Vec<ParcelLine>,
}

/// Replaces what a list holds.
pub(super) fn refill<T>(list: &mut Vec<T>, values: impl Iterator<Item = T>) {
    list.clear();
    list.extend(values);
}
