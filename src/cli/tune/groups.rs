//! Settings of some products: `replenishment.target.fill_rate[class A]`, `replenishment.reorder_point[vendor acme]`.
//!
//! A scenario has no such keys. What is decided for a class or a vendor's products becomes rows of `[replenishment.levels]`,
//! which every command reads.

use crate::domain::{Level, Levels, Model, ProductId, Target};
use crate::experiment::tune::{Class, Decision, Order, PairRow, classes, levels_of};
use crate::report::listed;
use crate::scenario::{Axis, Override, closest};

/// So many names are listed in a message.
const LISTED: usize = 8;

/// What is decided of some products.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The number of its axis.
    pub(super) axis: usize,
    /// Its key, with the brackets.
    key: String,
    what: What,
    /// The products, in their order.
    products: Vec<ProductId>,
    /// What each value of the axis comes to.
    orders: Vec<Order>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Level(Level),
    FillRate,
    CycleService,
}

impl What {
    const ALL: [Self; 5] = [
        Self::Level(Level::ReorderPoint),
        Self::Level(Level::OrderUpTo),
        Self::Level(Level::Quantity),
        Self::FillRate,
        Self::CycleService,
    ];

    fn key(self) -> String {
        match self {
            Self::Level(level) => format!("replenishment.{}", level.key()),
            Self::FillRate => "replenishment.target.fill_rate".into(),
            Self::CycleService => "replenishment.target.cycle_service".into(),
        }
    }

    /// What a value comes to.
    fn order(self, value: &str) -> Result<Order, String> {
        let share = || {
            let share = value.parse().ok().filter(|share: &f64| *share > 0.0 && *share < 1.0);
            share.ok_or_else(|| format!("{value} is no share between 0 and 1, such as 0.95"))
        };
        match self {
            Self::Level(level) => {
                // A reorder point below 0 waits until so many units are owed.
                let (least, bound) = match level {
                    Level::ReorderPoint => (i32::MIN, ""),
                    Level::OrderUpTo => (0, ", 0 or more"),
                    Level::Quantity => (1, ", 1 or more"),
                };
                let units = value.parse().ok().filter(|units| *units >= least);
                let units = units.ok_or_else(|| format!("{value} is no whole number of units{bound}"))?;
                Ok(Order::Level(level, units))
            }
            Self::FillRate => share().map(|share| Order::Target(Target::UnitFill(share))),
            Self::CycleService => share().map(|share| Order::Target(Target::CycleService(share))),
        }
    }
}

/// Whether a key names some products.
pub(super) fn is_of_some(key: &str) -> bool {
    key.contains('[')
}

/// The axes that are about some products.
///
/// # Errors
/// All that is wrong with them: a sentence each that names what there is.
pub(super) fn groups(axes: &[Axis], model: &Model) -> Result<Vec<Group>, Vec<String>> {
    let classes = classes(model);
    let (mut groups, mut faults): (Vec<Group>, Vec<String>) = (Vec::new(), Vec::new());
    for (number, axis) in axes.iter().enumerate().filter(|(_, axis)| is_of_some(&axis.key)) {
        match Group::new(number, axis, model, &classes) {
            Ok(group) => match groups.iter().find_map(|earlier| Some((earlier, earlier.clash(&group)?))) {
                Some((earlier, product)) => faults.push(format!(
                    "`{}` and `{}` both decide about \"{}\"",
                    earlier.key,
                    group.key,
                    model.products[product.index()].id
                )),
                None => groups.push(group),
            },
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(groups) } else { Err(faults) }
}

impl Group {
    fn new(number: usize, axis: &Axis, model: &Model, classes: &[Class]) -> Result<Self, String> {
        let wrong = |why: String| format!("`{}`: {why}", axis.key);
        let (path, rest) = axis.key.split_once('[').unwrap_or((&axis.key, ""));
        let which =
            rest.strip_suffix(']').ok_or_else(|| wrong("the bracket is not closed by a `]` at its end".into()))?;
        let what = What::ALL.into_iter().find(|what| what.key() == path.trim()).ok_or_else(|| {
            let keys: Vec<String> = What::ALL.into_iter().map(What::key).collect();
            wrong(format!("of some products can be decided {}; any other setting holds for all", listed(&keys)))
        })?;
        let Some(replenishment) = &model.replenishment else {
            return Err(wrong("the scenario has no [replenishment], so there are no levels to decide".into()));
        };
        let policy = replenishment.policy;
        if let What::Level(level) = what
            && !policy.needs().contains(&level)
        {
            let needs: Vec<String> = policy.needs().iter().map(|level| level.key().to_string()).collect();
            let word = crate::domain::settings::Words::word(policy);
            return Err(wrong(format!("the policy \"{word}\" goes by {}", listed(&needs))));
        }
        let products = products(which, model, classes).map_err(&wrong)?;
        let orders = axis.values.iter().map(|value| what.order(&value.name));
        let orders = orders.collect::<Result<_, _>>().map_err(wrong)?;
        Ok(Self { axis: number, key: axis.key.clone(), what, products, orders })
    }

    /// A product of which another one decides the same.
    fn clash(&self, other: &Self) -> Option<ProductId> {
        let is_target = |what| matches!(what, What::FillRate | What::CycleService);
        if self.what != other.what && !(is_target(self.what) && is_target(other.what)) {
            return None;
        }
        self.products.iter().copied().find(|product| other.products.binary_search(product).is_ok())
    }

    /// How many products it decides about.
    pub(super) fn count(&self) -> usize {
        self.products.len()
    }

    /// What a level of its axis decides.
    pub(super) fn decision(&self, level: u32) -> Decision<'_> {
        Decision { products: &self.products, order: self.orders[level as usize] }
    }

    /// What it is today: the level of its products, or from which to which they go; of a target, the scenario's.
    pub(super) fn today(&self, model: &Model) -> Option<String> {
        let level = match self.what {
            What::Level(level) => level,
            What::FillRate | What::CycleService => {
                return match (self.what, model.replenishment.as_ref()?.target?) {
                    (What::FillRate, Target::UnitFill(share)) | (What::CycleService, Target::CycleService(share)) => {
                        Some(share.to_string())
                    }
                    _ => None,
                };
            }
        };
        let units = self.rows(levels_of(model)).filter_map(|levels| levels.get(level));
        let (least, most) = units.fold((i32::MAX, i32::MIN), |(least, most), it| (least.min(it), most.max(it)));
        match least.cmp(&most) {
            std::cmp::Ordering::Less => Some(format!("{least} to {most}")),
            std::cmp::Ordering::Equal => Some(least.to_string()),
            std::cmp::Ordering::Greater => None,
        }
    }

    /// The value nearest to what theory proposes for a target, whose levels are `rows`; `share` is the target.
    pub(super) fn by_theory(&self, rows: &[PairRow], share: f64) -> Option<f64> {
        let What::Level(level) = self.what else { return Some(share) };
        let units: Vec<f64> = self.rows(rows.to_vec()).filter_map(|levels| levels.get(level)).map(f64::from).collect();
        (!units.is_empty()).then(|| units.iter().sum::<f64>() / units.len() as f64)
    }

    fn rows(&self, rows: Vec<PairRow>) -> impl Iterator<Item = Levels> {
        let is_its = |product: &ProductId| self.products.binary_search(product).is_ok();
        rows.into_iter().filter(move |(_, product, _)| is_its(product)).map(|(_, _, levels)| levels)
    }
}

/// The products that a bracket names.
fn products(which: &str, model: &Model, classes: &[Class]) -> Result<Vec<ProductId>, String> {
    let (kind, name) = which.trim().split_once(' ').unwrap_or((which.trim(), ""));
    let name = name.trim();
    let ids = |is_in: &dyn Fn(usize) -> bool| {
        (0..model.products.len()).filter(|&index| is_in(index)).map(ProductId::from_index).collect::<Vec<_>>()
    };
    match kind {
        "class" => {
            let class = Class::ALL.into_iter().find(|class| format!("{class:?}").eq_ignore_ascii_case(name));
            let class = class.ok_or(format!("there is no class \"{name}\"; the classes are A, B and C"))?;
            let found = ids(&|index| classes[index] == class);
            if found.is_empty() {
                let count = |class| classes.iter().filter(|&&it| it == class).count();
                let counts: Vec<String> = Class::ALL.map(|class| format!("{} in {class:?}", count(class))).to_vec();
                return Err(format!("no product is in class {class:?}; there are {}", listed(&counts)));
            }
            Ok(found)
        }
        "vendor" => {
            let vendor = model.vendors.iter().position(|vendor| vendor.id == name);
            let vendor =
                vendor.ok_or_else(|| unknown("vendor", name, model.vendors.iter().map(|it| it.id.as_str())))?;
            let found = ids(&|index| model.products[index].vendor.is_some_and(|it| it.index() == vendor));
            if found.is_empty() {
                return Err(format!("no product comes from the vendor \"{name}\""));
            }
            Ok(found)
        }
        "product" => {
            let found = ids(&|index| model.products[index].id == name);
            if found.is_empty() {
                return Err(unknown("product", name, model.products.iter().map(|it| it.id.as_str())));
            }
            Ok(found)
        }
        _ => Err(format!(
            "`[{which}]` names no products; write [class A], [class B] or [class C], [vendor NAME], or [product ID]"
        )),
    }
}

/// That there is none of a name, and which there are.
fn unknown<'m>(kind: &str, name: &str, all: impl Iterator<Item = &'m str> + Clone) -> String {
    let meant = closest(name, all.clone()).map_or(String::new(), |meant| format!("did you mean \"{meant}\"? "));
    let (names, count): (Vec<&str>, usize) = (all.clone().take(LISTED).collect(), all.count());
    let more = if count > names.len() { format!(" and {} more", count - names.len()) } else { String::new() };
    let there = if count == 0 { "none".to_string() } else { format!("{}{more}", names.join(", ")) };
    format!("there is no {kind} \"{name}\"; {meant}there is {there}")
}

/// Rows of levels as one setting.
pub(super) fn setting_of(model: &Model, rows: &[PairRow]) -> Override {
    let text = |id: &str| toml::Value::String(id.to_string()).to_string();
    let row = |(warehouse, product, levels): &PairRow| {
        let mut row = format!(
            "{{ warehouse = {}, product = {}",
            text(&model.warehouses[warehouse.index()].id),
            text(&model.products[product.index()].id)
        );
        for level in Level::ALL {
            if let Some(units) = levels.get(level) {
                row += &format!(", {} = {units}", level.key());
            }
        }
        row + " }"
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    Override { path: "replenishment.levels".into(), value: format!("[{}]", rows.join(", ")) }
}
