//! How long a trace is, and whether a few dates alone make it so: a placeholder such as 1900-01-01, or 2107 for 2017.

use super::context::Context;
use super::date::date_of;
use super::diagnostic::grouped;
use super::report::Finding;
use super::source::Place;

/// The longest trace: a century. Beyond, a date is mistyped.
const LONGEST_DAYS: i64 = 36_525;
/// So long nothing happens in no trace that is all of one piece.
pub const LONG_PAUSE_DAYS: i64 = 180;
/// A few orders, out of so many.
const FEW_OF: usize = 100;

/// The orders at one end of a trace, apart from all others.
struct Outliers {
    /// The one that stands first in the file.
    first: Place,
    count: usize,
    /// Days that the trace has without them.
    rest: i64,
    /// Days between them and the others.
    gap: i64,
}

/// Tells of a trace that is too long from its first day on, or long only because of a few orders. `days` are those of the orders,
/// each with the place of its date. Returns whether the trace can be replayed.
pub fn check(cx: &Context<'_>, first: i64, days: &[(i64, Place)]) -> bool {
    let Some(&(last, last_at)) = days.iter().max_by_key(|day| day.0) else { return true };
    if last - first < LONGEST_DAYS || days.iter().any(|day| day.0 == first) {
        return check_orders(cx, first, last, days);
    }
    let message = format!("this date is {} after the trace's first day", in_words(last - first));
    let finding = Finding::error("trace-span", last_at, message).about("date");
    cx.sink.push(finding.expected("a trace of at most 100 years").help("mend the date, or `start` beside `file`"));
    false
}

/// The same from the first order on.
fn check_orders(cx: &Context<'_>, first: i64, last: i64, days: &[(i64, Place)]) -> bool {
    let Some(apart) = outliers(days) else { return true };
    let named = |day| date_of(day).map_or_else(|| "a day beyond the calendar".to_string(), |date| date.to_string());
    let help = "if it is mistyped, mend it; if it only stands for no date, take the order out";
    let told = |finding: Finding| {
        let finding = finding.about("date").help(help);
        let others = || format!("{} other orders are as far from the rest", grouped(apart.count - 1));
        cx.sink.push(match apart.count {
            1 => finding,
            2 => finding.note("another order is as far from the rest"),
            _ => finding.note(others()),
        });
    };
    let length = in_words(last - first + 1);
    if last - first >= LONGEST_DAYS {
        let message = format!("this date makes the trace {length} long, from {} to {}", named(first), named(last));
        told(Finding::error("trace-span", apart.first, message).expected("orders of at most 100 years"));
        return false;
    }
    let is_few = apart.count == 1 || apart.count * FEW_OF <= days.len();
    if is_few && apart.gap > LONG_PAUSE_DAYS && apart.gap > apart.rest {
        let message = format!("this date makes the trace {length} long, which is {} without it", in_words(apart.rest));
        told(Finding::warning("trace-span", apart.first, message));
    }
    true
}

/// The orders on the smaller side of the longest time without orders; `None` where all are of one day.
fn outliers(days: &[(i64, Place)]) -> Option<Outliers> {
    let mut sorted: Vec<i64> = days.iter().map(|day| day.0).collect();
    sorted.sort_unstable();
    let widest = (1..sorted.len()).max_by_key(|&at| sorted[at] - sorted[at - 1])?;
    let gap = sorted[widest] - sorted[widest - 1];
    if gap == 0 {
        return None;
    }
    let (early, late) = sorted.split_at(widest);
    // Of as many on both sides, those that no shop can have been open for.
    let is_odd = |day: i64| date_of(day).is_none_or(|date| !(1990..2100).contains(&date.year()));
    let are_early = early.len() < late.len() || (early.len() == late.len() && is_odd(early[0]));
    let (few, many) = if are_early { (early, late) } else { (late, early) };
    let is_among = |day: i64| (few[0]..=few[few.len() - 1]).contains(&day);
    let &(_, first) = days.iter().filter(|day| is_among(day.0)).min_by_key(|day| day.1)?;
    Some(Outliers { first, count: few.len(), rest: many[many.len() - 1] - many[0] + 1, gap })
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
        let places: Vec<(i64, Place)> =
            days.iter().enumerate().map(|(at, &day)| (day, Place::new(1, at..at + 1))).collect();
        outliers(&places).map(|apart| (days[apart.first.start as usize], apart.count, apart.rest))
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
    fn spans_are_said_as_people_say_them() {
        assert_eq!([1, 59, 36_600, 2_900_000].map(in_words), ["1 day", "59 days", "100 years", "7,940 years"]);
    }
}
