//! A histogram of whole seconds with a relative error of at most 0.1 % and a fixed size, for quantiles of waits.

use super::quantile::rank;

/// Below this every second has its own bucket; above, each doubling is cut into half as many.
const EXACT: u64 = 2_048;
/// Buckets of each doubling.
const PER_DOUBLING: usize = (EXACT / 2) as usize;
/// Doublings from [`EXACT`] up to the longest wait told apart: 2^36 seconds, above two thousand years.
const DOUBLINGS: usize = 25;
/// So many values are counted together.
const TOGETHER: usize = 32;
/// So many buckets are added up at a time where a quantile is looked for.
const STRETCH: usize = 64;

/// Counts of whole seconds in buckets whose width grows with their value: seconds below 2,048 are exact, above that a
/// bucket is at most 1/1,024 of its lower end wide and is read at its middle, so within 0.05 %.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLinearHistogram {
    /// As far as the doubling of the largest value that was counted: all of them would be 220 kB to clear for each replication.
    buckets: Vec<u64>,
    /// Buckets of the latest values, not counted yet. The buckets of waits are far apart, each in memory of its own that is long
    /// out of the caches: the processor reaches for many of them at once if they are counted together.
    latest: [u32; TOGETHER],
    /// How many of these there are.
    uncounted: usize,
    /// How many values were recorded, `latest` included.
    count: u64,
    smallest: i64,
    largest: i64,
}

impl Default for LogLinearHistogram {
    fn default() -> Self {
        Self::new()
    }
}

impl LogLinearHistogram {
    /// An empty histogram, which allocates nothing.
    pub const fn new() -> Self {
        Self { buckets: Vec::new(), latest: [0; TOGETHER], uncounted: 0, count: 0, smallest: i64::MAX, largest: 0 }
    }

    /// Counts a value; one below 0 counts as 0.
    pub fn record(&mut self, seconds: i64) {
        let seconds = seconds.max(0);
        self.latest[self.uncounted] = bucket_of(seconds as u64) as u32;
        self.uncounted += 1;
        self.count += 1;
        if self.uncounted == TOGETHER {
            self.count_latest();
        }
        self.smallest = self.smallest.min(seconds);
        self.largest = self.largest.max(seconds);
    }

    fn count_latest(&mut self) {
        let latest = &self.latest[..self.uncounted];
        let needed = latest.iter().max().map_or(0, |&bucket| end_of_doubling(bucket as usize));
        if needed > self.buckets.len() {
            self.buckets.resize(needed, 0);
        }
        latest.iter().for_each(|&bucket| self.buckets[bucket as usize] += 1);
        self.uncounted = 0;
    }

    /// How many values were counted.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The largest value, exactly; `None` of an empty one.
    pub fn max(&self) -> Option<i64> {
        (self.count > 0).then_some(self.largest)
    }

    /// The nearest-rank quantile in seconds, within 0.1 %; `None` of an empty one.
    pub fn quantile(&mut self, probability: f64) -> Option<i64> {
        if self.count == 0 {
            return None;
        }
        self.count_latest();
        let mut left = rank(self.count, probability);
        // Stretch by stretch: their sums are added up several buckets at once.
        let mut stretches = self.buckets.chunks(STRETCH).enumerate();
        let (stretch, buckets) = stretches.find(|(_, buckets)| {
            let counted = buckets.iter().sum();
            let holds_it = counted >= left;
            left -= if holds_it { 0 } else { counted };
            holds_it
        })?;
        let within = buckets.iter().position(|&counted| {
            let holds_it = counted >= left;
            left -= if holds_it { 0 } else { counted };
            holds_it
        })?;
        // The ends are known exactly, and no quantile lies beyond them.
        Some(middle_of(stretch * STRETCH + within).clamp(self.smallest, self.largest))
    }
}

/// The first bucket of the doubling after that of a bucket.
const fn end_of_doubling(bucket: usize) -> usize {
    if bucket < EXACT as usize {
        return EXACT as usize;
    }
    let doublings = (bucket - EXACT as usize) / PER_DOUBLING + 1;
    EXACT as usize + doublings * PER_DOUBLING
}

fn bucket_of(seconds: u64) -> usize {
    if seconds < EXACT {
        return seconds as usize;
    }
    let doubling = seconds.ilog2() - EXACT.ilog2();
    if doubling as usize >= DOUBLINGS {
        return EXACT as usize + DOUBLINGS * PER_DOUBLING - 1;
    }
    // The leading bit says which doubling, the ten bits after it which bucket of it.
    let within = (seconds >> (doubling + 1)) as usize - PER_DOUBLING;
    EXACT as usize + doubling as usize * PER_DOUBLING + within
}

fn middle_of(bucket: usize) -> i64 {
    if bucket < EXACT as usize {
        return bucket as i64;
    }
    let (doubling, within) = ((bucket - EXACT as usize) / PER_DOUBLING, (bucket - EXACT as usize) % PER_DOUBLING);
    let width = 1i64 << (doubling + 1);
    (PER_DOUBLING + within) as i64 * width + width / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::nearest_rank;

    #[test]
    fn every_bucket_is_within_a_thousandth() {
        for seconds in (0..20_000).chain((1..40_000).map(|i| i * 86_399)).chain([1 << 35, (1 << 36) - 1]) {
            let read = middle_of(bucket_of(seconds as u64));
            let error = (read - seconds).abs() as f64 / (seconds.max(1)) as f64;
            assert!(error <= 0.000_5, "{seconds} reads {read}");
            if seconds < 2_048 {
                assert_eq!(read, seconds);
            }
        }
    }

    #[test]
    fn buckets_follow_one_another_without_a_gap() {
        let mut last = 0;
        for seconds in 0..200_000u64 {
            let bucket = bucket_of(seconds);
            assert!(bucket == last || bucket == last + 1, "{seconds}");
            last = bucket;
        }
    }

    #[test]
    fn quantiles_agree_with_sorting() {
        let mut histogram = LogLinearHistogram::new();
        let mut values: Vec<i64> = (0..5_000i64).map(|i| (i * 7_919) % 1_000_003).collect();
        for &value in &values {
            histogram.record(value);
        }
        values.sort_unstable();
        for probability in [0.0, 0.05, 0.5, 0.95, 0.99, 1.0] {
            let exact = nearest_rank(&values, probability);
            let read = histogram.quantile(probability).unwrap();
            assert!((read - exact).abs() as f64 <= 0.001 * exact as f64, "{probability}: {read} against {exact}");
        }
        assert_eq!(histogram.max(), values.last().copied());
        assert_eq!(histogram.count(), 5_000);
    }

    #[test]
    fn a_quantile_may_be_asked_for_at_any_time() {
        // Values that came one by one and were asked about after each are those that came at once.
        let value = |i: i64| (i * 7_919) % 3_000_017;
        let (mut asked, mut quiet) = (LogLinearHistogram::new(), LogLinearHistogram::new());
        for i in 0..300 {
            asked.record(value(i));
            quiet.record(value(i));
            assert_eq!(asked.quantile(0.5).is_some(), asked.max().is_some());
        }
        for probability in [0.0, 0.5, 0.95, 1.0] {
            assert_eq!(asked.quantile(probability), quiet.quantile(probability));
        }
    }

    #[test]
    fn equal_waits_are_read_exactly_and_absurd_ones_fit() {
        let mut histogram = LogLinearHistogram::new();
        assert_eq!((histogram.quantile(0.5), histogram.max()), (None, None));
        histogram.record(8 * 86_400);
        assert_eq!(histogram.quantile(0.5), Some(8 * 86_400));
        histogram.record(i64::MAX);
        assert_eq!(histogram.max(), Some(i64::MAX));
    }
}
