//! Cuts a draft down while it still shows what it showed.

use super::draft::{DemandRow, Draft};

/// The smallest draft found that still fails. `fails` is asked at most `budget` times.
pub fn shrink(draft: &Draft, mut budget: usize, fails: impl Fn(&Draft) -> bool) -> Draft {
    let mut smallest = draft.clone();
    loop {
        let mut smaller = false;
        for cut in CUTS {
            let mut place = 0;
            // A cut at a place either shortens the list, so that the next comes to the same place, or is passed over.
            loop {
                let mut candidate = smallest.clone();
                if !cut(&mut candidate, place) {
                    break;
                }
                if candidate == smallest {
                    place += 1;
                    continue;
                }
                if budget == 0 {
                    return smallest;
                }
                budget -= 1;
                if fails(&candidate) {
                    smallest = candidate;
                    smaller = true;
                } else {
                    place += 1;
                }
            }
        }
        if !smaller {
            return smallest;
        }
    }
}

/// Makes a draft smaller at a place of some list; `false` where the list has no such place.
type Cut = fn(&mut Draft, usize) -> bool;

const CUTS: [Cut; 44] = [
    |draft, place| place == 0 && draft.shock.take().is_some(),
    |draft, place| draft.replenishment.as_mut().is_some_and(|policy| take_out(&mut policy.later, place)),
    |draft, place| draft.replenishment.as_mut().is_some_and(|policy| take_out(&mut policy.plan, place)),
    |draft, place| draft.replenishment.as_mut().is_some_and(|policy| take_out(&mut policy.forecast, place)),
    |draft, place| draft.products.get_mut(place).map(|product| product.target = None).is_some(),
    |draft, place| place == 0 && draft.demand.is_some() && only_scripted(draft),
    |draft, place| draft.products.get_mut(place).map(|product| product.most = None).is_some(),
    |draft, place| place == 0 && draft.holidays.take().is_some(),
    |draft, place| place == 0 && draft.reserve.take().is_some(),
    |draft, place| place == 0 && draft.reserve.is_none() && !std::mem::take(&mut draft.classes).is_empty(),
    |draft, place| draft.orders.get_mut(place).map(|order| order.class = 0).is_some(),
    |draft, place| place == 0 && draft.promise.take().is_some(),
    |draft, place| draft.promise.as_mut().is_some_and(|promise| take_out(&mut promise.1, place)),
    |draft, place| draft.orders.get_mut(place).map(|order| order.due_after = 0).is_some(),
    |draft, place| place == 0 && draft.demand.as_mut().map(|demand| demand.due_after = 0).is_some(),
    |draft, place| place < draft.orders.len() && without_order(draft, place),
    |draft, place| place == 0 && draft.demand.take().is_some(),
    |draft, place| place == 0 && fewer_generated(draft),
    |draft, place| draft.vendors.get_mut(place).map(|vendor| vendor.random = false).is_some(),
    |draft, place| take_out(&mut draft.contacts, place),
    |draft, place| take_out(&mut draft.receipts, place),
    |draft, place| take_out(&mut draft.events, place),
    |draft, place| draft.docks.get_mut(place).map(|dock| *dock = fewer_lines(dock)).is_some(),
    |draft, place| take_out(&mut draft.underway, place),
    |draft, place| take_out(&mut draft.waiting, place),
    |draft, place| take_out(&mut draft.stock, place),
    |draft, place| {
        let lines = draft.orders.iter().map(|order| order.lines.len()).sum::<usize>();
        place < lines && without_line(draft, place)
    },
    |draft, place| place < draft.warehouses.len() && without_warehouse(draft, place),
    |draft, place| place < draft.zones.len() && without_zone(draft, place),
    |draft, place| place < draft.products.len() && without_product(draft, place),
    |draft, place| draft.lanes.len() > 1 && take_out(&mut draft.lanes, place),
    |draft, place| draft.replenishment.as_mut().is_some_and(|policy| take_out(&mut policy.pairs, place)),
    |draft, place| place == 0 && draft.replenishment.take().is_some(),
    |draft, place| draft.settings.get_mut(place).map(|setting| setting.value = setting.plain.to_string()).is_some(),
    |draft, place| draft.warehouses.get_mut(place).map(|handling| *handling = 0).is_some(),
    |draft, place| draft.zones.get_mut(place).map(|international| *international = false).is_some(),
    |draft, place| {
        draft.vendors.get_mut(place).map(|vendor| (vendor.expedite, vendor.disruption) = (None, None)).is_some()
    },
    |draft, place| {
        draft
            .vendors
            .get_mut(place)
            .map(|vendor| (vendor.expedite_when, vendor.expedite_budget) = (None, None))
            .is_some()
    },
    |draft, place| draft.vendors.get_mut(place).map(|vendor| vendor.order_minimum = None).is_some(),
    |draft, place| draft.vendors.get_mut(place).map(|vendor| vendor.working = fewer_lines(&vendor.working)).is_some(),
    |draft, place| draft.vendors.get_mut(place).map(|vendor| vendor.consolidate = None).is_some(),
    |draft, place| place == 0 && draft.replenishment.as_mut().is_some_and(|policy| policy.can_order.take().is_some()),
    |draft, place| {
        draft.products.get_mut(place).map(|product| (product.unit_cost, product.review_every) = (0, 1)).is_some()
    },
    |draft, place| {
        draft.products.get_mut(place).map(|product| (product.group, product.levels) = (None, None)).is_some()
    },
];

/// Without its last line.
fn fewer_lines(keys: &str) -> String {
    let lines: Vec<&str> = keys.lines().collect();
    lines[..lines.len().saturating_sub(1)].iter().map(|line| format!("{line}\n")).collect()
}

fn only_scripted(draft: &mut Draft) -> bool {
    draft.forget_demand();
    true
}

fn take_out<T>(list: &mut Vec<T>, place: usize) -> bool {
    let there = place < list.len();
    if there {
        list.remove(place);
    }
    there
}

/// The first to go makes the rest of the draws others, so that what is left has to show the mismatch anew.
fn fewer_generated(draft: &mut Draft) -> bool {
    let Some(demand) = &mut draft.demand else { return false };
    let before = demand.clone();
    *demand = DemandRow {
        tenths: (demand.tenths / 2).max(1),
        lines: 10,
        units: 1,
        weekly: false,
        yearly: false,
        ..before.clone()
    };
    *demand != before
}

fn without_order(draft: &mut Draft, place: usize) -> bool {
    if draft.orders.len() > 1 {
        draft.orders.remove(place);
        draft.contacts.retain(|contact| contact.order != place);
        for contact in draft.contacts.iter_mut().filter(|contact| contact.order > place) {
            contact.order -= 1;
        }
    }
    true
}

fn without_line(draft: &mut Draft, mut place: usize) -> bool {
    for (number, order) in draft.orders.iter_mut().enumerate() {
        if place < order.lines.len() {
            if order.lines.len() > 1 {
                order.lines.remove(place);
                draft.contacts.retain(|contact| contact.order != number || contact.line != place + 1);
                for contact in &mut draft.contacts {
                    if contact.order == number && contact.line > place + 1 {
                        contact.line -= 1;
                    }
                }
            }
            return true;
        }
        place -= order.lines.len();
    }
    false
}

/// Later ones move up.
fn renumber(one: &mut usize, gone: usize) {
    if *one > gone {
        *one -= 1;
    }
}

fn without_warehouse(draft: &mut Draft, gone: usize) -> bool {
    // Events name what they are about, and are taken out first.
    if draft.lanes.iter().all(|lane| lane.from == gone) || !draft.events.is_empty() {
        return true;
    }
    draft.warehouses.remove(gone);
    draft.docks.remove(gone);
    draft.lanes.retain(|row| row.from != gone);
    draft.lanes.iter_mut().for_each(|row| renumber(&mut row.from, gone));
    draft.stock.retain(|row| row.warehouse != gone);
    draft.stock.iter_mut().for_each(|row| renumber(&mut row.warehouse, gone));
    draft.receipts.retain(|row| row.warehouse != gone);
    draft.receipts.iter_mut().for_each(|row| renumber(&mut row.warehouse, gone));
    draft.underway.retain(|row| row.warehouse != gone);
    draft.underway.iter_mut().for_each(|row| renumber(&mut row.warehouse, gone));
    if let Some(policy) = &mut draft.replenishment {
        policy.pairs.retain(|row| row.0 != gone);
        policy.pairs.iter_mut().for_each(|row| renumber(&mut row.0, gone));
        policy.later.retain(|row| row.0 != gone);
        policy.later.iter_mut().for_each(|row| renumber(&mut row.0, gone));
    }
    true
}

fn without_zone(draft: &mut Draft, gone: usize) -> bool {
    let mut orders = draft.orders.iter().chain(&draft.waiting);
    let needed = orders.any(|row| row.zone == gone) || draft.lanes.iter().all(|lane| lane.to == gone);
    if !needed && draft.events.is_empty() && draft.promise.as_ref().is_none_or(|promise| promise.1.is_empty()) {
        draft.zones.remove(gone);
        draft.lanes.retain(|row| row.to != gone);
        draft.lanes.iter_mut().for_each(|row| renumber(&mut row.to, gone));
        let orders = draft.orders.iter_mut().chain(&mut draft.waiting);
        orders.for_each(|row| renumber(&mut row.zone, gone));
    }
    true
}

fn without_product(draft: &mut Draft, gone: usize) -> bool {
    if draft.orders.iter().chain(&draft.waiting).flat_map(|row| &row.lines).any(|&(product, _)| product == gone) {
        return true;
    }
    if draft.promise.as_ref().is_some_and(|promise| !promise.1.is_empty()) {
        return true;
    }
    draft.products.remove(gone);
    draft.stock.retain(|row| row.product != gone);
    draft.stock.iter_mut().for_each(|row| renumber(&mut row.product, gone));
    draft.receipts.retain(|row| row.product != gone);
    draft.receipts.iter_mut().for_each(|row| renumber(&mut row.product, gone));
    draft.underway.retain(|row| row.product != gone);
    draft.underway.iter_mut().for_each(|row| renumber(&mut row.product, gone));
    draft
        .orders
        .iter_mut()
        .chain(&mut draft.waiting)
        .flat_map(|row| &mut row.lines)
        .for_each(|line| renumber(&mut line.0, gone));
    if let Some(policy) = &mut draft.replenishment {
        policy.pairs.retain(|row| row.1 != gone);
        policy.pairs.iter_mut().for_each(|row| renumber(&mut row.1, gone));
        policy.later.retain(|row| row.1 != gone);
        policy.later.iter_mut().for_each(|row| renumber(&mut row.1, gone));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::properties::generator;

    #[test]
    fn what_does_not_matter_goes() {
        let draft = generator::draft(3);
        let wanted = draft.orders[1].clone();
        let small = shrink(&draft, 5_000, |draft| {
            draft.orders.iter().any(|order| order.at == wanted.at && order.lines.len() == wanted.lines.len())
        });
        assert_eq!(small.orders.len(), 1);
        assert_eq!(small.orders[0].lines.len(), wanted.lines.len());
        assert!(small.contacts.is_empty() && small.receipts.is_empty() && small.stock.is_empty());
        assert!(small.settings.iter().all(|setting| setting.value == setting.plain));
    }
}
