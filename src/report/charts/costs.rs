//! What an order costs, part by part.

use super::canvas::{Canvas, Ink};
use super::rows::Rows;
use super::scale::Scale;
use super::{Anchor, Chart, percent};
use crate::measures::{Group, Metric};
use crate::report::data::Data;
use crate::report::number;
use crate::report::summary::Reading;

/// Cost per order by part, the largest first.
pub(super) fn costs(data: &Data) -> Option<Chart> {
    let total = data.summary.mean(Metric::CostPerOrder).filter(|&total| total > 0.0)?;
    let mut parts: Vec<(&str, f64, Option<f64>)> = Metric::ALL
        .iter()
        .filter(|&&metric| metric.definition().group == Group::Costs && metric != Metric::CostPerOrder)
        .filter_map(|&metric| {
            let Reading { mean, half_width } = data.summary.figures(metric).into();
            Some((metric.definition().label, mean?, half_width))
        })
        .filter(|part| part.1 != 0.0)
        .collect();
    parts.sort_by(|left, right| right.1.total_cmp(&left.1));
    let (first, largest, _) = *parts.first()?;
    let caption = format!(
        "An order costs {} on average, the purchase of its units apart; the largest part is {first}: {}, {} of it.",
        data.shown(Metric::CostPerOrder),
        amount(largest),
        percent(largest / total)
    );
    let labels: Vec<String> = parts.iter().map(|part| part.0.to_string()).collect();
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let layout = Rows::new(canvas, narrow, &labels, 60.0);
        let low = parts.iter().map(|part| part.1).fold(0.0, f64::min);
        let scale = Scale::from_zero(low, largest, (layout.left, layout.right), 4);
        let unit = number::currency().unwrap_or_else(|| "money".into());
        layout.axis(canvas, &scale, false, &format!("{unit} per order asked for"));
        for (&(label, mean, half), &y) in parts.iter().zip(&layout.middles) {
            let ends = (scale.at(0.0).min(scale.at(mean)), scale.at(0.0).max(scale.at(mean)));
            canvas.rect((ends.0, y - 7.0), (ends.1.max(ends.0 + 1.0), y + 7.0), Ink::Blue);
            canvas.text((ends.1 + 6.0, y), amount(mean), Ink::Text, Anchor::Start);
            let half = half.map_or_else(String::new, |half| format!(" ± {}", amount(half)));
            let said = format!("{label}: {}{half} per order, {} of all", amount(mean), percent(mean / total));
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
    };
    let height = |narrow| Rows::height(narrow, labels.len());
    Some(Chart::new("costs", "What an order costs, by part", caption, "summary.json", draw, height))
}

/// Money with two decimals, a small part of it with enough to be told from nothing.
fn amount(money: f64) -> String {
    let decimals = if money != 0.0 && money.abs() < 0.01 { 4 } else { 2 };
    number::money(money, decimals)
}
