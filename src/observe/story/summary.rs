//! The story in two or three sentences, for who reads no further.

use super::page::moment;
use super::words::{count, list};
use super::{Ending, Story};
use crate::domain::{LineNumber, SimTime, Span};
use crate::engine::OrderRef;

impl Story<'_> {
    pub(super) fn summary(&self, order: OrderRef) -> String {
        let number = order.number;
        let own = self.ids.of(number).map_or(String::new(), |id| format!(" ({id})"));
        let start = format!("Order {number}{own} of \"{}\", placed on {}:", self.model.name, self.date(order.placed));
        let waited: Vec<LineNumber> =
            (1..).zip(&self.lines).filter(|(_, line)| line.waited).map(|(number, _)| number).collect();
        let end = match (self.ending, self.released) {
            (Some(Ending::NeverPlaced), _) => "none of its lines was kept, so no order came about.".to_string(),
            (Some(Ending::Cancelled), _) => format!("it ended with nothing shipped{}.", self.turn()),
            (_, Some(released)) if waited.is_empty() => {
                let dock = match self.longest_dock_wait {
                    Span::ZERO => String::new(),
                    waited => format!(", after {waited} at the dock"),
                };
                let at = at_once(order.placed, released);
                match self.departs.filter(|&departs| departs > released) {
                    None => format!("everything was there, and it left{at}{dock}."),
                    Some(departs) => {
                        let left = if self.ending == Some(Ending::Completed) { " and left" } else { ", to leave" };
                        format!(
                            "everything was there, and it was made ready{at}{dock}{left} {} later.",
                            departs - released
                        )
                    }
                }
            }
            (ending, released) => self.waiting_told(order, &waited, ending, released),
        };
        format!("{start} {end}")
    }

    fn turn(&self) -> String {
        self.turning_point.as_ref().map_or(String::new(), |(_, turn)| format!(" {turn}"))
    }

    /// The sentences about an order that had to wait.
    fn waiting_told(
        &self,
        order: OrderRef,
        waited: &[LineNumber],
        ending: Option<Ending>,
        released: Option<SimTime>,
    ) -> String {
        let what = list(waited.iter().map(|&line| self.item(line)));
        let place = match self.assigned {
            Some(warehouse) => format!(" at {}, the one warehouse it was assigned to", self.warehouse(warehouse)),
            None => String::new(),
        };
        let is_customs = order.international && self.model.rules.international.complete_only;
        let one_parcel = "an international order leaves in one parcel from one warehouse";
        let why = match (is_customs, self.elsewhere.is_empty()) {
            (true, false) => format!(" ({}, but {one_parcel})", list(self.elsewhere.iter().cloned())),
            (true, true) => format!(" ({one_parcel})"),
            (false, false) => format!(" ({})", list(self.elsewhere.iter().cloned())),
            (false, true) => String::new(),
        };
        let parcels = count(self.shipped, "parcel");
        match (ending, released, &self.turning_point) {
            // The waiting rest was taken off the order after all else had left.
            (Some(Ending::Completed), Some(released), Some((turned, turn))) if *turned > released => format!(
                "it had to wait for {what}{place}{why}. The wait ended on {}, {} after the purchase, {turn}; all that was \
                 sent had been made ready by {}, in {parcels}.",
                moment(*turned),
                *turned - order.placed,
                moment(released)
            ),
            // What had come in was not picked at once.
            (Some(Ending::Completed), Some(released), Some((turned, turn)))
                if *turned < released && self.longest_dock_wait > Span::ZERO =>
            {
                format!(
                    "it had to wait for {what}{place}{why}. The wait ended on {}, {} after the purchase, {turn}; the last of \
                     it was picked on {}, {} after the purchase; it left in {parcels}.",
                    moment(*turned),
                    *turned - order.placed,
                    moment(released),
                    released - order.placed
                )
            }
            (Some(Ending::Completed), Some(released), _) => format!(
                "it had to wait for {what}{place}{why}. The last of it was made ready on {}, {} after the purchase,{}; \
                 it left in {parcels}.",
                moment(released),
                released - order.placed,
                self.turn()
            ),
            _ => {
                let still: Vec<String> = (1..)
                    .zip(&self.lines)
                    .filter(|(_, line)| line.is_open && line.waiting > 0)
                    .map(|(number, _)| self.item(number))
                    .collect();
                let state = if still.is_empty() {
                    "its last parcel is being made ready".to_string()
                } else {
                    format!("{} still waits{place}{why}", list(still))
                };
                format!("it is not complete when the run ends: {state}. So far {parcels} left.")
            }
        }
    }
}

/// How long an order took that never waited.
fn at_once(placed: SimTime, released: SimTime) -> String {
    if placed == released { " at once".to_string() } else { format!(" on {}", moment(released)) }
}
