//! What a run found, in the sentences that it opens with.

use crate::measures::{Metric, Verdict};
use crate::report::late::{LATE_FOR, LEAST_TOLD, LateFor};
use crate::report::number::{self, grouped};
use crate::report::prose::{capital, listed};
use crate::report::summary::{PromiseSummary, Summary, WaitingSummary};
use crate::report::words::Text;

/// Promises that a sentence names; it counts the others.
const MAX_NAMED: usize = 3;

/// Days that stand for a year at the least.
const LEAST_OF_A_YEAR: f64 = 90.0;

/// The sentences: that the figures describe a start, where they do; then service, money and promises in one.
pub(super) fn headline(summary: &Summary) -> Vec<Text> {
    let start = summary.waiting.filter(|waiting| is_start_up(summary, waiting)).map(start_up);
    let lead = lead(summary, start.is_none());
    start.into_iter().chain(lead).collect()
}

/// Whether nearly all of the waiting is of the start, and no warm-up left that out.
pub(super) fn is_start_up(summary: &Summary, waiting: &WaitingSummary) -> bool {
    waiting.is_start && summary.warm_up_days == 0.0
}

fn start_up(waiting: WaitingSummary) -> Text {
    Text::default()
        .strong(format!(
            "{} of the waiting falls in days {} to {}, and no warm-up was cut:",
            number::whole_percent(waiting.share),
            waiting.first_day,
            waiting.end_day
        ))
        .plain(" the verdicts describe the start, not the time after it. To leave the start out: ")
        .code(format!("--set run.warm_up={}d", waiting.end_day))
        .plain(".")
}

/// Service and money, then how many promises that can break are kept.
fn lead(summary: &Summary, is_first: bool) -> Option<Text> {
    let mut parts = Vec::new();
    if let Some(rate) = summary.mean(Metric::OrderFillRate) {
        let unit = Metric::OrderFillRate.definition().unit;
        let half_width = summary.figures(Metric::OrderFillRate).half_width;
        parts.push(format!("{} of the orders find all they ask for at once", number::in_short(unit, rate, half_width)));
    }
    let unit = Metric::CostPerOrder.definition().unit;
    let cost = summary.figures(Metric::CostPerOrder);
    if let Some(mean) = cost.mean.filter(|&mean| mean > 0.0) {
        let year = a_year(summary, Metric::CostPerOrder);
        let year = year.map(|(year, half)| format!(", {} a year", number::in_short(unit, year, half)));
        let each = number::in_short(unit, mean, cost.half_width);
        parts.push(format!("an order costs {each}{}", year.unwrap_or_default()));
    }
    if parts.is_empty() {
        return Some(Text::from("No order was asked for."));
    }
    let text = if is_first { Text::default().strong(parts.join("; ")) } else { Text::from(parts.join("; ")) };
    let text = text.plain(format!(". {}", promises(summary)));
    Some(match dates(summary) {
        Some(dates) => text.plain(format!(" {dates}")),
        None => text,
    })
}

/// How many lines are there when promised, and what the others are late for, where dates are promised.
fn dates(summary: &Summary) -> Option<String> {
    let told = |metric: Metric| {
        let share = summary.mean(metric)?;
        Some(number::in_short(metric.definition().unit, share, summary.figures(metric).half_width))
    };
    let kept = told(Metric::OnTimeLineShare)?;
    let mut late = LATE_FOR.to_vec();
    late.retain(|it| summary.mean(it.metric).is_some_and(|share| share >= LEAST_TOLD));
    let share = |metric: Metric| summary.mean(metric).unwrap_or(0.0);
    late.sort_by(|a, b| share(b.metric).total_cmp(&share(a.metric)));
    let first = late.first().map(|it| it.metric);
    let late: Vec<String> = late
        .iter()
        .filter_map(|&LateFor { metric, why, .. }| {
            let come = if Some(metric) == first { " come late" } else { "" };
            Some(format!("{}{come} {why}", told(metric)?))
        })
        .collect();
    let late = if late.is_empty() { String::new() } else { format!(": {}", listed(&late)) };
    Some(format!("{kept} of the lines are there when promised{late}."))
}

/// A figure per order over a year of such days, with its half-width; nothing without orders, or of a time too short to stand for
/// a year.
///
/// A year's sum varies with what an order comes to and with how many there are, each taken to be independent of the other.
pub(super) fn a_year(summary: &Summary, per_order: Metric) -> Option<(f64, Option<f64>)> {
    if summary.horizon_days < LEAST_OF_A_YEAR {
        return None;
    }
    let figures = summary.figures(per_order);
    let orders = summary.figures(Metric::Orders);
    let count = orders.mean.filter(|&count| count > 0.0)?;
    // A ratio of means times the mean of its denominators is the mean of its numerators.
    let times = count * 365.0 / summary.horizon_days;
    let mean = figures.mean? * times;
    let of_the_count = mean / count * orders.half_width.unwrap_or(0.0);
    Some((mean, figures.half_width.map(|half| libm::hypot(half * times, of_the_count))))
}

/// How the promises fare that can break.
fn promises(summary: &Summary) -> String {
    let can_break: Vec<&PromiseSummary> = summary.promises.iter().filter(|it| it.cannot_break.is_none()).collect();
    let of = |verdict: Verdict| can_break.iter().filter(move |it| it.verdict == verdict).copied();
    let tried = can_break.len() - of(Verdict::NoOccasion).count();
    if tried == 0 {
        return "No promise that can break had an occasion to.".into();
    }
    if of(Verdict::Undecided).count() == tried {
        let why = if summary.replications == 1 { "one replication" } else { "so few replications" };
        return format!("Whether promises are kept, {why} cannot tell.");
    }
    let untried = can_break.len() - tried;
    let that = if untried == 0 { "that can break" } else { "that had an occasion to break" };
    let kept = match (of(Verdict::Kept).count(), tried) {
        (1, 1) => format!("The one promise {that} is kept"),
        (0, 1) => format!("The one promise {that} is not kept"),
        (kept, all) if kept == all => format!("All {all} promises {that} are kept"),
        (0, all) => format!("None of the {all} promises {that} is kept"),
        (1, all) => format!("1 of the {all} promises {that} is kept"),
        (kept, all) => format!("{kept} of the {all} promises {that} are kept"),
    };
    let named = |verdict: Verdict, word: &str| {
        let of: Vec<_> = of(verdict).collect();
        let mut names: Vec<String> = of.iter().take(MAX_NAMED).map(|it| name(it)).collect();
        if of.len() > MAX_NAMED {
            names.push(format!("{} more", grouped((of.len() - MAX_NAMED) as f64, 0)));
        }
        (!of.is_empty()).then(|| format!("{word}: {}", listed(&names)))
    };
    let rest = [named(Verdict::Broken, "broken"), named(Verdict::Undecided, "undecided at this many replications")];
    let untried = (untried > 0).then(|| format!("{untried} more had none"));
    let parts: Vec<String> = std::iter::once(kept).chain(rest.into_iter().flatten()).chain(untried).collect();
    format!("{}.", capital(&parts.join("; ")))
}

/// `“the next shipment arrives before it runs out” (63.3 %, wanted ≥ 95 %)`
fn name(promise: &PromiseSummary) -> String {
    let unit = promise.promise.metric().definition().unit;
    let measured = promise.reading.mean.map(|mean| number::in_short(unit, mean, promise.reading.half_width));
    let measured = measured.unwrap_or_else(|| number::NONE.into());
    format!("“{}” ({measured}, wanted {})", promise.promise.words(), promise.wanted())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{quiet, some, some_of};

    fn words(summary: &Summary) -> Vec<String> {
        headline(summary).iter().map(Text::words).collect()
    }

    #[test]
    fn promises_that_cannot_break_are_not_counted() {
        let mut summary = Summary::from(&some());
        let [told] = &words(&summary)[..] else { panic!("one sentence") };
        assert!(told.starts_with("100.0 % of the orders find all they ask for at once; an order costs "), "{told}");
        assert!(told.ends_with(". All 2 promises that had an occasion to break are kept; 3 more had none."), "{told}");
        assert!(!told.contains(" a year"), "ten days do not stand for a year: {told}");
        let mut few = summary.clone();
        few.promises[0].verdict = Verdict::NoOccasion;
        let told = words(&few).concat();
        assert!(told.ends_with(". The one promise that had an occasion to break is kept; 4 more had none."), "{told}");
        summary.promises[0].verdict = Verdict::Broken;
        summary.horizon_days = 365.0;
        let told = words(&summary).concat();
        assert!(told.contains("; an order costs 7.55, 75.50 a year. 1 of"), "{told}");
        assert!(
            told.ends_with(
                "; broken: “almost always stock in at least one place” (100.0 %, wanted ≥ 99 %); 3 more had none."
            ),
            "{told}"
        );
        assert!(told.contains(" 1 of the 2 promises that had an occasion to break is kept; broken"), "{told}");
    }

    #[test]
    fn a_year_has_the_digits_that_cost_and_number_of_orders_allow() {
        use crate::report::summary::ByName;
        let mut summary = Summary::from(&some());
        summary.horizon_days = 365.0;
        for (of_cost, of_orders, wanted) in [(0.024, 0.0, "75.50"), (0.0, 2.0, "76"), (0.024, 2.0, "76")] {
            let known = summary.clone();
            summary.metrics = ByName::new(|metric| {
                let mut measure = *known.metrics.of(metric);
                match metric {
                    Metric::CostPerOrder => measure.figures.half_width = Some(of_cost),
                    Metric::Orders => measure.figures.half_width = Some(of_orders),
                    _ => {}
                }
                measure
            });
            let (mean, half) = a_year(&summary, Metric::CostPerOrder).expect("a year");
            assert!((half.unwrap() - libm::hypot(of_cost * 10.0, of_orders * mean / 10.0)).abs() < 1e-9, "{half:?}");
            let told = words(&summary).concat();
            assert!(told.contains(&format!(", {wanted} a year. ")), "{of_cost}, {of_orders}: {told}");
        }
    }

    #[test]
    fn a_start_up_is_told_before_any_verdict_unless_a_warm_up_was_cut() {
        let mut summary = Summary::from(&some());
        summary.warm_up_days = 0.0;
        summary.waiting = Some(WaitingSummary { first_day: 0, end_day: 60, share: 0.958, is_start: true });
        let told = words(&summary);
        assert_eq!(
            told[0],
            "96 % of the waiting falls in days 0 to 60, and no warm-up was cut: the verdicts describe the start, not the \
             time after it. To leave the start out: --set run.warm_up=60d."
        );
        assert_eq!(told.len(), 2);
        summary.warm_up_days = 30.0;
        assert_eq!(words(&summary).len(), 1);
    }

    #[test]
    fn where_dates_are_promised_it_says_what_lines_are_late_for() {
        use crate::domain::{Model, Span};
        use crate::measures::fixture;
        let mut told = Vec::new();
        // Lanes take days: none comes within an hour, all within a year.
        for within in [Span(3_600), Span::from_days(365)] {
            let model = Model { promise: Some(fixture::promising(within)), ..fixture::model() };
            told.push(words(&Summary::from(&some_of(model))).concat());
        }
        assert!(
            told[0].ends_with(
                " 0.0 % of the lines are there when promised: 100.0 % come late for a way that is longer than what was \
                 promised."
            ),
            "{}",
            told[0]
        );
        assert!(told[1].ends_with(" 100.0 % of the lines are there when promised."), "{}", told[1]);
        assert!(!words(&Summary::from(&some())).concat().contains("when promised"), "nothing was promised");
    }

    #[test]
    fn without_orders_there_is_nothing_to_say() {
        assert_eq!(words(&Summary::from(&quiet())), ["No order was asked for."]);
    }
}
