//! A shard of a sweep as a Parquet file: a row a cell and replication, and for every measure numerator and denominator.
//!
//! What a ratio of means is made of is kept, not the ratio, so that shards fold to the bits of one run. What a plan wants
//! of each product beside stands in one column more, the pairs of all products as the bytes of their numbers. The footer says to
//! which plan the file belongs, which shard of it it is, and carries a checksum of the rows; a file that was cut short has no
//! footer at all.

use super::super::parquet::{Kind, ParquetWriter};
use crate::measures::Metric;
use crate::stats::Pair;
use ::parquet::column::reader::ColumnReader;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use sha2::{Digest, Sha256};

/// Names in the footer.
const PLAN: &str = "backorder.plan";
const INDEX: &str = "backorder.shard";
const DIGEST: &str = "backorder.digest";
const ROWS: &str = "backorder.rows";

/// The column of what the plan wants of each product.
const PRODUCTS: &str = "of_products";

/// One replication of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct ShardRow {
    /// The cell.
    pub cell: u32,
    /// The replication, from 0.
    pub replication: u32,
    /// What it says of each of [`Metric::ALL`], and behind it of each product, where the plan wants that: then in all rows.
    pub pairs: Vec<Pair>,
}

/// What the footer of a shard says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardLabel {
    /// The digest of the plan that it belongs to.
    pub plan: String,
    /// Which shard of it it is.
    pub index: u32,
}

/// A shard as a Parquet file.
///
/// # Errors
/// When it cannot be written.
pub fn shard_file(label: &ShardLabel, rows: &[ShardRow]) -> Result<Vec<u8>, String> {
    let footer = [
        (PLAN, label.plan.clone()),
        (INDEX, label.index.to_string()),
        (ROWS, rows.len().to_string()),
        (DIGEST, digest(rows)),
    ];
    let has_products = rows.iter().any(|row| row.pairs.len() > Metric::ALL.len());
    let mut writer = ParquetWriter::new(Vec::new(), &columns(has_products), &footer)?;
    for row in rows {
        writer.whole(i64::from(row.cell));
        writer.whole(i64::from(row.replication));
        let (of_all, of_products) = row.pairs.split_at(Metric::ALL.len());
        for pair in of_all {
            writer.real(Some(pair.numerator));
            writer.real(Some(pair.denominator));
        }
        if has_products {
            writer.bytes(of_products.iter().flat_map(bytes_of).collect());
        }
        writer.end_row()?;
    }
    writer.finish()
}

/// The footer of a shard.
///
/// # Errors
/// Why the file is none.
pub fn shard_label(bytes: Vec<u8>) -> Result<ShardLabel, String> {
    open(bytes).map(|(_, label, _)| label)
}

/// A shard's footer and rows.
///
/// # Errors
/// Why the file is none, or is not whole.
pub fn read_shard(bytes: Vec<u8>) -> Result<(ShardLabel, Vec<ShardRow>), String> {
    let (reader, label, (count, wanted)) = open(bytes)?;
    let rows = rows(&reader).map_err(|error| error.to_string())?;
    if rows.len() != count || digest(&rows) != wanted {
        return Err("its rows are not those that it was written with".to_string());
    }
    Ok((label, rows))
}

type Reader = SerializedFileReader<bytes::Bytes>;

/// The file, its label, and the number and digest of its rows.
fn open(bytes: Vec<u8>) -> Result<(Reader, ShardLabel, (usize, String)), String> {
    let reader = Reader::new(bytes.into()).map_err(|error| format!("it is cut short, or no Parquet file ({error})"))?;
    let footer = reader.metadata().file_metadata().key_value_metadata().cloned().unwrap_or_default();
    let of = |name: &str| footer.iter().find(|entry| entry.key == name).and_then(|entry| entry.value.clone());
    let no_shard = "it is a Parquet file, but no shard";
    let plan = of(PLAN).ok_or(no_shard)?;
    let index = of(INDEX).and_then(|index| index.parse().ok()).ok_or(no_shard)?;
    let rows = of(ROWS).and_then(|rows| rows.parse().ok()).ok_or(no_shard)?;
    let digest = of(DIGEST).ok_or(no_shard)?;
    Ok((reader, ShardLabel { plan, index }, (rows, digest)))
}

fn bytes_of(pair: &Pair) -> impl Iterator<Item = u8> + use<> {
    pair.numerator.to_le_bytes().into_iter().chain(pair.denominator.to_le_bytes())
}

/// The pairs that bytes are; `None` where they are none.
fn pairs_of(bytes: &[u8]) -> Option<Vec<Pair>> {
    let (pairs, rest) = bytes.as_chunks::<16>();
    let number = |bytes: &[u8]| f64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    rest.is_empty().then(|| pairs.iter().map(|pair| Pair::new(number(&pair[..8]), number(&pair[8..]))).collect())
}

fn columns(has_products: bool) -> Vec<(String, Kind)> {
    let mut columns = vec![("cell".to_string(), Kind::Whole), ("replication".to_string(), Kind::Whole)];
    for metric in Metric::ALL {
        columns.push((format!("{}_numerator", metric.name()), Kind::Real));
        columns.push((format!("{}_denominator", metric.name()), Kind::Real));
    }
    if has_products {
        columns.push((PRODUCTS.to_string(), Kind::Bytes));
    }
    columns
}

fn rows(reader: &Reader) -> Result<Vec<ShardRow>, ParquetError> {
    let of = |what: &str| ParquetError::General(format!("it has other columns than a shard ({what})"));
    let schema = reader.metadata().file_metadata().schema_descr();
    let has_products = schema.columns().last().is_some_and(|column| column.name() == PRODUCTS);
    let names: Vec<String> = columns(has_products).into_iter().map(|(name, _)| name).collect();
    if schema.columns().iter().map(|column| column.name()).ne(names.iter().map(String::as_str)) {
        return Err(of("names"));
    }
    let mut all = Vec::new();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let count = group.metadata().num_rows() as usize;
        let mut whole = Vec::new();
        let mut real: Vec<Vec<f64>> = Vec::new();
        let mut of_products: Vec<ByteArray> = Vec::new();
        for column in 0..names.len() {
            match group.get_column_reader(column)? {
                ColumnReader::Int64ColumnReader(mut reader) => {
                    let (mut values, mut levels) = (Vec::new(), Vec::new());
                    reader.read_records(count, Some(&mut levels), None, &mut values)?;
                    whole.push(values);
                }
                ColumnReader::DoubleColumnReader(mut reader) => {
                    let (mut values, mut levels) = (Vec::new(), Vec::new());
                    reader.read_records(count, Some(&mut levels), None, &mut values)?;
                    real.push(values);
                }
                ColumnReader::ByteArrayColumnReader(mut reader) if has_products => {
                    reader.read_records(count, None, None, &mut of_products)?;
                }
                _ => return Err(of("kinds")),
            }
        }
        let is_full = whole.len() == 2
            && whole.iter().all(|cells| cells.len() == count)
            && real.iter().all(|cells| cells.len() == count)
            && (!has_products || of_products.len() == count);
        if !is_full {
            return Err(of("empty cells"));
        }
        for row in 0..count {
            let number = |cells: &[i64]| u32::try_from(cells[row]).map_err(|_| of("numbers of cells"));
            let mut pairs: Vec<Pair> = real.chunks_exact(2).map(|pair| Pair::new(pair[0][row], pair[1][row])).collect();
            if let Some(bytes) = of_products.get(row) {
                pairs.extend(pairs_of(bytes.data()).ok_or_else(|| of("products"))?);
            }
            all.push(ShardRow { cell: number(&whole[0])?, replication: number(&whole[1])?, pairs });
        }
    }
    Ok(all)
}

/// A checksum of rows, to the bit.
fn digest(rows: &[ShardRow]) -> String {
    let mut hash = Sha256::new();
    for row in rows {
        hash.update(row.cell.to_le_bytes());
        hash.update(row.replication.to_le_bytes());
        for pair in &row.pairs {
            hash.update(pair.numerator.to_le_bytes());
            hash.update(pair.denominator.to_le_bytes());
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(count: u32) -> Vec<ShardRow> {
        let pair = |cell: u32, metric: usize| Pair::new(f64::from(cell) / 3.0 + metric as f64, 1.0 - f64::EPSILON);
        let row = |number: u32| ShardRow {
            cell: number / 2,
            replication: number % 2,
            pairs: (0..Metric::ALL.len()).map(|metric| pair(number, metric)).collect(),
        };
        (0..count).map(row).collect()
    }

    fn label() -> ShardLabel {
        ShardLabel { plan: "abc".into(), index: 3 }
    }

    #[test]
    fn a_shard_reads_back_to_the_bit() {
        for count in [0, 1, 7] {
            let bytes = shard_file(&label(), &some(count)).unwrap();
            assert_eq!(read_shard(bytes.clone()).unwrap(), (label(), some(count)));
            assert_eq!(shard_label(bytes.clone()).unwrap(), label());
            assert_eq!(shard_file(&label(), &some(count)).unwrap(), bytes, "equal rows are equal bytes");
        }
    }

    #[test]
    fn what_is_wanted_of_products_reads_back_to_the_bit() {
        let mut rows = some(3);
        for row in &mut rows {
            row.pairs.extend((0..7).map(|product| Pair::new(f64::from(product) / 7.0, f64::MIN_POSITIVE)));
        }
        let bytes = shard_file(&label(), &rows).unwrap();
        assert_eq!(read_shard(bytes).unwrap(), (label(), rows));
    }

    #[test]
    fn what_is_cut_short_or_changed_is_refused() {
        let bytes = shard_file(&label(), &some(5)).unwrap();
        for length in [0, 3, 100, bytes.len() / 2, bytes.len() - 1] {
            assert!(read_shard(bytes[..length].to_vec()).is_err(), "cut to {length} bytes");
        }
        // A figure in the middle of the data; whatever Parquet makes of it, the rows are not those that were written.
        let mut changed = bytes.clone();
        let at = bytes.windows(8).position(|eight| eight == some(5)[1].pairs[0].numerator.to_le_bytes()).unwrap();
        changed[at] ^= 1;
        assert!(read_shard(changed).is_err());
        assert!(shard_label(b"cell,replication\n".to_vec()).unwrap_err().contains("no Parquet file"));
    }
}
