//! The journal of a sweep: cells as they are finished, so that a sweep that was ended goes on where it was.
//!
//! A line of JSON says what is swept and with what; behind it stands a record for each finished cell, in whatever order they
//! were finished. Every record carries a checksum: of a program that was killed in the middle of one, that one is lost and
//! no other. Numbers are kept to the bit, so a continued sweep ends in the bytes of one that was never ended.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::super::fingerprint::checksum;
use super::manifest::Manifest;
use crate::measures::Metric;
use crate::stats::Pair;

/// What a record begins with.
const MARK: [u8; 4] = *b"cell";
/// The bytes of mark, cell and number of replications before the figures, and of the checksum after them.
const HEAD: usize = 12;
const TAIL: usize = 8;
/// The bytes of a replication: two numbers a measure.
const ROW: usize = Metric::ALL.len() * 16;
/// More replications than any cell can have: a record that says so is none.
const MAX_REPLICATIONS: u32 = 1_000_000;

/// The finished cells of a sweep on disk.
pub(in crate::cli) struct Journal {
    path: PathBuf,
    file: File,
    /// Where each cell's figures stand, and how many replications they are.
    cells: BTreeMap<u32, (u64, u32)>,
}

impl Journal {
    /// Opens the journal of a sweep, or begins one.
    ///
    /// # Errors
    /// When it is the journal of another sweep, with what differs; when it cannot be read or written.
    pub(in crate::cli) fn open(path: &Path, manifest: &Manifest) -> Result<Self, Failure> {
        let failure = |error: io::Error| Failure::writing(path, &error);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failure)?;
        let mut reader = BufReader::new(&mut file);
        let mut line = Vec::new();
        let mut end = reader.read_until(b'\n', &mut line).map_err(failure)? as u64;
        let mut cells = BTreeMap::new();
        if line.last() == Some(&b'\n') {
            let before = Manifest::parse(&line).map_err(|why| {
                Failure::wrong(format!("{}: this is not the journal of a sweep ({why}); remove it", path.display()))
            })?;
            let changes = before.changes(manifest);
            if !changes.is_empty() {
                return Err(Failure::wrong(refusal(path, &changes)));
            }
            end = records(&mut reader, end, |cell, at, replications| {
                cells.insert(cell, (at, replications));
            })
            .map_err(failure)?;
        } else {
            // Nothing, or a first line that was cut short.
            end = 0;
        }
        drop(reader);
        file.set_len(end).map_err(failure)?;
        file.seek(SeekFrom::Start(end)).map_err(failure)?;
        if end == 0 {
            file.write_all(&manifest.line()).map_err(failure)?;
        }
        Ok(Self { path: path.to_path_buf(), file, cells })
    }

    /// The manifest of a journal, if there is one.
    pub(in crate::cli) fn manifest(path: &Path) -> Option<Manifest> {
        let mut line = Vec::new();
        BufReader::new(File::open(path).ok()?).read_until(b'\n', &mut line).ok()?;
        Manifest::parse(&line).ok()
    }

    /// Whether a cell is finished.
    pub(in crate::cli) fn has(&self, cell: usize) -> bool {
        u32::try_from(cell).is_ok_and(|cell| self.cells.contains_key(&cell))
    }

    /// How many cells are finished.
    pub(in crate::cli) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Adds a finished cell: what each of its replications says of every measure.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in crate::cli) fn push<'r>(
        &mut self,
        cell: usize,
        replications: impl ExactSizeIterator<Item = &'r [Pair]>,
    ) -> Result<(), Failure> {
        let (cell, count) = (cell as u32, replications.len() as u32);
        let mut record = Vec::with_capacity(HEAD + TAIL + ROW * count as usize);
        record.extend(MARK);
        record.extend(cell.to_le_bytes());
        record.extend(count.to_le_bytes());
        for pair in replications.flatten() {
            record.extend(pair.numerator.to_le_bytes());
            record.extend(pair.denominator.to_le_bytes());
        }
        record.extend(checksum(&record));
        let at = self.file.stream_position().map_err(|error| Failure::writing(&self.path, &error))?;
        self.file.write_all(&record).map_err(|error| Failure::writing(&self.path, &error))?;
        self.cells.insert(cell, (at + HEAD as u64, count));
        Ok(())
    }

    /// What the replications of a finished cell say.
    ///
    /// # Errors
    /// When it cannot be read.
    ///
    /// # Panics
    /// When the cell is not finished.
    pub(in crate::cli) fn read(&mut self, cell: usize) -> Result<Vec<Vec<Pair>>, Failure> {
        let (at, replications) = self.cells[&(cell as u32)];
        let mut bytes = vec![0; ROW * replications as usize];
        let end = self.file.seek(SeekFrom::End(0));
        let read = self.file.seek(SeekFrom::Start(at)).and_then(|_| self.file.read_exact(&mut bytes));
        let back = read.and(end).and_then(|end| self.file.seek(SeekFrom::Start(end)));
        back.map_err(|error| Failure::reading(&self.path, &error))?;
        Ok(bytes.chunks_exact(ROW).map(row).collect())
    }

    /// Removes the journal: the sweep is written.
    pub(in crate::cli) fn remove(self) {
        // One that stays is taken up by the next sweep of the same kind, and every cell is there.
        let _ = fs::remove_file(&self.path);
    }
}

/// The figures of a replication.
fn row(bytes: &[u8]) -> Vec<Pair> {
    let number = |bytes: &[u8]| f64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    bytes.chunks_exact(16).map(|pair| Pair::new(number(&pair[..8]), number(&pair[8..]))).collect()
}

/// Goes through the records from a place on, up to the first that is not whole; tells where that is.
fn records(reader: &mut impl Read, from: u64, mut found: impl FnMut(u32, u64, u32)) -> io::Result<u64> {
    let mut end = from;
    loop {
        let mut record = vec![0; HEAD];
        if !fill(reader, &mut record)? || record[..4] != MARK {
            return Ok(end);
        }
        let number = |at: usize| u32::from_le_bytes(record[at..at + 4].try_into().expect("four bytes"));
        let (cell, replications) = (number(4), number(8));
        if replications > MAX_REPLICATIONS {
            return Ok(end);
        }
        let length = HEAD + ROW * replications as usize;
        record.resize(length + TAIL, 0);
        if !fill(reader, &mut record[HEAD..])? || record[length..] != checksum(&record[..length]) {
            return Ok(end);
        }
        found(cell, end + HEAD as u64, replications);
        end += (length + TAIL) as u64;
    }
}

/// Fills a buffer; `false` where the text ends before.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Why an unfinished sweep is not continued.
fn refusal(path: &Path, changes: &[String]) -> String {
    let changes: String = changes.iter().map(|change| format!("\n  {change}")).collect();
    format!(
        "{} holds the finished cells of a sweep that was ended, and since then something has changed:{changes}\nUndo the \
         change to continue it, or begin anew with --afresh; -o DIR keeps both.",
        path.display()
    )
}
