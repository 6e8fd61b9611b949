//! `[calendar]`, and when and how fast a warehouse picks.

use super::reader::Section;
use super::report::Finding;
use super::schema;
use crate::domain::settings::{Clock, DaysOff, Hours, PickOrder};
use crate::domain::{
    Calendar, DAY, Model, Picking, Product, SimTime, Span, VendorId, WarehouseId, WorkingDays, WorkingTime,
};
use crate::policy::assortment::Assortment;
use crate::policy::replenishment::forecast::forecasts;

/// Days of a year of whole weeks.
const YEAR: i64 = 364;

/// Reads `[calendar]`; the date of day 0 is known later.
pub fn read(root: &Section<'_>) -> Calendar {
    let Some(table) = root.written_table("calendar", &schema::CALENDAR) else { return Calendar::default() };
    Calendar { holidays: days_off(root, &table).flatten().unwrap_or_default(), ..Calendar::default() }
}

/// `holidays` of a table; `Some(None)` where it has none.
pub fn days_off(root: &Section<'_>, table: &Section<'_>) -> Option<Option<DaysOff>> {
    let holidays: Option<DaysOff> = table.read("holidays")?;
    if let Some(off) = &holidays {
        check_dates(root, table, off);
    }
    Some(holidays)
}

/// Reports `holidays` by their dates in a table where it is not known which date day 0 has.
pub fn check_dates(root: &Section<'_>, table: &Section<'_>, off: &DaysOff) {
    let within = |table, key| root.written(table).is_some_and(|table| table.node.entry(key).is_some());
    if off.0.iter().any(|day| day.is_dated())
        && !within("run", "start")
        && !within("demand", "trace")
        && let Some(item) = table.written("holidays")
    {
        let message = "there is a holiday by its date, and nothing says on which day the run starts".to_string();
        let help = "add `start = \"2026-01-05\"` to [run], or name days of the run, such as \"24d\"";
        item.cx.sink.push(item.error("no-start", message).help(help));
    }
}

/// When a warehouse is open and how much it picks; `Some(None)` where it picks whatever is ready at once.
pub fn picking(root: &Section<'_>, row: &Section<'_>, calendar: &Calendar) -> Option<Option<Picking>> {
    // All are read, so that every mistake is told.
    let opening_days = row.read("opening_days");
    let opening_hours = row.read("opening_hours");
    let holidays = days_off(root, row);
    let cut_off: Option<Option<Clock>> = row.read("cut_off");
    let waves: Option<Option<Span>> = row.read("waves");
    let parcels_per_day = row.read("parcels_per_day");
    let lines_per_hour = row.read("lines_per_hour");
    let order: Option<PickOrder> = row.read("pick_order");
    let opening_hours: Option<Hours> = opening_hours?;
    let picking = Picking {
        opening_days: opening_days?,
        opening_hours,
        holidays: holidays?,
        cut_off: cut_off?.map(|cut_off| within_the_shift(cut_off, opening_hours)),
        waves: waves?,
        parcels_per_day: parcels_per_day?,
        lines_per_hour: lines_per_hour?,
        order: order?,
    };
    let time = picking.working_time(calendar);
    if time.shift_from(0).is_none() {
        let message = format!("{} is never open: all its opening days are holidays", row.title);
        row.cx.sink.push(Finding::error("never-open", row.at, message).about("opening_days"));
        return None;
    }
    warn_of_idle_keys(row, &picking, &time);
    let is_plain = Picking { order: PickOrder::FirstCome, ..picking.clone() } == Picking::UNLIMITED;
    Some((!is_plain).then_some(picking))
}

/// A cut-off, counted from the midnight before the shift: in a night shift, an hour that comes after midnight is the next day's.
fn within_the_shift(Clock(cut_off): Clock, hours: Option<Hours>) -> Clock {
    let is_after_midnight = hours.is_some_and(|hours| cut_off <= hours.closes - DAY);
    Clock(if is_after_midnight { cut_off + DAY } else { cut_off })
}

fn warn_of_idle_keys(row: &Section<'_>, picking: &Picking, time: &WorkingTime) {
    let warn = |key: &'static str, why: &str, help: &str| {
        if let Some(item) = row.written(key) {
            let message = format!("`{key}` has no effect: {why}");
            let finding = Finding::warning("no-effect", item.key_at, message).about(key);
            row.cx.sink.push(finding.help(help));
        }
    };
    if picking.cut_off.is_some_and(|Clock(cut_off)| cut_off >= time.hours.closes) {
        warn("cut_off", "the warehouse closes before it", "drop it, or let it be within `opening_hours`");
    }
    if picking.parcels_per_day.is_none() && picking.lines_per_hour.is_none() {
        warn("pick_order", "nothing limits what is picked", "add `parcels_per_day` or `lines_per_hour`, or drop it");
    }
}

/// Tells of days off that nobody takes, and of docks that fill up without end.
pub fn warn(root: &Section<'_>, model: &Model) {
    let limited = || model.warehouses.iter().filter_map(|warehouse| warehouse.picking.as_deref());
    let keeps_days = limited().any(|picking| picking.opening_days.is_some() || picking.opening_hours.is_some())
        || model.vendors.iter().any(|vendor| vendor.working_days.is_some())
        || model.promise.as_ref().is_some_and(|promise| !promise.works_every_day());
    if let Some(table) = root.written("calendar")
        && let Some(holidays) = table.node.entry("holidays")
        && !keeps_days
    {
        let message = "`holidays` has no effect: nobody keeps days, no warehouse, no vendor and no promise".to_string();
        let finding = Finding::warning("no-effect", holidays.key_at, message).about("calendar");
        let help = "add `opening_days` to a warehouse or `working_days` to a vendor, or drop the holidays";
        root.cx.sink.push(finding.help(help));
    }
    let by_promise = |picking: &Picking| picking.order == PickOrder::Promise;
    if model.promise.is_none() && limited().any(by_promise) {
        let at = root.written("warehouses").map_or(root.at, |item| item.key_at);
        let message = "`pick_order = \"promise\"` has no effect: no dates are promised".to_string();
        let finding = Finding::warning("no-effect", at, message).about("warehouses");
        root.cx.sink.push(finding.help("add [promise], or pick the \"oldest-order\" first"));
    }
    warn_of_overload(root, model);
    warn_of_busy_vendors(root, model);
}

/// Working days of a year of whole weeks, of who works on these days or on all.
fn working_days(days: Option<&WorkingDays>) -> f64 {
    days.map_or(YEAR, |days| days.count(0..YEAR)) as f64
}

/// Tells of vendors of whom more is asked than they can do, and of levels that are derived as if purchase orders never waited.
fn warn_of_busy_vendors(root: &Section<'_>, model: &Model) {
    let Some(settings) = &model.replenishment else { return };
    let waiting = model.vendors.iter().enumerate().filter(|(_, vendor)| vendor.lets_orders_wait());
    let mut forecast = None;
    for (index, vendor) in waiting {
        let of_vendor = |product: &Product| product.vendor == Some(VendorId::from_index(index));
        if !model.products.iter().any(of_vendor) {
            continue;
        }
        let at = root.written("vendors").map_or(root.at, |item| item.key_at);
        if let Some(capacity) = &vendor.capacity {
            let forecast = forecast.get_or_insert_with(|| forecasts(model, &Assortment::new(model)));
            let pairs = model.products.iter().zip(forecast.chunks(model.warehouses.len()));
            let asked: f64 = pairs
                .filter(|(product, _)| of_vendor(product))
                .flat_map(|(_, pairs)| pairs)
                .map(|pair| pair.mean)
                .sum();
            let days = working_days(vendor.days(&model.calendar).as_ref()) / YEAR as f64;
            let done = capacity.units_per_day() * days;
            if asked > done {
                let message = format!(
                    "purchase orders to \"{}\" wait longer and longer: {asked:.0} units of its products are asked for a day, and it \
                     gets {done:.0} done",
                    vendor.id
                );
                let finding = Finding::warning("overload", at, message).about("vendors");
                root.cx.sink.push(finding.note("on average over all days").help("raise its `capacity`"));
            }
        }
        if settings.has_target() && vendor.planned_lead_time.is_none() {
            let why = match vendor.capacity {
                Some(_) => "how long purchase orders wait for it is not known to them",
                None => "that it does not work every day is not known to them",
            };
            let message =
                format!("levels for products of \"{}\" are derived from its `lead_time` alone: {why}", vendor.id);
            let finding = Finding::warning("planned-without-waiting", at, message).about("vendors");
            root.cx.sink.push(finding.help("say what to plan for: `planned_lead_time`"));
        }
    }
}

/// Parcels a day that a warehouse can pick in the long run, where orders have so many lines; `None` for as many as come.
fn capacity(model: &Model, warehouse: WarehouseId, lines: f64) -> Option<f64> {
    let picking = model.warehouses[warehouse.index()].picking.as_deref()?;
    let time = picking.working_time(&model.calendar);
    let parcels = picking.parcels_per_day.map(|parcels| f64::from(parcels) * time.days.count(0..YEAR) as f64);
    let hours = || time.seconds(SimTime::ZERO, SimTime(YEAR * DAY)) as f64 / 3_600.0;
    let by_lines = picking.lines_per_hour.map(|rate| f64::from(rate) * hours() / lines);
    let most = parcels.unwrap_or(f64::INFINITY).min(by_lines.unwrap_or(f64::INFINITY));
    most.is_finite().then_some(most / YEAR as f64)
}

fn warn_of_overload(root: &Section<'_>, model: &Model) {
    let Some(demand) = &model.demand else { return };
    let lines = demand.lines_per_order.mean().max(1.0);
    let capacities = (0..model.warehouses.len()).map(|at| capacity(model, WarehouseId::from_index(at), lines));
    let Some(all) = capacities.sum::<Option<f64>>() else { return };
    let orders = demand.mean_orders_per_day();
    if orders <= all {
        return;
    }
    let at = root.written("warehouses").map_or(root.at, |item| item.key_at);
    let message =
        format!("the docks fill up without end: {orders:.0} orders come a day, and all warehouses pick {all:.0}");
    let finding = Finding::warning("overload", at, message).about("warehouses");
    let help = "raise `parcels_per_day` or `lines_per_hour`, or let them open longer";
    root.cx.sink.push(finding.note("a parcel of an order each, at least; closed days included").help(help));
}
