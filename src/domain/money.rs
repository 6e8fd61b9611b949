//! Money: integer cents inside, a decimal number outside.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};

/// An amount of money in whole cents. Sums and products beyond 2⁶³ cents stay at the largest amount there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cents(pub i64);

impl Cents {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// The amount nearest to a decimal number of the currency's unit.
    pub fn from_decimal(amount: f64) -> Self {
        let cents = amount * 100.0;
        // As a rounding to the nearest, half away from zero, but without a call: what a whole number leaves of it is exact.
        let whole = cents as i64;
        let rest = cents - whole as f64;
        Self(whole.saturating_add(i64::from(rest >= 0.5) - i64::from(rest <= -0.5)))
    }

    /// The amount as a decimal number of the currency's unit.
    pub fn decimal(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Add for Cents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Cents {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<i64> for Cents {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_amount_is_the_nearest_number_of_cents(amount in prop_oneof![any::<f64>(), -1e7..1e7, (-1e7..1e7).prop_map(|it: f64| it.trunc() / 200.0)]) {
            prop_assert_eq!(Cents::from_decimal(amount).0, libm::round(amount * 100.0) as i64);
        }
    }

    #[test]
    fn half_a_cent_goes_away_from_zero() {
        for (amount, cents) in
            [(0.005, 1), (-0.005, -1), (0.00499, 0), (1.125, 113), (-1.125, -113), (f64::NAN, 0), (1e300, i64::MAX)]
        {
            assert_eq!(Cents::from_decimal(amount), Cents(cents), "{amount}");
        }
    }
}
