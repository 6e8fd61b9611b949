//! `trace`: what happens in one replication, as JSON lines or as the story of one order.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::PathBuf;

use clap::Args;

use super::console::{self, JsonLines};
use super::failure::Failure;
use super::folder::{Inputs, Wanted};
use super::load::{self, Read};
use super::options::{Output, ScenarioArgs};
use crate::domain::{Model, OrderNumber, WarmUp};
use crate::engine::{Erased, Plan};
use crate::observe::{Numbered, OcelWriter, Story, TraceWriter};

/// What such files begin with, by which an earlier one is known.
pub(super) const TRACE_BEGINS: &str = "{\"t\":";
pub(super) const OCEL_BEGINS: &str = "{\"objectTypes\":";

/// Columns of a story.
const WIDTH: usize = 80;

#[derive(Debug, Args)]
pub(super) struct TraceArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Tell the story of one order, by its number in the run, or by its own in the file that is replayed: '#1058' (with --json: its
    /// events alone, as one document)
    #[arg(long, value_name = "N")]
    order: Option<String>,
    /// Write an object-centric event log (OCEL 2.0, JSON) to a file instead
    #[arg(long, value_name = "FILE", conflicts_with = "order")]
    ocel: Option<PathBuf>,
    /// Replace a file that is no event log
    #[arg(long, requires = "ocel")]
    force: bool,
    /// Which replication, from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    replication: u32,
}

/// Tells what happens.
pub(super) fn trace(args: &TraceArgs, output: Output) -> Result<(), Failure> {
    let Read { model, inputs, .. } = load::load(&args.scenario, None, output)?;
    if model.run.warm_up == WarmUp::Auto && !output.quiet {
        console::message("note: warm_up = \"auto\" is found by `run`; here the replication starts without one");
    }
    let replication = args.replication - 1;
    if let Some(path) = &args.ocel {
        let inputs = &Inputs::of(inputs);
        let wanted = Wanted { place: path, option: "--ocel", begins: OCEL_BEGINS, inputs, force: args.force };
        let (whole, file) = wanted.create()?;
        write_ocel(&model, replication, file).map_err(|error| whole.failure(&error))?;
        whole.finish()?;
        return if output.json { console::written(std::slice::from_ref(path)) } else { Ok(()) };
    }
    let order = args.order.as_deref().map(|text| number_of(&model, replication, text)).transpose()?;
    match order {
        Some(order) if !output.json => tell(&model, replication, order),
        Some(order) => in_one_document(&model, replication, order),
        None => write(&model, replication),
    }
}

/// The number of an order in the run. A plain number is that, unless the run has no such order and the file that is replayed has one.
fn number_of(model: &Model, replication: u32, text: &str) -> Result<OrderNumber, Failure> {
    let number = text.parse::<OrderNumber>().ok().filter(|number| *number > 0);
    let replayed = model.trace().map_or(0, |trace| trace.orders.len() as OrderNumber);
    if let Some(number) = number.filter(|number| replayed == 0 || *number <= replayed) {
        return Ok(number);
    }
    let Some(mut numbered) = Numbered::of(model, text) else {
        let why = if replayed > 0 { ", and none of the file that is replayed is called so" } else { "" };
        let wrong = || Failure::wrong(format!("--order {text}: no number of an order, from 1{why}"));
        return number.ok_or_else(wrong);
    };
    Plan::new(model).run(replication, &mut Erased::new(&mut numbered)).map_err(Failure::running)?;
    numbered.number.ok_or_else(|| Failure::wrong(format!("order {text} does not come up before the run ends")))
}

/// The events of one order as one JSON document, as every `--json` prints one; the whole trace is lines, as it may be long.
fn in_one_document(model: &Model, replication: u32, order: OrderNumber) -> Result<(), Failure> {
    let mut lines = Vec::new();
    let mut writer = TraceWriter::of_order(model, &mut lines, order);
    let ran = Plan::new(model).run(replication, &mut Erased::new(&mut writer));
    writer.finish().map_err(|error| console::not_printed(&error))?;
    ran.map_err(Failure::running)?;
    let lines = String::from_utf8_lossy(&lines);
    let events: Vec<String> = lines.lines().map(|line| format!("    {line}")).collect();
    let replication = replication + 1;
    let head = format!("{{\n  \"order\": {order},\n  \"replication\": {replication},\n  \"events\": [\n");
    console::json(&format!("{head}{}\n  ]\n}}\n", events.join(",\n")))
}

fn write(model: &Model, replication: u32) -> Result<(), Failure> {
    let mut writer = TraceWriter::new(model, JsonLines::new());
    let ran = Plan::new(model).run(replication, &mut Erased::new(&mut writer));
    writer.finish().map_err(|error| console::not_printed(&error))?;
    ran.map_err(Failure::running)
}

/// One replication as an object-centric event log.
pub(super) fn write_ocel(model: &Model, replication: u32, file: File) -> io::Result<()> {
    let mut writer = OcelWriter::new(model, BufWriter::new(file));
    Plan::new(model).run(replication, &mut Erased::new(&mut writer)).map_err(io::Error::other)?;
    writer.finish()
}

fn tell(model: &Model, replication: u32, order: OrderNumber) -> Result<(), Failure> {
    let mut story = Story::new(model, order);
    Plan::new(model).run(replication, &mut Erased::new(&mut story)).map_err(Failure::running)?;
    match story.tell(WIDTH) {
        Some(text) => console::data(&text),
        None => Err(Failure::wrong(match story.highest_number() {
            0 => "no orders come up in this scenario".to_string(),
            1 => format!("there is no order {order}: order 1 is the only one in this replication"),
            last => format!("there is no order {order}: the orders of this replication are 1 to {last}"),
        })),
    }
}
