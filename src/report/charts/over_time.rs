//! Stock and backorders over time: the median over replications, and the bands that hold half and nine tenths of them.

use super::canvas::{Anchor, Canvas, Ink, Point, SMALL, width_of};
use super::scale::Scale;
use super::{Chart, percent};
use crate::measures::Metric;
use crate::report::data::Data;
use crate::report::number::{self, grouped};

/// At most so many points are drawn; longer series are averaged over several days.
const POINTS: usize = 280;

/// With fewer replications the outer band holds them all, and there is no saying what half of them do.
const ENOUGH: usize = 20;

/// How dark the bands are.
const OUTER: f64 = 0.22;
const INNER: f64 = 0.38;

/// The bands' and the median's columns.
const BANDS: [&str; 5] = ["p05", "p25", "p50", "p75", "p95"];

/// Units on hand.
pub(super) fn on_hand(data: &Data) -> Option<Chart> {
    let series = Series::of(data, "on_hand_units")?;
    let mean = data.summary.mean(Metric::OnHandMeanUnits)?;
    let (low, high) = series.measured_range()?;
    if mean == 0.0 && series.is_nothing() {
        return None;
    }
    let (low, high) = (grouped(low, 0), grouped(high, 0));
    let days = if low == high { format!("every day with {low}") } else { format!("its days between {low} and {high}") };
    let caption = format!(
        "{} units are on hand on average in the measured time; {} ends {days}.",
        data.shown(Metric::OnHandMeanUnits),
        series.whose()
    );
    Some(series.chart("on_hand", "Units on hand", caption))
}

/// Units on backorder.
pub(super) fn backorders(data: &Data) -> Option<Chart> {
    let series = Series::of(data, "backorder_units")?;
    let mean = data.summary.mean(Metric::BackordersMeanUnits)?;
    let (_, high) = series.measured_range()?;
    let worst = grouped(series.highest(), 0);
    let worst = match series.replications {
        1 => format!("the worst day ends with {}", grouped(high, 0)),
        2..ENOUGH => format!("the worst day of any replication ends with {worst}"),
        _ => format!("on the worst day one replication in twenty ends with {worst} or more"),
    };
    if mean == 0.0 && series.is_nothing() {
        return None;
    }
    let (on_hand, shown) = (data.summary.mean(Metric::OnHandMeanUnits), data.shown(Metric::BackordersMeanUnits));
    let against = match on_hand {
        Some(on_hand) if on_hand > 0.0 => format!(", {} of what is on hand", percent(mean / on_hand)),
        _ => String::new(),
    };
    let when = data.summary.waiting.map_or_else(String::new, |waiting| {
        let (first, end) = (grouped(waiting.first_day as f64, 0), grouped(waiting.end_day as f64, 0));
        format!(" {} of the waiting falls in days {first} to {end}.", number::whole_percent(waiting.share))
    });
    let caption = format!("{shown} units wait on average in the measured time{against}; {worst}.{when}");
    Some(series.chart("backorders", "Units on backorder", caption))
}

/// A daily series, thinned out.
struct Series {
    /// Days that a point stands for.
    step: usize,
    /// Quantiles over replications.
    points: Vec<[f64; 5]>,
    days: usize,
    warm_up: f64,
    replications: usize,
    /// Lowest and highest median of a measured day.
    range: Option<(f64, f64)>,
    /// The highest outer quantile of a measured day.
    highest: f64,
}

impl Series {
    fn of(data: &Data, name: &str) -> Option<Self> {
        let columns: Vec<Vec<f64>> = BANDS.iter().map(|band| data.daily.column(&format!("{name}_{band}"))).collect();
        let days = columns.iter().map(Vec::len).min().filter(|&days| days > 0)?;
        let step = days.div_ceil(POINTS);
        let mean = |column: &Vec<f64>, from: usize| {
            let part = &column[from..(from + step).min(days)];
            part.iter().sum::<f64>() / part.len() as f64
        };
        let points =
            (0..days).step_by(step).map(|from| std::array::from_fn(|band| mean(&columns[band], from))).collect();
        let warm_up = data.summary.warm_up_days;
        let measured = || columns[2].iter().skip(warm_up as usize).copied();
        let range = measured().min_by(f64::total_cmp).zip(measured().max_by(f64::total_cmp));
        let highest = columns[4].iter().skip(warm_up as usize).copied().fold(0.0, f64::max);
        Some(Self { step, points, days, warm_up, replications: data.summary.replications, range, highest })
    }

    /// Whether every day of every replication ends with none.
    fn is_nothing(&self) -> bool {
        self.points.iter().all(|point| point[4] == 0.0)
    }

    fn highest(&self) -> f64 {
        self.highest
    }

    fn measured_range(&self) -> Option<(f64, f64)> {
        self.range
    }

    fn whose(&self) -> &'static str {
        if self.replications == 1 { "the one replication" } else { "the median replication" }
    }

    fn unit(&self) -> String {
        let days = if self.step == 1 { "end of each day".into() } else { format!("means of {} days", self.step) };
        format!("units, {days}")
    }

    fn chart(&self, id: &'static str, title: &str, caption: String) -> Chart {
        Chart::new(id, title, caption, "daily.csv", |canvas, narrow| self.draw(canvas, narrow), |_| 270.0)
    }

    fn draw(&self, canvas: &mut Canvas, narrow: bool) {
        let highest = self.points.iter().map(|point| point[4]).fold(0.0, f64::max);
        let (top, bottom) = (if narrow { 46.0 } else { 30.0 }, canvas.height - 40.0);
        let y = Scale::from_zero(0.0, highest, (bottom, top), 4);
        let left = width_of(&y.longest_label(), SMALL) + 12.0;
        let right = canvas.width - 12.0;
        let x = Scale::exact(0.0, self.days as f64, (left, right), if narrow { 4 } else { 8 });
        canvas.small((2.0, 9.0), self.unit(), Ink::Muted, Anchor::Start);
        if self.warm_up > 0.0 {
            canvas.rect((left, top), (x.at(self.warm_up), bottom), Ink::Shade);
        }
        for &tick in &y.ticks {
            let ink = if tick == 0.0 { Ink::Muted } else { Ink::Grid };
            canvas.line((left, y.at(tick)), (right, y.at(tick)), ink, 1.0);
            canvas.small((left - 6.0, y.at(tick)), y.label(tick), Ink::Muted, Anchor::End);
        }
        for &tick in &x.ticks {
            canvas.small((x.at(tick), bottom + 13.0), x.label(tick), Ink::Muted, Anchor::Middle);
        }
        canvas.small(
            ((left + right) / 2.0, bottom + 30.0),
            "days from the start of a replication",
            Ink::Muted,
            Anchor::Middle,
        );
        self.key(canvas, narrow, right);
        let middle = |index: usize| x.at((index * self.step) as f64 + self.step as f64 / 2.0);
        let line = |band: usize| -> Vec<Point> {
            self.points.iter().enumerate().map(|(index, point)| (middle(index), y.at(point[band]))).collect()
        };
        if self.replications > 1 {
            let bands = [(0, 4, OUTER), (1, 3, INNER)];
            for (low, high, opacity) in bands.into_iter().take(if self.replications < ENOUGH { 1 } else { 2 }) {
                canvas.area(line(low).into_iter().chain(line(high).into_iter().rev()).collect(), Ink::Blue, opacity);
            }
        }
        canvas.path(line(2), Ink::Blue, 1.8);
        if self.points.len() == 1 {
            canvas.dot((middle(0), y.at(self.points[0][2])), 3.5, Ink::Blue);
        }
        self.warm_up_label(canvas, (left, top), x.at(self.warm_up));
        self.tips(canvas, narrow, (top, bottom), &x);
    }

    /// What the line and the bands are, in their colours, at the top right.
    fn key(&self, canvas: &mut Canvas, narrow: bool, right: f64) {
        let all = format!("all {} replications", self.replications);
        let parts: &[(&str, f64)] = match self.replications {
            1 => &[("one replication", 1.0)],
            2..ENOUGH => &[("median", 1.0), (&all, OUTER)],
            _ => &[("median", 1.0), ("50 %", OUTER + INNER), ("90 % of replications", OUTER)],
        };
        let y = if narrow { 27.0 } else { 9.0 };
        let total: f64 = parts.iter().map(|(text, _)| width_of(text, SMALL) + 30.0).sum();
        let mut x = (right - total).max(2.0);
        if narrow {
            x = 2.0;
        }
        for (text, opacity) in parts {
            let half = if *opacity == 1.0 { 1.0 } else { 5.0 };
            let corners = vec![(x, y - half), (x + 16.0, y - half), (x + 16.0, y + half), (x, y + half)];
            canvas.area(corners, Ink::Blue, *opacity);
            canvas.small((x + 20.0, y), *text, Ink::Muted, Anchor::Start);
            x += width_of(text, SMALL) + 30.0;
        }
    }

    fn warm_up_label(&self, canvas: &mut Canvas, corner: Point, end: f64) {
        let label = "warm-up, not measured";
        if self.warm_up <= 0.0 {
            return;
        }
        // Where the shade is too narrow for words, the shorter word, or none.
        for text in [label, "warm-up"] {
            if width_of(text, SMALL) * 0.9 < end - corner.0 - 4.0 {
                canvas.small(((corner.0 + end) / 2.0, corner.1 + 10.0), text, Ink::Muted, Anchor::Middle);
                return;
            }
        }
    }

    fn tips(&self, canvas: &mut Canvas, narrow: bool, (top, bottom): (f64, f64), x: &Scale) {
        // Strips narrower than this cannot be pointed at.
        let most = if narrow { 60 } else { 140 };
        let group = self.points.len().div_ceil(most);
        for from in (0..self.points.len()).step_by(group) {
            let to = (from + group).min(self.points.len());
            let middle = (from + to) / 2;
            let [p05, p25, p50, p75, p95] = self.points[middle].map(|value| grouped(value, 0));
            let first = middle * self.step;
            let last = (first + self.step - 1).min(self.days - 1);
            let days = if first == last { format!("day {first}") } else { format!("days {first} to {last}") };
            let text = match self.replications {
                1 => format!("{days}: {p50}"),
                2..ENOUGH => format!("{days}: median {p50}, all within {p05} to {p95}"),
                _ => format!("{days}: median {p50}, half within {p25} to {p75}, 90 % within {p05} to {p95}"),
            };
            let edge = |index: usize| x.at((index * self.step) as f64);
            canvas.tip((edge(from), top), (edge(to), bottom), text);
        }
    }
}
