//! A document: what a report says, whatever it is read on.
//!
//! Builders (a run, a comparison, what rules are worth, …) put together headings, paragraphs, tables, verdicts and figures;
//! [`text`](super::text), [`html`](super::html) and [`markdown`](super::markdown) render them. A builder never writes
//! markup, columns of characters or colours: it says what a thing is and, where it is a judgement, in which [`Tone`].

use super::table::Table;
use super::words::{Shown, Text};

/// Columns of a terminal.
pub const WIDTH: usize = 80;

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Body text.
    #[default]
    Body,
    /// What the document is about, in its author's words.
    Lead,
    /// How long, how often, from which seed; who is compared.
    Extent,
    /// A finding in words.
    Finding,
    /// What a reader must know before anything else.
    Warning,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What kind of document it is, above the title of a page.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// What follows the title; lines without gaps in a terminal.
    pub opening: Vec<Block>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// The version of the program that made the results.
    pub version: String,
}

impl Document {
    /// An empty document made by this version of the program.
    pub fn new(kind: impl Into<String>, title: impl Into<String>) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_string();
        Self { kind: kind.into(), title: title.into(), version, ..Self::default() }
    }

    /// Adds a block to what follows the title.
    pub fn open(&mut self, block: Block) {
        self.opening.push(block);
    }

    /// Adds a section, unless it is empty.
    pub fn push(&mut self, section: Section) {
        if !section.blocks.is_empty() {
            self.sections.push(section);
        }
    }
}

/// A section of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its anchor on a page.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where the title is shown: in plain text a table's own title often says enough.
    pub heading: Shown,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Section {
    /// A section with a heading everywhere.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), ..Self::default() }
    }

    /// A section whose title is shown on a page alone.
    pub fn on_page(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { heading: Shown::OnPage, ..Self::new(id, title) }
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: impl Into<Block>) -> Self {
        self.push(block);
        self
    }

    /// Adds a block.
    pub fn push(&mut self, block: impl Into<Block>) {
        self.blocks.push(block.into());
    }
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it says.
    pub content: Content,
    /// Where it is shown.
    pub shown: Shown,
}

impl Block {
    /// The same block, shown on a page alone.
    #[must_use]
    pub fn on_page(self) -> Self {
        Self { shown: Shown::OnPage, ..self }
    }

    /// The same block, shown on a page alone, and not where that is printed.
    #[must_use]
    pub fn on_screen(self) -> Self {
        Self { shown: Shown::OnScreen, ..self }
    }

    /// The same block, shown on a printed page alone.
    #[must_use]
    pub fn in_print(self) -> Self {
        Self { shown: Shown::InPrint, ..self }
    }

    /// The same block, shown in plain text alone.
    #[must_use]
    pub fn in_text(self) -> Self {
        Self { shown: Shown::InText, ..self }
    }

    /// A heading below that of the section.
    pub fn heading(text: impl Into<String>) -> Self {
        Content::Heading(text.into()).into()
    }

    /// A paragraph of body text.
    pub fn paragraph(text: impl Into<Text>) -> Self {
        Self::of(Role::Body, text)
    }

    /// A paragraph with a role of its own.
    pub fn of(role: Role, text: impl Into<Text>) -> Self {
        Content::Paragraph(role, text.into()).into()
    }

    /// Something the reader has to know.
    pub fn note(text: impl Into<Text>) -> Self {
        Content::Note(text.into()).into()
    }

    /// A command to copy.
    pub fn command(text: impl Into<String>) -> Self {
        Content::Command(text.into()).into()
    }

    /// A list of sentences.
    pub fn list(items: Vec<Text>) -> Self {
        Content::List(items).into()
    }

    /// Texts behind a short mark each, such as a letter.
    pub fn marked(items: Vec<(String, Text)>) -> Self {
        Content::Marked(items).into()
    }

    /// Terms, and a text for each.
    pub fn terms(items: Vec<(Text, Text)>) -> Self {
        Content::Terms(items).into()
    }

    /// Charts side by side.
    pub fn figures(figures: Vec<Figure>) -> Self {
        Content::Figures(figures).into()
    }

    /// The files of the data, to be saved from a page.
    pub fn files() -> Self {
        Self::from(Content::Files).on_page()
    }

    /// Blocks that a reader unfolds, where a page can fold.
    pub fn fold(summary: impl Into<Text>, blocks: Vec<Block>) -> Self {
        Content::Fold(Fold { summary: summary.into(), is_wide: false, blocks }).into()
    }
}

impl From<Content> for Block {
    fn from(content: Content) -> Self {
        Self { content, shown: Shown::Everywhere }
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Content::Table(table).into()
    }
}

/// What a block says.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A heading below that of the section.
    Heading(String),
    /// A paragraph.
    Paragraph(Role, Text),
    /// Something the reader has to know.
    Note(Text),
    /// A command to copy.
    Command(String),
    /// A list of sentences.
    List(Vec<Text>),
    /// Texts behind a short mark each, such as a letter.
    Marked(Vec<(String, Text)>),
    /// Terms, and a text for each.
    Terms(Vec<(Text, Text)>),
    /// A table.
    Table(Table),
    /// Charts side by side.
    Figures(Vec<Figure>),
    /// Blocks that a reader unfolds.
    Fold(Fold),
    /// Blocks that fill the width of a page in columns; one below the other elsewhere.
    Columns(Vec<Vec<Block>>),
    /// The files whose data the document rests on, to be saved from a page.
    Files,
    /// A link to the data of what stands above it, by the file's name.
    Data(String),
}

/// Blocks that a reader unfolds.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// What is seen of it when folded.
    pub summary: Text,
    /// Whether it holds tables too wide for paper, and is not printed.
    pub is_wide: bool,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A chart with its finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its anchor on a page.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What it finds.
    pub caption: String,
    /// The drawing as SVG elements for a page.
    pub svg: String,
    /// Whether it is much higher than it is wide where screens are narrow; on paper text flows beside it.
    pub is_tall: bool,
    /// The file its data stand in.
    pub data: String,
}
