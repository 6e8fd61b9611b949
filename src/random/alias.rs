//! Weighted choice.

use super::Stream;

/// Weighted choice in constant time: Walker's alias method as Vose (1991) builds it, 8 bytes an entry, one draw.
#[derive(Clone, Debug)]
pub struct AliasTable {
    entries: Box<[AliasEntry]>,
}

#[derive(Clone, Copy, Debug)]
struct AliasEntry {
    /// The entry's own probability within its slot, in 2⁻³².
    keep_below: u32,
    /// Who gets the rest of the slot.
    alias: u32,
}

impl AliasTable {
    /// A table for weights that are finite, at least 0, and not all 0 (validated scenarios hold no others).
    ///
    /// # Panics
    /// When the weights are not so, or are 2³² or more.
    pub fn new(weights: &[f64]) -> Self {
        let total: f64 = weights.iter().sum();
        assert!(total.is_finite() && total > 0.0, "weights must have a positive finite sum");
        let n = u32::try_from(weights.len()).expect("fewer than 2^32 weights");
        let mut scaled: Vec<f64> = weights.iter().map(|w| w / total * f64::from(n)).collect();
        let (mut small, mut large): (Vec<u32>, Vec<u32>) = (0..n).partition(|&i| scaled[i as usize] < 1.0);
        let mut entries: Vec<AliasEntry> = (0..n).map(|i| AliasEntry { keep_below: u32::MAX, alias: i }).collect();
        while let (Some(&poor), Some(&rich)) = (small.last(), large.last()) {
            small.pop();
            let keep = scaled[poor as usize];
            entries[poor as usize] =
                AliasEntry { keep_below: (keep * 4_294_967_296.0).min(f64::from(u32::MAX)) as u32, alias: rich };
            scaled[rich as usize] -= 1.0 - keep;
            if scaled[rich as usize] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        // What is left has its slot to itself (up to rounding); an entry of weight 0 never gets there, since the
        // rounding error of others is far below 1.
        for i in small {
            if weights[i as usize] == 0.0 {
                let heaviest = (0..n).max_by(|&a, &b| weights[a as usize].total_cmp(&weights[b as usize]));
                entries[i as usize] = AliasEntry { keep_below: 0, alias: heaviest.unwrap_or(0) };
            }
        }
        Self { entries: entries.into() }
    }

    /// Whether there is but one entry, so that every draw comes to the same.
    pub const fn is_a_single_choice(&self) -> bool {
        self.entries.len() == 1
    }

    /// Draws an index in proportion to its weight.
    #[inline(always)]
    pub fn draw(&self, stream: &mut Stream) -> u32 {
        let wide = u128::from(stream.bits()) * self.entries.len() as u128;
        let slot = (wide >> 64) as usize;
        // The low half is uniform within the slot: its top 32 bits decide between the slot's owner and its alias.
        let within = (wide >> 32) as u32;
        let entry = self.entries[slot];
        std::hint::select_unpredictable(within < entry.keep_below, slot as u32, entry.alias)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn an_alias_table_draws_in_proportion_and_never_a_weight_of_zero() {
        let weights = [0.0, 3.0, 1.0, 0.0, 6.0];
        let table = AliasTable::new(&weights);
        let mut seen = [0u32; 5];
        for i in 0..100_000 {
            seen[table.draw(&mut Stream::new(7, 0, Purpose::LeadTime, i)) as usize] += 1;
        }
        for (&n, weight) in seen.iter().zip(weights) {
            assert!((f64::from(n) - weight * 10_000.0).abs() < 600.0, "{seen:?}");
        }
        assert_eq!((seen[0], seen[3]), (0, 0));
    }
}
