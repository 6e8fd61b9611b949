//! Vendors' lead times as they came, against what the scenario assumes.

use super::canvas::{Canvas, Ink, SMALL, width_of};
use super::rows::Rows;
use super::scale::Scale;
use super::{Anchor, Chart, count, percent};
use crate::report::data::Data;
use crate::report::facts::LeadTime;

/// So many vendors are drawn, those furthest from what was assumed; `report.json` has them all.
const MAX_VENDORS: usize = 12;

/// A range for each vendor, its mean, and the mean that was assumed. The mean is that of `by_vendor.csv`, of all replications; only
/// the range is of the first one's purchase orders.
pub(super) fn lead_times(data: &Data) -> Option<Chart> {
    let all: Vec<LeadTime> = data.facts.lead_times.iter().map(|found| of_all_replications(data, found)).collect();
    let mut vendors: Vec<&LeadTime> = all.iter().collect();
    let off = |vendor: &LeadTime| vendor.mean_days - vendor.assumed_days;
    let furthest = |left: &&LeadTime, right: &&LeadTime| off(right).abs().total_cmp(&off(left).abs());
    let worst = vendors.iter().copied().min_by(furthest)?;
    let mut title = "Lead times against what was assumed".to_string();
    if vendors.len() > MAX_VENDORS {
        vendors.sort_by(furthest);
        vendors.truncate(MAX_VENDORS);
        title.push_str(&format!(", the {MAX_VENDORS} vendors furthest off"));
    }
    let mut why = Vec::new();
    let row = data.by_vendor.row_of(&worst.vendor);
    let disrupted = row.and_then(|row| data.by_vendor.number(row, "disrupted_time_share")).unwrap_or(0.0);
    if disrupted > 0.0 {
        why.push(format!("it was disrupted {} of the time", percent(disrupted)));
    }
    if worst.expedited_share > 0.0 {
        why.push(format!("{} of its purchase orders were expedited", percent(worst.expedited_share)));
    }
    let why = if why.is_empty() { String::new() } else { format!("; {}", why.join(", ")) };
    // Of one vendor nothing is the furthest.
    let which = if data.facts.lead_times.len() == 1 { "takes" } else { "is furthest from what was assumed:" };
    let caption = format!(
        "{} {which} {:.1} days on average against {:.1} assumed{why}.",
        worst.vendor, worst.mean_days, worst.assumed_days
    );
    let highest = vendors.iter().map(|v| v.quantile_days[4].max(v.assumed_days).max(v.mean_days)).fold(0.0, f64::max);
    let labels: Vec<String> = vendors.iter().map(|vendor| vendor.vendor.clone()).collect();
    let key_height = |narrow: bool| if narrow { 44.0 } else { 24.0 };
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let rows_height = canvas.height;
        canvas.height = rows_height - key_height(narrow);
        let layout = Rows::new(canvas, narrow, &labels, 70.0);
        let scale = Scale::from_zero(0.0, highest, (layout.left, layout.right), 5);
        layout.axis(canvas, &scale, false, "days from order to receipt");
        let key = canvas.height + 8.0;
        canvas.height = rows_height;
        for (vendor, &y) in vendors.iter().zip(&layout.middles) {
            let [p05, p25, p50, p75, p95] = vendor.quantile_days;
            canvas.line((scale.at(p05), y), (scale.at(p95), y), Ink::Sky, 2.0);
            canvas.line((scale.at(p25), y), (scale.at(p75), y), Ink::Sky, 9.0);
            canvas.dot((scale.at(vendor.mean_days), y), 4.5, Ink::Blue);
            let assumed = scale.at(vendor.assumed_days);
            canvas.line((assumed, y - 9.0), (assumed, y + 9.0), Ink::Text, 2.4);
            canvas.text((canvas.width - 2.0, y), format!("{:.1} d", vendor.mean_days), Ink::Text, Anchor::End);
            let said = format!(
                "{}: mean {:.1} days, {:.1} assumed; in the first replication median {p50:.1}, half within {p25:.1} to {p75:.1}, 90 % within \
                 {p05:.1} to {p95:.1}; {}, {} expedited",
                vendor.vendor,
                vendor.mean_days,
                vendor.assumed_days,
                count(vendor.purchase_orders as f64, "purchase order", "purchase orders"),
                percent(vendor.expedited_share)
            );
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
        let mut x = 4.0;
        let mut y = key;
        for (index, text) in
            ["mean assumed", "mean measured", "half and 90 % of orders, first replication"].into_iter().enumerate()
        {
            if narrow && index == 2 {
                (x, y) = (4.0, key + 20.0);
            }
            match index {
                0 => canvas.line((x + 7.0, y - 7.0), (x + 7.0, y + 7.0), Ink::Text, 2.4),
                1 => canvas.dot((x + 7.0, y), 4.5, Ink::Blue),
                _ => {
                    canvas.line((x, y), (x + 26.0, y), Ink::Sky, 2.0);
                    canvas.line((x + 6.0, y), (x + 20.0, y), Ink::Sky, 9.0);
                    x += 14.0;
                }
            }
            canvas.small((x + 18.0, y), text, Ink::Muted, Anchor::Start);
            x += width_of(text, SMALL) + 36.0;
        }
    };
    let height = |narrow| Rows::height(narrow, labels.len()) + key_height(narrow);
    Some(Chart::new("lead_times", &title, caption, "report.json", draw, height))
}

/// The same with the mean and the share expedited of all replications, as the table by vendor has them.
fn of_all_replications(data: &Data, found: &LeadTime) -> LeadTime {
    let row = data.by_vendor.row_of(&found.vendor);
    let number = |column: &str| row.and_then(|row| data.by_vendor.number(row, column));
    LeadTime {
        mean_days: number("lead_time_days_mean").unwrap_or(found.mean_days),
        expedited_share: number("expedited_order_share").unwrap_or(found.expedited_share),
        ..found.clone()
    }
}
