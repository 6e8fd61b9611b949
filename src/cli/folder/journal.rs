//! Puts a result into a folder file by file, so that it is undone or finished whatever happens on the way.
//!
//! This is for folders that cannot be exchanged as a whole: mount points, folders below one that may not be written,
//! folders with folders of somebody else's in them. In the working folder, `new/` holds the files of the new result and
//! `old/` second names of those they replace. Then `commit.json` says what is to be done; from the moment it stands
//! there the new result counts, and whoever comes next finishes what this process did not. Where a step fails while
//! the program lives, `commit.json` is renamed `undo.json` and the old files are put back.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::Disk;
use super::earlier::{Found, at};
use super::room::{Room, remove_all};

const COMMIT: &str = "commit.json";
const UNDO: &str = "undo.json";

/// What is to be done.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Files that are put in place, with their digests.
    pub(super) put: BTreeMap<String, String>,
    /// Files that are replaced or removed, with their digests.
    pub(super) old: BTreeMap<String, String>,
}

/// Why a journal could not be finished.
#[derive(Debug)]
pub(super) enum Stopped {
    /// A file failed.
    At(PathBuf, io::Error),
    /// These files are neither the old ones nor the new ones: somebody else put them there.
    Strange(Vec<String>),
}

impl Journal {
    /// Everything that is not yet done, once the staged files stand in `new/`. Nothing in the folder is touched until the
    /// commit.
    pub(super) fn commit(&self, disk: &impl Disk, folder: &Path, room: &Room) -> Result<(), Stopped> {
        for name in self.old.keys() {
            let (now, saved) = (folder.join(name), room.at("old").join(name));
            make_parents(disk, &room.path, &saved).map_err(stopped_at(&now))?;
            // Some disks know no second names.
            let kept = disk.link(&now, &saved).or_else(|_| disk.write(&saved, &disk.read(&now)?));
            kept.map_err(stopped_at(&now))?;
        }
        if let Err(error) = record(disk, room, COMMIT, self) {
            // It may stand there all the same.
            let _ = remove_all(disk, &room.at(COMMIT));
            return Err(Stopped::At(folder.to_path_buf(), error));
        }
        match self.finish(disk, folder, room) {
            Ok(()) => Ok(()),
            Err(stopped) => {
                // If this fails as well, the journal stays, and whoever comes next finishes the new result.
                let _ = disk.replace(&room.at(COMMIT), &room.at(UNDO)).and_then(|()| self.undo(disk, folder, room));
                Err(stopped)
            }
        }
    }

    /// Does what is left to do, and ends the journal.
    fn finish(&self, disk: &impl Disk, folder: &Path, room: &Room) -> Result<(), Stopped> {
        for name in self.put.keys() {
            let (staged, place) = (room.at("new").join(name), folder.join(name));
            if disk.kind(&staged).map_err(stopped_at(&place))?.is_some() {
                make_parents(disk, folder, &place).map_err(stopped_at(&place))?;
                disk.replace(&staged, &place).map_err(stopped_at(&place))?;
            }
        }
        for (name, digest) in self.old.iter().filter(|(name, _)| !self.put.contains_key(*name)) {
            let place = folder.join(name);
            if at(disk, folder, name).map_err(stopped_at(&place))? == Found::File(digest.clone()) {
                disk.remove_file(&place).map_err(stopped_at(&place))?;
            }
        }
        self.remove_empty_folders(disk, folder);
        disk.sync(&self.folders(folder)).map_err(stopped_at(folder))?;
        disk.remove_file(&room.at(COMMIT)).map_err(stopped_at(folder))
    }

    /// Puts everything back.
    fn undo(&self, disk: &impl Disk, folder: &Path, room: &Room) -> io::Result<()> {
        for (name, digest) in &self.put {
            let (saved, place) = (room.at("old").join(name), folder.join(name));
            if disk.kind(&saved)?.is_some() {
                disk.replace(&saved, &place)?;
            } else if !self.old.contains_key(name) && at(disk, folder, name)? == Found::File(digest.clone()) {
                disk.remove_file(&place)?;
            }
        }
        for name in self.old.keys() {
            let (saved, place) = (room.at("old").join(name), folder.join(name));
            if disk.kind(&saved)?.is_some() && disk.kind(&place)?.is_none() {
                make_parents(disk, folder, &place)?;
                disk.place(&saved, &place)?;
            }
        }
        self.remove_empty_folders(disk, folder);
        disk.sync(&self.folders(folder))?;
        disk.remove_file(&room.at(UNDO))
    }

    /// Finishes, or undoes, what a process that died was at. Tells whether there was anything.
    pub(super) fn recover(disk: &impl Disk, folder: &Path, room: &Room, force: bool) -> Result<bool, Stopped> {
        let failed = stopped_at(folder);
        if let Some(journal) = read::<Self>(disk, room, UNDO).map_err(failed)? {
            journal.undo(disk, folder, room).map_err(failed)?;
            return Ok(true);
        }
        let Some(journal) = read::<Self>(disk, room, COMMIT).map_err(failed)? else {
            return Ok(false);
        };
        let strange = journal.strange(disk, folder, force).map_err(failed)?;
        if !strange.is_empty() {
            return Err(Stopped::Strange(strange));
        }
        journal.finish(disk, folder, room)?;
        Ok(true)
    }

    /// Files that somebody else put into the folder meanwhile, where the result's are to stand.
    fn strange(&self, disk: &impl Disk, folder: &Path, force: bool) -> io::Result<Vec<String>> {
        let mut strange = Vec::new();
        for (name, new) in &self.put {
            let is_known = match at(disk, folder, name)? {
                Found::Nothing => true,
                Found::File(digest) => force || digest == *new || self.old.get(name) == Some(&digest),
                Found::NoFile(_) => false,
            };
            if !is_known {
                strange.push(name.clone());
            }
        }
        Ok(strange)
    }

    /// The folders that files are put into or taken from.
    fn folders(&self, folder: &Path) -> Vec<PathBuf> {
        let parents = self.put.keys().chain(self.old.keys()).filter_map(|name| Path::new(name).parent());
        let all: BTreeSet<PathBuf> = parents.map(|parent| folder.join(parent)).collect();
        all.into_iter().filter(|path| path.is_dir()).collect()
    }

    /// A folder below the result's that held nothing but files that went, such as `charts/`, goes with them.
    fn remove_empty_folders(&self, disk: &impl Disk, folder: &Path) {
        for path in self.folders(folder).into_iter().filter(|path| path.as_path() != folder) {
            // One that is not empty stays.
            let _ = disk.remove_folder(&path);
        }
    }
}

fn stopped_at(path: &Path) -> impl Fn(io::Error) -> Stopped + Copy {
    move |error| Stopped::At(path.to_path_buf(), error)
}

/// Makes the folders on the way from one to a file in it.
pub(super) fn make_parents(disk: &impl Disk, from: &Path, file: &Path) -> io::Result<()> {
    let Some(parent) = file.parent().filter(|parent| *parent != from) else {
        return Ok(());
    };
    if disk.kind(parent)?.is_none() {
        make_parents(disk, from, parent)?;
        disk.make_folder(parent, None)?;
    }
    Ok(())
}

/// Writes a record so that it is there whole or not at all, also after a power cut.
pub(super) fn record(disk: &impl Disk, room: &Room, name: &str, value: &impl Serialize) -> io::Result<()> {
    let part = room.at(&format!("{name}.part"));
    remove_all(disk, &part)?;
    disk.write(&part, serde_json::to_string_pretty(value).expect("names and digests have a JSON form").as_bytes())?;
    disk.sync(std::slice::from_ref(&part))?;
    disk.replace(&part, &room.at(name))?;
    disk.sync(std::slice::from_ref(&room.path))
}

/// Reads a record.
pub(super) fn read<T: for<'de> Deserialize<'de>>(disk: &impl Disk, room: &Room, name: &str) -> io::Result<Option<T>> {
    let path = room.at(name);
    if disk.kind(&path)?.is_none() {
        return Ok(None);
    }
    serde_json::from_slice(&disk.read(&path)?).map(Some).map_err(io::Error::from)
}
