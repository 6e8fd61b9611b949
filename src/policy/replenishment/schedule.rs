//! Levels that change while a replication runs: those that follow the season, and those that the scenario gives from some moment on.
//!
//! Levels that follow the season are planned anew at second 0 and every `plan_every` after it. What is planned then has to do until
//! what is ordered just before the next plan has come, so the forecast is that of the stretch from the plan to the next one, a planned
//! lead time and a review period more: its mean rate stands for the season, and safety stock is sized for it (a rolling horizon;
//! Silver, Pyke and Thomas (2017), *Inventory and Production Management in Supply Chains*, 4th edition, §7.7).

use std::collections::BTreeMap;

use super::PairLevels;
use super::forecast::{Forecast, SeasonalForecasts, planned_forecasts};
use super::levels::{levels_at, resolve};
use crate::domain::{Follow, Model, ProductId, Replenishment, Review, SimTime, Span};
use crate::policy::assortment::Assortment;

/// The levels of every pair over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Those of second 0, by [position](Model::pair); [`PairLevels::NONE`] for pairs that nobody buys for.
    pub first: Vec<PairLevels>,
    /// Later ones, in the order of time.
    pub changes: Vec<LevelChange>,
}

/// Levels that are others from a moment on.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelChange {
    /// When.
    pub at: SimTime,
    /// The pairs, by position, and their levels from then on.
    pub pairs: Vec<(u32, PairLevels)>,
}

impl Schedule {
    /// How many pairs have other levels in another schedule of the same pairs, at some time.
    pub fn differing(&self, other: &Self) -> usize {
        let mut differ: Vec<bool> = self.first.iter().zip(&other.first).map(|(own, other)| own != other).collect();
        let of = |schedule: &Self| -> BTreeMap<(SimTime, u32), PairLevels> {
            let all = schedule.changes.iter();
            all.flat_map(|change| change.pairs.iter().map(|&(pair, levels)| ((change.at, pair), levels))).collect()
        };
        let (own, others) = (of(self), of(other));
        for (at @ (_, pair), levels) in own.iter().chain(&others) {
            if own.get(at) != Some(levels) || others.get(at) != Some(levels) {
                differ[*pair as usize] = true;
            }
        }
        differ.into_iter().filter(|&differs| differs).count()
    }
}

/// The levels of a model over the time of a replication.
pub fn schedule(model: &Model, assortment: &Assortment) -> Schedule {
    let none = || vec![PairLevels::NONE; model.products.len() * model.warehouses.len()];
    let Some(replenishment) = &model.replenishment else { return Schedule { first: none(), changes: Vec::new() } };
    let mut forecasts = Forecasts::new(model, replenishment, assortment);
    let mut moments = moments(model, replenishment).into_iter();
    let start = moments.next().unwrap_or(SimTime::ZERO);
    let first = levels_at(model, assortment, forecasts.at(start), start);
    let mut now = first.clone();
    let mut changes = Vec::new();
    for at in moments {
        let then = levels_at(model, assortment, forecasts.at(at), at);
        let differs = |pair: &usize| now[*pair] != then[*pair];
        let pairs: Vec<(u32, PairLevels)> =
            (0..then.len()).filter(differs).map(|pair| (pair as u32, then[pair])).collect();
        if !pairs.is_empty() {
            changes.push(LevelChange { at, pairs });
        }
        now = then;
    }
    Schedule { first, changes }
}

/// The moments in which levels may become others, second 0 first.
pub(super) fn moments(model: &Model, replenishment: &Replenishment) -> Vec<SimTime> {
    let mut all = vec![SimTime::ZERO];
    if let Some(kept) = &replenishment.kept {
        all.extend(kept.pairs.iter().map(|pair| pair.from));
    } else {
        all.extend(replenishment.later.iter().map(|row| row.from));
        if follows_season(model, replenishment) {
            all.extend(plans(model, replenishment.plan_every));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The moments in which levels that follow the season are planned.
fn plans(model: &Model, every: Span) -> impl Iterator<Item = SimTime> {
    let end = model.run.end();
    std::iter::successors(Some(SimTime::ZERO), move |&at| Some(at + every)).take_while(move |&at| at < end)
}

/// How often levels are planned in a replication.
pub fn number_of_plans(model: &Model) -> u64 {
    match &model.replenishment {
        Some(replenishment) if follows_season(model, replenishment) => {
            (model.run.end().0 / replenishment.plan_every.0.max(1)) as u64 + 1
        }
        _ => 1,
    }
}

/// Whether some levels follow a season that there is.
fn follows_season(model: &Model, replenishment: &Replenishment) -> bool {
    replenishment.follow == Follow::Season
        && replenishment.has_target()
        && model.demand.as_ref().is_some_and(|demand| demand.has_season())
}

/// What is expected of each pair, plan by plan.
pub(super) struct Forecasts<'a> {
    model: &'a Model,
    replenishment: &'a Replenishment,
    /// Of levels that follow the season, by what they are planned from.
    seasonal: Option<SeasonalForecasts>,
    /// Those in force; `None` of pairs that nobody is expected to ask for in any season.
    now: Vec<Option<Forecast>>,
    /// The plan that they belong to.
    planned: Option<SimTime>,
}

impl<'a> Forecasts<'a> {
    pub fn new(model: &'a Model, replenishment: &'a Replenishment, assortment: &Assortment) -> Self {
        let follows = replenishment.kept.is_none() && follows_season(model, replenishment);
        Self {
            model,
            replenishment,
            seasonal: follows.then(|| SeasonalForecasts::new(model, assortment)),
            now: if follows { Vec::new() } else { always(planned_forecasts(model, assortment)) },
            planned: None,
        }
    }

    /// What is expected in a plan that holds at a moment; `None` of pairs that nobody is expected to ask for in any season.
    pub fn at(&mut self, at: SimTime) -> &[Option<Forecast>] {
        let every = self.replenishment.plan_every;
        let plan = SimTime(at.0 - at.0 % every.0.max(1));
        if let Some(seasonal) = &self.seasonal
            && self.planned != Some(plan)
        {
            self.planned = Some(plan);
            let review = |product: ProductId| match self.model.review_of(product, self.replenishment.review) {
                Review::Continuous => Span::ZERO,
                Review::Every(period) => period,
            };
            let lead_time = |product: ProductId| {
                let vendor = self.model.vendor_of(product).map(|vendor| &self.model.vendors[vendor.index()]);
                vendor.map_or(Span::ZERO, |vendor| Span::from_seconds_f64(vendor.planned_lead_time().mean()))
            };
            let until = |product: ProductId| plan + every + lead_time(product) + review(product);
            self.now = seasonal.between(self.model, plan, until);
        }
        &self.now
    }
}

/// Forecasts that hold all the time.
fn always(forecasts: Vec<Forecast>) -> Vec<Option<Forecast>> {
    forecasts.into_iter().map(|forecast| Some(forecast).filter(|forecast| forecast.mean > 0.0)).collect()
}

/// Goes through the pairs that are carried, plan by plan, as [`resolve`] does of one.
pub(super) fn resolve_all(
    model: &Model,
    replenishment: &Replenishment,
    assortment: &Assortment,
    mut each: impl FnMut(SimTime, usize, Forecast, super::levels::Resolved),
) {
    let mut forecasts = Forecasts::new(model, replenishment, assortment);
    for at in moments(model, replenishment) {
        let expected = forecasts.at(at).to_vec();
        resolve(model, replenishment, assortment, &expected, at, |pair, resolved| {
            each(at, pair, expected[pair].unwrap_or_default(), resolved);
        });
    }
}
