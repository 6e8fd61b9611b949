//! The files that a check writes beside what it prints.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::console;
use super::super::failure::Failure;
use super::super::folder::{Inputs, Wanted, refuse_one_file, write_file};
use super::guarded::Guarded;
use crate::report::{self, CheckSummary};

/// What judges nothing, so that there is nothing to tell.
const JUDGES_NOTHING: [&str; 2] = ["update", "accept"];

#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// Write the findings as Markdown, for a comment on a pull request
    #[arg(long, value_name = "FILE", conflicts_with_all = JUDGES_NOTHING)]
    markdown: Option<PathBuf>,
    /// Write them as JUnit XML
    #[arg(long, value_name = "FILE", conflicts_with_all = JUDGES_NOTHING)]
    junit: Option<PathBuf>,
    /// Write them as SARIF 2.1.0
    #[arg(long, value_name = "FILE", conflicts_with_all = JUDGES_NOTHING)]
    sarif: Option<PathBuf>,
    /// Print them as annotations of GitHub Actions, too
    #[arg(long, conflicts_with = "json", conflicts_with_all = JUDGES_NOTHING)]
    annotations: bool,
    /// Replace files of another kind
    #[arg(long)]
    pub(super) force: bool,
}

/// A kind of file: the option that names it, what it begins with, and how it is made.
type Kind = (&'static str, &'static str, fn(&CheckSummary) -> String);

const MARKDOWN: Kind = ("--markdown", "# backorder check", report::check_markdown);
const JUNIT: Kind = ("--junit", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", report::junit);
const SARIF: Kind = ("--sarif", "{\n  \"$schema\": \"https://json.schemastore.org/sarif", report::sarif);

/// The files that will be written.
pub(super) struct Outputs<'a> {
    files: Vec<(&'a Path, Kind)>,
    annotations: bool,
}

impl<'a> Outputs<'a> {
    /// The files asked for, none of which takes the place of anything else.
    pub(super) fn open(args: &'a OutputArgs, all: &[Guarded]) -> Result<Self, Failure> {
        let inputs = all.iter().flat_map(|it| {
            let own = [it.file.clone(), it.data()];
            own.into_iter().chain(it.inputs.iter().cloned())
        });
        let inputs = Inputs::of(inputs);
        let asked = [(&args.markdown, MARKDOWN), (&args.junit, JUNIT), (&args.sarif, SARIF)];
        let files: Vec<(&Path, Kind)> =
            asked.into_iter().filter_map(|(place, kind)| Some((place.as_deref()?, kind))).collect();
        for &(place, (option, begins, _)) in &files {
            Wanted { place, option, begins, inputs: &inputs, force: args.force }.check()?;
        }
        refuse_one_file(&files.iter().map(|&(place, (option, ..))| (option, place)).collect::<Vec<_>>())?;
        Ok(Self { files, annotations: args.annotations })
    }

    /// Writes each file whole or not at all.
    pub(super) fn write(&self, check: &CheckSummary) -> Result<(), Failure> {
        for (place, (_, _, made)) in &self.files {
            write_file(place, made(check).as_bytes())?;
        }
        if self.annotations { console::data(&report::annotations(check)) } else { Ok(()) }
    }
}
