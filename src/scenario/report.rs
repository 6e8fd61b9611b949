//! Gathers diagnostics while a scenario is read: nothing stops at the first.

use super::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use super::records::{Spot, spot};
use super::source::{Place, Sources, TextKind};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// So many diagnostics are shown on a terminal. Every kind of mistake has its share of them, so that many of one kind do not
/// hide another.
const SHOWN: usize = 20;
/// So many are kept for programs; all others are only counted, as a file of a million rows may be wrong in every one.
const KEPT: usize = 10_000;
/// So many bytes of tables are read again to name the cells of what a terminal does not show: each is read from its start.
const READ_AGAIN: usize = 64 << 20;

/// What was found so far.
#[derive(Debug, Default)]
pub struct Sink(RefCell<Found>);

#[derive(Debug, Default)]
struct Found {
    /// What is kept.
    list: Vec<Kept>,
    /// The kind of each mistake, by its place, its code and a hash of its message: one that is met twice on the way, such
    /// as a column's in every row, is one mistake. The message itself would take too much room in a file full of them.
    told: BTreeMap<(Place, &'static str, u64), usize>,
    /// How often each kind of mistake was made.
    counts: Vec<usize>,
    /// The number of a kind, by text, code and subject.
    kinds: BTreeMap<(u32, &'static str, String), usize>,
}

/// A diagnostic that is kept, with where it stands and of which kind it is.
#[derive(Debug)]
struct Kept {
    place: Place,
    kind: usize,
    diagnostic: Diagnostic,
}

/// A diagnostic being put together.
#[must_use = "a finding counts when it is pushed"]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What it is about; findings of one code on one subject in one text count as the same kind.
    pub subject: String,
    diagnostic: Diagnostic,
}

impl Finding {
    /// An error.
    pub fn error(code: &'static str, place: Place, message: String) -> Self {
        Self::new(Severity::Error, code, place, message)
    }

    /// A warning.
    pub fn warning(code: &'static str, place: Place, message: String) -> Self {
        Self::new(Severity::Warning, code, place, message)
    }

    fn new(severity: Severity, code: &'static str, place: Place, message: String) -> Self {
        let location = Location::default();
        let (expected, help, note) = (None, None, None);
        let (is_shown, alike, more) = (false, 0, 0);
        let diagnostic = Diagnostic { severity, code, message, location, expected, help, note, is_shown, alike, more };
        Self { place, subject: String::new(), diagnostic }
    }

    /// What would have been right.
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.diagnostic.expected = Some(text.into());
        self
    }

    /// How to mend it.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.diagnostic.help = Some(text.into());
        self
    }

    /// How to mend it, if something is known.
    pub fn help_if(mut self, text: Option<String>) -> Self {
        self.diagnostic.help = text;
        self
    }

    /// Whether it says how to mend it.
    pub fn has_help(&self) -> bool {
        self.diagnostic.help.is_some()
    }

    /// What else there is to know.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.diagnostic.note = Some(text.into());
        self
    }

    /// What else there is to know, if anything.
    pub fn note_if(mut self, text: Option<String>) -> Self {
        self.diagnostic.note = text;
        self
    }

    /// The same mistake elsewhere counts as one kind with this one, by subject.
    pub fn about(mut self, subject: &str) -> Self {
        self.subject = subject.to_string();
        self
    }
}

impl Sink {
    /// Whether a kind of mistake has been shown often enough, so that working out a remedy is no longer worth it.
    pub fn is_full(&self, source: u32, code: &'static str, subject: &str) -> bool {
        let found = self.0.borrow();
        let kind = found.kinds.get(&(source, code, subject.to_string()));
        kind.is_some_and(|&kind| found.counts[kind] >= SHOWN)
    }

    /// Takes in a finding.
    pub fn push(&self, finding: Finding) {
        let Finding { place, subject, diagnostic } = finding;
        let mut found = self.0.borrow_mut();
        let Found { list, told, counts, kinds } = &mut *found;
        let code = diagnostic.code;
        let mut message = DefaultHasher::new();
        diagnostic.message.hash(&mut message);
        let key = (place, code, message.finish());
        if told.contains_key(&key) {
            return;
        }
        let kind = *kinds.entry((place.source, code, subject)).or_insert_with(|| {
            counts.push(0);
            counts.len() - 1
        });
        told.insert(key, kind);
        counts[kind] += 1;
        if counts[kind] <= SHOWN || list.len() < KEPT {
            list.push(Kept { place, kind, diagnostic });
        }
    }

    /// Whether there is an error among what was found.
    pub fn has_errors(&self) -> bool {
        self.0.borrow().list.iter().any(|kept| kept.diagnostic.severity == Severity::Error)
    }

    /// Drops findings that another one explains.
    pub fn retain(&self, keep: impl Fn(Place, &'static str) -> bool) {
        let mut found = self.0.borrow_mut();
        let Found { list, told, counts, .. } = &mut *found;
        list.retain(|kept| keep(kept.place, kept.diagnostic.code));
        told.retain(|&(place, code, _), &mut kind| {
            let kept = keep(place, code);
            counts[kind] -= usize::from(!kept);
            kept
        });
    }

    /// Everything found, in the order of the texts, with its lines and columns.
    pub fn into_diagnostics(self, sources: &Sources) -> Diagnostics {
        let Found { mut list, counts, .. } = self.0.into_inner();
        list.sort_by_key(|Kept { place, diagnostic, .. }| (diagnostic.severity, place.source, place.start));
        let mut left = shares(&list, &counts);
        let mut counted = counts.clone();
        for Kept { kind, diagnostic, .. } in &mut list {
            diagnostic.is_shown = left[*kind] > 0;
            left[*kind] -= usize::from(diagnostic.is_shown);
            counted[*kind] -= 1;
        }
        let several_kinds = counts.iter().filter(|&&count| count > 0).count() > 1;
        // Backwards, so that the last one shown of a kind says how many more there are.
        let mut alike = counted.clone();
        for Kept { kind, diagnostic, .. } in list.iter_mut().rev() {
            diagnostic.more = std::mem::take(&mut counted[*kind]);
            if diagnostic.is_shown && several_kinds {
                diagnostic.alike = std::mem::take(&mut alike[*kind]);
            } else {
                alike[*kind] += 1;
            }
        }
        let mut read_again = READ_AGAIN;
        let located = list
            .into_iter()
            .map(|Kept { place, diagnostic, .. }| {
                let budget = if diagnostic.is_shown { None } else { Some(&mut read_again) };
                Diagnostic { location: locate(place, sources, budget), ..diagnostic }
            })
            .map(Diagnostic::made_visible);
        Diagnostics::of(located.collect())
    }
}

/// How many are shown of each kind, in all no more than [`SHOWN`]: as evenly as the kinds have so many, errors first, but
/// never without a warning where there is one.
fn shares(list: &[Kept], counts: &[usize]) -> Vec<usize> {
    let mut kinds: Vec<usize> = Vec::new();
    let mut is_known = vec![false; counts.len()];
    for &Kept { kind, .. } in list {
        if !std::mem::replace(&mut is_known[kind], true) {
            kinds.push(kind);
        }
    }
    let mut shares = vec![0; counts.len()];
    let mut left = SHOWN;
    if let Some(warning) = list.iter().find(|kept| kept.diagnostic.severity == Severity::Warning) {
        shares[warning.kind] = 1;
        left -= 1;
    }
    while left > 0 && kinds.iter().any(|&kind| shares[kind] < counts[kind]) {
        for &kind in &kinds {
            if left > 0 && shares[kind] < counts[kind] {
                shares[kind] += 1;
                left -= 1;
            }
        }
    }
    shares
}

/// A place as its reader sees it; the cell of a table only as long as what may be read again lasts, where that is bounded.
fn locate(place: Place, sources: &Sources, read_again: Option<&mut usize>) -> Location {
    let source = sources.get(place.source);
    let (file, is_setting) = (source.name.clone(), source.origin == TextKind::Setting);
    if place.start == 0 && place.end == 0 {
        return Location { file, is_setting, ..Location::default() };
    }
    let start = place.start.min(source.text.len() as u32);
    let (line, mut line_start) = source.line_of(start);
    let mut text = source.line_at(line_start);
    if let Some(behind_mark) = text.strip_prefix('\u{feff}').filter(|_| line == 1) {
        line_start += (text.len() - behind_mark.len()) as u32;
        text = behind_mark;
    }
    let start = start.max(line_start);
    let within = (start - line_start) as usize;
    let before = text.get(..within).unwrap_or(text);
    let blamed = &text[before.len()..];
    let stretch = blamed.get(..(place.end.max(start) - start) as usize).unwrap_or(blamed);
    let column = before.chars().count() + 1;
    let width = stretch.trim_end().chars().count().max(1);
    let location = Location { file, is_setting, line, column, width, ..Location::default() };
    let TextKind::Csv(layout) = source.origin else { return location.showing(text, 1, false) };
    if let Some(left) = read_again {
        match left.checked_sub(start as usize) {
            Some(rest) => *left = rest,
            None => return location,
        }
    }
    // Of a row no more is shown than the faulty cell: rows hold the addresses of customers.
    match spot(&source.text, layout, start as usize, place.end as usize) {
        Spot::Header => location.showing(text, 1, false),
        Spot::Row(cell) => Location { cell, ..location },
        Spot::Field(name, bytes) => {
            let location = Location { cell: Some(name), ..location };
            let cell = source.text[bytes.clone()].split(['\n', '\r']).next().unwrap_or_default();
            let line_end = line_start as usize + text.len();
            let (before, goes_on) =
                (source.text.get(line_start as usize..bytes.start), bytes.start + cell.len() < line_end);
            match before {
                Some(before) if !cell.is_empty() => location.showing(cell, before.chars().count() + 1, goes_on),
                _ => location,
            }
        }
    }
}
