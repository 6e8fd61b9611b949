//! A check as SARIF 2.1.0, which GitHub's code scanning and editors show beside files.

use serde_json::{Value, json};

use super::summary::CheckSummary;
use super::words;
use crate::experiment::check::Verdict;

/// The check as SARIF.
pub fn sarif(check: &CheckSummary) -> String {
    let mut results: Vec<Value> = Vec::new();
    for moved in &check.decisions {
        let fingerprint = format!("{}, {}: {}", moved.rule, moved.decision, moved.case);
        let place = (moved.file.as_str(), moved.line.unwrap_or(1));
        results.push(result(
            ("rule-decides-otherwise", check.level_of_decisions()),
            &moved.sentence(),
            place,
            &fingerprint,
            &[&moved.rule],
        ));
    }
    for baseline in &check.baselines {
        for cell in baseline.cells.iter().filter(|cell| cell.verdict != Verdict::Unmoved) {
            let kind = match cell.verdict {
                Verdict::Moved => ("baseline-moved", "error"),
                Verdict::Undecided | Verdict::Unmoved => ("baseline-undecided", "warning"),
            };
            let rules: Vec<&str> = cell.rules.iter().map(|moved| moved.rule.id()).collect();
            let fingerprint = words::name(&baseline.name, &cell.cell);
            results.push(result(kind, &words::cell(baseline, cell), (&baseline.file, 1), &fingerprint, &rules));
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
                    rule("rule-decides-otherwise", "A rule, asked by itself, decides a case otherwise than it is stored."),
                    rule("baseline-moved", "A scenario comes to something else than its baseline stores."),
                    rule("baseline-undecided", "More replications are needed to tell whether a scenario moved."),
                ],
            }},
            "results": results,
        }],
    });
    format!("{file:#}\n")
}

/// A finding: its kind and level, what it says, file and line, what it is told apart by, and the rules that it is about.
fn result(
    (kind, level): (&str, &str),
    text: &str,
    (file, line): (&str, u64),
    fingerprint: &str,
    rules: &[&str],
) -> Value {
    json!({
        "ruleId": kind,
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(file) },
            "region": { "startLine": line },
        }}],
        "partialFingerprints": { "baseline/v1": fingerprint },
        "properties": { "rules": rules },
    })
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
