//! Colours in the terminal: headings bold, verdicts in the colour of their meaning. Never in a file or a pipe, and not
//! where NO_COLOR asks for none (no-color.org).

use std::io::{self, IsTerminal};

const BOLD: &str = "\u{1b}[1m";
const GREEN: &str = "\u{1b}[32m";
const RED: &str = "\u{1b}[31m";
const YELLOW: &str = "\u{1b}[33m";
const PLAIN: &str = "\u{1b}[0m";

/// The colour of a verdict, by the words it begins with at the end of a line.
const VERDICTS: [(&str, &str); 10] = [
    ("kept", GREEN),
    ("broken", RED),
    ("undecided", YELLOW),
    ("better", GREEN),
    ("worse", RED),
    ("holds", GREEN),
    ("does not hold", RED),
    ("not decidable", YELLOW),
    ("unclear", YELLOW),
    ("no occasion", ""),
];

/// Whether standard output is to be coloured.
pub(super) fn is_wanted() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    io::stdout().is_terminal() && set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}

/// A page of text for the terminal: painted where that is wanted, else as it is.
pub(super) fn page(text: String) -> String {
    if is_wanted() { painted(&text) } else { text }
}

/// A page with headings, which begin at the edge after an empty line, and verdicts, which end rows, in their colours. Nothing moves: only
/// invisible characters are added.
fn painted(text: &str) -> String {
    let mut page = String::with_capacity(text.len() + 512);
    let mut after_gap = true;
    for line in text.split_inclusive('\n') {
        let (content, end) = line.strip_suffix('\n').map_or((line, ""), |content| (content, "\n"));
        if content.starts_with("  ") {
            page.push_str(&row(content));
        } else if after_gap && !content.is_empty() && !content.starts_with("Note:") && !content.starts_with(' ') {
            page.push_str(&format!("{BOLD}{content}{PLAIN}"));
        } else {
            page.push_str(content);
        }
        after_gap = content.is_empty();
        page.push_str(end);
    }
    page
}

fn row(content: &str) -> String {
    let verdict = VERDICTS.iter().find_map(|(words, colour)| {
        let at = content.rfind(words)?;
        let rest = &content[at + words.len()..];
        let stands_alone = content[..at].ends_with(' ') && (rest.is_empty() || rest.starts_with(" ~"));
        (stands_alone && !colour.is_empty()).then_some((at, colour))
    });
    match verdict {
        Some((at, colour)) => format!("{}{colour}{}{PLAIN}", &content[..at], &content[at..]),
        None => content.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_are_added() {
        let text = "some orders\n4 replications\n\nPromises  Verdict\n  always there  100.0 % ± 0.0  ≥ 99 %  kept\n  \
                    a notice  0.1 % ± 0.0  = 0  broken\n  orders kept  3 ± 1\n\nNote: one replication\n";
        let colourful = painted(text);
        let stripped =
            [BOLD, GREEN, RED, YELLOW, PLAIN].iter().fold(colourful.clone(), |text, code| text.replace(code, ""));
        assert_eq!(stripped, text);
        assert!(colourful.contains(&format!("≥ 99 %  {GREEN}kept{PLAIN}\n")), "{colourful}");
        assert!(colourful.contains(&format!("= 0  {RED}broken{PLAIN}\n")));
        assert!(colourful.starts_with(&format!("{BOLD}some orders{PLAIN}\n4 replications\n")));
        assert!(colourful.contains(&format!("{BOLD}Promises  Verdict{PLAIN}")));
        assert!(colourful.contains("  orders kept  3 ± 1\n") && colourful.contains("\nNote: one replication\n"));
    }

    #[test]
    fn unclear_with_a_number() {
        assert_eq!(row("  parcels  1.0  unclear ~840"), format!("  parcels  1.0  {YELLOW}unclear ~840{PLAIN}"));
    }
}
