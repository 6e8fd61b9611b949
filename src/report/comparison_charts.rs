//! A comparison in pictures: for each scenario after the first, the differences of shares and of costs.

use super::charts::{self, forest};
use super::number;
use crate::experiment::{Comparison, Difference, letter};
use crate::measures::{Better, Group, Metric, Unit};

/// The charts as files: name and content.
pub(super) fn chart_files(comparison: &Comparison) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (index, differences) in comparison.contrasts.iter().enumerate() {
        let (first, second) = (letter(0), letter(index + 1));
        let name = &comparison.names[index + 1];
        let of = |wanted: &dyn Fn(&Difference) -> bool| -> Vec<charts::Difference> {
            differences.iter().filter(|difference| wanted(difference)).filter_map(drawn).collect()
        };
        let shares = of(&|it| it.judged.is_some() && it.metric.definition().unit == Unit::Share);
        let costs = of(&|it| it.metric.definition().group == Group::Costs);
        let title = |what: &str| format!("{what} of {second} ({name}), less those of {first}");
        let drawings = [
            ("shares", forest(&title("Shares"), "difference, percentage points", &shares)),
            ("costs", forest(&title("Costs an order"), "difference, money an order", &costs)),
        ];
        for (what, chart) in drawings {
            if let Some(chart) = chart {
                files.push((format!("charts/{what}-{}.svg", second.to_ascii_lowercase()), chart.standalone()));
            }
        }
    }
    files
}

/// A difference as the chart takes it; nothing where there is none to draw, or nothing ever differs.
fn drawn(difference: &Difference) -> Option<charts::Difference> {
    let estimate = difference.estimate.as_ref()?;
    if estimate.mean == 0.0 && estimate.std_dev == Some(0.0) {
        return None;
    }
    let definition = difference.metric.definition();
    let scale = if definition.unit == Unit::Share { 100.0 } else { 1.0 };
    let (mean, half) = number::difference(definition.unit, Some(estimate));
    let sum = difference.metric == Metric::CostPerOrder;
    Some(charts::Difference {
        label: if sum { "all costs together".into() } else { definition.label.into() },
        mean: estimate.mean * scale,
        half_width: estimate.half_width.map(|half| half * scale),
        higher_is_better: match definition.better {
            Better::Higher => Some(true),
            Better::Lower => Some(false),
            Better::Neither => None,
        },
        shown: format!("{mean} ± {half}"),
    })
}
