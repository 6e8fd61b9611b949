//! The measures and the promises explained, from the catalogue itself.

use super::number;
use super::text::wrap;
use crate::domain::Promises;
use crate::measures::{Group, Metric, Promise};
use std::fmt::Write;

/// Every measure with its unit, definition and formula, as plain text of at most 80 columns.
pub fn definitions_text() -> String {
    let mut text = String::new();
    for group in Group::ALL {
        let _ = writeln!(text, "{}\n", group.title());
        for metric in of(group) {
            let definition = metric.definition();
            let _ = writeln!(text, "  {} ({}, {})", definition.name, definition.unit, definition.better);
            for line in wrap(definition.definition, 74) {
                let _ = writeln!(text, "      {line}");
            }
            for line in wrap(&format!("= {}", definition.formula), 74) {
                let _ = writeln!(text, "      {line}");
            }
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The same as a page of Markdown with a table a group; `promises` are the thresholds that hold when none are given.
pub fn definitions_markdown(promises: &Promises) -> String {
    let mut page = String::from(
        "# The measures\n\n\
         Each is estimated over replications as a ratio of means: numerators and denominators are added up before they \
         are divided. A figure that is no ratio has denominator 1. An order belongs to the measures when it was asked \
         for in the measured time, and what becomes of it counts until the end of the run-out; time averages and rates \
         a day keep to the measured time. A measure without a denominator is `null` in `summary.json`, an empty cell in \
         a csv file, and a dash in the table.\n",
    );
    for group in Group::ALL {
        let _ = writeln!(page, "\n## {}\n\n| measure | unit | better | what it is | formula |", group.title());
        page.push_str("|---|---|---|---|---|\n");
        for metric in of(group) {
            let d = metric.definition();
            let better = d.better.to_string();
            let better = better.split(' ').next().unwrap_or_default();
            let _ = writeln!(page, "| `{}` | {} | {better} | {} | {} |", d.name, d.unit, d.definition, d.formula);
        }
    }
    page.push_str("\n## The promises\n\n| promise | measure | kept when |\n|---|---|---|\n");
    for promise in Promise::ALL {
        let metric = promise.metric();
        let threshold = promise.threshold(promises);
        let (sign, value) = (promise.sign(threshold), number::threshold(metric.definition().unit, threshold));
        let _ = writeln!(page, "| {} | `{}` | {sign} {value} |", promise.words(), metric.name());
    }
    page
}

fn of(group: Group) -> impl Iterator<Item = Metric> {
    Metric::ALL.iter().copied().filter(move |metric| metric.definition().group == group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CostRates;
    use crate::domain::settings::Settings;
    use crate::measures::fixture;

    #[test]
    fn every_measure_is_explained_once_on_both() {
        let text = definitions_text();
        let page = definitions_markdown(&fixture::model().promises);
        for metric in Metric::ALL {
            let definition = metric.definition();
            assert_eq!(text.matches(&format!("  {} (", definition.name)).count(), 1, "{}", definition.name);
            assert_eq!(page.matches(&format!("| `{}` | {} |", definition.name, definition.unit)).count(), 1);
            assert!(page.contains(definition.formula) && page.contains(definition.definition));
        }
        assert!(text.lines().all(|line| line.chars().count() <= 80));
        assert!(page.contains("| `cycle_service_level` | ≥ 95 % |"), "{page}");
        assert!(page.contains("| `late_notice_share` | = 0 |"), "{page}");
    }

    #[test]
    fn what_is_said_without_a_rate_goes_by_its_row_of_the_inputs() {
        let none = CostRates::default();
        let all = CostRates { holding_per_unit_day: 1.0, backorder_per_unit: 1.0, purchase: true, ..none.clone() };
        let is_told = |costs: &CostRates, setting: &str| costs.in_words().iter().any(|(label, _)| label == setting);
        for (setting, plain) in Metric::ALL.iter().filter_map(|metric| metric.without()) {
            // How purchase orders are made up is no cost rate.
            let is_rate = is_told(&all, setting) && !is_told(&none, setting);
            assert!(is_rate || setting == crate::report::inputs::PURCHASE_ORDERS, "{setting}");
            assert!(Metric::ALL.iter().all(|metric| metric.definition().definition != plain), "{plain}");
        }
    }

    #[test]
    fn the_catalogue_is_well_formed() {
        let mut names: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
        for metric in Metric::ALL {
            let definition = metric.definition();
            assert!(definition.definition.ends_with('.'), "{}", definition.name);
            assert!(!definition.formula.ends_with('.') && !definition.formula.contains('|'), "{}", definition.name);
            assert_eq!(Metric::from_name(definition.name), Some(*metric));
            assert_eq!(Metric::ALL[metric.index()], *metric);
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Metric::ALL.len());
    }

    #[test]
    fn the_names_that_scripts_rely_on() {
        let relied_on = "unit_fill_rate line_fill_rate order_fill_rate ready_rate cycle_service_level \
            backordered_order_share fully_backordered_order_share partially_backordered_order_share split_order_share \
            parcels_per_order split_cost_per_order customer_split_charge backorder_wait_days_mean \
            backorder_wait_days_p50 backorder_wait_days_p95 backorder_wait_days_p99 backorder_wait_days_max \
            back_within_3_days_share backorders_mean_units on_hand_mean_units on_order_mean_units \
            auto_cancelled_order_share removed_line_share swapped_line_share lost_at_display_line_share \
            display_mismatch_line_share late_notice_share contacts_per_day international_wait_days_mean ship_days_mean \
            deliver_days_mean expedited_order_share inventory_turns orders lines units cost_per_order \
            cost_per_order_holding cost_per_order_fixed cost_per_order_ordering cost_per_order_expediting cost_per_order_parcels \
            cost_per_order_extra_parcels cost_per_order_backorders cost_per_order_cancellations cost_per_order_contacts \
            cost_per_order_lost_margin network_availability_share shipped_ahead_share international_partial_share";
        for name in relied_on.split_whitespace() {
            assert!(Metric::from_name(name).is_some(), "{name}");
        }
    }
}
