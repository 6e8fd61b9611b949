//! `import`: a scenario from what a shop already has.

mod args;

use std::cell::RefCell;
use std::collections::BTreeMap;
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
use crate::import::{self, Imported, Kind, Settings, Tables};
use crate::report;
use crate::scenario::{packed, unpacked};
pub(super) use args::{EXAMPLES, ImportArgs};
use args::{SCENARIO, from_folder};

/// What a scenario's name ends with where somebody has changed it and this is what it would be.
const ANEW: &str = "new.toml";
/// The page.
const PAGE: &str = "import.html";
/// Every other file that an import may write.
const TABLES: [&str; 11] = [
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
    import::MADE,
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
    let home = Home::of(folder, &settings);
    let imported = import::import(&home.place(folder), &named, &open).map_err(|wrong| {
        let mut told = import::told(&wrong);
        let are_there =
            Kind::ALL.iter().all(|&kind| named.source(kind).files.iter().all(|file| Path::new(file).is_file()));
        if place.is_file() && are_there {
            let kept = place.display();
            told.push_str(&format!("\nnote: {kept} keeps how the last export was read; take out what no longer holds"));
        }
        Failure::wrong(wrapped(&told))
    })?;
    let mut imported = imported;
    for kind in Kind::ALL {
        imported.settings.source_mut(kind).files.clone_from(&settings.source(kind).files);
    }
    let tables = fill_in(&mut imported, folder, args.force)?;
    let inputs = Inputs::of(read.into_inner());
    if !output.quiet && !output.json {
        console::page(&paint::document(&report::understood_document(&imported.report)))?;
    }
    if args.dry_run {
        return tell(&imported, &home, &[], args, output);
    }
    if !args.yes && !output.quiet && !output.json && !confirmed(folder)? {
        console::message("Nothing is written.");
        return Ok(());
    }
    let written = write(&imported, tables, &home, &said, args, &inputs, output)?;
    tell(&imported, &home, &written, args, output)
}

/// Where the scenario stands: in the folder of its tables, or elsewhere.
struct Home {
    /// The scenario's file.
    scenario: PathBuf,
    /// Whether it stands beside its tables.
    is_inside: bool,
}

impl Home {
    fn of(folder: &Path, settings: &Settings) -> Self {
        match &settings.scenario {
            Some(file) => {
                let scenario = beside(folder, file).unwrap_or_else(|| folder.join(file));
                Self { scenario, is_inside: false }
            }
            None => Self { scenario: folder.join(SCENARIO), is_inside: true },
        }
    }

    /// The folder that it stands in.
    fn folder(&self) -> &Path {
        self.scenario.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// What the scenario would be, where somebody has changed it.
    fn anew(&self) -> PathBuf {
        self.scenario.with_extension(ANEW)
    }

    fn place(&self, folder: &Path) -> import::Place {
        let schema = schema_of(self.folder());
        if self.is_inside {
            return import::Place { name: name_of(folder), schema, tables: String::new() };
        }
        let name = self.scenario.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        import::Place { name, schema, tables: format!("{}/", from_folder(folder, self.folder())) }
    }

    /// The digest of the scenario as the last import into the folder wrote it, and whether it is something else by now.
    fn is_changed(&self, folder: &Path) -> (Option<String>, bool) {
        let provenance = fs::read(folder.join(super::folder::PROVENANCE)).ok();
        let provenance: Option<Value> = provenance.and_then(|text| serde_json::from_slice(&text).ok());
        let digest = provenance.as_ref().and_then(|text| text.get(DIGEST)).and_then(Value::as_str).map(String::from);
        let found = fs::read(&self.scenario).ok();
        let is_changed = found.zip(digest.as_ref()).is_some_and(|(found, digest)| *digest != sha256(&found));
        (digest, is_changed)
    }

    /// Refuses a scenario elsewhere that no import into the folder wrote; what stands in the folder the folder looks after.
    fn refuse_what_stands_there(&self, digest: Option<&String>, force: bool) -> Result<(), Failure> {
        if self.is_inside || force || digest.is_some() || !self.scenario.exists() {
            return Ok(());
        }
        let why = format!("--scenario {} is there already, and no import wrote it", self.scenario.display());
        Err(Failure::wrong(format!("{why}; name another file, or replace it with --force")))
    }
}

/// The path of a file beside a folder, or beside what that is in: `shop/../orders.csv` is `orders.csv` to everybody.
fn beside(folder: &Path, name: &str) -> Option<PathBuf> {
    let below = Path::new(name).strip_prefix("..").ok()?;
    (folder.file_name().is_some() && !folder.is_symlink()).then(|| folder.parent().unwrap_or(Path::new("")).join(below))
}

/// The path of a file that is named from a folder on, which may still have to be made.
fn at(folder: &Path, name: &str) -> String {
    if folder.exists() {
        let path = folder.join(name);
        let beside = beside(folder, name).filter(|beside| beside.exists() || !path.exists());
        return beside.unwrap_or(path).display().to_string();
    }
    let mut path = PathBuf::new();
    for part in folder.components().chain(Path::new(name).components()) {
        match part {
            Component::ParentDir => {
                // Behind `..` there is nothing to take back, and a folder that is there may be a link.
                if path.file_name().is_some() && !path.is_symlink() {
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

/// Complaints in lines that a terminal shows whole; what goes on is set in.
fn wrapped(told: &str) -> String {
    let lines = told.lines().flat_map(|line| {
        let indent = line.len() - line.trim_start().len();
        let parts = report::wrap(line.trim_start(), report::WIDTH - indent - 2);
        let set_in = move |(at, part): (usize, String)| format!("{:1$}{part}", "", indent + if at > 0 { 2 } else { 0 });
        parts.into_iter().enumerate().map(set_in)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Puts what somebody filled in into the tables, and tells of it; what was made before that, for the next time.
fn fill_in(imported: &mut Imported, folder: &Path, force: bool) -> Result<Vec<u8>, Failure> {
    let earlier = fs::read(folder.join(import::MADE)).ok().and_then(|bytes| unpacked(bytes).ok());
    let earlier: Tables = earlier.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    let mut tables = Tables { made: BTreeMap::new(), aside: earlier.aside.clone() };
    for (name, text) in &mut imported.files {
        if !import::FILLED.iter().any(|(known, _)| known == name) {
            continue;
        }
        tables.made.insert(name.clone(), text.clone());
        let path = folder.join(&*name);
        // Without what was made before, a table as an import wrote it has nothing that was typed in.
        if !path.is_file() || (!earlier.made.contains_key(name) && !is_strange(folder, name)) {
            continue;
        }
        let found = read_text(&path).and_then(|there| import::filled(name, &earlier, &there, text));
        match found {
            Ok(found) if force => {
                tables.aside.remove(name);
                imported.report.notes.extend(found.replaced(name));
            }
            Ok(found) => {
                imported.report.notes.extend(found.told(name));
                *text = found.text;
                tables.aside.insert(name.clone(), found.aside);
            }
            Err(_) if force => {}
            Err(why) => {
                let why = format!("{}: what is filled in there cannot be kept, as {why}", path.display());
                return Err(Failure::wrong(format!("{why}; mend it, or replace it with --force")));
            }
        }
    }
    tables.aside.retain(|_, rows| !rows.is_empty());
    serde_json::to_vec(&tables).map(|text| packed(&text)).map_err(|why| Failure::running(why.to_string()))
}

/// The digest of a folder's file as the last import wrote it.
fn digest_of(folder: &Path, name: &str) -> Option<String> {
    let provenance = fs::read(folder.join(super::folder::PROVENANCE)).ok()?;
    let provenance: Value = serde_json::from_slice(&provenance).ok()?;
    provenance.get("sha256")?.get(name)?.as_str().map(String::from)
}

/// Whether a folder's file is there and is not as the last import wrote it.
fn is_strange(folder: &Path, name: &str) -> bool {
    fs::read(folder.join(name)).is_ok_and(|found| digest_of(folder, name) != Some(sha256(&found)))
}

/// Whether all of a folder's files that are not as the last import wrote them are tables, of which what was typed in is kept.
fn are_tables_alone(folder: &Path, names: &[String]) -> bool {
    let mut strange = names.iter().filter(|name| is_strange(folder, name)).peekable();
    strange.peek().is_some() && strange.all(|name| import::FILLED.iter().any(|(known, _)| known == name))
}

/// Writes the files, all or none; returns their names.
fn write(
    imported: &Imported,
    tables: Vec<u8>,
    home: &Home,
    said: &Settings,
    args: &ImportArgs,
    inputs: &Inputs,
    output: Output,
) -> Result<Vec<String>, Failure> {
    let target = &args.folder;
    let mut names: Vec<String> = TABLES.iter().chain(&[PAGE]).map(ToString::to_string).collect();
    let (earlier, is_changed) = home.is_changed(target);
    let is_changed = is_changed && !args.force;
    home.refuse_what_stands_there(earlier.as_ref(), args.force)?;
    // What somebody has changed stays theirs.
    let scenario = if is_changed { home.anew() } else { home.scenario.clone() };
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let inside = name(&scenario).filter(|_| home.is_inside);
    names.extend(name(&home.anew()).filter(|_| home.is_inside && !is_changed));
    names.extend(inside.clone());
    let force = args.force || are_tables_alone(target, &names);
    let mut folder = ResultFolder::open(&Request {
        folder: target,
        names,
        inputs,
        force,
        resumes: false,
        is_quiet: output.quiet,
        remedy: "name another folder",
    })?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let (mut digest, mut elsewhere) = (String::new(), None);
    for (name, text) in &imported.files {
        let bytes = text.clone().into_bytes();
        if name != SCENARIO {
            files.push((name.clone(), if name.ends_with(".gz") { packed(&bytes) } else { bytes }));
            continue;
        }
        digest = sha256(&bytes);
        match &inside {
            Some(name) => files.push((name.clone(), bytes)),
            None => elsewhere = Some(bytes),
        }
    }
    files.push((import::MADE.into(), tables));
    files.push(("import.json".into(), report::import_json(&imported.report).into_bytes()));
    files.push((PAGE.into(), report::import_page(&imported.report).into_bytes()));
    if is_changed {
        digest = earlier.unwrap_or_default();
    }
    let mut origin = Map::new();
    origin.insert("version".into(), json!(env!("CARGO_PKG_VERSION")));
    origin.insert("command".into(), json!("import"));
    origin.insert(DIGEST.into(), json!(digest));
    let mut written: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    folder.commit(Change { files, kept: Vec::new(), origin })?;
    drop(folder);
    if let Some(bytes) = elsewhere {
        put(&scenario, &bytes)?;
    }
    if imported.settings != *said {
        put(&target.join(import::FILE), imported.settings.written().as_bytes())?;
        written.push(import::FILE.to_string());
    }
    Ok(written)
}

/// Writes a file, whole or not at all.
fn put(place: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let (whole, mut file) = WholeFile::create(place)?;
    file.write_all(bytes).map_err(|error| whole.failure(&error))?;
    whole.finish()
}

/// Tells what came of it.
fn tell(
    imported: &Imported,
    home: &Home,
    written: &[String],
    args: &ImportArgs,
    output: Output,
) -> Result<(), Failure> {
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
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_kept = home.is_changed(folder).1;
    if is_kept {
        let (scenario, anew) = (name(&home.scenario), name(&home.anew()));
        let told = format!("{scenario} was changed since it was imported and is kept; {anew} is what it would be now");
        console::message(&report::wrap(&format!("{told} (--force replaces it)."), report::WIDTH).join("\n"));
    }
    if !home.is_inside {
        let scenario = if is_kept { home.anew() } else { home.scenario.clone() };
        console::message(&format!("The scenario: {}", scenario.display()));
    }
    console::message(&format!("To look at: {}", folder.join(PAGE).display()));
    console::message(&format!("To run: backorder run {}", home.scenario.display()));
    console::message(&format!("The next export: backorder import {}", folder.display()));
    Ok(())
}
