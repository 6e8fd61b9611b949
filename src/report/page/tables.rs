//! Tables that a reader can sort: the scorecard, measures, and what is told apart by place and product.

use crate::measures::{Column, Metric, Unit};
use crate::report::charts::escaped;
use crate::report::data::{Data, Sheet};
use crate::report::number::{self, NONE};
use std::fmt::Write;

/// A cell: what is shown, and what it is sorted by.
pub(super) struct Cell {
    /// Markup.
    pub shown: String,
    /// A number to sort by; without one, the text.
    pub key: Option<f64>,
    /// Whether it is a number, and stands on the right.
    pub number: bool,
}

impl Cell {
    /// Text of any origin.
    pub fn text(text: &str) -> Self {
        Self { shown: escaped(text), key: None, number: false }
    }

    /// Markup made here.
    pub fn markup(shown: String) -> Self {
        Self { shown, key: None, number: false }
    }

    /// A number as it is read, with what it is sorted by; nothing sorts last.
    pub fn number(shown: String, key: Option<f64>) -> Self {
        Self { shown: escaped(&shown), key: Some(key.unwrap_or(f64::NEG_INFINITY)), number: true }
    }

    /// A half-width with its sign, or the dash of nothing.
    pub fn half_width(shown: &str, key: Option<f64>) -> Self {
        Self::number(if key.is_some() { format!("± {shown}") } else { NONE.into() }, key)
    }
}

/// Text that stands before a cell where a narrow screen shows a row's cells below one another.
const NARROW_LABELS: [(&str, &str); 4] = [
    ("Wanted", "wanted"),
    ("5 – 95 % of replications", "5 – 95 %:"),
    ("Times a replication", "a replication:"),
    ("Per 1,000 orders", "per 1,000:"),
];

/// A table with a name, sortable where it has several rows; the first column names the rows.
pub(super) fn table(name: &str, header: &[&str], rows: &[Vec<Cell>]) -> String {
    classed("", name, header, rows)
}

fn classed(class: &str, name: &str, header: &[&str], rows: &[Vec<Cell>]) -> String {
    let sortable = if rows.len() > 1 { "sortable" } else { "" };
    // Few columns fit a telephone when a row's cells may stand below one another; many are pushed sideways.
    let stacked = if header.len() <= 5 { "stacked" } else { "" };
    let classes =
        [sortable, stacked, class].into_iter().filter(|class| !class.is_empty()).collect::<Vec<_>>().join(" ");
    let mut html = format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><table class=\"{classes}\" role=\"table\">\
         <caption>{name}</caption><thead role=\"rowgroup\"><tr role=\"row\">",
        name = escaped(name)
    );
    let is_number = |column: usize| rows.first().is_some_and(|row| row[column].number);
    for (column, title) in header.iter().enumerate() {
        let class = if is_number(column) { " class=\"number\"" } else { "" };
        let _ = write!(html, "<th scope=\"col\" role=\"columnheader\"{class}>{}</th>", escaped(title));
    }
    html.push_str("</tr></thead><tbody role=\"rowgroup\">\n");
    for row in rows {
        html.push_str("<tr role=\"row\">");
        for (column, cell) in row.iter().enumerate() {
            let tag = if column == 0 { "th scope=\"row\" role=\"rowheader\"" } else { "td role=\"cell\"" };
            let label = NARROW_LABELS.iter().find(|(title, _)| *title == header[column]);
            let label = label.map_or(String::new(), |(_, label)| format!(" data-label=\"{label}\""));
            let class = if cell.number { " class=\"number\"" } else { "" };
            let key = match cell.key {
                Some(key) if key.is_finite() => format!(" data-key=\"{key}\""),
                Some(_) => " data-key=\"\"".into(),
                None => String::new(),
            };
            let _ =
                write!(html, "<{tag}{class}{label}{key}>{}</{}>", cell.shown, if column == 0 { "th" } else { "td" });
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table></div>\n");
    html
}

/// Promises, measured and wanted, with the verdicts.
pub(super) fn scorecard(data: &Data) -> String {
    let rows: Vec<Vec<Cell>> = (data.summary.promises.iter())
        .map(|row| {
            let unit = Metric::from_name(&row.measure).map_or(Unit::Share, |metric| metric.definition().unit);
            let (value, half) = figure(unit, row.mean, row.half_width);
            let sign = match row.kept_when.as_str() {
                ">=" => "≥",
                "<=" => "≤",
                other => other,
            };
            let measure =
                Metric::from_name(&row.measure).map_or(row.measure.as_str(), |metric| metric.definition().label);
            let promise =
                format!("{}<small>{}</small>", escaped(&row.promise), escaped(&format!("measured by: {measure}")));
            vec![
                Cell::markup(promise),
                Cell::number(value, row.mean),
                Cell::half_width(&half, row.half_width),
                Cell::number(format!("{sign} {}", number::threshold(unit, row.threshold)), Some(row.threshold)),
                Cell::markup(verdict(&row.verdict)),
            ]
        })
        .collect();
    table("The retailer's promises", &["Promise", "Measured", "Interval", "Wanted", "Verdict"], &rows)
}

/// What a run was required to reach, where it was; nothing otherwise.
pub(super) fn gates(data: &Data) -> String {
    let rows: Vec<Vec<Cell>> = (data.summary.gates.iter())
        .map(|gate| {
            let unit = Metric::from_name(&gate.measure).map_or(Unit::Share, |metric| metric.definition().unit);
            let (value, half) = figure(unit, gate.mean, gate.half_width);
            vec![
                Cell::markup(format!("<code>{}</code>", escaped(&gate.require))),
                Cell::number(value, gate.mean),
                Cell::half_width(&half, gate.half_width),
                Cell::markup(verdict(&gate.verdict)),
            ]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    table("Gates: what this run was required to reach", &["Required", "Measured", "Interval", "Verdict"], &rows)
}

/// A verdict in words, with a mark and in the colour of its meaning.
fn verdict(words: &str) -> String {
    let (class, mark) = match words {
        "kept" | "holds" => ("good", "✓"),
        "broken" | "does not hold" => ("bad", "✗"),
        "undecided" | "not decidable" => ("unclear", "?"),
        _ => ("neutral", NONE),
    };
    let words = escaped(words);
    format!("<span class=\"verdict {class}\"><span aria-hidden=\"true\">{mark}</span> {words}</span>")
}

/// Measures with their intervals and spread.
pub(super) fn measures(data: &Data, name: &str, metrics: &[Metric]) -> String {
    // A single replication has neither an interval nor a spread.
    let several = data.summary.replications > 1;
    let rows: Vec<Vec<Cell>> = metrics
        .iter()
        .map(|&metric| {
            let definition = metric.definition();
            let estimate = data.summary.estimate(metric);
            let (value, half) = number::estimate(definition.unit, estimate.as_ref());
            let spread = estimate.as_ref().map_or(NONE.into(), |estimate| number::spread(definition.unit, estimate));
            let label = format!(
                "{}<small>{} <code>{}</code></small>",
                escaped(definition.label),
                escaped(definition.definition),
                definition.name
            );
            let half_width = estimate.and_then(|estimate| estimate.half_width);
            let mut cells = vec![Cell::markup(label), Cell::number(value, estimate.map(|estimate| estimate.mean))];
            if several {
                cells.push(Cell::half_width(&half, half_width));
                cells.push(Cell::number(spread, estimate.map(|estimate| estimate.p95 - estimate.p05)));
            }
            cells
        })
        .collect();
    let header = ["Measure", "Estimate", "Interval", "5 – 95 % of replications"];
    let class = if several { "measures" } else { "" };
    classed(class, name, &header[..if several { 4 } else { 2 }], &rows)
}

/// Measures told apart, a row for each of `rows` of the sheet.
pub(super) fn breakdown(name: &str, sheet: &Sheet, columns: &[Column], rows: &[usize]) -> String {
    // A column that nobody has a number for says nothing.
    let columns: Vec<&Column> = (columns.iter())
        .filter(|column| rows.iter().any(|&row| sheet.number(row, column.metric.name()).is_some()))
        .collect();
    let mut header = vec![sheet.header.first().map_or("", String::as_str)];
    header.extend(columns.iter().map(|column| column.metric.definition().label.trim_start_matches("… ")));
    let cells = |row: usize| {
        let mut cells = vec![Cell::text(&sheet.rows[row][0])];
        for column in &columns {
            let metric = column.metric;
            let value = sheet.number(row, metric.name());
            let half = sheet.number(row, &format!("{}_half_width", metric.name()));
            let (value_shown, half_shown) = figure(metric.definition().unit, value, half);
            let shown = if half.is_some() { format!("{value_shown} ± {half_shown}") } else { value_shown };
            cells.push(Cell::number(shown, value));
        }
        cells
    };
    table(name, &header, &rows.iter().map(|&row| cells(row)).collect::<Vec<_>>())
}

/// A value and its half-width as texts; dashes of nothing.
fn figure(unit: Unit, mean: Option<f64>, half_width: Option<f64>) -> (String, String) {
    mean.map_or((NONE.into(), NONE.into()), |mean| number::figure(unit, mean, half_width))
}
