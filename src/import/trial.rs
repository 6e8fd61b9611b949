//! The scenario that was made, read as `run` reads it before anything of it is written: what an import writes can be run.

use super::complaint::Complaint;
use super::place::Place;
use crate::scenario::{Diagnostic, Files, Severity, load};

/// What was made, as files beside the scenario.
struct Made<'m> {
    place: &'m Place,
    files: &'m [(String, String)],
}

impl Files for Made<'_> {
    fn read(&self, path: &str) -> Result<String, String> {
        let name = path.strip_prefix(self.place.tables.as_str()).unwrap_or(path);
        let found = self.files.iter().find(|(file, _)| file == name);
        found.map(|(_, text)| text.clone()).ok_or_else(|| "it is not among what is written".to_string())
    }
}

/// What a run says of what was made: warnings as notes, or why it would refuse it, which no single row of an export is to blame for,
/// such as units that are too many together.
///
/// # Errors
/// Why a run would refuse it.
pub fn read(place: &Place, files: &[(String, String)]) -> Result<Vec<String>, Vec<Complaint>> {
    let Some((name, text)) = files.first() else { return Ok(Vec::new()) };
    match load(name, text, &Made { place, files }, &[]) {
        Ok(loaded) => Ok(loaded.warnings.iter().filter(|found| !is_of_length(found)).map(noted).collect()),
        Err(found) => Err(found.list.iter().filter(|found| found.severity == Severity::Error).map(refused).collect()),
    }
}

/// Whether a warning is about how short the run is, which whoever imports a sample knows.
fn is_of_length(found: &Diagnostic) -> bool {
    found.code == "short-horizon"
}

fn noted(found: &Diagnostic) -> String {
    let Diagnostic { message, location, help, .. } = found;
    let at = match location.line {
        0 => location.file.clone(),
        line => format!("line {line} of {}", location.file),
    };
    let help = help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("validate warns of {at} as it is written: {message}{help}.")
}

fn refused(found: &Diagnostic) -> Complaint {
    let Diagnostic { message, location, expected, help, .. } = found;
    let at = match location.line {
        0 => location.file.clone(),
        line => format!("line {line} of {}", location.file),
    };
    let what = format!("nothing is written, as a run would refuse {at} that this makes: {message}");
    let expected = expected.as_ref().map(|text| format!("expected: {text}"));
    Complaint { help: help.clone().or(expected), ..Complaint::of("", what) }
}
