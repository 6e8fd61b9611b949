//! Orders that were placed ahead, until they are due.

use super::arrivals::Asked;
use crate::domain::{OrderedLine, WarehouseId};

/// An order that is not due yet.
#[derive(Debug)]
pub(super) struct Booked {
    /// What is known of it beside its lines.
    pub(super) asked: Asked,
    /// Its lines.
    pub(super) lines: Vec<OrderedLine>,
    /// The warehouse whose inventory position each of them counts against.
    pub(super) homes: Vec<Option<WarehouseId>>,
}

impl Booked {
    /// Its lines and their homes, to be given back.
    pub(super) fn lend(&mut self) -> (Vec<OrderedLine>, Vec<Option<WarehouseId>>) {
        (std::mem::take(&mut self.lines), std::mem::take(&mut self.homes))
    }
}
