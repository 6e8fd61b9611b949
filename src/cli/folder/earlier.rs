//! What stands in a result folder before it is written: which files are this program's own, and which are not.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Kind};
use super::manifest::{self, Manifest};
use crate::cli::fingerprint::sha256;

/// What stands at the place of a file of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// An ordinary file, by its digest.
    File(String),
    /// Something that is never replaced: a folder, a link, a device, or something below one of these.
    NoFile(&'static str),
}

/// A folder as it is.
#[derive(Debug)]
pub(super) struct Earlier {
    /// What an earlier result says of itself.
    pub(super) manifest: Option<Manifest>,
    /// Its files that are as it wrote them, with their digests; `provenance.json` is one of them.
    pub(super) ours: BTreeMap<String, String>,
    /// Its files that are not, or are gone.
    pub(super) differing: Vec<String>,
}

impl Earlier {
    /// Looks at a folder, which need not exist.
    pub(super) fn look(disk: &impl Disk, folder: &Path) -> io::Result<Self> {
        let mut found = Self { manifest: None, ours: BTreeMap::new(), differing: Vec::new() };
        let Found::File(digest) = at(disk, folder, manifest::FILE)? else {
            return Ok(found);
        };
        let Some(manifest) = Manifest::read(&disk.read(&folder.join(manifest::FILE))?) else {
            return Ok(found);
        };
        found.ours.insert(manifest::FILE.to_string(), digest);
        for (name, digest) in &manifest.digests {
            if at(disk, folder, name)? == Found::File(digest.clone()) {
                found.ours.insert(name.clone(), digest.clone());
            } else {
                found.differing.push(name.clone());
            }
        }
        found.manifest = Some(manifest);
        Ok(found)
    }
}

/// What stands at a name in a folder. No link on the way is followed.
pub(super) fn at(disk: &impl Disk, folder: &Path, name: &str) -> io::Result<Found> {
    let mut path = PathBuf::from(folder);
    let mut parts = Path::new(name).components().peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let is_last = parts.peek().is_none();
        match disk.kind(&path)? {
            None => return Ok(Found::Nothing),
            Some(Kind::File) if is_last => return Ok(Found::File(sha256(&disk.read(&path)?))),
            Some(Kind::Folder) if !is_last => {}
            Some(Kind::Folder) => return Ok(Found::NoFile("a folder")),
            Some(Kind::File) => return Ok(Found::NoFile("below a file")),
            Some(Kind::Other) if is_last => return Ok(Found::NoFile("a link or a device")),
            Some(Kind::Other) => return Ok(Found::NoFile("behind a link")),
        }
    }
    Ok(Found::Nothing)
}
