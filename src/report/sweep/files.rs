//! The tables of a sweep: `cells.csv`, `replications.csv`.

#[cfg(feature = "parquet")]
use super::super::parquet::{Kind, ParquetWriter};
use super::super::spreadsheet::guarded;
use super::super::tables::CsvWriter;
use crate::experiment::{Sweep, SweepAxis, SweepPlan};
use crate::measures::Metric;
use crate::stats::Pair;

/// `cells.csv`: a row a cell; its number, its settings, its replications, and every measure with its half-width.
pub fn cells_csv(sweep: &Sweep) -> String {
    let mut header = vec!["cell".to_string()];
    header.extend(sweep.plan.axes.iter().map(|axis| guarded(&axis.key).into_owned()));
    header.push("replications".into());
    let measures = sweep.known_measures();
    for metric in &measures {
        header.push(metric.name().into());
        header.push(format!("{}_half_width", metric.name()));
    }
    let mut sheet = CsvWriter::new();
    sheet.header(&header);
    for (number, cell) in sweep.cells.iter().enumerate() {
        sheet.cell(&number.to_string());
        for (axis, &value) in sweep.plan.axes.iter().zip(&cell.values) {
            sheet.value(&axis.values[value]);
        }
        sheet.cell(&cell.replications.to_string());
        for figure in measures.iter().map(|&metric| cell.figure(metric)) {
            sheet.number(figure.map(|figure| figure.mean));
            sheet.number(figure.and_then(|figure| figure.half_width));
        }
        sheet.end_row();
    }
    sheet.finish()
}

/// `replications.csv` of a sweep: a row a cell and replication; written as cells come in.
pub struct SweptReplications {
    sheet: CsvWriter,
    measures: Vec<Metric>,
}

impl SweptReplications {
    /// The table with nothing but its header: the cell and its settings, the replication, the measures.
    pub fn new(axes: &[SweepAxis], measures: Vec<Metric>) -> Self {
        let mut columns = vec!["cell".to_string()];
        columns.extend(axes.iter().map(|axis| guarded(&axis.key).into_owned()));
        columns.push("replication".into());
        columns.extend(measures.iter().map(|metric| metric.name().to_string()));
        let mut sheet = CsvWriter::new();
        sheet.header(&columns);
        Self { sheet, measures }
    }

    /// Adds the replications of a cell.
    pub fn push(&mut self, plan: &SweepPlan, cell: usize, replications: &[Vec<Pair>]) {
        let values = plan.design.values(cell);
        for (number, pairs) in replications.iter().enumerate() {
            self.sheet.cell(&cell.to_string());
            for (axis, &value) in plan.axes.iter().zip(&values) {
                self.sheet.value(&axis.values[value]);
            }
            self.sheet.cell(&number.to_string());
            for metric in &self.measures {
                self.sheet.number(pairs[metric.index()].value());
            }
            self.sheet.end_row();
        }
    }

    /// The text.
    pub fn finish(self) -> String {
        self.sheet.finish()
    }
}

/// `replications.parquet` of a sweep: the same table where it is too large to be read as text.
#[cfg(feature = "parquet")]
pub struct ParquetReplications {
    writer: ParquetWriter<Vec<u8>>,
    measures: Vec<Metric>,
}

#[cfg(feature = "parquet")]
impl ParquetReplications {
    /// The table without rows. Axes whose values are numbers in order are columns of numbers.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(axes: &[SweepAxis], measures: Vec<Metric>) -> Result<Self, String> {
        let whole = |name: &str| (name.to_string(), Kind::Whole);
        let axis = |axis: &SweepAxis| (axis.key.clone(), if is_numbers(axis) { Kind::Real } else { Kind::Text });
        let mut columns = vec![whole("cell")];
        columns.extend(axes.iter().map(axis));
        columns.push(whole("replication"));
        columns.extend(measures.iter().map(|metric| (metric.name().to_string(), Kind::Real)));
        ParquetWriter::new(Vec::new(), &columns, &[]).map(|writer| Self { writer, measures })
    }

    /// Adds the replications of a cell.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn push(&mut self, plan: &SweepPlan, cell: usize, replications: &[Vec<Pair>]) -> Result<(), String> {
        let values = plan.design.values(cell);
        for (number, pairs) in replications.iter().enumerate() {
            self.writer.whole(cell as i64);
            for (axis, &value) in plan.axes.iter().zip(&values) {
                match &axis.positions {
                    Some(positions) if is_numbers(axis) => self.writer.real(Some(positions[value])),
                    _ => self.writer.text(&axis.values[value]),
                }
            }
            self.writer.whole(number as i64);
            for metric in &self.measures {
                self.writer.real(pairs[metric.index()].value());
            }
            self.writer.end_row()?;
        }
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        self.writer.finish()
    }
}

/// Whether an axis' values are numbers in order.
#[cfg(feature = "parquet")]
fn is_numbers(axis: &SweepAxis) -> bool {
    axis.positions.is_some() && !axis.is_of_durations
}
