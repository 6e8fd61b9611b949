//! Where the waiting comes from: whose products, which products.

use super::canvas::{Canvas, Ink, SMALL, width_of};
use super::rows::Rows;
use super::scale::Scale;
use super::{Anchor, Chart, percent};
use crate::measures::Metric;
use crate::report::data::{CsvTable, Data};
use crate::report::number::{self, grouped};

/// So many vendors and products are drawn, those with the most units on backorder; the tables have them all.
const MAX_VENDORS: usize = 12;
const MAX_PRODUCTS: usize = 10;

/// A row of a table that has units on backorder.
struct Waiting {
    name: String,
    /// Units on backorder on average, and half of their interval.
    units: f64,
    half_width: Option<f64>,
    /// Units asked for.
    asked: f64,
}

/// The rows of a table with units on backorder, the most first.
fn waiting(sheet: &CsvTable) -> Vec<Waiting> {
    let units = sheet.numbers(Metric::BackordersMeanUnits.name());
    let half_width = sheet.numbers(&format!("{}_half_width", Metric::BackordersMeanUnits.name()));
    let asked = sheet.numbers(Metric::Units.name());
    let mut rows: Vec<Waiting> = (0..sheet.rows())
        .filter_map(|row| {
            let units = units(row).filter(|&units| units > 0.0)?;
            let asked = asked(row)?;
            Some(Waiting { name: sheet.cell(row, 0).to_string(), units, half_width: half_width(row), asked })
        })
        .collect();
    rows.sort_by(|left, right| right.units.total_cmp(&left.units));
    rows
}

/// Each vendor's share of the units on backorder, against its share of the units asked for.
pub(super) fn by_vendor(data: &Data) -> Option<Chart> {
    // Of a single vendor there is nothing to tell apart.
    if data.by_vendor.rows() < 2 {
        return None;
    }
    let whole = data.summary.mean(Metric::BackordersMeanUnits).filter(|&units| units > 0.0)?;
    let asked = data.summary.mean(Metric::Units).filter(|&units| units > 0.0)?;
    let mut rows = waiting(&data.by_vendor);
    let first = rows.first()?;
    let caption = format!(
        "The products of {} are {} of the units on backorder and {} of the units asked for.",
        first.name,
        percent(first.units / whole),
        percent(first.asked / asked)
    );
    let title = if rows.len() > MAX_VENDORS {
        format!("Whose products wait, the {MAX_VENDORS} vendors most waited for")
    } else {
        "Whose products wait".to_string()
    };
    rows.truncate(MAX_VENDORS);
    let highest = rows.iter().map(|row| (row.units / whole).max(row.asked / asked) * 100.0).fold(0.0, f64::max);
    let labels: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let full = canvas.height;
        canvas.height = full - KEY;
        let layout = Rows::new(canvas, narrow, &labels, 62.0);
        let scale = Scale::from_zero(0.0, highest, (layout.left, layout.right), 4);
        layout.axis(canvas, &scale, true, "share of all units");
        let key = canvas.height + 8.0;
        canvas.height = full;
        for (row, &y) in rows.iter().zip(&layout.middles) {
            let (of_waiting, of_asked) = (row.units / whole, row.asked / asked);
            let end = scale.at(of_waiting * 100.0).max(layout.left + 1.0);
            canvas.rect((layout.left, y - 7.0), (end, y + 7.0), Ink::Orange);
            let mark = scale.at(of_asked * 100.0);
            canvas.line((mark, y - 9.0), (mark, y + 9.0), Ink::Text, 2.4);
            canvas.text((canvas.width - 2.0, y), percent(of_waiting), Ink::Text, Anchor::End);
            let said = format!(
                "{}: {} units on backorder on average, {} of all; {} of the units asked for",
                row.name,
                shown(row),
                percent(of_waiting),
                percent(of_asked)
            );
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
        canvas.rect((4.0, key - 6.0), (16.0, key + 6.0), Ink::Orange);
        canvas.small((22.0, key), ON_BACKORDER, Ink::Muted, Anchor::Start);
        let x = 22.0 + width_of(ON_BACKORDER, SMALL) + 20.0;
        canvas.line((x, key - 7.0), (x, key + 7.0), Ink::Text, 2.4);
        canvas.small((x + 8.0, key), "of those asked for", Ink::Muted, Anchor::Start);
    };
    let height = |narrow| Rows::height(narrow, labels.len()) + KEY;
    Some(Chart::new("waiting_by_vendor", &title, caption, "by_vendor.csv", draw, height))
}

/// What the bars are.
const ON_BACKORDER: &str = "of those on backorder";

/// The height of the key.
const KEY: f64 = 24.0;

/// The products with the most units on backorder.
pub(super) fn by_product(data: &Data) -> Option<Chart> {
    let products = data.by_product.rows();
    if products < 2 {
        return None;
    }
    let whole = data.summary.mean(Metric::BackordersMeanUnits).filter(|&units| units > 0.0)?;
    let mut rows = waiting(&data.by_product);
    let all = rows.len();
    rows.truncate(MAX_PRODUCTS);
    let first = rows.first()?;
    let of = |rows: &[Waiting]| percent(rows.iter().map(|row| row.units).sum::<f64>() / whole);
    let products = grouped(products as f64, 0);
    let caption = match rows.len() {
        1 => format!("Of {products} products only {} ever waits: {} units on average.", first.name, shown(first)),
        shown if shown == all => format!(
            "{shown} of {products} products ever wait; {} leads with {} of the units on backorder.",
            first.name,
            of(&rows[..1])
        ),
        shown => format!(
            "{shown} of {products} products are {} of the units on backorder; {} leads with {}.",
            of(&rows),
            first.name,
            of(&rows[..1])
        ),
    };
    let highest = rows.iter().map(|row| row.units + row.half_width.unwrap_or(0.0)).fold(0.0, f64::max);
    let labels: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let layout = Rows::new(canvas, narrow, &labels, 62.0);
        let scale = Scale::from_zero(0.0, highest, (layout.left, layout.right), 4);
        layout.axis(canvas, &scale, false, "units on backorder, mean over time");
        for (row, &y) in rows.iter().zip(&layout.middles) {
            let end = scale.at(row.units).max(layout.left + 1.0);
            canvas.rect((layout.left, y - 7.0), (end, y + 7.0), Ink::Orange);
            if let Some(half) = row.half_width.filter(|&half| half > 0.0) {
                canvas.line((scale.at(row.units - half), y), (scale.at(row.units + half), y), Ink::Text, 1.4);
            }
            canvas.text((canvas.width - 2.0, y), shown(row), Ink::Text, Anchor::End);
            let half = match row.half_width {
                Some(_) => format!(" ± {}", estimate(row).1),
                None => String::new(),
            };
            let said = format!(
                "{}: {}{half} units on backorder on average, {} of all; {} asked for",
                row.name,
                shown(row),
                percent(row.units / whole),
                grouped(row.asked, 0)
            );
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
    };
    let height = |narrow| Rows::height(narrow, labels.len());
    Some(Chart::new("waiting_by_product", "The products that wait most", caption, "by_product.csv", draw, height))
}

/// Units on backorder as people read them.
fn shown(row: &Waiting) -> String {
    estimate(row).0
}

fn estimate(row: &Waiting) -> (String, String) {
    number::figure(Metric::BackordersMeanUnits.definition().unit, row.units, row.half_width)
}
