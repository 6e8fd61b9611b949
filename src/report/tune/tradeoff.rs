//! Cost against service: everything that a tuning looked at, and today's settings among it, as a chart.

use super::super::charts::{Chart, Mark, Spot, Trade, front as front_chart};
use super::super::prose::capital;
use super::super::summary::Reading;
use super::kept::TuneSummary;
use super::levels_kept::LevelsSummary;
use super::prose::{figure, price, said, words};
use crate::measures::{Better, Metric, Unit};

/// The heading above it.
pub(super) const TITLE: &str = "What each point of service costs";
/// Its file, without folder and ending.
pub(super) const NAME: &str = "cost_against_service";

/// Something that was looked at.
struct Seen {
    objective: Reading,
    service: Reading,
    /// A short name.
    name: String,
    /// What it is, in words.
    about: String,
    mark: Option<Mark>,
}

/// What is traded.
struct Traded {
    cost: Metric,
    service: Metric,
    /// Whether more of the first is better.
    maximises: bool,
}

impl Traded {
    /// The chart of what was looked at; those that none beats in both are joined.
    fn chart(&self, seen: Vec<Seen>, caption: String) -> Option<Chart> {
        let scale = |metric: Metric| if metric.definition().unit == Unit::Share { 100.0 } else { 1.0 };
        let (of_cost, of_service) = (scale(self.cost), scale(self.service));
        let at = |it: &Seen| Some((it.objective.mean? * of_cost, it.service.mean? * of_service));
        let seen: Vec<(Seen, (f64, f64))> =
            seen.into_iter().filter_map(|it| at(&it).map(|place| (it, place))).collect();
        let better = |a: (f64, f64), b: (f64, f64)| {
            let cheaper = if self.maximises { b.0 >= a.0 } else { b.0 <= a.0 };
            cheaper && b.1 >= a.1 && a != b
        };
        let mut front: Vec<usize> =
            (0..seen.len()).filter(|&a| !seen.iter().any(|(_, place)| better(seen[a].1, *place))).collect();
        front.sort_by(|&a, &b| seen[a].1.0.total_cmp(&seen[b].1.0));
        let spot = |(index, (it, (cost, service))): (usize, &(Seen, (f64, f64)))| Spot {
            cost: *cost,
            cost_half_width: it.objective.half_width.map(|half| half * of_cost),
            service: *service,
            service_half_width: it.service.half_width.map(|half| half * of_service),
            name: it.name.clone(),
            said: format!(
                "{}: {} {}, {} {}",
                it.about,
                words(self.cost),
                figure(self.cost, it.objective),
                words(self.service),
                figure(self.service, it.service)
            ),
            on_front: front.iter().position(|&at| at == index),
            mark: it.mark,
        };
        let spots: Vec<Spot> = seen.iter().enumerate().map(spot).collect();
        let trade = Trade {
            cost: words(self.cost),
            service: words(self.service),
            is_percent: self.service.definition().unit == Unit::Share,
            is_more_better: self.service.definition().better != Better::Lower,
        };
        let title = format!("{} against {}", capital(&trade.service), trade.cost);
        front_chart("tradeoff", &title, caption, "looked_at.csv", &trade, &spots)
    }
}

/// Of settings: every alternative of the search.
pub(super) fn of_settings(tuning: &TuneSummary) -> Option<Chart> {
    let alone = |mean| Reading { mean, half_width: None };
    let axes = tuning.axes();
    let looked_at = tuning.alternatives.iter().map(|it| Seen {
        objective: alone(it.objective),
        service: alone(it.service),
        name: it.settings.values(),
        about: said(&axes, &it.settings),
        mark: (tuning.chosen.as_ref() == Some(&it.settings)).then_some(Mark::Chosen),
    });
    let today = Seen {
        objective: tuning.today.objective,
        service: tuning.today.service,
        name: "today".into(),
        about: "today".into(),
        mark: Some(Mark::Today),
    };
    let traded =
        Traded { cost: tuning.objective_measure, service: tuning.service_measure, maximises: tuning.maximises() };
    let chosen = if tuning.feasible { ", the chosen one green" } else { "" };
    let caption = format!(
        "Each dot is an alternative that the search looked at{chosen}, today's settings orange; those on the line have none beside \
         them that is better in both. Figures of the search, on few replications (today's on fresh ones): the tables have \
         the estimates."
    );
    traded.chart(looked_at.chain([today]).collect(), caption)
}

/// Of levels: the combination of each price, and all levels moved together.
pub(super) fn of_levels(tuning: &LevelsSummary) -> Option<Chart> {
    let by_price = tuning.path.iter().map(|it| {
        let price = price(it.price_per_unit_filled);
        let is_proposed = tuning.price_per_unit_filled == Some(it.price_per_unit_filled);
        Seen {
            objective: it.objective,
            service: it.service,
            name: if is_proposed { "proposed".into() } else { price.clone() },
            about: format!("a further unit filled worth {price}"),
            mark: is_proposed.then_some(Mark::Chosen),
        }
    });
    let is_proposed = |steps: i32| tuning.all_levels_by_steps == Some(steps);
    let together = tuning.ladder.iter().map(|it| Seen {
        objective: it.objective,
        service: it.service,
        name: match it.steps {
            0 => "today".into(),
            steps if is_proposed(steps) => "proposed".into(),
            steps => format!("{steps:+}"),
        },
        about: match it.steps {
            0 => "today".into(),
            1 | -1 => format!("all levels {:+} step", it.steps),
            _ => format!("all levels {:+} steps", it.steps),
        },
        mark: match it.steps {
            0 => Some(Mark::Today),
            steps => is_proposed(steps).then_some(Mark::Chosen),
        },
    });
    let traded = Traded { cost: tuning.objective_measure, service: tuning.service_measure, maximises: false };
    let caption = "The combinations that were simulated, each by the worth of a further unit filled at which every product took \
                   its best levels, and all levels moved together by some steps (+1, −2, …), today's orange, the proposed one green. \
                   Those on the line have none beside them that is better in both. Figures of the search, on few \
                   replications: the table above has the estimates.";
    traded.chart(by_price.chain(together).collect(), caption.into())
}
