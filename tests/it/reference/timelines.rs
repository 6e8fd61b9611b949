//! The reference must tell the timelines that were worked out by hand, too.

use std::path::Path;

use super::simulate;
use crate::support::expectation::{Pattern, in_order};
use crate::support::replay::{NoFiles, load};

#[test]
fn the_reference_tells_every_timeline() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/timelines");
    let mut told = 0;
    for entry in std::fs::read_dir(&folder).expect("the timelines' folder") {
        let path = entry.expect("an entry of the folder").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a scenario");
        let lines = std::fs::read_to_string(path.with_extension("expected.jsonl")).expect("its expected events");
        let expected: Vec<Pattern> =
            lines.lines().map(|line| Pattern::from_json(&serde_json::from_str(line).expect("JSON"))).collect();
        let model = load("timeline.toml", &text, &NoFiles);
        let history = simulate(&model).unwrap_or_else(|refusal| panic!("{}: {refusal}", path.display()));
        let missing = in_order(&expected.iter().collect::<Vec<_>>(), &history.events);
        assert!(missing.is_empty(), "{}: {missing:?} among\n{:#?}", path.display(), history.events);
        told += 1;
    }
    assert!(told >= 18, "only {told} timelines in {}", folder.display());
}
