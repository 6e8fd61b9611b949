//! The names of one kind of thing: from id to index, and the nearest name for one that is not there.

use super::item::Item;
use super::notation::{SHORTENED, is_shortened, lost, unwrapped};
use super::reader::Section;
use super::report::Finding;
use super::source::Place;
use super::suggest::{remedy, shape};
use super::tree::Value as Written;
use crate::domain::settings::Value;
use std::collections::HashMap;

/// Names in the order of the file. The map is only ever asked for single names, never walked.
pub struct Names {
    /// What one of them is called: `vendor`.
    kind: &'static str,
    /// Where they stand in the file: `[[vendors]]`.
    table: &'static str,
    index: HashMap<String, u32>,
    /// Names that are not of plain letters, by what they look like.
    shapes: HashMap<String, u32>,
    list: Vec<(String, Place)>,
    incomplete: bool,
}

impl Names {
    /// No names yet.
    pub fn new(kind: &'static str, table: &'static str) -> Self {
        Self { kind, table, index: HashMap::new(), shapes: HashMap::new(), list: Vec::new(), incomplete: false }
    }

    /// Takes in the id of a row and returns it; a row without one is counted all the same.
    pub fn take(&mut self, row: &Section<'_>) -> Option<String> {
        let id: Option<String> = row.read("id");
        self.take_in(row, id.as_deref());
        id
    }

    /// The same where the id has been read already, with the rest of the row.
    pub fn take_read(&mut self, row: &Section<'_>, id: Option<&Value>) {
        let name = match id {
            Some(Value::Text(name)) => Some(name.as_str()),
            _ => None,
        };
        self.take_in(row, name);
    }

    fn take_in(&mut self, row: &Section<'_>, id: Option<&str>) {
        match row.written("id").zip(id) {
            Some((item, name)) => self.add(&item, name),
            None => self.skip(),
        }
    }

    /// Takes in the next name; one that is there already is reported.
    fn add(&mut self, item: &Item<'_>, name: &str) {
        let next = self.list.len() as u32;
        if let Some(&first) = self.index.get(name) {
            let first = self.list[first as usize].1;
            let message = format!("there are two {} with the id \"{name}\"", self.kinds());
            // The id that this row should have had is one that is not found.
            self.incomplete = true;
            let finding = Finding::error("duplicate-id", item.node.at, message).about(self.table);
            item.cx.sink.push(
                finding
                    .note(format!("the first stands at {}", item.cx.sources.name_of(first)))
                    .help("give one another id"),
            );
        } else {
            self.index.insert(name.to_string(), next);
            self.warn_of_twin(item, name, next);
            if matches!(item.node.value, Written::Cell(_)) && is_shortened(name) {
                let message = format!("the id \"{name}\" is shortened to a power of ten");
                item.cx
                    .sink
                    .push(Finding::warning("shortened", item.node.at, message).about(self.table).help(SHORTENED));
            }
        }
        self.list.push((name.to_string(), item.node.at));
    }

    /// Warns of a name that nobody can tell from an earlier one.
    fn warn_of_twin(&mut self, item: &Item<'_>, name: &str, number: u32) {
        let shape = shape(name);
        // Of plain letters, what a name looks like is the name.
        let plain = self.index.get(&shape).filter(|&&other| other != number);
        let twin = plain.or_else(|| self.shapes.get(&shape)).copied();
        if shape != name || !name.is_ascii() {
            self.shapes.entry(shape).or_insert(number);
        }
        let Some(twin) = twin else { return };
        let message = format!("there are two {} that look like \"{name}\", and yet differ", self.kinds());
        let finding = Finding::warning("look-alike", item.node.at, message).about(self.table);
        let first = item.cx.sources.name_of(self.list[twin as usize].1);
        item.cx
            .sink
            .push(finding.note(format!("the other stands at {first}")).help("if they are one, write it the same way"));
    }

    /// What several of them are called.
    fn kinds(&self) -> String {
        format!("{}{}", self.kind, if self.kind.ends_with('s') { "es" } else { "s" })
    }

    /// Takes in a name that stands nowhere in the file.
    pub fn add_generated(&mut self, name: String, at: Place) {
        self.index.insert(name.clone(), self.list.len() as u32);
        self.list.push((name, at));
    }

    /// Takes in a row whose name cannot be read, so that the later ones keep their numbers.
    fn skip(&mut self) {
        self.list.push((String::new(), Place::whole(0)));
        self.incomplete = true;
    }

    /// Notes that there are names that could not be read: one that is not found is then nobody's mistake.
    pub fn incomplete(&mut self) {
        self.incomplete = true;
    }

    /// Whether all names could be read.
    pub fn is_complete(&self) -> bool {
        !self.incomplete
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The number of a name.
    pub fn get(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    /// Where a name was given.
    pub fn place(&self, index: usize) -> Place {
        self.list[index].1
    }

    /// The name of a number.
    pub fn name(&self, index: usize) -> &str {
        &self.list[index].0
    }

    /// The number of the name that a value gives; one that is not there is reported.
    pub fn resolve(&self, item: &Item<'_>) -> Option<u32> {
        let name = item.name()?;
        let found = self.get(&name);
        if found.is_none() && self.is_complete() && !item.cx.sink.is_full(item.node.at.source, "dangling", item.key) {
            item.cx.sink.push(self.unknown(item.node.at, &name).about(item.key));
        }
        found
    }

    /// The number of the name that a key is; one that is not there is reported.
    pub fn find(&self, entry: &Item<'_>) -> Option<u32> {
        let found = self.get(entry.key);
        if found.is_none() && self.is_complete() {
            entry.cx.sink.push(self.unknown(entry.key_at, entry.key).about(self.table));
        }
        found
    }

    /// The same in a file that may be one of our results: there, a name that a spreadsheet would take for a formula has an
    /// apostrophe before it.
    pub fn resolve_unguarded(&self, item: &Item<'_>) -> Option<u32> {
        let meant = match &item.node.value {
            Written::Cell(text) if self.get(text).is_none() => text.strip_prefix('\''),
            _ => None,
        };
        let is_guarded = |name: &&str| !name.starts_with(char::is_alphanumeric);
        meant.filter(is_guarded).and_then(|name| self.get(name)).or_else(|| self.resolve(item))
    }

    /// The error about a name that is not there.
    pub fn unknown(&self, at: Place, name: &str) -> Finding {
        let (kind, table) = (self.kind, self.table);
        let finding = Finding::error("dangling", at, format!("there is no {kind} \"{name}\""));
        if let Some(help) = lost(name) {
            return finding.help(help);
        }
        if let Some(inner) = unwrapped(name).filter(|inner| self.get(inner).is_some()) {
            return finding.help(format!("write {inner}: the marks around it are not part of it"));
        }
        if let Some(remedy) = remedy(name, self.list.iter().map(|(name, _)| name.as_str())) {
            return finding.help(remedy);
        }
        match self.list.len() {
            0 => finding.help(format!("the scenario has no {table}; add it there")),
            1..=8 => {
                let names: Vec<String> = self.list.iter().map(|(name, _)| format!("\"{name}\"")).collect();
                finding.expected(format!("a {kind} of {table}: {}", names.join(", ")))
            }
            n => finding.expected(format!("the id of one of the {} rows of {table}", super::diagnostic::grouped(n))),
        }
    }
}
