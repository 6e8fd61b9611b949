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
    list: Vec<Shown>,
    /// A mistake met twice on the way, such as a column's in every row, is one mistake.
    told: BTreeSet<(Place, &'static str, String)>,
    /// How often each kind of mistake was made.
    counts: Vec<usize>,
    /// The number of a kind, by text, code and subject.
    kinds: BTreeMap<(u32, &'static str, String), usize>,
}

/// A diagnostic that is shown, with where it stands and of which kind it is.
#[derive(Debug)]
struct Shown {
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
        let diagnostic =
            Diagnostic { severity, code, message, location, expected: None, help: None, note: None, more: 0 };
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
        let kind = found.kinds.get(&(source, code, subject.to_string()));
        kind.is_some_and(|&kind| found.counts[kind] >= SHOWN_OF_A_KIND)
    }

    /// Takes in a finding.
    pub fn push(&self, finding: Finding) {
        let Finding { place, subject, diagnostic } = finding;
        let mut found = self.0.borrow_mut();
        let Found { list, told, counts, kinds } = &mut *found;
        let code = diagnostic.code;
        if !told.insert((place, code, diagnostic.message.clone())) {
            return;
        }
        let kind = *kinds.entry((place.source, code, subject)).or_insert_with(|| {
            counts.push(0);
            counts.len() - 1
        });
        counts[kind] += 1;
        if counts[kind] <= SHOWN_OF_A_KIND {
            list.push(Shown { place, kind, diagnostic });
        }
    }

    /// Whether there is an error among what was found.
    pub fn has_errors(&self) -> bool {
        self.0.borrow().list.iter().any(|shown| shown.diagnostic.severity == Severity::Error)
    }

    /// Drops findings that another one explains.
    pub fn retain(&self, keep: impl Fn(Place, &'static str) -> bool) {
        let mut found = self.0.borrow_mut();
        let Found { list, counts, .. } = &mut *found;
        list.retain(|Shown { place, kind, diagnostic }| {
            let kept = keep(*place, diagnostic.code);
            counts[*kind] -= usize::from(!kept);
            kept
        });
    }

    /// Everything found, in the order of the texts, with its lines and columns.
    pub fn into_diagnostics(self, sources: &Sources) -> Diagnostics {
        let Found { mut list, counts, .. } = self.0.into_inner();
        list.sort_by_key(|Shown { place, diagnostic, .. }| (diagnostic.severity, place.source, place.start));
        // Backwards, so that the last one shown of a kind says how many more there are.
        let mut uncounted: Vec<Option<usize>> = counts.into_iter().map(Some).collect();
        let shown_of = |list: &[Shown], kind: usize| list.iter().filter(|shown| shown.kind == kind).count();
        for index in (0..list.len()).rev() {
            let kind = list[index].kind;
            let Some(count) = uncounted[kind].take() else { continue };
            let more = count.saturating_sub(shown_of(&list, kind));
            let diagnostic = &mut list[index].diagnostic;
            diagnostic.more = more;
            if more > 0 {
                let more = format!("and {} more like this", grouped(more));
                diagnostic.note = Some(match diagnostic.note.take() {
                    Some(note) => format!("{note}; {more}"),
                    None => more,
                });
            }
        }
        let located = list
            .into_iter()
            .map(|Shown { place, diagnostic, .. }| Diagnostic { location: locate(place, sources), ..diagnostic });
        Diagnostics::of(located.collect())
    }
}

/// A place as its reader sees it.
fn locate(place: Place, sources: &Sources) -> Location {
    let source = sources.get(place.source);
    let (file, is_setting) = (source.name.clone(), source.origin == Origin::Setting);
    if place.start == 0 && place.end == 0 {
        return Location { file, is_setting, ..Location::default() };
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
        is_setting,
        line,
        column: before.chars().count() + 1,
        cell,
        text: text.to_string(),
        width: stretch.trim_end().chars().count().max(1),
    }
}
