//! `[shipping]`: what parcels cost and how long they take, by distance.

use super::declare::settings;
use super::kinds::{POSITIVE, RATE};
use crate::domain::{Cents, Span};

settings! {
    /// Cost and time of parcels by great-circle distance, where there are no explicit lanes; `cost_per_kg` counts with
    /// explicit lanes too.
    #[derive(Default)]
    pub struct Shipping: "[shipping]" {
        /// Cost of a parcel over no distance.
        parcel_base: Cents = 5.0;
        /// Added for each 1,000 km.
        parcel_per_1000_km: Cents = 1.0;
        /// Added to a parcel to an international zone.
        international_parcel: Cents = 15.0;
        /// Time of a parcel over no distance.
        transit_base: Span = "1d";
        /// Kilometres that a parcel covers in a day, on top of `transit_base`.
        km_per_day: f64 as POSITIVE = 800.0;
        /// Added to the time of a parcel to an international zone.
        international_transit: Span = "4d";
        /// Added to a parcel's cost for each kilogram in it.
        cost_per_kg: f64 as RATE = 0.0;
    }
}
