//! What [sourcing anew](super::sourced_anew) works with.

use crate::domain::{OrderedLine, WarehouseId};
use crate::policy::sourcing::{Reevaluation, Take};

/// Working memory; allocated once, and only where orders are sourced anew.
#[derive(Default)]
pub(super) struct Anew {
    pub(super) reevaluation: Reevaluation,
    /// The lines of the order of which anything is reserved, and their slots.
    pub(super) lines: Vec<OrderedLine>,
    pub(super) slots: Vec<u32>,
    /// What is reserved for them: position of the line, warehouse, units.
    pub(super) reserved: Vec<(usize, WarehouseId, u32)>,
    pub(super) takes: Vec<Take>,
    /// Reservations have moved, and what became free has not been offered yet.
    pub(super) has_moved: bool,
}

impl Anew {
    /// From how many warehouses the order would leave as it is.
    pub(super) fn count_warehouses(&self) -> usize {
        let is_first = |at: usize| self.reserved[..at].iter().all(|other| other.1 != self.reserved[at].1);
        (0..self.reserved.len()).filter(|&at| is_first(at)).count()
    }
}
