//! Tables as Parquet files, for people who work in data frames; built only with the feature `parquet`.
//!
//! A column whose cells are all whole numbers is one of 64-bit integers, one of numbers is of doubles, any other of
//! text; an empty cell of numbers is null. What names a row is text, even where it looks like a number.

use ::parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use ::parquet::errors::Result;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;
use std::sync::Arc;

use super::data::Sheet;

/// First columns that number rows instead of naming them.
const NUMBERING: [&str; 2] = ["day", "replication"];

/// A column in its most telling type.
enum Column {
    Whole(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Text(Vec<String>),
}

impl Column {
    fn of(sheet: &Sheet, index: usize) -> Self {
        let cells = || sheet.rows.iter().map(|row| row[index].as_str());
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
        Self::Text(cells().map(str::to_string).collect())
    }

    fn schema(&self, name: &str) -> Result<Type> {
        let (kind, repetition) = match self {
            Self::Whole(_) => (Physical::INT64, Repetition::OPTIONAL),
            Self::Real(_) => (Physical::DOUBLE, Repetition::OPTIONAL),
            Self::Text(_) => (Physical::BYTE_ARRAY, Repetition::REQUIRED),
        };
        let mut builder = Type::primitive_type_builder(name, kind).with_repetition(repetition);
        if let Self::Text(_) = self {
            builder = builder.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8);
        }
        builder.build()
    }
}

/// A csv table of a result as a Parquet file.
///
/// # Errors
/// When the text is no csv table, with the reason.
pub fn parquet(csv: &str) -> std::result::Result<Vec<u8>, String> {
    let sheet = Sheet::read(csv)?;
    write(&sheet).map_err(|error| error.to_string())
}

fn write(sheet: &Sheet) -> Result<Vec<u8>> {
    let columns: Vec<Column> = (0..sheet.header.len()).map(|index| Column::of(sheet, index)).collect();
    let fields = columns.iter().zip(&sheet.header).map(|(column, name)| column.schema(name).map(Arc::new));
    let schema = Type::group_type_builder("table").with_fields(fields.collect::<Result<_>>()?).build()?;
    let properties = WriterProperties::builder().set_created_by("backorder".into()).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in &columns {
        let Some(mut to) = group.next_column()? else { break };
        // What is there is written in a row; the levels say where something is.
        match column {
            Column::Whole(cells) => {
                let (values, levels) = present(cells);
                to.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
            }
            Column::Real(cells) => {
                let (values, levels) = present(cells);
                to.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
            }
            Column::Text(cells) => {
                let values: Vec<ByteArray> = cells.iter().map(|cell| cell.as_str().into()).collect();
                to.typed::<ByteArrayType>().write_batch(&values, None, None)?;
            }
        }
        to.close()?;
    }
    group.close()?;
    writer.into_inner()
}

fn present<T: Copy>(cells: &[Option<T>]) -> (Vec<T>, Vec<i16>) {
    (cells.iter().flatten().copied().collect(), cells.iter().map(|cell| i16::from(cell.is_some())).collect())
}
