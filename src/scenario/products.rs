//! `[[products]]`, and the groups that products form.

use super::assortment::Products;
use super::generate;
use super::levels::{levels, target};
use super::memory::Allowance;
use super::names::Names;
use super::overrides::RowSettings;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place;
use super::suggest::closest;
use super::table::{RowTable, Rows};
use super::tree::Value;
use crate::domain::{Product, ProductId, VendorId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reads the products; `warehouses` is how many places they may lie in.
pub fn read<'c>(root: &Section<'c>, settings: &'c RowSettings<'c>, vendors: &Names, warehouses: usize) -> Products {
    let mut products = Products {
        list: Vec::new(),
        names: Names::new("product", "[[products]]"),
        units_per_period: Vec::new(),
        levels: Vec::new(),
        targets: Vec::new(),
        levels_sound: true,
        strange_vendors: BTreeSet::new(),
        substitute_groups: Vec::new(),
        affinity_groups: Vec::new(),
        groups: BTreeMap::new(),
    };
    if let Some(item) = root.written("products")
        && let Value::Table(entries) = &item.node.value
        && entries.iter().any(|entry| entry.key == "generate")
    {
        if generate::read(&item, vendors, warehouses, Allowance::read(root), &mut products).is_none() {
            products.names.incomplete();
        }
        return products;
    }
    let mut substitutes = Groups::new("substitutes");
    let mut bought_with = Groups::new("bought_with");
    let table = RowTable { key: "products", name: "[[products]]", settings };
    let rows = table.for_each(root, &schema::PRODUCT, |row| {
        let product = ProductId::from_index(products.list.len());
        let id = products.names.take(&row);
        let vendor = row.item("vendor").and_then(|item| vendors.resolve(&item)).map(VendorId);
        if vendor.is_none() && (row.written("vendor").is_some() || row.has_misspelt("vendor")) {
            products.strange_vendors.insert(product);
        }
        products.list.push(Product {
            id: id.unwrap_or_default(),
            vendor,
            price: row.read("price").unwrap_or_default(),
            unit_cost: row.read("unit_cost").unwrap_or_default(),
            weight_kg: row.read("weight_kg").unwrap_or_default(),
            // A share that cannot be read is not to look like one of 0.
            share: row.read("share").unwrap_or(1.0),
            review_every: row.read("review_every").unwrap_or(1),
            line_cost: row.read("line_cost").flatten(),
            minimum_units: row.read("minimum_units").flatten(),
            max_backorders: row.read("max_backorders").flatten(),
            multiple: row.read("multiple").flatten(),
            substitutes: substitutes.join(&row, product),
            bought_with: bought_with.join(&row, product),
        });
        products.units_per_period.push(row.read("units_per_period").unwrap_or_default());
        let target = target(&row, "target");
        products.levels_sound &= target.is_some();
        products.targets.push(target.flatten());
        products.levels.push(levels(&row, &mut products.levels_sound));
    });
    if rows != Rows::Complete {
        products.names.incomplete();
    }
    substitutes.warn_of_single_ones(root);
    bought_with.warn_of_single_ones(root);
    for group in [&substitutes, &bought_with] {
        for ((name, _), members) in group.names.iter().zip(&group.members) {
            let known = products.groups.entry(name.clone()).or_default();
            known.extend(members.iter().filter(|member| !known.contains(member)).copied().collect::<Vec<_>>());
        }
    }
    products.substitute_groups = substitutes.members;
    products.affinity_groups = bought_with.members;
    products
}

/// Groups by name. The map is only ever asked for single names.
struct Groups {
    key: &'static str,
    index: HashMap<String, u32>,
    names: Vec<(String, Place)>,
    members: Vec<Vec<ProductId>>,
}

impl Groups {
    fn new(key: &'static str) -> Self {
        Self { key, index: HashMap::new(), names: Vec::new(), members: Vec::new() }
    }

    fn join(&mut self, row: &Section<'_>, product: ProductId) -> Option<u32> {
        let item = row.item(self.key)?;
        let name = item.name()?;
        let group = self.index.get(&*name).copied().unwrap_or_else(|| {
            let next = self.members.len() as u32;
            self.index.insert(name.to_string(), next);
            self.names.push((name.to_string(), item.node.at));
            self.members.push(Vec::new());
            next
        });
        self.members[group as usize].push(product);
        Some(group)
    }

    /// A group of one is most often a slip of the pen.
    fn warn_of_single_ones(&self, root: &Section<'_>) {
        for (members, (name, place)) in self.members.iter().zip(&self.names) {
            if members.len() > 1 || root.cx.sink.is_full(place.source, "group-of-one", self.key) {
                continue;
            }
            let message = format!("\"{name}\" is a group of a single product, which then has nothing to go with");
            let others = self.names.iter().map(|(name, _)| name.as_str()).filter(|other| other != name);
            let meant = closest(name, others).map(|meant| format!("did you mean \"{meant}\"?"));
            root.cx.sink.push(Finding::warning("group-of-one", *place, message).about(self.key).help_if(meant));
        }
    }
}
