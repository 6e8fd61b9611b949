//! What went where in the first replication, as `report.json` keeps it: for the map, and for who had to wait.

use crate::domain::{Model, Place, VendorId, WarehouseId, ZoneId};
use crate::observe::{Flows, Sent};
use serde::{Deserialize, Serialize};

/// Of more pairs of warehouse and zone nothing is kept: no drawing shows them, and the file would be large.
const MAX_PAIRS: usize = 5_000;

/// What went where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The warehouses.
    pub warehouses: Vec<Site>,
    /// The zones.
    pub zones: Vec<Site>,
    /// The vendors.
    pub vendors: Vec<String>,
    /// Units from warehouses to zones, each pair that has some.
    pub to_zones: Vec<Units>,
    /// Units from warehouses of vendors' products, likewise.
    pub of_vendors: Vec<Units>,
}

/// A place with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Latitude and longitude in degrees, where they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<[f64; 2]>,
    /// Whether orders from there cross a border.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub international: bool,
}

impl Site {
    /// Where it is, where that is known.
    pub(super) fn place(&self) -> Option<Place> {
        self.at.map(|[lat, lon]| Place { lat, lon })
    }
}

/// Units from one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Units {
    /// The warehouse, by its number in the list.
    pub warehouse: usize,
    /// The zone or vendor, by its number in the list.
    pub to: usize,
    /// How many.
    pub units: u64,
    /// How many of them waited.
    pub waited: u64,
}

impl Moved {
    /// What the flows of a model come to; nothing where nothing was sent, or of too many places.
    pub(super) fn of(model: &Model, flows: &Flows) -> Option<Self> {
        let (warehouses, zones) = (model.warehouses(), model.zones());
        if warehouses.len() * zones.len().max(model.vendors().len()) > MAX_PAIRS {
            return None;
        }
        let at = |place: Option<Place>| place.map(|Place { lat, lon }| [lat, lon]);
        let pairs = |others: usize, sent: &dyn Fn(WarehouseId, usize) -> Sent| -> Vec<Units> {
            let pairs = (0..warehouses.len()).flat_map(|warehouse| (0..others).map(move |to| (warehouse, to)));
            pairs
                .map(|(warehouse, to)| {
                    let Sent { units, waited } = sent(WarehouseId::from_index(warehouse), to);
                    Units { warehouse, to, units, waited }
                })
                .filter(|it| it.units > 0)
                .collect()
        };
        let to_zones = pairs(zones.len(), &|from, to| flows.to_zone(from, ZoneId::from_index(to)));
        let of_vendors = pairs(model.vendors().len(), &|from, of| flows.of_vendor(from, VendorId::from_index(of)));
        if to_zones.is_empty() {
            return None;
        }
        let site = |name: &str, place, international| Site { name: name.to_string(), at: at(place), international };
        Some(Self {
            warehouses: warehouses.iter().map(|it| site(&it.id, it.place, false)).collect(),
            zones: zones.iter().map(|it| site(&it.id, it.place, it.international)).collect(),
            vendors: model.vendors().iter().map(|vendor| vendor.id.clone()).collect(),
            to_zones,
            of_vendors,
        })
    }

    /// What keeps flows that were read back from being drawn.
    pub(super) fn mistakes(&self) -> Vec<String> {
        let of = |name: &str, list: &[Units], others: usize| {
            let is_wrong =
                |it: &&Units| it.warehouse >= self.warehouses.len() || it.to >= others || it.waited > it.units;
            let wrong = list.iter().filter(is_wrong).count();
            (wrong > 0).then(|| format!("`flows.{name}` has {wrong} rows that name no place of the lists"))
        };
        [of("to_zones", &self.to_zones, self.zones.len()), of("of_vendors", &self.of_vendors, self.vendors.len())]
            .into_iter()
            .flatten()
            .collect()
    }
}
