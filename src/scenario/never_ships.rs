//! Orders that can never ship as they were placed: lines that must leave together and that no warehouse carries together, and
//! lines for more units than a warehouse is ever filled with.
//!
//! Only what is certain is warned of. Of orders that one warehouse has to serve it is certain which, where none has any line whole when
//! they come. A pair that a policy replenishes is taken to hold as much as anybody waits for, since what
//! waits is ordered for; an order whose customer is certain to call is left out, since a swap or a removal may save it.

use super::carriers::{Carriers, Set};
use super::date::date_of;
use super::diagnostic::grouped;
use super::names::Names;
use super::reader::Section;
use super::report::Finding;
use super::source::Place;
use crate::domain::{
    CancelClock, DAY, Distribution, Granularity, Levels, Model, OrderNumber, OrderTerms, OrderedLine, ProductId,
    SimTime, TraceOrder, Vendor, WarehouseId, Zone,
};
use crate::policy::replenishment::PairLevels;
use crate::rules::international_complete::{self, Candidate};
use std::collections::{BTreeMap, BTreeSet};

/// Sets of warehouses that are compared pair by pair; beyond that the comparison would take longer than the run.
const MAX_SETS: usize = 2_000;

/// Where orders stand.
pub struct Places<'p> {
    /// The written ones.
    pub written: &'p [Place],
    /// Those of the trace; of one that is kept in memory none is known.
    pub replayed: &'p [Place],
}

/// Warns of orders that can never ship.
pub fn warn(root: &Section<'_>, model: &Model, carriers: &Carriers, zones: &Names, orders: &Places<'_>) {
    let customers = &model.customers;
    if [false, true].into_iter().any(|mismatch| customers.contact_probability(mismatch) >= 1.0) {
        return;
    }
    let check = Check::new(model, carriers);
    let called_about: BTreeSet<OrderNumber> = model.script.contacts.iter().map(|contact| contact.order).collect();
    for (index, (order, place)) in model.script.orders.iter().zip(orders.written).enumerate() {
        if called_about.contains(&(index as OrderNumber + 1)) {
            continue;
        }
        let zone = &model.zones[order.zone.index()];
        if let Some(obstacle) =
            check.obstacle(order.at, zone, &order.lines, check.assigned(order.at, zone, &order.lines))
        {
            let message = check.told(&obstacle, &format!("order {}", grouped(index + 1)));
            let finding = Finding::warning("never-ships", *place, message).about("orders");
            root.cx.sink.push(finding.help(check.remedy(&obstacle)).note(check.outcome()));
        }
    }
    check.warn_of_trace(root, orders.replayed);
    check.warn_of_baskets(root, zones);
}

/// Why an order cannot ship.
enum Obstacle {
    /// Its lines must leave together, and no warehouse carries these products together.
    Apart(Vec<ProductId>),
    /// A line asks for more than one warehouse, or all of them, are ever filled with.
    TooLarge {
        /// The line, by its number.
        line: usize,
        /// What it asks for.
        wanted: OrderedLine,
        /// The most that there is.
        most: u64,
        /// The only warehouse that can serve the order, where it is certain which.
        assigned: Option<WarehouseId>,
        /// Whether it has to leave whole, from one warehouse.
        leaves_whole: bool,
        /// Whether that is what all warehouses have between them.
        are_pooled: bool,
        /// Whether they have all of it between them.
        is_scattered: bool,
        /// Whether more comes, but too late.
        is_late: bool,
    },
    /// Each line by itself could be filled, but not all of them at one warehouse.
    NotAllAtOnce,
}

/// Who may serve an order, and how.
struct Servers<'s> {
    warehouses: &'s [WarehouseId],
    /// The only one that can, where it is certain which.
    assigned: Option<WarehouseId>,
    /// Whether the order has to leave whole.
    leaves_whole: bool,
    /// Whether several of them may serve it.
    may_be_pooled: bool,
}

struct Check<'a> {
    model: &'a Model,
    carriers: &'a Carriers,
    /// What a script brings to a pair: when, and how much by then.
    scripted: BTreeMap<(WarehouseId, ProductId), Vec<(SimTime, u64)>>,
    levels: BTreeMap<(WarehouseId, ProductId), Levels>,
}

impl<'a> Check<'a> {
    fn new(model: &'a Model, carriers: &'a Carriers) -> Self {
        let mut scripted: BTreeMap<_, Vec<(SimTime, u64)>> = BTreeMap::new();
        let stock = model.script.stock.iter().flatten();
        let stock = stock.map(|row| (row.warehouse, row.product, SimTime::ZERO, row.units));
        let receipts = model.script.receipts.iter().map(|row| (row.warehouse, row.product, row.at, row.units));
        let ordered = model.script.open_purchase_orders.iter();
        let ordered = ordered.map(|row| (row.warehouse, row.product, SimTime::ZERO, row.units));
        for (warehouse, product, at, units) in stock.chain(receipts).chain(ordered) {
            scripted.entry((warehouse, product)).or_default().push((at, units.into()));
        }
        for rows in scripted.values_mut() {
            rows.sort_unstable();
            let mut total = 0;
            for (_, units) in rows {
                total += *units;
                *units = total;
            }
        }
        let pairs = model.replenishment.iter().flat_map(|settings| &settings.by_pair);
        let levels = pairs.map(|&(warehouse, product, levels)| ((warehouse, product), levels)).collect();
        Self { model, carriers, scripted, levels }
    }

    /// The most units of a pair that there may be at once up to an instant; `None` where that has no bound.
    fn most(&self, warehouse: WarehouseId, product: ProductId, until: SimTime) -> Option<u64> {
        let rows = self.scripted.get(&(warehouse, product)).map_or(&[][..], Vec::as_slice);
        let came = rows.partition_point(|&(at, _)| at <= until);
        let scripted = if came == 0 { 0 } else { rows[came - 1].1 };
        Some(scripted + self.most_by_policy(warehouse, product)?)
    }

    /// The most that a policy fills a pair with; `None` where it has no bound.
    fn most_by_policy(&self, warehouse: WarehouseId, product: ProductId) -> Option<u64> {
        let Some(settings) = self.model.replenishment.as_ref().filter(|_| self.carriers.carries(warehouse, product))
        else {
            return Some(0);
        };
        let own = self.levels.get(&(warehouse, product)).copied().unwrap_or_default();
        let of_product = settings.by_product.get(product.index()).copied().unwrap_or_default();
        let levels = own.or(of_product).or(settings.general);
        if settings.has_target_for(product, self.model.vendor_of(product)) {
            return None;
        }
        if levels == Levels::default() {
            return Some(0);
        }
        // What waits is ordered for, on top of the levels; where nothing may wait, there are the levels alone.
        if self.model.rules.backorder.accept {
            return None;
        }
        let up_to = PairLevels::new(settings.policy, levels)?.highest(settings.policy);
        let vendor = self.model.vendor_of(product).map(|vendor| &self.model.vendors[vendor.index()]);
        // A purchase order may be larger than what is missing, by less than the minimum and less than a multiple.
        let surplus = |vendor: &Vendor| {
            let OrderTerms { minimum_units, multiple } = self.model.order_terms(product, vendor);
            minimum_units.saturating_sub(1) + multiple.saturating_sub(1)
        };
        let lot = vendor.map_or(0, surplus);
        Some(up_to.max(0) as u64 + u64::from(lot))
    }

    /// The warehouse that an order is certain to be assigned to, if it is placed by an instant: none has any of its lines whole by
    /// then, so that the one which carries most of them takes it.
    fn assigned(&self, by: SimTime, zone: &Zone, lines: &[OrderedLine]) -> Option<WarehouseId> {
        let rules = &self.model.rules;
        let is_assigned = international_complete::is_assigned(zone.international, rules) && rules.backorder.accept;
        // Events may close lanes and shut warehouses.
        if !is_assigned || !self.model.events.is_empty() {
            return None;
        }
        let may_have = |warehouse: WarehouseId, line: &OrderedLine| {
            self.most(warehouse, line.product, by).is_none_or(|most| most >= u64::from(line.units))
        };
        if zone.lanes.iter().any(|lane| lines.iter().any(|line| may_have(lane.warehouse, line))) {
            return None;
        }
        let candidates = zone.lanes.iter().map(|lane| Candidate {
            available: 0,
            carried: lines.iter().filter(|line| self.carriers.carries(lane.warehouse, line.product)).count() as u32,
        });
        international_complete::assign(candidates).map(|rank| zone.lanes[rank].warehouse)
    }

    /// What keeps an order from shipping for ever, if anything is certain to; `assigned` is the warehouse that alone can serve it, where
    /// that is certain.
    fn obstacle(
        &self,
        placed: SimTime,
        zone: &Zone,
        lines: &[OrderedLine],
        assigned: Option<WarehouseId>,
    ) -> Option<Obstacle> {
        let carried = |warehouse: WarehouseId, product: ProductId| self.carriers.carries(warehouse, product);
        let mut eligible: Vec<WarehouseId> = zone.lanes.iter().map(|lane| lane.warehouse).collect();
        // A product that comes from nowhere is told as such.
        if lines.iter().any(|line| !eligible.iter().any(|&warehouse| carried(warehouse, line.product))) {
            return None;
        }
        eligible.retain(|&warehouse| assigned.is_none_or(|only| only == warehouse));
        let (rules, international) = (&self.model.rules, zone.international);
        if !international_complete::ships_complete_only(international, rules) {
            let may_be_pooled = !international_complete::is_assigned(international, rules);
            let servers = Servers { warehouses: &eligible, assigned, leaves_whole: false, may_be_pooled };
            return self.too_large(placed, &servers, lines);
        }
        let able: Vec<WarehouseId> = eligible
            .into_iter()
            .filter(|&warehouse| lines.iter().all(|line| carried(warehouse, line.product)))
            .collect();
        if able.is_empty() {
            let mut products: Vec<ProductId> = lines.iter().map(|line| line.product).collect();
            products.sort_unstable();
            products.dedup();
            return Some(Obstacle::Apart(products));
        }
        let asked_for = |product: ProductId| -> u64 {
            lines.iter().filter(|line| line.product == product).map(|line| u64::from(line.units)).sum()
        };
        let holds_all = |&warehouse: &WarehouseId| {
            lines.iter().all(|line| {
                self.most(warehouse, line.product, SimTime::NEVER).is_none_or(|most| most >= asked_for(line.product))
            })
        };
        if able.iter().any(holds_all) {
            return None;
        }
        let servers = Servers { warehouses: &able, assigned, leaves_whole: true, may_be_pooled: false };
        self.too_large(placed, &servers, lines).or(Some(Obstacle::NotAllAtOnce))
    }

    /// The first line that asks for more than it can ever get from some warehouses.
    fn too_large(&self, placed: SimTime, servers: &Servers<'_>, lines: &[OrderedLine]) -> Option<Obstacle> {
        let Servers { warehouses, assigned, leaves_whole, may_be_pooled } = *servers;
        let rules = &self.model.rules;
        let given_up = match (rules.backorder.accept, rules.cancellation.after, rules.cancellation.clock) {
            (false, ..) => placed,
            (true, Some(after), CancelClock::Line) => placed + after,
            _ => SimTime::NEVER,
        };
        let by_unit = may_be_pooled && rules.split.granularity == Granularity::Unit;
        for (line, wanted) in (1..).zip(lines) {
            let units = u64::from(wanted.units);
            // One without a bound: no obstacle.
            let amounts = |until| -> Option<(u64, u64)> {
                let mut of_each = warehouses.iter().map(|&warehouse| self.most(warehouse, wanted.product, until));
                of_each.try_fold((0, 0), |(most, sum), here| here.map(|here| (most.max(here), sum + here)))
            };
            let Some((most, sum)) = amounts(SimTime::NEVER) else { continue };
            let (in_time, sum_in_time) = amounts(given_up).unwrap_or((most, sum));
            let (ever, now) = if by_unit { (sum, sum_in_time) } else { (most, in_time) };
            let is_never = (ever > 0 || assigned.is_some()) && units > ever;
            // It is there in time, but not in one place.
            let is_scattered = may_be_pooled && units > now && units <= sum_in_time;
            if is_never || is_scattered {
                return Some(Obstacle::TooLarge {
                    line,
                    wanted: *wanted,
                    most: now,
                    assigned,
                    leaves_whole,
                    are_pooled: by_unit,
                    is_scattered,
                    is_late: ever > now,
                });
            }
        }
        None
    }

    /// The obstacle in words.
    fn told(&self, obstacle: &Obstacle, order: &str) -> String {
        let name = |product: ProductId| format!("\"{}\"", self.model.products[product.index()].id);
        match obstacle {
            Obstacle::Apart(products) => {
                let named: Vec<String> = products.iter().take(3).map(|&product| name(product)).collect();
                let more = if products.len() > 3 { format!(" and {} more", products.len() - 3) } else { String::new() };
                let products = match &named[..] {
                    [one, other] if more.is_empty() => format!("both {one} and {other}"),
                    _ => format!("all of {}{more}", named.join(", ")),
                };
                format!("{order} can never ship: no warehouse that may serve it carries {products}")
            }
            Obstacle::TooLarge { line, wanted, most, assigned, are_pooled, is_late, .. } => {
                let (units, product) = (grouped(wanted.units as usize), name(wanted.product));
                let who = match (assigned, are_pooled) {
                    (Some(warehouse), _) => {
                        let warehouse = &self.model.warehouses[warehouse.index()].id;
                        format!("\"{warehouse}\", which it is assigned to, has no more than")
                    }
                    (None, true) => "all warehouses that may serve it together have no more than".to_string(),
                    (None, false) => "no warehouse that may serve it has more than".to_string(),
                };
                let end = match (*is_late, self.model.rules.backorder.accept) {
                    (false, _) => "",
                    (true, true) => " before the line is cancelled",
                    (true, false) => " by then",
                };
                let most = grouped(*most as usize);
                format!(
                    "line {line} of {order} can never be filled: it asks for {units} of {product}, and {who} {most}{end}"
                )
            }
            Obstacle::NotAllAtOnce => {
                format!("{order} can never ship: no warehouse that may serve it ever has all of it")
            }
        }
    }

    /// What helps.
    fn remedy(&self, obstacle: &Obstacle) -> String {
        let whole = match self.model.rules.split.granularity {
            Granularity::Order => "`rules.split.granularity = \"line\"`",
            Granularity::Line | Granularity::Unit => "`rules.international.complete_only = false`",
        };
        match obstacle {
            Obstacle::Apart(_) => format!(
                "give one warehouse a level, a stock row or a receipt row for each of them; with {whole} they would \
                 leave in several parcels"
            ),
            Obstacle::TooLarge { is_scattered: true, .. } => {
                "with `rules.split.granularity = \"unit\"` it would be made up from several warehouses".into()
            }
            Obstacle::TooLarge { assigned: Some(_), leaves_whole: true, .. } => {
                "bring more to that warehouse, or ask for less".into()
            }
            Obstacle::TooLarge { assigned: Some(_), .. } => {
                "bring more to that warehouse, or let every one serve it: `rules.backorder.pool = \"network\"`".into()
            }
            _ => "bring more in with [[receipts]] or [replenishment], or ask for less".into(),
        }
    }

    /// What becomes of such an order.
    fn outcome(&self) -> &'static str {
        match (self.model.rules.backorder.accept, self.model.rules.cancellation.after) {
            (false, _) => "what cannot be filled is lost",
            (true, Some(_)) => "what cannot be filled waits until it is cancelled",
            (true, None) => "what cannot be filled waits to the end",
        }
    }

    /// Warns of a trace's orders once, with how many there are and the first of them.
    fn warn_of_trace(&self, root: &Section<'_>, places: &[Place]) {
        let Some(trace) = &self.model.trace else { return };
        let obstacle = |order: &TraceOrder| {
            let zone = &self.model.zones[order.zone.index()];
            // Orders that are drawn again come at any time.
            self.obstacle(order.at, zone, &order.lines, self.assigned(SimTime::NEVER, zone, &order.lines))
        };
        let mut found =
            trace.orders.iter().enumerate().filter_map(|(at, order)| obstacle(order).map(|it| (at, order, it)));
        let Some((index, first, obstacle)) = found.next() else { return };
        let (count, all) = (1 + found.count(), trace.orders.len());
        let zone = &self.model.zones[first.zone.index()].id;
        let day = date_of(trace.first_day + first.at.0 / DAY).map_or_else(String::new, |date| format!(" on {date}"));
        let message = self.told(&obstacle, &format!("order {} of the trace, from \"{zone}\"{day},", first.id));
        let demand = root.written("demand");
        let table = || demand.and_then(|item| item.node.entry("trace")).map_or(root.at, |entry| entry.key_at);
        let at = places.get(index).copied().unwrap_or_else(table);
        let finding = Finding::warning("never-ships", at, message).about("trace");
        let note = match count {
            1 => self.outcome().to_string(),
            _ => format!("so it is with {} of its {} orders; {}", grouped(count), grouped(all), self.outcome()),
        };
        root.cx.sink.push(finding.help(self.remedy(&obstacle)).note(note));
    }

    /// Warns of products that generated orders may ask for together though no warehouse carries both, where orders leave complete.
    fn warn_of_baskets(&self, root: &Section<'_>, zones: &Names) {
        let Some(demand) = &self.model.demand else { return };
        if matches!(demand.lines_per_order, Distribution::Constant(lines) if lines <= 1.0) {
            return;
        }
        let is_sold = |product: &usize| self.model.products[*product].share > 0.0;
        let sold: Vec<(&Set, usize)> = self
            .carriers
            .sets()
            .filter_map(|(set, products)| Some((set, products.iter().copied().find(is_sold)?)))
            .collect();
        if sold.len() > MAX_SETS {
            return;
        }
        for (index, zone) in self.model.zones.iter().enumerate() {
            let leaves_complete = international_complete::ships_complete_only(zone.international, &self.model.rules);
            if zone.lanes.is_empty() || zone.share <= 0.0 || !leaves_complete {
                continue;
            }
            let eligible = self.carriers.set_of(zone.lanes.iter().map(|lane| lane.warehouse));
            let within: Vec<(Set, usize)> = sold
                .iter()
                .map(|(set, product)| (set.and(&eligible), *product))
                .filter(|(set, _)| !set.is_empty())
                .collect();
            let apart = within.iter().enumerate().find_map(|(at, (one, product))| {
                let other = within[at + 1..].iter().find(|(other, _)| one.and(other).is_empty())?;
                Some([*product, other.1].map(ProductId::from_index))
            });
            if let Some(mut products) = apart {
                products.sort_unstable();
                let [one, other] = products.map(|product| &self.model.products[product.index()].id);
                let message = format!(
                    "generated orders from \"{}\" that ask for \"{one}\" and \"{other}\" can never ship: no warehouse \
                     that may serve them carries both",
                    zone.id
                );
                let obstacle = Obstacle::Apart(products.to_vec());
                let finding = Finding::warning("never-ships", zones.place(index), message).about("baskets");
                root.cx.sink.push(finding.help(self.remedy(&obstacle)).note(self.outcome()));
            }
        }
    }
}
