//! Tables of a document: columns that know how they are read, and cells that know what they mean.

use super::number::{self, NONE};
use super::summary::Reading;
use super::words::{Shown, Text, Tone};
use crate::measures::Unit;

/// A table: columns, and rows of cells, the first of which names the row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its title. In a terminal it stands above the first column, in whose heading's place it is read.
    pub title: String,
    /// A longer title, for a page.
    pub caption: Option<String>,
    /// Whether plain text shows the columns' headings; where a table's title says enough, it does not.
    pub has_headings: bool,
    /// Whether it is one of several tables of measures, whose columns line up on a page.
    pub lines_up: bool,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Sentences that belong to it, below it.
    pub footnote: Option<Text>,
}

impl Table {
    /// A table without rows.
    pub fn new(title: impl Into<String>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self { title: title.into(), has_headings: true, columns: columns.into_iter().collect(), ..Self::default() }
    }

    /// The same with a longer title for a page.
    #[must_use]
    pub fn captioned(self, caption: impl Into<String>) -> Self {
        Self { caption: Some(caption.into()), ..self }
    }

    /// The same without headings of columns in plain text.
    #[must_use]
    pub fn without_headings(self) -> Self {
        Self { has_headings: false, ..self }
    }

    /// Adds a row; a cell for each column.
    ///
    /// # Panics
    /// With more or fewer cells than columns.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let cells: Vec<Cell> = cells.into_iter().collect();
        assert_eq!(cells.len(), self.columns.len(), "a cell for each column of {:?}", self.title);
        self.rows.push(Row::Cells(cells));
    }

    /// Adds a row that names those below it.
    pub fn group(&mut self, title: impl Into<String>) {
        self.rows.push(Row::Group(title.into()));
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// The name of the rows below.
    Group(String),
    /// Cells, one for each column.
    Cells(Vec<Cell>),
}

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Where the half-widths of a column's figures are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Beside the figure; on a page in a column of its own.
    Column,
    /// Beside the figure; on a page in small type below it.
    Beside,
    /// Below the figure.
    Below,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its heading; a line break parts it in a terminal.
    pub heading: String,
    /// On which side its cells stand.
    pub align: Align,
    /// Where half-widths are shown, in a column of figures that have some.
    pub interval: Option<Interval>,
    /// Where the column is shown.
    pub shown: Shown,
    /// Characters across in a terminal, the half-widths apart; 0: as many as the widest cell needs.
    pub width: usize,
    /// Characters that a half-width beside its figure takes; 0: as many as the widest needs.
    pub half_width: usize,
    /// What stands before a cell where a narrow screen shows a row's cells below one another.
    pub label: Option<String>,
}

impl Column {
    fn new(heading: impl Into<String>, align: Align) -> Self {
        Self {
            heading: heading.into(),
            align,
            interval: None,
            shown: Shown::Everywhere,
            width: 0,
            half_width: 0,
            label: None,
        }
    }

    /// A column of words.
    pub fn words(heading: impl Into<String>) -> Self {
        Self::new(heading, Align::Left)
    }

    /// A column of numbers.
    pub fn number(heading: impl Into<String>) -> Self {
        Self::new(heading, Align::Right)
    }

    /// The same with a width in a terminal, so that several tables stand below one another.
    #[must_use]
    pub fn wide(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// The same with half-widths, which take so many characters in a terminal.
    #[must_use]
    pub fn with_interval(self, interval: Interval, half_width: usize) -> Self {
        Self { interval: Some(interval), half_width, ..self }
    }

    /// The same, shown on a page alone.
    #[must_use]
    pub fn on_page(self) -> Self {
        Self { shown: Shown::OnPage, ..self }
    }

    /// The same with what stands before a cell on a narrow screen.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>) -> Self {
        Self { label: Some(label.into()), ..self }
    }
}

/// What a cell is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Key {
    /// Its words.
    #[default]
    Words,
    /// A number; a cell without one comes last.
    Number(Option<f64>),
}

/// A half-width: as it is read, without its sign, and as a number.
#[derive(Clone, Debug, PartialEq)]
pub struct HalfWidth {
    /// As it is read.
    pub shown: String,
    /// As a number; `None` where a single replication has none.
    pub value: Option<f64>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it says.
    pub text: Text,
    /// The same in fewer words, for plain text.
    pub short: Option<Text>,
    /// The half-width of its figure.
    pub half_width: Option<HalfWidth>,
    /// What it is sorted by.
    pub key: Key,
    /// What it means, where it is a judgement.
    pub tone: Option<Tone>,
    /// Whether it is a verdict in words, which a page gives a mark beside its colour.
    pub is_verdict: bool,
    /// Small print below it, on a page.
    pub detail: Option<Text>,
    /// Paragraphs that a reader may unfold in it, on a page, with their anchor.
    pub fold: Option<(String, Vec<Text>)>,
}

impl Cell {
    /// Words.
    pub fn words(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number as it is read, and what it is sorted by.
    pub fn number(shown: impl Into<String>, value: Option<f64>) -> Self {
        Self { text: Text::from(shown.into()), key: Key::Number(value), ..Self::default() }
    }

    /// A figure with its half-width as people read them; dashes of nothing.
    pub fn figure(unit: Unit, reading: impl Into<Reading>) -> Self {
        let reading = reading.into();
        Self::with_half_width(number::estimate(unit, reading), reading)
    }

    /// A difference with its unit and its half-width as people read them; dashes of nothing.
    pub fn difference(unit: Unit, reading: impl Into<Reading>) -> Self {
        let reading = reading.into();
        Self::with_half_width(number::difference_with_unit(unit, reading), reading)
    }

    /// The same without the unit, which stands in the heading of its column.
    pub fn bare_difference(unit: Unit, reading: impl Into<Reading>) -> Self {
        let reading = reading.into();
        Self::with_half_width(number::difference(unit, reading), reading)
    }

    fn with_half_width((value, half): (String, String), reading: Reading) -> Self {
        let half_width = reading.mean.map(|_| HalfWidth { shown: half, value: reading.half_width });
        Self { half_width, ..Self::number(value, reading.mean) }
    }

    /// Nothing.
    pub fn none() -> Self {
        Self::number(NONE, None)
    }

    /// A verdict in words.
    pub fn verdict(words: impl Into<String>, tone: Option<Tone>) -> Self {
        Self { tone, is_verdict: true, ..Self::words(words.into()) }
    }

    /// The same with a tone.
    #[must_use]
    pub fn toned(self, tone: Option<Tone>) -> Self {
        Self { tone, ..self }
    }

    /// The same with fewer words for plain text.
    #[must_use]
    pub fn shortened(self, short: impl Into<Text>) -> Self {
        Self { short: Some(short.into()), ..self }
    }

    /// What plain text says.
    pub(super) fn plain(&self) -> &Text {
        self.short.as_ref().unwrap_or(&self.text)
    }

    /// The same with small print.
    #[must_use]
    pub fn with_detail(self, detail: impl Into<Text>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}
