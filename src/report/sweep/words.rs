//! Cells in sentences.

use super::super::axis_words::each_at;
pub(super) use super::super::axis_words::{at, between, heading};
use crate::experiment::Sweep;

/// A cell in a sentence, by the values of all axes: `4 warehouses, policy nearest`.
pub(super) fn cell(sweep: &Sweep, cell: usize) -> String {
    let axes = &sweep.plan.axes;
    each_at(axes, axes.iter().zip(&sweep.cells[cell].values).map(|(axis, &value)| &axis.values[value]))
}
