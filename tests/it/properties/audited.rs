//! Everything left to chance at once: generated orders, random lead times, disruptions, coins, calls and notices. The
//! reference cannot tell what happens then; the auditor still can tell what must not.

use super::dice::Dice;
use super::draft::{DemandRow, Draft};
use super::generator;
use crate::support::replay::{NoFiles, load, replay};

/// Random scenarios it is tried on, of one replication each.
const TRIED: u64 = 150;

/// The draft of a seed, with a chance in all that can have one; every other one has docks.
fn left_to_chance(seed: u64) -> Draft {
    // Seeds that neither the differential test nor the metamorphic ones begin with.
    let mut draft = generator::draft(2_000_000 + seed);
    if seed % 2 == 1 {
        generator::add_docks(&mut Dice::new(seed), &mut draft);
    }
    draft.demand.get_or_insert(DemandRow {
        tenths: 61,
        lines: 18,
        units: 2,
        due_after: 0,
        weekly: false,
        yearly: false,
        period: None,
    });
    for vendor in &mut draft.vendors {
        vendor.random = vendor.lead_time > 0;
        vendor.disruption = vendor.disruption.or(Some((86_400, 43_200)));
    }
    for (table, key, value) in [
        ("customers", "keep_when_backordered", "0.8"),
        ("customers", "contact_after_mismatch", "0.6"),
        ("customers", "swap_share", "0.5"),
        ("customers.contact", "probability", "0.4"),
        ("customers.contact", "after", "{ exponential = { mean = \"1d\" } }"),
        ("customers.contact", "handling", "{ uniform = { min = \"0s\", max = \"2h\" } }"),
        ("rules.split", "ship_available", "0.5"),
        ("rules.notice", "delay", "{ lognormal = { mean = \"12h\", cv = 1.0 } }"),
    ] {
        draft.set(table, key, value);
    }
    draft
}

#[test]
fn whatever_chance_decides_the_auditor_has_nothing_to_object_to() {
    let mut happened = std::collections::BTreeMap::<String, u64>::new();
    for seed in 0..TRIED {
        let text = left_to_chance(seed).to_toml();
        let told = replay(&load("chance.toml", &text, &NoFiles));
        assert!(told.breaches.is_empty(), "seed {seed}: {:?} in\n{text}", told.breaches);
        for event in &told.trace {
            *happened.entry(event["event"].as_str().unwrap_or_default().to_string()).or_default() += 1;
        }
    }
    for (what, least) in [
        ("order-placed", 20 * TRIED),
        ("parcel-shipped", 5 * TRIED),
        ("line-covered", 2 * TRIED),
        ("line-swapped", TRIED / 2),
        ("line-removed", TRIED),
        ("line-auto-cancelled", TRIED),
        ("backorder-notice", TRIED),
        ("lost-at-display", TRIED),
        ("replenishment-ordered", TRIED),
        ("replenishment-expedited", TRIED / 4),
        ("disruption-began", TRIED),
        ("parcel-at-dock", TRIED),
        ("parcel-taken-back", TRIED / 20),
        ("picking-limit-reached", TRIED / 2),
        ("purchase-order-queued", TRIED / 2),
        ("purchase-order-begun", TRIED),
    ] {
        let many = happened.get(what).copied().unwrap_or(0);
        assert!(many >= least, "`{what}` happened only {many} times: {happened:#?}");
    }
}
