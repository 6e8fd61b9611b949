//! Service told apart by warehouse.

use super::canvas::{Canvas, Ink};
use super::rows::Rows;
use super::scale::Scale;
use super::{Anchor, Chart, percent, percents};
use crate::report::data::Data;

/// So many warehouses are drawn, the worst ones; the table has them all.
const MAX_WAREHOUSES: usize = 12;

/// A share, where it is known its half-width, and what it is called.
struct Row {
    label: String,
    share: f64,
    half_width: Option<f64>,
    said: String,
}

/// Time with free stock by warehouse.
pub(super) fn by_warehouse(data: &Data) -> Option<Chart> {
    let sheet = &data.by_warehouse;
    let mut rows: Vec<Row> = (0..sheet.rows())
        .filter_map(|row| {
            let share = sheet.number(row, "ready_rate")?;
            let half_width = sheet.number(row, "ready_rate_half_width");
            let name = sheet.cell(row, 0).to_string();
            let said = format!("{name}: {} of the time a product it carries has free stock", percent(share));
            Some(Row { label: name, share, half_width, said })
        })
        .collect();
    if rows.len() < 2 {
        return None;
    }
    rows.sort_by(|left, right| left.share.total_cmp(&right.share));
    let (worst, best) = (&rows[0], &rows[rows.len() - 1]);
    // With the decimals of the rows.
    let shown = percents(&rows.iter().map(|row| row.share).collect::<Vec<_>>());
    let caption = if worst.share == best.share {
        format!(
            "A product that a warehouse carries has free stock there {} of the time, everywhere alike.",
            percent(best.share)
        )
    } else {
        format!(
            "A product that a warehouse carries has free stock there {} of the time in {}, {} in {}.",
            shown[0],
            worst.label,
            shown[rows.len() - 1],
            best.label
        )
    };
    let hidden = rows.len().saturating_sub(MAX_WAREHOUSES);
    rows.truncate(MAX_WAREHOUSES);
    let title = if hidden > 0 {
        format!("Time with free stock, the {MAX_WAREHOUSES} lowest warehouses")
    } else {
        "Time with free stock, by warehouse".to_string()
    };
    Some(dots("ready_by_warehouse", &title, caption, "by_warehouse.csv", "share of time with free stock", rows))
}

/// Dots on an axis that need not begin at 0, as dots have no length to compare.
fn dots(id: &'static str, title: &str, caption: String, source: &'static str, axis: &str, rows: Vec<Row>) -> Chart {
    let low = rows.iter().map(|row| row.share - row.half_width.unwrap_or(0.0)).fold(1.0, f64::min);
    let high = rows.iter().map(|row| row.share + row.half_width.unwrap_or(0.0)).fold(0.0, f64::max);
    let labels: Vec<String> = rows.iter().map(|row| row.label.clone()).collect();
    let values = percents(&rows.iter().map(|row| row.share).collect::<Vec<_>>());
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let layout = Rows::new(canvas, narrow, &labels, 64.0);
        let pad = ((high - low) * 0.1).max(0.002);
        let ends = (layout.left + 8.0, layout.right);
        let scale = Scale::round(((low - pad) * 100.0).max(0.0), ((high + pad) * 100.0).min(100.0), ends, 4);
        layout.axis(canvas, &scale, true, axis);
        for ((row, value), &y) in rows.iter().zip(&values).zip(&layout.middles) {
            let x = scale.at(row.share * 100.0);
            if let Some(half) = row.half_width.filter(|&half| half > 0.0) {
                let ends = (scale.at((row.share - half) * 100.0), scale.at((row.share + half) * 100.0));
                canvas.line((ends.0, y), (ends.1, y), Ink::Blue, 2.0);
            }
            canvas.dot((x, y), 5.0, Ink::Blue);
            canvas.text((canvas.width - 2.0, y), value.as_str(), Ink::Text, Anchor::End);
            let half = match row.half_width {
                Some(half) => format!(" ± {}", percent(half)),
                None => String::new(),
            };
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), format!("{}{half}", row.said));
        }
    };
    let height = |narrow| Rows::height(narrow, labels.len());
    Chart::new(id, title, caption, source, draw, height)
}
