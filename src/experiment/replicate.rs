//! `replicate`: a model's replications, as many as it asks for.

use super::error::RunError;
use super::fold::Fold;
use super::plans::Plans;
use super::results::Results;
use super::rows;
use super::runner::{Runner, Task, run_one};
use super::settings::Settings;
use super::warm_up::WarmUpFinding;
use crate::domain::Model;
use crate::engine::{Observer, Plan};
use crate::observe::{Outcome, Tally};
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

/// Runs a model's replications and estimates its measures.
///
/// When `settings.stop` is set meanwhile, the results are those of the replications done by then, and say so.
///
/// # Errors
/// See [`RunError`].
pub fn replicate(model: &Model, settings: &Settings) -> Result<Results, RunError> {
    let runner = Runner::new(settings)?;
    let (model, finding) = runner.settled(model)?;
    let run = |model: &Model, plan: &Plan<'_>, task: Task| run_one(plan, model, task.replication, settings.audit);
    Ok(with_finding(run_all(&runner, &model, run)?, finding))
}

/// The same, with an observer that also watches the first replication: what `watcher` makes for the model, once its
/// warm-up is known.
///
/// # Errors
/// See [`RunError`].
pub fn replicate_watched<W: Observer + Send>(
    model: &Model,
    settings: &Settings,
    watcher: impl FnOnce(&Model) -> W,
) -> Result<(Results, W), RunError> {
    let runner = Runner::new(settings)?;
    let (model, finding) = runner.settled(model)?;
    let mut watcher = watcher(&model);
    // Taken by the thread that runs the first replication.
    let waiting = Mutex::new(Some(&mut watcher));
    let run = |model: &Model, plan: &Plan<'_>, task: Task| {
        let is_first = task.replication == 0;
        let watcher = waiting.lock().unwrap_or_else(PoisonError::into_inner).take_if(|_| is_first);
        let Some(watcher) = watcher else { return run_one(plan, model, task.replication, settings.audit) };
        if settings.audit {
            run_one(plan, model, task.replication, true)?;
        }
        let mut observers = (Tally::new(model), watcher);
        plan.run(task.replication, &mut observers);
        Ok(observers.0.into_outcome())
    };
    let results = with_finding(run_all(&runner, &model, run)?, finding);
    Ok((results, watcher))
}

/// All replications that the model asks for, from whoever runs one.
fn run_all(
    runner: &Runner,
    model: &Model,
    run: impl Fn(&Model, &Plan<'_>, Task) -> Result<Outcome, RunError> + Sync,
) -> Result<Results, RunError> {
    let plans = Plans::new(|_| Ok(Cow::Borrowed(model)));
    let mut folds = [Fold::new(model)];
    let grown = runner.side_by_side(
        &plans,
        &mut folds,
        &model.run.replications,
        run,
        |folds, aim| aim.reached_by(rows::estimate(folds[0].rows(), aim.of).as_ref()),
        |done, wanted| runner.settings().report_progress(done, wanted),
    )?;
    let done = grown.replications;
    if done == 0 {
        return Err(RunError::Interrupted);
    }
    let [fold] = folds;
    let mut results = fold.finish(model);
    results.interrupted = done < grown.wanted;
    if results.interrupted {
        results.notes.push(format!("interrupted after {done} replications of {}", grown.wanted));
    }
    if let Some(precision) = grown.precision {
        results.notes.push(precision.note(done));
        results.precision = Some(precision);
    }
    Ok(results)
}

fn with_finding(mut results: Results, finding: Option<WarmUpFinding>) -> Results {
    results.notes.extend(finding.as_ref().map(WarmUpFinding::note));
    results.warm_up_finding = finding;
    results
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::*;
    use crate::engine::{Occurrence as O, OrderRef};
    use crate::measures::{Metric, fixture};
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    fn settings(threads: usize) -> Settings {
        Settings { jobs: Some(threads), ..Settings::default() }
    }

    /// All replications of a model, each made up by `run`.
    fn run_with(
        model: &Model,
        settings: &Settings,
        run: impl Fn(u32) -> Result<Outcome, RunError> + Sync,
    ) -> Result<Results, RunError> {
        run_all(&Runner::new(settings).unwrap(), model, |_, _, task| run(task.replication))
    }

    /// A made-up replication: 100 orders of one line, of which 60 to 90 are filled.
    fn made_up(model: &Model, replication: u32) -> Outcome {
        let mut tally = Tally::new(model);
        let filled = 60 + u64::from(replication.wrapping_mul(2_654_435_761) % 31);
        for number in 0..100 {
            let placed = SimTime((1 + number as i64 % 10) * DAY + number as i64);
            let order = OrderRef { number, placed, zone: ZoneId((number % 2) as u32), international: number % 2 == 1 };
            let product = ProductId((number % 2) as u32);
            let (network_available, displayed_in_stock) = (true, true);
            tally.observe(placed, O::OrderAsked { order, lines: 1 });
            tally.observe(
                placed,
                O::LineAsked { order, line: 1, product, units: 2, network_available, displayed_in_stock },
            );
            let (availability, mode, available) = if number < filled {
                (Availability::All, Mode::ShipsNow, 2)
            } else {
                (Availability::None, Mode::Held, 0)
            };
            tally.observe(placed, O::OrderPlaced { order, lines: 1, availability, mode, assigned: None });
            tally.observe(placed, O::LinePlaced { order, line: 1, product, units: 2, available });
        }
        tally.into_outcome()
    }

    fn run(model: &Model, threads: usize) -> Results {
        run_with(model, &settings(threads), |i| Ok(made_up(model, i))).unwrap()
    }

    fn sequential(min: u32, max: u32, half_width: f64, of: &str) -> Model {
        let mut model = fixture::model();
        let half_width = HalfWidth::Absolute(half_width);
        model.run.replications = Replications::Sequential { min, max, half_width, of: of.into() };
        model
    }

    #[test]
    fn any_number_of_threads_gives_the_same_results() {
        let mut model = fixture::model();
        model.run.replications = Replications::Fixed(40);
        let one = run(&model, 1);
        assert_eq!(one.replications(), 40);
        for threads in [2, 5] {
            // `Debug` shows every bit of a float that its value depends on, and tells 0 from −0.
            assert_eq!(format!("{:?}", run(&model, threads)), format!("{one:?}"));
        }
    }

    #[test]
    fn estimates_are_those_of_the_rows() {
        let results = run(&fixture::model(), 2);
        let fills: Vec<f64> = (0..3).map(|i: u32| 60.0 + f64::from(i.wrapping_mul(2_654_435_761) % 31)).collect();
        let expected = crate::stats::t_interval(&fills, 0.95).unwrap();
        let estimate = results.estimate(Metric::OrderFillRate).unwrap();
        assert!((estimate.mean - expected.mean / 100.0).abs() < 1e-12);
        assert!((estimate.half_width.unwrap() - expected.half_width.unwrap() / 100.0).abs() < 1e-12);
        assert_eq!(results.estimate(Metric::BackorderWaitDaysP50), None);
        let by_zone = results.by_zone.row(0)[0].estimate;
        assert_eq!((results.by_zone.columns[0].metric, by_zone), (Metric::Orders, Some(50.0)));
    }

    #[test]
    fn sequential_stopping_reaches_its_aim_and_says_so() {
        let model = sequential(10, 2_000, 0.01, "order_fill_rate");
        let results = run(&model, 2);
        let precision = results.precision.unwrap();
        assert!(precision.decided() && precision.reached.unwrap() <= 0.01, "{precision:?}");
        assert!((100..1_000).contains(&results.replications()), "{}", results.replications());
        assert_eq!(results, run(&model, 3));
        assert!(results.notes.iter().any(|note| note.ends_with("0.01 was wanted")), "{:?}", results.notes);
    }

    #[test]
    fn an_aim_out_of_reach_stops_at_the_maximum_and_says_so() {
        let results = run(&sequential(10, 25, 1e-6, "order_fill_rate"), 2);
        assert_eq!(results.replications(), 25);
        assert!(!results.precision.unwrap().decided());
        assert!(results.notes.iter().any(|note| note.contains("not decidable at this many")), "{:?}", results.notes);
    }

    #[test]
    fn an_aim_at_nothing_is_an_error() {
        let model = sequential(10, 25, 0.1, "order_fill");
        let error = run_with(&model, &settings(1), |i| Ok(made_up(&model, i))).unwrap_err();
        assert!(error.to_string().contains("did you mean `order_fill_rate`"), "{error}");
    }

    #[test]
    fn stopping_from_outside_keeps_what_is_done() {
        let mut model = fixture::model();
        model.run.replications = Replications::Fixed(1_000);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let settings = settings(2);
        let (stop, told) = (Arc::clone(&settings.stop), Arc::clone(&seen));
        let settings = settings.with_progress(move |done, wanted| {
            told.lock().unwrap().push((done, wanted));
            if done == 7 {
                stop.store(true, Ordering::Relaxed);
            }
        });
        let results = run_with(&model, &settings, |i| Ok(made_up(&model, i))).unwrap();
        assert!(results.interrupted && results.replications() >= 7 && results.replications() < 1_000);
        let seen = seen.lock().unwrap();
        assert_eq!(*seen, (1..=seen.len() as u64).map(|done| (done, 1_000)).collect::<Vec<_>>());
        let at_once = run_with(&model, &settings, |i| Ok(made_up(&model, i)));
        assert_eq!(at_once, Err(RunError::Interrupted));
    }

    #[test]
    fn a_breach_is_an_error_that_names_it() {
        let model = fixture::model();
        let breach = |replication| RunError::Breach { replication, breach: "units at day 3".into(), more: 1 };
        let run = |i| if i > 0 { Err(breach(i)) } else { Ok(made_up(&model, i)) };
        let error = run_with(&model, &settings(2), run).unwrap_err();
        assert_eq!(error, breach(1));
        assert!(error.to_string().contains("replication 1") && error.to_string().contains("units at day 3"));
    }

    #[test]
    fn replayed_demand_is_noted() {
        let mut model = fixture::model();
        assert!(run(&model, 1).notes.is_empty());
        model.trace = Some(TraceDemand { orders: Vec::new(), spread_over_day: false, resample: Resample::None });
        assert!(run(&model, 1).notes[0].contains("leave demand's uncertainty out"));
    }
}
