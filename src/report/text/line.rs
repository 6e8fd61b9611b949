//! Lines of a terminal: words in their styles, broken at spaces.

use crate::report::number::NONE;
use crate::report::visible::visible_in_line;
use crate::report::words::{Style, Text, Tone};
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// How a piece of a line is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Set {
    /// As it is.
    #[default]
    Plain,
    /// In bold.
    Strong,
    /// In italics.
    Emphasis,
    /// In the colour of its meaning.
    Toned(Tone),
}

/// A line: pieces, each in its style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<(String, Set)>);

impl Line {
    pub(super) fn of(text: impl Into<String>, set: Set) -> Self {
        let mut line = Self::default();
        line.push(text, set);
        line
    }

    pub(super) fn push(&mut self, text: impl Into<String>, set: Set) {
        // Names come from scenarios, and may hold what a terminal would obey.
        let text = visible_in_line(&text.into()).into_owned();
        if !text.is_empty() {
            self.0.push((text, set));
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Characters across.
    pub(super) fn width(&self) -> usize {
        self.0.iter().map(|(text, _)| width(text)).sum()
    }

    /// Fills up with spaces to a width.
    pub(super) fn pad(&mut self, to: usize) {
        self.push(" ".repeat(to.saturating_sub(self.width())), Set::Plain);
    }

    pub(super) fn ends_in_space(&self) -> bool {
        self.0.last().is_none_or(|(text, _)| text.ends_with(' '))
    }

    /// Without spaces at the end.
    pub(super) fn trimmed(mut self) -> Self {
        while let Some((text, _)) = self.0.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
            if !text.is_empty() {
                break;
            }
            self.0.pop();
        }
        self
    }

    /// The words alone.
    pub fn words(&self) -> String {
        self.0.iter().map(|(text, _)| text.as_str()).collect()
    }
}

/// Columns that a text takes; wide letters take two.
pub(super) fn width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// How a piece is set among others that are set in one way.
fn set_of(style: Style, tone: Option<Tone>, around: Set) -> Set {
    match (tone, style) {
        (Some(tone), _) => Set::Toned(tone),
        (None, Style::Strong) => Set::Strong,
        (None, Style::Emphasis) => Set::Emphasis,
        (None, Style::Plain | Style::Code) => around,
    }
}

/// A text in one line, code without the marks that set it off in sentences.
pub(super) fn bare(text: &Text, around: Set) -> Line {
    let mut line = Line::default();
    for span in &text.0 {
        line.push(span.text.as_str(), set_of(span.style, span.tone, around));
    }
    line
}

/// A text of styles broken at spaces; a longer word has a line of its own. Code stands in backquotes.
pub(super) fn wrap_text(text: &Text, columns: usize, around: Set) -> Vec<Line> {
    let mut whole = String::new();
    let mut sets: Vec<(usize, Set)> = Vec::new();
    for span in &text.0 {
        let mark = if span.style == Style::Code { "`" } else { "" };
        let link = span.link.as_ref().map_or_else(String::new, |link| format!(" ({link})"));
        for word in [mark, span.text.as_str(), mark, &link] {
            // Runs of white space are one space, wherever pieces meet.
            for c in word.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c }) {
                if c != ' ' || !(whole.is_empty() || whole.ends_with(' ')) {
                    whole.push(c);
                }
            }
        }
        sets.push((whole.len(), set_of(span.style, span.tone, around)));
    }
    if whole.is_empty() {
        return vec![Line::default()];
    }
    let mut start = 0;
    let mut lines = Vec::new();
    for part in wrap(&whole, columns) {
        let mut from = start + whole[start..].find(&part).expect("a line is a part of the text");
        let end = from + part.len();
        let mut line = Line::default();
        for &(until, set) in &sets {
            let until = until.min(end);
            if until > from {
                line.push(&whole[from..until], set);
                from = until;
            }
        }
        lines.push(line);
        start = end;
    }
    lines
}

/// A text broken at spaces into lines of at most `columns` characters; a longer word has a line of its own. A dash of
/// nothing.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let flat: Vec<&str> = text.split_ascii_whitespace().collect();
    if flat.is_empty() {
        return vec![NONE.into()];
    }
    let options = Options::new(columns)
        .break_words(false)
        .word_separator(WordSeparator::Custom(unbroken))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(&flat.join(" "), options).into_iter().map(|line| line.into_owned()).collect()
}

/// The words of a text with single spaces; a sum with its currency, `USD 3.20`, is one that no line breaks in.
fn unbroken(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let is_code = |word: &str| {
        let code = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let mut ends: Vec<usize> = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices(' ') {
        let is_sum = line[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        if !(is_sum && is_code(&line[start..at])) {
            ends.push(at + 1);
        }
        start = at + 1;
    }
    ends.push(line.len());
    let starts = std::iter::once(0).chain(ends.clone());
    Box::new(starts.zip(ends).map(|(start, end)| Word::from(&line[start..end])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_style_wherever_lines_break() {
        let words = Text::from("plain and ")
            .strong("very bold")
            .plain(" and ")
            .toned("so bad", Tone::Bad)
            .code("a b")
            .link("x", "y");
        let set = |text: &str, set: Set| (text.to_string(), set);
        let lines = wrap_text(&words, 14, Set::Plain);
        let pieces: Vec<Vec<(String, Set)>> = lines.into_iter().map(|line| line.0).collect();
        assert_eq!(
            pieces,
            [
                vec![set("plain and ", Set::Plain), set("very", Set::Strong)],
                vec![set("bold", Set::Strong), set(" and ", Set::Plain), set("so", Set::Toned(Tone::Bad))],
                vec![set("bad", Set::Toned(Tone::Bad)), set("`a b`", Set::Plain), set("x (y)", Set::Plain)],
            ]
        );
    }

    #[test]
    fn wrapping() {
        assert_eq!(wrap("aa bb  cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrap("longer-than-that x", 5), ["longer-than-that", "x"]);
        assert_eq!(wrap("", 5), [NONE]);
        assert_eq!(wrap("in 99 % of all cases", 7), ["in 99 %", "of all", "cases"]);
    }

    #[test]
    fn a_sum_stands_beside_its_currency() {
        assert_eq!(wrap("costs USD 3.20 (+USD 1,250)", 12), ["costs", "USD 3.20", "(+USD 1,250)"]);
        assert_eq!(wrap("costs −USD 3.20 ± 0.04", 12), ["costs", "−USD 3.20 ±", "0.04"]);
        // What is no code of a currency, or no sum, stays as it was.
        assert_eq!(wrap("USDX 3.20 USD or 3", 4), ["USDX", "3.20", "USD", "or 3"]);
    }
}
