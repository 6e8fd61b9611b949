//! `import.toml`: how a shop's exports are read. It is what options on the command line say, and what was found out without them,
//! so that the next export is read the same way.

use super::fields::{Field, Kind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file's name.
pub const FILE: &str = "import.toml";

/// Everything that is said of the exports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The scenario's file, from the folder on, where it is not `scenario.toml` in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The zone in which the shop's clock hangs, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// The day of the inventory: the run begins there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// How demand is described.
    pub demand: DemandKind,
    /// Whether the file of orders is packed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub packed: bool,
    /// Which lines are goods.
    pub goods: Goods,
    /// Where customers are.
    pub zones: Zones,
    /// The files.
    #[serde(skip_serializing_if = "Source::is_unsaid")]
    pub orders: Source,
    #[serde(skip_serializing_if = "Source::is_unsaid")]
    #[doc = "What lies in the warehouses."]
    pub inventory: Source,
    #[serde(skip_serializing_if = "Source::is_unsaid")]
    #[doc = "Orders to vendors."]
    pub purchases: Source,
    #[serde(skip_serializing_if = "Source::is_unsaid")]
    #[doc = "What vendors delivered."]
    pub receipts: Source,
    #[serde(skip_serializing_if = "Source::is_unsaid")]
    #[doc = "What is sold."]
    pub products: Source,
}

/// How demand is described.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemandKind {
    /// The orders are replayed.
    #[default]
    Replay,
    /// Orders are generated at the rate, with the lines, units and popularity of those that were read.
    Fit,
}

/// Which lines are goods, and what becomes of those that are odd.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Goods {
    /// Codes or names of what is no goods; `gift_*` stands for all that begin so. Without it, one is proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore: Option<Vec<String>>,
    /// Codes or names that are put on the list.
    #[serde(skip)]
    pub more_ignored: Vec<String>,
    /// Codes or names that are taken off the list.
    #[serde(skip)]
    pub not_ignored: Vec<String>,
    /// Lines of less than no units.
    pub returns: Returns,
    /// Lines without a price, where the file has prices.
    pub free: Free,
    /// Lines of one order that name the same product.
    pub repeated: Repeated,
}

impl Goods {
    /// A list of what is no goods with what was said of it on the command line.
    pub fn corrected(&self, mut list: Vec<String>) -> Vec<String> {
        list.retain(|entry| !self.not_ignored.contains(entry));
        for entry in &self.more_ignored {
            if !list.contains(entry) {
                list.push(entry.clone());
            }
        }
        list
    }
}

/// What becomes of lines of less than no units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Returns {
    /// Taken off their order's line of that product; those without one are left out.
    #[default]
    Net,
    /// Left out.
    Drop,
}

/// What becomes of lines that cost nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Free {
    /// As the layout has it: kept, but where such lines correct the stock.
    #[default]
    Usual,
    /// Kept: a gift takes stock, too.
    Keep,
    /// Left out.
    Drop,
}

/// What becomes of several lines of one order that name the same product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeated {
    /// Each stays a line.
    #[default]
    Keep,
    /// They become one line.
    Merge,
}

/// Where customers are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Zones {
    /// How finely customers are told apart.
    pub by: By,
    /// The country whose orders cross no border.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
    /// The zone of orders that name no place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Which zone a place is.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub map: BTreeMap<String, String>,
    /// Places whose zone was named on the command line.
    #[serde(skip)]
    pub just_said: Vec<String>,
}

/// How finely customers are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Countries.
    #[default]
    Country,
    /// Regions of the home country; other countries as a whole.
    Region,
    /// Not at all: one zone.
    One,
}

/// The files of a kind, and how they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Source {
    /// The files, from the folder on.
    pub files: Vec<String>,
    /// The layout's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<String>,
    /// The encoding's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What stands between columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<String>,
    /// The line of the headers, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<usize>,
    /// How dates are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_format: Option<String>,
    /// The mark before decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    /// Which column stands for what, by the field's word.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// Which rows are read, by a column's value.
    #[serde(rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub filters: BTreeMap<String, Values>,
}

/// Values of a column: those of the rows that are read, or of those that are not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Values {
    /// Rows with one of these are read.
    Only(Vec<String>),
    /// Rows with one of these are left out.
    Not {
        /// The values.
        not: Vec<String>,
    },
}

impl Values {
    /// Whether a row with a value is read. Capitals do not count.
    pub fn keep(&self, value: &str) -> bool {
        let is_one = |values: &[String]| values.iter().any(|other| other.eq_ignore_ascii_case(value));
        match self {
            Self::Only(values) => is_one(values),
            Self::Not { not } => !is_one(not),
        }
    }

    /// What is left out or kept, in a few words.
    pub fn words(&self) -> String {
        let list = |values: &[String]| {
            let shown: Vec<&str> =
                values.iter().map(|value| if value.is_empty() { "nothing" } else { value.as_str() }).collect();
            shown.join(", ")
        };
        let is_empty = |values: &[String]| values.iter().all(String::is_empty);
        match self {
            Self::Only(values) if is_empty(values) => "only where it is empty".to_string(),
            Self::Not { not } if is_empty(not) => "not where it is empty".to_string(),
            Self::Only(values) => format!("only: {}", list(values)),
            Self::Not { not } => format!("not: {}", list(not)),
        }
    }
}

impl Source {
    /// Whether nothing is said of it.
    pub fn is_unsaid(&self) -> bool {
        self.files.is_empty()
    }
}

impl Settings {
    /// The files of a kind.
    pub fn source(&self, kind: Kind) -> &Source {
        match kind {
            Kind::Orders => &self.orders,
            Kind::Inventory => &self.inventory,
            Kind::Purchases => &self.purchases,
            Kind::Receipts => &self.receipts,
            Kind::Products => &self.products,
        }
    }

    /// The files of a kind.
    pub fn source_mut(&mut self, kind: Kind) -> &mut Source {
        match kind {
            Kind::Orders => &mut self.orders,
            Kind::Inventory => &mut self.inventory,
            Kind::Purchases => &mut self.purchases,
            Kind::Receipts => &mut self.receipts,
            Kind::Products => &mut self.products,
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it, with its line.
    pub fn read(text: &str) -> Result<Self, String> {
        let settings: Self = toml::from_str(text).map_err(|error| {
            let line =
                error.span().map(|span| text[..span.start.min(text.len())].bytes().filter(|&b| b == b'\n').count() + 1);
            let what = error.message().replace('\n', " ");
            line.map_or_else(|| what.clone(), |line| format!("line {line}: {what}"))
        })?;
        for kind in Kind::ALL {
            let source = settings.source(kind);
            if let Some(word) = source.columns.keys().find(|word| !is_field(kind, word)) {
                let fields: Vec<&str> = kind.fields().iter().map(|field| field.word()).collect();
                return Err(format!("[{kind}.columns]: there is no field `{word}`; there are {}", fields.join(", ")));
            }
        }
        Ok(settings)
    }

    /// The file's text.
    pub fn written(&self) -> String {
        let text = toml::to_string_pretty(self).expect("settings are TOML");
        format!("{HEAD}\n{text}")
    }
}

fn is_field(kind: Kind, word: &str) -> bool {
    Field::from_word(word).is_some_and(|field| kind.fields().contains(&field))
}

const HEAD: &str = "\
# How this shop's exports are read: what was said on the command line, and what was found out.
# Put the next export where `files` says, and `backorder import` with this folder imports it.
# Change what is wrong here, or say it with an option: docs/import.md has both.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut settings =
            Settings { time_zone: Some("Europe/Berlin".into()), demand: DemandKind::Fit, ..Settings::default() };
        settings.goods.ignore = Some(vec!["POST".into(), "gift_*".into()]);
        settings.zones.map.insert("EIRE".into(), "Ireland".into());
        settings.orders.files.push("orders.csv".into());
        settings.orders.columns.insert("order".into(), "Name".into());
        settings.orders.filters.insert("Financial Status".into(), Values::Not { not: vec!["voided".into()] });
        settings.orders.filters.insert("Cancelled at".into(), Values::Only(vec![String::new()]));
        assert_eq!(Settings::read(&settings.written()), Ok(settings));
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let wrong = |text| Settings::read(text).expect_err("it is wrong");
        assert!(wrong("time_zone = \"UTC\"\nhome = 1\n").starts_with("line 2: unknown field `home`"));
        assert!(
            wrong("[orders]\nfiles = []\ncolumns = { colour = \"Colour\" }\n").contains("there is no field `colour`")
        );
    }
}
