//! The story of one order, told so that a planner understands why it went as it did: where its lines were in stock,
//! what was decided and by which rule, what came in while it waited and whether that helped.

mod arrivals;
mod dates;
mod dock;
mod narrate;
mod page;
mod scene;
mod summary;
#[cfg(test)]
mod tests;
mod vendor;
mod words;

use super::own_ids::OwnIds;
use crate::domain::{Effect, LineNumber, Mode, Model, OrderNumber, ProductId, SimTime, Span, VendorId, WarehouseId};
use crate::engine::{Books, Observer, Occurrence, OrderRef};
use crate::rules::Rule;
use std::collections::BTreeSet;

use page::Paragraph;
use scene::{AtDock, Portion, Scene};

/// Watches a replication and tells the story of one order.
pub struct Story<'a> {
    model: &'a Model,
    /// Whether somebody works on some days only, so that weekdays are named.
    names_days: bool,
    number: OrderNumber,
    ids: OwnIds,
    scene: Scene,
    /// The order, once it was asked for.
    about: Option<OrderRef>,
    /// When it was ordered ahead, if it was, and the paragraph that says so.
    ordered_ahead: Option<(SimTime, usize)>,
    items_ahead: Vec<String>,
    /// The paragraph in which it is asked for.
    asked: usize,
    assigned: Option<WarehouseId>,
    mode: Option<Mode>,
    lines: Vec<Line>,
    told: Vec<Paragraph>,
    /// Paragraphs of this instant about arrivals, whose consequence shows at its end.
    arrivals: Vec<(usize, Portion)>,
    /// Parcels on their way: arrival and number.
    under_way: Vec<(SimTime, u32)>,
    shipped: u32,
    /// What waits at docks, and limits that were reached in this instant.
    at_dock: Vec<AtDock>,
    limits: Vec<(SimTime, String)>,
    /// How long the parcel that is picked now waited, and the one that waited longest.
    dock_wait: Span,
    longest_dock_wait: Span,
    /// Vendors of which a warehouse wants too little, where that was told.
    told_short: BTreeSet<(VendorId, WarehouseId)>,
    /// Other warehouses' stock of what the one assigned warehouse lacked when the order was placed.
    elsewhere: Vec<String>,
    /// What covered the last line, or ended it, and when: the end of the wait.
    turning_point: Option<(SimTime, String)>,
    released: Option<SimTime>,
    /// When the last parcel that was released leaves.
    departs: Option<SimTime>,
    ending: Option<Ending>,
    highest: OrderNumber,
}

/// How the order ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    NeverPlaced,
    Completed,
    Cancelled,
}

/// A line of the order.
struct Line {
    product: ProductId,
    units: u32,
    waiting: u32,
    waited: bool,
    /// Not lost, ended or released whole.
    is_open: bool,
    since: SimTime,
}

/// Whether a warehouse, a vendor or what is promised goes by working days.
fn works_on_some_days(model: &Model) -> bool {
    let docks = model.warehouses.iter().filter_map(|warehouse| warehouse.picking.as_deref());
    model.promise.as_ref().is_some_and(|promising| !promising.works_every_day())
        || docks.into_iter().any(|picking| picking.opening_days.is_some())
        || model.vendors.iter().any(|vendor| vendor.working_days.is_some())
}

impl<'a> Story<'a> {
    /// A story of an order, by its number.
    pub fn new(model: &'a Model, number: OrderNumber) -> Self {
        Self {
            model,
            names_days: works_on_some_days(model),
            number,
            ids: OwnIds::new(model),
            scene: Scene::new(model),
            about: None,
            ordered_ahead: None,
            items_ahead: Vec::new(),
            asked: 0,
            assigned: None,
            mode: None,
            lines: Vec::new(),
            told: Vec::new(),
            arrivals: Vec::new(),
            under_way: Vec::new(),
            shipped: 0,
            at_dock: Vec::new(),
            limits: Vec::new(),
            dock_wait: Span::ZERO,
            longest_dock_wait: Span::ZERO,
            told_short: BTreeSet::new(),
            elsewhere: Vec::new(),
            turning_point: None,
            released: None,
            departs: None,
            ending: None,
            highest: 0,
        }
    }

    /// The highest order number that came up.
    pub fn highest_number(&self) -> OrderNumber {
        self.highest
    }

    /// The whole story, in lines of at most `width` characters; `None` if the order never came up.
    pub fn tell(&self, width: usize) -> Option<String> {
        let order = self.about?;
        let mut text = page::wrap(&self.summary(order), width).join("\n");
        text.push_str("\n\n");
        let name_of_day = |day| self.model.calendar.day_in_words(day);
        text.push_str(&page::set(&self.told, width, self.names_days.then_some(&name_of_day)));
        let legend = "Days and times count from the start of the run. [In brackets] stands the rule behind a decision; \
                      `backorder rules NAME` explains it.";
        text.push('\n');
        text.push_str(&page::wrap(legend, width).join("\n"));
        text.push('\n');
        Some(text)
    }

    fn say(&mut self, at: SimTime, rule: Option<Rule>, text: String) {
        self.told.push(Paragraph { at, text, rule, is_row: false });
    }

    fn row(&mut self, at: SimTime, text: String) {
        self.told.push(Paragraph { at, text, rule: None, is_row: true });
    }

    fn line(&mut self, number: LineNumber) -> Option<&mut Line> {
        self.lines.get_mut((number as usize).checked_sub(1)?)
    }

    fn add_line(&mut self, number: LineNumber, product: ProductId, units: u32, since: SimTime) {
        let line = Line { product, units, waiting: 0, waited: false, is_open: true, since };
        // Numbers are given out in turn.
        if self.lines.len() + 1 == number as usize {
            self.lines.push(line);
        }
    }

    fn close(&mut self, line: LineNumber) {
        if let Some(line) = self.line(line) {
            line.is_open = false;
        }
    }

    fn deliver_before(&mut self, now: SimTime) {
        self.under_way.sort_unstable();
        while let Some(&(at, parcel)) = self.under_way.first().filter(|parcel| parcel.0 < now) {
            self.under_way.remove(0);
            self.say(at, None, format!("Parcel {parcel} arrives."));
        }
    }

    /// An event of the scenario begins or ends; it is told while the order is open and of concern.
    fn event(&mut self, now: SimTime, event: u32, begins: bool) {
        let event = &self.model.events[event as usize];
        if let Effect::Shut { warehouse } = event.effect {
            self.scene.change_shut(warehouse, begins);
        }
        let is_of_concern = match &event.effect {
            Effect::LeadTime { vendor, .. } | Effect::Stopped { vendor } => {
                self.lines.iter().any(|line| line.is_open && self.model.vendor_of(line.product) == Some(*vendor))
            }
            Effect::Demand { .. } | Effect::UnitCost { .. } | Effect::Price { .. } => false,
            Effect::Shut { .. } => true,
            Effect::LaneClosed { zone, .. } => self.about.is_some_and(|order| order.zone == *zone),
            Effect::ParcelCost { zone, .. } => {
                self.about.is_some_and(|order| zone.is_none_or(|zone| order.zone == zone))
            }
        };
        if self.ending.is_none() && self.about.is_some() && is_of_concern {
            let verb = if begins { "begins" } else { "ends" };
            self.say(now, None, format!("“{}” {verb}.", event.name));
        }
    }

    fn settle_arrivals(&mut self) {
        let Some(order) = self.about else { return };
        for (paragraph, arrival) in std::mem::take(&mut self.arrivals) {
            self.told[paragraph].text = self.consequence(order, arrival);
        }
    }
}

impl Observer for Story<'_> {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        self.deliver_before(now);
        self.scene.observe(now, &what);
        self.ids.observe(now, &what);
        match what.order() {
            Some(order) => {
                self.highest = self.highest.max(order.number);
                if order.number == self.number {
                    self.narrate(now, order, &what);
                }
            }
            None => {
                match what {
                    Occurrence::EventBegan { event } => self.event(now, event, true),
                    Occurrence::PickingLimitReached { warehouse } => self.limit_reached(now, warehouse),
                    Occurrence::EventEnded { event } => self.event(now, event, false),
                    _ => self.supply(now, &what),
                }
                if let Occurrence::Receipt { warehouse, product, units, .. } = what
                    && self.concerns(product)
                {
                    self.arrivals.push((self.told.len(), Portion { warehouse, product, units }));
                    self.say(now, None, String::new());
                }
            }
        }
    }

    fn instant_ended(&mut self, _now: SimTime, _books: &impl Books) {
        self.settle_arrivals();
        self.settle_limits();
    }

    fn ended(&mut self, end: SimTime, _books: &impl Books) {
        self.deliver_before(end);
    }
}
