//! What each alternative costs and serves more or less than today, in one plane: a cross for each, today in its middle.
//!
//! Differences are paired, so their intervals are far narrower than those of the figures themselves: two alternatives whose
//! figures overlap may well be told apart here.

use super::canvas::{Canvas, Ink, SMALL, cut, width_of};
use super::front::{Labels, around};
use super::scale::Scale;
use super::{Anchor, Chart};

/// An alternative.
pub(in crate::report) struct Cross {
    /// A short name.
    pub name: String,
    /// What is said when the pointer is on it.
    pub said: String,
    /// What it costs more than today, with half of the interval.
    pub cost: (f64, f64),
    /// What it serves more than today, likewise.
    pub service: (f64, f64),
    /// What it amounts to.
    pub amounts_to: Balance,
}

/// What an alternative amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Balance {
    /// Better in one, worse in none.
    Better,
    /// Better in one, worse in the other.
    Trade,
    /// Worse in one, better in none.
    Worse,
    /// Neither, as far as is known.
    Alike,
}

impl Balance {
    /// All, in the order in which they are counted.
    pub(in crate::report) const ALL: [Self; 4] = [Self::Better, Self::Trade, Self::Worse, Self::Alike];

    fn ink(self) -> Ink {
        match self {
            Self::Better => Ink::Blue,
            Self::Trade => Ink::Purple,
            Self::Worse => Ink::Vermillion,
            Self::Alike => Ink::Grey,
        }
    }

    /// In words.
    pub(in crate::report) fn words(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Trade => "a trade",
            Self::Worse => "worse",
            Self::Alike => "alike or unclear",
        }
    }
}

/// One of the two axes.
pub(in crate::report) struct Side {
    /// What it measures, with its unit.
    pub title: String,
    /// What to be on the better side is called, and on the worse.
    pub words: [&'static str; 2],
    /// Whether more of it is better.
    pub is_more_better: bool,
    /// A difference up to this does not matter.
    pub indifference: f64,
}

/// The plane: cost across, service up, so that whatever lies up and to the left is better.
pub(in crate::report) struct Plane<'a> {
    /// The chart's title.
    pub title: &'a str,
    /// What it finds.
    pub caption: String,
    /// What today is called.
    pub today: String,
    /// What is paid; less is better.
    pub cost: Side,
    /// What is got.
    pub service: Side,
    /// The alternatives.
    pub crosses: &'a [Cross],
}

/// Room above and below what is drawn.
const ABOVE: f64 = 24.0;
const BELOW: f64 = 66.0;

/// The chart; `None` where no alternative differs.
pub(in crate::report) fn plane(plane: &Plane<'_>) -> Option<Chart> {
    let Plane { title, caption, today, cost, service, crosses } = plane;
    crosses.iter().find(|it| it.cost.0 != 0.0 || it.service.0 != 0.0)?;
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let (top, bottom) = (ABOVE, canvas.height - BELOW);
        let (low, high) = range(crosses.iter().map(|it| it.service));
        // What is better stands above.
        let ends = if service.is_more_better { (bottom, top) } else { (top, bottom) };
        let y = Scale::round(low, high, ends, 4);
        // A sign may make another label than the longest number the widest.
        let left = y.ticks.iter().map(|&tick| width_of(&signed(&y, tick), SMALL)).fold(0.0, f64::max) + 12.0;
        let right = canvas.width - 14.0;
        let (low, high) = range(crosses.iter().map(|it| it.cost));
        let x = Scale::round(low, high, (left, right), if narrow { 3 } else { 6 });
        let corner =
            |(from, to): (f64, f64), scale: &Scale, value: f64| scale.at(value).clamp(from.min(to), from.max(to));
        let box_x = [-1.0, 1.0].map(|sign| corner((left, right), &x, sign * cost.indifference));
        let box_y = [-1.0, 1.0].map(|sign| corner((top, bottom), &y, sign * service.indifference));
        canvas.rect((box_x[0], box_y[0].min(box_y[1])), (box_x[1], box_y[0].max(box_y[1])), Ink::Shade);
        let across = canvas.width - 4.0;
        canvas.small((2.0, 9.0), cut(&service.title, across, SMALL), Ink::Muted, Anchor::Start);
        for &tick in &y.ticks {
            canvas.line((left, y.at(tick)), (right, y.at(tick)), Ink::Grid, 1.0);
            canvas.small((left - 6.0, y.at(tick)), signed(&y, tick), Ink::Muted, Anchor::End);
        }
        for &tick in &x.ticks {
            canvas.line((x.at(tick), top), (x.at(tick), bottom), Ink::Grid, 1.0);
            let label = signed(&x, tick);
            let at = x.at(tick).min(canvas.width - width_of(&label, SMALL) / 2.0);
            canvas.small((at, bottom + 13.0), label, Ink::Muted, Anchor::Middle);
        }
        let below = cut(&cost.title, across, SMALL);
        let half = width_of(&below, SMALL) / 2.0;
        let middle = ((left + right) / 2.0).clamp(half, (canvas.width - half).max(half));
        canvas.small((middle, bottom + 30.0), below, Ink::Muted, Anchor::Middle);
        let (zero_x, zero_y) = (x.at(0.0), y.at(0.0));
        canvas.line((zero_x, top), (zero_x, bottom), Ink::Muted, 1.2);
        canvas.line((left, zero_y), (right, zero_y), Ink::Muted, 1.2);
        let mut labels = Labels { taken: Vec::new(), width: canvas.width, left, top, bottom };
        for it in *crosses {
            labels.taken.push(around((x.at(it.cost.0), y.at(it.service.0)), 5.0));
        }
        labels.taken.push(around((zero_x, zero_y), 5.0));
        let quarters = [
            ((left + 4.0, top + 9.0), Anchor::Start, [0, 0]),
            ((right - 4.0, top + 9.0), Anchor::End, [1, 0]),
            ((left + 4.0, bottom - 9.0), Anchor::Start, [0, 1]),
            ((right - 4.0, bottom - 9.0), Anchor::End, [1, 1]),
        ];
        for (at, anchor, [of_cost, of_service]) in quarters {
            let words = format!("{}, {}", cost.words[of_cost], service.words[of_service]);
            let room = if of_cost == 0 { zero_x - left } else { right - zero_x };
            let width = width_of(&words, SMALL);
            let from = if of_cost == 0 { at.0 } else { at.0 - width };
            let area = ((from, at.1 - 8.0), (from + width, at.1 + 8.0));
            if width + 8.0 <= room && labels.is_free(area) {
                canvas.small(at, words, Ink::Muted, anchor);
                labels.taken.push(area);
            }
        }
        for it in *crosses {
            let (ink, at) = (it.amounts_to.ink(), (x.at(it.cost.0), y.at(it.service.0)));
            let [from, to] = [-1.0, 1.0].map(|sign| x.at(it.cost.0 + sign * it.cost.1));
            canvas.line((from, at.1), (to, at.1), ink, 1.8);
            let [from, to] = [-1.0, 1.0].map(|sign| y.at(it.service.0 + sign * it.service.1));
            canvas.line((at.0, from), (at.0, to), ink, 1.8);
            canvas.dot(at, 5.0, ink);
        }
        canvas.dot((zero_x, zero_y), 5.0, Ink::Orange);
        // No line runs through a name, as long as there is room beside it.
        let lines = [((zero_x - 1.0, top), (zero_x + 1.0, bottom)), ((left, zero_y - 1.0), (right, zero_y + 1.0))];
        let room = canvas.width * 0.45;
        let points = crosses.iter().map(|it| ((x.at(it.cost.0), y.at(it.service.0)), &it.name));
        for (at, name) in points.chain([((zero_x, zero_y), today)]) {
            let (name, taken) = (cut(name, room, SMALL), labels.taken.len());
            labels.taken.extend(lines);
            let is_written = labels.write(canvas, at, &name);
            labels.taken.drain(taken..taken + lines.len());
            // Where there is no room for a name, there may be for its letter.
            if !is_written && !labels.write(canvas, at, &name) {
                labels.write(canvas, at, name.split(' ').next().unwrap_or_default());
            }
        }
        let mut at = 4.0;
        for balance in Balance::ALL.into_iter().filter(|it| crosses.iter().any(|cross| cross.amounts_to == *it)) {
            canvas.dot((at + 4.0, bottom + 54.0), 4.5, balance.ink());
            canvas.small((at + 14.0, bottom + 54.0), balance.words(), Ink::Muted, Anchor::Start);
            at += width_of(balance.words(), SMALL) + 30.0;
        }
        for it in *crosses {
            let (from, to) = around((x.at(it.cost.0), y.at(it.service.0)), 9.0);
            canvas.tip(from, to, it.said.as_str());
        }
    };
    Some(Chart::new(
        "decision",
        *title,
        caption.as_str(),
        "differences.csv",
        draw,
        |narrow| if narrow { 320.0 } else { 340.0 },
    ))
}

/// From where to where an axis goes: all intervals and today, with room on both sides, so that there is a better and a worse side.
fn range(values: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for (mean, half) in values {
        (low, high) = (low.min(mean - half), high.max(mean + half));
    }
    let room = (high - low) * 0.3;
    if room == 0.0 { (-1.0, 1.0) } else { (low.min(-room), high.max(room)) }
}

/// A tick's number with its sign.
fn signed(scale: &Scale, tick: f64) -> String {
    let label = scale.label(tick);
    if tick > 0.0 && label.contains(|c: char| ('1'..='9').contains(&c)) { format!("+{label}") } else { label }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(is_more_better: bool) -> Side {
        Side { title: "what".into(), words: ["good", "bad"], is_more_better, indifference: 0.1 }
    }

    fn drawn(crosses: &[Cross]) -> Option<Chart> {
        plane(&Plane {
            title: "title",
            caption: "caption".into(),
            today: "A today".into(),
            cost: side(false),
            service: side(true),
            crosses,
        })
    }

    fn cross(cost: f64, service: f64) -> Cross {
        let (name, said) = ("B other".to_string(), "B: said".to_string());
        Cross { name, said, cost: (cost, 0.2), service: (service, 0.3), amounts_to: Balance::Trade }
    }

    #[test]
    fn nothing_is_drawn_where_nothing_differs() {
        assert!(drawn(&[]).is_none());
        assert!(drawn(&[cross(0.0, 0.0)]).is_none());
        assert!(drawn(&[cross(0.0, 0.0), cross(0.0, 1.0)]).is_some());
    }

    #[test]
    fn both_sides_of_today_have_their_names() {
        let svg = drawn(&[cross(1.0, 2.0)]).unwrap().standalone();
        for words in ["good, good", "bad, good", "good, bad", "bad, bad", "A today", "B other", "a trade"] {
            assert!(svg.contains(words), "{words}");
        }
    }

    #[test]
    fn an_axis_has_room_on_both_sides_of_today() {
        let (low, high) = range([(2.0, 0.5)].into_iter());
        assert!(low < 0.0 && high >= 2.5, "{low} {high}");
        assert_eq!(range([(0.0, 0.0)].into_iter()), (-1.0, 1.0));
    }
}
