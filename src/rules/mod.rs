//! The catalogue of the retailer's rules: one rule, one room.
//!
//! Each room opens with the rule's page (what is promised, what exactly happens, its boundaries and settings) and holds
//! pure functions from what is the case to what is decided. The engine carries decisions out; it takes none of its own.

#![deny(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout)]

pub mod auto_cancel;
pub mod backorder_display;
pub mod backorder_notice;
pub mod backorder_orderable;
pub mod decisions;
pub mod display_mismatch;
pub mod early_replenishment;
pub mod free_split;
pub mod full_backorder_hold;
pub mod international_complete;
pub mod multi_warehouse;
pub mod partial_split;
pub mod remove;
pub mod shipment_notice;
pub mod support_24_7;
pub mod swap;

use crate::domain::Model;

/// What becomes of a scenario when a rule is taken back, so that the difference shows what the rule is worth.
#[derive(Clone, Copy, Debug)]
pub enum Relaxation {
    /// The rule gives way to its opposite.
    Opposite {
        /// The settings that say so, as a scenario file has them.
        setting: &'static str,
        /// What it comes to, in words.
        means: &'static str,
        /// Changes a model to that.
        apply: fn(&mut Model),
    },
    /// The rule has no opposite that the simulator could show.
    None {
        /// Why.
        why: &'static str,
    },
}

/// A business rule, by the identifier it bears everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rule {
    /// `multi-warehouse`
    MultiWarehouse,
    /// `early-replenishment`
    EarlyReplenishment,
    /// `backorder-display`
    BackorderDisplay,
    /// `backorder-orderable`
    BackorderOrderable,
    /// `full-backorder-hold`
    FullBackorderHold,
    /// `backorder-notice`
    BackorderNotice,
    /// `shipment-notice`
    ShipmentNotice,
    /// `partial-split`
    PartialSplit,
    /// `free-split`
    FreeSplit,
    /// `swap`
    Swap,
    /// `remove`
    Remove,
    /// `auto-cancel`
    AutoCancel,
    /// `international-complete`
    InternationalComplete,
    /// `display-mismatch`
    DisplayMismatch,
    /// `support-24-7`
    Support247,
}

/// What the catalogue knows of a rule.
struct Entry {
    id: &'static str,
    promise: &'static str,
    /// The rule's room, whose opening comment is the rule's page.
    room: &'static str,
}

impl Rule {
    /// Every rule, in the order of the retailer's page.
    pub const ALL: [Self; 15] = [
        Self::MultiWarehouse,
        Self::EarlyReplenishment,
        Self::BackorderDisplay,
        Self::BackorderOrderable,
        Self::FullBackorderHold,
        Self::BackorderNotice,
        Self::ShipmentNotice,
        Self::PartialSplit,
        Self::FreeSplit,
        Self::Swap,
        Self::Remove,
        Self::AutoCancel,
        Self::InternationalComplete,
        Self::DisplayMismatch,
        Self::Support247,
    ];

    const fn entry(self) -> Entry {
        let (id, promise, room) = match self {
            Self::MultiWarehouse => (
                "multi-warehouse",
                "stock lies in several places, so almost always some is in one of them",
                include_str!("multi_warehouse.rs"),
            ),
            Self::EarlyReplenishment => (
                "early-replenishment",
                "when a product runs low, the next shipment arrives before it runs out",
                include_str!("early_replenishment.rs"),
            ),
            Self::BackorderDisplay => (
                "backorder-display",
                "an out-of-stock item shows \"On Backorder\" on its page and in the cart",
                include_str!("backorder_display.rs"),
            ),
            Self::BackorderOrderable => (
                "backorder-orderable",
                "an item on backorder can still be ordered; most are back in a few days",
                include_str!("backorder_orderable.rs"),
            ),
            Self::FullBackorderHold => (
                "full-backorder-hold",
                "when the full order is backordered, nothing ships until the items are back",
                include_str!("full_backorder_hold.rs"),
            ),
            Self::BackorderNotice => (
                "backorder-notice",
                "an e-mail within 24 hours of purchase any time items are unavailable",
                include_str!("backorder_notice.rs"),
            ),
            Self::ShipmentNotice => {
                ("shipment-notice", "a second e-mail when the order is on its way", include_str!("shipment_notice.rs"))
            }
            Self::PartialSplit => (
                "partial-split",
                "most of the time what is available ships right away, the rest separately",
                include_str!("partial_split.rs"),
            ),
            Self::FreeSplit => {
                ("free-split", "the customer is never charged for a split", include_str!("free_split.rs"))
            }
            Self::Swap => (
                "swap",
                "a customer who will not wait can swap the item for something similar",
                include_str!("swap.rs"),
            ),
            Self::Remove => {
                ("remove", "a customer who will not wait can remove the item from the order", include_str!("remove.rs"))
            }
            Self::AutoCancel => (
                "auto-cancel",
                "very rarely: after more than 30 days on backorder, cancelled with an e-mail",
                include_str!("auto_cancel.rs"),
            ),
            Self::InternationalComplete => (
                "international-complete",
                "customs: an international order is never shipped in parts",
                include_str!("international_complete.rs"),
            ),
            Self::DisplayMismatch => (
                "display-mismatch",
                "an item shown in stock can turn out \"on backorder\" once ordered",
                include_str!("display_mismatch.rs"),
            ),
            Self::Support247 => {
                ("support-24-7", "customer service answers at any hour", include_str!("support_24_7.rs"))
            }
        };
        Entry { id, promise, room }
    }

    /// The identifier used in code, tests, trace and report.
    pub const fn id(self) -> &'static str {
        self.entry().id
    }

    /// What the retailer promises, in one line.
    pub const fn promise(self) -> &'static str {
        self.entry().promise
    }

    /// What becomes of a scenario when the rule is taken back.
    pub const fn relaxed(self) -> Relaxation {
        match self {
            Self::MultiWarehouse => multi_warehouse::RELAXED,
            Self::EarlyReplenishment => early_replenishment::RELAXED,
            Self::BackorderDisplay => backorder_display::RELAXED,
            Self::BackorderOrderable => backorder_orderable::RELAXED,
            Self::FullBackorderHold => full_backorder_hold::RELAXED,
            Self::BackorderNotice => backorder_notice::RELAXED,
            Self::ShipmentNotice => shipment_notice::RELAXED,
            Self::PartialSplit => partial_split::RELAXED,
            Self::FreeSplit => free_split::RELAXED,
            Self::Swap => swap::RELAXED,
            Self::Remove => remove::RELAXED,
            Self::AutoCancel => auto_cancel::RELAXED,
            Self::InternationalComplete => international_complete::RELAXED,
            Self::DisplayMismatch => display_mismatch::RELAXED,
            Self::Support247 => support_24_7::RELAXED,
        }
    }

    /// The rule's page in Markdown: the opening comment of its room, without the example that is a test.
    pub fn page(self) -> String {
        let lines = self.entry().room.lines().map_while(|line| line.strip_prefix("//!"));
        let text: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        let end = text.iter().position(|line| line.starts_with("```")).unwrap_or(text.len());
        text[..end].join("\n").trim_end().to_string()
    }

    /// The rule with an identifier.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_names_its_rule_and_has_its_parts() {
        for rule in Rule::ALL {
            let page = rule.page();
            assert!(page.starts_with(&format!("# {}\n", rule.id())), "{page}");
            for part in ["**Promise.**", "**What happens.**", "**Boundaries.**", "**Settings.**", "**Fires**"] {
                assert!(page.contains(part), "{} lacks {part}", rule.id());
            }
            assert_eq!(Rule::from_id(rule.id()), Some(rule));
        }
    }

    #[test]
    fn no_text_for_users_leads_into_the_code() {
        for rule in Rule::ALL {
            let relaxed = match rule.relaxed() {
                Relaxation::Opposite { setting, means, .. } => format!("{setting}\n{means}"),
                Relaxation::None { why } => why.to_string(),
            };
            // A link of rustdoc names its target in brackets or as a path.
            let text = format!("{}\n{}\n{relaxed}", rule.page(), rule.promise());
            for sign in ["](", "[`", "::"] {
                let line = text.lines().find(|line| line.contains(sign));
                assert_eq!(line, None, "{}: `{sign}`", rule.id());
            }
        }
    }
}
