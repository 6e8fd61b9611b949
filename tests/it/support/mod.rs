//! Timelines a planner can read: a few lines that tell a story, a dashed line, and what must happen in it.
//!
//! ```text
//! stock    boise  creatine 1
//! receipt  6d     boise  whey 1
//! order    1d     home   whey, creatine
//! ---
//! 1d  line-backordered  order=1 line=1 product=whey
//! 1d  parcel-shipped    order=1 lines=2
//! 6d  parcel-shipped    order=1 lines=1
//! never order-cancelled
//! ```
//!
//! [`story`] says how the upper half becomes a scenario, [`expectation`] how the lower half is compared with the
//! trace. Every timeline also runs under the auditor, and no invariant may be breached in it.

pub mod expectation;
pub mod expected;
pub mod replay;
pub mod story;

/// Tells a story and returns what happened in it.
#[track_caller]
pub fn told(story: &str) -> replay::Replay {
    let scenario = story::scenario(story);
    replay::run("story.toml", &scenario.toml, &scenario)
}

/// Tells a story and checks all that is expected of it.
#[track_caller]
pub fn timeline(text: &str) {
    let (told, expected) = text.split_once("---").expect("a timeline has a story, a line of dashes, and expectations");
    let scenario = story::scenario(told);
    let run = replay::run("timeline.toml", &scenario.toml, &scenario);
    let expectations = expectation::read(expected);
    assert!(!expectations.is_empty(), "a timeline expects something");
    let mut complaints: Vec<String> = run.breaches.clone();
    complaints.extend(expectation::compare(&expectations, &run));
    assert!(
        complaints.is_empty(),
        "\n{}\n\n--- the scenario\n{}\n--- what happened\n{}",
        complaints.join("\n"),
        scenario.toml,
        run.told()
    );
}
