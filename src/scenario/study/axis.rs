//! The axes of a study: settings, and the values that they take one after the other.

use super::super::diagnostic::grouped;
use super::super::input::Override;
use super::super::quoting::{between_commas, halves, unquoted};
use super::number::{Quantity, Range};
use super::words;

/// More cells than this are a slip, or a matter for several studies.
pub const MAX_CELLS: u64 = 100_000;

/// An axis: what is varied, and its values in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Its column in tables: the path of the setting, or the name of an axis of variants.
    pub key: String,
    /// What it is called in sentences and on charts, where that is not its key in words.
    pub label: Option<String>,
    /// As it was written on a command line: `KEY=VALUES`; empty where it stands in a file.
    pub text: String,
    /// Where it was written, which messages name where others name a file: `--vary`, or a line of a study file.
    pub option: String,
    /// The values, at least one; their names differ.
    pub values: Vec<AxisValue>,
}

/// A value of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisValue {
    /// What it is called: as it was written, without quotes; a variant's name.
    pub name: String,
    /// The number or duration that it is, if it is one.
    pub quantity: Option<Quantity>,
    /// What it changes.
    pub changes: Vec<Override>,
}

impl Axis {
    /// Reads `KEY=VALUES`, as `--vary` takes it.
    ///
    /// # Errors
    /// What is wrong with the text, and what would be right.
    ///
    /// ```
    /// use backorder::scenario::Axis;
    ///
    /// let axis = Axis::parse("replenishment.target.fill_rate=0.90..0.99 step 0.01").unwrap();
    /// assert_eq!((axis.values.len(), axis.values[3].name.as_str()), (10, "0.93"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let (key, values) = halves(text).unwrap_or((text, ""));
        let (key, values) = (key.trim(), values.trim());
        if key.is_empty() || values.is_empty() {
            return Err("a setting and its values: network.open=1..8, sourcing.policy=nearest,cheapest".into());
        }
        Ok(Self { text: text.trim().to_string(), ..Self::of_setting(key, values)? })
    }

    /// Reads `KEY=FIRST..LAST`, as `--over` takes it: all values to the last digit written, or by a step.
    ///
    /// # Errors
    /// What is wrong with the text, and what would be right.
    pub fn parse_range(text: &str) -> Result<Self, String> {
        let shape = || format!("`{}` is no setting with a range, such as KEY=0.90..0.999 or KEY=5d..30d", text.trim());
        let (key, values) = halves(text).ok_or_else(shape)?;
        let (key, values) = (key.trim(), values.trim());
        let (first, last) = values.split_once("..").ok_or_else(shape)?;
        if key.is_empty() {
            return Err(shape());
        }
        let values = match (Quantity::parse(first), Quantity::parse(last)) {
            (Some(first), Some(last)) => format!("{values} step {}", Range::finest(first, last)),
            // With a step, or no range, which is told.
            _ => values.to_string(),
        };
        Ok(Self { option: "--over".to_string(), ..Self::of_setting(key, &values)? })
    }

    /// The axis of a setting, of values in writing.
    ///
    /// # Errors
    /// What is wrong with the values, and what would be right.
    pub fn of_setting(key: &str, values: &str) -> Result<Self, String> {
        let mut all = Vec::new();
        for part in between_commas(values) {
            if part.is_empty() {
                return Err(format!("`{key}` has an empty value: values stand between commas, without one at the end"));
            }
            match range(part)? {
                Some(range) if range.count() > MAX_CELLS => {
                    let count = grouped(range.count() as usize);
                    return Err(format!(
                        "{part} has {count} values, and a study at most {} cells",
                        grouped(MAX_CELLS as usize)
                    ));
                }
                Some(range) => all.extend(range.values().map(|quantity| AxisValue::of(key, quantity.to_string()))),
                None => all.push(AxisValue::of(key, part.to_string())),
            }
        }
        Self::new(key, "--vary", all)
    }

    /// An axis of variants, each a name with the settings that it makes.
    ///
    /// # Errors
    /// When two go by one name.
    pub fn of_variants(key: &str, variants: Vec<(String, Vec<Override>)>) -> Result<Self, String> {
        let value = |(name, changes)| AxisValue { name, quantity: None, changes };
        Self::new(key, "--variant", variants.into_iter().map(value).collect())
    }

    /// What it is called in sentences and on charts: its label, or its key in words; an axis of variants by its name.
    ///
    /// ```
    /// use backorder::scenario::Axis;
    ///
    /// assert_eq!(Axis::parse("replenishment.reorder_point=1..8").unwrap().label(), "reorder point");
    /// ```
    pub fn label(&self) -> String {
        let is_of_a_setting = self.paths() == [self.key.as_str()];
        let in_words = || if is_of_a_setting { words::setting(&self.key) } else { self.key.clone() };
        self.label.clone().unwrap_or_else(in_words)
    }

    /// The positions of its values on a line, where they are numbers, or durations in days, that ascend or descend.
    pub fn positions(&self) -> Option<Vec<f64>> {
        let quantities: Vec<Quantity> = self.values.iter().map(|value| value.quantity).collect::<Option<_>>()?;
        let positions: Vec<f64> = quantities.iter().map(|quantity| quantity.position()).collect();
        let is_one_kind = quantities.iter().all(|quantity| quantity.is_like(quantities[0]));
        let is_ordered = positions.is_sorted_by(|a, b| a < b) || positions.is_sorted_by(|a, b| a > b);
        (is_one_kind && is_ordered).then_some(positions)
    }

    /// The position of a value that need not be one of its own; `None` where that is no number or duration as they are.
    pub fn position_of(&self, value: &str) -> Option<f64> {
        let (own, value) = (self.values.first()?.quantity?, Quantity::parse(value)?);
        own.is_like(value).then(|| value.position())
    }

    /// Whether its values are durations.
    pub fn is_of_durations(&self) -> bool {
        self.values.iter().all(|value| matches!(value.quantity, Some(Quantity::Duration(_))))
    }

    /// The settings that it changes, each once.
    pub fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = Vec::new();
        for change in self.values.iter().flat_map(|value| &value.changes) {
            if !paths.contains(&change.path.as_str()) {
                paths.push(&change.path);
            }
        }
        paths
    }

    /// An axis of values.
    ///
    /// # Errors
    /// When two go by one name, or are one quantity.
    pub fn new(key: &str, option: &str, values: Vec<AxisValue>) -> Result<Self, String> {
        let mut names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("`{key}` takes the value `{}` twice", twice[0]));
        }
        let mut quantities: Vec<(Quantity, &str)> =
            values.iter().filter_map(|value| Some((value.quantity?, value.name.as_str()))).collect();
        quantities.sort_by(|one, other| one.0.position().total_cmp(&other.0.position()));
        let is_one =
            |pair: &&[(Quantity, &str)]| pair[0].0.is_like(pair[1].0) && pair[0].0.position() == pair[1].0.position();
        if let Some([(_, one), (_, other)]) = quantities.windows(2).find(is_one) {
            return Err(format!("`{key}` takes one value twice, as `{one}` and as `{other}`"));
        }
        Ok(Self { key: key.to_string(), label: None, text: String::new(), option: option.to_string(), values })
    }
}

impl AxisValue {
    /// A value of a setting, as TOML or as plain text.
    pub fn of(key: &str, value: String) -> Self {
        Self::new(key, unquoted(&value).into_owned(), value)
    }

    /// A value of a setting, and what it is called.
    pub fn new(key: &str, name: String, value: String) -> Self {
        let quantity = Quantity::parse(&value);
        Self { quantity, name, changes: vec![Override { path: key.to_string(), value }] }
    }
}

/// A part of a list of values as a range; `None` where it is a single value.
fn range(part: &str) -> Result<Option<Range>, String> {
    let Some((first, rest)) = part.split_once("..") else { return Ok(None) };
    if rest.starts_with('=') && Quantity::parse(first).is_some() {
        return Err(format!("a range holds both its ends: write {first}..{}", rest.trim_start_matches('=').trim()));
    }
    let (last, step) = match rest.split_once(" step ") {
        Some((last, step)) => (last, Some(step)),
        None => (rest, None),
    };
    match (Quantity::parse(first), Quantity::parse(last)) {
        (Some(first), Some(last)) => {
            let step = step.map(|step| {
                Quantity::parse(step).ok_or_else(|| format!("`{}` is no step, such as 1, 0.01 or 5d", step.trim()))
            });
            Range::new(first, last, step.transpose()?).map(Some)
        }
        // A path of a file, or any other text with dots.
        (None, None) => Ok(None),
        (known, _) => {
            let other = if known.is_some() { last.trim() } else { first.trim() };
            let other = if other.is_empty() { "nothing" } else { other };
            let number =
                if other.starts_with(|c: char| c.is_ascii_digit()) { "number of at most 18 digits" } else { "number" };
            Err(format!("`{part}` is no range: {other} is neither a {number} nor a duration such as 10d"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        Axis::parse(text).unwrap().values.into_iter().map(|value| value.name).collect()
    }

    #[test]
    fn values_are_listed_ranged_and_mixed() {
        assert_eq!(names("sourcing.policy=nearest, fewest-parcels"), ["nearest", "fewest-parcels"]);
        assert_eq!(names("network.open=1..3"), ["1", "2", "3"]);
        assert_eq!(names("rules.cancellation.after=10d..20d step 5d,never"), ["10d", "15d", "20d", "never"]);
        let tables = "vendors.a.lead_time={ gamma = { mean = \"6d\", cv = 0.5 } },6d";
        assert_eq!(names(tables), ["{ gamma = { mean = \"6d\", cv = 0.5 } }", "6d"]);
        // Text with dots is text.
        assert_eq!(names("products.file=../a.csv,../b.csv"), ["../a.csv", "../b.csv"]);
        assert_eq!(names("a.b=\"1, 2\",[1, 2]"), ["1, 2", "[1, 2]"]);
        assert_eq!(names("warehouses.\"=W\".handling=1h,2h"), ["1h", "2h"]);
        // Names, not numbers.
        assert_eq!(names("a.b=\"1\",01,\"1.0\""), ["1", "01", "1.0"]);
    }

    #[test]
    fn a_value_keeps_what_it_changes() {
        let axis = Axis::parse("rules.cancellation.after=10d,\"never\"").unwrap();
        let value = |index: usize| (axis.values[index].name.as_str(), axis.values[index].changes[0].value.as_str());
        assert_eq!((value(0), value(1)), (("10d", "10d"), ("never", "\"never\"")));
        assert_eq!(axis.values[0].changes[0].path, "rules.cancellation.after");
    }

    #[test]
    fn positions_stand_where_values_are_ordered_quantities() {
        let positions = |text: &str| Axis::parse(text).unwrap().positions();
        assert_eq!(positions("a.b=1,2,5"), Some(vec![1.0, 2.0, 5.0]));
        assert_eq!(positions("a.b=12h,1d,2d"), Some(vec![0.5, 1.0, 2.0]));
        assert_eq!(positions("a.b=3,2,1"), Some(vec![3.0, 2.0, 1.0]));
        for unordered in ["a.b=1,3,2", "a.b=10d,never", "a.b=1,2d", "a.b=near,far"] {
            assert_eq!(positions(unordered), None, "{unordered}");
        }
    }

    #[test]
    fn a_range_to_seek_in_goes_to_the_last_digit_written() {
        let values = |text: &str| {
            let axis = Axis::parse_range(text).unwrap();
            (axis.values.len(), axis.values[1].name.clone(), axis.values.last().unwrap().name.clone())
        };
        assert_eq!(values("a.b=0.90..0.999"), (100, "0.901".into(), "0.999".into()));
        assert_eq!(values("a.b=0.90..0.99 step 0.03"), (4, "0.93".into(), "0.99".into()));
        assert_eq!(values("a.b=1..50"), (50, "2".into(), "50".into()));
        assert_eq!(values("a.b=5d..30d"), (26, "6d".into(), "30d".into()));
        assert_eq!(values("a.b=12h..2d"), (37, "13h".into(), "2d".into()));
        for (text, why) in [("a.b=5", "no setting with a range"), ("a.b=9..1", "is empty"), ("a.b=1..x", "neither")] {
            let told = Axis::parse_range(text).unwrap_err();
            assert!(told.contains(why), "{text}: {told}");
        }
    }

    #[test]
    fn what_is_no_axis_is_told() {
        for (text, why) in [
            ("network.open", "a setting and its values"),
            ("=1..8", "a setting and its values"),
            ("network.open=", "a setting and its values"),
            ("network.open=8..1", "8..1 is empty"),
            ("network.open=1..", "nothing is neither a number nor a duration"),
            ("network.open=1..many", "many is neither"),
            ("network.open=1..=8", "write 1..8"),
            ("network.open=1..8 step x", "`x` is no step"),
            ("network.open=1,2,", "empty value"),
            ("network.open=1..3,2", "the value `2` twice"),
            ("a.b=0.9,0.95,0.90", "one value twice, as `0.9` and as `0.90`"),
            ("a.b=24h,1d", "one value twice, as `24h` and as `1d`"),
            ("network.open=1..1e400", "1e400 is neither a number of at most 18 digits"),
            ("network.open=1..1000000000", "1,000,000,000 values, and a study at most 100,000 cells"),
        ] {
            let told = Axis::parse(text).unwrap_err();
            assert!(told.contains(why), "{text}: {told}");
        }
    }
}
