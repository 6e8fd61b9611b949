//! What charts are drawn on: marks in pixels as real numbers, rendered by plotters' SVG backend.
//!
//! The backend takes whole numbers, so everything is drawn at ten times the size and shown through a view box: a tenth
//! of a pixel is fine enough for any line. Marks carry one of a few colours; a style sheet gives each its dark
//! counterpart by that very colour. What lies under the pointer is told by areas with a title, drawn last.

pub(super) use super::marks::{Anchor, Ink, Point};
use super::marks::{Mark, fine};
use super::plot::drawn;
use crate::report::visible::printable;
use std::fmt::Write;

/// Width of a character as a part of the font's size, on the wide side.
const CHARACTER: f64 = 0.6;

/// The size of text.
pub(super) const TEXT: f64 = 12.5;
/// The size of what is said in passing.
pub(super) const SMALL: f64 = 11.5;

/// What is said when the pointer is somewhere.
struct Tip {
    area: Area,
    text: String,
    /// Where a click leads.
    link: Option<String>,
}

/// Where the pointer is.
enum Area {
    /// Between two corners.
    Rect(Point, Point),
    /// Within a shape.
    Shape(Vec<Point>),
}

/// A drawing in the making.
pub(super) struct Canvas {
    /// Pixels across.
    pub width: f64,
    /// Pixels down.
    pub height: f64,
    marks: Vec<Mark>,
    tips: Vec<Tip>,
}

/// A drawing that is finished.
pub(super) struct Drawing {
    /// Pixels across.
    pub width: f64,
    /// Pixels down.
    pub height: f64,
    /// The view box that shows the elements.
    pub view_box: String,
    /// Its elements, without the `svg` element around them; in fine units.
    pub elements: String,
}

impl Canvas {
    /// An empty one.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, marks: Vec::new(), tips: Vec::new() }
    }

    /// A filled rectangle between two corners.
    pub fn rect(&mut self, from: Point, to: Point, ink: Ink) {
        self.marks.push(Mark::Rect { from, to, ink, opacity: 1.0 });
    }

    /// A line through points.
    pub fn path(&mut self, points: Vec<Point>, ink: Ink, width: f64) {
        if points.len() > 1 {
            self.marks.push(Mark::Path { points, ink, width });
        }
    }

    /// A straight line.
    pub fn line(&mut self, from: Point, to: Point, ink: Ink, width: f64) {
        self.path(vec![from, to], ink, width);
    }

    /// A dashed line, level or upright.
    pub fn dashed(&mut self, from: Point, to: Point, ink: Ink) {
        let (dash, gap) = (4.0, 3.0);
        let length = (to.0 - from.0).abs() + (to.1 - from.1).abs();
        let at = |part: f64| (from.0 + (to.0 - from.0) * part / length, from.1 + (to.1 - from.1) * part / length);
        let mut start = 0.0;
        while start < length {
            self.line(at(start), at((start + dash).min(length)), ink, 1.2);
            start += dash + gap;
        }
    }

    /// A filled shape.
    pub fn area(&mut self, points: Vec<Point>, ink: Ink, opacity: f64) {
        if points.len() > 2 {
            self.marks.push(Mark::Area { points, ink, opacity });
        }
    }

    /// A filled circle.
    pub fn dot(&mut self, at: Point, radius: f64, ink: Ink) {
        self.marks.push(Mark::Dot { at, radius, ink });
    }

    /// Text whose middle stands at a height.
    pub fn text(&mut self, at: Point, text: impl Into<String>, ink: Ink, anchor: Anchor) {
        self.marks.push(Mark::Text { at, text: text.into(), ink, size: TEXT, anchor, bold: false });
    }

    /// Smaller text.
    pub fn small(&mut self, at: Point, text: impl Into<String>, ink: Ink, anchor: Anchor) {
        self.marks.push(Mark::Text { at, text: text.into(), ink, size: SMALL, anchor, bold: false });
    }

    /// Bold text.
    pub fn bold(&mut self, at: Point, text: impl Into<String>, ink: Ink, anchor: Anchor) {
        self.marks.push(Mark::Text { at, text: text.into(), ink, size: TEXT, anchor, bold: true });
    }

    /// What is said when the pointer is between two corners. Never narrower than what can be pointed at.
    pub fn tip(&mut self, from: Point, to: Point, text: impl Into<String>) {
        self.tips.push(Tip { area: Area::Rect(from, to), text: text.into(), link: None });
    }

    /// What is said when the pointer is within a shape.
    pub fn tip_within(&mut self, points: Vec<Point>, text: impl Into<String>) {
        if points.len() > 2 {
            self.tips.push(Tip { area: Area::Shape(points), text: text.into(), link: None });
        }
    }

    /// The same, and a click leads somewhere. The keyboard passes over it: a picture has no parts for who does not see it, so that the
    /// same link must stand in words beside it.
    pub fn link(&mut self, from: Point, to: Point, text: impl Into<String>, link: impl Into<String>) {
        self.tips.push(Tip { area: Area::Rect(from, to), text: text.into(), link: Some(link.into()) });
    }

    /// The drawing as markup.
    pub fn drawing(&self) -> Drawing {
        let Self { width, height, .. } = *self;
        let view_box = format!("0 0 {} {}", fine(width), fine(height));
        Drawing { width, height, view_box, elements: self.elements() }
    }

    fn elements(&self) -> String {
        // The backend's own `svg` element is left out: whoever shows the drawing puts one around it.
        let svg = drawn((fine(self.width) as u32, fine(self.height) as u32), &self.marks);
        let inside = svg.find('\n').map_or("", |end| &svg[end + 1..]);
        let mut elements = without_line_ends(inside.strip_suffix("</svg>\n").unwrap_or(inside));
        elements.push_str("<g class=\"tips\">");
        for Tip { area, text, link } in &self.tips {
            if let Some(link) = link {
                let _ = write!(elements, "<a href=\"{}\" tabindex=\"-1\">", escaped(link));
            }
            let text = escaped(text);
            let _ = match area {
                Area::Rect(from, to) => {
                    let (x, y) = (fine(from.0), fine(from.1));
                    let (width, height) = ((fine(to.0) - x).max(1), (fine(to.1) - y).max(1));
                    write!(
                        elements,
                        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"none\" \
                         pointer-events=\"all\"><title>{text}</title></rect>"
                    )
                }
                Area::Shape(points) => {
                    elements.push_str("<polygon points=\"");
                    for (index, point) in points.iter().enumerate() {
                        let gap = if index == 0 { "" } else { " " };
                        let _ = write!(elements, "{gap}{},{}", fine(point.0), fine(point.1));
                    }
                    write!(elements, "\" fill=\"none\" pointer-events=\"all\"><title>{text}</title></polygon>")
                }
            };
            if link.is_some() {
                elements.push_str("</a>");
            }
        }
        elements.push_str("</g>");
        elements
    }
}

/// Elements without the line ends behind them and before their closing tags; those within a text stay.
fn without_line_ends(elements: &str) -> String {
    let mut lines = elements.split('\n');
    let mut before = lines.next().unwrap_or_default();
    let mut joined = String::with_capacity(elements.len());
    joined.push_str(before);
    for line in lines {
        if !before.ends_with('>') && !line.starts_with("</") {
            joined.push('\n');
        }
        joined.push_str(line);
        before = line;
    }
    joined
}

/// How wide a text is at most, roughly: fonts differ from one reader to the next.
pub(super) fn width_of(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * CHARACTER
}

/// A text cut to a width, with an ellipsis.
pub(super) fn cut(text: &str, width: f64, size: f64) -> String {
    let most = (width / (size * CHARACTER)).max(3.0) as usize;
    if text.chars().count() <= most {
        return text.to_string();
    }
    let mut short: String = text.chars().take(most - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A text as markup holds it, between tags and in attributes.
pub(crate) fn escaped(text: &str) -> String {
    let text = printable(text);
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text.into_owned();
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_go_where_they_are_between_tags() {
        for text in ["", "\n", "<a/>\n<b>\nx y\nz\n</b>\n", "<a>\n\n</a>\n\nx\n</b>", "\n</a>"] {
            assert_eq!(without_line_ends(text), text.replace(">\n", ">").replace("\n</", "</"), "{text:?}");
        }
    }
}
