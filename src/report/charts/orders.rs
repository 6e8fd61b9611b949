//! How orders end, and in how many parcels.

use super::canvas::{Anchor, Canvas, Ink, SMALL, TEXT, cut, width_of};
use super::scale::Scale;
use super::{Chart, count, percent};
use crate::observe::Ending;
use crate::report::data::Data;

/// An ending's words and colour.
fn look(ending: Ending) -> (&'static str, Ink) {
    match ending {
        Ending::AtOnceWhole => ("at once, in one parcel", Ink::Blue),
        Ending::AtOnceInParts => ("at once, in several parcels", Ink::Sky),
        Ending::LaterWhole => ("after a wait, in one parcel", Ink::Orange),
        Ending::LaterInParts => ("after a wait, in several parcels", Ink::Yellow),
        Ending::CancelledByCustomer => ("nothing left after removals", Ink::Purple),
        Ending::AutoCancelled => ("auto-cancelled", Ink::Vermillion),
        Ending::NeverPlaced => ("every line lost at display", Ink::Text),
        Ending::Open => ("still open at the end", Ink::Grey),
    }
}

/// One bar of all orders.
pub(super) fn endings(data: &Data) -> Option<Chart> {
    let number = |ending: Ending| {
        let found = data.facts.distributions.endings.iter().find(|(name, _)| name == ending.name());
        found.map_or(0, |(_, number)| *number)
    };
    let total: u64 = Ending::ALL.into_iter().map(number).sum();
    if total == 0 {
        return None;
    }
    let share = |ending: Ending| number(ending) as f64 / total as f64;
    let parts: Vec<(Ending, f64)> =
        Ending::ALL.into_iter().map(|ending| (ending, share(ending))).filter(|(_, share)| *share > 0.0).collect();
    let whole = share(Ending::AtOnceWhole) + share(Ending::LaterWhole);
    let split = share(Ending::AtOnceInParts) + share(Ending::LaterInParts);
    let cancelled = share(Ending::CancelledByCustomer) + share(Ending::AutoCancelled);
    let mut finding = format!("{} of orders ship whole; {} in several parcels; ", percent(whole), percent(split));
    finding.push_str(&format!("{} are cancelled", percent(cancelled)));
    if number(Ending::NeverPlaced) > 0 {
        finding.push_str(&format!("; {} never come about", percent(share(Ending::NeverPlaced))));
    }
    if number(Ending::Open) > 0 {
        finding.push_str(&format!("; {} are open at the end", percent(share(Ending::Open))));
    }
    let caption = format!("{finding} ({}).", count(total as f64, "order", "orders"));
    let height = |_| 62.0 + 22.0 * parts.len() as f64;
    let draw = |canvas: &mut Canvas, _| {
        let (left, right) = (2.0, canvas.width - 2.0);
        let (top, bottom) = (8.0, 44.0);
        let mut from = left;
        for (index, &(ending, share)) in parts.iter().enumerate() {
            let (words, ink) = look(ending);
            let to = from + share * (right - left);
            canvas.rect((from, top), (to, bottom), ink);
            if index > 0 {
                canvas.line((from, top), (from, bottom), Ink::Paper, 0.8);
            }
            let said = format!("{words}: {} ({})", percent(share), count(number(ending) as f64, "order", "orders"));
            let label = percent(share);
            if width_of(&label, TEXT) + 8.0 < to - from {
                let on =
                    if matches!(ink, Ink::Blue | Ink::Vermillion | Ink::Grey) { Ink::OnDark } else { Ink::OnLight };
                let on = if ink == Ink::Text { Ink::Paper } else { on };
                canvas.bold(((from + to) / 2.0, (top + bottom) / 2.0), label, on, Anchor::Middle);
            }
            canvas.tip((from, top), (to, bottom), said.clone());
            let y = 64.0 + 22.0 * index as f64;
            canvas.rect((left, y - 6.0), (left + 12.0, y + 6.0), ink);
            let number = percent(share);
            let room = right - left - 84.0;
            canvas.text((left + 76.0, y), number, Ink::Text, Anchor::End);
            canvas.text((left + 84.0, y), cut(words, room, TEXT * 0.96), Ink::Text, Anchor::Start);
            canvas.tip((left, y - 11.0), (right, y + 11.0), said);
            from = to;
        }
    };
    Some(Chart::new("endings", "How orders end", caption, "report.json", draw, height))
}

/// Parcels an order.
pub(super) fn parcels(data: &Data) -> Option<Chart> {
    let bins = &data.facts.distributions.parcels;
    let total: u64 = bins.iter().sum();
    let most = bins.iter().rposition(|&bin| bin > 0)? + 1;
    let mean = data.shown(crate::measures::Metric::ParcelsPerOrder);
    let one = percent(bins[0] as f64 / total as f64);
    let parcels = if mean == "1" { "parcel" } else { "parcels" };
    let caption = format!("{one} of the orders that shipped left in one parcel; {mean} {parcels} an order on average.");
    let draw = |canvas: &mut Canvas, narrow: bool| {
        // On a narrow chart there is room for the numbers of four bars.
        let shown = most.clamp(3, if narrow { 4 } else { 6 });
        draw_parcels(canvas, &bars(bins, shown), total);
    };
    Some(Chart::new("parcels", "Parcels an order", caption, "report.json", draw, |_| 250.0))
}

/// So many bars: name and orders, the last bar holding all that have more parcels.
fn bars(bins: &[u64], shown: usize) -> Vec<(String, u64)> {
    let rest = |bin: usize| bins[bin..].iter().sum();
    (0..shown)
        .map(|bin| match bin + 1 {
            parcels if parcels == shown && bins[shown..].iter().any(|&bin| bin > 0) || parcels == bins.len() => {
                (format!("{parcels} or more"), rest(bin))
            }
            parcels => (parcels.to_string(), bins[bin]),
        })
        .collect()
}

fn draw_parcels(canvas: &mut Canvas, bars: &[(String, u64)], total: u64) {
    let (top, bottom) = (44.0, canvas.height - 40.0);
    let y = Scale::from_zero(0.0, 100.0, (bottom, top), 4);
    let (left, right) = (width_of("100 %", SMALL) + 10.0, canvas.width - 8.0);
    canvas.small((2.0, 9.0), "share of the orders that shipped", Ink::Muted, Anchor::Start);
    for &tick in &y.ticks {
        let ink = if tick == 0.0 { Ink::Muted } else { Ink::Grid };
        canvas.line((left, y.at(tick)), (right, y.at(tick)), ink, 1.0);
        canvas.small((left - 6.0, y.at(tick)), format!("{} %", y.label(tick)), Ink::Muted, Anchor::End);
    }
    let step = (right - left) / bars.len() as f64;
    for (index, (name, orders)) in bars.iter().enumerate() {
        let share = *orders as f64 / total as f64;
        let middle = left + step * (index as f64 + 0.5);
        let half = (step * 0.36).min(36.0);
        let height = y.at(share * 100.0);
        if *orders > 0 {
            let ink = if index == 0 { Ink::Blue } else { Ink::Orange };
            canvas.rect((middle - half, height.min(bottom - 1.0)), (middle + half, bottom), ink);
            canvas.text((middle, height - 10.0), percent(share), Ink::Text, Anchor::Middle);
        }
        canvas.small((middle, bottom + 13.0), name.as_str(), Ink::Muted, Anchor::Middle);
        let said = format!("{name}: {} ({})", percent(share), count(*orders as f64, "order", "orders"));
        canvas.tip((middle - step / 2.0, top), (middle + step / 2.0, bottom), said);
    }
    canvas.small(((left + right) / 2.0, bottom + 30.0), "parcels an order", Ink::Muted, Anchor::Middle);
}
