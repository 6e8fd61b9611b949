//! `replicate`: a model's replications, as many as it asks for.

use super::error::RunError;
use super::fold::Fold;
use super::plans::Plans;
use super::results::Results;
use super::rows::{self, Row};
use super::runner::{Collection, Grown, Runner, Task, run_one};
use super::settings::Settings;
use super::warm_up::WarmUpFinding;
use crate::domain::Model;
use crate::engine::{Observer, Plan, Workspace};
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
    let run = |workspace: &mut Workspace, model: &Model, plan: &Plan<'_>, task: Task| {
        run_one(workspace, plan, model, task.replication, settings.audit)
    };
    let (fold, grown) = run_all(&runner, &model, Fold::new(&model), run)?;
    Ok(results(fold, &grown, &model, finding))
}

/// The same, with an observer that also watches the first replication: what `observer` makes for the model, once its
/// warm-up is known.
///
/// # Errors
/// See [`RunError`].
pub fn replicate_watched<W: Observer + Send>(
    model: &Model,
    settings: &Settings,
    observer: impl FnOnce(&Model) -> W,
) -> Result<(Results, W), RunError> {
    let runner = Runner::new(settings)?;
    let (model, finding) = runner.settled(model)?;
    let mut observer = observer(&model);
    // Taken by the thread that runs the first replication.
    let waiting = Mutex::new(Some(&mut observer));
    let run = |workspace: &mut Workspace, model: &Model, plan: &Plan<'_>, task: Task| {
        let is_first = task.replication == 0;
        let observer = waiting.lock().unwrap_or_else(PoisonError::into_inner).take_if(|_| is_first);
        match observer {
            Some(observer) => run_watched(workspace, plan, model, task.replication, settings.audit, observer),
            None => run_one(workspace, plan, model, task.replication, settings.audit),
        }
    };
    let (fold, grown) = run_all(&runner, &model, Fold::new(&model), run)?;
    Ok((results(fold, &grown, &model, finding), observer))
}

/// The same, with an observer for every replication, made by `observer` from the model and the replication's number. They
/// are given back in the order of the replications, and all kept until the end.
///
/// ```
/// use backorder::domain::SimTime;
/// use backorder::engine::{Observer, Occurrence};
/// use backorder::experiment::{Settings, replicate_observed};
/// use backorder::files::Scenario;
///
/// /// Counts the e-mails that went out.
/// struct Mails(u64);
///
/// impl Observer for Mails {
///     fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
///         self.0 += u64::from(matches!(what, Occurrence::ShipmentNotice { .. }));
///     }
/// }
///
/// let model = Scenario::open("scenarios/rules/free-split.toml").unwrap().set("run.replications", 3).model().unwrap();
/// let (results, observers) = replicate_observed(&model, &Settings::default(), |_, _| Mails(0)).unwrap();
/// assert_eq!((results.replications(), observers.len()), (3, 3));
/// assert!(observers.iter().all(|mails| mails.0 > 0));
/// ```
///
/// # Errors
/// See [`RunError`].
pub fn replicate_observed<W: Observer + Send>(
    model: &Model,
    settings: &Settings,
    observer: impl Fn(&Model, u32) -> W + Sync,
) -> Result<(Results, Vec<W>), RunError> {
    let runner = Runner::new(settings)?;
    let (model, finding) = runner.settled(model)?;
    let run = |workspace: &mut Workspace, model: &Model, plan: &Plan<'_>, task: Task| {
        let mut observer = observer(model, task.replication);
        let outcome = run_watched(workspace, plan, model, task.replication, settings.audit, &mut observer)?;
        Ok((outcome, observer))
    };
    let collection = Observed { fold: Fold::new(&model), observers: Vec::new() };
    let (observed, grown) = run_all(&runner, &model, collection, run)?;
    Ok((results(observed.fold, &grown, &model, finding), observed.observers))
}

/// Results in the making, and the observers that watched them.
struct Observed<'m, W> {
    fold: Fold<'m>,
    observers: Vec<W>,
}

impl<W: Send> Collection for Observed<'_, W> {
    type Item = (Outcome, W);

    fn push(&mut self, (outcome, observer): (Outcome, W)) {
        self.fold.push(outcome);
        self.observers.push(observer);
    }

    fn rows(&self) -> &[Row] {
        self.fold.rows()
    }
}

/// One replication, watched. The auditor takes so long that it looks at a replication of its own.
fn run_watched(
    workspace: &mut Workspace,
    plan: &Plan<'_>,
    model: &Model,
    replication: u32,
    audit: bool,
    observer: &mut impl Observer,
) -> Result<Outcome, RunError> {
    if audit {
        run_one(workspace, plan, model, replication, true)?;
    }
    let mut observers = (Tally::new(model), observer);
    plan.run_in(workspace, replication, &mut observers).map_err(|limit| RunError::limit(replication, limit))?;
    Ok(observers.0.into_outcome())
}

/// All replications that the model asks for, collected from whoever runs one.
fn run_all<C: Collection>(
    runner: &Runner,
    model: &Model,
    collection: C,
    run: impl Fn(&mut Workspace, &Model, &Plan<'_>, Task) -> Result<C::Item, RunError> + Sync,
) -> Result<(C, Grown), RunError> {
    let plans = Plans::new(|_| Ok(Cow::Borrowed(model)));
    let mut collections = [collection];
    let grown = runner.side_by_side(
        &plans,
        &mut collections,
        &model.run.replications,
        run,
        |collections, aim| aim.reached_by(rows::estimate(collections[0].rows(), aim.of).as_ref()),
        |done, wanted| runner.settings().report_progress(done, wanted),
    )?;
    if grown.replications == 0 {
        return Err(RunError::Interrupted);
    }
    let [collection] = collections;
    Ok((collection, grown))
}

/// What the replications come to, and how it came that there are so many.
fn results(fold: Fold, grown: &Grown, model: &Model, finding: Option<WarmUpFinding>) -> Results {
    let mut results = fold.finish(model);
    let done = grown.replications;
    results.interrupted = done < grown.wanted;
    if results.interrupted {
        results.notes.push(format!("interrupted after {done} replications of {}", grown.wanted));
    }
    if let Some(precision) = grown.precision {
        results.notes.push(precision.note(done));
        results.precision = Some(precision);
    }
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
        let runner = Runner::new(settings).unwrap();
        let (fold, grown) = run_all(&runner, model, Fold::new(model), |_, _, _, task| run(task.replication))?;
        Ok(results(fold, &grown, model, None))
    }

    /// A made-up replication: 100 orders of one line, of which 60 to 90 are filled.
    fn made_up(model: &Model, replication: u32) -> Outcome {
        let mut tally = Tally::new(model);
        let filled = 60 + u64::from(replication.wrapping_mul(2_654_435_761) % 31);
        for number in 0..100 {
            let placed = SimTime((1 + number as i64 % 10) * DAY + number as i64);
            let order = OrderRef {
                number,
                placed,
                zone: ZoneId((number % 2) as u32),
                international: number % 2 == 1,
                class: ClassId(0),
            };
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
        model.trace =
            Some(TraceDemand { orders: Vec::new(), first_day: 0, spread_over_day: false, resample: Resample::None });
        assert!(run(&model, 1).notes[0].contains("leave demand's uncertainty out"));
    }
}
