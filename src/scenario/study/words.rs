//! What a setting is called in a sentence, made of its path.

/// Parts that say nothing without the one before them.
const NEED_THE_TABLE: [&str; 11] =
    ["policy", "after", "within", "every", "share", "follow", "units", "factor", "mean", "of", "restock"];

/// Tables whose rows have identifiers.
const NAMED_ROWS: [&str; 7] = ["vendors", "products", "warehouses", "zones", "lanes", "customer_classes", "events"];

/// Settings whose path says less than users do.
const KNOWN: [(&str, &str); 4] = [
    ("network.open", "open warehouses"),
    ("demand.orders_per_day", "orders a day"),
    ("replenishment.order_up_to", "order-up-to level"),
    ("rules.split.ship_available", "share shipped ahead"),
];

/// A setting in words: `reorder point` of `replenishment.reorder_point`, `lead time of acme` of `vendors.acme.lead_time`, `reorder
/// point of class A` of `replenishment.reorder_point[class A]`. What is no path stays as it is.
pub(super) fn setting(path: &str) -> String {
    if let Some((whole, which)) = path.split_once('[') {
        return of_some(whole.trim(), which).unwrap_or_else(|| path.to_string());
    }
    if let Some((_, words)) = KNOWN.iter().find(|(known, _)| *known == path) {
        return (*words).to_string();
    }
    // An identifier in quotes may hold dots.
    if path.contains('"') {
        return path.to_string();
    }
    let parts: Vec<&str> = path.split('.').collect();
    let (Some(&last), true) = (parts.last(), parts.len() > 1) else { return path.to_string() };
    let spoken = |part: &str| part.replace('_', " ");
    if NAMED_ROWS.contains(&parts[0]) && parts.len() > 2 {
        let of = parts[2..].iter().map(|part| spoken(part)).collect::<Vec<_>>().join(" ");
        return format!("{of} of {}", parts[1]);
    }
    let table = parts[parts.len() - 2];
    if parts.len() > 2 || NEED_THE_TABLE.contains(&last) {
        format!("{} {}", spoken(table), spoken(last))
    } else {
        spoken(last)
    }
}

/// A setting of some products, those that the bracket names.
fn of_some(path: &str, which: &str) -> Option<String> {
    let (kind, name) = which.strip_suffix(']')?.trim().split_once(' ')?;
    let (said, name) = (setting(path), name.trim());
    match kind {
        "class" => Some(format!("{said} of class {}", name.to_uppercase())),
        "vendor" => Some(format!("{said} of products from {name}")),
        "product" => Some(format!("{said} of {name}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_said_as_one_speaks() {
        for (path, said) in [
            ("replenishment.reorder_point", "reorder point"),
            ("replenishment.target.fill_rate", "target fill rate"),
            ("sourcing.policy", "sourcing policy"),
            ("rules.split.ship_available", "share shipped ahead"),
            ("network.open", "open warehouses"),
            ("run.horizon", "horizon"),
            ("vendors.far-east.lead_time", "lead time of far-east"),
            ("policy", "policy"),
            ("promise.of", "promise of"),
            ("promise.within", "promise within"),
            ("customer_classes.gold.contact.probability", "contact probability of gold"),
            ("replenishment.reorder_point[class A]", "reorder point of class A"),
            ("replenishment.target.fill_rate [vendor v.1 \"x\"]", "target fill rate of products from v.1 \"x\""),
            ("replenishment.order_up_to[product towel]", "order-up-to level of towel"),
            ("replenishment.order_up_to[towel]", "replenishment.order_up_to[towel]"),
            ("vendors.\"v.1\".lead_time", "vendors.\"v.1\".lead_time"),
        ] {
            assert_eq!(setting(path), said);
        }
    }
}
