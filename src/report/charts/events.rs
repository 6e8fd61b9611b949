//! Service and backlog day by day, with the scenario's events shaded, and when the backlog was again what it had been.

use super::canvas::{Anchor, Canvas, Ink, Point, SMALL, cut, width_of};
use super::scale::Scale;
use super::{Chart, percent};
use crate::report::data::Data;
use crate::report::number::grouped;
use crate::report::summary::EventSummary;

/// At most so many points are drawn; longer series are averaged over several days.
const POINTS: usize = 280;

/// The name of an event has at least this part of the chart's width.
const LEAST_ROOM: f64 = 0.25;

/// The chart; nothing where no event is planned for given days.
pub(super) fn events(data: &Data) -> Option<Chart> {
    let series = Series::of(data)?;
    Some(Chart::new(
        "events",
        "Service and backlog through the events",
        caption(data)?,
        "daily.csv",
        |canvas, narrow| series.draw(canvas, narrow),
        |_| 360.0,
    ))
}

/// What is found of the event that hurts most.
fn caption(data: &Data) -> Option<String> {
    let fall = |event: &&EventSummary| {
        let of = |before: Option<f64>, during: Option<f64>| {
            before.zip(during).map_or(0.0, |(before, during)| before - during)
        };
        of(event.line_fill_rate_before.mean, event.line_fill_rate_during.mean)
    };
    let planned = || data.summary.events.iter().filter(|event| !event.on.is_empty() && event.times.mean > Some(0.0));
    let worst = planned().max_by(|one, other| fall(one).total_cmp(&fall(other)))?;
    let during = worst.line_fill_rate_during.mean;
    let mut text = match (worst.line_fill_rate_before.mean, during) {
        (Some(before), Some(during)) => {
            format!(
                "“{}”: {} of the lines are filled at once, {} before it",
                worst.name,
                percent(during),
                percent(before)
            )
        }
        (None, Some(during)) => format!("“{}”: {} of the lines are filled at once", worst.name, percent(during)),
        _ => format!("“{}”: no lines are asked for while it is on", worst.name),
    };
    let recovered = worst.recovered_share.mean;
    match (worst.recovery_days.mean, recovered) {
        (Some(0.0), Some(1.0)) => text.push_str("; when it ends, no more wait than before."),
        (Some(days), Some(1.0)) => {
            text.push_str(&format!("; the backlog is again what it was {} days after it ends.", grouped(days, 1)));
        }
        (Some(days), Some(share)) => text.push_str(&format!(
            "; in {} of the runs the backlog is again what it was within the measured time, {} days after it ends.",
            percent(share),
            grouped(days, 1)
        )),
        (None, Some(_)) => text.push_str("; the backlog does not recover within the measured time."),
        _ => text.push_str("; it goes on to the end."),
    }
    Some(text)
}

/// A stretch to be shaded.
struct Shade {
    name: String,
    from: f64,
    to: f64,
    /// When the backlog is again what it was, on average.
    recovered: Option<f64>,
}

/// Means over replications, thinned out.
struct Series {
    step: usize,
    days: usize,
    /// Of the lines asked for on a day, the share filled at once; `None` where none were asked for.
    filled: Vec<Option<f64>>,
    waiting: Vec<f64>,
    warm_up: f64,
    shades: Vec<Shade>,
}

impl Series {
    fn of(data: &Data) -> Option<Self> {
        let column = |name: &str| data.daily.column(name);
        let (lines, filled) = (column("lines_mean"), column("lines_filled_mean"));
        let waiting = column("backorder_units_mean");
        let days = [lines.len(), filled.len(), waiting.len()].into_iter().min().filter(|&days| days > 0)?;
        let end = days as f64;
        let shade = |event: &EventSummary| -> Vec<Shade> {
            let of = |on: &crate::report::summary::OnDays| Shade {
                name: event.name.clone(),
                from: on.from.min(end),
                to: on.to.unwrap_or(end).min(end),
                recovered: on.to.zip(event.recovery_days.mean).map(|(to, days)| to + days).filter(|&day| day < end),
            };
            event.on.iter().map(of).filter(|shade| shade.from < end).collect()
        };
        let shades: Vec<Shade> = data.summary.events.iter().flat_map(shade).collect();
        if shades.is_empty() {
            return None;
        }
        let step = days.div_ceil(POINTS);
        let stretches = || (0..days).step_by(step).map(|from| from..(from + step).min(days));
        let sum = |column: &[f64], stretch: std::ops::Range<usize>| column[stretch].iter().sum::<f64>();
        Some(Self {
            step,
            days,
            filled: stretches()
                .map(|stretch| {
                    let asked = sum(&lines, stretch.clone());
                    (asked > 0.0).then(|| sum(&filled, stretch) / asked)
                })
                .collect(),
            waiting: stretches().map(|stretch| sum(&waiting, stretch.clone()) / stretch.len() as f64).collect(),
            warm_up: data.summary.warm_up_days,
            shades,
        })
    }

    fn draw(&self, canvas: &mut Canvas, narrow: bool) {
        let (top, middle, below, bottom) = (44.0, 168.0, 206.0, canvas.height - 40.0);
        let lowest = self.filled.iter().flatten().copied().fold(1.0, f64::min) * 100.0;
        let share = Scale::round((lowest - 1.0).max(0.0), 100.0, (middle, top), 3);
        let highest = self.waiting.iter().copied().fold(0.0, f64::max);
        let units = Scale::from_zero(0.0, highest, (bottom, below), 3);
        let longest = if share.longest_label().len() > units.longest_label().len() { &share } else { &units };
        let left = width_of(&longest.longest_label(), SMALL) + 12.0;
        let right = canvas.width - 12.0;
        let x = Scale::exact(0.0, self.days as f64, (left, right), if narrow { 4 } else { 8 });
        if self.warm_up > 0.0 {
            canvas.rect((left, top), (x.at(self.warm_up), middle), Ink::Shade);
            canvas.rect((left, below), (x.at(self.warm_up), bottom), Ink::Shade);
        }
        self.shade(canvas, &x, [(top, middle), (below, bottom)]);
        for (scale, from, to, words) in [
            (&share, top, middle, "lines filled at once, % of a day’s"),
            (&units, below, bottom, "units on backorder, end of each day"),
        ] {
            canvas.small((2.0, from - if from == top { 35.0 } else { 14.0 }), words, Ink::Muted, Anchor::Start);
            for &tick in &scale.ticks {
                let at = scale.at(tick);
                if at >= from - 0.5 && at <= to + 0.5 {
                    let ink = if tick == 0.0 { Ink::Muted } else { Ink::Grid };
                    canvas.line((left, at), (right, at), ink, 1.0);
                    canvas.small((left - 6.0, at), scale.label(tick), Ink::Muted, Anchor::End);
                }
            }
        }
        for &tick in &x.ticks {
            canvas.small((x.at(tick), bottom + 13.0), x.label(tick), Ink::Muted, Anchor::Middle);
        }
        let words = if self.step == 1 {
            "days from the start; means over replications".to_string()
        } else {
            format!("days from the start; means over replications and {} days", self.step)
        };
        canvas.small(((left + right) / 2.0, bottom + 30.0), words, Ink::Muted, Anchor::Middle);
        let place = |index: usize| x.at((index * self.step) as f64 + self.step as f64 / 2.0);
        let mut stretch: Vec<Point> = Vec::new();
        for (index, filled) in self.filled.iter().enumerate() {
            match filled {
                Some(filled) => stretch.push((place(index), share.at(filled * 100.0))),
                None => self.path(canvas, &mut stretch),
            }
        }
        self.path(canvas, &mut stretch);
        let waiting =
            self.waiting.iter().enumerate().map(|(index, &units_of)| (place(index), units.at(units_of))).collect();
        canvas.path(waiting, Ink::Vermillion, 1.8);
        self.tips(canvas, narrow, (top, bottom), &x);
    }

    fn path(&self, canvas: &mut Canvas, stretch: &mut Vec<Point>) {
        match stretch[..] {
            [] => {}
            [only] => canvas.dot(only, 2.0, Ink::Blue),
            _ => canvas.path(stretch.clone(), Ink::Blue, 1.8),
        }
        stretch.clear();
    }

    /// Shades the events, with their names where there is room, and marks recoveries.
    fn shade(&self, canvas: &mut Canvas, x: &Scale, panels: [(f64, f64); 2]) {
        let mut taken: [Vec<(f64, f64)>; 2] = Default::default();
        for shade in &self.shades {
            let (from, to) = (x.at(shade.from), x.at(shade.to).max(x.at(shade.from) + 1.5));
            for (top, bottom) in panels {
                canvas.area(vec![(from, top), (to, top), (to, bottom), (from, bottom)], Ink::Orange, 0.22);
            }
            // A name begins at its days; near the right end a little before them, cut where it would begin far from them.
            let room = (canvas.width - 4.0 - from).max(canvas.width * LEAST_ROOM);
            let name = cut(&shade.name, room, SMALL);
            let width = width_of(&name, SMALL);
            let start = from.min(canvas.width - width - 4.0).max(2.0);
            let area = (start, start + width + 8.0);
            // Two rows above the upper panel: of names that would stand on one another, the later one is left out.
            let is_free = |row: &usize| taken[*row].iter().all(|other| area.1 <= other.0 || other.1 <= area.0);
            if let Some(row) = (0..2).find(is_free) {
                taken[row].push(area);
                let y = panels[0].0 - 8.0 - 13.0 * row as f64;
                canvas.small((start, y), name, Ink::Text, Anchor::Start);
            }
            if let Some(day) = shade.recovered.filter(|&day| day > shade.to) {
                canvas.dashed((x.at(day), panels[1].0), (x.at(day), panels[1].1), Ink::Muted);
                canvas.small((x.at(day), panels[1].0 - 4.0), "recovered, mean", Ink::Muted, Anchor::Middle);
            }
        }
    }

    fn tips(&self, canvas: &mut Canvas, narrow: bool, (top, bottom): (f64, f64), x: &Scale) {
        // Strips narrower than this cannot be pointed at.
        let most = if narrow { 60 } else { 140 };
        let group = self.waiting.len().div_ceil(most);
        for from in (0..self.waiting.len()).step_by(group) {
            let to = (from + group).min(self.waiting.len());
            let middle = (from + to) / 2;
            let filled = self.filled[middle]
                .map_or("no lines".to_string(), |filled| format!("{} filled at once", percent(filled)));
            let text = format!("day {}: {filled}, {} units wait", middle * self.step, grouped(self.waiting[middle], 1));
            let edge = |index: usize| x.at((index * self.step) as f64);
            canvas.tip((edge(from), top), (edge(to), bottom), text);
        }
    }
}
