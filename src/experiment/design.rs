//! Designs: which cells an experiment over several axes has, and which of them are neighbours.

/// A grid of axes, or axes that are gone through side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    lengths: Vec<usize>,
    side_by_side: bool,
}

/// Two cells that differ in one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The axis; the first one where all change together.
    pub axis: usize,
    /// The cell before.
    pub from: usize,
    /// The cell after.
    pub to: usize,
}

impl Design {
    /// Every combination of the values of axes that have so many each. The first axis changes slowest.
    pub fn grid(lengths: Vec<usize>) -> Self {
        Self { lengths, side_by_side: false }
    }

    /// The first value of every axis, then the second one of each, and so on.
    ///
    /// # Panics
    /// When the axes do not have equally many values.
    pub fn side_by_side(lengths: Vec<usize>) -> Self {
        assert!(lengths.windows(2).all(|pair| pair[0] == pair[1]), "axes side by side are of one length");
        Self { lengths, side_by_side: true }
    }

    /// How many axes there are.
    pub fn axes(&self) -> usize {
        self.lengths.len()
    }

    /// Whether all axes change together.
    pub fn is_side_by_side(&self) -> bool {
        self.side_by_side
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        if self.side_by_side { self.lengths.first().copied().unwrap_or(0) } else { self.lengths.iter().product() }
    }

    /// The number of each axis' value in a cell.
    pub fn values(&self, cell: usize) -> Vec<usize> {
        if self.side_by_side {
            return vec![cell; self.lengths.len()];
        }
        let mut rest = cell;
        let mut values: Vec<usize> = self
            .lengths
            .iter()
            .rev()
            .map(|&length| {
                let value = rest % length;
                rest /= length;
                value
            })
            .collect();
        values.reverse();
        values
    }

    /// The cell in which an axis has its value of that number and all others their first; of axes side by side the cell of that
    /// number.
    pub fn along(&self, axis: usize, value: usize) -> usize {
        if self.side_by_side {
            return value;
        }
        // Cells that differ by one in this axis lie so far apart.
        value * self.lengths[axis + 1..].iter().product::<usize>()
    }

    /// The axis in which a cell differs from the first one, where that is a single one.
    pub fn only_axis(&self, cell: usize) -> Option<usize> {
        let values = self.values(cell);
        let mut others = (0..values.len()).filter(|&axis| values[axis] > 0);
        others.next().filter(|_| others.next().is_none())
    }

    /// Pairs of neighbouring cells, axis by axis. Along an axis whose values are in order, each cell is the neighbour of the
    /// one before it; along any other, of the one with the axis' first value.
    ///
    /// # Panics
    /// When it is not said of every axis whether its values are in order.
    pub fn steps(&self, is_ordered: &[bool]) -> Vec<Step> {
        assert_eq!(is_ordered.len(), self.lengths.len(), "one answer for each axis");
        if self.side_by_side {
            let is_ordered = is_ordered.iter().any(|&is_ordered| is_ordered);
            let step = |to: usize| Step { axis: 0, from: if is_ordered { to - 1 } else { 0 }, to };
            return (1..self.cells()).map(step).collect();
        }
        let mut steps = Vec::new();
        for (axis, &is_ordered) in is_ordered.iter().enumerate() {
            let stride = self.along(axis, 1);
            for to in 0..self.cells() {
                let value = to / stride % self.lengths[axis];
                if value > 0 {
                    let back = if is_ordered { 1 } else { value };
                    steps.push(Step { axis, from: to - back * stride, to });
                }
            }
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(steps: &[Step]) -> Vec<(usize, usize, usize)> {
        steps.iter().map(|step| (step.axis, step.from, step.to)).collect()
    }

    #[test]
    fn a_grid_has_every_combination_once_and_the_last_axis_is_fastest() {
        let grid = Design::grid(vec![2, 3]);
        let cells: Vec<Vec<usize>> = (0..grid.cells()).map(|cell| grid.values(cell)).collect();
        assert_eq!(cells, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
        assert_eq!([grid.along(0, 1), grid.along(1, 2), grid.along(1, 0)], [3, 2, 0]);
    }

    #[test]
    fn side_by_side_all_axes_change_together() {
        let design = Design::side_by_side(vec![3, 3]);
        let cells: Vec<Vec<usize>> = (0..design.cells()).map(|cell| design.values(cell)).collect();
        assert_eq!(cells, [[0, 0], [1, 1], [2, 2]]);
        assert_eq!(design.along(1, 2), 2);
        assert_eq!(pairs(&design.steps(&[false, true])), [(0, 0, 1), (0, 1, 2)]);
        assert_eq!(pairs(&design.steps(&[false, false])), [(0, 0, 1), (0, 0, 2)]);
    }

    #[test]
    fn neighbours_differ_in_one_axis_and_no_other() {
        let grid = Design::grid(vec![2, 3]);
        let steps = grid.steps(&[true, false]);
        // Down the ordered axis one by one; along the other, against its first value.
        assert_eq!(pairs(&steps), [(0, 0, 3), (0, 1, 4), (0, 2, 5), (1, 0, 1), (1, 0, 2), (1, 3, 4), (1, 3, 5)]);
        let large = Design::grid(vec![3, 4, 5]);
        for step in large.steps(&[true, true, true]) {
            let (from, to) = (large.values(step.from), large.values(step.to));
            for axis in 0..3 {
                assert_eq!(to[axis] - from[axis], usize::from(axis == step.axis));
            }
        }
        assert_eq!(large.steps(&[true; 3]).len(), 2 * 20 + 3 * 15 + 4 * 12);
    }
}
