//! Zones, warehouses and lanes, which warehouses are open, vendors.

use crate::domain::StockOfClosed;
use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{
    DURATION, FLAG, LATITUDE, LONGITUDE, MONEY, NAME, RANDOM_COUNT, SHARE, SMALL_ORDINAL, SOME_TIME, WEIGHT,
};
use crate::domain::settings::{Clock, DaysOff, Hours, Kind, PickOrder, Setting, Shape, WeekDays};

table! {
    /// A customer zone.
    pub ZONE as "Zone": "a row of [[zones]]" {
        /// Its name.
        id: NAME = needed, example("us-west");
        /// Weight among the zones of generated orders; shares are normalised.
        share: WEIGHT = 1.0;
        /// Latitude in degrees; needed where there are no explicit lanes.
        lat: LATITUDE = optional, example(37.8);
        /// Longitude in degrees; needed where there are no explicit lanes.
        lon: LONGITUDE = optional, example(-122.3);
        /// Orders from here cross a border, so customs forbid shipping them in parts.
        international: FLAG = false;
        /// Units of a generated line from here, instead of those of `[demand]`.
        units_per_line: RANDOM_COUNT = optional, example({ geometric = { mean = 12 } });
    }
}

table! {
    /// On which days nobody works. Day 0, the first 24 hours of a replication, has the date that [run] `start` or a trace gives it,
    /// and is a Monday without one.
    pub CALENDAR as "Calendar": "[calendar]" {
        /// Days on which every warehouse is closed that has opening days or hours, unless its row has `holidays` of its own: dates, days of
        /// every year, or days of the run.
        holidays: DaysOff::KIND = optional, example(["2026-12-25", "01-01", "24d"]);
    }
}

table! {
    /// A warehouse.
    pub WAREHOUSE as "Warehouse": "a row of [[warehouses]]" {
        /// Its name.
        id: NAME = needed, example("boise");
        /// Latitude in degrees; needed where there are no explicit lanes.
        lat: LATITUDE = optional, example(43.6);
        /// Longitude in degrees; needed where there are no explicit lanes.
        lon: LONGITUDE = optional, example(-116.2);
        /// From a parcel's release to its departure.
        handling: DURATION = "0s";
        /// Weekdays on which it picks parcels; every day without it. A parcel that is ready waits at the dock until the warehouse opens.
        opening_days: WeekDays::KIND = optional, example("mon-fri");
        /// From when to when it picks parcels on such a day; around the clock without it.
        opening_hours: Hours::KIND = optional, example("08:00-18:00");
        /// Days on which it is closed all the same, in the place of those of [calendar].
        holidays: DaysOff::KIND = optional, example(["2026-12-25", "01-01"]);
        /// Parcels that become ready from this time of day on are picked on the next working day.
        cut_off: Clock::KIND = optional, example("15:00");
        /// Parcels are picked in waves: those that are ready at opening, and every so often after it. Without it, as they become ready.
        waves: SOME_TIME = optional, example("4h");
        /// So many parcels are picked on a working day, at most; the others stay at the dock for the next one. Without it, all.
        parcels_per_day: SMALL_ORDINAL = optional, example(400);
        /// Lines are picked one after another, so many in an hour of opening. Without it, at once.
        lines_per_hour: LINES_PER_HOUR = optional, example(120);
        /// Which parcel is picked first where several wait for a limit.
        pick_order: PickOrder::KIND = "first-come";
        /// What having it costs a year, whatever happens in it; a closed one costs nothing.
        fixed_cost: MONEY = 0.0;
    }
}

const LINES_PER_HOUR: Kind = Kind::within(&SMALL_ORDINAL, Shape::Whole(1, 1_000_000));

table! {
    /// Which of the listed warehouses are open, and in which of them products lie.
    pub NETWORK as "NetworkChoices": "[network]" {
        /// How many warehouses to open, or the ids of those; without it, all are. A number opens those with the least mean
        /// great-circle distance from a customer to the nearest one (needs `lat` and `lon`); the others vanish with their lanes
        /// and levels.
        open: OPEN = optional, example(3);
        /// What becomes of stock and receipts that are written for a closed warehouse.
        stock_of_closed: StockOfClosed::KIND = "moved";
        /// In which open warehouses products lie whose levels hold everywhere: `"all"`, or popular products in all and each
        /// other one in a few. A row of `[[stock]]`, `[[receipts]]` or `[[replenishment.levels]]` places its product in any case.
        assortment: ASSORTMENT = "all", example({ copies = 2 });
    }
}

const OPEN: Kind = Kind::new(
    "OpenWarehouses",
    "a number from 1, or a list of names",
    Shape::Either(&[SMALL_ORDINAL, Kind::new("", "ids", Shape::List(&NAME, 1, None))]),
);
const ASSORTMENT: Kind = Kind::new(
    "AssortmentChoice",
    "`\"all\"`, or a table (below)",
    Shape::Either(&[Kind::new("", "`\"all\"`", Shape::Word(&["all"])), Kind::table(&SPREAD)]),
);

table! {
    /// Popular products in every warehouse, each other one in a few: in order of popularity to those that carry least demand so
    /// far.
    pub SPREAD as "Spread": "`assortment` of [network]", AtLeastOne {
        /// Warehouses that a product lies in which is not popular; all, if there are no more.
        copies: SMALL_ORDINAL = 1, example(2);
        /// Products that are more popular than this share of all products lie everywhere: 0.8 for the most popular fifth. 1: none.
        everywhere_above: SHARE = 1.0, example(0.8);
    }
}

table! {
    /// A way from a warehouse to a zone. The warehouses with a lane to a zone are eligible for it, in ascending order of
    /// parcel cost, then transit, then the file's order.
    pub LANE as "Lane": "a row of [[lanes]]" {
        /// A warehouse's id.
        from: NAME = needed, example("boise");
        /// A zone's id.
        to: NAME = needed, example("us-west");
        /// What one parcel costs the retailer.
        parcel_cost: MONEY = 0.0;
        /// From departure to delivery.
        transit: DURATION = "0s";
    }
}
