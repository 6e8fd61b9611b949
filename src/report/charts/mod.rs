//! The charts: pure functions from a result's data to drawings, one idea each. Nothing is drawn that has no data.
//!
//! Every chart is drawn twice, for a page and for a telephone, as text that is scaled down cannot be read. Its caption
//! states the finding in words, with its number.

mod asked;
mod canvas;
mod costs;
mod events;
mod flows;
mod forest;
mod front;
mod ground;
mod heat_map;
pub(super) mod import;
mod late;
mod lead_times;
mod marks;
mod money;
mod order_life;
mod orders;
mod over_time;
mod panels;
mod plane;
mod plot;
mod promises;
mod rows;
mod scale;
mod served;
mod service;
mod waits;
mod waterfall;
mod who_waits;

pub(super) use asked::{Along, Asked, asked};
pub(super) use canvas::escaped;
pub use forest::{Effect, Outcome, forest};
pub(super) use front::{Mark, Spot, front};
pub(super) use ground::Trade;
pub(super) use heat_map::{Field, Sides, heat_map};
pub(super) use panels::{Axes, Panel, PanelPoint, panels};
pub(super) use plane::{Balance, Cross, Plane, Side, plane};
pub(super) use waterfall::{Step, Sum, waterfall};

use super::data::Data;
use super::document::Figure;
use super::text::wrap;
use canvas::{Anchor, Canvas, Drawing, Ink, TEXT, width_of};
use std::fmt::Write;

/// Colours for light and dark screens, and type; for charts that stand alone and for those in a page.
pub(super) const STYLE: &str = include_str!("style.css");

/// Pixels across on a page and on a telephone.
const WIDE: f64 = 560.0;
const NARROW: f64 = 320.0;
/// A narrow drawing that is so much higher than it is wide is tall.
const TALL: f64 = 1.25;

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
    wide: Drawing,
    narrow: Drawing,
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
            canvas.drawing()
        };
        let (title, caption) = (title.into(), caption.into());
        Self { id, title, caption, source, wide: drawn(WIDE, false), narrow: drawn(NARROW, true) }
    }

    /// For a page: the drawing for wide screens and the one for narrow screens, of which the style sheet shows one.
    pub fn inline(&self) -> String {
        let mut markup = String::new();
        for (class, drawing) in [("wide", &self.wide), ("narrow", &self.narrow)] {
            let _ = write!(
                markup,
                "<svg class=\"chart {class}\" viewBox=\"{}\" role=\"img\" aria-label=\"{}\" \
                 xmlns=\"http://www.w3.org/2000/svg\">{}</svg>",
                drawing.view_box,
                self.label(),
                drawing.elements
            );
        }
        markup
    }

    /// The chart as a figure of a document, by its name as a file.
    pub(super) fn figure(&self, name: impl Into<String>) -> Figure {
        let (title, caption) = (self.title.clone(), self.caption.clone());
        let is_tall = self.narrow.height > TALL * NARROW;
        Figure { id: name.into(), title, caption, svg: self.inline(), is_tall, data: self.source.into() }
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
        let head = head.drawing();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\" width=\"{width}\" height=\"{height}\" \
             role=\"img\" class=\"chart\" aria-label=\"{label}\"><style>{STYLE}</style>\
             <rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>{head}\
             <svg x=\"160\" y=\"{y}\" width=\"{w}\" height=\"{h}\" viewBox=\"{inner}\">{body}</svg></svg>\n",
            view = head.view_box,
            label = self.label(),
            head = head.elements,
            y = libm::rint(top * 10.0),
            w = libm::rint(self.wide.width * 10.0),
            h = libm::rint(self.wide.height * 10.0),
            inner = self.wide.view_box,
            body = self.wide.elements,
        )
    }
}

/// Where a chart stands on the page of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The scorecard, or above everything else.
    Opening,
    /// Service and stock.
    Service,
    /// Backorders and waits.
    Waits,
    /// Events of the scenario.
    Events,
    /// Splits, parcels and delivery.
    Splits,
    /// Costs.
    Costs,
}

/// A chart of a run in the catalogue.
struct Entry {
    /// Its name as a file.
    id: &'static str,
    /// Where it stands.
    place: Place,
    /// What it shows, for the documentation.
    shows: &'static str,
    /// Draws it; nothing of no data.
    draw: fn(&Data) -> Option<Chart>,
}

/// The charts of a run, in the order in which they stand on its page.
const CATALOGUE: [Entry; 20] = [
    Entry {
        id: "promises",
        place: Place::Opening,
        shows: "how much of what each promise allows to go wrong is used up, for those that can break",
        draw: promises::promises,
    },
    Entry {
        id: "ready_by_warehouse",
        place: Place::Service,
        shows: "time with free stock, by warehouse",
        draw: service::by_warehouse,
    },
    Entry {
        id: "on_hand",
        place: Place::Service,
        shows: "units on hand over time: the median replication, the bands that hold half and nine tenths of them, the \
                warm-up shaded",
        draw: over_time::on_hand,
    },
    Entry {
        id: "lead_times",
        place: Place::Service,
        shows: "each vendor's lead times in the first replication against the mean that the scenario assumes",
        draw: lead_times::lead_times,
    },
    Entry {
        id: "capital",
        place: Place::Service,
        shows: "the capital that the levels plan, by warehouse and vendor",
        draw: money::capital,
    },
    Entry {
        id: "waited",
        place: Place::Service,
        shows: "the share of the units sent that had to wait, by warehouse and vendor, in the first replication",
        draw: flows::waited,
    },
    Entry {
        id: "backorders",
        place: Place::Waits,
        shows: "units on backorder over time, likewise",
        draw: over_time::backorders,
    },
    Entry {
        id: "waits",
        place: Place::Waits,
        shows: "how long backordered lines wait, with marks at 3 days and at the age of cancellation",
        draw: waits::lines,
    },
    Entry {
        id: "waiting_by_vendor",
        place: Place::Waits,
        shows: "each vendor's share of the units on backorder against its share of the units asked for",
        draw: who_waits::by_vendor,
    },
    Entry {
        id: "waiting_by_product",
        place: Place::Waits,
        shows: "the ten products with the most units on backorder",
        draw: who_waits::by_product,
    },
    Entry {
        id: "offenders",
        place: Place::Waits,
        shows: "the ten products whose waiting units are worth most at unit cost, with their levels",
        draw: money::offenders,
    },
    Entry {
        id: "orders_waiting",
        place: Place::Waits,
        shows: "the share of orders not yet released whole, day by day, international ones apart",
        draw: waits::orders,
    },
    Entry {
        id: "order_life",
        place: Place::Waits,
        shows: "the order of the first replication that shows most rules (of the first 4,096 that had to wait), line by line",
        draw: order_life::order_life,
    },
    Entry {
        id: "events",
        place: Place::Events,
        shows: "lines filled at once and units on backorder day by day, the scenario's events shaded, and when the backlog is again \
                what it was",
        draw: events::events,
    },
    Entry {
        id: "late",
        place: Place::Splits,
        shows: "what the lines that were promised for a date and came late were late for; only where dates are promised",
        draw: late::late,
    },
    Entry {
        id: "endings",
        place: Place::Splits,
        shows: "how orders end, as one bar that adds up",
        draw: orders::endings,
    },
    Entry { id: "parcels", place: Place::Splits, shows: "parcels an order", draw: orders::parcels },
    Entry {
        id: "map",
        place: Place::Splits,
        shows: "warehouses and zones where they lie, and what flows between them in the first replication; only of places with coordinates",
        draw: flows::map,
    },
    Entry {
        id: "served",
        place: Place::Splits,
        shows: "the share of each zone's units by warehouse in the first replication; only of places without coordinates, which the \
                map cannot show",
        draw: served::served,
    },
    Entry { id: "costs", place: Place::Costs, shows: "what an order costs, by part", draw: costs::costs },
];

/// Every chart that the data have something for, with its place, in the order of the page.
pub(super) fn all(data: &Data) -> Vec<(Place, Chart)> {
    CATALOGUE.iter().filter_map(|entry| Some((entry.place, (entry.draw)(data)?))).collect()
}

/// The charts of a run's page: each one's file, and what it shows.
pub fn catalogue() -> impl Iterator<Item = (String, &'static str)> {
    CATALOGUE.iter().map(|entry| (format!("{}.svg", entry.id), entry.shows))
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
