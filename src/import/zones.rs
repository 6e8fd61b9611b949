//! Zones out of the places that orders name: countries, regions of the home country, or what a map makes of them.

use super::orders::Orders;
use super::settings::{By, Zones};
use crate::scenario::is_none;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The zones of the orders.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The zones' names, those with most orders first.
    pub names: Vec<String>,
    /// Orders of each.
    pub orders: Vec<usize>,
    /// Whether each lies across a border.
    pub international: Vec<bool>,
    /// The zone of each place.
    pub of_place: Vec<u32>,
    /// The home country.
    pub home: String,
    /// The map from places to zones, with all that came up.
    pub map: BTreeMap<String, String>,
    /// The zone of orders without a place.
    pub default: String,
    /// The countries that orders name.
    pub countries: Vec<String>,
    /// Places that were just said to be in a zone, and that no order names.
    pub unknown: Vec<String>,
}

/// What a place without a name is called where no order names one.
const ANYWHERE: &str = "home";

/// The name of a place; empty where the text stands for none.
pub fn named(text: &str) -> &str {
    const NOWHERE: [&str; 8] = ["?", "??", "unknown", "undefined", "not set", "n.a.", "tbd", "unbekannt"];
    if is_none(text) || NOWHERE.contains(&text.to_lowercase().as_str()) { "" } else { text }
}

/// Several spellings of one country. A shop with several of them among its zones has one country twice.
const COUNTRIES: [&[&str]; 22] = [
    &["gb", "uk", "gbr", "united kingdom", "great britain", "great britain and northern ireland"],
    &["us", "usa", "united states", "united states of america", "america"],
    &["de", "deu", "ger", "germany", "deutschland", "allemagne", "alemania"],
    &["fr", "fra", "france", "frankreich", "francia"],
    &["at", "aut", "austria", "österreich", "autriche"],
    &["ch", "che", "switzerland", "schweiz", "suisse", "svizzera"],
    &["it", "ita", "italy", "italia", "italien", "italie"],
    &["es", "esp", "spain", "españa", "spanien", "espagne"],
    &["pt", "prt", "portugal"],
    &["nl", "nld", "netherlands", "the netherlands", "nederland", "holland", "niederlande"],
    &["be", "bel", "belgium", "belgië", "belgique", "belgien"],
    &["ie", "irl", "ireland", "eire", "éire", "republic of ireland", "irland"],
    &["dk", "dnk", "denmark", "danmark", "dänemark"],
    &["se", "swe", "sweden", "sverige", "schweden"],
    &["no", "nor", "norway", "norge", "norwegen"],
    &["fi", "fin", "finland", "suomi", "finnland"],
    &["pl", "pol", "poland", "polska", "polen"],
    &["cz", "cze", "czechia", "czech republic", "česko", "tschechien"],
    &["br", "bra", "brazil", "brasil", "brasilien"],
    &["mx", "mex", "mexico", "méxico", "mexiko"],
    &["ca", "can", "canada", "kanada"],
    &["au", "aus", "australia", "australien"],
];

/// The zones that may be one country in several spellings: each list of several names.
pub fn spellings(zones: &[String]) -> Vec<Vec<&str>> {
    let plain = |name: &str| name.to_lowercase().replace('.', "");
    let of_country = |spelled: &[&str]| {
        let names = zones.iter().map(String::as_str).filter(|name| spelled.contains(&plain(name).as_str()));
        names.collect::<Vec<_>>()
    };
    COUNTRIES.iter().map(|spelled| of_country(spelled)).filter(|names| names.len() > 1).collect()
}

/// Finds the zones.
pub fn find(orders: &Orders, said: &Zones) -> Found {
    let mut count = vec![0_usize; orders.places.len()];
    orders.list.iter().for_each(|order| count[order.place as usize] += 1);
    let spelled = Spelled::of(orders, &count);
    let home = said.home.clone().unwrap_or_else(|| spelled.most_frequent());
    let mut map = said.map.clone();
    let mut met: BTreeSet<String> = BTreeSet::new();
    let mut names: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    let mut default = said.default.clone();
    let of_home = |region: &str| match (said.by, region) {
        (By::One, _) => ANYWHERE.to_string(),
        (By::Region, region) if !region.is_empty() => format!("{home}-{region}"),
        _ if home.is_empty() => ANYWHERE.to_string(),
        _ => home.clone(),
    };
    let zones: Vec<Option<String>> = orders
        .places
        .iter()
        .enumerate()
        .map(|(place, (country, region))| {
            let (country, region) = (spelled.country(country), region.as_str());
            if count[place] == 0 || (country.is_empty() && region.is_empty()) {
                return None;
            }
            let is_home = country.is_empty() || country.eq_ignore_ascii_case(&home);
            let key = match (said.by, is_home, region) {
                (By::Region, true, region) if !region.is_empty() => {
                    if country.is_empty() {
                        region.to_string()
                    } else {
                        format!("{country}-{region}")
                    }
                }
                (_, _, _) if country.is_empty() => region.to_string(),
                _ => country.to_string(),
            };
            // Regions without a country are places of their own.
            let natural = match said.by {
                By::One => ANYWHERE.to_string(),
                _ if country.is_empty() => region.to_string(),
                _ if is_home => of_home(region),
                _ => country.to_string(),
            };
            met.insert(key.clone());
            let zone = map.entry(key).or_insert(natural).clone();
            let zone_entry = names.entry(zone.clone()).or_insert((0, !is_home));
            zone_entry.0 += count[place];
            zone_entry.1 &= !is_home;
            Some(zone)
        })
        .collect();
    let default_zone = default
        .get_or_insert_with(|| {
            let largest = names
                .iter()
                .filter(|(_, (_, abroad))| !abroad)
                .max_by_key(|(name, (orders, _))| (*orders, std::cmp::Reverse((*name).clone())));
            largest.map_or_else(|| of_home(""), |(name, _)| name.clone())
        })
        .clone();
    let without: usize = zones.iter().zip(&count).filter(|(zone, _)| zone.is_none()).map(|(_, orders)| orders).sum();
    if without > 0 {
        names.entry(default_zone.clone()).or_insert((0, false)).0 += without;
    }
    let mut list: Vec<(String, usize, bool)> =
        names.into_iter().map(|(name, (orders, abroad))| (name, orders, abroad)).collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let index: HashMap<&str, u32> =
        list.iter().enumerate().map(|(at, (name, ..))| (name.as_str(), at as u32)).collect();
    let of_place =
        zones.iter().map(|zone| index.get(zone.as_deref().unwrap_or(&default_zone)).copied().unwrap_or(0)).collect();
    Found {
        of_place,
        names: list.iter().map(|(name, ..)| name.clone()).collect(),
        orders: list.iter().map(|(_, orders, _)| *orders).collect(),
        international: list.iter().map(|(_, _, abroad)| *abroad).collect(),
        home,
        map,
        default: default_zone,
        countries: spelled.all(),
        unknown: said.just_said.iter().filter(|place| !met.contains(*place)).cloned().collect(),
    }
}

/// How countries are spelled most often: `us` and `US` are one.
struct Spelled {
    /// By the small letters: the spelling with most orders, and all orders.
    by_letters: BTreeMap<String, (String, usize, usize)>,
}

impl Spelled {
    fn of(orders: &Orders, count: &[usize]) -> Self {
        let mut each: BTreeMap<(String, String), usize> = BTreeMap::new();
        for ((country, _), orders) in orders.places.iter().zip(count) {
            *each.entry((country.to_lowercase(), country.clone())).or_default() += orders;
        }
        let mut by_letters: BTreeMap<String, (String, usize, usize)> = BTreeMap::new();
        for ((letters, country), orders) in each {
            let entry = by_letters.entry(letters).or_insert((country.clone(), orders, 0));
            entry.2 += orders;
            if orders > entry.1 {
                (entry.0, entry.1) = (country, orders);
            }
        }
        Self { by_letters }
    }

    fn country<'c>(&'c self, country: &'c str) -> &'c str {
        self.by_letters.get(&country.to_lowercase()).map_or(country, |(spelled, ..)| spelled)
    }

    fn all(&self) -> Vec<String> {
        let named = self.by_letters.iter().filter(|(letters, _)| !letters.is_empty());
        named.map(|(_, (spelled, ..))| spelled.clone()).collect()
    }

    fn most_frequent(&self) -> String {
        let named = self.by_letters.iter().filter(|(letters, _)| !letters.is_empty());
        named
            .max_by_key(|(letters, (_, _, orders))| (*orders, std::cmp::Reverse((*letters).clone())))
            .map_or_else(String::new, |(_, (spelled, ..))| spelled.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::orders::Order;

    fn orders(places: &[(&str, &str, usize)]) -> Orders {
        let mut orders = Orders::default();
        for (place, &(country, region, count)) in places.iter().enumerate() {
            orders.places.push((country.into(), region.into()));
            let order = Order { id: String::new(), at: 0, place: place as u32, warehouse: None, lines: 0..0 };
            orders.list.extend(std::iter::repeat_n(order, count));
        }
        orders
    }

    #[test]
    fn countries_are_zones_and_the_one_with_most_orders_is_home() {
        let orders = orders(&[("US", "TX", 5), ("us", "CA", 2), ("France", "", 3), ("", "", 1)]);
        let found = find(&orders, &Zones::default());
        assert_eq!(found.names, ["US", "France"]);
        assert_eq!((found.orders, found.international), (vec![8, 3], vec![false, true]));
        assert_eq!(found.of_place, [0, 0, 1, 0]);
        let found = find(&orders, &Zones { by: By::Region, ..Zones::default() });
        assert_eq!(found.names, ["US-TX", "France", "US-CA"]);
        assert_eq!(found.of_place[3], 0, "no place: the largest zone at home");
    }

    #[test]
    fn several_spellings_of_one_country_are_found() {
        let zones = ["UK", "GB", "U.K.", "France", "Deutschland"].map(String::from);
        assert_eq!(spellings(&zones), [["UK", "GB", "U.K."]]);
        assert_eq!([named("N/A"), named("?"), named("Unknown"), named("-"), named("NA ")], ["", "", "", "", ""]);
        assert_eq!([named("US"), named("Namibia")], ["US", "Namibia"]);
    }

    #[test]
    fn a_map_puts_places_together() {
        let orders = orders(&[("UK", "", 5), ("EIRE", "", 2), ("Ireland", "", 1)]);
        let said = Zones { map: BTreeMap::from([("EIRE".into(), "Ireland".into())]), ..Zones::default() };
        let found = find(&orders, &said);
        assert_eq!(found.names, ["UK", "Ireland"]);
        assert_eq!(found.map["UK"], "UK", "what came up is there to be filled in");
        assert_eq!(find(&orders, &Zones { by: By::One, ..Zones::default() }).names, ["home"]);
    }
}
