//! The levers of a page with the engine in it: those that the scenario asks for, else those that it has something to move for.

use super::Question;
use crate::domain::phrase::{grouped, percent, plain, plural};
use crate::domain::settings::{LeverName, Words};
use crate::domain::{DAY, Model, SourcingPolicy, Span};
use crate::report::{Choice, Lever};
use crate::scenario::{Axis, Loaded, WantedLever};

/// So many levers are chosen where the scenario asks for none.
const MOST: usize = 6;

/// Shares of a coin to choose from.
const SHARES: [f64; 7] = [0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0];
/// Ages in days to choose from.
const AGES: [i64; 7] = [7, 14, 21, 30, 45, 60, 90];
/// Factors to choose from.
const FACTORS: [f64; 9] = [0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0];

/// The levers for a question, in the order in which they are shown.
///
/// # Errors
/// Why a lever that the scenario asks for cannot be had.
pub fn levers(question: &Question, loaded: &Loaded) -> Result<Vec<Lever>, String> {
    let model = &loaded.model;
    if loaded.levers.is_empty() {
        let all = LeverName::ALL.iter().filter_map(|&name| named(name, question, model).ok());
        return Ok(all.take(MOST).collect());
    }
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for wanted in &loaded.levers {
        let lever = match wanted {
            WantedLever::Named(name) => named(*name, question, model)
                .map_err(|why| format!("error: [report] asks for the lever `{}`: {why}", name.word())),
            WantedLever::Own(axis) => own(axis, question),
        };
        match lever {
            Ok(lever) => found.push(lever),
            Err(why) => wrong.push(why),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong.join("\n")) }
}

/// How many replications a page runs before anybody asks for more: as many as an answer takes a few seconds for.
pub fn at_first(model: &Model) -> usize {
    let lines = match (&model.demand, &model.trace) {
        (_, Some(trace)) => trace.orders.iter().map(|order| order.lines.len() as f64).sum(),
        (Some(demand), None) => demand.orders_per_day * demand.lines_per_order.mean() * model.run.end().days(),
        (None, None) => 0.0,
    };
    if lines > 500_000.0 { 4 } else { 10 }
}

/// A lever that every page knows, or why the scenario has nothing to move for it.
fn named(name: LeverName, question: &Question, model: &Model) -> Result<Lever, String> {
    let lever = |is_scale, now, choices| Lever {
        id: name.word().to_string(),
        label: name.phrase().to_string(),
        is_scale,
        now,
        choices,
    };
    let replenishment = || model.replenishment.as_ref().ok_or("the scenario has no [replenishment]".to_string());
    match name {
        LeverName::ShipAvailable => {
            let now = model.rules.split.ship_available;
            let (now, choices) = scale(now, &SHARES, percent, |share| set("rules.split.ship_available", share));
            Ok(lever(true, now, choices))
        }
        LeverName::Cancellation => {
            let never = i64::MAX;
            let now = model.rules.cancellation.after.map_or(never, |age| age.0);
            let mut ages: Vec<i64> = AGES.map(|days| Span::from_days(days).0).into_iter().chain([now, never]).collect();
            ages.sort_unstable();
            ages.dedup();
            let of = |&age: &i64| {
                let word = if age == never { "never".to_string() } else { Span(age).to_string() };
                let label = if age % DAY == 0 { plural((age / DAY) as usize, "day") } else { word.clone() };
                choice(&word, &label, (age != now).then(|| format!("rules.cancellation.after={word}")))
            };
            Ok(lever(true, ages.iter().position(|&age| age == now).unwrap_or(0), ages.iter().map(of).collect()))
        }
        LeverName::Sourcing if model.warehouses.len() < 2 => Err("the scenario has one warehouse".to_string()),
        LeverName::Sourcing => {
            let now = model.sourcing.policy;
            let of = |&policy: &SourcingPolicy| {
                let change = format!("sourcing.policy={}", policy.word());
                choice(policy.word(), policy.phrase(), (policy != now).then_some(change))
            };
            let at = SourcingPolicy::ALL.iter().position(|&policy| policy == now).unwrap_or(0);
            Ok(lever(false, at, SourcingPolicy::ALL.iter().map(of).collect()))
        }
        LeverName::ReorderPoints => {
            let now = replenishment()?.reorder_point_factor;
            let (now, choices) = scale(now, &FACTORS, times, |it| set("replenishment.reorder_point_factor", it));
            Ok(lever(true, now, choices))
        }
        LeverName::LeadTimes => {
            let now = replenishment()?.lead_time_factor;
            let (now, choices) = scale(now, &FACTORS, times, |it| set("replenishment.lead_time_factor", it));
            Ok(lever(true, now, choices))
        }
        LeverName::Demand => {
            let now = model.demand.as_ref().ok_or("no orders are generated")?.orders_per_day;
            // In steps that a page can show, whatever the rate.
            let rate = |factor: f64| libm::rint(now * factor * 1e6) / 1e6;
            let label = |factor| {
                let rate = rate(factor);
                let decimals = if rate.fract() == 0.0 { 0 } else { 1 };
                format!("{}: {} orders a day", times(factor), grouped(rate, decimals))
            };
            let (now, choices) = scale(1.0, &FACTORS, label, |factor| set("demand.orders_per_day", rate(factor)));
            Ok(lever(true, now, choices))
        }
        LeverName::Close if model.warehouses.len() < 2 => Err("the scenario has one warehouse".to_string()),
        LeverName::Close => {
            let mut choices = vec![choice("none", "none", None)];
            for closed in &model.warehouses {
                let open = model.warehouses.iter().filter(|it| it.id != closed.id);
                let open: Vec<&str> = open.map(|it| it.id.as_str()).collect();
                let change = format!("network.open={}", serde_json::Value::from(open));
                // Some warehouses cannot be done without: who serves a zone alone, or where stock is written for.
                if question.load_with(std::slice::from_ref(&change)).is_ok() {
                    choices.push(choice(&closed.id, &closed.id, Some(change)));
                }
            }
            if choices.len() < 2 {
                return Err("none of the warehouses can be closed".to_string());
            }
            Ok(lever(false, 0, choices))
        }
    }
}

/// A lever of the scenario's own; each of its values must be one that the scenario can be read with.
fn own(axis: &Axis, question: &Question) -> Result<Lever, String> {
    let mut choices = vec![choice("", "as above", None)];
    let mut wrong = Vec::new();
    for value in &axis.values {
        let set: Vec<String> = value.changes.iter().map(ToString::to_string).collect();
        match question.load_with(&set) {
            Ok(_) => choices.push(Choice { name: value.name.clone(), label: value.name.clone(), set }),
            Err(why) => wrong.push(why),
        }
    }
    if !wrong.is_empty() {
        wrong.dedup();
        return Err(wrong.join("\n"));
    }
    Ok(Lever { id: axis.key.clone(), label: axis.label(), is_scale: false, now: 0, choices })
}

/// Choices on a scale, with where the value of now stands among them.
fn scale(
    now: f64,
    values: &[f64],
    label: impl Fn(f64) -> String,
    change: impl Fn(f64) -> String,
) -> (usize, Vec<Choice>) {
    let mut all: Vec<f64> = values.iter().copied().chain([now]).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    let of = |&value: &f64| choice(&value.to_string(), &label(value), (value != now).then(|| change(value)));
    (all.iter().position(|&value| value == now).unwrap_or(0), all.iter().map(of).collect())
}

fn times(factor: f64) -> String {
    format!("× {}", plain(factor))
}

fn set(path: &str, value: f64) -> String {
    format!("{path}={value}")
}

fn choice(name: &str, label: &str, change: Option<String>) -> Choice {
    Choice { name: name.to_string(), label: label.to_string(), set: change.into_iter().collect() }
}
