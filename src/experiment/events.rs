//! What came of the scenario's events: service before, during and after each, and how long it took until the backlog was again what it
//! had been.
//!
//! All of it is read off the daily series. A day of which the event has a part is one of its days. *Before* are as many days as it has,
//! right before its first, and *after* as many right after its last, as far as they are measured; other events may lie in them. The
//! backlog *before* is the mean of what those days ended with. From the end of the event, the time to recover runs to the end of the
//! first day, the last of the event included, that ends with no more units waiting than that; it is 0 if that last day does. What has
//! not recovered by the end of the measured time has no such time, and counts in the share that has.

use crate::domain::{DAY, Model, SimTime, When};
use crate::engine::{Happening, happenings};
use crate::observe::DayRow;
use crate::stats::{CONFIDENCE, Estimate, Pair, ratio_of_means};

/// The figures of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFigure {
    /// How often it came within the measured time.
    Times,
    /// Lines supplied whole at once, of those asked for before.
    FilledBefore,
    /// The same, while it was on.
    FilledDuring,
    /// The same, after it.
    FilledAfter,
    /// Units that wait at the end of a day, before.
    BacklogBefore,
    /// Units that wait at the end of the worst day from its first one until recovery.
    BacklogPeak,
    /// Days from its end until the backlog is again what it was.
    RecoveryDays,
    /// The share of those that ended whose backlog was again what it had been within the measured time.
    Recovered,
}

impl EventFigure {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Times,
        Self::FilledBefore,
        Self::FilledDuring,
        Self::FilledAfter,
        Self::BacklogBefore,
        Self::BacklogPeak,
        Self::RecoveryDays,
        Self::Recovered,
    ];
}

/// What came of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventResult {
    /// What it is called.
    pub name: String,
    /// What it changes, in a word or two.
    pub kind: &'static str,
    /// The stretches in which it is on within the run, in days, where they are planned: its first moment, and the first after it,
    /// or none.
    pub on: Vec<(f64, Option<f64>)>,
    /// Its figures, in the order of [`EventFigure::ALL`]; `None` where there was no occasion.
    pub figures: Vec<Option<Estimate>>,
}

impl EventResult {
    /// A figure.
    pub fn figure(&self, figure: EventFigure) -> Option<&Estimate> {
        self.figures[figure as usize].as_ref()
    }
}

/// What each replication says of each event, in the making.
pub(super) struct EventFold {
    /// By event, by figure, by replication.
    pairs: Vec<Vec<Vec<Pair>>>,
    replications: u32,
    /// Units that wait when a run begins.
    open: f64,
}

impl EventFold {
    pub fn new(model: &Model) -> Self {
        let open = model.script.open_orders.iter().flat_map(|order| &order.lines);
        Self {
            pairs: vec![vec![Vec::new(); EventFigure::ALL.len()]; model.events.len()],
            replications: 0,
            open: open.map(|line| f64::from(line.units)).sum(),
        }
    }

    /// Adds the next replication, in the order of their numbers.
    pub fn push(&mut self, model: &Model, daily: &[DayRow]) {
        let replication = self.replications;
        self.replications += 1;
        if model.events.is_empty() {
            return;
        }
        let series = Series { daily, start: model.run.warm_up.span().0, end: measured_end(model), open: self.open };
        let mut sums = vec![[Pair::NOTHING; EventFigure::ALL.len()]; model.events.len()];
        for sum in &mut sums {
            sum[EventFigure::Times as usize].denominator = 1.0;
        }
        for happening in happenings(model, replication) {
            series.add(happening, &mut sums[happening.event as usize]);
        }
        for (of_event, sums) in self.pairs.iter_mut().zip(sums) {
            of_event.iter_mut().zip(sums).for_each(|(pairs, sum)| pairs.push(sum));
        }
    }

    /// The results.
    pub fn finish(self, model: &Model) -> Vec<EventResult> {
        let on = |row: usize| -> Vec<(f64, Option<f64>)> {
            if matches!(model.events[row].when, When::Random { .. }) {
                return Vec::new();
            }
            let of_event = happenings(model, 0).into_iter().filter(|happening| happening.event as usize == row);
            of_event
                .map(|happening| (happening.from.days(), (happening.to != SimTime::NEVER).then(|| happening.to.days())))
                .collect()
        };
        let of = |(row, pairs): (usize, Vec<Vec<Pair>>)| EventResult {
            name: model.events[row].name.clone(),
            kind: model.events[row].effect.kind(),
            on: on(row),
            figures: pairs.iter().map(|pairs| ratio_of_means(pairs, CONFIDENCE)).collect(),
        };
        self.pairs.into_iter().enumerate().map(of).collect()
    }
}

fn measured_end(model: &Model) -> i64 {
    model.run.warm_up.span().0 + model.run.horizon.0
}

/// The days of a replication.
struct Series<'a> {
    daily: &'a [DayRow],
    /// The first second that is measured, and the first that is not any more.
    start: i64,
    end: i64,
    /// Units that wait when the run begins.
    open: f64,
}

impl Series<'_> {
    /// Adds what came of an event that was on once.
    fn add(&self, happening: Happening, sums: &mut [Pair; EventFigure::ALL.len()]) {
        let (from, to) = (happening.from.0, happening.to.0.min(self.end));
        if from >= self.end || to <= self.start {
            return;
        }
        let mut add = |figure: EventFigure, numerator: f64, denominator: f64| {
            let sum = &mut sums[figure as usize];
            sum.numerator += numerator;
            sum.denominator += denominator;
        };
        add(EventFigure::Times, 1.0, 0.0);
        let first_measured = (self.start + DAY - 1) / DAY;
        let (first, last) = (from / DAY, (to - 1) / DAY);
        let length = last - first + 1;
        let days = |from: i64, until: i64| {
            let until = until.min(self.daily.len() as i64);
            &self.daily[from.max(first_measured).min(until) as usize..until as usize]
        };
        let (before, during, after) = (
            days(first - length, first),
            days(first, last + 1),
            if happening.to.0 < self.end { days(last + 1, last + 1 + length) } else { &[] },
        );
        for (figure, days) in [
            (EventFigure::FilledBefore, before),
            (EventFigure::FilledDuring, during),
            (EventFigure::FilledAfter, after),
        ] {
            let sum = |of: fn(&DayRow) -> i64| days.iter().map(of).sum::<i64>() as f64;
            add(figure, sum(|day| day.lines_filled), sum(|day| day.lines));
        }
        let level = match before {
            [] if first == 0 => self.open,
            // Nothing before it is measured: what the day before ended with.
            [] => self.daily[first as usize - 1].backorders as f64,
            days => days.iter().map(|day| day.backorders as f64).sum::<f64>() / days.len() as f64,
        };
        add(EventFigure::BacklogBefore, level, 1.0);
        let is_over = happening.to.0 < self.end;
        let since_the_end = &self.daily[last as usize..];
        let recovered = since_the_end.iter().position(|day| day.backorders as f64 <= level).filter(|_| is_over);
        let until = recovered.map_or(self.daily.len(), |days| last as usize + days + 1);
        let worst = self.daily[first as usize..until].iter().map(|day| day.backorders).max().unwrap_or(0);
        add(EventFigure::BacklogPeak, worst as f64, 1.0);
        if is_over {
            add(EventFigure::Recovered, f64::from(u8::from(recovered.is_some())), 1.0);
        }
        if let Some(days) = recovered {
            let recovered_at = ((last + days as i64 + 1) * DAY).min(self.end);
            let took = if days == 0 { 0.0 } else { (recovered_at - to) as f64 / DAY as f64 };
            add(EventFigure::RecoveryDays, took, 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days that end with so many units waiting, each with ten lines of which `10 − waiting` are filled.
    fn days(waiting: &[i64]) -> Vec<DayRow> {
        let day =
            |&backorders: &i64| DayRow { backorders, lines: 10, lines_filled: 10 - backorders, ..DayRow::default() };
        waiting.iter().map(day).collect()
    }

    fn of(waiting: &[i64], from: i64, to: i64) -> [Pair; 8] {
        let daily = days(waiting);
        let series = Series { daily: &daily, start: 0, end: daily.len() as i64 * DAY, open: 0.0 };
        let mut sums = [Pair::NOTHING; 8];
        series.add(Happening { event: 0, from: SimTime(from), to: SimTime(to) }, &mut sums);
        sums
    }

    fn at(sums: &[Pair; 8], figure: EventFigure) -> (f64, f64) {
        (sums[figure as usize].numerator, sums[figure as usize].denominator)
    }

    #[test]
    fn an_event_by_hand() {
        // From day 2 to day 4: days 2 and 3. Before them 1 and 1 wait; the backlog is 1 again at the end of day 7, four days on.
        let sums = of(&[1, 1, 3, 6, 5, 4, 2, 1, 0, 0], 2 * DAY, 4 * DAY);
        assert_eq!(at(&sums, EventFigure::FilledBefore), (18.0, 20.0));
        assert_eq!(at(&sums, EventFigure::FilledDuring), (11.0, 20.0));
        assert_eq!(at(&sums, EventFigure::FilledAfter), (11.0, 20.0));
        assert_eq!(at(&sums, EventFigure::BacklogBefore), (1.0, 1.0));
        assert_eq!(at(&sums, EventFigure::BacklogPeak), (6.0, 1.0));
        assert_eq!(at(&sums, EventFigure::RecoveryDays), (4.0, 1.0));
        assert_eq!(at(&sums, EventFigure::Recovered), (1.0, 1.0));
    }

    #[test]
    fn one_that_does_no_harm_has_recovered_when_it_ends_and_one_that_goes_on_never() {
        let harmless = of(&[2, 1, 1, 1, 4], 2 * DAY, 4 * DAY - 3_600);
        assert_eq!(at(&harmless, EventFigure::RecoveryDays), (0.0, 1.0));
        assert_eq!(at(&harmless, EventFigure::BacklogPeak), (1.0, 1.0));
        let endless = of(&[0, 0, 3, 4, 5], 2 * DAY, i64::MAX);
        assert_eq!(at(&endless, EventFigure::Recovered), (0.0, 0.0));
        assert_eq!(at(&endless, EventFigure::FilledDuring), (18.0, 30.0));
        let unrecovered = of(&[0, 0, 3, 4, 5], 2 * DAY, 3 * DAY);
        assert_eq!(at(&unrecovered, EventFigure::Recovered), (0.0, 1.0));
        assert_eq!(at(&unrecovered, EventFigure::RecoveryDays), (0.0, 0.0));
    }

    #[test]
    fn one_at_the_very_start_is_measured_against_what_was_open() {
        let daily = days(&[5, 6, 4, 3]);
        let series = Series { daily: &daily, start: 0, end: 4 * DAY, open: 4.0 };
        let mut sums = [Pair::NOTHING; 8];
        series.add(Happening { event: 0, from: SimTime(0), to: SimTime(DAY) }, &mut sums);
        assert_eq!(at(&sums, EventFigure::BacklogBefore), (4.0, 1.0));
        assert_eq!(at(&sums, EventFigure::RecoveryDays), (2.0, 1.0));
        // Before the start of the measured time nothing counts.
        let mut sums = [Pair::NOTHING; 8];
        Series { start: 2 * DAY, ..series }.add(Happening { event: 0, from: SimTime(0), to: SimTime(DAY) }, &mut sums);
        assert_eq!(at(&sums, EventFigure::Times), (0.0, 0.0));
    }
}
