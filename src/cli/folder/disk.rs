//! The file operations that a result folder is written with, as a trait: tests let each of them fail, or let the program
//! die there.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

/// What an entry of a folder is, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A link, a pipe, a device, …
    Other,
}

/// The operations. Each is either done or not done when the program dies, but for [`write`](Disk::write), which may have
/// written a part.
pub(in crate::cli) trait Disk {
    /// What stands at a path; `None` is nothing.
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>>;
    /// The entries of a folder, by name.
    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Kind)>>;
    /// A file's bytes.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Makes a folder, with the permissions of another where one is given.
    fn make_folder(&self, path: &Path, like: Option<&Path>) -> io::Result<()>;
    /// Makes a file that was not there.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file a second name.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Moves a file, which replaces what stood there.
    fn replace(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Moves a file or a folder to where nothing stands, or fails.
    fn place(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Two folders change their places, at once.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Removes a file or a link.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Waits until files, or the entries of folders, are on the disk and survive a power cut.
    fn sync(&self, paths: &[PathBuf]) -> io::Result<()>;
}

/// The operating system's.
pub(in crate::cli) struct Os;

/// Files that are waited for at a time.
const SYNCED_AT_ONCE: usize = 16;

impl Disk for Os {
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(kind_of(metadata.file_type()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            found.push((entry.file_name(), kind_of(entry.file_type()?)));
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(found)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn make_folder(&self, path: &Path, like: Option<&Path>) -> io::Result<()> {
        fs::create_dir(path)?;
        match like {
            Some(like) => fs::set_permissions(path, fs::metadata(like)?.permissions()),
            None => Ok(()),
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::File::create_new(path)?.write_all(bytes)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn replace(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn place(&self, from: &Path, to: &Path) -> io::Result<()> {
        system::place(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        system::exchange(one, other)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    /// Together, as a disk takes hardly longer for many than for one.
    fn sync(&self, paths: &[PathBuf]) -> io::Result<()> {
        let sync_all = |some: &[PathBuf]| some.iter().try_for_each(|path| system::sync(path));
        thread::scope(|scope| {
            let shares = paths.chunks(paths.len().div_ceil(SYNCED_AT_ONCE).max(1));
            let all: Vec<_> = shares.map(|some| scope.spawn(move || sync_all(some))).collect();
            all.into_iter().try_for_each(|one| one.join().expect("waiting for a disk does not panic"))
        })
    }
}

fn kind_of(file_type: fs::FileType) -> Kind {
    if file_type.is_file() {
        Kind::File
    } else if file_type.is_dir() {
        Kind::Folder
    } else {
        Kind::Other
    }
}

/// What the standard library has no portable word for.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
mod system {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use rustix::fs::{CWD, RenameFlags, renameat_with};

    pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    pub(super) fn place(from: &Path, to: &Path) -> io::Result<()> {
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Some file systems know no such flag.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {
                crate::cli::folder::disk::place_if_free(from, to)
            }
            done => Ok(done?),
        }
    }

    pub(super) fn sync(path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
mod system {
    use std::fs::OpenOptions;
    use std::io;
    use std::path::Path;

    pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn place(from: &Path, to: &Path) -> io::Result<()> {
        crate::cli::folder::disk::place_if_free(from, to)
    }

    /// A folder cannot be waited for here; its entries are written with its files.
    pub(super) fn sync(path: &Path) -> io::Result<()> {
        if path.is_dir() { Ok(()) } else { OpenOptions::new().write(true).open(path)?.sync_all() }
    }
}

/// Moves something to where nothing stands; between the look and the move something may be put there, which then is
/// replaced if it is a file or an empty folder.
fn place_if_free(from: &Path, to: &Path) -> io::Result<()> {
    match fs::symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::rename(from, to),
        Err(error) => Err(error),
    }
}
