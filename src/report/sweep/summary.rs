//! `sweep.json`: a sweep as it is kept, and made of that again.

use super::super::facts::InputFile;
use super::super::summary::{ByName, DifferenceSummary, Few, Kept, Names, PrecisionSummary, Reading, names};
use super::finding;
use super::replications::KeptReplications;
use crate::domain::{DAY, Replications, Span};
use crate::experiment::{
    Answer, Design, Front, Gate, GateVerdict, Goal, Judging, Look, Neighbours, Precision, Seek, Side, Sought, Step,
    Sweep, SweepAxis, SweepCell, SweepPlan,
};
use crate::measures::Metric;
use crate::stats::CONFIDENCE;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// A sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepSummary {
    study: String,
    description: String,
    scenario: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    seed: u64,
    replications: KeptReplications,
    confidence: f64,
    horizon_days: f64,
    warm_up_days: f64,
    run_out_days: f64,
    finding: String,
    axes: Vec<Axis>,
    is_side_by_side: bool,
    measures: Names<Metric>,
    cells: Vec<Cell>,
    correction: String,
    neighbours: Vec<NeighbourCells>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    front: Option<FrontCells>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    goal: Option<GoalSought>,
    notes: Vec<String>,
    /// The files that were read.
    pub files: Vec<InputFile>,
}

impl Kept for SweepSummary {
    fn check(&self) -> Result<(), String> {
        self.sweep().map(|_| ())
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Axis {
    key: String,
    label: String,
    values: Vec<String>,
    /// Where the values stand on a line: numbers, or days.
    positions: Option<Vec<f64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<AxisUnit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum AxisUnit {
    #[serde(rename = "days")]
    Days,
}

impl From<&SweepAxis> for Axis {
    fn from(axis: &SweepAxis) -> Self {
        Self {
            key: axis.key.clone(),
            label: axis.label.clone(),
            values: axis.values.clone(),
            positions: axis.positions.clone(),
            unit: (axis.is_of_durations && axis.positions.is_some()).then_some(AxisUnit::Days),
        }
    }
}

impl Axis {
    fn axis(&self) -> Result<SweepAxis, String> {
        let Self { key, label, values, positions, unit } = self;
        if values.is_empty() || positions.as_ref().is_some_and(|positions| positions.len() != values.len()) {
            return Err(format!("the axis `{key}` needs values, and a position for each or for none"));
        }
        Ok(SweepAxis {
            key: key.clone(),
            label: label.clone(),
            values: values.clone(),
            positions: positions.clone(),
            is_of_durations: unit.is_some(),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Cell {
    cell: usize,
    settings: Settings,
    replications: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    precision: Option<PrecisionSummary>,
    metrics: ByName<Metric, Reading>,
}

/// Keys and values, written in the order of the axes.
#[derive(Clone, Debug, PartialEq)]
struct Settings(Vec<(String, String)>);

impl Settings {
    fn of(axes: &[SweepAxis], values: &[usize]) -> Self {
        Self(axes.iter().zip(values).map(|(axis, &value)| (axis.key.clone(), axis.values[value].clone())).collect())
    }

    fn by_key(&self) -> BTreeMap<&str, &str> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
    }
}

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(|settings| Self(settings.into_iter().collect()))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct NeighbourCells {
    axis: String,
    from: usize,
    to: usize,
    differences: Few<Metric, DifferenceSummary>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct FrontCells {
    #[serde(with = "names")]
    cost: Metric,
    #[serde(with = "names")]
    service: Metric,
    cells: Vec<usize>,
}

/// A goal and the way to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct GoalSought {
    condition: String,
    over: String,
    from: String,
    to: String,
    settings: usize,
    /// Of the interval of each look, so that all hold together.
    confidence_of_each: f64,
    answer: Option<Found>,
    path: Vec<Looked>,
    withdrawn: Vec<Looked>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Found {
    value: String,
    cell: usize,
    /// Where the settings that hold lie, seen from the answer.
    side: Whereabouts,
    measured: Reading,
    fresh: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Whereabouts {
    Above,
    Below,
    Everywhere,
    Within,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Looked {
    value: String,
    cell: usize,
    #[serde(flatten)]
    figure: Reading,
    holds: bool,
    /// Whether the threshold lies within its interval.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    undecided: bool,
}

impl Looked {
    fn verdict(&self) -> GateVerdict {
        match (self.holds, self.figure.mean) {
            (true, _) => GateVerdict::Holds,
            (false, None) => GateVerdict::NoOccasion,
            (false, Some(_)) if self.undecided => GateVerdict::Undecided { enough: None },
            (false, Some(_)) => GateVerdict::Fails,
        }
    }
}

impl SweepSummary {
    /// A sweep, with the files that were read for it.
    pub fn new(sweep: &Sweep, files: &[InputFile]) -> Self {
        let plan = &sweep.plan;
        let cell = |(number, cell): (usize, &SweepCell)| Cell {
            cell: number,
            settings: Settings::of(&plan.axes, &cell.values),
            replications: cell.replications,
            precision: cell.precision.map(PrecisionSummary::from),
            metrics: ByName::new(|metric| cell.figure(metric).into()),
        };
        let neighbours = |it: &Neighbours| NeighbourCells {
            axis: plan.axes[it.step.axis].key.clone(),
            from: it.step.from,
            to: it.step.to,
            differences: Few(it.differences.iter().map(|change| (change.metric, (*change).into())).collect()),
        };
        Self {
            study: plan.name.clone(),
            description: plan.description.clone(),
            scenario: plan.scenario.clone(),
            currency: plan.currency.clone(),
            seed: plan.seed,
            replications: KeptReplications(plan.replications.clone()),
            confidence: CONFIDENCE,
            horizon_days: plan.horizon.days(),
            warm_up_days: plan.warm_up.days(),
            run_out_days: plan.run_out.days(),
            finding: finding(sweep),
            axes: plan.axes.iter().map(Axis::from).collect(),
            is_side_by_side: plan.design.is_side_by_side(),
            measures: Names(sweep.measures().to_vec()),
            cells: sweep.cells.iter().enumerate().map(cell).collect(),
            correction: "Holm".into(),
            neighbours: sweep.neighbours.iter().map(neighbours).collect(),
            front: sweep.front.as_ref().map(|front| FrontCells {
                cost: front.cost,
                service: front.service,
                cells: front.cells.clone(),
            }),
            goal: sweep.goal.as_ref().map(|goal| GoalSought::new(sweep, goal)),
            notes: plan.notes.clone(),
            files: files.to_vec(),
        }
    }

    /// The sweep that was kept. Indifference zones of its own are not in there: differences have theirs.
    ///
    /// # Errors
    /// What does not fit together.
    pub fn sweep(&self) -> Result<Sweep, String> {
        let axes: Vec<SweepAxis> = self.axes.iter().map(Axis::axis).collect::<Result<_, _>>()?;
        let lengths: Vec<usize> = axes.iter().map(|axis| axis.values.len()).collect();
        let design = match self.is_side_by_side {
            false => Design::grid(lengths),
            true if lengths.windows(2).all(|pair| pair[0] == pair[1]) => Design::side_by_side(lengths),
            true => return Err("axes side by side are of one length".into()),
        };
        if design.cells() != self.cells.len() {
            return Err(format!("{} cells, and the axes have {}", self.cells.len(), design.cells()));
        }
        let replications = self.replications.0.clone();
        let cell = |(number, cell): (usize, &Cell)| {
            let values = design.values(number);
            if cell.cell != number || cell.settings.by_key() != Settings::of(&axes, &values).by_key() {
                return Err(format!("cell {number} of {} has the settings of another one", self.cells.len()));
            }
            Ok(SweepCell {
                values,
                replications: cell.replications,
                figures: cell.metrics.iter().map(|(_, reading)| reading.figure()).collect(),
                precision: cell.precision.map(|found| found.of_aim(&replications)).transpose()?,
            })
        };
        let cells: Vec<SweepCell> = self.cells.iter().enumerate().map(cell).collect::<Result<_, String>>()?;
        let neighbours = self.neighbours.iter().map(|it| it.neighbours(&axes, &self.measures.0, cells.len()));
        let front = self.front.as_ref().map(|front| {
            let FrontCells { cost, service, cells } = front.clone();
            Front { cost, service, cells }
        });
        if front.iter().flat_map(|front| &front.cells).any(|&cell| cell >= cells.len()) {
            return Err("the front has a cell that is not there".into());
        }
        let [horizon, warm_up, run_out] = [self.horizon_days, self.warm_up_days, self.run_out_days]
            .map(|days| Span::from_seconds_f64(days * DAY as f64));
        Ok(Sweep {
            neighbours: neighbours.collect::<Result<_, _>>()?,
            front,
            goal: self.goal.as_ref().map(|goal| goal.goal(cells.len())).transpose()?,
            cells,
            plan: SweepPlan {
                name: self.study.clone(),
                description: self.description.clone(),
                scenario: self.scenario.clone(),
                currency: self.currency.clone(),
                axes,
                design,
                replications,
                seed: self.seed,
                horizon,
                warm_up,
                run_out,
                judging: Judging { metrics: self.measures.0.clone(), indifference: Vec::new() },
                notes: self.notes.clone(),
            },
        })
    }
}

impl PrecisionSummary {
    /// The precision of a cell, whose aim stands with the replications.
    fn of_aim(self, replications: &Replications) -> Result<Precision, String> {
        let Replications::Sequential { half_width, .. } = replications else {
            return Err("a cell has a precision, and the number of replications is fixed".into());
        };
        Ok(Precision {
            of: self.of,
            aim: *half_width,
            wanted: self.half_width_wanted,
            reached: self.half_width_reached,
        })
    }
}

impl NeighbourCells {
    fn neighbours(&self, axes: &[SweepAxis], measures: &[Metric], cells: usize) -> Result<Neighbours, String> {
        let Self { axis: key, from, to, differences } = self;
        let axis = axes.iter().position(|axis| axis.key == *key);
        let axis = axis.ok_or_else(|| format!("there is no axis `{key}`"))?;
        let found: Vec<Metric> = differences.0.iter().map(|(metric, _)| *metric).collect();
        if *from >= cells || *to >= cells || found != measures {
            return Err(format!("cells {from} and {to} are no neighbours with the measures of this sweep"));
        }
        let differences = differences.0.iter().map(|(metric, difference)| difference.of(*metric)).collect();
        Ok(Neighbours { step: Step { axis, from: *from, to: *to }, differences })
    }
}

impl GoalSought {
    fn new(sweep: &Sweep, goal: &Goal) -> Self {
        let Goal { sought, range: [from, to] } = goal;
        let axis = &sweep.plan.axes[0];
        let look = |setting: usize, figure: Option<crate::experiment::Figure>, verdict: GateVerdict| Looked {
            value: axis.values[setting].clone(),
            cell: setting,
            figure: figure.into(),
            holds: verdict == GateVerdict::Holds,
            undecided: matches!(verdict, GateVerdict::Undecided { .. }),
        };
        Self {
            condition: sought.seek.gate.text.clone(),
            over: axis.key.clone(),
            from: from.clone(),
            to: to.clone(),
            settings: sought.seek.settings,
            confidence_of_each: sought.confidence,
            answer: sought.answer.map(|answer| Found {
                value: axis.values[answer.setting].clone(),
                cell: answer.setting,
                side: match answer.side {
                    Side::Above => Whereabouts::Above,
                    Side::Below => Whereabouts::Below,
                    Side::Everywhere => Whereabouts::Everywhere,
                    Side::Within => Whereabouts::Within,
                },
                measured: sought.look(answer.setting).and_then(|look| look.figure).into(),
                fresh: answer.fresh.into(),
            }),
            path: sought.looks.iter().map(|it| look(it.setting, it.figure, it.verdict)).collect(),
            withdrawn: sought
                .withdrawn
                .iter()
                .map(|&(setting, fresh)| look(setting, fresh, GateVerdict::Fails))
                .collect(),
        }
    }

    fn goal(&self, cells: usize) -> Result<Goal, String> {
        let looks = self.path.iter().chain(&self.withdrawn);
        let all = looks.map(|look| look.cell).chain(self.answer.iter().map(|answer| answer.cell));
        if let Some(cell) = all.into_iter().find(|&cell| cell >= cells) {
            return Err(format!("the goal speaks of cell {cell}, which is not there"));
        }
        let look = |it: &Looked| Look { setting: it.cell, figure: it.figure.figure(), verdict: it.verdict() };
        let answer = |it: &Found| Answer {
            setting: it.cell,
            side: match it.side {
                Whereabouts::Above => Side::Above,
                Whereabouts::Below => Side::Below,
                Whereabouts::Everywhere => Side::Everywhere,
                Whereabouts::Within => Side::Within,
            },
            fresh: it.fresh.figure(),
        };
        let sought = Sought {
            seek: Seek { gate: Gate::parse(&self.condition)?, settings: self.settings },
            confidence: self.confidence_of_each,
            looks: self.path.iter().map(look).collect(),
            answer: self.answer.as_ref().map(answer),
            withdrawn: self.withdrawn.iter().map(|it| (it.cell, it.figure.figure())).collect(),
        };
        Ok(Goal { sought, range: [self.from.clone(), self.to.clone()] })
    }
}
