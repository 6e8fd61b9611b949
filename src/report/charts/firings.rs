//! What each rule did.

use super::canvas::{Canvas, Ink};
use super::rows::Rows;
use super::scale::Scale;
use super::{Anchor, Chart};
use crate::measures::Metric;
use crate::report::data::Data;
use crate::report::number::grouped;
use crate::rules::Rule;

/// Firings per 1,000 orders, the most frequent rule first. Dots on a logarithmic axis, as rare rules matter.
pub(super) fn firings(data: &Data) -> Option<Chart> {
    data.summary.mean(Metric::Orders).filter(|&orders| orders > 0.0)?;
    let mut fired: Vec<(Rule, f64)> =
        Rule::ALL.into_iter().filter_map(|rule| Some((rule, data.summary.firings(rule).mean?))).collect();
    let never: Vec<&str> = fired.iter().filter(|(_, times)| *times == 0.0).map(|(rule, _)| rule.id()).collect();
    let never = match never.as_slice() {
        [] => "every rule fired".to_string(),
        [one] => format!("{one} never fired"),
        several => format!("{} never fired", several.join(", ")),
    };
    fired.retain(|(_, times)| *times > 0.0);
    fired.sort_by(|left, right| right.1.total_cmp(&left.1));
    let (most, times) = *fired.first()?;
    let (_, fewest) = *fired.last()?;
    let caption = format!("{} fires most often, {} times per 1,000 orders; {never}.", most.id(), shown(times));
    let labels: Vec<String> = fired.iter().map(|(rule, _)| rule.id().to_string()).collect();
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let layout = Rows::new(canvas, narrow, &labels, 64.0);
        let scale = Scale::logarithmic(fewest, times, (layout.left + 8.0, layout.right));
        layout.axis(canvas, &scale, false, "times per 1,000 orders, logarithmic");
        for (&(rule, times), &y) in fired.iter().zip(&layout.middles) {
            canvas.dot((scale.at(times), y), 5.0, Ink::Blue);
            canvas.text((canvas.width - 2.0, y), shown(times), Ink::Text, Anchor::End);
            let said = format!("{}: {} times per 1,000 orders — {}", rule.id(), shown(times), rule.promise());
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
    };
    let height = |narrow| Rows::height(narrow, labels.len());
    Some(Chart::new("rules", "What each rule did", caption, "summary.json", draw, height))
}

/// A rate with three digits that say something.
fn shown(rate: f64) -> String {
    let decimals = (2.0 - libm::floor(libm::log10(rate))).clamp(0.0, 6.0) as usize;
    let text = grouped(rate, decimals);
    // Whole numbers need no decimals.
    match text.split_once('.') {
        Some((whole, rest)) if rest.chars().all(|c| c == '0') => whole.to_string(),
        _ => text,
    }
}
