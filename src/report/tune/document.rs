//! What a tuning found, as a document: the finding first, then today against the chosen settings, finalists, sensitivity.

use super::super::axis_words::at;
use super::super::charts::Chart;
use super::super::document::{Block, Document, Role, Section};
use super::super::number::in_currency;
use super::super::number::{NONE, grouped, plural};
use super::super::prose::{listed, measure_noun, named_difference};
use super::super::summary::Reading;
use super::super::table::{Cell, Column, Interval, Table};
use super::super::varied_inputs::{self, VariedInputs};
use super::super::words::Tone;
use super::kept::{CandidateSummary, Claim, SettingValue, TuneSummary};
use super::prose::{beginning, difference, figure, is_certain, measured, own_numbers, percent, said, words};
use super::{tradeoff, unmet};
use crate::domain::settings::Words;
use crate::experiment::Gates;
use crate::experiment::tune::Procedure;
use crate::measures::Metric;

/// Columns of a figure and of its half-width in a terminal.
pub(super) const FIGURE: usize = 12;
pub(super) const HALF_WIDTH: usize = 8;

/// The document without charts.
pub fn tune_document(tuning: &TuneSummary) -> Document {
    in_currency(tuning.currency.as_deref(), || with_chart(tuning, None, None))
}

pub(super) fn with_chart(tuning: &TuneSummary, chart: Option<Chart>, inputs: Option<&VariedInputs>) -> Document {
    let mut document = Document::new(format!("Tuning of {}", tuning.scenario), &tuning.scenario);
    document.open(Block::of(Role::Extent, format!("Tuning of {}", tuning.scenario)).in_text());
    document.open(Block::of(Role::Finding, finding(tuning)));
    if let Some(chart) = chart {
        document.open(Block::figures(vec![chart.figure(tradeoff::NAME.to_string())]).on_page());
    }
    document.open(Block::of(Role::Extent, extent(tuning)));
    document.push(Section::new("settings", "Settings and figures").with(today_and_chosen(tuning)));
    if tuning.finalists.len() > 1 || !tuning.feasible {
        document.push(Section::new("finalists", finalists_title(tuning)).with(finalists(tuning)));
    }
    if !tuning.sensitivity.is_empty() {
        document.push(Section::new("sensitivity", "One setting moved").with(sensitivity(tuning)));
    }
    let mut reading = Section::new("reading", "What is guaranteed");
    reading.push(Block::paragraph(guarantee(tuning)));
    let estimates = tuning.estimated_with_seed;
    let seeds = format!("{}, {} and {estimates}", tuning.seed, tuning.seed.wrapping_add(1));
    let each = tuning.replications.each_estimate;
    reading.push(Block::paragraph(own_numbers(
        "Search, choice and estimates",
        &seeds,
        estimates,
        each,
        tuning.feasible,
    )));
    document.push(reading);
    varied_inputs::push(&mut document, inputs, &tuning.files, tuning.seed);
    document
}

/// The first sentence: the saving with its interval, or why there is none.
pub(super) fn finding(tuning: &TuneSummary) -> String {
    let Some(chosen) = tuning.best() else { return unmet::finding(tuning) };
    let mut text = saving(tuning, chosen);
    text += match tuning.verdict() {
        Gates::Fail => " But fresh random numbers show that they do not meet what must hold.",
        Gates::Undecided | Gates::NoOccasion => {
            " But on fresh random numbers they do not meet what must hold in the mean, though their interval leaves it open."
        }
        Gates::Hold => "",
    };
    text += &measured(&chosen.constraints);
    text += &against_theory(tuning, chosen);
    let edges = edges(tuning, chosen);
    if !edges.is_empty() {
        text += &format!(" At the edge of its range: {}; a wider range may hold a better value.", edges.join(", "));
    }
    if !tuning.changes_nothing.is_empty() {
        let verb = if tuning.changes_nothing.len() == 1 { "changes" } else { "change" };
        let which: Vec<String> = tuning.changes_nothing.iter().map(|key| tuning.called(key)).collect();
        text += &format!(" {} {verb} nothing here.", beginning(&listed(&which)));
    }
    text
}

/// The chosen settings against today's.
fn saving(tuning: &TuneSummary, chosen: &CandidateSummary) -> String {
    let objective = tuning.objective_measure;
    let settings = said(&tuning.axes(), &chosen.settings);
    let (now, then) = (figure(objective, tuning.today.objective), figure(objective, chosen.objective));
    let measure = words(objective);
    let saving = tuning.saving;
    let Some(saved) = saving.mean else { return format!("{}: {measure} {then}.", beginning(&settings)) };
    if tuning.today.settings == chosen.settings {
        return format!(
            "None of the settings looked at was found to be better than today's ({settings}): {measure} {then}."
        );
    }
    if (saving.mean, saving.half_width) == (Some(0.0), Some(0.0)) {
        return format!(
            "The best found ({settings}) does in every replication what today's settings do: {measure} {then}."
        );
    }
    if !is_certain(saving) {
        let by = difference(objective, saving);
        return format!(
            "Today's settings cannot be told from the best found ({settings}): {measure} {now} against {then}, a difference of {by}."
        );
    }
    if saved > 0.0 {
        let by = difference(objective, saving);
        let verb = if tuning.maximises() { "Gains" } else { "Saves" };
        let percent = percent(objective, saved, tuning.today.objective);
        return format!("{verb} {by}{percent} in {measure}, {then} instead of {now}: {settings}.");
    }
    let verb = if tuning.today.meets_constraints {
        "is worse than today's by"
    } else {
        "costs more than today's, which does not meet what must hold:"
    };
    let by = difference(objective, saving);
    format!("{} {verb} {by} in {measure}: {then} against {now}.", beginning(&settings))
}

/// The chosen settings against those that theory proposes; nothing where they are the same, or theory proposes none.
fn against_theory(tuning: &TuneSummary, chosen: &CandidateSummary) -> String {
    let Some(theory) = tuning.by_theory.as_ref().filter(|theory| theory.settings != chosen.settings) else {
        return String::new();
    };
    let objective = tuning.objective_measure;
    let figures = format!("{} at {}", figure(objective, theory.objective), theory.settings.values());
    if !theory.meets_constraints {
        return format!(" What theory proposes does not meet what must hold: {figures}.");
    }
    let better = theory.better_than_chosen;
    if !is_certain(better) {
        return format!(" What theory proposes cannot be told from it: {figures}.");
    }
    let by = difference(objective, better);
    let word = if better.mean < Some(0.0) { "worse" } else { "better" };
    format!(" What theory proposes is {word} by {by}: {figures}.")
}

/// The variables of which the chosen value is the first or the last of several numbers, and no better than its neighbour by
/// mere chance of order: where the neighbour comes to the same, a wider range promises nothing.
fn edges(tuning: &TuneSummary, chosen: &CandidateSummary) -> Vec<String> {
    let at_edge = |values: &[SettingValue], value: &SettingValue| {
        values.len() > 2 && values[0].number().is_some() && [values.first(), values.last()].contains(&Some(value))
    };
    let is_flat = |key: &str| {
        let moved = tuning.sensitivity.iter().find(|moved| moved.key == key);
        moved.is_some_and(|moved| moved.candidate.better_than_chosen.mean == Some(0.0))
    };
    let of = tuning.variables.iter().zip(&chosen.settings.0);
    of.filter(|(variable, (_, value))| at_edge(&variable.values, value) && !is_flat(&variable.key))
        .map(|(it, _)| tuning.called(&it.key))
        .collect()
}

/// How much was run.
fn extent(tuning: &TuneSummary) -> String {
    let spent = &tuning.replications;
    format!(
        "{} looked at in {} replications, {} in {} more, estimates of {} replications each",
        plural(tuning.looked_at, "alternative"),
        grouped(spent.search as f64, 0),
        plural(tuning.guarantee.among, "finalist"),
        grouped(spent.selection as f64, 0),
        spent.each_estimate
    )
}

/// What is guaranteed, in words.
pub(super) fn guarantee(tuning: &TuneSummary) -> String {
    let Claim { delta, confidence, among, left, undecided, unsure, cut_short, probability, .. } = tuning.guarantee;
    let sure = grouped(100.0 * confidence, 1);
    let measure = measure_noun(tuning.objective_measure);
    let within = named_difference(tuning.objective_measure, delta);
    let rest = "Nothing is guaranteed of settings that were not looked at.";
    if !tuning.feasible {
        return "No setting was chosen, so nothing is guaranteed.".into();
    }
    // An estimate of a probability near 1 is not good for more digits, and one that fresh replications contradict for none.
    let about = probability.filter(|_| tuning.verdict() == Gates::Hold).map_or(String::new(), |it| {
        format!(
            " The probability that none of the others is better is estimated at {} % or more, from the same replications \
             (Bonferroni's inequality on paired differences): an estimate, no guarantee.",
            grouped(100.0 * it.min(0.999), 1)
        )
    });
    if tuning.guarantee.procedure == Procedure::Ocba.word() {
        return format!(
            "Nothing is guaranteed: all of the budget went to {among} finalists, most to those hardest to tell from the best \
             (optimal computing budget allocation, which takes alternatives for independent; here they share random \
             numbers), and the one with the best mean that meets what must hold was taken.{about}",
        );
    }
    if cut_short {
        let left = match left {
            1 => format!("one of {among} finalists was left, and was taken"),
            left => format!(
                "of {among} finalists {left} were left that are not told apart, and the one with the best mean was taken"
            ),
        };
        let open = match (undecided, unsure) {
            (0, _) => String::new(),
            (1, false) => format!(" Of one of the {among} it was not shown whether it meets what must hold."),
            (_, false) => format!(" Of {undecided} of the {among} it was not shown whether they meet what must hold."),
            (1, true) => " It was not shown to meet what must hold with that confidence, though by its own interval or as today's it \
                          seems to."
                .to_string(),
            (_, true) => format!(
                " Of {undecided} of the {among}, the chosen one among them, it was not shown with that confidence whether they meet \
                 what must hold; those that seem to, by their own interval or as today's, took part in the choice."
            ),
        };
        return format!("The budget ended before the choice could be guaranteed: {left}.{open}{about} {rest}");
    }
    if among == 1 {
        return format!("There was a single finalist, so there was nothing to choose. {rest}");
    }
    let which = if tuning.conditions.is_empty() { "" } else { " that meet what must hold" };
    format!(
        "With {sure} % confidence the chosen settings are within {within} of the best {measure} among the {among} finalists{which} \
         (Kim and Nelson's procedure under common random numbers, on replications of its own). {rest}",
    )
}

/// Today's settings beside the chosen ones.
fn today_and_chosen(tuning: &TuneSummary) -> Block {
    let columns = [
        Column::words("setting or measure"),
        Column::number("today").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE).labelled("today:"),
        Column::number("chosen").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE).labelled("chosen:"),
    ];
    let mut table = Table::new("Setting or measure", columns).captioned("Today's settings and the chosen ones");
    let chosen = tuning.best();
    for variable in &tuning.variables {
        let cell = |value: Option<&SettingValue>| match value {
            Some(value) => Cell::number(value.to_string(), value.number()),
            None => Cell::number(NONE, None),
        };
        let then = chosen.and_then(|it| it.settings.get(&variable.key));
        let products = match variable.products {
            None => String::new(),
            Some(1) => " (1 product)".into(),
            Some(count) => format!(" ({} products)", grouped(count as f64, 0)),
        };
        table.row([
            Cell::words(format!("{}{products}", tuning.called(&variable.key))),
            cell(tuning.today.settings.get(&variable.key)),
            cell(then),
        ]);
    }
    let now = tuning.readings(&tuning.today);
    let then = chosen.map(|it| tuning.readings(it));
    let mut shown: Vec<Metric> = Vec::new();
    for (index, metric) in tuning.measures().into_iter().enumerate() {
        // Two conditions may be about one measure.
        if shown.contains(&metric) {
            continue;
        }
        shown.push(metric);
        let unit = metric.definition().unit;
        let then = then.as_ref().map_or_else(Reading::default, |readings| readings[index]);
        table.row([Cell::words(words(metric)), Cell::figure(unit, now[index]), Cell::figure(unit, then)]);
    }
    Block::from(table)
}

fn finalists_title(tuning: &TuneSummary) -> &'static str {
    match (tuning.feasible, tuning.guarantee.reached) {
        (true, true) => "Finalists not told apart",
        (true, false) => "The best finalists",
        (false, _) => "What came nearest",
    }
}

/// The column of [`verdict`].
fn meets(tuning: &TuneSummary) -> Option<Column> {
    (!tuning.conditions.is_empty()).then(|| Column::words("meets"))
}

/// Whether a candidate meets the conditions, where there are some. Where nothing was chosen none was shown to, whatever its mean says.
fn verdict(tuning: &TuneSummary, candidate: &CandidateSummary) -> Option<Cell> {
    let (verdict, tone) = match (candidate.meets_constraints, candidate.misses_constraints) {
        (true, _) if tuning.feasible => ("yes", Tone::Good),
        (true, _) => ("in the mean", Tone::Unclear),
        (false, false) if !tuning.feasible => ("not shown", Tone::Unclear),
        (false, _) => ("no", Tone::Bad),
    };
    (!tuning.conditions.is_empty()).then(|| Cell::verdict(verdict, Some(tone)))
}

fn finalists(tuning: &TuneSummary) -> Block {
    let mut table = Table::new(
        "Settings",
        [
            Column::words("settings").wide(34),
            Column::number(words(tuning.objective_measure)).with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
        ]
        .into_iter()
        .chain(meets(tuning)),
    )
    .captioned(finalists_title(tuning));
    for candidate in &tuning.finalists {
        let figures = [
            Cell::words(candidate.settings.values()),
            Cell::figure(tuning.objective_measure.definition().unit, candidate.objective),
        ];
        table.row(figures.into_iter().chain(verdict(tuning, candidate)));
    }
    Block::from(table)
}

fn sensitivity(tuning: &TuneSummary) -> Block {
    let mut table = Table::new(
        "Setting",
        [
            Column::words("setting").wide(40),
            Column::number("change").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
        ]
        .into_iter()
        .chain(meets(tuning)),
    )
    .captioned("The chosen settings with one of them moved a level");
    let axes = tuning.axes();
    for it in &tuning.sensitivity {
        let axis = axes.iter().find(|axis| axis.key == it.key);
        let better = it.candidate.better_than_chosen;
        let turned = |mean: f64| if tuning.maximises() { mean } else { -mean };
        let change = Reading { mean: better.mean.map(turned), ..better };
        let figures = [
            Cell::words(axis.map_or_else(|| it.value.to_string(), |axis| at(axis, &it.value.to_string()))),
            Cell::difference(tuning.objective_measure.definition().unit, change),
        ];
        table.row(figures.into_iter().chain(verdict(tuning, &it.candidate)));
    }
    Block::from(table)
}
