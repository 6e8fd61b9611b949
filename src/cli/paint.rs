//! Documents in the terminal, in colours where those are wanted: headings bold, judgements in the colour of their tone.
//! Never in a file or a pipe, and not where NO_COLOR asks for none (no-color.org).

use std::fmt::Write as _;
use std::io::{self, IsTerminal};

use anstyle::{AnsiColor, Color, Style};

use crate::report::{self, Document, Line, Set, Tone};

/// Whether standard output is to be coloured.
pub(super) fn is_wanted() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    io::stdout().is_terminal() && set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}

/// A document as text for the terminal: painted where that is wanted, else plain.
pub(super) fn document(document: &Document) -> String {
    if is_wanted() { painted(&report::lines(document)) } else { report::text(document) }
}

/// Lines with their styles as escape sequences. Nothing moves: only invisible characters are added.
fn painted(lines: &[Line]) -> String {
    let mut page = String::new();
    for line in lines {
        for (text, set) in &line.0 {
            let style = style(*set);
            write!(page, "{style}{text}{style:#}").expect("a string takes all that is written");
        }
        page.push('\n');
    }
    page
}

fn style(set: Set) -> Style {
    let coloured = |colour: AnsiColor| Style::new().fg_color(Some(Color::Ansi(colour)));
    match set {
        Set::Plain | Set::Toned(Tone::Neutral) => Style::new(),
        Set::Strong => Style::new().bold(),
        Set::Emphasis => Style::new().italic(),
        Set::Toned(Tone::Good) => coloured(AnsiColor::Green),
        Set::Toned(Tone::Bad) => coloured(AnsiColor::Red),
        Set::Toned(Tone::Unclear) => coloured(AnsiColor::Yellow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Block, Cell, Column, Section, Table};

    fn lines() -> Vec<Line> {
        let mut table = Table::new("Promises", [Column::words("Promise"), Column::words("Verdict")]);
        for (words, tone) in [
            ("kept", Some(Tone::Good)),
            ("does not hold", Some(Tone::Bad)),
            ("unclear ~840", Some(Tone::Unclear)),
            ("no occasion", Some(Tone::Neutral)),
            ("higher", None),
        ] {
            table.row([Cell::words("orders kept"), Cell::verdict(words, tone)]);
        }
        let mut document = Document::new("kind", "title");
        document.open(Block::paragraph("some orders"));
        document.push(Section::on_page("a", "A").with(table).with(Block::note("kept, broken, better")));
        report::lines(&document)
    }

    #[test]
    fn a_verdict_has_the_colour_of_its_tone_and_no_other_word_has() {
        let page = painted(&lines());
        for (words, colour) in [("kept", 32), ("does not hold", 31), ("unclear ~840", 33)] {
            assert!(page.contains(&format!("\u{1b}[{colour}m{words}\u{1b}[0m\n")), "{words}: {page:?}");
        }
        assert!(page.starts_with("\u{1b}[1msome orders\u{1b}[0m\n"), "{page:?}");
        for plain in ["  no occasion\n", "  higher\n", "  orders kept  ", "\nNote: kept, broken, better\n"] {
            assert!(page.contains(plain), "{plain:?}: {page:?}");
        }
    }

    #[test]
    fn only_colours_are_added() {
        let lines = lines();
        let colourful = painted(&lines);
        let codes = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[31m", "\u{1b}[32m", "\u{1b}[33m"];
        let stripped = codes.iter().fold(colourful, |text, code| text.replace(code, ""));
        assert_eq!(stripped, lines.iter().map(|line| line.words() + "\n").collect::<String>());
    }
}
