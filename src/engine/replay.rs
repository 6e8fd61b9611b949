//! When the orders of a trace come: as they stand, or drawn again.

use crate::domain::{DAY, Model, Resample, SimTime, Span, TraceDemand};
use crate::random::{Family, Purpose};

/// A replayed order: when it comes, its row in the trace, and which draw it is.
pub(super) type Replayed = (SimTime, u32, u32);

/// When each order of a model's trace comes, and its row, where they are the same in every replication: not drawn again.
pub fn replayed_orders(model: &Model) -> Vec<(SimTime, usize)> {
    replayed_alike(model).into_iter().map(|(at, row, _)| (at, row as usize)).collect()
}

/// The replayed orders that are the same in every replication, by time.
pub(super) fn replayed_alike(model: &Model) -> Vec<Replayed> {
    let trace = model.trace.as_ref().filter(|trace| trace.resample == Resample::None);
    trace.map(|trace| replay(trace, model.run.seed, 0)).unwrap_or_default()
}

/// The replayed orders of a replication by time: as they stand, or drawn again with replacement, each order with its date or each
/// day with all its orders.
pub(super) fn replay(trace: &TraceDemand, seed: u64, replication: u32) -> Vec<Replayed> {
    // Without resampling every replication replays the same demand, to the second.
    let hours_of = if trace.resample == Resample::None { 0 } else { replication };
    let hours = Family::new(seed, hours_of, Purpose::TraceHour);
    let draws = Family::new(seed, replication, Purpose::TraceResample);
    let at = |day: i64, row: u32, draw: u32| {
        let mut at = Span::from_days(day) + Span(trace.orders[row as usize].at.0 % DAY);
        if trace.spread_over_day {
            at = at + Span(hours.of(draw.into()).below(DAY as u64) as i64);
        }
        SimTime::ZERO + at
    };
    let day_of = |row: u32| trace.orders[row as usize].at.0 / DAY;
    let rows = 0..trace.orders.len() as u32;
    let mut replayed: Vec<Replayed> = match trace.resample {
        Resample::None => rows.map(|row| (at(day_of(row), row, row), row, row)).collect(),
        Resample::Orders => rows
            .map(|draw| {
                let row = draws.of(draw.into()).below(trace.orders.len() as u64) as u32;
                (at(day_of(row), row, draw), row, draw)
            })
            .collect(),
        Resample::Days => {
            let mut by_day = vec![Vec::new(); (trace.length().0 / DAY) as usize];
            rows.for_each(|row| by_day[day_of(row) as usize].push(row));
            let drawn = (0..by_day.len()).flat_map(|day| {
                let like = draws.of(day as u64).below(by_day.len() as u64) as usize;
                by_day[like].iter().map(move |&row| (day as i64, row))
            });
            drawn.zip(0..).map(|((day, row), draw)| (at(day, row, draw), row, draw)).collect()
        }
    };
    replayed.sort_by_key(|&(at, _, draw)| (at, draw));
    replayed
}
