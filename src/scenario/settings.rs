//! `[sourcing]`, `[customers]`, `[rules]`, `[costs]`, `[promises]`.

use super::distribution::{self, Kind};
use super::item::Range;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use crate::domain::settings::Words;
use crate::domain::{
    Cents, CostRates, Customers, Distribution, Promises, RuleSettings, SourcingPolicy, SourcingSettings,
};

fn share(table: &Section<'_>, key: &'static str) -> Option<f64> {
    table.item(key)?.share()
}

fn rate(table: &Section<'_>, key: &'static str) -> Option<f64> {
    table.item(key)?.number(Range::NOT_NEGATIVE.up_to(1e9))
}

fn money(table: &Section<'_>, key: &'static str) -> Option<Cents> {
    table.item(key)?.money()
}

fn duration(table: &Section<'_>, key: &'static str) -> Option<Distribution> {
    distribution::read(&table.item(key)?, Kind::Duration)
}

/// `[sourcing]`.
pub fn sourcing(root: &Section<'_>) -> Option<SourcingSettings> {
    let table = root.table::<schema::Sourcing>("sourcing", "[sourcing]");
    let policy: Option<SourcingPolicy> = table.item("policy")?.word_of();
    let limit = table.item("spillover_lines_per_day").map(|item| item.units(0));
    let price_interval = table.item("price_interval")?.some_time();
    let policy = policy?;
    for (key, of) in [
        ("spillover_lines_per_day", SourcingPolicy::PrimarySpillover),
        ("price_interval", SourcingPolicy::ShadowPrices),
    ] {
        if let Some(item) = table.written(key).filter(|_| policy != of) {
            let message = format!("`{key}` has no effect under the policy \"{}\"", policy.word());
            let finding = Finding::warning("no-effect", item.key_at, message).about("sourcing");
            root.cx.sink.push(finding.note(format!("it works with \"{}\"", of.word())));
        }
    }
    Some(SourcingSettings {
        policy,
        spillover_lines_per_day: match limit {
            Some(limit) => Some(limit?),
            None => None,
        },
        price_interval: price_interval?,
    })
}

/// `[customers]`.
pub fn customers(root: &Section<'_>) -> Option<Customers> {
    let table = root.table::<schema::Customers>("customers", "[customers]");
    let keep_when_backordered = share(&table, "keep_when_backordered");
    let swap_share = share(&table, "swap_share");
    let after_mismatch = table.written("contact_after_mismatch").map(|item| (item, item.share()));
    let none = Distribution::Constant(0.0);
    let (probability, after, handling) = match table.written("contact") {
        None => {
            if let Some((item, Some(probability))) = &after_mismatch
                && *probability > 0.0
            {
                let message = "`contact_after_mismatch` needs `contact`, which says when a customer calls".to_string();
                let finding = item.error("missing-key", message);
                let help = "add `contact = { probability = 0.0, after = \"4d\" }`";
                table.cx.sink.push(finding.help(help));
            }
            (Some(0.0), Some(none.clone()), Some(none))
        }
        Some(item) => {
            let contact = Section::new::<schema::ContactHabit>(table.cx, item.node, "`contact` of [customers]")?;
            (share(&contact, "probability"), duration(&contact, "after"), duration(&contact, "handling"))
        }
    };
    Some(Customers {
        keep_when_backordered: keep_when_backordered?,
        contact_probability: probability?,
        contact_after_mismatch: match after_mismatch {
            Some((_, share)) => share?,
            None => probability?,
        },
        contact_after: after?,
        contact_handling: handling?,
        swap_share: swap_share?,
    })
}

/// `[rules]`.
pub fn rules(root: &Section<'_>) -> Option<RuleSettings> {
    root.settings("rules")
}

/// `[costs]`.
pub fn costs(root: &Section<'_>) -> Option<CostRates> {
    let table = root.table::<schema::Costs>("costs", "[costs]");
    let holding_rate = rate(&table, "holding_rate");
    let backorder_per_unit_day = rate(&table, "backorder_per_unit_day");
    let cancelled_order = money(&table, "cancelled_order");
    let contact = money(&table, "contact");
    let lost_margin = rate(&table, "lost_margin");
    Some(CostRates {
        holding_rate: holding_rate?,
        backorder_per_unit_day: backorder_per_unit_day?,
        cancelled_order: cancelled_order?,
        contact: contact?,
        lost_margin: lost_margin?,
    })
}

/// `[promises]`.
pub fn promises(root: &Section<'_>) -> Option<Promises> {
    let table = root.table::<schema::Promises>("promises", "[promises]");
    let network_availability_share = share(&table, "network_availability_share");
    let cycle_service_level = share(&table, "cycle_service_level");
    let back_within_3_days_share = share(&table, "back_within_3_days_share");
    let late_notice_share = share(&table, "late_notice_share");
    let shipped_ahead_share = share(&table, "shipped_ahead_share");
    let customer_split_charge = rate(&table, "customer_split_charge");
    let auto_cancelled_order_share = share(&table, "auto_cancelled_order_share");
    let international_partial_share = share(&table, "international_partial_share");
    Some(Promises {
        network_availability_share: network_availability_share?,
        cycle_service_level: cycle_service_level?,
        back_within_3_days_share: back_within_3_days_share?,
        late_notice_share: late_notice_share?,
        shipped_ahead_share: shipped_ahead_share?,
        customer_split_charge: customer_split_charge?,
        auto_cancelled_order_share: auto_cancelled_order_share?,
        international_partial_share: international_partial_share?,
    })
}
