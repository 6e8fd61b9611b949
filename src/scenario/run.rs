//! `[run]`: how long, how often, from which seed.

use super::item::{Item, Range};
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place;
use super::suggest::closest;
use super::tree::Value;
use crate::domain::settings::kinds::MAX_REPLICATIONS;
use crate::domain::{DAY, HalfWidth, Model, Replications, RunPlan, SimTime, Span, TraceDemand, WarmUp};

/// Replications where something is random and the scenario does not say how many.
const USUAL_REPLICATIONS: u32 = 30;

/// Reads the table; where it says nothing about replications, there is one for now.
pub fn read(root: &Section<'_>, trace: Option<&TraceDemand>) -> Option<RunPlan> {
    let table = root.table("run", &schema::RUN);
    let warm_up: Option<Option<Span>> = table.read("warm_up");
    let warm_up = warm_up.map(|span| span.map_or(WarmUp::Auto, WarmUp::Fixed));
    let horizon = horizon(root, &table, warm_up, trace);
    let run_out = table.read("run_out");
    let replications = replications(&table);
    let seed = table.read("seed");
    // Looked up where the settings are known that it speaks of.
    let replan: Option<bool> = table.read("replan");
    replan?;
    Some(RunPlan { horizon: horizon?, warm_up: warm_up?, run_out: run_out?, replications: replications?, seed: seed? })
}

fn horizon(
    root: &Section<'_>,
    table: &Section<'_>,
    warm_up: Option<WarmUp>,
    trace: Option<&TraceDemand>,
) -> Option<Span> {
    if let Some(item) = table.written("horizon") {
        return item.some_time();
    }
    let Some(trace) = trace else {
        // A trace that could not be read would have said how long.
        let traced = root.written("demand").is_some_and(|item| item.node.entry("trace").is_some());
        if !traced {
            table.missing_because("horizon", "");
        }
        return None;
    };
    let length = trace.length();
    let left = Span((length.0 - warm_up?.span().0).max(0));
    if left == Span::ZERO
        && let Some(item) = table.written("warm_up")
    {
        let message = format!("the warm-up leaves nothing of the trace, which is {length} long");
        table.cx.sink.push(item.error("out-of-range", message).expected("a shorter warm-up, or a `horizon`"));
        return None;
    }
    Some(left)
}

/// `replications` of a table, one where it says nothing.
pub fn replications(table: &Section<'_>) -> Option<Replications> {
    let Some(item) = table.written("replications") else { return Some(Replications::Fixed(1)) };
    if !matches!(item.node.value, Value::Table(_)) {
        return item
            .whole_or(1, MAX_REPLICATIONS, ", or `{ min, max, half_width, of }`")
            .map(|count| Replications::Fixed(count as u32));
    }
    let inner = Section::new(table.cx, item.node, &schema::SEQUENTIAL)?;
    let (min, max): (Option<u32>, Option<u32>) = (inner.read("min"), inner.read("max"));
    let half_width = half_width(&inner);
    let of = match inner.written("of") {
        Some(item) => measure(&item),
        None => inner.read("of"),
    };
    let (min, max) = (min?, max?);
    if min > max {
        let at = inner.written("max").or(inner.written("min"))?;
        let message = format!("`max` is {max}, which is below `min`, {min}");
        table.cx.sink.push(at.error("disordered", message).expected("min ≤ max"));
        return None;
    }
    Some(Replications::Sequential { min, max, half_width: half_width?, of: of? })
}

/// The name of a measure.
pub fn measure(item: &Item<'_>) -> Option<String> {
    let (name, known) = (item.name()?, item.cx.measures);
    if !known.is_empty() && !known.contains(&&*name) {
        let meant = closest(&name, known.iter().copied()).map(|meant| format!("did you mean \"{meant}\"?"));
        let finding = item.error("dangling", format!("there is no measure \"{name}\""));
        item.cx.sink.push(finding.expected("a name that `metrics` in summary.json has").help_if(meant));
    }
    Some(name.into_owned())
}

/// The precision aimed at: absolute or relative, not both.
fn half_width(inner: &Section<'_>) -> Option<HalfWidth> {
    match (inner.written("half_width"), inner.written("relative_half_width")) {
        (Some(absolute), None) => absolute.number(Range::POSITIVE).map(HalfWidth::Absolute),
        (None, Some(relative)) => relative.number(Range::POSITIVE).map(HalfWidth::Relative),
        (Some(_), Some(relative)) => {
            let message = "both `half_width` and `relative_half_width` are given".to_string();
            inner.cx.sink.push(relative.error("clash", message).help("keep one of the two"));
            None
        }
        (None, None) => {
            inner.missing_because("half_width", "");
            None
        }
    }
}

/// Many replications where something is random, one where nothing is, if the scenario does not say.
pub fn default_replications(root: &Section<'_>, model: &mut Model) {
    let written = root.written("run").is_some_and(|run| run.node.entry("replications").is_some());
    if !written && model.is_random() {
        model.run.replications = Replications::Fixed(USUAL_REPLICATIONS);
    }
}

/// Warns of what lies beyond the end of the run.
pub fn warn(root: &Section<'_>, model: &Model, places: &[(SimTime, Place)]) {
    let run = &model.run;
    let at = root.written("run").map_or(root.at, |item| item.node.entry("horizon").map_or(item.key_at, |it| it.key_at));
    let text = root.written("run").and_then(|item| Some(item.node.entry("horizon")?.node.shown()));
    let is_in_minutes = text.is_some_and(|text| text.contains('m'));
    let help = is_in_minutes.then(|| "`m` stands for minutes; write months in days, such as \"90d\"".to_string());
    if model.replenishment.is_some() {
        for vendor in &model.vendors {
            let lead_time = Span::from_seconds_f64(vendor.lead_time.mean());
            if lead_time > run.horizon {
                let message = format!(
                    "the horizon, {}, is shorter than the lead time of \"{}\", {lead_time} on average",
                    run.horizon, vendor.id
                );
                let finding = Finding::warning("short-horizon", at, message).about("horizon");
                root.cx.sink.push(finding.note("what is ordered then hardly ever arrives").help_if(help.clone()));
            }
        }
    }
    let WarmUp::Fixed(warm_up) = run.warm_up else { return };
    warn_of_days_without_orders(root, model, warm_up, at);
    let end = SimTime::ZERO + warm_up + run.horizon + run.run_out;
    for (instant, place) in places {
        if *instant >= end {
            let message = format!("this never happens: the run ends at {}", Span(end.0));
            let finding = Finding::warning("after-the-end", *place, message).about("at");
            root.cx.sink.push(finding.note("the end is warm_up + horizon + run_out"));
        }
    }
}

/// So many days that a run is longer than its trace are as many that had no orders, rather than a run that goes on after it.
const FEW_DAYS: i64 = 7;

/// Warns where a run is a few days longer than its trace: days without orders in front of it may have been lost.
fn warn_of_days_without_orders(root: &Section<'_>, model: &Model, warm_up: Span, at: Place) {
    let Some(trace) = &model.trace else { return };
    let table = root.written("demand").and_then(|demand| demand.node.entry("trace"));
    if table.is_some_and(|table| table.node.entry("start").is_some()) {
        return;
    }
    let (lasts, length) = (Span(warm_up.0 + model.run.horizon.0), trace.length());
    if lasts > length && lasts.0 - length.0 <= FEW_DAYS * DAY {
        let message =
            format!("warm-up and horizon last {lasts}, and the trace {length} from its first order to its last");
        let finding = Finding::warning("trace-start", at, message).about("horizon");
        let finding = finding.note("nobody orders on the days after it");
        let help = "if it was in front of the first order that nobody ordered, say when the trace begins: `start` beside \
                    `file`, such as `start = \"2026-05-01\"`";
        root.cx.sink.push(finding.help(help));
    }
}
