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

/// Counts of whole seconds in buckets whose width grows with their value: seconds below 2,048 are exact, above that a
/// bucket is at most 1/1,024 of its lower end wide and is read at its middle, so within 0.05 %.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLinearHistogram {
    buckets: Vec<u64>,
    /// Buckets of the latest values, not counted yet. The buckets of waits are far apart, each in memory of its own that is long
    /// out of the caches: the processor reaches for many of them at once if they are counted together.
    latest: [u32; TOGETHER],
    /// How many values were counted, `latest` included.
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
    /// An empty histogram; it allocates about 220 kB here and nothing later.
    pub fn new() -> Self {
        Self {
            buckets: vec![0; EXACT as usize + DOUBLINGS * PER_DOUBLING],
            latest: [0; TOGETHER],
            count: 0,
            smallest: i64::MAX,
            largest: 0,
        }
    }

    /// Counts a value; one below 0 counts as 0.
    pub fn record(&mut self, seconds: i64) {
        let seconds = seconds.max(0);
        self.latest[self.count as usize % TOGETHER] = bucket_of(seconds as u64) as u32;
        self.count += 1;
        if self.count.is_multiple_of(TOGETHER as u64) {
            self.latest.iter().for_each(|&bucket| self.buckets[bucket as usize] += 1);
        }
        self.smallest = self.smallest.min(seconds);
        self.largest = self.largest.max(seconds);
    }

    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The largest value, exactly; `None` of an empty one.
    pub fn max(&self) -> Option<i64> {
        (self.count > 0).then_some(self.largest)
    }

    /// The nearest-rank quantile in seconds, within 0.1 %; `None` of an empty one.
    pub fn quantile(&self, probability: f64) -> Option<i64> {
        if self.count == 0 {
            return None;
        }
        let mut buckets = self.buckets.clone();
        let uncounted = self.count as usize % TOGETHER;
        self.latest[..uncounted].iter().for_each(|&bucket| buckets[bucket as usize] += 1);
        let rank = rank(self.count, probability);
        let mut below = 0;
        let bucket = buckets.iter().position(|&count| {
            below += count;
            below >= rank
        })?;
        // The ends are known exactly, and no quantile lies beyond them.
        Some(middle_of(bucket).clamp(self.smallest, self.largest))
    }
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
    fn equal_waits_are_read_exactly_and_absurd_ones_fit() {
        let mut histogram = LogLinearHistogram::new();
        assert_eq!((histogram.quantile(0.5), histogram.max()), (None, None));
        histogram.record(8 * 86_400);
        assert_eq!(histogram.quantile(0.5), Some(8 * 86_400));
        histogram.record(i64::MAX);
        assert_eq!(histogram.max(), Some(i64::MAX));
    }
}
