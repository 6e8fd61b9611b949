//! Where customers are, where stock is, and the lanes between them.

use super::{Cents, Picking, Span, StockOfClosed, VendorId, WarehouseId};

/// A place on earth, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Latitude, −90 to 90.
    pub lat: f64,
    /// Longitude, −180 to 180.
    pub lon: f64,
}

impl Place {
    /// Great-circle distance in kilometres by the haversine formula (Sinnott 1984), mean earth radius 6,371 km.
    pub fn km_to(self, other: Self) -> f64 {
        let radians = |degrees: f64| degrees * std::f64::consts::PI / 180.0;
        let half_sine = |angle: f64| libm::sin(angle / 2.0);
        let (north, east) = (half_sine(radians(other.lat - self.lat)), half_sine(radians(other.lon - self.lon)));
        let h = north * north + libm::cos(radians(self.lat)) * libm::cos(radians(other.lat)) * east * east;
        2.0 * 6_371.0 * libm::asin(libm::sqrt(h.min(1.0)))
    }
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
    /// What having it costs a year, whatever happens in it.
    pub fixed_cost: Cents,
    /// When it is open and how much it picks; `None` where parcels are picked the moment they are ready.
    pub picking: Option<Box<Picking>>,
    /// Its position in the scenario file, where closed warehouses count too. It names the random streams of its purchase
    /// orders, so that a warehouse draws the same lead times whichever others are open.
    pub listed_at: u32,
}

/// Which of the listed warehouses are open, where `[network] open` says that not all are.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// Ids of the closed warehouses, in file order.
    pub closed: Vec<String>,
    /// How the open ones were chosen.
    pub choice: OpeningChoice,
    /// Great-circle distance in kilometres from a customer to the nearest open warehouse, averaged over the demand; `None`
    /// where the file does not say where they all are.
    pub mean_km: Option<f64>,
    /// What became of the stock and receipt rows of the closed ones.
    pub stock_of_closed: StockOfClosed,
    /// How many such rows there were.
    pub rows_of_closed: usize,
}

/// How the open warehouses were chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OpeningChoice {
    /// The file names them.
    Named,
    /// The file says how many: those with the least mean distance to the demand.
    LeastDistance {
        /// The mean distance is at most this share above the least possible; 0 where it is known to be the least.
        gap: f64,
    },
}

/// `[network] assortment`: in which warehouses products lie that no row of their own places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Placement {
    /// In all of them.
    Everywhere,
    /// The popular ones in all, each other one in a few.
    Spread {
        /// Warehouses of a product that is not popular; at least 1.
        copies: u32,
        /// A product is popular when this share of all products, or more, is less popular than it; 1: none is.
        everywhere_above: f64,
    },
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
    /// At which reviews it is looked at: every so many, from the first; 1: at each.
    pub review_every: u32,
    /// Cost of its line of a purchase order, where it is not the vendor's.
    pub line_cost: Option<Cents>,
    /// Units that a purchase order of it is raised to, where these are not the vendor's.
    pub minimum_units: Option<u32>,
    /// Once so many units of it wait, it cannot be ordered until stock comes; `None` for no limit.
    pub max_backorders: Option<u32>,
    /// Units of which it is a multiple, where these are not the vendor's.
    pub multiple: Option<u32>,
    /// Group of products that can be swapped for one another: an index into [`Model::substitute_groups`](super::Model).
    pub substitutes: Option<u32>,
    /// Group of products bought together: an index into [`Model::affinity_groups`](super::Model).
    pub bought_with: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_an_atlas() {
        let boise = Place { lat: 43.6, lon: -116.2 };
        let oakland = Place { lat: 37.8, lon: -122.3 };
        assert!((boise.km_to(oakland) - 824.0).abs() < 5.0);
        let quarter = Place { lat: 0.0, lon: 0.0 }.km_to(Place { lat: 90.0, lon: 0.0 });
        assert!((quarter - 10_007.5).abs() < 0.1);
        assert_eq!(boise.km_to(boise), 0.0);
    }
}
