//! Lines with bands over an axis, in small multiples of one scale: how a measure goes with a setting.

use super::Chart;
use super::canvas::{Anchor, Canvas, Ink, Point, SMALL, TEXT, cut, width_of};
use super::scale::Scale;

/// A panel: points along the axis, and what they have in common.
pub(in crate::report) struct Panel {
    /// What the points have in common; empty where there is but one panel.
    pub title: String,
    /// The points, in the order of the axis.
    pub points: Vec<PanelPoint>,
}

/// A point of a panel.
pub(in crate::report) struct PanelPoint {
    /// Where it stands on the axis.
    pub x: f64,
    /// What the axis says there.
    pub label: String,
    /// Its height.
    pub mean: f64,
    /// Half of its interval.
    pub half_width: Option<f64>,
    /// What is said when the pointer is on it.
    pub said: String,
}

/// What all panels share.
pub(in crate::report) struct Axes {
    /// What the axis is.
    pub x: String,
    /// What the height is.
    pub y: String,
    /// Whether heights are percentages.
    pub is_percent: bool,
    /// Whether the axis is a line on which points can stand between others: then the points are joined.
    pub is_line: bool,
    /// A height that is sought.
    pub threshold: Option<f64>,
}

/// Height of a panel that stands alone, and of one among others.
const ALONE: f64 = 270.0;
const AMONG: f64 = 180.0;
/// How dark a band is.
const BAND: f64 = 0.25;

/// The chart; `None` of no points.
pub(in crate::report) fn panels(
    id: &'static str,
    title: &str,
    caption: String,
    source: &'static str,
    axes: &Axes,
    panels: &[Panel],
) -> Option<Chart> {
    let points = || panels.iter().flat_map(|panel| &panel.points);
    points().next()?;
    let half = |point: &PanelPoint| point.half_width.unwrap_or(0.0);
    // An interval may reach beyond what the measure can be; the axis does not.
    let floor = if points().all(|point| point.mean >= 0.0) { 0.0 } else { f64::NEG_INFINITY };
    let ceiling = if axes.is_percent { 100.0 } else { f64::INFINITY };
    let sought = axes.threshold;
    let low = points().map(|point| point.mean - half(point)).chain(sought).fold(f64::INFINITY, f64::min).max(floor);
    let high = points().map(|point| point.mean + half(point)).chain(sought).fold(f64::NEG_INFINITY, f64::max);
    let high = high.min(ceiling);
    let across = |narrow: bool| panels.len().min(if narrow { 1 } else { 3 });
    let down = |narrow: bool| panels.len().div_ceil(across(narrow)) as f64;
    let each = if panels.len() == 1 { ALONE } else { AMONG };
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let width = canvas.width / across(narrow) as f64;
        for (number, panel) in panels.iter().enumerate() {
            let (column, row) = (number % across(narrow), number / across(narrow));
            let corner = (width * column as f64, each * row as f64);
            let place = Place { corner, size: (width, each), low, high, is_first: column == 0 };
            place.draw(canvas, axes, panel, panels.len() == 1);
        }
    };
    Some(Chart::new(id, title, caption, source, draw, |narrow| each * down(narrow)))
}

/// Where a panel stands, and its scale.
struct Place {
    corner: Point,
    size: (f64, f64),
    low: f64,
    high: f64,
    is_first: bool,
}

impl Place {
    fn draw(&self, canvas: &mut Canvas, axes: &Axes, panel: &Panel, is_alone: bool) {
        let (x0, y0) = self.corner;
        let (top, bottom) = (y0 + 30.0, y0 + self.size.1 - 44.0);
        let y = Scale::round(self.low, self.high, (bottom, top), if is_alone { 5 } else { 3 });
        let sign = if axes.is_percent { " %" } else { "" };
        let left = x0 + width_of(&y.longest_label(), SMALL) + width_of(sign, SMALL) + 10.0;
        let right = x0 + self.size.0 - 14.0;
        let head = if is_alone || (self.is_first && panel.title.is_empty()) { &axes.y } else { &panel.title };
        canvas.small((x0 + 2.0, y0 + 10.0), cut(head, self.size.0 - 8.0, SMALL), Ink::Muted, Anchor::Start);
        for &tick in &y.ticks {
            canvas.line((left, y.at(tick)), (right, y.at(tick)), Ink::Grid, 1.0);
            canvas.small((left - 6.0, y.at(tick)), format!("{}{sign}", y.label(tick)), Ink::Muted, Anchor::End);
        }
        if let Some(threshold) = axes.threshold {
            canvas.dashed((left, y.at(threshold)), (right, y.at(threshold)), Ink::Vermillion);
        }
        let ends = (panel.points.iter().map(|point| point.x), panel.points.iter().map(|point| point.x));
        let (first, last) = (ends.0.fold(f64::INFINITY, f64::min), ends.1.fold(f64::NEG_INFINITY, f64::max));
        let x = |value: f64| {
            let part = if last > first { (value - first) / (last - first) } else { 0.5 };
            left + 10.0 + part * (right - left - 20.0)
        };
        self.axis(canvas, axes, panel, (left, right, bottom), &x);
        let edge = |sign: f64| -> Vec<Point> {
            let at = |point: &PanelPoint| (x(point.x), y.at(point.mean + sign * point.half_width.unwrap_or(0.0)));
            panel.points.iter().map(at).collect()
        };
        if axes.is_line {
            let band: Vec<Point> = edge(-1.0).into_iter().chain(edge(1.0).into_iter().rev()).collect();
            if panel.points.len() > 1 {
                canvas.area(band, Ink::Blue, BAND);
            }
            canvas.path(edge(0.0), Ink::Blue, 1.8);
        }
        for (point, (low, high)) in panel.points.iter().zip(edge(-1.0).into_iter().zip(edge(1.0))) {
            canvas.line(low, high, Ink::Blue, if axes.is_line { 1.0 } else { 2.4 });
            canvas.dot((x(point.x), y.at(point.mean)), 3.5, Ink::Blue);
        }
        self.tips(canvas, panel, (left, right, top, bottom), &x);
    }

    /// The values below the axis, as many as have room.
    fn axis(
        &self,
        canvas: &mut Canvas,
        axes: &Axes,
        panel: &Panel,
        (left, right, bottom): (f64, f64, f64),
        x: &impl Fn(f64) -> f64,
    ) {
        let room = if axes.is_line { f64::INFINITY } else { (right - left) / panel.points.len() as f64 };
        let mut free_from = left - 40.0;
        for point in &panel.points {
            let label = cut(&point.label, room.max(30.0), SMALL);
            let half = width_of(&label, SMALL) / 2.0;
            let at = x(point.x).min(self.corner.0 + self.size.0 - half - 1.0).max(self.corner.0 + half);
            if at - half > free_from {
                canvas.small((at, bottom + 13.0), label, Ink::Muted, Anchor::Middle);
                free_from = at + half + 6.0;
            }
        }
        let title = cut(&axes.x, self.size.0 - 8.0, SMALL);
        let half = width_of(&title, SMALL) / 2.0;
        let middle = ((left + right) / 2.0).max(self.corner.0 + half).min(self.corner.0 + self.size.0 - half);
        canvas.small((middle, bottom + 30.0), title, Ink::Muted, Anchor::Middle);
    }

    /// An area for each point, up to halfway to its neighbours.
    fn tips(
        &self,
        canvas: &mut Canvas,
        panel: &Panel,
        (left, right, top, bottom): (f64, f64, f64, f64),
        x: &impl Fn(f64) -> f64,
    ) {
        let at: Vec<f64> = panel.points.iter().map(|point| x(point.x)).collect();
        let mut order: Vec<usize> = (0..at.len()).collect();
        order.sort_by(|&a, &b| at[a].total_cmp(&at[b]));
        for (place, &index) in order.iter().enumerate() {
            let from = if place == 0 { left } else { (at[order[place - 1]] + at[index]) / 2.0 };
            let to = if place + 1 == order.len() { right } else { (at[order[place + 1]] + at[index]) / 2.0 };
            canvas.tip((from, top - TEXT), (to, bottom), panel.points[index].said.as_str());
        }
    }
}
