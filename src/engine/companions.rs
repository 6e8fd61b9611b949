//! What is bought together, laid out for drawing: a further line looks at its group alone, not at all that is known of each product.

use std::ops::Range;

use crate::domain::{Model, ProductId};

/// The products of each affinity group with their shares, group by group, and where the group of each product stands among them.
pub(super) struct Companions {
    members: Vec<(ProductId, f64)>,
    of: Vec<Range<u32>>,
    /// By product, the shares of its group without its own.
    of_the_others: Vec<f64>,
}

impl Companions {
    pub(super) fn new(model: &Model) -> Self {
        let mut members = Vec::new();
        let mut of = vec![0..0; model.products.len()];
        for group in &model.affinity_groups {
            let first = members.len() as u32;
            members.extend(group.iter().map(|&product| (product, model.products[product.index()].share)));
            for product in group {
                of[product.index()] = first..members.len() as u32;
            }
        }
        let group = |product: ProductId| {
            let Range { start, end } = of[product.index()];
            &members[start as usize..end as usize]
        };
        // Added up in the order in which a draw among them adds them up, to the last bit.
        let of_the_others = (0..model.products.len()).map(ProductId::from_index).map(|product| {
            group(product)
                .iter()
                .filter(|&&(other, share)| other != product && share > 0.0)
                .map(|(_, share)| share)
                .sum()
        });
        let of_the_others = of_the_others.collect();
        Self { members, of, of_the_others }
    }

    /// The group of a product, itself included; nothing where it is in none.
    #[inline(always)]
    pub(super) fn of(&self, product: ProductId) -> &[(ProductId, f64)] {
        let Range { start, end } = self.of[product.index()];
        &self.members[start as usize..end as usize]
    }

    /// Whether two products, of which one is in a group, are in the same.
    #[inline(always)]
    pub(super) fn are_together(&self, one: ProductId, other: ProductId) -> bool {
        // Groups end at different places, and what is in none ends at 0, where no group does.
        self.of[one.index()].end == self.of[other.index()].end
    }

    /// The shares of all others in the group of a product.
    #[inline(always)]
    pub(super) fn share_of_the_others(&self, product: ProductId) -> f64 {
        self.of_the_others[product.index()]
    }
}
