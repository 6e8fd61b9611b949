//! Cost against service: every alternative a point, those that no other beats joined and named.

use super::Chart;
use super::canvas::{Anchor, Canvas, Ink, Point, SMALL, width_of};
use super::ground::{Ground, Trade, range};

/// An alternative.
pub(in crate::report) struct Spot {
    /// What it costs.
    pub cost: f64,
    /// Half of the cost's interval.
    pub cost_half_width: Option<f64>,
    /// What that buys.
    pub service: f64,
    /// Half of the service's interval.
    pub service_half_width: Option<f64>,
    /// A short name.
    pub name: String,
    /// What is said when the pointer is on it.
    pub said: String,
    /// Its place on the front, from the cheapest on.
    pub on_front: Option<usize>,
    /// What it stands out for, wherever it lies.
    pub mark: Option<Mark>,
}

/// What an alternative stands out for; such are named before others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Mark {
    /// It is what is done today.
    Today,
    /// It is what was chosen.
    Chosen,
}

impl Mark {
    pub(super) fn ink(self) -> Ink {
        match self {
            Self::Today => Ink::Orange,
            Self::Chosen => Ink::Green,
        }
    }
}

/// The chart; `None` where nothing is on the front.
pub(in crate::report) fn front(
    id: &'static str,
    title: &str,
    caption: String,
    source: &'static str,
    trade: &Trade,
    spots: &[Spot],
) -> Option<Chart> {
    spots.iter().find(|spot| spot.on_front.is_some())?;
    let ends = |spot: &Spot, value: f64, half: Option<f64>| {
        // Intervals are drawn of those on the front alone.
        let half = half.filter(|_| spot.on_front.is_some()).unwrap_or(0.0);
        [value - half, value + half]
    };
    let cost = range(spots.iter().flat_map(|it| ends(it, it.cost, it.cost_half_width)), false);
    let service = range(spots.iter().flat_map(|it| ends(it, it.service, it.service_half_width)), trade.is_percent);
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let Ground { x, y, left, top, bottom } = Ground::drawn(canvas, narrow, trade, 0.0, [cost, service]);
        let place = |spot: &Spot| (x.at(spot.cost), y.at(spot.service));
        let mut on_it: Vec<&Spot> = spots.iter().filter(|spot| spot.on_front.is_some()).collect();
        on_it.sort_by_key(|spot| spot.on_front);
        for spot in spots.iter().filter(|spot| spot.on_front.is_none() && spot.mark.is_none()) {
            canvas.dot(place(spot), 3.0, Ink::Grey);
        }
        canvas.path(on_it.iter().map(|spot| place(spot)).collect(), Ink::Blue, 1.4);
        let mut labels = Labels { taken: Vec::new(), width: canvas.width, left, top, bottom };
        for spot in &on_it {
            let (half_cost, half_service) =
                (spot.cost_half_width.unwrap_or(0.0), spot.service_half_width.unwrap_or(0.0));
            let at = place(spot);
            canvas.line((x.at(spot.cost - half_cost), at.1), (x.at(spot.cost + half_cost), at.1), Ink::Blue, 1.0);
            canvas.line(
                (at.0, y.at(spot.service - half_service)),
                (at.0, y.at(spot.service + half_service)),
                Ink::Blue,
                1.0,
            );
            canvas.dot(at, 4.5, Ink::Blue);
        }
        let marked: Vec<&Spot> = spots.iter().filter(|spot| spot.mark.is_some()).collect();
        for spot in &marked {
            canvas.dot(place(spot), 4.5, spot.mark.map_or(Ink::Blue, Mark::ink));
        }
        let mut named: Vec<&Spot> = marked;
        named.sort_by_key(|spot| spot.mark);
        named.extend(on_it.iter().filter(|spot| spot.mark.is_none()));
        for spot in &named {
            labels.taken.push(around(place(spot), 5.0));
        }
        // A name stands on no other point, as long as there is room beside it.
        let others = spots.iter().filter(|spot| spot.on_front.is_none() && spot.mark.is_none());
        let others: Vec<(Point, Point)> = others.map(|spot| around(place(spot), 3.0)).collect();
        for spot in &named {
            let taken = labels.taken.len();
            labels.taken.extend(&others);
            let is_written = labels.write(canvas, place(spot), &spot.name);
            labels.taken.drain(taken..taken + others.len());
            if !is_written {
                labels.write(canvas, place(spot), &spot.name);
            }
        }
        // Those on the front are told where points lie on one another.
        for spot in spots.iter().filter(|spot| spot.on_front.is_none()).chain(on_it) {
            let (from, to) = around(place(spot), 7.0);
            canvas.tip(from, to, spot.said.as_str());
        }
    };
    Some(Chart::new(id, title, caption, source, draw, |_| 320.0))
}

/// The square about a point.
pub(super) fn around((x, y): Point, by: f64) -> (Point, Point) {
    ((x - by, y - by), (x + by, y + by))
}

/// Names beside points, where nothing else stands.
pub(super) struct Labels {
    /// Where something stands already.
    pub taken: Vec<(Point, Point)>,
    /// The drawing's width.
    pub width: f64,
    /// Where names may begin.
    pub left: f64,
    /// The upper end.
    pub top: f64,
    /// The lower end.
    pub bottom: f64,
}

impl Labels {
    /// Whether nothing stands there yet.
    pub(super) fn is_free(&self, area: (Point, Point)) -> bool {
        !self.taken.iter().any(|other| meet(area, *other))
    }

    /// Writes a name on the first free side of its point. Whether there was one: where not, the pointer tells it.
    pub(super) fn write(&mut self, canvas: &mut Canvas, (x, y): Point, name: &str) -> bool {
        let (width, half) = (width_of(name, SMALL), 7.0);
        let sides = [
            ((x - 9.0, y - 9.0), Anchor::End),
            ((x + 9.0, y + 10.0), Anchor::Start),
            ((x + 9.0, y - 9.0), Anchor::Start),
            ((x - 9.0, y + 10.0), Anchor::End),
            ((x, y - 16.0), Anchor::Middle),
            ((x, y + 17.0), Anchor::Middle),
            ((x + 9.0, y - 16.0), Anchor::Start),
            ((x + 9.0, y + 17.0), Anchor::Start),
            ((x - 9.0, y - 16.0), Anchor::End),
            ((x - 9.0, y + 17.0), Anchor::End),
        ];
        for (at, anchor) in sides {
            let from = match anchor {
                Anchor::Start => at.0,
                Anchor::Middle => at.0 - width / 2.0,
                Anchor::End => at.0 - width,
            };
            let area = ((from, at.1 - half), (from + width, at.1 + half));
            let is_inside = area.0.0 >= self.left
                && area.1.0 <= self.width
                && area.0.1 >= self.top - 8.0
                && area.1.1 <= self.bottom;
            if is_inside && self.is_free(area) {
                canvas.small(at, name, Ink::Text, anchor);
                self.taken.push(area);
                return true;
            }
        }
        false
    }
}

fn meet(a: (Point, Point), b: (Point, Point)) -> bool {
    a.0.0 < b.1.0 && b.0.0 < a.1.0 && a.0.1 < b.1.1 && b.0.1 < a.1.1
}
