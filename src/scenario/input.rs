//! What a reading is given: the files beside the scenario, and the settings that change it.

use super::quoting;
use super::traces::Traces;
use std::fmt;

/// Opens the files that stand beside a scenario.
pub trait Files {
    /// The text of a file, by its path relative to the scenario.
    ///
    /// # Errors
    /// Why it cannot be read and what helps, as the end of a sentence: `it is a folder; name a file in it`.
    fn read(&self, relative_path: &str) -> Result<String, String>;

    /// The same of a file in an encoding, by its label; without one, it is UTF-8. Who is given texts has them decoded.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    fn read_in(&self, relative_path: &str, encoding: Option<&str>) -> Result<String, String> {
        let _ = encoding;
        self.read(relative_path)
    }

    /// Where traces of orders are kept between readings of one scenario with other settings; nowhere, unless it says so.
    fn traces(&self) -> Option<&Traces> {
        None
    }
}

/// `--set path.to.key=value`: a change to a scenario before it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Keys with dots between them; a row is named by its id or its number from 0: `vendors.acme.lead_time`.
    pub path: String,
    /// The value as TOML, or, where it is none, a text.
    pub value: String,
}

impl Override {
    /// Reads `path.to.key=value`.
    ///
    /// # Errors
    /// How a setting is written.
    pub fn parse(text: &str) -> Result<Self, String> {
        match quoting::halves(text) {
            Some((path, value)) if !path.trim().is_empty() => {
                Ok(Self { path: path.trim().to_string(), value: value.trim().to_string() })
            }
            _ => Err("a setting and its value are written with an equals sign between them: run.seed=7".to_string()),
        }
    }
}

impl fmt::Display for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.path, self.value)
    }
}

/// A change, and the option that it was written with, which messages name where others name a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The change.
    pub change: Override,
    /// The option, such as `--set` or `--variant 'nearest'`.
    pub option: String,
}

impl From<Override> for Setting {
    fn from(change: Override) -> Self {
        Self { change, option: "--set".to_string() }
    }
}
