//! Ways from one place to another, so that folders that are moved together still find each other.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// The way from a folder, by its real path, to a file: relative where one leads there, else the file's own path.
pub(super) fn way(folder: &Path, file: &Path) -> PathBuf {
    let Ok(file) = fs::canonicalize(file) else { return file.to_path_buf() };
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (folder.components().collect(), file.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    // Nothing in common is another disk, on systems that name them.
    if common == 0 {
        return file;
    }
    let up = std::iter::repeat_n(Component::ParentDir, from.len() - common);
    up.chain(to[common..].iter().copied()).collect()
}
