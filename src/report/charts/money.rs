//! Where the money lies: products whose waiting units are worth most, with their levels, and what is planned by warehouse and vendor.

use super::canvas::{Anchor, Canvas, Ink};
use super::heat_map::{Field, Sides, heat_map};
use super::rows::Rows;
use super::scale::Scale;
use super::{Chart, percent};
use crate::report::data::{CsvTable, Data};
use crate::report::number::{self, grouped, money};

/// So many products are drawn.
const MAX_PRODUCTS: usize = 10;
/// Warehouses and vendors that a map has at the most; of more it cannot be read.
const MAX_SIDE: usize = 12;

/// A product with what its waiting units are worth.
struct Offender {
    name: String,
    worth: f64,
    units: f64,
    levels: String,
}

/// The products whose waiting units are worth most at unit cost; nothing where no product has a cost, or none waits.
pub(super) fn offenders(data: &Data) -> Option<Chart> {
    let sheet = &data.by_product;
    let (units, worth) = (sheet.numbers("backorders_mean_units"), sheet.worth_waiting());
    let worth = |row: usize| {
        let units = units(row).filter(|&units| units > 0.0)?;
        Some((row, units, worth(row)?))
    };
    let mut found: Vec<(usize, f64, f64)> = (0..sheet.rows()).filter_map(worth).collect();
    if found.len() < 2 {
        return None;
    }
    found.sort_by(|left, right| right.2.total_cmp(&left.2));
    let all: f64 = found.iter().map(|it| it.2).sum();
    let waiting = found.len();
    found.truncate(MAX_PRODUCTS);
    let offender = |&(row, units, worth): &(usize, f64, f64)| {
        let name = sheet.cell(row, 0).to_string();
        let levels = data.levels.as_ref().and_then(|levels| levels_of(levels, &name)).unwrap_or_default();
        Offender { name, worth, units, levels }
    };
    let rows: Vec<Offender> = found.iter().map(offender).collect();
    let shown: f64 = rows.iter().map(|row| row.worth).sum();
    let caption = format!(
        "Units worth {} at unit cost wait on average; {} of {} products that ever wait are {} of it.",
        money(all, 0),
        rows.len(),
        grouped(waiting as f64, 0),
        percent(shown / all)
    );
    let labels: Vec<String> = rows
        .iter()
        .map(|row| if row.levels.is_empty() { row.name.clone() } else { format!("{}: {}", row.name, row.levels) })
        .collect();
    let highest = rows.iter().map(|row| row.worth).fold(0.0, f64::max);
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let layout = Rows::new(canvas, narrow, &labels, 74.0);
        let scale = Scale::from_zero(0.0, highest, (layout.left, layout.right), if narrow { 3 } else { 4 });
        let unit = number::currency().unwrap_or_else(|| "money".into());
        layout.axis(canvas, &scale, false, &format!("{unit}, waiting units at unit cost"));
        for (row, &y) in rows.iter().zip(&layout.middles) {
            let end = scale.at(row.worth).max(layout.left + 1.0);
            canvas.rect((layout.left, y - 7.0), (end, y + 7.0), Ink::Vermillion);
            canvas.text((canvas.width - 2.0, y), money(row.worth, 0), Ink::Text, Anchor::End);
            let units = grouped(row.units, 1);
            let levels = if row.levels.is_empty() { String::new() } else { format!("; {}", row.levels) };
            let said = format!("{}: {units} units wait, worth {} at unit cost{levels}", row.name, money(row.worth, 2));
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
    };
    let height = |narrow| Rows::height(narrow, rows.len());
    Some(Chart::new("offenders", "Where the waiting is worth most", caption, "by_product.csv", draw, height))
}

/// The levels of a product, all its warehouses together: `s 3,210, S 4,870`, `r 120, Q 60`.
fn levels_of(levels: &CsvTable, product: &str) -> Option<String> {
    // Levels that change in the course of time have several rows a pair, which add up to nothing.
    if levels.header.iter().any(|name| name == "from") {
        return None;
    }
    let names = levels.header.iter().position(|name| name == "product")?;
    let rows: Vec<usize> = (0..levels.rows()).filter(|&row| levels.cell(row, names) == product).collect();
    let sum = |name: &str| {
        let found: Vec<f64> = rows.iter().filter_map(|&row| levels.number(row, name)).collect();
        (!found.is_empty()).then(|| grouped(found.iter().sum(), 0))
    };
    match (sum("reorder_point"), sum("order_up_to"), sum("quantity")) {
        (Some(point), Some(up_to), _) => Some(format!("s {point}, S {up_to}")),
        (Some(point), None, Some(quantity)) => Some(format!("r {point}, Q {quantity}")),
        (None, Some(up_to), _) => Some(format!("S {up_to}")),
        _ => None,
    }
}

/// Capital planned by warehouse and vendor; nothing of one of either, or without costs.
pub(super) fn capital(data: &Data) -> Option<Chart> {
    let levels = data.levels.as_ref().filter(|levels| !levels.header.iter().any(|name| name == "from"))?;
    let names = |column: &str| {
        let mut names: Vec<String> = Vec::new();
        for row in 0..levels.rows() {
            let name = levels.text(row, column);
            if !name.is_empty() && !names.iter().any(|known| known == name) {
                names.push(name.to_string());
            }
        }
        names
    };
    let (warehouses, vendors) = (names("warehouse"), names("vendor"));
    if !(2..=MAX_SIDE).contains(&warehouses.len()) || !(2..=MAX_SIDE).contains(&vendors.len()) {
        return None;
    }
    let mut sums = vec![vec![0.0; vendors.len()]; warehouses.len()];
    for row in 0..levels.rows() {
        let at = |names: &[String], column: &str| names.iter().position(|name| name == levels.text(row, column));
        if let (Some(down), Some(across)) = (at(&warehouses, "warehouse"), at(&vendors, "vendor")) {
            sums[down][across] += levels.number(row, "capital").unwrap_or(0.0);
        }
    }
    let all: f64 = sums.iter().flatten().sum();
    if all <= 0.0 {
        return None;
    }
    let pairs = (0..warehouses.len()).flat_map(|down| (0..vendors.len()).map(move |across| (down, across)));
    let (down, across) = pairs.max_by(|a, b| sums[a.0][a.1].total_cmp(&sums[b.0][b.1]))?;
    let caption = format!(
        "{} is planned to lie on the shelves; most of it is of {} in {}: {}.",
        money(all, 0),
        vendors[across],
        warehouses[down],
        percent(sums[down][across] / all)
    );
    let (divisor, decimals) = shown_in(sums[down][across], all);
    let field = |down: usize, across: usize| {
        let value = sums[down][across];
        Field {
            value: Some(value),
            shown: grouped(value / divisor, decimals),
            said: format!("{} in {}: {}, {}", vendors[across], warehouses[down], money(value, 0), percent(value / all)),
        }
    };
    let fields: Vec<Vec<Field>> =
        (0..warehouses.len()).map(|down| (0..vendors.len()).map(|across| field(down, across)).collect()).collect();
    let unit = match (number::currency(), divisor > 1.0) {
        (Some(currency), true) => format!("thousands of {currency}"),
        (Some(currency), false) => format!("in {currency}"),
        (None, true) => "thousands".to_string(),
        (None, false) => "in money".to_string(),
    };
    let sides = Sides { down: unit, rows: warehouses.clone(), across: "vendor".into(), columns: vendors.clone() };
    heat_map("capital", "Capital planned, by warehouse and vendor", caption, "levels.csv", &sides, &fields)
}

/// What sums are divided by to be shown, and their decimals: thousands where the greatest has ten of them.
fn shown_in(greatest: f64, all: f64) -> (f64, usize) {
    match greatest {
        large if large >= 10_000.0 => (1_000.0, if all >= 1e6 { 0 } else { 1 }),
        middle if middle >= 100.0 => (1.0, 0),
        _ => (1.0, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_is_shown_in_thousands_only_where_there_are_some() {
        let shown = |value: f64, greatest: f64, all: f64| {
            let (divisor, decimals) = shown_in(greatest, all);
            grouped(value / divisor, decimals)
        };
        assert_eq!(shown(28.58, 40.0, 2_858.0), "28.58", "a hundred fields of a small shop");
        assert_eq!(shown(950.4, 9_000.0, 20_000.0), "950");
        assert_eq!(shown(1_234.0, 12_345.0, 90_000.0), "1.2");
        assert_eq!(shown(51_234.0, 312_345.0, 2e6), "51");
    }

    #[test]
    fn levels_of_a_product_are_those_of_all_its_warehouses() {
        let table = |text: &str| CsvTable::read(text).expect("a table");
        let levels = "product,warehouse,reorder_point,order_up_to,quantity\na,x,10,30,\na,y,5,20,\nb,x,4,,9\nc,x,,7,\n";
        let levels = table(levels);
        let of = |product: &str| levels_of(&levels, product).unwrap_or_default();
        assert_eq!([of("a"), of("b"), of("c"), of("d")], ["s 15, S 50", "r 4, Q 9", "S 7", ""]);
        let seasonal =
            table("product,warehouse,from,reorder_point,order_up_to,quantity\na,x,0s,10,30,\na,x,28d,5,20,\n");
        assert_eq!(levels_of(&seasonal, "a"), None);
    }
}
