//! Numbers as people read them: percentages, days, money with thousands separators.

use super::summary::{Figures, Reading};
pub(super) use crate::domain::phrase::{as_money, currency, grouped, in_currency, money, plural};
use crate::measures::Unit;

/// What stands where there is no number.
pub(super) const NONE: &str = "–";

/// So many decimals are tried to tell figures apart.
const MOST_FURTHER: i32 = 6;

/// An estimate as two texts, the value with its unit sign and the half-width: `97.3 %` and `0.2`.
pub(super) fn estimate(unit: Unit, reading: impl Into<Reading>) -> (String, String) {
    let Reading { mean, half_width } = reading.into();
    mean.map_or((NONE.into(), NONE.into()), |mean| figure(unit, mean, half_width))
}

/// A value with its unit sign and its half-width, as [`estimate`] shows them: as many digits as show two of the half-width.
pub(super) fn figure(unit: Unit, mean: f64, half_width: Option<f64>) -> (String, String) {
    let decimals = decimals(unit, mean, half_width);
    let half = half_width.map_or_else(|| NONE.into(), |half| rounded(half * scale(unit), decimals));
    (with_sign(unit, &rounded(mean * scale(unit), decimals)), half)
}

/// Values that are held against each other, as [`figure`] shows each; where different ones would look the same, all with further
/// decimals.
pub(super) fn told_apart(unit: Unit, readings: &[Reading]) -> Vec<String> {
    let with = |further: i32| {
        let shown = |&Reading { mean, half_width }: &Reading| {
            let Some(mean) = mean else { return NONE.into() };
            with_sign(unit, &rounded(mean * scale(unit), decimals(unit, mean, half_width) + further))
        };
        readings.iter().map(shown).collect::<Vec<String>>()
    };
    let are_apart = |shown: &[String]| {
        let mut pairs = (0..shown.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        pairs.all(|(one, other)| shown[one] != shown[other] || readings[one].mean == readings[other].mean)
    };
    (0..MOST_FURTHER).map(with).find(|shown| are_apart(shown)).unwrap_or_else(|| with(0))
}

/// A value that stands beside its difference from another: with the decimals of the difference, so that the three add up.
pub(super) fn beside_difference(unit: Unit, reading: impl Into<Reading>, difference: Reading) -> String {
    let reading = reading.into();
    match (reading.mean, scaled(unit, difference)) {
        (Some(mean), Some((change, half))) if half.is_some_and(|half| half > 0.0) || change != 0.0 => {
            let is_large = unit == Unit::Money && mean.abs() >= 100_000.0;
            let own = if is_large { 0 } else { decimals(unit, mean, reading.half_width) };
            // A difference without an interval has too few digits to take any from the figures.
            let least = if half.is_some_and(|half| half > 0.0) { i32::MIN } else { own };
            with_sign(unit, &rounded(mean * scale(unit), difference_decimals((change, half)).max(least)))
        }
        _ => compact(unit, reading),
    }
}

/// From the 5 % to the 95 % quantile of replications, with the decimals of the estimate that stands beside it.
pub(super) fn spread(unit: Unit, figures: Figures) -> String {
    let Figures { mean: Some(mean), half_width, p05: Some(p05), p95: Some(p95), .. } = figures else {
        return NONE.into();
    };
    let decimals = decimals(unit, mean, half_width);
    let [from, to] = [p05, p95].map(|bound| rounded(bound * scale(unit), decimals));
    with_sign(unit, &format!("{from} – {to}"))
}

/// From a value to what is written.
fn scale(unit: Unit) -> f64 {
    if unit == Unit::Share { 100.0 } else { 1.0 }
}

/// A number with what tells its unit: behind it, or before it where it is money in a currency.
fn with_sign(unit: Unit, number: &str) -> String {
    match unit {
        Unit::Share => format!("{number} %"),
        Unit::Days => format!("{number} d"),
        Unit::Money => as_money(number),
        Unit::Count(_) => number.to_string(),
    }
}

/// The decimals of a value; of tens, hundreds, … fewer than none.
fn decimals(unit: Unit, mean: f64, half_width: Option<f64>) -> i32 {
    let (mean, half_width) = (mean * scale(unit), half_width.map(|half| half * scale(unit)));
    match (half_width.filter(|&half| half > 0.0), unit) {
        (Some(half), _) => digits_of(half),
        (None, Unit::Share) => share_decimals(mean),
        (None, Unit::Days | Unit::Money) => 2,
        (None, Unit::Count(_)) => count_decimals(mean),
    }
}

/// A difference as two texts, signed and the half-width, without unit: shares in percentage points. As many decimals as
/// show two digits of the half-width, or of the difference where it has none.
pub(super) fn difference(unit: Unit, reading: impl Into<Reading>) -> (String, String) {
    let Some((mean, half)) = scaled(unit, reading.into()) else {
        return (NONE.into(), NONE.into());
    };
    let decimals = difference_decimals((mean, half));
    (signed(mean, decimals), half.map_or_else(|| NONE.into(), |half| rounded(half, decimals)))
}

/// The decimals of a difference, by its half-width, or by itself where it has none.
fn difference_decimals((mean, half): (f64, Option<f64>)) -> i32 {
    digits_of(half.filter(|&half| half > 0.0).unwrap_or(mean.abs()))
}

/// The same, the difference with its unit: shares in percentage points, `+0.42 pt`.
pub(super) fn difference_with_unit(unit: Unit, reading: impl Into<Reading>) -> (String, String) {
    let (value, half) = difference(unit, reading);
    // Nothing is nothing in any unit.
    let with_unit = match unit {
        _ if value == NONE || value == "0" => value,
        Unit::Share => format!("{value} pt"),
        Unit::Days => format!("{value} d"),
        Unit::Money => as_money(&value),
        Unit::Count(_) => value,
    };
    (with_unit, half)
}

/// The difference alone, with two digits of its own, or as many as its half-width lets stand.
pub(super) fn difference_in_a_sentence(unit: Unit, reading: impl Into<Reading>) -> String {
    let Some((mean, half)) = scaled(unit, reading.into()) else { return NONE.into() };
    let certain = half.filter(|&half| half > 0.0).map_or(i32::MAX, |half| digits_of(10.0 * half));
    let change = signed(mean, digits_of(mean.abs()).min(certain));
    if unit == Unit::Money { as_money(&change) } else { change }
}

/// Mean and half-width, of shares in percentage points.
fn scaled(unit: Unit, Reading { mean, half_width }: Reading) -> Option<(f64, Option<f64>)> {
    Some((mean? * scale(unit), half_width.map(|half| half * scale(unit))))
}

/// As many decimals, at most four, as show two digits of a number; of a large one fewer than none.
fn digits_of(number: f64) -> i32 {
    if number == 0.0 { 0 } else { (1 - libm::floor(libm::log10(number)) as i32).min(4) }
}

/// A number with its thousands set apart, rounded to so many decimals, or to tens, hundreds, … where they are below none.
fn rounded(value: f64, decimals: i32) -> String {
    if decimals >= 0 {
        return grouped(value, decimals as usize);
    }
    let step = libm::pow(10.0, f64::from(-decimals));
    grouped(libm::round(value / step) * step, 0)
}

/// With a plus sign where it is above 0 as shown.
fn signed(value: f64, decimals: i32) -> String {
    let shown = rounded(value, decimals);
    let vanished = shown.chars().all(|c| matches!(c, '0' | '.'));
    format!("{}{shown}", if value > 0.0 && !vanished { "+" } else { "" })
}

/// A value as a headline says it: with no more digits than are read in passing, nor than its interval allows. Of money from ten
/// thousand on, four digits.
pub(super) fn in_short(unit: Unit, mean: f64, half_width: Option<f64>) -> String {
    let most = match unit {
        Unit::Share => share_decimals(mean * 100.0),
        Unit::Money if mean.abs() >= 10_000.0 => 3 - libm::floor(libm::log10(mean.abs())) as i32,
        Unit::Days | Unit::Money => 2,
        Unit::Count(_) => count_decimals(mean),
    };
    let decimals = decimals(unit, mean, half_width).min(most);
    with_sign(unit, &rounded(mean * scale(unit), decimals))
}

/// A share in whole per cent, in passing: `96 %`.
pub(super) fn whole_percent(share: f64) -> String {
    format!("{} %", grouped(share * 100.0, 0))
}

/// A value in at most nine characters: large sums of money without cents.
pub(super) fn compact(unit: Unit, reading: impl Into<Reading>) -> String {
    let reading = reading.into();
    match reading.mean {
        Some(mean) if unit == Unit::Money && mean.abs() >= 100_000.0 => with_sign(unit, &grouped(mean, 0)),
        _ => estimate(unit, reading).0,
    }
}

/// About how many: `840`, `1,200`, `35 k`, `2 M`.
pub(super) fn about(count: u64) -> String {
    // Two digits are all that such a guess is good for.
    let scale = 10_u64.pow(count.checked_ilog10().unwrap_or(0).saturating_sub(1));
    match count.div_ceil(scale) * scale {
        small if small < 10_000 => grouped(small as f64, 0),
        thousands if thousands < 1_000_000 => format!("{} k", thousands / 1_000),
        millions if millions < 1_000_000_000 => format!("{} M", millions / 1_000_000),
        _ => "billions".into(),
    }
}

/// A threshold, with as few digits as it needs: `99 %`, `0.1 %`, `0`.
pub(super) fn threshold(unit: Unit, value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    match unit {
        // Twelve digits hide what multiplying by a hundred may have added.
        Unit::Share => format!("{} %", (value * 1e14).round() / 1e12),
        Unit::Money => as_money(&format!("{value}")),
        _ => format!("{value}"),
    }
}

/// One decimal of a percentage, more where it would round a small share to nothing or a large one to all; three at most.
fn share_decimals(percent: f64) -> i32 {
    let vanishes = |value: f64, decimals: i32| value != 0.0 && value.abs() < 10f64.powi(-decimals);
    (1..3).find(|&decimals| !vanishes(percent, decimals) && !vanishes(100.0 - percent, decimals)).unwrap_or(3)
}

/// Whole numbers for thousands, one decimal for tens, two below.
fn count_decimals(value: f64) -> i32 {
    match value.abs() {
        whole if whole.fract() == 0.0 || whole >= 1_000.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(unit: Unit, mean: f64, half_width: Option<f64>) -> String {
        let (value, half) = figure(unit, mean, half_width);
        format!("{value} ± {half}")
    }

    #[test]
    fn shares() {
        assert_eq!(shown(Unit::Share, 0.973_4, Some(0.002_1)), "97.34 % ± 0.21");
        assert_eq!(shown(Unit::Share, 0.000_52, Some(0.000_08)), "0.0520 % ± 0.0080");
        assert_eq!(shown(Unit::Share, 0.999_8, Some(0.001)), "99.98 % ± 0.10");
        assert_eq!(shown(Unit::Share, 0.5, Some(0.12)), "50 % ± 12");
        assert_eq!(shown(Unit::Share, 0.000_52, None), "0.05 % ± –");
        assert_eq!(shown(Unit::Share, 0.0, Some(0.0)), "0.0 % ± 0.0");
        assert_eq!(shown(Unit::Share, 1.0, None), "100.0 % ± –");
    }

    #[test]
    fn days_money_and_counts() {
        assert_eq!(shown(Unit::Days, 3.206, Some(0.041)), "3.206 d ± 0.041");
        assert_eq!(shown(Unit::Money, 3_741_192.26, Some(22_181.36)), "3,741,000 ± 22,000");
        assert_eq!(shown(Unit::Money, -1_234.5, Some(0.5)), "−1,234.50 ± 0.50");
        assert_eq!(shown(Unit::Money, 1_234.5, None), "1,234.50 ± –");
        assert_eq!(shown(Unit::Count("orders"), 1_093_216.4, Some(512.3)), "1,093,220 ± 510");
        assert_eq!(shown(Unit::Count("units"), 12.345, Some(0.2)), "12.35 ± 0.20");
        assert_eq!(shown(Unit::Count("parcels"), 1.068, Some(0.002)), "1.0680 ± 0.0020");
        assert_eq!(shown(Unit::Count("orders"), 4.0, None), "4 ± –");
    }

    #[test]
    fn a_spread_has_the_decimals_of_its_estimate() {
        let shown = |unit, mean, half_width, p05, p95| {
            let (mean, p05, p95) = (Some(mean), Some(p05), Some(p95));
            spread(unit, Figures { mean, half_width, p05, p95, ..Figures::default() })
        };
        assert_eq!(shown(Unit::Share, 0.001_8, Some(0.000_2), 0.001, 0.002), "0.100 – 0.200 %");
        assert_eq!(shown(Unit::Share, 0.000_16, Some(0.000_05), 0.0, 0.000_3), "0.0000 – 0.0300 %");
        assert_eq!(shown(Unit::Days, 6.55, Some(0.12), 6.147, 7.04), "6.15 – 7.04 d");
        assert_eq!(shown(Unit::Count("units"), 15_230.0, Some(1_210.0), 13_519.0, 17_530.0), "13,500 – 17,500");
    }

    #[test]
    fn differences_show_two_digits_of_the_half_width() {
        let shown = |unit, mean, half_width| {
            let (value, half) = difference(unit, Reading { mean: Some(mean), half_width });
            format!("{value} ± {half}")
        };
        assert_eq!(shown(Unit::Share, 0.004_21, Some(0.000_52)), "+0.421 ± 0.052");
        assert_eq!(shown(Unit::Money, -1_234.567, Some(45.6)), "−1,235 ± 46");
        assert_eq!(shown(Unit::Days, 0.000_01, Some(0.2)), "0.00 ± 0.20");
        assert_eq!(shown(Unit::Days, 0.0, Some(0.0)), "0 ± 0");
        assert_eq!(shown(Unit::Days, -0.25, None), "−0.25 ± –");
        assert_eq!(shown(Unit::Days, 3e-9, Some(2e-9)), "0.0000 ± 0.0000");
    }

    #[test]
    fn a_difference_has_its_unit_and_gives_its_decimals_to_the_figures_beside_it() {
        let difference = Reading { mean: Some(0.002_6), half_width: Some(0.000_52) };
        assert_eq!(difference_with_unit(Unit::Share, difference), ("+0.260 pt".into(), "0.052".into()));
        let beside = |mean: f64| beside_difference(Unit::Share, (mean, Some(0.01)), difference);
        assert_eq!((beside(0.976), beside(0.978_6)), ("97.600 %".into(), "97.860 %".into()));
        let alone = Reading { half_width: None, ..difference };
        assert_eq!(difference_with_unit(Unit::Days, alone), ("+0.0026 d".into(), NONE.into()));
        assert_eq!(beside_difference(Unit::Money, (250_000.0, Some(1_000.0)), alone), "250,000.0000");
        let exact = Reading { mean: Some(-0.17), half_width: Some(0.0) };
        assert_eq!(super::difference(Unit::Money, exact).0, "−0.17");
        assert_eq!(
            beside_difference(Unit::Money, (2_993.0, None), exact),
            "2,993.00",
            "every replication differs by as much"
        );
        let none = Reading { mean: Some(0.0), half_width: Some(0.0) };
        assert_eq!(beside_difference(Unit::Money, (250_000.0, Some(1_000.0)), none), "250,000");
        assert_eq!(difference_with_unit(Unit::Days, Reading::default()), (NONE.into(), NONE.into()));
    }

    #[test]
    fn figures_that_would_look_the_same_have_the_digits_that_tell_them_apart() {
        let shown = |means: &[f64]| {
            let readings: Vec<Reading> = means.iter().map(|&mean| (mean, Some(0.21)).into()).collect();
            told_apart(Unit::Money, &readings)
        };
        assert_eq!(shown(&[12.205, 12.212]), ["12.205", "12.212"]);
        assert_eq!(shown(&[12.3, 14.1]), ["12.30", "14.10"]);
        assert_eq!(shown(&[12.3, 12.3]), ["12.30", "12.30"], "equal ones stay equal");
    }

    #[test]
    fn a_sentence_has_two_digits_of_a_difference() {
        let shown = |mean, half_width| difference_in_a_sentence(Unit::Days, Reading { mean: Some(mean), half_width });
        assert_eq!(shown(0.168_6, Some(0.002_4)), "+0.17");
        assert_eq!(shown(-0.005_3, Some(0.001_3)), "−0.005", "the second digit is not certain");
        assert_eq!(shown(1_234.6, Some(2.0)), "+1,200");
        assert_eq!((shown(0.25, None), shown(0.25, Some(0.0))), ("+0.25".into(), "+0.25".into()));
    }

    #[test]
    fn a_headline_has_few_digits() {
        assert_eq!(in_short(Unit::Share, 0.811_08, Some(0.000_7)), "81.1 %");
        assert_eq!(in_short(Unit::Share, 0.000_37, Some(0.000_29)), "0.04 %");
        assert_eq!(in_short(Unit::Share, 0.6, Some(0.12)), "60 %");
        assert_eq!(in_short(Unit::Money, 12_134_567.0, Some(1_000.0)), "12,130,000");
        assert_eq!(in_short(Unit::Money, 11.094, Some(0.002)), "11.09");
    }

    #[test]
    fn about_so_many() {
        assert_eq!([1, 37, 843, 1_234, 34_567, 1_900_001].map(about), ["1", "37", "850", "1,300", "35 k", "2 M"]);
        assert_eq!(about(4_000_000_000), "billions");
    }

    #[test]
    fn nothing_and_nearly_nothing() {
        assert_eq!(estimate(Unit::Days, Reading::default()), (NONE.into(), NONE.into()));
        assert_eq!(spread(Unit::Days, Figures::default()), NONE);
        assert_eq!(grouped(-0.000_1, 2), "0.00");
        assert_eq!(grouped(999_999.999, 2), "1,000,000.00");
        assert_eq!(grouped(-999.0, 0), "−999");
    }

    #[test]
    fn thresholds_are_short() {
        assert_eq!(threshold(Unit::Share, 0.99), "99 %");
        assert_eq!(threshold(Unit::Share, 0.001), "0.1 %");
        assert_eq!(threshold(Unit::Share, 0.0), "0");
        assert_eq!(threshold(Unit::Share, 0.07), "7 %");
        assert_eq!(threshold(Unit::Money, 1.5), "1.5");
    }
}
