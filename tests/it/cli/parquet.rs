//! `run --parquet`: every table once more, as Parquet.

use std::fs::File;
use std::path::Path;

use backorder::report;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::{assert_exit, backorder, folder};

/// Column names and rows of a file.
fn read(path: &Path) -> (Vec<String>, Vec<Vec<Field>>) {
    let reader = SerializedFileReader::new(File::open(path).expect("a file")).expect("a Parquet file");
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let names = schema.columns().iter().map(|column| column.name().to_string()).collect();
    let rows = reader.get_row_iter(None).expect("rows");
    let cells = |row: parquet::record::Row| row.get_column_iter().map(|(_, field)| field.clone()).collect();
    (names, rows.map(|row| cells(row.expect("a row"))).collect())
}

/// A table written and read back.
fn through(name: &str, csv: &str) -> (Vec<String>, Vec<Vec<Field>>) {
    let path = folder(name).join("table.parquet");
    std::fs::write(&path, report::parquet(csv).expect("a table")).expect("a file");
    read(&path)
}

#[test]
fn a_table_reads_back() {
    let csv = "product,lines,unit_fill_rate,half_width\n007,12,0.5,\n\"whey, 1 kg\",,1,\n";
    let (names, rows) = through("parquet-table", csv);
    assert_eq!(names, ["product", "lines", "unit_fill_rate", "half_width"]);
    let text = |text: &str| Field::Str(text.into());
    assert_eq!(rows[0], [text("007"), Field::Long(12), Field::Double(0.5), Field::Null]);
    assert_eq!(rows[1], [text("whey, 1 kg"), Field::Null, Field::Double(1.0), Field::Null]);
    assert_eq!(report::parquet(csv), report::parquet(csv));
    assert!(report::parquet("a,b\n1,2,3\n").is_err());
}

#[test]
fn days_are_numbers_and_nothing_is_an_empty_table() {
    let (_, rows) = through("parquet-days", "day,orders\n0,5\n1,7\n");
    assert_eq!(rows, [[Field::Long(0), Field::Long(5)], [Field::Long(1), Field::Long(7)]]);
    let (names, rows) = through("parquet-nothing", "vendor,lines\n");
    assert_eq!((names.len(), rows.len()), (2, 0));
}

#[test]
fn every_table_of_a_run_has_its_like() {
    let folder = folder("parquet-run");
    assert_exit(&backorder(&folder, "run @rules/swap.toml -o out --quiet --parquet"), 0);
    for name in ["replications", "daily", "by_product", "by_warehouse", "by_vendor", "by_zone"] {
        let (names, rows) = read(&folder.join(format!("out/{name}.parquet")));
        let csv = std::fs::read_to_string(folder.join(format!("out/{name}.csv"))).expect("a table");
        assert_eq!(names.join(","), csv.lines().next().expect("a header"));
        assert_eq!(rows.len(), csv.lines().count() - 1, "{name}");
    }
    assert_exit(&backorder(&folder, "run @rules/swap.toml -o out --quiet"), 0);
    assert!(!folder.join("out/daily.parquet").exists(), "a later result without them leaves none behind");
}
