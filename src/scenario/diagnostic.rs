//! What is wrong with a scenario, or odd about it, and how that is shown.

//! The look is that of a compiler's messages. annotate-snippets, which draws those of rustc, was tried and left: it shows a
//! line whole, where of a row of a table nobody but its owner may see more than the faulty cell, and of a line of a thousand
//! characters only the stretch around the caret helps; and it has no place for a cell's row and column beside the line's.

use super::suggest::is_invisible;
use serde::Serialize;
use std::fmt::{self, Write as _};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm, core::display_width};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The scenario cannot run.
    Error,
    /// It can, but perhaps not as meant.
    Warning,
}

/// Where it is: a stretch of one line of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Location {
    /// File name; for a setting from the command line the option it was written with.
    pub file: String,
    /// Whether it is a setting: of one line, which needs no number.
    #[serde(skip)]
    pub is_setting: bool,
    /// Line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 where the file as a whole is meant.
    pub column: usize,
    /// Row and column of a table, where the file is one: ``row 4, column `price` ``.
    pub cell: Option<String>,
    /// The line; of a long one the stretch around the column; of a row of a table no more than the faulty cell.
    pub text: String,
    /// The column that `text` begins with; 0 where nothing of the line is shown.
    #[serde(skip)]
    pub shown_from: usize,
    /// Whether the line goes on behind `text`.
    #[serde(skip)]
    pub goes_on: bool,
    /// How many characters, from `column` on, are to blame.
    pub width: usize,
}

/// One thing wrong, or odd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A short name of the kind of mistake, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where.
    pub location: Location,
    /// What would have been right there.
    pub expected: Option<String>,
    /// How to mend it.
    pub help: Option<String>,
    /// What else there is to know.
    pub note: Option<String>,
    /// Whether a terminal shows it: of very many only some.
    #[serde(skip)]
    pub is_shown: bool,
    /// How many more of its kind there are, told with the last one that is shown of several kinds.
    #[serde(skip)]
    pub alike: usize,
    /// How many more there are that are only counted.
    #[serde(skip)]
    pub more: usize,
}

/// The width of a terminal.
const WIDTH: usize = 80;
/// The longest line that is shown whole, in characters.
const LONGEST_LINE: usize = 74;
/// How much of a longer one is shown.
const STRETCH: usize = 64;
/// How many characters stand before the caret in such a stretch.
const BEFORE: usize = 24;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        wrap(f, &format!("{severity}: "), &self.message)?;
        let gutter = self.location.fmt_with(f)?;
        let alike = (self.alike > 0).then(|| format!("and {} more like this", grouped(self.alike)));
        let note = match (&self.note, alike) {
            (Some(note), Some(alike)) => Some(format!("{note}; {alike}")),
            (note, alike) => alike.or_else(|| note.clone()),
        };
        for (word, text) in [("expected", &self.expected), ("help", &self.help), ("note", &note)] {
            if let Some(text) = text {
                let lead = format!("{:gutter$} = {word}: ", "");
                wrap(f, &lead, text)?;
            }
        }
        Ok(())
    }
}

impl Location {
    /// Writes file, line and caret; returns the width of the line numbers' gutter.
    fn fmt_with(&self, f: &mut fmt::Formatter<'_>) -> Result<usize, fmt::Error> {
        let number = if self.is_setting || self.line == 0 { String::new() } else { self.line.to_string() };
        let gutter = number.len().max(1);
        write!(f, "{:gutter$}--> {}", "", self.file)?;
        if !number.is_empty() {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        if let Some(cell) = &self.cell {
            write!(f, " ({cell})")?;
        }
        f.write_char('\n')?;
        if self.shown_from > 0 {
            let ahead = if self.shown_from > 1 { "… " } else { "" };
            let behind = if self.goes_on { " …" } else { "" };
            let text: Vec<char> = self.text.chars().map(pictured).collect();
            let start = (self.column - self.shown_from).min(text.len());
            let end = (start + self.width).min(text.len());
            let wide = |text: &[char]| display_width(&text.iter().collect::<String>());
            let (before, width) = (display_width(ahead) + wide(&text[..start]), wide(&text[start..end]).max(1));
            let text: String = text.into_iter().collect();
            writeln!(f, "{:gutter$} |", "")?;
            writeln!(f, "{number:>gutter$} | {ahead}{text}{behind}")?;
            writeln!(f, "{:gutter$} | {:before$}{}", "", "", "^".repeat(width))?;
        }
        Ok(gutter)
    }

    /// Shows a stretch of the line that begins at a column; of a long one what lies around the place that is to blame.
    pub(super) fn showing(mut self, stretch: &str, from: usize, goes_on: bool) -> Self {
        let text: Vec<char> = stretch.trim_end().chars().collect();
        let start = self.column.saturating_sub(from).min(text.len());
        let (first, last) = if text.len() <= LONGEST_LINE {
            (0, text.len())
        } else {
            let first = if start + self.width.min(BEFORE) <= STRETCH { 0 } else { start - BEFORE };
            (first, (first + STRETCH).min(text.len()))
        };
        self.text = text[first..last].iter().collect();
        self.shown_from = from + first;
        self.goes_on = goes_on || last < text.len();
        self.width = self.width.min((last - start.min(last)).max(1));
        self
    }
}

/// Whether a character shows as one, and changes nothing else on the screen: no control, no mark of direction, no joiner.
fn is_visible(c: char) -> bool {
    !c.is_control() && !is_invisible(c)
}

/// A character as it stands in a line that is shown: what has no look of its own as the picture of a control character.
fn pictured(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        c if is_visible(c) => c,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The longest text of a message; what is quoted in it may be a whole file.
const LONGEST_TEXT: usize = 600;

/// A text as it can be shown: what cannot be seen by its number, and of a very long one its beginning and its end.
fn shown(text: &str) -> String {
    let escape = |out: &mut String, c: char| match c {
        c if is_visible(c) => out.push(c),
        c => out.extend(c.escape_default()),
    };
    let count = text.chars().count();
    let mut out = String::with_capacity(text.len().min(LONGEST_TEXT));
    if count <= LONGEST_TEXT {
        text.chars().for_each(|c| escape(&mut out, c));
        return out;
    }
    text.chars().take(LONGEST_TEXT / 2).for_each(|c| escape(&mut out, c));
    out.push_str(" … ");
    text.chars().skip(count - LONGEST_TEXT / 4).for_each(|c| escape(&mut out, c));
    out
}

impl Diagnostic {
    /// The same with texts that can be shown.
    pub(super) fn made_visible(mut self) -> Self {
        self.message = shown(&self.message);
        self.location.file = shown(&self.location.file);
        self.location.cell = self.location.cell.as_deref().map(shown);
        for text in [&mut self.expected, &mut self.help, &mut self.note].into_iter().flatten() {
            *text = shown(text);
        }
        self
    }
}

/// Stands for a blank within backticks while lines are broken: what is to be typed stays on one.
const UNBROKEN: char = '\u{e000}';

/// Writes a text behind a lead, with further lines indented under its first word.
fn wrap(f: &mut fmt::Formatter<'_>, lead: &str, text: &str) -> fmt::Result {
    let mut is_code = false;
    let bound = |c: char| {
        is_code ^= c == '`';
        if is_code && c == ' ' { UNBROKEN } else { c }
    };
    let text: String = text.chars().map(bound).collect();
    let indent = " ".repeat(display_width(lead));
    let options = Options::new(WIDTH)
        .initial_indent(lead)
        .subsequent_indent(&indent)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false);
    for line in textwrap::wrap(&text, options) {
        writeln!(f, "{}", line.replace(UNBROKEN, " "))?;
    }
    Ok(())
}

/// All that was found, errors and warnings, in the order of the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnostics {
    /// One entry a mistake; of some ten thousand and more, the rest is only counted.
    pub list: Vec<Diagnostic>,
    /// Errors found, those that are only counted included.
    pub errors: usize,
    /// Warnings found.
    pub warnings: usize,
    /// Whether it is of scenarios, all of whose mistakes `validate --json` has.
    #[serde(skip)]
    pub(super) are_of_scenarios: bool,
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in self.list.iter().filter(|diagnostic| diagnostic.is_shown) {
            writeln!(f, "{diagnostic}")?;
        }
        match self.list.iter().map(|diagnostic| usize::from(!diagnostic.is_shown) + diagnostic.more).sum() {
            0 => {}
            more if self.are_of_scenarios => {
                writeln!(f, "… and {} more, all of which `backorder validate --json` lists\n", grouped(more))?;
            }
            more => writeln!(f, "… and {} more\n", grouped(more))?,
        }
        writeln!(f, "{}", self.count())
    }
}

impl Diagnostics {
    /// All that is in a list, counted.
    pub(super) fn of(list: Vec<Diagnostic>) -> Self {
        let count = |severity: Severity| {
            list.iter().filter(|found| found.severity == severity).map(|found| 1 + found.more).sum()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        Self { list, errors, warnings, are_of_scenarios: false }
    }

    /// Nothing that is wrong with scenarios yet.
    pub fn of_scenarios() -> Self {
        Self::default().about_scenarios()
    }

    /// The same as what is wrong with scenarios.
    pub(super) fn about_scenarios(self) -> Self {
        Self { are_of_scenarios: true, ..self }
    }

    /// Takes in what was found in another scenario, but for what is there already: what is wrong with a file is so with all
    /// that is made of it.
    pub fn add(&mut self, other: Vec<Diagnostic>) {
        let mut list = std::mem::take(&mut self.list);
        let (known, mut new) = (list.len(), other);
        new.retain(|found| !list[..known].contains(found));
        list.append(&mut new);
        *self = Self { are_of_scenarios: self.are_of_scenarios, ..Self::of(list) };
    }

    /// How many there are, in words: `3 errors, 1 warning`; `1 warning` where nothing is wrong.
    pub fn count(&self) -> String {
        let plural = |n: usize, word: &str| format!("{} {word}{}", grouped(n), if n == 1 { "" } else { "s" });
        match (self.errors, self.warnings) {
            (errors, 0) => plural(errors, "error"),
            (0, warnings) => plural(warnings, "warning"),
            (errors, warnings) => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
        }
    }
}

impl std::error::Error for Diagnostics {}

/// Names in a sentence: `a`, `b` and `c`.
pub(super) fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => "nothing".to_string(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// A number with its thousands set apart: `12,345`.
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, column: usize, width: usize) -> Location {
        let place = Location { file: "a.toml".into(), line: 12, column, width, ..Location::default() };
        place.showing(text, 1, false)
    }

    #[test]
    fn it_looks_as_a_compiler_would_show_it() {
        let diagnostic = Diagnostic {
            severity: Severity::Error,
            code: "unknown-key",
            message: "unknown key `sead` in [run]".into(),
            location: at("sead = 7", 1, 4),
            expected: None,
            help: Some("did you mean `seed`?".into()),
            note: None,
            is_shown: true,
            alike: 0,
            more: 0,
        };
        let expected = "error: unknown key `sead` in [run]\n  --> a.toml:12:1\n   |\n12 | sead = 7\n   | ^^^^\n   = \
                        help: did you mean `seed`?\n";
        assert_eq!(diagnostic.to_string(), expected);
    }

    /// The lines of a place, as they are shown.
    fn lines(location: Location) -> Vec<String> {
        let diagnostic = Diagnostic {
            severity: Severity::Warning,
            code: "unknown-key",
            message: "m".into(),
            location,
            expected: None,
            help: None,
            note: None,
            is_shown: true,
            alike: 0,
            more: 0,
        };
        diagnostic.to_string().lines().skip(3).map(str::to_string).collect()
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let line = format!("{}X{}", "a".repeat(300), "b".repeat(300));
        for (column, width) in [(301, 1), (301, 900), (1, 1), (601, 1)] {
            let shown = lines(at(&line, column, width));
            let caret = shown[1].chars().position(|c| c == '^').expect("a caret");
            assert_eq!(shown[0].chars().nth(caret), line.chars().nth(column - 1), "{shown:?}");
            assert!(shown.iter().all(|line| line.chars().count() <= WIDTH), "{shown:?}");
        }
        assert_eq!(lines(at(&line, 301, 1))[0].matches('…').count(), 2);
        assert_eq!(lines(at(&"a".repeat(LONGEST_LINE), 2, 1))[0].matches('…').count(), 0);
    }

    #[test]
    fn a_caret_stands_under_its_letter_whatever_their_width() {
        for (line, column) in [("日本 = 7", 6), ("o\u{308}l = 7", 7), ("\u{1b}[1m = 7", 8), ("\u{202e}a = 7", 6)] {
            let shown = lines(at(line, column, 1));
            let at_caret = display_width(shown[1].trim_end_matches('^'));
            assert_eq!(display_width(shown[0].trim_end_matches('7')), at_caret, "{shown:?}");
            assert!(shown.iter().all(|line| line.chars().all(is_visible)), "{shown:?}");
        }
    }

    #[test]
    fn of_a_cell_nothing_around_it_is_shown() {
        let place = Location { file: "o.csv".into(), line: 2, column: 7, width: 3, ..Location::default() };
        assert_eq!(lines(place.showing("bad", 7, true)), ["2 | … bad …", "  |   ^^^"]);
    }

    #[test]
    fn what_cannot_be_seen_is_written_out_and_what_is_endless_is_cut() {
        assert_eq!(shown("a\nb\u{202e}\u{1b}[1m é"), "a\\nb\\u{202e}\\u{1b}[1m é");
        let cut = shown(&"x".repeat(5_000));
        assert!(cut.chars().count() < LONGEST_TEXT && cut.contains(" … "), "{cut}");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([grouped(0), grouped(999), grouped(1_000), grouped(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
    }
}
