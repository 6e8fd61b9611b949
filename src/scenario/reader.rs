//! Tables read by key: unknown keys, missing keys and defaults, whatever text the table comes from.

use super::context::Context;
use super::diagnostic::listed;
use super::item::Item;
use super::report::Finding;
use super::schema::{example, homes_of, table_of_words};
use super::source::{Place, TextKind};
use super::suggest::{closest, remedy, twin};
use super::tree::{Entry, Node, Value as Written};
use crate::domain::distribution::{FamilyTable, Parameter};
use crate::domain::settings::{Key, Presence, Table};

/// A table whose keys are known.
#[derive(Clone, Copy)]
pub struct Section<'c> {
    /// What is shared.
    pub cx: &'c Context<'c>,
    /// Where the table stands.
    pub at: Place,
    /// How messages call it: `[run]`, `a row of [[zones]]`.
    pub title: &'c str,
    entries: &'c [Entry<'c>],
    /// The keys it may have.
    pub keys: Keys,
    /// Names the keys of a file's header, where the table is a row of it.
    header: Option<&'c RowHeader<'c>>,
    /// Whether it stands for a table that cannot be read, which has been told: that it lacks keys is no news.
    is_lost: bool,
}

/// The keys of a table as they are declared.
#[derive(Clone, Copy)]
pub enum Keys {
    /// Of a table of the scenario.
    Table(&'static [Key]),
    /// Of a family of distributions.
    Family(&'static [(&'static str, Parameter)]),
}

impl From<&'static Table> for Keys {
    fn from(table: &'static Table) -> Self {
        Self::Table(table.keys)
    }
}

impl From<&'static FamilyTable> for Keys {
    fn from(family: &'static FamilyTable) -> Self {
        Self::Family(family.parameters)
    }
}

impl Keys {
    /// Their names, in alphabetical order.
    pub fn names(self) -> Vec<&'static str> {
        let mut names: Vec<&str> = match self {
            Self::Table(keys) => keys.iter().map(|key| key.name).collect(),
            Self::Family(parameters) => parameters.iter().map(|(name, _)| *name).collect(),
        };
        names.sort_unstable();
        names
    }

    /// Whether one has a name.
    pub fn has(self, name: &str) -> bool {
        match self {
            Self::Table(keys) => keys.iter().any(|key| key.name == name),
            Self::Family(parameters) => parameters.iter().any(|(parameter, _)| *parameter == name),
        }
    }

    /// Whether the key of a name may not be left out.
    pub fn requires(self, name: &str) -> bool {
        match self {
            Self::Table(keys) => keys.iter().any(|key| key.name == name && key.presence == Presence::Needed),
            Self::Family(parameters) => {
                parameters.iter().any(|(parameter, kind)| *parameter == name && kind.is_needed())
            }
        }
    }

    /// Whether something stands in the place of a key that is left out.
    fn has_default(self, name: &str) -> bool {
        self.declared(name).is_some_and(|key| matches!(key.presence, Presence::Default(_) | Presence::Defaults))
    }

    /// The key of a name in a table of the scenario.
    pub fn declared(self, name: &str) -> Option<&'static Key> {
        match self {
            Self::Table(keys) => keys.iter().find(|key| key.name == name),
            Self::Family(_) => None,
        }
    }
}

/// What a row of a file knows of its header.
pub struct RowHeader<'c> {
    /// Where the header stands.
    pub at: Place,
    /// The columns.
    pub names: Vec<&'c str>,
}

impl<'c> Section<'c> {
    /// A table of the file; its unknown keys are reported.
    pub fn new(cx: &'c Context<'c>, node: &'c Node<'c>, table: &'static Table) -> Option<Self> {
        Self::titled(cx, node, table.title, table)
    }

    /// The same where messages call it otherwise than it is declared.
    pub fn titled(cx: &'c Context<'c>, node: &'c Node<'c>, title: &'c str, keys: impl Into<Keys>) -> Option<Self> {
        let section = Self::quietly(cx, node, title, keys.into(), None)?;
        section.refuse_unknown();
        Some(section)
    }

    /// A row of a file, the keys of whose header have been looked at once for all rows.
    pub fn row(
        cx: &'c Context<'c>,
        node: &'c Node<'c>,
        table: &'static Table,
        header: &'c RowHeader<'c>,
    ) -> Option<Self> {
        Self::quietly(cx, node, table.title, table.into(), Some(header))
    }

    /// A table that is not there: every key at its default.
    pub fn absent(cx: &'c Context<'c>, at: Place, table: &'static Table) -> Self {
        Self { cx, at, title: table.title, entries: &[], keys: table.into(), header: None, is_lost: false }
    }

    fn quietly(
        cx: &'c Context<'c>,
        node: &'c Node<'c>,
        title: &'c str,
        keys: Keys,
        header: Option<&'c RowHeader<'c>>,
    ) -> Option<Self> {
        match &node.value {
            Written::Table(entries) => Some(Self { cx, at: node.at, title, entries, keys, header, is_lost: false }),
            _ => {
                let message = format!("{title} must be a table, not {}", node.shown());
                let finding = Finding::error("wrong-type", node.at, message).about(title);
                cx.sink.push(finding.expected(format!("a table with {}", listed(&keys.names()))));
                None
            }
        }
    }

    /// Reports keys that the table does not have.
    fn refuse_unknown(&self) {
        for entry in self.entries {
            if !self.keys.has(&entry.key) {
                unknown_key(self.cx, self.keys, self.title, &entry.key, entry.key_at);
            }
        }
    }

    /// Whether the table may have a key.
    pub fn has_key(&self, key: &str) -> bool {
        self.keys.has(key)
    }

    /// The value of a key as it stands in the text, without a default.
    pub fn written(&self, key: &'static str) -> Option<Item<'c>> {
        debug_assert!(self.keys.has(key), "{} has no key `{key}`", self.title);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(Item { cx: self.cx, node: &entry.node, key, key_at: entry.key_at })
    }

    /// The same of a key that has no default; one that is required and not there is reported.
    pub fn item(&self, key: &'static str) -> Option<Item<'c>> {
        debug_assert!(!self.keys.has_default(key), "the default of `{key}` in {} would be lost", self.title);
        let item = self.written(key);
        if item.is_none() && self.keys.requires(key) {
            self.missing_because(key, "");
        }
        item
    }

    /// The same of a key that is needed in this place, though not everywhere; `why` ends the sentence.
    pub fn needed(&self, key: &'static str, why: &str) -> Option<Item<'c>> {
        let item = self.written(key);
        if item.is_none() {
            self.missing_because(key, why);
        }
        item
    }

    /// Reports that a key is not there though it is needed for a reason.
    pub fn missing_because(&self, key: &'static str, why: &str) {
        if self.is_lost || self.has_misspelt(key) {
            return;
        }
        let finding = match self.header {
            Some(header) if !header.names.iter().any(|name| within(name, key)) => {
                if header.names.iter().any(|name| closest(name, [key]).is_some() || self.is_meant(name, key)) {
                    return;
                }
                let file = self.cx.sources.get(header.at.source).name.clone();
                Finding::error("missing-key", header.at, format!("{file} has no column `{key}`{why}"))
                    .expected(format!("a header with {}", listed(&self.required_keys(key))))
            }
            Some(_) => Finding::error("missing-key", self.at, format!("`{key}` is empty in {}{why}", self.title))
                .help("fill the field in"),
            None => {
                let finding = Finding::error("missing-key", self.at, format!("{} lacks `{key}`{why}", self.title));
                match self.keys.declared(key).and_then(example) {
                    Some(example) => finding.help(format!("add it, for example `{example}`")),
                    None => finding.expected(format!("a table with {}", listed(&self.required_keys(key)))),
                }
            }
        };
        self.cx.sink.push(finding.about(&format!("{} {key}", self.title)));
    }

    /// Whether a key stands under another name in the table, which is told as such.
    pub fn has_misspelt(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| self.is_meant(&entry.key, key))
    }

    /// Whether a name that is no key of the table stands for one.
    fn is_meant(&self, name: &str, key: &str) -> bool {
        !self.keys.has(name) && meant(name, &self.keys.names()) == Some(key)
    }

    fn required_keys(&self, key: &'static str) -> Vec<&'static str> {
        self.keys.names().into_iter().filter(|name| *name == key || self.keys.requires(name)).collect()
    }

    /// A table within this one; where it is absent, all its keys have their defaults.
    pub fn table(&self, key: &'static str, table: &'static Table) -> Section<'c> {
        self.written_table(key, table).unwrap_or_else(|| Section {
            is_lost: self.is_lost || self.written(key).is_some() || self.has_misspelt(key),
            ..Self::absent(self.cx, self.at, table)
        })
    }

    /// A table within this one, if it is there.
    pub fn written_table(&self, key: &'static str, table: &'static Table) -> Option<Section<'c>> {
        Section::new(self.cx, self.written(key)?.node, table)
    }

    /// Whether a key may not be left out.
    pub fn requires(&self, key: &str) -> bool {
        self.keys.requires(key)
    }

    /// Whether the table is a row of a file that has a column for a key, perhaps an empty one.
    pub fn has_column(&self, key: &str) -> bool {
        self.header.is_some_and(|header| header.names.contains(&key))
    }

    /// The keys that are there, as written.
    pub fn entries(&self) -> &'c [Entry<'c>] {
        self.entries
    }
}

/// Whether a header names a key or a key within it.
fn within(name: &str, key: &str) -> bool {
    name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Reports a key that a table does not have.
pub fn unknown_key(cx: &Context<'_>, keys: Keys, title: &str, key: &str, at: Place) {
    let of_file = matches!(cx.sources.get(at.source).origin, TextKind::Csv(_));
    let kind = if of_file { "column" } else { "key" };
    let finding = Finding::error("unknown-key", at, format!("unknown {kind} `{key}` in {title}")).about(title);
    if cx.sink.is_full(at.source, "unknown-key", title) {
        // Only counted from here on: a remedy would not be shown.
        return cx.sink.push(finding);
    }
    let names = keys.names();
    if let Some(help) = twin(key, names.iter().copied()).and_then(|_| remedy(key, names.iter().copied())) {
        return cx.sink.push(finding.help(help));
    }
    if let Some(meant) = meant(key, &names) {
        let help = format!("did you mean `{meant}`?");
        cx.sink.push(finding.help(match of_file {
            true => format!("{help} rename it, or write {} beside `file`", named_column(meant, key)),
            false => help,
        }));
        return;
    }
    let expected = match &names[..] {
        [only] => format!("`{only}`"),
        names => format!("one of {}", names.join(", ")),
    };
    // Of a key that stands in many tables nobody knows which was meant.
    let table = (!of_file).then(|| table_of_words(title, key)).flatten();
    let homes = homes_of(key);
    let told = !of_file && (1..=MAX_HOMES).contains(&homes.len());
    let home = told.then(|| format!("`{key}` belongs in {}", homes.join(" or ")));
    // Where columns are named, all others are passed over.
    let own = names.iter().find(|name| keys.requires(name)).filter(|_| of_file);
    let take_out =
        own.map(|own| format!("take it out, or let further columns be: {} beside `file`", named_column(own, own)));
    cx.sink.push(finding.expected(expected).help_if(table.or(home).or(take_out)));
}

/// The setting that says what a key is called in a file, as it is written.
fn named_column(key: &str, column: &str) -> String {
    format!("`columns = {{ {key} = {column:?} }}`")
}

/// The key of some names that another name most likely stands for.
fn meant(written: &str, names: &[&'static str]) -> Option<&'static str> {
    let lower = written.to_lowercase();
    let elsewhere =
        || OTHER_WORDS.iter().find(|(word, key)| *word == lower && names.contains(key)).map(|(_, key)| *key);
    closest(written, names.iter().copied()).or_else(|| part_of(written, names)).or_else(elsewhere)
}

/// Keys as other programs call them, with ours.
const OTHER_WORDS: [(&str, &str); 19] = [
    ("delimiter", "separator"),
    ("delim", "separator"),
    ("sep", "separator"),
    ("header", "skip_rows"),
    ("header_row", "skip_rows"),
    ("header_line", "skip_rows"),
    ("skiprows", "skip_rows"),
    ("skip", "skip_rows"),
    ("skip_lines", "skip_rows"),
    ("date_format", "dates"),
    ("date_order", "dates"),
    ("format", "dates"),
    ("sku", "id"),
    ("cost", "unit_cost"),
    ("qty", "units"),
    ("quantity", "units"),
    ("on_hand", "units"),
    ("stock", "units"),
    ("location", "warehouse"),
];

/// As many tables that a misplaced key may belong in are worth naming.
const MAX_HOMES: usize = 3;

/// The only name that begins with what was written, has it as a word, or is its beginning: `weight` for `weight_kg`.
fn part_of(written: &str, names: &[&'static str]) -> Option<&'static str> {
    let whole_words = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.starts_with('_'))
            || long.strip_suffix(short).is_some_and(|rest| rest.ends_with('_'))
    };
    let mut related = names.iter().filter(|name| {
        whole_words(name, written) || whole_words(written, name) || (name.len() >= 3 && written.starts_with(*name))
    });
    related.next().filter(|_| related.next().is_none()).copied()
}
