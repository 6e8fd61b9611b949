//! What tuning found, as a document: the finding first, then today against the chosen settings, finalists, sensitivity.

use super::super::charts::Chart;
use super::super::document::{Block, Document, Role, Section};
use super::super::facts::Source;
use super::super::number::{NONE, grouped};
use super::super::table::{Cell, Column, Interval, Table};
use super::super::words::{Text, Tone};
use super::{LevelsReport, TuneReport, figure};
use crate::experiment::Results;
use crate::experiment::tune::Candidate;
use crate::measures::Metric;
use crate::stats::Estimate;

/// Columns of a figure and of its half-width in a terminal.
const FIGURE: usize = 12;
const HALF_WIDTH: usize = 8;

/// What is guaranteed of levels product by product.
pub(super) const NO_GUARANTEE: &str = "No guarantee of being the best combination: products are taken for separable while levels are \
chosen (marginal analysis), and what was chosen is then simulated as a whole, on fresh random numbers, where its figures come from.";

/// The document without charts.
pub fn tune_document(report: &TuneReport<'_>) -> Document {
    with_chart(report, None, &[])
}

pub(super) fn with_chart(report: &TuneReport<'_>, chart: Option<Chart>, sources: &[Source]) -> Document {
    let mut document = Document::new(format!("Tuning of {}", report.scenario), report.scenario);
    document.open(Block::of(Role::Extent, format!("Tuning of {}", report.scenario)).in_text());
    document.open(Block::of(Role::Finding, finding(report)));
    document.open(Block::of(Role::Extent, extent(report)));
    document.push(Section::new("settings", "Settings and figures").with(today_and_chosen(report)));
    if let Some(chart) = chart {
        let figure = chart.figure("cost_against_service".to_string());
        document
            .push(Section::on_page("tradeoff", "What each point of service costs").with(Block::figures(vec![figure])));
    }
    if report.outcome.finalists.len() > 1 || report.outcome.chosen.is_none() {
        document.push(Section::new("finalists", finalists_title(report)).with(finalists(report)));
    }
    if !report.outcome.sensitivity.is_empty() {
        document.push(Section::new("sensitivity", "One setting moved").with(sensitivity(report)));
    }
    let mut reading = Section::new("reading", "What is guaranteed");
    reading.push(Block::paragraph(guarantee(report)));
    let estimates = report.seed.wrapping_add(2);
    let own = Text::default().plain(format!(
        "Search, choice and estimates have random numbers of their own (seeds {}, {} and {estimates}): the figures above come \
         from replications that had no part in choosing",
        report.seed,
        report.seed.wrapping_add(1),
    ));
    // Where nothing was chosen, there is no tuned scenario.
    reading.push(Block::paragraph(match report.outcome.chosen {
        None => own.plain("."),
        Some(_) => own
            .plain(", and ")
            .code(format!("backorder run tuned.toml --seed {estimates} --replications {}", report.replications))
            .plain(" gives them again."),
    }));
    document.push(reading);
    push_sources(&mut document, sources);
    document
}

fn push_sources(document: &mut Document, sources: &[Source]) {
    if !sources.is_empty() {
        let mut table = Table::new("File", [Column::words("file"), Column::words("SHA-256")])
            .captioned("What was read, by SHA-256");
        for source in sources {
            table.row([
                Cell::words(Text::default().code(&source.name)),
                Cell::words(Text::default().code(&source.sha256)),
            ]);
        }
        document.push(Section::on_page("inputs", "Inputs").with(Block::from(table).on_page()));
    }
    document.push(Section::on_page("saved", "Data").with(Block::files()));
}

fn words(metric: Metric) -> String {
    metric.name().replace('_', " ")
}

/// The first sentence: the saving with its interval, or why there is none.
fn finding(report: &TuneReport<'_>) -> String {
    let outcome = report.outcome;
    let must = report.conditions.iter().map(|(text, _)| *text).collect::<Vec<_>>().join(" and ");
    let Some(chosen) = &outcome.chosen else {
        let nearest = outcome.finalists.first().map_or(String::new(), |nearest| {
            let missed: Vec<String> = report
                .conditions
                .iter()
                .zip(&nearest.bounded)
                .map(|((_, metric), estimate)| format!("{} {}", words(*metric), figure(*metric, estimate.as_ref())))
                .collect();
            format!(" Nearest came {}: {}.", report.in_words(nearest), missed.join(", "))
        });
        let undecided = outcome.tuned.selection.undecided.len();
        let why = if undecided > 0 {
            format!("Of {undecided} finalists the budget did not show whether they meet {must}; no other does.")
        } else {
            format!("Nothing that was looked at meets {must}.")
        };
        return why + &nearest;
    };
    let settings = report.in_words(chosen);
    let (now, then) = (
        figure(report.objective, outcome.today.objective.as_ref()),
        figure(report.objective, chosen.objective.as_ref()),
    );
    let measure = words(report.objective);
    let mut text = match &outcome.today.better_than_chosen {
        None => format!("{settings}: {measure} {then}."),
        Some(difference) if !report.is_told_apart() => {
            let by = figure(report.objective, Some(difference));
            format!(
                "Today's settings cannot be told from the best found ({settings}): {measure} {now} against {then}, a difference of {by}."
            )
        }
        Some(difference) => {
            let saved = Estimate { mean: -difference.mean, ..*difference };
            let by = figure(report.objective, Some(&saved));
            let verb = match (saved.mean > 0.0, report.maximise) {
                (true, false) => "saves",
                (true, true) => "gains",
                (false, _) if outcome.today.meets => "is worse than today's by",
                (false, _) => "costs more than today's, which does not meet what must hold:",
            };
            if saved.mean > 0.0 {
                let percent =
                    outcome.today.objective.as_ref().filter(|it| it.mean != 0.0).map_or(String::new(), |today| {
                        format!(" ({} %)", grouped(100.0 * saved.mean / today.mean.abs(), 1))
                    });
                format!("{settings} {verb} {by}{percent} in {measure}: {then} instead of {now}.")
            } else {
                format!("{settings} {verb} {by} in {measure}: {then} against {now}.")
            }
        }
    };
    if !report.conditions.is_empty() {
        let met: Vec<String> = report
            .conditions
            .iter()
            .zip(&chosen.bounded)
            .map(|((text, metric), estimate)| format!("{text}: measured {}", figure(*metric, estimate.as_ref())))
            .collect();
        text += &format!(" {}.", met.join("; "));
    }
    let edges: Vec<&str> = report
        .axes
        .iter()
        .zip(&chosen.point)
        .filter(|((_, values), level)| {
            values.len() > 2
                && values[0].parse::<f64>().is_ok()
                && (**level == 0 || **level as usize == values.len() - 1)
        })
        .map(|((key, _), _)| *key)
        .collect();
    if !edges.is_empty() {
        text += &format!(" At the edge of its range: {}; a wider range may hold a better value.", edges.join(", "));
    }
    let idle: Vec<&str> = outcome.idle.iter().map(|&index| report.axes[index].0).collect();
    if !idle.is_empty() {
        text += &format!(" {} changes nothing here.", idle.join(", "));
    }
    text
}

/// How much was run.
fn extent(report: &TuneReport<'_>) -> String {
    let outcome = report.outcome;
    format!(
        "{} alternatives looked at in {} replications, {} finalists in {} more, estimates of {} replications each",
        grouped(outcome.tuned.looked_at as f64, 0),
        grouped(outcome.tuned.searched as f64, 0),
        grouped(outcome.tuned.finalists.len() as f64, 0),
        grouped(outcome.tuned.selection.spent as f64, 0),
        report.replications
    )
}

/// What is guaranteed, in words.
pub(super) fn guarantee(report: &TuneReport<'_>) -> String {
    let (selection, guarantee) = (&report.outcome.tuned.selection, report.plan.guarantee);
    let among = report.outcome.tuned.finalists.len();
    let sure = grouped(100.0 * (1.0 - guarantee.alpha), 1);
    let measure = words(report.objective);
    let rest = "Nothing is guaranteed of settings that were not looked at.";
    if selection.chosen.is_none() {
        return format!("No setting was chosen, so nothing is guaranteed. {rest}");
    }
    if selection.cut_short {
        return format!(
            "The budget ended before the choice could be guaranteed: of {among} finalists {} were left that are not told apart, and the one with the best mean was taken. {rest}",
            selection.left.len()
        );
    }
    format!(
        "With {sure} % confidence the chosen settings are within {} of the best {measure} among the {among} finalists that meet what \
         must hold (Kim and Nelson's procedure under common random numbers, on replications of its own). {rest}",
        guarantee.delta
    )
}

/// Today's settings beside the chosen ones.
fn today_and_chosen(report: &TuneReport<'_>) -> Block {
    let outcome = report.outcome;
    let columns = [
        Column::words("setting or measure"),
        Column::number("today").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
        Column::number("chosen").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
    ];
    let mut table = Table::new("Setting or measure", columns).captioned("Today's settings and the chosen ones");
    let chosen = outcome.chosen.as_ref();
    for (index, (key, values)) in report.axes.iter().enumerate() {
        let then = chosen.map(|it| values[it.point[index] as usize]);
        let cell = |value: Option<&str>| Cell::number(value.unwrap_or(NONE), value.and_then(|it| it.parse().ok()));
        table.row([Cell::words(*key), cell(report.today[index].as_deref()), cell(then)]);
    }
    let unit = |metric: Metric| metric.definition().unit;
    let row = |table: &mut Table, metric: Metric, of: &dyn Fn(&Candidate) -> Option<Estimate>| {
        let cell = |candidate: Option<&Candidate>| Cell::figure(unit(metric), candidate.and_then(of).as_ref());
        table.row([Cell::words(words(metric)), cell(Some(&outcome.today)), cell(chosen)]);
    };
    row(&mut table, report.objective, &|it| it.objective);
    for (index, (_, metric)) in report.conditions.iter().enumerate() {
        row(&mut table, *metric, &|it| it.bounded[index]);
    }
    if report.service != report.objective && report.conditions.iter().all(|(_, metric)| *metric != report.service) {
        row(&mut table, report.service, &|it| it.watched.first().copied().flatten());
    }
    Block::from(table)
}

fn finalists_title(report: &TuneReport<'_>) -> &'static str {
    if report.outcome.chosen.is_some() { "Finalists not told apart" } else { "What came nearest" }
}

fn finalists(report: &TuneReport<'_>) -> Block {
    let mut table = Table::new(
        "Settings",
        [
            Column::words("settings").wide(34),
            Column::number(words(report.objective)).with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
            Column::words("meets"),
        ],
    )
    .captioned(finalists_title(report));
    for candidate in &report.outcome.finalists {
        let values: Vec<&str> = report.settings(candidate).into_iter().map(|(_, value)| value).collect();
        let (verdict, tone) = if candidate.meets { ("yes", Tone::Good) } else { ("no", Tone::Bad) };
        table.row([
            Cell::words(values.join(", ")),
            Cell::figure(report.objective.definition().unit, candidate.objective.as_ref()),
            Cell::verdict(verdict, Some(tone)),
        ]);
    }
    Block::from(table)
}

fn sensitivity(report: &TuneReport<'_>) -> Block {
    let mut table = Table::new(
        "Setting",
        [
            Column::words("setting").wide(40),
            Column::number("change").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
            Column::words("meets"),
        ],
    )
    .captioned("The chosen settings with one of them moved a level");
    for it in &report.outcome.sensitivity {
        let (key, values) = &report.axes[it.variable];
        let change = it
            .candidate
            .better_than_chosen
            .map(|better| Estimate { mean: if report.maximise { better.mean } else { -better.mean }, ..better });
        let (verdict, tone) = if it.candidate.meets { ("yes", Tone::Good) } else { ("no", Tone::Bad) };
        table.row([
            Cell::words(format!("{key}={}", values[it.level as usize])),
            Cell::difference(report.objective.definition().unit, change.as_ref()),
            Cell::verdict(verdict, Some(tone)),
        ]);
    }
    Block::from(table)
}

/// The document of levels proposed product by product.
pub fn levels_document(report: &LevelsReport<'_>, sources: &[Source]) -> Document {
    let LevelsReport { scenario, objective, tuned, today, proposed, changed, .. } = *report;
    let (conditions, saving) = (&report.conditions, report.saving.as_ref());
    let mut document = Document::new(format!("Levels for {scenario}"), scenario);
    let (now, then) = (figure(objective, today.estimate(objective)), figure(objective, proposed.estimate(objective)));
    let measure = words(objective);
    let is_certain = saving.and_then(Estimate::interval).is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    let mut sentence = match saving {
        Some(saving) if is_certain && saving.mean > 0.0 => format!(
            "Other levels for {} of {} pairs of warehouse and product save {} in {measure}: {then} instead of {now}.",
            grouped(changed as f64, 0),
            grouped(tuned.today.len() as f64, 0),
            figure(objective, Some(saving))
        ),
        Some(saving) if is_certain => format!(
            "What must hold costs {} more in {measure}: {then} instead of {now}, with other levels for {} of {} pairs.",
            figure(objective, Some(&Estimate { mean: -saving.mean, ..*saving })),
            grouped(changed as f64, 0),
            grouped(tuned.today.len() as f64, 0)
        ),
        _ => format!("Today's levels cannot be told from the best found: {measure} {now} against {then}."),
    };
    for (text, metric) in conditions {
        sentence += &format!(" {text}: measured {}.", figure(*metric, proposed.estimate(*metric)));
    }
    if !tuned.holds && !conditions.is_empty() {
        sentence += " No combination that was tried meets it with its interval; this one comes nearest.";
    }
    document.open(Block::of(Role::Finding, sentence));
    let columns = [
        Column::words("measure"),
        Column::number("today").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
        Column::number("proposed").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
    ];
    let mut table = Table::new("Measure", columns).captioned("Today's levels and the proposed ones");
    let mut metrics = vec![objective];
    let more = [Metric::UnitFillRate, Metric::OrderFillRate, Metric::OnHandMeanCost];
    for metric in conditions.iter().map(|(_, metric)| *metric).chain(more) {
        if !metrics.contains(&metric) {
            metrics.push(metric);
        }
    }
    for metric in metrics {
        let unit = metric.definition().unit;
        table.row([
            Cell::words(words(metric)),
            Cell::figure(unit, today.estimate(metric)),
            Cell::figure(unit, proposed.estimate(metric)),
        ]);
    }
    document.push(Section::new("figures", "Figures, on fresh seeds").with(Block::from(table)));
    let mut path = Table::new(
        "Price",
        [
            Column::number("worth of a unit filled").wide(FIGURE),
            Column::number(measure.clone()).with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
            Column::number("units filled").with_interval(Interval::Beside, HALF_WIDTH).wide(FIGURE),
        ],
    )
    .captioned("What each price of a further unit filled would choose");
    let mut tried: Vec<&(f64, Results)> = tuned.path.iter().collect();
    tried.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (price, results) in tried {
        path.row([
            Cell::number(grouped(*price, 2), Some(*price)),
            Cell::figure(objective.definition().unit, results.estimate(objective)),
            Cell::figure(Metric::UnitFillRate.definition().unit, results.estimate(Metric::UnitFillRate)),
        ]);
    }
    document.push(Section::new("tradeoff", "What each point of service costs").with(Block::from(path)));
    document.push(Section::new("reading", "What is guaranteed").with(Block::paragraph(NO_GUARANTEE)));
    push_sources(&mut document, sources);
    document
}
