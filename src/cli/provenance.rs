//! Where a result comes from: the only file of a result folder that may differ between two runs of the same inputs.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::args::RunArgs;

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
            "started": utc(started),
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

/// The command that gives the same result as a run: without what does not change it.
pub(super) fn command(args: &RunArgs, subcommand: &str) -> String {
    let mut words = vec!["backorder".to_string(), subcommand.to_string(), args.scenario.file.display().to_string()];
    for change in &args.scenario.set {
        words.extend(["--set".to_string(), format!("{}={}", change.path, change.value)]);
    }
    if let Some(seed) = args.scenario.seed {
        words.extend(["--seed".to_string(), seed.to_string()]);
    }
    if subcommand == "run" {
        if let Some(replications) = args.replications {
            words.extend(["--replications".to_string(), replications.to_string()]);
        }
        for gate in &args.require {
            words.extend(["--require".to_string(), gate.text.clone()]);
        }
    }
    line(&words)
}

/// Words as one line for a shell.
pub(super) fn line(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,+%@".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_string()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// A moment as `2026-05-14T11:23:45Z`.
fn utc(at: SystemTime) -> String {
    let seconds = at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Howard Hinnant's `civil_from_days`: eras of 400 years that start on 1 March.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_utc() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn words_for_a_shell() {
        assert_eq!(quoted("scenarios/a.toml"), "scenarios/a.toml");
        assert_eq!(quoted("vendors.acme.lead_time={ gamma = 1 }"), "'vendors.acme.lead_time={ gamma = 1 }'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
