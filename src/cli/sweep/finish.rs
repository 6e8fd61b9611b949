//! From the replications of all cells to the folder of results.

use std::path::Path;
use std::time::{Instant, SystemTime};

use super::super::closing;
use super::super::console;
use super::super::failure::Failure;
use super::super::folder::{Change, PROVENANCE, ResultFolder};
use super::super::options::Output;
use super::super::paint;
use super::super::provenance::Provenance;
use crate::domain;
use crate::experiment::{Goal, SweepFold, SweepPlan};
use crate::measures::Metric;
use crate::report::{self, InputFile, Kept, ParquetReplications, SweepSummary, SweptReplications, VariedInputs};
use crate::stats::Pair;

/// How a sweep is written, and what is said of it.
pub(in crate::cli) struct Finishing<'a> {
    /// The command that gives the same result.
    pub(in crate::cli) command: &'a str,
    /// The scenario file.
    pub(in crate::cli) scenario: &'a Path,
    /// When it began.
    pub(in crate::cli) started: SystemTime,
    /// For how long it took.
    pub(in crate::cli) clock: Instant,
    /// How to answer.
    pub(in crate::cli) output: Output,
    /// Whether every invariant was checked.
    pub(in crate::cli) audited: bool,
}

/// The file of what is planned in the cells.
pub(in crate::cli) const LEVELS: &str = "levels.csv";

/// The file of what goes in.
pub(in crate::cli) const INPUTS: &str = "inputs.json";

/// So many rows of replications are written as text; more as Parquet.
const MAX_ROWS_AS_TEXT: usize = 20_000;

/// What was swept.
pub(in crate::cli) struct Swept {
    pub(in crate::cli) plan: SweepPlan,
    /// What the cells are steps to, where one was sought.
    pub(in crate::cli) goal: Option<Goal>,
    /// What is planned in the cells.
    pub(in crate::cli) levels: Option<String>,
    /// What went in; plans of shards written before they had it have none.
    pub(in crate::cli) inputs: Option<VariedInputs>,
    /// The scenario's files.
    pub(in crate::cli) sources: Vec<InputFile>,
}

/// Makes a sweep of the replications of its cells, writes its folder and prints it.
pub(in crate::cli) fn written(
    swept: Swept,
    mut cells: impl FnMut(usize) -> Result<Vec<Vec<Pair>>, Failure>,
    folder: &mut ResultFolder,
    finishing: &Finishing<'_>,
) -> Result<(), Failure> {
    let Finishing { command, output, .. } = *finishing;
    let Swept { plan, goal, levels, inputs, sources } = swept;
    let count = plan.design.cells();
    let seed = plan.seed;
    let mut fold = SweepFold::new(plan.clone()).map_err(Failure::running)?;
    let mut most = 0;
    for cell in 0..count {
        let replications = cells(cell)?;
        most = most.max(replications.len());
        fold.push(&replications);
    }
    let mut sweep = fold.finish();
    // Which measures there are is known only now, so that the replications are read once more.
    let mut table = Replications::new(&plan, count, sweep.known_measures())?;
    for cell in 0..count {
        table.push(&plan, cell, &cells(cell)?)?;
    }
    sweep.goal = goal;
    let document = report::sweep_document(&sweep);
    let json = SweepSummary::new(&sweep, &sources).to_json();
    let mut data = vec![("sweep.json".to_string(), json.clone())];
    data.extend(inputs.iter().map(|inputs| (INPUTS.to_string(), inputs.to_json())));
    data.push(("cells.csv".to_string(), report::cells_csv(&sweep)));
    let made = report::sweep_rendered(&sweep, inputs.as_ref(), &data, &sources);
    let mut files: Vec<(String, Vec<u8>)> =
        data.into_iter().chain(made).map(|(name, content)| (name, content.into_bytes())).collect();
    files.push(table.finish()?);
    files.extend(levels.map(|levels| (LEVELS.to_string(), levels.into_bytes())));
    let mut names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    names.push(PROVENANCE.to_string());
    let origin = Provenance {
        reproduce: command.to_string(),
        scenario_files: sources.iter().take(1).map(|source| source.name.clone()).collect(),
        scenario: finishing.scenario.to_path_buf(),
        seed,
        replications: most,
        interrupted: false,
        audited: finishing.audited,
    };
    let origin = origin.recorded(folder, finishing.started, finishing.clock.elapsed());
    folder.commit(Change { files, kept: Vec::new(), origin })?;
    if output.json {
        console::json(&json)?;
    } else if !output.quiet {
        console::page(&paint::document(&document))?;
    }
    if !output.quiet {
        console::message(&closing::told(folder.named(), &names));
        console::message(&format!("Same again: {command}"));
    }
    Ok(())
}

/// The table of replications, as text or, from a size on, as Parquet.
enum Replications {
    Text(Box<SweptReplications>),
    Parquet(Box<ParquetReplications>),
}

impl Replications {
    fn new(plan: &SweepPlan, cells: usize, measures: Vec<Metric>) -> Result<Self, Failure> {
        let each = match &plan.replications {
            domain::Replications::Fixed(count) => *count as usize,
            domain::Replications::Sequential { max, .. } => *max as usize,
        };
        if cells * each <= MAX_ROWS_AS_TEXT {
            return Ok(Self::Text(Box::new(SweptReplications::new(&plan.axes, measures))));
        }
        let table = ParquetReplications::new(&plan.axes, measures).map_err(Failure::running)?;
        Ok(Self::Parquet(Box::new(table)))
    }

    fn push(&mut self, plan: &SweepPlan, cell: usize, replications: &[Vec<Pair>]) -> Result<(), Failure> {
        match self {
            Self::Text(table) => {
                table.push(plan, cell, replications);
                Ok(())
            }
            Self::Parquet(table) => table.push(plan, cell, replications).map_err(Failure::running),
        }
    }

    fn finish(self) -> Result<(String, Vec<u8>), Failure> {
        match self {
            Self::Text(table) => Ok(("replications.csv".to_string(), table.finish().into_bytes())),
            Self::Parquet(table) => {
                let bytes = table.finish().map_err(Failure::running)?;
                Ok(("replications.parquet".to_string(), bytes))
            }
        }
    }
}
