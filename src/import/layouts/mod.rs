//! The layouts that are recognised: a file each, by the words of its headers, and a line here.

mod amazon;
mod odoo;
mod olist;
mod online_retail;
mod part;
mod plain;
mod sap;
mod shopify;
mod tienda_nube;
mod woocommerce;

use super::fields::{Field, Kind, normalised};
pub use part::Part;
use std::cmp::Reverse;

/// Every layout; the plain ones come last.
const CATALOGUE: [&[Part]; 9] = [
    &shopify::PARTS,
    &woocommerce::PARTS,
    &amazon::PARTS,
    &odoo::PARTS,
    &sap::PARTS,
    &online_retail::PARTS,
    &olist::PARTS,
    &tienda_nube::PARTS,
    &plain::PARTS,
];

/// Every part of every layout.
pub fn all() -> impl Iterator<Item = &'static Part> {
    CATALOGUE.iter().flat_map(|parts| parts.iter())
}

/// The names of the layouts of a kind.
pub fn names(kind: Kind) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for part in all().filter(|part| part.kind == kind) {
        if !names.contains(&part.layout) {
            names.push(part.layout);
        }
    }
    names
}

/// The part that a file of a kind is: by its headers, among all layouts or those of one name. The one with most signs, where
/// several fit; the plain one where none does.
pub fn recognised(kind: Kind, headers: &[String], layout: Option<&str>) -> Option<&'static Part> {
    let headers: Vec<String> = headers.iter().map(|header| normalised(header)).collect();
    // What has all that orders need is no file that only adds to them, though it has a customer's name and country, too.
    let has = |plain: &Part, wanted: &Field| {
        plain.columns.iter().any(|(field, words)| field == wanted && Part::column_of(words, &headers).is_some())
    };
    let stands_alone = layout.is_none()
        && all()
            .filter(|part| part.kind == kind && part.signs.is_empty())
            .any(|plain| kind.needed().iter().all(|needed| needed.iter().any(|field| has(plain, field))));
    let fits = |part: &&Part| {
        part.kind == kind && layout.is_none_or(|name| part.layout == name) && !(stands_alone && part.join.is_some())
    };
    let of_signs =
        all().filter(fits).filter(|part| part.is_met_by(&headers)).min_by_key(|part| Reverse(part.signs.len()));
    // Asked for by name, a layout holds even where the file lacks a header of it.
    of_signs
        .or_else(|| all().filter(fits).find(|part| part.join.is_none() && (layout.is_some() || part.signs.is_empty())))
}

/// Whether a header, normalised, is a word of some layout of a kind: by these the row of headers is found.
pub fn is_known(kind: Kind, header: &str) -> bool {
    all().filter(|part| part.kind == kind).any(|part| {
        let mut words = part.columns.iter().flat_map(|(_, words)| words.iter().copied());
        words.any(|word| word == header) || part.signs.iter().any(|sign| sign.split('|').any(|word| word == header))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_catalogue_is_normalised_and_every_field_is_one_of_its_kind() {
        for part in all() {
            for word in part.signs.iter().flat_map(|sign| sign.split('|')) {
                assert_eq!(normalised(word), word, "{}", part.title);
            }
            for (field, words) in part.columns {
                let is_of_kind = part.kind.fields().contains(field);
                assert!(is_of_kind, "{}: {field:?}", part.title);
                assert!(words.iter().all(|word| normalised(word) == *word), "{}: {words:?}", part.title);
            }
            if let Some(join) = &part.join {
                assert!(join.here.iter().chain(join.there).all(|word| normalised(word) == *word), "{}", part.title);
            }
        }
    }
}
