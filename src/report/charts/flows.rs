//! Where things go: a map of warehouses and zones with what flows between them, and who had to wait, by warehouse and vendor.

use super::canvas::{Canvas, Ink, Point, SMALL, cut};
use super::front::{Labels, around};
use super::heat_map::{Field, Sides, heat_map};
use super::{Chart, percent};
use crate::domain::Place;
use crate::report::data::Data;
use crate::report::flows::{Moved, Units};
use crate::report::number::grouped;
use std::cmp::Reverse;

/// So many flows are drawn, the largest; more cannot be told apart.
const MAX_FLOWS: usize = 120;
/// Warehouses and vendors that a heat map has at the most.
const MAX_SIDE: usize = 12;
/// Zones that are named on the map, those that are sent most.
const NAMED: usize = 6;

/// A flow with both its ends.
struct Flow {
    from: Place,
    to: Place,
    units: u64,
    /// Whether no other warehouse is nearer.
    is_nearest: bool,
    /// What is said of it.
    said: String,
}

/// The map; nothing where fewer than two zones in the country, or no warehouse, have a place.
pub(super) fn map(data: &Data) -> Option<Chart> {
    map_of(data.facts.flows.as_ref()?)
}

fn map_of(moved: &Moved) -> Option<Chart> {
    let nearest = |to: Place| {
        let places = moved.warehouses.iter().filter_map(|site| site.place());
        places.map(|place| place.km_to(to)).min_by(f64::total_cmp)
    };
    let zones = sums(moved, |it| it.to, moved.zones.len());
    let flow = |it: &Units| {
        let (warehouse, zone) = (&moved.warehouses[it.warehouse], &moved.zones[it.to]);
        if zone.international {
            return None;
        }
        let (from, to) = (warehouse.place()?, zone.place()?);
        let km = from.km_to(to);
        let waited = match it.waited {
            0 => "none had to wait".into(),
            some => format!("{} had to wait", percent(some as f64 / it.units as f64)),
        };
        let said = format!(
            "{} to {}: {} units over {} km, {} of what is sent there; {waited}",
            warehouse.name,
            zone.name,
            grouped(it.units as f64, 0),
            grouped(km, 0),
            percent(it.units as f64 / zones[it.to] as f64)
        );
        Some(Flow { from, to, units: it.units, is_nearest: nearest(to).is_none_or(|least| km <= least), said })
    };
    let mut flows: Vec<Flow> = moved.to_zones.iter().filter_map(flow).collect();
    flows.sort_by_key(|flow| Reverse(flow.units));
    let mut shown: Vec<(Place, u64, &str)> = (moved.zones.iter().zip(&zones))
        .filter(|(site, units)| !site.international && **units > 0)
        .filter_map(|(site, &units)| Some((site.place()?, units, site.name.as_str())))
        .collect();
    shown.sort_by_key(|zone| Reverse(zone.1));
    let all: u64 = flows.iter().map(|flow| flow.units).sum();
    if shown.len() < 2 || all == 0 {
        return None;
    }
    let sites: Vec<(Place, &str)> =
        moved.warehouses.iter().filter_map(|site| Some((site.place()?, site.name.as_str()))).collect();
    let near: u64 = flows.iter().filter(|flow| flow.is_nearest).map(|flow| flow.units).sum();
    let km: f64 = flows.iter().map(|flow| flow.units as f64 * flow.from.km_to(flow.to)).sum::<f64>() / all as f64;
    let whole: u64 = moved.to_zones.iter().map(|it| it.units).sum();
    let apart = if whole > all {
        format!(
            " Not drawn: {} of all units, which go abroad or to places unknown.",
            percent((whole - all) as f64 / whole as f64)
        )
    } else {
        String::new()
    };
    let caption = if sites.len() > 1 {
        format!(
            "A unit travels {} km on average as the crow flies; {} come from the warehouse nearest to the customer (blue), the others \
             from one further away (orange).{apart}",
            grouped(km, 0),
            percent(near as f64 / all as f64)
        )
    } else {
        format!("A unit travels {} km on average as the crow flies.{apart}", grouped(km, 0))
    };
    let frame = Frame::of(shown.iter().map(|it| it.0).chain(sites.iter().map(|it| it.0)));
    let most = (shown[0].1 as f64, flows[0].units as f64);
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let size = (canvas.width, canvas.height);
        let at = |place: Place| frame.at(place, size);
        // The small ones first, so that the large ones lie on top.
        for flow in flows.iter().take(MAX_FLOWS).rev() {
            let ink = if flow.is_nearest { Ink::Blue } else { Ink::Orange };
            let width = (flow.units as f64 / most.1 * 9.0).max(0.8);
            canvas.area(band(at(flow.from), at(flow.to), width), ink, 0.7);
        }
        // What is said of the large ones first: the pointer finds what was said last.
        for flow in flows.iter().take(MAX_FLOWS) {
            let width = (flow.units as f64 / most.1 * 9.0).max(4.0);
            canvas.tip_within(band(at(flow.from), at(flow.to), width), flow.said.as_str());
        }
        let radius = |units: u64| (libm::sqrt(units as f64 / most.0) * 7.0).max(1.6);
        for &(place, units, _) in &shown {
            canvas.dot(at(place), radius(units), Ink::Grey);
        }
        let mut labels = Labels { taken: Vec::new(), width: canvas.width, left: 0.0, top: 0.0, bottom: canvas.height };
        for &(place, _) in &sites {
            let (x, y) = at(place);
            canvas.rect((x - 5.0, y - 5.0), (x + 5.0, y + 5.0), Ink::Text);
            labels.taken.push(around((x, y), 6.0));
        }
        for &(place, name) in &sites {
            labels.write(canvas, at(place), &cut(name, canvas.width * 0.4, SMALL));
        }
        for &(place, _, name) in shown.iter().take(if narrow { NAMED / 2 } else { NAMED }) {
            labels.write(canvas, at(place), &cut(name, canvas.width * 0.4, SMALL));
        }
        for &(place, _, name) in shown.iter().rev() {
            let (from, to) = around(at(place), 7.0);
            canvas.tip(from, to, served(moved, name));
        }
        for &(place, name) in &sites {
            let units: u64 =
                moved.to_zones.iter().filter(|it| moved.warehouses[it.warehouse].name == name).map(|it| it.units).sum();
            let (from, to) = around(at(place), 8.0);
            canvas.tip(from, to, format!("{name}: {} units sent", grouped(units as f64, 0)));
        }
    };
    Some(Chart::new("map", "Where units go", caption, "report.json", draw, |narrow| frame.height(narrow)))
}

/// What a zone is sent, and from where most of it.
fn served(moved: &Moved, name: &str) -> String {
    let to_it = || moved.to_zones.iter().filter(|it| moved.zones[it.to].name == name);
    let all: u64 = to_it().map(|it| it.units).sum();
    let most = to_it().max_by_key(|it| it.units);
    let from = most.map_or_else(String::new, |it| {
        format!("; {} of them from {}", percent(it.units as f64 / all as f64), moved.warehouses[it.warehouse].name)
    });
    format!("{name}: {} units{from}", grouped(all as f64, 0))
}

/// Units by one of their places.
fn sums(moved: &Moved, of: impl Fn(&Units) -> usize, count: usize) -> Vec<u64> {
    let mut sums = vec![0; count];
    for it in &moved.to_zones {
        sums[of(it)] += it.units;
    }
    sums
}

/// The corners of a band from one point to another, half as wide at its end, so that its way is seen; none of no length.
fn band(from: Point, to: Point, width: f64) -> Vec<Point> {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = libm::hypot(x, y);
    if length < 1.0 {
        return Vec::new();
    }
    let aside = |by: f64| (-y / length * by / 2.0, x / length * by / 2.0);
    let (begin, end) = (aside(width), aside((width / 2.0).max(0.5)));
    vec![
        (from.0 + begin.0, from.1 + begin.1),
        (to.0 + end.0, to.1 + end.1),
        (to.0 - end.0, to.1 - end.1),
        (from.0 - begin.0, from.1 - begin.1),
    ]
}

/// What part of the earth is drawn: degrees of longitude are as much shorter than those of latitude as they are in its middle.
struct Frame {
    west: f64,
    north: f64,
    /// East to west and north to south, in degrees of latitude.
    size: (f64, f64),
    shorter: f64,
}

/// Room around the outermost places, for their names.
const MARGIN: f64 = 26.0;

impl Frame {
    fn of(places: impl Iterator<Item = Place>) -> Self {
        let (mut west, mut east, mut south, mut north) = (180.0_f64, -180.0_f64, 90.0_f64, -90.0_f64);
        for Place { lat, lon } in places {
            (west, east) = (west.min(lon), east.max(lon));
            (south, north) = (south.min(lat), north.max(lat));
        }
        let shorter = libm::cos((south + north) / 2.0 * std::f64::consts::PI / 180.0).max(0.1);
        let size = (((east - west) * shorter).max(0.01), (north - south).max(0.01));
        Self { west, north, size, shorter }
    }

    fn scale(&self, (width, height): (f64, f64)) -> f64 {
        ((width - 2.0 * MARGIN) / self.size.0).min((height - 2.0 * MARGIN) / self.size.1)
    }

    fn at(&self, place: Place, canvas: (f64, f64)) -> Point {
        let scale = self.scale(canvas);
        let left = (canvas.0 - self.size.0 * scale) / 2.0;
        let top = (canvas.1 - self.size.1 * scale) / 2.0;
        (left + (place.lon - self.west) * self.shorter * scale, top + (self.north - place.lat) * scale)
    }

    /// As high as the places are at full width, within reason.
    fn height(&self, narrow: bool) -> f64 {
        let width = if narrow { super::NARROW } else { super::WIDE };
        ((width - 2.0 * MARGIN) * self.size.1 / self.size.0 + 2.0 * MARGIN).clamp(160.0, 420.0)
    }
}

/// The share of the units sent that had to wait, by warehouse and vendor; nothing of one of either, or where none waited.
pub(super) fn waited(data: &Data) -> Option<Chart> {
    waited_of(data.facts.flows.as_ref()?)
}

fn waited_of(moved: &Moved) -> Option<Chart> {
    let used = |of: fn(&Units) -> usize, count: usize| -> Vec<usize> {
        (0..count).filter(|&number| moved.of_vendors.iter().any(|it| of(it) == number)).collect()
    };
    let warehouses = used(|it| it.warehouse, moved.warehouses.len());
    let vendors = used(|it| it.to, moved.vendors.len());
    let is_map = |side: &[usize]| (2..=MAX_SIDE).contains(&side.len());
    if !is_map(&warehouses) || !is_map(&vendors) {
        return None;
    }
    let found = |down: usize, across: usize| {
        moved.of_vendors.iter().find(|it| it.warehouse == down && it.to == across).copied()
    };
    let share = |it: &Units| it.waited as f64 / it.units as f64;
    let worst = moved.of_vendors.iter().filter(|it| it.waited > 0).max_by(|a, b| share(a).total_cmp(&share(b)))?;
    let (units, waited) =
        moved.of_vendors.iter().fold((0, 0), |(units, waited), it| (units + it.units, waited + it.waited));
    let caption = format!(
        "Of the units sent in the first replication {} had to wait; most often those of {} from {}: {}. Darker: more often.",
        percent(waited as f64 / units as f64),
        moved.vendors[worst.to],
        moved.warehouses[worst.warehouse].name,
        percent(share(worst))
    );
    let field = |down: usize, across: usize| {
        let (warehouse, vendor) = (&moved.warehouses[down].name, &moved.vendors[across]);
        match found(down, across) {
            None => {
                Field { value: None, shown: String::new(), said: format!("{vendor} from {warehouse}: nothing sent") }
            }
            Some(it) => Field {
                value: Some(share(&it)),
                shown: grouped(share(&it) * 100.0, 1),
                said: format!(
                    "{vendor} from {warehouse}: {} of {} units waited",
                    percent(share(&it)),
                    grouped(it.units as f64, 0)
                ),
            },
        }
    };
    let fields: Vec<Vec<Field>> =
        warehouses.iter().map(|&down| vendors.iter().map(|&across| field(down, across)).collect()).collect();
    let sides = Sides {
        down: "per cent of units".into(),
        rows: warehouses.iter().map(|&number| moved.warehouses[number].name.clone()).collect(),
        across: "vendor".into(),
        columns: vendors.iter().map(|&number| moved.vendors[number].clone()).collect(),
    };
    heat_map("waited", "Units that had to wait, by warehouse and vendor", caption, "report.json", &sides, &fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::flows::Site;

    /// Two warehouses, three zones of which one is abroad, two vendors.
    fn moved() -> Moved {
        let site = |name: &str, at, international| Site { name: name.into(), at, international };
        let units = |warehouse, to, units, waited| Units { warehouse, to, units, waited };
        Moved {
            warehouses: vec![site("reno", Some([39.5, -119.8]), false), site("dallas", Some([32.8, -96.8]), false)],
            zones: vec![
                site("California", Some([37.2, -119.5]), false),
                site("Texas", Some([31.5, -99.3]), false),
                site("Chile", Some([-33.5, -70.7]), true),
            ],
            vendors: vec!["mill".into(), "import".into()],
            to_zones: vec![units(0, 0, 60, 0), units(1, 0, 20, 5), units(1, 1, 15, 5), units(1, 2, 5, 0)],
            of_vendors: vec![units(0, 0, 50, 0), units(0, 1, 10, 0), units(1, 0, 20, 2), units(1, 1, 20, 8)],
        }
    }

    #[test]
    fn the_map_tells_how_far_units_go_and_how_many_come_from_the_nearest() {
        let chart = map_of(&moved()).expect("two zones have a place");
        // 75 of the 95 units that stay in the country; 5 of 100 go abroad.
        assert!(chart.caption.contains("; 78.9 % come from the warehouse nearest"), "{}", chart.caption);
        assert!(chart.caption.ends_with("Not drawn: 5.0 % of all units, which go abroad or to places unknown."));
        let page = chart.inline();
        assert!(page.contains("California: 80 units; 75.0 % of them from reno") && !page.contains("Chile"), "{page}");
        // What flows is told where the pointer is on it, with how much of what its end is sent that is.
        assert!(
            page.contains("<title>reno to California: 60 units over 257 km, 75.0 % of what is sent there; none had to wait</title></polygon>"),
            "{page}"
        );
        assert!(page.contains("dallas to Texas: 15 units") && page.contains("33.3 % had to wait"), "{page}");
        let mut nowhere = moved();
        nowhere.zones.iter_mut().for_each(|zone| zone.at = None);
        assert!(map_of(&nowhere).is_none());
    }

    #[test]
    fn who_waits_is_told_by_warehouse_and_vendor() {
        let chart = waited_of(&moved()).expect("a map of two by two");
        assert!(chart.caption.contains("10.0 % had to wait") && chart.caption.contains("import from dallas: 40.0 %"));
        let mut at_once = moved();
        at_once.of_vendors.iter_mut().for_each(|it| it.waited = 0);
        assert!(waited_of(&at_once).is_none());
        assert!(moved().mistakes().is_empty());
        at_once.of_vendors[0].to = 9;
        assert_eq!(at_once.mistakes().len(), 1);
    }

    #[test]
    fn north_is_up_west_is_left_and_no_place_is_outside() {
        let place = |lat, lon| Place { lat, lon };
        let corners = [place(47.6, -122.3), place(25.8, -80.2)];
        let frame = Frame::of(corners.into_iter());
        for narrow in [false, true] {
            let size = (if narrow { 320.0 } else { 560.0 }, frame.height(narrow));
            let [seattle, miami] = corners.map(|place| frame.at(place, size));
            assert!(seattle.0 < miami.0 && seattle.1 < miami.1, "{seattle:?} {miami:?}");
            for (x, y) in [seattle, miami] {
                assert!((MARGIN - 1.0..=size.0 - MARGIN + 1.0).contains(&x), "{x}");
                assert!((MARGIN - 1.0..=size.1 - MARGIN + 1.0).contains(&y), "{y}");
            }
        }
        let alone = Frame::of([place(50.0, 8.0)].into_iter());
        let (x, y) = alone.at(place(50.0, 8.0), (320.0, alone.height(true)));
        assert!(x.is_finite() && y.is_finite());
    }
}
