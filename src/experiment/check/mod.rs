//! `check`: what scenarios come to, held against what they came to before.
//!
//! A [`Record`] keeps of every replication what it says of each measure, how often each rule fired, and a digest of each
//! day of its trace. Since a replication is a function of model, seed and number alone, a program whose rules are unchanged
//! gives the same record to the byte, and of one whose rules are changed every difference is the change's: the stored
//! replications are paired with the new ones on the same customers and lead times.

mod finding;
mod first;
mod record;

pub use finding::{Finding, MovedMeasure, MovedRule, Parting, Verdict};
pub use first::{Change, FirstEvent, first_event, is_order};
pub use record::{Record, TRACED, record};

use super::contrast::{self, Conclusion, Judging};
use crate::measures::Metric;
use crate::rules::Rule;
use crate::stats::{CONFIDENCE, Estimate, Pair, holm, paired_ratio_difference, ratio_of_means};

/// How a record is held against an earlier one.
#[derive(Clone, Debug)]
pub enum Standard {
    /// Equal to the byte.
    Exact,
    /// No measure of these differs by more than does not matter.
    Statistical(Judging),
}

/// A record, the earlier one, and how they are held against each other.
pub struct Case<'r> {
    /// As it was.
    pub before: &'r Record,
    /// As it is.
    pub after: &'r Record,
    /// What counts as a difference.
    pub standard: Standard,
    /// Whether both have the same seed, so that replications are paired on the same customers and lead times.
    pub is_paired: bool,
}

/// Holds records against earlier ones. What is judged by chance is judged together, over all of them (Holm): where nothing
/// changed, the chance that any measure of any record is said to have moved is at most 5 %.
pub fn check(cases: &[Case<'_>]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = cases.iter().map(compared).collect();
    let is_judged = |case: &Case<'_>, metric: Metric| match &case.standard {
        Standard::Exact => false,
        Standard::Statistical(judging) => judging.metrics.contains(&metric),
    };
    let mut judged = Vec::new();
    for (case, finding) in cases.iter().zip(&mut findings) {
        let differences = finding.measures.iter_mut().map(|moved| &mut moved.difference);
        judged.extend(differences.filter(|difference| is_judged(case, difference.metric)));
    }
    contrast::judge_together(judged);
    leave_out_chance(cases, &mut findings);
    for (case, finding) in cases.iter().zip(&mut findings) {
        conclude(case, finding);
    }
    findings
}

/// Where customers and lead times are others every rule fires otherwise by chance. What is left are the rules whose firings per
/// 1,000 orders certainly differ, all of them taken together (Holm).
fn leave_out_chance(cases: &[Case<'_>], findings: &mut [Finding]) {
    let p_value = |moved: &MovedRule| moved.per_1000_orders.and_then(|estimate| estimate.p_value(0.0)).unwrap_or(1.0);
    let unpaired = cases.iter().zip(&*findings).filter(|(case, _)| !case.is_paired);
    let p_values: Vec<f64> = unpaired.flat_map(|(_, finding)| &finding.rules).map(p_value).collect();
    let mut adjusted = holm(&p_values).into_iter();
    for (_, finding) in cases.iter().zip(findings).filter(|(case, _)| !case.is_paired) {
        finding.rules.retain(|_| adjusted.next().is_some_and(|p_value| p_value <= 1.0 - CONFIDENCE));
    }
}

/// Everything that differs, not judged yet.
fn compared(case: &Case<'_>) -> Finding {
    let judging = match &case.standard {
        Standard::Exact => &Judging::default(),
        Standard::Statistical(judging) => judging,
    };
    let replications = case.before.replications().min(case.after.replications());
    let measure = |&metric: &Metric| {
        let [before, after] = [case.before, case.after].map(|record| record.pairs(metric));
        let (before, after) = (&before?[..replications], &after?[..replications]);
        (!are_equal(before, after)).then(|| MovedMeasure {
            before: ratio_of_means(before, CONFIDENCE),
            after: ratio_of_means(after, CONFIDENCE),
            difference: contrast::difference(metric, before, after, judging),
            has_moved: false,
        })
    };
    let rule = |rule: Rule| {
        let fired = |record: &Record| record.firings[..replications].iter().map(|row| row[rule as usize]).sum();
        let (before, after): (i64, i64) = (fired(case.before), fired(case.after));
        let differs = (0..replications)
            .any(|row| case.before.firings[row][rule as usize] != case.after.firings[row][rule as usize]);
        differs.then(|| {
            let per_1000_orders = per_1000_orders(case, rule, replications);
            MovedRule { rule, before, after, per_1000_orders }
        })
    };
    Finding {
        verdict: Verdict::Unmoved,
        measures: Metric::ALL.iter().filter_map(measure).collect(),
        rules: Rule::ALL.into_iter().filter_map(rule).collect(),
        parting: parting(case.before, case.after),
    }
}

/// Whether two lists of figures have the same bytes.
fn are_equal(before: &[Pair], after: &[Pair]) -> bool {
    let bits = |pair: &Pair| (pair.numerator.to_bits(), pair.denominator.to_bits());
    before.iter().map(bits).eq(after.iter().map(bits))
}

fn per_1000_orders(case: &Case<'_>, rule: Rule, replications: usize) -> Option<Estimate> {
    let pairs = |record: &Record| -> Option<Vec<Pair>> {
        let orders = record.pairs(Metric::Orders)?;
        let pair = |row: usize| Pair::new(1_000.0 * record.firings[row][rule as usize] as f64, orders[row].numerator);
        Some((0..replications).map(pair).collect())
    };
    paired_ratio_difference(&pairs(case.before)?, &pairs(case.after)?, CONFIDENCE).map(|it| it.estimate)
}

fn parting(before: &Record, after: &Record) -> Option<Parting> {
    let mut traces = before.traces.iter().zip(&after.traces).enumerate();
    traces.find_map(|(replication, (before, after))| {
        let day = before.first_day_apart(after)?;
        Some(Parting { replication, day, events: before.len() })
    })
}

/// Whether only one side has a figure.
fn is_one_sided(moved: &MovedMeasure) -> bool {
    moved.before.is_some() != moved.after.is_some()
}

/// What the differences of a record amount to.
fn conclude(case: &Case<'_>, finding: &mut Finding) {
    let is_exact = matches!(case.standard, Standard::Exact);
    let conclusion = |moved: &MovedMeasure| moved.difference.judged.map(|judged| judged.conclusion);
    for moved in &mut finding.measures {
        use Conclusion as C;
        let is_direction = matches!(conclusion(moved), Some(C::Better | C::Worse | C::Higher | C::Lower));
        // A measure with a figure on one side alone has appeared or vanished: by the change, where all else is the same;
        // by chance, perhaps, where customers and lead times are others.
        let has_appeared = case.is_paired && conclusion(moved).is_some() && is_one_sided(moved);
        moved.has_moved = is_exact || is_direction || has_appeared;
    }
    let is_unclear = |moved: &MovedMeasure| {
        let is_open = matches!(conclusion(moved), Some(Conclusion::Unclear { .. }));
        !moved.has_moved && (is_open || (conclusion(moved).is_some() && is_one_sided(moved)))
    };
    let differs = is_exact && (!finding.rules.is_empty() || finding.parting.is_some());
    finding.verdict = if differs || finding.measures.iter().any(|moved| moved.has_moved) {
        Verdict::Moved
    } else if finding.measures.iter().any(is_unclear) {
        Verdict::Undecided
    } else {
        Verdict::Unmoved
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Model;
    use crate::experiment::{Runner, Settings};
    use crate::files::Scenario;

    const STORY: &str = "scenarios/rules/auto-cancel.toml";

    fn of(model: &Model, replications: u32) -> Record {
        record(&Runner::new(&Settings::default()).unwrap(), model, replications, true).unwrap().unwrap()
    }

    fn recorded(scenario: Scenario) -> Record {
        of(&scenario.model().unwrap(), 1)
    }

    fn scenario(path: &str) -> Scenario {
        Scenario::open(path).unwrap()
    }

    fn one(before: &Record, after: &Record, standard: Standard) -> Finding {
        check(&[Case { before, after, standard, is_paired: true }]).remove(0)
    }

    #[test]
    fn what_is_unchanged_has_not_moved() {
        let (before, after) = (recorded(scenario(STORY)), recorded(scenario(STORY)));
        for standard in [Standard::Exact, Standard::Statistical(Judging::default())] {
            let found = one(&before, &after, standard);
            assert_eq!((found.verdict, found.measures.len(), found.parting), (Verdict::Unmoved, 0, None));
        }
    }

    #[test]
    fn a_days_shift_of_the_limit_is_found_with_measures_rule_and_event() {
        let before = recorded(scenario(STORY));
        let shifted = scenario(STORY).set("rules.cancellation.after", "29d").model().unwrap();
        let after = of(&shifted, 1);
        let found = one(&before, &after, Standard::Exact);
        assert_eq!(found.verdict, Verdict::Moved);
        let cancelled = found.measures.iter().find(|it| it.difference.metric == Metric::AutoCancelledOrderShare);
        assert!(cancelled.unwrap().after.unwrap().mean > cancelled.unwrap().before.unwrap().mean);
        let rule = found.rules.iter().find(|it| it.rule == Rule::AutoCancel).unwrap();
        assert!(rule.after > rule.before, "{rule:?}");
        let parting = found.parting.unwrap();
        assert_eq!((parting.replication, parting.day), (0, 30));
        let event = first_event(&shifted, &before.traces[0], &after.traces[0], parting).unwrap();
        assert_eq!((event.rule, event.change), (Some(Rule::AutoCancel), Change::Added));
        assert!(event.after.unwrap().contains("line-auto-cancelled"));
        assert!(event.before.unwrap().contains("receipt"));
    }

    #[test]
    fn an_event_is_found_by_its_digest_where_the_trace_is_not_kept() {
        let mut before = recorded(scenario(STORY));
        let shifted = scenario(STORY).set("rules.cancellation.after", "29d").model().unwrap();
        let after = of(&shifted, 1);
        before.traces[0].text = None;
        let parting = one(&before, &after, Standard::Exact).parting.unwrap();
        let event = first_event(&shifted, &before.traces[0], &after.traces[0], parting).unwrap();
        assert_eq!((event.rule, event.change, event.before), (Some(Rule::AutoCancel), Change::Added, None));
        assert!(event.number.is_some() && event.after.unwrap().contains("line-auto-cancelled"));
        before.traces[0].events.truncate(3);
        let event = first_event(&shifted, &before.traces[0], &after.traces[0], parting).unwrap();
        assert_eq!((event.number, event.day), (None, 30));
    }

    #[test]
    fn of_an_event_that_is_gone_a_digest_tells_no_rule() {
        // The limit is later: what is gone first is a cancellation, and the first new event behind it is some other rule's.
        let shifted = scenario(STORY).set("rules.cancellation.after", "29d").model().unwrap();
        let mut before = of(&shifted, 1);
        let model = scenario(STORY).model().unwrap();
        let after = of(&model, 1);
        let event = |before: &Record| {
            let parting = one(before, &after, Standard::Exact).parting.unwrap();
            first_event(&model, &before.traces[0], &after.traces[0], parting).unwrap()
        };
        let told = event(&before);
        assert_eq!((told.change, told.rule), (Change::Gone, Some(Rule::AutoCancel)), "{told:?}");
        before.traces[0].text = None;
        let told = event(&before);
        assert_eq!((told.change, told.rule), (Change::Gone, None), "{told:?}");
    }

    #[test]
    fn statistical_verdicts_are_paired_and_know_what_does_not_matter() {
        let base = || scenario("scenarios/theory/reneging.toml").set("run.horizon", "200d").set("run.warm_up", "50d");
        let of = |scenario: Scenario| of(&scenario.model().unwrap(), 12);
        let (before, more) = (of(base()), of(base().set("replenishment.order_up_to", 3)));
        let judging = Judging { metrics: vec![Metric::UnitFillRate], indifference: Vec::new() };
        let found = one(&before, &more, Standard::Statistical(judging.clone()));
        assert_eq!(found.verdict, Verdict::Moved);
        let fill = found.measures.iter().find(|it| it.has_moved).unwrap();
        assert_eq!(fill.difference.judged.unwrap().conclusion, Conclusion::Better);
        assert!(
            found.measures.iter().filter(|it| it.difference.judged.is_some()).count() == 1,
            "only what is asked for"
        );
        let wide = Judging { indifference: vec![(Metric::UnitFillRate, 0.9)], ..judging.clone() };
        assert_eq!(one(&before, &more, Standard::Statistical(wide)).verdict, Verdict::Unmoved);
        let other = of(base().set("run.seed", 99));
        assert_eq!(one(&before, &other, Standard::Statistical(judging)).verdict, Verdict::Undecided);
    }

    #[test]
    fn under_other_customers_only_rules_that_certainly_fire_otherwise_are_told() {
        let base = || scenario("scenarios/theory/reneging.toml").set("run.horizon", "200d").set("run.warm_up", "50d");
        let of = |scenario: Scenario| of(&scenario.model().unwrap(), 12);
        let before = of(base());
        let rules = |after: &Record, is_paired: bool| {
            let standard = Standard::Statistical(Judging::default());
            check(&[Case { before: &before, after, standard, is_paired }]).remove(0).rules
        };
        // Another seed and nothing else: every rule that fires at all fires another number of times, by chance.
        let other = of(base().set("run.seed", 99));
        assert!(rules(&other, true).len() > 1, "taken for the same customers they all differ");
        assert!(rules(&other, false).is_empty(), "{:?}", rules(&other, false));
        // More stock as well: that fewer lines wait is no chance.
        let more = of(base().set("run.seed", 99).set("replenishment.order_up_to", 3));
        let told: Vec<Rule> = rules(&more, false).iter().map(|it| it.rule).collect();
        assert!(told.contains(&Rule::BackorderNotice) && !told.contains(&Rule::MultiWarehouse), "{told:?}");
    }

    #[test]
    fn a_measure_that_appears_has_moved_only_where_customers_are_the_same() {
        // Where no line On Backorder is kept nobody waits, and there is no mean wait.
        let of = |keep: f64| recorded(scenario(STORY).set("customers.keep_when_backordered", keep));
        let (never, always) = (of(0.0), of(1.0));
        let one_sided = |metric: &Metric| {
            let is_there = |record: &Record| ratio_of_means(record.pairs(*metric).unwrap(), CONFIDENCE).is_some();
            is_there(&never) != is_there(&always)
        };
        let metrics: Vec<Metric> = Metric::ALL.iter().copied().filter(one_sided).collect();
        assert!(!metrics.is_empty(), "some measure appears");
        let judging = Judging { metrics, indifference: Vec::new() };
        let verdict = |is_paired| {
            let standard = Standard::Statistical(judging.clone());
            check(&[Case { before: &never, after: &always, standard, is_paired }]).remove(0).verdict
        };
        assert_eq!((verdict(true), verdict(false)), (Verdict::Moved, Verdict::Undecided));
    }
}
