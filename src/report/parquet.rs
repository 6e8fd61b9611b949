//! Tables as Parquet files, for people who work in data frames, and for tables too large to be read as text.
//!
//! A column is one of 64-bit integers, of doubles, of text or of bytes; an empty cell of numbers is null.

use ::parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use ::parquet::errors::Result;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

use super::data::CsvTable;

/// First columns that number rows instead of naming them.
const NUMBERING: [&str; 2] = ["day", "replication"];

/// So many rows are gathered before they are written.
const ROWS_OF_A_GROUP: usize = 50_000;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Whole,
    /// Numbers.
    Real,
    /// Text.
    Text,
    /// Bytes that no other program need understand.
    Bytes,
}

/// The cells of a column, so far.
enum Column {
    Whole(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Text(Vec<ByteArray>),
    Bytes(Vec<ByteArray>),
}

impl Column {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Whole => Self::Whole(Vec::new()),
            Kind::Real => Self::Real(Vec::new()),
            Kind::Text => Self::Text(Vec::new()),
            Kind::Bytes => Self::Bytes(Vec::new()),
        }
    }

    /// The column of a sheet in its most telling kind. What names a row is text, even where it looks like a number.
    fn of(sheet: &CsvTable, index: usize) -> Self {
        let cells = || (0..sheet.rows()).map(|row| sheet.cell(row, index));
        fn numbers<'a, T: std::str::FromStr>(cells: impl Iterator<Item = &'a str>) -> Option<Vec<Option<T>>> {
            cells.map(|cell| if cell.is_empty() { Some(None) } else { cell.parse().ok().map(Some) }).collect()
        }
        let names_rows = index == 0 && !NUMBERING.contains(&sheet.header[0].as_str());
        if !names_rows {
            if let Some(whole) = numbers(cells()) {
                return Self::Whole(whole);
            }
            if let Some(real) = numbers(cells()) {
                return Self::Real(real);
            }
        }
        Self::Text(cells().map(ByteArray::from).collect())
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Whole(_) => Kind::Whole,
            Self::Real(_) => Kind::Real,
            Self::Text(_) => Kind::Text,
            Self::Bytes(_) => Kind::Bytes,
        }
    }

    /// Writes the cells as the next column of a group of rows, and forgets them.
    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, impl Write + Send>) -> Result<()> {
        let Some(mut to) = group.next_column()? else { return Ok(()) };
        // What is there is written in a row; the levels say where something is.
        match self {
            Self::Whole(cells) => {
                let (values, levels) = present(cells);
                to.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
                cells.clear();
            }
            Self::Real(cells) => {
                let (values, levels) = present(cells);
                to.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
                cells.clear();
            }
            Self::Text(cells) | Self::Bytes(cells) => {
                to.typed::<ByteArrayType>().write_batch(cells, None, None)?;
                cells.clear();
            }
        }
        to.close()
    }
}

fn schema(name: &str, kind: Kind) -> Result<Type> {
    let (physical, repetition) = match kind {
        Kind::Whole => (Physical::INT64, Repetition::OPTIONAL),
        Kind::Real => (Physical::DOUBLE, Repetition::OPTIONAL),
        Kind::Text | Kind::Bytes => (Physical::BYTE_ARRAY, Repetition::REQUIRED),
    };
    let mut builder = Type::primitive_type_builder(name, physical).with_repetition(repetition);
    if kind == Kind::Text {
        builder = builder.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8);
    }
    builder.build()
}

fn present<T: Copy>(cells: &[Option<T>]) -> (Vec<T>, Vec<i16>) {
    (cells.iter().flatten().copied().collect(), cells.iter().map(|cell| i16::from(cell.is_some())).collect())
}

/// A Parquet file in the making, written in groups of rows as they come.
pub struct ParquetWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Column>,
    /// Rows not written yet.
    rows: usize,
    /// The next column of the row under way.
    next: usize,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file of columns by name, with texts in its footer by name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(to: W, columns: &[(String, Kind)], footer: &[(&str, String)]) -> std::result::Result<Self, String> {
        let begin = || -> Result<Self> {
            let fields = columns.iter().map(|(name, kind)| schema(name, *kind).map(Arc::new));
            let schema = Type::group_type_builder("table").with_fields(fields.collect::<Result<_>>()?).build()?;
            let footer = footer.iter().map(|(key, value)| KeyValue::new((*key).to_string(), value.clone())).collect();
            let properties =
                WriterProperties::builder().set_created_by("backorder".into()).set_key_value_metadata(Some(footer));
            let writer = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties.build()))?;
            let columns = columns.iter().map(|&(_, kind)| Column::new(kind)).collect();
            Ok(Self { writer, columns, rows: 0, next: 0 })
        };
        begin().map_err(|error| error.to_string())
    }

    /// The next cell of the row under way: a whole number.
    ///
    /// # Panics
    /// When the column is of another kind, or the row has all its cells.
    pub fn whole(&mut self, value: i64) {
        match &mut self.columns[self.next] {
            Column::Whole(cells) => cells.push(Some(value)),
            _ => panic!("column {} is not of whole numbers", self.next),
        }
        self.next += 1;
    }

    /// The next cell of the row under way: a number, or nothing.
    ///
    /// # Panics
    /// When the column is of another kind, or the row has all its cells.
    pub fn real(&mut self, value: Option<f64>) {
        match &mut self.columns[self.next] {
            Column::Real(cells) => cells.push(value),
            _ => panic!("column {} is not of numbers", self.next),
        }
        self.next += 1;
    }

    /// The next cell of the row under way: text.
    ///
    /// # Panics
    /// When the column is of another kind, or the row has all its cells.
    pub fn text(&mut self, value: &str) {
        match &mut self.columns[self.next] {
            Column::Text(cells) => cells.push(value.into()),
            _ => panic!("column {} is not of text", self.next),
        }
        self.next += 1;
    }

    /// The next cell of the row under way: bytes.
    ///
    /// # Panics
    /// When the column is of another kind, or the row has all its cells.
    pub fn bytes(&mut self, value: Vec<u8>) {
        match &mut self.columns[self.next] {
            Column::Bytes(cells) => cells.push(value.into()),
            _ => panic!("column {} is not of bytes", self.next),
        }
        self.next += 1;
    }

    /// Ends the row under way.
    ///
    /// # Errors
    /// When rows cannot be written.
    ///
    /// # Panics
    /// When the row lacks cells.
    pub fn end_row(&mut self) -> std::result::Result<(), String> {
        assert_eq!(self.next, self.columns.len(), "a cell for each column");
        (self.next, self.rows) = (0, self.rows + 1);
        if self.rows < ROWS_OF_A_GROUP { Ok(()) } else { self.write_group().map_err(|error| error.to_string()) }
    }

    fn write_group(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            column.write(&mut group)?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> std::result::Result<W, String> {
        let mut end = || -> Result<()> { if self.rows > 0 { self.write_group() } else { Ok(()) } };
        end().and_then(|()| self.writer.into_inner()).map_err(|error| error.to_string())
    }
}

/// A csv table of a result as a Parquet file.
///
/// # Errors
/// When the text is no csv table, with the reason.
pub fn parquet(csv: &str) -> std::result::Result<Vec<u8>, String> {
    let sheet = CsvTable::read(csv)?;
    let columns: Vec<Column> = (0..sheet.header.len()).map(|index| Column::of(&sheet, index)).collect();
    let names: Vec<(String, Kind)> =
        sheet.header.iter().zip(&columns).map(|(name, column)| (name.clone(), column.kind())).collect();
    let mut writer = ParquetWriter::new(Vec::new(), &names, &[])?;
    (writer.columns, writer.rows) = (columns, sheet.rows());
    writer.write_group().map_err(|error| error.to_string())?;
    writer.finish()
}
