//! The entries of the fuzz targets, tried on bytes that a test has time for: what a fuzzer once found, kept in `fuzz/corpus`,
//! and random bytes, shorter and longer ones. The targets themselves run for as long as they are let; see `fuzz/README.md`.

#[path = "../../../fuzz/entries.rs"]
mod entries;

use std::fs;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::expected;

/// What takes bytes.
type Entry = fn(&[u8]);

/// Every target, and how many random inputs it is tried on here.
const TARGETS: [(&str, Entry, u32); 8] = [
    ("scenario", entries::scenario, 300),
    ("table", entries::table, 150),
    ("trace", entries::trace, 300),
    ("values", entries::values, 200),
    ("setting", entries::setting, 300),
    ("distribution", entries::distribution, 150),
    ("study", entries::study, 300),
    ("simulation", entries::simulation, 60),
];

#[test]
fn random_bytes_are_answered() {
    for (name, entry, tried) in TARGETS {
        // The same bytes every time; what fails once is kept in the corpus, not beside the tests.
        let config = Config { cases: tried, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(
            config,
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        );
        let told = runner.run(&vec(any::<u8>(), 0..120), |bytes| {
            entry(&bytes);
            Ok(())
        });
        assert!(told.is_ok(), "{name}: {}", told.unwrap_err());
    }
}

#[test]
fn what_a_fuzzer_found_is_answered() {
    for (name, entry, _) in TARGETS {
        let folder = expected::root().join("fuzz/corpus").join(name);
        let mut files: Vec<_> = fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|file| file.expect("it can be read").path())
            .collect();
        files.sort();
        assert!(!files.is_empty(), "{name} has a corpus");
        for file in files {
            entry(&fs::read(&file).expect("it can be read"));
        }
    }
}

#[test]
fn every_target_is_one_of_these() {
    let targets = fs::read_dir(expected::root().join("fuzz/targets")).expect("the targets are there");
    let mut found: Vec<String> = targets
        .map(|file| file.expect("it can be read").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    found.sort();
    let mut known: Vec<&str> = TARGETS.iter().map(|(name, ..)| *name).collect();
    known.sort_unstable();
    assert_eq!(found, known);
}
