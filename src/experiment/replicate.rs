//! `replicate`: a model's replications, as many as it asks for.

use super::error::RunError;
use super::fold::Fold;
use super::parallel::in_order;
use super::results::Results;
use super::sequential::{Precision, nearest, next_look};
use super::warm_up::{self, WarmUpFinding};
use crate::domain::{HalfWidth, Model, Replications, WarmUp};
use crate::engine::{Observer, Plan};
use crate::measures::Metric;
use crate::observe::{Auditor, Outcome, Tally};
use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How to run; nothing of it changes a result.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How many threads; as many as the machine has cores when left out.
    pub jobs: Option<usize>,
    /// Check every invariant at every instant.
    pub audit: bool,
    /// Set it from outside to stop after the replications under way.
    pub stop: Arc<AtomicBool>,
}

/// Runs a model's replications and estimates its measures.
///
/// `progress` is told how many replications are done, of how many wanted as far as is known; never by two threads at once.
/// When `settings.stop` is set meanwhile, the results are those of the replications done by then, and say so.
///
/// # Errors
/// See [`RunError`].
pub fn replicate(
    model: &Model,
    settings: &Settings,
    progress: &(dyn Fn(u32, u32) + Sync),
) -> Result<Results, RunError> {
    let pool = threads(settings)?;
    let settled = Settled::find(model, &pool, settings)?;
    let plan = Plan::new(&settled.model);
    let run = |replication| run_one(&plan, &settled.model, replication, settings.audit);
    settled.run_all(&pool, settings, run, progress)
}

/// The same, with somebody who also watches the first replication: what `watcher` makes for the model, once its warm-up is known.
///
/// # Errors
/// See [`RunError`].
pub fn replicate_watched<W: Observer + Send>(
    model: &Model,
    settings: &Settings,
    progress: &(dyn Fn(u32, u32) + Sync),
    watcher: impl FnOnce(&Model) -> W,
) -> Result<(Results, W), RunError> {
    let pool = threads(settings)?;
    let settled = Settled::find(model, &pool, settings)?;
    let plan = Plan::new(&settled.model);
    let mut watcher = watcher(&settled.model);
    // Run once, by whichever thread.
    let waiting = Mutex::new(Some(&mut watcher));
    let run = |replication| {
        let watcher = waiting.lock().unwrap_or_else(PoisonError::into_inner).take_if(|_| replication == 0);
        let Some(watcher) = watcher else { return run_one(&plan, &settled.model, replication, settings.audit) };
        if settings.audit {
            run_one(&plan, &settled.model, replication, true)?;
        }
        let mut observers = (Tally::new(&settled.model), watcher);
        plan.run(replication, &mut observers);
        Ok(observers.0.into_outcome())
    };
    let results = settled.run_all(&pool, settings, run, progress)?;
    Ok((results, watcher))
}

/// A model whose warm-up is known.
struct Settled<'a> {
    model: Cow<'a, Model>,
    finding: Option<WarmUpFinding>,
}

impl<'a> Settled<'a> {
    fn find(model: &'a Model, pool: &rayon::ThreadPool, settings: &Settings) -> Result<Self, RunError> {
        match model.run.warm_up {
            WarmUp::Fixed(_) => Ok(Self { model: Cow::Borrowed(model), finding: None }),
            WarmUp::Auto => {
                let finding = warm_up::find(model, pool, &settings.stop)?;
                let mut settled = model.clone();
                settled.run.warm_up = WarmUp::Fixed(finding.cut);
                Ok(Self { model: Cow::Owned(settled), finding: Some(finding) })
            }
        }
    }

    fn run_all(
        &self,
        pool: &rayon::ThreadPool,
        settings: &Settings,
        run: impl Fn(u32) -> Result<Outcome, RunError> + Sync,
        progress: &(dyn Fn(u32, u32) + Sync),
    ) -> Result<Results, RunError> {
        let mut results = run_all(&self.model, pool, &settings.stop, run, progress)?;
        if let Some(finding) = &self.finding {
            results.notes.push(finding.note());
            results.warm_up_finding = Some(finding.clone());
        }
        Ok(results)
    }
}

/// More would take longer to start than they save.
const MOST_THREADS: usize = 256;

/// The threads that replications run on.
pub(super) fn threads(settings: &Settings) -> Result<rayon::ThreadPool, RunError> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(settings.jobs.unwrap_or(0).min(MOST_THREADS))
        .build()
        .map_err(|error| RunError::Threads(error.to_string()))
}

/// A precision to be reached by as many replications as it takes.
pub(super) struct Aim {
    pub of: Metric,
    pub half_width: HalfWidth,
    pub max: u32,
}

/// How many replications to begin with, and what to go on for.
pub(super) fn sequential_aim(replications: &Replications) -> Result<(u32, Option<Aim>), RunError> {
    match replications {
        Replications::Fixed(count) => Ok((*count, None)),
        Replications::Sequential { min, max, half_width, of } => {
            let metric = Metric::from_name(of)
                .ok_or_else(|| RunError::UnknownMetric { name: of.clone(), nearest: nearest(of) })?;
            Ok((*min, Some(Aim { of: metric, half_width: *half_width, max: *max })))
        }
    }
}

/// One replication; audited, it is worth nothing when an invariant broke.
pub(super) fn run_one(plan: &Plan<'_>, model: &Model, replication: u32, audit: bool) -> Result<Outcome, RunError> {
    let tally = Tally::new(model);
    if !audit {
        let mut observer = tally;
        plan.run(replication, &mut observer);
        return Ok(observer.into_outcome());
    }
    let mut observers = (tally, Auditor::new(model));
    plan.run(replication, &mut observers);
    let (tally, auditor) = observers;
    match auditor.breaches().first() {
        None => Ok(tally.into_outcome()),
        Some(breach) => {
            let more = auditor.breach_count() - 1;
            Err(RunError::Breach { replication, breach: breach.to_string(), more })
        }
    }
}

/// All replications that the model asks for, from whoever runs one.
fn run_all(
    model: &Model,
    pool: &rayon::ThreadPool,
    stop: &AtomicBool,
    run: impl Fn(u32) -> Result<Outcome, RunError> + Sync,
    progress: &(dyn Fn(u32, u32) + Sync),
) -> Result<Results, RunError> {
    let (mut wanted, aim) = sequential_aim(&model.run.replications)?;
    let mut fold = Fold::new(model);
    let batch = |fold: &mut Fold, wanted: u32| {
        in_order(pool, fold.replications()..wanted, stop, &run, |outcome| {
            fold.push(outcome);
            progress(fold.replications(), wanted);
        })
    };
    batch(&mut fold, wanted)?;
    let mut precision = None;
    if let Some(Aim { of, half_width, max }) = aim {
        loop {
            let found = Precision::of(of, half_width, fold.estimate(of).as_ref());
            precision = Some(found);
            let next = next_look(wanted, max, &found);
            if next == wanted || stop.load(Ordering::Relaxed) {
                break;
            }
            wanted = next;
            batch(&mut fold, wanted)?;
        }
    }
    let done = fold.replications();
    if done == 0 {
        return Err(RunError::Interrupted);
    }
    let mut results = fold.finish(model);
    results.interrupted = done < wanted;
    if results.interrupted {
        results.notes.push(format!("interrupted after {done} replications of {wanted}"));
    }
    if let Some(precision) = precision {
        results.notes.push(precision.note(done));
        results.precision = Some(precision);
    }
    Ok(results)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::*;
    use crate::engine::{Occurrence as O, OrderRef};
    use crate::measures::fixture;

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
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
        let go = AtomicBool::new(false);
        run_all(model, &pool(threads), &go, |i| Ok(made_up(model, i)), &|_, _| ()).unwrap()
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
        let error = run_all(&model, &pool(1), &AtomicBool::new(false), |i| Ok(made_up(&model, i)), &|_, _| ());
        let error = error.unwrap_err();
        assert!(error.to_string().contains("did you mean `order_fill_rate`"), "{error}");
    }

    #[test]
    fn stopping_from_outside_keeps_what_is_done() {
        let mut model = fixture::model();
        model.run.replications = Replications::Fixed(1_000);
        let stop = AtomicBool::new(false);
        let seen = Mutex::new(Vec::new());
        let progress = |done, total| {
            seen.lock().unwrap().push((done, total));
            if done == 7 {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let results = run_all(&model, &pool(2), &stop, |i| Ok(made_up(&model, i)), &progress).unwrap();
        assert!(results.interrupted && results.replications() >= 7 && results.replications() < 1_000);
        let seen = seen.into_inner().unwrap();
        assert_eq!(seen, (1..=seen.len() as u32).map(|done| (done, 1_000)).collect::<Vec<_>>());
        let at_once = run_all(&model, &pool(2), &stop, |i| Ok(made_up(&model, i)), &|_, _| ());
        assert_eq!(at_once, Err(RunError::Interrupted));
    }

    #[test]
    fn a_breach_is_an_error_that_names_it() {
        let model = fixture::model();
        let breach = |replication| RunError::Breach { replication, breach: "units at day 3".into(), more: 1 };
        let run = |i| if i > 0 { Err(breach(i)) } else { Ok(made_up(&model, i)) };
        let error = run_all(&model, &pool(2), &AtomicBool::new(false), run, &|_, _| ()).unwrap_err();
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
