//! From a command line or a study file to what is swept: every cell read and checked before anything runs.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::super::console;
use super::super::failure::Failure;
use super::super::load;
use super::super::options::Output;
use super::super::reader::Reader;
use super::manifest::{AxisInWriting, FileDigest, Manifest, ValueInWriting, measure_names};
use crate::domain::phrase::grouped;
use crate::domain::{Model, Replications, Span, WarmUp};
use crate::experiment::{Design, Judging, RunError, Runner, SWEPT, SweepAxis, SweepPlan, kept_stock, planned};
use crate::measures::Metric;
use crate::report::{InputFile, KeptReplications, SweptLevels};
use crate::scenario::{self, Axis, Diagnostic, Diagnostics, Loaded, Quantity, Study};

/// So many cells that do not validate are told in full; the others are counted.
const SHOWN: usize = 10;

/// What is swept, checked.
pub(in crate::cli) struct Prepared {
    pub(in crate::cli) study: Study,
    pub(in crate::cli) plan: SweepPlan,
    /// Whether the warm-up is still to be found.
    is_warm_up_to_find: bool,
    /// The warm-up that was found for all cells.
    warm_up_found: Option<Span>,
    pub(super) reader: Reader,
}

/// How cells are shown and judged, beside what the study says.
pub(in crate::cli) struct Showing {
    pub(in crate::cli) measures: Vec<Metric>,
    pub(in crate::cli) indifference: Vec<(Metric, f64)>,
    /// Folders whose files the scenario may read, beside its own.
    pub(in crate::cli) allowed: Vec<PathBuf>,
}

impl Prepared {
    /// Reads the scenario and checks it in every cell, or in some. `file` is the scenario's path.
    ///
    /// # Errors
    /// All that is wrong, with the cells that it is wrong in.
    pub(in crate::cli) fn new(
        study: Study,
        file: &Path,
        showing: Showing,
        cells: Option<&[usize]>,
        jobs: Option<usize>,
        output: Output,
    ) -> Result<Self, Failure> {
        let faults = study.faults(&measure_names());
        if !faults.is_empty() {
            let told = faults.iter().map(|fault| format!("error: {}", fault.message)).collect::<Vec<_>>();
            return Err(Failure::wrong(told.join("\n")));
        }
        let design = design(&study);
        let all: Vec<usize> = (0..design.cells()).collect();
        let reader = Reader::open(file, &showing.allowed)?;
        let checked = check_all(&reader, &study, &design, cells.unwrap_or(&all), jobs)?;
        load::warn(&checked.warnings, output);
        for note in checked.notes.iter().filter(|_| !output.quiet) {
            console::message(&format!("warning: {note}"));
        }
        let first = checked.first.expect("a study has a cell");
        let mut notes = checked.notes;
        let mut replications = checked.replications;
        if !checked.is_random && replications == Replications::Fixed(1) {
            // Two that agree show what one cannot: that there is nothing to doubt.
            replications = Replications::Fixed(2);
            notes.push("nothing here is random: all replications are alike, and the differences are exact".into());
        }
        let plan = SweepPlan {
            name: study.name.clone(),
            description: study.description.clone(),
            scenario: first.name.clone(),
            currency: first.costs.currency.as_ref().map(|currency| currency.0.clone()),
            axes: in_words(&study.axes),
            design,
            replications,
            seed: first.run.seed,
            horizon: first.run.horizon,
            warm_up: first.run.warm_up.span(),
            run_out: first.run.run_out,
            judging: Judging { metrics: measures(&study, &showing, &first), indifference: showing.indifference },
            notes,
        };
        Ok(Self { study, plan, is_warm_up_to_find: checked.is_warm_up_to_find, warm_up_found: None, reader })
    }

    /// A cell by its settings.
    pub(in crate::cli) fn name(&self, cell: usize) -> String {
        name(&self.study, &self.plan.design, cell)
    }

    /// The model of a cell, ready to run.
    ///
    /// # Panics
    /// When the cell was not checked.
    pub(in crate::cli) fn model(&self, cell: usize) -> Model {
        // The texts are those that were checked.
        self.checked_model(cell).expect("the cell was checked")
    }

    /// The model of a cell that was not checked before.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(in crate::cli) fn checked_model(&self, cell: usize) -> Result<Model, Failure> {
        let checked = self.reader.check(&self.study.settings(&self.plan.design.values(cell)));
        let told = |found| {
            let mut wrong = Wrong::default();
            wrong.add(cell, found);
            wrong.failure(&self.study, &self.plan.design)
        };
        let mut model = checked.map_err(told)?.model;
        if let (WarmUp::Auto, Some(found)) = (model.run.warm_up, self.warm_up_found) {
            model.run.warm_up = WarmUp::Fixed(found);
        }
        Ok(model)
    }

    /// What is planned in some cells, numbered anew from 0 in their order.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub(in crate::cli) fn levels(&self, cells: impl Iterator<Item = usize>) -> Result<Option<String>, Failure> {
        let mut levels = SweptLevels::default();
        for (number, cell) in cells.enumerate() {
            let model = self.checked_model(cell)?;
            levels.push(number, &model, &planned(&model));
        }
        Ok(levels.finish())
    }

    /// Whether the warm-up is still to be found.
    pub(in crate::cli) fn has_warm_up_to_find(&self) -> bool {
        self.is_warm_up_to_find && self.warm_up_found.is_none()
    }

    /// Finds the warm-up by pilots in every cell that asks for it; all such cells take the longest one.
    ///
    /// # Errors
    /// When it is found in none of the pilots of a cell.
    pub(in crate::cli) fn find_warm_up(&mut self, runner: &Runner) -> Result<(), RunError> {
        let mut longest = Span::ZERO;
        for cell in 0..self.plan.design.cells() {
            let model = self.model(cell);
            if model.run.warm_up == WarmUp::Auto {
                let (settled, _) = runner.settled(&model)?;
                longest = longest.max(settled.run.warm_up.span());
            }
        }
        self.settle_warm_up(longest);
        Ok(())
    }

    /// Takes a warm-up that was found before.
    pub(in crate::cli) fn settle_warm_up(&mut self, found: Span) {
        self.warm_up_found = Some(found);
        self.plan.warm_up = found;
        self.plan.notes.push(format!("warm-up: {found} for all cells, the longest that MSER-5 found in any of them"));
    }

    /// The files that it is made of.
    pub(in crate::cli) fn sources(&self) -> Vec<InputFile> {
        self.reader.sources()
    }

    /// The paths of these files.
    pub(in crate::cli) fn inputs(&self) -> Vec<PathBuf> {
        self.reader.inputs()
    }

    /// Everything that the results depend on, in writing.
    pub(in crate::cli) fn manifest(&self) -> Manifest {
        let plan = &self.plan;
        let digest = |source: InputFile| FileDigest { name: source.name, sha256: source.sha256 };
        Manifest {
            backorder: Manifest::version(),
            study: plan.name.clone(),
            description: plan.description.clone(),
            files: self.sources().into_iter().map(digest).collect(),
            set: self.study.set.iter().map(|setting| setting.change.to_string()).collect(),
            axes: self.study.axes.iter().map(in_writing).collect(),
            zip: self.study.zip,
            measures: plan.judging.metrics.iter().map(|metric| metric.name().to_string()).collect(),
            indifference: plan.judging.indifference.iter().map(|(it, zone)| (it.name().to_string(), *zone)).collect(),
            replications: KeptReplications(plan.replications.clone()),
            seed: plan.seed,
            warm_up_found: self.warm_up_found.map(|span| span.0),
            find: None,
        }
    }
}

/// The cells of a study.
pub(in crate::cli) fn design(study: &Study) -> Design {
    let lengths: Vec<usize> = study.axes.iter().map(|axis| axis.values.len()).collect();
    if study.zip { Design::side_by_side(lengths) } else { Design::grid(lengths) }
}

/// The measures shown when none are chosen: with whether dates are kept, where some are promised.
fn usual_measures(model: &Model) -> Vec<Metric> {
    let mut usual = SWEPT.to_vec();
    if model.promise().is_some() {
        usual.push(Metric::OnTimeOrderShare);
    }
    usual
}

/// The measures shown: those of the command line, of the study, or the usual ones.
fn measures(study: &Study, showing: &Showing, model: &Model) -> Vec<Metric> {
    let chosen: Vec<Metric> = if showing.measures.is_empty() {
        study.measures.iter().filter_map(|name| Metric::from_name(name)).collect()
    } else {
        showing.measures.clone()
    };
    let chosen = if chosen.is_empty() { usual_measures(model) } else { chosen };
    let mut distinct = Vec::new();
    for metric in chosen {
        if !distinct.contains(&metric) {
            distinct.push(metric);
        }
    }
    distinct
}

/// The axes for the reader. Those that would be called the same are called by their keys.
pub(in crate::cli) fn in_words(axes: &[Axis]) -> Vec<SweepAxis> {
    let is_told_apart = |axis: &Axis| axes.iter().filter(|other| other.label() == axis.label()).count() == 1;
    let label = |axis: &Axis| if is_told_apart(axis) { axis.label() } else { axis.key.clone() };
    axes.iter().map(|axis| one_in_words(axis, label(axis))).collect()
}

fn one_in_words(axis: &Axis, label: String) -> SweepAxis {
    SweepAxis {
        key: axis.key.clone(),
        label,
        values: axis.values.iter().map(|value| value.name.clone()).collect(),
        positions: axis.positions(),
        is_of_durations: axis.values.iter().all(|value| matches!(value.quantity, Some(Quantity::Duration(_)))),
    }
}

fn in_writing(axis: &Axis) -> AxisInWriting {
    let value = |value: &scenario::AxisValue| ValueInWriting {
        name: value.name.clone(),
        set: value.changes.iter().map(|change| change.to_string()).collect(),
    };
    AxisInWriting { key: axis.key.clone(), label: axis.label.clone(), values: axis.values.iter().map(value).collect() }
}

/// What all cells together come to.
struct Checked {
    first: Option<Model>,
    replications: Replications,
    is_random: bool,
    is_warm_up_to_find: bool,
    warnings: Diagnostics,
    notes: Vec<String>,
}

/// What is known of a cell once its model is dropped.
struct Brief {
    replications: Replications,
    is_random: bool,
    /// Whether it differs from the first cell in one axis, and yet is the same scenario.
    is_as_first: bool,
    is_warm_up_to_find: bool,
    /// The stock that kept levels hold in the mean, and that levels planned anew would; nothing where the cell plans for itself.
    kept: Option<[f64; 2]>,
    times: (Span, Span, WarmUp),
    warnings: Vec<Diagnostic>,
}

/// Reads the scenario in cells, on several threads.
fn check_all(
    reader: &Reader,
    study: &Study,
    design: &Design,
    cells: &[usize],
    jobs: Option<usize>,
) -> Result<Checked, Failure> {
    let first = cells.first().map(|&cell| reader.check(&study.settings(&design.values(cell))));
    let first_model = first.as_ref().and_then(|first| first.as_ref().ok()).map(|loaded| &loaded.model);
    let next = AtomicUsize::new(0);
    let found: Mutex<BTreeMap<usize, Brief>> = Mutex::new(BTreeMap::new());
    let wrong = Mutex::new(Wrong::default());
    let work = || {
        loop {
            let Some(&cell) = cells.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
            let brief =
                reader.check(&study.settings(&design.values(cell))).map(|Loaded { model, warnings, .. }| Brief {
                    is_random: model.is_random(),
                    is_as_first: design.only_axis(cell).is_some() && first_model == Some(&model),
                    is_warm_up_to_find: model.run.warm_up == WarmUp::Auto,
                    kept: kept_stock(&model),
                    times: (model.run.horizon, model.run.run_out, model.run.warm_up),
                    replications: model.run.replications,
                    warnings,
                });
            match brief {
                Ok(brief) => {
                    found.lock().unwrap_or_else(PoisonError::into_inner).insert(cell, brief);
                }
                Err(diagnostics) => wrong.lock().unwrap_or_else(PoisonError::into_inner).add(cell, diagnostics),
            }
        }
    };
    let most = thread::available_parallelism().map_or(1, |count| count.get());
    let threads = jobs.unwrap_or(most).min(most).min(cells.len()).max(1);
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let wrong = wrong.into_inner().unwrap_or_else(PoisonError::into_inner);
    if wrong.cells > 0 {
        return Err(wrong.failure(study, design));
    }
    let notes = (0..study.axes.len())
        .filter(|&axis| {
            let mut along = found.iter().filter(|(cell, _)| design.only_axis(**cell) == Some(axis)).peekable();
            along.peek().is_some() && along.all(|(_, brief)| brief.is_as_first)
        })
        .map(|axis| {
            let others = if study.axes.len() > 1 { ", where the other axes have their first values" } else { "" };
            format!("{} changes nothing: the scenario is the same with all of its values{others}", study.axes[axis].key)
        })
        .collect();
    let mut checked = Checked {
        first: first.and_then(Result::ok).map(|loaded| loaded.model),
        replications: Replications::Fixed(1),
        is_random: false,
        is_warm_up_to_find: false,
        warnings: Diagnostics::of_scenarios(),
        notes,
    };
    checked.notes.extend(kept_in_words(found.values().map(|brief| brief.kept)));
    let mut times: Option<(Span, Span, WarmUp)> = None;
    let mut is_of_one_time = true;
    for brief in found.into_values() {
        checked.is_random |= brief.is_random;
        checked.is_warm_up_to_find |= brief.is_warm_up_to_find;
        is_of_one_time &= times.is_none_or(|times| times == brief.times);
        times = times.or(Some(brief.times));
        // A cell in which nothing is random asks for one replication where others ask for thirty.
        checked.replications = match (checked.replications, brief.replications) {
            (Replications::Fixed(a), Replications::Fixed(b)) => Replications::Fixed(a.max(b)),
            (_, sequential @ Replications::Sequential { .. }) | (sequential, _) => sequential,
        };
        checked.warnings.add(brief.warnings);
    }
    if !is_of_one_time {
        checked.notes.push("cells are measured over different times: compare rates and means, not counts".into());
    }
    Ok(checked)
}

/// Which cells keep their levels, and what levels planned anew would hold.
fn kept_in_words(cells: impl Iterator<Item = Option<[f64; 2]>>) -> Option<String> {
    let all: Vec<Option<[f64; 2]>> = cells.collect();
    let kept: Vec<[f64; 2]> = all.iter().flatten().copied().collect();
    let range = |which: usize| {
        let units = kept.iter().map(|units| units[which]);
        let (least, most) = units.fold((f64::MAX, 0.0_f64), |(least, most), units| (least.min(units), most.max(units)));
        let (least, most) = (grouped(least, 0), grouped(most, 0));
        if least == most { least } else { format!("{least} to {most}") }
    };
    (!kept.is_empty()).then(|| {
        format!(
            "levels are kept as they are planned without the change in {} of {} cells: {} units in the mean; planned anew, they \
             would be {} (--replan)",
            kept.len(),
            all.len(),
            range(0),
            range(1)
        )
    })
}

/// A cell by its settings: `network.open=4, sourcing.policy=nearest`.
fn name(study: &Study, design: &Design, cell: usize) -> String {
    let values = design.values(cell);
    let named = study.axes.iter().zip(values).map(|(axis, value)| format!("{}={}", axis.key, axis.values[value].name));
    named.collect::<Vec<_>>().join(", ")
}

/// What is wrong with cells, each thing once. It is put together as cells are read: a thousand of them would hold it a thousand times.
#[derive(Default)]
struct Wrong {
    things: BTreeMap<Thing, Found>,
    /// How many cells are wrong.
    cells: usize,
}

/// What makes an error of one cell that of another, too: code, message and place; of what an axis sets, whichever of its values, the
/// option alone.
type Thing = (&'static str, String, String, bool, [usize; 2]);

/// Something wrong.
struct Found {
    /// The first cell that it is wrong in, and its place among what is wrong there.
    first: (usize, usize),
    /// As it is told of that cell.
    error: Diagnostic,
    /// In how many cells it is wrong.
    cells: usize,
}

impl Wrong {
    /// Takes in what is wrong with a cell.
    fn add(&mut self, cell: usize, diagnostics: Diagnostics) {
        self.cells += 1;
        let mut here: BTreeSet<Thing> = BTreeSet::new();
        let errors = diagnostics.list.into_iter().filter(|found| found.severity == scenario::Severity::Error);
        for (at, mut error) in errors.enumerate() {
            // How many there are of a kind holds for the cell alone.
            error.alike = 0;
            let place = &error.location;
            let spot = if place.is_setting { [0, 0] } else { [place.line, place.column] };
            let thing = (error.code, error.message.clone(), place.file.clone(), place.is_setting, spot);
            // It may be wrong at two places of one cell, as in two classes of customers.
            if !here.insert(thing.clone()) {
                continue;
            }
            let first = (cell, at);
            match self.things.entry(thing) {
                Entry::Vacant(new) => {
                    new.insert(Found { first, error, cells: 1 });
                }
                Entry::Occupied(mut known) => {
                    let known = known.get_mut();
                    known.cells += 1;
                    if first < known.first {
                        (known.first, known.error) = (first, error);
                    }
                }
            }
        }
    }

    /// What is told of it.
    fn failure(&self, study: &Study, design: &Design) -> Failure {
        let mut things: Vec<&Found> = self.things.values().collect();
        things.sort_by_key(|found| found.first);
        let all = design.cells();
        let mut message = String::new();
        for Found { first: (cell, _), error, cells } in things.iter().take(SHOWN) {
            message.push_str(&error.to_string());
            let first = name(study, design, *cell);
            let _ = match *cells {
                cells if cells == all && all > 1 => writeln!(message, "   = in every cell"),
                1 => writeln!(message, "   = in cell {cell}: {first}"),
                cells => writeln!(message, "   = in {cells} of {all} cells, the first of them {cell}: {first}"),
            };
            message.push('\n');
        }
        if things.len() > SHOWN {
            let more = things.len() - SHOWN;
            let _ = writeln!(message, "… and {more} more; `backorder validate --json --set …` lists all of a cell\n");
        }
        for axis in study.axes.iter().filter(|axis| axis.values.len() == 1) {
            let name = &axis.values[0].name;
            if let Some(values) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                let _ = writeln!(
                    message,
                    "help: {name} is one value, a list; several stand without brackets: {}={values}\n",
                    axis.key
                );
            }
        }
        let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let (errors, cells) = (plural(things.len(), "error"), plural(self.cells, "cell"));
        let _ = write!(message, "{errors} in {cells}; nothing was run");
        Failure::wrong(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_that_would_be_called_the_same_are_called_by_their_keys() {
        let axes = ["calendar.holidays=1,2", "promise.holidays=1,2", "replenishment.reorder_point=1,2"];
        let axes: Vec<Axis> = axes.iter().map(|axis| Axis::parse(axis).unwrap()).collect();
        let labels: Vec<String> = in_words(&axes).into_iter().map(|axis| axis.label).collect();
        assert_eq!(labels, ["calendar.holidays", "promise.holidays", "reorder point"]);
    }

    #[test]
    fn an_axis_of_variants_keeps_the_name_that_it_was_given() {
        let variants = vec![("a".to_string(), Vec::new()), ("b".to_string(), Vec::new())];
        let axis = Axis::of_variants("stock 1.5", variants).unwrap();
        assert_eq!(in_words(&[axis])[0].label, "stock 1.5");
    }
}
