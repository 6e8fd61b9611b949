//! Marks drawn by plotters' SVG backend: the one file that knows it.
//!
//! The backend alone: plotters itself asks for wasm-bindgen where it is built for a page, and the engine in a page does without that.

use super::marks::{Anchor, FINE, Ink, Mark, Point, fine};
use crate::report::visible::printable;
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend};
use plotters_backend::{FontFamily, FontStyle};
use plotters_svg::SVGBackend;
use std::convert::Infallible;

/// The backend takes a font's height, SVG its size.
const FONT_HEIGHT: f64 = 1.24;

/// The marks as an SVG document of a size in fine units.
pub(super) fn drawn(size: (u32, u32), marks: &[Mark]) -> String {
    let mut svg = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut svg, size);
        for mark in marks {
            draw(&mut backend, mark).expect("drawing into memory does not fail");
        }
        backend.present().expect("drawing into memory does not fail");
    }
    without_idle_attributes(&svg)
}

/// A drawing without attributes that say what holds anyway; no text can look like one, as its quotes are escaped.
fn without_idle_attributes(svg: &str) -> String {
    const IDLE: [&str; 4] = ["opacity=\"1\"", "stroke=\"none\"", "font-family=\"sans-serif\"", "text-anchor=\"start\""];
    let mut words = svg.split(' ');
    let mut kept = String::with_capacity(svg.len());
    kept.push_str(words.next().unwrap_or_default());
    for word in words {
        match IDLE.iter().find_map(|idle| word.strip_prefix(idle)) {
            Some(rest) => kept.push_str(rest),
            None => {
                kept.push(' ');
                kept.push_str(word);
            }
        }
    }
    kept
}

fn colour(ink: Ink) -> BackendColor {
    let [red, green, blue] = ink.rgb();
    BackendColor { alpha: 1.0, rgb: (red, green, blue) }
}

fn place(point: &Point) -> BackendCoord {
    (fine(point.0), fine(point.1))
}

fn draw<B: DrawingBackend>(
    backend: &mut B,
    mark: &Mark,
) -> Result<(), plotters_backend::DrawingErrorKind<B::ErrorType>> {
    match mark {
        Mark::Rect { from, to, ink, opacity } => {
            let (a, b) = (place(from), place(to));
            let (low, high) = ((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1)));
            backend.draw_rect(low, high, &colour(*ink).mix(*opacity), true)
        }
        Mark::Path { points, ink, width } => {
            let stroke = Stroke { colour: colour(*ink), width: fine(*width) as u32 };
            backend.draw_path(points.iter().map(place), &stroke)
        }
        Mark::Area { points, ink, opacity } => {
            backend.fill_polygon(points.iter().map(place), &colour(*ink).mix(*opacity))
        }
        Mark::Dot { at, radius, ink } => backend.draw_circle(place(at), fine(*radius) as u32, &colour(*ink), true),
        Mark::Text { at, text, ink, size, anchor, bold } => {
            let side = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let face = Face { colour: colour(*ink), size: size * FONT_HEIGHT * FINE, side, is_bold: *bold };
            backend.draw_text(&printable(text), &face, place(at))
        }
    }
}

/// A line's colour and width.
struct Stroke {
    colour: BackendColor,
    width: u32,
}

impl BackendStyle for Stroke {
    fn color(&self) -> BackendColor {
        self.colour
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// How a text is set.
struct Face {
    colour: BackendColor,
    size: f64,
    side: HPos,
    is_bold: bool,
}

impl BackendTextStyle for Face {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.colour
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn style(&self) -> FontStyle {
        if self.is_bold { FontStyle::Bold } else { FontStyle::Normal }
    }

    fn anchor(&self) -> Pos {
        Pos::new(self.side, VPos::Center)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::SansSerif
    }

    /// Never asked for: a browser sets the text.
    fn layout_box(&self, _text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        Ok(((0, 0), (0, 0)))
    }

    /// Never asked for, likewise.
    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _at: BackendCoord,
        _draw: F,
    ) -> Result<Result<(), E>, Infallible> {
        Ok(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_anyway_is_not_said() {
        let svg = "<rect x=\"1\" opacity=\"1\" stroke=\"none\"/>\n<text fill-opacity=\"1\" text-anchor=\"start\">a  b </text>";
        assert_eq!(without_idle_attributes(svg), "<rect x=\"1\"/>\n<text fill-opacity=\"1\">a  b </text>");
    }
}
