//! What went into a result and how to get it again, as parts of a page.

use super::document::{Block, Content, Section};
use super::facts::{InputFile, Next, Origin};
use super::inputs::InputGroup;
use super::table::{Cell, Column, Table};
use super::words::Text;

/// A group with more rows than these is printed in part.
const MAX_PRINTED: usize = 20;
/// So many of its rows are.
const PRINTED: usize = 8;

/// Inputs in words, in columns.
pub(super) fn inputs(groups: &[InputGroup]) -> Block {
    let group = |group: &InputGroup| {
        let terms = |rows: &[(String, String)]| {
            Block::terms(rows.iter().map(|(what, how)| (what.as_str().into(), how.as_str().into())).collect())
        };
        let heading = Block::heading(&group.heading);
        if group.rows.len() <= MAX_PRINTED {
            return vec![heading, terms(&group.rows)];
        }
        let (printed, rest) = group.rows.split_at(PRINTED);
        let left_out = Block::paragraph(format!("… and {} more, in the scenario.", rest.len()));
        vec![heading, terms(printed), terms(rest).on_screen(), left_out.in_print()]
    };
    Block::from(Content::Columns(groups.iter().map(group).collect()))
}

/// The command that gives the result again, what was read, what may be looked at next, and the data. An interrupted result says
/// so, and one that ran to its end at as many replications does not: its figures are the same, its bytes are not. `whose` is what
/// the command names, in whose folder it is given.
pub(super) fn reproduce(origin: &Origin, whose: &str, seed: u64, interrupted: bool) -> Section {
    let same = if interrupted { "the same figures" } else { "the same result, to the byte" };
    let lead = format!(
        "With backorder {} and seed {seed}, this command, given in the folder of the {whose}, gives {same}:",
        origin.version
    );
    let mut section =
        Section::new("reproduce", "Reproduce").with(Block::paragraph(lead)).with(Block::command(&origin.command));
    if !origin.sources.is_empty() {
        section.push(files(&origin.sources));
    }
    if !origin.next.is_empty() {
        let next = |Next { shows, command }: &Next| Text::from(format!("{shows}: ")).code(command);
        section.push(Block::heading("Go on"));
        section.push(Block::list(origin.next.iter().map(next).collect()));
    }
    section.with(Block::files())
}

/// The files that were read.
pub(super) fn files(sources: &[InputFile]) -> Table {
    let columns = [Column::words("File"), Column::words("SHA-256")];
    let mut table = Table::new("What was read, by SHA-256", columns);
    for source in sources {
        table.row([Cell::words(&source.name), Cell::words(Text::default().code(&source.sha256))]);
    }
    table
}
