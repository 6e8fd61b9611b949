//! The journal of a study, a sweep or a tuning: cells as they are finished, so that one that was ended goes on where it was.
//!
//! A line of JSON says what is studied and with what; behind it stands a record for each finished cell, in whatever order they
//! were finished. Every record carries a checksum: of a program that was killed in the middle of one, that one is lost and
//! no other. Numbers are kept to the bit, so what is continued ends in the bytes of one that was never ended.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::super::fingerprint::checksum;
use crate::stats::Pair;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a record begins with.
const MARK: [u8; 4] = *b"rows";
/// The bytes of mark, cell, number of replications and pairs of each before the figures, and of the checksum after them.
const HEAD: usize = 16;
const TAIL: usize = 8;
/// The bytes of a pair: two numbers.
const PAIR: usize = 16;

/// The line at the head of a journal: everything that the study's bytes depend on.
pub(in crate::cli) trait Head: Serialize + DeserializeOwned {
    /// What is studied, in a sentence: `a sweep`.
    const STUDY: &'static str;

    /// In what a later one differs, a sentence each.
    fn changes(&self, now: &Self) -> Vec<String>;

    /// Reads the line.
    ///
    /// # Errors
    /// Why it is none.
    fn parse(line: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(line).map_err(|error| error.to_string())
    }

    /// The line.
    ///
    /// # Panics
    /// Never: strings, numbers and lists have a JSON form.
    fn line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("strings, numbers and lists have a JSON form");
        line.push(b'\n');
        line
    }
}

/// The finished cells of a study on disk.
pub(in crate::cli) struct Journal {
    path: PathBuf,
    file: File,
    cells: BTreeMap<u32, Record>,
}

/// Where a cell's figures stand.
#[derive(Clone, Copy, Debug)]
struct Record {
    at: u64,
    /// How many replications they are.
    replications: usize,
    /// How many pairs each of them has.
    pairs: usize,
}

impl Record {
    /// How many bytes the figures are.
    fn length(self) -> u64 {
        (self.replications as u64).saturating_mul(self.pairs as u64).saturating_mul(PAIR as u64)
    }
}

impl Journal {
    /// Opens the journal of a study, or begins one. `target` is the folder of its results, which users know.
    ///
    /// # Errors
    /// When it is the journal of another study, with what differs; when it cannot be read or written.
    pub(in crate::cli) fn open<H: Head>(path: &Path, target: &Path, head: &H) -> Result<Self, Failure> {
        let failure = |error: io::Error| Failure::writing(path, &error);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failure)?;
        let mut reader = BufReader::new(&mut file);
        let mut line = Vec::new();
        let mut end = reader.read_until(b'\n', &mut line).map_err(failure)? as u64;
        let mut cells = BTreeMap::new();
        if line.last() == Some(&b'\n') {
            let before = H::parse(&line).map_err(|why| {
                let study = H::STUDY;
                Failure::wrong(format!("{}: this is not the journal of {study} ({why}); remove it", path.display()))
            })?;
            let changes = before.changes(head);
            if !changes.is_empty() {
                return Err(Failure::wrong(refusal(H::STUDY, target, &changes)));
            }
            let length = reader.get_ref().metadata().map_err(failure)?.len();
            end = records(&mut reader, end..length, |cell, record| {
                cells.insert(cell, record);
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
            file.write_all(&head.line()).map_err(failure)?;
        }
        Ok(Self { path: path.to_path_buf(), file, cells })
    }

    /// The head of a journal, if there is one.
    pub(in crate::cli) fn head<H: Head>(path: &Path) -> Option<H> {
        let mut line = Vec::new();
        BufReader::new(File::open(path).ok()?).read_until(b'\n', &mut line).ok()?;
        H::parse(&line).ok()
    }

    /// Whether a cell is finished.
    pub(in crate::cli) fn has(&self, cell: usize) -> bool {
        u32::try_from(cell).is_ok_and(|cell| self.cells.contains_key(&cell))
    }

    /// How many cells are finished.
    pub(in crate::cli) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Adds a finished cell: what each of its replications says, as many pairs of each.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in crate::cli) fn push<'r>(
        &mut self,
        cell: usize,
        replications: impl ExactSizeIterator<Item = &'r [Pair]>,
    ) -> Result<(), Failure> {
        let mut replications = replications.peekable();
        let (cell, count) = (cell as u32, replications.len());
        let pairs = replications.peek().map_or(0, |pairs| pairs.len());
        let mut record = Vec::with_capacity(HEAD + TAIL + count * pairs * PAIR);
        record.extend(MARK);
        record.extend(cell.to_le_bytes());
        record.extend((count as u32).to_le_bytes());
        record.extend((pairs as u32).to_le_bytes());
        for pair in replications.flat_map(|row| {
            debug_assert_eq!(row.len(), pairs, "all replications say equally much");
            row
        }) {
            record.extend(pair.numerator.to_le_bytes());
            record.extend(pair.denominator.to_le_bytes());
        }
        record.extend(checksum(&record));
        let at = self.file.stream_position().map_err(|error| Failure::writing(&self.path, &error))?;
        self.file.write_all(&record).map_err(|error| Failure::writing(&self.path, &error))?;
        self.cells.insert(cell, Record { at: at + HEAD as u64, replications: count, pairs });
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
        let record = self.cells[&(cell as u32)];
        let mut bytes = vec![0; record.length() as usize];
        let end = self.file.seek(SeekFrom::End(0));
        let read = self.file.seek(SeekFrom::Start(record.at)).and_then(|_| self.file.read_exact(&mut bytes));
        let back = read.and(end).and_then(|end| self.file.seek(SeekFrom::Start(end)));
        back.map_err(|error| Failure::reading(&self.path, &error))?;
        Ok(bytes.chunks_exact((PAIR * record.pairs).max(1)).map(row).collect())
    }

    /// Removes the journal: the results are written.
    pub(in crate::cli) fn remove(self) {
        // One that stays is taken up by the next study of the same kind, and every cell is there.
        let _ = fs::remove_file(&self.path);
    }
}

/// The figures of a replication.
fn row(bytes: &[u8]) -> Vec<Pair> {
    let number = |bytes: &[u8]| f64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    bytes.chunks_exact(PAIR).map(|pair| Pair::new(number(&pair[..8]), number(&pair[8..]))).collect()
}

/// Goes through the records between two places, up to the first that is not whole; tells where that is.
fn records(reader: &mut impl Read, within: Range<u64>, mut found: impl FnMut(u32, Record)) -> io::Result<u64> {
    let mut end = within.start;
    loop {
        let mut record = vec![0; HEAD];
        if !fill(reader, &mut record)? || record[..4] != MARK {
            return Ok(end);
        }
        let number = |at: usize| u32::from_le_bytes(record[at..at + 4].try_into().expect("four bytes"));
        let (cell, replications, pairs) = (number(4), number(8) as usize, number(12) as usize);
        let found_at = Record { at: end + HEAD as u64, replications, pairs };
        // What reaches beyond the end of the file is no record, and nothing to hold in memory.
        if found_at.length() > within.end - end {
            return Ok(end);
        }
        let length = HEAD + found_at.length() as usize;
        record.resize(length + TAIL, 0);
        if !fill(reader, &mut record[HEAD..])? || record[length..] != checksum(&record[..length]) {
            return Ok(end);
        }
        found(cell, found_at);
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

/// Why an unfinished study is not continued.
fn refusal(study: &str, target: &Path, changes: &[String]) -> String {
    let changes: String = changes.iter().map(|change| format!("\n  {change}")).collect();
    format!(
        "for {} finished cells of {study} that was ended are kept, and since then something has changed:{changes}\nUndo \
         the change to continue it, or begin anew with --afresh; -o DIR keeps both.",
        target.display()
    )
}

#[cfg(test)]
mod tests {
    use super::super::manifest::Manifest;
    use super::*;
    use crate::measures::Metric;

    fn manifest(seed: u64) -> Manifest {
        let text = format!(
            r#"{{"backorder":"1","study":"a","description":"","files":[{{"name":"a.toml","sha256":"x"}}],"set":[],
                "axes":[{{"key":"a.b","values":[{{"name":"1","set":["a.b=1"]}}]}}],"zip":false,"measures":["orders"],
                "indifference":[],"replications":3,"seed":{seed},"warm_up_found":null}}"#
        );
        Manifest::parse(text.as_bytes()).unwrap()
    }

    fn rows(cell: usize) -> Vec<Vec<Pair>> {
        let pair = |number: usize| Pair::new(cell as f64 / 3.0 + number as f64, f64::MIN_POSITIVE);
        (0..3).map(|row| (0..Metric::ALL.len()).map(|metric| pair(row * 100 + metric)).collect()).collect()
    }

    fn place(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("backorder-journal-{}-{name}", std::process::id()));
        let _ = fs::remove_file(&path);
        path
    }

    #[test]
    fn cells_are_kept_to_the_bit_in_whatever_order_they_come() {
        let path = place("kept");
        let mut journal = Journal::open(&path, &path, &manifest(1)).unwrap();
        for cell in [4, 0, 7] {
            journal.push(cell, rows(cell).iter().map(Vec::as_slice)).unwrap();
        }
        assert_eq!(journal.read(0).unwrap(), rows(0));
        // Rows of another length, and a cell that says nothing.
        let wide = [vec![Pair::new(0.1, 0.2); 3 * Metric::ALL.len()]];
        journal.push(8, wide.iter().map(Vec::as_slice)).unwrap();
        journal.push(9, [].into_iter()).unwrap();
        assert_eq!((journal.read(8).unwrap(), journal.read(9).unwrap()), (wide.to_vec(), vec![]));
        journal.push(2, rows(2).iter().map(Vec::as_slice)).unwrap();
        drop(journal);
        let mut again = Journal::open(&path, &path, &manifest(1)).unwrap();
        assert_eq!((again.len(), again.has(7), again.has(1)), (6, true, false));
        for cell in [7, 2, 0, 4] {
            assert_eq!(again.read(cell).unwrap(), rows(cell));
        }
        again.remove();
        assert!(!path.exists());
    }

    #[test]
    fn cut_anywhere_it_loses_the_cell_in_flight_and_no_other() {
        let path = place("cut");
        let mut journal = Journal::open(&path, &path, &manifest(1)).unwrap();
        let mut ends = vec![fs::metadata(&path).unwrap().len()];
        for cell in 0..3 {
            journal.push(cell, rows(cell).iter().map(Vec::as_slice)).unwrap();
            ends.push(fs::metadata(&path).unwrap().len());
        }
        drop(journal);
        let whole = fs::read(&path).unwrap();
        for length in (0..whole.len()).step_by(97).chain(ends.iter().map(|&end| end as usize)) {
            fs::write(&path, &whole[..length]).unwrap();
            let mut again = Journal::open(&path, &path, &manifest(1)).unwrap();
            let kept = ends[1..].iter().filter(|&&end| end as usize <= length).count();
            assert_eq!(again.len(), kept, "cut to {length} bytes");
            // It goes on behind what is whole, whatever stood there.
            again.push(9, rows(9).iter().map(Vec::as_slice)).unwrap();
            drop(again);
            let mut again = Journal::open(&path, &path, &manifest(1)).unwrap();
            assert_eq!((again.len(), again.read(9).unwrap()), (kept + 1, rows(9)));
        }
        // A bit that was turned is as good as an end.
        let mut turned = whole;
        turned[ends[1] as usize + 40] ^= 1;
        fs::write(&path, &turned).unwrap();
        assert_eq!(Journal::open(&path, &path, &manifest(1)).unwrap().len(), 1);
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn the_journal_of_another_sweep_is_refused_and_left_alone() {
        let path = place("other");
        let mut journal = Journal::open(&path, &path, &manifest(1)).unwrap();
        journal.push(0, rows(0).iter().map(Vec::as_slice)).unwrap();
        drop(journal);
        let before = fs::read(&path).unwrap();
        let refused = Journal::open(&path, &path, &manifest(2)).err().expect("another seed is another sweep");
        assert_eq!(refused.code, 2);
        assert!(refused.message.contains("the seed was 1, and is 2"), "{}", refused.message);
        assert_eq!(fs::read(&path).unwrap(), before);
        fs::write(&path, "no journal at all\n").unwrap();
        let refused = Journal::open(&path, &path, &manifest(1)).err().expect("it is none");
        assert!(refused.message.contains("not the journal of a sweep"), "{}", refused.message);
        fs::remove_file(&path).unwrap();
    }
}
