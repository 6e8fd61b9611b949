//! `new`: a folder with a starter scenario, commented, valid and ready to run.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;

use super::console;
use super::failure::{Failure, in_words};
use super::folder::WholeFile;
use super::options::Output;
use crate::scenario::json_schema;

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// The folder, made where it is missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// How many orders come in a day; asked for where left out [default: 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    orders_per_day: Option<u32>,
    /// How many warehouses there are; asked for where left out [default: 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=8))]
    warehouses: Option<u8>,
}

/// The scenario, with places for the answers.
const TEMPLATE: &str = include_str!("starter.toml");

/// Its name in the folder.
const FILE: &str = "scenario.toml";

/// The schema that its first line names, by which an editor completes keys.
const SCHEMA: &str = "backorder.schema.json";

/// Where the first warehouses stand: name, latitude, longitude. Two on the coasts, one in the middle, then between.
const PLACES: [(&str, f64, f64); 8] = [
    ("reno", 39.5, -119.8),
    ("harrisburg", 40.3, -76.9),
    ("dallas", 32.8, -96.8),
    ("indianapolis", 39.8, -86.2),
    ("boise", 43.6, -116.2),
    ("jacksonville", 30.3, -81.7),
    ("denver", 39.7, -105.0),
    ("minneapolis", 45.0, -93.3),
];

/// What is taken when nobody answers.
const ORDERS: u32 = 100;
const WAREHOUSES: u8 = 2;

/// Writes the scenario. What was not given on the command line is asked for, if somebody is there to answer.
pub(super) fn new(args: &NewArgs, output: Output) -> Result<(), Failure> {
    let path = args.folder.join(FILE);
    if path.exists() {
        return Err(Failure::wrong(format!("{} is there already; name another folder", path.display())));
    }
    let may_ask = !output.quiet && io::stdin().is_terminal() && io::stderr().is_terminal();
    let ask = |question: &str, given: Option<u32>, default: u32, most: u32| match given {
        Some(given) => Ok(given),
        None if may_ask => answer(question, default, most),
        None => Ok(default),
    };
    let orders = ask("Orders a day", args.orders_per_day, ORDERS, 1_000_000)?;
    let most = PLACES.len() as u32;
    let warehouses = ask("Warehouses", args.warehouses.map(u32::from), WAREHOUSES.into(), most)?;
    let text = starter(orders, warehouses as usize);
    fs::create_dir_all(&args.folder).map_err(|error| Failure::writing(&path, &error))?;
    let (whole, mut file) = WholeFile::create(&path)?;
    file.write_all(text.as_bytes()).map_err(|error| whole.failure(&error))?;
    whole.finish_new()?;
    let mut written = vec![path.clone()];
    let schema = args.folder.join(SCHEMA);
    // One that is there may be another version's, or changed: it is left alone.
    if !schema.exists() {
        let (whole, mut file) = WholeFile::create(&schema)?;
        file.write_all(format!("{:#}\n", json_schema()).as_bytes()).map_err(|error| whole.failure(&error))?;
        whole.finish_new()?;
        written.push(schema);
    }
    if output.json {
        console::written(&written)?;
    }
    if !output.quiet {
        console::message(&format!("Written: {}. It is ready to run:", path.display()));
        console::message(&format!("  backorder run {}", path.display()));
    }
    Ok(())
}

/// Asks for a whole number from 1; an empty answer takes the default.
fn answer(question: &str, default: u32, most: u32) -> Result<u32, Failure> {
    let mut line = String::new();
    loop {
        let _ = write!(io::stderr(), "{question} [{default}]: ");
        line.clear();
        let read = io::stdin().lock().read_line(&mut line);
        let length = read.map_err(|error| Failure::running(format!("no answer can be read: {}", in_words(&error))))?;
        match (length, line.trim()) {
            (0, _) | (_, "") => return Ok(default),
            (_, text) => match text.parse() {
                Ok(number) if (1..=most).contains(&number) => return Ok(number),
                _ => console::message(&format!("a whole number from 1 to {most}, please")),
            },
        }
    }
}

/// The scenario for so many orders a day and warehouses.
fn starter(orders: u32, warehouses: usize) -> String {
    let tables: String = PLACES[..warehouses]
        .iter()
        .map(|(name, lat, lon)| {
            format!("[[warehouses]]\nid = \"{name}\"\nlat = {lat:.1}\nlon = {lon:.1}\nhandling = \"4h\"\n\n")
        })
        .collect();
    let in_words = if warehouses == 1 { "one warehouse".to_string() } else { format!("{warehouses} warehouses") };
    TEMPLATE
        .replace("{warehouse_tables}\n", &tables)
        .replace("{warehouses_in_words}", &in_words)
        .replace("{orders}", &orders.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Files, load};

    struct NoFiles;

    impl Files for NoFiles {
        fn read(&self, _: &str) -> Result<String, String> {
            Err("the starter needs no other file".into())
        }
    }

    #[test]
    fn every_starter_is_valid_and_leaves_nothing_to_warn_of() {
        for (orders, warehouses) in [(1, 1), (100, 2), (1_000_000, PLACES.len())] {
            let text = starter(orders, warehouses);
            assert!(!text.contains("{orders}") && !text.contains("{warehouse"), "every place is filled");
            let loaded = load(FILE, &text, &NoFiles, &[]).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
            assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
            assert_eq!(loaded.model.warehouses.len(), warehouses);
            assert_eq!(loaded.model.demand.map(|demand| demand.orders_per_day), Some(f64::from(orders)));
        }
    }
}
