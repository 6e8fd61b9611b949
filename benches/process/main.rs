//! The program as a user starts it: how soon it answers, and what a second thread brings.
//!
//! Start-up: `run` of a ten-line scenario, its whole result folder with charts and page included, and `validate` of a scenario
//! with a table of 100,000 products. Threads: `run --jobs 1` and `--jobs 2` of the reference retailer in turn, and whether
//! their folders hold the same bytes; and, since reading the scenario and drawing charts is done by one, replications alone, of
//! the large retailer of `benches/network`, and whether their results are the same.

#[path = "../network/mod.rs"]
#[allow(dead_code)] // What other benchmarks need of it.
mod network;

use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use backorder::experiment::{Results, Settings, replicate};

const PROGRAM: &str = env!("CARGO_BIN_EXE_backorder");

const TEN_LINES: &str = r#"name = "one line waits"
run = { horizon = "90d" }
zones = [{ id = "home" }]
warehouses = [{ id = "boise" }]
lanes = [{ from = "boise", to = "home", parcel_cost = 5.00, transit = "2d" }]
products = [{ id = "whey" }]
stock = [{ warehouse = "boise", product = "whey", units = 1 }]
orders = [{ at = "1d", zone = "home", lines = [{ product = "whey", units = 2 }] }]
receipts = [{ at = "3d", warehouse = "boise", product = "whey", units = 2 }]
contacts = [{ at = "2d", order = 1, line = 1, wants = "remove" }]
"#;

const LARGE: &str = r#"name = "a large assortment"
run = { horizon = "90d" }
zones = [{ id = "home" }]
warehouses = [{ id = "boise" }]
lanes = [{ from = "boise", to = "home", parcel_cost = 5.00, transit = "2d" }]
vendors = [{ id = "acme", lead_time = "6d" }]
products = { file = "products.csv" }
demand = { orders_per_day = 100 }
replenishment = { policy = "s-S", reorder_point = 3, order_up_to = 10 }
"#;
const LARGE_PRODUCTS: usize = 100_000;

/// Replications of the reference retailer that the threads share.
const REPLICATIONS: &str = "12";

fn main() -> ExitCode {
    let folder = std::env::temp_dir().join(format!("backorder-bench-{}", std::process::id()));
    let outcome = measure(&folder);
    let _ = fs::remove_dir_all(&folder);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn measure(folder: &Path) -> Result<(), String> {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).map(|()| path).map_err(|error| format!("{name}: {error}"))
    };
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let small = write("small.toml", TEN_LINES)?;
    let large = write("large.toml", LARGE)?;
    write("products.csv", &products())?;
    let retailer = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/supplements.toml");
    let results = |jobs: &str| folder.join(format!("jobs-{jobs}"));

    let run_small =
        || seconds(Command::new(PROGRAM).arg("run").arg(&small).arg("-q").arg("-o").arg(folder.join("small")));
    let validate = || seconds(Command::new(PROGRAM).arg("validate").arg(&large));
    let threads = |jobs: &str| {
        let mut command = Command::new(PROGRAM);
        command.arg("run").arg(&retailer).args(["-q", "--replications", REPLICATIONS, "--jobs", jobs, "-o"]);
        seconds(command.arg(results(jobs)))
    };
    println!("| what | median | least |");
    println!("|---|---|---|");
    row("run of a ten-line scenario, charts and page included", &mut times(31, run_small)?);
    row("validate, 100,000 products in a table", &mut times(9, validate)?);
    let (mut one, mut two, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        one.push(threads("1")?);
        two.push(threads("2")?);
        ratios.push(one[one.len() - 1] / two[two.len() - 1]);
    }
    row(&format!("{REPLICATIONS} replications of the reference retailer, one thread"), &mut one);
    row("the same, two threads", &mut two);
    println!("\ntwo threads: {:.2} times as fast (median of pairs)", median(&mut ratios));
    replications_alone()?;
    let differing = differing_files(&results("1"), &results("2"))?;
    println!("files that differ, provenance.json left out: {}", differing.len());
    if differing.is_empty() { Ok(()) } else { Err(format!("{differing:?}")) }
}

/// Replications of the large retailer by one thread and by two, in turn.
fn replications_alone() -> Result<(), String> {
    let size = network::Size { products: 10_000, warehouses: 10, orders_per_day: 10_000.0, days: 90 };
    let model = size.model().with_replications(NonZeroU32::new(12).expect("it is above 0"));
    let run = |jobs: usize| -> Result<(Results, f64), String> {
        let settings = Settings { jobs: Some(jobs), ..Settings::default() };
        let clock = Instant::now();
        let results = replicate(&model, &settings).map_err(|error| error.to_string())?;
        Ok((results, clock.elapsed().as_secs_f64()))
    };
    let (mut one, mut two, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let (alone, by_one) = run(1)?;
        let (together, by_two) = run(2)?;
        if format!("{alone:?}") != format!("{together:?}") {
            return Err("two threads give other results than one".into());
        }
        one.push(by_one);
        two.push(by_two);
        ratios.push(by_one / by_two);
    }
    println!();
    row("12 replications alone of 10,000 products and 10 warehouses, one thread", &mut one);
    row("the same, two threads", &mut two);
    println!("\ntwo threads: {:.2} times as fast (median of pairs), with the same results", median(&mut ratios));
    Ok(())
}

fn products() -> String {
    let mut text = String::from("id,vendor,price,unit_cost,weight_kg,share\n");
    for number in 0..LARGE_PRODUCTS {
        let (cents, share) = (500 + number * 37 % 8_000, 1 + number * 13 % 97);
        let _ =
            writeln!(text, "sku-{number:06},acme,{}.{:02},{}.50,1.2,{share}", cents / 100, cents % 100, cents / 200);
    }
    text
}

/// How long a command takes, from its start to its end.
fn seconds(command: &mut Command) -> Result<f64, String> {
    let clock = Instant::now();
    let status = command.stdout(Stdio::null()).status().map_err(|error| format!("{PROGRAM}: {error}"))?;
    let seconds = clock.elapsed().as_secs_f64();
    if status.success() { Ok(seconds) } else { Err(format!("{command:?}: {status}")) }
}

fn times(runs: usize, run: impl Fn() -> Result<f64, String>) -> Result<Vec<f64>, String> {
    run()?; // The first one reads the program from disk.
    (0..runs).map(|_| run()).collect()
}

fn row(what: &str, seconds: &mut [f64]) {
    let median = median(seconds);
    println!("| {what} | {:.1} ms | {:.1} ms |", median * 1e3, seconds[0] * 1e3);
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The files of two folders that do not hold the same bytes.
fn differing_files(left: &Path, right: &Path) -> Result<Vec<PathBuf>, String> {
    let mut differing = Vec::new();
    let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    for entry in fs::read_dir(left).map_err(|error| told(left, error))? {
        let path = entry.map_err(|error| told(left, error))?.path();
        let Some(name) = path.file_name() else { continue };
        let other = right.join(name);
        if path.is_dir() {
            differing.extend(differing_files(&path, &other)?);
        } else if name != "provenance.json" {
            let read = |path: &Path| fs::read(path).map_err(|error| told(path, error));
            if read(&path)? != read(&other)? {
                differing.push(path);
            }
        }
    }
    Ok(differing)
}
