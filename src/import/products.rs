//! What is sold: every product that an order, the stock or a purchase order names, with price, cost and vendor where an export
//! has them.

use super::complaint::Complaint;
use super::fields::Field;
use super::limits::number;
use super::names::Names;
use super::orders::Orders;
use super::rows::product_of;
use super::source::Opened;
use super::weights::Weights;
use crate::domain::phrase::{grouped, plural};
use std::collections::BTreeSet;

/// A product.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Product {
    /// Its code.
    pub id: String,
    /// What a unit is sold for.
    pub price: Option<f64>,
    /// What a unit costs.
    pub cost: Option<f64>,
    /// Kilograms of a unit.
    pub weight: Option<f64>,
    /// Who delivers it, by number.
    pub vendor: Option<u32>,
    /// Products that can stand in for it.
    pub group: Option<String>,
    /// Lines that ask for it.
    pub lines: usize,
    /// Units that are asked for.
    pub units: u64,
}

/// Everything that is sold.
#[derive(Clone, Debug, Default)]
pub struct Products {
    /// The products; first those that were ordered, in the order of the export.
    pub list: Vec<Product>,
    /// Their codes.
    pub names: Names,
    /// The vendors.
    pub vendors: Names,
}

impl Products {
    /// The products of orders, each sold for what its units brought on average.
    pub fn of(orders: &Orders) -> Self {
        let mut products = Self::default();
        let mut sums = vec![(0_usize, 0_u64, 0.0_f64, 0.0_f64, None); orders.products.len()];
        for line in &orders.lines {
            let sum = &mut sums[line.product as usize];
            sum.0 += 1;
            sum.1 += u64::from(line.units);
            if let Some(price) = line.price.filter(|price| *price > 0.0) {
                sum.2 += price * f64::from(line.units);
                sum.3 += f64::from(line.units);
            }
            sum.4 = sum.4.or(line.vendor);
        }
        for (called, (lines, units, revenue, sold, vendor)) in orders.products.iter().zip(sums) {
            if lines == 0 {
                continue;
            }
            let vendor = vendor.map(|vendor| products.vendors.number(orders.vendors.name(vendor)));
            let price = (sold > 0.0).then(|| revenue / sold);
            products.add(Product { id: called.code.clone(), price, vendor, lines, units, ..Product::default() });
        }
        products
    }

    fn add(&mut self, product: Product) -> u32 {
        let number = self.names.number(&product.id);
        if number as usize == self.list.len() {
            self.list.push(product);
        }
        number
    }

    /// The product of a code, which there is from now on.
    fn of_code(&mut self, code: &str) -> &mut Product {
        let number = self.add(Product { id: code.to_string(), ..Product::default() });
        &mut self.list[number as usize]
    }

    /// Takes in what a file says of a product: what was said before of what it is sold for holds, and what was said last of what it
    /// costs and who delivers it. An empty vendor says nothing.
    pub fn meet(&mut self, code: &str, price: Option<f64>, cost: Option<f64>, vendor: &str) -> &mut Product {
        let vendor = (!vendor.is_empty()).then(|| self.vendors.number(vendor));
        let product = self.of_code(code);
        product.price = product.price.or(price);
        product.cost = cost.or(product.cost);
        product.vendor = vendor.or(product.vendor);
        product
    }
}

/// Takes in a file of products.
///
/// # Errors
/// All that is wrong with its rows.
pub fn read(source: &Opened, products: &mut Products) -> Result<Vec<String>, Vec<Complaint>> {
    let (mut wrong, mut weights) = (Vec::new(), Weights::default());
    let (mut met, mut again, mut below_0) = (BTreeSet::new(), 0, 0);
    let (none, complaints) = source.each_view(|view| {
        let (code, _) = product_of(view);
        if code.is_empty() || view.left_out().is_some() {
            return;
        }
        again += usize::from(!met.insert(code.clone()));
        let mut above_0 = |field: Field| {
            let found = number(source, view, field, &mut wrong);
            below_0 += usize::from(found.is_some_and(|number| number < 0.0));
            found.filter(|number| *number > 0.0)
        };
        let (price, cost) = (above_0(Field::Price), above_0(Field::Cost));
        let weight = weights.read(source, view, &mut wrong).filter(|weight| *weight > 0.0);
        let group = Some(view.raw(Field::Group).to_string()).filter(|group| !group.is_empty());
        let product = products.meet(&code, None, cost, view.raw(Field::Vendor));
        // The list's price goes before what was paid with discounts.
        product.price = price.or(product.price);
        product.weight = weight.or(product.weight);
        product.group = group.or(product.group.take());
    });
    wrong.extend(complaints);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut notes = Vec::new();
    if weights.without_unit > 0 {
        let weights = match weights.without_unit {
            1 => "1 weight names no unit and is read".to_string(),
            many => format!("{} weights name no unit and are read", grouped(many as f64, 0)),
        };
        notes.push(format!("products: {weights} as kilograms; --column products.weight_unit=… names their column."));
    }
    if again > 0 {
        let rows = plural(again, "row");
        let (name, what) = if again == 1 { ("names", "it says") } else { ("name", "they say") };
        notes.push(format!("products: {rows} {name} a product again; what {what} holds."));
    }
    if below_0 > 0 {
        let amounts =
            if below_0 == 1 { "1 price or cost is".to_string() } else { format!("{below_0} prices or costs are") };
        notes.push(format!("products: {amounts} below 0, left out."));
    }
    notes.extend(none.told(source.kind));
    Ok(notes)
}
