//! The plan of shards: what is swept, in how many parts, and which part is whose.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::failure::Failure;
use super::super::fingerprint::sha256;
use super::super::sweep::Manifest;
use crate::domain::{Model, Replications, Span};
use crate::experiment::{Judging, SweepPlan};
use crate::report::VariedInputs;
use crate::scenario::Study;

/// The format of the file.
const FORMAT: u32 = 1;

/// More shards than this are no minutes of work each.
pub(super) const MAX_SHARDS: u32 = 100_000;

/// The content of a plan file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanFile {
    /// The format.
    format: u32,
    /// Everything that the results depend on.
    pub(super) manifest: Manifest,
    /// The scenario file, relative to the plan's folder where that is possible.
    scenario: PathBuf,
    /// What is known of the scenario in all cells.
    measured: Measured,
    /// The name of the study or scenario file, without its ending.
    pub(super) stem: String,
    /// The replications wanted of each cell, where they are those of a round of a tuning: from the first to before the second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) round: Option<Vec<(u32, u32)>>,
    /// Whether each row also says what its products say of the ladder's measures.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) by_product: bool,
    /// In how many parts.
    pub(super) shards: u32,
    /// The command that gives the results: the sweep on one machine, or the tuning that takes the round in.
    pub(super) command: String,
    /// What goes into the sweep, in words: the merge may find no scenario any more. A round of a tuning has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) inputs: Option<VariedInputs>,
}

/// What is known of the scenario in all cells.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    scenario: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    horizon_seconds: i64,
    warm_up_seconds: i64,
    run_out_seconds: i64,
    notes: Vec<String>,
}

/// A plan file, read.
pub(super) struct Plan {
    /// Where it stands.
    pub(super) path: PathBuf,
    pub(super) file: PlanFile,
    /// Its digest, which every shard carries.
    pub(super) digest: String,
}

/// The part of the work that is a shard's: whole cells, and parts of the first and the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Cells with their replications, in order.
    pub(super) pieces: Vec<(usize, Range<u32>)>,
}

impl PlanFile {
    pub(super) fn new(
        manifest: Manifest,
        scenario: PathBuf,
        plan: &SweepPlan,
        stem: String,
        shards: u32,
        (command, inputs): (String, VariedInputs),
    ) -> Self {
        let measured = Measured {
            scenario: plan.scenario.clone(),
            currency: plan.currency.clone(),
            horizon_seconds: plan.horizon.0,
            warm_up_seconds: plan.warm_up.0,
            run_out_seconds: plan.run_out.0,
            notes: plan.notes.clone(),
        };
        Self {
            format: FORMAT,
            manifest,
            scenario,
            measured,
            stem,
            round: None,
            by_product: false,
            shards,
            command,
            inputs: Some(inputs),
        }
    }

    /// The plan of a round of a tuning.
    pub(super) fn of_round(
        manifest: Manifest,
        scenario: PathBuf,
        model: &Model,
        (ranges, by_product): (Vec<(u32, u32)>, bool),
        shards: u32,
        command: String,
    ) -> Self {
        let measured = Measured {
            scenario: model.name.clone(),
            currency: None,
            horizon_seconds: model.run.horizon.0,
            warm_up_seconds: model.run.warm_up.span().0,
            run_out_seconds: model.run.run_out.0,
            notes: Vec::new(),
        };
        let stem = manifest.study.clone();
        Self {
            format: FORMAT,
            manifest,
            scenario,
            measured,
            stem,
            round: Some(ranges),
            by_product,
            shards,
            command,
            inputs: None,
        }
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("strings, numbers and lists have a JSON form");
        text.push('\n');
        text
    }
}

impl Plan {
    /// Reads a plan file.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let wrong = |why: String| Failure::wrong(format!("{}: {why}", path.display()));
        let text = crate::files::read_text(path).map_err(wrong)?;
        let file: PlanFile = serde_json::from_str(&text).map_err(|error| {
            wrong(format!("this is no plan of shards ({error}); `backorder shard plan STUDY --shards N` writes one"))
        })?;
        if file.format != FORMAT {
            return Err(wrong(format!("this plan has format {}, and this program reads {FORMAT}", file.format)));
        }
        if !(1..=MAX_SHARDS).contains(&file.shards) {
            return Err(wrong(format!("it has {} shards, and a plan has 1 to {MAX_SHARDS}; plan anew", file.shards)));
        }
        Ok(Self { path: path.to_path_buf(), digest: sha256(text.as_bytes()), file })
    }

    /// The folder of the plan, where its shards are.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// The scenario file.
    pub(super) fn scenario(&self) -> PathBuf {
        self.folder().join(&self.file.scenario)
    }

    /// What is swept.
    ///
    /// # Errors
    /// When the plan was edited into something that cannot be swept.
    pub(super) fn study(&self) -> Result<Study, Failure> {
        self.file.manifest.study().map_err(|why| Failure::wrong(format!("{}: {why}", self.path.display())))
    }

    /// What is swept and how it is shown, as the sweep on one machine has it.
    ///
    /// # Errors
    /// When the plan was edited into something that cannot be swept.
    pub(super) fn sweep(&self) -> Result<SweepPlan, Failure> {
        let PlanFile { manifest, measured, .. } = &self.file;
        let study = self.study()?;
        let wrong = |why: String| Failure::wrong(format!("{}: {why}", self.path.display()));
        Ok(SweepPlan {
            name: manifest.study.clone(),
            description: manifest.description.clone(),
            scenario: measured.scenario.clone(),
            currency: measured.currency.clone(),
            design: super::super::sweep::design(&study),
            axes: super::super::sweep::in_words(&study.axes),
            replications: manifest.replications.0.clone(),
            seed: manifest.seed,
            horizon: Span(measured.horizon_seconds),
            warm_up: Span(measured.warm_up_seconds),
            run_out: Span(measured.run_out_seconds),
            judging: Judging {
                metrics: manifest.metrics().map_err(wrong)?,
                indifference: manifest.indifference().map_err(wrong)?,
            },
            notes: measured.notes.clone(),
        })
    }

    /// The part of a shard. Replications are dealt out evenly; where each cell goes on until it is precise enough, cells
    /// are.
    pub(super) fn part(&self, index: u32) -> Result<Part, Failure> {
        Ok(part(&self.wanted()?, self.file.shards, index))
    }

    /// The replications wanted of each cell. Where cells go on until they are precise enough, nobody knows them before: each is
    /// one piece of work.
    ///
    /// # Errors
    /// When the plan was edited into something that fits no sweep.
    pub(super) fn wanted(&self) -> Result<Vec<Range<u32>>, Failure> {
        let cells = super::super::sweep::design(&self.study()?).cells();
        let wanted = match (&self.file.round, &self.file.manifest.replications.0) {
            (Some(ranges), _) => ranges.iter().map(|&(from, to)| from..to).collect(),
            (None, Replications::Fixed(count)) => vec![0..*count; cells],
            (None, Replications::Sequential { .. }) => vec![0..1; cells],
        };
        if wanted.len() == cells && wanted.iter().all(|range| range.start < range.end) {
            return Ok(wanted);
        }
        Err(Failure::wrong(format!("{}: `round` does not name the replications of {cells} cells", self.path.display())))
    }

    /// The file of a shard.
    pub(super) fn shard(&self, index: u32) -> PathBuf {
        self.folder().join(format!("shard-{index:05}.parquet"))
    }
}

fn part(wanted: &[Range<u32>], shards: u32, index: u32) -> Part {
    let all: u64 = wanted.iter().map(|range| range.len() as u64).sum();
    let edge = |index: u32| all * u64::from(index) / u64::from(shards);
    let (from, to) = (edge(index), edge(index + 1));
    let (mut pieces, mut before) = (Vec::new(), 0);
    for (cell, range) in wanted.iter().enumerate() {
        let after = before + range.len() as u64;
        if from.max(before) < to.min(after) {
            let at = |edge: u64| range.start + (edge - before) as u32;
            pieces.push((cell, at(from.max(before))..at(to.min(after))));
        }
        before = after;
    }
    Part { pieces }
}

/// Numbers as `--array` takes them: `1,4-7`.
pub(super) fn ranges(numbers: &[u32]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = numbers;
    while let Some(&first) = rest.first() {
        let length = (0..rest.len()).take_while(|&index| rest[index] == first + index as u32).count();
        parts.push(if length == 1 { first.to_string() } else { format!("{first}-{}", first + length as u32 - 1) });
        rest = &rest[length..];
    }
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_replication_is_in_one_part_and_parts_are_even() {
        for (cells, each, shards) in [(7, 20, 3), (1, 5, 5), (400, 20, 16), (3, 2, 10)] {
            let mut all = Vec::new();
            for index in 0..shards {
                let Part { pieces } = part(&vec![0..each; cells], shards, index);
                let own: Vec<(usize, u32)> =
                    pieces.into_iter().flat_map(|(cell, range)| range.map(move |number| (cell, number))).collect();
                let fair = cells * each as usize / shards as usize;
                assert!(own.len() == fair || own.len() == fair + 1, "{} of {fair}", own.len());
                all.extend(own);
            }
            let wanted: Vec<(usize, u32)> =
                (0..cells).flat_map(|cell| (0..each).map(move |number| (cell, number))).collect();
            assert_eq!(all, wanted, "{cells} cells of {each} in {shards} shards");
        }
    }

    #[test]
    fn cells_of_a_round_have_replications_of_their_own() {
        let wanted = [10..12, 0..4, 7..8];
        let all: Vec<(usize, u32)> = (0..3)
            .flat_map(|index| part(&wanted, 3, index).pieces)
            .flat_map(|(cell, range)| range.map(move |number| (cell, number)))
            .collect();
        assert_eq!(all, [(0, 10), (0, 11), (1, 0), (1, 1), (1, 2), (1, 3), (2, 7)]);
    }

    #[test]
    fn cells_that_are_one_piece_of_work_are_not_divided() {
        let cells: Vec<usize> =
            (0..3).flat_map(|index| part(&vec![0..1; 7], 3, index).pieces).map(|(cell, _)| cell).collect();
        assert_eq!(cells, (0..7).collect::<Vec<_>>());
    }

    #[test]
    fn lists_are_those_of_a_scheduler() {
        assert_eq!(ranges(&[1, 4, 5, 6, 7]), "1,4-7");
        assert_eq!((ranges(&[]), ranges(&[3]), ranges(&[0, 1])), (String::new(), "3".into(), "0-1".into()));
    }
}
