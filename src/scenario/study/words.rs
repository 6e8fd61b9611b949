//! What a setting is called in a sentence, made of its path.

/// Parts that say nothing without the one before them.
const NEED_THE_TABLE: [&str; 9] = ["policy", "after", "within", "every", "share", "follow", "units", "factor", "mean"];

/// Tables whose rows have identifiers.
const NAMED_ROWS: [&str; 7] = ["vendors", "products", "warehouses", "zones", "lanes", "customer_classes", "events"];

/// Settings whose path says less than users do.
const KNOWN: [(&str, &str); 4] = [
    ("network.open", "open warehouses"),
    ("demand.orders_per_day", "orders a day"),
    ("rules.cancellation.after", "cancellation after"),
    ("replenishment.order_up_to", "order-up-to level"),
];

/// A setting in words: `reorder point` of `replenishment.reorder_point`, `lead time of acme` of `vendors.acme.lead_time`. What
/// is no path stays as it is.
pub(super) fn setting(path: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_said_as_one_speaks() {
        for (path, said) in [
            ("replenishment.reorder_point", "reorder point"),
            ("replenishment.target.fill_rate", "target fill rate"),
            ("sourcing.policy", "sourcing policy"),
            ("rules.split.ship_available", "split ship available"),
            ("rules.cancellation.after", "cancellation after"),
            ("network.open", "open warehouses"),
            ("run.horizon", "horizon"),
            ("vendors.far-east.lead_time", "lead time of far-east"),
            ("policy", "policy"),
            ("customer_classes.gold.contact.probability", "contact probability of gold"),
            ("vendors.\"v.1\".lead_time", "vendors.\"v.1\".lead_time"),
        ] {
            assert_eq!(setting(path), said);
        }
    }
}
