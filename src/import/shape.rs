//! What the orders look like: day by day, by lines and units, by product.

use super::orders::Orders;
use super::report::Shape;
use crate::domain::DAY;
use crate::scenario::date_of;

/// Lines and units beyond this are counted together.
const MOST: usize = 100;

/// Looks at the orders, of which there is at least one.
pub fn of(orders: &Orders) -> Shape {
    let day = |at: i64| at.div_euclid(DAY);
    let first = orders.list.iter().map(|order| day(order.at)).min().unwrap_or(0);
    let last = orders.list.iter().map(|order| day(order.at)).max().unwrap_or(0);
    let named = |day: i64| date_of(day).map_or_else(String::new, |date| date.to_string());
    let mut daily = vec![0_u32; (last - first + 1) as usize];
    let mut lines_per_order: Vec<u32> = Vec::new();
    for order in &orders.list {
        daily[(day(order.at) - first) as usize] += 1;
        count(&mut lines_per_order, order.lines.len());
    }
    let mut units_per_line: Vec<u32> = Vec::new();
    let mut units = vec![0_u64; orders.products.len()];
    for line in &orders.lines {
        count(&mut units_per_line, line.units as usize);
        units[line.product as usize] += u64::from(line.units);
    }
    let mut popularity: Vec<u64> = units.into_iter().filter(|&units| units > 0).collect();
    popularity.sort_unstable_by(|a, b| b.cmp(a));
    let busy: Vec<i64> = (first..=last).filter(|day| daily[(day - first) as usize] > 0).collect();
    let widest = busy.windows(2).max_by_key(|pair| (pair[1] - pair[0], std::cmp::Reverse(pair[0])));
    let gap =
        widest.filter(|pair| pair[1] - pair[0] > 1).map(|pair| (pair[1] - pair[0] - 1, named(pair[0]), named(pair[1])));
    let weekday = date_of(first).map_or(0, |date| date.weekday().to_monday_zero_offset() as usize);
    Shape {
        first_day: first,
        first: named(first),
        last: named(last),
        weekday,
        daily,
        gap,
        lines_per_order,
        units_per_line,
        popularity,
    }
}

/// Counts one of a number from 1.
fn count(bins: &mut Vec<u32>, number: usize) {
    let bin = number.clamp(1, MOST) - 1;
    if bins.len() <= bin {
        bins.resize(bin + 1, 0);
    }
    bins[bin] += 1;
}
