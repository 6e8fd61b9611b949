//! The files of the rules' decisions, which stand beside the baselines.

use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::gather::same;
use crate::files::read_text;
use crate::report::{self, DecisionMoved};
use crate::rules::decisions::decisions;

/// What the file is called.
const NAME: &str = "decisions.csv";

/// The files of decisions that belong to the folders and baselines that were named: in the folder, or in one above it, as far
/// as the path was given. A folder without one has none yet.
pub(super) fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        let is_ours = |file: &PathBuf| read_text(file).is_ok_and(|text| report::is_of_decisions(&text));
        let above = path.ancestors().filter(|folder| !folder.as_os_str().is_empty()).map(|folder| folder.join(NAME));
        let own = path.is_dir().then(|| path.join(NAME));
        match own.clone().filter(|file| file.exists()).or_else(|| above.into_iter().find(is_ours)).or(own) {
            Some(file) if !found.iter().any(|known| same(known) == same(&file)) => found.push(file),
            _ => {}
        }
    }
    found
}

/// What the rules decide otherwise than it is stored.
///
/// # Errors
/// Every file that is no table of decisions.
pub(super) fn moved(paths: &[PathBuf]) -> Result<Vec<DecisionMoved>, Failure> {
    let (mut moved, mut wrong, now) = (Vec::new(), Vec::new(), decisions());
    for file in files(paths).iter().filter(|file| file.exists()) {
        let shown = file.display().to_string();
        match read_text(file).and_then(|text| report::decisions_moved(&shown, &text, &now)) {
            Ok(more) => moved.extend(more),
            Err(why) => {
                wrong.push(format!(
                    "error: {shown}: it is no table of decisions: {why}; remove it, and write it anew with --update"
                ));
            }
        }
    }
    if wrong.is_empty() { Ok(moved) } else { Err(Failure::wrong(wrong.join("\n"))) }
}

/// The decisions as they are, as a file has them.
pub(super) fn now() -> String {
    report::decisions_csv(&decisions())
}

/// The file of what is new, beside what is stored.
pub(super) fn new_file(file: &Path) -> PathBuf {
    file.with_extension("csv.new")
}
