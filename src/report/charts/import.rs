//! Charts of an import: demand over time and over the week, which products it is for, what an order is made of, lead times beside
//! what was fitted to them.

use super::canvas::{Anchor, Canvas, Ink, Point, SMALL, width_of};
use super::scale::Scale;
use super::{Chart, count, percent};
use crate::import::{Counts, Fit, Report};
use crate::report::number::grouped;

/// The file that the data of these charts stand in.
const SOURCE: &str = "import.json";
const HEIGHT: f64 = 250.0;
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A frame with two axes.
struct Frame {
    x: Scale,
    y: Scale,
    top: f64,
    bottom: f64,
}

impl Frame {
    /// Draws the axes; `unit` stands behind the labels of the height.
    fn new(canvas: &mut Canvas, (low, high): (f64, f64), most: f64, unit: &str, titles: (&str, &str)) -> Self {
        let (top, bottom) = (24.0, canvas.height - 40.0);
        let y = Scale::from_zero(0.0, most, (bottom, top), 4);
        let left = width_of(&format!("{}{unit}", y.longest_label()), SMALL) + 10.0;
        let right = canvas.width - 16.0;
        let x = Scale::exact(low, high, (left, right), if canvas.width < 400.0 { 4 } else { 7 });
        canvas.small((2.0, 9.0), titles.1, Ink::Muted, Anchor::Start);
        for &tick in &y.ticks {
            let ink = if tick == 0.0 { Ink::Muted } else { Ink::Grid };
            canvas.line((left, y.at(tick)), (right, y.at(tick)), ink, 1.0);
            canvas.small((left - 6.0, y.at(tick)), format!("{}{unit}", y.label(tick)), Ink::Muted, Anchor::End);
        }
        canvas.small(((left + right) / 2.0, bottom + 30.0), titles.0, Ink::Muted, Anchor::Middle);
        Self { x, y, top, bottom }
    }

    /// Labels the ticks of the axis below with numbers.
    fn numbers(&self, canvas: &mut Canvas) {
        for &tick in &self.x.ticks {
            canvas.small((self.x.at(tick), self.bottom + 13.0), self.x.label(tick), Ink::Muted, Anchor::Middle);
        }
    }

    /// Labels the days on which months begin, as many of them as there is room for.
    fn months(&self, canvas: &mut Canvas, months: &[(usize, String)]) {
        let mut free = f64::NEG_INFINITY;
        for (day, name) in months {
            let (at, width) = (self.x.at(*day as f64), width_of(name, SMALL));
            let is_within = at - width / 2.0 >= 0.0 && at <= canvas.width - 16.0 && at + width / 2.0 <= canvas.width;
            if !is_within || at - width / 2.0 < free {
                continue;
            }
            free = at + width / 2.0 + 8.0;
            canvas.line((at, self.bottom), (at, self.bottom + 4.0), Ink::Muted, 1.0);
            canvas.small((at, self.bottom + 13.0), name.clone(), Ink::Muted, Anchor::Middle);
        }
    }

    /// Says at the top right what bars or steps are, and what the line is.
    fn key(&self, canvas: &mut Canvas, observed: (&str, Ink), fitted: &str) {
        let right = canvas.width - 16.0;
        let at = right - width_of(fitted, SMALL);
        canvas.small((right, 9.0), fitted, Ink::Vermillion, Anchor::End);
        canvas.small((at - 16.0, 9.0), observed.0, observed.1, Anchor::End);
    }

    fn at(&self, x: f64, y: f64) -> Point {
        (self.x.at(x), self.y.at(y))
    }

    fn bar(&self, canvas: &mut Canvas, (from, to): (f64, f64), height: f64, ink: Ink, said: String) {
        let (left, right) = (self.x.at(from), self.x.at(to));
        let gap = ((right - left) * 0.1).min(2.0);
        if height > 0.0 {
            canvas.rect((left + gap, self.y.at(height).min(self.bottom - 1.0)), (right - gap, self.bottom), ink);
        }
        canvas.tip((left, self.top), (right, self.bottom), said);
    }
}

/// Orders day by day, or week by week where there are many days.
pub(in crate::report) fn demand(report: &Report) -> Option<Chart> {
    let shape = &report.demand;
    let each = match shape.daily.len() {
        0 | 1 => return None,
        2..=120 => 1,
        121..=1_500 => 7,
        _ => 30,
    };
    // The last stretch is not a whole one, and would look like a fall.
    let bars: Vec<u32> = shape.daily.chunks_exact(each).map(|days| days.iter().sum()).collect();
    let most = bars.iter().copied().max().unwrap_or(0);
    let of = match each {
        1 => "day",
        7 => "week",
        _ => "30 days",
    };
    let busiest = bars.iter().position(|&orders| orders == most).unwrap_or(0) * each;
    let caption = format!(
        "{} orders a day on average, from {} to {}; the busiest {of} had {} and began on {}.",
        grouped(f64::from(shape.daily.iter().sum::<u32>()) / shape.daily.len() as f64, 1),
        shape.first,
        shape.last,
        grouped(f64::from(most), 0),
        shape.date(busiest)
    );
    let rate = report.fitted.as_ref().map(|fitted| &fitted.rate);
    let expected: Vec<f64> = rate
        .map(|rate| {
            (0..bars.len()).map(|bar| (bar * each..(bar + 1) * each).map(|day| rate.expected(day)).sum()).collect()
        })
        .unwrap_or_default();
    let highest = expected.iter().copied().fold(f64::from(most), f64::max);
    let draw = |canvas: &mut Canvas, _: bool| {
        let days = (bars.len() * each) as f64;
        let months = shape.months();
        let below = if months.is_empty() { format!("days from {}", shape.first) } else { String::new() };
        let frame = Frame::new(canvas, (0.0, days), highest, "", (&below, &format!("orders a {of}")));
        if months.is_empty() {
            frame.numbers(canvas);
        } else {
            frame.months(canvas, &months);
        }
        frame.key(canvas, ("as they came", Ink::Blue), "fitted rate");
        for (at, &orders) in bars.iter().enumerate() {
            let from = (at * each) as f64;
            let fitted =
                expected.get(at).map_or_else(String::new, |orders| format!(", fitted {}", grouped(*orders, 1)));
            let began = shape.date(at * each);
            let said = format!("{of} from {began}: {}{fitted}", count(f64::from(orders), "order", "orders"));
            frame.bar(canvas, (from, from + each as f64), f64::from(orders), Ink::Blue, said);
        }
        let points = expected.iter().enumerate().map(|(at, &orders)| frame.at((at as f64 + 0.5) * each as f64, orders));
        canvas.path(points.collect(), Ink::Vermillion, 2.0);
    };
    Some(Chart::new("demand", "Orders over time", caption, SOURCE, draw, |_| HEIGHT))
}

/// The week.
pub(in crate::report) fn week(report: &Report) -> Option<Chart> {
    let shape = &report.demand;
    if shape.daily.len() < 14 {
        return None;
    }
    let (mut orders, mut expected, mut days) = ([0.0_f64; 7], [0.0_f64; 7], [0.0_f64; 7]);
    let rate = report.fitted.as_ref().map(|fitted| &fitted.rate);
    for (day, &count) in shape.daily.iter().enumerate() {
        let weekday = (shape.weekday + day) % 7;
        orders[weekday] += f64::from(count);
        expected[weekday] += rate.map_or(0.0, |rate| rate.expected(day));
        days[weekday] += 1.0;
    }
    let of_a_day =
        |sums: [f64; 7]| -> Vec<f64> { sums.iter().zip(days).map(|(sum, days)| sum / days.max(1.0)).collect() };
    let (mean, expected) = (of_a_day(orders), of_a_day(expected));
    let busiest = (0..7).max_by(|&a, &b| mean[a].total_cmp(&mean[b]).then(b.cmp(&a)))?;
    let quietest = (0..7).min_by(|&a, &b| mean[a].total_cmp(&mean[b]).then(a.cmp(&b)))?;
    let caption = format!(
        "{} is the busiest day, with {} orders; {} the quietest, with {}.",
        WEEKDAYS[busiest],
        grouped(mean[busiest], 1),
        WEEKDAYS[quietest],
        grouped(mean[quietest], 1)
    );
    let draw = |canvas: &mut Canvas, _: bool| {
        let highest = expected.iter().copied().fold(mean[busiest], f64::max);
        let frame = Frame::new(canvas, (0.0, 7.0), highest, "", ("weekday", "orders a day"));
        if rate.is_some() {
            frame.key(canvas, ("as they came", Ink::Blue), "fitted rate");
        }
        for (at, name) in WEEKDAYS.iter().enumerate() {
            let said = format!("{name}: {} orders a day", grouped(mean[at], 1));
            frame.bar(canvas, (at as f64, at as f64 + 1.0), mean[at], Ink::Blue, said);
            canvas.small((frame.x.at(at as f64 + 0.5), frame.bottom + 13.0), &name[..2], Ink::Muted, Anchor::Middle);
            if rate.is_some() {
                let (from, to) = (frame.at(at as f64 + 0.05, expected[at]), frame.at(at as f64 + 0.95, expected[at]));
                canvas.line(from, to, Ink::Vermillion, 2.0);
            }
        }
    };
    Some(Chart::new("week", "The week", caption, SOURCE, draw, |_| HEIGHT))
}

/// Which share of the products makes up which share of the units.
pub(in crate::report) fn abc(report: &Report) -> Option<Chart> {
    let units = &report.demand.popularity;
    let total: f64 = units.iter().map(|&units| units as f64).sum();
    if units.len() < 5 || total <= 0.0 {
        return None;
    }
    let mut sum = 0.0;
    let curve: Vec<f64> = std::iter::once(0.0)
        .chain(units.iter().map(|&units| {
            sum += units as f64 / total * 100.0;
            sum
        }))
        .collect();
    let reached =
        |share: f64| curve.iter().position(|&sum| sum >= share).unwrap_or(units.len()) as f64 / units.len() as f64;
    let caption = format!(
        "{} of the {} that were ordered make up 80 % of the units, {} make up 95 %.",
        percent(reached(80.0)),
        count(units.len() as f64, "product", "products"),
        percent(reached(95.0))
    );
    let draw = |canvas: &mut Canvas, _: bool| {
        let frame = Frame::new(
            canvas,
            (0.0, 100.0),
            100.0,
            " %",
            ("share of the products, most asked for first, %", "share of the units"),
        );
        frame.numbers(canvas);
        for class in [80.0, 95.0] {
            let at = reached(class) * 100.0;
            canvas.dashed((frame.x.at(at), frame.y.at(class)), (frame.x.at(at), frame.bottom), Ink::Muted);
        }
        let step = (curve.len() / 200).max(1);
        let mut points: Vec<Point> = (0..curve.len())
            .step_by(step)
            .map(|at| frame.at(at as f64 * 100.0 / units.len() as f64, curve[at]))
            .collect();
        points.push(frame.at(100.0, 100.0));
        canvas.path(points, Ink::Blue, 2.2);
        for percent in 0..100_usize {
            let at = percent * units.len() / 100;
            let said = format!("{percent} % of the products: {:.1} % of the units", curve[at]);
            canvas.tip((frame.x.at(percent as f64), frame.top), (frame.x.at(percent as f64 + 1.0), frame.bottom), said);
        }
    };
    Some(Chart::new("abc", "Which products the demand is for", caption, SOURCE, draw, |_| HEIGHT))
}

/// Lines of an order, beside the geometric distribution of their mean.
pub(in crate::report) fn lines(report: &Report) -> Option<Chart> {
    counted("lines_per_order", "Lines of an order", ("line", "lines"), &report.fitted.as_ref()?.lines)
}

/// Units of a line, likewise.
pub(in crate::report) fn units(report: &Report) -> Option<Chart> {
    counted("units_per_line", "Units of a line", ("unit", "units"), &report.fitted.as_ref()?.units)
}

fn counted(id: &'static str, title: &str, (one, many): (&str, &str), counts: &Counts) -> Option<Chart> {
    const SHOWN: usize = 40;
    let total: f64 = counts.often.values().map(|&often| f64::from(often)).sum();
    let largest = *counts.often.keys().next_back()? as usize;
    if total < 1.0 || largest < 2 {
        return None;
    }
    let bars = largest.min(SHOWN);
    let share = |value: usize| f64::from(counts.often.get(&(value as u32)).copied().unwrap_or(0)) / total * 100.0;
    let beyond = 100.0 - (1..=bars).map(share).sum::<f64>();
    let fits = if counts.is_geometric {
        format!("a geometric distribution fits (χ², p\u{a0}{:.2})", counts.chance)
    } else {
        "a geometric distribution does not fit, so the counts themselves are drawn from".to_string()
    };
    let more = if beyond > 0.05 { format!("; {beyond:.1} % have more than {bars}") } else { String::new() };
    let caption =
        format!("{} {many} on average ± {}: {fits}{more}.", grouped(counts.mean, 2), grouped(counts.half_width, 2));
    let most = (1..=bars).map(share).fold(0.0, f64::max);
    let draw = |canvas: &mut Canvas, _: bool| {
        let frame = Frame::new(canvas, (0.5, bars as f64 + 0.5), most, " %", (many, "share"));
        frame.numbers(canvas);
        for value in 1..=bars {
            let said = format!("{}: {:.2} %", count(value as f64, one, many), share(value));
            frame.bar(canvas, (value as f64 - 0.5, value as f64 + 0.5), share(value), Ink::Sky, said);
        }
        // What is fitted, where it is.
        let p = 1.0 / counts.mean;
        let points = (1..=bars).map(|value| frame.at(value as f64, 100.0 * p * libm::pow(1.0 - p, value as f64 - 1.0)));
        if counts.is_geometric {
            canvas.path(points.collect(), Ink::Vermillion, 2.0);
            frame.key(canvas, ("as they came", Ink::Blue), "geometric");
        }
    };
    Some(Chart::new(id, title, caption, SOURCE, draw, |_| HEIGHT))
}

/// The lead times of a vendor beside what was fitted to them: the share that had come after so many days.
pub(in crate::report) fn lead_time(vendor: &str, fit: &Fit) -> Option<Chart> {
    let longest = *fit.days.last()?;
    if fit.days.len() < 2 || longest <= 0.0 {
        return None;
    }
    let far = match fit.distance {
        0.0 => String::new(),
        distance => format!(
            "; Kolmogorov–Smirnov {distance:.3} (p\u{a0}{:.2}), Anderson–Darling {:.2}",
            fit.chance, fit.anderson_darling
        ),
    };
    let poor = if fit.is_poor() { " So few that the fit is a guess." } else { "" };
    let caption = format!(
        "{}, {} days on average: {}{far}.{poor}",
        count(fit.days.len() as f64, "delivery", "deliveries"),
        grouped(fit.days.iter().sum::<f64>() / fit.days.len() as f64, 1),
        fit.family.key()
    );
    let title = if vendor.is_empty() { "Lead times".to_string() } else { format!("Lead times of {vendor}") };
    let draw = |canvas: &mut Canvas, _: bool| {
        let high = longest * 1.1;
        let frame = Frame::new(canvas, (0.0, high), 100.0, " %", ("days from order to receipt", "share that has come"));
        frame.numbers(canvas);
        let n = fit.days.len() as f64;
        let mut steps = vec![frame.at(0.0, 0.0)];
        for (at, &days) in fit.days.iter().enumerate() {
            steps.push(frame.at(days, at as f64 / n * 100.0));
            steps.push(frame.at(days, (at + 1) as f64 / n * 100.0));
        }
        steps.push(frame.at(high, 100.0));
        let fitted: Vec<Point> = (0..=120)
            .map(|part| {
                let days = high * f64::from(part) / 120.0;
                frame.at(days, fit.cdf(days) * 100.0)
            })
            .collect();
        canvas.path(steps, Ink::Sky, 3.0);
        canvas.path(fitted, Ink::Vermillion, 1.6);
        frame.key(canvas, ("as they came", Ink::Blue), fit.family.key());
        for part in 0..40 {
            let (from, to) = (high * f64::from(part) / 40.0, high * f64::from(part + 1) / 40.0);
            let come = fit.days.iter().filter(|&&days| days <= to).count() as f64 / n;
            let said = format!("within {to:.1} days: {} have come, {} fitted", percent(come), percent(fit.cdf(to)));
            canvas.tip((frame.x.at(from), frame.top), (frame.x.at(to), frame.bottom), said);
        }
    };
    Some(Chart::new("lead_time", title, caption, SOURCE, draw, |_| HEIGHT))
}
