//! Marks drawn by plotters' SVG backend: the one file that knows it.

use super::marks::{Anchor, FINE, Ink, Mark, Point, fine};
use crate::report::visible::printable;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// plotters takes a font's height, SVG its size.
const FONT_HEIGHT: f64 = 1.24;

/// The marks as an SVG document of a size in fine units.
pub(super) fn drawn(size: (u32, u32), marks: &[Mark]) -> String {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        for mark in marks {
            draw(&area, mark);
        }
        area.present().expect("drawing into memory does not fail");
    }
    // Attributes that say what holds anyway are left out; no text can look like one, as its quotes are escaped.
    for idle in [" opacity=\"1\"", " stroke=\"none\"", " font-family=\"sans-serif\"", " text-anchor=\"start\""] {
        svg = svg.replace(idle, "");
    }
    svg
}

fn colour(ink: Ink) -> RGBColor {
    let [red, green, blue] = ink.rgb();
    RGBColor(red, green, blue)
}

fn place(point: &Point) -> (i32, i32) {
    (fine(point.0), fine(point.1))
}

fn draw(area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>, mark: &Mark) {
    let done = match mark {
        Mark::Rect { from, to, ink, opacity } => {
            area.draw(&Rectangle::new([place(from), place(to)], colour(*ink).mix(*opacity).filled()))
        }
        Mark::Path { points, ink, width } => {
            let style = colour(*ink).stroke_width(fine(*width) as u32);
            area.draw(&PathElement::new(points.iter().map(place).collect::<Vec<_>>(), style))
        }
        Mark::Area { points, ink, opacity } => {
            let points = points.iter().map(place).collect::<Vec<_>>();
            area.draw(&Polygon::new(points, colour(*ink).mix(*opacity).filled()))
        }
        Mark::Dot { at, radius, ink } => {
            area.draw(&plotters::element::Circle::new(place(at), fine(*radius), colour(*ink).filled()))
        }
        Mark::Text { at, text, ink, size, anchor, bold } => {
            let side = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let weight = if *bold { FontStyle::Bold } else { FontStyle::Normal };
            let font = ("sans-serif", size * FONT_HEIGHT * FINE, weight).into_font();
            let colour = colour(*ink);
            let style = TextStyle::from(font).color(&colour).pos(Pos::new(side, VPos::Center));
            area.draw(&Text::new(printable(text), place(at), style))
        }
    };
    done.expect("drawing into memory does not fail");
}
