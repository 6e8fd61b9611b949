//! Gates: what a result must satisfy, such as `order_fill_rate >= 0.97`, decided by intervals that hold together.

use crate::measures::{Metric, Unit};
use crate::stats::{CONFIDENCE, Estimate, Pair, enough_replications, holm, is_rounding};
use std::fmt;

/// How a measure must stand to a gate's threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `>=`
    AtLeast,
    /// `>`
    Above,
    /// `<=`
    AtMost,
    /// `<`
    Below,
    /// `=`: exactly, in every replication.
    Exactly,
}

impl Relation {
    const ALL: [(&'static str, Self); 8] = [
        (">=", Self::AtLeast),
        ("≥", Self::AtLeast),
        ("<=", Self::AtMost),
        ("≤", Self::AtMost),
        ("==", Self::Exactly),
        (">", Self::Above),
        ("<", Self::Below),
        ("=", Self::Exactly),
    ];

    /// Whether a value stands so to a threshold; one that differs from it by rounding alone is on it.
    pub(crate) fn holds(self, value: f64, threshold: f64) -> bool {
        let value = if is_rounding(value - threshold, threshold) { threshold } else { value };
        match self {
            Self::AtLeast => value >= threshold,
            Self::Above => value > threshold,
            Self::AtMost => value <= threshold,
            Self::Below => value < threshold,
            Self::Exactly => value == threshold,
        }
    }
}

/// A condition on one measure, of a scenario or of its change against the first scenario compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// As it was written.
    pub text: String,
    /// Which of the scenarios compared it is about, by letter or name; all but the first when left out.
    pub scenario: Option<String>,
    /// Whether it is about the difference from the first scenario.
    pub is_change: bool,
    /// The measure.
    pub metric: Metric,
    /// How it must stand to the threshold.
    pub relation: Relation,
    /// The threshold, in the measure's unit.
    pub threshold: f64,
}

impl Gate {
    /// Reads `order_fill_rate >= 0.97`, `cost_per_order <= 12.50`, `late_notice_share = 0`; a share may be written in
    /// percent. With `change(…)` about the measure's name it is about the difference from the first scenario, and
    /// `name: …` before it says which scenario is meant.
    ///
    /// # Errors
    /// What is wrong with the text, and what would be right.
    ///
    /// ```
    /// use backorder::experiment::Gate;
    /// let gate = Gate::parse("B: change(order_fill_rate) >= -0.5 %").unwrap();
    /// assert_eq!((gate.scenario.as_deref(), gate.is_change, gate.threshold), (Some("B"), true, -0.005));
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let shape = || format!("`{text}` is no condition: write a measure, >=, >, <=, < or =, and a number");
        let (at, (sign, relation)) = Relation::ALL
            .iter()
            .filter_map(|entry| text.find(entry.0).map(|at| (at, entry)))
            // Of those that start in the same place, the longest.
            .min_by_key(|(at, (sign, _))| (*at, std::cmp::Reverse(sign.len())))
            .ok_or_else(shape)?;
        let (left, right) = (text[..at].trim(), text[at + sign.len()..].trim());
        let (scenario, left) = match left.rsplit_once(':') {
            Some((name, rest)) if !name.trim().is_empty() => (Some(name.trim().to_string()), rest.trim()),
            Some(_) => return Err(shape()),
            None => (None, left),
        };
        let inner = left.strip_prefix("change").and_then(|rest| rest.trim().strip_prefix('(')?.strip_suffix(')'));
        let name = inner.unwrap_or(left).trim();
        if name.is_empty() {
            return Err(shape());
        }
        let metric = Metric::from_name(name)
            .ok_or_else(|| format!("there is no measure `{name}`; did you mean `{}`?", Metric::nearest(name).name()))?;
        let threshold = metric.parse_value(right)?.ok_or_else(shape)?;
        let is_change = inner.is_some();
        Ok(Self { text: text.to_string(), scenario, is_change, metric, relation: *relation, threshold })
    }

    /// Whether it is about several scenarios: about one of them, or about a change.
    pub fn compares(&self) -> bool {
        self.scenario.is_some() || self.is_change
    }

    /// Whether every single replication decides: "never" is broken by one case, whatever the interval, and so is "always"; that a
    /// share is at least none or at most all cannot be otherwise.
    fn is_exact(&self) -> bool {
        let unit = self.metric.definition().unit;
        let at_bound = match (self.relation, unit) {
            (Relation::AtMost, Unit::Share) => self.threshold == 0.0 || self.threshold >= 1.0,
            (Relation::AtLeast, Unit::Share) => self.threshold <= 0.0 || self.threshold >= 1.0,
            (Relation::AtMost, Unit::Money) => false,
            (Relation::AtMost, _) => self.threshold == 0.0,
            _ => false,
        };
        self.relation == Relation::Exactly || (at_bound && !self.is_change)
    }
}

/// How a gate came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateVerdict {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// Nothing happened that it is about.
    NoOccasion,
    /// The intervals leave it open.
    Undecided {
        /// About how many replications would tell, as far as can be said.
        enough: Option<u64>,
    },
}

impl fmt::Display for GateVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Holds => "holds",
            Self::Fails => "does not hold",
            Self::NoOccasion => "no occasion",
            Self::Undecided { .. } => "not decidable",
        })
    }
}

/// A gate and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct GateResult {
    /// The gate.
    pub gate: Gate,
    /// Which scenario it was applied to, where several are compared: its place among them.
    pub scenario: Option<usize>,
    /// The measure, or its change; `None` where nothing happened that it is about.
    pub estimate: Option<Estimate>,
    /// The chance of a mean at least this far from the threshold if the true one were on it, adjusted for all gates
    /// judged at once; `None` where no chance is involved.
    pub p_value: Option<f64>,
    /// The verdict.
    pub verdict: GateVerdict,
}

/// What all gates together come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gates {
    /// Every gate holds.
    Hold,
    /// None fails, none is left open by its interval, and some had no occasion.
    NoOccasion,
    /// None fails, and some are not decidable.
    Undecided,
    /// One fails.
    Fail,
}

/// All gates together: one that fails outweighs one that is not decidable, and that one without occasion.
pub fn overall(verdicts: impl IntoIterator<Item = GateVerdict>) -> Gates {
    let of = |verdict: GateVerdict| match verdict {
        GateVerdict::Holds => Gates::Hold,
        GateVerdict::NoOccasion => Gates::NoOccasion,
        GateVerdict::Undecided { .. } => Gates::Undecided,
        GateVerdict::Fails => Gates::Fail,
    };
    verdicts.into_iter().map(of).max().unwrap_or(Gates::Hold)
}

/// A gate with the figures it is judged by.
pub(super) struct Case {
    pub gate: Gate,
    pub scenario: Option<usize>,
    pub estimate: Option<Estimate>,
    /// Each replication's own figure, where it has one.
    pub values: Vec<f64>,
    /// What the measure, or its change, certainly is under the settings.
    pub certain: Option<f64>,
}

impl Case {
    /// A gate on one scenario's measure.
    pub fn on(gate: &Gate, scenario: Option<usize>, pairs: &[Pair], estimate: Option<Estimate>) -> Self {
        let values = pairs.iter().filter_map(|pair| pair.value()).collect();
        Self { gate: gate.clone(), scenario, estimate, values, certain: None }
    }
}

/// Judges gates at once. Those that no chance is involved in are judged by themselves; the others by Holm's correction,
/// so that the verdicts hold together with the confidence of the intervals.
pub(super) fn judge(cases: Vec<Case>) -> Vec<GateResult> {
    let p_value = |case: &Case| match &case.estimate {
        Some(estimate) if !case.gate.is_exact() => {
            // On the threshold without any spread there is nothing to decide by chance.
            let settled = estimate.std_dev == Some(0.0);
            if settled { None } else { estimate.p_value(case.gate.threshold) }
        }
        _ => None,
    };
    let chances: Vec<Option<f64>> = cases.iter().map(p_value).collect();
    let mut adjusted = holm(&chances.iter().copied().flatten().collect::<Vec<_>>()).into_iter();
    let family = adjusted.len();
    cases
        .into_iter()
        .zip(chances)
        .map(|(case, chance)| {
            let p_value = chance.and_then(|_| adjusted.next());
            let verdict = verdict(&case, p_value, family);
            let Case { gate, scenario, estimate, .. } = case;
            GateResult { gate, scenario, estimate, p_value, verdict }
        })
        .collect()
}

fn verdict(case: &Case, p_value: Option<f64>, family: usize) -> GateVerdict {
    let Gate { relation, threshold, .. } = case.gate;
    let decided = |holds| if holds { GateVerdict::Holds } else { GateVerdict::Fails };
    // As the scorecard has it: what the settings make certain needs neither an occasion nor an interval.
    if let Some(certain) = case.certain.filter(|certain| case.values.iter().all(|value| value == certain)) {
        let holds = relation.holds(certain, threshold);
        // That something never happens does not fulfil a gate that wants it to; without an occasion that is no failure.
        if holds || case.estimate.is_some() {
            return decided(holds);
        }
    }
    let Some(estimate) = &case.estimate else {
        return GateVerdict::NoOccasion;
    };
    if case.gate.is_exact() {
        return decided(case.values.iter().all(|&value| relation.holds(value, threshold)));
    }
    match (p_value, estimate.std_dev) {
        // All replications agree to the bit.
        (None, Some(_)) => decided(relation.holds(estimate.mean, threshold)),
        (None, None) => GateVerdict::Undecided { enough: None },
        (Some(p_value), _) if p_value <= 1.0 - CONFIDENCE => decided(relation.holds(estimate.mean, threshold)),
        (Some(_), _) => {
            let confidence = 1.0 - (1.0 - CONFIDENCE) / family as f64;
            let distance = (estimate.mean - threshold).abs();
            GateVerdict::Undecided { enough: enough_replications(estimate, distance, confidence) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ratio_of_means;

    fn result(gates: &[(&str, &[f64])]) -> Vec<GateResult> {
        let case = |&(text, values): &(&str, &[f64])| {
            let pairs: Vec<Pair> = values.iter().map(|&value| Pair::new(value, 1.0)).collect();
            Case::on(&Gate::parse(text).unwrap(), None, &pairs, ratio_of_means(&pairs, CONFIDENCE))
        };
        judge(gates.iter().map(case).collect())
    }

    fn verdict_of(text: &str, values: &[f64]) -> GateVerdict {
        result(&[(text, values)])[0].verdict
    }

    #[test]
    fn conditions_are_read() {
        let gate = Gate::parse("  order_fill_rate>=97% ").unwrap();
        assert_eq!((gate.metric, gate.relation, gate.threshold), (Metric::OrderFillRate, Relation::AtLeast, 0.97));
        assert_eq!((gate.scenario, gate.is_change, gate.text.as_str()), (None, false, "order_fill_rate>=97%"));
        let gate = Gate::parse("nearest: change( cost_per_order ) < -1.5").unwrap();
        assert_eq!((gate.scenario.as_deref(), gate.is_change), (Some("nearest"), true));
        assert_eq!((gate.relation, gate.threshold), (Relation::Below, -1.5));
        for (sign, relation) in [("=", Relation::Exactly), ("==", Relation::Exactly), ("≤", Relation::AtMost)] {
            assert_eq!(Gate::parse(&format!("orders {sign} 0")).unwrap().relation, relation);
        }
    }

    #[test]
    fn always_is_broken_by_one_case_and_a_share_has_its_ends() {
        assert_eq!(verdict_of("order_fill_rate >= 100 %", &[1.0, 0.999, 1.0]), GateVerdict::Fails);
        assert_eq!(verdict_of("order_fill_rate >= 100 %", &[1.0, 1.0, 1.0]), GateVerdict::Holds);
        assert_eq!(verdict_of("order_fill_rate <= 100 %", &[1.0, 0.9, 0.99]), GateVerdict::Holds);
        assert_eq!(verdict_of("order_fill_rate >= 0 %", &[0.0, 0.01, 0.0]), GateVerdict::Holds);
        // A change of a share has other ends, and a count none above.
        assert!(matches!(verdict_of("order_fill_rate >= 99 %", &[1.0, 0.9, 0.99]), GateVerdict::Undecided { .. }));
        assert!(matches!(verdict_of("orders >= 1", &[1.0, 0.9, 1.2]), GateVerdict::Undecided { .. }));
    }

    #[test]
    fn the_last_digit_of_a_quotient_decides_nothing() {
        let (exact, below) = (3.1, 3.099_999_999_999_999_6);
        for values in [[exact, below, exact], [below, below, below]] {
            for relation in ["=", ">=", "<="] {
                assert_eq!(verdict_of(&format!("cost_per_order {relation} 3.1"), &values), GateVerdict::Holds);
            }
            for relation in [">", "<"] {
                assert_eq!(verdict_of(&format!("cost_per_order {relation} 3.1"), &values), GateVerdict::Fails);
            }
        }
        assert_eq!(verdict_of("cost_per_order = 3.1", &[3.1, 3.100_000_001]), GateVerdict::Fails);
    }

    #[test]
    fn what_is_wrong_is_told_with_what_would_be_right() {
        for (text, why) in [
            ("order_fill_rate", "is no condition"),
            ("order_fill_rate >= high", "is no condition"),
            ("order_fill_rate >= inf", "is no condition"),
            (": orders > 1", "is no condition"),
            ("order_fil_rate >= 0.9", "did you mean `order_fill_rate`"),
            ("orders >= 5 %", "no share"),
            ("order_fill_rate >= 97", "is 97 % meant?"),
            ("order_fill_rate >= 970 %", "at most 1 or 100 %"),
            ("change(order_fill_rate) >= -2", "is -2 % meant?"),
        ] {
            let error = Gate::parse(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn the_interval_decides() {
        let values = [0.95, 0.96, 0.97];
        assert_eq!(verdict_of("order_fill_rate >= 0.9", &values), GateVerdict::Holds);
        assert_eq!(verdict_of("order_fill_rate >= 0.99", &values), GateVerdict::Fails);
        assert_eq!(verdict_of("order_fill_rate < 0.9", &values), GateVerdict::Fails);
        // On the mean itself no number of replications tells; near it, many do.
        assert_eq!(verdict_of("order_fill_rate >= 0.96", &values), GateVerdict::Undecided { enough: None });
        let GateVerdict::Undecided { enough: Some(enough) } = verdict_of("order_fill_rate >= 0.95", &values) else {
            panic!("one standard deviation away, three replications do not tell");
        };
        // One standard deviation: 2.8016² = 7.8.
        assert_eq!(enough, 10);
        assert_eq!(verdict_of("order_fill_rate >= 0.9", &[0.95]), GateVerdict::Undecided { enough: None });
    }

    #[test]
    fn what_has_no_occasion_is_not_left_open_by_chance() {
        for require in ["order_fill_rate >= 0.9", "late_notice_share <= 0", "orders = 1"] {
            assert_eq!(verdict_of(require, &[]), GateVerdict::NoOccasion, "{require}");
        }
    }

    #[test]
    fn what_the_settings_make_certain_is_decided_with_and_without_an_occasion() {
        let verdict = |require: &str, values: &[f64]| {
            let pairs: Vec<Pair> = values.iter().map(|&value| Pair::new(value, 1.0)).collect();
            let case = Case::on(&Gate::parse(require).unwrap(), None, &pairs, ratio_of_means(&pairs, CONFIDENCE));
            judge(vec![Case { certain: Some(0.0), ..case }])[0].verdict
        };
        // A single replication has no interval, and needs none.
        for values in [&[][..], &[0.0], &[0.0, 0.0]] {
            for require in ["auto_cancelled_order_share <= 0", "auto_cancelled_order_share < 0.5", "orders = 0"] {
                assert_eq!(verdict(require, values), GateVerdict::Holds, "{require} of {values:?}");
            }
        }
        let more = "auto_cancelled_order_share >= 0.5";
        assert_eq!((verdict(more, &[0.0]), verdict(more, &[])), (GateVerdict::Fails, GateVerdict::NoOccasion));
        // What happens all the same is judged as what it is.
        assert_eq!(verdict("auto_cancelled_order_share <= 0", &[0.0, 0.1]), GateVerdict::Fails);
    }

    #[test]
    fn a_gate_alone_is_decided_just_where_the_interval_excludes_its_threshold() {
        let values = [0.93, 0.96, 0.97, 0.98];
        let pairs: Vec<Pair> = values.iter().map(|&value| Pair::new(value, 1.0)).collect();
        let (low, high) = ratio_of_means(&pairs, CONFIDENCE).unwrap().interval().unwrap();
        let gate = |threshold: f64| verdict_of(&format!("order_fill_rate >= {threshold}"), &values);
        assert_eq!((gate(low - 1e-6), gate(high + 1e-6)), (GateVerdict::Holds, GateVerdict::Fails));
        for inside in [low + 1e-6, high - 1e-6] {
            assert!(matches!(gate(inside), GateVerdict::Undecided { .. }), "{inside}");
        }
    }

    #[test]
    fn several_at_once_need_more_each() {
        // p = 0.038 alone: below 5 % once, not twice.
        let weak: &[f64] = &[0.90, 0.94, 0.97, 0.99];
        let alone = result(&[("order_fill_rate >= 0.88", weak)]);
        assert_eq!(alone[0].verdict, GateVerdict::Holds);
        let three =
            result(&[("order_fill_rate >= 0.88", weak), ("line_fill_rate >= 0.88", weak), ("orders = 5", &[5.0])]);
        assert!(matches!(three[0].verdict, GateVerdict::Undecided { enough: Some(_) }), "{:?}", three[0]);
        assert_eq!(three[0].p_value, alone[0].p_value.map(|p| 2.0 * p), "the exact one is no test");
        assert_eq!(three[2].verdict, GateVerdict::Holds);
    }

    #[test]
    fn never_and_always_are_exact() {
        let mut values = vec![0.0; 1_000];
        assert_eq!(verdict_of("late_notice_share <= 0", &values), GateVerdict::Holds);
        values[17] = 0.01;
        assert_eq!(verdict_of("late_notice_share <= 0", &values), GateVerdict::Fails);
        assert_eq!(verdict_of("late_notice_share = 0", &values), GateVerdict::Fails);
        assert_eq!(verdict_of("order_fill_rate >= 1", &[1.0, 1.0]), GateVerdict::Holds);
        assert_eq!(verdict_of("order_fill_rate > 1", &[1.0, 1.0]), GateVerdict::Fails);
    }

    fn together(gates: &[(&str, &[f64])]) -> Gates {
        overall(result(gates).iter().map(|result| result.verdict))
    }

    #[test]
    fn one_that_fails_outweighs_one_that_is_open() {
        let open: (&str, &[f64]) = ("order_fill_rate >= 0.96", &[0.95, 0.96, 0.97]);
        let failed: (&str, &[f64]) = ("orders = 0", &[1.0, 1.0]);
        let held: (&str, &[f64]) = ("orders = 1", &[1.0, 1.0]);
        assert_eq!(together(&[held, open, failed]), Gates::Fail);
        assert_eq!(together(&[open, held]), Gates::Undecided);
        assert_eq!((together(&[held]), together(&[])), (Gates::Hold, Gates::Hold));
        let without: (&str, &[f64]) = ("parcels = 1", &[]);
        assert_eq!(together(&[held, without]), Gates::NoOccasion);
        assert_eq!((together(&[without, open]), together(&[without, failed])), (Gates::Undecided, Gates::Fail));
    }
}
