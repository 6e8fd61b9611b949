//! `[sourcing]`, `[customers]` and `[costs]`, whose settings depend on one another or on other tables.

use super::diagnostic::grouped;
use super::names::Names;
use super::reader::Section;
use super::report::Finding;
use crate::domain::settings::{Setting, Settings, Value, Words};
use crate::domain::{
    Cents, CostRates, Customers, Granularity, Model, Pool, Product, RuleSettings, SourcingPolicy, SourcingSettings,
    Wish, Zone,
};
use crate::rules::international_complete;

/// Reads `[sourcing]`.
pub fn sourcing(root: &Section<'_>) -> Option<SourcingSettings> {
    let settings: SourcingSettings = root.settings("sourcing")?;
    let table = root.table("sourcing", &SourcingSettings::TABLE);
    for (key, of) in [
        ("spillover_lines_per_day", SourcingPolicy::PrimarySpillover),
        ("price_interval", SourcingPolicy::ShadowPrices),
    ] {
        if let Some(item) = table.written(key).filter(|_| settings.policy != of) {
            let message = format!("`{key}` has no effect under the policy \"{}\"", settings.policy.word());
            let finding = Finding::warning("no-effect", item.key_at, message).about("sourcing");
            root.cx.sink.push(finding.note(format!("it works with \"{}\"", of.word())));
        }
    }
    Some(settings)
}

/// Reads `[customers]`.
pub fn customers(root: &Section<'_>) -> Option<Customers> {
    if root.written("customers").is_none() {
        return Some(Customers::default());
    }
    let table = root.written_table("customers", &Customers::TABLE)?;
    let values = table.values(&Customers::TABLE);
    if table.written("contact").is_none()
        && let Some(Value::Number(probability)) = values.get("contact_after_mismatch")
        && *probability > 0.0
        && let Some(item) = table.written("contact_after_mismatch")
    {
        let message = "`contact_after_mismatch` needs `contact`, which says when a customer calls".to_string();
        let finding = item.error("missing-key", message);
        table.cx.sink.push(finding.help("add `contact = { probability = 0.0, after = \"4d\" }`"));
    }
    values.all().map(Customers::from_value)
}

/// Warns where no order has anything to gain from being sourced anew.
pub fn warn_of_idle_reevaluation(root: &Section<'_>, model: &Model) {
    let written = root.table("sourcing", &SourcingSettings::TABLE).written("reevaluate");
    let rules = &model.rules;
    let why = if rules.split.granularity == Granularity::Order {
        "`rules.split.granularity` is \"order\", so that one warehouse serves every order"
    } else if rules.backorder.pool == Pool::Warehouse {
        "`rules.backorder.pool` is \"warehouse\", so that one warehouse serves every order"
    } else if !rules.backorder.accept {
        "no order is held where `rules.backorder.accept` is false"
    } else {
        return;
    };
    if let Some(item) = written.filter(|_| model.sourcing.reevaluate) {
        let message = format!("`reevaluate` has no effect: {why}");
        let finding = Finding::warning("no-effect", item.key_at, message).about("sourcing");
        root.cx.sink.push(finding.help("drop it, or let several warehouses serve an order that is held"));
    }
}

/// Warns of costs that nothing can cause.
pub fn warn_of_idle_costs(root: &Section<'_>, model: &Model) {
    let table = root.table("costs", &CostRates::TABLE);
    let warn = |key: &'static str, is_idle: bool, why: &str, help: &str| {
        if let Some(item) = table.written(key).filter(|_| is_idle) {
            let message = format!("`{key}` has no effect: {why}");
            root.cx.sink.push(Finding::warning("no-effect", item.key_at, message).about("costs").help(help));
        }
    };
    let costs = &model.costs;
    let nothing_waits = !model.rules.backorder.accept;
    let why = "nothing ever waits where `rules.backorder.accept` is false";
    let help = "charge what is refused by `lost_margin`, which is a share of price less unit cost";
    warn("backorder_per_unit", nothing_waits && costs.backorder_per_unit > 0.0, why, help);
    warn("backorder_per_unit_day", nothing_waits && costs.backorder_per_unit_day > 0.0, why, help);
    let why = "nobody buys, as there is no [replenishment]; receipts written by hand cost nothing";
    warn("purchase", costs.purchase && model.replenishment.is_none(), why, "drop it, or add a policy");
    let is_free = model.products.iter().all(|product| product.unit_cost == Cents::ZERO);
    let why = "no product has a `unit_cost`";
    warn("purchase", costs.purchase && model.replenishment.is_some() && is_free, why, "give products a `unit_cost`");
}

/// Warns of products that are sold below their cost, whose lost units would lower the costs, where lost units are charged.
pub fn warn_of_negative_margins(root: &Section<'_>, model: &Model, products: &Names) {
    let is_below = |product: &&Product| product.price < product.unit_cost;
    let mut below = model.products.iter().enumerate().filter(|(_, product)| is_below(product));
    let Some((index, first)) = below.next().filter(|_| model.costs.lost_margin > 0.0) else { return };
    let price = match first.price {
        Cents::ZERO => "it has no `price`".to_string(),
        price => format!("its `price` is {:.2}", price.decimal()),
    };
    let message = format!(
        "each unit of \"{}\" that is lost lowers the costs: {price}, and `lost_margin` charges price less unit cost, {:.2}",
        first.id,
        first.unit_cost.decimal()
    );
    let finding = Finding::warning("negative-margin", products.place(index), message).about("lost_margin");
    let finding = finding.help("give it the price that it is sold for, or drop `lost_margin`");
    root.cx.sink.push(match 1 + below.count() {
        1 => finding,
        all => finding.note(format!("so it is with {} of {} products", grouped(all), grouped(model.products.len()))),
    });
}

/// So many times the unit cost a year, or the margin, that a rate of it is a percentage, most likely.
const LIKE_PERCENT: f64 = 5.0;

/// Warns of rates that are shares and look like percentages.
pub fn warn_of_percentages(root: &Section<'_>, costs: &CostRates) {
    let table = root.table("costs", &CostRates::TABLE);
    for (key, rate, of) in [
        ("holding_rate", costs.holding_rate, "of unit cost a year"),
        ("lost_margin", costs.lost_margin, "of price less unit cost"),
    ] {
        if let Some(item) = table.written(key).filter(|_| rate >= LIKE_PERCENT) {
            let message =
                format!("`{key}` is {}, which is {} % {of}", item.as_written(), grouped((rate * 100.0) as usize));
            let finding = Finding::warning("like-a-percentage", item.node.at, message).about("costs");
            root.cx.sink.push(finding.help(format!("if {rate} % are meant, write {}", rate / 100.0)));
        }
    }
}

/// Warns of rules that nothing comes under.
pub fn warn_of_idle_rules(root: &Section<'_>, model: &Model) {
    const NOTHING_WAITS: &str = "nothing ever waits where `rules.backorder.accept` is false";
    const WHOLE: &str = "every order leaves whole, from one warehouse";
    const NEVER: &str = "`rules.cancellation.after` is \"never\"";
    const NOBODY: &str = "no customer calls: `contact` of [customers] says who does";
    let (rules, usual) = (&model.rules, RuleSettings::default());
    let nothing_waits = !rules.backorder.accept && model.script.open_orders.is_empty();
    let leaves_whole = |zone: &Zone| international_complete::ships_complete_only(zone.international, rules);
    let are_whole = model.zones.iter().all(leaves_whole);
    let is_never = rules.cancellation.after.is_none();
    let some_call = model.customers.some_call() || model.classes.iter().any(|class| class.customers.some_call());
    let some_swap = some_call || model.script.contacts.iter().any(|contact| contact.wants == Wish::Swap);
    let tables = root.table("rules", &RuleSettings::TABLE);
    // What stands at its default is no setting that somebody expects an effect of.
    let warn = |table: &'static str, key: &str, differs: bool, reasons: &[(bool, &str)]| {
        let entry = tables.written(table).and_then(|item| item.node.entry(key)).filter(|_| differs);
        let why = reasons.iter().find(|(holds, _)| *holds).map(|(_, why)| why);
        if let Some((entry, why)) = entry.zip(why) {
            let message = format!("`{key}` has no effect: {why}");
            root.cx.sink.push(Finding::warning("no-effect", entry.key_at, message).about("rules"));
        }
    };
    let waiting = (nothing_waits, NOTHING_WAITS);
    let (own, plain) = (&rules.backorder, usual.backorder);
    warn("backorder", "priority", own.priority != plain.priority, &[waiting]);
    warn("backorder", "full_order", own.full_order != plain.full_order, &[waiting, (are_whole, WHOLE)]);
    warn("backorder", "reserve_while_held", own.reserve_while_held != plain.reserve_while_held, &[waiting]);
    warn("backorder", "pool", own.pool != plain.pool, &[(are_whole, WHOLE)]);
    // Whoever writes of orders from abroad alone may say so, too.
    let is_whole = (rules.split.granularity == Granularity::Order, WHOLE);
    warn("split", "ship_available", rules.split.ship_available != usual.split.ship_available, &[is_whole]);
    let (own, plain) = (&rules.notice, usual.notice);
    warn("notice", "delay", own.delay != plain.delay, &[waiting]);
    warn("notice", "deadline", own.deadline != plain.deadline, &[waiting]);
    let (own, plain) = (&rules.cancellation, usual.cancellation);
    warn("cancellation", "after", !is_never && own.after != plain.after, &[waiting]);
    warn("cancellation", "clock", own.clock != plain.clock, &[waiting, (is_never, NEVER)]);
    warn("cancellation", "scope", own.scope != plain.scope, &[waiting, (is_never, NEVER)]);
    warn("swap", "if_none", rules.swap.if_none != usual.swap.if_none, &[waiting, (!some_swap, NOBODY)]);
    let customers = root.table("customers", &Customers::TABLE);
    let differs = model.customers.swap_share != Customers::default().swap_share;
    if let Some(item) = customers.written("swap_share").filter(|_| differs && !some_call) {
        let message = format!("`swap_share` has no effect: {NOBODY}");
        root.cx.sink.push(Finding::warning("no-effect", item.key_at, message).about("customers"));
    }
}

/// Warns of a charge for weight where nothing weighs anything.
pub fn warn_of_idle_weight(root: &Section<'_>, model: &Model) {
    let charge = root.written("shipping").and_then(|item| item.node.entry("cost_per_kg"));
    let weighs_nothing = model.products.iter().all(|product| product.weight_kg == 0.0);
    if let Some(entry) = charge.filter(|_| weighs_nothing && model.parcel_cost_per_kg() > 0.0) {
        let message = "`cost_per_kg` has no effect: no product has a weight".to_string();
        let finding = Finding::warning("no-effect", entry.key_at, message).about("shipping");
        root.cx.sink.push(finding.help("give products a `weight_kg`, or drop it"));
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Files, load};

    struct None;
    impl Files for None {
        fn read(&self, _: &str) -> Result<String, String> {
            Err("there are no files here".into())
        }
    }

    #[test]
    fn sourcing_anew_is_told_to_have_no_effect_where_one_warehouse_serves_every_order() {
        let warnings = |rules: &str| -> Vec<String> {
            let text = format!(
                "run = {{ horizon = \"30d\" }}\nzones = [{{ id = \"home\" }}]\nwarehouses = [{{ id = \"boise\" }}]\n\
                 lanes = [{{ from = \"boise\", to = \"home\" }}]\nproducts = [{{ id = \"whey\" }}]\n\
                 orders = [{{ at = \"1d\", zone = \"home\", lines = [{{ product = \"whey\" }}] }}]\n\
                 sourcing = {{ reevaluate = true }}\n{rules}"
            );
            let loaded = load("anew.toml", &text, &None, &[]).unwrap_or_else(|why| panic!("{why}"));
            loaded.warnings.into_iter().filter(|found| found.code == "no-effect").map(|found| found.message).collect()
        };
        assert_eq!(warnings(""), [""; 0]);
        for (rules, why) in [
            ("split = { granularity = \"order\" }", "`rules.split.granularity` is \"order\""),
            ("backorder = { pool = \"warehouse\" }", "`rules.backorder.pool` is \"warehouse\""),
            ("backorder = { accept = false }", "no order is held where `rules.backorder.accept` is false"),
        ] {
            let told = warnings(&format!("rules = {{ {rules} }}\n"));
            assert!(
                told.iter().any(|told| told.starts_with(&format!("`reevaluate` has no effect: {why}"))),
                "{told:?}"
            );
        }
    }
}
