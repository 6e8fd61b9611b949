//! One order's life, line by line.

use super::canvas::{Anchor, Canvas, Ink, SMALL, TEXT, cut, width_of};
use super::scale::Scale;
use super::{Chart, count};
use crate::report::data::Data;
use crate::report::facts::{SampleLine, SampleOrder};

/// The stages of a line, their colours, and until when each lasts.
fn stages(line: &SampleLine, end: f64) -> Vec<(&'static str, Ink, f64, f64)> {
    let over = line.ended.as_ref().map_or(end, |(at, _)| *at);
    let waited = line.waited_from.map(|from| ("on backorder", Ink::Orange, from, line.covered.unwrap_or(over)));
    let covered = line.covered.or(if line.waited_from.is_none() { Some(line.since) } else { None });
    let kept = covered.map(|from| ("reserved", Ink::Green, from, line.released.unwrap_or(over)));
    let handled = line.released.zip(line.shipped).map(|(from, to)| ("handling", Ink::Purple, from, to));
    let travelling = line.shipped.zip(line.delivered).map(|(from, to)| ("on its way", Ink::Sky, from, to));
    [waited, kept, handled, travelling].into_iter().flatten().filter(|(_, _, from, to)| to > from).collect()
}

/// The order that shows most of the rules.
pub(super) fn order_life(data: &Data) -> Option<Chart> {
    let order = data.facts.sample_order.as_ref()?;
    let of_line = |line: &SampleLine| {
        [line.delivered, line.shipped, line.released, line.covered, line.ended.as_ref().map(|(at, _)| *at)]
            .into_iter()
            .flatten()
            .fold(line.since, f64::max)
    };
    let moments = order.moments.iter().map(|(at, _)| *at);
    let end = order.lines.iter().map(of_line).chain(moments).fold(0.0, f64::max);
    if end <= 0.0 {
        return None;
    }
    let parcels = order.moments.iter().filter(|(_, what)| what == "shipment notice").count();
    let waited = order.lines.iter().filter(|line| line.waited_from.is_some()).count();
    let outcome = match parcels {
        0 => "ends with nothing shipped".to_string(),
        _ => format!("leaves in {}", count(parcels as f64, "parcel", "parcels")),
    };
    let wait = match waited {
        0 => "none of its lines had to wait".to_string(),
        _ => format!("{} of its {} had to wait", waited, count(order.lines.len() as f64, "line", "lines")),
    };
    let caption = format!(
        "Order {} of the first replication, {}, {outcome} and is settled {end:.1} days after it was placed; {wait}.",
        order.number,
        if order.international { format!("international ({})", order.zone) } else { format!("from {}", order.zone) },
    );
    let rows = order.lines.len() as f64;
    let height = |narrow| top(narrow) + 40.0 * rows + if order.moments.is_empty() { 0.0 } else { 34.0 } + 44.0 + 4.0;
    let draw = |canvas: &mut Canvas, narrow: bool| drawn(canvas, narrow, order, end);
    Some(Chart::new("order_life", "One order's life", caption, "report.json", draw, height))
}

/// Where the lines begin, below the key.
fn top(narrow: bool) -> f64 {
    if narrow { 50.0 } else { 30.0 }
}

fn drawn(canvas: &mut Canvas, narrow: bool, order: &SampleOrder, end: f64) {
    let (left, right) = (6.0, canvas.width - 14.0);
    let top = top(narrow);
    let moments = if order.moments.is_empty() { 0.0 } else { 34.0 };
    let bottom = top + 40.0 * order.lines.len() as f64 + moments;
    let x = Scale::exact(0.0, end, (left, right), if narrow { 4 } else { 7 });
    for &tick in &x.ticks {
        canvas.line((x.at(tick), top), (x.at(tick), bottom), Ink::Grid, 1.0);
        let anchor = if tick == 0.0 { Anchor::Start } else { Anchor::Middle };
        canvas.small((x.at(tick), bottom + 12.0), x.label(tick), Ink::Muted, anchor);
    }
    canvas.small(((left + right) / 2.0, bottom + 30.0), "days since the order was placed", Ink::Muted, Anchor::Middle);
    let mut shown: Vec<(&str, Ink)> = Vec::new();
    for (index, line) in order.lines.iter().enumerate() {
        let y = top + 40.0 * index as f64;
        let mut label = format!("{} × {}", line.units, line.product);
        if let Some(warehouse) = &line.warehouse {
            label.push_str(&format!(", from {warehouse}"));
        }
        let ending = line.ended.as_ref().map(|(_, how)| how.as_str());
        if let Some(how) = ending {
            label.push_str(&format!(", {how}"));
        }
        // A line that comes late has its name on the side where there is room.
        let late = x.at(line.since) + width_of(&label, TEXT) > right;
        let (at, anchor) = if late { (right, Anchor::End) } else { (x.at(line.since) + 2.0, Anchor::Start) };
        let room = if late { right - left } else { right - x.at(line.since) };
        canvas.text((at, y + 10.0), cut(&label, room, TEXT), Ink::Text, anchor);
        for (name, ink, from, to) in stages(line, end) {
            canvas.rect((x.at(from), y + 19.0), (x.at(to).max(x.at(from) + 1.0), y + 32.0), ink);
            let said = format!("{label}: {name} from day {from:.1} to day {to:.1}");
            canvas.tip((x.at(from), y + 19.0), (x.at(to), y + 32.0), said);
            if !shown.contains(&(name, ink)) {
                shown.push((name, ink));
            }
        }
        if let Some((at, how)) = &line.ended {
            let (x, y) = (x.at(*at), y + 25.5);
            canvas.line((x - 5.0, y - 5.0), (x + 5.0, y + 5.0), Ink::Text, 2.4);
            canvas.line((x - 5.0, y + 5.0), (x + 5.0, y - 5.0), Ink::Text, 2.4);
            canvas.tip((x - 7.0, y - 7.0), (x + 7.0, y + 7.0), format!("{label} on day {at:.1}: {how}"));
        }
    }
    if !order.moments.is_empty() {
        let y = bottom - 10.0;
        canvas.text((left, bottom - 26.0), "e-mails and calls", Ink::Text, Anchor::Start);
        for (at, what) in &order.moments {
            let x = x.at(*at);
            let ink = if what.starts_with("calls") { Ink::Vermillion } else { Ink::Text };
            canvas.dot((x, y), 4.5, ink);
            canvas.tip((x - 6.0, y - 8.0), (x + 6.0, y + 8.0), format!("day {at:.1}: {what}"));
        }
    }
    let mails = order.moments.iter().any(|(_, what)| what.ends_with("notice"));
    let calls = order.moments.iter().any(|(_, what)| what.starts_with("calls"));
    key(canvas, &shown, mails, calls);
}

/// The stages that occur, in their colours.
fn key(canvas: &mut Canvas, shown: &[(&str, Ink)], mails: bool, calls: bool) {
    let dots = [(mails, "e-mail", Ink::Text), (calls, "call", Ink::Vermillion)];
    let bars = shown.iter().map(|&(name, ink)| (name, ink, false));
    let dots = dots.into_iter().filter(|(any, ..)| *any).map(|(_, name, ink)| (name, ink, true));
    let (mut x, mut y) = (4.0, 9.0);
    for (name, ink, is_dot) in bars.chain(dots) {
        let width = width_of(name, SMALL) + 30.0;
        if x + width > canvas.width {
            (x, y) = (4.0, y + 20.0);
        }
        if is_dot {
            canvas.dot((x + 6.0, y), 4.5, ink);
        } else {
            canvas.rect((x, y - 6.0), (x + 12.0, y + 6.0), ink);
        }
        canvas.small((x + 17.0, y), name, Ink::Muted, Anchor::Start);
        x += width;
    }
}
