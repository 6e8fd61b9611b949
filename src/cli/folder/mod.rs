//! Result folders and other files that are written: whole or not at all, and nothing that is somebody else's.
//!
//! **A result is one thing.** Whatever ends the program, at whichever instant, the folder holds the old result or the new
//! one. Everything is written to a working folder first ([`room`]); then
//!
//! - a folder that was not there appears by one rename;
//! - a folder that was there changes places with the new one in one operation ([`swap`]), Linux and macOS having one; files
//!   of somebody else's are in both;
//! - where that cannot be — the folder is a mount point or has folders of somebody else's in it, its parent may not be
//!   written, the shell stands in it, the system has no such operation — files are put in place one by one under a
//!   [`journal`]. From one instant on the new result counts; a program that dies behind it leaves files of both, and the
//!   next command that opens the folder finishes it before it does anything else.
//!
//! **One writer.** The working folder is locked as long as its process lives, so a second writer is told to wait, and what
//! a dead one left is cleared away by the next.
//!
//! **Its own files only.** `provenance.json` names each file with its digest ([`manifest`]). What bears one of a result's
//! names and is not in there as it is, is strange: it is replaced with `--force` alone. A file that the command reads, a
//! folder and a link are never replaced.
//!
//! **On the disk.** New files, and the folder's entries, are forced to the disk before they count, so that all this also
//! holds for a power cut, as far as the disk keeps its word.

mod disk;
mod earlier;
mod entrance;
mod identity;
mod journal;
mod manifest;
mod request;
mod room;
mod single;
mod swap;
#[cfg(test)]
mod tests;
mod trouble;

pub(super) use identity::Inputs;
pub(super) use manifest::{FILE as PROVENANCE, Manifest};
pub(super) use request::Request;
pub(super) use single::{Wanted, WholeFile, refuse_one_file, write_file};

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::console;
use super::failure::{Failure, in_words};
use super::fingerprint::sha256;
use disk::{Disk, Os};
use earlier::{Earlier, Found};
use entrance::{enter, enter_inside, lock_folder, remove_made};
use journal::Journal;
use room::{NoRoom, Room, WORK};
use swap::NotSwapped;
use trouble::{cannot, no_room, stopped_at};

/// The folder of a result's charts, which is the program's own.
const CHARTS: &str = "charts";

/// Strange files that are named; of more, the number is told.
const NAMED: usize = 5;

/// How often a folder may come up while one is put there.
const ATTEMPTS: u32 = 3;

/// What stands in a working folder: the new result and the files it replaces.
const NEW: &str = "new";
const OLD: &str = "old";

/// A result folder, opened for writing: it can be written, and nobody else writes it as long as this lives.
///
/// A short command opens it before it simulates, so that what cannot work is told at once, and commits once at its end.
/// A long one (a sweep of a thousand cells, hours of tuning) appends to files in [`work`](Self::work) meanwhile, may commit
/// every now and then what there is so far, and with [`Request::resumes`] finds these files again after it was killed.
/// Dropped without a commit, it leaves the folder as it was.
pub(super) struct ResultFolder<D: Disk = Os> {
    disk: D,
    /// As the user named it.
    named: PathBuf,
    /// Where it really is, links resolved.
    real: PathBuf,
    room: Room,
    /// Held where the system can lock a folder: writers of other users may have working folders elsewhere.
    locked: Option<File>,
    /// The files that may be written.
    names: Vec<String>,
    force: bool,
    is_quiet: bool,
    remedy: String,
    committed: bool,
    /// Folders made on the way to it.
    made: Vec<PathBuf>,
}

/// A new state of a result folder.
pub(super) struct Change {
    /// Files that are written: name, with slashes, and content.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Files of the earlier result that stay part of it, as it wrote them. All its others go.
    pub(super) kept: Vec<String>,
    /// Where the result comes from: what `provenance.json` says beside the digests.
    pub(super) origin: Map<String, Value>,
}

impl ResultFolder {
    /// Opens a folder: finishes what a killed command left there, finds out whether everything can be written, before
    /// hours are spent on it, and locks it.
    pub(super) fn open(request: &Request) -> Result<Self, Failure> {
        Self::open_on(Os, request)
    }
}

impl<D: Disk> ResultFolder<D> {
    fn open_on(disk: D, request: &Request) -> Result<Self, Failure> {
        let mut made = Vec::new();
        let (real, room, locked) = enter(&disk, request, &mut made).inspect_err(|_| remove_made(&disk, &made))?;
        let folder = Self {
            disk,
            named: request.folder.to_path_buf(),
            real,
            room,
            locked,
            names: request.names.clone(),
            force: request.force,
            is_quiet: request.is_quiet,
            remedy: request.remedy.to_string(),
            committed: false,
            made,
        };
        folder.settle_work(request)?;
        folder.refuse_what_stands_there(request.inputs)?;
        Ok(folder)
    }

    /// The folder, as the user named it.
    pub(super) fn named(&self) -> &Path {
        &self.named
    }

    /// Where it really is.
    pub(super) fn real(&self) -> &Path {
        &self.real
    }

    /// What an earlier result in the folder says of itself.
    pub(super) fn earlier(&self) -> Result<Option<Manifest>, Failure> {
        Ok(self.look()?.manifest)
    }

    /// Files that the earlier result names and that are not as it wrote them: they are gone, or changed, or another
    /// result's.
    pub(super) fn differing(&self) -> Result<Vec<String>, Failure> {
        Ok(self.look()?.differing)
    }

    /// What a long command that was ended left to be taken up is not thrown away unasked.
    fn settle_work(&self, request: &Request) -> Result<(), Failure> {
        let work = self.room.at(WORK);
        let is_left = self.disk.kind(&work).map_err(|error| self.cannot(&self.named, &error))?.is_some();
        if !is_left || request.resumes {
            return Ok(());
        }
        if !request.force {
            let why = "holds what a command that was ended had finished; the same command continues it";
            let (named, remedy) = (self.named.display(), &self.remedy);
            return Err(Failure::wrong(format!("{named} {why}: {remedy}, or throw that away with --force")));
        }
        room::remove_all(&self.disk, &work).map_err(|error| self.cannot(&self.named, &error))
    }

    /// Whether a path is that of a file that may be written here.
    pub(super) fn may_write(&self, path: &Path) -> bool {
        let parent = path.parent().unwrap_or(path);
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        let is_ours =
            |below: PathBuf| self.is_of_a_result(&below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
        let Some(file) = path.file_name() else { return false };
        // The folder itself may still have to be made; then only its name can be compared.
        let below = match parent.canonicalize() {
            Ok(parent) => parent.strip_prefix(&self.real).ok().map(Path::to_path_buf),
            Err(_) => parent.strip_prefix(&self.named).ok().map(Path::to_path_buf),
        };
        below.is_some_and(|below| is_ours(below.join(file)))
    }

    /// A folder for files that are appended to while the command runs. It survives the program's death for the command that
    /// takes it up; a commit leaves it alone, the end after one removes it.
    pub(super) fn work(&self) -> Result<PathBuf, Failure> {
        let work = self.room.at(WORK);
        let there = self.disk.kind(&work).and_then(|kind| match kind {
            Some(_) => Ok(()),
            None => self.disk.make_folder(&work, None),
        });
        there.map(|()| work).map_err(|error| self.cannot(&self.named, &error))
    }

    /// Puts a new state in place of the earlier one, as a whole.
    pub(super) fn commit(&mut self, change: Change) -> Result<(), Failure> {
        let Change { mut files, kept, origin } = change;
        let mut put: BTreeMap<String, String> =
            files.iter().map(|(name, content)| (name.clone(), sha256(content))).collect();
        let mut digests = put.clone();
        // What was changed since, or never was this program's, does not become its own by being kept.
        let earlier = self.earlier()?.map(|manifest| manifest.digests).unwrap_or_default();
        for name in &kept {
            if let (Found::File(_), Some(digest)) = (self.found(name)?, earlier.get(name)) {
                digests.entry(name.clone()).or_insert_with(|| digest.clone());
            }
        }
        let provenance = Manifest { origin, digests }.written().into_bytes();
        put.insert(PROVENANCE.to_string(), sha256(&provenance));
        files.push((PROVENANCE.to_string(), provenance));
        for _ in 0..ATTEMPTS {
            if self.put_in_place(&files, &put, &kept)? {
                self.committed = true;
                return Ok(());
            }
        }
        Err(self.cannot(&self.named, &io::ErrorKind::AlreadyExists.into()))
    }

    /// The same, the files' digests being `put`; `false` is that the folder came up meanwhile.
    fn put_in_place(
        &mut self,
        files: &[(String, Vec<u8>)],
        put: &BTreeMap<String, String>,
        kept: &[String],
    ) -> Result<bool, Failure> {
        let earlier = self.look()?;
        let strange = self.strange(&earlier, files.iter().map(|(name, _)| name.as_str()))?;
        self.refuse(&strange)?;
        let stays = |name: &String| kept.contains(name) && !put.contains_key(name);
        let mut old: BTreeMap<String, String> = earlier.ours.into_iter().filter(|(name, _)| !stays(name)).collect();
        old.extend(strange.into_iter().filter_map(|(name, found)| match found {
            Found::File(digest) => Some((name, digest)),
            _ => None,
        }));
        let exists = self.disk.kind(&self.real).map_err(|error| self.cannot(&self.named, &error))?.is_some();
        if !exists {
            self.stage(&self.room, files, None)?;
            return match self.disk.place(&self.room.at(NEW), &self.real) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                placed => {
                    placed.map_err(|error| self.cannot(&self.named, &error))?;
                    self.wait_for(self.real.parent().unwrap_or(&self.real));
                    Ok(true)
                }
            };
        }
        if !self.room.path.starts_with(&self.real) {
            self.stage(&self.room, files, Some(&self.real))?;
            let locked = lock_folder(&self.room.at(NEW)).unwrap_or(None);
            match swap::exchange(&self.disk, &self.real, &self.room, &|name| put.contains_key(name), old.clone()) {
                Ok(()) => {
                    self.locked = locked;
                    if let Err(error) = swap::settle(&self.disk, &self.real, &self.room)
                        && !self.is_quiet
                    {
                        let left = self.room.at(NEW);
                        let why = format!("the earlier result is left in {}: {}", left.display(), in_words(&error));
                        console::message(&format!("warning: {why}"));
                    }
                    return Ok(true);
                }
                Err(NotSwapped::Failed(path, error)) => return Err(self.cannot(&self.as_named(&path), &error)),
                Err(NotSwapped::Unsuitable) => {
                    room::remove_all(&self.disk, &self.room.at(NEW))
                        .map_err(|error| self.cannot(&self.named, &error))?;
                }
            }
        }
        let inside = match self.room.path.starts_with(&self.real) {
            true => None,
            false => Some(enter_inside(&self.disk, &self.real).map_err(|no| self.no_room(no))?),
        };
        let room = inside.as_ref().unwrap_or(&self.room);
        self.stage(room, files, None)?;
        let done = Journal { put: put.clone(), old }.commit(&self.disk, &self.real, room);
        if let Some(room) = &inside {
            // What is left in there, if anything, the next command clears away.
            let _ = room.leave(&self.disk, None);
        }
        done.map_err(|stopped| stopped_at(stopped, |path| self.as_named(path), &self.named, &self.remedy))?;
        Ok(true)
    }

    /// Writes files to `new/` in a working folder, and waits until they are on the disk.
    fn stage(&self, room: &Room, files: &[(String, Vec<u8>)], like: Option<&Path>) -> Result<(), Failure> {
        let new = room.at(NEW);
        let begun = room::remove_all(&self.disk, &new)
            .and_then(|()| room::remove_all(&self.disk, &room.at(OLD)))
            .and_then(|()| self.disk.make_folder(&new, like));
        begun.map_err(|error| self.cannot(&self.named, &error))?;
        let mut written = vec![new.clone()];
        for (name, content) in files {
            let path = new.join(name);
            let one = journal::make_parents(&self.disk, &new, &path).and_then(|()| self.disk.write(&path, content));
            one.map_err(|error| self.cannot(&self.named.join(name), &error))?;
            let parent = path.parent().unwrap_or(&new).to_path_buf();
            if !written.contains(&parent) {
                written.push(parent);
            }
            written.push(path);
        }
        self.disk.sync(&written).map_err(|error| self.cannot(&self.named, &error))
    }

    /// Waits until a folder's entries are on the disk. The result counts already; where this fails, only a power cut now
    /// could bring the earlier one back.
    fn wait_for(&self, folder: &Path) {
        let _ = self.disk.sync(&[folder.to_path_buf()]);
    }

    /// Refuses a folder with strange files of a result's names, or with files that the command reads and would write.
    fn refuse_what_stands_there(&self, inputs: &Inputs) -> Result<(), Failure> {
        if self.disk.kind(&self.real).map_err(|error| self.cannot(&self.named, &error))?.is_none() {
            return Ok(());
        }
        let earlier = self.look()?;
        let mut names: Vec<String> = self.names.iter().cloned().chain([PROVENANCE.to_string()]).collect();
        let charts = self.real.join(CHARTS);
        match self.disk.kind(&charts).map_err(|error| self.cannot(&self.named, &error))? {
            None => {}
            Some(disk::Kind::Folder) => {
                let listed = identity::may_write(&charts).and_then(|()| self.disk.list(&charts));
                let entries = listed.map_err(|error| self.cannot(&self.named.join(CHARTS), &error))?;
                let name = |(name, _): (std::ffi::OsString, _)| format!("{CHARTS}/{}", name.to_string_lossy());
                names.extend(entries.into_iter().map(name).filter(|name| self.is_of_a_result(name)));
            }
            Some(_) => names.push(CHARTS.to_string()),
        }
        for name in names.iter().chain(earlier.ours.keys()) {
            if let Some(input) = inputs.at(&self.real.join(name)) {
                let (input, place) = (input.display(), self.named.join(name));
                let why = format!("{input} is read by this command, which would write to {}", place.display());
                return Err(Failure::wrong(format!("{why}; {}", self.remedy)));
            }
        }
        let strange = self.strange(&earlier, names.iter().map(String::as_str))?;
        self.refuse(&strange)
    }

    /// Whether a name may be one of a result's: a chart may be called anything.
    fn is_of_a_result(&self, name: &str) -> bool {
        let is_chart = name.strip_prefix(CHARTS).is_some_and(|rest| rest.starts_with('/') && rest.ends_with(".svg"));
        is_chart || name == PROVENANCE || self.names.iter().any(|known| known == name)
    }

    /// What stands at names and is not this program's.
    fn strange<'n>(
        &self,
        earlier: &Earlier,
        names: impl Iterator<Item = &'n str>,
    ) -> Result<Vec<(String, Found)>, Failure> {
        let mut strange = Vec::new();
        for name in names {
            if earlier.ours.contains_key(name) {
                continue; // It was just looked at.
            }
            match self.found(name)? {
                Found::Nothing => {}
                found => strange.push((name.to_string(), found)),
            }
        }
        Ok(strange)
    }

    /// Fails where strange files are in the way, and may not be replaced.
    fn refuse(&self, strange: &[(String, Found)]) -> Result<(), Failure> {
        if let Some((name, what)) = strange.iter().find_map(|(name, found)| match found {
            Found::NoFile(what) => Some((name, what)),
            _ => None,
        }) {
            let place = self.named.join(name);
            let why = format!("{} is {what}, and a file of the result is to stand there", place.display());
            return Err(Failure::wrong(format!("{why}; move it elsewhere, or {}", self.remedy)));
        }
        if self.force || strange.is_empty() {
            return Ok(());
        }
        let named: Vec<&str> = strange.iter().take(NAMED).map(|(name, _)| name.as_str()).collect();
        let more = strange.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let (are, them) = if strange.len() == 1 { ("is", "it") } else { ("are", "them") };
        Err(Failure::wrong(format!(
            "in {}, {}{more} {are} not as backorder wrote {them}, or not from backorder: move {them} elsewhere, replace \
             {them} with --force, or {}",
            self.named.display(),
            named.join(", "),
            self.remedy
        )))
    }

    /// What stands at a name.
    fn found(&self, name: &str) -> Result<Found, Failure> {
        let found = earlier::at(&self.disk, &self.real, name);
        found.map_err(|error| self.cannot(&self.named.join(name), &error))
    }

    fn look(&self) -> Result<Earlier, Failure> {
        Earlier::look(&self.disk, &self.real).map_err(|error| self.cannot(&self.named, &error))
    }

    /// A path in the folder or in the working folder, as the user would name it.
    fn as_named(&self, path: &Path) -> PathBuf {
        let below = path.strip_prefix(&self.real).or_else(|_| path.strip_prefix(self.room.at(NEW)));
        below.map_or_else(|_| path.to_path_buf(), |below| self.named.join(below))
    }

    fn cannot(&self, path: &Path, error: &io::Error) -> Failure {
        cannot(path, error, &self.remedy)
    }

    fn no_room(&self, why: NoRoom) -> Failure {
        no_room(why, &self.named, &self.remedy)
    }
}

impl<D: Disk> Drop for ResultFolder<D> {
    fn drop(&mut self) {
        // Work stays for whoever takes it up: also that which this command was refused for.
        let stays = if self.committed { None } else { Some(WORK) };
        // Best effort: what stays behind, the next command that opens the folder clears away.
        let _ = self.room.leave(&self.disk, stays);
        if !self.committed {
            remove_made(&self.disk, &self.made);
        }
    }
}
