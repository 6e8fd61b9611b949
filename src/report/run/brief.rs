//! Tables of warehouses, vendors and products as they are printed: few columns, few rows, as the whole ones are too wide for paper. What
//! waits for most money comes first; what is left out is said.

use crate::measures::Metric;
use crate::report::data::CsvTable;
use crate::report::document::Block;
use crate::report::number::{self, grouped, money, whole_percent};
use crate::report::table::{Cell, Column, Table};

/// So many rows are printed.
const MAX_ROWS: usize = 10;

/// The columns that are printed, as far as the table has them.
const COLUMNS: [Metric; 6] = [
    Metric::Units,
    Metric::UnitFillRate,
    Metric::BackordersMeanUnits,
    Metric::OnHandMeanUnits,
    Metric::OnHandMeanCost,
    Metric::LeadTimeDaysMean,
];

/// The rows of a table whose waiting units are worth most, on paper alone; nothing of an empty one. `of` is what a row is, of one and of
/// several.
pub(super) fn brief(of: [&str; 2], sheet: &CsvTable, file: &str) -> Option<Block> {
    let rows = worst_first(sheet);
    let shown = &rows[..rows.len().min(MAX_ROWS)];
    let has = |metric: &&Metric| shown.iter().any(|&(row, _)| sheet.number(row, metric.name()).is_some());
    let measures: Vec<Metric> = COLUMNS.iter().filter(has).copied().collect();
    if shown.is_empty() || measures.is_empty() {
        return None;
    }
    let has_worth = shown.iter().any(|(_, worth)| worth.is_some());
    let left_out = rows.len() - shown.len();
    let title = match (left_out, has_worth) {
        (0, _) => format!("By {}", of[0]),
        (_, true) => format!("The {} {} whose waiting units are worth most", shown.len(), of[1]),
        (_, false) => format!("The {} {} with the most units on backorder", shown.len(), of[1]),
    };
    let mut columns = vec![Column::words(of[0])];
    columns.extend(has_worth.then(|| Column::number("waiting units, at unit cost")));
    columns.extend(measures.iter().map(|metric| Column::number(metric.definition().label)));
    let mut table = Table::new(title, columns);
    for &(row, worth) in shown {
        let figure = |metric: &Metric| {
            let mean = sheet.number(row, metric.name());
            let half_width = sheet.number(row, &format!("{}_half_width", metric.name()));
            let unit = metric.definition().unit;
            let words = mean.map_or_else(|| number::NONE.into(), |mean| number::in_short(unit, mean, half_width));
            Cell::number(words, mean)
        };
        let worth =
            has_worth.then(|| Cell::number(worth.map_or_else(|| number::NONE.into(), |worth| money(worth, 0)), worth));
        let name = Cell::words(sheet.cell(row, 0));
        table.row(std::iter::once(name).chain(worth).chain(measures.iter().map(figure)));
    }
    if left_out > 0 {
        let sum = |rows: &[(usize, Option<f64>)]| rows.iter().filter_map(|(_, worth)| *worth).sum::<f64>();
        let (part, all) = (sum(shown), sum(&rows));
        let part = if all > 0.0 {
            format!("{} of what waits, at unit cost, is theirs; ", whole_percent(part / all))
        } else {
            String::new()
        };
        table.footnote = Some(format!("{part}{file} has the other {}.", grouped(left_out as f64, 0)).into());
    }
    Some(Block::from(table).in_print())
}

/// Rows with what their waiting units are worth, by that, then by how many wait, then by how many were asked for.
fn worst_first(sheet: &CsvTable) -> Vec<(usize, Option<f64>)> {
    let (worth, waiting, asked) =
        (sheet.worth_waiting(), sheet.numbers("backorders_mean_units"), sheet.numbers("units"));
    let mut rows: Vec<(usize, Option<f64>, [f64; 2])> = (0..sheet.rows())
        .map(|row| (row, worth(row), [waiting(row), asked(row)].map(Option::unwrap_or_default)))
        .collect();
    let key = |&(_, worth, [waiting, asked]): &(usize, Option<f64>, [f64; 2])| [worth.unwrap_or(0.0), waiting, asked];
    rows.sort_by(|left, right| {
        key(left)
            .iter()
            .zip(&key(right))
            .map(|(left, right)| right.total_cmp(left))
            .find(|it| it.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    rows.into_iter().map(|(row, worth, _)| (row, worth)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Content;
    use crate::report::table::Row;

    fn printed(text: &str) -> Table {
        let sheet = CsvTable::read(text).unwrap();
        match brief(["vendor", "vendors"], &sheet, "by_vendor.csv").expect("a table").content {
            Content::Table(table) => table,
            other => panic!("{other:?}"),
        }
    }

    fn names(table: &Table) -> Vec<String> {
        let name = |row: &Row| match row {
            Row::Cells(cells) => cells[0].text.words(),
            Row::Group(name) => panic!("{name}"),
        };
        table.rows.iter().map(name).collect()
    }

    const HEADER: &str = "vendor,units,backorders_mean_units,on_hand_mean_units,on_hand_mean_cost\n";

    #[test]
    fn what_waits_for_most_money_comes_first() {
        // Two units at 50 are more than ten at 1; what has no stock to be valued by comes last.
        let table = printed(&format!("{HEADER}cheap,90,10,100,100\nbare,5,3,0,0\ndear,9,2,10,500\n"));
        assert_eq!(names(&table), ["dear", "cheap", "bare"]);
        assert_eq!((table.title.as_str(), table.footnote), ("By vendor", None));
    }

    #[test]
    fn what_is_left_out_is_said() {
        let rows: String = (1..=40).map(|it| format!("v{it},9,{it},10,10\n")).collect();
        let table = printed(&format!("{HEADER}{rows}"));
        assert_eq!(table.title, "The 10 vendors whose waiting units are worth most");
        assert_eq!(names(&table)[..2], ["v40", "v39"]);
        let footnote = table.footnote.expect("thirty are left out").words();
        // 31 + … + 40 = 355 of 820.
        assert_eq!(footnote, "43 % of what waits, at unit cost, is theirs; by_vendor.csv has the other 30.");
        let plain: String = (1..=12).map(|it| format!("v{it},9,{it}\n")).collect();
        let table = printed(&format!("vendor,units,backorders_mean_units\n{plain}"));
        assert_eq!(table.title, "The 10 vendors with the most units on backorder");
        assert_eq!(table.footnote.expect("two are left out").words(), "by_vendor.csv has the other 2.");
    }
}
