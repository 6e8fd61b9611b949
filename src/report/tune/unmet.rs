//! Whether what must hold does, and the finding where nothing was chosen: what was judged, what came nearest, and what was looked at without being judged.

use super::super::prose::listed;
use super::super::summary::Reading;
use super::kept::{Alternative, CandidateSummary, Measured, TuneSummary};
use super::prose::{figure, must, said, words};
use crate::experiment::{Gate, Gates, Relation};

impl TuneSummary {
    /// Whether what must hold does: of the chosen settings as fresh replications have it; where nothing was chosen, whether the budget left
    /// it open of some finalist.
    pub fn verdict(&self) -> Gates {
        match self.best() {
            Some(chosen) => Measured::verdict_of_all(&chosen.constraints),
            None if self.conditions.is_empty() => Gates::Hold,
            None if is_open(self) => Gates::Undecided,
            None => Gates::Fail,
        }
    }
}

/// Why nothing was chosen, and what may be done next.
pub(super) fn finding(tuning: &TuneSummary) -> String {
    let must = must(tuning.conditions.iter().map(|it| it.condition.as_str()));
    let others = Unjudged::of(tuning);
    let mut text = judged(tuning, &must, others.met.is_empty());
    if let Some(nearest) = tuning.finalists.first() {
        text += &came_nearest(tuning, nearest);
    }
    if let Some(safest) = others.safest() {
        let them = them(tuning);
        let (met, had) = match others.met.len() {
            1 => (format!("one met {them}"), "that was"),
            count => (format!("{count} met {them}"), "most to spare had"),
        };
        text += &format!(
            " Of the {} others looked at {met} in the few replications of the search, which is all they were given; {had} {}: {}. \
             A larger --budget judges more of them, and each on more replications.",
            others.all,
            said(&tuning.axes(), &safest.settings),
            figures_of(tuning, safest)
        );
    } else if is_open(tuning) {
        text += " A larger --budget may show it.";
    }
    text
}

/// Whether it was left open of a finalist if it meets what must hold.
fn is_open(tuning: &TuneSummary) -> bool {
    // Fresh replications may show what those of the choice did not.
    tuning.guarantee.undecided > 0 && !tuning.finalists.iter().all(|it| it.misses_constraints)
}

/// What the choice says of the finalists.
fn judged(tuning: &TuneSummary, must: &str, none_met_in_the_search: bool) -> String {
    let (undecided, among) = (tuning.guarantee.undecided, tuning.guarantee.among);
    if !is_open(tuning) {
        return match among {
            _ if none_met_in_the_search => format!("Nothing that was looked at meets {must}."),
            1 => format!("The only finalist does not meet {must}."),
            _ => format!("None of the {among} finalists meets {must}."),
        };
    }
    if among == 1 {
        return format!("The budget did not show whether the only finalist meets {must}.");
    }
    if undecided >= among {
        return format!("The budget did not show of any of the {among} finalists whether it meets {must}.");
    }
    let (they, rest) = match (undecided, among - undecided) {
        (1, 1) => ("it meets", "the other one does not"),
        (1, _) => ("it meets", "the others do not"),
        (_, 1) => ("they meet", "the other one does not"),
        _ => ("they meet", "the others do not"),
    };
    format!("Of {undecided} of {among} finalists the budget did not show whether {they} {must}; {rest}.")
}

/// What must hold, spoken of again.
fn them(tuning: &TuneSummary) -> &'static str {
    if tuning.conditions.len() == 1 { "it" } else { "them" }
}

fn came_nearest(tuning: &TuneSummary, nearest: &CandidateSummary) -> String {
    let mut measured: Vec<String> = Vec::new();
    for it in &nearest.constraints {
        let figure = format!("{} {}", words(it.measure), figure(it.measure, it.estimate));
        // Two conditions may be about one measure.
        if !measured.contains(&figure) {
            measured.push(figure);
        }
    }
    let mean =
        if nearest.meets_constraints { format!(", which meets {} in the mean", them(tuning)) } else { String::new() };
    format!(" Nearest came {}: {}{mean}.", said(&tuning.axes(), &nearest.settings), measured.join(", "))
}

/// What an alternative came to in the search: the measures of the conditions, then the objective.
fn figures_of(tuning: &TuneSummary, it: &Alternative) -> String {
    let alone = |mean| Reading { mean, half_width: None };
    let conditions = tuning.conditions.iter().map(|condition| condition.measure).zip(it.constraints.iter().copied());
    let mut told: Vec<String> = Vec::new();
    for (measure, mean) in conditions.chain([(tuning.objective_measure, it.objective)]) {
        let figure = format!("{} {}", words(measure), figure(measure, alone(mean)));
        if !told.contains(&figure) {
            told.push(figure);
        }
    }
    listed(&told)
}

/// What the search looked at and the choice did not judge.
struct Unjudged<'t> {
    tuning: &'t TuneSummary,
    /// How many there are.
    all: usize,
    /// Those whose means in the search meet the conditions, each with how much it has to spare.
    met: Vec<(&'t Alternative, f64)>,
}

impl<'t> Unjudged<'t> {
    fn of(tuning: &'t TuneSummary) -> Self {
        // A tuning that was kept before alternatives said whether they were finalists has them among these alone.
        let was_judged =
            |it: &&Alternative| it.finalist || tuning.finalists.iter().any(|finalist| finalist.settings == it.settings);
        let others: Vec<&Alternative> = tuning.alternatives.iter().filter(|it| !was_judged(it)).collect();
        let met = others.iter().filter_map(|it| Some((*it, spare(tuning, it).filter(|spare| *spare >= 0.0)?)));
        Self { tuning, all: others.len(), met: met.collect() }
    }

    /// The one with most to spare; of those that have the same the one with the best objective.
    fn safest(&self) -> Option<&'t Alternative> {
        let worth = |it: &Alternative| match (it.objective, self.tuning.maximises()) {
            (Some(objective), true) => objective,
            (Some(objective), false) => -objective,
            (None, _) => f64::NEG_INFINITY,
        };
        let less = |a: &&(&Alternative, f64), b: &&(&Alternative, f64)| {
            a.1.total_cmp(&b.1).then_with(|| worth(a.0).total_cmp(&worth(b.0)))
        };
        self.met.iter().max_by(less).map(|(it, _)| *it)
    }
}

/// By how much an alternative met the conditions in the search, relative to their limits, of the one that it met most narrowly;
/// negative where it missed one, `None` where that cannot be told.
fn spare(tuning: &TuneSummary, it: &Alternative) -> Option<f64> {
    let mut least = f64::INFINITY;
    for (condition, mean) in tuning.conditions.iter().zip(&it.constraints) {
        let (gate, mean) = (Gate::parse(&condition.condition).ok()?, (*mean)?);
        let slack = match gate.relation {
            Relation::AtLeast | Relation::Above => mean - gate.threshold,
            Relation::AtMost | Relation::Below => gate.threshold - mean,
            Relation::Exactly => return None,
        };
        least = least.min(if gate.threshold == 0.0 { slack } else { slack / gate.threshold.abs() });
    }
    Some(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tuning that is kept, as if nothing had been chosen: of so many finalists so many were left open.
    fn nothing_chosen(among: usize, undecided: usize) -> TuneSummary {
        let text = include_str!("../../../tests/it/golden/tune/tune.json");
        let mut tuning: TuneSummary = serde_json::from_str(text).unwrap();
        (tuning.feasible, tuning.guarantee.among, tuning.guarantee.undecided) = (false, among, undecided);
        tuning
    }

    #[test]
    fn what_the_choice_said_of_the_finalists_is_what_is_told() {
        for (among, undecided, told) in [
            (1, 0, "The only finalist does not meet orders filled at once ≥ 80 %."),
            (3, 0, "None of the 3 finalists meets orders filled at once ≥ 80 %."),
            (1, 1, "The budget did not show whether the only finalist meets orders filled at once ≥ 80 %."),
            (3, 3, "The budget did not show of any of the 3 finalists whether it meets orders filled at once ≥ 80 %."),
            (2, 1, "whether it meets orders filled at once ≥ 80 %; the other one does not."),
            (
                5,
                2,
                "Of 2 of 5 finalists the budget did not show whether they meet orders filled at once ≥ 80 %; the others",
            ),
        ] {
            let text = finding(&nothing_chosen(among, undecided));
            assert!(text.contains(told), "{among}, {undecided}: {text}");
        }
    }

    #[test]
    fn what_met_the_conditions_without_being_judged_is_counted_and_the_safest_is_named() {
        let mut tuning = nothing_chosen(2, 0);
        let others = |tuning: &TuneSummary| tuning.alternatives.len() - 1;
        // The one finalist that is shown is known by its settings.
        let all = others(&tuning);
        let met = tuning.alternatives.iter().filter(|it| it.constraints[0] >= Some(0.8)).count() - 1;
        let text = finding(&tuning);
        assert!(met < all && text.contains(&format!("Of the {all} others looked at {met} met it in")), "{text}");

        // All the same but one, which is cheaper; and one that costs least, but was a finalist.
        for it in &mut tuning.alternatives {
            (it.constraints, it.objective) = (vec![Some(0.9)], Some(10.0));
        }
        tuning.alternatives[3].objective = Some(9.0);
        (tuning.alternatives[4].objective, tuning.alternatives[4].finalist) = (Some(8.0), true);
        let safest = said(&tuning.axes(), &tuning.alternatives[3].settings);
        let told = format!("most to spare had {safest}: orders filled at once 90.0 % and cost per order 9.00.");
        assert!(finding(&tuning).contains(&told), "{told}: {}", finding(&tuning));

        // A condition with at most is met from below, and where nothing meets it nothing is named.
        tuning.conditions[0].condition = "order_fill_rate <= 0.8".into();
        let text = finding(&tuning);
        assert!(text.starts_with("Nothing that was looked at meets orders filled at once ≤ 80 %."), "{text}");
        assert!(!text.contains("others looked at") && !text.contains("--budget"), "{text}");
    }
}
