//! `[customers]`: what customers do about backorders.

use super::declare::{settings, words};
use super::kinds::{PROBABILITY, SHARE};
use crate::domain::Distribution;
use crate::domain::phrase::percent;

settings! {
    /// What customers do.
    #[derive(Default)]
    pub struct Customers: "[customers]" {
        /// Probability that a customer keeps a line displayed On Backorder; else it is lost at display.
        keep_when_backordered: f64 as PROBABILITY = 1.0,
            says "Keep a line shown On Backorder" => |customers| percent(customers.keep_when_backordered);
        /// Whether and when the customer of a backordered line calls about it. Without it, nobody calls.
        contact: Option<ContactHabit> = optional,
            says "Call about a waiting line" => |customers| {
                let contact = customers.contact.as_ref().filter(|_| customers.some_call())?;
                let called = format!("{}, after {}", percent(contact.probability), contact.after.duration_in_words());
                Some(match contact.handling.mean() {
                    0.0 => called,
                    _ => format!("{called}; it takes {} to have its effect", contact.handling.duration_in_words()),
                })
            };
        /// Replaces `contact.probability` where the line had been displayed in stock. Default: the same.
        contact_after_mismatch: Option<f64> as SHARE = optional,
            says "… where it was shown in stock" => |customers| {
                customers.some_call().then(|| percent(customers.contact_probability(true)))
            };
        /// Share of callers who want a swap; the others remove the line.
        swap_share: f64 as SHARE = 0.5,
            says "Callers who want a swap" => |customers| customers.some_call().then(|| percent(customers.swap_share));
    }
}

settings! {
    /// Whether and when the customer of a backordered line calls about it.
    pub struct ContactHabit: "`contact` of [customers]" {
        /// Probability that the customer calls.
        probability: f64 as SHARE = needed, example(0.1);
        /// From being backordered to the call.
        after: Distribution = needed, example("4d");
        /// From the call to its effect.
        handling: Distribution = "0s";
    }
}

words! {
    /// What a customer who calls wants.
    pub enum Wish {
        /// Something similar instead.
        Swap = "swap", "something similar instead";
        /// The line taken off the order.
        Remove = "remove", "the line taken off the order";
    }
}

impl Customers {
    /// The probability that the customer of a backordered line calls; `mismatch` says whether it had been displayed in stock.
    #[inline]
    pub fn contact_probability(&self, mismatch: bool) -> f64 {
        let usual = self.contact.as_ref().map_or(0.0, |contact| contact.probability);
        if mismatch { self.contact_after_mismatch.unwrap_or(usual) } else { usual }
    }

    /// Whether some customer may call.
    pub fn some_call(&self) -> bool {
        self.contact_probability(false) > 0.0 || self.contact_probability(true) > 0.0
    }

    /// Whether two replications may differ because of the customers. What callers do counts only where there are any.
    pub fn are_random(&self) -> bool {
        let tossed = |probability: f64| probability > 0.0 && probability < 1.0;
        let varies = |distribution: &Distribution| !matches!(distribution, Distribution::Constant(_));
        let calls = [self.contact_probability(false), self.contact_probability(true), self.swap_share];
        let times = self.contact.iter().flat_map(|contact| [&contact.after, &contact.handling]);
        tossed(self.keep_when_backordered)
            || (self.some_call() && (calls.into_iter().any(tossed) || times.into_iter().any(varies)))
    }
}
