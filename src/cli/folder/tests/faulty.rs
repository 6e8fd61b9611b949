//! A disk on which an operation of one's choice fails, or at which the program dies.

use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::super::disk::{Disk, Kind, Os};

/// What happens at the chosen operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It fails; all others work.
    Fails,
    /// It fails, and so does every later one: the disk is gone, or the program is. What it was writing is half there.
    Dies,
}

/// The disk. It does not wait for the real one.
pub(super) struct Faulty {
    at: usize,
    fault: Fault,
    done: Cell<usize>,
    /// What was done, in order: the operation's name and its paths.
    pub(super) log: RefCell<Vec<(&'static str, Vec<PathBuf>)>>,
}

impl Faulty {
    /// The fault comes at the operation with this number, from 0.
    pub(super) fn new(at: usize, fault: Fault) -> Self {
        Self { at, fault, done: Cell::new(0), log: RefCell::default() }
    }

    /// Whether the fault has come.
    pub(super) fn has_struck(&self) -> bool {
        self.done.get() > self.at
    }

    fn step(&self, name: &'static str, paths: &[&Path]) -> io::Result<()> {
        let number = self.done.replace(self.done.get() + 1);
        if number == self.at || (number > self.at && self.fault != Fault::Fails) {
            return Err(io::Error::other("the disk is faulty"));
        }
        self.log.borrow_mut().push((name, paths.iter().map(|path| path.to_path_buf()).collect()));
        Ok(())
    }
}

impl Disk for &Faulty {
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        self.step("kind", &[path])?;
        Os.kind(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        self.step("list", &[folder])?;
        Os.list(folder)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step("read", &[path])?;
        Os.read(path)
    }

    fn make_folder(&self, path: &Path, like: Option<&Path>) -> io::Result<()> {
        self.step("make_folder", &[path])?;
        Os.make_folder(path, like)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        match self.step("write", &[path]) {
            Err(error) if self.fault == Fault::Dies && self.done.get() == self.at + 1 => {
                Os.write(path, &bytes[..bytes.len() / 2])?;
                Err(error)
            }
            stepped => stepped.and_then(|()| Os.write(path, bytes)),
        }
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("link", &[from, to])?;
        Os.link(from, to)
    }

    fn replace(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("replace", &[from, to])?;
        Os.replace(from, to)
    }

    fn place(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("place", &[from, to])?;
        Os.place(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step("exchange", &[one, other])?;
        Os.exchange(one, other)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step("remove_file", &[path])?;
        Os.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step("remove_folder", &[path])?;
        Os.remove_folder(path)
    }

    fn sync(&self, paths: &[PathBuf]) -> io::Result<()> {
        self.step("sync", &paths.iter().map(PathBuf::as_path).collect::<Vec<_>>())
    }
}
