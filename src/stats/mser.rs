//! The warm-up test MSER: how much of the start of a series to leave out so that the rest estimates its mean best.

/// What MSER found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mser {
    /// How many observations to cut: a multiple of the batch.
    pub cut: usize,
    /// Whether that lies in the last half, where the series is too short to tell and the finding is not to be trusted.
    pub in_last_half: bool,
}

/// MSER on means of `batch` observations (5 is customary): the cut d that minimises Σ(Zᵢ − Z̄)²/(n−d)² over the batch
/// means Z after d; the smallest such d. Observations that fill no whole batch are left out at the end, and the last five
/// batches or the last tenth of them are never all that is kept. `None` below ten batches, which is too few to find
/// anything.
///
/// White, K. P. (1997), *An effective truncation heuristic for bias reduction in simulation output*, Simulation 69(6);
/// White, Cobb and Spratt (2000) for the batches of five; Hoad, Robinson and Davies (2010), *Automating warm-up length
/// estimation*, Journal of the Operational Research Society 61, for what is never kept alone.
pub fn mser(series: &[f64], batch: usize) -> Option<Mser> {
    let means: Vec<f64> = series.chunks_exact(batch).map(|chunk| chunk.iter().sum::<f64>() / batch as f64).collect();
    if means.len() < 10 {
        return None;
    }
    // So few always look steady by chance, the more so of a series that is often zero.
    let least = (means.len() as f64 / 10.0).max(5.0);
    // Walk from the end, so that each cut adds one batch to the mean and the sum of squares (Welford).
    let (mut mean, mut squares) = (0.0, 0.0);
    let mut best = (f64::INFINITY, 0);
    for (kept, (index, &value)) in (1..).zip(means.iter().enumerate().rev()) {
        let kept = f64::from(kept);
        let step = value - mean;
        mean += step / kept;
        squares += step * (value - mean);
        if kept >= least && squares / (kept * kept) <= best.0 {
            best = (squares / (kept * kept), index);
        }
    }
    Some(Mser { cut: best.1 * batch, in_last_half: 2 * best.1 > means.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repeatable ripple without trend.
    fn ripple(i: usize) -> f64 {
        ((i * 7_919) % 101) as f64 / 101.0 - 0.5
    }

    #[test]
    fn a_steady_series_keeps_nearly_everything() {
        let series: Vec<f64> = (0..500).map(|i| 10.0 + ripple(i)).collect();
        let found = mser(&series, 5).unwrap();
        assert!(found.cut <= 50 && !found.in_last_half, "{found:?}");
        assert_eq!(mser(&[3.0; 100], 5), Some(Mser { cut: 0, in_last_half: false }));
    }

    #[test]
    fn a_start_that_is_off_is_cut() {
        let series: Vec<f64> = (0..500).map(|i| if i < 100 { 60.0 } else { 10.0 + ripple(i) }).collect();
        let found = mser(&series, 5).unwrap();
        assert!((100..=150).contains(&found.cut) && !found.in_last_half, "{found:?}");
    }

    #[test]
    fn the_statistic_by_hand() {
        // Batch of 1; a step after 4 of 12: cutting 4 leaves no variance at all, cutting fewer leaves some.
        let series = [9.0, 9.0, 9.0, 9.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        assert_eq!(mser(&series, 1), Some(Mser { cut: 4, in_last_half: false }));
    }

    #[test]
    fn a_series_that_never_settles_is_distrusted() {
        let series: Vec<f64> = (0..200).map(|i| (i as f64).powi(3)).collect();
        assert!(mser(&series, 5).unwrap().in_last_half);
        assert_eq!(mser(&series[..49], 5), None);
    }
}
