//! Who orders how much and when, in words.

use super::{count, goods, row};
use crate::domain::phrase::{grouped, percent, plain, plural};
use crate::domain::settings::Words;
use crate::domain::*;

/// The demand, generated, replayed and written by hand.
pub(super) fn demand(model: &Model) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    if let Some(demand) = &model.demand {
        rows.push(row(
            "Generated orders",
            format!("{} a day on average, a Poisson process", thousands(demand.orders_per_day)),
        ));
        rows.extend(goods::by_zone(model));
        rows.push(row("Lines an order", amount(&demand.lines_per_order, Demand::most_lines(&model.products))));
        rows.push(row("Units a line", amount(&demand.units_per_line, Demand::MAX_UNITS)));
        if demand.weekly.iter().any(|&factor| factor != 1.0) {
            rows.push(row("Factors of the week", from_day_0(&demand.weekly)));
        }
        if demand.yearly.iter().any(|&factor| factor != 1.0) {
            rows.push(row("Factors of the year", from_day_0(&demand.yearly)));
        }
        if demand.affinity > 0.0 {
            rows.push(row("Bought together", format!("{} of further lines", percent(demand.affinity))));
        }
        rows.extend(shape_of(model, &demand.shape));
    }
    if let Some(period) = &model.period {
        rows.push(row("Demand by period", by_period(model, period)));
    }
    rows.extend(model.trace.iter().flat_map(|trace| replayed(model, trace)));
    if let Some(after) = &model.due_after {
        rows.push(row("Orders fall due", format!("{} after they are placed", after.duration_in_words())));
    }
    let ahead = model.script.orders.iter().filter(|order| order.due_after > Span::ZERO).count();
    if ahead > 0 {
        rows.push(row("Orders written by hand that fall due later", count(ahead)));
    }
    if !model.script.orders.is_empty() {
        rows.push(row("Orders written by hand", count(model.script.orders.len())));
    }
    if !model.script.open_orders.is_empty() {
        rows.push(row("Orders that wait at the start", count(model.script.open_orders.len())));
    }
    if rows.is_empty() {
        rows.push(row("Orders", "none"));
    }
    rows
}

/// What is replayed, so that one file is told from another: how many orders from when to when, what they ask for, whence they come.
fn replayed(model: &Model, trace: &TraceDemand) -> Vec<(String, String)> {
    let orders = &trace.orders;
    let day = |order: &TraceOrder| trace.first_day + order.at.0.div_euclid(DAY);
    let date = |day: i64| {
        let (year, month, day) = date_of_day(day);
        format!("{year:04}-{month:02}-{day:02}")
    };
    let when = match (orders.iter().map(day).min(), orders.iter().map(day).max()) {
        (Some(first), Some(last)) if first < last => format!(" from {} to {}", date(first), date(last)),
        (Some(only), _) => format!(" on {}", date(only)),
        (None, _) => String::new(),
    };
    let mut rows = vec![row("Replayed orders", format!("{}{when}, {}", count(orders.len()), trace.resample.phrase()))];
    let lines = || orders.iter().flat_map(|order| &order.lines);
    if lines().next().is_some() {
        let mut of = vec![0_u64; model.products.len()];
        for line in lines() {
            of[line.product.index()] += u64::from(line.units);
        }
        let asked = of.iter().filter(|&&units| units > 0).count();
        let units = grouped(of.iter().sum::<u64>() as f64, 0);
        rows.push(row(
            "They ask for",
            format!(
                "{units} {} of {}, in {}",
                if units == "1" { "unit" } else { "units" },
                plural(asked, "product"),
                plural(lines().count(), "line")
            ),
        ));
    }
    let mut from = vec![0; model.zones.len()];
    for order in orders {
        from[order.zone.index()] += 1;
    }
    let shares: Vec<f64> = from.iter().map(|&orders| f64::from(orders)).collect();
    rows.extend(goods::from_zones(model, &shares).map(|how| row("Replayed orders come from", how)));
    rows
}

/// Shapes and baskets listed one by one; a file may hold many.
const MAX_SHAPES: usize = 20;

/// What sets some of the demand apart.
fn shape_of(model: &Model, shape: &DemandShape) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for found in shape.rows.iter().take(MAX_SHAPES) {
        let mut says = Vec::new();
        if found.weekly.iter().any(|&factor| factor != 1.0) {
            says.push(format!("factors of the week {}", list(&found.weekly)));
        }
        if found.yearly.iter().any(|&factor| factor != 1.0) {
            says.push(format!("factors of the year {}", list(&found.yearly)));
        }
        if found.growth != 0.0 {
            says.push(format!("grows by {} a year", percent(found.growth)));
        }
        if let Some(bursts) = &found.bursts {
            let (on, off) = (bursts.lasts.duration_in_words(), bursts.every.duration_in_words());
            says.push(format!("comes in bursts: for {on}, then not for {off}"));
        }
        rows.push(row(&format!("Demand for {}", found.about), says.join("; ")));
    }
    if shape.rows.len() > MAX_SHAPES {
        rows.push(row("…", format!("and {} more", count(shape.rows.len() - MAX_SHAPES))));
    }
    for basket in shape.baskets.iter().take(MAX_SHAPES) {
        let ids: Vec<&str> =
            basket.products.iter().map(|product| model.products[product.index()].id.as_str()).collect();
        rows.push(row("A basket", format!("{} of orders: {}", percent(basket.share), ids.join(", "))));
    }
    if shape.baskets.len() > MAX_SHAPES {
        rows.push(row("…", format!("and {} more baskets", count(shape.baskets.len() - MAX_SHAPES))));
    }
    for (zone, units) in model.zones.iter().zip(&shape.units_by_zone) {
        if let Some(units) = units {
            rows.push(row(&format!("Units a line from {}", zone.id), amount(units, Demand::MAX_UNITS)));
        }
    }
    rows
}

/// How demand comes by period: when, of how many products, and how many units.
fn by_period(model: &Model, period: &PeriodDemand) -> String {
    let when = if period.at == Span::ZERO { String::new() } else { format!(", {} after it begins", period.at) };
    let asked_for: Vec<&Distribution> = period.asked_for(&model.products).map(|(_, units)| units).collect();
    let units = match asked_for[..] {
        [first, ref others @ ..] if others.iter().all(|units| *units == first) => first.in_words(plain),
        _ => format!(
            "{} on average of all together",
            thousands(period.mean_units_per_day(&model.products) * period.period.days())
        ),
    };
    let products = match asked_for.len() {
        1 => "one product".to_string(),
        many => format!("each of {} products", count(many)),
    };
    format!("every {}{when}, of {products}: units {units}", period.period)
}

/// A distribution of a count in words, and its mean as it is drawn, in whole numbers from 1 to `most`, where that is another.
fn amount(distribution: &Distribution, most: u32) -> String {
    let said = distribution.in_words(plain);
    let drawn = distribution.count_moments(most).mean;
    if (drawn / distribution.mean() - 1.0).abs() < 0.005 {
        return said;
    }
    let most = if most == Demand::MAX_UNITS { String::new() } else { format!(" and at most {}", count(most as usize)) };
    format!("{said}; {} in whole numbers of at least 1{most}, as it is drawn", plain((drawn * 100.0).round() / 100.0))
}

fn thousands(value: f64) -> String {
    grouped(value, if value.fract() == 0.0 { 0 } else { 2 })
}

/// Factors that begin with the run, whichever weekday and month that is.
fn from_day_0(factors: &[f64]) -> String {
    format!("from day 0 on: {}", list(factors))
}

fn list(values: &[f64]) -> String {
    values.iter().map(|&value| plain(value)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_begin_with_the_first_day_of_the_run() {
        assert_eq!(from_day_0(&[1.2, 1.0, 0.5]), "from day 0 on: 1.2, 1, 0.5");
    }

    #[test]
    fn a_count_that_is_drawn_otherwise_than_it_is_given_says_so() {
        let units = |distribution| amount(&distribution, Demand::MAX_UNITS);
        assert_eq!(units(Distribution::geometric(2.0)), "2 on average (geometric, from 1)");
        let told = "0.5 on average (Poisson); 1.11 in whole numbers of at least 1, as it is drawn";
        assert_eq!(units(Distribution::poisson(0.5)), told);
        let told =
            "2.2 on average (geometric, from 1); 1.55 in whole numbers of at least 1 and at most 2, as it is drawn";
        assert_eq!(amount(&Distribution::geometric(2.2), 2), told);
    }
}
