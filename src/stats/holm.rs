//! Several tests at once: Holm's correction.

/// Holm's adjusted p-values, in the order of the given ones: rejecting those at most α keeps the chance of any false
/// rejection at α, however the tests depend on each other.
///
/// The i-th smallest of m p-values is multiplied by m − i + 1 and raised to those before it; 1 at most (Holm, S. (1979),
/// *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of Statistics 6, 65–70).
///
/// ```
/// use backorder::stats::holm;
/// assert_eq!(holm(&[0.5, 0.01]), [0.5, 0.02]);
/// ```
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut least = 0.0_f64;
    for (before, &index) in order.iter().enumerate() {
        least = least.max((p_values[index] * (p_values.len() - before) as f64).min(1.0));
        adjusted[index] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(left: &[f64], right: &[f64]) {
        assert_eq!(left.len(), right.len());
        for (left, right) in left.iter().zip(right) {
            assert!((left - right).abs() < 5e-9, "{left} against {right}");
        }
    }

    #[test]
    fn published_examples() {
        // https://en.wikipedia.org/wiki/Holm–Bonferroni_method: 0.01, 0.04, 0.03, 0.005 at 5 % rejects the first and the
        // last; the adjusted values are those of R's p.adjust.
        close(&holm(&[0.01, 0.04, 0.03, 0.005]), &[0.03, 0.06, 0.06, 0.02]);
        // Benjamini and Hochberg (1995), JRSS B 57, section 4: fifteen p-values, of which control of the familywise rate at
        // 5 % rejects three.
        let neuhaus = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        assert_eq!(holm(&neuhaus).iter().filter(|&&p| p <= 0.05).count(), 3);
    }

    #[test]
    fn one_none_and_certainty() {
        close(&holm(&[0.03]), &[0.03]);
        close(&holm(&[]), &[]);
        close(&holm(&[0.9, 0.8, 0.0]), &[1.0, 1.0, 0.0]);
    }
}
