//! A check as SARIF 2.1.0, which GitHub's code scanning and editors show beside files.

use serde_json::{Value, json};

use super::summary::CheckSummary;
use super::words;
use crate::experiment::check::Verdict;

/// The check as SARIF.
pub fn sarif(check: &CheckSummary) -> String {
    let mut results: Vec<Value> = Vec::new();
    for baseline in &check.baselines {
        for cell in baseline.cells.iter().filter(|cell| cell.verdict != Verdict::Unmoved) {
            let (rule, level) = match cell.verdict {
                Verdict::Moved => ("baseline-moved", "error"),
                Verdict::Undecided | Verdict::Unmoved => ("baseline-undecided", "warning"),
            };
            let rules: Vec<&str> = cell.rules.iter().map(|moved| moved.rule.id()).collect();
            results.push(json!({
                "ruleId": rule,
                "level": level,
                "message": { "text": words::cell(baseline, cell) },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": uri(&baseline.file) },
                    "region": { "startLine": 1 },
                }}],
                "partialFingerprints": { "baseline/v1": words::name(&baseline.name, &cell.cell) },
                "properties": { "rules": rules },
            }));
        }
    }
    let rule = |id: &str, text: &str| json!({ "id": id, "shortDescription": { "text": text } });
    let file = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "backorder",
                "semanticVersion": check.backorder,
                "rules": [
                    rule("baseline-moved", "A scenario comes to something else than its baseline stores."),
                    rule("baseline-undecided", "More replications are needed to tell whether a scenario moved."),
                ],
            }},
            "results": results,
        }],
    });
    format!("{file:#}\n")
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
