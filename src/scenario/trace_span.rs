//! How long a trace is, and whether a few dates alone make it so: a placeholder such as 1900-01-01, or 2107 for 2017.

use super::context::Context;
use super::date::date_of;
use super::diagnostic::grouped;
use super::report::Finding;
use super::source::Place;

/// An order's day, counted from 1970-01-01, and the place of its date.
pub type Dated = (i64, Place);

/// The longest trace: a century. Beyond, a date is mistyped.
const LONGEST_DAYS: i64 = 36_525;
/// So long nothing happens in no trace that is all of one piece.
pub const LONG_PAUSE_DAYS: i64 = 180;
/// A few orders, out of so many.
const FEW_OF: usize = 100;
/// After so long without orders nobody goes on as before, however many orders stand on both sides.
const DECADE_DAYS: i64 = 3_652;

/// The orders at one end of a trace, apart from all others.
struct Outliers<'d> {
    /// The one that stands first in the file.
    first: Place,
    count: usize,
    /// The others, in the order of their days.
    others: &'d [Dated],
    /// Days between them and the others.
    gap: i64,
}

impl Outliers<'_> {
    /// Days that the trace has without them.
    fn rest(&self) -> i64 {
        span(self.others)
    }

    /// Whether they hardly belong to the trace.
    fn are_odd(&self) -> bool {
        let all = self.count + self.others.len();
        let are_few = self.count == 1 || self.count * FEW_OF <= all;
        (are_few || self.gap > DECADE_DAYS) && self.gap > LONG_PAUSE_DAYS && self.gap > self.rest()
    }
}

/// Tells of a trace that is too long from its first day on, or long only because of a few orders. `days` are those of the orders,
/// each with the place of its date. Returns whether the trace can be replayed.
pub fn check(cx: &Context<'_>, first: i64, days: &[Dated]) -> bool {
    let Some(&(last, last_at)) = days.iter().max_by_key(|day| day.0) else { return true };
    if last - first < LONGEST_DAYS || days.iter().any(|day| day.0 == first) {
        return check_orders(cx, first, days);
    }
    let message = format!("this date is {} after the trace's first day", in_words(last - first));
    let finding = Finding::error("trace-span", last_at, message).about("date");
    cx.sink.push(finding.expected("a trace of at most 100 years").help("mend the date, or `start` beside `file`"));
    false
}

/// The same from the first order on: orders that are apart are taken out one after another, as placeholders come in several kinds.
fn check_orders(cx: &Context<'_>, first: i64, days: &[Dated]) -> bool {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    let (mut left, mut first, mut is_sound) = (&sorted[..], first, true);
    while let Some(apart) = outliers(left) {
        let last = left[left.len() - 1].0;
        let is_too_long = last - first >= LONGEST_DAYS;
        if !is_too_long && !apart.are_odd() {
            break;
        }
        let length = in_words(last - first + 1);
        if is_too_long {
            let message = format!("this date makes the trace {length} long, from {} to {}", named(first), named(last));
            tell(
                cx,
                &apart,
                Finding::error("trace-span", apart.first, message).expected("orders of at most 100 years"),
            );
            is_sound = false;
        } else {
            let rest = in_words(apart.rest());
            let message = format!("this date makes the trace {length} long, which is {rest} without it");
            tell(cx, &apart, Finding::warning("trace-span", apart.first, message));
        }
        if apart.others[0].0 > left[0].0 {
            first = apart.others[0].0;
        }
        left = apart.others;
    }
    is_sound
}

/// Tells of orders that are apart.
fn tell(cx: &Context<'_>, apart: &Outliers<'_>, finding: Finding) {
    let finding =
        finding.about("date").help("if it is mistyped, mend it; if it only stands for no date, take the order out");
    cx.sink.push(match apart.count {
        1 => finding,
        2 => finding.note("another order is as far from the rest"),
        count => finding.note(format!("{} other orders are as far from the rest", grouped(count - 1))),
    });
}

fn named(day: i64) -> String {
    date_of(day).map_or_else(|| "a day beyond the calendar".to_string(), |date| date.to_string())
}

/// The orders on the odd side of the longest time without orders, of all in the order of their days; `None` where all are of one
/// day.
fn outliers(sorted: &[Dated]) -> Option<Outliers<'_>> {
    let widest = (1..sorted.len()).max_by_key(|&at| sorted[at].0 - sorted[at - 1].0)?;
    let gap = sorted[widest].0 - sorted[widest - 1].0;
    if gap == 0 {
        return None;
    }
    let (early, late) = sorted.split_at(widest);
    let is_odd = |day: i64| date_of(day).is_none_or(|date| !ORDINARY_YEARS.contains(&date.year()));
    // One day, or two where time zones differ, on which no shop was open.
    let stands_for_none = |side: &[Dated]| span(side) <= 2 && is_odd(side[0].0);
    let are_early = match (stands_for_none(early), stands_for_none(late)) {
        (is_early, is_late) if is_early != is_late => is_early,
        // Of as many on both sides, those that no shop can have been open for.
        _ => early.len() < late.len() || (early.len() == late.len() && is_odd(early[0].0)),
    };
    let (few, others) = if are_early { (early, late) } else { (late, early) };
    let &(_, first) = few.iter().min_by_key(|day| day.1)?;
    Some(Outliers { first, count: few.len(), others, gap })
}

/// Years in which orders of a trace may have come.
const ORDINARY_YEARS: std::ops::Range<i16> = 1990..2100;

/// Days from the first to the last of some orders, in the order of their days.
fn span(days: &[Dated]) -> i64 {
    days[days.len() - 1].0 - days[0].0 + 1
}

/// A number of days as people say it.
fn in_words(days: i64) -> String {
    match days {
        1 => "1 day".to_string(),
        ..=729 => format!("{days} days"),
        days => format!("{} years", grouped(((days as f64 / 365.25).round()) as usize)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(days: &[i64]) -> Option<(i64, usize, i64)> {
        let mut places: Vec<Dated> =
            days.iter().enumerate().map(|(at, &day)| (day, Place::new(1, at..at + 1))).collect();
        places.sort_unstable();
        outliers(&places).map(|apart| (days[apart.first.start as usize], apart.count, apart.rest()))
    }

    #[test]
    fn what_is_apart_is_the_smaller_side_of_the_longest_pause() {
        assert_eq!(apart(&[20_000, 20_001, -25_567, 20_005, -25_567]), Some((-25_567, 2, 6)));
        assert_eq!(apart(&[20_000, 20_003, 50_000]), Some((50_000, 1, 4)));
        assert_eq!(apart(&[20_000, -25_567]), Some((-25_567, 1, 1)));
        assert_eq!(apart(&[20_000, 86_000]), Some((86_000, 1, 1)));
        assert_eq!((apart(&[5, 5]), apart(&[5]), apart(&[])), (None, None, None));
    }

    #[test]
    fn a_placeholder_is_apart_however_many_orders_have_it() {
        assert_eq!(apart(&[20_587, 20_588, 0, 0, 0]), Some((0, 3, 2)));
        assert_eq!(apart(&[20_587, 20_588, 0, -1, 0]), Some((0, 3, 2)), "in another time zone");
    }

    #[test]
    fn spans_are_said_as_people_say_them() {
        assert_eq!([1, 59, 36_600, 2_900_000].map(in_words), ["1 day", "59 days", "100 years", "7,940 years"]);
    }
}
