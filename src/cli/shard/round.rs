//! A round of a tuning as a plan: its alternatives are the cells, each with the replications that are wanted of it.

use std::ffi::OsString;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::super::folder::{Change, Inputs, Request, ResultFolder};
use super::super::options::Output;
use super::super::shell::line;
use super::super::sweep::{Head, Manifest};
use super::super::way::way;
use super::merge::{Merged, missing, remove_shards};
use super::plan::{Plan, PlanFile};
use super::scripts::{Schedulers, Then};
use crate::domain::Model;
use crate::files::read_text;
use crate::stats::Pair;

/// A round: what its shards depend on.
pub(in crate::cli) struct Round<'a> {
    /// The alternatives as the cells of a sweep.
    pub(in crate::cli) manifest: Manifest,
    /// The replications wanted of each.
    pub(in crate::cli) wanted: Vec<Range<u32>>,
    /// The scenario file.
    pub(in crate::cli) scenario: &'a Path,
    /// The scenario as it stands.
    pub(in crate::cli) model: &'a Model,
    /// Whether what products say by themselves is wanted, too.
    pub(in crate::cli) by_product: bool,
    /// The command that goes on when the shards are there, word by word, without the options of `schedulers`.
    pub(in crate::cli) command: Vec<OsString>,
    /// For which schedulers the plan is written.
    pub(in crate::cli) schedulers: Schedulers,
}

/// How a round stands.
pub(in crate::cli) enum Standing {
    /// All shards are there: what the replications of each cell say.
    Whole(Vec<Vec<Vec<Pair>>>),
    /// Shards are missing of this plan, which has so many in all.
    Waiting { plan: PathBuf, missing: usize, shards: u32 },
}

impl Round<'_> {
    fn ranges(&self) -> Vec<(u32, u32)> {
        self.wanted.iter().map(|range| (range.start, range.end)).collect()
    }

    /// Takes in the shards of this round, or writes its plan to `folder` where it is not there yet.
    ///
    /// # Errors
    /// When the plan cannot be written, or a shard is of something else.
    pub(in crate::cli) fn stands(&self, folder: &Path, shards: u32, output: Output) -> Result<Standing, Failure> {
        let path = folder.join("plan.json");
        let before = if path.is_file() { Some(Plan::read(&path)?) } else { None };
        if let Some(plan) = &before {
            self.check_whose(plan)?;
            let is_same = plan.file.round.as_ref() == Some(&self.ranges())
                && plan.file.by_product == self.by_product
                && plan.file.manifest.changes(&self.manifest).is_empty();
            if is_same {
                let missing = missing(plan)?.0.len();
                if missing > 0 {
                    // Scripts may be asked for later than the plan, which stays as its shards know it.
                    let scripts = self.scripts(folder, plan.file.shards)?;
                    if scripts.iter().any(|(name, _)| !folder.join(name).is_file()) {
                        let text = read_text(&path).map_err(Failure::wrong)?;
                        self.write(folder, |_| text, scripts, output)?;
                    }
                    return Ok(Standing::Waiting { plan: path, missing, shards: plan.file.shards });
                }
                let mut merged = Merged::new(plan)?;
                let cells = (0..self.wanted.len()).map(|cell| merged.cell(cell)).collect::<Result<_, _>>()?;
                return Ok(Standing::Whole(cells));
            }
        }
        let replications: usize = self.wanted.iter().map(|range| range.len()).sum();
        let shards = shards.min(replications as u32).max(1);
        let plan = |real: &Path| {
            let (manifest, scenario) = (self.manifest.clone(), way(real, self.scenario));
            let wanted = (self.ranges(), self.by_product);
            PlanFile::of_round(manifest, scenario, self.model, wanted, shards, line(&self.command)).text()
        };
        self.write(folder, plan, self.scripts(folder, shards)?, output)?;
        if let Some(before) = before {
            remove_shards(&before)?;
        }
        Ok(Standing::Waiting { plan: path, missing: shards as usize, shards })
    }

    /// Refuses to write over a plan that is none of this tuning's rounds.
    fn check_whose(&self, plan: &Plan) -> Result<(), Failure> {
        let (theirs, path) = (plan.scenario(), plan.path.display());
        let what = if plan.file.round.is_none() {
            "the plan of a sweep".to_string()
        } else if fs::canonicalize(&theirs).ok() != fs::canonicalize(self.scenario).ok() {
            format!("a round of a tuning of another scenario, {}", theirs.display())
        } else {
            return Ok(());
        };
        Err(Failure::wrong(format!("{path}: this is {what}; name another folder with --rounds")))
    }

    /// The scripts that hand so many shards to the schedulers.
    fn scripts(&self, folder: &Path, shards: u32) -> Result<Vec<(String, String)>, Failure> {
        let own = self.schedulers.options().into_iter().map(OsString::from);
        let then = Then::Next(self.command.iter().cloned().chain(own).collect());
        self.schedulers.files(folder, &self.manifest.study, shards, &then)
    }

    fn write(
        &self,
        folder: &Path,
        plan: impl FnOnce(&Path) -> String,
        scripts: Vec<(String, String)>,
        output: Output,
    ) -> Result<(), Failure> {
        let mut target = ResultFolder::open(&Request {
            folder,
            names: super::PLAN_FILES.map(String::from).to_vec(),
            inputs: &Inputs::of([self.scenario.to_path_buf()]),
            force: false,
            resumes: false,
            is_quiet: output.quiet,
            remedy: "name another folder with --rounds",
        })?;
        let files = std::iter::once(("plan.json".to_string(), plan(target.real()))).chain(scripts);
        let files = files.map(|(name, text)| (name, text.into_bytes())).collect();
        target.commit(Change { files, kept: Vec::new(), origin: serde_json::Map::new() })
    }
}
