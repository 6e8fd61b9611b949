//! `--what-if`: the part of a page that answers what if, made of a scenario's texts and the engine for pages.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use clap::Parser;
use serde_json::{Map, Value};

use super::failure::Failure;
use super::folder::PROVENANCE;
use super::load::{self, Beside};
use super::options::ScenarioArgs;
use super::provenance::PLACE;
use super::reader::Reader;
use super::reproduce::Asked;
use super::{Cli, Command};
use crate::files;
use crate::report::{Facts, InputFile, Kept, Summary, WhatIf, shell};
use crate::scenario::Files;
use crate::what_if;

/// The engine for pages, as `scripts/wasm.sh` builds and packs it.
const ENGINE: &[u8] = include_bytes!("engine.wasm.gz");

/// The part of a page with levers, engine and scenario. `sources` are the files that the result is made of, which have to be the
/// same still; `embeds_orders` says that orders which were really placed may lie in the page. Replications and seed of the result
/// are still to be filled in.
pub(super) fn part(
    scenario: &ScenarioArgs,
    asked: &Asked,
    sources: &[InputFile],
    embeds_orders: bool,
) -> Result<WhatIf, Failure> {
    let file = &scenario.file;
    let (text, beside) = load::open(file, &scenario.files.allow)?;
    let texts = Texts { beside, read: RefCell::default() };
    let loaded = files::load(&file.display().to_string(), &text, &texts, &scenario.settings(None));
    let loaded = loaded.map_err(Failure::wrong)?;
    refuse_others(sources, &texts.beside.sources())?;
    if loaded.model.trace.is_some() && !embeds_orders {
        let why = "--what-if puts all that the scenario reads into the page, and it replays orders that were really placed: who \
                   asked for what, where and when";
        let remedy = "--embed-orders says that they may lie in the page; without --what-if they do not";
        return Err(Failure::wrong(format!("{}: {why}. {remedy}", file.display())));
    }
    let question = asked.question(text, texts.read.into_inner());
    let levers = what_if::levers(&question, &loaded).map_err(Failure::wrong)?;
    Ok(WhatIf {
        levers,
        question: serde_json::to_string(&question).expect("texts can be written"),
        engine: ENGINE,
        replications: 0,
        seed: 0,
        at_first: what_if::at_first(&loaded.model),
        // That orders may be embedded changes nothing where there are none.
        options: if loaded.model.trace.is_some() { &["--what-if", "--embed-orders"] } else { &["--what-if"] },
    })
}

/// The same for the result in a folder, by what the folder says of it: the command that gives it again, where its scenario lies, and
/// what it was made of. `files` are those of the folder.
pub(super) fn part_of_result(
    folder: &Path,
    origin: &Map<String, Value>,
    files: &[(String, String)],
    embeds_orders: bool,
) -> Result<WhatIf, Failure> {
    let unknown = || {
        let why = format!("{}: {PROVENANCE} does not say which scenario this is the result of", folder.display());
        Failure::wrong(format!("{why}; run the scenario again with --what-if"))
    };
    let said = |key: &str| origin.get(key).and_then(Value::as_str).ok_or_else(unknown);
    let words = shell::words(said("reproduce")?).ok_or_else(unknown)?;
    let Ok(Cli { command: Command::Run(args), .. }) = Cli::try_parse_from(words) else { return Err(unknown()) };
    let mut scenario = args.scenario;
    scenario.file = folder.join(said(PLACE)?);
    let text = |name: &str| files.iter().find(|(file, _)| file == name).map(|(_, text)| text.as_str());
    let summary = text("summary.json").and_then(|text| Summary::from_json(text).ok()).ok_or_else(unknown)?;
    let facts = text("report.json").and_then(|text| Facts::from_json(text).ok()).ok_or_else(unknown)?;
    let reader = Reader::open(&scenario.file, &scenario.files.allow)?;
    let model = reader.check(&scenario.settings(args.replications)).map_err(Failure::wrong)?.model;
    let asked = Asked::new(&scenario, args.replications, &[], &model, &reader);
    let part = part(&scenario, &asked, &facts.origin.sources, embeds_orders)?;
    Ok(WhatIf { replications: summary.replications, seed: summary.seed, ..part })
}

/// Fails where the files are no longer those that the result was made of.
fn refuse_others(sources: &[InputFile], now: &[InputFile]) -> Result<(), Failure> {
    let changed: Vec<&str> =
        sources.iter().filter(|source| !now.contains(source)).map(|source| source.name.as_str()).collect();
    if changed.is_empty() && now.len() == sources.len() {
        return Ok(());
    }
    let names = if changed.is_empty() { "the files it reads".to_string() } else { changed.join(", ") };
    let why = "what the page would answer from is not what the result was made of: changed since, or gone";
    Err(Failure::wrong(format!("{names}: {why}; run the scenario again with --what-if")))
}

/// The files beside a scenario, with their texts.
struct Texts {
    beside: Beside,
    read: RefCell<BTreeMap<String, String>>,
}

impl Files for Texts {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        self.read_in(relative_path, None)
    }

    fn read_in(&self, relative_path: &str, encoding: Option<&str>) -> Result<String, String> {
        let text = self.beside.read_in(relative_path, encoding)?;
        self.read.borrow_mut().insert(relative_path.to_string(), text.clone());
        Ok(text)
    }
}
