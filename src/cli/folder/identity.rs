//! Whether two paths lead to one file, whatever they are called, and what else only the operating system knows.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

/// What tells a file from every other one, where the operating system says so.
#[cfg(unix)]
pub(super) fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(super) fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// Whether something belongs to whoever runs the program. The administrator's program may work in everybody's folders.
#[cfg(unix)]
pub(super) fn is_mine(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let me = rustix::process::geteuid();
    Ok(me.is_root() || std::fs::symlink_metadata(path)?.uid() == me.as_raw())
}

#[cfg(not(unix))]
pub(super) fn is_mine(_: &Path) -> io::Result<bool> {
    Ok(true)
}

/// Why something may not be written to, as far as that can be told without writing.
#[cfg(unix)]
pub(super) fn may_write(path: &Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    Ok(access(path, Access::WRITE_OK | Access::EXEC_OK | Access::READ_OK)?)
}

#[cfg(not(unix))]
pub(super) fn may_write(path: &Path) -> io::Result<()> {
    match std::fs::metadata(path)?.permissions().readonly() {
        true => Err(io::ErrorKind::PermissionDenied.into()),
        false => Ok(()),
    }
}

/// Whether a folder would lose nothing by being exchanged for a new one with its permissions: it is no mount point, it
/// belongs to whoever runs the program, and no access list hangs on it.
#[cfg(target_os = "linux")]
pub(super) fn is_exchangeable(folder: &Path) -> io::Result<bool> {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, listxattr, statx};
    use std::os::unix::fs::MetadataExt;
    let found = statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS)?;
    let is_mount = found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT);
    let beside = std::fs::metadata(folder.parent().unwrap_or(folder))?;
    let itself = std::fs::metadata(folder)?;
    let mine = rustix::process::geteuid().as_raw() == itself.uid();
    let mut names = vec![0; 4096];
    // A file system without such attributes has none.
    let length = listxattr(folder, names.as_mut_slice()).unwrap_or(0);
    let plain = names[..length].split(|&byte| byte == 0).all(|name| name.is_empty() || name.starts_with(b"security."));
    Ok(!is_mount && beside.dev() == itself.dev() && mine && plain)
}

#[cfg(target_vendor = "apple")]
pub(super) fn is_exchangeable(folder: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let beside = std::fs::metadata(folder.parent().unwrap_or(folder))?;
    let itself = std::fs::metadata(folder)?;
    Ok(beside.dev() == itself.dev() && rustix::process::geteuid().as_raw() == itself.uid())
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn is_exchangeable(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Whether two folders belong to one user and one group.
#[cfg(unix)]
pub(super) fn same_owner(one: &Path, other: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (one, other) = (std::fs::metadata(one)?, std::fs::metadata(other)?);
    Ok((one.uid(), one.gid()) == (other.uid(), other.gid()))
}

#[cfg(not(unix))]
pub(super) fn same_owner(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// The files that a command reads: none of them may be written by it.
#[derive(Debug, Default)]
pub(in crate::cli) struct Inputs(Vec<Input>);

#[derive(Debug)]
struct Input {
    named: PathBuf,
    real: PathBuf,
    identity: Option<(u64, u64)>,
}

impl Inputs {
    /// Takes in files that were read. One that is gone since cannot be overwritten.
    pub(in crate::cli) fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let found = paths.into_iter().filter_map(|named| {
            let real = named.canonicalize().ok()?;
            let identity = std::fs::metadata(&real).ok().and_then(|metadata| identity(&metadata));
            Some(Input { named, real, identity })
        });
        Self(found.collect())
    }

    /// The name of the input that a path leads to, through links and whatever it is called.
    pub(in crate::cli) fn at(&self, path: &Path) -> Option<&Path> {
        let real = path.canonicalize().ok()?;
        let of_path = std::fs::metadata(&real).ok().and_then(|metadata| identity(&metadata));
        let is_it = |input: &&Input| input.real == real || (of_path.is_some() && input.identity == of_path);
        self.0.iter().find(is_it).map(|input| input.named.as_path())
    }
}
