//! The charts: pure functions from a result's data to drawings, one idea each. Nothing is drawn that has no data.
//!
//! Every chart is drawn twice, for a page and for a telephone, as text that is scaled down cannot be read. Its caption
//! states the finding in words, with its number.

mod canvas;
mod costs;
mod firings;
mod forest;
mod front;
mod heat_map;
mod lead_times;
mod order_life;
mod orders;
mod over_time;
mod panels;
mod rows;
mod scale;
mod service;
mod waits;
mod who_waits;

pub(super) use canvas::escaped;
pub use forest::{Effect, Outcome, forest};
pub(super) use front::{Spot, Trade, front};
pub(super) use heat_map::{Field, Sides, heat_map};
pub(super) use panels::{Axes, Panel, PanelPoint, panels};

use super::data::Data;
use super::document::Figure;
use super::text::wrap;
use canvas::{Anchor, Canvas, Ink, TEXT, width_of};
use std::fmt::Write;

/// Colours for light and dark screens, and type; for charts that stand alone and for those in a page.
pub(super) const STYLE: &str = include_str!("style.css");

/// Pixels across on a page and on a telephone.
const WIDE: f64 = 560.0;
const NARROW: f64 = 320.0;

/// A chart.
pub struct Chart {
    /// Its name as a file.
    pub id: &'static str,
    /// What it shows, in a few words.
    pub title: String,
    /// What it finds, with its number.
    pub caption: String,
    /// The file that its data stand in.
    pub source: &'static str,
    wide: Canvas,
    narrow: Canvas,
}

impl Chart {
    fn new(
        id: &'static str,
        title: impl Into<String>,
        caption: impl Into<String>,
        source: &'static str,
        draw: impl Fn(&mut Canvas, bool),
        height: impl Fn(bool) -> f64,
    ) -> Self {
        let drawn = |width, narrow| {
            let mut canvas = Canvas::new(width, height(narrow));
            draw(&mut canvas, narrow);
            canvas
        };
        let (title, caption) = (title.into(), caption.into());
        Self { id, title, caption, source, wide: drawn(WIDE, false), narrow: drawn(NARROW, true) }
    }

    /// For a page: the drawing for wide screens and the one for narrow screens, of which the style sheet shows one.
    pub fn inline(&self) -> String {
        let mut markup = String::new();
        for (class, canvas) in [("wide", &self.wide), ("narrow", &self.narrow)] {
            let _ = write!(
                markup,
                "<svg class=\"chart {class}\" viewBox=\"{}\" role=\"img\" aria-label=\"{}\" \
                 xmlns=\"http://www.w3.org/2000/svg\">{}</svg>",
                canvas.view_box(),
                self.label(),
                canvas.elements()
            );
        }
        markup
    }

    /// The chart as a figure of a document, by its name as a file.
    pub(super) fn into_figure(self, name: impl Into<String>) -> Figure {
        let svg = self.inline();
        Figure { id: name.into(), title: self.title, caption: self.caption, svg, data: self.source.into() }
    }

    /// What is said to those who do not see it.
    fn label(&self) -> String {
        escaped(&format!("{}: {}", self.title, self.caption))
    }

    /// As a file of its own, with title and caption.
    pub fn standalone(&self) -> String {
        let mut head = Canvas::new(WIDE + 32.0, 0.0);
        head.bold((16.0, 24.0), self.title.as_str(), Ink::Text, Anchor::Start);
        let characters = (WIDE / width_of("x", TEXT)) as usize;
        let mut y = 24.0;
        for line in wrap(&self.caption, characters) {
            y += 19.0;
            head.text((16.0, y), line, Ink::Text, Anchor::Start);
        }
        let top = y + 18.0;
        let (width, height) = (head.width, top + self.wide.height + 12.0);
        head.height = height;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\" width=\"{width}\" height=\"{height}\" \
             role=\"img\" class=\"chart\" aria-label=\"{label}\"><style>{STYLE}</style>\
             <rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>{head}\
             <svg x=\"160\" y=\"{y}\" width=\"{w}\" height=\"{h}\" viewBox=\"{inner}\">{body}</svg></svg>\n",
            view = head.view_box(),
            label = self.label(),
            head = head.elements(),
            y = libm::rint(top * 10.0),
            w = libm::rint(self.wide.width * 10.0),
            h = libm::rint(self.wide.height * 10.0),
            inner = self.wide.view_box(),
            body = self.wide.elements(),
        )
    }
}

/// Every chart that the data have something for, in the order of the page.
pub(super) fn all(data: &Data) -> Vec<Chart> {
    [
        service::by_class(data),
        service::by_warehouse(data),
        over_time::on_hand(data),
        lead_times::lead_times(data),
        over_time::backorders(data),
        waits::lines(data),
        who_waits::by_vendor(data),
        who_waits::by_product(data),
        waits::orders(data),
        order_life::order_life(data),
        orders::endings(data),
        orders::parcels(data),
        costs::costs(data),
        firings::firings(data),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A share of a whole, as people read it: `61.2 %`; small ones with more digits, never 0 or 100 where they are not.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.01 {
        return "< 0.01 %".into();
    }
    if percent < 100.0 && percent > 99.99 {
        return "> 99.99 %".into();
    }
    let shows = |decimals: usize| {
        let least = libm::pow(10.0, -(decimals as f64));
        (percent == 0.0 || percent >= least) && (percent == 100.0 || 100.0 - percent >= least)
    };
    let decimals = if shows(1) { 1 } else { 2 };
    format!("{percent:.decimals$} %")
}

/// Shares side by side, with as many decimals, up to three, as tell them apart.
fn percents(shares: &[f64]) -> Vec<String> {
    let shown =
        |decimals: usize| shares.iter().map(|share| format!("{:.decimals$} %", share * 100.0)).collect::<Vec<_>>();
    let differ =
        |shown: &[String]| (0..shares.len()).all(|i| (0..i).all(|j| shares[i] == shares[j] || shown[i] != shown[j]));
    (1..3).map(shown).find(|shown| differ(shown)).unwrap_or_else(|| shown(3))
}

/// `1 order`, `2 orders`.
fn count(number: f64, one: &str, many: &str) -> String {
    format!("{} {}", super::number::grouped(number, 0), if number == 1.0 { one } else { many })
}
