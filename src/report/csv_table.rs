//! A csv file of a result in memory, by rows and the names of its columns.

use super::spreadsheet::unguarded;

/// A csv file.
pub(super) struct CsvTable {
    pub header: Vec<String>,
    /// The cells, row by row, one behind the other: a result can have a hundred thousand rows, so they are no texts of their own.
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
    rows: usize,
}

impl CsvTable {
    /// A table without rows, for those of a file of so many bytes.
    pub fn new<'h>(header: impl IntoIterator<Item = &'h str>, bytes: usize) -> Self {
        // About what a cell takes with its separator.
        const CELL: usize = 6;
        let header = header.into_iter().map(|name| unguarded(name).to_string()).collect();
        Self { header, text: String::with_capacity(bytes), ends: Vec::with_capacity(bytes / CELL), rows: 0 }
    }

    /// Adds a row, which has a cell for every name of the header.
    pub fn push(&mut self, row: &csv::StringRecord) {
        let start = self.text.len();
        self.text.push_str(row.as_slice());
        self.ends.extend((0..row.len()).filter_map(|cell| row.range(cell)).map(|cell| start + cell.end));
        self.rows += 1;
    }

    /// The table of a file.
    #[cfg(any(test, feature = "cli"))]
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut table = Self::new(reader.headers().map_err(|error| error.to_string())?, text.len());
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row).map_err(|error| error.to_string())? {
            table.push(&row);
        }
        Ok(table)
    }

    /// How many rows it has below its header.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What stands in a row's cell.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        debug_assert!(column < self.header.len(), "no such column: {column}");
        let cell = row * self.header.len() + column;
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] };
        unguarded(&self.text[start..self.ends[cell]])
    }

    /// The row with this name.
    pub fn row_of(&self, name: &str) -> Option<usize> {
        (0..self.rows()).find(|&row| self.cell(row, 0) == name)
    }

    /// The number in a row's cell; `None` where there is none.
    pub fn number(&self, row: usize, column: &str) -> Option<f64> {
        self.number_at(row, self.header.iter().position(|name| name == column)?)
    }

    fn number_at(&self, row: usize, column: usize) -> Option<f64> {
        self.cell(row, column).parse().ok()
    }

    /// The same for those who ask it of many rows: the column is looked for once.
    pub fn numbers<'t>(&'t self, column: &str) -> impl Fn(usize) -> Option<f64> + use<'t> {
        let column = self.header.iter().position(|name| name == column);
        move |row| self.number_at(row, column?)
    }

    /// What a row's waiting units are worth at the unit cost by which its stock is valued; `None` without costs, stock or such columns.
    pub fn worth_waiting(&self) -> impl Fn(usize) -> Option<f64> {
        let [units, on_hand, cost] =
            ["backorders_mean_units", "on_hand_mean_units", "on_hand_mean_cost"].map(|column| self.numbers(column));
        move |row| {
            let units = units(row)?;
            let on_hand = on_hand(row).filter(|&on_hand| on_hand > 0.0)?;
            Some(units * cost(row).filter(|&cost| cost > 0.0)? / on_hand)
        }
    }

    /// What stands in a row's cell; nothing where there is no such column.
    pub fn text(&self, row: usize, column: &str) -> &str {
        self.header.iter().position(|name| name == column).map_or("", |column| self.cell(row, column))
    }

    /// The numbers of a column, where every row has one; else nothing.
    pub fn column(&self, name: &str) -> Vec<f64> {
        let column = self.header.iter().position(|column| column == name);
        let numbers = |column| (0..self.rows()).map(|row| self.number_at(row, column)).collect::<Option<_>>();
        column.and_then(numbers).unwrap_or_default()
    }
}
