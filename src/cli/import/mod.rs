//! `import`: a scenario from what a shop already has.

mod args;

use std::cell::RefCell;
use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value, json};

use super::console;
use super::failure::{Failure, in_words};
use super::fingerprint::sha256;
use super::folder::{Change, Inputs, Request, ResultFolder, WholeFile};
use super::options::Output;
use super::paint;
use crate::files::{read_bytes, read_text};
use crate::import::{self, Imported, Kind, Settings};
use crate::report;
use crate::scenario::packed;
pub(super) use args::{EXAMPLES, ImportArgs};

/// The scenario's name in the folder.
const SCENARIO: &str = "scenario.toml";
/// What the scenario would be, where somebody has changed it.
const ANEW: &str = "scenario.new.toml";
/// The page.
const PAGE: &str = "import.html";
/// Every other file that an import may write.
const TABLES: [&str; 10] = [
    "zones.csv",
    "lanes.csv",
    "products.csv",
    "orders.csv",
    "orders.csv.gz",
    "stock.csv",
    "levels.csv",
    "open-orders.csv",
    "open-purchase-orders.csv",
    "import.json",
];
/// Where `provenance.json` keeps the digest of the scenario as it was written.
const DIGEST: &str = "scenario_sha256";

/// Imports a shop's exports.
pub(super) fn import(args: &ImportArgs, output: Output) -> Result<(), Failure> {
    let folder = &args.folder;
    let place = folder.join(import::FILE);
    let said = match place.is_file() {
        true => {
            let text = read_text(&place).map_err(|why| Failure::wrong(format!("{}: {why}", place.display())))?;
            Settings::read(&text).map_err(|why| Failure::wrong(format!("{}: {why}", place.display())))?
        }
        false => Settings::default(),
    };
    let settings = args.applied(said.clone(), folder)?;
    if settings.orders.files.is_empty() && !place.is_file() {
        let why = format!("{} has no {}, so nothing is known of the exports yet", folder.display(), import::FILE);
        return Err(Failure::wrong(format!("{why}; name them: backorder import {} --orders FILE", folder.display())));
    }
    let read = RefCell::new(Vec::new());
    let open = |name: &str| {
        read.borrow_mut().push(PathBuf::from(name));
        read_bytes(Path::new(name))
    };
    // Messages name files as one names them here, not from the folder on.
    let mut named = settings.clone();
    for kind in Kind::ALL {
        named.source_mut(kind).files.iter_mut().for_each(|file| *file = at(folder, file));
    }
    let name = name_of(folder);
    let imported = import::import(&name, &schema_of(folder), &named, &open)
        .map_err(|wrong| Failure::wrong(import::told(&wrong)))?;
    let mut imported = imported;
    for kind in Kind::ALL {
        imported.settings.source_mut(kind).files.clone_from(&settings.source(kind).files);
    }
    let inputs = Inputs::of(read.into_inner());
    if !output.quiet && !output.json {
        console::page(&paint::document(&report::understood_document(&imported.report)))?;
    }
    if args.dry_run {
        return tell(&imported, &[], args, output);
    }
    if !args.yes && !output.quiet && !output.json && !confirmed(folder)? {
        console::message("Nothing is written.");
        return Ok(());
    }
    let written = write(&imported, &said, args, &inputs, output)?;
    tell(&imported, &written, args, output)
}

/// The path of a file that is named from a folder on, which may still have to be made.
fn at(folder: &Path, name: &str) -> String {
    if folder.exists() {
        let path = folder.join(name);
        // `shop/../orders.csv` is `orders.csv` to everybody.
        let below =
            Path::new(name).strip_prefix("..").ok().filter(|_| folder.file_name().is_some() && !folder.is_symlink());
        let beside = below.map(|below| folder.parent().unwrap_or(Path::new("")).join(below));
        return beside.filter(|beside| beside.exists()).unwrap_or(path).display().to_string();
    }
    let mut path = folder.to_path_buf();
    for part in Path::new(name).components() {
        match part {
            Component::ParentDir => {
                // Behind `..` there is nothing to take back.
                if path.file_name().is_some() {
                    path.pop();
                } else {
                    path.push("..");
                }
            }
            part => path.push(part),
        }
    }
    path.display().to_string()
}

/// The scenario's name: the folder's.
fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "shop".to_string())
}

/// Where the schema of scenarios stands, from a folder on: in it, else above it, where `backorder schema` puts it for several.
fn schema_of(folder: &Path) -> String {
    const SCHEMA: &str = "backorder.schema.json";
    let above = at(folder, &format!("../{SCHEMA}"));
    if !folder.join(SCHEMA).exists() && Path::new(&above).exists() {
        format!("../{SCHEMA}")
    } else {
        format!("./{SCHEMA}")
    }
}

/// Whether what was understood is right, where somebody is there to say so.
fn confirmed(folder: &Path) -> Result<bool, Failure> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Ok(true);
    }
    let _ = write!(io::stderr(), "Write the scenario to {}? [Y/n] ", folder.display());
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::running(format!("no answer can be read: {}", in_words(&error))))?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

/// Writes the files, all or none; returns their names.
fn write(
    imported: &Imported,
    said: &Settings,
    args: &ImportArgs,
    inputs: &Inputs,
    output: Output,
) -> Result<Vec<String>, Failure> {
    let target = &args.folder;
    let names = TABLES.iter().map(ToString::to_string).chain([SCENARIO, ANEW, PAGE].map(String::from)).collect();
    let is_changed = scenario_is_changed(target) && !args.force;
    let names: Vec<String> = if is_changed { without(names, SCENARIO) } else { names };
    let mut folder = ResultFolder::open(&Request {
        folder: target,
        names,
        inputs,
        force: args.force,
        resumes: false,
        is_quiet: output.quiet,
        remedy: "name another folder",
    })?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut digest = String::new();
    for (name, text) in &imported.files {
        let is_scenario = name == SCENARIO;
        if is_scenario {
            digest = sha256(text.as_bytes());
        }
        let name = if is_scenario && is_changed { ANEW } else { name };
        let bytes = text.clone().into_bytes();
        files.push((name.to_string(), if name.ends_with(".gz") { packed(&bytes) } else { bytes }));
    }
    files.push(("import.json".into(), report::import_json(&imported.report).into_bytes()));
    files.push((PAGE.into(), report::import_page(&imported.report).into_bytes()));
    if is_changed {
        // What somebody has changed stays theirs.
        digest = folder
            .earlier()?
            .and_then(|manifest| manifest.origin.get(DIGEST).and_then(Value::as_str).map(String::from))
            .unwrap_or_default();
    }
    let mut origin = Map::new();
    origin.insert("version".into(), json!(env!("CARGO_PKG_VERSION")));
    origin.insert("command".into(), json!("import"));
    origin.insert(DIGEST.into(), json!(digest));
    let mut written: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    folder.commit(Change { files, kept: Vec::new(), origin })?;
    drop(folder);
    if imported.settings != *said {
        let place = target.join(import::FILE);
        let (whole, mut file) = WholeFile::create(&place)?;
        file.write_all(imported.settings.written().as_bytes()).map_err(|error| whole.failure(&error))?;
        whole.finish()?;
        written.push(import::FILE.to_string());
    }
    Ok(written)
}

fn without(names: Vec<String>, name: &str) -> Vec<String> {
    names.into_iter().filter(|other| other != name).collect()
}

/// Whether somebody has changed the scenario since it was imported.
fn scenario_is_changed(folder: &Path) -> bool {
    let Ok(found) = fs::read(folder.join(SCENARIO)) else { return false };
    let provenance = fs::read(folder.join(super::folder::PROVENANCE)).ok();
    let provenance: Option<Value> = provenance.and_then(|text| serde_json::from_slice(&text).ok());
    let digest = provenance.as_ref().and_then(|text| text.get(DIGEST)).and_then(Value::as_str);
    // Without a digest nobody knows whose it is, and the folder refuses it.
    digest.is_some_and(|digest| digest != sha256(&found))
}

/// Tells what came of it.
fn tell(imported: &Imported, written: &[String], args: &ImportArgs, output: Output) -> Result<(), Failure> {
    let folder = &args.folder;
    if output.json {
        return console::json(&report::import_json(&imported.report));
    }
    if output.quiet {
        return Ok(());
    }
    console::page(&format!("\n{}", paint::document(&report::imported_document(&imported.report))))?;
    if written.is_empty() {
        console::message("Nothing is written (--dry-run).");
        return Ok(());
    }
    let told = format!("Written to {}: {}.", folder.display(), written.join(", "));
    console::message(&format!("\n{}", report::wrap(&told, report::WIDTH).join("\n")));
    if written.iter().any(|name| name == ANEW) {
        let told = format!("{SCENARIO} was changed since it was imported and is kept; {ANEW} is what it would be now");
        console::message(&report::wrap(&format!("{told} (--force replaces it)."), report::WIDTH).join("\n"));
    }
    console::message(&format!("To look at: {}", folder.join(PAGE).display()));
    console::message(&format!("To run: backorder run {}", folder.join(SCENARIO).display()));
    console::message(&format!("The next export: backorder import {}", folder.display()));
    Ok(())
}
