//! A document as plain text of 80 columns, for a terminal.
//!
//! The text is made of styled lines; whoever prints it may give the styles colours, which moves nothing.

use super::document::{Block, Content, Document, Role, WIDTH};
use super::number::NONE;
use super::table::{Align, Cell, Column, Interval, Row, Table};
use super::words::{Shown, Style, Text, Tone};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Characters by which rows stand in below the title of their table, and texts below a heading.
const INDENT: usize = 2;
/// Columns of a term before its text.
const TERM: usize = 24;
/// What stands before a note.
const NOTE: &str = "Note: ";

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
    fn of(text: impl Into<String>, set: Set) -> Self {
        let mut line = Self::default();
        line.push(text, set);
        line
    }

    fn push(&mut self, text: impl Into<String>, set: Set) {
        let text = text.into();
        if !text.is_empty() {
            self.0.push((text, set));
        }
    }

    fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Characters across.
    fn width(&self) -> usize {
        self.0.iter().map(|(text, _)| width(text)).sum()
    }

    /// Fills up with spaces to a width.
    fn pad(&mut self, to: usize) {
        self.push(" ".repeat(to.saturating_sub(self.width())), Set::Plain);
    }

    fn ends_in_space(&self) -> bool {
        self.0.last().is_none_or(|(text, _)| text.ends_with(' '))
    }

    /// Without spaces at the end.
    fn trimmed(mut self) -> Self {
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
        block.shown != Shown::OnPage && !is_for_a_page
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

/// Where the columns of a table stand.
struct Layout<'t> {
    /// Rows stand in below a title.
    indent: usize,
    /// The columns shown, with their place among all.
    columns: Vec<(usize, &'t Column)>,
    /// Characters across of each, half-widths apart, the first one with its indent.
    widths: Vec<usize>,
    /// Characters across of the half-widths beside each, with their sign and a space; 0 without.
    half_widths: Vec<usize>,
}

/// ` ± ` and a space.
const SIGN: usize = 4;
/// Between columns whose widths follow from what stands in them.
const GAP: usize = 2;
/// The first column is not narrower than this.
const LEAST: usize = 12;

impl<'t> Layout<'t> {
    fn new(table: &'t Table) -> Self {
        let indent = if table.title.is_empty() { 0 } else { INDENT };
        let shown = |(_, column): &(usize, &Column)| column.shown != Shown::OnPage;
        let columns: Vec<(usize, &Column)> = table.columns.iter().enumerate().filter(shown).collect();
        let cells = |at: usize| {
            table.rows.iter().filter_map(move |row| match row {
                Row::Cells(cells) => Some(&cells[at]),
                Row::Group(_) => None,
            })
        };
        let half_width = |&(at, column): &(usize, &Column)| match column.interval {
            None | Some(Interval::Below) => 0,
            Some(_) if column.half_width > 0 => column.half_width + SIGN,
            Some(_) => cells(at).map(|cell| width(&beside(cell))).max().unwrap_or(0),
        };
        let half_widths: Vec<usize> = columns.iter().map(half_width).collect();
        let content = |&(at, column): &(usize, &Column)| {
            if column.width > 0 {
                return column.width;
            }
            let heading = if table.has_headings { column.heading.split('\n').map(width).max().unwrap_or(0) } else { 0 };
            let below = |cell: &Cell| if column.interval == Some(Interval::Below) { width(&below(cell)) } else { 0 };
            let widest = cells(at).map(|cell| bare(&cell.text, Set::Plain).width().max(below(cell))).max().unwrap_or(0);
            widest.max(heading)
        };
        let widths: Vec<usize> = columns.iter().map(content).collect();
        let mut layout = Self { indent, columns, widths, half_widths };
        // What is too wide in all is taken from the first column, whose cells may have lines of their own.
        if layout.columns.first().is_some_and(|(_, column)| column.width == 0) {
            let all = layout.columns.len();
            let gaps: usize = (1..all).map(|index| layout.gap(index)).sum();
            let others = layout.widths[1..].iter().sum::<usize>() + layout.half_widths.iter().sum::<usize>() + gaps;
            let wanted = (layout.widths[0] + indent).max(width(&table.title));
            layout.widths[0] = wanted.min(WIDTH.saturating_sub(others).max(indent + LEAST));
        }
        layout
    }

    /// Characters before a column, unless the width of the one before it, or its own, brings some.
    fn gap(&self, index: usize) -> usize {
        let Some((_, before)) = index.checked_sub(1).map(|before| self.columns[before]) else { return 0 };
        let column = self.columns[index].1;
        let ends_free = match before.interval {
            Some(Interval::Column | Interval::Beside) => before.half_width > 0,
            _ => before.width > 0 && before.align == Align::Left,
        };
        let begins_free = column.width > 0 && column.align == Align::Right;
        if ends_free || begins_free { 0 } else { GAP }
    }

    /// The lines above the rows: the table's title, and the columns' headings.
    fn heading(&self, table: &Table) -> Vec<Line> {
        let first = match (&table.title, self.columns.first()) {
            (title, _) if !title.is_empty() => title.as_str(),
            (_, Some((_, column))) => column.heading.as_str(),
            (_, None) => return Vec::new(),
        };
        if !table.has_headings {
            return wrap(first, WIDTH).into_iter().map(|line| Line::of(line, Set::Strong)).collect();
        }
        let headings: Vec<Vec<&str>> = (self.columns.iter().enumerate())
            .map(|(index, (_, column))| if index == 0 { first } else { column.heading.as_str() }.split('\n').collect())
            .collect();
        let height = headings.iter().map(Vec::len).max().unwrap_or(0);
        (0..height)
            .map(|row| {
                let mut line = Line::default();
                for (index, parts) in headings.iter().enumerate() {
                    // Headings of fewer lines stand at the bottom.
                    let text = (row + parts.len()).checked_sub(height).map_or("", |at| parts[at]);
                    self.put(&mut line, index, Line::of(text, Set::Strong));
                    let end = line.width() + self.half_widths[index];
                    line.pad(end);
                }
                line
            })
            .collect()
    }

    /// Puts something into a column, from where the line is.
    fn put(&self, line: &mut Line, index: usize, text: Line) {
        line.pad(line.width() + self.gap(index));
        let (start, wide) = (line.width(), self.widths[index]);
        if self.columns[index].1.align == Align::Right {
            line.pad((start + wide).saturating_sub(text.width()));
        }
        // What fills its column to the brim does not run into its neighbour.
        if start > 0 && line.width() == start && text.width() > 0 && !line.ends_in_space() {
            line.push(" ", Set::Plain);
        }
        line.append(text);
        line.pad(start + wide);
    }

    /// The lines of a row.
    fn row(&self, cells: &[Cell]) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut line = Line::of(" ".repeat(self.indent), Set::Plain);
        let mut second = Line::default();
        for (index, &(at, column)) in self.columns.iter().enumerate() {
            let cell = &cells[at];
            let set = cell.tone.map_or(Set::Plain, Set::Toned);
            let text = bare(&cell.text, set);
            let is_last = index + 1 == self.columns.len();
            if index == 0 {
                let room = self.widths[0] - self.indent;
                let next_fills = self.columns.get(1).is_some_and(|&(at, column)| {
                    let is_full = bare(&cells[at].text, Set::Plain).width() >= self.widths[1];
                    self.gap(1) == 0 && (column.align == Align::Left || is_full)
                });
                if text.width() > room || (text.width() == room && next_fills) {
                    // It has lines of its own, and the figures follow below.
                    for part in wrap_text(&cell.text, WIDTH - self.indent, set) {
                        line.append(part);
                        lines.push(std::mem::replace(&mut line, Line::of(" ".repeat(self.indent), Set::Plain)));
                    }
                } else {
                    line.append(text);
                }
                line.pad(self.widths[0]);
                second.pad(self.widths[0]);
                continue;
            }
            if is_last && column.align == Align::Left && column.interval.is_none() {
                line.pad(line.width() + self.gap(index));
                let start = line.width();
                let room = WIDTH.saturating_sub(start).max(12);
                for (number, part) in wrap_text(&cell.text, room, set).into_iter().enumerate() {
                    if number > 0 {
                        lines.push(std::mem::take(&mut line));
                        line.pad(start);
                    }
                    line.append(part);
                }
                continue;
            }
            self.put(&mut line, index, text);
            match column.interval {
                None => {}
                Some(Interval::Below) => self.put(&mut second, index, Line::of(below(cell), set)),
                Some(_) => {
                    let end = line.width() + self.half_widths[index];
                    line.push(beside(cell), set);
                    line.pad(end);
                    // Whatever its width, something else may follow.
                    if !is_last && self.gap(index + 1) == 0 && !line.ends_in_space() {
                        line.push(" ", Set::Plain);
                    }
                }
            }
        }
        lines.push(line);
        if !second.words().trim().is_empty() {
            lines.push(second);
        }
        lines
    }
}

/// The half-width beside a figure; nothing after a dash.
fn beside(cell: &Cell) -> String {
    cell.half_width.as_ref().map_or_else(String::new, |half| format!(" ± {}", half.shown))
}

/// The half-width below a figure.
fn below(cell: &Cell) -> String {
    cell.half_width.as_ref().map_or_else(String::new, |half| format!("±{}", half.shown))
}

/// Columns that a text takes; wide letters take two.
fn width(text: &str) -> usize {
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
fn bare(text: &Text, around: Set) -> Line {
    let mut line = Line::default();
    for span in &text.0 {
        line.push(span.text.as_str(), set_of(span.style, span.tone, around));
    }
    line
}

/// A text of styles broken at spaces; a longer word has a line of its own. Code stands in backquotes.
fn wrap_text(text: &Text, columns: usize, around: Set) -> Vec<Line> {
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
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(&flat.join(" "), options).into_iter().map(|line| line.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Section;
    use crate::report::table::{HalfWidth, Key};

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
}
