//! Files of others at the places of what `--update` and `--accept` write: they are not replaced unless that is asked for.

use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::decided;
use super::guarded::{self, Guarded};
use crate::files::read_text;
use crate::report;

/// Fails where a file that `--update` would write or take away, or `--accept` would replace after it, is somebody else's.
///
/// # Errors
/// Each of them.
pub(super) fn refuse(paths: &[PathBuf], all: &[Guarded], force: bool) -> Result<(), Failure> {
    if force {
        return Ok(());
    }
    let of_baselines = all.iter().flat_map(|guarded| [guarded.data(), guarded.new_data()]);
    let of_decisions = decided::files(paths).into_iter().flat_map(|file| [decided::new_file(&file), file]);
    let wrong: Vec<String> = of_baselines
        .filter_map(|file| of_baseline(&file))
        .chain(of_decisions.filter_map(|file| of_table(&file)))
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(Failure::wrong(wrong.join("\n"))) }
}

/// Why the file at a place is no data of a baseline, if one is there.
pub(super) fn of_baseline(place: &Path) -> Option<String> {
    (place.symlink_metadata().is_ok() && !guarded::is_data(place)).then(|| told(place, "data of a baseline"))
}

/// Why the file at a place is no table of decisions, if one is there.
fn of_table(place: &Path) -> Option<String> {
    let is_ours = || read_text(place).is_ok_and(|text| report::is_of_decisions(&text));
    (place.symlink_metadata().is_ok() && !is_ours()).then(|| told(place, "table of decisions"))
}

fn told(place: &Path, kind: &str) -> String {
    format!(
        "error: {}: it is there already and is no {kind}; move it elsewhere, or replace it with --force",
        place.display()
    )
}
