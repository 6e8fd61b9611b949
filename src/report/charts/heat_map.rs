//! A heat map: a measure over two axes, darker where it is higher, with its figure in every field.

use super::Chart;
use super::canvas::{Anchor, Canvas, Ink, SMALL, cut, width_of};

/// A field of a heat map.
pub(in crate::report) struct Field {
    /// Its value; `None` where there is no figure.
    pub value: Option<f64>,
    /// The figure as it is read.
    pub shown: String,
    /// What is said when the pointer is on it.
    pub said: String,
}

/// The names of rows and columns, and of what they are.
pub(in crate::report) struct Sides {
    /// What the rows are.
    pub down: String,
    /// Their names.
    pub rows: Vec<String>,
    /// What the columns are.
    pub across: String,
    /// Their names.
    pub columns: Vec<String>,
}

/// Height of a field.
const HEIGHT: f64 = 28.0;
/// Room above the fields and below them.
const ABOVE: f64 = 24.0;
const BELOW: f64 = 44.0;
/// Fields darker than this carry light text.
const DARK: f64 = 0.6;

/// The chart, row by row; `None` of no values.
pub(in crate::report) fn heat_map(
    id: &'static str,
    title: &str,
    caption: String,
    source: &'static str,
    sides: &Sides,
    fields: &[Vec<Field>],
) -> Option<Chart> {
    let values = || fields.iter().flatten().filter_map(|field| field.value);
    let low = values().min_by(f64::total_cmp)?;
    let high = values().max_by(f64::total_cmp)?;
    let draw = |canvas: &mut Canvas, _: bool| {
        let widest = sides.rows.iter().map(|name| width_of(name, SMALL)).fold(0.0, f64::max);
        let left = (widest + 10.0).min(canvas.width * 0.3).max(24.0);
        let width = (canvas.width - left - 4.0) / sides.columns.len() as f64;
        canvas.small((2.0, 9.0), cut(&sides.down, canvas.width - 4.0, SMALL), Ink::Muted, Anchor::Start);
        for (row, (name, fields)) in sides.rows.iter().zip(fields).enumerate() {
            let top = ABOVE + HEIGHT * row as f64;
            let middle = top + HEIGHT / 2.0;
            canvas.small((left - 6.0, middle), cut(name, left - 8.0, SMALL), Ink::Muted, Anchor::End);
            for (column, field) in fields.iter().enumerate() {
                let (from, to) = (left + width * column as f64, left + width * (column + 1) as f64);
                let dark =
                    field.value.map(|value| if high > low { 0.08 + 0.84 * (value - low) / (high - low) } else { 0.4 });
                if let Some(dark) = dark {
                    let corners = vec![
                        (from + 1.0, top + 1.0),
                        (to - 1.0, top + 1.0),
                        (to - 1.0, top + HEIGHT - 1.0),
                        (from + 1.0, top + HEIGHT - 1.0),
                    ];
                    canvas.area(corners, Ink::Blue, dark);
                }
                let ink = if dark.is_some_and(|dark| dark > DARK) { Ink::OnDark } else { Ink::Text };
                if width_of(&field.shown, SMALL) <= width - 4.0 {
                    canvas.small(((from + to) / 2.0, middle), field.shown.as_str(), ink, Anchor::Middle);
                }
                canvas.tip((from, top), (to, top + HEIGHT), field.said.as_str());
            }
        }
        let bottom = ABOVE + HEIGHT * sides.rows.len() as f64;
        let mut free_from = 0.0;
        for (column, name) in sides.columns.iter().enumerate() {
            let middle = left + width * (column as f64 + 0.5);
            let label = cut(name, width.max(30.0), SMALL);
            let half = width_of(&label, SMALL) / 2.0;
            if middle - half > free_from {
                canvas.small((middle, bottom + 12.0), label, Ink::Muted, Anchor::Middle);
                free_from = middle + half + 4.0;
            }
        }
        let across = cut(&sides.across, canvas.width - left, SMALL);
        canvas.small(((left + canvas.width) / 2.0, bottom + 30.0), across, Ink::Muted, Anchor::Middle);
    };
    Some(Chart::new(id, title, caption, source, draw, |_| ABOVE + HEIGHT * fields.len() as f64 + BELOW))
}
