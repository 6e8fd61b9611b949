//! What a result folder says of itself: `provenance.json` names each of its files with its digest, and seals that.
//!
//! A file is this program's own if its name and its digest stand in a sealed `provenance.json`. Nothing else in a folder
//! is ever replaced or removed unasked.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde_json::{Map, Value, json};

use crate::cli::fingerprint::sha256;

/// The file's name.
pub(in crate::cli) const FILE: &str = "provenance.json";

/// The keys that this room writes.
const FILES: &str = "files";
const DIGESTS: &str = "sha256";
const SEAL: &str = "seal";

/// A `provenance.json` that this program wrote and nobody changed since.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) struct Manifest {
    /// Where the result comes from: what the command wrote.
    pub(in crate::cli) origin: Map<String, Value>,
    /// The result's other files, each with its SHA-256.
    pub(in crate::cli) digests: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads the file; `None` where it was not written by this program, or was changed since.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let mut origin: Map<String, Value> = serde_json::from_slice(text).ok()?;
        let seal = origin.remove(SEAL)?;
        if seal.as_str() != Some(&seal_of(&origin)) {
            return None;
        }
        let digests = origin.remove(DIGESTS)?;
        origin.remove(FILES);
        let digests: BTreeMap<String, String> = serde_json::from_value(digests).ok()?;
        digests.keys().all(|name| is_inside(name)).then_some(Self { origin, digests })
    }

    /// The file's content.
    pub(super) fn written(&self) -> String {
        let mut all = self.origin.clone();
        let names: Vec<&str> = self.digests.keys().map(String::as_str).chain([FILE]).collect();
        all.insert(FILES.into(), json!(names));
        all.insert(DIGESTS.into(), json!(self.digests));
        all.insert(SEAL.into(), Value::String(seal_of(&all)));
        format!("{:#}\n", Value::Object(all))
    }
}

/// The digest of all that stands in the file beside the seal.
fn seal_of(content: &Map<String, Value>) -> String {
    // Sorted, whatever order a map keeps.
    let sorted: BTreeMap<&String, &Value> = content.iter().filter(|(key, _)| *key != SEAL).collect();
    sha256(json!(sorted).to_string().as_bytes())
}

/// Whether a name leads to a place in the folder.
fn is_inside(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let origin = json!({"seconds": 0.1234, "arguments": ["run", "a.toml"]});
        let Value::Object(origin) = origin else { unreachable!("it is an object") };
        Manifest { origin, digests: BTreeMap::from([("charts/a.svg".into(), sha256(b"a"))]) }
    }

    #[test]
    fn what_was_written_is_read_back() {
        let text = manifest().written();
        assert_eq!(Manifest::read(text.as_bytes()), Some(manifest()));
        assert!(text.contains("\"files\": [\n    \"charts/a.svg\",\n    \"provenance.json\"\n  ]"), "{text}");
    }

    #[test]
    fn what_somebody_changed_is_not() {
        let text = manifest().written();
        for (from, to) in [("a.svg", "b.svg"), ("run", "ran"), ("0.1234", "0.5"), ("seal", "sael"), ("{", "")] {
            assert_eq!(Manifest::read(text.replacen(from, to, 1).as_bytes()), None, "{from}");
        }
        assert_eq!(Manifest::read(br#"{"files": ["thesis.docx"]}"#), None);
    }

    #[test]
    fn names_that_lead_out_make_it_none_of_ours() {
        for name in ["../outside.txt", "/etc/passwd", "charts/../../x", ""] {
            let mut leading_out = manifest();
            leading_out.digests.insert(name.into(), sha256(b""));
            assert_eq!(Manifest::read(leading_out.written().as_bytes()), None, "{name}");
        }
    }
}
