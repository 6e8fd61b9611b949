//! Which day of the calendar begins at second 0, and moments that are given as dates.

use super::choices::DateOrder;
use super::date::{Moment, date_of};
use super::item::Item;
use super::reader::Section;
use super::tree::Value;
use crate::domain::{DAY, SimTime, TraceDemand};

/// What is known of the calendar.
pub struct Calendar {
    /// The day that begins at second 0, counted from 1970-01-01; `None` where nothing says so.
    start: Option<i64>,
    /// Whether something says so that could not be read.
    is_broken: bool,
}

/// What may stand where a day is asked for.
const A_DAY: &str = "a day, the year in front, such as \"2026-05-01\"";
/// What may stand where a moment is asked for.
const A_MOMENT: &str = "a duration from the start, such as \"100d\", or a date, such as \"2026-11-27\"";

impl Calendar {
    /// Reads `[run] start`; without it, the first day of a trace is the start.
    pub fn read(root: &Section<'_>, trace: Option<&TraceDemand>) -> Self {
        let of_trace = trace.map(|trace| trace.first_day);
        let Some(item) = inner(root, "run", "start") else { return Self { start: of_trace, is_broken: false } };
        let Some(day) = day(&item) else { return Self { start: None, is_broken: true } };
        if let Some(first) = of_trace.filter(|&first| first != day) {
            let message = format!("the run cannot start on {}: its trace starts on {}", named(day), named(first));
            let help = format!("drop `start` here, or write `start = \"{}\"` beside the trace's `file`", named(day));
            item.cx.sink.push(item.error("clash", message).help(help));
        }
        Self { start: Some(day), is_broken: false }
    }

    /// The day that begins at second 0, counted from 1970-01-01, where something says which.
    pub fn first_day(&self) -> Option<i64> {
        self.start
    }

    /// A moment from the start of the replication: a duration, or a date. What is wrong with it is reported.
    pub fn moment(&self, item: &Item<'_>) -> Option<SimTime> {
        let text = match &item.node.value {
            Value::Date(text) => text,
            // No duration has a line or a slash in it.
            Value::Text(text) | Value::Cell(text) if text.contains(['-', '/']) => text.as_ref(),
            _ => return item.span().map(|span| SimTime::ZERO + span),
        };
        let Ok(moment) = Moment::parse(text, DateOrder::YearFirst) else {
            no_date(item, text, A_MOMENT);
            return None;
        };
        let Some(start) = self.start else {
            if !self.is_broken {
                let message = format!("`{}` is a date, and nothing says on which day the run starts", item.key);
                let help = "add `start = \"2026-05-01\"` to [run], or count from the start: `\"100d\"`";
                item.cx.sink.push(item.error("no-start", message).help(help));
            }
            return None;
        };
        let seconds = moment.seconds - start * DAY;
        if seconds < 0 {
            let message = format!("`{}` is {text}, before the run starts, on {}", item.key, named(start));
            item.cx.sink.push(item.error("out-of-range", message).expected(A_MOMENT));
            return None;
        }
        Some(SimTime(seconds))
    }
}

/// A value within a table of the scenario, for who needs it before the table is read.
fn inner<'c>(root: &Section<'c>, table: &'static str, key: &'static str) -> Option<Item<'c>> {
    let entry = root.written(table)?.node.entry(key)?;
    Some(Item { cx: root.cx, node: &entry.node, key, key_at: entry.key_at })
}

/// The day of a date; what is wrong with it is reported.
fn day(item: &Item<'_>) -> Option<i64> {
    let text = match &item.node.value {
        Value::Date(text) => text.clone(),
        _ => item.name()?.into_owned(),
    };
    match Moment::parse(&text, DateOrder::YearFirst) {
        Ok(moment) if !moment.has_time => Some(moment.day()),
        Ok(moment) => {
            let message = format!("`{}` is \"{text}\", which names an hour; a run begins at midnight", item.key);
            let help = format!("write `{} = \"{}\"`", item.key, named(moment.day()));
            item.cx.sink.push(item.error("bad-date", message).expected(A_DAY).help(help));
            None
        }
        Err(_) => {
            no_date(item, &text, A_DAY);
            None
        }
    }
}

/// Reports what is no date; a time of day, which TOML knows beside dates, is of another type.
fn no_date(item: &Item<'_>, text: &str, expected: &str) {
    let code = if matches!(item.node.value, Value::Date(_)) { "wrong-type" } else { "bad-date" };
    let message = format!("`{}` is \"{text}\", which is no date", item.key);
    let read = |order: DateOrder| Moment::parse(text, order).ok().and_then(|moment| date_of(moment.day()));
    let (by_day, by_month) = (read(DateOrder::DayFirst), read(DateOrder::MonthFirst));
    let help = match (by_day, by_month) {
        (Some(one), Some(other)) if one != other => {
            Some(format!("write \"{one}\", or \"{other}\" if the month is in front"))
        }
        (one, other) => one.or(other).map(|date| format!("write \"{date}\"")),
    };
    item.cx.sink.push(item.error(code, message).expected(expected).help_if(help));
}

fn named(day: i64) -> String {
    date_of(day).map_or_else(|| "a day beyond the calendar".to_string(), |date| date.to_string())
}
