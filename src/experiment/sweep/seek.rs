//! Goal seeking: the least setting of a range whose *measured* figure meets a condition, with its interval.
//!
//! Settings are halved under common random numbers: all are measured on the same customers and lead times, so that what
//! tells two of them apart is the setting. Whoever looks often enough finds some setting that is lucky, so a look counts as
//! holding only with the confidence that all looks together need (Bonferroni over the most looks there can be), and the
//! answer is measured once more on replications that had no part in choosing it.

use super::super::error::RunError;
use super::super::gate::{self, Case, Gate, GateVerdict};
use super::figure::Figure;
use crate::stats::{CONFIDENCE, Pair, ratio_of_means};

/// What is sought, over so many settings in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Seek {
    /// The condition.
    pub gate: Gate,
    /// How many settings there are, at least one.
    pub settings: usize,
}

/// A setting that was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Which, from 0.
    pub setting: usize,
    /// The figure with the interval that all looks share; `None` where nothing happened that it is about.
    pub figure: Option<Figure>,
    /// Whether the condition holds there with its interval; undecided where the threshold lies within it.
    pub verdict: GateVerdict,
}

impl Look {
    /// Whether the condition holds with its interval.
    pub fn holds(&self) -> bool {
        self.verdict == GateVerdict::Holds
    }
}

/// Where the settings that hold lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the answer upwards.
    Above,
    /// From the answer downwards.
    Below,
    /// Everywhere.
    Everywhere,
    /// Somewhere within the range, from the answer upwards, and not at its ends.
    Within,
}

/// Where neither end holds, so many settings between them are measured at most before it is said that none was found to.
const INSIDE: u32 = 12;

/// The setting that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Which: the least that holds, or the greatest where those below hold.
    pub setting: usize,
    /// Where the settings that hold lie.
    pub side: Side,
    /// Its figure on replications that had no part in choosing it.
    pub fresh: Option<Figure>,
}

/// What was found, and on which path.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    /// What was sought.
    pub seek: Seek,
    /// The confidence of each look, so that all hold together.
    pub confidence: f64,
    /// The settings measured, in the order in which they were.
    pub looks: Vec<Look>,
    /// The answer; `None` where the condition holds at neither end, nor at a setting between them that was measured.
    pub answer: Option<Answer>,
    /// Settings first chosen that fresh replications did not bear out.
    pub withdrawn: Vec<(usize, Option<Figure>)>,
}

impl Sought {
    /// The look at a setting, if there was one.
    pub fn look(&self, setting: usize) -> Option<&Look> {
        self.looks.iter().find(|look| look.setting == setting)
    }

    /// The same with the settings that were measured, which are given in ascending order, numbered from 0.
    ///
    /// # Panics
    /// When one that was measured is not among them.
    #[must_use]
    pub fn renumbered(mut self, measured: &[usize]) -> Self {
        let number = |setting: &mut usize| {
            *setting = measured.binary_search(setting).expect("a setting that was measured");
        };
        self.looks.iter_mut().for_each(|look| number(&mut look.setting));
        self.answer.iter_mut().for_each(|answer| number(&mut answer.setting));
        self.withdrawn.iter_mut().for_each(|(setting, _)| number(setting));
        self
    }

    /// Whether the condition is missed, with its interval, wherever it was measured; with more replications it would be too.
    pub fn is_missed(&self) -> bool {
        self.answer.is_none() && self.looks.iter().all(|look| look.verdict == GateVerdict::Fails)
    }

    /// The setting measured that comes nearest to the condition.
    pub fn nearest(&self) -> Option<&Look> {
        let threshold = self.seek.gate.threshold;
        let distance = |look: &&Look| look.figure.map_or(f64::INFINITY, |found| (found.mean - threshold).abs());
        self.looks.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }
}

/// Seeks the least setting that holds by halving the range between one that does and one that does not. `measure` says
/// what the replications of a setting say of the condition's measure: those that choose, or, asked for fresh ones, others.
///
/// Where the condition holds at the upper end of the range alone, the answer is the least setting above which it holds;
/// where it holds at the lower end alone, the greatest below which it does. Where it holds at neither end, as a cost that is least
/// somewhere between them may, settings between are measured: first the middle, then halves on either side of the one that comes
/// nearest, until one holds. All looks are then judged anew with the confidence that so many need.
///
/// # Errors
/// Those of `measure`.
///
/// # Panics
/// Without any setting.
pub fn seek(
    seek: Seek,
    mut measure: impl FnMut(usize, bool) -> Result<Vec<Pair>, RunError>,
) -> Result<Sought, RunError> {
    assert!(seek.settings > 0, "a range has settings");
    let last = seek.settings - 1;
    // Both ends, the halvings, and a step back where the answer is withdrawn.
    let most = 3 + usize::BITS - last.leading_zeros();
    let mut found = Sought::of_looks(seek, most);
    let upper = found.look_at(last, &mut measure)?;
    let lower = found.look_at(0, &mut measure)?;
    let (mut setting, side) = match (lower, upper) {
        (false, false) if last < 2 => return Ok(found),
        (false, false) => {
            found = Sought::of_looks(found.seek, most + INSIDE);
            found.look_at(last, &mut measure)?;
            found.look_at(0, &mut measure)?;
            match found.inside(&mut measure)? {
                Some(holds) => (found.halved(found.failing_below(holds), holds, &mut measure)?, Side::Within),
                None => return Ok(found),
            }
        }
        (true, true) => (0, Side::Everywhere),
        (false, true) => (found.halved(0, last, &mut measure)?, Side::Above),
        (true, false) => (found.halved(last, 0, &mut measure)?, Side::Below),
    };
    loop {
        let holds = found.look_at(setting, &mut measure)?;
        let fresh = ratio_of_means(&measure(setting, true)?, found.confidence).map(Figure::from);
        let gate = &found.seek.gate;
        if holds && fresh.is_none_or(|fresh| gate.relation.holds(fresh.mean, gate.threshold)) {
            let side = if side == Side::Everywhere && setting > 0 { Side::Above } else { side };
            found.answer = Some(Answer { setting, side, fresh });
            return Ok(found);
        }
        found.withdrawn.push((setting, fresh));
        let next = match side {
            Side::Below => setting.checked_sub(1),
            Side::Above | Side::Everywhere => Some(setting + 1).filter(|&next| next <= last),
            Side::Within => Some(setting + 1).filter(|&next| found.look(next).is_none_or(Look::holds)),
        };
        match next {
            Some(next) => setting = next,
            None => return Ok(found),
        }
    }
}

impl Sought {
    /// Nothing yet, where so many looks are to hold together.
    fn of_looks(seek: Seek, most: u32) -> Self {
        let confidence = 1.0 - (1.0 - CONFIDENCE) / f64::from(most);
        Self { seek, confidence, looks: Vec::new(), answer: None, withdrawn: Vec::new() }
    }

    /// A setting that holds between two ends that do not: of what lies beside the setting that comes nearest, the middle of the wider
    /// gap is measured next.
    fn inside(
        &mut self,
        measure: &mut impl FnMut(usize, bool) -> Result<Vec<Pair>, RunError>,
    ) -> Result<Option<usize>, RunError> {
        for _ in 0..INSIDE {
            let mut measured: Vec<usize> = self.looks.iter().map(|look| look.setting).collect();
            measured.sort_unstable();
            let gaps = || measured.windows(2).map(|gap| (gap[0], gap[1])).filter(|(low, high)| high - low > 1);
            let nearest = self.nearest().filter(|look| look.figure.is_some()).map(|look| look.setting);
            let beside = gaps().filter(|&(low, high)| nearest.is_none_or(|nearest| [low, high].contains(&nearest)));
            // Of equal ones the lower.
            let Some((low, high)) = beside.min_by_key(|(low, high)| std::cmp::Reverse(high - low)) else { break };
            let middle = low + (high - low) / 2;
            if self.look_at(middle, measure)? {
                return Ok(Some(middle));
            }
        }
        Ok(None)
    }

    /// The nearest setting below that was measured and does not hold.
    fn failing_below(&self, setting: usize) -> usize {
        let below = self.looks.iter().filter(|look| look.setting < setting && !look.holds());
        below.map(|look| look.setting).max().unwrap_or(0)
    }

    /// Measures a setting, and judges it.
    fn look_at(
        &mut self,
        setting: usize,
        measure: &mut impl FnMut(usize, bool) -> Result<Vec<Pair>, RunError>,
    ) -> Result<bool, RunError> {
        if let Some(look) = self.look(setting) {
            return Ok(look.holds());
        }
        let pairs = measure(setting, false)?;
        let estimate = ratio_of_means(&pairs, self.confidence);
        let judged = gate::judge(vec![Case::on(&self.seek.gate, None, &pairs, estimate)]);
        let is_certain = judged[0].p_value.is_none_or(|p_value| p_value <= 1.0 - self.confidence);
        let verdict = match judged[0].verdict {
            GateVerdict::Holds | GateVerdict::Fails if !is_certain => GateVerdict::Undecided { enough: None },
            GateVerdict::Undecided { .. } => GateVerdict::Undecided { enough: None },
            decided => decided,
        };
        let look = Look { setting, figure: estimate.map(Figure::from), verdict };
        self.looks.push(look);
        Ok(look.holds())
    }

    /// The setting that holds next to one that does not, between one that does not and one that does.
    fn halved(
        &mut self,
        mut fails: usize,
        mut holds: usize,
        measure: &mut impl FnMut(usize, bool) -> Result<Vec<Pair>, RunError>,
    ) -> Result<usize, RunError> {
        while fails.abs_diff(holds) > 1 {
            let middle = fails.min(holds) + fails.abs_diff(holds) / 2;
            if self.look_at(middle, measure)? { holds = middle } else { fails = middle }
        }
        Ok(holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seeks over settings whose figure is a function of the setting, with a little luck in every replication.
    fn sought(condition: &str, settings: usize, luck: f64, figure: impl Fn(usize) -> f64) -> Sought {
        let seek_it = Seek { gate: Gate::parse(condition).unwrap(), settings };
        seek(seek_it, |setting, is_fresh| {
            let replication = |number: u32| {
                // The same luck for every setting, as under common random numbers.
                let number = number + if is_fresh { 1_000 } else { 0 };
                let lucky = f64::from(number.wrapping_mul(2_654_435_761) >> 8) / f64::from(1 << 24) - 0.5;
                Pair::new(figure(setting) + luck * lucky, 1.0)
            };
            Ok((0..20).map(replication).collect())
        })
        .unwrap()
    }

    #[test]
    fn the_least_setting_that_holds_is_found_in_a_few_looks() {
        let found = sought("order_fill_rate >= 0.98", 100, 0.0, |setting| 0.90 + 0.001 * setting as f64);
        let answer = found.answer.unwrap();
        assert_eq!((answer.setting, answer.side), (80, Side::Above));
        assert!(found.looks.len() <= 9, "{} looks", found.looks.len());
        assert!(!found.look(79).unwrap().holds() && found.look(80).unwrap().holds(), "both sides of it were measured");
    }

    #[test]
    fn an_interval_across_the_threshold_does_not_hold() {
        let found = sought("order_fill_rate >= 0.98", 100, 0.02, |setting| 0.90 + 0.001 * setting as f64);
        let answer = found.answer.unwrap().setting;
        let (low, _) = found.look(answer).unwrap().figure.unwrap().interval().unwrap();
        assert!(answer > 80 && low >= 0.98, "{answer}: from {low}");
        let (low, _) = found.look(answer - 1).unwrap().figure.unwrap().interval().unwrap();
        assert!(low < 0.98, "one less does not hold: from {low}");
        assert!(found.answer.unwrap().fresh.unwrap().mean >= 0.98);
    }

    #[test]
    fn a_threshold_within_the_interval_is_neither_met_nor_missed() {
        let found = sought("order_fill_rate >= 0.98", 10, 0.05, |setting| 0.972 + 0.001 * setting as f64);
        let verdicts: Vec<GateVerdict> = found.looks.iter().map(|look| look.verdict).collect();
        assert_eq!(found.answer, None, "{found:?}");
        assert!(verdicts.contains(&GateVerdict::Undecided { enough: None }), "{verdicts:?}");
        assert!(!found.is_missed());
        let nothing = sought("order_fill_rate >= 0.98", 1, 0.0, |_| f64::NAN);
        assert!(!nothing.is_missed(), "{nothing:?}");
    }

    #[test]
    fn a_figure_that_falls_is_sought_from_below() {
        let found = sought("order_fill_rate >= 0.98", 50, 0.0, |setting| 1.0 - 0.001 * setting as f64);
        let answer = found.answer.unwrap();
        assert_eq!((answer.setting, answer.side), (20, Side::Below));
        let days = sought("deliver_days_mean <= 3", 50, 0.0, |setting| 5.0 - 0.1 * setting as f64);
        assert_eq!(days.answer.unwrap().setting, 20);
    }

    #[test]
    fn what_holds_between_the_ends_alone_is_found() {
        for settings in [3, 4, 10, 21, 100, 1_000] {
            for at in [0.1, 0.3, 0.5, 0.77] {
                let best = ((settings - 1) as f64 * at).round().clamp(1.0, (settings - 2) as f64);
                // As an inventory costs: on one side of the best it rises more steeply than on the other.
                let cost = |setting: usize| {
                    let apart = (setting as f64 - best) / settings as f64;
                    5.0 + if apart < 0.0 { -20.0 * apart } else { 8.0 * apart }
                };
                // A single one of few settings, a fortieth of many.
                let limit = 5.0 + (6.0 / settings as f64).max(0.2);
                let least = (0..settings).find(|&setting| cost(setting) <= limit);
                let found = sought(&format!("cost_per_order <= {limit}"), settings, 0.0, cost);
                let answer = found.answer.map(|answer| (answer.setting, answer.side));
                assert_eq!(answer, least.map(|least| (least, Side::Within)), "{settings} settings: {found:?}");
                assert!(found.looks.len() <= 3 + INSIDE as usize + 10, "{} looks", found.looks.len());
            }
        }
    }

    #[test]
    fn an_end_at_which_nothing_happens_is_no_reason_to_stop() {
        let seek_it = Seek { gate: Gate::parse("backorder_wait_days_mean <= 0.5").unwrap(), settings: 41 };
        // At the upper end nobody waits.
        let found = seek(seek_it, |setting, _| {
            let pair = if setting > 30 { Pair::NOTHING } else { Pair::new(2.0 - 0.1 * setting as f64, 1.0) };
            Ok(vec![pair; 5])
        });
        assert_eq!(found.unwrap().answer.map(|answer| answer.setting), Some(15));
    }

    #[test]
    fn none_and_all_are_told() {
        let none = sought("order_fill_rate >= 0.98", 10, 0.0, |setting| 0.9 + 0.001 * setting as f64);
        assert_eq!((none.answer, none.nearest().unwrap().setting), (None, 9));
        assert!(none.looks.len() > 2, "what lies between the ends was looked at, too");
        assert!(none.is_missed());
        let all = sought("order_fill_rate >= 0.5", 10, 0.0, |_| 0.9);
        assert_eq!(all.answer.map(|answer| (answer.setting, answer.side)), Some((0, Side::Everywhere)));
        let one = sought("order_fill_rate >= 0.5", 1, 0.0, |_| 0.9);
        assert_eq!((one.looks.len(), one.answer.unwrap().setting), (1, 0));
    }

    #[test]
    fn what_fresh_replications_do_not_bear_out_is_withdrawn() {
        let seek_it = Seek { gate: Gate::parse("order_fill_rate >= 0.98").unwrap(), settings: 100 };
        // Setting 50 was lucky where it was chosen.
        let found = seek(seek_it, |setting, is_fresh| {
            let figure = if setting >= if is_fresh { 52 } else { 50 } { 0.99 } else { 0.90 };
            Ok(vec![Pair::new(figure, 1.0); 5])
        });
        let found = found.unwrap();
        assert_eq!(found.answer.unwrap().setting, 52);
        assert_eq!(found.withdrawn.iter().map(|(setting, _)| *setting).collect::<Vec<_>>(), [50, 51]);
    }
}
