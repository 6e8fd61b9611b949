//! Gathers diagnostics while a scenario is read: nothing stops at the first.

use super::diagnostic::{Diagnostic, Diagnostics, Location, Severity, grouped};
use super::source::{Origin, Place, Sources};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The same mistake on the same subject is shown so often; then it is only counted.
const SHOWN_OF_A_KIND: usize = 10;

/// What was found so far.
#[derive(Debug, Default)]
pub struct Sink(RefCell<Found>);

#[derive(Debug, Default)]
struct Found {
    list: Vec<(Place, Diagnostic)>,
    /// A mistake met twice on the way, such as a column's in every row, is one mistake.
    told: BTreeSet<(Place, &'static str, String)>,
    kinds: BTreeMap<(u32, &'static str, String), Kind>,
}

#[derive(Debug, Default)]
struct Kind {
    count: usize,
    last_shown: usize,
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
        let location = Location { file: String::new(), line: 0, column: 0, cell: None, text: String::new(), width: 0 };
        let diagnostic = Diagnostic { severity, code, message, location, expected: None, help: None, note: None };
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

    /// What else there is to know.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.diagnostic.note = Some(text.into());
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
        found.kinds.get(&(source, code, subject.to_string())).is_some_and(|kind| kind.count >= SHOWN_OF_A_KIND)
    }

    /// Takes in a finding.
    pub fn push(&self, finding: Finding) {
        let Finding { place, subject, diagnostic } = finding;
        let mut found = self.0.borrow_mut();
        let code = diagnostic.code;
        if !found.told.insert((place, code, diagnostic.message.clone())) {
            return;
        }
        let next = found.list.len();
        let kind = found.kinds.entry((place.source, code, subject)).or_default();
        kind.count += 1;
        if kind.count <= SHOWN_OF_A_KIND {
            kind.last_shown = next;
            found.list.push((place, diagnostic));
        }
    }

    /// Whether there is an error among what was found.
    pub fn has_errors(&self) -> bool {
        self.0.borrow().list.iter().any(|(_, diagnostic)| diagnostic.severity == Severity::Error)
    }

    /// Drops findings that another one explains.
    pub fn retain(&self, keep: impl Fn(Place, &'static str) -> bool) {
        let mut found = self.0.borrow_mut();
        let Found { list, kinds, .. } = &mut *found;
        let keep: Vec<bool> = list.iter().map(|(place, diagnostic)| keep(*place, diagnostic.code)).collect();
        kinds.retain(|_, kind| keep[kind.last_shown]);
        let place_after: Vec<usize> = keep
            .iter()
            .scan(0, |kept, &keep| {
                let at = *kept;
                *kept += usize::from(keep);
                Some(at)
            })
            .collect();
        for kind in kinds.values_mut() {
            kind.last_shown = place_after[kind.last_shown];
        }
        let mut keep = keep.into_iter();
        list.retain(|_| keep.next().unwrap_or(true));
    }

    /// Everything found, in the order of the texts, with its lines and columns.
    pub fn into_diagnostics(self, sources: &Sources) -> Diagnostics {
        let Found { mut list, kinds, .. } = self.0.into_inner();
        let (mut errors, mut warnings) = (0, 0);
        for kind in kinds.values() {
            let diagnostic = &mut list[kind.last_shown].1;
            match diagnostic.severity {
                Severity::Error => errors += kind.count,
                Severity::Warning => warnings += kind.count,
            }
            if kind.count > SHOWN_OF_A_KIND {
                let more = format!("and {} more like this", grouped(kind.count - SHOWN_OF_A_KIND));
                diagnostic.note = Some(match diagnostic.note.take() {
                    Some(note) => format!("{note}; {more}"),
                    None => more,
                });
            }
        }
        list.sort_by_key(|(place, diagnostic)| (diagnostic.severity, place.source, place.start));
        let list = list
            .into_iter()
            .map(|(place, diagnostic)| Diagnostic { location: locate(place, sources), ..diagnostic })
            .collect();
        Diagnostics { list, errors, warnings }
    }
}

/// A place as its reader sees it.
fn locate(place: Place, sources: &Sources) -> Location {
    let source = sources.get(place.source);
    let file = source.name.clone();
    if place.start == 0 && place.end == 0 {
        return Location { file, line: 0, column: 0, cell: None, text: String::new(), width: 0 };
    }
    let end_of_text = source.text.len() as u32;
    let start = place.start.min(end_of_text);
    let (line, line_start) = source.line_of(start);
    let text = source.line_at(line_start);
    let within = (start - line_start) as usize;
    let before = text.get(..within).unwrap_or(text);
    let blamed = &text[before.len()..];
    let stretch = blamed.get(..(place.end.max(start) - start) as usize).unwrap_or(blamed);
    let cell = (source.origin == Origin::Csv)
        .then(|| super::sheet::cell_name(&source.text, start as usize, place.end as usize))
        .flatten();
    Location {
        file,
        line,
        column: before.chars().count() + 1,
        cell,
        text: text.to_string(),
        width: stretch.trim_end().chars().count().max(1),
    }
}
