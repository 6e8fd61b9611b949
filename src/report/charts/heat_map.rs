//! A heat map: a measure over two axes, darker where it is higher, with its figure in every field where all of them find room.

use super::canvas::{Anchor, Canvas, Ink, SMALL, cut, width_of};
use super::{Chart, NARROW, WIDE};

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
/// Between two lines of names.
const LINE: f64 = 14.0;
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
        let left = left_of(sides, canvas.width);
        let width = (canvas.width - left - 4.0) / sides.columns.len() as f64;
        // A figure in some fields alone would look as if the others had none.
        let is_written = fields.iter().flatten().all(|field| width_of(&field.shown, SMALL) <= width - 4.0);
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
                if is_written {
                    canvas.small(((from + to) / 2.0, middle), field.shown.as_str(), ink, Anchor::Middle);
                }
                canvas.tip((from, top), (to, top + HEIGHT), field.said.as_str());
            }
        }
        let bottom = ABOVE + HEIGHT * sides.rows.len() as f64;
        let lines = lines_below(sides, width);
        let mut free_from = vec![0.0; lines];
        for (column, name) in sides.columns.iter().enumerate() {
            let label = cut(name, (width * lines as f64 - 4.0).max(30.0), SMALL);
            let half = width_of(&label, SMALL) / 2.0;
            // Browsers set names a little wider than they are measured here.
            let middle = (left + width * (column as f64 + 0.5)).min(canvas.width - 1.08 * half - 4.0);
            let line = column % lines;
            if middle - half >= free_from[line] {
                canvas.small((middle, bottom + 12.0 + LINE * line as f64), label, Ink::Muted, Anchor::Middle);
                free_from[line] = middle + half + 4.0;
            }
        }
        let across = cut(&sides.across, canvas.width - left, SMALL);
        let below = bottom + 30.0 + LINE * (lines - 1) as f64;
        canvas.small(((left + canvas.width) / 2.0, below), across, Ink::Muted, Anchor::Middle);
    };
    let height = |narrow| {
        let across = if narrow { NARROW } else { WIDE };
        let width = (across - left_of(sides, across) - 4.0) / sides.columns.len() as f64;
        ABOVE + HEIGHT * fields.len() as f64 + BELOW + LINE * (lines_below(sides, width) - 1) as f64
    };
    Some(Chart::new(id, title, caption, source, draw, height))
}

/// Where the fields begin, to the right of the rows' names.
fn left_of(sides: &Sides, across: f64) -> f64 {
    let widest = sides.rows.iter().map(|name| width_of(name, SMALL)).fold(0.0, f64::max);
    (widest + 10.0).min(across * 0.34).max(24.0)
}

/// On how many lines the columns' names stand in turn, so that each is whole: as few as do, three at the most.
fn lines_below(sides: &Sides, width: f64) -> usize {
    let widest = sides.columns.iter().map(|name| width_of(name, SMALL)).fold(0.0, f64::max);
    (1..3).find(|&lines| widest + 4.0 <= width * lines as f64).unwrap_or(3).min(sides.columns.len())
}
