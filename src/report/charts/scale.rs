//! Scales: from data to pixels, with ticks at round numbers.

use crate::report::number::grouped;

/// A linear scale.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    /// Where ticks stand, ascending.
    pub ticks: Vec<f64>,
    decimals: usize,
}

impl Scale {
    /// From 0 (or below, where data are) to a round number that holds all data, shown between two pixels.
    pub fn from_zero(low: f64, high: f64, pixels: (f64, f64), ticks: usize) -> Self {
        Self::round(low.min(0.0), high.max(0.0), pixels, ticks)
    }

    /// Between round numbers that hold all data; never of no width.
    pub fn round(low: f64, high: f64, pixels: (f64, f64), ticks: usize) -> Self {
        let high = if high > low { high } else { low + if low == 0.0 { 1.0 } else { low.abs() * 0.1 } };
        let step = nice_step((high - low) / ticks.max(1) as f64);
        let (first, last) = (libm::floor(low / step + 1e-9), libm::ceil(high / step - 1e-9));
        let count = (last - first) as i64;
        let ticks = (0..=count).map(|i| (first + i as f64) * step).collect::<Vec<_>>();
        let decimals = decimals_of(step);
        Self { low: first * step, high: last * step, from: pixels.0, to: pixels.1, ticks, decimals }
    }

    /// Exactly between two numbers, with ticks at round ones within.
    pub fn exact(low: f64, high: f64, pixels: (f64, f64), ticks: usize) -> Self {
        let rounded = Self::round(low, high, pixels, ticks);
        let within = rounded.ticks.into_iter().filter(|tick| (low..=high).contains(tick)).collect();
        Self {
            low,
            high: if high > low { high } else { low + 1.0 },
            ticks: within,
            ..Self::round(low, high, pixels, 1)
        }
        .with_decimals(rounded.decimals)
    }

    fn with_decimals(self, decimals: usize) -> Self {
        Self { decimals, ..self }
    }

    /// The pixel of a value; of one beyond the ends, the end's.
    pub fn at(&self, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + part * (self.to - self.from)
    }

    /// A tick's number, with as many decimals as the ticks need.
    pub fn label(&self, tick: f64) -> String {
        grouped(tick, self.decimals)
    }

    /// The longest tick label, in characters.
    pub fn longest_label(&self) -> String {
        let labels = self.ticks.iter().map(|&tick| self.label(tick));
        labels.max_by_key(|label| label.chars().count()).unwrap_or_default()
    }
}

/// 1, 2 or 5 times a power of ten, at least as large as asked for.
fn nice_step(least: f64) -> f64 {
    let magnitude = libm::pow(10.0, libm::floor(libm::log10(least)));
    let step = [1.0, 2.0, 5.0].into_iter().map(|factor| factor * magnitude).find(|&step| step >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0 * magnitude)
}

fn decimals_of(step: f64) -> usize {
    (-libm::floor(libm::log10(step) + 1e-9)).clamp(0.0, 6.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_data() {
        let scale = Scale::from_zero(0.0, 8_730.0, (100.0, 0.0), 5);
        assert_eq!(scale.ticks, [0.0, 2_000.0, 4_000.0, 6_000.0, 8_000.0, 10_000.0]);
        assert_eq!((scale.at(0.0), scale.at(10_000.0), scale.at(5_000.0)), (100.0, 0.0, 50.0));
        assert_eq!(scale.label(8_000.0), "8,000");
        let scale = Scale::round(0.913, 0.987, (0.0, 1.0), 4);
        assert_eq!(
            scale.ticks.iter().map(|&tick| scale.label(tick)).collect::<Vec<_>>(),
            ["0.90", "0.92", "0.94", "0.96", "0.98", "1.00"]
        );
    }

    #[test]
    fn nothing_and_one_number_have_a_scale() {
        for (low, high) in [(0.0, 0.0), (5.0, 5.0), (-3.0, -3.0), (0.0, 1e-9)] {
            let scale = Scale::round(low, high, (0.0, 100.0), 4);
            assert!(scale.ticks.len() >= 2 && scale.at(low).is_finite(), "{low} {high}: {scale:?}");
        }
    }

    #[test]
    fn exact_ends_keep_ticks_within() {
        let scale = Scale::exact(0.0, 455.0, (0.0, 455.0), 5);
        assert_eq!(scale.ticks, [0.0, 100.0, 200.0, 300.0, 400.0]);
        assert_eq!(scale.at(455.0), 455.0);
    }
}
