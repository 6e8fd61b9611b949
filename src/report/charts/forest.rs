//! Paired differences between two scenarios, as a forest plot.

use super::canvas::{Canvas, Ink};
use super::rows::Rows;
use super::scale::Scale;
use super::{Anchor, Chart};

/// A measure's difference between two scenarios, in one unit with all that stand beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What it is called.
    pub label: String,
    /// The second scenario's mean less the first one's.
    pub mean: f64,
    /// Half of its interval.
    pub half_width: Option<f64>,
    /// Whether a positive difference is good; `None` where neither way is.
    pub higher_is_better: Option<bool>,
    /// Mean and interval as people read them.
    pub shown: String,
}

impl Difference {
    /// Whether the interval leaves 0 out.
    fn is_told(&self) -> bool {
        self.half_width.is_some_and(|half| self.mean.abs() > half)
    }

    fn ink(&self) -> Ink {
        match (self.is_told(), self.higher_is_better) {
            (false, _) => Ink::Grey,
            (true, None) => Ink::Text,
            (true, Some(higher)) if higher == (self.mean > 0.0) => Ink::Blue,
            (true, Some(_)) => Ink::Vermillion,
        }
    }
}

/// Differences with their intervals about a line at no difference: blue for better, vermillion for worse, grey where the
/// interval holds 0. `None` of no differences.
pub fn forest(title: &str, unit: &str, differences: &[Difference]) -> Option<Chart> {
    let reach = |d: &Difference| (d.mean - d.half_width.unwrap_or(0.0), d.mean + d.half_width.unwrap_or(0.0));
    let low = differences.iter().map(|d| reach(d).0).fold(0.0, f64::min);
    let high = differences.iter().map(|d| reach(d).1).fold(0.0, f64::max);
    let told = differences.iter().filter(|d| d.is_told()).count();
    let largest = differences.iter().max_by(|left, right| left.mean.abs().total_cmp(&right.mean.abs()))?;
    let caption = format!(
        "{told} of {} differences are told apart from chance; the largest is {}: {}.",
        differences.len(),
        largest.label,
        largest.shown
    );
    let labels: Vec<String> = differences.iter().map(|d| d.label.clone()).collect();
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let layout = Rows::new(canvas, narrow, &labels, if narrow { 14.0 } else { 120.0 });
        let scale = Scale::round(low, high, (layout.left + 8.0, layout.right - 4.0), 4);
        layout.axis(canvas, &scale, false, unit);
        let zero = scale.at(0.0);
        let (first, last) = (layout.middles[0], layout.middles[layout.middles.len() - 1]);
        canvas.line((zero, first - layout.half), (zero, last + layout.half), Ink::Text, 1.4);
        for (difference, &y) in differences.iter().zip(&layout.middles) {
            let (from, to) = reach(difference);
            canvas.line((scale.at(from), y), (scale.at(to), y), difference.ink(), 2.6);
            canvas.dot((scale.at(difference.mean), y), 4.5, difference.ink());
            let at = if narrow { y - 17.0 } else { y };
            canvas.small((canvas.width - 2.0, at), difference.shown.as_str(), Ink::Text, Anchor::End);
            let said = format!("{}: {}", difference.label, difference.shown);
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
    };
    let height = |narrow| Rows::height(narrow, labels.len());
    Some(Chart::new("differences", title, caption, "summary.json", draw, height))
}
