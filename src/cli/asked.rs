//! What is asked of several scenarios at once, in words.

use super::sweep::in_words;
use crate::domain::phrase::in_currency;
use crate::measures::Metric;
use crate::report::{each_at, measure_words, named_difference};
use crate::scenario::{Axis, AxisValue, Override, Setting};

/// Settings that are no input of the scenario, or that a command says by options of their own.
const OPTIONS: [&str; 3] = ["run.seed", "run.replications", "run.replan"];

/// Settings that hold everywhere: `reorder point 20, horizon 90d`; nothing where there are none.
pub(super) fn settings(all: &[Setting]) -> Option<String> {
    let mut own: Vec<&Override> = Vec::new();
    for Setting { change, .. } in all.iter().filter(|it| !OPTIONS.contains(&it.change.path.as_str())) {
        // Of one that is set twice, the last holds.
        own.retain(|earlier| earlier.path != change.path);
        own.push(change);
    }
    let value = |change: &Override| AxisValue::of(&change.path, change.value.clone());
    let axes: Vec<Axis> =
        own.iter().filter_map(|change| Axis::new(&change.path, "--set", vec![value(change)]).ok()).collect();
    let values = axes.iter().map(|axis| &axis.values[0].name);
    (!axes.is_empty()).then(|| each_at(&in_words(&axes), values))
}

/// Differences that do not matter: `orders filled at once 0.5 points`; nothing where there are none.
pub(super) fn indifference(zones: &[(Metric, f64)], currency: Option<&str>) -> Option<String> {
    let words = |(metric, zone): &(Metric, f64)| {
        format!("{} {}", measure_words(*metric), in_currency(currency, || named_difference(*metric, *zone)))
    };
    (!zones.is_empty()).then(|| zones.iter().map(words).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_hold_everywhere_are_said_without_what_the_command_says_by_options() {
        let told = |set: &[&str]| {
            settings(&set.iter().map(|text| Override::parse(text).unwrap().into()).collect::<Vec<Setting>>())
        };
        assert_eq!(told(&["run.seed=7", "run.replan=true"]), None);
        assert_eq!(
            told(&["run.horizon=90d", "network.open=4", "replenishment.policy=\"r-Q\"", "run.seed=7"]).unwrap(),
            "horizon 90d, 4 open warehouses, replenishment policy r-Q"
        );
        assert_eq!(told(&["network.open=4", "network.open=1"]).unwrap(), "1 open warehouse");
        assert_eq!(
            told(&["calendar.holidays=1", "promise.holidays=2"]).unwrap(),
            "calendar.holidays=1, promise.holidays=2"
        );
    }

    #[test]
    fn differences_that_do_not_matter_have_their_units() {
        let zones = [(Metric::OrderFillRate, 0.005), (Metric::CostPerOrder, 0.2)];
        let told = indifference(&zones, Some("USD")).unwrap();
        assert_eq!(told, "orders filled at once 0.5 points, cost per order USD 0.2");
        assert_eq!(indifference(&[], None), None);
    }
}
