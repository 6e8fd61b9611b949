//! Units of weight as people write them.

const POUND: f64 = 0.453_592_37;

/// Units with their kilograms.
const UNITS: [(&str, f64); 17] = [
    ("kg", 1.0),
    ("kgs", 1.0),
    ("kilogram", 1.0),
    ("kilograms", 1.0),
    ("kilo", 1.0),
    ("g", 0.001),
    ("gr", 0.001),
    ("gram", 0.001),
    ("grams", 0.001),
    ("mg", 0.000_001),
    ("lb", POUND),
    ("lbs", POUND),
    ("pound", POUND),
    ("pounds", POUND),
    ("oz", POUND / 16.0),
    ("ounce", POUND / 16.0),
    ("ounces", POUND / 16.0),
];

/// The kilograms of one of a unit; `None` of what is no unit of weight.
pub(crate) fn kilograms(unit: &str) -> Option<f64> {
    let unit = unit.trim().trim_end_matches('.').to_lowercase();
    UNITS.iter().find(|(known, _)| *known == unit).map(|(_, kilograms)| *kilograms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_known_in_any_case_and_with_its_point() {
        assert_eq!(kilograms("Lb."), Some(POUND));
        assert_eq!(kilograms(" G "), Some(0.001));
        assert_eq!(kilograms("stone"), None);
    }
}
