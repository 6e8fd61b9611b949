//! What a plan knows for buying beyond levels and lead times: who takes several products an order, and what
//! expediting is weighed by.

use crate::domain::{BelowMinimum, Expedite, ExpediteWhen, Model, ProductId, VendorId};
use crate::policy::replenishment::forecast::Forecast;
use crate::policy::replenishment::worth::Shortage;

/// Which vendors take several products an order; a pure function of the model.
pub(super) struct JointPlan {
    /// The products of each vendor, ascending; empty for one that takes a product an order, and altogether where all do.
    pub(super) products: Vec<Vec<ProductId>>,
}

impl JointPlan {
    pub(super) fn new(model: &Model) -> Self {
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
        Self { products }
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

/// What expediting is weighed by, where some vendor asks what it is worth; a pure function of the model.
pub(super) struct WorthPlan {
    /// Variance of a day's demand of each pair; empty where nobody asks.
    pub(super) variance_per_day: Vec<f64>,
    /// What being short costs of each product; empty likewise.
    pub(super) shortage: Vec<Shortage>,
    /// Whether each vendor's purchase orders are expedited only where it is worth it; empty likewise.
    weighs: Vec<bool>,
}

impl WorthPlan {
    pub(super) fn new(model: &Model, forecast: &[Forecast]) -> Self {
        let asks = |offer: &Expedite| offer.when == Some(ExpediteWhen::WorthIt);
        let weighs: Vec<bool> = model.vendors.iter().map(|vendor| vendor.expedite.as_ref().is_some_and(asks)).collect();
        if !weighs.contains(&true) {
            return Self { variance_per_day: Vec::new(), shortage: Vec::new(), weighs: Vec::new() };
        }
        Self {
            variance_per_day: forecast.iter().map(|pair| pair.variance).collect(),
            shortage: (0..model.products.len())
                .map(|product| Shortage::of(model, ProductId::from_index(product)))
                .collect(),
            weighs,
        }
    }

    /// Whether purchase orders of a vendor are expedited only where it is worth it. It is asked at whatever free stock, then.
    #[inline(always)]
    pub(super) fn weighs(&self, vendor: VendorId) -> bool {
        self.weighs.get(vendor.index()).is_some_and(|&weighs| weighs)
    }
}
