//! What happens to the order, in words.

use super::page::moment;
use super::scene::{OnOrder, Portion};
use super::words::{capital, count, list};
use super::{Ending, Story};
use crate::domain::{Availability, Granularity, LineNumber, Loss, Mode, Pool, SimTime, Span, WarehouseId, Wish};
use crate::engine::{Occurrence, OrderRef, ParcelRef};
use crate::rules::Rule;

impl Story<'_> {
    /// An occurrence of the order itself.
    pub(super) fn narrate(&mut self, now: SimTime, order: OrderRef, what: &Occurrence<'_>) {
        use Occurrence as O;
        let rule = what.rule();
        match *what {
            O::OrderAsked { .. } => {
                self.about = Some(order);
                self.ending = Some(Ending::NeverPlaced);
                self.asked = self.told.len();
                self.say(now, None, String::new());
            }
            O::LineAsked { line, product, units, .. } => {
                self.add_line(line, product, units, now);
                self.told[self.asked].text = self.asked_for(order);
                let text = self.stock_of(line, order);
                self.row(now, text);
            }
            O::OrderOpen { mode, assigned, part_shipped, .. } => {
                self.about = Some(order);
                (self.mode, self.assigned) = (Some(mode), assigned);
                self.say(now, None, String::new());
                self.say(now, None, self.how_it_waits(mode, part_shipped));
            }
            O::LineOpen { line, product, units, .. } => {
                self.add_line(line, product, units, order.placed);
                self.told[0].text = self.waits_for(order);
                let text = self.stock_of(line, order);
                self.row(now, text);
            }
            O::OrderBooked { .. } => self.booked(now, order),
            O::LineBooked { product, units, .. } => self.line_booked(order, product, units),
            O::LinePromised { line, promised, basis, .. } => self.promised(now, order, line, promised, basis),
            O::PromiseKept { line, promised, done, .. } => self.kept(now, line, promised, done),
            O::PromiseBroken { line, promised, done, why, .. } => self.broken(now, line, promised, done, why),
            O::LineLost { line, why, .. } => {
                self.close(line);
                let item = self.item(line);
                let text = match why {
                    Loss::Dropped => format!("The customer reads On Backorder next to {item} and drops it."),
                    Loss::NotOrderable => {
                        format!("The page says that {item} cannot be ordered: so many wait for it as may. It is lost.")
                    }
                    Loss::Refused => {
                        format!("{} is not available, and backorders are not accepted: it is lost.", capital(&item))
                    }
                };
                self.say(now, rule, text);
            }
            O::LineReplaced { line, to_product, .. } => {
                let item = self.item(line);
                if let Some(line) = self.line(line) {
                    line.product = to_product;
                }
                let text = format!(
                    "The page says that {item} cannot be ordered: so many wait for it as may. The customer takes {} instead, \
                     which it shows in stock.",
                    self.product(to_product)
                );
                self.say(now, rule, text);
            }
            O::OrderPlaced { availability, mode, assigned, .. } => {
                (self.mode, self.assigned, self.ending) = (Some(mode), assigned, None);
                self.decide(now, order, availability, mode);
            }
            O::ShownOnBackorder { line, .. } => {
                let text = format!(
                    "The page shows On Backorder for {}; the customer orders it all the same.",
                    self.item(line)
                );
                self.say(now, rule, text);
            }
            O::LineBackordered { line, units, .. } => self.backordered(now, order, line, units, rule),
            O::DisplayMismatch { line, product, .. } => {
                let text = format!(
                    "The page had shown {} in stock, because some warehouse has a unit; it turns out to be on \
                     backorder for this order (line {line}).",
                    self.product(product)
                );
                self.say(now, rule, text);
            }
            O::WaitingChanged { line, change, .. } => {
                if let Some(line) = self.line(line) {
                    line.waiting = line.waiting.saturating_add_signed(change as i32);
                    line.waited |= change > 0;
                }
            }
            O::LineCovered { line, waited, .. } => self.covered(now, line, waited),
            O::OrderSourcedAnew { from, to, .. } => {
                let text = format!(
                    "All of it is covered, in {from} warehouses. It is sourced anew: it can leave in {} by now, and what it \
                     had reserved elsewhere is free again.",
                    count(to, "parcel")
                );
                self.say(now, None, text);
            }
            O::ParcelAtDock { warehouse, contents, why, until, .. } => {
                self.docked(now, warehouse, contents, why, until);
            }
            O::ParcelTakenBack { warehouse, contents, .. } => self.taken_back(now, warehouse, contents),
            O::ParcelPicked { warehouse, ready, .. } => self.picked(now, warehouse, ready),
            O::ParcelReleased { parcel, departs, .. } => {
                self.departs = self.departs.max(Some(departs));
                self.released(now, parcel, rule);
            }
            O::SplitNotCharged { parcel, saved, .. } => {
                let text =
                    format!("Parcel {parcel} is on the house: the customer pays nothing for it, the retailer {saved}.");
                self.say(now, rule, text);
            }
            O::ParcelShipped { parcel, arrives, .. } => {
                self.shipped += 1;
                self.under_way.push((arrives, parcel.number));
                let text = format!(
                    "Parcel {} leaves {}; it will arrive on {}.",
                    parcel.number,
                    self.warehouse(parcel.warehouse),
                    moment(arrives)
                );
                self.say(now, None, text);
            }
            O::ShipmentNotice { parcel, .. } => {
                self.say(now, rule, format!("An e-mail tells the customer that parcel {parcel} is on its way."));
            }
            O::NoticeSent { late, .. } => {
                let deadline = self.model.rules.notice.deadline;
                let timing = if late { "later than" } else { "within" };
                let after = now - order.placed;
                let text = format!(
                    "An e-mail tells the customer that the order waits: {after} after the purchase, {timing} the \
                     promised {deadline}."
                );
                self.say(now, rule, text);
            }
            O::Contact { line, wants, .. } => {
                let wish = match wants {
                    Wish::Swap => "wants something similar instead",
                    Wish::Remove => "wants it off the order",
                };
                let text = format!("The customer calls about {} and {wish}.", self.item(line));
                self.say(now, rule, text);
            }
            O::LineSwapped { line, units, to, to_product, warehouse, .. } => {
                self.close(line);
                self.add_line(to, to_product, units, now);
                let text = format!(
                    "{} becomes line\u{a0}{to}: {} of {}, which {} has in stock.",
                    capital(&self.item(line)),
                    count(units, "unit"),
                    self.product(to_product),
                    self.warehouse(warehouse)
                );
                self.turning_point = Some((now, format!("when line {line} was swapped")));
                self.say(now, rule, text);
            }
            O::LineRemoved { line, rule: by, .. } => {
                let why = if by == Rule::Swap { " No substitute is in stock." } else { "" };
                let text = format!("{} is taken off the order.{why}", capital(&self.item(line)));
                self.close(line);
                self.turning_point = Some((now, format!("when line {line} was removed")));
                self.say(now, rule, text);
            }
            O::LineAutoCancelled { line, since, .. } => self.auto_cancelled(now, line, since, rule),
            O::CancellationNotice { .. } => {
                self.say(now, rule, "An e-mail tells the customer of the cancellation.".into());
            }
            O::OrderCancelled { .. } => {
                self.ending = Some(Ending::Cancelled);
                self.say(now, None, "The order ends with nothing shipped.".into());
            }
            O::OrderCompleted { parcels, .. } => {
                self.ending = Some(Ending::Completed);
                let text = format!("The order is complete: {} sent.", count(parcels, "parcel"));
                self.say(now, None, text);
            }
            _ => {}
        }
    }

    /// What was decided when the order was placed, and why.
    fn decide(&mut self, now: SimTime, order: OrderRef, availability: Availability, mode: Mode) {
        let is_customs = order.international && self.model.rules.international.complete_only;
        let is_one_parcel = is_customs || self.model.rules.split.granularity == Granularity::Order;
        if is_one_parcel || self.model.rules.backorder.pool == Pool::Warehouse {
            let reason = if is_customs {
                "Customs forbid sending an international order in parts, so all of it must leave as one parcel from \
                 one warehouse."
            } else if is_one_parcel {
                "No order is divided (granularity `order`): all of it must leave as one parcel from one warehouse."
            } else {
                "Every order is served by one warehouse (pool `warehouse`)."
            };
            let choice = match self.assigned {
                Some(warehouse) => format!(
                    "It is assigned to {}, where most of its lines are available; only {} can serve it from now on.",
                    self.warehouse(warehouse),
                    self.warehouse(warehouse)
                ),
                None => "No warehouse serves this zone.".to_string(),
            };
            let rule = if is_customs { Some(Rule::InternationalComplete) } else { None };
            self.say(now, rule, format!("{reason} {choice}"));
        }
        let (rule, text) = match (mode, availability) {
            (Mode::ShipsNow, _) => (None, "Everything is available: it ships now.".to_string()),
            (Mode::Split, Availability::None) => {
                (None, "Nothing is available; each line will ship as soon as it is covered.".to_string())
            }
            (Mode::Split, _) => (
                Some(Rule::PartialSplit),
                "Part of it is available: that ships right away, the rest as soon as it comes in.".to_string(),
            ),
            (Mode::Held, _) => {
                let place = self.assigned.map_or(String::new(), |at| format!(" at {}", self.warehouse(at)));
                let part = match availability {
                    Availability::None => format!("Nothing of it is available{place}"),
                    _ => format!("Only part of it is available{place}"),
                };
                let stock = match (self.model.rules.backorder.reserve_while_held, availability) {
                    (false, _) => " It takes no stock until all of it can be had at once.",
                    (true, Availability::None) => "",
                    (true, _) => " What is there is reserved for it.",
                };
                let rule = if is_customs { Rule::InternationalComplete } else { Rule::FullBackorderHold };
                (Some(rule), format!("{part}: the order is held until every line of it is covered.{stock}"))
            }
        };
        self.say(now, rule, text);
    }

    /// A line cannot be supplied now: what is missing where, and what is on its way.
    fn backordered(&mut self, now: SimTime, order: OrderRef, line: LineNumber, units: u32, rule: Option<Rule>) {
        let Some(product) = self.line(line).map(|line| line.product) else { return };
        let sources = self.sources(order);
        let who = match sources.as_slice() {
            [] => "no warehouse serves its zone".to_string(),
            [only] => format!("{} cannot supply it", self.warehouse(*only)),
            _ => "no warehouse that serves its zone can supply it".to_string(),
        };
        let all = self.lines[line as usize - 1].units;
        let part = if units < all { format!(" for {units} of its {all} units") } else { String::new() };
        self.say(now, rule, format!("{} is on backorder{part}: {who}.", capital(&self.item(line))));
        if self.assigned.is_some() {
            let others = (0..self.model.warehouses.len()).map(WarehouseId::from_index);
            let others = others.filter(|&at| self.scene.free(at, product) >= i64::from(all) && !sources.contains(&at));
            let names = list(others.map(|at| self.warehouse(at)));
            if !names.is_empty() {
                let text = format!("{} was in stock at {names}", self.product(product));
                // Several lines may ask for one product.
                if !self.elsewhere.contains(&text) {
                    self.elsewhere.push(text);
                }
            }
        }
        for warehouse in sources {
            for open in self.scene.on_order(warehouse, product).collect::<Vec<_>>() {
                let OnOrder { units, promised, line_of, .. } = open;
                let when = if promised < now { "was promised for" } else { "is promised for" };
                let line_of = match line_of {
                    Some((vendor, number, lines)) => format!(
                        " (in purchase order {number} to {}, of {})",
                        self.model.vendors[vendor.index()].id,
                        count(lines, "product")
                    ),
                    None => String::new(),
                };
                let text = format!(
                    "On order for {}: {units} {}, which {when} {}{line_of}{}.",
                    self.warehouse(warehouse),
                    self.product(product),
                    self.date(promised),
                    self.state_at_vendor(now, &open)
                );
                self.row(now, text);
            }
            if let Some(text) = self.not_ordered(warehouse, product) {
                self.row(now, text);
            }
        }
    }

    fn covered(&mut self, now: SimTime, line: LineNumber, waited: Span) {
        let Some(product) = self.line(line).map(|line| line.product) else { return };
        let mut at: Vec<WarehouseId> = Vec::new();
        for (order, taken) in &self.scene.taken {
            let is_ours = *order == self.number && taken.product == product;
            // Another line of the order may have taken some of the same product there in the same instant.
            if is_ours && !at.contains(&taken.warehouse) {
                at.push(taken.warehouse);
            }
        }
        let is_here = |portion: &Portion| portion.product == product && at.contains(&portion.warehouse);
        let names = list(at.iter().map(|&at| self.warehouse(at)));
        let arrived = self.scene.arrived.iter().any(is_here);
        let giver = self.scene.given_back.iter().find(|(order, given)| *order != self.number && is_here(given));
        let source = match giver {
            _ if arrived => format!("{names} received {}", self.product(product)),
            Some((order, _)) => format!("order {order} gave back {} at {names}", self.product(product)),
            None => format!("{names} had {} free", self.product(product)),
        };
        self.turning_point = Some((now, format!("when {source}")));
        let text = format!("{} is covered, {waited} after it was placed: {source}.", capital(&self.item(line)));
        self.say(now, None, text);
    }

    fn released(&mut self, now: SimTime, parcel: ParcelRef<'_>, rule: Option<Rule>) {
        self.released = Some(now);
        for content in parcel.contents {
            let is_done = self.line(content.line).is_some_and(|line| line.waiting == 0);
            if is_done {
                self.close(content.line);
            }
        }
        let contents =
            list(parcel.contents.iter().map(|content| {
                format!("{} (line\u{a0}{})", self.amount(content.units, content.product), content.line)
            }));
        let waited = std::mem::take(&mut self.dock_wait);
        let at = self.warehouse(parcel.warehouse);
        let text = match waited {
            Span::ZERO => format!("Parcel {} is made ready at {at}: {contents}.", parcel.number),
            waited => {
                format!("Parcel {} is picked at {at}, {waited} after it could leave: {contents}.", parcel.number)
            }
        };
        self.say(now, rule, text);
    }

    fn auto_cancelled(&mut self, now: SimTime, line: LineNumber, since: SimTime, rule: Option<Rule>) {
        self.close(line);
        let limit = self.model.rules.cancellation.after.unwrap_or(Span::ZERO);
        let text = match self.line(line) {
            Some(aged) if aged.waited && aged.since == since => {
                let turn = format!("when line\u{a0}{line} had been on backorder for more than {limit}");
                self.turning_point = Some((now, turn));
                format!(
                    "{} is cancelled: it has been on backorder since {}, longer than {limit}.",
                    capital(&self.item(line)),
                    moment(since)
                )
            }
            Some(other) if other.waited => format!(
                "{} is cancelled: the limit of {limit} on a clock that started on {} has passed.",
                capital(&self.item(line)),
                moment(since)
            ),
            _ => format!("{} is cancelled with the rest of its order.", capital(&self.item(line))),
        };
        if self.turning_point.as_ref().is_none_or(|&(turned, _)| turned < now) {
            self.turning_point = Some((now, format!("when line\u{a0}{line} was cancelled")));
        }
        self.say(now, rule, text);
    }
}
