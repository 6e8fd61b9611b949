//! A document as a page for the browser: one file with nothing to fetch, to be looked at, sorted, saved from and printed.
//!
//! Everything that is text is escaped by the template; a policy in the page's head forbids any request.

mod downloads;

use super::charts;
use super::document::{Block, Content, Document, Figure, Fold, Role, Section};
use super::number::{NONE, grouped};
use super::table::{Align, Cell, Column, Interval, Key, Row, Table};
use super::visible::printable;
use super::what_if::{self, WhatIf};
use super::words::{Shown, Style, Text, Tone};
use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Files larger than this stay beside the page.
const LARGEST_INSIDE: usize = 2_000_000;

/// On a telephone the cells of a row stand below one another in tables of so many columns at most.
const MAX_STACKED: usize = 12;
/// Tables of more columns than these have narrow ones on paper.
const MANY: usize = 5;

/// What the page may do: run what stands in it, and fetch nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
                      form-action 'none'; base-uri 'none'";

/// A line of its own in the file, for whoever compares two of them.
const LINE: PreEscaped<&str> = PreEscaped("\n");

/// The document as a page. `files` are the files of its data by name, in the order in which they are listed; those not too
/// large lie in the page to be taken out.
pub fn page(document: &Document, files: &[&(String, String)]) -> String {
    page_that_asks(document, files, None)
}

/// The same, with a part that asks "what if" behind the first section.
pub(super) fn page_that_asks(document: &Document, files: &[&(String, String)], what_if: Option<&WhatIf>) -> String {
    let page = Page { files, is_opening: false };
    let title = printable(&document.title);
    let is_shown = |section: &&Section| section.blocks.iter().any(|block| block.shown != Shown::InText);
    let sections: Vec<&Section> = document.sections.iter().filter(is_shown).collect();
    html! {
        (DOCTYPE) (LINE)
        html lang="en" { (LINE)
            head { (LINE)
                meta charset="utf-8"; (LINE)
                meta name="viewport" content="width=device-width, initial-scale=1"; (LINE)
                meta http-equiv="Content-Security-Policy" content=(what_if.map_or(POLICY, |_| what_if::POLICY)); (LINE)
                meta name="color-scheme" content="light dark"; (LINE)
                meta name="generator" content={ "backorder " (printable(&document.version)) }; (LINE)
                title { (title) " – backorder" } (LINE)
                link rel="icon" href="data:,"; (LINE)
                style { (LINE) (PreEscaped(include_str!("html/style.css"))) (PreEscaped(charts::STYLE))
                    @if what_if.is_some() { (PreEscaped(what_if::STYLE)) }
                } (LINE)
            }
            (LINE)
            body { (LINE)
                @if let Some(first) = sections.first() {
                    a.skip href={ "#" (first.id) } { "To the first section: " (printable(&first.title)) } (LINE)
                }
                header { (LINE)
                    p.kind { (printable(&document.kind)) } (LINE)
                    h1 { (title) } (LINE)
                    (Page { is_opening: true, ..page }.blocks(&document.opening))
                }
                (LINE)
                @if sections.len() > 1 {
                    nav aria-label="Sections" {
                        ul {
                            @for (index, section) in sections.iter().enumerate() {
                                li { a href={ "#" (section.id) } { (printable(&section.title)) } }
                                @if index == 0 && what_if.is_some() { li hidden { a href="#what-if" { "What if" } } }
                            }
                        }
                    }
                    (LINE)
                }
                main { (LINE)
                    @for (index, section) in sections.iter().enumerate() {
                        (page.section(section))
                        @if let Some(what_if) = what_if.filter(|_| index == 0) { (what_if.section()) }
                    }
                }
                (LINE)
                footer {
                    p {
                        "Made by backorder " (printable(&document.version)) "."
                        @if !files.is_empty() { " Everything on this page is computed from the data in it." }
                    }
                }
                (LINE)
                div #tip role="status" hidden {} (LINE)
                (downloads::markup(|name| page.is_inside(name), files))
                script { (LINE) (PreEscaped(include_str!("html/script.js"))) } (LINE)
                @if let Some(what_if) = what_if { (what_if.scripts()) }
            }
            (LINE)
        }
        (LINE)
    }
    .into_string()
}

/// Blocks as markup that is put into a page; they may name no file of the page.
pub(super) fn fragment(blocks: &[Block]) -> String {
    Page { files: &[], is_opening: false }.blocks(blocks).into_string()
}

/// What blocks need to know of the page they stand on.
struct Page<'a> {
    files: &'a [&'a (String, String)],
    /// Whether they stand above all sections, where a figure's title is the first heading below the page's.
    is_opening: bool,
}

impl Page<'_> {
    fn section(&self, section: &Section) -> Markup {
        html! {
            section #(section.id) aria-labelledby={ (section.id) "-title" } { (LINE)
                h2 #{ (section.id) "-title" } { (printable(&section.title)) } (LINE)
                (self.blocks(&section.blocks))
            }
            (LINE)
        }
    }

    fn blocks(&self, blocks: &[Block]) -> Markup {
        html! {
            @for block in blocks.iter().filter(|block| block.shown != Shown::InText) {
                @match block.shown {
                    Shown::InPrint => { div.printed { (self.block(block)) } }
                    Shown::OnScreen => { div.screen { (self.block(block)) } }
                    _ => { (self.block(block)) }
                }
            }
        }
    }

    fn block(&self, block: &Block) -> Markup {
        html! {
            @match &block.content {
                Content::Heading(text) => { h3 { (printable(text)) } }
                Content::Paragraph(role, text) => { p class=[class_of(*role)] { (spans(text)) } }
                Content::Note(text) => { p.prose { "Note: " (spans(text)) } }
                Content::Command(command) => { pre { code { (printable(command)) } } }
                Content::List(items) => { ul.prose { @for item in items { li { (spans(item)) } (LINE) } } }
                Content::Marked(items) => {
                    @for (mark, text) in items { p.run { (printable(mark)) " " (spans(text)) } (LINE) }
                }
                Content::Terms(items) => {
                    dl.terms { @for (term, text) in items { dt { (spans(term)) } dd { (spans(text)) } (LINE) } }
                }
                Content::Table(table) => { (self.table(table)) }
                Content::Figures(figures) => {
                    @if !figures.is_empty() {
                        div.charts { (LINE) @for figure in figures { (self.figure(figure)) } }
                    }
                }
                Content::Fold(fold) => { (self.fold(fold)) }
                Content::Columns(columns) => {
                    div.inputs { @for blocks in columns { div { (self.blocks(blocks)) } (LINE) } }
                }
                Content::Files => { (self.list_of_files()) }
                Content::Data(name) => { p.data { "Data: " (self.link_to_data(name)) } }
            }
            (LINE)
        }
    }

    fn fold(&self, fold: &Fold) -> Markup {
        html! {
            details class=[fold.is_wide.then_some("breakdown")] {
                summary { (spans(&fold.summary)) }
                (self.blocks(&fold.blocks))
            }
        }
    }

    /// A chart with its title, finding and data.
    fn figure(&self, figure: &Figure) -> Markup {
        html! {
            figure #{ "chart-" (figure.id) } class=[figure.is_tall.then_some("tall")] {
                @if self.is_opening { h2 { (printable(&figure.title)) } } @else { h3 { (printable(&figure.title)) } }
                figcaption { (printable(&unbroken(&figure.caption))) }
                (PreEscaped(&figure.svg))
                @if !figure.data.is_empty() { p.data { "Data: " (self.link_to_data(&figure.data)) } }
            }
            (LINE)
        }
    }

    fn table(&self, table: &Table) -> Markup {
        let columns = columns(table);
        let name = table.caption.as_ref().unwrap_or(&table.title);
        let rows = table.rows.iter().filter(|row| matches!(row, Row::Cells(_))).count();
        // On a telephone a row's cells stand below one another where they are few, or each says what it is; others are pushed sideways.
        let is_told = columns.iter().skip(1).all(|(_, column, _)| column.label.is_some());
        let is_stacked = columns.len() <= MAX_STACKED || is_told;
        let classes = [
            (rows > 1, "sortable"),
            (is_stacked, "stacked"),
            (table.lines_up, "measures"),
            (columns.len() > MANY, "many"),
        ];
        let classes: Vec<&str> = classes.into_iter().filter_map(|(is, class)| is.then_some(class)).collect();
        let is_named = !name.is_empty();
        // Where no column has a name for its cells there, its heading is that, unless there is but one.
        let is_bare = columns.len() > 2 && columns.iter().all(|(_, column, _)| column.label.is_none());
        let labels = Labels { are_headings: is_stacked && is_bare };
        html! {
            div.scroll tabindex="0" role=[is_named.then_some("region")] aria-label=[is_named.then(|| printable(name))] {
                table class=(classes.join(" ")) role="table" {
                    @if is_named { caption { (printable(name)) } }
                    thead role="rowgroup" {
                        tr role="row" {
                            @for &(_, column, part) in &columns {
                                th scope="col" role="columnheader" class=[class_of_cells(column)] {
                                    (printable(&heading(column, part)))
                                }
                            }
                        }
                    }
                    (LINE)
                    @for group in groups(table) { (self.body(&columns, &group, labels)) }
                }
                @if let Some(footnote) = &table.footnote { p.footnote { (spans(footnote)) } }
            }
        }
    }

    /// Rows of one group, with its name before them.
    fn body(&self, columns: &[OnPage<'_>], (name, rows): &Group<'_>, labels: Labels) -> Markup {
        html! {
            tbody role="rowgroup" { (LINE)
                @if let Some(name) = name {
                    tr.group role="row" {
                        th scope="rowgroup" role="rowheader" colspan=(columns.len()) { (printable(name)) }
                    }
                    (LINE)
                }
                @for cells in rows {
                    tr role="row" {
                        @for (index, &(at, column, part)) in columns.iter().enumerate() {
                            (self.cell(&cells[at], column, part, index == 0, labels))
                        }
                    }
                    (LINE)
                }
            }
        }
    }

    fn cell(&self, cell: &Cell, column: &Column, part: Part, is_first: bool, labels: Labels) -> Markup {
        let label = match &column.label {
            _ if part == Part::HalfWidth => None,
            Some(label) => Some(printable(label)),
            None if labels.are_headings && !cell.is_verdict && !column.heading.is_empty() => {
                Some(printable(&format!("{}:", heading(column, part))).into_owned().into())
            }
            None => None,
        };
        let classes = [class_of_cells(column), cell.tone.filter(|_| !cell.is_verdict).map(class_of_tone)];
        let class = classes.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let class = (!class.is_empty()).then_some(class);
        let key = match (part, cell.key) {
            (Part::HalfWidth, _) => Some(cell.half_width.as_ref().and_then(|half| half.value)),
            (Part::Figure, Key::Number(number)) => Some(number),
            (Part::Figure, Key::Words) => None,
        };
        let key = key.map(|number| number.map_or_else(String::new, |number| number.to_string()));
        let inside = self.inside(cell, column, part);
        html! {
            @if is_first {
                th scope="row" role="rowheader" class=[class] data-key=[key] { (inside) }
            } @else {
                td role="cell" class=[class] data-label=[label] data-key=[key] { (inside) }
            }
        }
    }

    fn inside(&self, cell: &Cell, column: &Column, part: Part) -> Markup {
        let half = cell.half_width.as_ref();
        if part == Part::HalfWidth {
            let shown = half.filter(|half| half.value.is_some()).map(|half| format!("± {}", half.shown));
            return html! { (printable(&shown.unwrap_or_else(|| NONE.into()))) };
        }
        let below = half.filter(|_| matches!(column.interval, Some(Interval::Beside | Interval::Below)));
        let detail = html! { @if let Some(detail) = &cell.detail { small { (spans(detail)) } } };
        html! {
            @if let Some((id, paragraphs)) = &cell.fold {
                details #(id) {
                    summary { (spans(&cell.text)) (detail) }
                    @for text in paragraphs { p { (spans(text)) } }
                }
            } @else {
                @if cell.is_verdict {
                    span class={ "verdict " (cell.tone.map_or("changed", class_of_tone)) } {
                        @if let Some(tone) = cell.tone { span aria-hidden="true" { (mark(tone)) } " " }
                        (spans(&cell.text))
                    }
                } @else {
                    (spans(&cell.text))
                }
                @if let Some(half) = below { small { (printable(&format!("± {}", half.shown))) } }
                (detail)
            }
        }
    }

    /// Whether a file lies in the page.
    fn is_inside(&self, name: &str) -> bool {
        self.files.iter().any(|(file, text)| file == name && text.len() <= LARGEST_INSIDE)
    }

    /// A link that saves a file of the data, or says where it lies.
    fn link_to_data(&self, name: &str) -> Markup {
        html! {
            @if self.is_inside(name) {
                a href="#data" data-file=(printable(name)) { (printable(name)) }
            } @else {
                code { (printable(name)) } ", beside this page"
            }
        }
    }

    fn list_of_files(&self) -> Markup {
        html! {
            h3 #data { "Data" } (LINE)
            ul.saved {
                @for (name, text) in self.files {
                    li { (self.link_to_data(name)) " (" (grouped((text.len() as f64 / 1_000.0).max(1.0), 0)) " kB)" }
                }
            }
        }
    }
}

/// What stands before cells where a row's cells stand below one another.
#[derive(Clone, Copy)]
struct Labels {
    /// Whether it is the heading of their column.
    are_headings: bool,
}

/// What of a cell stands in a column of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Figure,
    HalfWidth,
}

/// A column of a page: its place among the table's own, the column, and what of it stands there.
type OnPage<'t> = (usize, &'t Column, Part);

/// The columns of a page: half-widths may have one of their own.
fn columns(table: &Table) -> Vec<OnPage<'_>> {
    let mut columns = Vec::new();
    for (at, column) in table.columns.iter().enumerate().filter(|(_, column)| column.shown != Shown::InText) {
        columns.push((at, column, Part::Figure));
        let has_half_width = |row: &Row| match row {
            Row::Cells(cells) => cells[at].half_width.as_ref().is_some_and(|half| half.value.is_some()),
            Row::Group(_) => false,
        };
        // A column of half-widths that nobody has says nothing.
        if column.interval == Some(Interval::Column) && table.rows.iter().any(has_half_width) {
            columns.push((at, column, Part::HalfWidth));
        }
    }
    columns
}

/// The rows of a table by the groups they stand in.
type Group<'t> = (Option<&'t String>, Vec<&'t Vec<Cell>>);

fn groups(table: &Table) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for row in &table.rows {
        match row {
            Row::Group(name) => groups.push((Some(name), Vec::new())),
            Row::Cells(cells) => match groups.last_mut() {
                Some((_, rows)) => rows.push(cells),
                None => groups.push((None, vec![cells])),
            },
        }
    }
    groups
}

fn heading(column: &Column, part: Part) -> String {
    match part {
        Part::Figure => column.heading.replace('\n', " "),
        Part::HalfWidth => "Interval".into(),
    }
}

fn class_of_cells(column: &Column) -> Option<&'static str> {
    (column.align == Align::Right).then_some("number")
}

fn class_of(role: Role) -> Option<&'static str> {
    match role {
        Role::Body => None,
        Role::Lead => Some("lead"),
        Role::Extent => Some("run"),
        Role::Finding => Some("finding"),
        Role::Warning => Some("warning"),
    }
}

fn class_of_tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Unclear => "unclear",
        Tone::Neutral => "neutral",
    }
}

/// The mark of a verdict, for those who do not see its colour.
pub(super) fn mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✓",
        Tone::Bad => "✗",
        Tone::Unclear => "?",
        Tone::Neutral => NONE,
    }
}

fn spans(text: &Text) -> Markup {
    html! {
        @for span in &text.0 {
            @let words = unbroken(&span.text);
            @let words = printable(&words);
            @let inner = html! {
                @match span.style {
                    Style::Plain => { (words) }
                    Style::Strong => { strong { (words) } }
                    Style::Emphasis => { em { (words) } }
                    Style::Code => { code { (printable(&span.text)) } }
                }
            };
            @if let Some(link) = &span.link {
                a href=(printable(link)) { (inner) }
            } @else if let Some(tone) = span.tone {
                span class=(class_of_tone(tone)) { (inner) }
            } @else {
                (inner)
            }
        }
    }
}

/// A text whose numbers are not torn from what belongs to them at the end of a line.
fn unbroken(text: &str) -> Cow<'_, str> {
    let is_held = |&(at, _): &(usize, &str)| {
        text[at + 1..].starts_with('%') || text[..at].ends_with(['≥', '≤', '<', '>', '=', '×'])
    };
    let mut rest = 0;
    let mut held = String::new();
    for (at, _) in text.match_indices(' ').filter(is_held) {
        held.push_str(&text[rest..at]);
        held.push('\u{a0}');
        rest = at + 1;
    }
    if rest == 0 {
        return Cow::Borrowed(text);
    }
    held.push_str(&text[rest..]);
    Cow::Owned(held)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::report::table::HalfWidth;

    fn page_of(blocks: Vec<Block>, files: &[(String, String)]) -> String {
        let mut document = Document::new("kind <i>", "title </title><script>");
        document.push(Section { blocks, ..Section::new("a", "First & only") });
        document.push(Section::new("b", "Second").with(Block::paragraph("text")));
        page(&document, &files.iter().collect::<Vec<_>>())
    }

    /// Tags that open and close alike, and nothing that a browser would fetch.
    pub(in crate::report) fn assert_sound(page: &str) {
        for tag in
            ["section", "table", "thead", "tbody", "tr", "dl", "figure", "main", "header", "small", "details", "p"]
        {
            let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
        }
        let shown = page.split("<script type").next().unwrap_or_default();
        for forbidden in ["<script", "src=", "NaN", "inf "] {
            assert!(!shown.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn text_of_any_origin_stays_text() {
        let text = Text::from("<b>a</b>\u{1}").strong("<c>").code("<d>").link("<e>", "\"><f>").toned("<g>", Tone::Bad);
        let page = page_of(
            vec![
                Block::paragraph(text.clone()),
                Block::note(text.clone()),
                Block::terms(vec![(text.clone(), text.clone())]),
                Block::list(vec![text.clone()]),
                Block::command("<h>"),
                Block::fold(text, vec![Block::heading("<i>")]),
            ],
            &[("</script>.csv".into(), "</script><script>alert(1)</script>".into())],
        );
        assert_sound(&page);
        for word in ["<b>", "<c>", "<d>", "<e>", "<f>", "<g>", "<h>", "<i>", "\u{1}"] {
            assert!(!page.contains(word), "{word} came through");
        }
        assert_eq!(page.matches("<script").count(), 2, "the data and the script of the page");
        assert_eq!(page.matches("</script>").count(), 2);
    }

    #[test]
    fn data_come_out_of_the_page_as_they_went_in() {
        let text = "a,b\n</script>,\"x\"\n";
        let files = [("a.csv".to_string(), text.to_string()), ("b.csv".to_string(), "x".repeat(LARGEST_INSIDE + 1))];
        let page = page_of(vec![Block::files(), Block::from(Content::Data("a.csv".into()))], &files);
        let (_, rest) = page.split_once("<script type=\"application/json\" id=\"files\">").unwrap();
        let inside: serde_json::Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        assert_eq!(inside["a.csv"], text);
        assert!(inside.get("b.csv").is_none(), "it is too large");
        assert_eq!(page.matches("<a href=\"#data\" data-file=\"a.csv\">a.csv</a>").count(), 2);
        assert!(page.contains("<code>b.csv</code>, beside this page (2,000 kB)"));
    }

    #[test]
    fn a_table_with_everything() {
        let columns = [
            Column::words("Measure"),
            Column::number("Estimate").with_interval(Interval::Column, 6).labelled("is"),
            Column::number("Effect").with_interval(Interval::Beside, 6),
            Column::words("Verdict"),
        ];
        let mut table = Table::new("short", columns).captioned("A long title");
        table.group("Group");
        let figure = |shown: &str, value: Option<f64>| Cell {
            half_width: Some(HalfWidth { shown: "0.5".into(), value }),
            ..Cell::number(shown, Some(2.5))
        };
        let name = Cell::words("name").with_detail(Text::default().code("metric"));
        let verdict = Cell::verdict("broken", Some(Tone::Bad));
        table.row([name, figure("2.5 %", Some(0.5)), figure("+3", None).toned(Some(Tone::Good)), verdict]);
        let fold = Cell { fold: Some(("unfold".into(), vec!["inside".into()])), ..Cell::words("other") };
        table.row([fold, Cell::none(), Cell::none(), Cell::verdict("higher", None)]);
        table.footnote = Some("below".into());
        let page = page_of(vec![table.into()], &[]);
        assert_sound(&page);
        for markup in [
            "<caption>A long title</caption>",
            "aria-label=\"A long title\"",
            "<table class=\"sortable stacked\" role=\"table\">",
            "<th scope=\"col\" role=\"columnheader\" class=\"number\">Estimate</th>\
             <th scope=\"col\" role=\"columnheader\" class=\"number\">Interval</th>",
            "<tr class=\"group\" role=\"row\"><th scope=\"rowgroup\" role=\"rowheader\" colspan=\"5\">Group</th></tr>",
            "<th scope=\"row\" role=\"rowheader\">name<small><code>metric</code></small></th>",
            "<td role=\"cell\" class=\"number\" data-label=\"is\" data-key=\"2.5\">2.5\u{a0}%</td>",
            "<td role=\"cell\" class=\"number\" data-key=\"0.5\">± 0.5</td>",
            "<td role=\"cell\" class=\"number good\" data-key=\"2.5\">+3<small>± 0.5</small></td>",
            "<span class=\"verdict bad\"><span aria-hidden=\"true\">✗</span> broken</span>",
            "<details id=\"unfold\"><summary>other</summary><p>inside</p>",
            "<td role=\"cell\" class=\"number\" data-label=\"is\" data-key=\"\">–</td>\
             <td role=\"cell\" class=\"number\" data-key=\"\">–</td>",
            "<span class=\"verdict changed\">higher</span>",
            "<p class=\"footnote\">below</p>",
            "<nav aria-label=\"Sections\"><ul><li><a href=\"#a\">First &amp; only</a></li>",
        ] {
            assert!(page.contains(markup), "{markup} is missing in\n{page}");
        }
    }

    #[test]
    fn what_is_for_a_terminal_stays_there() {
        let columns = [Column::words("a"), Column { shown: Shown::InText, ..Column::words("not here") }];
        let mut table = Table::new("", columns);
        table.row([Cell::words("b"), Cell::words("not here")]);
        let page = page_of(vec![Block::paragraph("not here").in_text(), table.into()], &[]);
        assert!(!page.contains("not here"), "{page}");
        assert!(page.contains("<table class=\"stacked\" role=\"table\"><thead"), "a single row is not sorted");
    }
}
