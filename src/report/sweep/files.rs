//! A sweep as files: `cells.csv`, `replications.csv`, `sweep.json`.

#[cfg(feature = "parquet")]
use super::super::parquet::{Kind, ParquetWriter};
use super::super::summary::{ByName, DifferenceSummary, Few, PrecisionSummary, Reading};
use super::super::tables::Sheet;
use super::finding;
use crate::domain::{HalfWidth, Replications};
use crate::experiment::{Figure, Goal, Neighbours, Side, Sweep, SweepAxis, SweepCell, SweepPlan};
use crate::measures::Metric;
use crate::stats::{CONFIDENCE, Estimate, Pair};
use serde::{Serialize, Serializer};

/// `cells.csv`: a row a cell; its number, its settings, its replications, and every measure with its half-width.
pub fn cells_csv(sweep: &Sweep) -> String {
    let mut header = vec!["cell".to_string()];
    header.extend(sweep.plan.axes.iter().map(|axis| axis.key.clone()));
    header.push("replications".into());
    for metric in Metric::ALL {
        header.push(metric.name().into());
        header.push(format!("{}_half_width", metric.name()));
    }
    let mut sheet = Sheet::new();
    sheet.header(&header);
    for (number, cell) in sweep.cells.iter().enumerate() {
        sheet.cell(&number.to_string());
        for (axis, &value) in sweep.plan.axes.iter().zip(&cell.values) {
            sheet.cell(&axis.values[value]);
        }
        sheet.cell(&cell.replications.to_string());
        for figure in &cell.figures {
            sheet.number(figure.map(|figure| figure.mean));
            sheet.number(figure.and_then(|figure| figure.half_width));
        }
        sheet.end_row();
    }
    sheet.finish()
}

/// `replications.csv` of a sweep: a row a cell and replication; written as cells come in.
pub struct SweptReplications {
    sheet: Sheet,
}

impl SweptReplications {
    /// The table with nothing but its header.
    pub fn new(axes: &[SweepAxis]) -> Self {
        let mut sheet = Sheet::new();
        sheet.header(&Self::columns(axes));
        Self { sheet }
    }

    /// Its columns: the cell and its settings, the replication, the measures.
    pub fn columns(axes: &[SweepAxis]) -> Vec<String> {
        let mut columns = vec!["cell".to_string()];
        columns.extend(axes.iter().map(|axis| axis.key.clone()));
        columns.push("replication".into());
        columns.extend(Metric::ALL.iter().map(|metric| metric.name().to_string()));
        columns
    }

    /// Adds the replications of a cell.
    pub fn push(&mut self, plan: &SweepPlan, cell: usize, replications: &[Vec<Pair>]) {
        let values = plan.design.values(cell);
        for (number, pairs) in replications.iter().enumerate() {
            self.sheet.cell(&cell.to_string());
            for (axis, &value) in plan.axes.iter().zip(&values) {
                self.sheet.cell(&axis.values[value]);
            }
            self.sheet.cell(&number.to_string());
            for pair in pairs {
                self.sheet.number(pair.value());
            }
            self.sheet.end_row();
        }
    }

    /// The text.
    pub fn finish(self) -> String {
        self.sheet.finish()
    }
}

/// `replications.parquet` of a sweep: the same table where it is too large to be read as text.
#[cfg(feature = "parquet")]
pub struct ParquetReplications {
    writer: ParquetWriter<Vec<u8>>,
}

#[cfg(feature = "parquet")]
impl ParquetReplications {
    /// The table without rows. Axes whose values are numbers in order are columns of numbers.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(axes: &[SweepAxis]) -> Result<Self, String> {
        let whole = |name: &str| (name.to_string(), Kind::Whole);
        let axis = |axis: &SweepAxis| (axis.key.clone(), if is_numbers(axis) { Kind::Real } else { Kind::Text });
        let mut columns = vec![whole("cell")];
        columns.extend(axes.iter().map(axis));
        columns.push(whole("replication"));
        columns.extend(Metric::ALL.iter().map(|metric| (metric.name().to_string(), Kind::Real)));
        ParquetWriter::new(Vec::new(), &columns, &[]).map(|writer| Self { writer })
    }

    /// Adds the replications of a cell.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn push(&mut self, plan: &SweepPlan, cell: usize, replications: &[Vec<Pair>]) -> Result<(), String> {
        let values = plan.design.values(cell);
        for (number, pairs) in replications.iter().enumerate() {
            self.writer.whole(cell as i64);
            for (axis, &value) in plan.axes.iter().zip(&values) {
                match &axis.positions {
                    Some(positions) if is_numbers(axis) => self.writer.real(Some(positions[value])),
                    _ => self.writer.text(&axis.values[value]),
                }
            }
            self.writer.whole(number as i64);
            for pair in pairs {
                self.writer.real(pair.value());
            }
            self.writer.end_row()?;
        }
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        self.writer.finish()
    }
}

/// Whether an axis' values are numbers in order.
#[cfg(feature = "parquet")]
fn is_numbers(axis: &SweepAxis) -> bool {
    axis.positions.is_some() && !axis.is_of_durations
}

/// The sweep as indented JSON with a newline at its end.
///
/// # Panics
/// Never: every value here has a JSON form.
pub fn sweep_json(sweep: &Sweep) -> String {
    let plan = &sweep.plan;
    let json = SweepJson {
        study: &plan.name,
        description: &plan.description,
        scenario: &plan.scenario,
        seed: plan.seed,
        replications: ReplicationsJson::new(&plan.replications),
        confidence: CONFIDENCE,
        horizon_days: plan.horizon.days(),
        warm_up_days: plan.warm_up.days(),
        run_out_days: plan.run_out.days(),
        finding: finding(sweep),
        axes: plan.axes.iter().map(AxisJson::new).collect(),
        is_side_by_side: plan.design.is_side_by_side(),
        measures: sweep.measures().iter().map(|metric| metric.name()).collect(),
        cells: sweep.cells.iter().enumerate().map(|(number, cell)| CellJson::new(plan, number, cell)).collect(),
        correction: "Holm",
        neighbours: sweep.neighbours.iter().map(|neighbours| NeighboursJson::new(plan, neighbours)).collect(),
        front: sweep.front.as_ref().map(|front| FrontJson {
            cost: front.cost.name(),
            service: front.service.name(),
            cells: &front.cells,
        }),
        goal: sweep.goal.as_ref().map(|goal| GoalJson::new(sweep, goal)),
        notes: &plan.notes,
    };
    let mut text = serde_json::to_string_pretty(&json).expect("strings, numbers and lists have a JSON form");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct SweepJson<'a> {
    study: &'a str,
    description: &'a str,
    scenario: &'a str,
    seed: u64,
    replications: ReplicationsJson<'a>,
    confidence: f64,
    horizon_days: f64,
    warm_up_days: f64,
    run_out_days: f64,
    finding: String,
    axes: Vec<AxisJson<'a>>,
    is_side_by_side: bool,
    measures: Vec<&'static str>,
    cells: Vec<CellJson<'a>>,
    correction: &'static str,
    neighbours: Vec<NeighboursJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    front: Option<FrontJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<GoalJson<'a>>,
    notes: &'a [String],
}

/// So many, or until an interval is narrow enough.
#[derive(Serialize)]
#[serde(untagged)]
enum ReplicationsJson<'a> {
    Fixed(u32),
    Sequential {
        min: u32,
        max: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        half_width: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        relative_half_width: Option<f64>,
        of: &'a str,
    },
}

impl<'a> ReplicationsJson<'a> {
    fn new(replications: &'a Replications) -> Self {
        match replications {
            Replications::Fixed(count) => Self::Fixed(*count),
            Replications::Sequential { min, max, half_width, of } => {
                let (half_width, relative_half_width) = match half_width {
                    HalfWidth::Absolute(half_width) => (Some(*half_width), None),
                    HalfWidth::Relative(share) => (None, Some(*share)),
                };
                Self::Sequential { min: *min, max: *max, half_width, relative_half_width, of }
            }
        }
    }
}

#[derive(Serialize)]
struct AxisJson<'a> {
    key: &'a str,
    label: &'a str,
    values: &'a [String],
    /// Where the values stand on a line: numbers, or days.
    positions: Option<&'a [f64]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
}

impl<'a> AxisJson<'a> {
    fn new(axis: &'a SweepAxis) -> Self {
        Self {
            key: &axis.key,
            label: &axis.label,
            values: &axis.values,
            positions: axis.positions.as_deref(),
            unit: (axis.is_of_durations && axis.positions.is_some()).then_some("days"),
        }
    }
}

#[derive(Serialize)]
struct CellJson<'a> {
    cell: usize,
    settings: Settings<'a>,
    replications: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<PrecisionSummary>,
    metrics: ByName<Metric, Reading>,
}

impl<'a> CellJson<'a> {
    fn new(plan: &'a SweepPlan, number: usize, cell: &SweepCell) -> Self {
        let settings = plan.axes.iter().zip(&cell.values);
        Self {
            cell: number,
            settings: Settings(
                settings.map(|(axis, &value)| (axis.key.as_str(), axis.values[value].as_str())).collect(),
            ),
            replications: cell.replications,
            precision: cell.precision.map(PrecisionSummary::from),
            metrics: ByName::new(|metric| reading(cell.figure(metric))),
        }
    }
}

/// Keys and values in the order of the axes.
struct Settings<'a>(Vec<(&'a str, &'a str)>);

impl Serialize for Settings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

fn reading(figure: Option<Figure>) -> Reading {
    figure.map_or_else(Reading::default, |figure| (figure.mean, figure.half_width).into())
}

#[derive(Serialize)]
struct NeighboursJson<'a> {
    axis: &'a str,
    from: usize,
    to: usize,
    differences: Few<Metric, DifferenceSummary>,
}

impl<'a> NeighboursJson<'a> {
    fn new(plan: &'a SweepPlan, neighbours: &Neighbours) -> Self {
        let differences = neighbours.differences.iter();
        Self {
            axis: &plan.axes[neighbours.step.axis].key,
            from: neighbours.step.from,
            to: neighbours.step.to,
            differences: Few(differences.map(|found| (found.metric, DifferenceSummary::from(found))).collect()),
        }
    }
}

#[derive(Serialize)]
struct FrontJson<'a> {
    cost: &'static str,
    service: &'static str,
    cells: &'a [usize],
}

/// A goal and the way to it.
#[derive(Serialize)]
struct GoalJson<'a> {
    condition: &'a str,
    over: &'a str,
    from: &'a str,
    to: &'a str,
    settings: usize,
    /// Of the interval of each look, so that all hold together.
    confidence_of_each: f64,
    answer: Option<AnswerJson<'a>>,
    path: Vec<LookJson<'a>>,
    withdrawn: Vec<LookJson<'a>>,
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    value: &'a str,
    cell: usize,
    /// Where the settings that hold lie, seen from the answer.
    side: &'static str,
    measured: Reading,
    fresh: Reading,
}

#[derive(Serialize)]
struct LookJson<'a> {
    value: &'a str,
    cell: usize,
    #[serde(flatten)]
    figure: Reading,
    holds: bool,
}

impl<'a> GoalJson<'a> {
    fn new(sweep: &'a Sweep, goal: &'a Goal) -> Self {
        let Goal { sought, range } = goal;
        let axis = &sweep.plan.axes[0];
        let figure = |estimate: Option<Estimate>| Reading::from(estimate.as_ref());
        let look = |setting: usize, estimate, holds| LookJson {
            value: &axis.values[setting],
            cell: setting,
            figure: figure(estimate),
            holds,
        };
        Self {
            condition: &sought.seek.gate.text,
            over: &axis.key,
            from: &range[0],
            to: &range[1],
            settings: sought.seek.settings,
            confidence_of_each: sought.confidence,
            answer: sought.answer.map(|answer| AnswerJson {
                value: &axis.values[answer.setting],
                cell: answer.setting,
                side: match answer.side {
                    Side::Above => "above",
                    Side::Below => "below",
                    Side::Everywhere => "everywhere",
                },
                measured: figure(sought.look(answer.setting).and_then(|look| look.estimate)),
                fresh: figure(answer.fresh),
            }),
            path: sought.looks.iter().map(|it| look(it.setting, it.estimate, it.holds)).collect(),
            withdrawn: sought.withdrawn.iter().map(|&(setting, fresh)| look(setting, fresh, false)).collect(),
        }
    }
}
