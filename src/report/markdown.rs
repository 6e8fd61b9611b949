//! A document as Markdown, for a comment on a pull request: what plain text shows, with tables in GitHub's form. Of charts
//! it has the findings, as their drawings are not there.

use super::document::{Block, Content, Document};
use super::html::mark;
use super::table::{Align, Cell, Row, Table};
use super::words::{Shown, Style, Text};

/// The document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut parts = vec![format!("# {}", line(&document.title))];
    parts.extend(document.opening.iter().filter_map(block));
    for section in &document.sections {
        let blocks: Vec<String> = section.blocks.iter().filter_map(block).collect();
        if !blocks.is_empty() {
            parts.push(format!("## {}", line(&section.title)));
        }
        parts.extend(blocks);
    }
    parts.join("\n\n") + "\n"
}

/// A block; nothing where it is for a page alone.
fn block(block: &Block) -> Option<String> {
    let is_chart = matches!(block.content, Content::Figures(_));
    if matches!(block.shown, Shown::OnScreen | Shown::InPrint) || (block.shown == Shown::OnPage && !is_chart) {
        return None;
    }
    let text = match &block.content {
        Content::Heading(text) => format!("### {}", line(text)),
        Content::Paragraph(_, text) => spans(text),
        Content::Note(text) => format!("> **Note:** {}", spans(text)),
        Content::Command(command) => format!("```sh\n{command}\n```"),
        Content::List(items) => list(items.iter().map(spans)),
        Content::Marked(items) => {
            list(items.iter().map(|(mark, text)| format!("**{}** {}", escaped(mark), spans(text))))
        }
        Content::Terms(items) => list(items.iter().map(|(term, text)| format!("**{}**: {}", spans(term), spans(text)))),
        Content::Table(table) => self::table(table),
        Content::Figures(figures) => {
            list(figures.iter().map(|figure| format!("**{}.** {}", escaped(&figure.title), escaped(&figure.caption))))
        }
        Content::Fold(fold) => {
            let inside = blocks(&fold.blocks);
            let summary = escaped_html(&fold.summary.words());
            format!("<details><summary>{summary}</summary>\n\n{inside}\n\n</details>")
        }
        Content::Columns(columns) => columns.iter().map(|inside| blocks(inside)).collect::<Vec<_>>().join("\n\n"),
        Content::Files | Content::Data(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn blocks(inside: &[Block]) -> String {
    inside.iter().filter_map(block).collect::<Vec<_>>().join("\n\n")
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
}

fn table(table: &Table) -> String {
    let columns: Vec<usize> = (0..table.columns.len()).filter(|&at| table.columns[at].shown != Shown::OnPage).collect();
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let headings = columns.iter().map(|&at| cell_text(&table.columns[at].heading.replace('\n', " "))).collect();
    let rules = columns.iter().map(|&at| if table.columns[at].align == Align::Right { "---:" } else { "---" }.into());
    let mut lines = vec![row(headings), row(rules.collect())];
    for line in &table.rows {
        lines.push(match line {
            Row::Group(title) => {
                let mut cells = vec![String::new(); columns.len()];
                cells[0] = format!("**{}**", cell_text(title));
                row(cells)
            }
            Row::Cells(cells) => row(columns.iter().map(|&at| cell(&cells[at])).collect()),
        });
    }
    let mut parts = Vec::new();
    if !table.title.is_empty() {
        parts.push(format!("**{}**", line(&table.title)));
    }
    parts.push(lines.join("\n"));
    parts.extend(table.footnote.iter().map(spans));
    parts.join("\n\n")
}

fn cell(cell: &Cell) -> String {
    let mark = cell.tone.filter(|_| cell.is_verdict).map_or_else(String::new, |tone| format!("{} ", mark(tone)));
    let half = cell.half_width.as_ref().map_or_else(String::new, |half| format!(" ± {}", half.shown));
    cell_text_of(&format!("{mark}{}", spans(cell.plain()))) + &escaped(&half)
}

/// A text in a cell, which cannot hold a bar or the end of a line.
fn cell_text_of(markdown: &str) -> String {
    markdown.replace('|', "\\|").replace('\n', " ")
}

fn cell_text(text: &str) -> String {
    cell_text_of(&escaped(text))
}

/// A text in one line.
fn line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn spans(text: &Text) -> String {
    let span = |span: &super::words::Span| {
        let inner = match span.style {
            Style::Plain => escaped(&span.text),
            Style::Strong => format!("**{}**", escaped(&span.text)),
            Style::Emphasis => format!("*{}*", escaped(&span.text)),
            Style::Code => code(&span.text),
        };
        span.link.as_ref().map_or(inner.clone(), |link| format!("[{inner}](<{link}>)"))
    };
    text.0.iter().map(span).collect()
}

/// Code, in as many backquotes as it does not hold itself.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest > 0 { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// A text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '<' | '>' => safe.push_str(&escaped_html(&c.to_string())),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    safe
}

fn escaped_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Figure, Section};
    use crate::report::table::{Column, HalfWidth, Interval};
    use crate::report::words::Tone;

    #[test]
    fn a_comment_on_a_pull_request() {
        let columns = [
            Column::words("Measure"),
            Column::number("Cost\nan order").with_interval(Interval::Column, 0),
            Column::number("not here").on_page(),
            Column::words("Verdict"),
        ];
        let mut table = Table::new("B against A", columns);
        table.group("Costs");
        let cost = Cell {
            half_width: Some(HalfWidth { shown: "0.2".into(), value: Some(0.2) }),
            ..Cell::number("4.62", Some(4.62))
        };
        table.row([
            Cell::words(Text::default().code("a|b")).with_detail("not here"),
            cost,
            Cell::none(),
            Cell::verdict("better", Some(Tone::Good)),
        ]);
        table.footnote = Some("It holds.".into());
        let mut document = Document::new("kind", "title_1 <b>");
        document.open(Block::paragraph(Text::from("by *hand* ").strong("bold").code("x`y").link("page", "a b")));
        document.open(Block::paragraph("not here").on_page());
        let figure = |title: &str| Figure {
            id: "f".into(),
            title: title.into(),
            caption: "a finding".into(),
            svg: "<svg/>".into(),
            is_tall: false,
            data: "a.csv".into(),
        };
        let section = Section::on_page("a", "Section").with(table).with(Block::figures(vec![figure("Chart")]));
        document
            .push(section.with(Block::note("mind")).with(Block::command("backorder run a.toml")).with(Block::files()));
        document.push(Section::new("b", "not here").with(Block::files()));
        let expected = "\
# title\\_1 &lt;b&gt;

by \\*hand\\* **bold**`` x`y ``[page](<a b>)

## Section

**B against A**

| Measure | Cost an order | Verdict |
| --- | ---: | --- |
| **Costs** |  |  |
| `a\\|b` | 4.62 ± 0.2 | ✓ better |

It holds.

- **Chart.** a finding

> **Note:** mind

```sh
backorder run a.toml
```
";
        assert_eq!(markdown(&document), expected);
    }

    #[test]
    fn lists_terms_and_folds() {
        let mut document = Document::new("kind", "title");
        document.open(Block::marked(vec![("A".into(), "first".into())]));
        document.open(Block::terms(vec![("rule".into(), "what it does".into())]));
        document.open(Block::fold("more & more", vec![Block::list(vec!["one".into(), "two".into()])]));
        let expected = "# title\n\n- **A** first\n\n- **rule**: what it does\n\n\
                        <details><summary>more &amp; more</summary>\n\n- one\n- two\n\n</details>\n";
        assert_eq!(markdown(&document), expected);
    }
}
