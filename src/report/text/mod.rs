//! A document as plain text of 80 columns, for a terminal.
//!
//! The text is made of styled lines; whoever prints it may give the styles colours, which moves nothing.

mod layout;
mod line;

use super::document::{Block, Content, Document, Role, WIDTH};
use super::table::{Row, Table};
use super::words::{Shown, Text};
use layout::{INDENT, Layout};
use line::{bare, width, wrap_text};

pub(crate) use line::wrap;
pub use line::{Line, Set};

/// Columns of a term before its text.
const TERM: usize = 24;
/// What stands before a note.
const NOTE: &str = "Note: ";

/// The document as plain text.
pub fn text(document: &Document) -> String {
    lines(document).iter().map(|line| line.words() + "\n").collect()
}

/// The document as styled lines.
pub fn lines(document: &Document) -> Vec<Line> {
    let mut page = Page { lines: Vec::new() };
    for (index, block) in visible(&document.opening).enumerate() {
        // The first line says what is read.
        let set = if index == 0 { Set::Strong } else { Set::Plain };
        page.block(block, set);
    }
    for section in &document.sections {
        let mut is_glued = false;
        if section.heading != Shown::OnPage && visible(&section.blocks).next().is_some() {
            page.gap();
            page.wrapped(&Text::from(section.title.as_str()), 0, Set::Strong);
            is_glued = true;
        }
        page.blocks(&section.blocks, is_glued);
    }
    page.lines.into_iter().map(Line::trimmed).collect()
}

/// The blocks that plain text shows.
fn visible(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(|block| {
        let is_for_a_page = matches!(block.content, Content::Figures(_) | Content::Files | Content::Data(_));
        !matches!(block.shown, Shown::OnPage | Shown::OnScreen | Shown::InPrint) && !is_for_a_page
    })
}

/// A page in the making.
struct Page {
    lines: Vec<Line>,
}

impl Page {
    /// An empty line, but at the beginning.
    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
    }

    /// Blocks with gaps between them; the first one stands directly below a heading where it is glued to it.
    fn blocks(&mut self, blocks: &[Block], mut is_glued: bool) {
        for block in visible(blocks) {
            if !std::mem::take(&mut is_glued) {
                self.gap();
            }
            is_glued = matches!(block.content, Content::Heading(_));
            self.block(block, Set::Plain);
        }
    }

    fn block(&mut self, block: &Block, set: Set) {
        match &block.content {
            Content::Heading(text) => self.wrapped(&Text::from(text.as_str()), 0, Set::Strong),
            Content::Paragraph(Role::Warning, text) => self.hanging("Warning: ", text, Set::Plain),
            Content::Paragraph(_, text) => self.wrapped(text, 0, set),
            Content::Note(text) => self.hanging(NOTE, text, Set::Plain),
            Content::Command(command) => self.lines.push(Line::of(format!("  {command}"), Set::Plain)),
            Content::List(items) => items.iter().for_each(|item| self.hanging("- ", item, Set::Plain)),
            Content::Marked(items) => {
                items.iter().for_each(|(mark, text)| self.hanging(&format!("{mark}  "), text, set))
            }
            Content::Terms(items) => items.iter().for_each(|(term, text)| self.term(term, text)),
            Content::Table(table) => self.table(table),
            Content::Fold(fold) => {
                self.wrapped(&fold.summary, 0, Set::Strong);
                self.blocks(&fold.blocks, true);
            }
            Content::Columns(columns) => {
                for (index, blocks) in columns.iter().enumerate() {
                    self.blocks(blocks, index == 0);
                }
            }
            Content::Figures(_) | Content::Files | Content::Data(_) => {}
        }
    }

    /// A text over the whole width, from an indent on.
    fn wrapped(&mut self, text: &Text, indent: usize, set: Set) {
        for line in wrap_text(text, WIDTH - indent, set) {
            let mut indented = Line::of(" ".repeat(indent), Set::Plain);
            indented.append(line);
            self.lines.push(indented);
        }
    }

    /// A text behind a mark, below which its further lines leave room.
    fn hanging(&mut self, mark: &str, text: &Text, set: Set) {
        let room = width(mark);
        for (number, line) in wrap_text(text, WIDTH - room, set).into_iter().enumerate() {
            let mut hung = Line::of(if number == 0 { mark.to_string() } else { " ".repeat(room) }, set);
            hung.append(line);
            self.lines.push(hung);
        }
    }

    fn term(&mut self, term: &Text, text: &Text) {
        let start = INDENT + TERM;
        let mut line = Line::of(" ".repeat(INDENT), Set::Plain);
        line.append(bare(term, Set::Plain));
        if line.width() >= start {
            self.lines.push(std::mem::take(&mut line));
        }
        for mut part in wrap_text(text, WIDTH - start, Set::Plain) {
            line.pad(start);
            line.append(std::mem::take(&mut part));
            self.lines.push(std::mem::take(&mut line));
        }
    }

    fn table(&mut self, table: &Table) {
        let layout = Layout::new(table);
        self.lines.extend(layout.heading(table));
        for row in &table.rows {
            match row {
                Row::Group(title) => self.lines.push(Line::of(title.as_str(), Set::Plain)),
                Row::Cells(cells) => self.lines.extend(layout.row(cells)),
            }
        }
        if let Some(footnote) = &table.footnote {
            self.wrapped(footnote, layout.indent, Set::Plain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Section;
    use crate::report::table::{Cell, Column, HalfWidth, Interval, Key};
    use crate::report::words::Tone;

    fn of(block: impl Into<Block>) -> String {
        let mut document = Document::new("kind", "title");
        document.push(Section::on_page("a", "not shown").with(block));
        text(&document)
    }

    fn figure(value: &str, half: &str) -> Cell {
        let half_width = Some(HalfWidth { shown: half.into(), value: Some(1.0) });
        Cell { text: value.into(), half_width, key: Key::Number(Some(1.0)), ..Cell::default() }
    }

    #[test]
    fn a_table_whose_widths_are_given() {
        let columns = [
            Column::words("Measure").wide(20),
            Column::number("A").wide(9),
            Column::number("B").on_page(),
            Column::number("B − A").wide(9).with_interval(Interval::Beside, 6),
            Column::words("Verdict"),
        ];
        let mut table = Table::new("B against A", columns);
        table.group("Service");
        table.row([
            Cell::words("order fill rate").with_detail("on a page"),
            Cell::number("97.3 %", None),
            Cell::number("98 %", None),
            figure("+0.7", "0.2"),
            Cell::verdict("better", Some(Tone::Good)),
        ]);
        table.row([
            Cell::words("a measure with a long name"),
            Cell::none(),
            Cell::none(),
            Cell::none(),
            Cell::verdict("no occasion", Some(Tone::Neutral)),
        ]);
        table.footnote = Some("So it is.".into());
        let expected = "\
B against A                 A    B − A          Verdict
Service
  order fill rate      97.3 %     +0.7 ± 0.2    better
  a measure with a long name
                            –        –          no occasion
  So it is.
";
        assert_eq!(of(table), expected);
    }

    #[test]
    fn a_table_whose_widths_follow_from_its_cells() {
        let columns = [
            Column::words("Point"),
            Column::number("Cost\nan order").with_interval(Interval::Below, 0),
            Column::number("Fill").with_interval(Interval::Column, 0),
            Column::number("Rank"),
            Column::words("What"),
        ];
        let mut table = Table::new("", columns);
        table.row([
            Cell::words("s=5"),
            figure("4.62", "0.11"),
            figure("97 %", "1"),
            Cell::number("1", None),
            Cell::words("best"),
        ]);
        let second = [figure("4.93", "12.5"), figure("8 %", "10"), Cell::number("12", None), Cell::words("second")];
        table.row(std::iter::once(Cell::words("s=15")).chain(second));
        let expected = "           Cost
Point  an order  Fill       Rank  What
s=5        4.62  97 % ± 1      1  best
          ±0.11
s=15       4.93   8 % ± 10    12  second
          ±12.5
";
        assert_eq!(of(table), expected);
    }

    #[test]
    fn nothing_is_wider_than_the_terminal() {
        let columns = [Column::words("Point"), Column::number("Cost"), Column::words("What")];
        let mut table = Table::new("", columns);
        let long = "replenishment.order_up_to=70 ".repeat(5);
        table.row([Cell::words(long.as_str()), Cell::number("1.00", None), Cell::words(long.as_str())]);
        let mut document = Document::new("kind", "title");
        document.open(Block::paragraph(long.repeat(2)));
        document.open(Block::marked(vec![("A".into(), long.clone().into())]));
        let section = Section::new("a", "Section").with(table).with(Block::note(long.as_str()));
        let section =
            section.with(Block::terms(vec![("term".into(), long.clone().into()), (long.clone().into(), "x".into())]));
        document.push(section.with(Block::list(vec![long.into()])));
        for line in lines(&document) {
            let words = line.words();
            // A term of its own line is left as it is.
            assert!(width(&words) <= WIDTH || words.starts_with("  repl"), "{words}");
            assert_eq!(words.trim_end(), words);
        }
    }

    #[test]
    fn gaps_stand_between_blocks_and_none_below_a_heading() {
        let mut document = Document::new("kind", "title");
        document.open(Block::paragraph("first"));
        document.open(Block::paragraph("second"));
        document.open(Block::paragraph("not in text").on_page());
        let section = Section::new("a", "Section").with(Block::paragraph("third")).with(Block::note("fourth"));
        let section = section.with(Block::heading("Heading")).with(Block::command("backorder run a.toml"));
        document.push(section.with(Block::files()));
        let expected = "first\nsecond\n\nSection\nthird\n\nNote: fourth\n\nHeading\n  backorder run a.toml\n";
        assert_eq!(text(&document), expected);
    }
}
