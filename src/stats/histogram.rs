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
/// So many buckets are added up at a time where a quantile is looked for.
const STRETCH: usize = 64;

/// Counts of whole seconds in buckets whose width grows with their value: seconds below 2,048 are exact, above that a
/// bucket is at most 1/1,024 of its lower end wide and is read at its middle, so within 0.05 %.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLinearHistogram {
    /// Empty until there are too many values to keep each, as in a replication of a small scenario there never are. Then as far as the
    /// doubling of the largest value: all of them would be 220 kB to clear for each replication.
    buckets: Vec<u64>,
    /// Buckets of the latest values, not counted yet. The buckets of waits are far apart, each in memory of its own that is long
    /// out of the caches: the processor reaches for many of them at once if they are counted together.
    latest: Vec<u32>,
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
    /// An empty histogram, which allocates nothing. Values take a few kilobytes, and as many as 220 kB once there are thousands.
    pub const fn new() -> Self {
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
        let needed = self.latest.iter().max().map_or(0, |&bucket| end_of_doubling(bucket as usize));
        if needed > self.buckets.len() {
            self.buckets.resize(needed, 0);
        }
        self.latest.iter().for_each(|&bucket| self.buckets[bucket as usize] += 1);
        self.latest.clear();
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
        self.quantiles([probability]).map(|[quantile]| quantile)
    }

    /// Several of them, for which the latest values are put in order, or counted, once.
    pub fn quantiles<const N: usize>(&mut self, probabilities: [f64; N]) -> Option<[i64; N]> {
        if self.count == 0 {
            return None;
        }
        if self.buckets.is_empty() {
            self.latest.sort_unstable();
        } else {
            self.count_latest();
        }
        // The ends are known exactly, and no quantile lies beyond them.
        let value = |bucket: usize| middle_of(bucket).clamp(self.smallest, self.largest);
        Some(probabilities.map(|probability| value(self.bucket_of_rank(rank(self.count, probability)))))
    }

    /// The bucket of the value with a rank from 1, where all are counted, or none and all are in order.
    fn bucket_of_rank(&self, rank: u64) -> usize {
        if self.buckets.is_empty() {
            return self.latest[rank as usize - 1] as usize;
        }
        let mut left = rank;
        let mut holds_it = |counted: u64| {
            let holds_it = counted >= left;
            left -= if holds_it { 0 } else { counted };
            holds_it
        };
        // Stretch by stretch: their sums are added up several buckets at once.
        let mut stretches = self.buckets.chunks(STRETCH).enumerate();
        let found = stretches.find(|(_, buckets)| holds_it(buckets.iter().sum())).and_then(|(stretch, buckets)| {
            let within = buckets.iter().position(|&counted| holds_it(counted));
            within.map(|within| stretch * STRETCH + within)
        });
        found.expect("a rank is at most the number of values")
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
    fn a_quantile_may_be_asked_for_at_any_time() {
        // So short, each is known exactly.
        let value = |i: i64| (i * 7_919) % 2_003;
        let (mut asked, mut quiet) = (LogLinearHistogram::new(), LogLinearHistogram::new());
        for i in 0..3 * TOGETHER as i64 {
            asked.record(value(i));
            quiet.record(value(i));
            if i % 1_000 == 0 {
                assert_eq!(asked.quantile(1.0), asked.max());
            }
        }
        let probabilities = [0.0, 0.5, 0.95, 1.0];
        assert_eq!(asked.quantiles(probabilities), quiet.quantiles(probabilities));
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
