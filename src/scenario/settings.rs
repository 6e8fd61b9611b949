//! `[sourcing]` and `[customers]`, whose settings depend on one another.

use super::reader::Section;
use super::report::Finding;
use crate::domain::settings::{Setting, Settings, Value, Words};
use crate::domain::{Customers, SourcingPolicy, SourcingSettings};

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
