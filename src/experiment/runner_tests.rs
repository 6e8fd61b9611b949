//! The runner: whatever the split of the work, the rows are those of the scenarios run alone.

use super::plans::Plans;
use super::runner::{Ended, Finished, Runner, Task};
use super::whole_tests::palm;
use super::{Estimates, Row, RunError, Settings, replicate};
use crate::domain::{HalfWidth, Model, Replications, Span, WarmUp};
use crate::measures::Metric;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Palm's scenario with a base-stock level of the alternative's number, over a month.
fn level(alternative: usize) -> Model {
    let mut model = palm();
    model.run.warm_up = WarmUp::Fixed(Span::from_days(5));
    model.run.horizon = Span::from_days(30);
    model.run.replications = Replications::Fixed(6);
    if let Some(replenishment) = &mut model.replenishment {
        replenishment.general.order_up_to = Some(alternative as i32);
    }
    model
}

fn owned<'m>(alternative: usize) -> Result<Cow<'m, Model>, RunError> {
    Ok(Cow::Owned(level(alternative)))
}

fn runner(jobs: usize) -> Runner {
    Runner::new(&Settings { jobs: Some(jobs), ..Settings::default() }).unwrap()
}

/// All alternatives of a range, as they are handed over.
fn finished(jobs: usize, alternatives: std::ops::Range<usize>, replications: &Replications) -> Vec<Finished> {
    let mut all = Vec::new();
    let ended = runner(jobs).alternatives(alternatives, replications, owned, |finished| {
        all.push(finished);
        ControlFlow::Continue(())
    });
    assert_eq!(ended, Ok(Ended::Complete));
    all
}

#[test]
fn each_alternative_has_the_rows_of_the_scenario_run_alone() {
    for jobs in [1, 2, 5] {
        let all = finished(jobs, 1..8, &Replications::Fixed(6));
        assert_eq!(all.iter().map(|it| it.alternative).collect::<Vec<_>>(), (1..8).collect::<Vec<_>>());
        for Finished { alternative, rows, precision } in all {
            let alone = replicate(&level(alternative), &Settings::default()).unwrap();
            assert_eq!((&rows, precision), (&alone.rows, None), "{alternative}, {jobs} threads");
            let found = Estimates::of(&rows, &level(alternative));
            assert_eq!((found.metrics, found.rules, found.promises), (alone.metrics, alone.rules, alone.promises));
        }
    }
}

#[test]
fn shards_of_the_tasks_fold_to_the_same_rows() {
    let whole = finished(2, 3..6, &Replications::Fixed(6));
    let tasks = Task::in_turn(3..6, 0..6);
    // Cut across alternatives, run in any order.
    let mut merged: BTreeMap<Task, Row> = BTreeMap::new();
    for shard in [&tasks[10..], &tasks[..4], &tasks[4..10]] {
        let ended = runner(3).rows(shard, owned, |task, row| {
            assert!(merged.insert(task, row).is_none());
            ControlFlow::Continue(())
        });
        assert_eq!(ended, Ok(Ended::Complete));
    }
    let rows: Vec<Row> = merged.into_values().collect();
    assert_eq!(rows, whole.into_iter().flat_map(|it| it.rows).collect::<Vec<_>>());
}

#[test]
fn later_replications_of_one_alternative_can_be_run_by_themselves() {
    let mut later = Vec::new();
    let tasks = Task::in_turn(4..5, 4..6);
    let deliver = |task: Task, row| {
        later.push((task.replication, row));
        ControlFlow::Continue(())
    };
    runner(2).rows(&tasks, owned, deliver).unwrap();
    let whole = &finished(1, 4..5, &Replications::Fixed(6))[0].rows;
    assert_eq!(later, [(4, whole[4].clone()), (5, whole[5].clone())]);
}

#[test]
fn each_alternative_goes_on_until_its_own_interval_is_narrow_enough() {
    let replications = Replications::Sequential {
        min: 4,
        max: 30,
        half_width: HalfWidth::Absolute(0.05),
        of: Metric::UnitFillRate.name().into(),
    };
    let all = finished(2, 2..6, &replications);
    assert_eq!(all, finished(1, 2..6, &replications));
    let counts: BTreeSet<usize> = all.iter().map(|it| it.rows.len()).collect();
    assert!(counts.len() > 1, "they need equally many: {counts:?}");
    for Finished { alternative, rows, precision } in all {
        let mut model = level(alternative);
        model.run.replications = replications.clone();
        let alone = replicate(&model, &Settings::default()).unwrap();
        assert_eq!((rows, precision), (alone.rows, alone.precision), "{alternative}");
    }
}

#[test]
fn there_may_be_more_alternatives_than_letters_and_each_model_is_made_once() {
    let made = AtomicUsize::new(0);
    let model = |alternative| {
        made.fetch_add(1, Ordering::Relaxed);
        owned(1 + alternative % 7)
    };
    let mut rows = Vec::new();
    let finished = |finished: Finished| {
        rows.push(finished.rows);
        ControlFlow::Continue(())
    };
    runner(3).alternatives(0..300, &Replications::Fixed(2), model, finished).unwrap();
    assert_eq!((rows.len(), made.into_inner()), (300, 300));
    assert_eq!(rows[0], rows[294]);
    assert_ne!(rows[0], rows[1]);
}

#[test]
fn whoever_takes_the_rows_may_stop_the_experiment() {
    for replications in [Replications::Fixed(3), {
        let of = Metric::Orders.name().into();
        Replications::Sequential { min: 2, max: 3, half_width: HalfWidth::Absolute(1e-9), of }
    }] {
        let mut seen = Vec::new();
        let ended = runner(2).alternatives(1..100, &replications, owned, |finished| {
            seen.push((finished.alternative, finished.rows.len()));
            if finished.alternative == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((ended, seen), (Ok(Ended::Stopped), vec![(1, 3), (2, 3), (3, 3)]));
    }
}

#[test]
fn a_model_that_cannot_be_made_is_told_by_the_first_that_needs_it() {
    for jobs in [1, 2, 5] {
        let model = |alternative| match alternative {
            4 | 6 => Err(RunError::Gate(format!("cell {alternative}"))),
            _ => owned(alternative),
        };
        let mut seen = 0;
        let failed = runner(jobs).alternatives(1..9, &Replications::Fixed(6), model, |_| {
            seen += 1;
            ControlFlow::Continue(())
        });
        assert_eq!((failed, seen), (Err(RunError::Gate("cell 4".into())), 3), "{jobs} threads");
    }
}

#[test]
fn progress_counts_the_replications_of_all_alternatives() {
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = std::sync::Arc::clone(&told);
    let settings = Settings::default().with_progress(move |done, wanted| seen.lock().unwrap().push((done, wanted)));
    let runner = Runner::new(&settings).unwrap();
    runner.alternatives(1..4, &Replications::Fixed(2), owned, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(*told.lock().unwrap(), (1..=6).map(|done| (done, 6)).collect::<Vec<_>>());
}

#[test]
fn a_plan_is_dropped_after_its_last_use_and_not_before() {
    let plans = Plans::new(owned);
    plans.drop_after([3, 3, 5]);
    let run = |alternative| plans.with(alternative, |model, _| Ok(model.run.seed)).unwrap();
    run(3);
    run(4);
    assert_eq!(plans.compiled(), [3, 4]);
    run(3);
    plans.prepare(5);
    run(4);
    assert_eq!(plans.compiled(), [4, 5], "4 was not counted and stays");
    run(5);
    assert_eq!(plans.compiled(), [4]);
}
