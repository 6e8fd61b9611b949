//! The ground that points of cost against service stand on: what is paid across, what that buys upwards.

use super::canvas::{Anchor, Canvas, Ink, SMALL, cut, width_of};
use super::scale::Scale;

/// What cost and service are, and how service is read.
pub(in crate::report) struct Trade {
    /// What is paid.
    pub cost: String,
    /// What it buys.
    pub service: String,
    /// Whether service is a percentage.
    pub is_percent: bool,
    /// Whether more of it is better; what is better stands above.
    pub is_more_better: bool,
}

/// Scales and edges, in pixels.
pub(super) struct Ground {
    pub x: Scale,
    pub y: Scale,
    pub left: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Ground {
    /// Draws the grid from a height down, wide enough for what is paid and bought from where to where.
    pub(super) fn drawn(
        canvas: &mut Canvas,
        narrow: bool,
        trade: &Trade,
        above: f64,
        [cost, service]: [(f64, f64); 2],
    ) -> Self {
        let (top, bottom) = (above + 24.0, canvas.height - 42.0);
        let ends = if trade.is_more_better { (bottom, top) } else { (top, bottom) };
        let y = Scale::round(service.0, service.1, ends, 5);
        let sign = if trade.is_percent { " %" } else { "" };
        let left = width_of(&y.longest_label(), SMALL) + width_of(sign, SMALL) + 12.0;
        let right = canvas.width - 14.0;
        let x = Scale::round(cost.0, cost.1, (left, right), if narrow { 3 } else { 6 });
        let across = canvas.width - 4.0;
        canvas.small((2.0, above + 9.0), cut(&trade.service, across, SMALL), Ink::Muted, Anchor::Start);
        for &tick in &y.ticks {
            canvas.line((left, y.at(tick)), (right, y.at(tick)), Ink::Grid, 1.0);
            canvas.small((left - 6.0, y.at(tick)), format!("{}{sign}", y.label(tick)), Ink::Muted, Anchor::End);
        }
        for &tick in &x.ticks {
            canvas.line((x.at(tick), top), (x.at(tick), bottom), Ink::Grid, 1.0);
            let half = width_of(&x.label(tick), SMALL) / 2.0;
            let at = x.at(tick).min(canvas.width - half);
            canvas.small((at, bottom + 13.0), x.label(tick), Ink::Muted, Anchor::Middle);
        }
        let below = cut(&trade.cost, across, SMALL);
        let half = width_of(&below, SMALL) / 2.0;
        let middle = ((left + right) / 2.0).clamp(half, (canvas.width - half).max(half));
        canvas.small((middle, bottom + 30.0), below, Ink::Muted, Anchor::Middle);
        Self { x, y, left, top, bottom }
    }
}

/// From where to where values go, with some room. Where nothing lies below 0, nothing can; of percentages nothing beyond 100 either.
pub(super) fn range(values: impl Iterator<Item = f64>, is_percent: bool) -> (f64, f64) {
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let pad = if high > low { (high - low) * 0.06 } else { 0.0 };
    let floor = if low >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    let (low, high) = ((low - pad).max(floor), high + pad);
    if is_percent { (low.max(0.0), high.min(100.0)) } else { (low, high) }
}
