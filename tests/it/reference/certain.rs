//! Nothing may be left to chance: what is refused, and the constants behind degenerate probabilities.

use std::fmt;

use backorder::domain::{Capacity, Customers, Disruption, Distribution, Model, SourcingPolicy, When};

/// Why a model cannot be told without drawing random numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal(String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the reference draws no random numbers: {}", self.0)
    }
}

fn refuse(why: &str) -> Result<(), Refusal> {
    Err(Refusal(why.to_string()))
}

/// Whether all orders are scripted.
pub fn check_orders(model: &Model) -> Result<(), Refusal> {
    if model.demand().is_some() || model.period().is_some() { refuse("generated orders") } else { Ok(()) }
}

/// Whether all lead times are constant, and what vendors do before.
pub fn check_lead_times(model: &Model) -> Result<(), Refusal> {
    let constant = model.vendors().iter().all(|vendor| matches!(vendor.lead_time, Distribution::Constant(_)));
    let is_even = |capacity: &Capacity| !matches!(capacity, Capacity::ServiceTime(time) if !matches!(time, Distribution::Constant(_)));
    match model.vendors().iter().flat_map(|vendor| &vendor.capacity).all(is_even) {
        _ if !constant => refuse("lead_time is no constant"),
        true => Ok(()),
        false => refuse("service_time is no constant"),
    }
}

/// Whether a model leaves nothing else to chance.
pub fn check(model: &Model) -> Result<(), Refusal> {
    if model.trace().is_some() {
        return refuse("replayed orders");
    }
    if model.sourcing().policy == SourcingPolicy::ShadowPrices {
        // And a linear program in every history. Instead, `policy::sourcing` checks prices against the cost of a unit fewer, found
        // without prices, and the choice at given prices against trying every assignment.
        return refuse("shadow prices need a forecast");
    }
    check_customers(model.customers(), model.rules().split.ship_available)?;
    for class in model.classes() {
        check_customers(&class.customers, class.ship_available.unwrap_or(1.0))?;
    }
    let mut spans = vec![("notice.delay", &model.rules().notice.delay)];
    for customers in model.classes().iter().map(|class| &class.customers).chain([model.customers()]) {
        if let Some(contact) = &customers.contact {
            spans.extend([("contact.after", &contact.after), ("contact.handling", &contact.handling)]);
        }
    }
    spans.extend(model.due_after().map(|after| ("due_after", after)));
    for vendor in model.vendors() {
        spans.extend(vendor.expedite.iter().map(|offer| ("expedite.lead_time", &offer.lead_time)));
        if let Some(Disruption { every, lasts }) = &vendor.disruption {
            spans.extend([("disruption.every", every), ("disruption.lasts", lasts)]);
        }
    }
    for event in model.events() {
        if let When::Random { every, lasts } = &event.when {
            spans.extend([("every", every), ("lasts", lasts)]);
        }
    }
    for (name, distribution) in spans {
        if !matches!(distribution, Distribution::Constant(_)) {
            return refuse(&format!("{name} is no constant"));
        }
    }
    for vendor in model.vendors() {
        if let Some(Disruption { every, lasts }) = &vendor.disruption
            && seconds(every) + seconds(lasts) == 0
        {
            return refuse("a disruption that comes and goes within one second for ever");
        }
    }
    Ok(())
}

/// Whether customers are sure of what they do.
fn check_customers(customers: &Customers, ship_available: f64) -> Result<(), Refusal> {
    for (name, probability) in [
        ("keep_when_backordered", customers.keep_when_backordered),
        ("contact.probability", customers.contact_probability(false)),
        ("contact_after_mismatch", customers.contact_probability(true)),
        ("ship_available", ship_available),
    ] {
        if probability != 0.0 && probability != 1.0 {
            return refuse(&format!("{name} is {probability}"));
        }
    }
    let callers = customers.contact_probability(false) + customers.contact_probability(true) > 0.0;
    if callers && customers.swap_share != 0.0 && customers.swap_share != 1.0 {
        return refuse(&format!("swap_share is {}", customers.swap_share));
    }
    Ok(())
}

/// A constant duration in whole seconds.
pub fn seconds(distribution: &Distribution) -> i64 {
    match distribution {
        Distribution::Constant(value) => value.round() as i64,
        other => panic!("{other:?} passed the check"),
    }
}

/// What a duration is on average, in whole seconds.
pub fn mean_seconds(distribution: &Distribution) -> i64 {
    distribution.mean().round() as i64
}
