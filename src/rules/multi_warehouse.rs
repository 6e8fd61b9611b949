//! # multi-warehouse
//!
//! **Promise.** Stock lies in several places, so there is almost always some in one of them.
//!
//! **What happens.** A line is *available* when a warehouse with a lane to the customer's zone has free stock for the
//! whole of it. Those warehouses are asked in *preference order*: ascending parcel cost, then transit time, then the
//! order of the scenario file. A line is backordered only when none of them can supply it; it then waits, and takes
//! the first stock that comes in at any of them. Which of several able warehouses serves an order when it is placed is
//! the sourcing policy's choice.
//!
//! **Boundaries.** A line is supplied by one warehouse, whole: three units in two places do not make a line of three
//! available. The lines of an order are taken in their order, each reducing the free stock for the next. Stock without
//! a lane to the zone does not count. An order assigned to one warehouse (see `international-complete`) asks only that
//! one.
//!
//! **Settings.** `[[lanes]]` or `[shipping]` say who serves whom at what cost. `rules.backorder.pool = "warehouse"` assigns
//! every order to one warehouse. `rules.split.granularity = "unit"` lets a line be made up of units from several warehouses.
//! `[rules.reserve]` keeps the last units of each shelf for some classes of customers: for all others what is free beyond
//! them counts. Who waits longest takes first, whose class has a priority before that (`customer_classes.priority`); with
//! `rules.backorder.priority = "complete-first"` orders that become complete go before all others. `[sourcing] policy`
//! chooses among able warehouses, whether for lines or for units.
//!
//! **Fires** for each line that is backordered when placed, and for each parcel that nothing held or split.
//!
//! ```
//! use backorder::rules::multi_warehouse::first_able;
//! // Preference order: the first has 1 unit, the second 5.
//! assert_eq!(first_able([1, 5], 2), Some(1));
//! assert_eq!(first_able([1, 1], 2), None);
//! ```

use super::Relaxation;
use crate::domain::{ClassId, Granularity, LineNumber, OrderNumber, Pool, Priority, Reserve, SimTime};

/// The rank in preference order of the first warehouse whose free stock covers `units` whole.
#[inline(always)]
pub fn first_able(free_in_preference_order: impl IntoIterator<Item = i32>, units: u32) -> Option<usize> {
    // All are asked: nobody can foresee which one it is, so that a loop that ended there would be guessed wrongly too often.
    free_in_preference_order
        .into_iter()
        .enumerate()
        .fold(None, |first, (rank, free)| if first.is_none() & is_able(free, units) { Some(rank) } else { first })
}

/// Whether free stock covers the units whole.
#[inline(always)]
pub const fn is_able(free: i32, units: u32) -> bool {
    free as i64 >= units as i64
}

/// Units of each shelf that customers of a class may not take.
pub fn withheld_from(class: ClassId, reserve: Option<&Reserve>) -> u32 {
    let of_others = |reserve: &&Reserve| !reserve.may_take.get(class.index()).is_some_and(|&may_take| may_take);
    reserve.filter(of_others).map_or(0, |reserve| reserve.units)
}

/// What somebody may take of free stock from whom the last units of a shelf are withheld.
#[inline(always)]
pub const fn free_to_take(free: i32, withheld: i32) -> i32 {
    let beyond = free - withheld;
    if beyond > 0 { beyond } else { 0 }
}

/// Whether a line may be made up of units from several warehouses.
#[inline(always)]
pub const fn divides_lines(granularity: Granularity) -> bool {
    matches!(granularity, Granularity::Unit)
}

/// A line's place among those that wait for a product: less is served first.
pub type Claim = (u32, SimTime, OrderNumber, LineNumber);

/// The place of a line: the priority of its customer's class, when its order was placed, the order's number, its own.
#[inline(always)]
pub const fn claim(class_priority: u32, placed: SimTime, order: OrderNumber, line: LineNumber) -> Claim {
    (class_priority, placed, order, line)
}

/// Whether orders that can be covered whole take what came in before all others.
#[inline(always)]
pub const fn serves_complete_orders_first(priority: Priority) -> bool {
    matches!(priority, Priority::CompleteFirst)
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "rules.backorder.pool = \"warehouse\"",
    means: "every order is served by one warehouse alone",
    apply: |model| model.rules.backorder.pool = Pool::Warehouse,
};
