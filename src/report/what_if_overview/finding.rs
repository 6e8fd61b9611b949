//! The sentences above all answers: which costs least, which serves best, and what the marked one is.

use super::super::prose::measure_noun;
use super::super::summary::Reading;
use super::answers::{Overview, short};
use crate::measures::{Better, Metric};

impl Overview<'_> {
    /// Which answer costs least, which serves best, and what the marked one is; nothing where a figure is missing.
    pub(super) fn finding(&self) -> Option<String> {
        let best = |metric: Metric, is_more_better: bool| {
            let sign = if is_more_better { 1.0 } else { -1.0 };
            let of = |reading: Reading| reading.mean.map(|mean| sign * mean);
            let above = (None, of(self.above(metric))?);
            let answers = self
                .together
                .iter()
                .filter_map(|&number| Some((Some(number), of(self.answers[number].figure(metric))?)));
            // Of equals the one that changes least: the result above, then whichever was asked first.
            Some(answers.fold(above, |best, it| if it.1 > best.1 { it } else { best }).0)
        };
        let is_more_better = self.served.definition().better != Better::Lower;
        let (least, most) = (best(self.paid, false)?, best(self.served, is_more_better)?);
        let (paid, served) = (measure_noun(self.paid), measure_noun(self.served));
        let extreme = if is_more_better { "highest" } else { "lowest" };
        let at = |number: usize, metric: Metric| {
            let level = self.level(number, metric);
            let than = if level.ends_with("er") { "than" } else { "from" };
            format!("{}, {level} {than} above", short(metric, self.answers[number].figure(metric)))
        };
        let mut sentences = vec![match least {
            Some(number) => {
                format!("The {paid} is least with {}: {}.", self.answers[number].name, at(number, self.paid))
            }
            None => format!("The {paid} is least as above, {}.", short(self.paid, self.above(self.paid))),
        }];
        sentences.push(match most {
            Some(number) if most == least => {
                format!("The {served} is {extreme} there, too: {}.", at(number, self.served))
            }
            Some(number) => format!(
                "The {served} is {extreme} with {}: {}; the {paid} is {}.",
                self.answers[number].name,
                at(number, self.served),
                self.level(number, self.paid)
            ),
            None => {
                let too = if least.is_none() { ", too" } else { "" };
                format!("The {served} is {extreme} as above{too}, {}.", short(self.served, self.above(self.served)))
            }
        });
        let is_told = [least, most].contains(&Some(self.marked));
        if !is_told {
            let shown = if self.is_shown { "shown below" } else { "the last one asked" };
            let [paid_level, served_level] = [self.paid, self.served].map(|metric| self.level(self.marked, metric));
            sentences.push(format!(
                "With {}, {shown}, the {paid} is {paid_level} and the {served} {served_level}.",
                self.answers[self.marked].name
            ));
        }
        Some(sentences.join(" "))
    }
}
