//! # swap
//!
//! **Promise.** A customer who would rather not wait can swap the item for something similar.
//!
//! **What happens.** A customer who calls about a line that still waits and wants a swap gets the first other product
//! of its group of substitutes, in file order from the top, that an eligible warehouse can supply whole, from the first
//! such warehouse in preference order (or from the assigned one). The old line ends *swapped*; a new line is added
//! under the next number, covered there at once, and follows the ordinary path: it leaves now if the order is split, or
//! with the rest of a held order.
//!
//! **Boundaries.** A product without a group has no substitute. As many units are taken as the old line had not
//! released. The new line starts a clock of its own. A line already released is out of reach.
//!
//! **Settings.** `substitutes` of a product names its group. `customers.swap_share`: share of callers who want a swap.
//! `rules.swap.if_none`: with no substitute in stock the line is removed (`"remove"`, default) or goes on waiting
//! (`"wait"`).
//!
//! **Fires** for each line swapped, and each line removed for want of a substitute.
//!
//! ```
//! use backorder::domain::ProductId;
//! use backorder::rules::swap::substitute;
//! let group = [ProductId(0), ProductId(1), ProductId(3)];
//! let soy_at_the_second = |product: ProductId| (product.0 == 3).then_some(1);
//! assert_eq!(substitute(&group, ProductId(0), soy_at_the_second), Some((ProductId(3), 1)));
//! assert_eq!(substitute(&group, ProductId(3), soy_at_the_second), None);
//! ```

use super::Relaxation;
use crate::domain::{Model, ProductId, SwapIfNone, Wish};

/// The first other product of the group that can be supplied, with who supplies it; `supplier` names the first able
/// warehouse of a product.
pub fn substitute<W>(
    group: &[ProductId],
    instead_of: ProductId,
    supplier: impl Fn(ProductId) -> Option<W>,
) -> Option<(ProductId, W)> {
    group
        .iter()
        .filter(|&&product| product != instead_of)
        .find_map(|&product| supplier(product).map(|warehouse| (product, warehouse)))
}

/// Whether a line for which there is no substitute is removed; else it goes on waiting.
#[inline]
pub const fn removes_without_substitute(if_none: SwapIfNone) -> bool {
    matches!(if_none, SwapIfNone::Remove)
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "customers.swap_share = 0",
    means: "who calls can only have the item removed",
    apply: offer_removal_alone,
};

fn offer_removal_alone(model: &mut Model) {
    model.customers.swap_share = 0.0;
    model.classes.iter_mut().for_each(|class| class.customers.swap_share = 0.0);
    model.script.contacts.iter_mut().for_each(|contact| contact.wants = Wish::Remove);
}
