//! From the command line to a problem: what may be decided, what must hold, what is read.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;

use super::args::{ESTIMATED, TuneArgs};
use super::groups::{self, Group};
use super::rewrite::written;
use crate::cli::failure::Failure;
use crate::cli::load;
use crate::cli::options::Output;
use crate::cli::reader::Reader;
use crate::domain::{Model, Span, Target, WarmUp};
use crate::experiment::tune::{
    Bound, Direction, PairRow, Point, ScenarioProblem, Simulations, Stage, Variable, decided_levels, levels_by_theory,
    stage_seed,
};
use crate::experiment::{Gate, Relation, RunError, Runner, Settings, replicate};
use crate::measures::{Metric, Unit};
use crate::scenario::{Axis, Budget, Diagnostics, LEAST_BUDGET, Loaded, Override, Setting, default_of};

/// So many values are tried for the one that a scenario has by default.
const MAX_TRIED: usize = 200;

/// What is tuned, checked.
pub(super) struct Tuning {
    /// Reads the scenario with settings.
    pub(super) reader: Reader,
    /// Settings that hold everywhere.
    pub(super) set: Vec<Setting>,
    /// What may be decided.
    pub(super) axes: Vec<Axis>,
    /// Those of them that are about some products.
    pub(super) groups: Vec<Group>,
    /// The scenario as it stands.
    pub(super) today: Model,
    /// What is optimised.
    pub(super) objective: Metric,
    /// Whether more of it is better.
    pub(super) maximise: bool,
    /// What must hold.
    pub(super) conditions: Vec<(Gate, Bound)>,
    /// The measure that the trade-off is shown against.
    pub(super) service: Metric,
}

impl Tuning {
    /// Reads the scenario and checks every value of every axis by itself. Returns the options with what the scenario's
    /// `[tune]` says of those left out, too.
    ///
    /// # Errors
    /// All that is wrong.
    pub(super) fn new(asked: &TuneArgs, output: Output) -> Result<(Self, TuneArgs), Failure> {
        let told = |faults: &[String]| {
            Failure::wrong(faults.iter().map(|fault| format!("error: {fault}")).collect::<Vec<_>>().join("\n"))
        };
        // What is decided is planned for, and what is set is the world that it is decided in.
        let reader = Reader::open(&asked.scenario.file, &asked.scenario.files.allow)?.planning_anew();
        let set = asked.scenario.settings(None);
        let loaded = reader.check(&set).map_err(Failure::wrong)?;
        let args = asked.with(&loaded.tune).map_err(|faults| told(&faults))?;
        let mut faults = Vec::new();
        for (index, axis) in args.vary.iter().enumerate() {
            for path in axis.paths() {
                if args.vary[..index].iter().any(|earlier| earlier.paths().contains(&path)) {
                    faults.push(format!("`{path}` is varied twice"));
                }
                if args.scenario.set.iter().any(|set| set.path == path) {
                    faults.push(format!("`{path}` is varied, and set"));
                }
                if path.starts_with("run.") {
                    faults.push(format!(
                        "`{path}` is no decision: all settings meet the same customers, as long and as often as it takes"
                    ));
                }
            }
        }
        let mut conditions = Vec::new();
        for gate in &args.require {
            match bound(gate) {
                Ok(bound) => conditions.push((gate.clone(), bound)),
                Err(fault) => faults.push(fault),
            }
        }
        faults.extend(args.idle());
        if args.is_of_levels() && loaded.model.replenishment.is_none() {
            faults.push("the scenario has no [replenishment], so there are no levels to propose".into());
        }
        let groups = groups::groups(&args.vary, &loaded.model).unwrap_or_else(|wrong| {
            faults.extend(wrong);
            Vec::new()
        });
        if !faults.is_empty() {
            return Err(told(&faults));
        }
        let mut odd = Diagnostics::default();
        odd.add(loaded.warnings);
        load::warn(&odd, output);
        let today = loaded.model;
        let objective = args.maximise.or(args.minimise).unwrap_or(Metric::CostPerOrder);
        // Of what must be at least so much, more is better.
        let is_service = |(_, bound): &&(Gate, Bound)| bound.direction == Direction::AtLeast;
        let service = conditions.iter().find(is_service).map_or(Metric::UnitFillRate, |(gate, _)| gate.metric);
        let tuning = Self {
            reader,
            set,
            axes: args.vary.clone(),
            groups,
            today,
            objective,
            maximise: args.maximise.is_some(),
            conditions,
            service,
        };
        tuning.check_axes()?;
        Ok((tuning, args))
    }

    /// A value is wrong that cannot stand there whatever is beside it, such as a misspelt name; and so is an axis of which no
    /// value is valid by itself. Values that are invalid only beside others are passed over by the search.
    fn check_axes(&self) -> Result<(), Failure> {
        let mut wrong: Vec<String> = Vec::new();
        for axis in self.axes.iter().filter(|axis| !groups::is_of_some(&axis.key)) {
            // Of names each may be read from a file of its own, which is opened now. Of numbers the ends tell what their range
            // does, and the second whether its step is one that can be taken.
            let mut looked_at: Vec<usize> = (0..axis.values.len()).collect();
            if axis.positions().is_some() {
                let last = axis.values.len() - 1;
                looked_at.retain(|&value| value < 2 || value == last);
            }
            let found: Vec<_> = looked_at
                .iter()
                .filter_map(|&value| self.reader.check(&self.with(&axis.values[value].changes, axis)).err())
                .collect();
            let is_its_own = |fault: &&Diagnostics| fault.list.iter().all(|it| it.location.is_setting);
            let none_is_valid = found.first().filter(|_| found.len() == looked_at.len());
            if let Some(fault) = found.iter().find(is_its_own).or(none_is_valid) {
                let text = fault.to_string();
                if !wrong.contains(&text) {
                    wrong.push(text);
                }
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(Failure::wrong(wrong.join("\n"))) }
    }

    /// That no combination of the values is a valid scenario, and why the first one is none.
    pub(super) fn nothing_valid(&self) -> Failure {
        let why = self.changes(&vec![0; self.axes.len()]).err().map_or(String::new(), |fault| format!("\n{fault}"));
        Failure::wrong(format!("error: no combination of these values that was looked at is a valid scenario{why}"))
    }

    /// The scenario with one value of an axis and nothing else; `None` where that is none by itself.
    pub(super) fn by_itself(&self, axis: &Axis, value: usize) -> Option<Loaded> {
        self.reader.check(&self.with(&axis.values[value].changes, axis)).ok()
    }

    fn with(&self, changes: &[Override], axis: &Axis) -> Vec<Setting> {
        let own = changes.iter().map(|change| Setting { change: change.clone(), option: axis.option.clone() });
        self.set.iter().cloned().chain(own).collect()
    }

    /// The settings that an alternative makes by itself, and the levels that it decides of some products.
    ///
    /// # Errors
    /// When the scenario is not valid with them.
    pub(super) fn decided(&self, point: &[u32]) -> Result<(Vec<Override>, Vec<PairRow>, Loaded), Diagnostics> {
        let of_all = self.axes.iter().zip(point).filter(|(axis, _)| !groups::is_of_some(&axis.key));
        let changes: Vec<Override> =
            of_all.flat_map(|(axis, &level)| axis.values[level as usize].changes.clone()).collect();
        let own = changes.iter().cloned().map(Setting::from);
        let loaded = self.reader.check(&self.set.iter().cloned().chain(own).collect::<Vec<_>>())?;
        let decisions: Vec<_> = self.groups.iter().map(|group| group.decision(point[group.axis])).collect();
        let rows = if decisions.is_empty() { Vec::new() } else { decided_levels(&loaded.model, &decisions) };
        Ok((changes, rows, loaded))
    }

    /// The settings that an alternative makes.
    ///
    /// # Errors
    /// When the scenario is not valid with them.
    pub(super) fn changes(&self, point: &[u32]) -> Result<(Vec<Override>, Loaded), Diagnostics> {
        let (mut changes, rows, mut loaded) = self.decided(point)?;
        if !rows.is_empty() {
            changes.push(groups::setting_of(&loaded.model, &rows));
            let own = changes.iter().cloned().map(Setting::from);
            loaded = self.reader.check(&self.set.iter().cloned().chain(own).collect::<Vec<_>>())?;
        }
        Ok((changes, loaded))
    }

    /// What each axis is today, in the order of the axes, for whoever reads it; `None` where that stands nowhere.
    pub(super) fn today_settings(&self) -> Vec<Option<String>> {
        let told = |(axis, known): (&Axis, Option<String>)| known.or_else(|| self.default_today(axis));
        self.axes.iter().zip(self.known_settings()).map(told).collect()
    }

    /// The default of an axis, where it is what holds today: a table may be set as a whole, and one that is not there has no defaults.
    fn default_today(&self, axis: &Axis) -> Option<String> {
        let default = default_of(&axis.key)?;
        let change = Override { path: axis.key.clone(), value: default.clone() };
        let loaded = self.reader.check(&self.with(&[change], axis)).ok()?;
        (loaded.model == self.today).then_some(default)
    }

    /// What each axis is today: as the command line sets it, as the scenario has it, or the value that leaves the scenario as it is;
    /// `None` where none of these says so.
    fn known_settings(&self) -> Vec<Option<String>> {
        let of = |(number, axis): (usize, &Axis)| {
            if let Some(group) = self.groups.iter().find(|group| group.axis == number) {
                return group.today(&self.today);
            }
            let set = self.set.iter().rev().find(|setting| setting.change.path == axis.key);
            let by_default = || Some(axis.values[self.default_value(axis)?].name.clone());
            set.map(|setting| setting.change.value.clone())
                .or_else(|| written(self.reader.text(), &axis.key))
                .or_else(by_default)
        };
        self.axes.iter().enumerate().map(of).collect()
    }

    /// Of each axis the level that it has today, where that lies within the values: of numbers the nearest.
    fn today_levels(&self) -> Vec<Option<u32>> {
        let of = |(axis, today): (&Axis, Option<String>)| -> Option<u32> {
            let today = today?;
            let level = axis.values.iter().position(|value| value.name == today).or_else(|| {
                let value = axis.position_of(&today)?;
                let positions = axis.positions()?;
                let (first, last) = (*positions.first()?, *positions.last()?);
                (first.min(last) <= value && value <= first.max(last)).then(|| nearest(axis, value) as usize)
            });
            level.map(|level| level as u32)
        };
        self.axes.iter().zip(self.known_settings()).map(of).collect()
    }

    /// The value of a setting that stands nowhere: the one that leaves the scenario as it is.
    fn default_value(&self, axis: &Axis) -> Option<usize> {
        let is_of_all = !groups::is_of_some(&axis.key);
        let leaves_all = |value: &usize| {
            let loaded = self.reader.check(&self.with(&axis.values[*value].changes, axis));
            loaded.is_ok_and(|loaded| loaded.model == self.today)
        };
        (0..axis.values.len().min(MAX_TRIED)).filter(|_| is_of_all).find(leaves_all)
    }

    /// Today's model with its warm-up known.
    pub(super) fn settled(&self, runner: &Runner) -> Result<Model, RunError> {
        runner.settled(&self.today).map(|(model, _)| model.into_owned())
    }

    /// Today's model with a warm-up that was found before.
    pub(super) fn warmed_up(&self, warm_up: Span) -> Model {
        let mut model = self.today.clone();
        model.run.warm_up = WarmUp::Fixed(warm_up);
        model
    }

    /// A quarter of a percent of the objective, from a few replications of today's settings and of those that the search begins
    /// with: of the least where it is minimised, for today's may be far from good.
    pub(super) fn default_delta(&self, today: &Model, runner: &Runner) -> Result<f64, RunError> {
        let settings = Settings { progress: None, ..runner.settings().clone() };
        let figure = |mut model: Model| -> Result<Option<f64>, RunError> {
            model.run.seed = stage_seed(model.run.seed, Stage::Search);
            model.run.warm_up = today.run.warm_up;
            model.run.replications = crate::domain::Replications::Fixed(5);
            Ok(replicate(&model, &settings)?.estimate(self.objective).map(|estimate| estimate.mean.abs()))
        };
        let mut figures: Vec<f64> = figure(today.clone())?.into_iter().collect();
        if !self.maximise {
            for point in self.starts() {
                if let Ok((_, loaded)) = self.changes(&point) {
                    figures.extend(figure(loaded.model)?);
                }
            }
        }
        let least = figures.into_iter().fold(f64::INFINITY, f64::min);
        let least = if least.is_finite() { least } else { 0.0 };
        // Two digits are all that such a guess is good for.
        let delta = (least * 0.0025).max(1e-4);
        let scale = libm::pow(10.0, 1.0 - libm::floor(libm::log10(delta)));
        Ok(libm::round(delta * scale) / scale)
    }

    /// A budget as a number of replications. A time is made into as many of today's as this machine runs in it, from a few
    /// that are timed; two digits are all that such a figure is good for.
    pub(super) fn replications_of(&self, budget: Budget, today: &Model, runner: &Runner) -> Result<u64, RunError> {
        let time = match budget {
            Budget::Replications(count) => return Ok(count),
            Budget::Time(time) => time,
        };
        let mut model = today.clone();
        model.run.seed = stage_seed(model.run.seed, Stage::Search);
        let settings = Settings { progress: None, ..runner.settings().clone() };
        let mut timed = 8_usize;
        // A replication may be over in less than a clock can tell.
        let each = loop {
            model.run.replications = crate::domain::Replications::Fixed(timed as u32);
            let clock = Instant::now();
            replicate(&model, &settings)?;
            let taken = clock.elapsed().as_secs_f64();
            if taken > 0.2 || timed >= 1_000 {
                break taken / timed as f64;
            }
            timed *= 4;
        };
        let count = (time.0 as f64 / each.max(1e-9)).min(1e12);
        let scale = libm::pow(10.0, libm::floor(libm::log10(count.max(1.0))) - 1.0).max(1.0);
        Ok(((libm::floor(count / scale) * scale) as u64).max(LEAST_BUDGET))
    }

    /// The scenario as a problem.
    pub(super) fn problem<'a>(
        &'a self,
        today: &'a Model,
        simulations: Simulations<'a>,
    ) -> ScenarioProblem<'a, impl Fn(&[u32]) -> Option<Model> + Sync> {
        let models: Mutex<BTreeMap<Point, Option<Model>>> = Mutex::default();
        let warm_up = today.run.warm_up;
        let model = move |point: &[u32]| {
            let mut models = models.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some(model) = models.get(point) {
                return model.clone();
            }
            let model = self.changes(point).ok().map(|(_, loaded)| {
                let mut model = loaded.model;
                model.run.warm_up = warm_up;
                model
            });
            // A few thousand small models, or the last few large ones.
            if models.len() >= 256 {
                models.clear();
            }
            models.insert(point.to_vec(), model.clone());
            model
        };
        let variables = self
            .axes
            .iter()
            .map(|axis| Variable {
                name: axis.key.clone(),
                levels: axis.values.len() as u32,
                ordered: axis.positions().is_some() && axis.values.len() > 1,
            })
            .collect();
        ScenarioProblem {
            simulations,
            today,
            variables,
            starts: self.starts(),
            now: self.today_levels(),
            objective: self.objective,
            maximise: self.maximise,
            bounds: self.conditions.iter().map(|(_, bound)| *bound).collect(),
            bounded: self.conditions.iter().map(|(gate, _)| gate.metric).collect(),
            watched: vec![self.service],
            model,
        }
    }

    /// Alternatives to begin with: for several service targets, the levels that theory derives from forecast and lead time,
    /// averaged over the pairs; all other decisions in the middle of their values.
    fn starts(&self) -> Vec<Point> {
        let mut starts = Vec::new();
        // Of anything else theory says nothing.
        if self.axes.iter().all(|axis| !axis.key.starts_with("replenishment.") || axis.key == "replenishment.review") {
            return starts;
        }
        for target in [0.9, 0.95, 0.98, 0.995] {
            let rows = levels_by_theory(&self.today, Target::UnitFill(target));
            if rows.is_empty() {
                break;
            }
            let mean = |of: &dyn Fn(&crate::domain::Levels) -> Option<i32>| {
                rows.iter().filter_map(|(_, _, levels)| of(levels)).map(f64::from).sum::<f64>() / rows.len() as f64
            };
            let point = self
                .axes
                .iter()
                .enumerate()
                .map(|(number, axis)| {
                    let group = self.groups.iter().find(|group| group.axis == number);
                    if let Some(value) = group.and_then(|group| group.by_theory(&rows, target)) {
                        return nearest(axis, value);
                    }
                    let value = match axis.key.as_str() {
                        "replenishment.reorder_point" => mean(&|levels| levels.reorder_point),
                        "replenishment.order_up_to" => mean(&|levels| levels.order_up_to),
                        "replenishment.quantity" => mean(&|levels| levels.quantity),
                        "replenishment.target.fill_rate" | "replenishment.target.cycle_service" => target,
                        _ => return (axis.values.len() / 2) as u32,
                    };
                    nearest(axis, value)
                })
                .collect();
            if !starts.contains(&point) {
                starts.push(point);
            }
        }
        starts
    }
}

/// The level of an axis whose number is nearest.
fn nearest(axis: &Axis, value: f64) -> u32 {
    let positions = axis.positions().unwrap_or_default();
    let distance = |index: &usize| (positions[*index] - value).abs();
    (0..positions.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0) as u32
}

/// A condition as a bound on a mean.
fn bound(gate: &Gate) -> Result<Bound, String> {
    if gate.compares() {
        return Err(format!("`{}` speaks of several scenarios; what must hold is said of one", gate.text));
    }
    let direction = match gate.relation {
        Relation::AtLeast | Relation::Above => Direction::AtLeast,
        Relation::AtMost | Relation::Below => Direction::AtMost,
        Relation::Exactly => {
            return Err(format!(
                "`{}`: what must hold on average is at least or at most a figure: write >= or <=",
                gate.text
            ));
        }
    };
    // As `compare` has it: a thousandth of a share, less near 0 and 1; half a percent of any other figure.
    let limit = gate.threshold;
    let tolerance = match gate.metric.definition().unit {
        Unit::Share => 0.001_f64.min(limit.min(1.0 - limit).abs() / 10.0).max(1e-6),
        _ => (limit.abs() * 0.005).max(1e-6),
    };
    Ok(Bound { direction, limit, tolerance })
}

/// How often everything is estimated at the end.
pub(super) fn replications(args: &TuneArgs) -> u32 {
    args.replications.unwrap_or(ESTIMATED)
}
