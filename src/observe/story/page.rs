//! The layout of a story: a column for the time, a column of wrapped text.

use std::fmt::Write as _;

use textwrap::core::display_width;

use crate::domain::{DAY, SimTime};
use crate::rules::Rule;

/// A paragraph of a story.
pub(super) struct Paragraph {
    pub(super) at: SimTime,
    pub(super) text: String,
    /// The rule that made it so.
    pub(super) rule: Option<Rule>,
    /// A row under the paragraph before it.
    pub(super) is_row: bool,
}

/// The day and the time of day of an instant, as the column of times has it: `day 3 04:00:00`.
fn stamp(at: SimTime) -> String {
    let (day, second) = (at.0 / DAY, at.0 % DAY);
    format!("day {day} {:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)
}

/// The same inside a sentence, never broken at the end of a line; full minutes without their seconds.
pub(super) fn moment(at: SimTime) -> String {
    let text = stamp(at).replace(' ', "\u{a0}");
    text.strip_suffix(":00").map(str::to_string).unwrap_or(text)
}

/// Sets paragraphs in two columns, at most `width` characters wide where words allow it; under a heading a day, where days have names.
pub(super) fn set(paragraphs: &[Paragraph], width: usize, name_of_day: Option<&dyn Fn(i64) -> String>) -> String {
    let stamps: Vec<String> = paragraphs.iter().map(|paragraph| stamp(paragraph.at)).collect();
    let column = stamps.iter().map(String::len).max().unwrap_or(0) + 2;
    let mut page = String::new();
    let mut last = None;
    for (paragraph, stamp) in paragraphs.iter().zip(&stamps) {
        if let Some(name_of_day) = name_of_day {
            let day = paragraph.at.0.div_euclid(DAY);
            let before = last.map(|at: SimTime| at.0.div_euclid(DAY));
            if before != Some(day) {
                let gap = if before.is_some() { "\n" } else { "" };
                writeln!(page, "{gap}{}", name_of_day(day)).expect("writing to a string cannot fail");
            }
        }
        let stamp = if last == Some(paragraph.at) { "" } else { stamp.as_str() };
        let indent = if paragraph.is_row { column + 2 } else { column };
        let rule = paragraph.rule.map(|rule| format!(" [{}]", rule.id())).unwrap_or_default();
        let lines = wrap(&format!("{}{rule}", paragraph.text), width.saturating_sub(indent).max(20));
        for (number, line) in lines.iter().enumerate() {
            let stamp = if number == 0 { stamp } else { "" };
            // A row's later lines hang a little further in.
            let hang = if paragraph.is_row && number > 0 { 2 } else { 0 };
            let pad = indent + hang - if stamp.is_empty() { 0 } else { stamp.len() };
            writeln!(page, "{stamp}{}{line}", " ".repeat(pad)).expect("writing to a string cannot fail");
        }
        last = Some(paragraph.at);
    }
    page
}

/// Breaks a text into lines of at most `width` columns, of which wide letters take two, between words; a quantity stays with its product.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let length = display_width(word);
        if used > 0 && used + 1 + length > width {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut().expect("there is a line from the start");
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += length;
    }
    // What must not be broken was joined by no-break spaces; on the page they are plain ones.
    lines.into_iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_the_width_and_lose_no_word() {
        let text = "one two three four five six seven";
        let lines = wrap(text, 9);
        assert_eq!(lines, ["one two", "three", "four five", "six seven"]);
        assert_eq!(wrap("2\u{a0}×\u{a0}whey and tea", 8), ["2 × whey", "and tea"]);
        assert_eq!(wrap("世界 世界 tea", 9), ["世界 世界", "tea"]);
        assert_eq!(wrap("世界 世界 tea", 8), ["世界", "世界 tea"]);
        assert_eq!(wrap("incomprehensibilities", 5), ["incomprehensibilities"]);
    }

    #[test]
    fn the_time_stands_once_for_an_instant() {
        let paragraph = |at, is_row| Paragraph { at: SimTime(at), text: "so it was".into(), rule: None, is_row };
        let page = set(&[paragraph(86_399, false), paragraph(86_399, true), paragraph(10 * DAY, false)], 40, None);
        let expected = "day 0 23:59:59   so it was\n                   so it was\nday 10 00:00:00  so it was\n";
        assert_eq!(page, expected);
    }

    #[test]
    fn a_day_has_a_heading_where_days_have_names() {
        let paragraph = |at| Paragraph { at: SimTime(at), text: "so".into(), rule: None, is_row: false };
        let name = |day| format!("the day {day}");
        let page = set(&[paragraph(1), paragraph(2), paragraph(DAY)], 40, Some(&name));
        let expected = "the day 0\nday 0 00:00:01  so\nday 0 00:00:02  so\n\nthe day 1\nday 1 00:00:00  so\n";
        assert_eq!(page, expected);
    }

    #[test]
    fn a_rule_stands_at_the_end() {
        let paragraph =
            Paragraph { at: SimTime::ZERO, text: "It ships.".into(), rule: Some(Rule::PartialSplit), is_row: false };
        assert_eq!(set(&[paragraph], 80, None), "day 0 00:00:00  It ships. [partial-split]\n");
    }
}
