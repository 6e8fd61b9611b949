//! Shards back into one sweep: none missing, none twice, none of another plan, none cut short.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::super::failure::{Failure, in_words};
use super::plan::{Plan, ranges};
use crate::domain::Replications;
use crate::files::read_bytes;
use crate::report::{ShardLabel, ShardRow, read_shard, shard_label};
use crate::stats::Pair;

/// The files of a plan's folder that could be shards.
struct Found {
    /// The file of each shard that is there.
    shards: BTreeMap<u32, PathBuf>,
    /// What is wrong with others.
    faults: Vec<String>,
}

impl Found {
    /// Those whose footers can be read.
    fn labelled(plan: &Plan) -> Result<Self, Failure> {
        Self::new(plan, shard_label)
    }

    /// Those that are whole, all rows read.
    fn whole(plan: &Plan) -> Result<Self, Failure> {
        Self::new(plan, |bytes| read_shard(bytes).map(|(label, _)| label))
    }

    fn new(plan: &Plan, label: impl Fn(Vec<u8>) -> Result<ShardLabel, String>) -> Result<Self, Failure> {
        let mut found = Self { shards: BTreeMap::new(), faults: Vec::new() };
        for path in candidates(plan.folder())? {
            let name = path.display();
            let label = match read_bytes(&path).and_then(&label) {
                Ok(label) => label,
                Err(why) => {
                    found.faults.push(format!("{name}: {why}"));
                    continue;
                }
            };
            if label.plan != plan.digest {
                found.faults.push(format!("{name}: it belongs to another plan"));
            } else if label.index >= plan.file.shards {
                found.faults.push(format!("{name}: it is shard {}, and the plan has none", label.index));
            } else if let Some(first) = found.shards.get(&label.index) {
                let first = first.display();
                found.faults.push(format!("{name}: it is shard {}, and so is {first}; remove one", label.index));
            } else {
                found.shards.insert(label.index, path);
            }
        }
        Ok(found)
    }

    fn missing(&self, plan: &Plan) -> Vec<u32> {
        (0..plan.file.shards).filter(|index| !self.shards.contains_key(index)).collect()
    }
}

/// The Parquet files of a folder, by name.
fn candidates(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries =
        fs::read_dir(folder).map_err(|error| Failure::wrong(format!("{}: {}", folder.display(), in_words(&error))))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "parquet"));
    paths.sort();
    Ok(paths)
}

/// The shards that are not there, or not whole, and what is wrong with files that are none of the others.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn missing(plan: &Plan) -> Result<(Vec<u32>, Vec<String>), Failure> {
    let found = Found::whole(plan)?;
    Ok((found.missing(plan), found.faults))
}

/// How many shards of a plan are there.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn count(plan: &Plan) -> Result<usize, Failure> {
    Ok(Found::labelled(plan)?.shards.len())
}

/// Removes the shards of a plan that another one has taken the place of: nothing can be made of them any more.
///
/// # Errors
/// When the folder cannot be read, or one of them not be removed.
pub(super) fn remove_shards(plan: &Plan) -> Result<(), Failure> {
    for path in Found::labelled(plan)?.shards.into_values() {
        fs::remove_file(&path).map_err(|error| Failure::writing(&path, &error))?;
    }
    Ok(())
}

/// All shards of a plan, read one after the other.
pub(super) struct Merged {
    /// The plan's file.
    plan: PathBuf,
    /// Their files, in order.
    paths: Vec<PathBuf>,
    /// Those that are not read yet.
    shards: std::vec::IntoIter<PathBuf>,
    /// Rows read and not taken yet, in order.
    rows: std::iter::Peekable<std::vec::IntoIter<ShardRow>>,
    /// Which replications each cell has, where that is known.
    wanted: Option<Vec<Range<u32>>>,
}

impl Merged {
    /// Looks at all shards.
    ///
    /// # Errors
    /// Everything that is wrong with them, by name.
    pub(super) fn new(plan: &Plan) -> Result<Self, Failure> {
        let found = Found::labelled(plan)?;
        let mut faults: Vec<String> = found.faults.iter().map(|fault| format!("error: {fault}")).collect();
        let missing = found.missing(plan);
        if !missing.is_empty() {
            let (count, of) = (missing.len(), plan.file.shards);
            faults.push(format!("error: {count} of {of} shards are missing: {}", ranges(&missing)));
        }
        if !faults.is_empty() {
            return Err(Failure::wrong(format!("{}\nNothing was merged.", faults.join("\n"))));
        }
        let wanted = match plan.sweep()?.replications {
            Replications::Fixed(_) => Some(plan.wanted()?),
            Replications::Sequential { .. } => None,
        };
        let paths: Vec<PathBuf> = found.shards.into_values().collect();
        let (plan, shards, rows) = (plan.path.clone(), paths.clone().into_iter(), Vec::new().into_iter().peekable());
        Ok(Self { plan, paths, shards, rows, wanted })
    }

    /// What the replications of the next cell say; cells are asked for in their order, and from cell 0 on as often as they are
    /// wanted.
    ///
    /// # Errors
    /// When a shard is not whole after all, or holds other rows than those of its part.
    pub(super) fn cell(&mut self, cell: usize) -> Result<Vec<Vec<Pair>>, Failure> {
        if cell == 0 {
            self.shards = self.paths.clone().into_iter();
            self.rows = Vec::new().into_iter().peekable();
        }
        let mut replications = Vec::new();
        let wanted = self.wanted.as_ref().map(|wanted| wanted[cell].clone());
        let first = wanted.as_ref().map_or(0, |wanted| wanted.start as usize);
        while let Some(row) = self.next_of(cell)? {
            let next = first + replications.len();
            if row.replication as usize != next {
                return Err(Failure::wrong(format!(
                    "shards do not fit together: cell {cell} goes from replication {next} to {}",
                    row.replication
                )));
            }
            replications.push(row.pairs);
        }
        let is_whole = wanted.map_or(!replications.is_empty(), |wanted| replications.len() == wanted.len());
        if is_whole {
            return Ok(replications);
        }
        Err(Failure::wrong(format!("shards do not fit together: cell {cell} has {} replications", replications.len())))
    }

    /// The next row, if it is one of a cell.
    fn next_of(&mut self, cell: usize) -> Result<Option<ShardRow>, Failure> {
        while self.rows.peek().is_none() {
            let Some(path) = self.shards.next() else { return Ok(None) };
            let (_, rows) = read_bytes(&path).and_then(read_shard).map_err(|why| {
                let plan = super::super::shell::line(&[self.plan.clone().into()]);
                Failure::wrong(format!(
                    "{}: it is damaged: {why}. `backorder shard missing {plan}` lists the shards to run again",
                    path.display()
                ))
            })?;
            self.rows = rows.into_iter().peekable();
        }
        Ok(self.rows.next_if(|row| row.cell as usize == cell))
    }
}
