//! A check as a document: the finding, the first event that differs, the rules, and each baseline that moved.

use super::CHECK_TITLE;
use super::decided::DecisionMoved;
use super::summary::{BaselineSummary, CellSummary, CheckSummary, MeasureMoved};
use super::words;
use crate::experiment::Conclusion;
use crate::experiment::check::{Change, Verdict};
use crate::report::document::{Block, Document, Role, Section};
use crate::report::markdown::markdown;
use crate::report::number;
use crate::report::prose::measure_words;
use crate::report::summary::Reading;
use crate::report::table::{Cell, Column, Interval, Table};
use crate::report::words::{Text, Tone};
use crate::stats::CONFIDENCE;

/// So many cells of baselines are told in full; the others in a line each.
const SHOWN: usize = 8;

/// So many characters a comment on GitHub may have, less some that others put around it.
const COMMENT: usize = 65_536 - 1_024;

/// How much of a check is told, from all to little: cells told in full, and lines of each list.
const EXTENTS: [(usize, usize); 6] = [(SHOWN, usize::MAX), (SHOWN, 100), (4, 100), (2, 50), (1, 25), (0, 10)];

/// The check as a document.
pub fn check_document(check: &CheckSummary) -> Document {
    told_to(check, SHOWN, usize::MAX)
}

/// The check as Markdown that fits into a comment: where much moved, less of it is told, and how much is left out.
pub fn check_markdown(check: &CheckSummary) -> String {
    let all = EXTENTS.iter().map(|&(shown, lines)| markdown(&told_to(check, shown, lines)));
    let mut shortest = String::new();
    for text in all {
        if text.chars().count() <= COMMENT {
            return text;
        }
        shortest = text;
    }
    shortest
}

/// Of more lines than may be told the first, and how many are left out.
fn first_lines(lines: impl ExactSizeIterator<Item = Text>, most: usize) -> Vec<Text> {
    let left_out = lines.len().saturating_sub(most);
    let mut told: Vec<Text> = lines.take(most).collect();
    if left_out > 0 {
        told.push(format!("and {} more, which --json has", number::grouped(left_out as f64, 0)).into());
    }
    told
}

/// The check as a document with so many cells in full, and so many lines of each list.
fn told_to(check: &CheckSummary, shown: usize, most: usize) -> Document {
    let mut document = Document::new("Held against baselines", CHECK_TITLE);
    document.open(Block::of(Role::Finding, finding(check)));
    document.push(decisions(check, most));
    document.push(first_event(check));
    document.push(rules(check));
    let cells: Vec<(&BaselineSummary, &CellSummary)> = check
        .baselines
        .iter()
        .flat_map(|baseline| baseline.cells.iter().map(move |cell| (baseline, cell)))
        .filter(|(_, cell)| cell.verdict != Verdict::Unmoved)
        .collect();
    let mut section = Section::on_page("baselines", "What moved, baseline by baseline");
    let (in_full, rest) = cells.split_at(cells.len().min(shown));
    for (baseline, cell) in in_full {
        section.push(told(baseline, cell));
    }
    if !rest.is_empty() {
        let lines = rest.iter().map(|(baseline, cell)| Text::from(words::cell(baseline, cell)));
        let more = if in_full.is_empty() { "" } else { "more " };
        let more = format!("{} {more}moved", number::grouped(rest.len() as f64, 0));
        section.push(Block::fold(more, vec![Block::list(first_lines(lines, most))]));
    }
    document.push(section);
    let mut reading = Section::on_page("reading", "How to read this");
    if check.verdict != Verdict::Unmoved {
        reading.push(Block::paragraph(legend(check)));
        let text = "If the change is meant, write what is new beside what is stored, look at it, and take it over:";
        reading.push(Block::paragraph(text));
        reading.push(Block::command(format!("{} --update", check.update)));
        reading.push(Block::command(format!("{} --accept", check.update)));
    }
    for note in first_lines(check.notes.iter().map(Text::from), most) {
        reading.push(Block::note(note));
    }
    document.push(reading);
    document
}

/// The sentence, with the names in it set as code.
fn finding(check: &CheckSummary) -> Text {
    let mut text = Text::default();
    for (index, part) in check.sentence.split('`').enumerate() {
        text = match (index, index % 2) {
            (0, _) => text.toned(part, tone(check.verdict)),
            (_, 1) => text.code(part),
            _ => text.plain(part),
        };
    }
    text
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Unmoved => Tone::Good,
        Verdict::Undecided => Tone::Unclear,
        Verdict::Moved => Tone::Bad,
    }
}

/// The rules' decisions that are others, each rule asked by itself.
fn decisions(check: &CheckSummary, most: usize) -> Section {
    let section = Section::new("decisions", "What the rules decide otherwise");
    if check.decisions.is_empty() {
        return section;
    }
    let line = |moved: &DecisionMoved| Text::from(moved.sentence());
    let (shown, rest) = check.decisions.split_at(check.decisions.len().min(SHOWN));
    let section = section.with(Block::list(shown.iter().map(line).collect()));
    if rest.is_empty() {
        return section;
    }
    let lines = first_lines(rest.iter().map(line), most);
    section.with(Block::fold(format!("{} more", rest.len()), vec![Block::list(lines)]))
}

/// The first event that differs: where, as it was, as it is.
fn first_event(check: &CheckSummary) -> Section {
    let mut section = Section::new("first", "The first event that differs");
    let Some(event) = &check.first_event else { return section };
    section.push(Block::paragraph(format!("{}.", words::place(event))));
    let mut lines = Vec::new();
    let is_new = event.change == Change::Added;
    if let Some(before) = event.before.as_ref().filter(|_| !is_new) {
        lines.push(Text::default().strong("was:").plain(format!(" {}", words::event(before))));
    }
    if let Some(after) = event.after.as_ref().filter(|_| event.change != Change::Gone) {
        lines.push(Text::default().strong("is:").plain(format!(" {}", words::event(after))));
    }
    if let Some(next) = event.before.as_ref().filter(|_| is_new) {
        lines.push(Text::default().strong("before:").plain(format!(" {}", words::event(next))));
    }
    if !lines.is_empty() {
        section.push(Block::list(lines));
    }
    if event.before.is_none() && !is_new && event.number.is_some() {
        section.push(Block::note(
            "of so long a trace digests alone are stored; the version before shows the event as it was",
        ));
    }
    section
}

/// How often each rule fired, over all baselines.
fn rules(check: &CheckSummary) -> Section {
    let section = Section::new("rules", "Rules that fired differently");
    if check.rules.is_empty() {
        return section;
    }
    let columns = [
        Column::words("Rule").wide(32),
        Column::number("fired").wide(12),
        Column::number("fires").wide(12),
        Column::number("in baselines").wide(14),
    ];
    let mut table = Table::new("", columns);
    for moved in &check.rules {
        let count = |value: i64| Cell::number(number::grouped(value as f64, 0), Some(value as f64));
        let baselines = moved.baselines as i64;
        table.row([Cell::words(moved.rule.id()), count(moved.before), count(moved.after), count(baselines)]);
    }
    if check.rules.iter().any(|moved| moved.before == moved.after) {
        table.footnote = Some("Where both are the same, single replications differ.".into());
    }
    section.with(table)
}

/// A cell in which something moved.
fn told(baseline: &BaselineSummary, cell: &CellSummary) -> Block {
    let summary = format!("{} ({})", words::brief(baseline, cell), baseline.mode);
    let mut blocks = Vec::new();
    if !cell.rules.is_empty() {
        blocks.push(Block::list(cell.rules.iter().map(|moved| words::firings(moved).into()).collect()));
    }
    if !cell.measures.is_empty() {
        blocks.push(measures(cell).into());
    }
    Block::fold(summary, blocks)
}

/// The measures of a cell: those that moved, those of which it cannot be told, those that differ by what does not matter.
fn measures(cell: &CellSummary) -> Table {
    let columns = [
        Column::words("Measure").wide(38),
        Column::number("was").wide(11).labelled("was:"),
        Column::number("is").wide(11).labelled("is:"),
        Column::number("change").wide(9).labelled("by").with_interval(Interval::Beside, 7),
    ];
    let mut table = Table::new("", columns);
    let is_unclear = |it: &MeasureMoved| matches!(it.difference.conclusion, Some(Conclusion::Unclear { .. }));
    let is_judged = |it: &MeasureMoved| it.difference.conclusion.is_some();
    let groups: [(&str, Vec<&MeasureMoved>); 3] = [
        ("Moved", cell.measures.iter().filter(|it| it.moved).collect()),
        ("Not decidable", cell.measures.iter().filter(|it| !it.moved && is_unclear(it)).collect()),
        (
            "Within what does not matter",
            cell.measures.iter().filter(|it| !it.moved && is_judged(it) && !is_unclear(it)).collect(),
        ),
    ];
    let are_several = groups.iter().filter(|(_, rows)| !rows.is_empty()).count() > 1;
    for (title, rows) in groups {
        if !rows.is_empty() && are_several {
            table.group(title);
        }
        for moved in rows {
            let definition = moved.measure.definition();
            let reading = |reading: Reading| {
                let shown = number::beside_difference(definition.unit, reading, moved.difference.reading);
                Cell::number(shown, reading.mean)
            };
            let difference = match moved.difference.reading {
                // A single replication has no interval.
                one @ Reading { half_width: None, .. } => {
                    Cell::number(number::difference(definition.unit, one).0, one.mean)
                }
                several => Cell::difference(definition.unit, several),
            };
            let name = Text::default().code(moved.measure.name());
            let label = Cell::words(measure_words(moved.measure)).with_detail(name);
            table.row([label, reading(moved.before), reading(moved.after), difference]);
        }
    }
    table
}

fn legend(check: &CheckSummary) -> String {
    let level = 100.0 * CONFIDENCE;
    let is_any = |mode: &str| check.baselines.iter().any(|it| it.mode == mode && it.verdict != Verdict::Unmoved);
    let pairing = match check.baselines.iter().all(|it| it.paired) {
        true => "paired, replication by replication on the same customers and lead times",
        false => "between replications of other customers and lead times",
    };
    let mut text =
        format!("Changes are {pairing}, with half of their {level:.0} % interval; of shares in percentage points.");
    if check.baselines.iter().any(|it| !it.paired) {
        text.push_str(
            " There every rule fires otherwise by chance: told are those whose firings per 1,000 orders certainly differ, all \
             taken together.",
        );
    }
    if is_any("exact") {
        text.push_str(" An exact baseline has moved when a single byte of a measure, or an event, is another.");
    }
    if is_any("statistical") {
        text.push_str(
            " A statistical one has moved when a difference is certain, all measures of all baselines taken together (Holm), \
             and not certain to be within what does not matter.",
        );
    }
    text
}
