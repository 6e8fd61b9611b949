//! Words of a document: styled text, what a statement means to its reader, and where a part is shown.

/// What a statement means to its reader, from which its colour and its mark follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be: kept, holds, better.
    Good,
    /// Not as it should be: broken, does not hold, worse.
    Bad,
    /// More replications are needed to tell.
    Unclear,
    /// Nothing to be glad or sorry about: no occasion, the same.
    Neutral,
}

/// On what a part of a document is shown. A page has room for more than a terminal or a comment on a pull request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Wherever the document is read.
    #[default]
    Everywhere,
    /// On a page in the browser alone.
    OnPage,
    /// In plain text (terminal, Markdown) alone.
    InText,
    /// On a page in the browser alone, and not where it is printed.
    OnScreen,
    /// On a printed page alone, in place of what is too wide for paper.
    InPrint,
}

/// How a piece of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    #[default]
    Plain,
    /// In bold.
    Strong,
    /// In italics.
    Emphasis,
    /// A name from the code, a command, a file.
    Code,
}

/// A piece of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// How it is set.
    pub style: Style,
    /// What it means, where it is a judgement.
    pub tone: Option<Tone>,
    /// Where it leads, where it is a link.
    pub link: Option<String>,
}

/// A text of styled pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Span>);

impl Text {
    /// Adds a piece.
    fn with(mut self, text: impl Into<String>, style: Style) -> Self {
        self.0.push(Span { text: text.into(), style, ..Span::default() });
        self
    }

    /// Adds plain text.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.with(text, Style::Plain)
    }

    /// Adds bold text.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.with(text, Style::Strong)
    }

    /// Adds text in italics.
    #[must_use]
    pub fn emphasis(self, text: impl Into<String>) -> Self {
        self.with(text, Style::Emphasis)
    }

    /// Adds a name from the code, a command, a file.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.with(text, Style::Code)
    }

    /// Adds a judgement in words.
    #[must_use]
    pub fn toned(mut self, text: impl Into<String>, tone: Tone) -> Self {
        self.0.push(Span { text: text.into(), tone: Some(tone), ..Span::default() });
        self
    }

    /// Adds a link.
    #[must_use]
    pub fn link(mut self, text: impl Into<String>, to: impl Into<String>) -> Self {
        self.0.push(Span { text: text.into(), link: Some(to.into()), ..Span::default() });
        self
    }

    /// The paragraphs of Markdown as far as a rule's page uses it: emphasis and code; headings are left out.
    pub fn paragraphs(markdown: &str) -> Vec<Self> {
        let blocks = markdown.split("\n\n").filter(|block| !block.starts_with('#'));
        blocks.map(|block| Self::from_markdown(&block.replace('\n', " "))).collect()
    }

    /// A line of Markdown with emphasis and code.
    fn from_markdown(line: &str) -> Self {
        let mut text = Self::default();
        for (index, part) in line.split('`').enumerate() {
            if index % 2 == 1 {
                text = text.code(part);
                continue;
            }
            for (index, part) in part.split("**").enumerate() {
                if index % 2 == 1 {
                    text = text.strong(part);
                    continue;
                }
                for (index, part) in part.split('*').enumerate() {
                    text = if index % 2 == 1 { text.emphasis(part) } else { text.plain(part) };
                }
            }
        }
        text.0.retain(|span| !span.text.is_empty());
        text
    }

    /// The words alone.
    pub fn words(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.text.is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::default().plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::default().plain(text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::default().plain(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rule;

    #[test]
    fn emphasis_and_code() {
        let found = Text::paragraphs("# title\n\n**Promise.** It is *more* than `a < b`,\nalways.");
        let expected = Text::default().strong("Promise.").plain(" It is ").emphasis("more").plain(" than ");
        assert_eq!(found, [expected.code("a < b").plain(", always.")]);
    }

    #[test]
    fn every_rules_page_comes_out_clean() {
        for rule in Rule::ALL {
            for paragraph in Text::paragraphs(&rule.page()) {
                let words = paragraph.words();
                assert!(!words.contains("**") && !words.contains('`') && !words.starts_with('#'), "{words}");
            }
        }
    }
}
