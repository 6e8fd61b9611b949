//! A small generator of random numbers (SplitMix64, Steele, Lea and Flood 2014), the same on every platform.

/// Dice of one seed, or of bytes that say what is thrown for as long as there are any.
pub struct Dice {
    state: u64,
    /// What is thrown first: the last of them before the others.
    bytes: Vec<u8>,
}

impl Dice {
    /// The dice of a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed, bytes: Vec::new() }
    }

    /// Dice that throw what some bytes say, so that a fuzzer can change one throw and leave the others; then those of a seed.
    pub fn of(bytes: &[u8]) -> Self {
        Self { state: 1, bytes: bytes.iter().rev().copied().collect() }
    }

    fn next(&mut self) -> u64 {
        if let Some(byte) = self.bytes.pop() {
            return u64::from(byte);
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn from(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    /// A place in a list of so many.
    pub fn place(&mut self, many: usize) -> usize {
        (self.next() % many as u64) as usize
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, of_hundred: i64) -> bool {
        self.from(1, 100) <= of_hundred
    }

    /// One of the values.
    pub fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.place(values.len())]
    }
}
