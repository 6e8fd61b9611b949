//! Differences between two scenarios under common random numbers, and what they amount to in words.

use super::results::Results;
use super::rows;
use crate::domain::Model;
use crate::measures::{Basis, Better, Metric, Unit};
use crate::stats::{CONFIDENCE, Estimate, Pair, enough_replications, holm, paired_ratio_difference, ratio_of_means};
use std::fmt;

/// The measures judged when none are named, those of them that are known: what customers, the warehouse and the till notice.
pub const HEADLINE: [Metric; 18] = [
    Metric::UnitFillRate,
    Metric::OrderFillRate,
    Metric::CycleServiceLevel,
    Metric::BackorderWaitDaysMean,
    Metric::BackorderWaitDaysP95,
    Metric::BackWithin3DaysShare,
    Metric::ParcelsPerOrder,
    Metric::SplitOrderShare,
    Metric::UnitShipDaysMean,
    Metric::ShipDaysMean,
    Metric::DeliverDaysMean,
    Metric::OnTimeOrderShare,
    Metric::AutoCancelledOrderShare,
    Metric::LostAtDisplayLineShare,
    Metric::RemovedLineShare,
    Metric::ContactsPerDay,
    Metric::OnHandMeanCost,
    Metric::CostPerOrder,
];

/// What a difference amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// The second is better.
    Better,
    /// The second is worse.
    Worse,
    /// The second has more of what is good only in measure.
    Higher,
    /// The second has less of it.
    Lower,
    /// There is no difference that matters: the interval lies within the indifference zone.
    Equivalent,
    /// Not one replication differs.
    Same,
    /// More replications are needed to tell.
    Unclear {
        /// About how many, as far as can be said.
        enough: Option<u64>,
    },
    /// Nothing happened in one of the two that the measure is about.
    NoOccasion,
}

impl Conclusion {
    /// The same, seen from the other scenario.
    pub fn turned(self) -> Self {
        match self {
            Self::Better => Self::Worse,
            Self::Worse => Self::Better,
            Self::Higher => Self::Lower,
            Self::Lower => Self::Higher,
            same => same,
        }
    }

    /// About how many replications would tell, where it is unclear and that can be said.
    pub fn enough(self) -> Option<u64> {
        match self {
            Self::Unclear { enough } => enough,
            _ => None,
        }
    }

    /// The conclusion that is written so; where it is unclear, with about how many replications would tell.
    pub fn of_words(words: &str, enough: Option<u64>) -> Option<Self> {
        let all = [
            Self::Better,
            Self::Worse,
            Self::Higher,
            Self::Lower,
            Self::Equivalent,
            Self::Same,
            Self::Unclear { enough },
            Self::NoOccasion,
        ];
        all.into_iter().find(|conclusion| conclusion.to_string() == words)
    }
}

impl fmt::Display for Conclusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Equivalent => "no difference that matters",
            Self::Same => "the same",
            Self::Unclear { .. } => "unclear",
            Self::NoOccasion => "no occasion",
        })
    }
}

/// A measure's difference, second scenario less first, replication by replication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The measure.
    pub metric: Metric,
    /// The difference; `None` where one of the two has no figure.
    pub estimate: Option<Estimate>,
    /// Differences up to here do not matter.
    pub indifference: f64,
    /// Variance of the paired difference over that of a difference of independent runs: what common random numbers
    /// bring. `None` where nothing varies, or where there is no interval.
    pub variance_ratio: Option<f64>,
    /// What it amounts to, for the measures judged.
    pub judged: Option<Judged>,
}

/// A verdict on a difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The chance of a mean difference at least this large if there were none, adjusted for everything judged at once;
    /// `None` where no chance is involved.
    pub p_value: Option<f64>,
    /// In words.
    pub conclusion: Conclusion,
}

/// How differences are judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judging {
    /// The measures judged, together.
    pub metrics: Vec<Metric>,
    /// Indifference zones other than the usual ones.
    pub indifference: Vec<(Metric, f64)>,
}

impl Default for Judging {
    /// The headline measures with the usual zones.
    fn default() -> Self {
        Self { metrics: HEADLINE.to_vec(), indifference: Vec::new() }
    }
}

impl Judging {
    /// The same for these scenarios: of the headline, measures that come with a setting are judged where one of them has it.
    pub(super) fn of(&self, models: &[Model]) -> Self {
        let mut judging = self.clone();
        if judging.metrics == HEADLINE {
            let bases: Vec<Basis> = models.iter().map(Basis::of).collect();
            judging.metrics.retain(|metric| bases.iter().any(|basis| metric.is_known_by(basis)));
        }
        judging
    }

    /// The indifference zone of a measure: as set, else for a share the least of 0.001 and a twentieth of the first
    /// scenario's share and of what is missing from it to 1, else 0.5 % of the first scenario's figure.
    pub fn indifference(&self, metric: Metric, first: f64) -> f64 {
        if let Some(&(_, indifference)) = self.indifference.iter().rev().find(|(set, _)| *set == metric) {
            return indifference;
        }
        match metric.definition().unit {
            Unit::Share => (0.05 * first).min(0.05 * (1.0 - first)).clamp(0.0, 0.001),
            _ => 0.005 * first.abs(),
        }
    }
}

/// The differences of every measure between two scenarios, not judged yet; only the first `replications` of each count.
pub(super) fn differences(
    first: &Results,
    second: &Results,
    replications: usize,
    judging: &Judging,
) -> Vec<Difference> {
    let of = |&metric: &Metric| {
        let cut = |results: &Results| rows::pairs(&results.rows[..replications], metric);
        difference(metric, &cut(first), &cut(second), judging)
    };
    Metric::ALL.iter().map(of).collect()
}

/// The difference of a measure between two scenarios, by what each of their replications says; not judged yet.
pub(super) fn difference(metric: Metric, before: &[Pair], after: &[Pair], judging: &Judging) -> Difference {
    let paired = paired_ratio_difference(before, after, CONFIDENCE);
    let (estimate, variance_ratio) = (paired.map(|it| it.estimate), paired.and_then(|it| it.variance_ratio));
    let indifference = ratio_of_means(before, CONFIDENCE).map_or(0.0, |first| judging.indifference(metric, first.mean));
    Difference { metric, estimate, indifference, variance_ratio, judged: None }
}

/// Judges the named measures of all contrasts at once, by Holm's correction over those that chance has a part in: the
/// chance of calling any difference where there is none is at most 5 %, and so is the chance of calling any that matters
/// negligible.
pub(super) fn judge(contrasts: &mut [Vec<Difference>], judging: &Judging) {
    let judged = contrasts.iter_mut().flatten().filter(|difference| judging.metrics.contains(&difference.metric));
    judge_together(judged.collect());
}

/// The same for differences of whatever kind.
pub(super) fn judge_together(mut judged: Vec<&mut Difference>) {
    let apart: Vec<Option<f64>> = judged.iter().map(|difference| by_chance(difference)).collect();
    let near: Vec<f64> = judged.iter().filter(|it| by_chance(it).is_some()).map(|it| too_far_by_chance(it)).collect();
    let family = near.len();
    let mut apart_adjusted = holm(&apart.iter().copied().flatten().collect::<Vec<_>>()).into_iter();
    let mut near_adjusted = holm(&near).into_iter();
    for (difference, chance) in judged.iter_mut().zip(apart) {
        let p_values = chance.and_then(|_| apart_adjusted.next().zip(near_adjusted.next()));
        difference.judged = Some(Judged {
            p_value: p_values.map(|(apart, _)| apart),
            conclusion: conclusion(difference, p_values, family),
        });
    }
}

/// The p-value of there being no difference; `None` where no chance is involved.
fn by_chance(difference: &Difference) -> Option<f64> {
    let estimate = difference.estimate.as_ref()?;
    if estimate.std_dev == Some(0.0) { None } else { estimate.p_value(0.0) }
}

/// The p-value of a difference that matters, by two one-sided tests at half the level each: it is small just where the
/// interval lies within the zone.
fn too_far_by_chance(difference: &Difference) -> f64 {
    let Difference { estimate: Some(estimate), indifference, .. } = difference else { return 1.0 };
    if estimate.mean.abs() >= *indifference {
        return 1.0;
    }
    let side = |end: f64| estimate.p_value(end).unwrap_or(1.0);
    side(*indifference).max(side(-indifference))
}

fn conclusion(difference: &Difference, p_values: Option<(f64, f64)>, family: usize) -> Conclusion {
    let Some(estimate) = &difference.estimate else { return Conclusion::NoOccasion };
    let Difference { metric, indifference, .. } = *difference;
    let alpha = 1.0 - CONFIDENCE;
    match (p_values, estimate.std_dev) {
        // Every replication differs by the same, to the bit.
        (None, Some(_)) if estimate.mean == 0.0 => Conclusion::Same,
        (None, Some(_)) if estimate.mean.abs() <= indifference => Conclusion::Equivalent,
        (None, Some(_)) => direction(metric, estimate.mean),
        (None, None) => Conclusion::Unclear { enough: None },
        (Some((_, near)), _) if near <= alpha => Conclusion::Equivalent,
        (Some((apart, _)), _) if apart <= alpha => direction(metric, estimate.mean),
        (Some(_), _) => {
            // It is settled once the interval leaves 0, or fits into the zone, whichever takes less.
            let distance = estimate.mean.abs().max(indifference - estimate.mean.abs());
            let confidence = 1.0 - alpha / family as f64;
            Conclusion::Unclear { enough: enough_replications(estimate, distance, confidence) }
        }
    }
}

fn direction(metric: Metric, difference: f64) -> Conclusion {
    match (metric.definition().better, difference > 0.0) {
        (Better::Higher, true) | (Better::Lower, false) => Conclusion::Better,
        (Better::Higher, false) | (Better::Lower, true) => Conclusion::Worse,
        (Better::Neither, true) => Conclusion::Higher,
        (Better::Neither, false) => Conclusion::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::t_interval;

    fn difference(metric: Metric, values: &[f64], indifference: f64) -> Difference {
        let estimate = t_interval(values, CONFIDENCE);
        Difference { metric, estimate, indifference, variance_ratio: None, judged: None }
    }

    fn judged(differences: Vec<Difference>) -> Vec<Conclusion> {
        let judging = Judging { metrics: Metric::ALL.to_vec(), indifference: Vec::new() };
        let mut contrasts = [differences];
        judge(&mut contrasts, &judging);
        contrasts[0].iter().map(|difference| difference.judged.unwrap().conclusion).collect()
    }

    fn one(metric: Metric, values: &[f64], indifference: f64) -> Conclusion {
        judged(vec![difference(metric, values, indifference)])[0]
    }

    #[test]
    fn words_follow_the_interval_and_which_way_is_good() {
        let up = [0.02, 0.03, 0.025, 0.021];
        assert_eq!(one(Metric::UnitFillRate, &up, 0.001), Conclusion::Better);
        assert_eq!(one(Metric::CostPerOrder, &up, 0.001), Conclusion::Worse);
        assert_eq!(one(Metric::OnOrderMeanUnits, &up, 0.001), Conclusion::Higher);
        assert_eq!(one(Metric::UnitFillRate, &up.map(|x| -x), 0.001), Conclusion::Worse);
        assert_eq!(one(Metric::UnitFillRate, &up, 0.1), Conclusion::Equivalent);
        assert_eq!(one(Metric::UnitFillRate, &[0.0; 4], 0.0), Conclusion::Same);
        assert_eq!(one(Metric::UnitFillRate, &[], 0.0), Conclusion::NoOccasion);
        assert_eq!(one(Metric::UnitFillRate, &[0.02], 0.0), Conclusion::Unclear { enough: None });
        // The same difference every time, to the bit.
        assert_eq!(one(Metric::UnitFillRate, &[0.5; 3], 0.001), Conclusion::Better);
        assert_eq!(one(Metric::UnitFillRate, &[0.5; 3], 0.6), Conclusion::Equivalent);
    }

    #[test]
    fn what_is_unclear_says_how_many_would_tell() {
        let Conclusion::Unclear { enough: Some(enough) } = one(Metric::UnitFillRate, &[-1.0, 0.5, 1.0, 0.1], 0.0)
        else {
            panic!("the interval holds 0");
        };
        // Mean 0.15, s = 0.8505: (2.8016·0.8505/0.15)² = 252.3.
        assert_eq!(enough, 255);
        // A zone that the mean lies well within is reached sooner.
        let Conclusion::Unclear { enough: Some(sooner) } = one(Metric::UnitFillRate, &[-1.0, 0.5, 1.0, 0.1], 0.8)
        else {
            panic!("the interval is wider than the zone");
        };
        assert!(sooner < enough, "{sooner}");
    }

    #[test]
    fn many_at_once_need_more_each_but_what_cannot_vary_does_not_count() {
        let weak = [0.0, 0.02, 0.03, 0.05];
        let alone = difference(Metric::UnitFillRate, &weak, 0.0);
        assert_eq!(one(Metric::UnitFillRate, &weak.map(|x| x + 0.01), 0.0), Conclusion::Better);
        let same = difference(Metric::SplitOrderShare, &[0.0; 4], 0.0);
        let shifted = difference(Metric::UnitFillRate, &weak.map(|x| x + 0.01), 0.0);
        assert_eq!(judged(vec![shifted, same]), [Conclusion::Better, Conclusion::Same]);
        let beside = difference(Metric::LineFillRate, &weak, 0.0);
        assert!(matches!(judged(vec![shifted, beside, alone])[0], Conclusion::Unclear { .. }));
    }

    #[test]
    fn usual_zones_are_small_against_what_they_are_about() {
        let indifference = |metric, first| Judging::default().indifference(metric, first);
        assert_eq!(indifference(Metric::OrderFillRate, 0.9), 0.001);
        assert!((indifference(Metric::OrderFillRate, 0.999) - 0.000_05).abs() < 1e-15);
        assert!((indifference(Metric::AutoCancelledOrderShare, 0.000_4) - 0.000_02).abs() < 1e-15);
        assert_eq!((indifference(Metric::LateNoticeShare, 0.0), indifference(Metric::CostPerOrder, 20.0)), (0.0, 0.1));
        let set = Judging { indifference: vec![(Metric::CostPerOrder, 0.3)], ..Judging::default() };
        assert_eq!(set.indifference(Metric::CostPerOrder, 20.0), 0.3);
    }

    #[test]
    fn the_headline_names_no_measure_twice() {
        for (index, metric) in HEADLINE.iter().enumerate() {
            assert!(!HEADLINE[..index].contains(metric) && metric.definition().better != Better::Neither);
        }
    }
}
