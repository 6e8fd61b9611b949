//! The judge: z-scores of many values, by the intervals that were reported with them.

use crate::stats::{normal_quantile, student_t_cdf, student_t_two_sided};

/// One value beyond this many standard errors is a defect.
pub const FAR: f64 = 4.0;
/// No more than `FEW` of many values may be beyond this (chance: 2.8 %).
pub const NEAR: f64 = 2.2;
const FEW: f64 = 0.07;
/// So many z-scores are many: fewer say nothing of their share or spread, the less as values of one case move together.
pub const MANY: usize = 40;
/// The root mean square of many z-scores is 1; values of one case move together, so it spreads.
const ROOT_MEAN_SQUARE: std::ops::RangeInclusive<f64> = 0.75..=1.3;
/// An interval is informative when its half-width is below this share of the mean.
const NARROW: f64 = 0.005;
/// The same for the noisiest of the measures.
const NARROW_BACKORDERS: f64 = 0.01;

/// A simulated value beside the exact one.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The scenario.
    pub scenario: String,
    /// The measure.
    pub metric: String,
    /// Its exact value.
    pub exact: f64,
    /// Whether every replication must have just this value.
    pub equals: bool,
    /// The simulated mean.
    pub mean: f64,
    /// The half-width of its 95 % interval.
    pub half_width: f64,
    /// From how many replications.
    pub replications: usize,
}

impl Finding {
    /// How many standard errors the mean is off, as the normal score of the same tail; `None` for what must be equal.
    pub fn z(&self) -> Option<f64> {
        if self.equals {
            return None;
        }
        let off = self.mean - self.exact;
        let degrees = (self.replications - 1) as f64;
        let standard_error = self.half_width / student_t_two_sided(0.95, degrees);
        if standard_error == 0.0 {
            return Some(if off == 0.0 { 0.0 } else { f64::INFINITY * off.signum() });
        }
        let t = off / standard_error;
        // The lower tail keeps its digits where 1 minus it would not. Beyond what a double can tell from 0 the score
        // is at least so large.
        let tail = student_t_cdf(-t.abs(), degrees).max(f64::MIN_POSITIVE);
        Some(-normal_quantile(tail) * t.signum())
    }

    fn is_informative(&self) -> bool {
        let limit = if self.metric == "backorders_mean_units" { NARROW_BACKORDERS } else { NARROW };
        self.equals || self.half_width < limit * self.mean.abs()
    }
}

/// What is to be said of many findings.
#[derive(Clone, Debug)]
pub struct Judgement<'a> {
    findings: &'a [Finding],
    defects: Vec<String>,
    wrong_values: usize,
    scores: usize,
    farthest: Option<f64>,
    spread: Option<Spread>,
}

/// How many z-scores lie together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The share of them beyond [`NEAR`].
    pub share_off: f64,
    /// Their root mean square.
    pub root_mean_square: f64,
}

impl Spread {
    /// Of z-scores; nothing where they are too few to say anything.
    fn of(scores: &[f64]) -> Option<Self> {
        let count = scores.len() as f64;
        (scores.len() >= MANY).then(|| Self {
            share_off: scores.iter().filter(|z| z.abs() > NEAR).count() as f64 / count,
            root_mean_square: (scores.iter().map(|z| z * z).sum::<f64>() / count).sqrt(),
        })
    }
}

impl<'a> Judgement<'a> {
    /// Judges; `narrow`: uninformative intervals are defects too.
    pub fn of(findings: &'a [Finding], narrow: bool) -> Self {
        let mut defects = Vec::new();
        let mut scores = Vec::new();
        for finding in findings {
            let Finding { scenario, metric, exact, mean, half_width, .. } = finding;
            match finding.z() {
                None if (mean - exact).abs() > 1e-12 || *half_width > 1e-12 => {
                    defects.push(format!("{scenario}: {metric} is {mean} ± {half_width} and must be {exact}"));
                }
                None => {}
                Some(z) => {
                    scores.push(z);
                    if z.abs() > FAR {
                        defects.push(format!("{scenario}: {metric} is {mean} ± {half_width}, not {exact} (z {z:.2})"));
                    }
                }
            }
            if narrow && !finding.is_informative() {
                defects.push(format!("{scenario}: {metric} ± {half_width} is too wide to tell anything"));
            }
        }
        let wrong_values = defects.len();
        let spread = Spread::of(&scores);
        if let Some(Spread { share_off, .. }) = spread.filter(|spread| spread.share_off > FEW) {
            defects.push(format!("{:.1} % of the values are more than {NEAR} off", 100.0 * share_off));
        }
        if let Some(spread) = spread.filter(|spread| !ROOT_MEAN_SQUARE.contains(&spread.root_mean_square)) {
            defects.push(format!("the root mean square of the z-scores is {:.2}", spread.root_mean_square));
        }
        let farthest = scores.iter().map(|z| z.abs()).max_by(f64::total_cmp);
        Self { findings, defects, wrong_values, scores: scores.len(), farthest, spread }
    }

    /// What is wrong, a sentence each.
    pub fn defects(&self) -> &[String] {
        &self.defects
    }

    /// All values, in the order in which they were found.
    pub fn findings(&self) -> &[Finding] {
        self.findings
    }

    /// Values that are wrong by themselves: too far off, not equal, or too wide.
    pub fn wrong_values(&self) -> usize {
        self.wrong_values
    }

    /// How many of the values have a z-score: what must be equal has none.
    pub fn scores(&self) -> usize {
        self.scores
    }

    /// The largest z-score, whichever way; `None` where no value has one.
    pub fn farthest(&self) -> Option<f64> {
        self.farthest
    }

    /// How the z-scores lie together; `None` where they are fewer than [`MANY`], of which that is not judged.
    pub fn spread(&self) -> Option<Spread> {
        self.spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_judge_knows_good_from_bad() {
        let finding = |off: f64, equals: bool| Finding {
            scenario: "made up".into(),
            metric: "unit_fill_rate".into(),
            exact: 0.9,
            equals,
            mean: 0.9 + off,
            half_width: if equals { 0.0 } else { 0.001 },
            replications: 30,
        };
        // A half-width is 2.045 standard errors at 29 degrees of freedom, and the normal score of that tail is 1.96.
        assert!((finding(0.001, false).z().unwrap() - 1.96).abs() < 0.01);
        assert!((finding(-0.001, false).z().unwrap() + 1.96).abs() < 0.01);
        assert_eq!(finding(0.0, true).z(), None);

        let sound: Vec<Finding> = (-20..=20).map(|i| finding(f64::from(i) * 0.001 / 24.0, false)).collect();
        assert!(Judgement::of(&sound, true).defects().is_empty(), "{:?}", Judgement::of(&sound, true).defects());
        for (bad, word) in [
            (vec![finding(0.01, false)], "not 0.9"),
            (vec![finding(0.0001, true)], "must be"),
            ((0..40).map(|_| finding(0.0013, false)).collect(), "more than 2.2 off"),
            ((0..40).map(|_| finding(0.00001, false)).collect(), "root mean square"),
            (vec![Finding { half_width: 0.01, ..finding(0.0, false) }], "too wide"),
        ] {
            let judgement = Judgement::of(&bad, true);
            assert!(
                judgement.defects().iter().any(|defect| defect.contains(word)),
                "{word}: {:?}",
                judgement.defects()
            );
        }
    }
}
