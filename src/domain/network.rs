//! Where customers are, where stock is, and the lanes between them.

use super::{Cents, Span, VendorId, WarehouseId};

/// A place on earth, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Latitude, −90 to 90.
    pub lat: f64,
    /// Longitude, −180 to 180.
    pub lon: f64,
}

/// A customer zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Name in the scenario file.
    pub id: String,
    /// Weight among the zones of generated orders; not normalised, at least 0.
    pub share: f64,
    /// Orders from here cross a border, so customs forbid shipping them in parts.
    pub international: bool,
    /// Where it is, when the file says so.
    pub place: Option<Place>,
    /// The lanes that lead here in *preference order*: ascending parcel cost, then transit, then the file's order
    /// of the warehouses. The warehouses named here are the ones *eligible* for the zone.
    pub lanes: Vec<Lane>,
}

/// A way from a warehouse to a zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lane {
    /// Where the parcel starts.
    pub warehouse: WarehouseId,
    /// What one parcel costs the retailer.
    pub parcel_cost: Cents,
    /// From departure to delivery.
    pub transit: Span,
}

/// A warehouse.
#[derive(Clone, Debug, PartialEq)]
pub struct Warehouse {
    /// Name in the scenario file.
    pub id: String,
    /// Where it is, when the file says so.
    pub place: Option<Place>,
    /// From a parcel's release to its departure.
    pub handling: Span,
}

/// A product (a stock-keeping unit).
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Name in the scenario file.
    pub id: String,
    /// Who delivers it; required only where a replenishment policy orders it.
    pub vendor: Option<VendorId>,
    /// Selling price of a unit.
    pub price: Cents,
    /// What a unit costs the retailer; the base of holding cost and margin.
    pub unit_cost: Cents,
    /// Weight of a unit in kilograms; counts where `[shipping] cost_per_kg` is set.
    pub weight_kg: f64,
    /// Weight among the products of generated lines; not normalised, at least 0.
    pub share: f64,
    /// Group of products that can be swapped for one another: an index into [`Model::substitute_groups`](super::Model).
    pub substitutes: Option<u32>,
    /// Group of products bought together: an index into [`Model::affinity_groups`](super::Model).
    pub bought_with: Option<u32>,
}
