//! Where a result comes from: the only file of a result folder that may differ between two runs of the same inputs.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;

use crate::domain::utc;

/// The name of the file.
pub(super) const FILE: &str = "provenance.json";

/// What is known of a result: where it comes from.
pub(super) struct Origin {
    /// The command that gives the same result.
    pub(super) reproduce: String,
    /// The scenarios, as they were named.
    pub(super) scenario_files: Vec<String>,
    /// The seed.
    pub(super) seed: u64,
    /// How many replications.
    pub(super) replications: usize,
    /// Stopped before all were done.
    pub(super) interrupted: bool,
    /// With every invariant checked.
    pub(super) audited: bool,
}

impl Origin {
    /// The file's content: the origin, and when, how long, which version, and the files of the result.
    pub(super) fn written(&self, started: SystemTime, took: Duration, files: &[String]) -> String {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let mut value = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "started": utc(started.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() as i64),
            "seconds": (took.as_secs_f64() * 1_000.0).round() / 1_000.0,
            "arguments": arguments,
            "reproduce": self.reproduce,
            "seed": self.seed,
            "replications": self.replications,
            "interrupted": self.interrupted,
            "audited": self.audited,
            "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            "files": files,
        });
        value[if self.scenario_files.len() == 1 { "scenario_file" } else { "scenario_files" }] =
            match self.scenario_files.as_slice() {
                [one] => json!(one),
                several => json!(several),
            };
        format!("{value:#}\n")
    }
}

/// Words as one line for a shell.
pub(super) fn line(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,+%@".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_string()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_a_shell() {
        assert_eq!(quoted("scenarios/a.toml"), "scenarios/a.toml");
        assert_eq!(quoted("vendors.acme.lead_time={ gamma = 1 }"), "'vendors.acme.lead_time={ gamma = 1 }'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
