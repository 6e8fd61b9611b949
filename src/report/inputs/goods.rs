//! What is sold and who asks for it, in words: prices and costs, what is asked for most, what goes together, from whom it comes.

use super::{count, row};
use crate::domain::phrase::{grouped, money, percent, plain};
use crate::domain::{Demand, Model, Product};

/// So many vendors and zones are listed one by one.
const MAX_LISTED: usize = 12;

/// The products.
pub(super) fn products(model: &Model) -> Vec<(String, String)> {
    let products = &model.products;
    let mut rows = Vec::new();
    for (what, cents) in [
        ("A unit sells for", &(|it: &Product| it.price.decimal()) as &dyn Fn(&Product) -> f64),
        ("A unit costs", &|it: &Product| it.unit_cost.decimal()),
    ] {
        rows.extend(spread(products.iter().map(cents), |amount| money(amount, 2)).map(|how| row(what, how)));
    }
    if model.parcel_cost_per_kg > 0.0 {
        let weights = products.iter().map(|product| product.weight_kg);
        rows.extend(spread(weights, plain).map(|how| row("A unit weighs in kilograms", how)));
    }
    rows.extend(asked_for(products).filter(|_| model.demand.is_some()).map(|how| row("Asked for most", how)));
    let in_groups = |of: fn(&Product) -> Option<u32>| {
        let mut groups: Vec<u32> = products.iter().filter_map(of).collect();
        let together = groups.len();
        groups.sort_unstable();
        groups.dedup();
        let groups = match groups.len() {
            0 => return None,
            1 => "one group".to_string(),
            many => format!("{} groups", count(many)),
        };
        Some(format!("{} in {groups}", count(together)))
    };
    rows.extend(in_groups(|product| product.substitutes).map(|how| row("Swapped for one another", how)));
    let is_bought_together = |demand: &Demand| demand.affinity > 0.0;
    if model.demand.as_ref().is_some_and(is_bought_together) {
        rows.extend(in_groups(|product| product.bought_with).map(|how| row("In groups bought together", how)));
    }
    let vendors = &model.vendors;
    if (2..=MAX_LISTED).contains(&vendors.len()) {
        let of = |index: usize| products.iter().filter(|it| it.vendor.is_some_and(|it| it.index() == index)).count();
        let all: Vec<String> = vendors
            .iter()
            .enumerate()
            .map(|(index, vendor)| format!("{} from {}", count(of(index)), vendor.id))
            .collect();
        rows.push(row("They come", all.join(", ")));
    }
    let own = products.iter().filter(|product| product.line_cost.is_some()).count();
    if own > 0 {
        rows.push(row("Products with a line cost of their own", count(own)));
    }
    rows
}

/// From where generated orders come; nothing of a single zone, or of more than can be listed.
pub(super) fn by_zone(model: &Model) -> Option<(String, String)> {
    let shares: Vec<f64> = model.zones.iter().map(|zone| zone.share).collect();
    from_zones(model, &shares).map(|how| row("They come from", how))
}

/// Shares of orders, or numbers of them, by zone; nothing of a single zone, or of more than can be listed.
pub(super) fn from_zones(model: &Model, shares: &[f64]) -> Option<String> {
    let all: f64 = shares.iter().sum();
    if all <= 0.0 || !(2..=MAX_LISTED).contains(&shares.len()) {
        return None;
    }
    let of = model.zones.iter().zip(shares).map(|(zone, share)| format!("{} {}", zone.id, rounded(share / all)));
    Some(of.collect::<Vec<_>>().join(", "))
}

/// One amount, or from the least to the greatest with their mean; nothing where all are 0.
pub(super) fn spread(amounts: impl Iterator<Item = f64>, say: impl Fn(f64) -> String) -> Option<String> {
    let amounts: Vec<f64> = amounts.collect();
    let least = amounts.iter().copied().min_by(f64::total_cmp)?;
    let greatest = amounts.iter().copied().max_by(f64::total_cmp).filter(|&greatest| greatest > 0.0)?;
    let mean = amounts.iter().sum::<f64>() / amounts.len() as f64;
    let mean = (mean * 100.0).round() / 100.0;
    Some(match least == greatest {
        true => say(least),
        false => format!("{} to {}, {} on average", say(least), say(greatest), say(mean)),
    })
}

/// How uneven generated demand is: the product that is asked for most, and the first tenth of many.
fn asked_for(products: &[Product]) -> Option<String> {
    let mut shares: Vec<(f64, &str)> = products.iter().map(|it| (it.share, it.id.as_str())).collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all: f64 = shares.iter().map(|it| it.0).sum();
    let (&(most, id), &(least, _)) = (shares.first()?, shares.last()?);
    if all <= 0.0 || most == least {
        return None;
    }
    let first = format!("{id}, by {} of the lines", rounded(most / all));
    let tenth = shares.len() / 10;
    if tenth < 2 {
        return Some(first);
    }
    let of_tenth = shares[..tenth].iter().map(|it| it.0).sum::<f64>() / all;
    Some(format!("{first}; the first tenth of the products by {}", rounded(of_tenth)))
}

/// A share with as many digits as two of a per cent need.
fn rounded(share: f64) -> String {
    if share > 0.0 && share < 0.001 { percent(share) } else { format!("{} %", grouped(share * 100.0, 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cents, VendorId};
    use crate::measures::fixture;

    #[test]
    fn prices_are_told_from_the_least_to_the_greatest_with_their_mean() {
        let of = |amounts: &[f64]| spread(amounts.iter().copied(), |amount| money(amount, 2));
        assert_eq!(of(&[4.0, 4.0]).as_deref(), Some("4.00"));
        assert_eq!(of(&[1.0, 4.0, 5.0]).as_deref(), Some("1.00 to 5.00, 3.33 on average"));
        assert_eq!((of(&[0.0, 0.0]), of(&[])), (None, None));
    }

    #[test]
    fn what_is_asked_for_most_and_from_where_it_comes_is_told() {
        let mut model = fixture::model();
        let told = |model: &Model, what: &str| {
            products(model).into_iter().find(|(label, _)| label == what).map(|(_, how)| how)
        };
        model.products.truncate(2);
        model.products[0].price = Cents(1_000);
        (model.products[0].share, model.products[1].share) = (3.0, 1.0);
        assert!(told(&model, "A unit sells for").is_some_and(|how| how.contains("10.00")), "{:?}", products(&model));
        let first = model.products[0].id.clone();
        assert_eq!(asked_for(&model.products), Some(format!("{first}, by 75.0 % of the lines")));
        (model.products[0].share, model.products[1].share) = (1.0, 1.0);
        assert_eq!(asked_for(&model.products), None);
        model.products[0].substitutes = Some(0);
        model.products[1].substitutes = Some(0);
        assert_eq!(told(&model, "Swapped for one another").as_deref(), Some("2 in one group"));
        if model.vendors.len() > 1 {
            model.products[1].vendor = Some(VendorId::from_index(1));
            assert!(told(&model, "They come").is_some_and(|how| how.starts_with("1 from ")));
        }
        (model.zones[0].share, model.zones[1].share) = (9.0, 1.0);
        assert!(by_zone(&model).is_some_and(|(_, how)| how.contains(" 90.0 %")), "{:?}", by_zone(&model));
    }
}
