//! Whoever watches sees the same, alone, beside another, or as somebody who may be there: the auditor of `--audit` is one.

use backorder::domain::{Model, SimTime};
use backorder::engine::{Books, Observer, Occurrence, Plan};

use super::generator;
use crate::support::replay::{NoFiles, load};

/// Counts what is said to it.
#[derive(Debug, Default, PartialEq)]
struct Watcher {
    happened: u64,
    instants: u64,
    ends: u64,
}

impl Observer for Watcher {
    fn observe(&mut self, _now: SimTime, _what: Occurrence<'_>) {
        self.happened += 1;
    }

    fn instant_ended(&mut self, _now: SimTime, _books: &impl Books) {
        self.instants += 1;
    }

    fn ended(&mut self, _end: SimTime, _books: &impl Books) {
        self.ends += 1;
    }
}

fn watched<O: Observer>(model: &Model, mut by: O) -> O {
    Plan::new(model).run(0, &mut by).expect("all of it can be counted");
    by
}

#[test]
fn nobody_sees_less_for_not_being_alone() {
    for seed in 0..10 {
        let model = load("watched.toml", &generator::draft(seed).to_toml(), &NoFiles);
        let alone = watched(&model, Watcher::default());
        assert!(alone.happened > alone.instants && alone.instants > 1 && alone.ends == 1, "{alone:?}");
        let (left, (right, nobody)) =
            watched(&model, (Watcher::default(), (Some(Watcher::default()), None::<Watcher>)));
        assert_eq!((&left, right.as_ref(), nobody), (&alone, Some(&alone), None));
    }
}
