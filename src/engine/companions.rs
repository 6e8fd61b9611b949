//! What is bought together, laid out for drawing: a further line looks at its group alone, not at all that is known of each product.

use std::ops::Range;

use crate::domain::{Model, ProductId};

/// The products of each affinity group with their shares, group by group, and where the group of each product stands among them.
pub(super) struct Companions {
    members: Vec<(ProductId, f64)>,
    of: Vec<Range<u32>>,
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
        Self { members, of }
    }

    /// The group of a product, itself included; nothing where it is in none.
    #[inline(always)]
    pub(super) fn of(&self, product: ProductId) -> &[(ProductId, f64)] {
        let Range { start, end } = self.of[product.index()];
        &self.members[start as usize..end as usize]
    }
}
