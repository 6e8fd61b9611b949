//! Charts of rows: a label on the left (on a narrow chart above), marks along one axis, the value beside them.

use super::NARROW;
use super::canvas::{Anchor, Canvas, Ink, SMALL, TEXT, cut, width_of};
use super::scale::Scale;

/// Where the rows stand.
pub(super) struct Rows {
    /// Left and right end of the axis.
    pub left: f64,
    /// The right end.
    pub right: f64,
    /// The middle of each row's marks.
    pub middles: Vec<f64>,
    /// Half of a row's height, for what is said under the pointer.
    pub half: f64,
    /// From where to where lines run upright: on a narrow chart they leave the labels free.
    lines: Vec<(f64, f64)>,
    bottom: f64,
}

impl Rows {
    /// Height of a chart of so many rows.
    pub fn height(narrow: bool, rows: usize) -> f64 {
        row_height(narrow) * rows as f64 + 46.0
    }

    /// Height of a chart of rows with figures as [`with_figures`](Self::with_figures) draws it.
    pub fn height_with_figures(narrow: bool, labels: &[String], figures: &[String]) -> f64 {
        let longer = labels.iter().zip(figures).filter(|(label, figure)| narrow && !fit(label, figure)).count();
        Self::height(narrow, labels.len()) + FIGURE * longer as f64
    }

    /// Writes the labels; `right` pixels stay free for values.
    pub fn new(canvas: &mut Canvas, narrow: bool, labels: &[String], right: f64) -> Self {
        Self::written(canvas, narrow, labels, &[], right)
    }

    /// Writes the labels and the figures behind the marks. On a narrow chart a figure stands beside its label, or below it where that is
    /// too long.
    pub fn with_figures(canvas: &mut Canvas, narrow: bool, labels: &[String], figures: &[String]) -> Self {
        let widest = figures.iter().map(|figure| width_of(figure, SMALL)).fold(0.0, f64::max);
        let right = if narrow { 14.0 } else { widest + 10.0 };
        let rows = Self::written(canvas, narrow, labels, figures, right);
        if !narrow {
            for (figure, &y) in figures.iter().zip(&rows.middles) {
                canvas.small((canvas.width - 2.0, y), figure.as_str(), Ink::Text, Anchor::End);
            }
        }
        rows
    }

    fn written(canvas: &mut Canvas, narrow: bool, labels: &[String], figures: &[String], right: f64) -> Self {
        let widest = labels.iter().map(|label| width_of(label, TEXT)).fold(0.0, f64::max);
        let room = (canvas.width * 0.5).min(widest + 18.0).max(48.0);
        let left = if narrow { 4.0 } else { room };
        let (top, step) = (6.0, row_height(narrow));
        let (mut middles, mut lines) = (Vec::new(), Vec::new());
        let mut start = top;
        for (index, label) in labels.iter().enumerate() {
            if narrow {
                canvas.text((left, start + 9.0), cut(label, canvas.width - 12.0, TEXT), Ink::Text, Anchor::Start);
                if let Some(figure) = figures.get(index) {
                    if !fit(label, figure) {
                        start += FIGURE;
                    }
                    canvas.small((canvas.width - 2.0, start + 9.0), figure.as_str(), Ink::Text, Anchor::End);
                }
                middles.push(start + 26.0);
                lines.push((start + 18.0, start + 34.0));
            } else {
                let text = cut(label, room - 10.0, TEXT);
                canvas.text((left - 10.0, start + step / 2.0), text, Ink::Text, Anchor::End);
                middles.push(start + step / 2.0);
            }
            start += step;
        }
        let bottom = start;
        if !narrow {
            lines.push((top, bottom));
        }
        // On a narrow chart labels stand above, and the axis' first number needs room of its own.
        let left = if narrow { 22.0 } else { left };
        Self { left, right: canvas.width - right, middles, half: step / 2.0 - 1.0, lines, bottom }
    }

    /// Draws the axis below the rows, with lines through them; to be called before the marks.
    pub fn axis(&self, canvas: &mut Canvas, scale: &Scale, percent: bool, title: &str) {
        let mut free_from = f64::MIN;
        for &tick in &scale.ticks {
            let x = scale.at(tick);
            for &(from, to) in &self.lines {
                canvas.line((x, from), (x, to), Ink::Grid, 1.0);
            }
            let label = format!("{}{}", scale.label(tick), if percent { " %" } else { "" });
            let half = width_of(&label, SMALL) / 2.0;
            // Labels that would run into one another are left out.
            if x - half > free_from && x + half < canvas.width + 4.0 {
                canvas.small((x, self.bottom + 12.0), label, Ink::Muted, Anchor::Middle);
                free_from = x + half + 6.0;
            }
        }
        let title = cut(title, canvas.width - 4.0, SMALL);
        let middle = ((self.left + self.right) / 2.0)
            .clamp(width_of(&title, SMALL) / 2.0, canvas.width - width_of(&title, SMALL) / 2.0);
        canvas.small((middle, self.bottom + 30.0), title, Ink::Muted, Anchor::Middle);
    }
}

/// Height of a line of its own for a figure.
const FIGURE: f64 = 15.0;

/// Whether a figure finds room beside its label on a narrow chart.
fn fit(label: &str, figure: &str) -> bool {
    width_of(label, TEXT) + width_of(figure, SMALL) + 12.0 <= NARROW
}

fn row_height(narrow: bool) -> f64 {
    if narrow { 40.0 } else { 26.0 }
}
