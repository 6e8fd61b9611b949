//! Distributions: a constant, or one key that names a shape.

use super::item::Item;
use super::limits::MOST_UNITS;
use super::reader::{Section, listed};
use super::report::Finding;
use super::schema::SHAPES;
use super::sheet::{Field, Header, Records};
use super::source::Place;
use super::suggest::closest;
use super::table::wrong_width;
use super::tree::{Node, Value};
use crate::domain::Distribution;
pub use crate::domain::settings::Quantity as Kind;
use crate::domain::settings::Range;
use std::borrow::Cow;

/// The largest coefficient of variation: beyond it a sample holds nothing but its extremes.
const WIDEST_CV: f64 = 20.0;
/// The smallest that is not 0; below it the shape parameters leave the range of their formulas.
const NARROWEST_CV: f64 = 0.005;

/// Reads a distribution.
pub fn read(item: &Item<'_>, kind: Kind) -> Option<Distribution> {
    let Value::Table(entries) = &item.node.value else { return value(item, kind).map(Distribution::Constant) };
    let names = || SHAPES.iter().map(|shape| shape.name).chain(["deterministic"]);
    let [entry] = &entries[..] else {
        let found: Vec<&str> = entries.iter().map(|entry| &*entry.key).collect();
        let message = format!("`{}` must name one distribution, not {}", item.key, listed(&found));
        let expected = format!("one of {}", names().collect::<Vec<_>>().join(", "));
        let bare = found.contains(&"mean");
        let help = bare.then(|| format!("put the parameters under a name: `{} = {{ gamma = {{ … }} }}`", item.key));
        item.cx.sink.push(item.error("bad-distribution", message).expected(expected).help_if(help));
        return None;
    };
    let inner = Item { node: &entry.node, key_at: entry.key_at, ..*item };
    if entry.key == "deterministic" {
        return value(&inner, kind).map(Distribution::Constant);
    }
    let Some(shape) = SHAPES.iter().find(|shape| shape.name == entry.key) else {
        let message = format!("`{}` is no distribution", entry.key);
        let finding = Finding::error("bad-distribution", entry.key_at, message).about(item.key);
        let meant = closest(&entry.key, names());
        let finding = finding.expected(format!("one of {}", names().collect::<Vec<_>>().join(", ")));
        item.cx.sink.push(finding.help_if(meant.map(|meant| format!("did you mean `{meant}`?"))));
        return None;
    };
    let title = format!("`{}` of `{}`", shape.name, item.key);
    let table = Section::named(item.cx, &entry.node, &title, shape.name)?;
    parameters(shape.name, &table, kind)
}

/// A single value of what is distributed.
fn value(item: &Item<'_>, kind: Kind) -> Option<f64> {
    match kind {
        Kind::Duration => item.span().map(|span| span.0 as f64),
        Kind::Count => item.whole(1, MOST_UNITS).map(|count| count as f64),
        Kind::Number => item.number(Range::NOT_NEGATIVE),
    }
}

/// A parameter of the same dimension as what is distributed, though not always whole.
fn parameter(item: &Item<'_>, kind: Kind) -> Option<f64> {
    match kind {
        Kind::Duration => item.span().map(|span| span.0 as f64),
        Kind::Count => item.number(Range::NOT_NEGATIVE.up_to(MOST_UNITS as f64)),
        Kind::Number => item.number(Range::NOT_NEGATIVE),
    }
}

fn parameters(shape: &str, table: &Section<'_>, kind: Kind) -> Option<Distribution> {
    let above_zero = |key| {
        let item = table.item(key)?;
        let number = parameter(&item, kind)?;
        if number > 0.0 {
            return Some(number);
        }
        let message = format!("`{key}` must be above 0, not {}", item.node.shown());
        item.cx.sink.push(item.error("out-of-range", message));
        None
    };
    let at_least_zero = |key| parameter(&table.item(key)?, kind);
    let mean_cv = |make: fn(f64, f64) -> Distribution| {
        let (mean, cv) = (above_zero("mean"), coefficient(table));
        match (mean?, cv?) {
            (mean, 0.0) => Some(Distribution::Constant(mean)),
            (mean, cv) => Some(make(mean, cv)),
        }
    };
    match shape {
        "exponential" => above_zero("mean").map(|mean| Distribution::Exponential { mean }),
        "poisson" => above_zero("mean").map(|mean| Distribution::Poisson { mean }),
        "gamma" => mean_cv(|mean, cv| Distribution::Gamma { mean, cv }),
        "lognormal" => mean_cv(|mean, cv| Distribution::Lognormal { mean, cv }),
        "weibull" => mean_cv(|mean, cv| Distribution::Weibull { mean, cv }),
        "geometric" => {
            let mean = above_zero("mean")?;
            if mean >= 1.0 {
                return Some(Distribution::Geometric { mean });
            }
            let item = table.written("mean")?;
            let message = format!("the `mean` of a geometric must be at least 1, not {}", item.node.shown());
            item.cx.sink.push(item.error("out-of-range", message).expected("a mean on 1, 2, 3, …"));
            None
        }
        "normal" => {
            let mean = table.item("mean").and_then(|item| signed(&item, kind));
            let sd = at_least_zero("sd");
            let (mean, sd) = (mean?, sd?);
            if mean < -5.0 * sd {
                let item = table.written("mean")?;
                let message = "this normal lies below 0, where it is cut off".to_string();
                item.cx.sink.push(item.error("out-of-range", message).expected("a mean of at least -5 × sd"));
                return None;
            }
            Some(if sd == 0.0 { Distribution::Constant(mean.max(0.0)) } else { Distribution::Normal { mean, sd } })
        }
        "uniform" => uniform(table, kind, at_least_zero("min"), at_least_zero("max")),
        "triangular" => {
            let (min, mode, max) = (at_least_zero("min"), at_least_zero("mode"), at_least_zero("max"));
            let (min, mode, max) = (min?, mode?, max?);
            let ordered =
                ascending(table, ("min", min), ("mode", mode)) & ascending(table, ("mode", mode), ("max", max));
            ordered.then_some(if min == max {
                Distribution::Constant(min)
            } else {
                Distribution::Triangular { min, mode, max }
            })
        }
        _ => empirical(table, kind),
    }
}

/// The mean of a normal before its truncation at 0, which may be negative where the format can say so.
fn signed(item: &Item<'_>, kind: Kind) -> Option<f64> {
    match kind {
        Kind::Duration => item.span().map(|span| span.0 as f64),
        Kind::Count | Kind::Number => item.number(Range::ANY),
    }
}

fn coefficient(table: &Section<'_>) -> Option<f64> {
    let item = table.item("cv")?;
    let range = Range { what: "a coefficient of variation, from 0.005 to 20, or 0", ..Range::NOT_NEGATIVE };
    let cv = item.number(range.up_to(WIDEST_CV))?;
    if cv > 0.0 && cv < NARROWEST_CV {
        let message = format!("`cv` must be at least 0.005, or 0 for a constant, not {}", item.node.shown());
        item.cx.sink.push(item.error("out-of-range", message));
        return None;
    }
    Some(cv)
}

fn uniform(table: &Section<'_>, kind: Kind, min: Option<f64>, max: Option<f64>) -> Option<Distribution> {
    let (min, max) = (min?, max?);
    if kind == Kind::Count {
        let whole = |key| table.item(key).and_then(|item| item.whole(1, MOST_UNITS)).is_some();
        if !(whole("min") & whole("max")) {
            return None;
        }
    }
    let ordered = ascending(table, ("min", min), ("max", max));
    ordered.then_some(if min == max { Distribution::Constant(min) } else { Distribution::Uniform { min, max } })
}

/// Whether two parameters ascend; else it is reported at the upper one.
fn ascending(table: &Section<'_>, lower: (&'static str, f64), upper: (&'static str, f64)) -> bool {
    let ordered = lower.1 <= upper.1;
    if !ordered && let (Some(low), Some(high)) = (table.written(lower.0), table.written(upper.0)) {
        let message =
            format!("`{}` is {}, which is below `{}`, {}", upper.0, high.node.shown(), lower.0, low.node.shown());
        table.cx.sink.push(high.error("disordered", message).expected(format!("{} ≤ {}", lower.0, upper.0)));
    }
    ordered
}

fn empirical(table: &Section<'_>, kind: Kind) -> Option<Distribution> {
    if let Some(file) = table.written("file") {
        for key in ["values", "weights"] {
            if let Some(item) = table.written(key) {
                let message = format!("`{key}` stands beside `file`, which has the values already");
                table.cx.sink.push(item.error("clash", message).help("keep one of the two"));
            }
        }
        let column = table.needed("column", ", the header of the column to read");
        return Some(weighted(column_values(&file, &column?, kind)?, None));
    }
    if let Some(column) = table.written("column") {
        let message = "`column` needs a `file` to read from".to_string();
        table.cx.sink.push(column.error("missing-key", message));
    }
    let list = table.needed("values", "")?;
    let read: Vec<Option<f64>> = list.list()?.map(|item| value(&item, kind)).collect();
    if read.is_empty() {
        list.cx.sink.push(list.error("empty", "`values` is empty".to_string()).expected("at least one value"));
        return None;
    }
    let count = read.len();
    let values: Option<Vec<f64>> = read.into_iter().collect();
    let weights = match table.written("weights") {
        None => None,
        Some(item) => Some(weights(&item, count)?),
    };
    Some(weighted(values?, weights))
}

fn weighted(values: Vec<f64>, weights: Option<Vec<f64>>) -> Distribution {
    let weights = weights.unwrap_or_else(|| vec![1.0; values.len()]);
    Distribution::Empirical { values, weights }
}

fn weights(item: &Item<'_>, count: usize) -> Option<Vec<f64>> {
    let read: Vec<Option<f64>> = item.list()?.map(|item| item.number(Range::NOT_NEGATIVE)).collect();
    if read.len() != count {
        let message = format!("there are {} `weights` for {count} `values`", read.len());
        item.cx.sink.push(item.error("length", message).expected("as many weights as values"));
        return None;
    }
    let weights: Vec<f64> = read.into_iter().collect::<Option<_>>()?;
    if weights.iter().sum::<f64>() > 0.0 {
        return Some(weights);
    }
    let message = "the `weights` sum to 0".to_string();
    item.cx.sink.push(item.error("no-shares", message).expected("at least one weight above 0"));
    None
}

/// The values of a column of a file.
fn column_values(file: &Item<'_>, column: &Item<'_>, kind: Kind) -> Option<Vec<f64>> {
    let cx = file.cx;
    let name = column.name()?;
    let (number, source) = file.open()?;
    let mut records = Records::new(&source.text);
    let mut fields: Vec<Field<'_>> = Vec::new();
    if !records.next_into(&mut fields) {
        let message = format!("{} is empty", source.name);
        cx.sink.push(Finding::error("empty-table", Place::whole(number), message));
        return None;
    }
    let header = Header::new(number, std::mem::take(&mut fields));
    let Some(position) = header.columns.iter().position(|field| field.text == name) else {
        cx.sink.push(no_column(column, &name, &source.name, &header));
        return None;
    };
    let mut values = Vec::new();
    let mut sound = true;
    while records.next_into(&mut fields) {
        if fields.len() != header.columns.len() {
            wrong_width(cx, &header, &fields);
            sound = false;
            continue;
        }
        let field = &fields[position];
        let at = Place::new(number, field.start..field.end.max(field.start + 1));
        let node = Node { at, value: Value::Cell(Cow::Borrowed(&field.text)) };
        let cell = Item { cx, node: &node, key: &name, key_at: at };
        match value(&cell, kind) {
            Some(value) => values.push(value),
            None => sound = false,
        }
    }
    if values.is_empty() && sound {
        let message = format!("{} has a header but no rows", source.name);
        cx.sink.push(Finding::error("empty-table", header.whole(), message));
    }
    (sound && !values.is_empty()).then_some(values)
}

/// The error about a column that a file does not have.
pub fn no_column(item: &Item<'_>, name: &str, file: &str, header: &Header<'_>) -> Finding {
    let finding = item.error("missing-column", format!("{file} has no column \"{name}\""));
    let names: Vec<&str> = header.columns.iter().map(|field| &*field.text).collect();
    let meant = closest(name, names.iter().copied()).map(|meant| format!("did you mean \"{meant}\"?"));
    finding.expected(format!("one of its headers: {}", names.join(", "))).help_if(meant)
}
