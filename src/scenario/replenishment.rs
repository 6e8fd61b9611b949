//! `[replenishment]`: the policy, its levels, its target.

use super::assortment::Products;
use super::diagnostic::grouped;
use super::forecast;
use super::levels::{self, levels};
use super::names::Names;
use super::network::Network;
use super::overrides::RowSettings;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place;
use super::table::RowTable;
use super::tree::Value;
use super::vendors::Vendors;
use crate::domain::settings::Words;
use crate::domain::{
    Class, DAY, Demand, Follow, LaterLevels, Level, LevelPlaces, Levels, Model, ProductId, Replenishment,
    ReplenishmentPolicy, Review, SimTime, Span, Target, Targets, WarehouseId,
};
use crate::policy::replenishment::schedule::number_of_plans;
use std::collections::BTreeMap;

/// The settings, and where they stand.
pub struct Found {
    /// What the model takes.
    pub settings: Replenishment,
    /// Where the table stands.
    pub at: Place,
    /// Where the row of each pair stands, in the order of `by_pair`.
    pub pair_places: Vec<Place>,
    /// The same, in the order of `later`.
    pub later_places: Vec<Place>,
    /// Whether every level that stands somewhere could be read.
    pub sound: bool,
}

/// Reads the table, if there is one.
pub fn read<'c>(
    root: &Section<'c>,
    settings: &'c RowSettings<'c>,
    network: &Network,
    products: &Products,
    vendors: &Vendors,
    orders_to_forecast: bool,
) -> Option<Found> {
    let forecast = forecast::read(root, network, products);
    let Some(table) = root.written_table("replenishment", &schema::REPLENISHMENT) else {
        if root.written("replenishment").is_none() {
            warn_of_idle_levels(root, products);
        }
        return None;
    };
    let policy = table.read("policy");
    let review = review(&table, policy);
    let can_order = can_order(&table, policy);
    warn_of_idle_reviews(root, review, products);
    let mut sound = products.levels_sound;
    let general = levels(&table, &mut sound);
    let (target, by_class) = (levels::target(&table, "target"), classes(&table));
    let (follow, plan_every) = (table.read("follow"), plan_every(&table));
    let has_forecast = orders_to_forecast || root.written("demand").is_some();
    if !has_forecast {
        refuse_blind_target(&table);
    }
    let Pairs { list: by_pair, rows, places: pair_places, later, later_places } =
        pairs(&table, settings, network, products, &mut sound);
    warn_of_levels_of_another_policy(&table, policy, &by_pair);
    let file = table.written("levels").and_then(|item| item.node.entry("file"));
    let file = file.and_then(|entry| match &entry.node.value {
        Value::Text(name) => Some(name.to_string()),
        _ => None,
    });
    // Where `levels` has no row that could be read, what is wrong with it has been told.
    sound &= !by_pair.is_empty() || !later.is_empty() || table.written("levels").is_none();
    if vendors.names.is_complete() && root.written("vendors").is_none() {
        let message = "[replenishment] orders from vendors, but the scenario has no [[vendors]]".to_string();
        root.cx.sink.push(Finding::error("missing-table", table.at, message).help("add one, with its `lead_time`"));
    }
    Some(Found {
        settings: Replenishment {
            can_order: can_order?,
            general,
            by_product: products.levels.clone(),
            by_pair,
            reorder_point_factor: table.read("reorder_point_factor")?,
            lead_time_factor: table.read("lead_time_factor")?,
            target: target?,
            targets: Targets {
                by_product: if has_forecast { products.targets.clone() } else { Vec::new() },
                by_class: by_class?,
                by_vendor: if has_forecast { vendors.targets() } else { Vec::new() },
            },
            places: LevelPlaces { file, rows },
            follow: follow?,
            plan_every: plan_every?,
            later,
            forecast: forecast?,
            ..Replenishment::new(policy?, review?)
        },
        at: table.at,
        pair_places,
        later_places,
        sound,
    })
}

/// Levels in products' rows do nothing without a policy.
fn warn_of_idle_levels(root: &Section<'_>, products: &Products) {
    let idle = products.levels.iter().position(|levels| *levels != Levels::default());
    if let Some(index) = idle {
        let message = "levels have no effect: the scenario has no [replenishment]".to_string();
        let finding = Finding::warning("no-effect", products.names.place(index), message);
        root.cx.sink.push(finding.help("add [replenishment] with a `policy`, or drop them"));
    }
}

fn review(table: &Section<'_>, policy: Option<ReplenishmentPolicy>) -> Option<Review> {
    let review = match table.read("review")? {
        None => Review::Continuous,
        Some(period) => {
            if let Some(item) = table.written("review") {
                item.some_time()?;
            }
            Review::Every(period)
        }
    };
    let Some(policy) = policy.filter(|policy| policy.is_periodic() && review == Review::Continuous) else {
        return Some(review);
    };
    let why = format!("the policy \"{}\" looks every so often", policy.word());
    let finding = match table.written("review") {
        Some(item) => {
            let message = format!("`review` cannot be \"{}\": {why}", Review::CONTINUOUS);
            item.error("wrong-word", message).expected("a duration, such as \"7d\"")
        }
        None => {
            let message = format!("[replenishment] lacks `review`: {why}");
            Finding::error("missing-key", table.at, message).help("add it, for example `review = \"7d\"`")
        }
    };
    table.cx.sink.push(finding);
    None
}

/// The share by which can-order levels lie above reorder points; `Some(None)` where none is given. A policy that orders whenever a
/// position is below its level has nothing left that could join.
fn can_order(table: &Section<'_>, policy: Option<ReplenishmentPolicy>) -> Option<Option<f64>> {
    let share: Option<f64> = table.read("can_order")?;
    let always_orders = |policy: &ReplenishmentPolicy| !policy.needs().contains(&Level::ReorderPoint);
    if let (Some(item), Some(policy)) = (table.written("can_order"), policy.filter(always_orders)) {
        let why = format!("the policy \"{}\" has no reorder point to lie above", policy.word());
        let finding =
            Finding::warning("no-effect", item.key_at, format!("`can_order` lets no product join an order: {why}"));
        table
            .cx
            .sink
            .push(finding.help("name `consolidate = \"0s\"` in the vendors' rows for orders of several products"));
    }
    Some(share)
}

/// Where positions are looked at whenever they fall, no review can be left out.
fn warn_of_idle_reviews(root: &Section<'_>, review: Option<Review>, products: &Products) {
    let left_out = products.list.iter().position(|product| product.review_every > 1);
    if let (Some(Review::Continuous), Some(index)) = (review, left_out) {
        let message = "`review_every` has no effect: [replenishment] reviews continuously".to_string();
        let finding = Finding::warning("no-effect", products.names.place(index), message);
        root.cx.sink.push(finding.help("give [replenishment] a `review`, such as \"7d\", or drop it"));
    }
}

/// Levels that were planned for one policy say nothing to another one, which then plans by its target as if they were not there.
fn warn_of_levels_of_another_policy(
    table: &Section<'_>,
    policy: Option<ReplenishmentPolicy>,
    by_pair: &[(WarehouseId, ProductId, Levels)],
) {
    let (Some(policy), Some(item)) = (policy, table.written("levels")) else { return };
    let mut given =
        by_pair.iter().flat_map(|(_, _, levels)| Level::ALL.into_iter().filter(|&level| levels.get(level).is_some()));
    let is_of_another = given.clone().next().is_some() && !given.any(|level| policy.needs().contains(&level));
    if is_of_another {
        let keys: Vec<String> = policy.needs().iter().map(|level| format!("`{}`", level.key())).collect();
        let message = format!(
            "[[replenishment.levels]] has no effect: the policy \"{}\" orders by {}, and no row gives that",
            policy.word(),
            keys.join(" and ")
        );
        let finding = Finding::warning("no-effect", item.key_at, message);
        table.cx.sink.push(finding.help("give levels of this policy, or choose the one that they are of"));
    }
}

/// How often levels are planned that follow the season.
fn plan_every(table: &Section<'_>) -> Option<Span> {
    let every: Span = table.read("plan_every")?;
    if let Some(item) = table.written("plan_every")
        && every < Span::from_days(1)
    {
        let message = format!("`plan_every` must be at least a day, not {every}");
        table.cx.sink.push(item.error("out-of-range", message).expected("a duration, such as \"7d\""));
        return None;
    }
    Some(every)
}

/// Tells of levels that are to follow a season that there is not, and refuses more plans than can be made.
pub fn check_plans(root: &Section<'_>, model: &Model) {
    let Some(table) = root.written_table("replenishment", &schema::REPLENISHMENT) else { return };
    let Some(replenishment) = &model.replenishment else { return };
    if let Some(item) = table.written("plan_every").filter(|_| replenishment.follow != Follow::Season) {
        let message = "`plan_every` has no effect: levels are planned once".to_string();
        let finding = Finding::warning("no-effect", item.key_at, message);
        table.cx.sink.push(finding.note("it works with `follow = \"season\"`"));
    }
    let Some(item) = table.written("follow").filter(|_| replenishment.follow == Follow::Season) else { return };
    let why = if !replenishment.has_target() {
        Some("no levels are derived from a target: those that are given stay as they are")
    } else if !model.demand.as_ref().is_some_and(Demand::has_season) {
        Some("demand has no season: add `yearly` or `weekly` factors to [demand]")
    } else {
        None
    };
    if let Some(why) = why {
        let message = "`follow = \"season\"` has no effect".to_string();
        table.cx.sink.push(Finding::warning("no-effect", item.key_at, message).note(why));
    }
    let pairs = (model.products.len() * model.warehouses.len()) as u64;
    if number_of_plans(model).saturating_mul(pairs) > MOST_PLANNED {
        let message = format!(
            "levels of {} pairs would be planned {} times",
            grouped(pairs as usize),
            grouped(number_of_plans(model) as usize)
        );
        let at = table.written("plan_every").map_or(item.key_at, |item| item.node.at);
        let finding = Finding::error("too-many-plans", at, message).about("plan_every");
        let most = (MOST_PLANNED / pairs.max(1)).max(1) as i64;
        let days = (model.run.end().0 / most / DAY) + 1;
        table.cx.sink.push(finding.help(format!("plan them less often, for example `plan_every = \"{days}d\"`")));
    }
}

/// Levels that may be planned in all: each takes some microseconds, and some bytes.
const MOST_PLANNED: u64 = 20_000_000;

/// Targets by class; `Some` of nothing where there are none.
fn classes(table: &Section<'_>) -> Option<[Option<Target>; Class::ALL.len()]> {
    let Some(inner) = table.written_table("abc", &schema::ABC) else {
        return table.written("abc").is_none().then(Default::default);
    };
    let written = |key| inner.written(key).map(|_| levels::target(&inner, key));
    let classes = ["A", "B", "C"].map(|key| (key, written(key)));
    // One that cannot be read may be the one that seems to be missing.
    let is_sound = classes.iter().all(|(_, target)| target != &Some(None));
    for (key, _) in classes.iter().filter(|(_, target)| is_sound && target.is_none()) {
        inner.missing_because(key, ": there is a target for each class, or for none");
    }
    let [a, b, c] = classes.map(|(_, target)| target.flatten());
    Some([a?, b?, c?])
}

/// Reports a target where there is no demand to forecast.
fn refuse_blind_target(table: &Section<'_>) {
    let Some(item) = table.written("target").or(table.written("abc")) else { return };
    let message = format!("`{}` needs a forecast, but the scenario has no [demand]", item.key);
    let finding = item.error("missing-table", message);
    table.cx.sink.push(finding.help("add [demand], or give levels instead of a target"));
}

/// The rows for single pairs.
#[derive(Default)]
struct Pairs {
    list: Vec<(WarehouseId, ProductId, Levels)>,
    /// The number of each in its table.
    rows: Vec<u32>,
    places: Vec<Place>,
    /// Rows that hold from a later moment on.
    later: Vec<LaterLevels>,
    later_places: Vec<Place>,
}

fn pairs<'c>(
    table: &Section<'c>,
    settings: &'c RowSettings<'c>,
    network: &Network,
    products: &Products,
    sound: &mut bool,
) -> Pairs {
    let mut pairs = Pairs::default();
    let mut seen: BTreeMap<(u32, u32, Span), Place> = BTreeMap::new();
    let rows = RowTable { key: "levels", name: "[[replenishment.levels]]", settings };
    let mut number = 0;
    rows.for_each_as(table, &schema::LEVEL_ROW, &schema::LEVEL_ROW, &schema::LEVELS_READ_OVER, |row| {
        number += 1;
        let warehouse = row.item("warehouse").and_then(|item| network.warehouse_names.resolve_unguarded(&item));
        let product = row.item("product").and_then(|item| products.names.resolve_unguarded(&item));
        let levels = levels(&row, sound);
        let from: Option<Span> = row.read("from");
        *sound &= from.is_some();
        let (Some(warehouse), Some(product), Some(from)) = (warehouse, product, from) else { return };
        if let Some(first) = seen.insert((warehouse, product, from), row.at) {
            duplicate_pair(
                &row,
                first,
                "keep one of them",
                &network.warehouse_names,
                warehouse,
                &products.names,
                product,
            );
            return;
        }
        if levels == Levels::default() && !has_level_key(&row) {
            let message = "this row gives no level".to_string();
            let finding = Finding::error("missing-key", row.at, message).about("levels");
            row.cx.sink.push(finding.expected("`reorder_point`, `order_up_to` or `quantity`"));
            return;
        }
        if from > Span::ZERO {
            let (warehouse, product) = (WarehouseId(warehouse), ProductId(product));
            pairs.later.push(LaterLevels { from: SimTime::ZERO + from, warehouse, product, levels, row: number });
            pairs.later_places.push(row.at);
            return;
        }
        pairs.list.push((WarehouseId(warehouse), ProductId(product), levels));
        pairs.rows.push(number);
        pairs.places.push(row.at);
    });
    pairs
}

/// Whether a level stands in the row, though perhaps a wrong one; in a file, whether a column is there for one. A row of a file
/// that is empty there says that the warehouse carries the product, and that nobody buys it.
fn has_level_key(row: &Section<'_>) -> bool {
    Level::ALL.iter().any(|level| row.written(level.key()).is_some() || row.has_column(level.key()))
}

/// Reports a pair of warehouse and product that has a row already; `help` says how to mend it.
pub fn duplicate_pair(
    row: &Section<'_>,
    first: Place,
    help: &str,
    warehouses: &Names,
    warehouse: u32,
    products: &Names,
    product: u32,
) {
    let (warehouse, product) = (warehouses.name(warehouse as usize), products.name(product as usize));
    let message = format!("there are two rows for \"{product}\" in \"{warehouse}\"");
    let finding = Finding::error("duplicate-id", row.at, message).about(row.title);
    let note = format!("the first stands at {}", row.cx.sources.name_of(first));
    row.cx.sink.push(finding.note(note).help(help));
}
