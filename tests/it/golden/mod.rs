//! Canaries: hashes of random draws and of whole runs, kept in this folder.
//!
//! A hash tells nothing but *changed*. It stands for the promise that equal inputs give equal bytes, from one version
//! of the program to the next and from one machine to another.

mod distributions;
mod pictures;
mod purposes;
mod runs;

use std::fmt::Write as _;
use std::path::Path;

use crate::support::expected;

/// FNV-1a, 64 bits: short, portable, and different for nearly everything that differs.
fn hash(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Compares named hashes with those of a file of this folder.
#[track_caller]
fn check(file: &str, hashes: &[(String, u64)], meaning: &str) {
    let mut text = String::new();
    for (name, hash) in hashes {
        writeln!(text, "{name:<40} {hash:016x}").expect("a string takes all that is written");
    }
    let refresh = "If that was meant: UPDATE_EXPECTED=1 cargo test --test it golden, look at which lines changed (all of \
                   them should be ones you can explain), and say so in the commit.";
    expected::matches(&Path::new("tests/it/golden").join(file), &text, &format!("\n{meaning}\n{refresh}\n"));
}

#[test]
fn the_hash_is_the_published_one() {
    assert_eq!(hash(*b""), 0xcbf2_9ce4_8422_2325);
    assert_eq!(hash(*b"a"), 0xaf63_dc4c_8601_ec8c);
    assert_eq!(hash(*b"foobar"), 0x8594_4171_f739_67e8);
}
