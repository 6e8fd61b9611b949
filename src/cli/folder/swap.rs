//! Puts a result in place as a whole: a new folder is made ready beside the old one, and the two change places in one
//! operation of the file system. At every instant the folder is the old result or the new one.
//!
//! Files of somebody else's get a second name in the new folder and so are in both; then the old folder, which by now
//! stands in the working folder, is cleared. What came into it at the last moment is moved over.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{Disk, Kind};
use super::earlier::{Found, at};
use super::identity::{identity, same_owner};
use super::journal::{make_parents, read, record};
use super::room::Room;

const SWAP: &str = "swap.json";

/// What is about to be exchanged.
#[derive(Serialize, Deserialize)]
struct Swap {
    /// What tells the new folder from the old one, whichever stands where.
    new: (u64, u64),
    /// Files of the old folder that go, with their digests.
    old: BTreeMap<String, String>,
}

/// Why folders were not exchanged.
#[derive(Debug)]
pub(super) enum NotSwapped {
    /// These cannot be; nothing was changed.
    Unsuitable,
    /// Something failed; nothing was changed.
    Failed(PathBuf, io::Error),
}

/// Exchanges a folder for `new/` in the working folder, which holds the files of the new result; `put` are their names.
/// `old` are the files of the old folder that are replaced or go. All other files stay.
pub(super) fn exchange(
    disk: &impl Disk,
    folder: &Path,
    room: &Room,
    put: &dyn Fn(&str) -> bool,
    old: BTreeMap<String, String>,
) -> Result<(), NotSwapped> {
    let new = room.at("new");
    if !same_owner(&new, folder).map_err(failed_at(folder))? {
        return Err(NotSwapped::Unsuitable);
    }
    link_others(disk, folder, &new, &|name| put(name) || old.contains_key(name))?;
    let Some(of_new) = std::fs::metadata(&new).ok().and_then(|metadata| identity(&metadata)) else {
        return Err(NotSwapped::Unsuitable);
    };
    disk.sync(std::slice::from_ref(&new)).map_err(failed_at(folder))?;
    let swap = Swap { new: of_new, old };
    record(disk, room, SWAP, &swap).map_err(failed_at(folder))?;
    if let Err(error) = disk.exchange(&new, folder) {
        let _ = disk.remove_file(&room.at(SWAP));
        let says_no = [
            io::ErrorKind::Unsupported,
            io::ErrorKind::InvalidInput,
            io::ErrorKind::CrossesDevices,
            io::ErrorKind::ResourceBusy,
            io::ErrorKind::PermissionDenied,
        ];
        return Err(match says_no.contains(&error.kind()) {
            true => NotSwapped::Unsuitable,
            false => NotSwapped::Failed(folder.to_path_buf(), error),
        });
    }
    Ok(())
}

fn failed_at(path: &Path) -> impl Fn(io::Error) -> NotSwapped {
    move |error| NotSwapped::Failed(path.to_path_buf(), error)
}

/// After an exchange, by this process or one that died: clears the old folder away. Tells whether there was one.
pub(super) fn settle(disk: &impl Disk, folder: &Path, room: &Room) -> io::Result<bool> {
    let Some(swap) = read::<Swap>(disk, room, SWAP)? else {
        return Ok(false);
    };
    let old = room.at("new");
    let of_old = std::fs::symlink_metadata(&old).ok().and_then(|metadata| identity(&metadata));
    // Where the new folder still stands there, nothing was exchanged.
    let exchanged = of_old.is_some_and(|it| it != swap.new);
    if exchanged {
        disk.sync(&[folder.parent().unwrap_or(folder).to_path_buf(), room.path.clone()])?;
        clear(disk, &old, folder, "", &swap.old)?;
        disk.remove_folder(&old)?;
    }
    disk.remove_file(&room.at(SWAP))?;
    Ok(exchanged)
}

/// Gives the files of a folder second names in another, but for some. Folders are made only for files to stand in that
/// are themselves beside such as go: one that holds nothing of this program's is somebody's own and is not taken apart.
fn link_others(disk: &impl Disk, folder: &Path, new: &Path, goes: &dyn Fn(&str) -> bool) -> Result<(), NotSwapped> {
    for (name, kind) in disk.list(folder).map_err(failed_at(folder))? {
        let path = folder.join(&name);
        if kind != Kind::Folder {
            link(disk, &path, new, Path::new(&name), goes)?;
            continue;
        }
        let mut is_ours = false;
        let inner = disk.list(&path).map_err(failed_at(&path))?;
        for (file, kind) in &inner {
            if *kind == Kind::Folder {
                return Err(NotSwapped::Unsuitable);
            }
            is_ours |= goes(&slashed(&name, file));
        }
        if !is_ours {
            return Err(NotSwapped::Unsuitable);
        }
        for (file, _) in inner {
            link(disk, &path.join(&file), new, &Path::new(&name).join(&file), goes)?;
        }
    }
    Ok(())
}

fn link(disk: &impl Disk, path: &Path, new: &Path, name: &Path, goes: &dyn Fn(&str) -> bool) -> Result<(), NotSwapped> {
    if name.to_str().is_some_and(|name| goes(&name.replace(std::path::MAIN_SEPARATOR, "/"))) {
        return Ok(());
    }
    let to = new.join(name);
    make_parents(disk, new, &to).map_err(|error| NotSwapped::Failed(path.to_path_buf(), error))?;
    // Some disks know no second names, and some files may not have one.
    disk.link(path, &to).map_err(|_| NotSwapped::Unsuitable)
}

/// The name of a file in a folder of a result.
fn slashed(folder: &OsStr, file: &OsStr) -> String {
    format!("{}/{}", folder.to_string_lossy(), file.to_string_lossy())
}

/// Removes what goes from the old folder, and what has a second name in the new one; moves the rest there.
fn clear(disk: &impl Disk, old: &Path, folder: &Path, below: &str, goes: &BTreeMap<String, String>) -> io::Result<()> {
    for (entry, kind) in disk.list(&old.join(below))? {
        let here = Path::new(below).join(&entry);
        let name = here.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let (path, place) = (old.join(&here), folder.join(&here));
        if kind == Kind::Folder && disk.kind(&place)? != Some(Kind::Folder) && !holds_what_goes(&name, goes) {
            disk.place(&path, &free(disk, place)?)?;
        } else if kind == Kind::Folder {
            clear(disk, old, folder, &name, goes)?;
            disk.remove_folder(&path)?;
        } else if is_same(&path, &place) || is_as_it_was(disk, old, &name, goes)? {
            disk.remove_file(&path)?;
        } else {
            make_parents(disk, folder, &place)?;
            disk.place(&path, &free(disk, place)?)?;
        }
    }
    Ok(())
}

fn holds_what_goes(folder: &str, goes: &BTreeMap<String, String>) -> bool {
    goes.keys().any(|name| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

fn is_as_it_was(disk: &impl Disk, old: &Path, name: &str, goes: &BTreeMap<String, String>) -> io::Result<bool> {
    match goes.get(name) {
        Some(digest) => Ok(at(disk, old, name)? == Found::File(digest.clone())),
        None => Ok(false),
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    let of = |path: &Path| std::fs::symlink_metadata(path).ok().and_then(|metadata| identity(&metadata));
    of(one).is_some() && of(one) == of(other)
}

/// The place itself if it is free, else one beside it: nothing of somebody else's is replaced.
fn free(disk: &impl Disk, place: PathBuf) -> io::Result<PathBuf> {
    let mut name = place.clone();
    while disk.kind(&name)?.is_some() {
        name.as_mut_os_string().push(".saved");
    }
    Ok(name)
}
