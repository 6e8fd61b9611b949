//! A single file that is written whole or not at all: a trace, an event log, a starter scenario.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::disk::{Disk, Os};
use super::identity::{Inputs, identity};
use crate::cli::failure::Failure;
use crate::cli::fingerprint::sha256;

/// Bytes at the beginning of a file by which it is recognised.
const BEGINNING: u64 = 64;

/// A file that is written beside its place and moved there when it is whole; gone when dropped before.
///
/// What is no ordinary file, such as `/dev/null` or a pipe, is written directly.
pub(in crate::cli) struct WholeFile {
    /// As the user named it.
    named: PathBuf,
    place: PathBuf,
    /// Where it is written; locked as long as this lives, so that two writers do not meet there.
    staged: Option<(PathBuf, File)>,
}

/// A file that is to be written.
pub(in crate::cli) struct Wanted<'a> {
    /// Its place, as the user named it.
    pub(in crate::cli) place: &'a Path,
    /// The option that named it.
    pub(in crate::cli) option: &'a str,
    /// What such a file begins with: one that begins so is an earlier one, and replaced.
    pub(in crate::cli) begins: &'a str,
    /// The files that the command reads.
    pub(in crate::cli) inputs: &'a Inputs,
    /// Whether a file of another kind is replaced, too.
    pub(in crate::cli) force: bool,
}

impl Wanted<'_> {
    /// Fails where something stands at the place that is not to be replaced.
    pub(in crate::cli) fn check(&self) -> Result<(), Failure> {
        let (place, option) = (self.place.display(), self.option);
        if let Some(input) = self.inputs.at(self.place) {
            let why = match input == self.place {
                true => format!("{option}: {place} is read by this command"),
                false => format!("{option}: {place} is {}, which this command reads", input.display()),
            };
            return Err(Failure::wrong(format!("{why}; name another file")));
        }
        // What cannot be written anyhow is told before anything is run.
        let is_in_a_folder = self.place.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir());
        if self.place.is_dir() || !is_in_a_folder {
            let kind = if self.place.is_dir() { io::ErrorKind::IsADirectory } else { io::ErrorKind::NotFound };
            return Err(Failure::wrong(Failure::writing(self.place, &kind.into()).message));
        }
        if self.force || !self.place.is_file() || begins(self.place, self.begins) {
            return Ok(());
        }
        let why = format!("{option}: {place} is there already and is no such file");
        Err(Failure::wrong(format!("{why}; name another, or replace it with --force")))
    }

    /// Opens the file for writing.
    pub(in crate::cli) fn create(&self) -> Result<(WholeFile, File), Failure> {
        self.check()?;
        WholeFile::create(self.place)
    }
}

/// Fails where two options name one file, whatever they call it: the second would take the first one's place.
pub(in crate::cli) fn refuse_one_file(named: &[(&str, &Path)]) -> Result<(), Failure> {
    for (index, &(option, place)) in named.iter().enumerate() {
        let real = place_of(place).filter(|real| real.is_file() || !real.exists());
        let earlier = named[..index].iter().find(|(_, other)| real.is_some() && place_of(other) == real);
        if let Some((earlier, _)) = earlier {
            let place = place.display();
            return Err(Failure::wrong(format!(
                "{earlier} and {option} name the same file, {place}; give each its own"
            )));
        }
    }
    Ok(())
}

/// Where a file is, or will be, links resolved.
fn place_of(path: &Path) -> Option<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Some(real);
    }
    let path = std::path::absolute(path).ok()?;
    let parent = path.parent()?;
    Some(parent.canonicalize().unwrap_or_else(|_| parent.to_path_buf()).join(path.file_name()?))
}

impl WholeFile {
    /// Opens a file for writing, whatever stands at its place.
    pub(in crate::cli) fn create(named: &Path) -> Result<(Self, File), Failure> {
        Self::open(named).map_err(|error| Failure::writing(named, &error))
    }

    fn open(named: &Path) -> io::Result<(Self, File)> {
        let is_ordinary = match fs::metadata(named) {
            Ok(metadata) => metadata.is_file() && !is_of_the_system(named),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(error),
        };
        if !is_ordinary {
            let file = OpenOptions::new().write(true).open(named)?;
            return Ok((Self { named: named.to_path_buf(), place: named.to_path_buf(), staged: None }, file));
        }
        // A link stays, and the file that it leads to is written.
        let place = named.canonicalize().unwrap_or_else(|_| named.to_path_buf());
        let Some(name) = place.file_name() else { return Err(io::ErrorKind::InvalidInput.into()) };
        let digest = sha256(name.as_encoded_bytes());
        let staged = place.with_file_name(format!(".backorder-{}.part", &digest[..16]));
        let file = locked(&staged)?;
        let writer = file.try_clone()?;
        Ok((Self { named: named.to_path_buf(), place, staged: Some((staged, file)) }, writer))
    }

    /// Moves the finished file to its place.
    pub(in crate::cli) fn finish(self) -> Result<(), Failure> {
        self.move_by(|from, to| Os.replace(from, to))
    }

    /// The same, unless something stands there by now.
    pub(in crate::cli) fn finish_new(self) -> Result<(), Failure> {
        self.move_by(|from, to| Os.place(from, to))
    }

    fn move_by(mut self, how: impl Fn(&Path, &Path) -> io::Result<()>) -> Result<(), Failure> {
        let Some((staged, file)) = &self.staged else { return Ok(()) };
        let moved = file.sync_all().and_then(|()| how(staged, &self.place));
        moved.map_err(|error| self.failure(&error))?;
        self.staged = None;
        Ok(())
    }

    /// Why the file could not be written.
    pub(in crate::cli) fn failure(&self, error: &io::Error) -> Failure {
        Failure::writing(&self.named, error)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some((staged, _)) = &self.staged {
            // Best effort: whoever writes to this place next uses it.
            let _ = fs::remove_file(staged);
        }
    }
}

/// Writes a file whole or not at all, whatever stands at its place.
pub(in crate::cli) fn write_file(place: &Path, content: &[u8]) -> Result<(), Failure> {
    let (whole, mut file) = WholeFile::create(place)?;
    file.write_all(content).map_err(|error| whole.failure(&error))?;
    whole.finish()
}

/// A file that is empty and ours alone.
fn locked(path: &Path) -> io::Result<File> {
    loop {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another backorder is writing it"));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // Whoever had it may have moved it to its place meanwhile: then it is not to be written any more.
        if identity(&file.metadata()?) == fs::symlink_metadata(path).ok().and_then(|it| identity(&it)) {
            file.set_len(0)?;
            return Ok(file);
        }
    }
}

/// Whether a path leads to what the system shows as files, such as the standard output.
fn is_of_the_system(path: &Path) -> bool {
    ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder))
}

/// Whether a file begins with a text, or has nothing in it.
fn begins(path: &Path, text: &str) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning));
    read.is_ok() && (beginning.is_empty() || beginning.starts_with(text.as_bytes()))
}
