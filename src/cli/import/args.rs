//! The options of `import`, and what they change in `import.toml`.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::failure::Failure;
use crate::import::{By, DemandKind, Field, Free, Kind, Repeated, Returns, Settings, Values, separator};

/// The scenario's name in the folder.
pub(super) const SCENARIO: &str = "scenario.toml";

/// Examples below the long help.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  backorder import shop --orders orders_export.csv --inventory inventory_export.csv
  backorder import shop --orders sales.csv --column order='Order No' --date-format D/M/YYYY
  backorder import shop                        the next export, read the same way
  backorder import shop --demand fit           orders at random, as many and of the kind that came

Recognised by their headers: Shopify, WooCommerce, Amazon, Odoo, SAP, UCI Online Retail,
Olist, Tienda Nube; any other table by --column. docs/import.md has all of it.";

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// The folder of the scenario, made where it is missing; its import.toml keeps how the exports are read
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// The scenario's file [default: scenario.toml in DIR]; its tables stay in DIR
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// An export of the shop's orders; may be repeated: months, or files that belong together
    #[arg(long, value_name = "FILE")]
    orders: Vec<PathBuf>,
    /// An export of what lies in the warehouses
    #[arg(long, value_name = "FILE")]
    inventory: Vec<PathBuf>,
    /// An export of orders to vendors
    #[arg(long, value_name = "FILE")]
    purchases: Vec<PathBuf>,
    /// An export of what vendors delivered, and when
    #[arg(long, value_name = "FILE")]
    receipts: Vec<PathBuf>,
    /// An export of what is sold
    #[arg(long, value_name = "FILE")]
    products: Vec<PathBuf>,
    /// Which column stands for what, e.g. order='Order No'; of other files than orders: inventory.product=SKU
    #[arg(long, value_name = "[KIND.]FIELD=HEADER")]
    column: Vec<String>,
    /// The layout, where the headers do not show it
    #[arg(long, value_name = "[KIND:]NAME")]
    layout: Vec<String>,
    /// What stands between columns: ',' ';' '|' or tab
    #[arg(long, value_name = "[KIND:]SIGN")]
    separator: Vec<String>,
    /// The encoding, such as utf-8, windows-1252 or utf-16le
    #[arg(long, value_name = "[KIND:]NAME")]
    encoding: Vec<String>,
    /// The line that the headers stand on
    #[arg(long, value_name = "[KIND:]N")]
    header_row: Vec<String>,
    /// How dates are written: D/M/YYYY, M/D/YYYY, YYYY-MM-DD, D/M/YY, serial
    #[arg(long, value_name = "[KIND:]FORMAT")]
    date_format: Vec<String>,
    /// The mark before decimals: . or ,
    #[arg(long, value_name = "[KIND:]MARK")]
    decimal: Vec<String>,
    /// Rows that are read, by a column's value: Status=paid,shipped; or that are not: Status!=cancelled,test
    #[arg(long = "where", value_name = "[KIND:]HEADER=VALUES")]
    filters: Vec<String>,
    /// The zone in which the shop's clock hangs, such as Europe/Berlin
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// The day of the inventory, where the run begins
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// A product that is no goods, by its code or name; gift_* for all that begin so; may be repeated
    #[arg(long, value_name = "CODE")]
    ignore: Vec<String>,
    /// A product that is goods, though it was put on the list of those that are not; may be repeated
    #[arg(long, value_name = "CODE")]
    goods: Vec<String>,
    /// What becomes of lines of less than no units
    #[arg(long, value_enum)]
    returns: Option<ReturnsWord>,
    /// What becomes of lines that cost nothing
    #[arg(long, value_enum)]
    free: Option<FreeWord>,
    /// What becomes of lines of one order that name the same product
    #[arg(long, value_enum)]
    repeated: Option<RepeatedWord>,
    /// How finely customers are told apart
    #[arg(long, value_enum)]
    zones: Option<ByWord>,
    /// The country whose orders cross no border [default: that of most orders]
    #[arg(long, value_name = "COUNTRY")]
    home: Option<String>,
    /// The zone of a place: EIRE=Ireland; of orders that name none: =Ireland; may be repeated
    #[arg(long, value_name = "PLACE=ZONE")]
    zone: Vec<String>,
    /// Whether the orders are replayed, or orders of their kind are generated
    #[arg(long, value_enum)]
    demand: Option<DemandWord>,
    /// Pack the file of orders (gzip); scenarios read it as it is
    #[arg(long)]
    packed: bool,
    /// Show what is understood, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write without asking
    #[arg(long, short)]
    pub(super) yes: bool,
    /// Replace files that backorder did not write, or that were changed since
    #[arg(long)]
    pub(super) force: bool,
}

/// Declares an option's words with the settings that they are.
macro_rules! words {
    ($name:ident => $setting:ident { $($(#[$doc:meta])* $word:ident,)* }) => {
        #[derive(Clone, Copy, Debug, ValueEnum)]
        enum $name {
            $($(#[$doc])* $word,)*
        }

        impl From<$name> for $setting {
            fn from(word: $name) -> Self {
                match word { $($name::$word => Self::$word,)* }
            }
        }
    };
}

words! { ReturnsWord => Returns {
    /// They are taken off their order's line of that product; those without one are left out
    Net,
    /// They are left out
    Drop,
} }
words! { FreeWord => Free {
    /// Kept, but where the layout has such lines correct the stock
    Usual,
    /// Kept: a gift takes stock, too
    Keep,
    /// Left out
    Drop,
} }
words! { RepeatedWord => Repeated {
    /// Each stays a line
    Keep,
    /// They become one line
    Merge,
} }
words! { ByWord => By {
    /// By country
    Country,
    /// By region of the home country; other countries as a whole
    Region,
    /// Not at all
    One,
} }
words! { DemandWord => DemandKind {
    /// The orders as they came
    Replay,
    /// Orders at random, as many and of the kind that came
    Fit,
} }

impl ImportArgs {
    /// The settings with what the options say.
    pub(super) fn applied(&self, mut settings: Settings, folder: &Path) -> Result<Settings, Failure> {
        let files = [
            (Kind::Orders, &self.orders),
            (Kind::Inventory, &self.inventory),
            (Kind::Purchases, &self.purchases),
            (Kind::Receipts, &self.receipts),
            (Kind::Products, &self.products),
        ];
        if let Some(file) = &self.scenario {
            if file.extension().is_none_or(|extension| extension != "toml") {
                return Err(Failure::wrong(format!(
                    "--scenario {}: a scenario's name ends with .toml",
                    file.display()
                )));
            }
            settings.scenario = Some(from_folder(file, folder)).filter(|file| file != SCENARIO);
        }
        let mut wrong: Vec<String> = files
            .iter()
            .flat_map(|(kind, named)| named.iter().filter(|file| file.is_dir()).map(move |file| (kind, file)))
            .map(|(kind, file)| format!("--{kind} {}: it is a folder; name the file in it", file.display()))
            .collect();
        for (kind, named) in files {
            // A link to a file is that file, and so is another way to it.
            let mut seen = BTreeSet::new();
            let again = named.iter().filter(|file| file.is_file() && !seen.insert(resolved(file)));
            wrong.extend(
                again.map(|file| format!("--{kind} {}: this file is named twice; name it once", file.display())),
            );
        }
        if !wrong.is_empty() {
            return Err(Failure::wrong(wrong.join("\nerror: ")));
        }
        for (kind, named) in files.into_iter().filter(|(_, named)| !named.is_empty()) {
            settings.source_mut(kind).files = named.iter().map(|file| from_folder(file, folder)).collect();
        }
        for text in &self.column {
            let halves = text
                .split_once('=')
                .map(|(field, title)| (field.trim(), title.trim()))
                .filter(|(_, title)| !title.is_empty());
            let Some((field, title)) = halves else {
                return Err(Failure::wrong(format!("--column {text}: a field and a header: order='Order No'")));
            };
            let (kind, field) = of_kind(field, '.');
            let known = Field::from_word(field).filter(|field| kind.fields().contains(field));
            let Some(known) = known else {
                let fields: Vec<&str> = kind.fields().iter().map(|field| field.word()).collect();
                let why = format!("--column {text}: {kind} have no field `{field}`; there are {}", fields.join(", "));
                return Err(Failure::wrong(why));
            };
            settings.source_mut(kind).columns.insert(known.word().to_string(), title.to_string());
        }
        let each = |list: &[String], set: &mut dyn FnMut(Kind, &str) -> Result<(), Failure>| {
            list.iter().try_for_each(|text| {
                let (kind, value) = of_kind(text, ':');
                set(kind, value)
            })
        };
        each(&self.layout, &mut |kind, value| {
            settings.source_mut(kind).layout = Some(value.to_string());
            Ok(())
        })?;
        each(&self.separator, &mut |kind, value| {
            let byte = separator(value).map_err(|why| Failure::wrong(format!("--separator {why}")))?;
            settings.source_mut(kind).separator = Some(char::from(byte).to_string());
            Ok(())
        })?;
        each(&self.encoding, &mut |kind, value| {
            settings.source_mut(kind).encoding = Some(value.to_string());
            Ok(())
        })?;
        each(&self.header_row, &mut |kind, value| {
            let row = value.parse().ok().filter(|row| (1..=1_000_000).contains(row));
            let row =
                row.ok_or_else(|| Failure::wrong(format!("--header-row {value}: the number of a line, from 1")))?;
            settings.source_mut(kind).header_row = Some(row);
            Ok(())
        })?;
        each(&self.date_format, &mut |kind, value| {
            settings.source_mut(kind).date_format = Some(value.to_string());
            Ok(())
        })?;
        each(&self.decimal, &mut |kind, value| {
            settings.source_mut(kind).decimal = Some(value.to_string());
            Ok(())
        })?;
        each(&self.filters, &mut |kind, value| {
            let list = |text: &str| text.split(',').map(|value| value.trim().to_string()).collect::<Vec<_>>();
            let (title, values) = if let Some((title, values)) = value.split_once("!=") {
                (title, Values::Not { not: list(values) })
            } else if let Some((title, values)) = value.split_once('=') {
                (title, Values::Only(list(values)))
            } else {
                return Err(Failure::wrong(format!("--where {value}: a header and values: Status=paid,shipped")));
            };
            settings.source_mut(kind).filters.insert(title.trim().to_string(), values);
            Ok(())
        })?;
        self.choose(&mut settings)?;
        Ok(settings)
    }

    /// What is said of goods, zones, time and demand.
    fn choose(&self, settings: &mut Settings) -> Result<(), Failure> {
        if self.time_zone.is_some() {
            settings.time_zone.clone_from(&self.time_zone);
        }
        if self.as_of.is_some() {
            settings.as_of.clone_from(&self.as_of);
        }
        if !self.ignore.is_empty() || !self.goods.is_empty() {
            settings.goods.more_ignored.extend(self.ignore.iter().cloned());
            settings.goods.not_ignored.extend(self.goods.iter().cloned());
        }
        if let Some(word) = self.returns {
            settings.goods.returns = word.into();
        }
        if let Some(word) = self.free {
            settings.goods.free = word.into();
        }
        if let Some(word) = self.repeated {
            settings.goods.repeated = word.into();
        }
        if let Some(word) = self.zones {
            let by: By = word.into();
            if by != settings.zones.by {
                // What the places were under another division is none of this one.
                settings.zones.map.clear();
                settings.zones.default = None;
            }
            settings.zones.by = by;
        }
        if self.home.is_some() {
            settings.zones.home.clone_from(&self.home);
        }
        for text in &self.zone {
            let Some((place, zone)) = text.split_once('=').map(|(place, zone)| (place.trim(), zone.trim())) else {
                return Err(Failure::wrong(format!("--zone {text}: a place and its zone: EIRE=Ireland")));
            };
            if place.is_empty() {
                settings.zones.default = Some(zone.to_string());
            } else {
                settings.zones.map.insert(place.to_string(), zone.to_string());
                settings.zones.just_said.push(place.to_string());
            }
        }
        if let Some(word) = self.demand {
            settings.demand = word.into();
        }
        settings.packed |= self.packed;
        Ok(())
    }
}

/// A file's path from a folder on, as `import.toml` keeps it.
pub(super) fn from_folder(file: &Path, folder: &Path) -> String {
    // The folder may still have to be made, and those that it is to stand in; a file that is not there is told by its name.
    let (Some(file_at), Some(base)) = (resolved(file), resolved(folder)) else {
        return file.to_string_lossy().into_owned();
    };
    let (file_parts, base_parts): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (file_at.components().collect(), base.components().collect());
    let same = file_parts.iter().zip(&base_parts).take_while(|(a, b)| a == b).count();
    if same <= 1 {
        return file_at.to_string_lossy().into_owned();
    }
    let up = std::iter::repeat_n("..".to_string(), base_parts.len() - same);
    let down = file_parts[same..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Where a path leads from the root on: links followed as far as it is there, `..` taken back from what is not.
fn resolved(path: &Path) -> Option<PathBuf> {
    let mut found = std::env::current_dir().ok()?;
    for part in path.components() {
        match part {
            Component::ParentDir => {
                found.pop();
            }
            Component::CurDir => {}
            part => found.push(part),
        }
        found = found.canonicalize().unwrap_or(found);
    }
    Some(found)
}

/// The kind and the rest of an option's value: `inventory:NAME`.
fn of_kind(text: &str, between: char) -> (Kind, &str) {
    let named = text.split_once(between).and_then(|(word, rest)| Some((Kind::from_word(word)?, rest)));
    named.unwrap_or((Kind::Orders, text))
}
