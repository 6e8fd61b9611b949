//! `tune --rounds`: each round of a tuning as a plan of shards, which other machines run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::groups::setting_of;
use super::kept::Journalled;
use super::settings::Tuning;
use crate::cli::failure::Failure;
use crate::cli::options::Output;
use crate::cli::shard::{Round, Schedulers, Standing};
use crate::cli::sweep::{AxisInWriting, Manifest, ValueInWriting};
use crate::domain::{Model, Replications};
use crate::experiment::RunError;
use crate::experiment::tune::{Configuration, Kept, Memory, Request, stage_seed};
use crate::report::KeptReplications;
use crate::scenario::shorthands;

/// Rounds are written as plans, and their shards are taken into the journal.
pub(super) struct Rounds<'a> {
    pub(super) journalled: &'a Journalled,
    pub(super) tuning: &'a Tuning,
    /// The scenario as it stands, its warm-up known.
    pub(super) today: &'a Model,
    /// The scenario file.
    pub(super) scenario: &'a Path,
    /// The folder of the plans.
    pub(super) folder: &'a Path,
    /// In how many shards a round is at most.
    pub(super) shards: u32,
    /// The command that goes on, without the options of `schedulers`.
    pub(super) command: Vec<OsString>,
    /// For which schedulers the plans are written.
    pub(super) schedulers: Schedulers,
    pub(super) output: Output,
    /// The round that is waited for.
    pub(super) waiting: Mutex<Option<Waiting>>,
}

/// A round whose shards are not all there.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    /// Its plan.
    pub(super) plan: PathBuf,
    /// How many shards are missing.
    pub(super) missing: usize,
    /// Of how many.
    pub(super) shards: u32,
    /// How many alternatives are in it.
    pub(super) alternatives: usize,
    /// How many replications.
    pub(super) replications: usize,
}

impl Rounds<'_> {
    /// The round that is waited for, if that is why the tuning ended.
    pub(super) fn waiting(&self) -> Option<Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A round as the cells of a sweep: the alternatives are the values of an axis.
    fn manifest(&self, missing: &[&Request]) -> Result<Manifest, Failure> {
        let value = |request: &&Request| -> Result<ValueInWriting, Failure> {
            let changes = match &request.configuration {
                Configuration::Today => Vec::new(),
                Configuration::Point(point) => self.tuning.changes(point).map_err(Failure::wrong)?.0,
                Configuration::Levels(rows) => vec![setting_of(self.today, rows)],
            };
            let name = request.number.to_string();
            Ok(ValueInWriting { name, set: changes.iter().map(ToString::to_string).collect() })
        };
        let values = missing.iter().map(value).collect::<Result<_, _>>()?;
        let of_all = |path: &str| path != "run.seed" && path != "run.warm_up";
        let mut set: Vec<String> = self
            .tuning
            .set
            .iter()
            .map(|setting| &setting.change)
            .filter(|change| of_all(&change.path))
            .map(ToString::to_string)
            .collect();
        // As the reader here does, by whom shards are not read.
        set.extend(shorthands(None, None, true).iter().map(|setting| setting.change.to_string()));
        let seed = stage_seed(self.today.run.seed, missing[0].stage);
        set.push(format!("run.seed={seed}"));
        set.push(format!("run.warm_up={}", self.today.run.warm_up.span()));
        let most = missing.iter().map(|request| request.replications.end).max().unwrap_or(1);
        let source = |source: crate::report::InputFile| crate::cli::sweep::FileDigest {
            name: source.name,
            sha256: source.sha256,
        };
        Ok(Manifest {
            backorder: Manifest::version(),
            study: format!("a round of tuning {}", self.today.name),
            description: String::new(),
            files: self.tuning.reader.sources().into_iter().map(source).collect(),
            set,
            axes: vec![AxisInWriting { key: "alternative".into(), label: None, values }],
            zip: false,
            measures: vec![self.tuning.objective.name().to_string()],
            indifference: Vec::new(),
            replications: KeptReplications(Replications::Fixed(most)),
            seed,
            warm_up_found: None,
            find: None,
        })
    }

    fn stands(&self, missing: &[&Request]) -> Result<Standing, Failure> {
        let round = Round {
            manifest: self.manifest(missing)?,
            wanted: missing.iter().map(|request| request.replications.clone()).collect(),
            scenario: self.scenario,
            model: self.today,
            by_product: missing.iter().any(|request| request.products > 0),
            command: self.command.clone(),
            schedulers: self.schedulers,
        };
        round.stands(&self.folder.join(format!("round-{:05}", missing[0].number)), self.shards, self.output)
    }
}

impl Memory for Rounds<'_> {
    fn recall(&self, request: &Request) -> Result<Option<Kept>, RunError> {
        self.journalled.recall(request)
    }

    fn round(&self, missing: &[&Request]) -> Result<(), RunError> {
        match self.stands(missing) {
            Ok(Standing::Whole(answers)) => {
                missing.iter().zip(answers).try_for_each(|(request, answer)| self.journalled.keep(request, &answer))
            }
            Ok(Standing::Waiting { plan, missing: shards_missing, shards }) => {
                let replications = missing.iter().map(|request| request.replications.len()).sum();
                let waiting =
                    Waiting { plan, missing: shards_missing, shards, alternatives: missing.len(), replications };
                *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(waiting);
                Err(RunError::Interrupted)
            }
            Err(failure) => self.journalled.end(failure),
        }
    }

    fn keep(&self, request: &Request, answer: &Kept) -> Result<(), RunError> {
        self.journalled.keep(request, answer)
    }
}
