//! What chance decided in a run of the engine: the reference draws nothing, it is told.

use std::collections::BTreeMap;

use backorder::domain::ScriptedOrder;

/// The draws of one run whose results can be told afterwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chance {
    /// Orders that nobody wrote down, by number; the first comes after the script's last.
    pub orders: Vec<ScriptedOrder>,
    /// Lead times in seconds, by warehouse, product, and the number of the purchase order within that pair, from 1.
    pub lead_times: BTreeMap<(usize, usize, u32), i64>,
    /// How many seconds their vendors work on purchase orders, by the same.
    pub work: BTreeMap<(usize, usize, u32), i64>,
}
