//! How long lines and orders wait.

use super::canvas::{Anchor, Canvas, Ink, Point, SMALL, width_of};
use super::scale::Scale;
use super::{Chart, count, percent};
use crate::report::data::Data;
use crate::report::number::grouped;

/// Waits of backordered lines, day by day.
pub(super) fn lines(data: &Data) -> Option<Chart> {
    let waits = &data.facts.distributions.line_wait_days;
    let bins: Vec<u64> = waits.domestic.iter().zip(&waits.international).map(|(here, abroad)| here + abroad).collect();
    let total: u64 = bins.iter().sum();
    if total == 0 {
        return None;
    }
    let share = |bins: &[u64]| bins.iter().sum::<u64>() as f64 / total as f64;
    let longest = bins.iter().rposition(|&bin| bin > 0)? + 1;
    let limit = data.facts.cancelled_after_days.filter(|&days| days.fract() == 0.0 && (4.0..=60.0).contains(&days));
    let late = match limit {
        Some(days) if longest > days as usize => {
            let late = &bins[days as usize..];
            // So few that a share says less than their number.
            let shown = match (late.iter().sum::<u64>(), share(late)) {
                (few, share) if share < 0.000_1 => grouped(few as f64, 0),
                (_, share) => percent(share),
            };
            format!(", {shown} after more than {days} days")
        }
        _ if longest >= bins.len() => {
            format!(", {} after more than {} days", percent(share(&bins[bins.len() - 1..])), bins.len() - 1)
        }
        _ => format!("; none that came back took longer than {}", count(longest as f64, "day", "days")),
    };
    let caption = format!(
        "{} of the {} that waited were back within 3 days{late}.",
        percent(share(&bins[..3])),
        count(total as f64, "line", "lines")
    );
    let days =
        if longest > 14 { longest.max(limit.unwrap_or(0.0) as usize + 1).min(bins.len()) } else { longest.max(7) };
    let histogram = Histogram { bins, total, days, limit };
    let draw = |canvas: &mut Canvas, narrow| histogram.draw(canvas, narrow);
    Some(Chart::new("waits", "How long a backordered line waits", caption, "report.json", draw, |_| 270.0))
}

struct Histogram {
    bins: Vec<u64>,
    total: u64,
    days: usize,
    limit: Option<f64>,
}

impl Histogram {
    fn share(&self, bin: usize) -> f64 {
        self.bins[bin] as f64 / self.total as f64
    }

    fn draw(&self, canvas: &mut Canvas, narrow: bool) {
        let highest = (0..self.days).map(|bin| self.share(bin) * 100.0).fold(0.0, f64::max);
        let (top, bottom) = (44.0, canvas.height - 40.0);
        let y = Scale::from_zero(0.0, highest, (bottom, top), 4);
        let left = width_of(&y.longest_label(), SMALL) + 22.0;
        let right = canvas.width - 8.0;
        let x = Scale::exact(0.0, self.days as f64, (left, right), if narrow { 5 } else { 8 });
        canvas.small((2.0, 9.0), "share of the lines that waited", Ink::Muted, Anchor::Start);
        for &tick in &y.ticks {
            let ink = if tick == 0.0 { Ink::Muted } else { Ink::Grid };
            canvas.line((left, y.at(tick)), (right, y.at(tick)), ink, 1.0);
            canvas.small((left - 6.0, y.at(tick)), format!("{} %", y.label(tick)), Ink::Muted, Anchor::End);
        }
        let gap = if self.days > 30 { 0.5 } else { 1.0 };
        for bin in 0..self.days {
            let (from, to) = (x.at(bin as f64), x.at(bin as f64 + 1.0));
            let share = self.share(bin);
            if share > 0.0 {
                let ink = match bin {
                    0..3 => Ink::Green,
                    _ if self.limit.is_some_and(|days| bin as f64 >= days) => Ink::Vermillion,
                    _ => Ink::Blue,
                };
                // A share too small to be seen is drawn a pixel high.
                let height = y.at(share * 100.0).min(bottom - 1.0);
                canvas.rect((from + gap, height), (to - gap, bottom), ink);
            }
            let last = bin + 1 == self.bins.len();
            let days = match bin {
                0 => "up to 1 day".to_string(),
                _ if last => format!("more than {bin} days"),
                _ => format!("more than {bin}, up to {} days", bin + 1),
            };
            canvas.tip(
                (from, top),
                (to, bottom),
                format!("{days}: {} ({})", percent(share), count(self.bins[bin] as f64, "line", "lines")),
            );
        }
        for &tick in &x.ticks {
            canvas.small((x.at(tick), bottom + 13.0), x.label(tick), Ink::Muted, Anchor::Middle);
        }
        canvas.small(
            ((left + right) / 2.0, bottom + 30.0),
            "days from placing to being covered",
            Ink::Muted,
            Anchor::Middle,
        );
        mark(canvas, x.at(3.0), (top, bottom), "3 days", right);
        if let Some(days) = self.limit.filter(|&days| days < self.days as f64) {
            mark(canvas, x.at(days), (top, bottom), &format!("{days} days"), right);
        }
    }
}

/// An upright mark with its name on top.
fn mark(canvas: &mut Canvas, x: f64, (top, bottom): (f64, f64), name: &str, right: f64) {
    canvas.dashed((x, top - 4.0), (x, bottom), Ink::Text);
    let half = width_of(name, SMALL) / 2.0;
    canvas.small((x.min(right - half), top - 12.0), name, Ink::Text, Anchor::Middle);
}

/// Orders still waiting, domestic and international apart.
pub(super) fn orders(data: &Data) -> Option<Chart> {
    let facts = &data.facts.distributions;
    let sides: Vec<Side> = [
        ("domestic", Ink::Blue, facts.orders_at_once.domestic, &facts.order_wait_days.domestic),
        ("international", Ink::Vermillion, facts.orders_at_once.international, &facts.order_wait_days.international),
    ]
    .into_iter()
    .filter_map(|(name, ink, at_once, bins)| Side::new(name, ink, at_once, bins))
    .collect();
    // Where nobody waits there is nothing to compare.
    let longest = sides.iter().filter_map(|side| side.still.iter().rposition(|&still| still > 0.0)).max()?;
    let beyond = |side: &Side, day: usize| percent(side.still[day]);
    let caption = match sides.as_slice() {
        [here, abroad] => format!(
            "{} of international orders wait at all, {} of domestic ones; longer than 3 days wait {} and {}.",
            beyond(abroad, 0),
            beyond(here, 0),
            beyond(abroad, 3),
            beyond(here, 3)
        ),
        [only] => format!(
            "{} of the {} orders wait at all, {} longer than 3 days; there are no {} ones.",
            beyond(only, 0),
            only.name,
            beyond(only, 3),
            if only.name == "domestic" { "international" } else { "domestic" }
        ),
        _ => return None,
    };
    let days = (longest + 1).max(7);
    let draw = |canvas: &mut Canvas, narrow| still_waiting(canvas, narrow, &sides, days);
    let title = if sides.len() == 2 { "International orders against domestic ones" } else { "How long orders wait" };
    Some(Chart::new("orders_waiting", title, caption, "report.json", draw, |_| 270.0))
}

/// Orders on one side of the border.
struct Side {
    name: &'static str,
    ink: Ink,
    /// The share still not released after 0, 1, 2, … days.
    still: Vec<f64>,
}

impl Side {
    fn new(name: &'static str, ink: Ink, at_once: u64, bins: &[u64]) -> Option<Self> {
        let total = at_once + bins.iter().sum::<u64>();
        let mut waiting = total - at_once;
        let mut still = vec![waiting as f64 / total as f64];
        for bin in bins {
            waiting -= bin;
            still.push(waiting as f64 / total as f64);
        }
        (total > 0).then_some(Self { name, ink, still })
    }
}

fn still_waiting(canvas: &mut Canvas, narrow: bool, sides: &[Side], days: usize) {
    let highest = sides.iter().map(|side| side.still[0] * 100.0).fold(0.0, f64::max);
    let (top, bottom) = (62.0, canvas.height - 40.0);
    let y = Scale::from_zero(0.0, highest, (bottom, top), 4);
    let left = width_of(&y.longest_label(), SMALL) + 22.0;
    let right = canvas.width - 8.0;
    let x = Scale::exact(0.0, days as f64, (left, right), if narrow { 5 } else { 8 });
    canvas.small((2.0, 9.0), "share of shipped orders not yet released whole", Ink::Muted, Anchor::Start);
    for &tick in &y.ticks {
        let ink = if tick == 0.0 { Ink::Muted } else { Ink::Grid };
        canvas.line((left, y.at(tick)), (right, y.at(tick)), ink, 1.0);
        canvas.small((left - 6.0, y.at(tick)), format!("{} %", y.label(tick)), Ink::Muted, Anchor::End);
    }
    for &tick in &x.ticks {
        canvas.small((x.at(tick), bottom + 13.0), x.label(tick), Ink::Muted, Anchor::Middle);
    }
    canvas.small(((left + right) / 2.0, bottom + 30.0), "days since placing", Ink::Muted, Anchor::Middle);
    if days > 3 {
        mark(canvas, x.at(3.0), (top, bottom), "3 days", right);
    }
    let value = |side: &Side, day: usize| side.still.get(day).copied().unwrap_or(0.0);
    let mut name_x = 2.0;
    for side in sides {
        let points: Vec<Point> = (0..=days).map(|day| (x.at(day as f64), y.at(value(side, day) * 100.0))).collect();
        canvas.path(points, side.ink, 2.2);
        canvas.line((name_x, 27.0), (name_x + 16.0, 27.0), side.ink, 3.0);
        canvas.small((name_x + 21.0, 27.0), side.name, Ink::Text, Anchor::Start);
        name_x += width_of(side.name, SMALL) + 40.0;
    }
    for day in 0..days {
        let shares: Vec<String> =
            sides.iter().map(|side| format!("{} {}", percent(value(side, day)), side.name)).collect();
        let text = format!("after {}: still waiting {}", count(day as f64, "day", "days"), shares.join(", "));
        let (from, to) = (x.at(day as f64 - 0.5), x.at(day as f64 + 0.5));
        canvas.tip((from, top), (to, bottom), text);
    }
}
