//! Tables read by key: unknown keys, missing keys and defaults, whatever text the table comes from.

use super::context::Context;
use super::diagnostic::listed;
use super::item::Item;
use super::records::{Layout, SEPARATORS};
use super::report::Finding;
use super::schema::Definition;
use super::source::{Origin, Place};
use super::suggest::closest;
use super::tree::{Entry, Node, Value as Written};
use crate::domain::settings::{Key, Kind, Presence, Settings, Table, Value};
use schemars::JsonSchema;

/// No header stands deeper than this.
const MOST_SKIPPED: i64 = 1_000;

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
    definition: &'static Definition,
    /// Names the keys of a file's header, where the table is a row of it.
    header: Option<&'c RowHeader<'c>>,
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
    pub fn new<T: JsonSchema>(cx: &'c Context<'c>, node: &'c Node<'c>, title: &'c str) -> Option<Self> {
        let section = Self::quietly(cx, node, title, cx.catalogue.table::<T>(), None)?;
        section.refuse_unknown();
        Some(section)
    }

    /// A table described by its name in the catalogue.
    pub fn named(cx: &'c Context<'c>, node: &'c Node<'c>, title: &'c str, name: &str) -> Option<Self> {
        let section = Self::quietly(cx, node, title, cx.catalogue.named(name), None)?;
        section.refuse_unknown();
        Some(section)
    }

    /// A row of a file, the keys of whose header have been looked at once for all rows.
    pub fn row<T: JsonSchema>(
        cx: &'c Context<'c>,
        node: &'c Node<'c>,
        title: &'c str,
        header: &'c RowHeader<'c>,
    ) -> Option<Self> {
        Self::quietly(cx, node, title, cx.catalogue.table::<T>(), Some(header))
    }

    /// A table that is not there: every key at its default.
    pub fn absent<T: JsonSchema>(cx: &'c Context<'c>, at: Place, title: &'c str) -> Self {
        Self { cx, at, title, entries: &[], definition: cx.catalogue.table::<T>(), header: None }
    }

    fn quietly(
        cx: &'c Context<'c>,
        node: &'c Node<'c>,
        title: &'c str,
        definition: &'static Definition,
        header: Option<&'c RowHeader<'c>>,
    ) -> Option<Self> {
        match &node.value {
            Written::Table(entries) => Some(Self { cx, at: node.at, title, entries, definition, header }),
            _ => {
                let message = format!("{title} must be a table, not {}", node.shown());
                let keys: Vec<&str> = definition.keys().collect();
                let finding = Finding::error("wrong-type", node.at, message).about(title);
                cx.sink.push(finding.expected(format!("a table with {}", listed(&keys))));
                None
            }
        }
    }

    /// Reports keys that the table does not have.
    fn refuse_unknown(&self) {
        for entry in self.entries {
            if !self.definition.has(&entry.key) {
                unknown_key(self.cx, self.definition, self.title, &entry.key, entry.key_at);
            }
        }
    }

    /// The value of a key as it stands in the text, without a default.
    pub fn written(&self, key: &'static str) -> Option<Item<'c>> {
        debug_assert!(self.definition.has(key), "{} has no key `{key}`", self.title);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(Item { cx: self.cx, node: &entry.node, key, key_at: entry.key_at })
    }

    /// The value of a key, or its default; a key that is required and not there is reported.
    pub fn item(&self, key: &'static str) -> Option<Item<'c>> {
        if let Some(item) = self.written(key) {
            return Some(item);
        }
        if let Some(default) = self.definition.default(key) {
            return Some(Item { cx: self.cx, node: default, key, key_at: self.at });
        }
        if self.definition.requires(key) {
            self.missing(key);
        }
        None
    }

    /// The value of a key that is needed in this place, though not everywhere; `why` ends the sentence.
    pub fn needed(&self, key: &'static str, why: &str) -> Option<Item<'c>> {
        let item = self.written(key);
        if item.is_none() {
            self.missing_because(key, why);
        }
        item
    }

    /// Reports that a key is not there.
    fn missing(&self, key: &'static str) {
        self.missing_because(key, "");
    }

    /// Reports that a key is not there though it is needed for a reason.
    pub fn missing_because(&self, key: &'static str, why: &str) {
        let misspelt = |entry: &Entry<'_>| {
            !self.definition.has(&entry.key) && closest(&entry.key, self.definition.keys()) == Some(key)
        };
        if self.entries.iter().any(misspelt) {
            return;
        }
        let finding = match self.header {
            Some(header) if !header.names.iter().any(|name| within(name, key)) => {
                if header.names.iter().any(|name| closest(name, [key]).is_some()) {
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
                match self.definition.example(key) {
                    Some(example) => finding.help(format!("add it, for example `{example}`")),
                    None => finding.expected(format!("a table with {}", listed(&self.required_keys(key)))),
                }
            }
        };
        self.cx.sink.push(finding.about(&format!("{} {key}", self.title)));
    }

    fn required_keys(&self, key: &'static str) -> Vec<&'c str> {
        let definition: &'static Definition = self.definition;
        definition.keys().filter(|name| *name == key || definition.requires(name)).collect()
    }

    /// A table within this one; where it is absent, all its keys have their defaults.
    pub fn table<T: JsonSchema>(&self, key: &'static str, title: &'c str) -> Section<'c> {
        self.written_table::<T>(key, title).unwrap_or_else(|| Self::absent::<T>(self.cx, self.at, title))
    }

    /// The settings of a table within this one; where it is absent, all have their defaults.
    pub fn settings<T: Settings>(&self, key: &'static str) -> Option<T> {
        let table = &T::TABLE;
        let values = match self.written(key) {
            Some(item) => item.read(&Kind::table(table))?,
            None => Value::Table(table.defaults()),
        };
        match values {
            Value::Table(values) => Some(T::from_values(values)),
            other => unreachable!("a table is read as {other:?}"),
        }
    }

    /// The value of every key of a declared table; all are read before any is asked for, so that every mistake is told.
    pub fn values(&self, table: &Table) -> Option<Value> {
        let values: Vec<Option<Value>> = table.keys.iter().map(|key| self.value(key)).collect();
        values.into_iter().collect::<Option<_>>().map(Value::Table)
    }

    /// The value of a declared key.
    fn value(&self, key: &Key) -> Option<Value> {
        match (self.written(key.name), key.presence) {
            (Some(item), _) => item.read(&key.kind),
            (None, Presence::Needed) => {
                self.missing(key.name);
                None
            }
            (None, _) => Some(key.default()),
        }
    }

    /// A table within this one, if it is there.
    pub fn written_table<T: JsonSchema>(&self, key: &'static str, title: &'c str) -> Option<Section<'c>> {
        Section::new::<T>(self.cx, self.written(key)?.node, title)
    }

    /// How the file that the table names is laid out: its keys `separator` and `skip_rows`.
    pub fn layout(&self) -> Option<Layout> {
        let separator = match self.item("separator") {
            None => Some(Layout::default().separator),
            Some(item) => item.text().and_then(|text| {
                let known = SEPARATORS.iter().find(|(byte, _)| text.as_bytes() == [*byte]);
                if known.is_none() {
                    let message = format!("`separator` cannot be \"{}\"", text.escape_debug());
                    let finding = item.error("wrong-word", message);
                    let word = text.trim().to_lowercase();
                    let word = word.strip_suffix('s').unwrap_or(&word);
                    let named = [
                        ("tab", "\\t"),
                        ("\\t", "\\t"),
                        ("semicolon", ";"),
                        ("comma", ","),
                        ("bar", "|"),
                        ("pipe", "|"),
                    ];
                    let meant = named.iter().find(|(name, _)| *name == word);
                    let help = meant.map(|(name, sign)| {
                        let name = if *name == "\\t" { "tab" } else { name };
                        format!("a {name} is written `separator = \"{sign}\"`")
                    });
                    self.cx.sink.push(finding.expected("\",\", \";\", \"\\t\" (a tab) or \"|\"").help_if(help));
                }
                known.map(|(byte, _)| *byte)
            }),
        };
        let skip_rows = match self.item("skip_rows") {
            None => Some(0),
            Some(item) => item.whole(0, MOST_SKIPPED).map(|lines| lines as usize),
        };
        Some(Layout { separator: separator?, skip_rows: skip_rows? })
    }

    /// Whether a key may not be left out.
    pub fn requires(&self, key: &str) -> bool {
        self.definition.requires(key)
    }

    /// Whether it may have a key.
    pub fn has(&self, key: &str) -> bool {
        self.definition.has(key)
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
pub fn unknown_key(cx: &Context<'_>, definition: &Definition, title: &str, key: &str, at: Place) {
    let of_file = matches!(cx.sources.get(at.source).origin, Origin::Csv(_));
    let kind = if of_file { "column" } else { "key" };
    let finding = Finding::error("unknown-key", at, format!("unknown {kind} `{key}` in {title}")).about(title);
    if cx.sink.is_full(at.source, "unknown-key", title) {
        // Only counted from here on: a remedy would not be shown.
        return cx.sink.push(finding);
    }
    let keys: Vec<&str> = definition.keys().collect();
    let written = key.to_lowercase();
    let elsewhere =
        || OTHER_WORDS.iter().find(|(word, key)| *word == written && keys.contains(key)).map(|(_, key)| *key);
    if let Some(meant) = closest(key, keys.iter().copied()).or_else(|| part_of(key, &keys)).or_else(elsewhere) {
        cx.sink.push(finding.help(format!("did you mean `{meant}`?")));
        return;
    }
    let expected = match &keys[..] {
        [only] => format!("`{only}`"),
        keys => format!("one of {}", keys.join(", ")),
    };
    // Of a key that stands in many tables nobody knows which was meant.
    let homes: Vec<&str> = cx.catalogue.homes_of(key).take(MOST_HOMES + 1).collect();
    let told = !of_file && (1..=MOST_HOMES).contains(&homes.len());
    cx.sink
        .push(finding.expected(expected).help_if(told.then(|| format!("`{key}` belongs in {}", homes.join(" or ")))));
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
const MOST_HOMES: usize = 3;

/// The only name that begins with what was written, has it as a word, or is its beginning: `weight` for `weight_kg`.
fn part_of<'k>(written: &str, names: &[&'k str]) -> Option<&'k str> {
    let whole_words = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.starts_with('_'))
            || long.strip_suffix(short).is_some_and(|rest| rest.ends_with('_'))
    };
    let mut related = names.iter().filter(|name| {
        whole_words(name, written) || whole_words(written, name) || (name.len() >= 3 && written.starts_with(*name))
    });
    related.next().filter(|_| related.next().is_none()).copied()
}
