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

/// The same as a word of a command that is given in the folder: `.` for the folder itself.
pub(super) fn word(folder: &Path, file: &Path) -> PathBuf {
    let way = way(folder, file);
    if way.as_os_str().is_empty() { PathBuf::from(".") } else { way }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_leads_up_and_down_and_a_folder_is_a_dot_to_itself() {
        let root = fs::canonicalize(env!("CARGO_MANIFEST_DIR")).expect("it is there");
        let (src, scenarios) = (root.join("src"), root.join("scenarios"));
        assert_eq!(way(&src, &root.join("scenarios/supplements.toml")), Path::new("../scenarios/supplements.toml"));
        assert_eq!(word(&src, &src), Path::new("."));
        assert_eq!(word(&scenarios, &root), Path::new(".."));
        // What is not there is named as it was.
        assert_eq!(word(&src, Path::new("no such folder")), Path::new("no such folder"));
    }
}
