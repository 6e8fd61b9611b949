//! What holds where a setting is left out.

use super::SCENARIO;
use super::json::{as_toml, from_toml};
use crate::domain::settings::{Presence, Shape, Table};

/// What holds where a setting of the scenario, `rules.split.ship_available`, is left out, as plain text; `None` where that is
/// nothing, and of a row, which may stand in a file.
pub fn default_of(path: &str) -> Option<String> {
    let mut table = &SCENARIO;
    let (tables, last) = path.rsplit_once('.').unwrap_or(("", path));
    for name in tables.split('.').filter(|name| !name.is_empty()) {
        table = within(&table.key(name)?.kind.shape)?;
    }
    let Presence::Default(text) = table.key(last)?.presence else { return None };
    let value = from_toml(text);
    Some(value.as_str().map_or_else(|| as_toml(&value), str::to_string))
}

fn within(shape: &Shape) -> Option<&'static Table> {
    match shape {
        Shape::Table(table) => Some(table),
        Shape::Either(kinds) => kinds.iter().find_map(|kind| within(&kind.shape)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_is_left_out_has_its_default() {
        for (path, default) in [
            ("rules.split.ship_available", Some("0.95")),
            ("sourcing.policy", Some("fewest-parcels")),
            ("rules.cancellation.after", Some("30d")),
            ("replenishment.reorder_point", None),
            ("products.towel.reorder_point", None),
            ("warehouses.w.handling", None),
            ("rules.nonsense", None),
            ("nonsense", None),
            ("", None),
        ] {
            assert_eq!(default_of(path).as_deref(), default, "{path}");
        }
    }
}
