//! The working folder of whoever writes a result folder, and the lock in it.
//!
//! It stands beside the result folder where that can be, else inside it, under a name that follows from the result
//! folder's: so whoever comes next finds it, and what a writer that died left in it. Its lock is the operating system's,
//! on an open file, and ends with the process that holds it, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::disk::{Disk, Kind};
use super::identity::{identity, is_mine};
use crate::cli::fingerprint::sha256;

/// Its name inside a result folder.
const INSIDE: &str = ".backorder";

/// The file that is locked: made first, removed last.
const LOCK: &str = "lock";

/// What a long command appends to while it runs.
pub(super) const WORK: &str = "work";

/// All that can be in it.
const ENTRIES: [&str; 9] =
    [LOCK, "new", "old", WORK, "swap.json", "swap.json.part", "commit.json", "commit.json.part", "undo.json"];

/// Those of them that say what is still to be done.
const RECORDS: [&str; 3] = ["swap.json", "commit.json", "undo.json"];

/// How often somebody else may remove it between the look and the lock.
const ATTEMPTS: u32 = 100;

/// A working folder that is ours alone.
pub(super) struct Room {
    pub(super) path: PathBuf,
    _lock: File,
}

/// Why there is none.
#[derive(Debug)]
pub(super) enum NoRoom {
    /// Another process, by its number, is writing.
    Busy(Option<u32>),
    /// Something of somebody else's has its name.
    InTheWay(PathBuf),
    /// It cannot be made.
    Cannot(io::Error),
}

impl From<io::Error> for NoRoom {
    fn from(error: io::Error) -> Self {
        Self::Cannot(error)
    }
}

impl Room {
    /// Where it is when it stands beside a result folder. The name is short, however long the folder's.
    pub(super) fn beside(target: &Path) -> Option<PathBuf> {
        let digest = sha256(target.file_name()?.as_encoded_bytes());
        Some(target.parent()?.join(format!("{INSIDE}-{}", &digest[..16])))
    }

    /// Where it is when it stands inside.
    pub(super) fn inside(target: &Path) -> PathBuf {
        target.join(INSIDE)
    }

    /// Makes it, or takes over what a dead process left.
    pub(super) fn enter(disk: &impl Disk, path: PathBuf) -> Result<Self, NoRoom> {
        for _ in 0..ATTEMPTS {
            match disk.kind(&path)? {
                None => match disk.make_folder(&path, None) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                    made => made?,
                },
                Some(Kind::Folder) if is_mine(&path)? && is_room(disk, &path)? => {}
                Some(_) => return Err(NoRoom::InTheWay(path)),
            }
            let lock = path.join(LOCK);
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&lock);
            let mut file = match file {
                // Whoever had it has just left.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                opened => opened?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut text = String::new();
                    let _ = file.read_to_string(&mut text);
                    return Err(NoRoom::Busy(text.trim().parse().ok()));
                }
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
            // A lock on a file that is gone locks nobody out.
            if identity(&file.metadata()?) != std::fs::symlink_metadata(&lock).ok().and_then(|it| identity(&it)) {
                continue;
            }
            file.set_len(0)?;
            file.rewind()?;
            writeln!(file, "{}", std::process::id())?;
            return Ok(Self { path, _lock: file });
        }
        Err(NoRoom::Busy(None))
    }

    /// A place in it.
    pub(super) fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Removes it with all that is in it, but for a name that is to stay. Where something is still to be done, all stays.
    pub(super) fn leave(&self, disk: &impl Disk, but_for: Option<&str>) -> io::Result<()> {
        for name in RECORDS {
            if disk.kind(&self.at(name))?.is_some() {
                return Ok(());
            }
        }
        for name in ENTRIES.into_iter().filter(|name| *name != LOCK && Some(*name) != but_for) {
            remove_all(disk, &self.at(name))?;
        }
        if but_for.is_none_or(|name| !matches!(disk.kind(&self.at(name)), Ok(Some(_)))) {
            disk.remove_file(&self.at(LOCK))?;
            disk.remove_folder(&self.path)?;
        }
        Ok(())
    }
}

/// Whether a folder is one of these: empty, as when its maker died at once, or with the lock and nothing unknown.
fn is_room(disk: &impl Disk, path: &Path) -> io::Result<bool> {
    let entries = disk.list(path)?;
    let names: Vec<&str> = entries.iter().filter_map(|(name, _)| name.to_str()).collect();
    let all_known = names.len() == entries.len() && names.iter().all(|name| ENTRIES.contains(name));
    Ok(entries.is_empty() || (names.contains(&LOCK) && all_known))
}

/// Whether there is a working folder at a path, whoever holds it.
pub(super) fn is_there(disk: &impl Disk, path: &Path) -> io::Result<bool> {
    Ok(disk.kind(path)? == Some(Kind::Folder) && is_room(disk, path)?)
}

/// Removes something with all that is in it; a link is removed, not followed. Nothing is as good.
pub(super) fn remove_all(disk: &impl Disk, path: &Path) -> io::Result<()> {
    match disk.kind(path)? {
        None => Ok(()),
        Some(Kind::Folder) => {
            for (name, _) in disk.list(path)? {
                remove_all(disk, &path.join(name))?;
            }
            disk.remove_folder(path)
        }
        Some(_) => disk.remove_file(path),
    }
}
