//! Many inputs without instrumentation: those of a corpus, changed at random, by the same entries as the fuzz targets.
//! A fuzzer that follows coverage finds the corpus; this tries its neighbourhood some ten times as fast.
//!
//! ```text
//! cargo run --release --bin volume -- trace 1000000 7 corpus/trace
//! ```
//!
//! An input that panics, or takes longer than 20 seconds, is written to `found-<target>` and ends the program with 1.

use std::fs;
use std::path::PathBuf;
use std::process::exit;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use backorder_fuzz::entries;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const TARGETS: [(&str, fn(&[u8])); 8] = [
    ("scenario", entries::scenario),
    ("table", entries::table),
    ("trace", entries::trace),
    ("values", entries::values),
    ("setting", entries::setting),
    ("distribution", entries::distribution),
    ("study", entries::study),
    ("simulation", entries::simulation),
];

/// The longest that an input becomes.
const LONGEST: usize = 4_096;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [target, count, seed, folders @ ..] = arguments.as_slice() else {
        eprintln!("volume TARGET INPUTS SEED CORPUS…");
        exit(2);
    };
    let (name, entry) = TARGETS.iter().find(|(name, _)| name == target).expect("there is such a target");
    let count: u64 = count.parse().expect("a number of inputs");
    let mut random = StdRng::seed_from_u64(seed.parse().expect("a seed"));
    let corpus = corpus(folders);
    assert!(!corpus.is_empty(), "there are inputs to start from");
    let found = PathBuf::from(format!("found-{name}"));

    let done = Arc::new(AtomicU64::new(0));
    let current = Arc::new(Mutex::new(Vec::new()));
    {
        let (done, current, found) = (done.clone(), current.clone(), found.clone());
        std::thread::spawn(move || {
            let mut before = u64::MAX;
            loop {
                let now = done.load(Ordering::Relaxed);
                if now == before {
                    fs::write(&found, &*current.lock().expect("nobody panics while holding it")).expect("it is kept");
                    eprintln!("an input takes longer than 20 s: {}", found.display());
                    exit(1);
                }
                before = now;
                std::thread::sleep(Duration::from_secs(20));
            }
        });
    }
    for _ in 0..count {
        let bytes = changed(&corpus, &mut random);
        current.lock().expect("nobody panics while holding it").clone_from(&bytes);
        if std::panic::catch_unwind(|| entry(&bytes)).is_err() {
            fs::write(&found, &bytes).expect("it is kept");
            eprintln!("an input panics: {}", found.display());
            exit(1);
        }
        done.fetch_add(1, Ordering::Relaxed);
    }
    println!("{name}: {count} inputs");
}

/// All files of some folders.
fn corpus(folders: &[String]) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}")))
        .map(|file| file.expect("it can be read").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("it can be read")).collect()
}

/// An input of the corpus after one to six changes.
fn changed(corpus: &[Vec<u8>], random: &mut StdRng) -> Vec<u8> {
    let mut bytes = corpus[random.random_range(0..corpus.len())].clone();
    for _ in 0..random.random_range(1..=6) {
        let at = random.random_range(0..=bytes.len());
        let end = (at + random.random_range(0..=16)).min(bytes.len());
        match random.random_range(0..7) {
            0 => bytes.insert(at, random.random()),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            3 if at < bytes.len() => bytes[at] = random.random(),
            4 if at < bytes.len() => bytes[at] ^= 1 << random.random_range(0..8),
            5 => bytes[at..end].reverse(),
            _ => {
                let other = &corpus[random.random_range(0..corpus.len())];
                let from = random.random_range(0..=other.len());
                let to = (from + random.random_range(0..=64)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
    bytes.truncate(LONGEST);
    bytes
}
