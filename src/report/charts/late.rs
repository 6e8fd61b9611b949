//! What lines are late for that were promised for a date.

use super::canvas::{Canvas, Ink};
use super::rows::Rows;
use super::scale::Scale;
use super::{Chart, percent};
use crate::measures::{Metric, Unit};
use crate::report::data::{CsvTable, Data};
use crate::report::late::{LATE_FOR, LEAST_TOLD, LateFor};
use crate::report::number;

/// Something that lines are late for, with the share of the lines promised that are, and half of its interval.
struct Late {
    of: LateFor,
    share: f64,
    half_width: Option<f64>,
}

/// What lines are late for, the most first; nothing where no dates are promised, or all are kept.
pub(super) fn late(data: &Data) -> Option<Chart> {
    let summary = &data.summary;
    let kept = summary.mean(Metric::OnTimeLineShare)?;
    let of = |of: &LateFor| {
        let figures = summary.figures(of.metric);
        let share = figures.mean.filter(|&share| share >= LEAST_TOLD)?;
        Some(Late { of: *of, share, half_width: figures.half_width })
    };
    drawn(LATE_FOR.iter().filter_map(of).collect(), 1.0 - kept, &data.by_zone)
}

fn drawn(mut rows: Vec<Late>, all: f64, by_zone: &CsvTable) -> Option<Chart> {
    rows.sort_by(|a, b| b.share.total_cmp(&a.share));
    let first = rows.first()?;
    let most_often = worst(by_zone, first.of.metric);
    let most_often = most_often.map_or_else(String::new, |(zone, share)| {
        format!(", most often to {zone}: {} of the lines there", percent(share))
    });
    let caption = format!(
        "{} of the lines are not there when promised; {} of these come late {}{most_often}.",
        percent(all),
        percent((first.share / all).min(1.0)),
        first.of.why
    );
    let labels: Vec<String> = rows.iter().map(|row| row.of.short.to_string()).collect();
    let shown: Vec<String> = rows.iter().map(|row| number::in_short(Unit::Share, row.share, row.half_width)).collect();
    let highest = rows.iter().map(|row| row.share + row.half_width.unwrap_or(0.0)).fold(0.0, f64::max);
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let layout = Rows::with_figures(canvas, narrow, &labels, &shown);
        let scale = Scale::from_zero(0.0, highest * 100.0, (layout.left, layout.right), 4);
        layout.axis(canvas, &scale, true, "share of the lines promised for a date");
        for (row, &y) in rows.iter().zip(&layout.middles) {
            let at = |share: f64| scale.at(share.max(0.0) * 100.0);
            canvas.rect((layout.left, y - 7.0), (at(row.share).max(layout.left + 1.0), y + 7.0), Ink::Orange);
            if let Some(half) = row.half_width.filter(|&half| half > 0.0) {
                canvas.line((at(row.share - half), y), (at(row.share + half), y), Ink::Text, 1.4);
            }
            let half = row.half_width.map_or_else(String::new, |half| format!(" ± {}", percent(half)));
            let said = format!(
                "{}{half} of the lines come late {}: {} of those that do",
                percent(row.share),
                row.of.why,
                percent((row.share / all).min(1.0))
            );
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
    };
    let height = |narrow| Rows::height_with_figures(narrow, &labels, &shown);
    Some(Chart::new("late", "What late lines were late for", caption, "summary.json", draw, height))
}

/// Where the share is highest, of several zones.
fn worst(by_zone: &CsvTable, metric: Metric) -> Option<(String, f64)> {
    let rows = || (0..by_zone.rows()).filter_map(|row| Some((row, by_zone.number(row, metric.name())?)));
    let (row, share) = rows().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (rows().count() > 1).then(|| (by_zone.cell(row, 0).to_string(), share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(metric: Metric, share: f64) -> Late {
        let of = *LATE_FOR.iter().find(|it| it.metric == metric).expect("it is one of them");
        Late { of, share, half_width: Some(0.004) }
    }

    #[test]
    fn the_largest_comes_first_with_its_share_of_the_late_and_the_zone_where_it_is_worst() {
        let zones = "zone,late_for_limit_line_share\ncity,0.05\ncountry,0.2\nislands,\n";
        let zones = CsvTable::read(zones).expect("a table");
        let rows = || vec![of(Metric::LateForStockLineShare, 0.02), of(Metric::LateForLimitLineShare, 0.08)];
        let chart = drawn(rows(), 0.1, &zones).expect("lines are late");
        let told = "10.0 % of the lines are not there when promised; 80.0 % of these come late for the picking limit, \
                    most often to country: 20.0 % of the lines there.";
        assert_eq!(chart.caption, told);
        let page = chart.inline();
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not there: {page}"));
        assert!(at(">the picking limit<") < at(">want of stock<"));
        assert!(
            page.contains("2.0 % ± 0.4 % of the lines come late for want of stock: 20.0 % of those that do"),
            "{page}"
        );
        let one = CsvTable::read("zone,late_for_limit_line_share\nhome,0.08\n").expect("a table");
        assert!(drawn(rows(), 0.1, &one).expect("lines are late").caption.ends_with("for the picking limit."));
        assert!(drawn(Vec::new(), 0.0, &one).is_none());
    }
}
