//! A quadratic surface through what was seen, and where it is lowest: the response-surface step of the search.

/// A quadratic in `d` variables: 1, xᵢ, xᵢ², xᵢxⱼ.
pub(super) struct Quadratic {
    dimensions: usize,
    coefficients: Vec<f64>,
}

/// How many coefficients there are.
pub(super) fn terms(dimensions: usize) -> usize {
    1 + 2 * dimensions + dimensions * (dimensions - 1) / 2
}

fn row(x: &[f64]) -> Vec<f64> {
    let mut row = Vec::with_capacity(terms(x.len()));
    row.push(1.0);
    row.extend_from_slice(x);
    row.extend(x.iter().map(|value| value * value));
    for i in 0..x.len() {
        row.extend(x[i + 1..].iter().map(|other| x[i] * other));
    }
    row
}

impl Quadratic {
    /// Weighted least squares. `None` where the points do not determine the surface.
    pub(super) fn fit(points: &[(Vec<f64>, f64, f64)]) -> Option<Self> {
        let dimensions = points.first()?.0.len();
        let size = terms(dimensions);
        if points.len() < size {
            return None;
        }
        let mut normal = vec![vec![0.0; size + 1]; size];
        for (x, y, weight) in points {
            let row = row(x);
            for (i, left) in row.iter().enumerate() {
                for (j, right) in row.iter().enumerate() {
                    normal[i][j] += weight * left * right;
                }
                normal[i][size] += weight * left * y;
            }
        }
        Some(Self { dimensions, coefficients: solve(normal)? })
    }

    pub(super) fn at(&self, x: &[f64]) -> f64 {
        row(x).iter().zip(&self.coefficients).map(|(term, coefficient)| term * coefficient).sum()
    }

    /// Where it is lowest in the cube [−1, 1]ᵈ: coordinate descent, which ends in the minimum where the surface is
    /// convex, and on an edge elsewhere.
    pub(super) fn lowest(&self) -> Vec<f64> {
        let mut x = vec![0.0; self.dimensions];
        for _ in 0..60 {
            for i in 0..self.dimensions {
                let at = |value: f64| {
                    let mut moved = x.clone();
                    moved[i] = value;
                    self.at(&moved)
                };
                let (low, middle, high) = (at(-1.0), at(0.0), at(1.0));
                let (slope, curvature) = ((high - low) / 2.0, (high + low) / 2.0 - middle);
                x[i] = if curvature > 0.0 {
                    (-slope / (2.0 * curvature)).clamp(-1.0, 1.0)
                } else if low < high {
                    -1.0
                } else {
                    1.0
                };
            }
        }
        x
    }
}

/// Gauss and Jordan with partial pivoting on an augmented matrix; `None` where it is singular.
fn solve(mut matrix: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let size = matrix.len();
    for column in 0..size {
        let pivot = (column..size).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))?;
        if matrix[pivot][column].abs() < 1e-9 {
            return None;
        }
        matrix.swap(column, pivot);
        let pivot_row = matrix[column].clone();
        for (index, row) in matrix.iter_mut().enumerate() {
            if index != column {
                let factor = row[column] / pivot_row[column];
                row.iter_mut().zip(&pivot_row).for_each(|(value, above)| *value -= factor * above);
            }
        }
    }
    Some((0..size).map(|index| matrix[index][size] / matrix[index][index]).collect())
}
