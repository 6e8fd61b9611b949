//! The promises on one axis: how much of what each allows is used up.

use super::Chart;
use super::canvas::{Anchor, Canvas, Ink, SMALL, width_of};
use super::rows::Rows;
use super::scale::Scale;
use crate::measures::{Metric, Promise, Unit, Verdict};
use crate::report::data::Data;
use crate::report::number;
use crate::report::summary::PromiseSummary;

/// The axis ends at so many times what a promise allows; bars of more are cut off there.
const MOST: f64 = 2.0;

/// A promise that can break, and of what it allows to go wrong how much does: 1 is all of it.
struct Used<'a> {
    promise: &'a PromiseSummary,
    used: f64,
    low: f64,
    high: f64,
}

/// How the promises stand that can break; nothing where none of them had an occasion.
pub(super) fn promises(data: &Data) -> Option<Chart> {
    let can_break: Vec<_> = data.summary.promises.iter().filter(|promise| promise.cannot_break.is_none()).collect();
    let rows: Vec<Used> = can_break.iter().copied().filter_map(used).collect();
    if rows.is_empty() {
        return None;
    }
    let of = |verdict: Verdict| rows.iter().filter(|row| row.promise.verdict == verdict).count();
    let mut caption = caption(rows.len(), of(Verdict::Broken), of(Verdict::Undecided));
    if rows.len() < can_break.len() {
        caption.push_str(&format!(" {} more had no occasion to break.", can_break.len() - rows.len()));
    }
    let labels: Vec<String> = rows.iter().map(|row| short(row.promise.promise).to_string()).collect();
    let values: Vec<String> = rows.iter().map(|row| shown(row.promise)).collect();
    let room = values.iter().map(|value| width_of(value, SMALL)).fold(0.0, f64::max) + 22.0;
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let layout = Rows::new(canvas, narrow, &labels, room);
        let scale = Scale::exact(0.0, MOST * 100.0, (layout.left, layout.right), if narrow { 2 } else { 4 });
        layout.axis(canvas, &scale, true, "of what the promise allows to go wrong");
        let line = scale.at(100.0);
        let (top, bottom) = (layout.middles[0] - 10.0, layout.middles[rows.len() - 1] + 10.0);
        for ((row, value), &y) in rows.iter().zip(&values).zip(&layout.middles) {
            let (mark, ink) = match row.promise.verdict {
                Verdict::Kept | Verdict::NoOccasion => ("✓", Ink::Green),
                Verdict::Broken => ("✗", Ink::Vermillion),
                Verdict::Undecided => ("?", Ink::Orange),
            };
            let end = scale.at(row.used * 100.0);
            canvas.rect((layout.left, y - 7.0), (end.max(layout.left + 1.5), y + 7.0), ink);
            if row.used > MOST {
                // An end torn off says that it goes on.
                for at in [end - 9.0, end - 5.0] {
                    canvas.line((at, y + 8.0), (at + 4.0, y - 8.0), Ink::Paper, 2.0);
                }
            } else if row.high > row.low {
                canvas.line((scale.at(row.low * 100.0), y), (scale.at(row.high * 100.0), y), Ink::Text, 1.4);
            }
            canvas.text((canvas.width - 2.0, y), mark, Ink::Text, Anchor::End);
            canvas.small((canvas.width - 18.0, y), value.as_str(), Ink::Text, Anchor::End);
            let said = format!(
                "{}: measured {}, wanted {}, {}",
                row.promise.promise.words(),
                number::estimate(row.promise.promise.metric().definition().unit, row.promise.reading).0,
                row.promise.wanted(),
                row.promise.verdict
            );
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
        // On a narrow chart labels stand between the rows, where no line runs.
        if narrow {
            layout.middles.iter().for_each(|&y| canvas.line((line, y - 9.0), (line, y + 9.0), Ink::Text, 1.6));
        } else {
            canvas.line((line, top), (line, bottom), Ink::Text, 1.6);
        }
    };
    let height = |narrow| Rows::height(narrow, rows.len());
    Some(Chart::new("promises", "How the promises stand", caption, "summary.json", draw, height))
}

/// What the bars show. One that is undecided may end right of the line as well, so it is not passed over in silence.
fn caption(all: usize, broken: usize, undecided: usize) -> String {
    let lets = if broken == 1 { "lets" } else { "let" };
    match (broken, undecided) {
        (0, 0) if all == 1 => "It stays within what it allows to go wrong.".to_string(),
        (0, 0) => format!("Each of the {all} stays within what it allows to go wrong."),
        (0, 1) => format!("1 of {all} may be on either side of what it allows to go wrong."),
        (0, undecided) => format!("{undecided} of {all} may be on either side of what they allow to go wrong."),
        (broken, 0) => format!("{broken} of {all} {lets} more go wrong than promised: right of the line."),
        (broken, undecided) => format!(
            "{broken} of {all} {lets} more go wrong than promised: right of the line. {undecided} more may be on either side of it."
        ),
    }
}

/// What is measured and what is wanted: `63.3 % (≥ 95 %)`.
fn shown(promise: &PromiseSummary) -> String {
    let unit = promise.promise.metric().definition().unit;
    let measured = promise.reading.mean.map(|mean| number::in_short(unit, mean, promise.reading.half_width));
    format!("{} ({})", measured.unwrap_or_else(|| number::NONE.into()), promise.wanted())
}

/// A promise in so few words that the axis beside it has room.
fn short(promise: Promise) -> &'static str {
    match promise {
        Promise::StockSomewhere => "stock in at least one place",
        Promise::NextShipmentInTime => "next shipment comes in time",
        Promise::BackSoon => "most are back in a few days",
        Promise::NoticeInTime => "a notice within 24 hours",
        Promise::ShippedAhead => "available ships right away",
        Promise::FreeSplit => "no charge for a split",
        Promise::RarelyCancelled => "cancelled only very rarely",
        Promise::InternationalComplete => "international never in parts",
    }
}

/// How much of what a promise allows is used up; nothing of one without occasion.
fn used(promise: &PromiseSummary) -> Option<Used<'_>> {
    let mean = promise.reading.mean?;
    let metric: Metric = promise.promise.metric();
    // At most so much, or at least so much of all there is.
    let is_cap = promise.kept_when == "<=" || promise.kept_when == "=";
    let goes_wrong = |value: f64| if is_cap { value } else { 1.0 - value };
    let allowed = goes_wrong(promise.threshold);
    if !is_cap && metric.definition().unit != Unit::Share {
        return None;
    }
    let part = |value: f64| match (goes_wrong(value).max(0.0), allowed) {
        (wrong, _) if wrong <= 1e-12 => 0.0,
        (_, allowed) if allowed <= 0.0 => f64::INFINITY,
        (wrong, allowed) => wrong / allowed,
    };
    let half = promise.reading.half_width.unwrap_or(0.0);
    let ends = [part(mean - half), part(mean + half)];
    Some(Used { promise, used: part(mean), low: ends[0].min(ends[1]), high: ends[0].max(ends[1]) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caption_passes_over_no_bar_that_may_end_right_of_the_line() {
        assert_eq!(caption(5, 0, 0), "Each of the 5 stays within what it allows to go wrong.");
        assert_eq!(caption(5, 0, 2), "2 of 5 may be on either side of what they allow to go wrong.");
        assert_eq!(caption(5, 2, 0), "2 of 5 let more go wrong than promised: right of the line.");
        assert_eq!(
            caption(5, 1, 1),
            "1 of 5 lets more go wrong than promised: right of the line. 1 more may be on either side of it."
        );
    }
}
