//! Results on disk: a folder or a file is written whole or not at all, without touching what is not its own.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::failure::Failure;
use super::provenance;
use crate::report::wrap;

/// Columns of what is told at the end; two of them are for the second and further lines.
const WIDTH: usize = 78;

/// Finds out whether results can be written to a folder, before hours are spent on them.
pub(super) fn check(target: &Path) -> Result<(), Failure> {
    if target.exists() && !target.is_dir() {
        let message = format!("{} is a file; -o names a folder for the results", target.display());
        return Err(Failure::wrong(message));
    }
    let staging = Staging::new(target)?;
    drop(staging);
    Ok(())
}

/// Makes a folder, so that ways can be found from it.
pub(super) fn make(target: &Path) -> Result<(), Failure> {
    fs::create_dir_all(target).map_err(|error| not_writable(target, &error))
}

/// Writes a file whole or not at all.
pub(super) fn write_file(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let (whole, mut file) = WholeFile::create(path)?;
    file.write_all(content).map_err(|error| whole.failure(&error))?;
    whole.finish()
}

/// Writes files into a folder. All of them are first written to a temporary folder beside it and then moved in, so no
/// file is ever half written, and a failure leaves the folder as it was. Files of an earlier result that this one does
/// not have are removed; anything else in the folder stays.
pub(super) fn write(target: &Path, files: &[(String, impl AsRef<[u8]>)]) -> Result<(), Failure> {
    let earlier = files_of_earlier_result(target);
    add(target, files)?;
    for name in earlier.iter().filter(|name| !files.iter().any(|(kept, _)| kept == *name)) {
        // One that is gone already is as good.
        let _ = fs::remove_file(target.join(name));
    }
    Ok(())
}

/// What was written, and what to look at first.
pub(super) fn told(target: &Path, names: &[String]) -> String {
    let (charts, others): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| name.starts_with("charts/"));
    let mut listed: Vec<String> = others.into_iter().cloned().collect();
    match charts.len() {
        0 => {}
        1 => listed.push("1 chart in charts/".into()),
        many => listed.push(format!("{many} charts in charts/")),
    }
    let written = format!("Written to {}: {}.", target.display(), listed.join(", "));
    let written = wrap(&written, WIDTH).join("\n  ");
    format!("{written}\nTo look at: {}", target.join("report.html").display())
}

/// The same, with every other file left where it is.
pub(super) fn add(target: &Path, files: &[(String, impl AsRef<[u8]>)]) -> Result<(), Failure> {
    let staging = Staging::new(target)?;
    for (name, content) in files {
        let path = staging.0.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, content));
        written.map_err(|error| Failure::writing(&target.join(name), &error))?;
    }
    fs::create_dir_all(target).map_err(|error| Failure::writing(target, &error))?;
    for (name, _) in files {
        let path = target.join(name);
        let moved =
            path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::rename(staging.0.join(name), &path));
        moved.map_err(|error| Failure::writing(&path, &error))?;
    }
    Ok(())
}

/// A file that is written beside its place and moved there when it is whole; gone when dropped before.
///
/// What is no ordinary file, such as `/dev/null`, is written directly.
pub(super) struct WholeFile {
    place: PathBuf,
    staged: Option<PathBuf>,
}

impl WholeFile {
    /// Opens the file for writing.
    pub(super) fn create(place: &Path) -> Result<(Self, fs::File), Failure> {
        let is_ordinary = !place.exists() || place.is_file();
        let staged = is_ordinary.then(|| partial(place));
        let file = fs::File::create(staged.as_deref().unwrap_or(place));
        let file = file.map_err(|error| Failure::writing(place, &error))?;
        Ok((Self { place: place.to_path_buf(), staged }, file))
    }

    /// Moves the finished file to its place.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        match self.staged.take() {
            Some(staged) => fs::rename(staged, &self.place).map_err(|error| self.failure(&error)),
            None => Ok(()),
        }
    }

    /// Why the file could not be written.
    pub(super) fn failure(&self, error: &io::Error) -> Failure {
        Failure::writing(&self.place, error)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some(staged) = &self.staged {
            // Best effort, as for a folder.
            let _ = fs::remove_file(staged);
        }
    }
}

/// Where something is written before it is moved to its place.
fn partial(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{}.partial", std::process::id()))
}

/// A temporary folder beside the one to be written, on the same disk; gone when dropped.
struct Staging(PathBuf);

impl Staging {
    fn new(target: &Path) -> Result<Self, Failure> {
        let path = partial(target);
        fs::create_dir_all(&path).map_err(|error| not_writable(target, &error))?;
        Ok(Self(path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Best effort: what is left behind is hidden and named `.partial`.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn not_writable(target: &Path, error: &io::Error) -> Failure {
    let mut failure = Failure::writing(target, error);
    failure.message.push_str("; -o DIR writes the results elsewhere");
    failure
}

/// The files that an earlier result in this folder says it wrote.
fn files_of_earlier_result(target: &Path) -> Vec<String> {
    let text = fs::read_to_string(target.join(provenance::FILE)).unwrap_or_default();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let names = value["files"].as_array().cloned().unwrap_or_default();
    let is_inside = |name: &&str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    names.iter().filter_map(|name| name.as_str()).filter(is_inside).map(str::to_string).collect()
}
