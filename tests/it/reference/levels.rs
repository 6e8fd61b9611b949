//! Levels: those that are written, from when on each holds, and those that a plan derives from a target.
//!
//! What is written is found here anew. What a target asks for the reference takes from the plan, as a planner reads it in
//! `levels.csv`; whether the plan's levels reach their targets, [`super::plan`] finds out.

use backorder::domain::{Levels, Model, Replenishment, ReplenishmentPolicy};

use super::supply::Rule;
use super::world::World;

/// Which products each warehouse carries, by warehouse, then product: those with a level there, whenever it begins, with a target,
/// or with a row of stock, receipts or open purchase orders.
pub fn carried(model: &Model) -> Vec<Vec<bool>> {
    let mut carried = vec![vec![false; model.products().len()]; model.warehouses().len()];
    if let Some(policy) = model.replenishment() {
        let none = Levels::default();
        for row in &mut carried {
            for (product, here) in row.iter_mut().enumerate() {
                let of_product = policy.by_product.get(product).is_some_and(|levels| *levels != none);
                *here = policy.kept.is_none()
                    && (policy.general != none || of_product || has_target(model, policy, product));
            }
        }
        let pairs = policy.by_pair.iter().map(|row| (row.0, row.1));
        let later = policy.later.iter().map(|row| (row.warehouse, row.product));
        let kept = policy.kept.iter().flat_map(|kept| &kept.pairs).map(|row| (row.warehouse, row.product));
        let named: Vec<_> = if policy.kept.is_some() { kept.collect() } else { pairs.chain(later).collect() };
        for (warehouse, product) in named {
            carried[warehouse.index()][product.index()] = true;
        }
    }
    let script = model.script();
    let stock = script.stock.iter().flatten().map(|row| (row.warehouse, row.product));
    let receipts = script.receipts.iter().map(|row| (row.warehouse, row.product));
    let underway = script.open_purchase_orders.iter().map(|row| (row.warehouse, row.product));
    for (warehouse, product) in stock.chain(receipts).chain(underway) {
        carried[warehouse.index()][product.index()] = true;
    }
    carried
}

/// Whether levels are derived for a product: from its own target, its class's, its vendor's, or that of all.
pub fn has_target(model: &Model, policy: &Replenishment, product: usize) -> bool {
    let own = policy.targets.by_product.get(product).is_some_and(Option::is_some);
    let vendor = model.products()[product].vendor.map(|vendor| vendor.index());
    let of_vendor = vendor.and_then(|vendor| policy.targets.by_vendor.get(vendor)).is_some_and(Option::is_some);
    own || of_vendor || policy.targets.by_class.iter().any(Option::is_some) || policy.target.is_some()
}

/// The levels of a pair that are written somewhere, each key from the most specific place: of the rows of the pair, the last one
/// that holds by now.
pub fn written(policy: &Replenishment, warehouse: usize, product: usize, now: i64) -> Levels {
    let first = policy.by_pair.iter().map(|&(w, p, levels)| (0, w, p, levels));
    let later = policy.later.iter().map(|row| (row.from.0, row.warehouse, row.product, row.levels));
    let of_pair = first
        .chain(later)
        .filter(|&(from, w, p, _)| from <= now && w.index() == warehouse && p.index() == product)
        .max_by_key(|row| row.0)
        .map(|row| row.3);
    let places = [of_pair, policy.by_product.get(product).copied(), Some(policy.general)];
    let get = |key: fn(&Levels) -> Option<i32>| places.iter().flatten().find_map(key);
    Levels {
        reorder_point: get(|levels| levels.reorder_point),
        order_up_to: get(|levels| levels.order_up_to),
        quantity: get(|levels| levels.quantity),
    }
}

/// The levels as the policy works with them; `None` where it lacks one.
pub fn rule(policy: ReplenishmentPolicy, levels: Levels) -> Option<Rule> {
    let point = levels.reorder_point.map(i64::from);
    let up_to = levels.order_up_to.map(i64::from);
    match policy {
        ReplenishmentPolicy::MinMax => Some(Rule::MinMax(point?, up_to?)),
        ReplenishmentPolicy::FixedQuantity => Some(Rule::FixedQuantity(point?, levels.quantity?.into())),
        ReplenishmentPolicy::BaseStock | ReplenishmentPolicy::PeriodicOrderUpTo => Some(Rule::UpTo(up_to?)),
    }
}

/// What is planned of a pair, from when on: its levels, if it is bought for.
pub type Planned = Vec<(i64, Option<Rule>)>;

/// What is planned of each pair, by warehouse and product.
pub fn plan(model: &Model) -> Vec<Vec<Planned>> {
    let mut plan = vec![vec![vec![]; model.products().len()]; model.warehouses().len()];
    let Some(policy) = model.replenishment() else { return plan };
    for row in backorder::experiment::planned(model) {
        let levels = rule(policy.policy, row.levels);
        plan[row.warehouse.index()][row.product.index()].push((row.from.0, levels));
    }
    plan.iter_mut().flatten().for_each(|rows| rows.sort_by_key(|row| row.0));
    plan
}

/// The moments in which levels may become others, ascending.
pub fn moments(model: &Model) -> Vec<i64> {
    let later = model.replenishment().into_iter().flat_map(|policy| &policy.later).map(|row| row.from.0);
    let mut all: Vec<i64> = later.chain(plan(model).into_iter().flatten().flatten().map(|row| row.0)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Rule {
    /// With `reorder_point_factor`: a reorder point above 0 so many times as high, and the order-up-to level higher by as much;
    /// without a reorder point, that level so many times as high.
    pub fn raised(self, factor: f64) -> Self {
        let times = |level: i64| if level > 0 { (level as f64 * factor).round_ties_even() as i64 } else { level };
        match self {
            Self::MinMax(point, up_to) => Self::MinMax(times(point), up_to + times(point) - point),
            Self::FixedQuantity(point, quantity) => Self::FixedQuantity(times(point), quantity),
            Self::UpTo(up_to) => Self::UpTo(times(up_to)),
        }
    }
}

impl World<'_> {
    /// The levels of a pair now; `None` if it is not bought for.
    pub fn levels(&self, warehouse: usize, product: usize) -> Option<Rule> {
        let policy = self.model.replenishment()?;
        if policy.kept.is_some() {
            return self.planned(warehouse, product, self.now);
        }
        let written = rule(policy.policy, written(policy, warehouse, product, self.now));
        match written {
            Some(levels) => Some(levels.raised(policy.reorder_point_factor)),
            None if has_target(self.model, policy, product) => self.planned(warehouse, product, self.now),
            None => None,
        }
    }

    /// The levels that the plan states for a pair at a moment.
    pub fn planned(&self, warehouse: usize, product: usize, at: i64) -> Option<Rule> {
        self.plan[warehouse][product].iter().rfind(|row| row.0 <= at)?.1
    }

    /// The next moment in which levels may become others.
    pub fn next_levels(&self) -> Option<i64> {
        self.moments.iter().copied().find(|&at| at > self.now)
    }
}
