//! ABC analysis: the class of each product by the value of its demand.

use super::forecast::forecasts;
use crate::domain::{Class, Model, ProductId, WarehouseId};
use crate::policy::assortment::Assortment;

/// The class of each product. Products are taken by the value of their forecast demand, the most valuable first: units a
/// day times unit cost, where no product has one times price, where none has a price either units alone. One belongs to
/// the first class whose share the products before it do not fill. What nobody asks for is C.
pub fn classes(model: &Model) -> Vec<Class> {
    let units = units_per_day(model);
    let cost = |index: usize| model.products[index].unit_cost.decimal();
    let price = |index: usize| model.products[index].price.decimal();
    let all = 0..model.products.len();
    let value = |index: usize| {
        let each = if all.clone().any(|it| cost(it) > 0.0) {
            cost(index)
        } else if all.clone().any(|it| price(it) > 0.0) {
            price(index)
        } else {
            1.0
        };
        units[index] * each
    };
    let values: Vec<f64> = all.clone().map(value).collect();
    let total: f64 = values.iter().sum();
    let mut order: Vec<usize> = all.collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let mut classes = vec![Class::C; values.len()];
    let mut before = 0.0;
    for index in order.into_iter().take_while(|&index| values[index] > 0.0) {
        let fits = |class: &Class| before < class.up_to() * total;
        classes[index] = Class::ALL.into_iter().find(fits).unwrap_or(Class::C);
        before += values[index];
    }
    classes
}

/// The forecast of each product over all warehouses.
fn units_per_day(model: &Model) -> Vec<f64> {
    let forecasts = forecasts(model, &Assortment::new(model));
    let of = |product: usize| {
        (0..model.warehouses.len())
            .map(|warehouse| model.pair(WarehouseId::from_index(warehouse), ProductId::from_index(product)))
            .map(|pair| forecasts[pair].mean)
            .sum()
    };
    (0..model.products.len()).map(of).collect()
}
