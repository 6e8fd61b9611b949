//! The way into a result folder: where it is, a working folder for it, the locks of both, and what dead writers left.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::identity;
use super::journal::{Journal, Stopped};
use super::request::Request;
use super::room::{self, NoRoom, Room, WORK};
use super::swap;
use super::trouble::{cannot, no_room, stopped_at};
use crate::cli::console;
use crate::cli::failure::Failure;

/// Finds the folder, a working folder for it, and locks both. What dead writers left in either is finished first.
pub(super) fn enter(
    disk: &impl Disk,
    request: &Request,
    made: &mut Vec<PathBuf>,
) -> Result<(PathBuf, Room, Option<File>), Failure> {
    let named = request.folder;
    let failed = |error: io::Error| cannot(named, &error, request.remedy);
    let (real, exists) = resolve(disk, request, made)?;
    let (beside, inside) = (Room::beside(&real), Room::inside(&real));
    if exists {
        identity::may_write(&real).map_err(failed)?;
    }
    let shell_is_in_it =
        std::env::current_dir().and_then(|here| here.canonicalize()).is_ok_and(|it| it.starts_with(&real));
    let exchanges = !exists || (!shell_is_in_it && identity::is_exchangeable(&real).map_err(failed)?);
    let has_work = |path: &Path| matches!(disk.kind(&path.join(WORK)), Ok(Some(_)));
    let takes_up_inside = request.resumes && exists && has_work(&inside);
    let mut room = None;
    if let Some(beside) = beside {
        let takes_up = request.resumes && has_work(&beside);
        let is_wanted = (exchanges || takes_up) && !takes_up_inside;
        // One left behind is cleared away even where it is not wanted.
        if is_wanted || room::is_there(disk, &beside).unwrap_or(false) {
            match Room::enter(disk, beside) {
                Ok(entered) => room = Some((entered, is_wanted)),
                Err(NoRoom::Busy(process)) => return Err(no_room(NoRoom::Busy(process), named, request.remedy)),
                Err(why) if !exists => return Err(no_room(why, named, request.remedy)),
                // Beside a folder that is there, nothing needs to stand.
                Err(_) => {}
            }
        }
    }
    let inside =
        match exists && (room.as_ref().is_none_or(|room| !room.1) || room::is_there(disk, &inside).unwrap_or(false)) {
            true => Some(enter_inside(disk, &real).map_err(|why| no_room(why, named, request.remedy))?),
            false => None,
        };
    let locked = if exists { lock_folder(&real) } else { Ok(None) };
    let locked = locked.map_err(|()| no_room(NoRoom::Busy(None), named, request.remedy))?;
    for entered in room.iter().map(|(room, _)| room).chain(&inside) {
        recover(disk, &real, entered, request)?;
    }
    let room = match (room, inside) {
        (Some((beside, true)), inside) => {
            if let Some(inside) = inside {
                inside.leave(disk, None).map_err(failed)?;
            }
            beside
        }
        (beside, Some(inside)) => {
            if let Some((beside, _)) = beside {
                // It was only cleared; where that fails, it is in nobody's way.
                let _ = beside.leave(disk, None);
            }
            inside
        }
        (_, None) => return Err(failed(io::ErrorKind::NotFound.into())),
    };
    Ok((real, room, locked))
}

pub(super) fn enter_inside(disk: &impl Disk, real: &Path) -> Result<Room, NoRoom> {
    Room::enter(disk, Room::inside(real))
}

/// Finishes what a writer that died was at.
fn recover(disk: &impl Disk, real: &Path, room: &Room, request: &Request) -> Result<(), Failure> {
    let told = |stopped| stopped_at(stopped, Path::to_path_buf, request.folder, request.remedy);
    let swapped = swap::settle(disk, real, room).map_err(|error| told(Stopped::At(real.to_path_buf(), error)))?;
    let finished = Journal::recover(disk, real, room, request.force).map_err(told)?;
    if (swapped || finished) && !request.is_quiet {
        let why = "an earlier command was stopped while it put its result in place; that is finished now";
        console::message(&format!("note: {}: {why}", request.folder.display()));
    }
    Ok(())
}

/// Where a folder really is, and whether it is there. Folders it is to stand in are made.
fn resolve(disk: &impl Disk, request: &Request, made: &mut Vec<PathBuf>) -> Result<(PathBuf, bool), Failure> {
    let named = request.folder;
    let failed = |error: io::Error| cannot(named, &error, request.remedy);
    match fs::metadata(named) {
        Ok(metadata) if metadata.is_dir() => Ok((named.canonicalize().map_err(failed)?, true)),
        Ok(_) => Err(Failure::wrong(format!("{} is a file; -o names a folder for the results", named.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if fs::symlink_metadata(named).is_ok() {
                let why = format!("{} is a link that leads nowhere", named.display());
                return Err(Failure::wrong(format!("{why}; make the folder it leads to, or {}", request.remedy)));
            }
            let Some(name) = named.file_name() else { return Err(failed(error)) };
            let parent = named.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
            make_all(disk, parent, made).map_err(failed)?;
            Ok((parent.canonicalize().map_err(failed)?.join(name), false))
        }
        Err(error) => Err(failed(error)),
    }
}

/// Makes a folder and those it stands in, and notes which.
fn make_all(disk: &impl Disk, folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(io::ErrorKind::NotADirectory.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(parent) = folder.parent().filter(|it| !it.as_os_str().is_empty()) {
                make_all(disk, parent, made)?;
            }
            match disk.make_folder(folder, None) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                done => {
                    made.push(folder.to_path_buf());
                    done
                }
            }
        }
        Err(error) => Err(error),
    }
}

/// Removes folders that were made and in which nothing stands.
pub(super) fn remove_made(disk: &impl Disk, made: &[PathBuf]) {
    for folder in made.iter().rev() {
        let _ = disk.remove_folder(folder);
    }
}

/// Locks a folder itself, where the system can do that. `Err` is that somebody else has.
pub(super) fn lock_folder(folder: &Path) -> Result<Option<File>, ()> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Err(()),
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}
