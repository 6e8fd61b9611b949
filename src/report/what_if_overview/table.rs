//! The table of all answers, each with what it differs by from the result above.

use super::super::comparison::{tone, verdict};
use super::super::number;
use super::super::prose::{capital, measure_words};
use super::super::table::{Cell, Column, Interval, Table};
use super::super::words::Text;
use super::answers::{ABOVE, BACK, Overview, short};

impl Overview<'_> {
    /// Every answer, below the result that it is held against.
    pub(super) fn table(&self) -> Table {
        let is_alike = self.together.len() == self.answers.len();
        let mut columns = vec![Column::words("Setting")];
        for metric in [self.paid, self.served] {
            let name = measure_words(metric);
            columns.push(Column::number(capital(&name)).labelled(format!("{name}:")));
            columns.push(Column::number("Difference").with_interval(Interval::Below, 0).labelled("difference:"));
        }
        if !is_alike {
            columns.push(Column::number("Replications").labelled("replications:"));
        }
        let mut table = Table::new("Asked so far", columns);
        let replications = |count: usize| Cell::number(number::grouped(count as f64, 0), Some(count as f64));
        let mut cells = vec![Cell::words(Text::default().link(capital(ABOVE), BACK))];
        for metric in [self.paid, self.served] {
            let reading = self.above(metric);
            cells.extend([Cell::number(short(metric, reading), reading.mean), Cell::none()]);
        }
        cells.extend((!is_alike).then(|| replications(self.answers[self.marked].replications())));
        table.row(cells);
        for (number, answer) in self.answers.iter().enumerate() {
            let mut name = Cell::words(Text::default().link(answer.title(), &answer.asked.bookmark));
            if number == self.marked && self.is_shown {
                name = name.with_detail("shown below");
            }
            let mut cells = vec![name];
            for metric in [self.paid, self.served] {
                let (reading, found) = (answer.figure(metric), answer.difference(metric));
                let tone = tone(found.conclusion);
                let difference = Cell::difference(metric.definition().unit, found.reading).toned(tone);
                cells.push(Cell::number(short(metric, reading), reading.mean));
                cells.push(match found.conclusion {
                    Some(conclusion) => difference.with_detail(verdict(conclusion)),
                    None => difference,
                });
            }
            cells.extend((!is_alike).then(|| replications(answer.replications())));
            table.row(cells);
        }
        table.footnote = (!is_alike).then(|| {
            let count = self.answers[self.marked].replications();
            format!("Drawn and told are those of {count} replications.").into()
        });
        table
    }
}
