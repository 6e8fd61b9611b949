//! Results in JSON files.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Results in a JSON file.
pub trait Kept: Serialize + DeserializeOwned {
    /// Indented JSON with a newline at its end. Numbers are written with the fewest digits that read back as the same bits.
    ///
    /// # Panics
    /// Never: every value here has a JSON form.
    fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("strings, numbers and lists have a JSON form");
        text.push('\n');
        text
    }

    /// What types cannot say of them.
    ///
    /// # Errors
    /// What does not fit together.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// Reads them back.
    ///
    /// # Errors
    /// `line:column: what` is wrong with the text.
    fn from_json(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text).map_err(|error| {
            let why = error.to_string();
            let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
            format!("{}:{}: {why}", error.line(), error.column())
        })?;
        read.check().map(|()| read).map_err(|why| format!(" {why}"))
    }
}
