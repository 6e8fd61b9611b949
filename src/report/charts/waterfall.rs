//! A sum in one scenario, and step by step what makes it another sum in the other.

use super::Chart;
use super::canvas::{Canvas, Ink};
use super::rows::Rows;
use super::scale::Scale;

/// A step from one sum to the other.
pub(in crate::report) struct Step {
    /// What changes.
    pub label: String,
    /// By how much.
    pub change: f64,
    /// Whether it is told from 0.
    pub is_certain: bool,
    /// The change as people read it, with its interval.
    pub shown: String,
}

/// One of the two sums.
pub(in crate::report) struct Sum {
    /// Whose it is.
    pub label: String,
    /// What it comes to.
    pub value: f64,
    /// The same as people read it.
    pub shown: String,
}

/// The chart: the first sum, the steps, the second sum. The axis need not begin at 0, so sums are marks and only steps are bars.
pub(in crate::report) fn waterfall(
    title: &str,
    caption: String,
    axis: &str,
    (from, to): (Sum, Sum),
    steps: &[Step],
) -> Chart {
    let ends: Vec<f64> = std::iter::once(from.value)
        .chain(steps.iter().scan(from.value, |sum, step| {
            *sum += step.change;
            Some(*sum)
        }))
        .chain([to.value])
        .collect();
    let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let labels: Vec<String> = std::iter::once(from.label.clone())
        .chain(steps.iter().map(|step| step.label.clone()))
        .chain([to.label.clone()])
        .collect();
    let values: Vec<String> = std::iter::once(from.shown.clone())
        .chain(steps.iter().map(|step| step.shown.clone()))
        .chain([to.shown.clone()])
        .collect();
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let layout = Rows::with_figures(canvas, narrow, &labels, &values);
        let pad = ((high - low) * 0.08).max(high.abs() * 1e-4);
        let scale =
            Scale::round(low - pad, high + pad, (layout.left + 6.0, layout.right - 6.0), if narrow { 3 } else { 4 });
        layout.axis(canvas, &scale, false, axis);
        for (index, (&y, value)) in layout.middles.iter().zip(&values).enumerate() {
            match index.checked_sub(1).and_then(|index| steps.get(index)) {
                Some(step) => {
                    let (start, end) = (scale.at(ends[index - 1]), scale.at(ends[index]));
                    let ink = match (step.is_certain, step.change > 0.0) {
                        (false, _) => Ink::Grey,
                        (true, true) => Ink::Vermillion,
                        (true, false) => Ink::Green,
                    };
                    let (left, right) = (start.min(end), start.max(end));
                    canvas.rect((left, y - 7.0), (right.max(left + 1.5), y + 7.0), ink);
                }
                None => {
                    let x = scale.at(if index == 0 { from.value } else { to.value });
                    canvas.line((x, y - 9.0), (x, y + 9.0), Ink::Text, 1.6);
                    canvas.dot((x, y), 5.0, Ink::Text);
                }
            }
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), format!("{}: {value}", labels[index]));
        }
    };
    let height = |narrow| Rows::height_with_figures(narrow, &labels, &values);
    Chart::new("waterfall", title, caption, "differences.csv", draw, height)
}
