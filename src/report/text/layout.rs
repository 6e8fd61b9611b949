//! Where the columns of a table stand in a terminal, and the lines of its rows.

use super::line::{Line, Set, bare, width, wrap, wrap_text};
use crate::report::document::WIDTH;
use crate::report::table::{Align, Cell, Column, Interval, Row, Table};
use crate::report::words::Shown;

/// Characters by which rows stand in below the title of their table, and texts below a heading.
pub(super) const INDENT: usize = 2;

/// Where the columns of a table stand.
pub(super) struct Layout<'t> {
    /// Rows stand in below a title.
    pub(super) indent: usize,
    /// The columns shown, with their place among all.
    columns: Vec<(usize, &'t Column)>,
    /// Characters across of each, half-widths apart, the first one with its indent.
    widths: Vec<usize>,
    /// Characters across of the half-widths beside each, with their sign and a space; 0 without.
    half_widths: Vec<usize>,
}

/// ` ± ` and a space.
const SIGN: usize = 4;
/// Between columns whose widths follow from what stands in them.
const GAP: usize = 2;
/// The first column is not narrower than this.
const LEAST: usize = 12;

impl<'t> Layout<'t> {
    pub(super) fn new(table: &'t Table) -> Self {
        let indent = if table.title.is_empty() { 0 } else { INDENT };
        let shown = |(_, column): &(usize, &Column)| column.shown != Shown::OnPage;
        let columns: Vec<(usize, &Column)> = table.columns.iter().enumerate().filter(shown).collect();
        let cells = |at: usize| {
            table.rows.iter().filter_map(move |row| match row {
                Row::Cells(cells) => Some(&cells[at]),
                Row::Group(_) => None,
            })
        };
        let half_width = |&(at, column): &(usize, &Column)| match column.interval {
            None | Some(Interval::Below) => 0,
            Some(_) if column.half_width > 0 => column.half_width + SIGN,
            Some(_) => cells(at).map(|cell| width(&beside(cell))).max().unwrap_or(0),
        };
        let half_widths: Vec<usize> = columns.iter().map(half_width).collect();
        let content = |&(at, column): &(usize, &Column)| {
            if column.width > 0 {
                return column.width;
            }
            let heading = if table.has_headings { column.heading.split('\n').map(width).max().unwrap_or(0) } else { 0 };
            let below = |cell: &Cell| if column.interval == Some(Interval::Below) { width(&below(cell)) } else { 0 };
            let widest =
                cells(at).map(|cell| bare(cell.plain(), Set::Plain).width().max(below(cell))).max().unwrap_or(0);
            widest.max(heading)
        };
        let widths: Vec<usize> = columns.iter().map(content).collect();
        let mut layout = Self { indent, columns, widths, half_widths };
        // What is too wide in all is taken from the first column, whose cells may have lines of their own.
        if layout.columns.first().is_some_and(|(_, column)| column.width == 0) {
            let all = layout.columns.len();
            let gaps: usize = (1..all).map(|index| layout.gap(index)).sum();
            let others = layout.widths[1..].iter().sum::<usize>() + layout.half_widths.iter().sum::<usize>() + gaps;
            let wanted = (layout.widths[0] + indent).max(width(&table.title));
            layout.widths[0] = wanted.min(WIDTH.saturating_sub(others).max(indent + LEAST));
        }
        layout
    }

    /// Characters before a column, unless the width of the one before it, or its own, brings some.
    fn gap(&self, index: usize) -> usize {
        let Some((_, before)) = index.checked_sub(1).map(|before| self.columns[before]) else { return 0 };
        let column = self.columns[index].1;
        let ends_free = match before.interval {
            Some(Interval::Column | Interval::Beside) => before.half_width > 0,
            _ => before.width > 0 && before.align == Align::Left,
        };
        let begins_free = column.width > 0 && column.align == Align::Right;
        if ends_free || begins_free { 0 } else { GAP }
    }

    /// The lines above the rows: the table's title, and the columns' headings.
    pub(super) fn heading(&self, table: &Table) -> Vec<Line> {
        let first = match (&table.title, self.columns.first()) {
            (title, _) if !title.is_empty() => title.as_str(),
            (_, Some((_, column))) => column.heading.as_str(),
            (_, None) => return Vec::new(),
        };
        if !table.has_headings {
            return wrap(first, WIDTH).into_iter().map(|line| Line::of(line, Set::Strong)).collect();
        }
        let headings: Vec<Vec<&str>> = (self.columns.iter().enumerate())
            .map(|(index, (_, column))| if index == 0 { first } else { column.heading.as_str() }.split('\n').collect())
            .collect();
        let height = headings.iter().map(Vec::len).max().unwrap_or(0);
        (0..height)
            .map(|row| {
                let mut line = Line::default();
                for (index, parts) in headings.iter().enumerate() {
                    // Headings of fewer lines stand at the bottom.
                    let text = (row + parts.len()).checked_sub(height).map_or("", |at| parts[at]);
                    self.put(&mut line, index, Line::of(text, Set::Strong));
                    let end = line.width() + self.half_widths[index];
                    line.pad(end);
                }
                line
            })
            .collect()
    }

    /// Puts something into a column, from where the line is.
    fn put(&self, line: &mut Line, index: usize, text: Line) {
        line.pad(line.width() + self.gap(index));
        let (start, wide) = (line.width(), self.widths[index]);
        if self.columns[index].1.align == Align::Right {
            line.pad((start + wide).saturating_sub(text.width()));
        }
        // What fills its column to the brim does not run into its neighbour.
        if start > 0 && line.width() == start && text.width() > 0 && !line.ends_in_space() {
            line.push(" ", Set::Plain);
        }
        line.append(text);
        line.pad(start + wide);
    }

    /// The lines of a row.
    pub(super) fn row(&self, cells: &[Cell]) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut line = Line::of(" ".repeat(self.indent), Set::Plain);
        let mut second = Line::default();
        for (index, &(at, column)) in self.columns.iter().enumerate() {
            let cell = &cells[at];
            let set = cell.tone.map_or(Set::Plain, Set::Toned);
            let text = bare(cell.plain(), set);
            let is_last = index + 1 == self.columns.len();
            if index == 0 {
                let room = self.widths[0] - self.indent;
                let next_fills = self.columns.get(1).is_some_and(|&(at, column)| {
                    let is_full = bare(cells[at].plain(), Set::Plain).width() >= self.widths[1];
                    self.gap(1) == 0 && (column.align == Align::Left || is_full)
                });
                if text.width() > room || (text.width() == room && next_fills) {
                    // It has lines of its own, and the figures follow below.
                    for part in wrap_text(cell.plain(), WIDTH - self.indent, set) {
                        line.append(part);
                        lines.push(std::mem::replace(&mut line, Line::of(" ".repeat(self.indent), Set::Plain)));
                    }
                } else {
                    line.append(text);
                }
                line.pad(self.widths[0]);
                second.pad(self.widths[0]);
                continue;
            }
            if is_last && column.align == Align::Left && column.interval.is_none() {
                line.pad(line.width() + self.gap(index));
                let start = line.width();
                let room = WIDTH.saturating_sub(start).max(12);
                for (number, part) in wrap_text(cell.plain(), room, set).into_iter().enumerate() {
                    if number > 0 {
                        lines.push(std::mem::take(&mut line));
                        line.pad(start);
                    }
                    line.append(part);
                }
                continue;
            }
            self.put(&mut line, index, text);
            match column.interval {
                None => {}
                Some(Interval::Below) => self.put(&mut second, index, Line::of(below(cell), set)),
                Some(_) => {
                    let end = line.width() + self.half_widths[index];
                    line.push(beside(cell), set);
                    line.pad(end);
                    // Whatever its width, something else may follow.
                    if !is_last && self.gap(index + 1) == 0 && !line.ends_in_space() {
                        line.push(" ", Set::Plain);
                    }
                }
            }
        }
        lines.push(line);
        if !second.words().trim().is_empty() {
            lines.push(second);
        }
        lines
    }
}

/// The half-width beside a figure; nothing after a dash.
fn beside(cell: &Cell) -> String {
    cell.half_width.as_ref().map_or_else(String::new, |half| format!(" ± {}", half.shown))
}

/// The half-width below a figure.
fn below(cell: &Cell) -> String {
    cell.half_width.as_ref().map_or_else(String::new, |half| format!("±{}", half.shown))
}
