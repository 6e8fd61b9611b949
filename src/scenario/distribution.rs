//! Distributions: a constant, or one key that names a family.

use super::choices::TimeUnit;
use super::diagnostic::{grouped, listed};
use super::item::Item;
use super::layout::Wanted;
use super::notation::{self, parse_number};
use super::reader::Section;
use super::reading::Reading;
use super::records::Field;
use super::report::Finding;
use super::sheet::{Sheet, Text, no_column};
use super::source::Place;
use super::suggest::closest;
use super::tree::{Node, Value};
use crate::domain::distribution::{FAMILIES, FamilyTable, Fault, Parameter};
pub use crate::domain::settings::Quantity as Kind;
use crate::domain::settings::Range;
use crate::domain::settings::kinds::MAX_UNITS;
use crate::domain::{Distribution, Span};
use std::borrow::Cow;

/// The largest coefficient of variation: beyond it a sample holds nothing but its extremes.
const WIDEST_CV: f64 = 20.0;
/// The smallest that is not 0; below it the shape parameters leave the range of their formulas.
const NARROWEST_CV: f64 = 0.005;

/// Reads a distribution.
pub fn read(item: &Item<'_>, kind: Kind) -> Option<Distribution> {
    let Value::Table(entries) = &item.node.value else { return value(item, kind).map(Distribution::Constant) };
    let names = || FAMILIES.iter().map(|family| family.name).chain(["deterministic"]);
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
    let Some(family) = FAMILIES.iter().find(|family| family.name == entry.key) else {
        let message = format!("`{}` is no distribution", entry.key);
        let finding = Finding::error("bad-distribution", entry.key_at, message).about(item.key);
        let meant = closest(&entry.key, names());
        let finding = finding.expected(format!("one of {}", names().collect::<Vec<_>>().join(", ")));
        item.cx.sink.push(finding.help_if(meant.map(|meant| format!("did you mean `{meant}`?"))));
        return None;
    };
    let title = format!("`{}` of `{}`", family.name, item.key);
    let table = Section::titled(item.cx, &entry.node, &title, family)?;
    parameters(family, &table, kind)
}

/// A single value of what is distributed.
fn value(item: &Item<'_>, kind: Kind) -> Option<f64> {
    match kind {
        Kind::Duration => item.span().map(|span| span.0 as f64),
        Kind::Count => item.whole(1, MAX_UNITS).map(|count| count as f64),
        Kind::Units => item.whole(0, MAX_UNITS).map(|count| count as f64),
        Kind::Number => item.number(Range::NOT_NEGATIVE),
    }
}

fn parameters(family: &FamilyTable, table: &Section<'_>, kind: Kind) -> Option<Distribution> {
    let Some(make) = family.make else { return empirical(table, kind) };
    // All are read before any is asked for, so that every mistake is told.
    let values: Vec<Option<f64>> =
        family.parameters.iter().map(|&(key, parameter)| number(&table.item(key)?, parameter, kind)).collect();
    let distribution = make(&values.into_iter().collect::<Option<Vec<f64>>>()?);
    let faults = distribution.faults();
    for fault in &faults {
        tell(fault, table);
    }
    faults.is_empty().then(|| distribution.simplified())
}

/// The value of a parameter that is a number.
fn number(item: &Item<'_>, parameter: Parameter, kind: Kind) -> Option<f64> {
    match parameter {
        Parameter::Variation => coefficient(item),
        Parameter::End if matches!(kind, Kind::Count | Kind::Units) => value(item, kind),
        Parameter::Signed if kind != Kind::Duration => item.number(Range::ANY),
        Parameter::AboveZero => {
            let number = sized(item, kind)?;
            if number > 0.0 {
                return Some(number);
            }
            let message = format!("`{}` must be above 0, not {}", item.key, item.node.shown());
            item.cx.sink.push(item.error("out-of-range", message));
            None
        }
        _ => sized(item, kind),
    }
}

/// A number of the same dimension as what is distributed, though not always a whole one.
fn sized(item: &Item<'_>, kind: Kind) -> Option<f64> {
    match kind {
        Kind::Duration => item.span().map(|span| span.0 as f64),
        Kind::Count | Kind::Units => item.number(Range::NOT_NEGATIVE.up_to(MAX_UNITS as f64)),
        Kind::Number => item.number(Range::NOT_NEGATIVE),
    }
}

fn coefficient(item: &Item<'_>) -> Option<f64> {
    let range = Range { what: "a coefficient of variation, from 0.005 to 20, or 0", ..Range::NOT_NEGATIVE };
    let cv = item.number(range.up_to(WIDEST_CV))?;
    if cv > 0.0 && cv < NARROWEST_CV {
        let message = format!("`cv` must be at least 0.005, or 0 for a constant, not {}", item.node.shown());
        item.cx.sink.push(item.error("out-of-range", message));
        return None;
    }
    Some(cv)
}

/// Reports what is wrong with parameters taken together, at the one that is to change.
fn tell(fault: &Fault, table: &Section<'_>) {
    match *fault {
        Fault::Disordered { lower, upper } => {
            let (Some(low), Some(high)) = (table.written(lower), table.written(upper)) else { return };
            let (low, shown) = (low.node.shown(), high.node.shown());
            let message = format!("`{upper}` is {shown}, which is below `{lower}`, {low}");
            table.cx.sink.push(high.error("disordered", message).expected(format!("{lower} ≤ {upper}")));
        }
        Fault::OutOfRange { parameter, message, expected } => {
            let Some(item) = table.written(parameter) else { return };
            let message = message.replace("{}", &item.node.shown());
            table.cx.sink.push(item.error("out-of-range", message).expected(expected));
        }
    }
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
        return Some(weighted(column_values(table, &file, &column?, kind)?, None));
    }
    for key in ["column", "unit", "separator", "skip_rows"] {
        if let Some(item) = table.written(key) {
            let message = format!("`{key}` needs a `file` to read from");
            table.cx.sink.push(item.error("missing-key", message));
        }
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
    Distribution::empirical(values, weights)
}

fn weights(item: &Item<'_>, count: usize) -> Option<Vec<f64>> {
    let read: Vec<Option<f64>> = item.list()?.map(|item| item.number(Range::NOT_NEGATIVE)).collect();
    if read.len() != count {
        let message = format!("the number of `weights` is {}, and that of `values` {count}", read.len());
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
fn column_values(table: &Section<'_>, file: &Item<'_>, column: &Item<'_>, kind: Kind) -> Option<Vec<f64>> {
    let cx = file.cx;
    let (name, layout, unit) = (column.name()?, table.layout(), unit(table, kind)?);
    let reading = Reading::from(layout?);
    let text = Text::open(cx, &file.text()?, file.node.at, &reading)?;
    let wanted = Wanted { needed: &[&*name], filled: &[&*name], is_known: &|title| title == name };
    let mut sheet = Sheet::new(cx, &text, wanted, &reading)?;
    let Some(position) = sheet.header.columns.iter().position(|field| field.text == name) else {
        cx.sink.push(no_column(column, &name, sheet.name, &sheet.header));
        return None;
    };
    let mut values = Vec::new();
    let mut is_sound = true;
    // Numbers without a unit, where durations are wanted: the first, and how many there are.
    let mut bare: Option<(Place, String, usize)> = None;
    let mut fields: Vec<Field<'_>> = Vec::new();
    while sheet.next_into(&mut fields) {
        let field = &fields[position];
        let at = sheet.place(field);
        let number = parse_number(&field.text).filter(|_| kind == Kind::Duration);
        let value = match (unit, number) {
            (Some(unit), Some(number)) if number >= 0.0 => {
                Some(Span::from_seconds_f64(number * unit.0 as f64).0 as f64)
            }
            (None, Some(number)) if number >= 0.0 => {
                bare.get_or_insert_with(|| (at, field.text.to_string(), 0)).2 += 1;
                None
            }
            _ if field.text.is_empty() => {
                let finding = Finding::error("empty", at, format!("`{name}` is empty in this row")).about("empty");
                cx.sink.push(finding.help("fill it in, or take the row out"));
                None
            }
            _ => match no_duration(&field.text).filter(|_| kind == Kind::Duration) {
                Some(help) => {
                    let message = format!("`{name}` is \"{}\", which is no duration", field.text);
                    cx.sink.push(Finding::error("bad-duration", at, message).about("text").help(help));
                    None
                }
                None => {
                    let node = Node { at, value: Value::Cell(Cow::Borrowed(&field.text)) };
                    value(&Item { cx, node: &node, key: &name, key_at: at }, kind)
                }
            },
        };
        match value {
            Some(value) => values.push(value),
            None => is_sound = false,
        }
    }
    if let Some((at, text, rows)) = bare {
        let finding =
            Finding::error("bad-duration", at, format!("`{name}` is a number without a unit of time, \"{text}\""));
        let rows = (rows > 1).then(|| format!("{} rows have such numbers", grouped(rows)));
        let finding = finding.help("if they are days, write `unit = \"d\"` beside `column`; \"h\" for hours");
        cx.sink.push(finding.note_if(rows));
    }
    is_sound &= sheet.is_sound();
    if values.is_empty() && is_sound {
        cx.sink.push(sheet.without_rows());
    }
    (is_sound && !values.is_empty()).then_some(values)
}

/// What helps where a text is plainly no duration: nothing, or a number as it is written elsewhere.
fn no_duration(text: &str) -> Option<String> {
    if notation::is_none(text) {
        return Some("take the row out if nothing was measured".to_string());
    }
    if notation::is_total(text) {
        return Some(notation::TOTAL.to_string());
    }
    let is_amount = text.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    notation::lost(text).map(str::to_string).or_else(|| notation::help(text, "", |_| true).filter(|_| is_amount))
}

/// The unit of numbers that have none, where one is given: `Some(None)` where not.
fn unit(table: &Section<'_>, kind: Kind) -> Option<Option<Span>> {
    let Some(item) = table.written("unit") else { return Some(None) };
    if kind != Kind::Duration {
        let message = "`unit` goes with durations only".to_string();
        item.cx.sink.push(item.error("clash", message).help("leave it out"));
        return None;
    }
    item.setting().map(|unit: TimeUnit| Some(unit.span()))
}
