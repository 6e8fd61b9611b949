//! What a plan knows for buying beyond levels and lead times: who takes several products an order, and who joins one.

use crate::domain::{BelowMinimum, Model, ProductId, VendorId};
use crate::policy::replenishment::PairLevels;
use crate::policy::replenishment::joint::can_order_level;

/// Which vendors take several products an order; a pure function of the model.
pub(super) struct JointPlan {
    /// The products of each vendor, ascending; empty for one that takes a product an order, and altogether where all do.
    pub(super) products: Vec<Vec<ProductId>>,
    /// The can-order level of each pair; empty where no product joins.
    pub(super) can_order: Vec<i32>,
}

impl JointPlan {
    pub(super) fn new(model: &Model, levels: &[PairLevels]) -> Self {
        let joint = |vendor: &VendorId| model.orders_jointly(*vendor);
        let vendors = || (0..model.vendors.len()).map(VendorId::from_index);
        let mut products = Vec::new();
        if vendors().any(|vendor| joint(&vendor)) {
            products = vec![Vec::new(); model.vendors.len()];
            for product in (0..model.products.len()).map(ProductId::from_index) {
                if let Some(vendor) = model.vendor_of(product).filter(joint) {
                    products[vendor.index()].push(product);
                }
            }
        }
        let can_order = match &model.replenishment {
            Some(settings) if let Some(share) = settings.can_order => {
                levels.iter().map(|&levels| can_order_level(settings.policy, levels, share)).collect()
            }
            _ => Vec::new(),
        };
        Self { products, can_order }
    }

    /// How many lists of wanted products there are: one for each vendor and warehouse, or none at all.
    pub(super) fn lists(&self, model: &Model) -> usize {
        self.products.len() * model.warehouses.len()
    }

    /// Whether a vendor's purchase orders take several products.
    #[inline(always)]
    pub(super) fn takes_several(&self, vendor: VendorId) -> bool {
        self.products.get(vendor.index()).is_some_and(|products| !products.is_empty())
    }

    /// Whether some order is filled up, which asks for a forecast.
    pub(super) fn fills_up(model: &Model) -> bool {
        model
            .vendors
            .iter()
            .any(|vendor| vendor.order_minimum.is_some() && vendor.below_minimum == BelowMinimum::FillUp)
    }
}
