//! `[products.generate]`: an assortment made up from a few figures, the same for every `[run] seed`.

use super::assortment::Products;
use super::item::{Item, Range};
use super::memory::Allowance;
use super::names::Names;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::tree::Value;
use crate::domain::{Cents, Levels, Product, ProductId, VendorId};
use crate::random::{AliasTable, Family, Purpose, Sampler, Stream};

/// Makes up products as the table `item` asks; `None` where it cannot be read, which has then been reported.
pub fn read(
    item: &Item<'_>,
    vendors: &Names,
    warehouses: usize,
    allowance: Allowance,
    products: &mut Products,
) -> Option<()> {
    if let Some(file) = item.node.entry("file") {
        let message = "[products] has both `file` and `generate`".to_string();
        item.cx.sink.push(Finding::error("clash", file.key_at, message).help("keep one of the two"));
        return None;
    }
    let table = Section::new(item.cx, item.node, &schema::PRODUCTS_GENERATED)?;
    let table = table.written_table("generate", &schema::GENERATE)?;
    let plan = MadeUp::read(&table, vendors)?;
    if !allowance.allows_generated(&table.item("count")?, plan.count, warehouses) {
        return None;
    }
    let at = table.at;
    for index in 0..plan.count {
        let product = plan.product(index);
        products.names.add_generated(product.id.clone(), at);
        products.list.push(product);
    }
    products.levels = vec![Levels::default(); plan.count];
    products.targets = vec![None; plan.count];
    products.substitute_groups = groups(plan.count, |index| plan.substitute_group(index));
    products.affinity_groups = groups(plan.count, |index| plan.affinity_group(index));
    Some(())
}

/// What to make up.
struct MadeUp {
    count: usize,
    prefix: String,
    draws: Family,
    zipf: f64,
    price: Sampler,
    margin: Sampler,
    weight_kg: Sampler,
    vendors: Option<(AliasTable, Vec<VendorId>)>,
    substitutes: Option<usize>,
    bought_with: Option<usize>,
}

impl MadeUp {
    fn read(table: &Section<'_>, vendors: &Names) -> Option<Self> {
        let (count, prefix, seed) = (table.read("count"), table.read("prefix"), table.read("seed"));
        let zipf = popularity(table);
        let sampler = |key| Some(Sampler::continuous(&table.read(key)?));
        let (price, margin, weight_kg) = (sampler("price"), margin(table), sampler("weight_kg"));
        let vendors = vendor_shares(table, vendors);
        let (substitutes, bought_with) = (grouping(table, "substitutes"), grouping(table, "bought_with"));
        Some(Self {
            count: count?,
            prefix: prefix?,
            draws: Family::new(seed?, 0, Purpose::Assortment),
            zipf: zipf?,
            price: price?,
            margin: margin?,
            weight_kg: weight_kg?,
            vendors: vendors?,
            substitutes: substitutes?,
            bought_with: bought_with?,
        })
    }

    fn product(&self, index: usize) -> Product {
        let mut stream: Stream = self.draws.of(index as u64);
        let digits = self.count.to_string().len();
        let price = Cents::from_decimal(self.price.draw(&mut stream).clamp(0.0, Range::MONEY.max));
        let margin = self.margin.draw(&mut stream).clamp(0.0, 1.0);
        let weight_kg = self.weight_kg.draw(&mut stream).max(0.0);
        let vendor = self.vendors.as_ref().map(|(table, ids)| ids[table.draw(&mut stream) as usize]);
        Product {
            id: format!("{}{:0digits$}", self.prefix, index + 1),
            vendor,
            price,
            unit_cost: Cents::from_decimal(price.decimal() * (1.0 - margin)),
            weight_kg,
            share: libm::pow((index + 1) as f64, -self.zipf),
            review_every: 1,
            line_cost: None,
            minimum_units: None,
            max_backorders: None,
            multiple: None,
            substitutes: self.substitute_group(index),
            bought_with: self.affinity_group(index),
        }
    }

    /// Neighbours in rank, so that a substitute is about as popular.
    fn substitute_group(&self, index: usize) -> Option<u32> {
        self.substitutes.map(|size| (index / size) as u32)
    }

    /// Products that lie far apart in rank: every group has a popular one.
    fn affinity_group(&self, index: usize) -> Option<u32> {
        self.bought_with.map(|size| (index % self.count.div_ceil(size)) as u32)
    }
}

fn groups(count: usize, group: impl Fn(usize) -> Option<u32>) -> Vec<Vec<ProductId>> {
    let mut groups: Vec<Vec<ProductId>> = Vec::new();
    for index in 0..count {
        if let Some(group) = group(index) {
            let group = group as usize;
            if groups.len() <= group {
                groups.resize(group + 1, Vec::new());
            }
            groups[group].push(ProductId::from_index(index));
        }
    }
    groups
}

/// The exponent of Zipf's law.
fn popularity(table: &Section<'_>) -> Option<f64> {
    match table.written("popularity") {
        Some(item) => Section::new(table.cx, item.node, &schema::POPULARITY)?.read("zipf"),
        None => Section::absent(table.cx, table.at, &schema::POPULARITY).read("zipf"),
    }
}

fn margin(table: &Section<'_>) -> Option<Sampler> {
    if let Some(item) = table.written("margin")
        && !matches!(item.node.value, Value::Table(_))
    {
        item.share()?;
    }
    Some(Sampler::continuous(&table.read("margin")?))
}

/// `Some(None)` where there is no grouping.
fn grouping(table: &Section<'_>, key: &'static str) -> Option<Option<usize>> {
    let Some(item) = table.written(key) else { return Some(None) };
    let title = format!("`{key}`");
    let grouping = Section::titled(table.cx, item.node, &title, &schema::GROUPING)?;
    grouping.read("group_size").map(Some)
}

/// The vendors among whom products are shared out; `Some(None)` where there are none.
fn vendor_shares(table: &Section<'_>, vendors: &Names) -> Option<Option<(AliasTable, Vec<VendorId>)>> {
    let Some(item) = table.written("vendors") else {
        let ids: Vec<VendorId> = (0..vendors.len()).map(VendorId::from_index).collect();
        return Some((!ids.is_empty()).then(|| (AliasTable::new(&vec![1.0; ids.len()]), ids)));
    };
    let Value::Table(entries) = &item.node.value else {
        let message = format!("`vendors` must be a table of shares, not {}", item.node.shown());
        let expected = "vendors with their shares, such as { acme = 0.7, brand-x = 0.3 }";
        item.cx.sink.push(item.error("wrong-type", message).expected(expected));
        return None;
    };
    let (mut weights, mut ids, mut sound) = (Vec::new(), Vec::new(), true);
    for entry in entries {
        let vendor = vendors.get(&entry.key);
        if vendor.is_none() && vendors.is_complete() {
            item.cx.sink.push(vendors.unknown(entry.key_at, &entry.key).about("vendors"));
        }
        let weight = Item { cx: item.cx, node: &entry.node, key: &entry.key, key_at: entry.key_at };
        match (vendor, weight.number(Range::NOT_NEGATIVE)) {
            (Some(vendor), Some(weight)) => {
                ids.push(VendorId(vendor));
                weights.push(weight);
            }
            _ => sound = false,
        }
    }
    if sound && weights.iter().sum::<f64>() <= 0.0 {
        let message = "the shares of `vendors` sum to 0".to_string();
        item.cx.sink.push(item.error("no-shares", message).expected("at least one share above 0"));
        return None;
    }
    sound.then(|| Some((AliasTable::new(&weights), ids)))
}
