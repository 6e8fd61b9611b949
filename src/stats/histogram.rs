//! A histogram of whole seconds with a relative error of at most 0.1 % and a fixed size, for quantiles of waits.

use super::quantile::rank;

/// Below this every second has its own bucket; above, each doubling is cut into half as many.
const EXACT: u64 = 2_048;
/// Buckets of each doubling.
const PER_DOUBLING: usize = (EXACT / 2) as usize;
/// Doublings from [`EXACT`] up to the longest wait told apart: 2^36 seconds, above two thousand years.
const DOUBLINGS: usize = 25;
/// So many values are counted together.
const TOGETHER: usize = 4_096;

/// Counts of whole seconds in buckets whose width grows with their value: seconds below 2,048 are exact, above that a
/// bucket is at most 1/1,024 of its lower end wide and is read at its middle, so within 0.05 %.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLinearHistogram {
    /// Empty until there are too many values to keep each, as in a replication of a small scenario there never are; then about 220 kB.
    buckets: Vec<u64>,
    /// Buckets of the latest values, not counted yet. The buckets of waits are far apart, each in memory of its own that is long
    /// out of the caches: the processor reaches for many of them at once if they are counted together.
    latest: Vec<u32>,
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
    /// An empty histogram. It allocates a few kilobytes as values come, about 220 kB once there are thousands, and no more later.
    pub fn new() -> Self {
        Self { buckets: Vec::new(), latest: Vec::new(), count: 0, smallest: i64::MAX, largest: 0 }
    }

    /// Counts a value; one below 0 counts as 0.
    pub fn record(&mut self, seconds: i64) {
        let seconds = seconds.max(0);
        if self.latest.len() == TOGETHER {
            self.count_latest();
        }
        self.latest.push(bucket_of(seconds as u64) as u32);
        self.count += 1;
        self.smallest = self.smallest.min(seconds);
        self.largest = self.largest.max(seconds);
    }

    #[cold]
    fn count_latest(&mut self) {
        self.buckets.resize(EXACT as usize + DOUBLINGS * PER_DOUBLING, 0);
        self.latest.iter().for_each(|&bucket| self.buckets[bucket as usize] += 1);
        self.latest.clear();
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
        self.quantiles([probability]).map(|[quantile]| quantile)
    }

    /// Several of them, for which the latest values are put in order once.
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> Option<[i64; N]> {
        if self.count == 0 {
            return None;
        }
        let mut latest = self.latest.clone();
        latest.sort_unstable();
        // The ends are known exactly, and no quantile lies beyond them.
        let value = |bucket: usize| middle_of(bucket).clamp(self.smallest, self.largest);
        Some(probabilities.map(|probability| value(self.bucket_of_rank(rank(self.count, probability), &latest))))
    }

    /// The bucket of the value with a rank from 1 among those counted and the latest ones, which are in order.
    fn bucket_of_rank(&self, rank: u64, latest: &[u32]) -> usize {
        if self.buckets.is_empty() {
            return latest[rank as usize - 1] as usize;
        }
        let (mut below, mut latest) = (0, latest.iter().peekable());
        let holds = |(bucket, &count): (usize, &u64)| {
            below += count;
            while latest.next_if(|&&next| next as usize == bucket).is_some() {
                below += 1;
            }
            below >= rank
        };
        self.buckets.iter().enumerate().position(holds).expect("a rank is at most the number of values")
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
    fn values_that_are_not_counted_yet_are_among_the_others() {
        for values in [1, 31, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 7] {
            let mut histogram = LogLinearHistogram::new();
            let mut all: Vec<i64> = (0..values as i64).map(|i| (i * 7_919) % 2_003).collect();
            all.iter().for_each(|&value| histogram.record(value));
            all.sort_unstable();
            let probabilities = [0.0, 0.3, 0.5, 0.95, 0.99, 1.0];
            // So short, each is known exactly.
            assert_eq!(
                histogram.quantiles(probabilities),
                Some(probabilities.map(|p| nearest_rank(&all, p))),
                "{values}"
            );
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
