//! The auditor's own books of orders: each order from being asked for to its end, line by line and unit by unit.

use super::dates::Word;
use crate::domain::{LineNumber, Mode, ProductId, SimTime, WarehouseId};
use crate::engine::{OrderRef, ParcelLine};

/// An order that has not ended.
pub(super) struct OpenOrder {
    pub(super) order: OrderRef,
    /// What was decided when it was placed; `None` until then.
    pub(super) mode: Option<Mode>,
    /// The one warehouse that may serve it, where there is one.
    pub(super) assigned: Option<WarehouseId>,
    /// Every line ever asked for; line `n` is at `n − 1`.
    pub(super) lines: Vec<OpenLine>,
    pub(super) parcels: Vec<OpenParcel>,
    /// What waits at docks.
    pub(super) at_dock: Vec<(WarehouseId, Vec<ParcelLine>)>,
    /// The parcel to be released next had waited there.
    pub(super) is_picked_from_dock: bool,
    /// A placed line was not available whole.
    pub(super) backordered: bool,
    /// Something of a placed line was available.
    pub(super) some_available: bool,
    pub(super) notice_due: Option<SimTime>,
    pub(super) notice_sent: bool,
    /// It was placed ahead.
    pub(super) is_ahead: bool,
    /// Something about it changed in this instant.
    pub(super) touched: bool,
    /// It was sourced anew in this instant: how many parcels it had before, and how many it is to leave in.
    pub(super) anew: Option<(usize, u32)>,
}

/// How a line ended otherwise than by being shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Lost,
    Removed,
    Swapped,
    AutoCancelled,
}

/// A line of an open order. Its units are reserved, released, freed, or they wait.
pub(super) struct OpenLine {
    pub(super) number: LineNumber,
    pub(super) product: ProductId,
    pub(super) units: u32,
    /// When it became part of the order: the start of its wait, if it waits.
    pub(super) since: SimTime,
    /// Reserved and not yet released, by warehouse.
    pub(super) reserved: Vec<(WarehouseId, u32)>,
    /// Reserved, and in a parcel at a dock.
    pub(super) docked: u32,
    pub(super) released: u32,
    pub(super) shipped: u32,
    /// Reserved once and free again, which only an ending brings about.
    pub(super) freed: u32,
    pub(super) ending: Option<Ending>,
    /// When it was last seen to wait past the age limit.
    pub(super) aged_at: Option<SimTime>,
    /// Where its waiting counts.
    pub(super) home: Option<WarehouseId>,
    /// The waiting units that the shelves know of.
    pub(super) counted: u32,
    /// The waiting units that the engine spoke of.
    pub(super) stated: i64,
    /// What it was promised.
    pub(super) word: Word,
    /// Its product could not be ordered.
    pub(super) is_at_limit: bool,
}

/// A released parcel.
pub(super) struct OpenParcel {
    pub(super) warehouse: WarehouseId,
    pub(super) contents: Vec<ParcelLine>,
    pub(super) departed: bool,
}

impl OpenOrder {
    pub(super) fn new(order: OrderRef) -> Self {
        Self {
            order,
            mode: None,
            assigned: None,
            lines: Vec::new(),
            parcels: Vec::new(),
            at_dock: Vec::new(),
            is_picked_from_dock: false,
            backordered: false,
            some_available: false,
            notice_due: None,
            notice_sent: false,
            is_ahead: false,
            touched: false,
            anew: None,
        }
    }

    pub(super) fn line(&mut self, number: LineNumber) -> Option<&mut OpenLine> {
        self.lines.get_mut((number as usize).checked_sub(1)?)
    }

    /// The first line that waits.
    pub(super) fn waiting_line(&self) -> Option<&OpenLine> {
        self.lines.iter().find(|line| line.waiting() > 0)
    }

    /// How many parcels it has, those at docks included.
    pub(super) fn parcel_count(&self) -> usize {
        self.parcels.len() + self.at_dock.len()
    }

    /// Whether units are reserved that no parcel holds yet.
    pub(super) fn keeps_units(&self) -> bool {
        self.lines.iter().any(|line| line.ending.is_none() && !line.reserved.is_empty())
    }

    /// Whether nothing more can happen to it.
    pub(super) fn is_over(&self) -> bool {
        self.lines.iter().all(OpenLine::is_over) && self.parcels.iter().all(|parcel| parcel.departed)
    }
}

impl OpenLine {
    pub(super) fn new(number: LineNumber, product: ProductId, units: u32, since: SimTime) -> Self {
        Self {
            number,
            product,
            units,
            since,
            reserved: Vec::new(),
            docked: 0,
            released: 0,
            shipped: 0,
            freed: 0,
            ending: None,
            aged_at: None,
            home: None,
            counted: 0,
            stated: 0,
            word: Word::default(),
            is_at_limit: false,
        }
    }

    /// Units that wait to be covered.
    pub(super) fn waiting(&self) -> u32 {
        let covered = self.reserved_units() + self.docked + self.released + self.freed;
        if self.ending.is_some() { 0 } else { self.units.saturating_sub(covered) }
    }

    /// Units reserved and not yet released.
    pub(super) fn reserved_units(&self) -> u32 {
        self.reserved.iter().map(|&(_, units)| units).sum()
    }

    fn is_over(&self) -> bool {
        self.reserved.is_empty()
            && self.docked == 0
            && self.released == self.shipped
            && (self.ending.is_some() || self.shipped == self.units)
    }

    pub(super) fn reserve(&mut self, warehouse: WarehouseId, units: u32) {
        match self.reserved.iter_mut().find(|(at, _)| *at == warehouse) {
            Some((_, reserved)) => *reserved += units,
            None => self.reserved.push((warehouse, units)),
        }
    }

    /// Takes reserved units away; `false` when there are not so many.
    pub(super) fn take_reserved(&mut self, warehouse: WarehouseId, units: u32) -> bool {
        let Some(position) = self.reserved.iter().position(|&(at, reserved)| at == warehouse && reserved >= units)
        else {
            return false;
        };
        self.reserved[position].1 -= units;
        if self.reserved[position].1 == 0 {
            self.reserved.swap_remove(position);
        }
        true
    }
}
