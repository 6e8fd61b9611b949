//! What went into a run, in words: a few lines for each part of the scenario.

mod demand;
mod goods;

use crate::domain::phrase::{grouped, money, percent, plain};
use crate::domain::settings::{Settings, Words};
use crate::domain::*;
use serde::{Deserialize, Serialize};

/// The row of how purchase orders are made up, where a vendor takes several products in one.
pub(super) const PURCHASE_ORDERS: &str = "Purchase orders";

/// A part of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputGroup {
    /// Its heading.
    pub heading: String,
    /// Its lines: what, and how.
    pub rows: Vec<(String, String)>,
}

/// Vendors listed one by one; a scenario may have a thousand.
const MAX_VENDORS: usize = 40;

/// Events listed one by one; a file may hold many.
const MAX_EVENTS: usize = 40;

/// The scenario in words.
pub(super) fn in_words(model: &Model) -> Vec<InputGroup> {
    let group = |heading: &str, rows: Vec<(String, String)>| InputGroup { heading: heading.into(), rows };
    let mut groups = vec![
        group("Network", network(model)),
        group("Products", goods::products(model)),
        group("Parcels", parcels(model)),
        group("Demand", demand::demand(model)),
        group("Replenishment", replenishment(model)),
        group("Vendors' lead times", vendors(model)),
        group("Vendors' purchase orders", ordering(model)),
        group("Events", events(model)),
        group("Customers", model.customers.in_words()),
        group("Classes of customers", model.classes.iter().map(|class| in_class(model, class)).collect()),
        group("Promised dates", model.promise.as_ref().map(Promising::in_words).unwrap_or_default()),
        group("Settings of the rules", model.rules.in_words()),
        group("Cost rates", costs(model)),
    ];
    groups.retain(|group| !group.rows.is_empty());
    groups
}

fn row(what: &str, how: impl Into<String>) -> (String, String) {
    (what.into(), how.into())
}

fn network(model: &Model) -> Vec<(String, String)> {
    let abroad = model.zones.iter().filter(|zone| zone.international).count();
    let ids = |ids: &mut dyn Iterator<Item = &str>| {
        let named: Vec<&str> = ids.take(12).collect();
        let more = if ids.next().is_some() { ", …" } else { "" };
        format!("{}{more}", named.join(", "))
    };
    let named = ids(&mut model.warehouses.iter().map(|warehouse| warehouse.id.as_str()));
    let zones = row("Customer zones", format!("{}, {} of them international", count(model.zones.len()), count(abroad)));
    let mut rows = vec![zones];
    match &model.opening {
        None => rows.push(row("Warehouses", format!("{}: {named}", count(model.warehouses.len())))),
        Some(opening) => {
            let listed = model.warehouses.len() + opening.closed.len();
            let how = format!("{} of {} open: {named}", count(model.warehouses.len()), count(listed));
            rows.push(row("Warehouses", how));
            if !opening.closed.is_empty() {
                rows.push(row("Closed", ids(&mut opening.closed.iter().map(String::as_str))));
            }
            rows.extend(how_opened(opening));
        }
    }
    rows.extend(working_time(model));
    rows.push(row("Products", count(model.products.len())));
    let limited = model.products.iter().filter(|product| product.max_backorders.is_some()).count();
    if limited > 0 {
        rows.push(row("Products that only so many units may wait for", count(limited)));
    }
    rows.extend(where_products_lie(model.placement));
    rows.push(row("Vendors", count(model.vendors.len())));
    rows.extend(model.sourcing.in_words());
    rows
}

/// When warehouses pick and how much, and the calendar where anybody keeps to it; nothing where all send what is ready at once.
fn working_time(model: &Model) -> Vec<(String, String)> {
    let of_warehouse = |warehouse: &Warehouse| {
        let picking = warehouse.picking.as_deref()?;
        Some(row(&format!("Picking at {}", warehouse.id), picking.in_words()))
    };
    let mut rows: Vec<(String, String)> = model.warehouses.iter().filter_map(of_warehouse).collect();
    if !rows.is_empty() || model.vendors.iter().any(|vendor| vendor.working_days.is_some()) {
        rows.extend(model.calendar.in_words());
    }
    rows
}

/// How the open warehouses were chosen, how near they are, and what became of the stock of the others.
fn how_opened(opening: &Opening) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let distance = opening.mean_km.map(|km| format!("{} km", grouped(km, 0)));
    match (opening.choice, distance) {
        (OpeningChoice::LeastDistance { gap }, distance) => {
            let proof = match gap {
                gap if gap < 1e-6 => "no other choice of as many is nearer".to_string(),
                gap => {
                    format!("no other choice of as many is nearer by more than {}", percent((gap * 1e6).ceil() / 1e6))
                }
            };
            let distance = distance.map_or(String::new(), |distance| format!(", {distance} on average"));
            rows.push(row("Opened", format!("those nearest to customers{distance}; {proof}")));
        }
        (OpeningChoice::Named, distance) => {
            let distance = distance.map_or(String::new(), |distance| format!("; {distance} to customers on average"));
            rows.push(row("Opened", format!("by name{distance}")));
        }
    }
    if opening.rows_of_closed > 0 {
        let fate = opening.stock_of_closed.phrase();
        rows.push(row("Stock and deliveries of the closed", format!("{} rows, {fate}", count(opening.rows_of_closed))));
    }
    rows
}

/// Where products lie, if not everywhere.
fn where_products_lie(placement: Placement) -> Option<(String, String)> {
    let Placement::Spread { copies, everywhere_above } = placement else { return None };
    let places = match copies {
        1 => "one warehouse".to_string(),
        copies => format!("{} warehouses", count(copies as usize)),
    };
    let how = match everywhere_above {
        1.0 => format!("each in {places}"),
        above => format!("the most popular {} everywhere, the others in {places} each", percent(1.0 - above)),
    };
    Some(row("Products lie", how))
}

/// What parcels cost and how long they are on their way, over all lanes.
fn parcels(model: &Model) -> Vec<(String, String)> {
    let lanes = || model.zones.iter().flat_map(|zone| &zone.lanes);
    let number = lanes().count();
    if number == 0 {
        return Vec::new();
    }
    let costs = goods::spread(lanes().map(|lane| lane.parcel_cost.decimal()), |cost| money(cost, 2));
    let mut rows = vec![
        row("Lanes", format!("{} from a warehouse to a zone", count(number))),
        row("A parcel costs", costs.unwrap_or_else(|| money(0.0, 2))),
        row("It is on its way", times(lanes().map(|lane| lane.transit))),
    ];
    if model.warehouses.iter().any(|warehouse| warehouse.handling > Span::ZERO) {
        rows.push(row("From its release to its departure", times(model.warehouses.iter().map(|it| it.handling))));
    }
    if model.parcel_cost_per_kg > 0.0 {
        rows.push(row("Each kilogram in it", money(model.parcel_cost_per_kg, 2)));
    }
    rows
}

/// One time, or from the shortest to the longest with their mean.
fn times(spans: impl Iterator<Item = Span>) -> String {
    let spans: Vec<Span> = spans.collect();
    let (shortest, longest) = (spans.iter().min(), spans.iter().max());
    let (Some(&shortest), Some(&longest)) = (shortest, longest) else { return Span::ZERO.to_string() };
    if shortest == longest {
        return shortest.to_string();
    }
    let mean = spans.iter().map(|span| span.days()).sum::<f64>() / spans.len() as f64;
    let counted = |number: f64, what| format!("{} {what}{}", plain(number), if number == 1.0 { "" } else { "s" });
    let mean = match mean < 1.0 {
        true => counted((mean * 240.0).round() / 10.0, "hour"),
        false => counted((mean * 100.0).round() / 100.0, "day"),
    };
    format!("{shortest} to {longest}, {mean} on average")
}

/// What lies in the warehouses when a replication begins, and what that ties up.
fn stock_at_the_start(model: &Model) -> Option<(String, String)> {
    let what = "Stock at the start";
    let Some(stock) = &model.script.stock else {
        return model.replenishment.is_some().then(|| row(what, "every pair at its highest level"));
    };
    let units: f64 = stock.iter().map(|row| f64::from(row.units)).sum();
    let capital: f64 =
        (stock.iter()).map(|row| f64::from(row.units) * model.products[row.product.index()].unit_cost.decimal()).sum();
    let capital = if capital > 0.0 { format!(", {} at unit cost", money(capital, 0)) } else { String::new() };
    let rows = match stock.len() {
        1 => "one row".to_string(),
        many => format!("{} rows", count(many)),
    };
    Some(row(what, format!("{rows}, {} units{capital}", grouped(units, 0))))
}

fn replenishment(model: &Model) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    if let Some(policy) = &model.replenishment {
        rows.push(row("Policy", policy.policy.phrase()));
        rows.push(row("Review", policy.review.in_words()));
        rows.extend(rarer_reviews(model, policy.review));
        rows.extend(purchase_orders(model, policy));
        if let Some(target) = policy.target {
            rows.push(row("Levels aim at", target.in_words()));
        }
        let of_class =
            |class: Class| Some(format!("{class:?}: {}", policy.targets.by_class[class as usize]?.in_words()));
        let classes: Vec<String> = Class::ALL.into_iter().filter_map(of_class).collect();
        if !classes.is_empty() {
            rows.push(row("Levels by class aim at", classes.join("; ")));
        }
        let own = policy.targets.by_product.iter().flatten().count();
        if own > 0 {
            rows.push(row("Products with targets of their own", count(own)));
        }
        if policy.follow == Follow::Season {
            rows.push(row(
                "Levels follow",
                format!("{}, planned anew every {}", policy.follow.phrase(), policy.plan_every),
            ));
        }
        if !policy.later.is_empty() {
            rows.push(row("Rows of levels that hold from a later day on", count(policy.later.len())));
        }
        if !policy.forecast.are_idle() {
            rows.push(row("Levels expect", "not the demand there is, but the planner's forecast of it"));
        }
        for (what, factor) in [("Reorder points", policy.reorder_point_factor), ("Lead times", policy.lead_time_factor)]
        {
            if factor != 1.0 {
                rows.push(row(what, format!("{} times what they are given as", plain(factor))));
            }
        }
        if policy.kept.is_some() {
            rows.push(row("Levels", "kept as planned without the settings that change the world"));
        }
    } else {
        rows.push(row("Policy", "none: only deliveries written by hand"));
    }
    rows.extend(stock_at_the_start(model));
    let own = |product: &&Product| product.minimum_units.is_some() || product.multiple.is_some();
    let own = model.products.iter().filter(own).count();
    if own > 0 {
        rows.push(row("Products with a minimum or multiple of their own", count(own)));
    }
    if !model.script.receipts.is_empty() {
        rows.push(row("Deliveries written by hand", count(model.script.receipts.len())));
    }
    if !model.script.open_purchase_orders.is_empty() {
        rows.push(row("Purchase orders open at the start", count(model.script.open_purchase_orders.len())));
    }
    rows
}

/// Products that are not looked at at every review.
fn rarer_reviews(model: &Model, review: Review) -> Option<(String, String)> {
    let rarer = model.products.iter().filter(|product| product.review_every > 1).count();
    let told = format!("{} at every second review or more rarely", count(rarer));
    (rarer > 0 && review != Review::Continuous).then(|| row("Products looked at", told))
}

/// Of how many products purchase orders are, and who joins one.
fn purchase_orders(model: &Model, policy: &Replenishment) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    if model.tells_lines_apart() {
        let vendors = || (0..model.vendors.len()).map(VendorId::from_index);
        let several = vendors().filter(|&vendor| model.orders_jointly(vendor)).count();
        let how = match several {
            0 => "of one product each".to_string(),
            several => {
                format!("of several products, from {} of {} vendors", count(several), count(model.vendors.len()))
            }
        };
        rows.push(row(PURCHASE_ORDERS, how));
    }
    if let Some(share) = policy.can_order {
        let how = format!("{} of the way from where the policy orders to what it orders up to", percent(share));
        rows.push(row("Others join an order below", how));
    }
    rows
}

/// How purchase orders are made up, of vendors that say more about it than what an order costs.
fn ordering(model: &Model) -> Vec<(String, String)> {
    let all = model.vendors.iter().enumerate().filter_map(|(index, vendor)| {
        let how = vendor.ordering_in_words(model.orders_jointly(VendorId::from_index(index)))?;
        Some((vendor.id.clone(), how))
    });
    listed(all.collect())
}

fn vendors(model: &Model) -> Vec<(String, String)> {
    listed(model.vendors.iter().map(|vendor| (vendor.id.clone(), vendor.lead_time_in_words())).collect())
}

/// Rows of vendors, as many as a page can hold.
fn listed(mut rows: Vec<(String, String)>) -> Vec<(String, String)> {
    let more = rows.len().saturating_sub(MAX_VENDORS);
    rows.truncate(MAX_VENDORS);
    if more > 0 {
        rows.push(row("…", format!("and {} more", count(more))));
    }
    rows
}

fn events(model: &Model) -> Vec<(String, String)> {
    let of = |event: &PlannedEvent| row(&event.name, format!("{}, {}", event.effect.kind(), event.when.in_words()));
    let mut rows: Vec<(String, String)> = model.events.iter().take(MAX_EVENTS).map(of).collect();
    if model.events.len() > MAX_EVENTS {
        rows.push(row("…", format!("and {} more", count(model.events.len() - MAX_EVENTS))));
    }
    rows
}

/// A class of customers: how many, who is served first, and in what they differ.
fn in_class(model: &Model, class: &CustomerClass) -> (String, String) {
    let all: f64 = model.classes.iter().map(|class| class.share).sum();
    let mut says = vec![format!("priority {}", class.priority)];
    if all > 0.0 {
        says.insert(0, format!("{} of orders", percent(class.share / all)));
    }
    let (own, general) = (&class.customers, &model.customers);
    if own.keep_when_backordered != general.keep_when_backordered {
        says.push(format!("{} keep a line shown On Backorder", percent(own.keep_when_backordered)));
    }
    if own.contact != general.contact || own.contact_after_mismatch != general.contact_after_mismatch {
        says.push(match &own.contact {
            Some(contact) => {
                format!("{} call, after {}", percent(contact.probability), contact.after.duration_in_words())
            }
            None => "nobody calls".to_string(),
        });
    }
    if own.swap_share != general.swap_share {
        says.push(format!("{} of callers want a swap", percent(own.swap_share)));
    }
    if let Some(ahead) = class.ship_available {
        says.push(format!("what is available ships ahead with probability {}", percent(ahead)));
    }
    (class.id.clone(), says.join("; "))
}

fn costs(model: &Model) -> Vec<(String, String)> {
    let mut rows = model.costs.in_words();
    let fixed: Cents = model.warehouses.iter().map(|warehouse| warehouse.fixed_cost).sum();
    if fixed != Cents::ZERO {
        let all = money(fixed.decimal(), 2);
        rows.insert(1, row("Having the warehouses", format!("{all} a year together")));
    }
    rows
}

fn count(number: usize) -> String {
    grouped(number as f64, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::fixture;

    fn said(model: &Model, what: &str) -> String {
        let rows = in_words(model).into_iter().flat_map(|group| group.rows);
        rows.into_iter().find(|(label, _)| label == what).unwrap_or_else(|| panic!("{what} is not told")).1
    }

    #[test]
    fn replayed_orders_are_the_same_or_drawn_again_as_the_scenario_has_it() {
        let mut model = fixture::model();
        for (resample, told) in [
            (Resample::None, "0, the same in every replication"),
            (Resample::Orders, "0, drawn again in every replication"),
        ] {
            model.trace = Some(TraceDemand { orders: Vec::new(), first_day: 0, spread_over_day: false, resample });
            assert_eq!(said(&model, "Replayed orders"), told);
        }
    }

    #[test]
    fn what_is_replayed_is_told_so_that_one_file_differs_from_another() {
        let mut model = fixture::model();
        let order = |day: i64, zone: usize, lines: &[(usize, u32)]| TraceOrder {
            id: String::new(),
            at: SimTime(day * DAY),
            zone: ZoneId::from_index(zone),
            lines: lines
                .iter()
                .map(|&(product, units)| OrderedLine { product: ProductId::from_index(product), units })
                .collect(),
        };
        let first = order(0, 0, &[(0, 1_000), (1, 1)]);
        let mut trace = TraceDemand {
            orders: vec![first.clone(), order(31, 1, &[(1, 2)]), order(30, 0, &[(0, 3)])],
            first_day: day_of_date(2026, 1, 1),
            spread_over_day: true,
            resample: Resample::None,
        };
        model.trace = Some(trace.clone());
        assert_eq!(said(&model, "Replayed orders"), "3 from 2026-01-01 to 2026-02-01, the same in every replication");
        assert_eq!(said(&model, "They ask for"), "1,006 units of 2 products, in 4 lines");
        let [home, abroad] = [&model.zones[0].id, &model.zones[1].id];
        assert_eq!(said(&model, "Replayed orders come from"), format!("{home} 66.7 %, {abroad} 33.3 %"));
        trace.orders = vec![first];
        model.trace = Some(trace);
        assert_eq!(said(&model, "Replayed orders"), "1 on 2026-01-01, the same in every replication");
    }

    #[test]
    fn what_is_done_with_a_full_order_is_told_as_the_scenario_has_it() {
        let mut model = fixture::model();
        let told: Vec<String> = FullOrder::ALL
            .iter()
            .map(|full_order| {
                model.rules.backorder.full_order = *full_order;
                said(&model, "An order with nothing available")
            })
            .collect();
        assert_eq!(told, ["held until every line is covered", "each line ships when covered"]);
    }

    #[test]
    fn stock_of_closed_warehouses_is_moved_or_left_out() {
        let mut model = fixture::model();
        for (stock_of_closed, told) in [
            (StockOfClosed::Moved, "1,200 rows, moved to the nearest open warehouse"),
            (StockOfClosed::Lost, "1,200 rows, left out"),
        ] {
            model.opening = Some(Opening {
                closed: vec!["east".into()],
                choice: OpeningChoice::Named,
                mean_km: Some(1_234.0),
                rows_of_closed: 1_200,
                stock_of_closed,
            });
            assert_eq!(said(&model, "Stock and deliveries of the closed"), told);
        }
        assert_eq!(said(&model, "Warehouses"), "2 of 3 open: boise, reno");
        assert_eq!(said(&model, "Opened"), "by name; 1,234 km to customers on average");
    }
}
